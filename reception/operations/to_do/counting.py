"""How much there is to be done: the four "never let" counters, and what each filter of the list holds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ScalarSelect, case, func, select

from reception import tables
from reception.context import Session
from reception.facts import Counters, Lack, PartStatus, Todo
from reception.operations import owing
from reception.operations.to_do import prepared
from reception.operations.to_do.finding import AT_DEPARTMENTS, FIND, without_act
from reception.operations.to_do.found import Asked
from reception.operations.to_do.listing import ALONE
from reception.operations.to_do.moment import Moment, moment, remind_days
from reception.operations.to_do.written import Written

_E, _R, _P, _C = tables.entry, tables.referral, tables.part, tables.callback


def counters(session: Session) -> Counters:
    """The four counters (四个不让); ``facts.Counters`` says which list each of them opens."""
    present = moment(session)
    values = {
        "now": present.now,
        "late": present.late,
        "day": present.day,
        "papers": present.papers,
    }
    (row,) = _counters(present.wants).rows(session.connection(), values)
    overdue, late, unhandled, waiting, noted, said, uncalled, parts, entries, left, check = map(int, row)
    return Counters(
        overdue=overdue,
        not_received=late,
        unhandled=unhandled,
        waiting=waiting,
        callbacks=noted + said + uncalled,
        unanswered=parts + entries,
        to_check=check,
        pressing=bool(overdue or left or (check and present.over)),
    )


@lru_cache(maxsize=8)
def _counters(wants: tuple[Lack, ...]) -> Written:
    """One statement for all of them, made once: to put it together takes longer than to run it."""
    asked = Asked(cast("Moment", prepared.Bound(())), alone=True, department=None, wants=wants)

    def number(what: Todo) -> ScalarSelect[Any]:
        return FIND[what](asked).count().scalar_subquery()

    pending = [PartStatus.SENT.value, PartStatus.RECEIVED.value, PartStatus.RETURNED.value]
    every = select(
        number(Todo.OVERDUE),
        number(Todo.NOT_RECEIVED),
        number(Todo.UNHANDLED),
        number(Todo.WAITING),
        select(func.count()).select_from(_C).where(_C.c.status == owing.OWED).scalar_subquery(),
        select(func.count()).select_from(owing.only_say_so().subquery()).scalar_subquery(),
        number(Todo.UNCALLED),
        select(func.count()).select_from(_P).where(_P.c.waits.in_(pending)).scalar_subquery(),
        select(func.count()).select_from(_E).where(*without_act()).scalar_subquery(),
        # summed, lest an index of the days be walked for the few that are open
        select(func.coalesce(func.sum(case((_E.c.day < asked.now.day, 1), else_=0)), 0))
        .where(*without_act())
        .scalar_subquery(),
        number(Todo.CHECK),
    )
    return Written(every)


def counts(session: Session, *, department: str = "") -> Mapping[str, int]:
    """How many rows the list holds under each reason alone, by the filter's name."""
    from reception.operations import directory

    present = moment(session)
    asked = Asked(
        present,
        alone=True,
        department=directory.department(session, department).id if department else None,
        remind_days=remind_days(session),
        wants=present.wants,
    )
    query = prepared.numbers(tuple(FIND[what] for what in ALONE.values()), asked)
    row = session.connection().execute(query, prepared.values(asked)).one()
    return dict(zip(ALONE, (int(one) for one in row), strict=True))


def at_departments(session: Session) -> tuple[int, int]:
    """How many referrals a department is to answer, and how many of them are overdue."""
    asked = Asked(moment(session), alone=True, department=None)
    every = select(func.count()).select_from(_R).where(_R.c.waits.in_(AT_DEPARTMENTS))
    overdue = FIND[Todo.OVERDUE](asked).count()
    row = session.connection().execute(select(every.scalar_subquery(), overdue.scalar_subquery())).one()
    return int(row[0]), int(row[1])
