"""Dates and times as a clerk writes them, for windows and paper.

Chinese: ``2026年1月5日 星期一``, no leading zeros in month and day. English: ``Monday, 5 January 2026``.
Times are on the 24-hour clock, ``14:05``. The words stand here and not in the catalogue, because the order of
the parts belongs to the language as much as the words do; any language but Chinese is written as English.
"""

from __future__ import annotations

import datetime as dt

CHINESE = "zh_CN"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS_ZH = "一二三四五六日"


def weekday(day: dt.date, language: str) -> str:
    """``星期一`` or ``Monday``."""
    if language == CHINESE:
        return f"星期{_WEEKDAYS_ZH[day.weekday()]}"
    return _WEEKDAYS[day.weekday()]


def short_weekday(day: dt.date, language: str) -> str:
    """``周一`` or ``Mon``."""
    if language == CHINESE:
        return f"周{_WEEKDAYS_ZH[day.weekday()]}"
    return _WEEKDAYS[day.weekday()][:3]


def narrow_weekday(day: dt.date, language: str) -> str:
    """``一`` or ``Mo``: the head of a column of days."""
    if language == CHINESE:
        return _WEEKDAYS_ZH[day.weekday()]
    return _WEEKDAYS[day.weekday()][:2]


def month(number: int, language: str) -> str:
    """``1月`` or ``January``."""
    return f"{number}月" if language == CHINESE else _MONTHS[number - 1]


def month_of(day: dt.date, language: str) -> str:
    """``2026年1月`` or ``January 2026``."""
    if language == CHINESE:
        return f"{day.year}年{day.month}月"
    return f"{_MONTHS[day.month - 1]} {day.year}"


def year(number: int, language: str) -> str:
    """``2026年`` or ``2026``."""
    return f"{number}年" if language == CHINESE else str(number)


def plain_date(day: dt.date, language: str) -> str:
    """``2026年1月5日`` or ``5 January 2026``."""
    if language == CHINESE:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def long_date(day: dt.date, language: str) -> str:
    """``2026年1月5日 星期一`` or ``Monday, 5 January 2026``: the head of a sheet."""
    if language == CHINESE:
        return f"{plain_date(day, language)} {weekday(day, language)}"
    return f"{weekday(day, language)}, {plain_date(day, language)}"


def short_date(day: dt.date, language: str) -> str:
    """``1月5日`` or ``5 Jan``: where the year is plain from the surroundings."""
    if language == CHINESE:
        return f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1][:3]}"


def by_hand(language: str) -> str:
    """Room in which a date is written by hand."""
    return "\u3000\u3000年\u3000\u3000月\u3000\u3000日" if language == CHINESE else "\u00a0" * 18


def clock(moment: dt.datetime | dt.time) -> str:
    """``14:05``, in the zone that ``moment`` is given in."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def clock_on(moment: dt.datetime, day: dt.date, language: str) -> str:
    """The time of what belongs to ``day``: ``14:05``; with ``次日`` or the date where it fell later."""
    if moment.date() == day:
        return clock(moment)
    if language == CHINESE and moment.date() - day == dt.timedelta(days=1):
        return f"次日 {clock(moment)}"
    return f"{short_date(moment.date(), language)} {clock(moment)}"


def stamp(moment: dt.datetime, language: str) -> str:
    """Date and time: ``2026年1月5日 14:05`` or ``5 January 2026, 14:05``."""
    gap = " " if language == CHINESE else ", "
    return f"{plain_date(moment.date(), language)}{gap}{clock(moment)}"
