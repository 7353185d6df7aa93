"""Which parts of referrals ran in a span of days, and where each stood at its end.

One statement tells both: referrals that still run, and those closed since the span began
(``ix_referral_closed_at``), with their parts. What is kept of a referral is the latest. Where its due date
was moved after the moment, the step that moved it tells the former one; where its clock stood then, the pause
does. Where a limit in hours was moved, only the day is kept: it counts as due at the end of that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from reception import deadlines, tables
from reception.context import Session
from reception.facts import PartStatus, ReferralStatus, Role, StepKind
from reception.numbers import day_date
from reception.operations.referring import RUNNING
from reception.operations.reports.moment import Then
from reception.tables import standing

_R, _P, _S = tables.referral, tables.part, tables.step
_AT: Any = bindparam("at", type_=tables.Instant)
_BEGINS: Any = bindparam("begins", type_=tables.Instant)
_UNTIL: Any = bindparam("until", type_=tables.Instant)
_LATE: Any = bindparam("late", type_=tables.Instant)
_SENT = "sent"
_OPEN = (_SENT, "received")
_TICK = dt.timedelta(microseconds=1)
_MOVING = (StepKind.EXTENSION.value, StepKind.REOPENED.value)


@dataclass(slots=True)
class Part:
    """A part at the end of the span. ``received``, ``answered``, ``returned``: it was so within the span.

    ``state`` is sent, received, answered or returned. ``due_day`` (0 for no limit) and ``due`` are of its
    referral: ``passed`` then, ``too_late`` when it was answered. ``leads``: it is the latest of the lead.
    ``open``: its department was to answer it. ``pending``: its referral waited for an answer, or for another
    department, and ``overdue``, too long. ``unreceived``: nobody had received it in time.

    Truth values may be numbers, instants are as the driver has them (``instant``): there are thousands.
    """

    id: int
    referral_id: int
    entry_id: int
    department_id: int
    lead: bool
    state: str
    received: bool
    answered: bool
    returned: bool
    sent_late: bool
    ended: bool
    due_day: int
    due: Any
    passed: bool
    too_late: bool
    paused: bool
    sent_at: Any
    done_at: Any
    leads: bool = False
    open: bool = False
    pending: bool = False
    overdue: bool = False
    unreceived: bool = False


def parts(session: Session, begins: dt.datetime, then: Then) -> list[Part]:
    """The parts that were sent by then of referrals that ran at any time since ``begins``.

    Sent by mistake and taken back are left out.
    """
    values = {"begins": begins, "at": then.at, "until": then.until, "late": then.late}
    connection = session.connection()
    found = [Part(*row) for row in connection.execute(_parts(), values).all()]
    steps: dict[int, list[Any]] = {}
    for row in connection.execute(_steps(), values):
        steps.setdefault(row.referral_id, []).append(row)
    latest: dict[int, Part] = {}
    for one in found:
        if one.lead:
            former = latest.get(one.referral_id)
            if former is None or one.id > former.id:
                latest[one.referral_id] = one
            if one.referral_id in steps:
                _as_it_was(one, steps[one.referral_id], then)
        if not one.ended:
            one.open = one.state in _OPEN
            one.unreceived = bool(one.sent_late and one.state == _SENT)
    for one in latest.values():
        one.leads = True
        one.pending = not one.ended and one.state != "answered"
        one.overdue = bool(one.pending and one.passed and one.due_day and not one.paused)
    return found


def _as_it_was(one: Part, steps: Sequence[Any], then: Then) -> None:
    """Put back what steps moved after the moment; of what was answered in the span, after that."""
    done = instant(one.done_at) if one.answered else None
    by, after = done or then.at, done or then.until - _TICK
    moved = next((row for row in steps if row.kind in _MOVING and row.at > after), None)
    if moved is not None:
        due = deadlines.end_of_day(day_date(moved.due_before), then.zone) if moved.due_before else None
        one.due_day, one.due = moved.due_before or 0, due
        one.passed = due is not None and due <= then.at
        one.too_late = bool(one.answered) and due is not None and due <= by
    pauses = [row for row in steps if row.kind == StepKind.PAUSE.value]
    one.paused = one.paused or any(
        row.at < then.until and (row.until is None or row.until >= then.until) for row in pauses
    )


def instant(kept: Any) -> dt.datetime | None:
    """An instant as the driver has it."""
    if isinstance(kept, str):
        return dt.datetime.fromisoformat(f"{kept}+00:00")
    return None if kept is None else kept.astimezone(dt.UTC)


def _raw(column: Any) -> ColumnElement[Any]:
    """As the driver has it: of thousands of rows a handful is looked at."""
    return type_coerce(column, String)


def _is(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    """As a number: a truth value would be converted row by row."""
    return case((condition, literal(1)), else_=literal(0))


def _columns() -> tuple[ColumnElement[Any], ...]:
    state = case(
        (_P.c.returned_at < _UNTIL, literal("returned")),
        (_P.c.answered_at < _UNTIL, literal("answered")),
        (_P.c.received_at < _UNTIL, literal("received")),
        else_=literal("sent"),
    )
    answered = and_(_P.c.answered_at >= _BEGINS, _P.c.answered_at < _UNTIL)
    return (
        _P.c.id,
        _P.c.referral_id,
        _P.c.entry_id,
        _P.c.department_id,
        _is(_P.c.role == Role.LEAD.value),
        state,
        _is(_P.c.sent_at >= _BEGINS),
        _is(answered),
        _is(and_(_P.c.returned_at >= _BEGINS, _P.c.returned_at < _UNTIL)),
        _is(_P.c.sent_at <= _LATE),
        _is(_R.c.closed_at < _UNTIL),
        func.coalesce(_R.c.due_day, 0),
        _raw(_R.c.due_at),
        _is(_R.c.due_at <= _AT),
        _is(and_(answered, _P.c.answered_at >= _R.c.due_at)),
        _is(_R.c.paused_at < _UNTIL),
        _raw(_P.c.sent_at),
        _raw(_P.c.answered_at),
    )


def _running(query: Select[Any]) -> Select[Any]:
    return query.where(_R.c.status.in_(RUNNING), _R.c.created_at < _UNTIL)


def _closed_since(query: Select[Any]) -> Select[Any]:
    # by when it was closed, and by nothing else: most of them were made and closed long before
    made = func.coalesce(_R.c.created_at, standing.NEVER) < _UNTIL
    closed = func.coalesce(_R.c.status, "") == ReferralStatus.CLOSED.value
    return query.where(_R.c.closed_at >= _BEGINS, made, closed)


@cache
def _parts() -> CompoundSelect[Any]:
    query = (
        select(*_columns())
        .select_from(_R.join(_P, _P.c.referral_id == _R.c.id))
        .where(_P.c.status != PartStatus.WITHDRAWN.value, _P.c.sent_at < _UNTIL)
    )
    return union_all(_running(query), _closed_since(query))


@cache
def _steps() -> CompoundSelect[Any]:
    kinds = (*_MOVING, StepKind.PAUSE.value)
    columns = (_S.c.referral_id, _S.c.kind, _S.c.at, _S.c.until, _S.c.due_before, _S.c.ordinal)
    query = select(*columns).select_from(_R.join(_S, _S.c.referral_id == _R.c.id)).where(_S.c.kind.in_(kinds))
    both = union_all(_running(query), _closed_since(query)).subquery()
    return select(both).order_by(both.c.referral_id, both.c.ordinal)  # type: ignore[return-value]
