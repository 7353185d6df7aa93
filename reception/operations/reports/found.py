"""What a reason finds: how many exceptions of a kind there are, and the first of them, not yet read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from reception.facts.reports import Late
from reception.operations.reports.ran import Part

MOST = 30
"""So many of one kind are told one by one, more than a page has room for; the others are counted."""


@dataclass(frozen=True, slots=True)
class Found:
    """One exception; ``part`` has the department of its own."""

    entry_id: int
    since: dt.datetime
    late: Late
    text: str = ""
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Every:
    """All of one kind."""

    count: int
    first: Sequence[Found]
