"""How far the postings have come (``derived_state``), what stands beside them, and the keys of days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection

from reception.finding import blocks
from reception.finding.reading import rows

NAME = "find"
INDEXED, SPAN, LAYOUT = f"{NAME}.indexed", f"{NAME}.span", f"{NAME}.layout"
PRESENT_LAYOUT = 2
"""Postings laid out otherwise (1: blocks of 16,384 ids) are taken away and filled anew."""
_DAY = b"\x05"
_KEPT = f"SELECT name, value FROM derived_state WHERE name IN ('{INDEXED}', '{SPAN}', '{LAYOUT}')"
_STANDING = (
    "SELECT 'desk', id, head_sequence, epoch FROM desk"
    f" UNION ALL SELECT name, value, 0, 0 FROM derived_state WHERE name IN ('{INDEXED}', '{SPAN}')"
    " UNION ALL SELECT 'changed', entry_id, 0, 0 FROM posting_pending"
    " UNION ALL SELECT 'block', block, first_day, last_day FROM posting_block"
)
"""All that a question has to know before it looks anything up: one way to a server and back."""
Heads = dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class State:
    """Every entry up to the id ``indexed`` is in the postings; their blocks hold ``span`` ids each."""

    indexed: int
    span: int
    layout: int


class Extent(NamedTuple):
    """A block that has postings, and the days of its entries."""

    number: int
    first_day: int
    last_day: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand in one transaction.

    Attributes:
        heads: head and epoch of each desk's journal.
        indexed: every entry up to this id is in the postings.
        span: ids in a block.
        changed: indexed entries that the postings know as they were before.
        extents: the blocks, the newest first.
    """

    heads: Heads
    indexed: int
    span: int
    changed: frozenset[int]
    extents: tuple[Extent, ...]


def read(connection: Connection) -> State:
    """How far the postings have come."""
    found = {row[0]: row[1] for row in rows(connection, _KEPT)}
    return State(found.get(INDEXED, 0), found.get(SPAN, blocks.SPAN), found.get(LAYOUT, 0))


def standing(connection: Connection) -> Standing:
    """What a question has to know first."""
    heads: Heads = {}
    kept, changed, extents = {}, [], []
    # through SQLAlchemy, which finds out whether the connection is alive
    for what, one, first, last in connection.exec_driver_sql(_STANDING).fetchall():
        if what == "desk":
            heads[one] = first, last
        elif what == "changed":
            changed.append(one)
        elif what == "block":
            extents.append(Extent(one, first, last))
        else:
            kept[what] = one
    indexed = kept.get(INDEXED, 0)
    return Standing(
        heads,
        indexed,
        kept.get(SPAN, blocks.SPAN),
        frozenset(one for one in changed if one <= indexed),
        tuple(sorted(extents, reverse=True)),
    )


def day_key(day: int) -> bytes:
    """The key of the entries of a day (``YYYYMMDD``); keys order as days do."""
    return _DAY + b"%08d" % min(max(day, 0), 99_999_999)


def key_day(key: bytes) -> int:
    """The day of a ``day_key``."""
    return int(key[1:])
