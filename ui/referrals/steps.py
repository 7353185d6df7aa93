"""Every step of a referral, as data: its key, its words, what it asks for, and when it makes sense.

The register has the last word: what it refuses is said beside the field, and what was typed stays. A further
step is a further line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from reception.facts import AttemptResult, NewReferral, PartOutcome, PartStatus, Todo, Way
from reception.shapes import dataclass
from reception.wording import N_
from reception.words import OUTCOMES, WAYS
from ui.referrals.case import Case

Values = Mapping[str, Any]
"""What stands in the fields of a form, by name."""


class Shape(StrEnum):
    """What a field looks like."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"
    ONE_OF = "one-of"
    DEPARTMENT = "department"


class Yes(StrEnum):
    """A question that wants yes or no and may stay open."""

    YES = "yes"
    NO = "no"


YES: Mapping[StrEnum, str] = {Yes.YES: N_("Yes"), Yes.NO: N_("No")}
_REACHED: Mapping[StrEnum, str] = {Yes.YES: N_("Reached"), Yes.NO: N_("Not reached")}
_CONTENT: Mapping[StrEnum, str] = {Yes.YES: N_("Satisfied"), Yes.NO: N_("Not satisfied")}
_UP: Mapping[StrEnum, str] = {Yes.YES: N_("Goes up to the leader"), Yes.NO: N_("Stays with the office")}
_OUTCOMES: Mapping[StrEnum, str] = {one: OUTCOMES[one] for one in PartOutcome}
_WAYS: Mapping[StrEnum, str] = {one: WAYS[one] for one in (Way.PHONE, Way.WRITTEN, Way.DIRECTOR)}


@dataclass(frozen=True, slots=True)
class Ask:
    """One fact that a step asks for.

    Args:
        name: what the register's refusals call it; ``also`` are further such names.
        label: what stands beside the field.
        shape: what the field looks like.
        to: the argument of the verb that it fills, if that is called otherwise.
        hint: stands in the empty field.
        options: what there is to choose from, with the words.
        needed: the verb cannot be asked without it.
        aside: seldom told, so that Enter passes it by; Tab leads to it.
        suggest: what stands there at first; of a department its code.
        wanted: whether it is asked at all, by the case and by what stands in the fields before it.
    """

    name: str
    label: str
    shape: Shape = Shape.LINE
    to: str = ""
    also: tuple[str, ...] = ()
    hint: str = ""
    options: Mapping[StrEnum, str] | None = None
    needed: bool = False
    aside: bool = False
    suggest: Callable[[Case], Any] | None = None
    wanted: Callable[[Case, Values], bool] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Args:
        name: what code calls it.
        key: a digit or a letter: alone in a list, with Ctrl anywhere on the page.
        title: what its button says.
        verb: what notes it.
        subject: whose id the verb takes.
        makes_sense: whether it is offered; the register has the last word.
        icon: that of its button.
        asks: the facts that it needs; none are noted at once.
        sentence: what is to be known before it is agreed to, such as that it cannot be taken back.
        given: makes the verb's arguments from the values, where they are not simply those.
        foresee: a reading verb that tells what would become of the due date.
    """

    name: str
    key: str
    title: str
    verb: str
    subject: Callable[[Case], int | None]
    makes_sense: Callable[[Case], bool]
    icon: str
    asks: tuple[Ask, ...] = ()
    sentence: str = ""
    given: Callable[[Case, Values], Mapping[str, Any]] | None = None
    foresee: str = ""

    def arguments(self, case: Case, values: Values) -> Mapping[str, Any]:
        """The verb's arguments from what stands in the fields that are asked."""
        plain = {
            name: value is Yes.YES if isinstance(value, Yes) else value for name, value in values.items()
        }
        if self.given is not None:
            return self.given(case, plain)
        return {(ask.to or ask.name): plain[ask.name] for ask in self.asks if ask.name in plain}


def _part(case: Case) -> int | None:
    return case.row.part.id if case.row is not None else None


def _referral(case: Case) -> int | None:
    return case.row.referral_id if case.row is not None else None


def _entry(case: Case) -> int | None:
    return case.todo.entry_id


def _reminder(case: Case) -> int | None:
    return case.unanswered_reminder.id if case.unanswered_reminder is not None else None


def _call(case: Case) -> int | None:
    return case.todo.callback_id if case.todo.callback_id is not None else case.todo.entry_id


FORESEE = "referrals.foreseeing.foresee"

# The department's part.

