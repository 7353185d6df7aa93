"""The words that slips share: times, limits, and who somebody is, in one language and by the site's clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception import dates
from reception.facts import LimitClock, Term
from reception.wording import NP_, Wording

if TYPE_CHECKING:
    from reception.paper.boxes import Band
    from reception.paper.notice import Notice
    from reception.paper.page import Dress
    from reception.paper.referral_slip import ReferralSlip
    from reception.paper.reminder_slip import ReminderSlip

LABEL = 74.0
"""Width of the cells that name the others, in points: six characters, or a long English word."""
LINE = 22.0
"""Height of a band of one line, in points."""
SIGNS = NP_("paper", "Signature: {name} ________________ Date: ____________")
HEAD_SIGNS = NP_("paper", "Signature of the head: ________________ Date: ____________")


@dataclass(frozen=True, slots=True)
class SlipWords:
    """One language's way of putting what stands on a slip."""

    wording: Wording
    zone: ZoneInfo

    def say(self, message: str) -> str:
        """A message of the context "paper"."""
        return self.wording.pgettext("paper", message)

    def dress(
        self, title: str, data: Notice | ReferralSlip | ReminderSlip, date: str, desk: str = ""
    ) -> Dress:
        """Head and foot of a slip; ``title`` is a message of the context "paper"."""
        from reception.paper.page import Dress

        return Dress(self.say(title), data.site, date, data.footer, data.zone, desk)

    def about(self, subject: str, *, sealed: bool) -> str:
        """What it is about; of an accusation, that it is one."""
        return self.wording.gettext("Accusation (sealed)") if sealed else subject

    def time(self, moment: dt.datetime | None) -> str:
        """Day and time, "" for none."""
        if moment is None:
            return ""
        return dates.stamp(moment.astimezone(self.zone), self.wording.language)

    def date(self, moment: dt.datetime) -> str:
        """The day of an instant."""
        return dates.plain_date(moment.astimezone(self.zone).date(), self.wording.language)

    def day(self, number: int | None) -> str:
        """The day of ``YYYYMMDD``, "" for none."""
        if number is None:
            return ""
        day = dt.date(number // 10_000, number // 100 % 100, number % 100)
        return dates.plain_date(day, self.wording.language)

    def due(self, term: Term | None) -> str:
        """By when, what the limit is, and whether it is provisional."""
        if term is None:
            return ""
        when = self.time(term.due_at) if term.clock is LimitClock.HOURS else self.day(term.due_day)
        gettext = self.wording.gettext
        amount = self.amount(term.amount, term.clock)
        marks = [amount, *([gettext("provisional")] if term.provisional else [])]
        return self.say(NP_("paper", "{place} ({detail})")).format(
            place=when, detail=gettext(", ").join(marks)
        )

    def amount(self, count: int, clock: LimitClock) -> str:
        """So much of what a limit is counted in."""
        ngettext = self.wording.ngettext
        if clock is LimitClock.HOURS:
            said = ngettext("{count} office hour", "{count} office hours", count)
        elif clock is LimitClock.WORKING:
            said = ngettext("{count} working day", "{count} working days", count)
        else:
            said = ngettext("{count} calendar day", "{count} calendar days", count)
        return said.format(count=count)

    def pair(self, first: str, one: str, second: str, other: str) -> Band:
        """Two cells with their labels, messages of the context "paper"."""
        from reception.paper.boxes import Band, Box, label

        cells = (label(self.say(first), LABEL), Box(one), label(self.say(second), LABEL), Box(other))
        return Band(cells, least=LINE)

    def one(self, name: str, text: str, *, least: float = LINE, most: float = 0, foot: str = "") -> Band:
        """A cell over the whole width with its label; one that may grow is written from the top."""
        from reception.paper.boxes import Band, Box, label

        body = Box(text, top=most > 0 or bool(foot), foot=foot)
        return Band((label(self.say(name), LABEL), body), least=least, most=most)

    def together(self, words: Iterable[str]) -> str:
        """What is known of several words, one after the other."""
        return " · ".join(filter(None, words))


def limit(term: Term | None) -> list[object]:
    """What ``due`` tells of a limit, in no language."""
    if term is None:
        return []
    due = plain(term.due_at) if term.clock is LimitClock.HOURS else term.due_day
    return [due, term.amount, term.clock.value, term.provisional]


def plain(value: object) -> object:
    """A fact as plain values in the order of its fields, in no language."""
    if is_dataclass(value):
        return [plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
