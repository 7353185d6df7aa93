"""Who came as a group on a day, and the urgent events of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from reception import tables
from reception.context import Session
from reception.facts import MAX_PARTIES, EntryRow, EntryStatus, Kind
from reception.facts.reports import Noted
from reception.operations import reading, veiling
from reception.operations.reports.moment import Then

REPRESENTATIVES = MAX_PARTIES - 1
"""More people than these come as a group (信访工作条例: at most 5 representatives are heard)."""
_E = tables.entry


@cache
def _groups() -> Select[Any]:
    return (
        select(_E.c.id)
        .where(
            _E.c.day == bindparam("day"),
            _E.c.received_at < bindparam("until", type_=tables.Instant),
            _E.c.kind == Kind.VISIT.value,
            _E.c.status != EntryStatus.VOID.value,
            _E.c.party_size > REPRESENTATIVES,
        )
        .order_by(_E.c.received_at, _E.c.id)
    )


def groups(session: Session, then: Then) -> tuple[Noted, ...]:
    """Visits of more people than are heard as representatives, as they came."""
    return _noted(session, then, _groups(), lambda row: row.party_size)


def _noted(
    session: Session, then: Then, query: Select[Any], people: Callable[[EntryRow], int]
) -> tuple[Noted, ...]:
    ids = list(session.connection().scalars(query, {"day": then.day, "until": then.until}))
    return told(session, ids, people) if ids else ()


def told(session: Session, ids: Sequence[int], people: Callable[[EntryRow], int]) -> tuple[Noted, ...]:
    """These entries in the order given, veiled as on paper."""
    rows = {row.id: row for row in reading.rows(session, ids)}
    every: Iterable[Any] = [
        (
            Noted(
                entry_id=row.id,
                number=row.number,
                at=row.received_at,
                people=people(row),
                text=row.subject or row.matter,
                department=row.department,
                department_name=row.department_name,
                outcome=row.outcome,
            ),
            row.category,
        )
        for row in (rows[one] for one in ids)
    ]
    return veiling.facts(session, every, on_paper=True)
