"""A year as it is being edited: which days are off, which are worked instead (no Qt)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from reception import years
from reception.deadlines import FIXED, WorkingDays, Year
from reception.facts import WorkingYear

_SATURDAY = 5
_NEAR = 10
"""So many days from a marked one a new mark takes its name: a feast and its make-up days."""
_DAY = dt.timedelta(days=1)


class YearDraft:
    """Starts from the register's year; of one that it does not know, from the fixed days off.

    Args:
        year: which.
        kept: what the register knows of it, None where its notice is not known.
    """

    def __init__(self, year: int, kept: WorkingYear | None) -> None:
        self.year = year
        self.known = kept is not None and bool(kept.days)
        found = years.parse(year, kept.days) if kept is not None else Year()
        self.off = dict(found.off)
        self.worked = dict(found.worked)
        if not self.known:
            self.off = {dt.date(year, month, day): "" for month, day in sorted(FIXED)}
        self._days = WorkingDays({year: Year(self.off, self.worked)})
        self._begun = self.text()
        self._said = (dict(self.off), dict(self.worked))

    @property
    def changed(self) -> bool:
        """Whether it says something else than the register."""
        return self.text() != self._begun

    def text(self) -> str:
        """The lines that the register keeps."""
        return years.text(Year(self.off, self.worked))

    def read(self, text: str) -> None:
        """Take what a file says of the year. Raises InputError naming the line."""
        found = years.parse(self.year, text)
        for days, new in ((self.off, found.off), (self.worked, found.worked)):
            days.clear()
            days.update(new)
        self._said = (dict(self.off), dict(self.worked))

    def is_worked(self, day: dt.date) -> bool:
        """Whether the office works on that day."""
        return self._days.is_worked(day)

    def marked(self, day: dt.date) -> bool:
        """Whether the notice names the day."""
        return day in self.off or day in self.worked

    def name(self, day: dt.date) -> str:
        """What the notice calls the day."""
        return self.off.get(day) or self.worked.get(day) or ""

    def rename(self, day: dt.date, name: str) -> None:
        """Call a day that the notice names something else."""
        for days in (self.off, self.worked):
            if day in days:
                days[day] = name

    def turn(self, day: dt.date) -> None:
        """Off becomes worked and worked becomes off.

        What is so anyway is named only if the notice named it, as it does the weekend within a feast.
        """
        worked, weekend, name = self.is_worked(day), day.weekday() >= _SATURDAY, self.name(day)
        self.off.pop(day, None)
        self.worked.pop(day, None)
        days, said = (self.off, self._said[0]) if worked else (self.worked, self._said[1])
        if worked is not weekend or day in said:
            days[day] = name or said.get(day) or self._near(day)

    def days(self) -> Iterator[dt.date]:
        """Every day of the year."""
        day = dt.date(self.year, 1, 1)
        while day.year == self.year:
            yield day
            day += _DAY

    def counts(self) -> tuple[int, int, int]:
        """How many days are worked, how many workdays are off, how many days of weekends are worked."""
        off = sum(day.weekday() < _SATURDAY for day in self.off)
        return sum(map(self.is_worked, self.days())), off, len(self.worked)

    def _near(self, day: dt.date) -> str:
        """The name of the nearest day that has one."""
        for away in range(1, _NEAR):
            for other in (day - away * _DAY, day + away * _DAY):
                if name := self.name(other):
                    return name
        return ""
