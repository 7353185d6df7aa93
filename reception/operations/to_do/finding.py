"""Which rows stand under each reason, in their order: only what tells their place, by an index of their own.

No statement here may walk what ended: 5,000 referrals run beside 300,000 closed ones. What one row shows is
read afterwards, for one page (``listing``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from reception import tables
from reception.facts import CONTACTS, EntryStatus, Role, Todo, Urgency
from reception.operations import owing
from reception.operations.office import pressing
from reception.operations.to_do import checking, office
from reception.operations.to_do.found import Asked, Found
from reception.tables import standing

_E, _R, _P, _C = tables.entry, tables.referral, tables.part, tables.callback
_SENT, _RECEIVED, _RETURNED = "sent", "received", "returned"
AT_DEPARTMENTS = (standing.DEPARTMENT, standing.ASKED, standing.RETURNED)
FIRST = 4096
"""More calls than one entry will ever owe: their places follow its own."""


def _of_department(asked: Asked) -> ColumnElement[bool]:
    """Not by the index of departments, which leads to all they were ever sent."""
    if asked.department is None:
        return true()
    return func.coalesce(_P.c.department_id, 0) == asked.department


Press = ColumnElement[Any]
_OF_LEAD = {
    standing.DEPARTMENT: (_SENT, _RECEIVED),
    standing.ASKED: (_SENT, _RECEIVED),
    standing.RETURNED: (_RETURNED,),
    **dict.fromkeys((standing.LEADER, standing.PERSON, standing.BOTH, standing.CLOSING), ("answered",)),
}
"""Where the lead's part stands while its referral waits so."""


def _so(asked: Asked, states: tuple[str, ...]) -> ColumnElement[bool]:
    """A server takes what many wait for from those that press first, and does not sort all of them.

    It does so where it expects most of them to fit, which it does of what is not among the others.
    """
    if asked.server and standing.DEPARTMENT in states:
        others = [one for one in _OF_LEAD if one not in states]
        return func.coalesce(_R.c.waits, "").not_in(others)
    return _R.c.waits.in_(states)


def _referrals(
    asked: Asked, states: tuple[str, ...], *conditions: Callable[[Press], ColumnElement[bool]]
) -> Found:
    """Referrals that wait so; ``conditions`` are about when they press."""
    press: Press = _R.c.press_at
    if asked.department is None:
        source = select(_R.c.id).select_from(_R).where(_so(asked, states))
    else:
        # the department's own parts, few, lead to the referrals; not the other way round
        press = func.coalesce(_R.c.press_at, standing.NEVER)
        leads = sorted({one for state in states for one in _OF_LEAD[state]})
        source = (
            select(_R.c.id)
            .select_from(_P)
            .join(_R, _R.c.id == _P.c.referral_id)
            .where(_P.c.waits.in_(leads), _P.c.role == Role.LEAD.value, _of_department(asked))
            .where(func.coalesce(_R.c.waits, "").in_(states))
        )
    source = source.where(*(condition(press) for condition in conditions))
    return Found("referral", source, _R.c.press_at, _R.c.id, _R.c.id, _R.c.entry_id)


def _parts(asked: Asked, *conditions: ColumnElement[bool], joined: bool) -> Found:
    source = select(_P.c.id).select_from(_P).where(*conditions, _of_department(asked))
    if joined:
        source = source.join(_R, _R.c.id == _P.c.referral_id)
    return Found("part", source, _P.c.sent_at, _P.c.id, _P.c.id, _P.c.entry_id)


def _not_due(asked: Asked) -> ColumnElement[bool]:
    """Not by the index of what presses: the parts lead to their referrals."""
    return func.coalesce(_R.c.press_at, standing.NEVER) > asked.now.midnight


def _waiting(asked: Asked) -> Found:
    source = select(_E.c.id).select_from(_E).where(waits(asked.now.day))
    return Found("entry", source, _E.c.waiting_since, _E.c.id, _E.c.id, _E.c.id)


def waits(day: int) -> ColumnElement[bool]:
    """Visitors of the day (nobody stays overnight) who wait here, neither received nor gone."""
    return and_(
        _E.c.day == day,
        _E.c.waiting_since.is_not(None),
        _E.c.seen_at.is_(None),
        _E.c.left_at.is_(None),
        _E.c.status != EntryStatus.VOID.value,
    )


def _asks(asked: Asked) -> Found:
    """A department that asks for more time stands under what it is late with, if it is."""
    if asked.alone:
        return _referrals(asked, (standing.ASKED,))
    return _referrals(asked, (standing.ASKED,), lambda press: press > asked.now.midnight)


def _overdue(asked: Asked) -> Found:
    return _referrals(asked, AT_DEPARTMENTS, lambda press: press <= asked.now.now)