_LATER = N_("now; or e.g. 9:42")
TOLD = Step(
    "told",
    "1",
    N_("Told by phone"),
    "referrals.told",
    _part,
    lambda case: case.at_department,
    "phone-outgoing",
    (
        Ask(
            "told_whom",
            N_("Whom did you tell?"),
            to="whom",
            suggest=lambda case: case.row.part.officer if case.row is not None else "",
        ),
        Ask("told_at", N_("When?"), Shape.MOMENT, to="at", hint=_LATER, aside=True),
    ),
)
RECEIVED = Step(
    "received",
    "2",
    N_("Received"),
    "referrals.receive",
    _part,
    lambda case: case.at_department and case.row is not None and case.row.part.status is PartStatus.SENT,
    "inbox",
    (
        Ask(
            "received_by",
            N_("Received by"),
            to="by",
            suggest=lambda case: case.row.part.told_whom if case.row is not None else "",
        ),
        Ask("received_at", N_("When?"), Shape.MOMENT, to="at", hint=_LATER, aside=True),
    ),
)


def _is(name: str, *values: StrEnum) -> Callable[[Case, Values], bool]:
    return lambda _case, typed: typed.get(name) in values


def _contact(case: Case, typed: Values) -> bool:
    return case.contact and typed.get("outcome") is not PartOutcome.PASSED_ON


ANSWERED = Step(
    "answered",
    "3",
    N_("Answered"),
    "referrals.answer",
    _part,
    lambda case: case.at_department,
    "message-circle-reply",
    (
        Ask(
            "outcome",
            N_("What is it?"),
            Shape.ONE_OF,
            options=_OUTCOMES,
            suggest=lambda _case: PartOutcome.ANSWERED,
        ),
        Ask(
            "passed_to",
            N_("To whom?"),
            Shape.DEPARTMENT,
            to="to",
            also=("department_id",),
            wanted=_is("outcome", PartOutcome.PASSED_ON),
        ),
        Ask("case_number", N_("Their case number"), wanted=_is("outcome", PartOutcome.ACCEPTED)),
        Ask("answer", N_("What do they say?"), Shape.TEXT, to="text", also=("return_reason",)),
        Ask("contacted", N_("Was the person contacted?"), Shape.ONE_OF, options=YES, wanted=_contact),
        Ask(
            "contacted_how",
            N_("How?"),
            hint=N_("by phone, in writing …"),
            wanted=lambda case, typed: _contact(case, typed) and typed.get("contacted") is Yes.YES,
        ),
        Ask(
            "contacted_at",
            N_("When?"),
            Shape.MOMENT,
            also=("received_at",),
            hint=_LATER,
            aside=True,
            wanted=lambda case, typed: _contact(case, typed) and typed.get("contacted") is Yes.YES,
        ),
    ),
)
RETURNED = Step(
    "returned",
    "4",
    N_("Returned"),
    "referrals.give_back",
    _part,
    lambda case: case.at_department,
    "corner-up-left",
    (Ask("return_reason", N_("Why did they return it?"), Shape.TEXT, to="reason"),),
)

TIME_ASKED = Step(
    "time-asked",
    "7",
    N_("Ask for more time"),
    "referrals.ask",
    _part,
    lambda case: case.counts and case.leads and case.at_department and not case.row_asks,
    "calendar-days",
    (
        Ask("amount", N_("How many more?"), Shape.NUMBER, also=("limit",), needed=True),
        Ask("reason", N_("Why?"), Shape.TEXT),
    ),
    foresee=FORESEE,
)
"""A department's own; the desk extends instead."""

# The referral as a whole.

CLOSED = Step(
    "closed",
    "5",
    N_("Close"),
    "referrals.close",
    _referral,
    lambda case: case.ended and not case.leader_owed and not case.call_owed,
    "circle-check",
    (
        Ask(
            "closing_note",
            N_("Closing note"),
            Shape.TEXT,
            to="note",
            hint=N_("may stay empty after an answer"),
        ),
    ),
)


def _reminded(case: Case, values: Values) -> Mapping[str, Any]:
    way = values["way"]
    rung = case.todo.rung if case.todo.way is None or way in (None, case.todo.way) else None
    whom = values.get("whom") or values.get("director") or ""
    return {"rung": rung, "way": way, "whom": whom, "words": values["words"]}


