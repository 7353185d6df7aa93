"""What a referral needs besides its lead department; Enter passes only what is asked of every one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QWidget

from reception.errors import InputError
from reception.facts import Limit, LimitClock
from ui import icons
from ui.theme import GAP_SMALL
from ui.today.acts import refer_labels
from ui.today.fields import ChoiceBox, Field, NumberBox, TextBox, Tick
from ui.widgets.choice_field import Choice
from ui.widgets.texts import LONG, LineField
from ui.widgets.yielding import ElidedButton
from ui.wording import N_, _

_ABREAST = 2
"""Departments that assist stand so many to a line: their names are long, the form is not wide."""
TOO_LONG = N_("The limit of such a matter ends on {day}; for more time there has to be an extension.")


class AssistBox(ChoiceBox):
    """Departments that assist; ``raw`` and ``value`` are their ids. A button for each takes it away."""

    def __init__(self) -> None:
        super().__init__("assist_ids", _("Assisting"), free=False)
        self._ids: list[int] = []
        self._chips = QWidget(self)
        self._chips.setObjectName("chips")
        self._rows = QGridLayout(self._chips)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(GAP_SMALL)
        self._chips.hide()
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._chips)
        self.chosen.connect(self._on_taken)

    @property
    def raw(self) -> tuple[int, ...]:  # type: ignore[override]
        """The ids in the order in which they were chosen."""
        return tuple(self._ids)

    def put(self, raw: Sequence[int]) -> None:  # type: ignore[override]
        """Show these departments."""
        self.editor.put(None)
        self._ids = list(raw)
        self._show()

    @property
    def empty(self) -> tuple[int, ...]:  # type: ignore[override]
        """Nobody assists."""
        return ()

    def value(self) -> tuple[int, ...]:  # type: ignore[override]
        """The ids. Raises InputError when something stands there that is none of the departments."""
        super().value()
        return self.raw

    @Slot(object)
    def _on_taken(self, number: int | None) -> None:
        if number is None:
            return
        if number not in self._ids:
            self._ids.append(number)
        self.editor.put(None)
        self._show()
        self._on_edited()

    def _show(self) -> None:
        for button in self._chips.findChildren(QToolButton):
            self._rows.removeWidget(button)
            button.deleteLater()
        for at, number in enumerate(self._ids):
            choice = self.editor.choice(number)
            button = ElidedButton(self._chips)
            button.setProperty("kind", "button")
            button.setText(choice.text if choice else str(number))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(12, 12))
            button.setAccessibleName(_("Take away {name}").format(name=button.text()))
            button.setProperty("number", number)
            icons.dress(button, "x", "muted")
            button.clicked.connect(self._on_take_away)
            button.setToolTip(button.accessibleName())
            self._rows.addWidget(button, at // _ABREAST, at % _ABREAST)
        self._chips.setVisible(bool(self._ids))

    @Slot()
    def _on_take_away(self) -> None:
        sender = self.sender()
        assert sender is not None
        self._ids.remove(sender.property("number"))
        self._show()
        self._on_edited()


class LimitBox(NumberBox):
    """A shorter limit than the site's, counted by the same clock; ``value`` is a `Limit`, None for none."""

    def __init__(self, label: str) -> None:
        super().__init__("limit", label, absent=None)
        self.clock = LimitClock.WORKING
        """What it is counted in."""
        self.latest = ""
        """The day on which the site's own limit ends, while what stands here would end later."""

    def limit(self) -> Limit | None:
        """What stands here, however long. Raises InputError."""
        amount = super().value()
        return Limit(amount, self.clock) if amount is not None else None

    def value(self) -> Limit | None:  # type: ignore[override]
        """The limit. Raises InputError, also for one that ends later than the site's own."""
        if self.latest:
            raise InputError(TOO_LONG, field=self.name, day=self.latest)
        return self.limit()


class _LastLine(LineField):
    """Enter goes past what is rarely told; Tab leads there."""

    passed = Signal()

    def focusNextChild(self) -> bool:
        """Tell instead of going."""
        self.passed.emit()
        return True


