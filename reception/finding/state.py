"""How far the postings have come, as ``derived_state`` keeps it, and the keys of days."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from reception.finding import blocks
from reception.finding.reading import rows

NAME = "find"
INDEXED, SPAN = f"{NAME}.indexed", f"{NAME}.span"
_DAY = b"\x05"


@dataclass(frozen=True, slots=True)
class State:
    """Every entry up to the id ``indexed`` is in the postings; their blocks hold ``span`` ids each."""

    indexed: int
    span: int


def read(connection: Connection) -> State:
    """How far the postings have come."""
    found = {row[0]: row[1] for row in rows(connection, "SELECT name, value FROM derived_state")}
    return State(found.get(INDEXED, 0), found.get(SPAN, blocks.SPAN))


def day_key(day: int) -> bytes:
    """The key of the entries of a day (``YYYYMMDD``); keys order as days do."""
    return _DAY + b"%08d" % min(max(day, 0), 99_999_999)


def key_day(key: bytes) -> int:
    """The day of a ``day_key``."""
    return int(key[1:])
