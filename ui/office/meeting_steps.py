"""The steps of meeting notices: begun, called, replied, changed, taken in, laid before a leader, answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from reception.facts import AttemptResult
from reception.facts.meetings import MeetingRow, Notified
from reception.facts.office import Reply
from reception.office_words import REPLIES
from ui.office.meeting_panel import MeetingAbout
from ui.referrals.step import Ask, Shape, Step, Values, Yes
from ui.wording import N_, _

_YES = {Yes.YES: N_("Yes"), Yes.NO: N_("No")}
Suggest = Callable[[MeetingAbout], Any]


def _entry(about: MeetingAbout) -> int | None:
    return about.row.entry_id if about.row is not None else None


def _invitee(about: MeetingAbout) -> int | None:
    return about.invitee.id if about.invitee is not None else None


def _row(about: MeetingAbout) -> MeetingRow | None:
    return about.row if about.row is not None and not (about.row.ended or about.row.void) else None


def _ours(about: MeetingAbout) -> bool:
    row = _row(about)
    return row is not None and not row.received


def _theirs(about: MeetingAbout) -> bool:
    row = _row(about)
    return row is not None and row.received


def _stands(about: MeetingAbout) -> bool:
    row = _row(about)
    return row is not None and not row.cancelled


def _ours_stands(about: MeetingAbout) -> bool:
    return _ours(about) and _stands(about)


def _to_call(about: MeetingAbout) -> bool:
    return _ours(about) and about.invitee is not None and about.invitee.state is not Notified.TOLD


def _may_reply(about: MeetingAbout) -> bool:
    return _ours_stands(about) and about.invitee is not None


def _listed(about: MeetingAbout) -> bool:
    return _ours(about) and about.invitee is not None


def _shown(name: str) -> Suggest:
    """What stands now, as it would be typed."""

    def suggest(about: MeetingAbout) -> Any:
        if about.row is None or about.view is None:
            return ""
        if name == "subject":
            return about.row.subject
        value = getattr(about.view.now, name)
        return _typed(value, about) if isinstance(value, dt.datetime) else value

    return suggest


def _typed(moment: dt.datetime, about: MeetingAbout) -> str:
    return moment.astimezone(about.zone).strftime("%Y-%m-%d %H:%M")


def _kept(name: str) -> Suggest:
    """What stays where notices come in a row: who gives them out."""
    return lambda about: (about.before or {}).get(name)


def _no(_name: str) -> Suggest | None:
    return None


def _told(suggest: Callable[[str], Suggest | None]) -> tuple[Ask, ...]:
    """What is told of a meeting, convener and agenda before what is seldom asked."""
    return (
        Ask("subject", N_("Name of the meeting"), suggest=suggest("subject")),
        Ask("convener", N_("Convener"), half=True, suggest=suggest("convener")),
        Ask("meets_at", N_("When"), Shape.AHEAD, half=True, suggest=suggest("meets_at")),
        Ask("place", N_("Place"), half=True, suggest=suggest("place")),
        Ask("reply_by", N_("Reply wanted by"), Shape.AHEAD, half=True, suggest=suggest("reply_by")),
        Ask("agenda", N_("Agenda"), Shape.TEXT, suggest=suggest("agenda")),
        Ask("attendance", N_("Who should attend, by position"), half=True, suggest=suggest("attendance")),
        Ask(
            "issued_by",
            N_("Issued by"),
            aside=True,
            half=True,
            suggest=suggest("issued_by") or _kept("issued_by"),
        ),
        Ask("materials", N_("Materials"), aside=True, half=True, suggest=suggest("materials")),
        Ask("dress", N_("Dress"), aside=True, half=True, suggest=suggest("dress")),
    )


_INVITED = Ask(
    "invitees",
    N_("Who is to be called, one per line"),
    Shape.LIST,
    lines=5,
    hint=N_("departments and people known are offered; else name, position, phone; or: all departments"),
)
_REPLY = (
    Ask("reply", N_("What do they say?"), Shape.ONE_OF, options=REPLIES),
    Ask("attendee", N_("Who will attend?"), wanted=lambda _about, values: _says(values, Reply.ATTENDS)),
    Ask("reason", N_("Why are they excused?"), wanted=lambda _about, values: _says(values, Reply.EXCUSED)),
)


def _said(about: MeetingAbout, reply: Reply) -> str:
    """What they said before, where it is corrected."""
    one = about.invitee
    if one is None or one.reply is not reply or one.stale:
        return ""
    return one.attendee or one.reason


def _line(about: MeetingAbout, name: str) -> str:
    return str(getattr(about.invitee, name)) if about.invitee is not None else ""


def _says(values: Values, reply: Reply) -> bool:
    return str(values.get("reply") or "") == reply.value


def _notice(about: MeetingAbout, values: Values) -> Mapping[str, Any]:
    given = dict(values)
    return {**given, "invitees": about.read(given.pop("invitees", ""))}


def _taken(_about: MeetingAbout, values: Values) -> Mapping[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _more(about: MeetingAbout, values: Values) -> Mapping[str, Any]:
    return {"invitees": about.read(values["invitees"])}


def _result(result: AttemptResult) -> Callable[[MeetingAbout, Values], Mapping[str, Any]]:
    def given(_about: MeetingAbout, values: Values) -> Mapping[str, Any]:
        said = {name: value for name, value in values.items() if value is not None}
        return {"result": result, **said}

    return given


def _answer(_about: MeetingAbout, values: Values) -> Mapping[str, Any]:
    return {**values, "called": bool(values.get("called")), "phone": values.get("phone") or ""}


def _told_again(about: MeetingAbout) -> str:
    called = about.view is not None and any(one.of(about.view.now.ordinal) for one in about.view.invitees)
    return _("Another time or place begins a new round: everybody is to be told again.") if called else ""


NEW = Step(
    "meeting",
    "N",
    N_("New notice"),
    "office.meetings.notify",
    _entry,
    lambda _about: True,
    "plus",
    (*_told(_no), _INVITED),
    given=_notice,
    anew=True,
)
TAKEN = Step(
    "meeting-received",
    "R",
    N_("Notified to us"),
    "office.meetings.receive",
    _entry,
    lambda _about: True,
    "phone-incoming",
    (
        Ask("organisation", N_("Who calls: organisation"), half=True),
        Ask("name", N_("Who calls: name"), half=True),
        Ask("phone", N_("Phone"), half=True),
        *_told(_no),
        Ask("read_back", N_("Read back"), Shape.ONE_OF, options=_YES, half=True),
    ),
    given=_taken,
    anew=True,
)
REACHED = Step(
    "reached",
    "1",
    N_("Reached"),
    "office.meetings.call",
    _invitee,
    _to_call,
    "check",
    (Ask("told_whom", N_("Who answered?")), *_REPLY),
    given=_result(AttemptResult.REACHED),
)
NO_ANSWER = Step(
    "no-answer",
    "2",
    N_("No answer"),
    "office.meetings.call",
    _invitee,
    _to_call,
    "phone-missed",
    given=_result(AttemptResult.NO_ANSWER),
)
BUSY = Step(
    "busy",
    "3",
    N_("Busy"),
    "office.meetings.call",
    _invitee,
    _to_call,
    "pause",
    given=_result(AttemptResult.BUSY),
)
ATTENDS = Step(
    "attends",
    "A",
    REPLIES[Reply.ATTENDS],
    "office.meetings.reply",
    _invitee,
    _may_reply,
    "user",
    (Ask("attendee", N_("Who will attend?"), suggest=lambda about: _said(about, Reply.ATTENDS)),),
    given=lambda _about, values: {**values, "reply": Reply.ATTENDS},
)
EXCUSED = Step(
    "excused",
    "E",
    REPLIES[Reply.EXCUSED],
    "office.meetings.reply",
    _invitee,
    _may_reply,
    "door-open",
    (Ask("reason", N_("Why are they excused?"), suggest=lambda about: _said(about, Reply.EXCUSED)),),
    given=lambda _about, values: {**values, "reply": Reply.EXCUSED},
)
AMEND = Step(
    "amend",
    "4",
    N_("Correct the line"),
    "office.meetings.amend",
    _invitee,
    _listed,
    "pencil",
    (
        Ask("name", N_("Who is invited"), also=("invitees",), suggest=lambda about: _line(about, "name")),
        Ask("position", N_("Position"), half=True, suggest=lambda about: _line(about, "position")),
        Ask("phone", N_("Phone"), half=True, suggest=lambda about: _line(about, "phone")),
    ),
)
INVITE = Step(
    "invite",
    "5",
    N_("Invite more"),
    "office.meetings.invite",
    _entry,
    _ours_stands,
    "users",
    (_INVITED,),
    given=_more,
)
CHANGE = Step(
    "change",
    "6",
    N_("Change"),
    "office.meetings.change",
    _entry,
    _stands,
    "pencil",
    _told(_shown),
    about=_told_again,
)
CANCEL = Step(
    "cancel",
    "7",
    N_("Cancel the meeting"),
    "office.meetings.cancel",
    _entry,
    _ours_stands,
    "ban",
    sentence=N_("Whoever was told is to be told that it is cancelled; nobody else is called any more."),
)
END = Step(
    "end",
    "8",
    N_("End the notice"),
    "office.meetings.end",
    _entry,
    lambda about: _row(about) is not None,
    "archive-restore",
    sentence=N_("Nobody is called any more, and calls owed are given up."),
)
OFF = Step(
    "uninvite",
    "9",
    N_("Off the list"),
    "office.meetings.uninvite",
    _invitee,
    _listed,
    "x",
    sentence=N_("They are not called any more."),
)
LAID = Step(
    "lay",
    "1",
    N_("Laid before the leader"),
    "office.meetings.lay",
    _entry,
    _theirs,
    "user",
    (
        Ask("whom", N_("Before whom?"), also=("laid_before",)),
        Ask("at", N_("When, if not now?"), Shape.MOMENT, also=("laid_at",), aside=True),
    ),
)
ANSWERED = Step(
    "answer-sender",
    "2",
    N_("Answer the sender"),
    "office.meetings.answer_sender",
    _entry,
    _theirs,
    "message-circle-reply",
    (
        Ask(
            "whom",
            N_("Who was told?"),
            also=("answered_whom",),
            suggest=lambda about: about.view.entry.name if about.view is not None else "",
        ),
        Ask("words", N_("What: who comes, or that nobody does")),
        Ask("called", N_("By a call of ours"), Shape.ONE_OF, options=_YES, aside=True),
    ),
    given=_answer,
)
_REST = (AMEND, INVITE, CHANGE, CANCEL, END, OFF)
STEPS = (NEW, REACHED, NO_ANSWER, BUSY, LAID, ANSWERED, ATTENDS, EXCUSED, *_REST, TAKEN)
