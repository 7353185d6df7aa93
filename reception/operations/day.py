"""A day at a glance: its totals, and what earlier days left open."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, case, func, or_, select

from reception import tables
from reception.context import Session
from reception.facts import (
    Act,
    Category,
    Counters,
    EntryRow,
    EntryStatus,
    Kind,
    TodoRow,
    Totals,
)
from reception.operations import to_do, veiling
from reception.operations.reading import ORDER, entry_columns, entry_row, with_names

_E = tables.entry


def _count(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


_LIVE = _E.c.status != EntryStatus.VOID
_FOR_SOMEBODY = _LIVE & or_(
    _E.c.kind != Kind.CALL_OUT, func.coalesce(_E.c.category, "") != Category.NOTICE.value
)
"""What was done for whoever came or called; calls that give a notice out (``gives_notice``) are our own."""
TOTALS = (
    select(
        _count(_LIVE & (_E.c.kind == Kind.VISIT)).label("visits"),
        func.coalesce(func.sum(case((_LIVE & (_E.c.kind == Kind.VISIT), _E.c.party_size), else_=0)), 0).label(
            "visitors"
        ),
        _count(_LIVE & (_E.c.kind == Kind.CALL_IN)).label("calls_in"),
        _count(_LIVE & (_E.c.kind == Kind.CALL_OUT)).label("calls_out"),
        _count(_FOR_SOMEBODY & (_E.c.act == Act.ANSWERED)).label("answered"),
        _count(_LIVE & (_E.c.act == Act.POINTED)).label("pointed"),
        _count(_FOR_SOMEBODY & (_E.c.act == Act.PUT_THROUGH)).label("put_through"),
        _count(_LIVE & (_E.c.act == Act.REFERRED)).label("referred"),
        _count(_E.c.status == EntryStatus.OPEN).label("open"),
        _count(_E.c.status == EntryStatus.VOID).label("void"),
        _count(_LIVE & _E.c.left_estimated.is_(True)).label("estimated"),
    )
    .select_from(_E)
    .where(_E.c.day.between(bindparam("first"), bindparam("last")))
)
"""The columns of ``Totals``, over the days from ``first`` to ``last``."""
_TOTALS_OF_DESK = TOTALS.join(tables.desk, tables.desk.c.id == _E.c.desk_id).where(
    tables.desk.c.code == bindparam("desk")
)


def totals(session: Session, day: int, desk: str | None = None) -> Totals:
    """The totals of a day (``YYYYMMDD``), of one desk or of all."""
    return totals_between(session, day, day, desk)


def totals_between(session: Session, first: int, last: int, desk: str | None = None) -> Totals:
    """The totals of all days from ``first`` to ``last``, of one desk or of all."""
    query = TOTALS if desk is None else _TOTALS_OF_DESK
    values = {"first": first, "last": last} | ({} if desk is None else {"desk": desk})
    row = session.connection().execute(query, values).mappings().one()
    return Totals(**{name: int(value) for name, value in row.items()})


def days_between(session: Session, first: int, last: int, desk: str | None = None) -> tuple[int, ...]:
    """The days from ``first`` to ``last`` on which there are entries, of one desk or of all."""
    query = select(_E.c.day).distinct().where(_E.c.day.between(first, last)).order_by(_E.c.day)
    if desk is not None:
        query = query.join(tables.desk, tables.desk.c.id == _E.c.desk_id).where(tables.desk.c.code == desk)
    return tuple(session.connection().execute(query).scalars())


def open_before(session: Session, day: int, limit: int = 50, desk: str | None = None) -> tuple[EntryRow, ...]:
    """What earlier days left open, oldest first: carried over on the day's sheet."""
    query = (
        entry_columns()
        .where(_E.c.status == EntryStatus.OPEN.value, _E.c.day < day)
        .order_by(*ORDER)
        .limit(limit)
    )
    if desk is not None:
        query = query.where(tables.desk.c.code == desk)
    found = session.connection().execute(query).mappings()
    return with_names(session, veiling.entries(session, [entry_row(row) for row in found]))


def count_open_before(session: Session, day: int, desk: str | None = None) -> int:
    """How many entries earlier days left open."""
    query = select(func.count()).select_from(_E).where(_E.c.status == EntryStatus.OPEN.value, _E.c.day < day)
    if desk is not None:
        query = query.join(tables.desk, tables.desk.c.id == _E.c.desk_id).where(tables.desk.c.code == desk)
    return int(session.connection().scalar(query) or 0)


def counters(session: Session, _day: int = 0) -> Counters:
    """The four counters now (``to_do.counters``)."""
    return to_do.counters(session)


def todo(session: Session, _day: int = 0, limit: int = 50) -> tuple[TodoRow, ...]:
    """The first page of what is to be done now (``to_do.rows``)."""
    return to_do.rows(session, limit=limit)
