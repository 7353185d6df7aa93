"""Things lent at the desk: keys, umbrellas, projectors, passes."""

from __future__ import annotations

import datetime as dt

from reception.facts.office import LoanStatus
from reception.shapes import dataclass

NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
"""Where what has no day to be back stands among what is out."""


@dataclass(frozen=True, slots=True)
class Loan:
    """A thing lent to somebody; ``department`` is the name of theirs, ``visit`` the number of their visit.

    ``overdue``: it should have been back when the list was read.
    """

    id: int
    thing: str
    pieces: int
    whom: str
    phone: str
    department: str
    entry_id: int | None
    visit: str
    lent_at: dt.datetime
    back_by: dt.datetime | None
    returned_at: dt.datetime | None
    note: str
    status: LoanStatus
    operator: str
    overdue: bool
