"""Who of the departments is away: officer A, officer B (AB岗). An absence ends by itself."""

from __future__ import annotations

import uuid

from sqlalchemy import insert, select, update

from reception import journal, officers, scope, tables
from reception.context import Session
from reception.errors import InputError, NotFoundError, StateError
from reception.facts import Absence
from reception.numbers import day_date
from reception.officers import OFFICERS, Officer
from reception.operations import site, touching
from reception.scope import open_to_departments

_A, _D = tables.absence, tables.department


def current(session: Session) -> tuple[Absence, ...]:
    """The absences that are not over: of today and later, by department."""
    query = (
        select(_A)
        .where(_A.c.last_day >= site.today(session), _A.c.ended.is_(False))
        .order_by(_A.c.department_id, _A.c.officer, _A.c.first_day, _A.c.id)
    )
    if (mine := scope.department(session)) is not None:
        query = query.where(_A.c.department_id == mine)
    return tuple(Absence(**row) for row in session.connection().execute(query).mappings())


def officer(session: Session, department_id: int) -> Officer:
    """Who has a department's work today: A; B, if A is away; the desk on their behalf, if both are."""
    row = (
        session.connection()
        .execute(select(_D.c.officer_a, _D.c.officer_b).where(_D.c.id == department_id))
        .one()
    )
    away = officers.absent(current(session), department_id, site.today(session))
    return officers.at_work(row.officer_a, row.officer_b, away)


@open_to_departments
def away(
    session: Session, department_id: int, officer: str, *, until: int | None = None, uid: uuid.UUID
) -> Absence:
    """Officer ``a`` or ``b`` is away from today, until midnight or up to and with the day ``until``.

    Of who is away already, the day changes if one is named. Raises InputError, NotFoundError.
    """
    if (done := journal.open_act(session, uid, "absence")) is not None:
        return _fact(session, done)
    _officer(officer)
    today = site.today(session)
    last = today if until is None else _day(until)
    if last < today:
        raise InputError("This day is over.", field="until")
    if (known := _now(session, department_id, officer)) is not None:
        return known if until is None else _change(session, known.id, {"last_day": last}, uid)
    values = {
        "department_id": department_id,
        "officer": officer,
        "first_day": today,
        "last_day": last,
        "ended": False,
    }
    result = session.connection().execute(insert(_A), values)
    absence_id = int(result.inserted_primary_key[0])  # type: ignore[index]
    journal.append(session, "create", ("absence", absence_id), {"record": touching.created(values)}, uid)
    return _fact(session, absence_id)


@open_to_departments
def back(session: Session, absence_id: int, *, uid: uuid.UUID) -> Absence:
    """Who was away is back before the day that was said. Raises NotFoundError."""
    if (done := journal.open_act(session, uid, "absence")) is not None:
        return _fact(session, done)
    return _change(session, absence_id, {"ended": True}, uid)


@open_to_departments
def back_to_work(session: Session, department_id: int, officer: str, *, uid: uuid.UUID) -> Absence:
    """As ``back``, by department and officer. Raises InputError, StateError for somebody who is not away."""
    if (done := journal.open_act(session, uid, "absence")) is not None:
        return _fact(session, done)
    known = _now(session, department_id, _officer(officer))
    if known is None:
        raise StateError("Officer {officer} is not away.", officer=officer.upper())
    return _change(session, known.id, {"ended": True}, uid)


def _officer(officer: str) -> str:
    if officer not in OFFICERS:
        raise InputError("Say which officer is away: A or B.", field="officer")
    return officer


def _now(session: Session, department_id: int, officer: str) -> Absence | None:
    """The absence of today; the department's row is locked, so that two desks do not note it twice."""
    lock = select(_D.c.id).where(_D.c.id == department_id).with_for_update(key_share=True)
    if not scope.concerns(session, department_id) or session.connection().scalar(lock) is None:
        raise NotFoundError("There is no such department.", field="department_id")
    today = site.today(session)
    for one in current(session):
        if (one.department_id, one.officer) == (department_id, officer) and one.first_day <= today:
            return one
    return None


def _day(day: int) -> int:
    try:
        day_date(day)
    except ValueError:
        raise InputError("'{value}' is no day; write it as 20261122.", field="until", value=day) from None
    return day


def _change(session: Session, absence_id: int, new: dict[str, object], uid: uuid.UUID) -> Absence:
    connection = session.connection()
    query = select(_A).where(_A.c.id == absence_id).with_for_update()
    old = connection.execute(query).mappings().one_or_none()
    if old is None or not scope.concerns(session, old["department_id"]):
        raise NotFoundError("There is no such absence.", field="id")
    if differences := touching.changed(old, new):
        connection.execute(update(_A).where(_A.c.id == absence_id), new)
        journal.append(session, "save", ("absence", absence_id), {"record": differences}, uid)
    return _fact(session, absence_id)


def _fact(session: Session, absence_id: int) -> Absence:
    row = session.connection().execute(select(_A).where(_A.c.id == absence_id)).mappings().one()
    return Absence(**row)
