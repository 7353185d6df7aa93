"""What Find compares of an entry: its texts in the spelling of comparison, and what filters ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from reception.finding.pieces import folded
from reception.finding.reading import rows

Rows = list[tuple[Any, ...]]
FILTERS = ("kind", "status", "act", "department_id", "operator_id", "matter_id")
"""Columns that are looked up by their value."""
TEXTS = ("subject", "request", "outcome")
_COLUMNS = ", ".join(
    [f"e.{name}" for name in ("id", "version", "day", *FILTERS, *TEXTS)]
    + [f"p.{name}" for name in ("name", "organisation", "phone", "phone_digits")]
)
_SELECT = f"SELECT {_COLUMNS} FROM entry e LEFT JOIN entry_party p ON p.entry_id = e.id WHERE "
_ORDER = " ORDER BY e.id, p.position"
ENTRY = 3 + len(FILTERS) + len(TEXTS)
"""So many columns of a row are the entry's; behind them stand those of one person."""


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as Find sees it. Lines of one kind are joined by line breaks, which no folded text holds."""

    id: int
    version: int
    day: int
    kind: str
    status: str
    act: str | None
    department_id: int | None
    operator_id: int
    matter_id: int | None
    texts: str
    """Subject, request, outcome, names and organisations."""
    phones: str
    """Telephones as they were written."""
    digits: str
    """The digits of their numbers, number by number."""
    names: tuple[str, ...]


def some(connection: Connection, ids: Sequence[int]) -> list[Record]:
    """The records of these ids, ascending; ids of no entry are left out."""
    return list(_records(rows_of(connection, ids))) if ids else []


def between(connection: Connection, first: int, last: int) -> list[Record]:
    """The records of a range of ids, ascending."""
    return list(_records(rows_between(connection, first, last)))


def rows_of(connection: Connection, ids: Sequence[int]) -> Rows:
    """The rows of these ids, as ``rows_between`` gives them."""
    return rows(connection, f"{_SELECT} e.id AMONG ? {_ORDER}", (list(ids),))


def rows_between(connection: Connection, first: int, last: int) -> Rows:
    """The rows of a range of ids, ascending: columns of the entry, then of a person."""
    return rows(connection, f"{_SELECT} e.id BETWEEN ? AND ? {_ORDER}", (first, last))


def _records(found: Rows) -> Iterator[Record]:
    for _, group in groupby(found, itemgetter(0)):
        every = list(group)
        entry, persons = every[0][:ENTRY], [row[ENTRY:] for row in every if row[ENTRY] is not None]
        lines = [*entry[-len(TEXTS) :], *(text for person in persons for text in person[:2])]
        values = (
            *entry[: -len(TEXTS)],
            "\n".join(map(folded, filter(None, lines))),
            "\n".join(folded(person[2]) for person in persons if person[2]),
            "\n".join(person[3].replace(" ", "\n") for person in persons if person[3]),
            tuple(person[0] for person in persons if person[0]),
        )
        yield Record(*values)