REMINDED = Step(
    "reminded",
    "6",
    N_("Remind"),
    "referrals.reminding.remind",
    _referral,
    lambda case: case.open and case.leads and case.at_department and not case.paused,
    "bell",
    (
        Ask(
            "way",
            N_("By what way?"),
            Shape.ONE_OF,
            also=("rung",),
            options=_WAYS,
            suggest=lambda case: case.todo.way or Way.PHONE,
        ),
        Ask(
            "whom",
            N_("Whom did you tell?"),
            suggest=lambda case: case.row.part.officer if case.row is not None else "",
            wanted=_is("way", Way.PHONE),
        ),
        Ask("director", N_("Before which director?"), also=("whom",), wanted=_is("way", Way.DIRECTOR)),
        Ask("words", N_("What was said?"), Shape.TEXT),
    ),
    given=_reminded,
)
REPLIED = Step(
    "replied",
    "R",
    N_("They say to it"),
    "referrals.reminding.reply",
    _reminder,
    lambda case: case.unanswered_reminder is not None and case.open,
    "message-circle-reply",
    (Ask("reply", N_("What do they say to the reminder?"), Shape.TEXT, to="text"),),
)
DECIDED = Step(
    "decided",
    "U",
    N_("Director decided"),
    "referrals.reminding.decide",
    _referral,
    lambda case: case.laid_before_director and case.open and case.leads and not case.paused,
    "user-cog",
    (
        Ask("up", N_("What was decided?"), Shape.ONE_OF, options=_UP, needed=True),
        Ask("leader", N_("To which leader?"), hint=N_("the leader in charge"), wanted=_is("up", Yes.YES)),
        Ask("words", N_("What did the director say?"), Shape.TEXT),
    ),
)
EXTENDED = Step(
    "extended",
    "7",
    N_("Extend"),
    "referrals.extend",
    _referral,
    lambda case: case.counts,
    "calendar-days",
    (
        Ask(
            "amount",
            N_("By how many more?"),
            Shape.NUMBER,
            also=("limit",),
            needed=True,
            suggest=lambda case: str(case.row.asked_amount or "") if case.row is not None else "",
        ),
        Ask("approver", N_("Who approved it?")),
        Ask(
            "reason",
            N_("Why?"),
            Shape.TEXT,
            suggest=lambda case: case.row.asked if case.row is not None else "",
        ),
    ),
    foresee=FORESEE,
)
DENIED = Step(
    "denied",
    "N",
    N_("No more time"),
    "referrals.deny",
    _referral,
    lambda case: case.row_asks,
    "ban",
    (
        Ask("words", N_("Why not?")),
        Ask("whom", N_("Who decided it?"), hint=N_("may stay empty"), aside=True),
    ),
)
PAUSED = Step(
    "paused",
    "8",
    N_("Stop the clock"),
    "referrals.pause",
    _referral,
    lambda case: case.counts and not case.paused and not case.overdue,
    "pause",
    (Ask("reason", N_("What is awaited?")),),
)
RESUMED = Step(
    "resumed",
    "8",
    N_("Clock goes on"),
    "referrals.resume",
    _referral,
    lambda case: case.counts and case.paused,
    "play",
)


def _new_lead(case: Case, values: Values) -> Mapping[str, Any]:
    new = NewReferral(
        lead_id=values["department_id"],
        decided_by=values.get("decided_by", ""),
        reason=values["reason"],
    )
    return {"new": new}


REROUTED = Step(
    "rerouted",
    "9",
    N_("Re-route"),
    "referrals.reroute",
    _referral,
    lambda case: case.came_back,
    "send",
    (
        Ask(
            "department_id",
            N_("To which department?"),
            Shape.DEPARTMENT,
            also=("assist_ids",),
            needed=True,
            suggest=lambda case: case.row.part.passed_to if case.row is not None else "",
        ),
        Ask(
            "decided_by",
            N_("Who decided it?"),
            hint=N_("the office director, from the second time on"),
            wanted=lambda case, _typed: case.rerouted,
        ),
        Ask("reason", N_("Why there?"), Shape.TEXT),
    ),
    given=_new_lead,
)
REOPENED = Step(
    "reopened",
    "9",
    N_("Reopen"),
    "referrals.reopen",
    _referral,
    lambda case: case.leads and (case.completed or case.closed),
    "refresh-cw",
    (
        Ask("reason", N_("Why is it handled again?"), Shape.TEXT),
        Ask(
            "department_id",
            N_("By whom?"),
            Shape.DEPARTMENT,
            hint=N_("who led it, if empty"),
            aside=True,
        ),
    ),
)
SEEN = Step(
    "seen",
    "E",
    N_("Leader has seen it"),
    "referrals.leader_seen",
    _referral,
    lambda case: case.ended and case.row is not None and bool(case.row.leader or case.row.leader_asked),
    "eye",
    (
        Ask(
            "whom",
            N_("Which leader?"),
            suggest=lambda case: case.row.leader if case.row is not None else "",
        ),
        Ask(
            "instruction",
            N_("New instruction"),
            Shape.TEXT,
            hint=N_("none if empty; with one it is handled again"),
        ),
    ),
)
CALLED_BACK = Step(
    "called-back",
    "B",
    N_("Called the person back"),
    "referrals.call_back",
    _referral,
    lambda case: case.ended,
    "phone-outgoing",
    (
        Ask("reached", N_("Was the person reached?"), Shape.ONE_OF, options=_REACHED, needed=True),
        Ask("content", N_("Satisfied?"), Shape.ONE_OF, options=_CONTENT, wanted=_is("reached", Yes.YES)),
        Ask(
            "words",
            N_("What was said?"),
            Shape.TEXT,
            hint=N_("needed from who is not satisfied: it is handled again"),
        ),
    ),
)
NUMBERED = Step(
    "numbered",
    "Y",
    N_("Slip number"),
    "referrals.slip",
    _referral,
    lambda case: case.runs and case.row is not None and not case.row.slip,
    "file-text",
    sentence=N_("It goes out in writing and gets the next number of the year, which stays given."),
)

