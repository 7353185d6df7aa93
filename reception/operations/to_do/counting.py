"""How much there is to be done: the four "never let" counters, and what each filter of the list holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ScalarSelect, func, select

from reception import tables
from reception.context import Session
from reception.facts import Counters, PartStatus, Todo
from reception.operations import owing
from reception.operations.to_do import checking
from reception.operations.to_do.finding import FIND, Asked, without_act
from reception.operations.to_do.listing import ALONE
from reception.operations.to_do.moment import moment, remind_days

_E, _P, _C = tables.entry, tables.part, tables.callback


def counters(session: Session) -> Counters:
    """The four counters (四个不让); ``facts.Counters`` says which list each of them opens."""
    wants = checking.wanted(session)
    asked = Asked(moment(session), alone=True, department=None, wants=wants)

    def number(what: Todo) -> ScalarSelect[Any]:
        return FIND[what](asked).count().scalar_subquery()

    pending = [PartStatus.SENT.value, PartStatus.RECEIVED.value, PartStatus.RETURNED.value]
    query = select(
        number(Todo.OVERDUE),
        number(Todo.NOT_RECEIVED),
        number(Todo.WAITING),
        select(func.count()).select_from(_C).where(_C.c.status == owing.OWED).scalar_subquery(),
        select(func.count()).select_from(owing.only_say_so().subquery()).scalar_subquery(),
        select(func.count()).select_from(_P).where(_P.c.waits.in_(pending)).scalar_subquery(),
        select(func.count()).select_from(_E).where(*without_act()).scalar_subquery(),
        number(Todo.CHECK),
    )
    row = session.connection().execute(query).one()
    overdue, late, waiting, noted, said, parts, entries, check = (int(one) for one in row)
    return Counters(
        overdue=overdue,
        not_received=late,
        waiting=waiting,
        callbacks=noted + said,
        unanswered=parts + entries,
        to_check=check,
    )


def counts(session: Session, *, department: str = "") -> Mapping[str, int]:
    """How many rows the list holds under each reason alone, by the filter's name."""
    from reception.operations import directory

    asked = Asked(
        moment(session),
        alone=True,
        department=directory.department(session, department).id if department else None,
        remind_days=remind_days(session),
        wants=checking.wanted(session),
    )
    found = {name: FIND[what](asked) for name, what in ALONE.items()}
    query = select(*(one.count().scalar_subquery() for one in found.values()))
    row = session.connection().execute(query).one()
    return dict(zip(found, (int(one) for one in row), strict=True))
