"""What was done with an entry, told in sentences: each act of its trail as one line, for screen and paper.

The trail keeps values by the names of their columns; here stands which of them are worth telling of which
act, and how they are put.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from reception import dates, trail_words
from reception.facts import TrailLine
from reception.shapes import dataclass
from reception.wording import N_, Wording
from reception.words import VERBS, small

_AS_IT_IS = "{value}"
_DAYS = frozenset({"due_day", "due_before", "due_after"})
_MOMENTS = frozenset({"told_at", "received_at", "contacted_at"})
"""Told only where they are not the act's own."""
_SENT = (
    ("referral.slip_number", N_("slip No. {value}")),
    ("referral.instruction", _AS_IT_IS),
    ("referral.leader", N_("instruction by {value}")),
    ("part.officer", N_("to {value}")),
    ("part.stood_in", N_("officer B stands in")),
    ("part.on_behalf", N_("taken by the desk on their behalf")),
    ("part.told_whom", N_("told: {value}")),
    ("referral.due_day", N_("due {value}")),
    ("referral.provisional", N_("provisional")),
)
_SENT_AGAIN = (
    ("part.officer", N_("to {value}")),
    ("part.stood_in", N_("officer B stands in")),
    ("part.on_behalf", N_("taken by the desk on their behalf")),
)
_REPLIED = (
    ("invitee.reply", _AS_IT_IS),
    ("invitee.attendee", _AS_IT_IS),
    ("invitee.reason", _AS_IT_IS),
)
Tells = tuple[tuple[str, str], ...]
TELLS: Mapping[str, Tells] = {
    "register": (("act", _AS_IT_IS), ("call_result", _AS_IT_IS), ("outcome", _AS_IT_IS), *_SENT),
    "refer": _SENT,
    "void": (("void_reason", _AS_IT_IS),),
    "answered": (("outcome", _AS_IT_IS),),
    "pointed": (("department_id", _AS_IT_IS), ("outcome", _AS_IT_IS)),
    "put-through": (("department_id", _AS_IT_IS), ("call_result", _AS_IT_IS), ("outcome", _AS_IT_IS)),
    "outcome": (("outcome", _AS_IT_IS),),
    "wait": (),
    "seen": (),
    "leave": (),
    "estimate": (),
    "check": (),
    "notice": (
        ("notice.matter", _AS_IT_IS),
        ("notice.lacks", N_("lacks {value}")),
        ("notice.refusal", _AS_IT_IS),
        ("notice.whereto", _AS_IT_IS),
    ),
    "circulate": (("circulation.whom", N_("to {value}")),),
    "sign": (("circulation.whom", _AS_IT_IS), ("circulation.note", _AS_IT_IS)),
    "take-off": (("circulation.whom", _AS_IT_IS),),
    "file": (("document.filed_where", _AS_IT_IS),),
    "notify": (
        ("invitation.round", N_("round {value}")),
        ("invitation.told_whom", _AS_IT_IS),
        *_REPLIED,
    ),
    "attend": _REPLIED,
    "new-round": (("meeting.meets_at", _AS_IT_IS), ("meeting.place", _AS_IT_IS)),
    "invite": (("invitee.name", _AS_IT_IS),),
    "uninvite": (),
    "cancel": (),
    "lay": (("meeting.laid_before", N_("before {value}")),),
    "answer-sender": (("meeting.answered_whom", N_("to {value}")), ("outcome", _AS_IT_IS)),
    "end-notice": (),
    "over": (),
    "owe": (("callback.due_at", N_("by {value}")), ("callback.about", _AS_IT_IS)),
    "called": (("attempt.result", _AS_IT_IS), ("attempt.reached", _AS_IT_IS), ("attempt.note", _AS_IT_IS)),
    "give-up": (("callback.reason", _AS_IT_IS),),
    "undo": (("undo.verb", _AS_IT_IS),),
    "redo": (("undo.verb", _AS_IT_IS),),
    "reveal": (),
    "told": (("part.told_whom", _AS_IT_IS), ("part.told_at", N_("at {value}"))),
    "receive": (("part.received_by", _AS_IT_IS), ("part.received_at", N_("at {value}"))),
    "answer": (
        ("part.outcome", _AS_IT_IS),
        ("part.case_number", N_("case number {value}")),
        ("part.passed_to", N_("to {value}")),
        ("part.answer", _AS_IT_IS),
        ("part.return_reason", _AS_IT_IS),
        ("part.contacted", _AS_IT_IS),
        ("part.contacted_how", _AS_IT_IS),
        ("part.contacted_at", N_("at {value}")),
    ),
    "return": (("part.return_reason", _AS_IT_IS),),
    "close": (("referral.closing_note", _AS_IT_IS),),
    "reopen": (("step.words", _AS_IT_IS), *_SENT_AGAIN, ("step.due_after", N_("due {value}"))),
    "reroute": (
        ("step.words", _AS_IT_IS),
        ("step.whom", N_("decided by {value}")),
        *_SENT_AGAIN,
        ("part.told_whom", N_("told: {value}")),
    ),
    "extend": (
        ("step.due_before", N_("was due {value}")),
        ("step.due_after", N_("now due {value}")),
        ("step.whom", N_("approved by {value}")),
        ("step.words", _AS_IT_IS),
    ),
    "ask": (("step.words", _AS_IT_IS), ("step.due_after", N_("until {value}"))),
    "deny": (("step.reply", _AS_IT_IS), ("step.whom", N_("decided by {value}"))),
    "pause": (("step.words", _AS_IT_IS),),
    "resume": (("referral.due_day", N_("due {value}")),),
    "remind": (("step.way", _AS_IT_IS), ("step.whom", _AS_IT_IS), ("step.words", _AS_IT_IS)),
    "decide": (("step.content", _AS_IT_IS), ("step.reply", _AS_IT_IS), ("step.whom", N_("to {value}"))),
    "reply": (("step.reply", _AS_IT_IS),),
    "leader-seen": (("step.whom", _AS_IT_IS), ("step.words", N_("new instruction: {value}"))),
    "call-back": (
        ("step.reached", _AS_IT_IS),
        ("step.content", _AS_IT_IS),
        ("step.words", _AS_IT_IS),
    ),
    "slip": (("referral.slip_number", N_("No. {value}")),),
    "step": (("job_step.words", _AS_IT_IS),),
    "report": (
        ("job_step.level", _AS_IT_IS),
        ("job_step.whom", _AS_IT_IS),
        ("job_step.words", _AS_IT_IS),
        ("job_step.reply", N_("says: {value}")),
    ),
    "instruct": (
        ("instruction.leader", _AS_IT_IS),
        ("instruction.words", _AS_IT_IS),
        ("instruction.job_id", N_("job {value}")),
    ),
    "log": (
        ("event.kind", _AS_IT_IS),
        ("event.whom", _AS_IT_IS),
        ("event.reached", _AS_IT_IS),
        ("event.words", _AS_IT_IS),
    ),
    "count": (("party_size", _AS_IT_IS),),
    "end-event": (("outcome", _AS_IT_IS),),
    "recompute": (("referral.due_day", N_("now due {value}")),),
}
"""What is told of each act, in this order; of an act that is not here, every value with its name."""
_AGAIN: Tells = (*_SENT_AGAIN, ("step.due_after", N_("due {value}")))
"""What is told of its being handled again where another act is the reason."""
_LOOKS = frozenset({"call-back", "leader-seen"})
"""Acts that may have a referral handled again."""
_YES_NO: Mapping[tuple[str, str, str], str] = {
    ("answer", "part.contacted", "True"): N_("the person was contacted"),
    ("answer", "part.contacted", "False"): N_("the person was not contacted"),
    ("call-back", "step.reached", "True"): N_("reached"),
    ("call-back", "step.reached", "False"): N_("not reached"),
    ("call-back", "step.content", "True"): N_("satisfied"),
    ("call-back", "step.content", "False"): N_("not satisfied"),
    ("decide", "step.content", "True"): N_("goes up to the leader in charge"),
    ("decide", "step.content", "False"): N_("stays with the office"),
}
FIELDS: Mapping[str, str] = {
    **trail_words.FIELDS,
    "subject": N_("Matter"),
    "matter_id": N_("Matter of the catalogue"),
    "outcome": N_("Done"),
    "party_size": N_("People"),
    "department_id": N_("Send to"),
    "call_result": N_("How it ended"),
    "waiting_since": N_("Waits since"),
    "seen_at": N_("Went in at"),
    "complained_about": N_("Against whom"),
    "since": N_("Since when"),
    "identity_protected": N_("Do not disclose the identity"),
    "parties": N_("Persons"),
    "organisation": N_("From"),
    "document_type": N_("Document"),
    "document_number": N_("Its number"),
    "concerned_id": N_("About which department"),
}
"""What stands before a value, for window and paper."""
_LISTS = frozenset({"lacks", "materials"})
"""Values that hold one thing a line."""
_NOTHING = frozenset({"", "None", "False"})
_PLAIN: Mapping[str, str] = {"True": N_("Yes"), "False": N_("No")}


