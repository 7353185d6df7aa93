"""Departments and people known are offered while a line of the list of who is invited is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from reception.text import invitees
from ui.today import persons
from ui.today.recalling import Editor, Recalling
from ui.widgets.choice_field import Choice
from ui.widgets.recall_list import Line
from ui.work import Lanes

if TYPE_CHECKING:
    from reception.facts.people import PersonOffer

_UNITS = 4
"""So many departments at most stand above the people."""
_WELL = 10
"""How well a department has to fit (`reception.text.matches`): letters inside its pinyin are anybody's."""


class InviteeRecall(Recalling):
    """Watches a text with one invitee a line: who is taken stands there, and the next line is begun.

    Args:
        lanes: where to ask.
        parent: in whose window the list is.
        zone: the site's.
    """

    def __init__(self, lanes: Lanes, parent: QWidget, zone: Callable[[], ZoneInfo]) -> None:
        super().__init__(lanes, parent, "office.recall", zone)
        self._units: tuple[Choice, ...] = ()
        self._block = -1

    def know(self, units: Sequence[Choice]) -> None:
        """The directory's departments and the units outside."""
        self._units = tuple(units)

    def watch(self, editor: Editor) -> None:
        """Offer those who fit the line that is typed."""
        super().watch(editor)
        assert isinstance(editor, QPlainTextEdit)
        editor.cursorPositionChanged.connect(self._on_moved)

    def typed(self, field: Editor) -> str:
        """The line under the cursor; whoever was taken already is not looked for."""
        assert isinstance(field, QPlainTextEdit)
        cursor = field.textCursor()
        self._block = cursor.blockNumber()
        text, at = cursor.block().text(), cursor.positionInBlock()
        return "" if invitees.OWN in text else text[:at] + self._composed + text[at:]

    def asks(self, field: Editor) -> bool:
        """Down goes to the next line where there is one."""
        assert isinstance(field, QPlainTextEdit)
        return field.textCursor().blockNumber() == field.blockCount() - 1

    def lines(self, offers: Sequence[PersonOffer]) -> Sequence[tuple[Line, Any]]:
        """Departments that fit, then people; nobody who gave no name, or is not to be disclosed."""
        found: list[tuple[Line, Any]] = []
        ranked = [(one.rank(self._asked), one) for one in self._units]
        fitting = [(rank, one) for rank, one in ranked if rank is not None and rank <= _WELL]
        for _rank, one in sorted(fitting, key=lambda pair: pair[0])[:_UNITS]:
            found.append((Line(one.text, one.detail, "building-2", "muted"), one.text))
        zone = self.zone()
        for offer in offers:
            if offer.name and not offer.identity_protected:
                who = invitees.of_person(offer, self._asked)
                found.append((persons.offered(offer, zone), invitees.line(who)))
        return found

    def take(self, field: Editor | None, thing: str) -> None:
        """Put them in the place of what was typed, and begin another line where it was the last."""
        if not isinstance(field, QPlainTextEdit):
            return
        cursor = field.textCursor()
        last = cursor.blockNumber() == field.blockCount() - 1
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(f"{thing}\n" if last else thing)
        field.setTextCursor(cursor)
        field.setFocus()

    @Slot()
    def _on_moved(self) -> None:
        field = self._field
        if isinstance(field, QPlainTextEdit) and field.textCursor().blockNumber() != self._block:
            self.close_list()
