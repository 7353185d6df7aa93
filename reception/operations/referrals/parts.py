"""What the departments do with their parts, noted by the desk or by themselves."""

from __future__ import annotations

import uuid
from typing import Any

from reception import journal, tables
from reception.context import Session, now
from reception.errors import StateError
from reception.facts import PartStatus, Receipt, ReferralStatus, Role
from reception.operations import cleaning, touching
from reception.operations.referrals import common

_R, _P = tables.referral, tables.part


def told(session: Session, part_id: int, whom: str, *, uid: uuid.UUID) -> Receipt:
    """The department was told by phone; ``whom``. Raises InputError, StateError."""
    name = common.person(whom, "told_whom")
    return _step(session, part_id, "told", {"told_at": now(session), "told_whom": name}, uid)


def receive(session: Session, part_id: int, by: str, *, uid: uuid.UUID) -> Receipt:
    """The department has it; ``by`` signed. Raises InputError, StateError."""
    name = common.person(by, "received_by")
    new = {"status": PartStatus.RECEIVED.value, "received_at": now(session), "received_by": name}
    return _step(session, part_id, "receive", new, uid)


def answer(session: Session, part_id: int, text: str, *, uid: uuid.UUID) -> Receipt:
    """The department answered; the lead's answer completes the referral. Raises InputError, StateError."""
    words = cleaning.required(text, "answer")
    new = {"status": PartStatus.ANSWERED.value, "answered_at": now(session), "answer": words}
    return _step(session, part_id, "answer", new, uid)


def give_back(session: Session, part_id: int, reason: str, *, uid: uuid.UUID) -> Receipt:
    """The department returned it with a reason. Raises InputError, StateError."""
    words = cleaning.required(reason, "return_reason")
    new = {"status": PartStatus.RETURNED.value, "returned_at": now(session), "return_reason": words}
    return _step(session, part_id, "return", new, uid)


_ALLOWED = {
    "told": (PartStatus.SENT, PartStatus.RECEIVED),
    "receive": (PartStatus.SENT,),
    "answer": (PartStatus.SENT, PartStatus.RECEIVED),
    "return": (PartStatus.SENT, PartStatus.RECEIVED),
}


def _step(session: Session, part_id: int, verb: str, new: dict[str, Any], uid: uuid.UUID) -> Receipt:
    if done := touching.repeated(session, uid):
        return done
    touched = common.opened(session, _P, part_id)
    row = common.row(session, _P, part_id)
    referral = common.row(session, _R, row["referral_id"])
    number = str(touching.number_of(touched.row))
    common.still_runs(referral["status"], number)
    if row["status"] not in _ALLOWED[verb]:
        raise _refusal(row["status"], number)
    if verb == "answer" and row["received_at"] is None:
        new = {**new, "received_at": new["answered_at"]}  # who answers has it
    touched.others |= touching.update_other(
        session, _P, journal.part_key(row["department_id"], row["sending"]), row, new
    )
    if verb == "answer" and row["role"] == Role.LEAD:
        done_now = {"status": ReferralStatus.COMPLETED.value}
        touched.others |= touching.update_other(
            session, _R, f"referral/{referral['ordinal']}", referral, done_now
        )
    return touching.save(session, touched, {}, verb, uid, cleaning.warnings(new))


def _refusal(status: str, number: str) -> StateError:
    if status == PartStatus.RECEIVED:
        return StateError("{number} was received already.", number=number)
    if status == PartStatus.ANSWERED:
        return StateError("{number} was answered already.", number=number)
    return StateError("{number} was returned; refer it again instead.", number=number)
