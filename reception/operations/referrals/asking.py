"""A department asks for more time (延期); the desk grants it as an extension, or says no."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, func, select

from reception import journal, tables
from reception.context import Session, now
from reception.errors import InputError, StateError
from reception.facts import Limit, LimitClock, PartStatus, Receipt, ReferralStatus, StepKind
from reception.numbers import day_number
from reception.operations import cleaning, terms, touching
from reception.operations.referrals import common
from reception.scope import open_to_departments

_R, _P, _S = tables.referral, tables.part, tables.step
_ANEW = (StepKind.REOPENED.value, StepKind.REROUTED.value)
"""What makes an older request pointless."""


@open_to_departments
def ask(session: Session, part_id: int, amount: int, reason: str, *, uid: uuid.UUID) -> Receipt:
    """The lead department asks for ``amount`` more of the days or hours that the limit counts.

    Who asks has the matter: the part is received by it, if it was not. Raises InputError; StateError where
    it is not the department's turn, or it asked before and nobody has decided.
    """
    if done := touching.repeated(session, uid):
        return done
    words = cleaning.required(reason, "reason")
    if amount < 1:
        raise InputError("'{text}' is less than 1.", field="amount", text=amount)
    touched = common.opened(session, _P, part_id)
    part = common.row(session, _P, part_id)
    referral = common.row(session, _R, part["referral_id"])
    number = str(touching.number_of(touched.row))
    _check(session, part, referral, number)
    limit = terms.checked(Limit(referral["limit_amount"] + amount, LimitClock(referral["limit_clock"])))
    due = terms.Calendar(session).due(referral["started_at"], limit, terms.pauses(session, referral))
    values = {
        "department_id": part["department_id"],
        "words": words,
        "rung": amount,
        "due_before": referral["due_day"],
        "due_after": day_number(due.day),
    }
    common.add_step(session, touched, referral, StepKind.ASKED, values)
    if part["status"] == PartStatus.SENT:
        new = {"status": PartStatus.RECEIVED.value, "received_at": now(session)}
        key = journal.part_key(part["department_id"], part["sending"])
        touched.others |= touching.update_other(session, _P, key, part, new)
    return touching.save(session, touched, {}, "ask", uid, cleaning.warnings({"reason": words}))


def deny(session: Session, referral_id: int, words: str, *, whom: str = "", uid: uuid.UUID) -> Receipt:
    """There is no more time; ``words`` say why, ``whom`` is who decided so.

    Raises InputError; StateError where nobody asked, or it was decided.
    """
    if done := touching.repeated(session, uid):
        return done
    said, name = cleaning.required(words, "words"), cleaning.line(whom, "whom")
    touched = common.opened(session, _R, referral_id)
    referral = common.row(session, _R, referral_id)
    number = str(touching.number_of(touched.row))
    common.still_runs(referral["status"], number)
    asked = pending(session, referral_id)
    if asked is None:
        raise StateError("Nobody asks for more time for {number}, or it was decided.", number=number)
    touched.others |= decided(session, asked, {"reply": said, "whom": name, "content": False})
    return touching.save(session, touched, {}, "deny", uid, cleaning.warnings({"words": said}))


def pending(session: Session, referral_id: int) -> RowMapping | None:
    """The request for more time on which nobody has decided."""
    anew = select(func.max(_S.c.ordinal)).where(_S.c.referral_id == referral_id, _S.c.kind.in_(_ANEW))
    query = (
        select(_S)
        .where(
            _S.c.referral_id == referral_id,
            _S.c.kind == StepKind.ASKED.value,
            _S.c.replied_at.is_(None),
            _S.c.ordinal > func.coalesce(anew.scalar_subquery(), 0),
        )
        .order_by(_S.c.ordinal.desc())
        .limit(1)
    )
    return session.connection().execute(query).mappings().one_or_none()


def decided(session: Session, asked: RowMapping, how: Mapping[str, Any]) -> dict[str, Any]:
    """Write what became of a request; for the journal too."""
    new = {**how, "replied_at": now(session)}
    return touching.update_other(session, _S, f"step/{asked['ordinal']}", asked, new)


def _check(session: Session, part: RowMapping, referral: RowMapping, number: str) -> None:
    common.still_runs(referral["status"], number)
    if common.lead(session, referral["id"])["id"] != part["id"]:
        raise StateError("Only the lead department asks for more time for {number}.", number=number)
    if part["status"] not in (PartStatus.SENT, PartStatus.RECEIVED):
        raise StateError("{number} is not with this department any more.", number=number)
    if referral["status"] != ReferralStatus.OPEN or referral["due_at"] is None:
        raise StateError("The referral of {number} has no limit.", number=number)
    if pending(session, referral["id"]) is not None:
        raise StateError("More time was asked for {number} already; the desk has not decided.", number=number)