def _due_today(asked: Asked) -> Found:
    now, midnight = asked.now.now, asked.now.midnight
    return _referrals(asked, AT_DEPARTMENTS, lambda press: press > now, lambda press: press <= midnight)


def _returned(asked: Asked) -> Found:
    if asked.alone:
        return _parts(asked, _P.c.waits == _RETURNED, joined=False)
    named = or_(_P.c.role != Role.LEAD.value, _not_due(asked))
    return _parts(asked, _P.c.waits == _RETURNED, named, joined=True)


def _not_received(asked: Asked) -> Found:
    late = and_(_P.c.waits == _SENT, _P.c.sent_at <= asked.now.late)
    if asked.alone:
        return _parts(asked, late, joined=False)
    return _parts(asked, late, or_(_P.c.role != Role.LEAD.value, _not_due(asked)), joined=True)


def _person(asked: Asked) -> Found:
    return _referrals(asked, (standing.PERSON, standing.BOTH))


def _leader(asked: Asked) -> Found:
    states = (standing.LEADER, standing.BOTH) if asked.alone else (standing.LEADER,)
    return _referrals(asked, states)


def _closing(asked: Asked) -> Found:
    return _referrals(asked, (standing.CLOSING,))


def to_be_reminded(asked: Asked) -> ColumnElement[bool]:
    """Whether a rung's moment has come and nobody has reminded on it or above."""
    now, reminded = asked.now, func.coalesce(_R.c.reminded, -1000)
    terms = []
    for index, rung in enumerate(now.rungs):
        if index == 0 and rung.days < 0:
            for days in asked.remind_days:
                come = and_(_R.c.remind_days == days, _pressing(now.until(-days)))
                terms.append(and_(come, reminded < rung.days))
        else:
            terms.append(and_(_pressing(now.until(rung.days)), reminded < rung.days))
    return or_(*terms) if terms else ~true()


def _pressing(until: dt.datetime) -> ColumnElement[bool]:
    return func.coalesce(_R.c.press_at, standing.NEVER) <= until


def _remind(asked: Asked) -> Found:
    last = asked.now.furthest(asked.remind_days)
    reminding = to_be_reminded(asked)
    if asked.alone:
        return _referrals(
            asked, (standing.DEPARTMENT,), lambda press: press <= last, lambda _press: reminding
        )
    lead = _P.alias("lead")
    late = exists().where(
        lead.c.referral_id == _R.c.id,
        lead.c.role == Role.LEAD.value,
        func.coalesce(lead.c.waits, "") == _SENT,  # by its referral, not by what it waits for
        lead.c.sent_at <= asked.now.late,
    )
    midnight = asked.now.midnight
    return _referrals(
        asked,
        (standing.DEPARTMENT,),
        lambda press: press <= last,
        lambda press: press > midnight,
        lambda _press: and_(reminding, ~late),
    )


def _under_way(asked: Asked) -> Found:
    """Every part that runs and of which nothing is to be done yet."""
    late = and_(func.coalesce(_P.c.waits, "") == _SENT, _P.c.sent_at <= asked.now.late)
    assisting = and_(_P.c.role != Role.LEAD.value, ~late, func.coalesce(_P.c.waits, "") != _RETURNED)
    leading = and_(
        _P.c.role == Role.LEAD.value,
        _R.c.waits == standing.DEPARTMENT,
        _not_due(asked),
        ~late,
        ~to_be_reminded(asked),
    )
    return by_due(asked, or_(assisting, leading))


def _runs(asked: Asked) -> ColumnElement[bool]:
    """A file goes along what presses and stops when the page is full; a server knows how few parts run."""
    return _P.c.waits.is_not(None) if asked.server else func.coalesce(_P.c.waits, "") != ""


def by_due(asked: Asked, *conditions: ColumnElement[bool]) -> Found:
    """Parts of the referrals that run, by when those press."""
    if asked.department is None:
        source = select(_P.c.id).select_from(_R).join(_P, _P.c.referral_id == _R.c.id)
        source = source.where(_R.c.press_at.is_not(None), _runs(asked), *conditions)
    else:
        source = select(_P.c.id).select_from(_P).join(_R, _R.c.id == _P.c.referral_id)
        source = source.where(_P.c.waits.is_not(None), _of_department(asked), *conditions)
    return Found("part", source, _R.c.press_at, _P.c.id, _P.c.id, _P.c.entry_id)


def _unanswered(asked: Asked) -> Found:
    return by_due(asked, func.coalesce(_P.c.waits, "").in_((_SENT, _RECEIVED, _RETURNED)))


def _standing(status: str) -> Callable[[Asked], Found]:
    return lambda asked: _parts(asked, _P.c.waits == status, joined=False)


