"""What a call-back that is owed says: which number, when, by whom; and the question whether there is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from ui import actions, icons
from ui.theme import GAP_SMALL
from ui.today.fields import Field, MomentBox, TextBox
from ui.widgets.buttons import Button
from ui.wording import _

_LONG_AGO = dt.timedelta(days=90)
"""Nobody owes a call of so long ago: the year that was not written is the next one."""


class CallbackBox(QWidget):
    """The fields; while the question is open also its two answers.

    Args:
        zone: tells the site's zone.
        parent: the form's body.
    """

    edited = Signal()
    taken = Signal()
    """A call-back is owed."""
    declined = Signal()
    """Nobody has to call back."""

    def __init__(self, zone: Callable[[], ZoneInfo], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.phone = TextBox("callback_phone", _("Call back"))
        self.due = DueBox("callback_due", _("By"), zone)
        self.owner = TextBox("callback_owner", _("Who calls"))
        self.fields: dict[str, Field] = {field.name: field for field in (self.phone, self.due, self.owner)}
        self.take = _Answer(_("Call back  Enter"), self)
        self.decline = _Answer(_("No call-back  Esc"), self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP_SMALL + 2)
        self._grid.setVerticalSpacing(GAP_SMALL)
        self._add(self.phone, 0, 0, 3)
        self._add(self.due, 1, 0, 1)
        self._add(self.owner, 1, 2, 1)
        self._grid.setColumnStretch(3, 1)
        self._question = QWidget(self)
        row = QHBoxLayout(self._question)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.take, 1)
        row.addWidget(self.decline)
        self._grid.addWidget(self._question, 2, 1, 1, 3)
        self.take.setProperty("kind", "primary")
        icons.dress(self.take, "phone-call", "on_accent")
        actions.tip(self.take, "form.owe")
        actions.tip(self.decline, "form.not-owed")
        self.take.clicked.connect(self.taken)
        self.decline.clicked.connect(self.declined)
        for answer in (self.take, self.decline):
            answer.escaped.connect(self.declined)
        self._question.hide()

    def align(self, width: int) -> None:
        """Let the fields begin where the form's do."""
        self._grid.setColumnMinimumWidth(0, width)

    def ask(self) -> None:
        """Ask whether a call-back is owed: one key answers, unless the number is still missing."""
        self.show()
        self._question.show()
        target = self.take if self.phone.typed else self.phone
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def answered(self) -> None:
        """The question is closed."""
        self._question.hide()

    def follow(self, owed: bool) -> None:
        """Another form is shown: its fields if it owes a call, its question if that was still open."""
        typed = any(field.typed for field in self.fields.values())
        self._question.setVisible(typed and not owed)
        self.setVisible(owed or typed)

    @property
    def asking(self) -> bool:
        """Whether the question is open."""
        return not self._question.isHidden()

    def stops(self) -> list[QWidget]:
        """What Tab walks through, in order."""
        return [*(field.editor for field in self.fields.values()), self.take, self.decline]

    def _add(self, field: Field, row: int, column: int, width: int) -> None:
        label = QLabel(field.label, self)
        label.setBuddy(field.editor)
        field.edited.connect(self.edited)
        self._grid.addWidget(label, row, column)
        self._grid.addWidget(field, row, column + 1, 1, width)


class DueBox(MomentBox):
    """A point in time that is still to come: of a date without a year the next is meant."""

    def value(self) -> dt.datetime | None:
        """The instant. Raises InputError."""
        moment = super().value()
        if moment is not None and moment < dt.datetime.now(dt.UTC) - _LONG_AGO:
            return moment.replace(year=moment.year + 1)
        return moment


class _Answer(Button):
    """A button that Escape leaves for the other answer."""

    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
