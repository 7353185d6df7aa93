"""The table of limits: which matters may take how long; the site edits it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert, select, update

from reception import journal, tables, templates
from reception.context import Session
from reception.errors import InputError, NotFoundError
from reception.facts import Limit, LimitRule
from reception.operations import site, terms, touching

_L, _M = tables.limit_rule, tables.matter
MOST_REMIND_DAYS = 60
_ABOUT = ("category", "source", "urgency", "matter_id")


def save(session: Session, fact: LimitRule, *, uid: uuid.UUID) -> LimitRule:
    """Add (id 0) or change a limit; referrals already sent keep theirs. Raises InputError, NotFoundError."""
    if (done := journal.open_act(session, uid, "limit_rule")) is not None:
        return _rule(session, done)
    new, connection = _checked(session, fact), session.connection()
    if not fact.id:
        return _rule(session, _add(session, new, uid))
    query = select(_L).where(_L.c.id == fact.id).with_for_update()
    old = connection.execute(query).mappings().one_or_none()
    if old is None:
        raise NotFoundError("There is no such limit.", field="id")
    if differences := touching.changed(old, new):
        connection.execute(update(_L).where(_L.c.id == fact.id), new)
        journal.append(session, "save", ("limit_rule", fact.id), {"record": differences}, uid)
    return _rule(session, fact.id)


def adopt(session: Session, *, uid: uuid.UUID) -> tuple[LimitRule, ...]:
    """Take over the limits of the template that the register was made from; those that were missing.

    What the site limits already, in its own way or not any more, stays as it is. A register from before
    limits has none until the supervisor asks for this.
    """
    if journal.open_act(session, uid, "limit_rule") is not None:
        return ()
    settings = site.values(session)
    return enter(session, templates.load(settings["template"], settings["language"]).limits, uid)


def enter(
    session: Session, seeds: Iterable[templates.LimitSeed], uid: uuid.UUID | None = None
) -> tuple[LimitRule, ...]:
    """Write the limits of a template that the register does not have, as one act where ``uid`` names it."""
    matters = {row.name: row.id for row in session.connection().execute(select(_M.c.id, _M.c.name))}
    known = {tuple(getattr(one, name) for name in _ABOUT) for one in terms.rules(session)}
    made: list[LimitRule] = []
    for seed in seeds:
        matter_id = matters.get(seed.matter)
        about = (seed.category, seed.source, seed.urgency, matter_id)
        if (seed.matter and matter_id is None) or about in known:
            continue
        rule = LimitRule(0, seed.amount, seed.clock, *about, remind_days=seed.remind_days)
        act = uuid.uuid4() if uid is None else journal.further(uid, len(made)) if made else uid
        journal.open_act(session, act, "limit_rule")
        made.append(_rule(session, _add(session, _columns(rule), act)))
    return tuple(made)


def _checked(session: Session, fact: LimitRule) -> dict[str, Any]:
    terms.checked(Limit(fact.amount, fact.clock))
    if not 0 <= fact.remind_days <= MOST_REMIND_DAYS:
        raise InputError(
            "A whole number from {low} to {high}.", field="remind_days", low=0, high=MOST_REMIND_DAYS
        )
    matter = select(_M.c.id).where(_M.c.id == fact.matter_id)
    if fact.matter_id is not None and session.connection().scalar(matter) is None:
        raise NotFoundError("There is no such matter.", field="matter_id")
    check_alone(session, fact)
    return _columns(fact)


def check_alone(session: Session, fact: LimitRule) -> None:
    """Raises InputError where another limit in use is for exactly the same."""
    about = tuple(getattr(fact, name) for name in _ABOUT)
    for one in terms.rules(session):
        same = tuple(getattr(one, name) for name in _ABOUT) == about
        if same and one.active and fact.active and one.id != fact.id:
            raise InputError("There is a limit for exactly this already; change that one.", field="amount")


def _columns(fact: LimitRule) -> dict[str, Any]:
    return {
        "category": fact.category.value if fact.category else None,
        "source": fact.source.value if fact.source else None,
        "urgency": fact.urgency.value if fact.urgency else None,
        "matter_id": fact.matter_id,
        "amount": fact.amount,
        "clock": fact.clock.value,
        "remind_days": fact.remind_days,
        "active": fact.active,
    }


def _add(session: Session, new: Mapping[str, Any], uid: uuid.UUID) -> int:
    result = session.connection().execute(insert(_L), dict(new))
    rule_id = int(result.inserted_primary_key[0])  # type: ignore[index]
    journal.append(session, "create", ("limit_rule", rule_id), {"record": touching.created(new)}, uid)
    return rule_id


def _rule(session: Session, rule_id: int) -> LimitRule:
    query = select(_L).where(_L.c.id == rule_id)
    return terms.rule(session.connection().execute(query).mappings().one())
