"""The figures of the departments, and the totals of the desk, in a span of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, or_, select

from reception import tables
from reception.context import Session, now
from reception.facts import Act, CallbackStatus, EntryStatus, ReferralStatus, Totals
from reception.facts.reports import DepartmentFigures, Figures, Span
from reception.operations import day as days
from reception.operations.reports.moment import Then
from reception.operations.reports.ran import Part

_D, _E, _R, _C = tables.department, tables.entry, tables.referral, tables.callback
_UNTIL: Any = bindparam("until", type_=tables.Instant)
_FIELDS = ("received", "answered", "late", "returned", "open", "overdue")


@dataclass(frozen=True, slots=True)
class Department:
    """A department as reports name it; ``listed``: a bulletin names it whatever it did."""

    code: str
    name: str
    listed: bool


def departments(session: Session) -> dict[int, Department]:
    """All departments by their ids, in the order of the directory."""
    query = select(_D.c.id, _D.c.code, _D.c.name, _D.c.outside, _D.c.active).order_by(_D.c.id)
    return {
        row.id: Department(row.code, row.name, row.active and not row.outside)
        for row in session.connection().execute(query)
    }


def counted(parts: Sequence[Part]) -> dict[int, Figures]:
    """What each department did in the span of these parts, by its id."""
    found: dict[int, list[int]] = {}
    for one in parts:
        count = found.get(one.department_id)
        if count is None:
            count = found[one.department_id] = [0] * len(_FIELDS)
        count[0] += one.received
        count[1] += one.answered
        count[2] += one.lead and one.too_late
        count[3] += one.returned
        if one.open:
            count[4] += 1
            count[5] += one.overdue
    return {department_id: Figures(*count) for department_id, count in found.items()}


def by_department(
    known: Mapping[int, Department],
    now: Mapping[int, Figures],
    before: Mapping[int, Figures] | None = None,
    *,
    every: bool,
) -> tuple[DepartmentFigures, ...]:
    """Departments with figures, and with ``every`` all that are listed."""
    nothing, earlier = Figures(), before or {}
    listed = [
        (one, DepartmentFigures(one.code, one.name, now.get(at, nothing), earlier.get(at, nothing)))
        for at, one in known.items()
    ]
    return tuple(
        figures
        for one, figures in listed
        if figures.now != nothing or figures.before != nothing or (every and one.listed)
    )


def whole(figures: Sequence[Figures]) -> Figures:
    """Their sum."""
    return Figures(*(sum(getattr(one, name) for one in figures) for name in _FIELDS))


def span(session: Session, first: int, then: Then) -> Span:
    """The days from ``first`` to that of the moment, with their totals.

    Entries count that were received by then; what they say is what they say now, but for ``open``: of those
    that are finished now it counts whose referral ran or whose call was owed.
    """
    values = {"first": first, "last": then.day, "until": then.until}
    connection = session.connection()
    row = connection.execute(_totals(), values).mappings().one()
    found = {name: int(value) for name, value in row.items()}
    if then.at < now(session):
        found["open"] = int(connection.scalar(_open(), values) or 0)
    return Span(first, then.day, then.at, Totals(**found))


def daily(session: Session, first: int, then: Then) -> tuple[Span, ...]:
    """The days from ``first`` to that of the moment on which there are entries, each with its totals.

    ``open`` counts what of each day is open now.
    """
    values = {"first": first, "last": then.day, "until": then.until}
    found = []
    for row in session.connection().execute(_daily(), values).mappings():
        counts = {name: int(value) for name, value in row.items() if name != "day"}
        found.append(Span(row["day"], row["day"], then.at, Totals(**counts)))
    return tuple(found)


@cache
def _daily() -> Select[Any]:
    return _totals().add_columns(_E.c.day).group_by(_E.c.day).order_by(_E.c.day)


@cache
def _totals() -> Select[Any]:
    return days.TOTALS.where(_E.c.received_at < _UNTIL)


@cache
def _open() -> Select[Any]:
    ran = exists().where(
        _R.c.entry_id == _E.c.id,
        _R.c.created_at < _UNTIL,
        _R.c.closed_at >= _UNTIL,
        func.coalesce(_R.c.status, "") == ReferralStatus.CLOSED.value,
    )
    owed = exists().where(
        _C.c.entry_id == _E.c.id,
        _C.c.created_at < _UNTIL,
        _C.c.ended_at >= _UNTIL,
        func.coalesce(_C.c.status, "").in_((CallbackStatus.DONE.value, CallbackStatus.GIVEN_UP.value)),
    )
    status = func.coalesce(_E.c.status, "")  # by the days, and by nothing else
    finished = status == EntryStatus.FINISHED.value
    return (
        select(func.count())
        .select_from(_E)
        .where(
            _E.c.day.between(bindparam("first"), bindparam("last")),
            _E.c.received_at < _UNTIL,
            or_(
                status == EntryStatus.OPEN.value,
                finished & (func.coalesce(_E.c.act, "") == Act.REFERRED.value) & ran,
                finished & owed,
            ),
        )
    )


def day_before(day: dt.date, count: int) -> int:
    """The day so many days earlier, as ``YYYYMMDD``."""
    earlier = day - dt.timedelta(days=count)
    return earlier.year * 10_000 + earlier.month * 100 + earlier.day
