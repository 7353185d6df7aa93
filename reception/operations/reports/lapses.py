"""The exceptions of a day under the four "never let" rules, as they stood at a moment.

What concerns referrals, waiting and call-backs is told as of the moment, from what the records keep of it.
What only the present row of an entry says is told as it is now: whether it has an act, what it lacks, that a
call is wanted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, and_, bindparam, func, select, union_all

from reception import tables
from reception.context import Session
from reception.facts import CallbackStatus, Category, EntryRow, EntryStatus
from reception.facts.reports import RULES, Exceptional, Lapse, Lapses, Late
from reception.operations import owing, veiling
from reception.operations.reports import office, ran
from reception.operations.reports.found import MOST, Every, Found
from reception.operations.reports.moment import Then
from reception.operations.reports.ran import Part, Ran
from reception.operations.to_do import checking
from reception.operations.to_do.finding import without_act

_E, _C = tables.entry, tables.callback
_UNTIL: Any = bindparam("until", type_=tables.Instant)
_DAY: Any = bindparam("day")


Names = Mapping[int, tuple[str, str]]
"""Codes and names of departments by their ids."""


def find(session: Session, then: Then, parts: Ran) -> dict[Lapse, Every]:
    """Every kind once, in the order of ``RULES``."""
    kinds = (what for those in RULES.values() for what in those)
    every = dict.fromkeys(kinds, Every(0, ()))
    every |= _of_parts(session, then, parts)
    every |= _of_waiting(session, then)
    every |= office.find(session, then)
    every[Lapse.CALLBACK] = _calls(session, then)
    every[Lapse.NO_ACT] = _entries(session, then, _without_act(), then.since)
    lacking = checking.lines(then.day, then.wants).order_by(_E.c.id)
    every[Lapse.UNCHECKED] = _entries(session, then, lacking, lambda _received: Late())
    return every


def told(
    session: Session, what: Lapse, found: Every, entries: Mapping[int, EntryRow], names: Names
) -> Lapses:
    """Exceptions of a kind, veiled as on paper."""
    every: list[tuple[Exceptional, Category | None]] = []
    for one in found.first:
        row, part = entries[one.entry_id], one.part
        code, name = names[part.department_id] if part is not None else (row.department, row.department_name)
        shown = Exceptional(
            what=what,
            entry_id=row.id,
            number=row.number,
            department=code,
            department_name=name,
            text=one.text or row.subject or row.matter,
            since=one.since,
            late=one.late,
            returned=part is not None and bool(part.bits & ran.BACK),
            part_id=part.id if part is not None else 0,
        )
        every.append((shown, row.category))
    return Lapses(what, found.count, veiling.facts(session, every, on_paper=True))


def _of_parts(session: Session, then: Then, parts: Ran) -> dict[Lapse, Every]:
    """What is overdue, what was answered late on that day, what was not received in time."""
    overdue, late = parts.places(ran.OVERDUE), parts.places(ran.ANSWERED | ran.LEAD | ran.TOO_LATE)
    unreceived = parts.places(ran.UNRECEIVED)
    first = {
        Lapse.OVERDUE: parts.by_due(overdue, MOST),
        Lapse.LATE: parts.by_due(late, MOST),
        Lapse.NOT_RECEIVED: parts.by_sent(unreceived, MOST),
    }
    instants = parts.instants(session, {one for those in first.values() for one in those})

    def found(what: Lapse, one: Part) -> Found:
        when = instants[one.id]
        if what is Lapse.NOT_RECEIVED:
            return Found(one.entry_id, when.sent_at, then.since(when.sent_at), part=one)
        due, by = when.due_at or then.at, when.answered_at if what is Lapse.LATE else None
        return Found(one.entry_id, due, then.overdue(one.due_day, due, by), part=one)

    counts = {Lapse.OVERDUE: overdue, Lapse.LATE: late, Lapse.NOT_RECEIVED: unreceived}
    return {
        what: Every(len(counts[what]), [found(what, one) for one in those]) for what, those in first.items()
    }


@cache
def _waited() -> Select[Any]:
    return select(_E.c.id, _E.c.waiting_since, _E.c.seen_at, _E.c.left_at, _E.c.left_estimated).where(
        _E.c.day == _DAY,
        _E.c.waiting_since < _UNTIL,
        _E.c.received_at < _UNTIL,
        _E.c.status != EntryStatus.VOID.value,
    )


def _of_waiting(session: Session, then: Then) -> dict[Lapse, Every]:
    """Visitors of the day who waited as long as the site finds too long, or longer."""
    found: dict[Lapse, list[Found]] = {Lapse.WAITING: [], Lapse.WAITED: [], Lapse.UNSEEN: []}
    rows = session.connection().execute(_waited(), {"day": then.day, "until": then.until})
    for row in rows if then.waiting else ():
        seen = row.seen_at if row.seen_at is not None and row.seen_at < then.until else None
        left = row.left_at if row.left_at is not None and row.left_at < then.until else None
        if seen is not None:
            what = Lapse.WAITED
        else:
            what = Lapse.UNSEEN if left is not None or then.over else Lapse.WAITING
        late = Late(minutes=then.minutes(row.waiting_since, seen or left or then.at))
        if late.minutes >= then.waiting:
            found[what].append(Found(row.id, row.waiting_since, late))
    return {
        what: Every(len(each), sorted(each, key=lambda one: (-one.late.minutes, one.entry_id))[:MOST])
        for what, each in found.items()
    }


@cache
def _owed() -> CompoundSelect[Any]:
    columns = (_C.c.entry_id, _C.c.about, _C.c.created_at, _C.c.due_at, _C.c.id)
    status = func.coalesce(_C.c.status, "")  # not by the index, which leads to all that ever ended
    ended = status.in_((CallbackStatus.DONE.value, CallbackStatus.GIVEN_UP.value))
    noted = [
        select(*columns).where(_C.c.created_at < _UNTIL, stands)
        for stands in (_C.c.status == owing.OWED, and_(ended, _C.c.ended_at >= _UNTIL))
    ]
    return union_all(*noted)


@cache
def _only_said() -> CompoundSelect[Any]:
    received = _E.c.received_at < _UNTIL
    return union_all(
        *(select(_E.c.id, _E.c.received_at).where(said, received) for said in owing.EACH_ONLY_SAYS_SO)
    )


def _calls(session: Session, then: Then) -> Every:
    """Calls that were owed; those not yet due come last, and are late by nothing."""
    connection, values = session.connection(), {"until": then.until}
    owed = [
        (row.due_at or row.created_at, row.entry_id, row.about) for row in connection.execute(_owed(), values)
    ]
    owed += [(row.received_at, row.id, "") for row in connection.execute(_only_said(), values)]
    owed.sort()
    found = [
        Found(entry_id, due, Late() if due > then.at else then.since(due), about)
        for due, entry_id, about in owed[:MOST]
    ]
    return Every(len(owed), found)


@cache
def _without_act() -> Select[Any]:
    return select(_E.c.id, _E.c.received_at).where(*without_act()).order_by(_E.c.received_at, _E.c.id)


def _entries(session: Session, then: Then, query: Select[Any], late: Callable[[dt.datetime], Late]) -> Every:
    """Entries of which something is missing, those that came first before the others."""
    columns = query.with_only_columns(_E.c.id, _E.c.received_at).where(_E.c.received_at < _UNTIL)
    rows = session.connection().execute(columns, {"until": then.until}).all()
    return Every(len(rows), [Found(row.id, row.received_at, late(row.received_at)) for row in rows[:MOST]])
