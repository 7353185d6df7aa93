"""The steps of a referral as a whole: reminded, extended, sent on, looked back at, closed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from reception.facts import NewReferral, Way
from reception.wording import N_
from reception.words import WAYS, small
from ui.referrals import step
from ui.referrals.case import Case
from ui.referrals.part_steps import FORESEE, chosen
from ui.referrals.step import Ask, Shape, Step, Values, Yes
from ui.wording import _

_REACHED: Mapping[StrEnum, str] = {Yes.YES: N_("Reached"), Yes.NO: N_("Not reached")}
_CONTENT: Mapping[StrEnum, str] = {Yes.YES: N_("Satisfied"), Yes.NO: N_("Not satisfied")}
_UP: Mapping[StrEnum, str] = {Yes.YES: N_("Goes up to the leader"), Yes.NO: N_("Stays with the office")}
_WAYS: Mapping[StrEnum, str] = {one: WAYS[one] for one in (Way.PHONE, Way.WRITTEN, Way.DIRECTOR)}


def _called(values: Values) -> str:
    if values.get("reached") is not Yes.YES:
        return _(_REACHED[Yes.NO])
    content = values.get("content")
    return " · ".join([_(_REACHED[Yes.YES])] + ([_(_CONTENT[content])] if content is not None else []))


def _looked(values: Values) -> str:
    return _("New instruction") if values.get("instruction") else ""


CLOSED = Step(
    "closed",
    "5",
    N_("Close"),
    "referrals.close",
    step.referral,
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


def _ladder(case: Case) -> str:
    """Which step of the site's ladder is due."""
    days, way, row = case.todo.rung, case.todo.way, case.row
    if days is None or way is None or row is None:
        return _("No step of the ladder is due: a reminder out of turn.")
    if days < 0 and row.term is not None:
        told = _("Due by the reminder steps: {days} working days before the due day, {way}.")
        return told.format(days=row.term.remind_days, way=small(_(WAYS[way])))
    told = _("Due by the reminder steps: {days} working days after the due day, {way}.")
    return told.format(days=days, way=small(_(WAYS[way])))


def _on_paper(values: Values) -> str:
    return _("Alt+M prints its slip") if values["way"] is Way.WRITTEN else ""


REMINDED = Step(
    "reminded",
    "6",
    N_("Remind"),
    "referrals.reminding.remind",
    step.referral,
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
            wanted=chosen("way", Way.PHONE),
        ),
        Ask("director", N_("Before which director?"), also=("whom",), wanted=chosen("way", Way.DIRECTOR)),
        Ask("words", N_("What was said?"), Shape.TEXT),
    ),
    about=_ladder,
    given=_reminded,
    result=_on_paper,
)
REPLIED = Step(
    "replied",
    "R",
    N_("They say to it"),
    "referrals.reminding.reply",
    step.reminder,
    lambda case: case.unanswered_reminder is not None and case.open,
    "message-circle-reply",
    (Ask("reply", N_("What do they say to the reminder?"), Shape.TEXT, to="text"),),
)
DECIDED = Step(
    "decided",
    "U",
    N_("Director decided"),
    "referrals.reminding.decide",
    step.referral,
    lambda case: case.laid_before_director and case.open and case.leads and not case.paused,
    "user-cog",
    (
        Ask("up", N_("What was decided?"), Shape.ONE_OF, options=_UP, needed=True),
        Ask("leader", N_("To which leader?"), hint=N_("the leader in charge"), wanted=chosen("up", Yes.YES)),
        Ask("words", N_("What did the director say?"), Shape.TEXT),
    ),
)
EXTENDED = Step(
    "extended",
    "7",
    N_("Extend"),
    "referrals.extend",
    step.referral,
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
    step.referral,
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
    step.referral,
    lambda case: case.counts and not case.paused and not case.overdue,
    "pause",
    (Ask("reason", N_("What is awaited?")),),
)
RESUMED = Step(
    "resumed",
    "8",
    N_("Clock goes on"),
    "referrals.resume",
    step.referral,
    lambda case: case.counts and case.paused,
    "play",
    sentence=N_("As much time is left as when it was stopped; it goes on from now."),
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
    step.referral,
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
    moves=True,
)
REOPENED = Step(
    "reopened",
    "9",
    N_("Reopen"),
    "referrals.reopen",
    step.referral,
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
    moves=True,
)
SEEN = Step(
    "seen",
    "E",
    N_("Leader has seen it"),
    "referrals.leader_seen",
    step.referral,
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
        Ask(
            "days",
            N_("In how many working days"),
            Shape.NUMBER,
            also=("limit",),
            hint=N_("the site's"),
            wanted=lambda _case, values: bool(values.get("instruction")),
            aside=True,
        ),
    ),
    result=_looked,
    moves=True,
)
CALLED_BACK = Step(
    "called-back",
    "B",
    N_("Called the person back"),
    "referrals.call_back",
    step.referral,
    lambda case: case.completed or (case.ended and case.call_owed),
    "phone-outgoing",
    (
        Ask("reached", N_("Was the person reached?"), Shape.ONE_OF, options=_REACHED, needed=True),
        Ask("content", N_("Satisfied?"), Shape.ONE_OF, options=_CONTENT, wanted=chosen("reached", Yes.YES)),
        Ask(
            "words",
            N_("What was said?"),
            Shape.TEXT,
            hint=N_("needed from who is not satisfied: it is handled again"),
        ),
    ),
    result=_called,
    moves=True,
)
NUMBERED = Step(
    "numbered",
    "Y",
    N_("Slip number"),
    "referrals.slip",
    step.referral,
    lambda case: case.runs and case.row is not None and not case.row.slip,
    "file-text",
    sentence=N_("It goes out in writing and gets the next number of the year, which stays given."),
    result=lambda _values: _("Alt+P prints it"),
)
