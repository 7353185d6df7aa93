"""What an extension would make of a due date, before it is agreed."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from reception import scope, tables
from reception.context import Session
from reception.errors import NotFoundError, StateError
from reception.facts import Limit, Term
from reception.numbers import day_number
from reception.operations import terms
from reception.scope import open_to_departments

_R = tables.referral


@open_to_departments
def foresee(session: Session, referral_id: int, amount: int) -> Term:
    """The term of a referral with ``amount`` more of the days or hours that its limit counts.

    Raises InputError for more than a clock counts, NotFoundError; StateError where it has no limit.
    """
    query = select(_R).where(_R.c.id == referral_id)
    if (mine := scope.department(session)) is not None:
        part = tables.part
        query = query.where(_R.c.id.in_(select(part.c.referral_id).where(part.c.department_id == mine)))
    row = session.connection().execute(query).mappings().one_or_none()
    if row is None:
        raise NotFoundError("There is no such referral.", field="number")
    term = terms.term(row)
    if term is None:
        raise StateError("This referral has no limit.")
    limit = terms.checked(Limit(term.amount + amount, term.clock))
    due = terms.Calendar(session).due(row["started_at"], limit, terms.pauses(session, row))
    return replace(
        term,
        amount=limit.amount,
        due_day=day_number(due.day),
        due_at=due.at,
        provisional=due.provisional,
    )
