"""Acts on a meeting notice as a whole: given out or taken in, changed, cancelled, laid before a leader."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from sqlalchemy import RowMapping

from reception import journal
from reception import text as rules
from reception.context import CLOCK_SLACK, Session, now
from reception.errors import InputError, StateError
from reception.facts import Act, Category, Details, Kind, NewEntry, Party, Receipt
from reception.facts.office import NewInvitee, NewMeeting, Stands
from reception.operations import cleaning, entries, touching
from reception.operations.office import common
from reception.operations.office.meetings import held, told
from reception.wording import N_

_ROUND = ("meets_at", "place")
"""What makes all that was told before stale."""
_NEW_ROUND = N_("Time or place changed; told again in round {round}")
_CANCELLED = N_("Meeting cancelled")
_ENDED = N_("Meeting notice ended")
_UNINVITED = N_("Not invited any more")


def begin(session: Session, entry_id: int, new: NewMeeting, values: Mapping[str, Any]) -> common.Changes:
    """Write the first round and who is invited; ``values`` are its entry's. Raises InputError."""
    given = {name: getattr(new, name) for name in (*told.LINES, "agenda", *told.MOMENTS)}
    words = told.cleaned(given)
    told.check_times(words)
    told.check_to_come(session, words["meets_at"], values)
    _, changes = common.add(session, entry_id, "meeting", {**_BLANK, **words, "received": new.received})
    return changes | _invite(session, entry_id, new.invitees)


_BLANK: Mapping[str, Any] = {
    **dict.fromkeys((*told.LINES, "agenda", "laid_before", "answered_whom"), ""),
    **dict.fromkeys((*told.MOMENTS, "laid_at", "answered_at", "ended_at")),
    "cancelled": False,
}


def notify(
    session: Session,
    *,
    subject: str,
    convener: str = "",
    agenda: str = "",
    meets_at: dt.datetime | None = None,
    place: str = "",
    attendance: str = "",
    materials: str = "",
    dress: str = "",
    reply_by: dt.datetime | None = None,
    issued_by: str = "",
    invitees: Sequence[NewInvitee] = (),
    late: bool = False,
    received_at: dt.datetime | None = None,
    uid: uuid.UUID,
) -> Receipt:
    """Begin a notice of ours; ``received_at`` is when it was given out (now). Raises InputError."""
    words = (convener, agenda, meets_at, place, attendance, materials, dress, reply_by, issued_by)
    record = NewMeeting(*words, invitees=tuple(invitees))
    new = NewEntry(Kind.MEETING, subject, uid, record=record, late=late, received_at=received_at)
    return entries.register(session, new)


def receive(
    session: Session,
    *,
    subject: str,
    convener: str = "",
    agenda: str = "",
    meets_at: dt.datetime | None = None,
    place: str = "",
    attendance: str = "",
    materials: str = "",
    dress: str = "",
    reply_by: dt.datetime | None = None,
    issued_by: str = "",
    name: str = "",
    organisation: str = "",
    phone: str = "",
    read_back: bool | None = None,
    late: bool = False,
    received_at: dt.datetime | None = None,
    uid: uuid.UUID,
) -> Receipt:
    """Somebody (``name``, ``organisation``, ``phone``) notified us of a meeting by phone. Raises InputError.

    The entry is their call; it stays open until they are answered.
    """
    words = (convener, agenda, meets_at, place, attendance, materials, dress, reply_by, issued_by)
    sender = Party(name=name, organisation=organisation, phone=phone)
    new = NewEntry(
        Kind.CALL_IN,
        subject,
        uid,
        category=Category.NOTICE,
        parties=(sender,) if sender != Party() else (),
        details=Details(read_back=read_back),
        record=NewMeeting(*words, received=True),
        late=late,
        received_at=received_at,
    )
    return entries.register(session, new)


class Keep(Enum):
    """What is not named stays; None would say that it is not known any more."""

    AS_IT_IS = "as it is"


_KEEP = Keep.AS_IT_IS


def change(
    session: Session,
    entry_id: int,
    *,
    subject: str | Keep = _KEEP,
    convener: str | Keep = _KEEP,
    agenda: str | Keep = _KEEP,
    meets_at: dt.datetime | Keep | None = _KEEP,
    place: str | Keep = _KEEP,
    attendance: str | Keep = _KEEP,
    materials: str | Keep = _KEEP,
    dress: str | Keep = _KEEP,
    reply_by: dt.datetime | Keep | None = _KEEP,
    issued_by: str | Keep = _KEEP,
    uid: uuid.UUID,
) -> Receipt:
    """Change what is told.

    Once somebody was called, another time or place begins a new round: everybody is to be told again, and
    call-backs owed of the round before are given up. Raises InputError, NotFoundError, StateError.
    """
    if done := touching.repeated(session, uid):
        return done
    names = ("convener", "agenda", "meets_at", "place", "attendance", "materials", "dress", "reply_by")
    words = (convener, agenda, meets_at, place, attendance, materials, dress, reply_by, issued_by)
    given = zip((*names, "issued_by"), words, strict=True)
    new = told.cleaned({name: value for name, value in given if not isinstance(value, Keep)})
    notice = held.hold(session, entry_id)
    meeting = notice.meeting
    if meeting["cancelled"]:
        raise StateError("The meeting {number} is cancelled.", field="number", number=notice.number)
    if any(name in new and new[name] != meeting[name] for name in told.MOMENTS):
        told.check_times({**meeting, **new})
    entry = {} if isinstance(subject, Keep) else {"subject": told.subject(subject)}
    moved = any(name in new and new[name] != meeting[name] for name in _ROUND)
    if moved and any(one["round"] == meeting["ordinal"] for one in held.calls(session, entry_id)):
        ordinal = _next_round(session, notice, new)
        receipt = held.save(session, notice, entry, "new-round", uid)
        said = held.words(session).gettext(_NEW_ROUND).format(round=ordinal)
        held.give_up(session, notice.id, None, said, uid)
        return receipt
    notice.touched.others |= common.change(session, "meeting", meeting, new)
    return held.save(session, notice, entry, "correct", uid)


