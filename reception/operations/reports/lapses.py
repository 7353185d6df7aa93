"""The exceptions of a day under the four "never let" rules, as they stood at a moment.

What concerns referrals, waiting and call-backs is told as of the moment, from what the records keep of it.
What only the present row of an entry says is told as it is now: whether it has an act, what it lacks, that a
call is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from operator import attrgetter
from typing import Any

from sqlalchemy import CompoundSelect, Select, and_, bindparam, func, select, union_all

from reception import tables
from reception.context import Session
from reception.facts import CallbackStatus, Category, EntryRow, EntryStatus
from reception.facts.reports import RULES, Exceptional, Lapse, Lapses, Late
from reception.operations import owing, reading, veiling
from reception.operations.reports.moment import Then
from reception.operations.reports.ran import Part, instant
from reception.operations.to_do import checking
from reception.operations.to_do.finding import without_act

MOST = 40
"""So many of one kind are told one by one, more than a page has room for; the others are counted."""
_DUE: Callable[[Part], Any] = attrgetter("due_day", "id")
_SENT: Callable[[Part], Any] = attrgetter("overdue", "sent_at", "id")
_E, _C = tables.entry, tables.callback
_UNTIL: Any = bindparam("until", type_=tables.Instant)
_DAY: Any = bindparam("day")


@dataclass(frozen=True, slots=True)
class Found:
    """One exception before its entry is read; ``part`` has the department of its own."""

    what: Lapse
    entry_id: int
    since: Any
    late: Late
    text: str = ""
    part: Part | None = None


Source = Callable[[Session, Then], Iterable[tuple[int, Sequence[Found]]]]
"""What finds the exceptions of a kind that it names: how many there are, and the first of them."""


def lapses(
    session: Session, then: Then, parts: Sequence[Part], names: Mapping[int, tuple[str, str]]
) -> tuple[Lapses, ...]:
    """Every kind once, in the order of ``RULES``; ``names``: departments' codes and names by their ids."""
    kinds = (what for those in RULES.values() for what in those)
    every: dict[Lapse, tuple[int, Sequence[Found]]] = dict.fromkeys(kinds, (0, ()))
    every |= _of_parts(then, parts)
    every |= _of_waiting(session, then)
    every[Lapse.CALLBACK] = _calls(session, then)
    every[Lapse.NO_ACT] = _first(session, then, Lapse.NO_ACT, _without_act())
    every[Lapse.UNCHECKED] = _first(
        session, then, Lapse.UNCHECKED, checking.lines(then.day, then.wants).order_by(_E.c.id)
    )
    ids = sorted({one.entry_id for _, found in every.values() for one in found})
    entries = {row.id: row for row in reading.rows(session, ids)} if ids else {}
    return tuple(
        Lapses(what, count, _told(session, found, entries, names)) for what, (count, found) in every.items()
    )


def _told(
    session: Session,
    found: Sequence[Found],
    entries: Mapping[int, EntryRow],
    names: Mapping[int, tuple[str, str]],
) -> tuple[Exceptional, ...]:
    every: list[tuple[Exceptional, Category | None]] = []
    for one in found:
        row, part = entries[one.entry_id], one.part
        code, name = names[part.department_id] if part is not None else (row.department, row.department_name)
        told = Exceptional(
            what=one.what,
            entry_id=row.id,
            number=row.number,
            department=code,
            department_name=name,
            text=one.text or row.subject or row.matter,
            since=instant(one.since) or row.received_at,
            late=one.late,
            returned=part is not None and part.state == "returned",
            part_id=part.id if part is not None else 0,
        )
        every.append((told, row.category))
    return veiling.facts(session, every, on_paper=True)


def _of_parts(then: Then, parts: Sequence[Part]) -> dict[Lapse, tuple[int, Sequence[Found]]]:
    """What is overdue, what was answered late on that day, what was not received in time."""
    overdue = [one for one in parts if one.overdue]
    late = [one for one in parts if one.too_late and one.answered and one.lead]
    unreceived = [one for one in parts if one.unreceived]
    return {
        Lapse.OVERDUE: (
            len(overdue),
            [_past(then, Lapse.OVERDUE, one) for one in nsmallest(MOST, overdue, _DUE)],
        ),
        Lapse.LATE: (len(late), [_past(then, Lapse.LATE, one) for one in nsmallest(MOST, late, _DUE)]),
        Lapse.NOT_RECEIVED: (
            len(unreceived),
            [
                Found(
                    Lapse.NOT_RECEIVED,
                    one.entry_id,
                    one.sent_at,
                    then.since(instant(one.sent_at) or then.at),
                    part=one,
                )
                for one in nsmallest(MOST, unreceived, _SENT)
            ],
        ),
    }


def _past(then: Then, what: Lapse, one: Part) -> Found:
    due = instant(one.due) or then.at
    by = instant(one.done_at) if what is Lapse.LATE else None
    return Found(what, one.entry_id, due, then.overdue(one.due_day, due, by), part=one)


@cache
def _waited() -> Select[Any]:
    return select(_E.c.id, _E.c.waiting_since, _E.c.seen_at, _E.c.left_at, _E.c.left_estimated).where(
        _E.c.day == _DAY,
        _E.c.waiting_since < _UNTIL,
        _E.c.received_at < _UNTIL,
        _E.c.status != EntryStatus.VOID.value,
    )


def _of_waiting(session: Session, then: Then) -> dict[Lapse, tuple[int, Sequence[Found]]]:
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
            found[what].append(Found(what, row.id, row.waiting_since, late))
    return {
        what: (len(each), sorted(each, key=lambda one: (-one.late.minutes, one.entry_id))[:MOST])
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


def _calls(session: Session, then: Then) -> tuple[int, Sequence[Found]]:
    """Calls that were owed; those not yet due come last, and are late by nothing."""
    connection, values = session.connection(), {"until": then.until}
    found = [
        (row.due_at or row.created_at, row.entry_id, row.about) for row in connection.execute(_owed(), values)
    ]
    found += [(row.received_at, row.id, "") for row in connection.execute(_only_said(), values)]
    found.sort()
    return len(found), [
        Found(Lapse.CALLBACK, entry_id, due, Late() if due > then.at else then.since(due), about)
        for due, entry_id, about in found[:MOST]
    ]


@cache
def _without_act() -> Select[Any]:
    return select(_E.c.id, _E.c.received_at).where(*without_act()).order_by(_E.c.received_at, _E.c.id)


def _first(session: Session, then: Then, what: Lapse, query: Select[Any]) -> tuple[int, Sequence[Found]]:
    """Entries of which something is missing, those that came first before the others."""
    columns = query.with_only_columns(_E.c.id, _E.c.received_at).where(_E.c.received_at < _UNTIL)
    rows = session.connection().execute(columns, {"until": then.until}).all()
    since = then.since if what is Lapse.NO_ACT else lambda _received: Late()
    return len(rows), [Found(what, row.id, row.received_at, since(row.received_at)) for row in rows[:MOST]]
