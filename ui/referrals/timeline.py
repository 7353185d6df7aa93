"""The whole trail of a case as one timeline: what was done when, with whom, by whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from reception import timeline
from reception.facts import TrailLine
from reception.timeline import Told
from ui import words
from ui.widgets.table import Column, PagedTable
from ui.wording import _, current
from ui.work import Lanes

_Line = tuple[int, Told]
_OF_PERSON = ("name", "phone", "organisation", "document_type", "document_number", "person_id")
_WHO = frozenset(
    (*_OF_PERSON, *(f"party.{one}" for one in _OF_PERSON), "parties", "attempt.reached", "callback.phone")
)


class Timeline(PagedTable[_Line]):
    """The latest act stands last, and is in sight."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        self._zone = ZoneInfo("UTC")
        columns: list[Column[_Line]] = [
            Column("at", _("Time"), self._time, 11),
            Column("told", _("Course"), _told, wrapped=True),
        ]
        super().__init__(lanes, "referrals.trail", columns, _place, name=_("Trail"), parent=parent)
        self.horizontalHeader().hide()  # in large letters it would take the room of a line

    def show_trail(self, trail: tuple[TrailLine, ...], zone: ZoneInfo, *, people: bool = True) -> None:
        """Show these acts; without ``people`` nothing about who told it: the screen may face them."""
        self._zone = zone
        trail = trail if people else tuple(map(_veiled, trail))
        self.rows.put(list(enumerate(timeline.lines(trail, current(), zone))))
        self.scrollToBottom()

    def _time(self, row: _Line) -> str:
        return words.when(row[1].at, self._zone, dt.datetime.now(self._zone).date())


def _veiled(line: TrailLine) -> TrailLine:
    return replace(line, changes=tuple(one for one in line.changes if one[0] not in _WHO))


def _place(row: _Line) -> int:
    return row[0]


def _told(row: _Line) -> str:
    one = row[1]
    # a department that signs for itself is place, operator and receiver in one
    head = " · ".join(dict.fromkeys(filter(None, (one.what, one.where, one.operator))))
    said = one.said and one.said not in (one.where, one.operator)
    return _("{name}: {value}").format(name=head, value=one.said) if said else head
