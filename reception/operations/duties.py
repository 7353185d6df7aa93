"""Who is on duty outside the office hours of a day (值班员, 带班领导), and the weather."""

from __future__ import annotations

import uuid

from sqlalchemy import insert, select, update

from reception import journal, tables
from reception.context import Session
from reception.errors import InputError
from reception.facts import Duty
from reception.numbers import day_date
from reception.operations import cleaning, touching

_T = tables.duty


def of(session: Session, day: int) -> Duty:
    """Who is on duty on a day (``YYYYMMDD``); nobody's name where nobody was entered."""
    row = session.connection().execute(select(_T).where(_T.c.day == day)).mappings().one_or_none()
    return Duty(day) if row is None else Duty(day, row["officer"], row["leader"], row["weather"])


def save(session: Session, fact: Duty, *, uid: uuid.UUID) -> Duty:
    """Enter who is on duty on a day, or change it. Raises InputError."""
    if journal.open_act(session, uid, "duty") is not None:
        return of(session, fact.day)
    try:
        day_date(fact.day)
    except ValueError:
        raise InputError("'{value}' is no day; write it as 20261122.", field="day", value=fact.day) from None
    new = {
        "day": fact.day,
        "officer": cleaning.line(fact.officer, "officer"),
        "leader": cleaning.line(fact.leader, "leader"),
        "weather": cleaning.line(fact.weather, "weather"),
    }
    connection = session.connection()
    old = connection.execute(select(_T).where(_T.c.day == fact.day)).mappings().one_or_none()
    if old is None:
        result = connection.execute(insert(_T), new)
        duty_id = int(result.inserted_primary_key[0])  # type: ignore[index]
        journal.append(session, "create", ("duty", duty_id), {"record": touching.created(new)}, uid)
    elif differences := touching.changed(old, new):
        connection.execute(update(_T).where(_T.c.id == old["id"]), new)
        journal.append(session, "save", ("duty", old["id"]), {"record": differences}, uid)
    return of(session, fact.day)
