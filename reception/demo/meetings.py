"""Meetings notified by phone: each call is an outgoing call of the day; all told again when it changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any

from reception import dates, journal
from reception.demo import names, scenery
from reception.demo.cases import Until, later
from reception.demo.chain import Changes, Row
from reception.demo.front import Front
from reception.demo.ledger import Held
from reception.demo.stories import FINISHED, OPEN, Life, Story, minutes
from reception.facts import Act, AttemptResult, CallbackStatus, CallResult, Category, Kind, Party, Sex
from reception.facts.office import Reply, Stands
from reception.operations import cleaning

_TURNS = (1, 3, 0, 2)
_UNREACHED = 0.25
_TRIES = 2
_NEW_ROUND = "时间或地点有变，第2轮重新通知"
_GIVEN_UP = {"cancel": "会议取消", "over": "会议通知结束", "uninvite": "不再参会"}
_LINES = ("convener", "agenda", "place", "attendance", "materials", "dress", "issued_by")


@dataclass(slots=True)
class Meeting:
    """A notice under way: who is still to be called in this round, and whose call is owed."""

    held: Held
    waiting: list[int] = field(default_factory=list)
    owed: dict[int, tuple[Held, int]] = field(default_factory=dict)
    """By the place of the invitee: the call, and the place of its invitation."""
    unreached: bool = False
    """Nobody answers the first two calls today."""

    @property
    def round(self) -> Row:
        """What holds now."""
        return self.held.beside["meeting"][-1]

    def invitee(self, place: int) -> Row:
        """An invitee by the place."""
        return self.held.beside["invitee"][place - 1]

    def invited(self) -> list[int]:
        """The places of all who are invited."""
        rows = self.held.beside["invitee"]
        return [row["ordinal"] for row in rows if row["status"] == Stands.STANDING.value]


def notice(front: Front, at: dt.datetime, *, turn: int | None = None, unreached: bool = False) -> Life:
    """A notice of ours: by its ``turn`` others are invited, it changes or is called off."""
    times = front.times["meeting"] = front.times.get("meeting", 0) + 1
    turn = _TURNS[(times - 1) % len(_TURNS)] if turn is None else turn
    meeting = _begin(front, at)
    meeting.unreached = unreached
    front.meetings.insert(0 if unreached else len(front.meetings), meeting)
    at = later(front, at, 1.5, 3)
    yield at
    if turn < 2:
        at = yield from _invited_anew(front, meeting, at)
    if turn == 1:
        _changed(front, meeting, at)
    elif turn == 3:
        _called_off(front, meeting, at)
    at = later(front, at, 0.5, 2)
    yield at
    _replied(front, meeting, at)
    met = at if meeting.round["cancelled"] else meeting.round["meets_at"]
    if turn != 1:
        at = max(at, front.hours.after(met, 1.5))
        yield at
        _ended(front, meeting, at, "end-notice")
    else:  # the desk itself ends it on the next day
        at = front.hours.instant(front.hours.local(max(met, at)).date() + dt.timedelta(days=1), 515)
        yield at
        _ended(front, meeting, at, "over")


def turn(front: Front) -> Story | None:
    """The next call about a meeting, if somebody is still to be called."""
    front.meetings = [one for one in front.meetings if one.waiting]
    if not front.meetings:
        return None
    first = front.meetings[0]
    return partial(_call, meeting=first) if first.unreached or front.dice.random() < 0.8 else None


def received(front: Front, at: dt.datetime, *, stop: str = "") -> Life:
    """Somebody notifies us of a meeting: read back, laid before a leader, answered."""
    speech = front.speech
    row = {**_told(front, at), "issued_by": "", "received": True}
    sender = front.from_office()
    held = front.entry(
        at,
        Kind.CALL_IN,
        None,
        sender,
        subject=speech.word("meetings"),
        category=Category.NOTICE.value,
        read_back=True,
        beside=[("meeting", {**row, "convener": sender[0]["organisation"]})],
    )
    if stop == "taken":
        return
    at = later(front, at, 0.1, 0.8, quick=bool(stop))
    yield at
    laid = {"laid_at": at, "laid_before": speech.word("leaders")}
    front.change(at, held, "lay", {}, others=front.ledger.beside_changed(held, "meeting", laid))
    if stop:
        return
    at = later(front, at, 0.3, 3)
    yield at
    done = {"answered_at": at, "answered_whom": sender[0]["name"], "ended_at": at}
    others = front.ledger.beside_changed(held, "meeting", done)
    said = {"outcome": speech.word("meeting_sender"), "act": Act.ANSWERED.value, "status": FINISHED}
    front.change(at, held, "answer-sender", said, others=others)


def _told(front: Front, at: dt.datetime) -> Row:
    dice, hours, word = front.dice, front.hours, front.speech.word
    day = hours.local(at).date()
    for _working_day in range(dice.randint(1, 3)):
        day += dt.timedelta(days=1 if day.weekday() < 4 else 7 - day.weekday())
    before = hours.local(at).date()
    return {
        **dict.fromkeys(_LINES, ""),
        "received": False,
        "cancelled": False,
        "convener": word("conveners"),
        "agenda": word("agendas"),
        "meets_at": hours.instant(day, dice.choice((540, 570, 900))),
        "place": word("rooms"),
        "attendance": word("attendance"),
        "materials": word("materials"),
        "dress": word("dress"),
        "reply_by": hours.instant(before, 1020),
        "issued_by": "局办公室",
        "laid_at": None,
        "laid_before": "",
        "answered_at": None,
        "answered_whom": "",
        "ended_at": None,
    }


def _begin(front: Front, at: dt.datetime) -> Meeting:
    dice, subject = front.dice, front.speech.word("meetings")
    invitees = [_department(front, one) for one in dice.sample(front.speech.departments, k=_some(front))]
    for _town in range(dice.randint(1, 2)):
        name = scenery.town(dice) + "人社中心"
        if all(one["name"] != name for one in invitees):
            invitees.append(_invitee(name, scenery.landline(Random(name))))
    beside = [("meeting", _told(front, at)), *(("invitee", one) for one in invitees)]
    meeting = Meeting(front.entry(at, Kind.MEETING, None, [], subject=subject, beside=beside))
    meeting.waiting = meeting.invited()
    return meeting


def _some(front: Front) -> int:
    return min(front.dice.randint(2, 4), len(front.speech.departments))


def _department(front: Front, one: Any) -> Row:
    phone = one.phone or scenery.landline(Random(one.name))
    return {**_invitee(one.name.partition(" / ")[0], phone), "department_id": one.id}


def _invitee(name: str, phone: str, position: str = "") -> Row:
    return {
        "department_id": None,
        "name": name,
        "position": position,
        "phone": phone,
        **dict.fromkeys(("reply", "replied_at")),
        **dict.fromkeys(("attendee", "reason"), ""),
    }


def _call(front: Front, at: dt.datetime, *, meeting: Meeting) -> Life:
    place = meeting.waiting.pop(0)
    invitee, dice = meeting.invitee(place), front.dice
    reached = dice.random() >= _UNREACHED and not (meeting.unreached and place <= _TRIES)
    whom = front.officer(invitee["department_id"] or 0) if reached else ""
    says = _says(front, at) if reached and not meeting.round["cancelled"] else {}
    row, party = _of_call(front, meeting, invitee, whom, says)
    if not reached:
        result = dice.choice((CallResult.NO_ANSWER, CallResult.NO_ANSWER, CallResult.BUSY))
        row |= {"act": Act.PUT_THROUGH.value, "call_result": result.value}
        known = [one for one in (meeting.round["reply_by"], meeting.round["meets_at"]) if one > at]
        row["callback"] = {"due": known[0] if known else None, "about": row["subject"]}
    called = front.entry(at, Kind.CALL_OUT, None, [party], **row)
    assert called.act is not None
    told = {"told_at": at if reached else None, "told_whom": whom}
    of = {"invitee": place, "round": len(meeting.held.beside["meeting"]), "call_id": called.row["id"]}
    others = front.ledger.beside_changed(meeting.held, "invitee", says, place) if says else {}
    uid = journal.further(called.act, 1)
    front.add(at, meeting.held, "notify", ("invitation", {**of, **told}), others=others, uid=uid)
    if not reached:
        meeting.owed[place] = called, len(meeting.held.beside["invitation"])
        yield from _tried(front, meeting, place, called, at)


def _of_call(
    front: Front, meeting: Meeting, invitee: Row, whom: str, says: Row
) -> tuple[dict[str, Any], Row]:
    department = invitee["department_id"]
    name, unit = (whom, invitee["name"]) if department else (invitee["name"], invitee["position"])
    local = front.hours.local(meeting.round["meets_at"])
    when = f"{dates.long_date(local.date(), dates.CHINESE)} {dates.clock(local)}"
    parts = ["会议取消"] if meeting.round["cancelled"] else []
    row: dict[str, Any] = {
        "subject": meeting.held.row["subject"],
        "request": " · ".join((*parts, when, meeting.round["place"])),
        "outcome": " · ".join(filter(None, (whom, _saying(says)))),
        "category": Category.NOTICE.value,
        "department_id": department,
        "wanted": "" if department else invitee["name"],
        "act": Act.ANSWERED.value,
    }
    return row, cleaning.party(Party(name, invitee["phone"], unit), 0)


def _says(front: Front, at: dt.datetime) -> Row:
    roll = front.dice.random()
    if roll < 0.25:
        return {}
    attends = roll < 0.9
    return {
        "reply": (Reply.ATTENDS if attends else Reply.EXCUSED).value,
        "replied_at": at,
        "attendee": front.speech.word("attendees") if attends else "",
        "reason": "" if attends else front.speech.word("excused"),
    }


def _saying(says: Row) -> str:
    if not says:
        return ""
    word = "参会" if says["reply"] == Reply.ATTENDS else "请假"
    return f"{word}：{says['attendee'] or says['reason']}"


def _tried(front: Front, meeting: Meeting, place: int, called: Held, at: dt.datetime) -> Life:
    """Called again until somebody answers, unless nobody is to be called about it any more."""
    for attempt in range(_TRIES):
        at = front.hours.after(at + minutes(front, 15, 60), 0)
        yield at
        if called.callbacks[-1]["status"] != CallbackStatus.OWED.value:
            return
        if attempt + 1 < _TRIES and (meeting.unreached or front.dice.random() < 0.4):
            missed = front.ledger.attempt(at, called, AttemptResult.NO_ANSWER)
            front.change(at, called, "called", {}, others=missed)
            if meeting.unreached:
                return
            continue
        whom = front.officer(meeting.invitee(place)["department_id"] or 0)
        reached = front.ledger.attempt(at, called, AttemptResult.REACHED, reached=whom)
        done = {"act": Act.ANSWERED.value, "call_result": None, "status": FINISHED}
        clerk = front.clerk(at)
        front.ledger.change(at, clerk, called, "called", done, reached)
        assert called.act is not None
        _call_held, invitation = meeting.owed.pop(place)
        told = {"told_at": at, "told_whom": whom}
        others = front.ledger.beside_changed(meeting.held, "invitation", told, invitation)
        uid = journal.further(called.act, 1)
        front.ledger.change(at, clerk, meeting.held, "notify", {}, others, uid)
        return


def _invited_anew(front: Front, meeting: Meeting, at: dt.datetime) -> Until:
    sex = front.dice.choice(tuple(Sex))
    name = names.person(front.dice, sex)
    one = _invitee(name, scenery.mobile(front.dice), scenery.town(front.dice) + "分管领导")
    front.add(at, meeting.held, "invite", ("invitee", one))
    _call_on(front, meeting, [*meeting.waiting, len(meeting.held.beside["invitee"])])
    at += minutes(front, 2, 9)
    yield at
    place = meeting.invited()[1]
    gone = {"status": Stands.WITHDRAWN.value}
    others = front.ledger.beside_changed(meeting.held, "invitee", gone, place)
    front.change(at, meeting.held, "uninvite", {}, others=others)
    if place in meeting.waiting:
        meeting.waiting.remove(place)
    _give_up(front, meeting, at, _GIVEN_UP["uninvite"], [place])
    return at


def _changed(front: Front, meeting: Meeting, at: dt.datetime) -> None:
    """Another time: whoever was told is told again."""
    if not meeting.held.beside.get("invitation"):
        new = {"place": front.speech.word("rooms")}
        others = front.ledger.beside_changed(meeting.held, "meeting", new)
        front.change(at, meeting.held, "correct", {}, others=others)
        return
    moved = meeting.round["meets_at"] + dt.timedelta(hours=front.dice.choice((1, 24)))
    others = _next_round(front, meeting, at, {"meets_at": moved})
    front.change(at, meeting.held, "new-round", {}, others=others)
    _give_up(front, meeting, at, _NEW_ROUND)
    _call_on(front, meeting, meeting.invited())


def _called_off(front: Front, meeting: Meeting, at: dt.datetime) -> None:
    """It does not take place: whoever was told is told so."""
    first = meeting.held.beside.get("invitation", ())
    knows = [one["invitee"] for one in first if one["told_at"] is not None]
    new = {"cancelled": True} if knows else {"cancelled": True, "ended_at": at}
    others = _next_round(front, meeting, at, new)
    front.change(at, meeting.held, "cancel", {"status": OPEN if knows else FINISHED}, others=others)
    _give_up(front, meeting, at, _GIVEN_UP["cancel"])
    _call_on(front, meeting, [place for place in meeting.invited() if place in knows])


def _call_on(front: Front, meeting: Meeting, places: list[int]) -> None:
    """These are still to be called."""
    meeting.waiting = places
    if meeting not in front.meetings:
        front.meetings.append(meeting)


def _next_round(front: Front, meeting: Meeting, at: dt.datetime, new: Row) -> Changes:
    own = frozenset({"id", "entry_id", "ordinal", "operator_id", "at", "status", "ended_at"})
    kept = {name: value for name, value in meeting.round.items() if name not in own}
    place = len(meeting.held.beside["meeting"])
    others = front.ledger.beside_changed(meeting.held, "meeting", {"ended_at": at}, place)
    clerk = front.clerk(at)
    row = {**kept, "ended_at": None, **new}
    return {**others, **front.ledger.beside(at, clerk, meeting.held, "meeting", row)}


def _replied(front: Front, meeting: Meeting, at: dt.datetime) -> None:
    """Somebody who did not know yet says who comes."""
    silent = [place for place in meeting.invited() if meeting.invitee(place)["reply"] is None]
    if meeting.round["cancelled"] or meeting.round["ended_at"] is not None or not silent:
        return
    says = _says(front, at) or {"reply": Reply.ATTENDS.value, "replied_at": at, "attendee": "本人参加"}
    others = front.ledger.beside_changed(meeting.held, "invitee", says, silent[0])
    front.change(at, meeting.held, "attend", {}, others=others)


def _ended(front: Front, meeting: Meeting, at: dt.datetime, verb: str) -> None:
    if meeting.round["ended_at"] is not None:
        return
    meeting.waiting = []
    place = len(meeting.held.beside["meeting"])
    others = front.ledger.beside_changed(meeting.held, "meeting", {"ended_at": at}, place)
    front.change(at, meeting.held, verb, {"status": FINISHED}, others=others)
    _give_up(front, meeting, at, _GIVEN_UP["over"])


def _give_up(
    front: Front, meeting: Meeting, at: dt.datetime, reason: str, places: list[int] | None = None
) -> None:
    """Calls that are owed are not made any more, as further lines of the act in hand."""
    act = meeting.held.act
    assert act is not None
    clerk = front.clerk(at)
    for number, place in enumerate(sorted(meeting.owed if places is None else places), start=1):
        if place not in meeting.owed:
            continue
        called, _invitation = meeting.owed.pop(place)
        ended = {"status": CallbackStatus.GIVEN_UP.value, "ended_at": at, "reason": reason}
        new = {"status": FINISHED, **({} if called.row["outcome"] else {"outcome": reason})}
        others = front.ledger.callback(called, ended)
        front.ledger.change(at, clerk, called, "give-up", new, others, journal.further(act, number))
