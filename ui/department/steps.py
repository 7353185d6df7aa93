"""What a department does with its part by itself, in its own words; the verbs are those of the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reception.wording import N_
from reception.words import CLOCKS
from ui.referrals.case import Case
from ui.referrals.steps import ANSWERED, RECEIVED, RETURNED, TIME_ASKED, Ask, Shape, Step
from ui.wording import _


def _officer(case: Case) -> str:
    return case.row.part.officer if case.row is not None else ""


def _clock(case: Case) -> str:
    term = case.row.term if case.row is not None else None
    return _(CLOCKS[term.clock]) if term is not None else ""


_WORDS = {
    "answer": N_("Our answer"),
    "case_number": N_("Our case number"),
}
STEPS: tuple[Step, ...] = (
    replace(
        RECEIVED,
        title=N_("Receive"),
        blind=True,
        asks=(Ask("received_by", N_("Received by"), to="by", suggest=_officer),),
    ),
    replace(
        ANSWERED,
        title=N_("Answer"),
        asks=tuple(replace(ask, label=_WORDS.get(ask.name, ask.label)) for ask in ANSWERED.asks),
    ),
    replace(
        RETURNED,
        title=N_("Return"),
        asks=(Ask("return_reason", N_("Why do we return it?"), Shape.TEXT, to="reason"),),
    ),
    replace(
        TIME_ASKED,
        asks=tuple(replace(ask, unit=_clock) if ask.name == "amount" else ask for ask in TIME_ASKED.asks),
    ),
)


def steps(here: Callable[[], str]) -> tuple[Step, ...]:
    """The same where ``here`` tells who sits there: that is who receives."""

    def receiver(case: Case) -> str:
        return here() or _officer(case)

    received, *others = STEPS
    return (replace(received, asks=tuple(replace(ask, suggest=receiver) for ask in received.asks)), *others)
