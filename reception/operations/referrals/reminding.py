"""Reminding a department (催办), by the site's ladder or out of turn, and what the director decides."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import RowMapping, func, select

from reception import tables
from reception.context import Session, now
from reception.errors import InputError, NotFoundError, StateError
from reception.facts import PartStatus, Receipt, StepKind, Way
from reception.ladder import Rung
from reception.operations import cleaning, touching
from reception.operations.referrals import common
from reception.operations.to_do.moment import Moment, moment
from reception.tables import standing

_R, _S, _D = tables.referral, tables.step, tables.department
_ANEW = (StepKind.EXTENSION.value, StepKind.REOPENED.value)
"""What begins the ladder anew."""


def remind(
    session: Session,
    referral_id: int,
    *,
    rung: int | None = None,
    way: Way | None = None,
    whom: str = "",
    words: str = "",
    uid: uuid.UUID,
) -> Receipt:
    """The lead department was reminded.

    A rung is done once, however many windows show it: whoever comes second is refused.

    Args:
        session: the transaction.
        referral_id: of which referral.
        rung: the rung of the ladder whose moment has come, by its days; None for a reminder out of turn.
        way: how; the rung's own if not given. Nothing goes up to a leader but by ``decide``.
        whom: who was told on the phone, or before which director it was laid.
        words: what was said or written.
        uid: the act's own.

    Raises:
        InputError: naming the field; StateError: there is nobody to remind, or it was done before.
    """
    if done := touching.repeated(session, uid):
        return done
    touched, row, lead = _awaited(session, referral_id)
    number = str(touching.number_of(touched.row))
    step = _rung(moment(session), row, rung, number) if rung is not None else None
    how = _way(way, step)
    name = cleaning.line(whom, "whom") if how is Way.WRITTEN else common.person(whom, "whom")
    values = {
        "department_id": lead["department_id"],
        "rung": rung,
        "way": how.value,
        "whom": name,
        "words": cleaning.long_text(words, "words"),
    }
    common.add_step(session, touched, row, StepKind.REMINDER, values)
    return touching.save(session, touched, {}, "remind", uid, cleaning.warnings(values))


def reply(session: Session, step_id: int, text: str, *, uid: uuid.UUID) -> Receipt:
    """What the department said to a reminder. Raises InputError, NotFoundError, StateError."""
    if done := touching.repeated(session, uid):
        return done
    words = cleaning.required(text, "reply")
    touched = common.opened(session, _S, step_id)
    step = common.row(session, _S, step_id)
    if step["kind"] != StepKind.REMINDER or step["way"] in (Way.DIRECTOR, Way.LEADER):
        raise NotFoundError("There is no such reminder.", field="reply")
    if step["replied_at"] is not None:
        raise StateError(
            "The reply to this reminder of {number} was noted before.",
            number=str(touching.number_of(touched.row)),
        )
    new = {"reply": words, "replied_at": now(session)}
    touched.others |= touching.update_other(session, _S, f"step/{step['ordinal']}", step, new)
    return touching.save(session, touched, {}, "reply", uid, cleaning.warnings(new))


def decide(
    session: Session, referral_id: int, *, up: bool, words: str = "", leader: str = "", uid: uuid.UUID
) -> Receipt:
    """The office director, before whom it was laid, decided whether it goes ``up`` to the leader in charge.

    Args:
        session: the transaction.
        referral_id: of which referral.
        up: whether it goes up.
        words: what the director said; needed where it stays.
        leader: to whom it goes up; the department's leader if not given.
        uid: the act's own.

    Raises:
        InputError: naming the field; StateError: it was not laid before the director, or was decided.
    """
    if done := touching.repeated(session, uid):
        return done
    touched, row, lead = _awaited(session, referral_id)
    laid = _undecided(session, referral_id)
    if laid is None:
        raise StateError(
            "{number} was not laid before the director, or the director has decided.",
            number=str(touching.number_of(touched.row)),
        )
    said = cleaning.long_text(words, "words") if up else cleaning.required(words, "words")
    new = {"reply": said, "replied_at": now(session), "content": up}
    touched.others |= touching.update_other(session, _S, f"step/{laid['ordinal']}", laid, new)
    if up:
        known = select(_D.c.leader).where(_D.c.id == lead["department_id"])
        name = common.person(leader or session.connection().scalar(known) or "", "leader")
        goes_up = {
            "department_id": lead["department_id"],
            "way": Way.LEADER.value,
            "whom": name,
            "words": said,
        }
        common.add_step(session, touched, row, StepKind.REMINDER, goes_up)
    return touching.save(session, touched, {}, "decide", uid, cleaning.warnings(new))


def due(session: Session, referral_id: int) -> Rung | None:
    """The rung on which a referral is to be reminded now, if any."""
    row = session.connection().execute(select(_R).where(_R.c.id == referral_id)).mappings().one_or_none()
    if row is None or row["waits"] != standing.DEPARTMENT:
        return None
    return moment(session).rung(row["press_at"], row["reminded"], row["remind_days"])


def _awaited(session: Session, referral_id: int) -> tuple[touching.Touched, RowMapping, RowMapping]:
    """A referral whose lead is still to answer, with the lead's part. Raises StateError."""
    touched = common.opened(session, _R, referral_id)
    row = common.row(session, _R, referral_id)
    number = str(touching.number_of(touched.row))
    common.still_runs(row["status"], number)
    lead = common.lead(session, referral_id)
    if lead["status"] == PartStatus.ANSWERED:
        raise StateError("{number} is answered; there is nobody to remind.", number=number)
    if lead["status"] == PartStatus.RETURNED:
        raise StateError("{number} came back; refer it again instead.", number=number)
    if row["paused_at"] is not None:
        raise StateError("The clock of {number} stands; nobody is reminded meanwhile.", number=number)
    return touched, row, lead


