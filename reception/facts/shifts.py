"""A shift: what waits, what is owed, what was said; handed over and accepted."""

from __future__ import annotations

import datetime as dt

from reception.facts.day import Counters
from reception.facts.words import PinKind, Todo
from reception.shapes import dataclass


@dataclass(frozen=True, slots=True)
class Pin:
    """What the next shift is to know, until ``until_day`` (``YYYYMMDD``, included) or somebody ends it."""

    id: int
    kind: PinKind
    text: str
    operator: str
    created_at: dt.datetime
    until_day: int | None = None
    ended_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class HandoverItem:
    """Something open when a shift was handed over.

    ``what`` is a ``Todo`` of an entry, or a ``PinKind`` of a pinned note, which has no number. ``due_at`` is
    None where it has no limit.
    """

    what: Todo | PinKind
    text: str
    number: str = ""
    department: str = ""
    due_at: dt.datetime | None = None
    leader: str = ""
    """Who gave an instruction on it, where the list that it stands in tells."""
    person: str = ""
    identity_protected: bool = False
    entry_id: int = 0
    """0 for a note."""
    sealed: bool = False
    """For whoever looks; ``text`` says so in the site's language."""


@dataclass(frozen=True, slots=True)
class Handover:
    """A shift handed over. ``taker`` is "" until somebody accepted it or said what is ``missing``."""

    id: int
    desk: str
    at: dt.datetime
    giver: str
    items: tuple[HandoverItem, ...]
    open_items: int
    """How many things were open, also those for which ``items`` has no room."""
    at_departments: int | None = None
    """How many referrals a department still had to answer; None where that was not noted."""
    overdue: int = 0
    """How many of those were overdue."""
    remark: str = ""
    answered_at: dt.datetime | None = None
    taker: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What the shift before left at a desk, as far as it has to be seen all day."""

    pins: tuple[Pin, ...] = ()
    unaccepted: Handover | None = None
    """The last shift of this desk, without its items, as long as nobody has accepted it."""


@dataclass(frozen=True, slots=True)
class Shift:
    """What whoever sits down at a desk has to know."""

    desk: str
    operator: str
    counters: Counters
    pins: tuple[Pin, ...]
    leaders: tuple[HandoverItem, ...]
    """What runs on a leader's instruction."""
    waits: tuple[HandoverItem, ...] = ()
    """What is to be done now besides, most pressing first, as far as a list has room for it."""
    unaccepted: Handover | None = None
    """The last shift of this desk, as long as nobody has accepted it."""
    last: Handover | None = None
