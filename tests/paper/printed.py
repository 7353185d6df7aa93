"""Prints of a day, and what their verification tells."""

from __future__ import annotations

import uuid

from reception.desk import Desk
from reception.facts.printing import Stamp
from reception.facts.prints import LineState, Verified
from reception.operations import (
    printing,
)
from reception.paper import prints
from tests.factories import (
    TODAY,
    new_uid,
)

CHANGED, NEW, GONE = LineState.CHANGED.value, LineState.NEW.value, LineState.GONE.value


def print_day(desk: Desk, uid: uuid.UUID | None = None, day: int = TODAY, of: str | None = None) -> Stamp:
    """Print the sheet of a day."""
    gathered = desk.ask(prints.gather, "daily_sheet", "zh_CN", day=day, desk=of)
    return desk.do(printing.commit, gathered.promise, uid=uid or new_uid())


def told(found: Verified) -> set[tuple[str, str]]:
    """Which lines of entries differ, and how."""
    return {(one.number, one.state.value) for one in found.differences if one.number}


def verified(desk: Desk, stamp: Stamp) -> Verified:
    """What became of a sheet."""
    return desk.ask(prints.verify, stamp.code)
