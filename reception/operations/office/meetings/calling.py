"""Calling those who are invited: each call is an outgoing call of the day, and the ✓ goes with its result."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import RowMapping, select

from reception import dates, journal, office_words, tables
from reception.context import Session, now, present
from reception.errors import InputError, StateError
from reception.facts import (
    Act,
    AttemptResult,
    CallResult,
    Category,
    Details,
    Kind,
    NewCallback,
    NewEntry,
    Party,
    Receipt,
)
from reception.facts.office import Reply
from reception.operations import callbacks, cleaning, entries, touching
from reception.operations.office import common
from reception.operations.office.meetings import held, known
from reception.wording import N_

_INVITATION = tables.OF_ENTRY["invitation"]
_NEEDED = {
    "convener": N_("Write who convenes the meeting before anybody is called; everybody asks."),
    "agenda": N_("Write what the meeting is about before anybody is called; everybody asks."),
    "meets_at": N_("Write when the meeting is before anybody is called."),
    "place": N_("Write where the meeting is before anybody is called."),
}
_CANCELLED = N_("Cancelled: {text}")


def call(
    session: Session,
    invitee_id: int,
    result: AttemptResult,
    *,
    told_whom: str = "",
    reply: Reply | None = None,
    attendee: str = "",
    reason: str = "",
    note: str = "",
    phone: str = "",
    uid: uuid.UUID,
) -> Receipt:
    """An invitee was called: reached (``told_whom`` answered; what they said, ``reply``), or not.

    The call is an entry of the day, and unreached it owes a call-back until the reply's day, else until the
    meeting; another attempt is one of that call-back. ``phone`` is the number that was called, if it is not
    the invitee's. The receipt is that of the call's entry.

    Raises:
        InputError: what everybody would ask is not known yet, or there is no number.
        StateError: they were told already, or the notice has ended.
        NotFoundError: nobody like this is invited.
    """
    if done := touching.repeated(session, uid):
        return done
    notice, invitee = held.of_invitee(session, invitee_id)
    _known(notice)
    before = _this_round(session, notice, invitee)
    if any(one["told_at"] is not None for one in before):
        raise StateError("{name} was told already.", field="invitee", name=invitee["name"])
    reached = result is AttemptResult.REACHED
    says = _says(session, reply, attendee, reason) if reached and reply is not None else {}
    owed = held.owed(session, [one["call_id"] for one in before])
    whom = cleaning.line(told_whom, "told_whom") if reached else ""
    if owed:
        called = touching.open_entry(session, owed[0]["entry_id"])
        words = " · ".join(filter(None, (_saying(session, says), note)))
        receipt = callbacks.attempt_in(session, called, owed[0], result, whom, words, uid)
        if not reached:
            return receipt
        invitation = next(one for one in before if one["call_id"] == called.id)
        told = {"told_at": now(session), "told_whom": whom}
        notice.touched.others |= common.change(session, "invitation", invitation, told)
    else:
        receipt = _first(session, notice, invitee, result, _Said(whom, says, note, phone), uid)
        invitation_of = {
            "invitee": invitee["ordinal"],
            "round": notice.meeting["ordinal"],
            "call_id": receipt.entry_id,
            "told_at": now(session) if reached else None,
            "told_whom": whom,
        }
        notice.touched.others |= common.add(session, notice.id, "invitation", invitation_of)[1]
    notice.touched.others |= common.change(session, "invitee", invitee, says)
    held.save(session, notice, {}, "notify", journal.further(uid, 1))
    return receipt


def reply(
    session: Session,
    invitee_id: int,
    reply: Reply,
    *,
    attendee: str = "",
    reason: str = "",
    uid: uuid.UUID,
) -> Receipt:
    """An invitee says that somebody will attend (``attendee``), or is excused (``reason``).

    Raises InputError, NotFoundError, StateError.
    """
    if done := touching.repeated(session, uid):
        return done
    notice, invitee = held.of_invitee(session, invitee_id)
    if notice.meeting["cancelled"]:
        raise StateError("The meeting {number} is cancelled.", field="number", number=notice.number)
    says = _says(session, reply, attendee, reason)
    notice.touched.others |= common.change(session, "invitee", invitee, says)
    return held.save(session, notice, {}, "attend", uid)


def hold_for(session: Session, call_id: int) -> held.Held | None:
    """The notice for which an outgoing call was made and nobody reached yet, held before the call is."""
    query = select(_INVITATION.c.entry_id).where(
        _INVITATION.c.call_id == call_id,
        _INVITATION.c.status == common.STANDING,
        _INVITATION.c.told_at.is_(None),
    )
    found = session.connection().scalar(query.limit(1))
    return None if found is None else held.hold(session, found, ended_too=True)


def reached(session: Session, notice: held.Held, call_id: int, whom: str, uid: uuid.UUID) -> None:
    """Set the ✓: whoever was not reached before was reached by the call-back, wherever that was noted."""
    for invitation in held.calls(session, notice.id):
        if invitation["call_id"] == call_id and invitation["told_at"] is None:
            told = {"told_at": now(session), "told_whom": whom}
            notice.touched.others |= common.change(session, "invitation", invitation, told)
    held.save(session, notice, {}, "notify", journal.further(uid, 1))


class _Said:
    """What came of a call: who answered, what they say, what else was noted, at which number."""

    def __init__(self, whom: str, says: dict[str, Any], note: str, phone: str) -> None:
        self.whom = whom
        self.says = says
        self.note = note
        self.phone = phone


def _first(
    session: Session,
    notice: held.Held,
    invitee: RowMapping,
    result: AttemptResult,
    said: _Said,
    uid: uuid.UUID,
) -> Receipt:
    """Register the first call to an invitee in a round."""
    phone = said.phone or invitee["phone"]
    if not phone:
        raise InputError(
            "Write the number to call; none is known of {name}.", field="phone", name=invitee["name"]
        )
    department = invitee["department_id"]
    if department is None:
        person = known.whose(session, invitee["name"], phone)
        party = Party(name=invitee["name"], organisation=invitee["position"], phone=phone, person_id=person)
    else:
        party = Party(name=said.whom, organisation=invitee["name"], phone=phone)
    new: dict[str, Any] = {"act": Act.ANSWERED}
    if result is not AttemptResult.REACHED:
        owed = NewCallback(due_at=held.deadline(notice.meeting, now(session)), about=_about(session, notice))
        new = {
            "act": Act.PUT_THROUGH,
            "call_result": CallResult(result.value),
            "callback": owed,
        }
    entry = NewEntry(
        Kind.CALL_OUT,
        notice.touched.row["subject"],
        uid,
        request=_content(session, notice.meeting),
        outcome=" · ".join(filter(None, (said.whom, _saying(session, said.says), said.note))),
        category=Category.NOTICE,
        parties=(party,),
        department_id=department,
        details=Details(wanted="" if department is not None else invitee["name"]),
        **new,
    )
    return entries.write(session, entry, uid)


def _this_round(session: Session, notice: held.Held, invitee: RowMapping) -> list[RowMapping]:
    """The calls that an invitee had in the round that runs."""
    calls, this = held.calls(session, notice.id), (invitee["ordinal"], notice.meeting["ordinal"])
    return [one for one in calls if (one["invitee"], one["round"]) == this]


def _known(notice: held.Held) -> None:
    """Raises InputError where what is told would be half of it."""
    if notice.meeting["received"]:
        raise StateError(
            "{number} was notified to us; nobody is invited by us.", field="number", number=notice.number
        )
    if notice.meeting["cancelled"]:
        return
    for field, sentence in _NEEDED.items():
        if not notice.meeting[field]:
            raise InputError(sentence, field=field)


def _says(session: Session, reply: Reply, attendee: str, reason: str) -> dict[str, Any]:
    attends = reply is Reply.ATTENDS
    return {
        "reply": reply.value,
        "replied_at": now(session),
        "attendee": cleaning.line(attendee, "attendee") if attends else "",
        "reason": "" if attends else cleaning.line(reason, "reason"),
    }


def _saying(session: Session, says: dict[str, Any]) -> str:
    """``Will attend: 李明`` in the site's language; "" of nothing said."""
    if not says:
        return ""
    word = held.words(session).gettext(office_words.REPLIES[Reply(says["reply"])])
    who = says["attendee"] or says["reason"]
    return held.words(session).gettext("{name}: {value}").format(name=word, value=who) if who else word


def _about(session: Session, notice: held.Held) -> str:
    about = str(notice.touched.row["subject"])
    if notice.meeting["cancelled"]:
        about = held.words(session).gettext(_CANCELLED).format(text=about)
    return about[:200]


def _content(session: Session, meeting: RowMapping) -> str:
    """What is told by the call: when and where, in the site's language."""
    wording = held.words(session)
    parts = []
    if meeting["cancelled"]:
        parts.append(wording.gettext(office_words.CANCELLED))
    if meeting["meets_at"] is not None:
        local: dt.datetime = meeting["meets_at"].astimezone(present(session).zone)
        parts.append(f"{dates.long_date(local.date(), wording.language)} {dates.clock(local)}")
    return " · ".join((*parts, *filter(None, (meeting["place"],))))
