"""The table of limits: which matters may take how long; the site edits it."""

from __future__ import annotations

import uuid

from sqlalchemy import insert, select, update

from reception import journal, tables
from reception.context import Session
from reception.errors import InputError, NotFoundError
from reception.facts import Limit, LimitRule
from reception.operations import terms, touching

_L = tables.limit_rule
MOST_REMIND_DAYS = 60


def save(session: Session, fact: LimitRule, *, uid: uuid.UUID) -> LimitRule:
    """Add (id 0) or change a limit; referrals already sent keep theirs. Raises InputError, NotFoundError."""
    if (done := journal.open_act(session, uid, "limit_rule")) is not None:
        return _rule(session, done)
    terms.checked(Limit(fact.amount, fact.clock))
    if not 0 <= fact.remind_days <= MOST_REMIND_DAYS:
        raise InputError(
            "A whole number from {low} to {high}.", field="remind_days", low=0, high=MOST_REMIND_DAYS
        )
    new = {
        "category": fact.category.value if fact.category else None,
        "source": fact.source.value if fact.source else None,
        "urgency": fact.urgency.value if fact.urgency else None,
        "matter_id": fact.matter_id,
        "amount": fact.amount,
        "clock": fact.clock.value,
        "remind_days": fact.remind_days,
        "active": fact.active,
    }
    connection = session.connection()
    if not fact.id:
        result = connection.execute(insert(_L), new)
        rule_id = int(result.inserted_primary_key[0])  # type: ignore[index]
        changes = {"record": touching.created(new)}
        journal.append(session, "create", ("limit_rule", rule_id), changes, uid)
        return _rule(session, rule_id)
    old = connection.execute(select(_L).where(_L.c.id == fact.id)).mappings().one_or_none()
    if old is None:
        raise NotFoundError("There is no such limit.", field="id")
    if differences := touching.changed(old, new):
        connection.execute(update(_L).where(_L.c.id == fact.id), new)
        journal.append(session, "save", ("limit_rule", fact.id), {"record": differences}, uid)
    return _rule(session, fact.id)


def _rule(session: Session, rule_id: int) -> LimitRule:
    query = select(_L).where(_L.c.id == rule_id)
    return terms.rule(session.connection().execute(query).mappings().one())
