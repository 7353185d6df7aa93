"""催办单, the reminder slip: which referral is awaited, by how much it is late, and what was said of it.

It tells of the moment of the reminder: the limit that held then, and how long it had passed in the limit's
own unit. Printed again it says the same, with the reply and the new limit if there are any by now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception.facts import LimitClock, ReferralView, StepKind, StepView, Term, Visibility
from reception.facts.printing import Stamp
from reception.numbers import day_date
from reception.paper.form import Form
from reception.paper.slip_words import SIGNS, SlipWords, limit, plain
from reception.paper.style import Style
from reception.wording import NP_, Wording
from reception.words import WAYS

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.boxes import Band
    from reception.paper.page import Dress

FORM = Form(name="reminder_slip", title=NP_("paper", "Reminder slip"), paper="A5")


@dataclass(frozen=True, slots=True)
class ReminderSlip:
    """What one reminder's slip shows, in no language; ``overdue`` counts the limit's own unit."""

    site: str
    zone: str
    footer: str
    entry_id: int
    referral_id: int
    number: str
    slip: str
    subject: str
    department: str
    officer: str
    count: int
    due_day: int | None
    term: Term | None
    overdue: int | None
    step: StepView
    new_day: int | None
    sealed: bool = False


def collect(session: Session, *, referral: str, reminder: int = 0) -> ReminderSlip:
    """The slip of a referral's reminder, by its place among the steps of the entry; 0 for the latest.

    Raises InputError, NotFoundError where nobody was reminded; StateError for a sealed entry, but for a
    supervisor.
    """
    from reception.errors import NotFoundError
    from reception.operations import reading, referrals, site, veiling

    named, here = referrals.find_part(session, referral), site.site(session)
    whole = reading.entry(session, reading.find_number(session, named.name.partition("/")[0]))
    found = [one for one in whole.referrals if any(part.id == named.id for part in one.parts)]
    told = [step for one in found for step in one.steps if step.kind is StepKind.REMINDER]
    chosen = [one for one in told if reminder in (0, one.ordinal)]
    if not chosen:
        raise NotFoundError(
            "No such reminder of {number} is noted; note it first, then print its slip.",
            field="reminder",
            number=whole.row.number,
        )
    view, step = found[0], chosen[-1]
    row = veiling.entries(session, [whole.row], on_paper=True)[0]
    sealed = veiling.of(whole.row.category) is Visibility.SEALED
    due_day, new_day = _days(view, step)
    lead = next((one for one in reversed(view.parts) if one.department == step.department), named)
    return ReminderSlip(
        site=here.name,
        zone=here.zone,
        footer=here.footer,
        entry_id=row.id,
        referral_id=view.id,
        number=lead.name,
        slip=view.slip,
        subject="" if sealed else " · ".join(dict.fromkeys(filter(None, (row.matter, row.subject)))),
        sealed=sealed,
        department=lead.department_name,
        officer="" if sealed else lead.officer,
        count=told.index(step) + 1,
        due_day=due_day,
        term=view.term,
        overdue=_overdue(session, view.term, due_day, new_day, step.at),
        step=_bare(step) if sealed else step,
        new_day=new_day,
    )


def _days(view: ReferralView, step: StepView) -> tuple[int | None, int | None]:
    """The due day that held when the reminder was given, and the first one that was agreed after it."""
    moved = [one for one in view.steps if one.kind is StepKind.EXTENSION and one.ordinal > step.ordinal]
    if moved:
        return moved[0].due_before, moved[0].due_after
    return (view.term.due_day if view.term is not None else None), None


def _bare(step: StepView) -> StepView:
    return replace(step, whom="", words="", reply="")


def _overdue(
    session: Session, term: Term | None, due_day: int | None, new_day: int | None, at: dt.datetime
) -> int | None:
    """By how many of the limit's units it was late at a moment; None where that is not known."""
    from reception import hours
    from reception.context import local_day, present
    from reception.operations import site, terms

    if term is None or due_day is None:
        return None
    if term.clock is LimitClock.WORKING:
        return terms.Calendar(session).overdue_days(due_day, local_day(session, at))
    if term.clock is LimitClock.CALENDAR:
        return max((day_date(local_day(session, at)) - day_date(due_day)).days, 0)
    if new_day is not None:
        return None  # of an earlier limit only the day is kept
    office = hours.OfficeHours.read(site.values(session))
    return hours.minutes_between(term.due_at, at, office, present(session).zone) // 60


