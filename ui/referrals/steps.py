"""Every step of a referral, as data; a further step is a further line in ``part_steps`` or ``whole_steps``.

The register has the last word: what it refuses is said beside the field, and what was typed stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reception.facts import AttemptResult, Todo
from reception.wording import N_
from ui.referrals import step
from ui.referrals.case import Case
from ui.referrals.part_steps import ANSWERED, RECEIVED, RETURNED, TIME_ASKED, TOLD
from ui.referrals.step import Ask, Shape, Step, Values, possible
from ui.referrals.whole_steps import (
    CALLED_BACK,
    CLOSED,
    DECIDED,
    DENIED,
    EXTENDED,
    NUMBERED,
    PAUSED,
    REMINDED,
    REOPENED,
    REPLIED,
    REROUTED,
    RESUMED,
    SEEN,
)

__all__ = [
    "ANSWERED",
    "OF_PART",
    "RECEIVED",
    "RETURNED",
    "STEPS",
    "TIME_ASKED",
    "TOLD",
    "Ask",
    "Shape",
    "Step",
    "Values",
    "fitting",
    "possible",
    "verb_of",
]

# Visitors and calls, which stand in the same list.

WENT_IN = Step(
    "went-in",
    "1",
    N_("Went in"),
    "entries.seen",
    step.entry,
    lambda case: case.todo.what is Todo.WAITING,
    "check",
)


def _calls(case: Case) -> bool:
    return case.todo.what is Todo.CALLBACK


def _attempt(name: str, key: str, title: str, result: AttemptResult, icon: str, *asks: Ask) -> Step:
    def given(_case: Case, values: Values) -> Mapping[str, Any]:
        return {"result": result, **values}

    return Step(name, key, title, "callbacks.attempt", step.call, _calls, icon, asks, given=given)


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
        step.call,
        _calls,
        "ban",
        (Ask("reason", N_("Why is nobody called any more?")),),
    ),
)
OF_PART = (TOLD, RECEIVED, ANSWERED, RETURNED)
"""What a department does with its part, noted by the desk on its behalf or by itself."""
STEPS = (
    *OF_PART,
    *(REROUTED, REMINDED, REPLIED, DECIDED),
    *(SEEN, CALLED_BACK, CLOSED, REOPENED),
    *(EXTENDED, DENIED, PAUSED, RESUMED, NUMBERED),
    WENT_IN,
    *CALLS,
)
"""In the order of the bar."""


def verb_of(one: Step, case: Case) -> str:
    """The verb that notes a step; an entry that only says that a call is wanted has verbs of its own."""
    bare = one.subject is step.call and case.todo.callback_id is None
    return f"{one.verb}_for" if bare else one.verb


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
    if case.row_asks:
        wished = (EXTENDED, *wished)  # late or not, the department waits for the desk's word
    if case.at_department and not wished:
        told = case.row is not None and case.row.part.told_at is not None
        wished = (RECEIVED, ANSWERED) if told else (TOLD, RECEIVED, ANSWERED)
    return next((one for one in wished if one in offered), offered[0] if offered else None)
