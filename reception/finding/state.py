"""How far the postings have come (``derived_state``), what stands beside them, and the keys of days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection

from reception.finding import blocks
from reception.finding.reading import rows

NAME = "find"
INDEXED, SPAN, LAYOUT = f"{NAME}.indexed", f"{NAME}.span", f"{NAME}.layout"
PRESENT_LAYOUT = 3
"""Postings laid out otherwise are taken away and filled anew (1: blocks of 16,384 ids; 2: without the later
initials of long names)."""
_DAY = b"\x05"
_KEPT = f"SELECT name, value FROM derived_state WHERE name IN ('{INDEXED}', '{SPAN}', '{LAYOUT}')"
_STANDING = (
    "SELECT 'desk', id, head_sequence, epoch FROM desk"
    f" UNION ALL SELECT name, value, 0, 0 FROM derived_state WHERE name IN ('{INDEXED}', '{SPAN}')"
    " UNION ALL SELECT 'changed', entry_id, 0, 0 FROM posting_pending"
    " UNION ALL SELECT 'block', block, first_day, last_day FROM posting_block"
    # as veiling asks for it: the word itself, for the sake of the index of just these entries
    " UNION ALL SELECT 'sealed', id, 0, 0 FROM entry WHERE category = 'accusation'"
)
"""All that a question has to know before it looks anything up: one way to a server and back."""
_PLANNED_ONCE = (
    " UNION ALL SELECT '', 0, 0, 0 WHERE set_config('plan_cache_mode', 'force_generic_plan', true) IS NULL"
)
"""No row, but for the rest of the transaction a server does not plan anew what it has planned before."""
_SPOKEN = {"sqlite": _STANDING, "postgresql": _STANDING + _PLANNED_ONCE}
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
        accusations: the entries that are sealed for nearly everybody.
    """

    heads: Heads
    indexed: int
    span: int
    changed: frozenset[int]
    extents: tuple[Extent, ...]
    accusations: frozenset[int]


def read(connection: Connection) -> State:
    """How far the postings have come."""
    found = {row[0]: row[1] for row in rows(connection, _KEPT)}
    return State(found.get(INDEXED, 0), found.get(SPAN, blocks.SPAN), found.get(LAYOUT, 0))


def standing(connection: Connection) -> Standing:
    """What a question has to know first."""
    heads: Heads = {}
    kept, changed, extents, accusations = {}, [], [], []
    for what, one, first, last in rows(connection, _SPOKEN[connection.dialect.name]):
        if what == "desk":
            heads[one] = first, last
        elif what == "changed":
            changed.append(one)
        elif what == "block":
            extents.append(Extent(one, first, last))
        elif what == "sealed":
            accusations.append(one)
        else:
            kept[what] = one
    indexed = kept.get(INDEXED, 0)
    return Standing(
        heads,
        indexed,
        kept.get(SPAN, blocks.SPAN),
        frozenset(one for one in changed if one <= indexed),
        tuple(sorted(extents, reverse=True)),
        frozenset(accusations),
    )


def day_key(day: int) -> bytes:
    """The key of the entries of a day (``YYYYMMDD``); keys order as days do."""
    return _DAY + b"%08d" % min(max(day, 0), 99_999_999)
