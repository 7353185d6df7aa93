"""Notes pinned for the next shift: what a leader said, keys and things held, until a date or until ended."""

from __future__ import annotations

import uuid

from sqlalchemy import Row, or_, select

from reception import journal, tables
from reception.context import Session, now, present
from reception.errors import InputError, StateError
from reception.facts import PinKind
from reception.facts.shifts import Pin
from reception.numbers import day_date
from reception.operations import cleaning, own, site
from reception.wording import N_

_N, _O = tables.pinned_note, tables.operator
_COLUMNS = select(_N, _O.c.name.label("operator_name")).join(_O, _O.c.id == _N.c.operator_id)


def pinned(session: Session) -> tuple[Pin, ...]:
    """What is pinned today: what a leader said first, then things held, then notes; the oldest first."""
    today = site.today(session)
    query = _COLUMNS.where(
        _N.c.ended_at.is_(None), or_(_N.c.until_day.is_(None), _N.c.until_day >= today)
    ).order_by(_N.c.id)
    order = list(_ORDER)
    return tuple(
        sorted(map(_fact, session.connection().execute(query)), key=lambda pin: order.index(pin.kind))
    )


_ORDER = (PinKind.LEADER, PinKind.HELD, PinKind.NOTE)


def pin(
    session: Session,
    text: str,
    *,
    kind: PinKind = PinKind.NOTE,
    until: int | None = None,
    uid: uuid.UUID,
) -> Pin:
    """Pin a note up to and with the day ``until``, or until it is ended. Raises InputError."""
    if (done := journal.open_act(session, uid, "pinned_note")) is not None:
        return _one(session, done)
    values = {
        "text": cleaning.required(text, "text"),
        "kind": kind.value,
        "until_day": _day(session, until) if until is not None else None,
        "created_at": now(session),
        "operator_id": present(session).operator_id,
        "ended_at": None,
    }
    return _one(session, own.create(session, _N, values, uid))


def end(session: Session, pin_id: int, *, uid: uuid.UUID) -> Pin:
    """It needs to be known no more: done, given back. Raises NotFoundError, StateError."""
    return _set_end(session, pin_id, ended=True, uid=uid)


def again(session: Session, pin_id: int, *, uid: uuid.UUID) -> Pin:
    """It was ended by mistake. Raises NotFoundError, StateError."""
    return _set_end(session, pin_id, ended=False, uid=uid)


def _set_end(session: Session, pin_id: int, *, ended: bool, uid: uuid.UUID) -> Pin:
    if (done := journal.open_act(session, uid, "pinned_note")) is not None:
        return _one(session, done)
    old = own.hold(session, _N, pin_id, N_("There is no such note."))
    if (old["ended_at"] is not None) is ended:
        if ended:
            raise StateError("This note was ended before.", field="id")
        raise StateError("This note is pinned.", field="id")
    own.save(session, _N, old, {"ended_at": now(session) if ended else None}, uid)
    return _one(session, pin_id)


def _day(session: Session, day: int) -> int:
    try:
        day_date(day)
    except ValueError:
        raise InputError("'{value}' is no day; write it as 20261122.", field="until", value=day) from None
    if day < site.today(session):
        raise InputError("This day is over.", field="until")
    return day


def _one(session: Session, pin_id: int) -> Pin:
    return _fact(session.connection().execute(_COLUMNS.where(_N.c.id == pin_id)).one())


def _fact(row: Row[tuple[object, ...]]) -> Pin:
    return Pin(
        id=row.id,
        kind=PinKind(row.kind),
        text=row.text,
        operator=row.operator_name,
        created_at=row.created_at,
        until_day=row.until_day,
        ended_at=row.ended_at,
    )