# Visitors and calls, which stand in the same list.

WENT_IN = Step(
    "went-in",
    "1",
    N_("Went in"),
    "entries.seen",
    _entry,
    lambda case: case.todo.what is Todo.WAITING,
    "check",
)


def _calls(case: Case) -> bool:
    return case.todo.what is Todo.CALLBACK


def _attempt(name: str, key: str, title: str, result: AttemptResult, icon: str, *asks: Ask) -> Step:
    def given(_case: Case, values: Values) -> Mapping[str, Any]:
        return {"result": result, **values}

    return Step(name, key, title, "callbacks.attempt", _call, _calls, icon, asks, given=given)


CALLS = (
    _attempt(
        "call-reached",
        "1",
        N_("Reached"),
        AttemptResult.REACHED,
        "phone-call",
        Ask("reached", N_("Who answered?"), suggest=lambda case: case.todo.person),
    ),
    _attempt("call-no-answer", "2", N_("No answer"), AttemptResult.NO_ANSWER, "phone-missed"),
    _attempt("call-busy", "3", N_("Busy"), AttemptResult.BUSY, "circle-x"),
    Step(
        "call-given-up",
        "4",
        N_("Give up …"),
        "callbacks.give_up",
        _call,
        _calls,
        "ban",
        (Ask("reason", N_("Why is nobody called any more?")),),
    ),
)
OF_PART = (TOLD, RECEIVED, ANSWERED, RETURNED)
"""What a department does with its part, noted by the desk on its behalf or by itself."""
STEPS = (
    *OF_PART,
    *(REMINDED, REPLIED, DECIDED),
    *(SEEN, CALLED_BACK, CLOSED, REROUTED, REOPENED),
    *(EXTENDED, DENIED, PAUSED, RESUMED, NUMBERED),
    WENT_IN,
    *CALLS,
)
"""In the order of the bar."""


def possible(case: Case | None, steps: tuple[Step, ...] = STEPS) -> tuple[Step, ...]:
    """The steps that make sense for what stands under the cursor."""
    return tuple(one for one in steps if one.makes_sense(case)) if case is not None else ()


def verb_of(step: Step, case: Case) -> str:
    """The verb that notes a step; an entry that only says that a call is wanted has verbs of its own."""
    bare = step.subject is _call and case.todo.callback_id is None
    return f"{step.verb}_for" if bare else step.verb


_FITTING: Mapping[Todo, tuple[Step, ...]] = {
    Todo.WAITING: (WENT_IN,),
    Todo.ASKED: (EXTENDED,),
    Todo.OVERDUE: (REROUTED, DECIDED, REMINDED),
    Todo.DUE_TODAY: (REROUTED, DECIDED, REMINDED),
    Todo.RETURNED: (REROUTED,),
    Todo.CALL_BACK_PERSON: (CALLED_BACK,),
    Todo.LEADER: (SEEN,),
    Todo.REMIND: (DECIDED, REMINDED),
    Todo.CALLBACK: CALLS[:1],
    Todo.ANSWERED: (CLOSED,),
}


def fitting(case: Case, steps: tuple[Step, ...] = STEPS) -> Step | None:
    """The step that the row waits for; None where there is nothing but to look at the entry."""
    offered = possible(case, steps)
    wished = _FITTING.get(case.todo.what, ())
    if case.at_department and not wished:
        told = case.row is not None and case.row.part.told_at is not None
        wished = (RECEIVED, ANSWERED) if told else (TOLD, RECEIVED, ANSWERED)
    return next((one for one in wished if one in offered), offered[0] if offered else None)
