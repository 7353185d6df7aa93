"""Referrals as somebody would keep account of them on paper: what the register is compared with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from chinese_calendar import is_workday

from reception.facts import Category, PartOutcome, PartStatus, ReferralStatus, StepKind, Way

LIMITS: dict[Category | None, tuple[int, bool]] = {
    None: (5, True),
    Category.COMPLAINT: (13, True),
    Category.PETITION: (60, False),
    Category.ACCUSATION: (5, True),
}
"""What the site's template says: how many days, and whether they are working days."""
ASKED = (Category.COMPLAINT, Category.PETITION)
TRIES = 2
LADDER = {1: Way.WRITTEN, 6: Way.DIRECTOR}
"""How the template's ladder reminds, by working days after the due day."""
UNDER_WAY = (PartStatus.SENT, PartStatus.RECEIVED)
FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


OFF: set[dt.date] = set()
"""Days that the site has entered as days off since."""
MAY_BE_OFF = ("2026-12-01", "2026-12-04", "2026-12-09", "2026-12-22")


def worked(day: dt.date) -> bool:
    if day in OFF:
        return False
    if day.year <= 2026:
        return bool(is_workday(day))
    return day.weekday() < 5 and (day.month, day.day) not in FIXED


def worked_between(first: dt.date, last: dt.date) -> int:
    """How many working days come after ``first``, up to and with ``last``."""
    days = (first + dt.timedelta(days=at) for at in range(1, (last - first).days + 1))
    return sum(worked(day) for day in days)


@dataclass
class Reminded:
    """A reminder: the how-manieth step it is, its way and rung, and whether something was said to it."""

    at: int
    way: Way
    rung: int | None
    said: bool = False


@dataclass
class Share:
    """A department's part, as somebody would note it on paper."""

    code: str
    sending: int
    leads: bool
    status: PartStatus = PartStatus.SENT
    outcome: PartOutcome | None = None

    @property
    def name(self) -> str:
        return self.code + (f"-{self.sending}" if self.sending > 1 else "")


@dataclass
class Sent:
    """A referral and its entry, as somebody would note them on paper."""

    id: int
    entry: int
    number: str
    category: Category | None
    leader: str
    started: dt.date
    days: int
    parts: list[Share]
    status: ReferralStatus = ReferralStatus.OPEN
    pauses: list[list[dt.date | None]] = field(default_factory=list)
    due: dt.date = dt.date.min
    leader_asked: bool = False
    slip: int | None = None
    steps: list[StepKind] = field(default_factory=list)
    looks: list[tuple[StepKind, bool | None]] = field(default_factory=list)
    """The looks back since the referral was last sent, re-routed or reopened; what came of each."""
    rerouted: int = 0
    reminders: list[Reminded] = field(default_factory=list)
    """Since the clock last began anew."""
    asks: bool = False
    """The department asks for more time, and nobody has decided."""

    @property
    def awaited(self) -> bool:
        """The department is to answer, and its clock runs."""
        return self.runs and self.lead.status in UNDER_WAY and not self.paused

    @property
    def lead(self) -> Share:
        return [one for one in self.parts if one.leads and one.status is not PartStatus.WITHDRAWN][-1]

    @property
    def runs(self) -> bool:
        return self.status in (ReferralStatus.OPEN, ReferralStatus.COMPLETED)

    @property
    def paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1][1] is None

    @property
    def ended(self) -> bool:
        return self.runs and self.lead.status in (PartStatus.ANSWERED, PartStatus.RETURNED)

    @property
    def called(self) -> bool:
        calls = [content for kind, content in self.looks if kind is StepKind.CALLED_BACK]
        reached = [content for content in calls if content is not None]
        return reached[-1] if reached else len(calls) >= TRIES

    @property
    def seen(self) -> bool:
        looks = [content for kind, content in self.looks if kind is StepKind.SEEN]
        return bool(looks) and bool(looks[-1])

    def counted(self) -> dt.date:
        """When so many days have passed of which none fell into a pause; a day off gives way to the next."""
        stands = [(one, end) for one, end in self.pauses if one is not None and end is not None]
        day, left = self.started, self.days
        for one, end in stands:
            if one <= day < end:
                day = end
        working = LIMITS[self.category][1]
        while left:
            day += dt.timedelta(days=1)
            still = any(one <= day < end for one, end in stands)
            if not still and (worked(day) or not working):
                left -= 1
        while any(one <= day < end for one, end in stands) or not worked(day):
            day += dt.timedelta(days=1)
        return day

    def send(self, code: str, *, leads: bool) -> None:
        before = [one for one in self.parts if one.code == code]
        self.parts.append(Share(code, len(before) + 1, leads))

    def again(self, today: dt.date) -> None:
        """Handled again, its limit from today."""
        self.steps.append(StepKind.REOPENED)
        self.status, self.looks = ReferralStatus.OPEN, []
        self.started, self.days = today, LIMITS[self.category][0]
        self.pauses = []
        self.reminders, self.asks = [], False
        self.due = self.counted()
        if self.lead.status is PartStatus.ANSWERED:
            self.send(self.lead.code, leads=True)
