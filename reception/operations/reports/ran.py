"""Which parts of referrals ran in a span of days, and where each stood at its end.

One statement tells both: referrals that still run, and those closed since the span began
(``ix_referral_closed_at``), with their parts. What is kept of a referral is the latest. Where its due date
was moved after the moment, the step that moved it tells the former one; where its clock stood then, the pause
does. Where a limit in hours was moved, only the day is kept: it counts as due at the end of that.

Nobody keeps when a referral was closed before it was reopened, nor when an assisting part gave way to a
re-routing: the one counts as not closed, the other as never sent.

There are thousands: what is true of each is told by bits of one number, and only a handful is looked at.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)

from reception import deadlines, tables
from reception.context import Session
from reception.facts import PartStatus, ReferralStatus, Role, StepKind
from reception.finding import reading
from reception.numbers import day_date
from reception.operations.referring import RUNNING
from reception.operations.reports.moment import Then
from reception.operations.to_do.written import Written
from reception.tables import standing
from reception.tables.among import IDS, among, on_server

_R, _P, _S = tables.referral, tables.part, tables.step
_AT: Any = bindparam("at", type_=tables.Instant)
_BEGINS: Any = bindparam("begins", type_=tables.Instant)
_UNTIL: Any = bindparam("until", type_=tables.Instant)
_LATE: Any = bindparam("late", type_=tables.Instant)
_MOVING, _PAUSE = (StepKind.EXTENSION.value, StepKind.REOPENED.value), StepKind.PAUSE.value
_TICK = dt.timedelta(microseconds=1)

LEAD = 1
"""It is a lead's."""
RECEIVED, ANSWERED, RETURNED = 2, 4, 8
"""It was sent, answered, returned within the span."""
PASSED, TOO_LATE, PAUSED = 16, 32, 64
"""The due date had passed then; it was answered after it; the clock stood."""
OPEN, UNRECEIVED, BACK, UNANSWERED = 128, 256, 512, 1024
"""Its department was to answer it; nobody had received it in time; it had come back; one of all these."""
PENDING, OVERDUE = 2048, 4096
"""It is the latest of the lead, and its referral waited for an answer or another department; too long."""


class Part(NamedTuple):
    """A part of which something is told; ``due_day`` is 0 without a limit."""

    id: int
    referral_id: int
    entry_id: int
    department_id: int
    due_day: int
    bits: int


@dataclass(frozen=True, slots=True)
class Instants:
    """When a part was sent, when answered, and when due as of the moment."""

    sent_at: dt.datetime
    answered_at: dt.datetime | None
    due_at: dt.datetime | None


class Ran:
    """The parts of a span.

    ``rows`` are as `Part` has them; where ``bits`` differs, that holds. ``due`` are due dates of that time by
    the places of rows.
    """

    def __init__(self, rows: Sequence[tuple[int, ...]], bits: Sequence[int], due: Mapping[int, Due]) -> None:
        self._rows, self._bits, self._due = rows, bits, due

    def counted(self) -> Counter[tuple[int, int]]:
        """How many there are of each department's id and bits."""
        return Counter(zip((row[_DEPARTMENT] for row in self._rows), self._bits, strict=True))

    def places(self, bits: int, without: int = 0) -> list[int]:
        """Where those stand of which all of ``bits`` are true and none of ``without``."""
        mask = bits | without
        return [at for at, one in enumerate(self._bits) if one & mask == bits]

    def due_day(self, at: int) -> int:
        """When it was due, as ``YYYYMMDD``; 0 without a limit."""
        return self._due[at].day if at in self._due else self._rows[at][_DUE_DAY]

    def by_due(self, places: Iterable[int], most: int) -> list[Part]:
        """The first of these by when they were due."""
        rows, due = self._rows, self._due
        keyed = ((due[at].day if at in due else rows[at][_DUE_DAY], rows[at][0], at) for at in places)
        return self._first(keyed, most)

    def by_sent(self, places: Iterable[int], most: int) -> list[Part]:
        """The first of these by when they were sent, those that are overdue after the others."""
        rows, bits = self._rows, self._bits
        return self._first(((bits[at] & OVERDUE, rows[at][0], at) for at in places), most)

    def _first(self, keyed: Iterable[tuple[int, int, int]], most: int) -> list[Part]:
        return [
            Part(*self._rows[at])._replace(due_day=self.due_day(at), bits=self._bits[at])
            for _key, _id, at in nsmallest(most, keyed)
        ]

    def instants(self, session: Session, parts: Iterable[Part]) -> dict[int, Instants]:
        """When these were sent, answered and due, by their ids."""
        moved = {self._rows[at][0]: due.at for at, due in self._due.items()}
        kept = _kept(session, [one.id for one in parts])
        return {row.id: Instants(row.sent_at, row.answered_at, moved.get(row.id, row.due_at)) for row in kept}


