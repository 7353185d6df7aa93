"""Fields for a point in time or a day, typed the quick way.

``942``, ``9:42``, ``11-22 0942``, ``2026-11-22 09:42``; ``25``, ``11-25``, ``2026-11-25``; and as it is said:
``明天 14:30``, ``下午2点半``, ``11月24日下午2:30``.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from reception.errors import InputError
from reception.text import fold
from reception.text.patterns import later
from reception.wording import N_

if TYPE_CHECKING:
    import re
    from zoneinfo import ZoneInfo

_TIME = (
    r"(?P<part>上午|早上|中午|下午|晚上)? ?"
    r"(?P<hour>\d{1,2})(?:[:.时点h]?(?P<minute>\d{2})分?|[时点](?P<half>半)?)"
)
_DATE = r"(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?"
_MOMENT = later(rf"(?:(?P<head>[^ ]{{1,12}}?)(?:[ t]+|(?<=[日号天])|(?=[上早中下晚])))?{_TIME}")
_WITH_MONTH = later(_DATE)
_SAID = {
    **{
        "前天": -2,
        "昨天": -1,
        "昨日": -1,
        "今天": 0,
        "今日": 0,
        "明天": 1,
        "明日": 1,
        "后天": 2,
        "大后天": 3,
    },
    **{"yesterday": -1, "today": 0, "tomorrow": 1},
}
_DAY = later(rf"{_DATE}|(?P<plain>\d{{8}})|(?P<only>\d{{1,2}})日?")
_NO_DAY = N_("'{text}' is no day. Write it like 11-25, or with its year like 2026-11-25.")
_REFUSED = N_("'{text}' is not a time. Write it like 9:42, or with its day like 11-22 9:42.")


def read_moment(text: str, zone: ZoneInfo, now: dt.datetime, field: str) -> dt.datetime | None:
    """The instant (UTC) that ``text`` means at the site; None when it is empty.

    Without a date it is today's; without a year, the last such day that is not in the future.

    Raises:
        InputError: it is not a time.
    """
    words = fold(text)
    if not words:
        return None
    match = _MOMENT.fullmatch(words)
    if match is None:
        raise InputError(_REFUSED, field=field, text=text[:40])
    today = now.astimezone(zone).date()
    try:
        time = _clock(match)
        day = _last(match["head"] or "", today)
        return dt.datetime.combine(day, time, zone).astimezone(dt.UTC)
    except (ValueError, OverflowError):  # the first and the last day of the calendar are not everywhere
        raise InputError(_REFUSED, field=field, text=text[:40]) from None


def read_ahead(text: str, zone: ZoneInfo, now: dt.datetime, field: str) -> dt.datetime | None:
    """As ``read_moment``, for what is still to come: without a year, the next such day, today included.

    A day of the month alone is one to come too: ``25 9:00``. Raises InputError.
    """
    words = fold(text)
    if not words:
        return None
    match = _MOMENT.fullmatch(words)
    if match is None:
        raise InputError(_REFUSED, field=field, text=text[:40])
    today = now.astimezone(zone).date()
    day = read_day(match["head"], today, field) if match["head"] else today
    try:
        return dt.datetime.combine(day, _clock(match), zone).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise InputError(_REFUSED, field=field, text=text[:40]) from None


def _clock(match: re.Match[str]) -> dt.time:
    """The time of day that was matched. Raises ValueError for none that there is."""
    hour, minute = int(match["hour"]), int(match["minute"] or (30 if match["half"] else 0))
    part = match["part"]
    if (part in ("下午", "晚上") and hour < 12) or (part == "中午" and hour < 3):
        hour += 12
    elif (part in ("上午", "早上") and hour > 12) or (part == "晚上" and hour == 12):
        raise ValueError(hour)  # it contradicts itself, or midnight of an uncertain day
    return dt.time(hour, minute)


def _last(head: str, today: dt.date) -> dt.date:
    """The day before a time: today if there is none, without a year the last such day. Raises ValueError."""
    if not head or head in _SAID:
        return today + dt.timedelta(days=_SAID.get(head, 0))
    match = _WITH_MONTH.fullmatch(head)
    if match is None:
        raise ValueError(head)
    day = dt.date(int(match["year"] or today.year), int(match["month"]), int(match["day"]))
    return day.replace(year=day.year - 1) if match["year"] is None and day > today else day


def read_day(text: str, today: dt.date, field: str, *, past: bool = False) -> dt.date:
    """The day that ``text`` means; without its year or month the next such day, or the last: ``past``.

    Today is one of them.

    Raises:
        InputError: it is no day.
    """
    refused = InputError(_NO_DAY, field=field, text=text[:40])
    if (said := _SAID.get(fold(text))) is not None:
        return today + dt.timedelta(days=said)
    match = _DAY.fullmatch(fold(text))
    if match is None:
        raise refused
    try:
        if (plain := match["plain"]) is not None:
            return dt.date(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
        if match["year"] is not None:
            return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise refused from None
    # The next leap day may be eight years off, the next 31st two months.
    for ahead in range(8 * 366 + 1):
        day = today + dt.timedelta(days=-ahead if past else ahead)
        if match["only"] is not None and day.day == int(match["only"]):
            return day
        if match["only"] is None and (day.month, day.day) == (int(match["month"]), int(match["day"])):
            return day
    raise refused


def write_moment(instant: dt.datetime | None, zone: ZoneInfo, now: dt.datetime) -> str:
    """The instant as `read_moment` reads it back, to the minute; "" for None."""
    if instant is None:
        return ""
    local, here = instant.astimezone(zone), now.astimezone(zone)
    if local.date() == here.date():
        return f"{local.hour}:{local.minute:02d}"
    return local.strftime("%Y-%m-%d %H:%M")
