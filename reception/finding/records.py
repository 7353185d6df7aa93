"""What Find compares of an entry: its texts in the spelling of comparison, and what filters ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from reception.finding import beside
from reception.finding.pieces import folded
from reception.finding.reading import rows

Row = tuple[Any, ...]
Rows = list[Row]
FILTERS = ("kind", "status", "act", "department_id", "operator_id", "matter_id")
"""Columns that are looked up by their value."""
TEXTS = ("subject", "request", "outcome")
SHOWN = (
    "desk_id",
    "epoch",
    "sequence",
    "received_at",
    "late",
    "party_size",
    "category",
    "urgency",
    "call_result",
    "waiting_since",
    "seen_at",
    "left_at",
    "identity_protected",
    "callback_wanted",
    "void_reason",
    "left_estimated",
)
"""Further columns that a list shows."""
_REFERRAL = (
    "CASE WHEN e.act = 'referred' THEN (SELECT r.status FROM referral r WHERE r.entry_id = e.id"
    " AND r.status <> 'withdrawn' ORDER BY r.ordinal DESC LIMIT 1) END"
)
"""Only what is referred has a referral that was not taken back."""
_FIRST = [f"e.{name}" for name in ("id", "version", "day", *FILTERS, *TEXTS)]
_LAST = [f"p.{name}" for name in ("name", "organisation", "phone", "phone_digits", "position")]
_FROM = (
    " FROM entry e LEFT JOIN entry_party p ON p.entry_id = e.id"
    " AND coalesce(e.category, '') <> 'report' WHERE "
)
"""Who told a report is masked: nothing that is known of them leads to it."""
_SELECT = f"SELECT {', '.join([*_FIRST, *_LAST])}{_FROM}"
_WHOLE = ", ".join(
    [*_FIRST, "CAST(e.uid AS VARCHAR(36))", *(f"e.{name}" for name in SHOWN), _REFERRAL, *_LAST]
)
_SELECT_WHOLE = f"SELECT {_WHOLE}{_FROM}"
_ORDER = " ORDER BY e.id, p.position"
_BETWEEN = (
    # said of both, else a server reads all persons there are for the sake of these
    _SELECT.replace("p.entry_id = e.id", "p.entry_id = e.id AND p.entry_id BETWEEN ? AND ?")
    + f"e.id BETWEEN ? AND ?{_ORDER}"
)
ENTRY = len(_FIRST)
"""So many columns of a row are the entry's; behind them stand those of one person."""
WHOLE = ENTRY + 1 + len(SHOWN) + 1
"""So many are it in a row of ``whole``."""


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
    """Subject, request, outcome, names and organisations, and what stands beside the entry."""
    phones: str
    """Telephones as they were written."""
    digits: str
    """The digits of their numbers, number by number."""
    names: tuple[str, ...]


def some(connection: Connection, ids: Sequence[int]) -> list[Record]:
    """The records of these ids, ascending; ids of no entry are left out."""
    return [of(group) for group in _grouped(rows_of(connection, ids))] if ids else []


def between(connection: Connection, first: int, last: int) -> list[Record]:
    """The records of a range of ids, ascending."""
    return [of(group) for group in _grouped(rows_between(connection, first, last))]


def whole(connection: Connection, ids: Sequence[int]) -> dict[int, Rows]:
    """All that a list shows of these entries, by id, ascending: a row for each person, or one.

    A row has the columns of ``rows_between`` as far as they are the entry's, its uid, those of ``SHOWN``, the
    status of its referral, then those of a person.
    """
    if not ids:
        return {}
    found = rows(connection, f"{_SELECT_WHOLE} e.id AMONG ? {_ORDER}", (list(ids),))
    found = beside.joined(connection, found, WHOLE)
    return {group[0][0]: group for group in _grouped(found)}


def rows_of(connection: Connection, ids: Sequence[int]) -> Rows:
    """The rows of these ids, as ``rows_between`` gives them."""
    found = rows(connection, f"{_SELECT} e.id AMONG ? {_ORDER}", (list(ids),))
    return beside.joined(connection, found, ENTRY)


def rows_between(connection: Connection, first: int, last: int) -> Rows:
    """The rows of a range of ids, ascending: columns of the entry, then of a person."""
    found = rows(connection, _BETWEEN, (first, last, first, last))
    return beside.joined_between(connection, found, ENTRY, first, last)


def _grouped(found: Rows) -> Iterator[Rows]:
    return (list(group) for _, group in groupby(found, itemgetter(0)))


def of(group: Rows, width: int = ENTRY) -> Record:
    """The record of the rows of one entry, of which so many columns are the entry's."""
    entry = group[0]
    lines, phones, digits, names = [*entry[ENTRY - len(TEXTS) : ENTRY]], [], [], []
    for row in group:
        name, organisation, phone, numbers = row[width : width + 4]
        if name:
            lines.append(name)
            names.append(name)
        if organisation:
            lines.append(organisation)
        if phone:
            phones.append(folded(phone))
        if numbers:
            digits.append(numbers.replace(" ", "\n"))
    values = (
        *entry[: ENTRY - len(TEXTS)],
        "\n".join([folded(line) for line in lines if line]),
        "\n".join(phones),
        "\n".join(digits),
        tuple(names),
    )
    return Record(*values)
