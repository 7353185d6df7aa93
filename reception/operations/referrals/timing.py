"""The clock of a referral: more time, a pause while the person must bring something, and on again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, select

from reception import tables
from reception.context import Session, now
from reception.deadlines import Due
from reception.errors import InputError, StateError
from reception.facts import Limit, LimitClock, Receipt, ReferralStatus, StepKind
from reception.numbers import day_number
from reception.operations import cleaning, terms, touching
from reception.operations.referrals import asking, common

_R, _S = tables.referral, tables.step


def extend(
    session: Session, referral_id: int, amount: int, *, reason: str, approver: str, uid: uuid.UUID
) -> Receipt:
    """Give a referral ``amount`` more of the days or hours that its limit counts; ``approver`` allowed it.

    A department that asked for more time has it granted. Raises InputError also for so little more that it
    would still be overdue, StateError.
    """
    if done := touching.repeated(session, uid):
        return done
    words, whom = cleaning.required(reason, "reason"), common.person(approver, "approver")
    if amount < 1:
        raise InputError("'{text}' is less than 1.", field="amount", text=amount)
    touched, row, number = _open(session, referral_id)
    limit = terms.checked(Limit(row["limit_amount"] + amount, LimitClock(row["limit_clock"])))
    due = _due(session, row, limit)
    if due.at <= now(session) and row["paused_at"] is None:
        raise InputError(
            "With so much more, {number} was due on {day} and is still overdue; extend it by more.",
            field="amount",
            number=number,
            day=due.day,
        )
    values = {"whom": whom, "words": words, **_moved(row, due)}
    asked = asking.pending(session, referral_id)
    common.add_step(session, touched, row, StepKind.EXTENSION, values, field="reason")
    if asked is not None:
        touched.others |= asking.decided(session, asked, {"whom": whom, "content": True})
    _change(session, touched, row, terms.columns(limit, due))
    return touching.save(session, touched, {}, "extend", uid, cleaning.warnings({"reason": words}))


def pause(session: Session, referral_id: int, reason: str, *, uid: uuid.UUID) -> Receipt:
    """Stop a referral's clock; ``reason`` is what is awaited. Raises InputError, StateError."""
    if done := touching.repeated(session, uid):
        return done
    words = cleaning.required(reason, "reason")
    touched, row, number = _open(session, referral_id)
    if row["paused_at"] is not None:
        raise StateError("The clock of {number} stands already.", number=number)
    if row["due_at"] <= now(session):
        raise StateError(
            "{number} is overdue, so there is no clock to stop; for more time there has to be an extension.",
            number=number,
        )
    common.add_step(session, touched, row, StepKind.PAUSE, {"words": words}, field="reason")
    _change(session, touched, row, {"paused_at": now(session)})
    return touching.save(session, touched, {}, "pause", uid, cleaning.warnings({"reason": words}))


def resume(session: Session, referral_id: int, *, uid: uuid.UUID) -> Receipt:
    """Let the clock go on; as much time is left as when it was stopped. Raises StateError."""
    if done := touching.repeated(session, uid):
        return done
    touched = common.opened(session, _R, referral_id)
    row = common.row(session, _R, referral_id)
    number = str(touching.number_of(touched.row))
    common.still_runs(row["status"], number)
    if row["paused_at"] is None:
        raise StateError("The clock of {number} runs; it was not stopped.", number=number)
    query = select(_S).where(
        _S.c.referral_id == referral_id, _S.c.kind == StepKind.PAUSE.value, _S.c.until.is_(None)
    )
    step = session.connection().execute(query.order_by(_S.c.ordinal.desc()).limit(1)).mappings().one()
    over = {"until": now(session)}
    touched.others |= touching.update_other(session, _S, f"step/{step['ordinal']}", step, over)
    limit = Limit(row["limit_amount"], LimitClock(row["limit_clock"]))
    _change(session, touched, row, {"paused_at": None, **terms.columns(limit, _due(session, row, limit))})
    return touching.save(session, touched, {}, "resume", uid)


def _open(session: Session, referral_id: int) -> tuple[touching.Touched, RowMapping, str]:
    """A referral whose clock counts. Raises StateError for one that has none, or none any more."""
    touched = common.opened(session, _R, referral_id)
    row = common.row(session, _R, referral_id)
    number = str(touching.number_of(touched.row))
    common.still_runs(row["status"], number)
    if row["status"] == ReferralStatus.COMPLETED:
        raise StateError("The lead department has answered {number}; its clock has stopped.", number=number)
    if row["due_at"] is None:
        raise StateError("The referral of {number} has no limit.", number=number)
    return touched, row, number


def _due(session: Session, row: RowMapping, limit: Limit) -> Due:
    return terms.Calendar(session).due(row["started_at"], limit, terms.pauses(session, row))


def _moved(row: RowMapping, due: Due) -> dict[str, int]:
    return {"due_before": row["due_day"], "due_after": day_number(due.day)}


def _change(session: Session, touched: touching.Touched, row: RowMapping, new: Mapping[str, Any]) -> None:
    touched.others |= touching.update_other(session, _R, f"referral/{row['ordinal']}", row, new)
