"""Office hours: waiting runs only while the office is open; lunch, evenings and days off stand still.

Pure: the hours come from the site's settings (``OfficeHours.read``), the days off from whoever knows them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import field
from itertools import pairwise

from reception.shapes import dataclass
from reception.text import patterns

USUAL = "08:30-12:00 14:00-17:30"
"""The hours of a site that has set none."""
MONDAY_TO_FRIDAY = frozenset(range(5))
_FAR = dt.timedelta(days=366)
_SPAN = patterns.later(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)\Z")
_MONTH_DAY = patterns.later(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")

Span = tuple[dt.time, dt.time]
Spans = tuple[Span, ...]


def read_spans(text: str) -> Spans:
    """``08:30-12:00 14:00-17:30``: the spans of one day, one after the other.

    Raises ValueError for anything else.
    """
    spans = []
    for word in text.split():
        match = _SPAN.match(word)
        if match is None:
            raise ValueError(word)
        one, two, three, four = map(int, match.groups())
        spans.append((dt.time(one, two), dt.time(three, four)))
    edges = [edge for span in spans for edge in span]
    if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
        raise ValueError(text)
    return tuple(spans)


def read_month_day(text: str) -> tuple[int, int]:
    """``06-01``: the first day of a season. Raises ValueError for anything else."""
    match = _MONTH_DAY.match(text)
    if match is None:
        raise ValueError(text)
    month, day = int(match[1]), int(match[2])
    dt.date(2000, month, day)  # a leap year, so that 02-29 may stand
    return month, day


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When the office is open.

    ``seasons`` are first days (month, day) with the hours from then on, in the order of the year; one season
    holds all year. ``worked`` are make-up days, which count whatever their weekday.
    """

    seasons: tuple[tuple[tuple[int, int], Spans], ...]
    weekdays: Collection[int] = MONDAY_TO_FRIDAY
    off: Container[dt.date] = field(default=frozenset())
    worked: Container[dt.date] = field(default=frozenset())

    @classmethod
    def read(cls, settings: Mapping[str, str]) -> OfficeHours:
        """The hours that a site's settings tell of.

        ``office_hours`` holds all year; where it is empty, ``hours_summer`` from ``summer_from`` and
        ``hours_winter`` from ``winter_from``; where those are not whole either, ``USUAL``.
        """
        always = settings.get("office_hours", "")
        try:
            if always:
                return cls((((1, 1), read_spans(always)),))
            seasons = sorted(
                (read_month_day(settings[f"{name}_from"]), read_spans(settings[f"hours_{name}"]))
                for name in ("summer", "winter")
            )
        except (KeyError, ValueError):
            return cls((((1, 1), read_spans(USUAL)),))
        return cls(tuple(seasons))

    def is_worked(self, day: dt.date) -> bool:
        """Whether the office is open on that day at all."""
        return day in self.worked or (day.weekday() in self.weekdays and day not in self.off)

    def spans(self, day: dt.date) -> Spans:
        """The hours of that day; none on a day off."""
        return self._of_season(day) if self.is_worked(day) else ()

    def end(self, day: dt.date) -> dt.time:
        """When the last hours of that day end; on a day off, when they would."""
        return self._of_season(day)[-1][1]

    def _of_season(self, day: dt.date) -> Spans:
        begun = [spans for first, spans in self.seasons if first <= (day.month, day.day)]
        return begun[-1] if begun else self.seasons[-1][1]


def end_of(day: dt.date, office: OfficeHours, zone: dt.tzinfo) -> dt.datetime:
    """The instant at which the office hours of that day end, in UTC."""
    return dt.datetime.combine(day, office.end(day), zone).astimezone(dt.UTC)


def time_between(start: dt.datetime, end: dt.datetime, office: OfficeHours, zone: dt.tzinfo) -> dt.timedelta:
    """How much office time lies between two instants; nothing if ``end`` comes first."""
    total = dt.timedelta()
    for opens, closes in _open_times(start, end, office, zone):
        overlap = min(closes, end) - max(opens, start)
        total += max(overlap, dt.timedelta())
    return total


def minutes_between(start: dt.datetime, end: dt.datetime, office: OfficeHours, zone: dt.tzinfo) -> int:
    """The whole minutes of office time between two instants."""
    return int(time_between(start, end, office, zone).total_seconds() // 60)


def later(start: dt.datetime, minutes: int, office: OfficeHours, zone: dt.tzinfo) -> dt.datetime:
    """As ``after``, for whole minutes."""
    return after(start, dt.timedelta(minutes=minutes), office, zone)


def after(start: dt.datetime, time: dt.timedelta, office: OfficeHours, zone: dt.tzinfo) -> dt.datetime:
    """The instant, in UTC, after so much office time; by the clock, where for a year there is none."""
    left = time
    for opens, closes in _open_times(start, None, office, zone):
        begin = max(opens, start)
        if closes > begin and closes - begin >= left:
            return begin.astimezone(dt.UTC) + left
        left -= max(closes - begin, dt.timedelta())
    return start.astimezone(dt.UTC) + time


def before(end: dt.datetime, time: dt.timedelta, office: OfficeHours, zone: dt.tzinfo) -> dt.datetime:
    """The latest instant, in UTC, from which so much office time has passed by ``end``.

    By the clock where the year before has too little.
    """
    left, day = time, end.astimezone(zone).date()
    first = day - _FAR
    while day >= first:
        for opens, closes in reversed(office.spans(day)):
            begin = dt.datetime.combine(day, opens, zone).astimezone(dt.UTC)
            until = min(dt.datetime.combine(day, closes, zone).astimezone(dt.UTC), end)
            if until > begin and until - begin >= left:
                return until.astimezone(dt.UTC) - left
            left -= max(until - begin, dt.timedelta())
        day -= dt.timedelta(days=1)
    return end.astimezone(dt.UTC) - time


def _open_times(
    start: dt.datetime, end: dt.datetime | None, office: OfficeHours, zone: dt.tzinfo
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The hours of the days from ``start`` to ``end``; without an end, until a year has none."""
    day = start.astimezone(zone).date()
    last = end.astimezone(zone).date() if end is not None else day + _FAR
    while day <= last:
        spans = office.spans(day)
        if spans and end is None:
            last = day + _FAR
        for opens, closes in spans:
            # in UTC: two times of one zone would be compared by the wall clock, also when it is put back
            yield (
                dt.datetime.combine(day, opens, zone).astimezone(dt.UTC),
                dt.datetime.combine(day, closes, zone).astimezone(dt.UTC),
            )
        day += dt.timedelta(days=1)