def settle(session: Session, *, referral: str, reminder: int = 0) -> dict[str, str | int]:
    """The definite arguments: the latest reminder is another one tomorrow. Raises as ``collect``."""
    chosen = collect(session, referral=referral, reminder=reminder)
    return {"referral": referral.strip().upper(), "reminder": chosen.step.ordinal}


def subject(*, referral: str, reminder: int = 0) -> str:
    """What it is a print of: the referral, and which reminder where it was chosen."""
    name = referral.strip().upper()
    return f"{name}#{reminder}" if reminder else name


def lines(data: ReminderSlip) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    yield "head", [data.site, data.footer]
    yield f"entry:{data.entry_id}", [data.number, data.subject, data.sealed]
    yield f"referral:{data.referral_id}", [*_about(data), *_said(data.step), data.new_day]


def _about(data: ReminderSlip) -> list[object]:
    """Which reminder of what, and how late it was."""
    known = [data.slip, data.department, data.officer, data.count]
    if data.term is None:
        return known
    late = [data.overdue, data.term.clock.value if data.overdue else ""]
    return [*known, *late, *(limit(data.term) if data.new_day is None else [data.due_day])]


def _said(step: StepView) -> list[object]:
    return [plain(step.way), step.whom, plain(step.at), step.words, step.reply, plain(step.replied_at)]


def dress(data: ReminderSlip, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot."""
    words = SlipWords(wording, ZoneInfo(data.zone))
    return words.dress(FORM.title, data, words.date(data.step.at))


def story(data: ReminderSlip, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """The one box of the slip."""
    from reception.paper.boxes import boxes

    words = _Words(wording, ZoneInfo(data.zone))
    continued = words.say(NP_("paper", "{label} (continued)"))
    return [boxes(style.width, words.bands(data), continued=continued)]


class _Words(SlipWords):
    """The words of the slip."""

    def bands(self, data: ReminderSlip) -> list[Band]:
        """From the number to the signature."""
        say, step = self.say, data.step
        original = data.slip or data.number
        number = say(NP_("paper", "{number}, reminder {count}")).format(number=original, count=data.count)
        replied = self.together((step.reply, self.time(step.replied_at)))
        way = self.wording.gettext(WAYS[step.way]) if step.way is not None else ""
        signed = say(SIGNS).format(name="")
        bands = [
            self.one(NP_("paper", "Number"), number),
            self.one(NP_("paper", "Referral"), self.together(dict.fromkeys((data.slip, data.number)))),
            self.one(NP_("paper", "What it is about"), self.about(data.subject, sealed=data.sealed)),
            self.one(NP_("paper", "Department"), self.together((data.department, data.officer))),
            self.one(NP_("paper", "It was due"), self._was_due(data)),
            self.pair(
                NP_("paper", "Overdue by"),
                self._late(data),
                NP_("paper", "Which reminder"),
                say(NP_("paper", "No. {count}")).format(count=data.count),
            ),
            self.one(NP_("paper", "How"), self.together((way, step.whom, self.time(step.at)))),
            self.one(NP_("paper", "What was said"), step.words, least=48, most=110),
            self.one(NP_("paper", "Reply"), replied, least=62, most=130),
            self.one(NP_("paper", "New limit"), self.day(data.new_day)),
            self.one(NP_("paper", "Signed for"), "", least=46, foot=signed),
        ]
        # the signature never stands alone on a page
        return [*bands[:-2], replace(bands[-2], keep=True), bands[-1]]

    def _was_due(self, data: ReminderSlip) -> str:
        if data.term is None:
            return ""
        if data.new_day is None:
            return self.due(data.term)
        return self.day(data.due_day)

    def _late(self, data: ReminderSlip) -> str:
        if data.overdue is None or data.term is None:
            return ""
        if data.overdue == 0:
            return self.say(NP_("paper", "Not overdue yet"))
        return self.amount(data.overdue, data.term.clock)