def cancel(session: Session, entry_id: int, *, uid: uuid.UUID) -> Receipt:
    """The meeting does not take place: a round of its own, in which whoever was told is told so.

    Raises NotFoundError, StateError.
    """
    if done := touching.repeated(session, uid):
        return done
    notice = held.hold(session, entry_id)
    if notice.meeting["cancelled"] or notice.meeting["received"]:
        raise StateError(
            "The meeting {number} cannot be cancelled here.", field="number", number=notice.number
        )
    knows = any(one["told_at"] is not None for one in held.calls(session, entry_id))
    _next_round(session, notice, {"cancelled": True} if knows else {"cancelled": True, **held.ended(session)})
    receipt = held.save(session, notice, {}, "cancel", uid)
    held.give_up(session, notice.id, None, held.words(session).gettext(_CANCELLED), uid)
    return receipt


def invite(session: Session, entry_id: int, invitees: Sequence[NewInvitee], *, uid: uuid.UUID) -> Receipt:
    """Add to the list of those to be called. Raises InputError for nobody, or who is on it already."""
    if done := touching.repeated(session, uid):
        return done
    notice = held.hold(session, entry_id)
    _ours(notice)
    if not invitees:
        raise InputError("Say who is invited.", field="invitees")
    notice.touched.others |= _invite(session, entry_id, invitees)
    return held.save(session, notice, {}, "invite", uid)


def amend(
    session: Session, invitee_id: int, *, name: str, position: str = "", phone: str = "", uid: uuid.UUID
) -> Receipt:
    """Correct a line of the list; what was told stays. Raises InputError, NotFoundError, StateError."""
    if done := touching.repeated(session, uid):
        return done
    notice, row = held.of_invitee(session, invitee_id)
    typed = _invitee(NewInvitee(name, position, phone))
    new = {column: typed[column] for column in ("name", "position", "phone")}
    others = (one for one in common.rows(session, notice.id, "invitee") if one["id"] != invitee_id)
    if alike({**row, **new}) in {alike(one) for one in others}:
        raise InputError("{name} is on the list already.", field="name", name=new["name"])
    notice.touched.others |= common.change(session, "invitee", row, new)
    return held.save(session, notice, {}, "correct", uid)


def uninvite(session: Session, invitee_id: int, *, uid: uuid.UUID) -> Receipt:
    """Take somebody off the list; a call-back owed is given up. Raises NotFoundError, StateError."""
    if done := touching.repeated(session, uid):
        return done
    notice, row = held.of_invitee(session, invitee_id)
    notice.touched.others |= common.change(session, "invitee", row, {"status": Stands.WITHDRAWN.value})
    receipt = held.save(session, notice, {}, "uninvite", uid)
    held.give_up(session, notice.id, {row["ordinal"]}, held.words(session).gettext(_UNINVITED), uid)
    return receipt


def lay(
    session: Session, entry_id: int, whom: str, *, at: dt.datetime | None = None, uid: uuid.UUID
) -> Receipt:
    """A notice that we received was laid before a leader (``whom``), at ``at`` (now).

    Raises InputError, NotFoundError, StateError.
    """
    if done := touching.repeated(session, uid):
        return done
    notice = held.hold(session, entry_id)
    _theirs(notice)
    moment = at or now(session)
    if moment > now(session) + CLOCK_SLACK:
        raise InputError("This time is still to come.", field="laid_at")
    new = {"laid_before": cleaning.required_line(whom, "laid_before")}
    notice.touched.others |= common.change(session, "meeting", notice.meeting, {**new, "laid_at": moment})
    return held.save(session, notice, {}, "lay", uid)


