"""The steps of one department's part: told, received, answered, returned, more time asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from reception.facts import PartOutcome, PartStatus
from reception.wording import N_
from reception.words import OUTCOMES
from ui.referrals import step
from ui.referrals.case import Case
from ui.referrals.step import Ask, Shape, Step, Values, Yes

YES: Mapping[StrEnum, str] = {Yes.YES: N_("Yes"), Yes.NO: N_("No")}
_OUTCOMES: Mapping[StrEnum, str] = {one: OUTCOMES[one] for one in PartOutcome}
FORESEE = "referrals.foreseeing.foresee"

_LATER = N_("now; or e.g. 9:42")
TOLD = Step(
    "told",
    "1",
    N_("Told by phone"),
    "referrals.told",
    step.part,
    lambda case: case.at_department,
    "phone-outgoing",
    (
        Ask(
            "told_whom",
            N_("Whom did you tell?"),
            to="whom",
            suggest=lambda case: case.officer or (case.row.part.officer if case.row is not None else ""),
        ),
        Ask("told_at", N_("When?"), Shape.MOMENT, to="at", hint=_LATER, aside=True),
    ),
)
RECEIVED = Step(
    "received",
    "2",
    N_("Received"),
    "referrals.receive",
    step.part,
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


def chosen(name: str, *values: StrEnum) -> Callable[[Case, Values], bool]:
    """Ask for something only if one of these is chosen in the field called ``name``."""
    return lambda _case, typed: typed.get(name) in values


def _contact(case: Case, typed: Values) -> bool:
    return case.contact and typed.get("outcome") is not PartOutcome.PASSED_ON


ANSWERED = Step(
    "answered",
    "3",
    N_("Answered"),
    "referrals.answer",
    step.part,
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
            wanted=chosen("outcome", PartOutcome.PASSED_ON),
        ),
        Ask("case_number", N_("Their case number"), wanted=chosen("outcome", PartOutcome.ACCEPTED)),
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
    step.part,
    lambda case: case.at_department,
    "corner-up-left",
    (Ask("return_reason", N_("Why did they return it?"), Shape.TEXT, to="reason"),),
)

TIME_ASKED = Step(
    "time-asked",
    "7",
    N_("Ask for more time"),
    "referrals.ask",
    step.part,
    lambda case: case.counts and case.leads and case.at_department and not case.row_asks,
    "calendar-days",
    (
        Ask("amount", N_("How many more?"), Shape.NUMBER, also=("limit",), needed=True),
        Ask("reason", N_("Why?"), Shape.TEXT),
    ),
    foresee=FORESEE,
)
"""A department's own; the desk extends instead."""
