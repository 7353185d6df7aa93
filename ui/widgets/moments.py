"""Fields for a point in time or a day, typed the quick way.

``942``, ``9:42``, ``11-22 0942``, ``2026-11-22 09:42``; ``25``, ``11-25``, ``2026-11-25``.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from reception.errors import InputError
from reception.text import fold
from reception.text.patterns import later
from reception.wording import N_

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_TIME = r"(?P<hour>\d{1,2})[:.时h]?(?P<minute>\d{2})分?"
_DATE = r"(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
_MOMENT = later(rf"(?:{_DATE}[ t]+)?{_TIME}")
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
    here = now.astimezone(zone)
    try:
        time = dt.time(int(match["hour"]), int(match["minute"]))
        if match["month"] is None:
            day = here.date()
        else:
            day = dt.date(int(match["year"] or here.year), int(match["month"]), int(match["day"]))
            if match["year"] is None and day > here.date():
                day = day.replace(year=day.year - 1)
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
    head, _space, time = words.rpartition(" ")
    match = _MOMENT.fullmatch(time or words)
    if match is None or match["month"] is not None:
        raise InputError(_REFUSED, field=field, text=text[:40])
    today = now.astimezone(zone).date()
    day = read_day(head, today, field) if head.strip() else today
    moment = read_moment(f"{day:%Y-%m-%d} {match['hour']}:{match['minute']}", zone, now, field)
    assert moment is not None
    return moment


def read_day(text: str, today: dt.date, field: str, *, past: bool = False) -> dt.date:
    """The day that ``text`` means; without its year or month the next such day, or the last: ``past``.

    Today is one of them.

    Raises:
        InputError: it is no day.
    """
    refused = InputError(_NO_DAY, field=field, text=text[:40])
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
