"""When a made-up desk is open, and how its entries fall on days and hours."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from zoneinfo import ZoneInfo

MORNING = (510.0, 720.0)
AFTERNOON = (870.0, 1050.0)
"""Minutes of the local day: 08:30 to 12:00, 14:30 to 17:30."""
EVENING = 1110.0
"""18:30, when the day is closed."""
ELEVEN_TWENTY = 680.0
"""Where the last day breaks off unless it is today."""
_SHIFT = 170.0
Span = tuple[float, float, float]
"""First and last minute, and the share of the day's entries."""
_WEEKDAYS = (1.25, 1.08, 1.0, 0.95, 0.72, 0.03, 0.02)
_WEEKEND_DUTY = 0.12
_LAST_DAY = 0.55


def calendar(dice: Random, days: int, until: dt.date) -> list[dt.date]:
    """``days`` working days that end with ``until``, a few weekend days on duty among them; ascending."""
    found, day = [until], until
    while days > 1:
        day -= dt.timedelta(days=1)
        if day.weekday() < 5:
            found.append(day)
            days -= 1
        elif dice.random() < _WEEKEND_DUTY:
            found.append(day)
    return found[::-1]


def shares(dice: Random, days: list[dt.date], total: int) -> list[int]:
    """How many of ``total`` entries fall on each day: many on Mondays, few on weekends."""
    weights = [_WEEKDAYS[day.weekday()] * dice.uniform(0.85, 1.15) for day in days]
    weights[-1] = _LAST_DAY
    scale, sums, given = total / sum(weights), 0.0, 0
    counts = []
    for weight in weights:
        sums += weight * scale
        counts.append(round(sums) - given)
        given = round(sums)
    return counts


def spans(end: float | None = None) -> list[Span]:
    """When entries come on a whole day, or on one that breaks off at minute ``end``."""
    if end is None:
        return [(*MORNING, 0.6), (*AFTERNOON, 0.4)]
    if MORNING[0] + 60 <= end <= MORNING[1] + 15:
        return [(MORNING[0], min(end - 1, MORNING[1]), 1.0)]
    if AFTERNOON[0] + 15 <= end <= AFTERNOON[1]:
        return [(*MORNING, 0.7), (AFTERNOON[0], end - 1, 0.3)]
    return [(max(end - _SHIFT, 0.0), max(end - 1, 0.0), 1.0)]


@dataclass(frozen=True, slots=True)
class Plan:
    """The days of a register, how many entries each has, and the minute at which the last one breaks off."""

    zone: ZoneInfo
    days: list[dt.date]
    counts: list[int]
    end: float

    @classmethod
    def make(
        cls, dice: Random, zone: ZoneInfo, days: int, total: int, until: dt.date | None, now: dt.datetime
    ) -> Plan:
        """``days`` working days up to ``until`` (today); today breaks off now, another day at 11:20."""
        local = now.astimezone(zone)
        last = until or local.date()
        today = last == local.date()
        dates = calendar(dice, days, last)
        end = local.hour * 60 + local.minute + local.second / 60 if today else ELEVEN_TWENTY
        return cls(zone, dates, shares(dice, dates, total), end)

    @property
    def opening(self) -> dt.datetime:
        """The first morning before anybody comes."""
        return instant(self.zone, self.days[0], 0)

    @property
    def now(self) -> dt.datetime:
        """The instant at which the register stands."""
        return instant(self.zone, self.days[-1], self.end)


def instant(zone: ZoneInfo, day: dt.date, minute: float) -> dt.datetime:
    """The instant, in UTC, of a minute of a local day."""
    midnight = dt.datetime.combine(day, dt.time())
    local = (midnight + dt.timedelta(seconds=int(minute * 60))).replace(tzinfo=zone)
    return local.astimezone(dt.UTC)


class Hours:
    """Local working time as instants in UTC."""

    def __init__(self, dice: Random, zone: ZoneInfo, days: list[dt.date]) -> None:
        self._dice = dice
        self._zone = zone
        self._open = {day for day in days if day.weekday() < 5} | {days[-1]}

    def instant(self, day: dt.date, minute: float) -> dt.datetime:
        """The instant of a minute of a local day."""
        return instant(self._zone, day, minute)

    def local(self, at: dt.datetime) -> dt.datetime:
        """An instant by the clock on the wall."""
        return at.astimezone(self._zone)

    def spread(self, day: dt.date, count: int, within: list[Span]) -> list[dt.datetime]:
        """``count`` ascending instants of a day; each span has its rush in its first half."""
        dice = self._dice
        shares = [share for _start, _end, share in within]
        chosen = dice.choices(within, shares, k=count)
        minutes = sorted(
            dice.triangular(start, end, start + (end - start) * 0.4) for start, end, _share in chosen
        )
        return [self.instant(day, minute) for minute in minutes]

    def after(self, at: dt.datetime, hours: float) -> dt.datetime:
        """``hours`` of work later: nights, lunch and days off do not count."""
        local = self.local(at)
        day, minute = local.date(), local.hour * 60 + local.minute + local.second / 60
        left = hours * 60
        while True:
            for start, end in (MORNING, AFTERNOON):
                if day not in self._open and day <= max(self._open):
                    break
                begin = max(start, minute)
                if begin >= end:
                    continue
                if left <= end - begin:
                    return self.instant(day, begin + left)
                left -= end - begin
            day, minute = day + dt.timedelta(days=1), 0.0
