"""The three clocks, never mixed: calendar days, working days, and hours of office time.

A limit in days starts on the day after; one that ends on a day off rolls forward to the next working day. A
limit in hours runs from the instant, and only while the office is open. Pure: the days off come from whoever
knows them (``WorkingDays``), the hours from the site (``reception.hours``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import field

from reception import hours
from reception.facts import Limit, LimitClock
from reception.hours import OfficeHours
from reception.shapes import dataclass

FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""The statutory days off that have the same date every year (全国年节及纪念日放假办法, as of 2025)."""
MOST_DAYS = 3_650
MOST_HOURS = 1_000
_DAY = dt.timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Year:
    """What one year's notice says: days off that would be worked, and make-up days; each with its name."""

    off: Mapping[dt.date, str] = field(default_factory=dict)
    worked: Mapping[dt.date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Which days are worked. A year that is not among ``years`` is Monday to Friday without ``FIXED``."""

    years: Mapping[int, Year] = field(default_factory=dict)

    def knows(self, day: dt.date) -> bool:
        """Whether the notice of that year is known; otherwise what is said of its days is provisional."""
        return day.year in self.years

    def is_worked(self, day: dt.date) -> bool:
        """Whether the office works on that day."""
        year = self.years.get(day.year)
        if year is None:
            return day.weekday() < _SATURDAY and (day.month, day.day) not in FIXED
        return day in year.worked or (day.weekday() < _SATURDAY and day not in year.off)

    def after(self, day: dt.date, count: int) -> dt.date:
        """The ``count``-th worked day after ``day``, which is not counted; before it, if negative."""
        step = _DAY if count >= 0 else -_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_worked(day)
        return day

    def between(self, first: dt.date, last: dt.date) -> int:
        """How many worked days lie after ``first``, up to and with ``last``; none if ``last`` comes first."""
        count, day = 0, first
        while day < last:
            day += _DAY
            count += self.is_worked(day)
        return count

    def office(self, usual: OfficeHours) -> OfficeHours:
        """The office hours of a site with these days off and make-up days."""
        return OfficeHours(usual.seasons, usual.weekdays, _NotWorked(self), _Worked(self))


@dataclass(frozen=True, slots=True)
class Due:
    """When a limit ends: the site's local day, and the instant (UTC) from which it is overdue.

    For days that is the midnight after ``day``. ``provisional`` (暂定): it rests on a year whose notice is
    not known yet.
    """

    day: dt.date
    at: dt.datetime
    provisional: bool


Pauses = Sequence[tuple[dt.datetime, dt.datetime]]
"""From when until when a clock stood, one after the other."""


def due(
    start: dt.datetime,
    limit: Limit,
    days: WorkingDays,
    office: OfficeHours,
    zone: dt.tzinfo,
    pauses: Pauses = (),
) -> Due:
    """When a limit that begins with the instant ``start`` ends.

    Args:
        start: aware; its local day is not counted by the clocks of days.
        limit: how long.
        days: which days are worked.
        office: the usual hours of the site; only the clock of hours needs them.
        zone: the site's.
        pauses: while the clock stood, first to last. Of days, the one on which it went on counts again, and
            those from the pause to the day before do not: as much is left then as was left at the pause.
    """
    if limit.clock is LimitClock.HOURS:
        return _in_hours(start, limit.amount, days, days.office(office), zone, pauses)
    stood = [(one.astimezone(zone).date(), end.astimezone(zone).date()) for one, end in pauses]
    return _in_days(start.astimezone(zone).date(), limit, days, zone, stood)


def due_from_day(first: dt.date, limit: Limit, days: WorkingDays, zone: dt.tzinfo) -> Due:
    """When a limit in days ends that begins on the local day ``first``, which is not counted.

    Raises ValueError for the clock of hours, which needs an instant.
    """
    if limit.clock is LimitClock.HOURS:
        raise ValueError(limit)
    return _in_days(first, limit, days, zone, ())


def end_of_day(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """The midnight after a local day, in UTC."""
    return dt.datetime.combine(day + _DAY, dt.time(), zone).astimezone(dt.UTC)


def overdue_days(day: dt.date, today: dt.date, days: WorkingDays) -> int:
    """By how many working days something due on ``day`` is overdue ``today``; on a day off before any, 1."""
    return max(1, days.between(day, today)) if today > day else 0


def _in_days(
    first: dt.date, limit: Limit, days: WorkingDays, zone: dt.tzinfo, stood: Sequence[tuple[dt.date, dt.date]]
) -> Due:
    working = limit.clock is LimitClock.WORKING
    for one, end in stood:
        if one <= first < end:  # it had not begun to count: it begins when the clock goes on
            first = end
    day, left = first, limit.amount
    while left:
        day += _DAY
        left -= not _stands(day, stood) and (not working or days.is_worked(day))
    # of calendar days, those on the way count whatever they are; the last one must be worked
    begun = first + _DAY if working else day
    while _stands(day, stood) or not days.is_worked(day):
        day += _DAY
    return Due(day, end_of_day(day, zone), _guessed(begun, day, days))


def _stands(day: dt.date, stood: Sequence[tuple[dt.date, dt.date]]) -> bool:
    return any(one <= day < end for one, end in stood)


def _in_hours(
    start: dt.datetime,
    amount: int,
    days: WorkingDays,
    office: OfficeHours,
    zone: dt.tzinfo,
    pauses: Pauses,
) -> Due:
    left, begun = dt.timedelta(hours=amount), start
    for one, end in pauses:
        used = hours.time_between(begun, one, office, zone)
        if used >= left:
            break
        left, begun = left - used, max(begun, end)
    at = hours.after(begun, left, office, zone)
    day = at.astimezone(zone).date()
    return Due(day, at, _guessed(start.astimezone(zone).date(), day, days))


def _guessed(first: dt.date, last: dt.date, days: WorkingDays) -> bool:
    return any(year not in days.years for year in range(first.year, last.year + 1))


@dataclass(frozen=True, slots=True)
class _NotWorked:
    """The days off of all years, as ``OfficeHours`` asks for them: one by one."""

    days: WorkingDays

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and not self.days.is_worked(day)


@dataclass(frozen=True, slots=True)
class _Worked:
    days: WorkingDays

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.days.is_worked(day)
