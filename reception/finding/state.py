"""How far the postings have come, as ``derived_state`` keeps it, and the keys of days."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from reception import tables
from reception.finding import blocks

NAME = "find"
INDEXED, SPAN = f"{NAME}.indexed", f"{NAME}.span"
_S = tables.state
_DAY = b"\x05"


@dataclass(frozen=True, slots=True)
class State:
    """Every entry up to the id ``indexed`` is in the postings; their blocks hold ``span`` ids each."""

    indexed: int
    span: int


def read(connection: Connection) -> State:
    """How far the postings have come."""
    rows = connection.execute(select(_S.c.name, _S.c.value).where(_S.c.name.in_((INDEXED, SPAN))))
    found: dict[str, int] = {row[0]: row[1] for row in rows}
    return State(found.get(INDEXED, 0), found.get(SPAN, blocks.SPAN))


def day_key(day: int) -> bytes:
    """The key of the entries of a day (``YYYYMMDD``); keys order as days do."""
    return _DAY + b"%08d" % min(max(day, 0), 99_999_999)


def key_day(key: bytes) -> int:
    """The day of a ``day_key``."""
    return int(key[1:])