class Due(NamedTuple):
    """When something was due before that was moved: the day (0 for none) and the instant."""

    day: int
    at: dt.datetime | None


_DEPARTMENT, _DUE_DAY, _BITS = 3, 4, 5


def parts(session: Session, begins: dt.datetime, then: Then) -> Ran:
    """The parts that were sent by then of referrals that ran at any time since ``begins``.

    Sent by mistake and taken back are left out.
    """
    values = {"begins": begins, "at": then.at, "until": then.until, "late": then.late}
    rows = _parts().rows(session.connection(), values)
    bits = [row[_BITS] for row in rows]
    latest: dict[int, int] = {}
    for at, row in enumerate(rows):
        if row[_BITS] & LEAD:
            other = latest.get(row[1])
            if other is None or rows[other][0] < row[0]:
                latest[row[1]] = at
    due = _as_it_was(session, then, rows, bits, latest)
    for at in latest.values():
        if bits[at] & UNANSWERED:
            overdue = bits[at] & (PASSED | PAUSED) == PASSED
            bits[at] |= PENDING | OVERDUE if overdue else PENDING
    return Ran(rows, bits, due)


def _as_it_was(
    session: Session,
    then: Then,
    rows: Sequence[tuple[int, ...]],
    bits: list[int],
    latest: Iterable[int],
) -> dict[int, Due]:
    """Put back what steps moved after the moment; of what was answered in the span, after that."""
    steps = _steps(session, latest)
    moved = [at for at, row in enumerate(rows) if row[_BITS] & LEAD and row[1] in steps] if steps else []
    done = {row.id: row.answered_at for row in _kept(session, [rows[at][0] for at in moved])}
    found: dict[int, Due] = {}
    for at in moved:
        mine = steps[rows[at][1]]
        by = done[rows[at][0]] if bits[at] & ANSWERED else None
        after = by or then.until - _TICK
        later = [one for one in mine if one.kind in _MOVING and one.at > after]
        if later:
            step = later[0]
            day = step.due_before or 0
            due = deadlines.end_of_day(day_date(day), then.zone) if day else None
            found[at] = Due(day, due)
            bits[at] &= ~(PASSED | TOO_LATE)
            bits[at] |= PASSED if due is not None and due <= then.at else 0
            bits[at] |= TOO_LATE if by is not None and due is not None and due <= by else 0
        if any(_stood(one, then) for one in mine):
            bits[at] |= PAUSED
    return found


def _stood(step: Step, then: Then) -> bool:
    """Whether the clock stood then by this step."""
    paused = step.kind == _PAUSE and step.at < then.until
    return paused and (step.until is None or step.until >= then.until)


def _kept(session: Session, ids: Sequence[int]) -> Sequence[Any]:
    if not ids:
        return ()
    connection = session.connection()
    return connection.execute(_instants(server=on_server(connection)), {IDS: list(ids)}).all()


@cache
def _instants(*, server: bool) -> Select[Any]:
    return (
        select(_P.c.id, _P.c.sent_at, _P.c.answered_at, _R.c.due_at)
        .join(_R, _R.c.id == _P.c.referral_id)
        .where(among(_P.c.id, server=server))
    )


