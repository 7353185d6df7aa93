"""Handing a shift over and taking one over: one field, one button, whose words say what it will do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts.shifts import Handover, Shift
from ui import actions, icons, labels
from ui.shift.items import ItemTable
from ui.theme import GAP_SMALL
from ui.today.fields import TextBox
from ui.widgets.buttons import Button
from ui.widgets.texts import LONG
from ui.wording import _
from ui.words import when
from ui.work import Lanes


def told(one: Handover, zone_name: str) -> str:
    """Who handed over when, and what came of it."""
    zone = labels.zone(zone_name)
    words = _("Handed over by {giver} at {time}: {count} to be done then")
    lines = [words.format(giver=one.giver, time=when(one.at, zone), count=one.open_items)]
    if one.at_departments is not None:
        words = _("With departments, still to be answered: {count} ({overdue} overdue)")
        lines.append(words.format(count=one.at_departments, overdue=one.overdue))
    if one.remark:
        lines.append(one.remark)
    if one.answered_at is None:
        lines.append(_("Nobody has accepted it yet."))
        return "\n".join(lines)
    said = _("Missing, says {taker} at {time}:") if one.missing else _("Accepted by {taker} at {time}")
    lines.append(f"{said.format(taker=one.taker, time=when(one.answered_at, zone))} {one.missing}".rstrip())
    return "\n".join(lines)


class HandingBox(QWidget):
    """The last shift of this desk, what it was handed over with, and the next step."""

    given = Signal(str)
    """The shift is to be handed over, with this remark."""
    answered = Signal(int, str)
    """The handover with this id is accepted; or, with words, this is missing."""
    taken_back = Signal(int)
    """The answer to the handover with this id was a slip of the hand."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shift: Shift | None = None
        self._clerk = ""
        heading = QLabel(_("Handover"), self)
        heading.setProperty("role", "heading")
        self.sentence = QLabel(self)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.whose = QLabel(self)
        self.whose.setProperty("role", "muted")
        self.items = ItemTable(
            lanes, "shift.items", name=_("Open things"), empty=_("Nothing is open."), parent=self
        )
        self.field = TextBox("remark", _("What to say with it"), limit=LONG, lines=2)
        self.label = QLabel(self)
        self.label.setBuddy(self.field.editor)
        self.act = Button("", self)
        self.act.setProperty("kind", "primary")
        icons.dress(self.act, "check", "on_accent")
        actions.tip(self.act, "shift.hand")
        self.back = Button(_("Take the answer back  Alt+Z"), self)
        actions.press(self.back, "shift.take-back")
        icons.dress(self.back, "undo-2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        for label in (heading, self.sentence, self.whose):
            column.addWidget(label)
        column.addWidget(self.items, 1)
        column.addWidget(self.label)
        column.addWidget(self.field)
        keys = QHBoxLayout()
        keys.addWidget(self.act, 1)
        keys.addWidget(self.back)
        column.addLayout(keys)
        self.field.edited.connect(self._tell)
        self.act.clicked.connect(self.give)
        self.back.clicked.connect(self._on_back)
        self._tell()

    def show_shift(self, shift: Shift, clerk: str, zone_name: str) -> None:
        """Show how the desk stands, to ``clerk``; what is being typed stays."""
        self._shift, self._clerk = shift, clerk
        last = shift.last
        self.sentence.setText(told(last, zone_name) if last is not None else _("No shift was handed over."))
        waits = shift.unaccepted
        self.whose.setText(
            _("Handed over with:") if waits is not None else _("To be done now, what a leader said first:")
        )
        now = (*shift.leaders, *shift.waits)
        self.items.show_items(waits.items if waits is not None else now, zone_name)
        self._tell()

    @property
    def last(self) -> Handover | None:
        """The last shift of this desk."""
        return self._shift.last if self._shift is not None else None

    @property
    def to_accept(self) -> bool:
        """Whether a shift that somebody else handed over waits for the clerk's answer."""
        waits = self._shift.unaccepted if self._shift is not None else None
        return waits is not None and waits.giver != self._clerk

    def stops(self) -> list[QWidget]:
        """What Tab walks through, in order."""
        return [self.items, self.field.editor, self.act, self.back]

    @property
    def unsaved(self) -> bool:
        """Whether something is written that was not said."""
        return bool(self.field.raw.strip())

    def clear(self) -> None:
        """It was said."""
        self.field.clear()
        self._tell()

    def refuse(self, error: DeskError) -> None:
        """Say why it was not done; what was written stays."""
        self.field.say(error.say(_))
        self.field.setFocus()

    @Slot()
    def give(self) -> None:
        """Hand over, accept, or say what is missing: what the button says."""
        waits = self._shift.unaccepted if self._shift is not None else None
        if self.to_accept and waits is not None:
            self.answered.emit(waits.id, self.field.raw.strip())
        elif self._shift is not None:
            self.given.emit(self.field.raw.strip())

    @Slot()
    def _on_back(self) -> None:
        if self._shift is not None and self._shift.last is not None:
            self.taken_back.emit(self._shift.last.id)

    @Slot()
    def _tell(self) -> None:
        """Let the words say what Ctrl+Enter does now."""
        last = self._shift.last if self._shift is not None else None
        waits = self._shift.unaccepted if self._shift is not None else None
        if self.to_accept:
            label, act = _("What is missing, if anything"), _("Accept  Ctrl+Enter")
            if self.field.raw.strip():
                act = _("Say what is missing  Ctrl+Enter")
        else:
            label, act = _("What to say with it"), _("Hand over  Ctrl+Enter")
            if waits is not None:
                act = _("Hand over anew  Ctrl+Enter")
        self.label.setText(label)
        self.field.editor.setAccessibleName(label)
        self.act.setText(act)
        self.act.setEnabled(self._shift is not None)
        mine = last is not None and last.answered_at is not None and last.taker == self._clerk
        self.back.setVisible(mine)
