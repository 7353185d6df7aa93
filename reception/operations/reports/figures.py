"""The figures of the departments, and the totals of the desk, in a span of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, case, exists, func, select

from reception import tables
from reception.context import Session, now
from reception.facts import Act, CallbackStatus, EntryStatus, ReferralStatus, Totals
from reception.facts.reports import DepartmentFigures, Figures, Span
from reception.numbers import day_number
from reception.operations import day as days
from reception.operations.reports import ran
from reception.operations.reports.moment import Then
from reception.operations.reports.ran import Ran

_D, _E, _R, _C = tables.department, tables.entry, tables.referral, tables.callback
_UNTIL: Any = bindparam("until", type_=tables.Instant)
_FIELDS = ("received", "answered", "late", "returned", "open", "overdue")
_COUNTED = (
    *(ran.RECEIVED, ran.ANSWERED, ran.ANSWERED | ran.LEAD | ran.TOO_LATE, ran.RETURNED),
    *(ran.OPEN, ran.OPEN | ran.OVERDUE),
)
"""What is true of the parts that each field counts."""


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


def counted(parts: Ran) -> dict[int, Figures]:
    """What each department did in the span of these parts, by its id."""
    found: dict[int, list[int]] = {}
    for (department_id, bits), count in parts.counted().items():
        sums = found.setdefault(department_id, [0] * len(_COUNTED))
        for at, wanted in enumerate(_COUNTED):
            if bits & wanted == wanted:
                sums[at] += count
    return {department_id: Figures(*sums) for department_id, sums in found.items()}


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
    query = _totals() if then.at == now(session) else _totals_then()
    (row,) = session.connection().execute(query, values).mappings().all()
    return Span(first, then.day, then.at, Totals(**{name: int(value) for name, value in row.items()}))


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
def _totals_then() -> Select[Any]:
    ran_then = exists().where(
        _R.c.entry_id == _E.c.id,
        _R.c.created_at < _UNTIL,
        _R.c.closed_at >= _UNTIL,
        func.coalesce(_R.c.status, "") == ReferralStatus.CLOSED.value,
    )
    owed_then = exists().where(
        _C.c.entry_id == _E.c.id,
        _C.c.created_at < _UNTIL,
        _C.c.ended_at >= _UNTIL,
        func.coalesce(_C.c.status, "").in_((CallbackStatus.DONE.value, CallbackStatus.GIVEN_UP.value)),
    )
    still = case(
        (_E.c.status == EntryStatus.OPEN.value, 1),
        (_E.c.status != EntryStatus.FINISHED.value, 0),
        ((_E.c.act == Act.REFERRED.value) & ran_then, 1),
        (owed_then, 1),
        else_=0,
    )
    columns = [one for one in _totals().selected_columns if one.key != "open"]
    return _totals().with_only_columns(*columns, func.coalesce(func.sum(still), 0).label("open"))


def day_before(day: dt.date, count: int) -> int:
    """The day so many days earlier, as ``YYYYMMDD``."""
    return day_number(day - dt.timedelta(days=count))
