"""What the departments do with their parts, noted by the desk or by themselves."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping

from reception import journal, tables
from reception.context import CLOCK_SLACK, Session, now
from reception.errors import InputError, StateError
from reception.facts import PartOutcome, PartStatus, Receipt, ReferralStatus, Role
from reception.operations import cleaning, referring, site, touching
from reception.operations.referrals import common
from reception.scope import open_to_departments

_R, _P = tables.referral, tables.part
_UNDER_WAY = (PartStatus.SENT, PartStatus.RECEIVED)


def told(
    session: Session, part_id: int, whom: str, *, at: dt.datetime | None = None, uid: uuid.UUID
) -> Receipt:
    """The department was told by phone; ``whom``, and when if not now. Raises InputError, StateError."""
    name = common.person(whom, "told_whom")
    return _step(session, part_id, "told", {"told_at": at or now(session), "told_whom": name}, uid)


@open_to_departments
def receive(
    session: Session, part_id: int, by: str, *, at: dt.datetime | None = None, uid: uuid.UUID
) -> Receipt:
    """The department has it; ``by`` signed, and when if not now. Raises InputError, StateError.

    A department signs also for what is sealed before it.
    """
    name = common.person(by, "received_by")
    new = {"status": PartStatus.RECEIVED.value, "received_at": at or now(session), "received_by": name}
    return _step(session, part_id, "receive", new, uid)


@open_to_departments
def answer(
    session: Session,
    part_id: int,
    text: str,
    *,
    outcome: PartOutcome = PartOutcome.ANSWERED,
    case_number: str = "",
    to: int | None = None,
    contacted: bool | None = None,
    contacted_how: str = "",
    contacted_at: dt.datetime | None = None,
    uid: uuid.UUID,
) -> Receipt:
    """The department answered; the lead's answer completes the referral.

    Args:
        session: the transaction.
        part_id: whose part.
        text: the answer, the reason of a refusal or of passing it on; may be empty for a case accepted.
        outcome: what the answer is. Passing it on is no answer: the part is returned, with a proposal.
        case_number: the department's own, of a case accepted.
        to: the department to which it is passed on.
        contacted: whether the department told the person; the site may ask for it (``contact_categories``).
        contacted_how: by what way.
        contacted_at: when, now if they were contacted and nothing is said.
        uid: the act's own.

    Raises:
        InputError: naming the field that is wrong or missing; StateError: it is not the time for it.
    """
    if outcome is PartOutcome.PASSED_ON:
        words = cleaning.required(text, "return_reason")
        new = {**_returned(session, words), "outcome": outcome.value, "passed_to": to}
        return _step(session, part_id, "answer", new, uid)
    if to is not None:
        raise InputError("Only what is passed on goes to another department.", field="passed_to")
    number = cleaning.line(case_number, "case_number")
    if outcome is PartOutcome.ACCEPTED and not number:
        raise InputError("Write the department's own number of the case.", field="case_number")
    if outcome is not PartOutcome.ACCEPTED and number:
        raise InputError("Only a case that was accepted has a number of its own.", field="case_number")
    accepted = outcome is PartOutcome.ACCEPTED
    new = {
        "status": PartStatus.ANSWERED.value,
        "answered_at": now(session),
        "answer": cleaning.long_text(text, "answer") if accepted else cleaning.required(text, "answer"),
        "outcome": outcome.value,
        "case_number": number,
        **_contact(session, contacted, contacted_how, contacted_at),
    }
    return _step(session, part_id, "answer", new, uid)


@open_to_departments
def give_back(session: Session, part_id: int, reason: str, *, uid: uuid.UUID) -> Receipt:
    """The department returned it with a reason. Raises InputError, StateError."""
    words = cleaning.required(reason, "return_reason")
    return _step(session, part_id, "return", _returned(session, words), uid)


def _returned(session: Session, words: str) -> dict[str, Any]:
    return {"status": PartStatus.RETURNED.value, "returned_at": now(session), "return_reason": words}


def _contact(session: Session, contacted: bool | None, how: str, at: dt.datetime | None) -> dict[str, Any]:
    words = cleaning.line(how, "contacted_how")
    if contacted is not True and (words or at is not None):
        raise InputError("Say first that the person was contacted.", field="contacted")
    if at is not None:
        cleaning.check_instants(now(session), at, {})
    when = (at or now(session)) if contacted else None
    return {"contacted": contacted, "contacted_how": words, "contacted_at": when}


_ALLOWED = {"told": _UNDER_WAY, "receive": (PartStatus.SENT,), "answer": _UNDER_WAY, "return": _UNDER_WAY}


def _step(session: Session, part_id: int, verb: str, new: dict[str, Any], uid: uuid.UUID) -> Receipt:
    if done := touching.repeated(session, uid):
        return done
    touched = common.opened(session, _P, part_id, may_be_sealed=verb == "receive")
    row = common.row(session, _P, part_id)
    referral = common.row(session, _R, row["referral_id"])
    number = str(touching.number_of(touched.row))
    common.still_runs(referral["status"], number)
    if row["status"] not in _ALLOWED[verb]:
        raise _refusal(row["status"], verb, number)
    _check_instants(session, row["sent_at"], new)
    if verb == "answer":
        _check_answer(session, touched.row, row, new)
        if row["received_at"] is None and new["status"] == PartStatus.ANSWERED:
            new = {**new, "received_at": new["answered_at"]}  # who answers has it
    touched.others |= touching.update_other(
        session, _P, journal.part_key(row["department_id"], row["sending"]), row, new
    )
    if row["role"] == Role.LEAD and new.get("status") == PartStatus.ANSWERED:
        done_now = {"status": ReferralStatus.COMPLETED.value}
        touched.others |= touching.update_other(
            session, _R, f"referral/{referral['ordinal']}", referral, done_now
        )
    return touching.save(session, touched, {}, verb, uid, cleaning.warnings(new))


def _check_instants(session: Session, sent: dt.datetime, new: Mapping[str, Any]) -> None:
    """Nothing happens to a part before it is sent, nor in the future. Raises InputError."""
    for field in ("told_at", "received_at"):
        instant = new.get(field)
        if instant is None:
            continue
        if instant > now(session) + CLOCK_SLACK:
            raise InputError("This time is still to come.", field=field)
        if instant.replace(second=59, microsecond=999_999) < sent:
            raise InputError("It was not sent yet at this time.", field=field)


def _check_answer(session: Session, entry: RowMapping, part: RowMapping, new: Mapping[str, Any]) -> None:
    """What an answer lacks that depends on the entry. Raises InputError."""
    if new["outcome"] == PartOutcome.PASSED_ON:
        to = new["passed_to"]
        if to is None or to == part["department_id"]:
            raise InputError("Say to which other department it is passed on.", field="passed_to")
        referring.checked(session, dict(entry), (to,))
    elif site.asks(session, "contact_categories", entry["category"]):
        if new["contacted"] is None:
            raise InputError("Say whether the person was contacted.", field="contacted")
        if new["contacted"] and not new["contacted_how"]:
            raise InputError("Say how the person was contacted.", field="contacted_how")


def _refusal(status: str, verb: str, number: str) -> StateError:
    if status == PartStatus.RECEIVED:
        return StateError("{number} was received already.", number=number)
    if status == PartStatus.ANSWERED:
        return StateError("{number} was answered already.", number=number)
    if status == PartStatus.WITHDRAWN:
        return StateError("The referral of {number} was taken back.", number=number)
    if verb == "receive":
        return StateError("{number} was returned; it is not received any more.", number=number)
    return StateError("{number} was returned; refer it again instead.", number=number)
