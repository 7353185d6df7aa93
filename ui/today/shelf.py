"""The strip above the form: what starts an entry, and what was put aside."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from ui import icons
from ui.theme import GAP, GAP_SMALL, theme
from ui.today.drafts import Draft
from ui.widgets.yielding import ElidedButton, YieldingBar, plain_tip
from ui.wording import _
from ui.words import KIND_ICONS, KINDS

if TYPE_CHECKING:
    from ui.today.form import EntryForm

_HALF_MINUTE = 30_000
_BESIDE = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_CAPTION = 6
"""So many letters of a draft's caption stay in any case."""


class Shelf(YieldingBar):
    """The starting actions at the left, a button for each draft in the middle, the sheet at the right."""

    taken = Signal(int)
    """The position of the draft that is wanted back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._drafts: tuple[Draft, ...] = ()
        self._label = QLabel(_("Put aside:"), self)
        self._label.setProperty("role", "muted")
        self._label.hide()
        self._chips: list[QToolButton] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        self._layout.setSpacing(GAP_SMALL)
        self._layout.addWidget(self._label)
        self._layout.addStretch(1)
        self._clock = QTimer(self)
        self._clock.setInterval(_HALF_MINUTE)
        self._clock.timeout.connect(self._show_minutes)
        self._buttons: list[QToolButton] = []
        self._starting = 0
        theme().changed.connect(self.anew)

    def less(self, step: int, yielding: bool) -> None:
        """The actions' words go (their tooltips keep them): what was put aside stays legible."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if yielding else _BESIDE
        for button in self._buttons:
            button.setToolButtonStyle(style)

    def add_actions(self, starting: Sequence[QAction], ending: Sequence[QAction]) -> None:
        """Put buttons for the window's actions at both ends."""
        for at, action in enumerate(starting):
            self._buttons.append(_button(action, self))
            self._layout.insertWidget(at, self._buttons[-1])
        self._starting = len(starting)
        self._layout.insertSpacing(len(starting), GAP)
        for action in ending:
            self._buttons.append(_button(action, self))
            self._layout.addWidget(self._buttons[-1])

    def stand_behind(self, above: QWidget) -> None:
        """Come behind what is above in the order of Tab, though its buttons were made after the form."""
        QWidget.setTabOrder(above, self._buttons[0])
        self._chain()

    @property
    def last_stop(self) -> QWidget:
        """Where Tab leaves it."""
        return self._buttons[-1] if self._buttons else self

    def _chain(self) -> None:
        stops = [*self._buttons[: self._starting], *self._chips, *self._buttons[self._starting :]]
        for one, then in pairwise(stops):
            QWidget.setTabOrder(one, then)

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """Show these drafts, oldest first."""
        self._drafts = tuple(drafts)
        for chip in self._chips:
            self._layout.removeWidget(chip)
            chip.hide()  # it may have been clicked just now: it goes a turn later, and is not seen meanwhile
            chip.deleteLater()
        self._chips.clear()
        place = self._layout.indexOf(self._label) + 1
        for at, draft in enumerate(self._drafts):
            chip = ElidedButton(self, _CAPTION)
            chip.setProperty("kind", "button")
            chip.setProperty("position", at)
            chip.setToolButtonStyle(_BESIDE)
            failed = draft.error is not None
            icons.dress(
                chip, "triangle-alert" if failed else KIND_ICONS[draft.kind], "alarm" if failed else "text"
            )
            chip.clicked.connect(self._on_clicked)
            self._layout.insertWidget(place + at, chip)
            self._chips.append(chip)
        self._chain()
        self._label.setVisible(bool(self._drafts))
        self._show_minutes()
        if self._drafts:
            self._clock.start()
        else:
            self._clock.stop()

    @Slot()
    def _show_minutes(self) -> None:
        now = dt.datetime.now(dt.UTC)
        for chip, draft in zip(self._chips, self._drafts, strict=True):
            words = _("Not saved") if draft.error is not None else f"{draft.minutes(now)}′"
            chip.setText(f"{draft.caption} {words}")
            chip.setAccessibleName(f"{_(KINDS[draft.kind])}: {chip.text()}")
            reason = draft.error.say(_) if draft.error is not None else ""
            hint = reason or _("Put aside; Ctrl+Tab brings it back")
            chip.setToolTip(plain_tip(f"{chip.text()}\n{hint}"))

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.taken.emit(sender.property("position"))


class Asides(QObject):
    """The forms that were put aside, oldest first, and how they change places with the one that is shown.

    Args:
        form: shows one of them.
        shelf: has a button for each of the others.
        parent: the usual one.
    """

    changed = Signal()
    """Something was put aside or brought back."""
    shown = Signal()
    """The form shows what was aside."""

    def __init__(self, form: EntryForm, shelf: Shelf, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._shelf = shelf
        self._drafts: list[Draft] = []
        shelf.taken.connect(self.take)

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """What is aside."""
        return tuple(self._drafts)

    def put(self, *drafts: Draft) -> None:
        """Put these aside."""
        self._drafts += drafts
        self._shelve()

    def strike_out(self, uids: Collection[uuid.UUID]) -> None:
        """Forget these."""
        self._drafts = [one for one in self._drafts if one.uid not in uids]
        self._shelve()

    @Slot(int)
    def take(self, position: int) -> None:
        """Bring one back; what is in the form goes aside, as the youngest."""
        draft = self._drafts.pop(position)
        if self._form.touched:
            self._drafts.append(self._form.draft())
        self._show(draft)

    def take_last(self) -> None:
        """Bring back the one put aside last; what is in the form goes to the other end."""
        draft = self._drafts.pop()
        if self._form.touched:
            self._drafts.insert(0, self._form.draft())
        self._show(draft)

    def _show(self, draft: Draft) -> None:
        self._form.restore(draft)
        self.shown.emit()
        self._shelve()
        if draft.error is None:
            self._form.put_focus()

    def _shelve(self) -> None:
        self._shelf.show_drafts(self._drafts)
        self.changed.emit()


def _button(action: QAction, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setProperty("kind", "button")
    button.setDefaultAction(action)
    button.setToolButtonStyle(_BESIDE)
    button.setAccessibleName(action.text())
    return button