@dataclass(frozen=True, slots=True)
class Told:
    """One line: when, by whom, what was done with which departments' parts, and what was said."""

    at: dt.datetime
    operator: str
    what: str
    where: str
    said: str


def lines(trail: Iterable[TrailLine], wording: Wording, zone: dt.tzinfo) -> tuple[Told, ...]:
    """The acts of a trail, first to last, in one language and by the site's clock."""
    words = _Words(wording, zone)
    return tuple(told for one in trail for told in words.told(one))


@dataclass(frozen=True, slots=True)
class _Words:
    wording: Wording
    zone: dt.tzinfo

    def told(self, one: TrailLine) -> tuple[Told, ...]:
        """One line; a second where the act had the referral handled again."""
        if one.verb in _LOOKS and any(name == "step.due_after" for name, _old, _new in one.changes):
            first = replace(one, departments=())
            return self.line(first, one.verb, TELLS[one.verb]), self.line(one, "reopen", _AGAIN)
        return (self.line(one, one.verb, TELLS.get(one.verb)),)

    def line(self, one: TrailLine, verb: str, tells: Tells | None) -> Told:
        gettext = self.wording.gettext
        what = gettext(VERBS[verb]) if verb in VERBS else verb
        where = gettext(", ").join(one.departments)
        said = self._chosen(one, tells) if tells is not None else self._every(one)
        return Told(one.at, one.operator, what, where, " · ".join(dict.fromkeys(filter(None, said))))

    def _chosen(self, one: TrailLine, tells: Tells) -> list[str]:
        said = []
        for field, template in tells:
            for name, _old, new in one.changes:
                if name == field and (value := self._value(one, name, new)):
                    said.append(self.wording.gettext(template).format(value=value))
        return said

    def _every(self, one: TrailLine) -> list[str]:
        gettext, said = self.wording.gettext, []
        for name, _old, new in one.changes:
            label = FIELDS.get(name) or FIELDS.get(name.rpartition(".")[2]) or name
            value = self._value(one, name, new) or "–"
            said.append(gettext("{name}: {value}").format(name=gettext(label), value=value))
        return said

    def _value(self, one: TrailLine, name: str, value: str) -> str:
        gettext, last = self.wording.gettext, name.rpartition(".")[2]
        if (word := _YES_NO.get((one.verb, name, value))) is not None:
            return gettext(word)
        if value in _NOTHING:
            return ""
        if last in _DAYS:
            return dates.plain_date(dt.date.fromisoformat(value), self.wording.language)
        if last in _MOMENTS and value == f"{one.at.astimezone(self.zone):%Y-%m-%d %H:%M}":
            return ""
        if word := trail_words.of_value(name, value):
            return small(gettext(word))
        if value in _PLAIN:
            return gettext(_PLAIN[value])
        rows = value.splitlines() if last in _LISTS else [value]
        return gettext("; ").join(" ".join(row.split()) for row in rows)