class ReferBox(QWidget):
    """The fields, and the sentence that tells by when it is due."""

    edited = Signal()
    passed = Signal()
    """Enter has left what every referral is asked."""
    turned = Signal()
    """It is shown or hidden now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.assist = AssistBox()
        _assist, instruction, told, limit, leader = refer_labels()
        self.instruction = TextBox("instruction", instruction, limit=LONG, lines=2)
        last = _LastLine()
        self.told = TextBox("told_whom", told, editor=last)
        self.told.editor.setPlaceholderText(_("whom, if told already"))
        self.limit = LimitBox(limit)
        self.limit.editor.setToolTip(_("A shorter limit than the site's"))
        self.leader = TextBox("leader", leader)
        self.leader.editor.setPlaceholderText(_("who gave an instruction on it"))
        self.written = Tick("written", _("Written slip"))
        self.written.editor.setToolTip(_("It goes out on paper and gets a number of the year"))
        self.decided = TextBox("decided_by", _("Decided by"))
        self.reason = TextBox("reason", _("Why"))
        self.due = QLabel(self)
        self.warning = QLabel(self)
        self._warnings = ["", ""]
        self._labels: dict[str, QLabel] = {}
        self.fields: dict[str, Field] = {
            field.name: field
            for field in (
                *(self.assist, self.instruction, self.told, self.limit),
                *(self.leader, self.written, self.decided, self.reason),
            )
        }
        self._lay_out()
        last.passed.connect(self.passed)
        for field in self.fields.values():
            field.edited.connect(self.edited)
        self.ask_who_decided(False)

    def _lay_out(self) -> None:
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP_SMALL + 2)
        grid.setVerticalSpacing(GAP_SMALL)
        grid.setColumnStretch(2, 1)
        rows: tuple[tuple[Field, QWidget | None], ...] = (
            *((self.assist, None), (self.instruction, None), (self.told, None)),
            *((self.limit, self.due), (self.leader, self.written), (self.decided, None), (self.reason, None)),
        )
        for at, (field, beside) in enumerate(rows):
            label = self._labels[field.name] = QLabel(field.label, self)
            label.setBuddy(field.editor)
            grid.addWidget(label, at * 2, 0)
            if field is self.limit:
                grid.addWidget(field, at * 2, 1)
                field.say_below(grid, at * 2 + 1)
                grid.addWidget(self.due, at * 2, 2)
                continue
            row = QHBoxLayout()
            row.setSpacing(GAP_SMALL + 2)
            row.addWidget(field, 1)
            if beside is not None:
                row.addWidget(beside)
            grid.addLayout(row, at * 2, 1, 1, 2)
        grid.addWidget(self.warning, len(rows) * 2, 1, 1, 2)
        for words in (self.due, self.warning):
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setWordWrap(True)
        self.warning.setProperty("role", "care")
        self.warning.hide()

    def align(self, width: int) -> None:
        """Let the fields begin where the form's do."""
        self._grid.setColumnMinimumWidth(0, width)

    def offer(self, choices: Sequence[Choice]) -> None:
        """The departments that a matter can be referred to."""
        self.assist.offer(choices)

    def offer_officer(self, name: str) -> None:
        """Say who has the department's work today: that is whom the desk phones."""
        words = _("{name}, if told already") if name else _("whom, if told already")
        self.told.editor.setPlaceholderText(words.format(name=name))

    def ask_who_decided(self, asked: bool) -> None:
        """It was sent back more than once: somebody decides where it goes now, and why."""
        for field in (self.decided, self.reason):
            field.setVisible(asked)
            self._labels[field.name].setVisible(asked)

    def tell_due(self, sentence: str, *, may_shorten: bool) -> None:
        """Say by when it is due; the field for less time is of use or not."""
        self.due.setText(sentence)
        self.limit.setEnabled(may_shorten)

    def warn(self, sentence: str) -> None:
        """Say what will be refused, before it is; "" takes it away."""
        self._warn(1, sentence)

    def doubt(self, sentence: str) -> bool:
        """Say what looks like a mistake and is kept all the same; whether it was not said before."""
        fresh = sentence not in ("", self._warnings[0])
        self._warn(0, sentence)
        return fresh

    def _warn(self, which: int, sentence: str) -> None:
        if self._warnings[which] == sentence:
            return
        self._warnings[which] = sentence
        self.warning.setText("\n".join(filter(None, self._warnings)))
        self.warning.setVisible(any(self._warnings))

    def showEvent(self, event: QShowEvent) -> None:
        """Tell it."""
        super().showEvent(event)
        self.turned.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell it."""
        super().hideEvent(event)
        self.turned.emit()

    def stops(self) -> list[QWidget]:
        """What Tab walks through, in order."""
        return [field.editor for field in self.fields.values()]
