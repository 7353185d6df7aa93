"""The words that paper has for papers received: the register and the handling slip say them alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from reception import dates
from reception.facts import EntryStatus
from reception.facts.papers_in import PaperIn
from reception.numbers import day_date
from reception.office_words import PAPER_WAYS
from reception.paper.plain import plain
from reception.wording import NP_, Wording
from reception.words import URGENCIES


def shown(one: PaperIn, zone: ZoneInfo) -> list[object]:
    """What both forms show of a paper, in no language."""
    came = (one.serial, one.day, one.sender, one.sender_number, one.title, one.copies)
    due = (one.due_at, True) if one.by_hour else (one.due_day, False)
    handled = (one.proposed, [[said.leader, said.words] for said in one.instructions])
    to = (one.lead, one.assisting, *due, one.provisional and one.due_day is not None)
    void = (one.status is EntryStatus.VOID, one.void_reason)
    filed = (one.filed_where, one.filed_at.astimezone(zone).date() if one.filed_at else None)
    rest = [one.urgency, *handled, *to, _result(one), *filed, *void]
    return [plain(value) for value in (*came, *rest)]


def _result(one: PaperIn) -> list[str]:
    return [text for text in (one.result, one.outcome) if text]


class PaperWords:
    """One language's way of putting what is known of papers received."""

    def __init__(self, wording: Wording, zone: ZoneInfo) -> None:
        self.wording, self.zone = wording, zone
        self.semicolon = self.say(NP_("paper", "; "))
        self.corrected = self.say(NP_("paper", "Corrected"))

    def say(self, message: str) -> str:
        """A message of the context "paper"."""
        return self.wording.pgettext("paper", message)

    def day(self, number: int | None) -> str:
        """The date of ``YYYYMMDD``, "" for none."""
        return dates.plain_date(day_date(number), self.wording.language) if number else ""

    def date(self, moment: dt.datetime | None) -> str:
        """The day of an instant, "" for none."""
        return dates.plain_date(moment.astimezone(self.zone).date(), self.wording.language) if moment else ""

    def time(self, moment: dt.datetime | None) -> str:
        """Day and minute of an instant, "" for none."""
        return dates.stamp(moment.astimezone(self.zone), self.wording.language) if moment else ""

    def urgency(self, one: PaperIn) -> str:
        """平件, 急件, 特急."""
        return self.wording.gettext(URGENCIES[one.urgency])

    def way(self, one: PaperIn) -> str:
        """How it came, and who brought it."""
        return self.together((self.wording.gettext(PAPER_WAYS[one.way]), one.brought_by))

    def instructions(self, one: PaperIn) -> str:
        """What leaders wrote on it, one below the other."""
        return "\n".join(self.named(said.leader, said.words) for said in one.instructions)

    def named(self, name: str, words: str) -> str:
        """What somebody said, "" for nobody in particular."""
        return self.say(NP_("paper", "{name}: {words}")).format(name=name, words=words) if name else words

    def departments(self, one: PaperIn) -> str:
        """The lead, and who assists."""
        assisting = self.say(NP_("paper", "assisting: {names}"))
        comma = self.wording.gettext(", ")
        return self.together(
            (one.lead, assisting.format(names=comma.join(one.assisting)) if one.assisting else "")
        )

    def due(self, one: PaperIn, *, short: bool = False) -> str:
        """By when they are to answer, and whether that may still change; ``short``: without the year."""
        when = (
            self._short_due(one) if short else self.time(one.due_at) if one.by_hour else self.day(one.due_day)
        )
        if not when or not one.provisional:
            return when
        form = self.say(NP_("paper", "{place} ({detail})"))
        return form.format(place=when, detail=self.wording.gettext("provisional"))

    def _short_due(self, one: PaperIn) -> str:
        language = self.wording.language
        if not one.due_day:
            return ""
        day = dates.short_date(day_date(one.due_day), language)
        if not one.by_hour or one.due_at is None:
            return day
        return f"{day}\n{dates.clock(one.due_at.astimezone(self.zone))}"

    def result(self, one: PaperIn) -> str:
        """What came of it."""
        return self.together(_result(one))

    def filed(self, one: PaperIn) -> str:
        """Where, and on which day."""
        return self.together((one.filed_where, self.date(one.filed_at)))

    def void(self, one: PaperIn) -> str:
        """Why it is void, "" for one that is not."""
        if one.status is not EntryStatus.VOID:
            return ""
        return self.say(NP_("paper", "Void: {reason}")).format(reason=one.void_reason)

    def together(self, texts: Iterable[str]) -> str:
        """What is known of several texts."""
        return self.semicolon.join(filter(None, texts))
