"""Who is expected: appointments and delegations."""

from __future__ import annotations

import datetime as dt

from reception.facts.office import ExpectedStatus
from reception.shapes import dataclass


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
