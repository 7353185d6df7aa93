"""The two looks back (办完回头看看): the leader saw the result, the person was called back (回访)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import RowMapping, select

from reception import tables
from reception.context import Session
from reception.errors import InputError, StateError
from reception.facts import PartStatus, Receipt, StepKind
from reception.operations import cleaning, guarding, site, terms, touching
from reception.operations.referrals import common, reopening
from reception.operations.referring import leader_looks

_R, _S = tables.referral, tables.step
_AGAIN = (StepKind.REOPENED, StepKind.REROUTED)
"""What was seen or said before these was about another answer."""


def leader_seen(
    session: Session,
    referral_id: int,
    *,
    whom: str = "",
    instruction: str = "",
    days: int | None = None,
    uid: uuid.UUID,
) -> Receipt:
    """The leader has seen the result; with a new ``instruction`` the referral is handled again.

    ``whom`` is the leader, if not the one who gave the instruction; ``days`` in how many working days it is
    to be done now, the site's limit if not given. Raises InputError, StateError.
    """
    if done := touching.repeated(session, uid):
        return done
    touched, row, lead = _answered(session, referral_id)
    name = common.person(whom or row["leader"], "whom")
    words = cleaning.long_text(instruction, "instruction")
    wanted = terms.in_days(days)
    if wanted is not None and not words:
        raise InputError("Days are for a new instruction; write what the leader wants.", field="days")
    values = {"whom": name, "words": words, "content": not words}
    common.add_step(session, touched, row, StepKind.SEEN, values)
    entry: dict[str, object] = {}
    if words:
        new: dict[str, object] = {"leader": name}
        if leader_looks(session, touched.row):
            new["leader_asked"] = True
        if lead["status"] == PartStatus.ANSWERED:
            entry = reopening.again(
                session, touched, row, words, whom=name, wanted=wanted, also=new, field="instruction"
            )
        elif wanted is not None:
            raise InputError("It is with nobody now; say by when when it is sent on.", field="days")
        else:
            touched.others |= touching.update_other(session, _R, f"referral/{row['ordinal']}", row, new)
    return touching.save(session, touched, entry, "leader-seen", uid, cleaning.warnings(values))


def call_back(
    session: Session,
    referral_id: int,
    *,
    reached: bool,
    content: bool | None = None,
    whom: str = "",
    words: str = "",
    uid: uuid.UUID,
) -> Receipt:
    """The person was called back about the answer.

    Args:
        session: the transaction.
        referral_id: about which referral.
        reached: whether somebody answered.
        content: whether who was reached is satisfied; if not, the referral is handled again.
        whom: who answered, if not the person.
        words: what was said; needed from who is not satisfied.
        uid: the act's own.

    Raises:
        InputError: naming the field; StateError: there is no answer yet.
    """
    if done := touching.repeated(session, uid):
        return done
    said = cleaning.long_text(words, "words")
    if reached and content is None:
        raise InputError("Say whether the person is satisfied.", field="content")
    if not reached and content is not None:
        raise InputError("Who was not reached has not said whether they are satisfied.", field="content")
    if content is False and not said:
        raise InputError("Write what the person is not satisfied with.", field="words")
    touched, row, lead = _answered(session, referral_id)
    name = cleaning.line(whom, "whom")
    values = {"whom": name, "words": said, "reached": reached, "content": content}
    common.add_step(session, touched, row, StepKind.CALLED_BACK, values)
    entry: dict[str, object] = {}
    if content is False and lead["status"] == PartStatus.ANSWERED:
        told = "" if guarding.hides(dict(touched.row)) else name  # the department reads it
        entry = reopening.again(session, touched, row, said, whom=told, field="words")
    return touching.save(session, touched, entry, "call-back", uid, cleaning.warnings(values))


def check(session: Session, referral: RowMapping, number: str) -> None:
    """Raises StateError where a look back is still owed before closing."""
    steps = since(session, referral["id"])
    if referral["leader_asked"]:
        seen = [one for one in steps if one["kind"] == StepKind.SEEN]
        if not seen or not seen[-1]["content"]:
            raise StateError(
                "{leader} gave an instruction on {number} and has not seen the result yet.",
                number=number,
                leader=referral["leader"],
            )
    if referral["person_asked"]:
        calls = [one for one in steps if one["kind"] == StepKind.CALLED_BACK]
        tries = int(site.values(session)["call_back_tries"])
        if not called(calls, tries):
            raise StateError(
                "The person of {number} was not called back yet (tried {done} of {tries} times).",
                number=number,
                done=len(calls),
                tries=tries,
            )


def called(calls: Sequence[RowMapping], tries: int) -> bool:
    """Whether these calls were enough: who was reached last was content, or so many reached nobody."""
    reached = [one for one in calls if one["reached"]]
    return bool(reached[-1]["content"]) if reached else len(calls) >= tries


def since(session: Session, referral_id: int) -> list[RowMapping]:
    """The looks back at the present answer, first to last."""
    query = select(_S).where(_S.c.referral_id == referral_id).order_by(_S.c.ordinal)
    found: list[RowMapping] = []
    for row in session.connection().execute(query).mappings():
        if row["kind"] in _AGAIN:
            found = []
        elif row["kind"] in (StepKind.SEEN, StepKind.CALLED_BACK):
            found.append(row)
    return found


def _answered(session: Session, referral_id: int) -> tuple[touching.Touched, RowMapping, RowMapping]:
    """A referral that there is something to say about. Raises StateError."""
    touched = common.opened(session, _R, referral_id)
    row = common.row(session, _R, referral_id)
    number = str(touching.number_of(touched.row))
    common.still_runs(row["status"], number)
    lead = common.lead(session, referral_id)
    if lead["status"] not in common.ENDED:
        raise StateError(
            "The lead department has not answered {number} yet; there is no result to tell.", number=number
        )
    return touched, row, lead