def _every(asked: Asked) -> Found:
    found = _parts(asked, joined=False) if asked.department is None else _all_of(asked.department)
    return Found(found.kind, found.source, found.at, found.id, found.subject, found.entry, newest_first=True)


def _all_of(department: int) -> Found:
    source = select(_P.c.id).select_from(_P).where(_P.c.department_id == department)
    return Found("part", source, _P.c.sent_at, _P.c.id, _P.c.id, _P.c.entry_id)


def _calls(asked: Asked) -> Found:
    """Calls in the order of ``callbacks.owed``: whose time has come first, the urgent before the others."""
    urgency = case({Urgency.CRITICAL.value: 0, Urgency.URGENT.value: 1}, value=_E.c.urgency, else_=2)
    due = func.coalesce(_C.c.due_at, _C.c.created_at)
    place = _E.c.id * literal(FIRST, BigInteger)
    noted = (
        select(
            case((due <= asked.now.now, urgency), else_=3).label("sub"),
            due.label("at"),
            (place + _C.c.ordinal).label("id"),
            _C.c.id.label("subject"),
            _C.c.entry_id.label("entry"),
        )
        .join(_E, _E.c.id == _C.c.entry_id)
        .where(_C.c.status == owing.OWED)
    )
    said = [
        select(
            urgency.label("sub"),
            _E.c.received_at.label("at"),
            place.label("id"),
            literal(0, BigInteger).label("subject"),
            _E.c.id.label("entry"),
        ).where(condition)
        for condition in owing.EACH_ONLY_SAYS_SO
    ]
    return _of_union(union_all(noted, *said).subquery("owed"), "callback")


def _of_union(rows: Subquery, kind: str) -> Found:
    c = rows.c
    return Found(
        kind, select(c.id).select_from(rows), c.at, c.id, c.subject, c.entry, c.sub if "sub" in c else None
    )


def _open(asked: Asked) -> Found:
    """Open entries of which nothing else here tells."""
    nothing_else = (~waits(asked.now.day), ~owing.OWES, ~pressing.NOTIFIED)
    return _of_union(_still_open(*nothing_else).subquery("still_open"), "entry")


def _without_act(asked: Asked) -> Found:
    source = select(_E.c.id).select_from(_E).where(*without_act())
    return Found("entry", source, _E.c.received_at, _E.c.id, _E.c.id, _E.c.id)


def without_act() -> tuple[ColumnElement[bool], ...]:
    """Visits and calls to which nobody has given an act; what else is open has reasons of its own."""
    contact = _E.c.kind.in_([one.value for one in CONTACTS])
    return _E.c.act.is_(None), _E.c.status == EntryStatus.OPEN.value, contact


def _still_open(*conditions: ColumnElement[bool]) -> CompoundSelect[Any]:
    columns = (
        _E.c.received_at.label("at"),
        _E.c.id.label("id"),
        _E.c.id.label("subject"),
        _E.c.id.label("entry"),
    )
    return union_all(
        select(*columns).where(*without_act(), *conditions),
        select(*columns).where(owing.NOT_PUT_THROUGH, *conditions),
    )


def _to_check(asked: Asked) -> Found:
    return Found(
        "entry", checking.lines(asked.now.day, asked.wants), _E.c.received_at, _E.c.id, _E.c.id, _E.c.id
    )


LISTS: dict[str, tuple[Callable[[Asked], Found], ...]] = {
    "sent": (_standing(_SENT),),
    "received": (_standing(_RECEIVED),),
    "unanswered": (_unanswered, _without_act),
    "all": (_every,),
}
"""Lists by where parts stand, whatever is to be done about them."""
FIND: dict[Todo, Callable[[Asked], Found]] = {
    Todo.URGENT: office.urgent,
    Todo.OVERDUE: _overdue,
    Todo.DUE_TODAY: _due_today,
    Todo.RETURNED: _returned,
    Todo.ASKED: _asks,
    Todo.NOT_RECEIVED: _not_received,
    Todo.UNHANDLED: office.unhandled,
    Todo.CALL_BACK_PERSON: _person,
    Todo.UNCALLED: office.uncalled,
    Todo.NOTIFIED: office.notified,
    Todo.CALLBACK: _calls,
    Todo.LEADER: _leader,
    Todo.WAITING: _waiting,
    Todo.EXPECTED: office.expected,
    Todo.REMIND: _remind,
    Todo.ANSWERED: _closing,
    Todo.OPEN: _open,
    Todo.NOT_BACK: office.not_back,
    Todo.PARCEL: office.lying,
    Todo.CHECK: _to_check,
    Todo.UNDER_WAY: _under_way,
}
