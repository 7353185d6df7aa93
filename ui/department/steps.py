"""What a department does with its part by itself, in its own words; the verbs are those of the desk."""

from __future__ import annotations

from dataclasses import replace

from reception.wording import N_
from ui.referrals.case import Case
from ui.referrals.steps import ANSWERED, RECEIVED, RETURNED, TIME_ASKED, Ask, Shape, Step


def _officer(case: Case) -> str:
    return case.row.part.officer if case.row is not None else ""


_WORDS = {
    "answer": N_("Our answer"),
    "case_number": N_("Our case number"),
}
STEPS: tuple[Step, ...] = (
    replace(
        RECEIVED,
        title=N_("Receive"),
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
    TIME_ASKED,
)