def _rung(present: Moment, row: RowMapping, days: int, number: str) -> Rung:
    """The rung with so many days, if it is its turn. Raises InputError, StateError."""
    found = next((one for one in present.rungs if one.days == days), None)
    if found is None:
        raise InputError("The site's ladder has no such step.", field="rung")
    if row["reminded"] is not None and row["reminded"] >= days:
        raise StateError("{number} was reminded on this step before.", number=number)
    first = found == present.rungs[0]
    come = present.until(present.first(row["remind_days"]) if first else days)
    if row["press_at"] is None or row["press_at"] > come:
        raise StateError("The day for this reminder of {number} has not come yet.", number=number)
    return found


def _way(way: Way | None, rung: Rung | None) -> Way:
    how = way or (rung.way if rung is not None else None)
    if how is None:
        raise InputError("Say how the department was reminded: by phone or in writing.", field="way")
    if how is Way.LEADER:
        raise InputError("It goes up to a leader only when the office director decides so.", field="way")
    if rung is not None and rung.way is Way.DIRECTOR and how is not Way.DIRECTOR:
        raise InputError("On this step it is laid before the office director.", field="way")
    return how


def _undecided(session: Session, referral_id: int) -> Any:
    """The latest laying before the director of this round that is not decided."""
    anew = select(func.max(_S.c.ordinal)).where(_S.c.referral_id == referral_id, _S.c.kind.in_(_ANEW))
    query = (
        select(_S)
        .where(
            _S.c.referral_id == referral_id,
            _S.c.kind == StepKind.REMINDER.value,
            _S.c.way == Way.DIRECTOR.value,
            _S.c.ordinal > func.coalesce(anew.scalar_subquery(), 0),
        )
        .order_by(_S.c.ordinal.desc())
        .limit(1)
    )
    found = session.connection().execute(query).mappings().one_or_none()
    return found if found is not None and found["replied_at"] is None else None
