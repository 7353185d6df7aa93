"""Departments are offered while it is typed to whom a paper goes, between people and commas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from reception.facts import DepartmentFact
from reception.text import fold, readers
from ui.today.recalling import Editor, Recalling
from ui.widgets.choice_field import Choice
from ui.widgets.recall_list import Line
from ui.wording import _, ngettext
from ui.work import Lanes

if TYPE_CHECKING:
    from reception.facts.people import PersonOffer

_SHOWN = 6
_WELL = 10
"""How well a department has to fit (`reception.text.matches`): letters inside its pinyin are anybody's."""


class ReaderRecall(Recalling):
    """Watches one line of names: the department that is taken stands there, and the next name is begun.

    Args:
        lanes: of the window; nothing is asked there, the directory is known.
        parent: in whose window the list is.
        zone: the site's.
    """

    def __init__(self, lanes: Lanes, parent: QWidget, zone: Callable[[], ZoneInfo]) -> None:
        super().__init__(lanes, parent, "office.readers", zone)
        self._choices: tuple[Choice, ...] = ()
        self._facts: tuple[DepartmentFact, ...] = ()

    def know(self, choices: Sequence[Choice], facts: Sequence[DepartmentFact]) -> None:
        """The departments as they are offered, and as they are known for short."""
        self._choices = tuple(choices)
        inside = {one.id for one in choices}
        self._facts = tuple(one for one in facts if one.id in inside)

    def told(self, typed: str) -> str:
        """Which departments are meant by what is not their name (translated)."""
        found = []
        for name in readers.split(typed):
            meant = readers.meant(name, self._facts)
            if len(meant) > 1:
                found.append(_("{text}: which one?").format(text=name))
            elif meant and fold(meant[0].name) != fold(name):
                found.append(_("{text} is {department}").format(text=name, department=meant[0].name))
        return " · ".join(found)

    def typed(self, field: Editor) -> str:
        """The name under the cursor."""
        assert isinstance(field, QLineEdit)
        text, at = field.text(), field.cursorPosition()
        return text[_begin(text, at) : at].lstrip() + self._composed

    def lines(self, offers: Sequence[PersonOffer]) -> Sequence[tuple[Line, Any]]:
        """The departments that are meant, then those that fit."""
        meant = {one.id for one in readers.meant(self._asked, self._facts)}
        ranked = [(-1 if one.id in meant else one.rank(self._asked), one) for one in self._choices]
        fitting = [(rank, one) for rank, one in ranked if rank is not None and rank <= _WELL]
        best = sorted(fitting, key=lambda pair: pair[0])[:_SHOWN]
        return [(Line(one.text, one.detail, "building-2", "muted"), one.text) for _rank, one in best]

    def foot(self, count: int) -> str:
        """What stands below the list."""
        known = ngettext("{n} department", "{n} departments", count).format(n=count)
        return _("{count}    ↓ chooses, Enter takes, Esc closes").format(count=known)

    def take(self, field: Editor | None, thing: str) -> None:
        """Put its name in the place of what was typed, and begin another."""
        if not isinstance(field, QLineEdit):
            return
        text, at = field.text(), field.cursorPosition()
        end = next((place for place in range(at, len(text)) if text[place] in readers.COMMAS), len(text))
        begin = _begin(text, at)
        field.setSelection(begin, end - begin)
        field.insert(thing if end < len(text) else f"{thing}、")
        field.setFocus()

    @Slot()
    def _ask(self) -> None:
        self._on_offers(())


def _begin(text: str, at: int) -> int:
    """Where the name under the cursor begins."""
    return max(text.rfind(comma, 0, at) for comma in readers.COMMAS) + 1
