"""Who came as a group on a day, and the urgent events of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select

from reception import tables
from reception.context import Session
from reception.facts import MAX_PARTIES, EntryRow, EntryStatus, Kind
from reception.facts.reports import Noted
from reception.operations import veiling
from reception.operations.reports.moment import Then

REPRESENTATIVES = MAX_PARTIES - 1
"""More people than these come as a group (信访工作条例: at most 5 representatives are heard)."""
_E = tables.entry


@cache
def _groups() -> Select[Any]:
    return _of_day(_E.c.kind == Kind.VISIT.value, _E.c.party_size > REPRESENTATIVES)


@cache
def _events() -> Select[Any]:
    return _of_day(_E.c.kind == Kind.URGENT.value)


def _of_day(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(_E.c.id)
        .where(
            _E.c.day == bindparam("day"),
            _E.c.received_at < bindparam("until", type_=tables.Instant),
            _E.c.status != EntryStatus.VOID.value,
            *conditions,
        )
        .order_by(_E.c.received_at, _E.c.id)
    )


def groups(session: Session, then: Then) -> list[int]:
    """Visits of more people than are heard as representatives, as they came."""
    return _ids(session, then, _groups())


def events(session: Session, then: Then) -> list[int]:
    """The urgent events of the day, as they were noted."""
    return _ids(session, then, _events())


def _ids(session: Session, then: Then, query: Select[Any]) -> list[int]:
    return list(session.connection().scalars(query, {"day": then.day, "until": then.until}))


def told(session: Session, ids: Sequence[int], entries: Mapping[int, EntryRow]) -> tuple[Noted, ...]:
    """These entries in the order given, veiled as on paper."""
    every: Iterable[Any] = [
        (
            Noted(
                entry_id=row.id,
                number=row.number,
                at=row.received_at,
                people=row.party_size if row.party_size > 1 else 0,  # one stands for nobody knows
                text=row.subject or row.matter,
                department=row.department,
                department_name=row.department_name,
                outcome=row.outcome,
            ),
            row.category,
        )
        for row in (entries[one] for one in ids)
    ]
    return veiling.facts(session, every, on_paper=True)
