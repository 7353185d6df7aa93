"""Urgent events and groups (紧急情况, 集体访), as the window, the terminal and paper show them."""

from __future__ import annotations

import datetime as dt

from reception.facts.office import EventKind
from reception.facts.words import EntryStatus
from reception.shapes import dataclass


@dataclass(frozen=True, slots=True)
class ToCall:
    """Whom to call in an urgent event, as the site has it; in the order in which they are called."""

    name: str
    phone: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class EventLine:
    """One line of the log. Of a call ``reached`` says whether somebody answered."""

    ordinal: int
    at: dt.datetime
    kind: EventKind
    whom: str
    phone: str
    reached: bool | None
    words: str
    operator: str


@dataclass(frozen=True, slots=True)
class UrgentRow:
    """One event of a list."""

    entry_id: int
    number: str
    began_at: dt.datetime
    subject: str
    place: str
    people: int
    lines: int
    ended_at: dt.datetime | None
    status: EntryStatus


@dataclass(frozen=True, slots=True)
class UrgentView:
    """The whole of an event: its log, minute by minute, and who was and is still to be called."""

    row: UrgentRow
    outcome: str
    operator: str
    log: tuple[EventLine, ...]
    calls: tuple[ToCall, ...]
    """Whom the site wants called, in its order."""
    called: tuple[str, ...]
    """The names of those who were reached."""

    @property
    def entry_id(self) -> int:
        """The entry."""
        return self.row.entry_id

    @property
    def next_call(self) -> ToCall | None:
        """Whom to call next: the first who was not reached."""
        return next((one for one in self.calls if one.name not in self.called), None)