def _bit(bit: int, condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, literal(bit)), else_=literal(0))


def _after(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """It had not happened by then."""
    return func.coalesce(column, standing.NEVER).op(">=", is_comparison=True)(_UNTIL)


def _bits() -> ColumnElement[int]:
    answered, returned, received = _P.c.answered_at, _P.c.returned_at, _P.c.received_at
    runs = _after(_R.c.closed_at)
    answered_in = and_(answered >= _BEGINS, answered < _UNTIL)
    undone = and_(runs, _after(answered), _after(returned))
    every = (
        _bit(LEAD, _P.c.role == Role.LEAD.value),
        _bit(RECEIVED, _P.c.sent_at >= _BEGINS),
        _bit(ANSWERED, answered_in),
        _bit(RETURNED, and_(returned >= _BEGINS, returned < _UNTIL)),
        _bit(PASSED, _R.c.due_at <= _AT),
        _bit(TOO_LATE, and_(answered_in, answered >= _R.c.due_at)),
        _bit(PAUSED, _R.c.paused_at < _UNTIL),
        _bit(OPEN, undone),
        _bit(UNRECEIVED, and_(undone, _after(received), _P.c.sent_at <= _LATE)),
        _bit(BACK, and_(runs, returned < _UNTIL)),
        _bit(UNANSWERED, and_(runs, or_(returned < _UNTIL, _after(answered)))),
    )
    return sum(every[1:], every[0])


def _running(query: Select[Any]) -> Select[Any]:
    return query.where(_R.c.status.in_(RUNNING), _R.c.created_at < _UNTIL)


def _closed_since(query: Select[Any]) -> Select[Any]:
    # by when it was closed, and by nothing else: most of them were made and closed long before
    made = func.coalesce(_R.c.created_at, standing.NEVER) < _UNTIL
    closed = func.coalesce(_R.c.status, "") == ReferralStatus.CLOSED.value
    return query.where(_R.c.closed_at >= _BEGINS, made, closed)


@cache
def _parts() -> Written:
    columns = (_P.c.id, _P.c.referral_id, _P.c.entry_id, _P.c.department_id, func.coalesce(_R.c.due_day, 0))
    query = (
        select(*columns, _bits())
        .select_from(_R.join(_P, _P.c.referral_id == _R.c.id))
        .where(_P.c.status != PartStatus.WITHDRAWN.value, _P.c.sent_at < _UNTIL)
    )
    return Written(union_all(_running(query), _closed_since(query)))


class Step(NamedTuple):
    """What was done about the clock of a referral."""

    referral_id: int
    kind: str
    at: dt.datetime
    until: dt.datetime | None
    due_before: int | None
    ordinal: int


_STEPS = (
    "SELECT referral_id, kind, at, until, due_before, ordinal FROM referral_step"
    f" WHERE referral_id AMONG ? AND coalesce(kind, '') IN ({', '.join(map(repr, (*_MOVING, _PAUSE)))})"
)
"""By the referral alone: one look for each, not one for each kind."""


def _steps(session: Session, referral_ids: Iterable[int]) -> dict[int, list[Step]]:
    """What was done about the clocks of these referrals, first to last."""
    found: dict[int, list[Step]] = {}
    for referral_id, kind, at, until, *more in reading.rows(
        session.connection(), _STEPS, [list(referral_ids)]
    ):
        step = Step(referral_id, kind, _instant(at), None if until is None else _instant(until), *more)
        found.setdefault(referral_id, []).append(step)
    for each in found.values():
        each.sort(key=attrgetter("ordinal"))
    return found


def _instant(kept: Any) -> dt.datetime:
    """An instant as the driver has it."""
    made = dt.datetime.fromisoformat(f"{kept}+00:00") if isinstance(kept, str) else kept
    return made.astimezone(dt.UTC)
