"""Who is expected: appointments and delegations."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from reception.facts.office import ExpectedStatus
from reception.shapes import dataclass

_ABOUT = dt.timedelta(minutes=15)
"""Whoever is expected may be a little early or late."""
_A_DAY = dt.timedelta(hours=23)
"""The shortest day there is."""


class Coming(StrEnum):
    """How somebody who is expected stands by the clock: 稍后到访, 预约到访, 没来?."""

    LATER = "later"
    NOW = "now"
    MISSED = "missed"


def coming(at: dt.datetime, by: dt.datetime, now: dt.datetime) -> Coming:
    """How they stand who are expected at ``at`` and should have come ``by``."""
    if by < now - _ABOUT:
        return Coming.MISSED
    return Coming.LATER if at > now + _ABOUT else Coming.NOW


def latest(at: dt.datetime, until: dt.datetime | None) -> dt.datetime:
    """When somebody should have come: who is expected for the day or longer, by its end."""
    return until if until is not None and until - at >= _A_DAY else at


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who is expected at a time; ``department`` is the code of the one they come to see.

    ``visit`` is the number of the visit by which they came. ``calendar_uid`` is the UID of the calendar event
    from which it was imported, "" for none.
    """

    id: int
    at: dt.datetime
    until: dt.datetime | None
    name: str
    organisation: str
    phone: str
    party_size: int
    plate: str
    room: str
    department_id: int | None
    department: str
    department_name: str
    whom: str
    subject: str
    note: str
    calendar_uid: str
    status: ExpectedStatus
    visit_id: int | None
    visit: str
    operator: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import of a calendar did; ``same`` counts what was in the register as it is in the calendar."""

    added: tuple[Expected, ...]
    changed: tuple[Expected, ...]
    cancelled: tuple[Expected, ...]
    same: int