def answer_sender(
    session: Session,
    entry_id: int,
    whom: str,
    words: str,
    *,
    called: bool = False,
    phone: str = "",
    uid: uuid.UUID,
) -> Receipt:
    """Whoever notified us was told (``whom``) what we say to it (``words``): who comes, or that nobody does.

    ``called``: by an outgoing call, which is an entry of the day (at ``phone``, the sender's); otherwise at
    once. The notice has ended with it. Raises InputError, NotFoundError, StateError.
    """
    if done := touching.repeated(session, uid):
        return done
    notice = held.hold(session, entry_id)
    _theirs(notice)
    said = cleaning.required(words, "words")
    who = cleaning.required_line(whom, "answered_whom")
    new = {"answered_whom": who, "answered_at": now(session), **held.ended(session)}
    notice.touched.others |= common.change(session, "meeting", notice.meeting, new)
    entry = {"outcome": said, **_answered(notice)}
    if not called:
        return held.save(session, notice, entry, "answer-sender", uid)
    sender = _sender(session, notice, who, phone)
    out = NewEntry(
        Kind.CALL_OUT,
        notice.touched.row["subject"],
        uid,
        category=Category.NOTICE,
        parties=(sender,),
        outcome=said,
        request=notice.number,
        act=Act.ANSWERED,
    )
    receipt = entries.write(session, out, uid)
    held.save(session, notice, entry, "answer-sender", journal.further(uid, 1))
    return receipt


def end(session: Session, entry_id: int, *, uid: uuid.UUID) -> Receipt:
    """Nothing is to be done about the notice any more: the meeting is over. Calls owed are given up.

    Raises NotFoundError, StateError.
    """
    if done := touching.repeated(session, uid):
        return done
    notice = held.hold(session, entry_id)
    notice.touched.others |= common.change(session, "meeting", notice.meeting, held.ended(session))
    entry = _answered(notice) if notice.meeting["received"] else {}
    receipt = held.save(session, notice, entry, "end-notice", uid)
    held.give_up(session, notice.id, None, held.words(session).gettext(_ENDED), uid)
    return receipt


def end_over(session: Session, entry_id: int, *, uid: uuid.UUID) -> Receipt:
    """As ``end``, by the desk itself on the day after the meeting. Raises NotFoundError, StateError."""
    if done := touching.repeated(session, uid):
        return done
    notice = held.hold(session, entry_id)
    notice.touched.others |= common.change(session, "meeting", notice.meeting, held.ended(session))
    receipt = held.save(session, notice, {}, "over", uid)
    held.give_up(session, notice.id, None, held.words(session).gettext(_ENDED), uid)
    return receipt


def _next_round(session: Session, notice: held.Held, new: Mapping[str, Any]) -> int:
    """Write what holds from now on; the round before it has ended."""
    meeting = notice.meeting
    kept = {name: meeting[name] for name in (*_BLANK, "received") if name != "ended_at"}
    notice.touched.others |= common.change(session, "meeting", meeting, held.ended(session))
    ordinal, changes = common.add(session, notice.id, "meeting", {**kept, "ended_at": None, **new})
    notice.touched.others |= changes
    return ordinal


def _invite(session: Session, entry_id: int, invitees: Sequence[NewInvitee]) -> common.Changes:
    known = {alike(row) for row in common.rows(session, entry_id, "invitee")}
    held.check_size(len(known) + len(invitees))
    changes: common.Changes = {}
    for one in invitees:
        values = _invitee(one)
        if alike(values) in known:
            raise InputError("{name} is on the list already.", field="invitees", name=values["name"])
        known.add(alike(values))
        changes |= common.add(session, entry_id, "invitee", values)[1]
    return changes


def _invitee(new: NewInvitee) -> dict[str, Any]:
    if not rules.clean_name(new.name):
        text = (new.position or new.phone)[:60]
        raise InputError("'{text}' names nobody; a name is needed.", field="invitees", text=text)
    return {
        "department_id": new.department_id,
        "name": cleaning.measured(rules.clean_name(new.name), "invitees", rules.SHORT),
        "position": cleaning.line(new.position, "invitees"),
        "phone": cleaning.measured(rules.clean_phone(new.phone), "invitees", rules.SHORT),
        "reply": None,
        "replied_at": None,
        "attendee": "",
        "reason": "",
    }


def alike(values: Mapping[str, Any] | RowMapping) -> tuple[object, ...]:
    """What two invitees have in common who are one: two of one name have numbers of their own."""
    return rules.fold(values["name"]), values["department_id"], rules.phone_numbers(values["phone"])


def _ours(notice: held.Held) -> None:
    if notice.meeting["received"]:
        raise StateError(
            "{number} was notified to us; nobody is invited by us.", field="number", number=notice.number
        )


def _theirs(notice: held.Held) -> None:
    if not notice.meeting["received"]:
        raise StateError(
            "{number} is a notice of ours; nobody waits for our answer.", field="number", number=notice.number
        )


def _answered(notice: held.Held) -> dict[str, Any]:
    row = notice.touched.row
    return {} if row["act"] is not None else {"act": Act.ANSWERED.value, "call_result": None}


def _sender(session: Session, notice: held.Held, whom: str, phone: str) -> Party:
    from reception.operations import reading

    parties = reading.entry(session, notice.id).parties
    main = parties[0] if parties else Party()
    same = not whom or whom == main.name
    return Party(
        name=whom or main.name,
        phone=phone or main.phone,
        organisation=main.organisation,
        person_id=main.person_id if same else None,
    )
