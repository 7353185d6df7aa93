"""The ladder of reminders: on which working day before or after the due day what is done (pure)."""

from __future__ import annotations

import itertools
import re

from reception.facts import Way
from reception.shapes import dataclass

USUAL = "-1 phone; 1 written; 6 director"
MOST_DAYS = 60
_WAYS = (Way.PHONE, Way.WRITTEN, Way.DIRECTOR)
"""What becomes due by itself. Nothing goes up to a leader without the director's word."""
_RUNG = re.compile(r"(-?\d{1,2}) ([a-z]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rung:
    """So many working days after the due day (before it, if negative) a reminder goes this way."""

    days: int
    way: Way


def parse(text: str) -> tuple[Rung, ...]:
    """The rungs of ``-1 phone; 1 written; 6 director``, one day after the other; none for an empty text.

    Raises ValueError for anything else.
    """
    parts = [part.strip() for part in text.split(";") if part.strip()]
    rungs = tuple(_rung(part) for part in parts)
    if any(first.days >= second.days for first, second in itertools.pairwise(rungs)):
        raise ValueError(text)
    return rungs


def _rung(text: str) -> Rung:
    match = _RUNG.fullmatch(text)
    if match is None:
        raise ValueError(text)
    rung = Rung(int(match[1]), Way(match[2]))
    if abs(rung.days) > MOST_DAYS or rung.way not in _WAYS:
        raise ValueError(text)
    return rung
