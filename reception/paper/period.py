"""How registers of a span of days put their days."""

from __future__ import annotations

import datetime as dt

from reception import dates
from reception.numbers import day_date
from reception.wording import Wording


def span(wording: Wording, first_day: int, last_day: int) -> str:
    """``2026年1月1日 至 2026年1月31日``; of one day (``YYYYMMDD``) the day with its weekday."""
    if first_day == last_day:
        return dates.long_date(day_date(first_day), wording.language)
    first, last = (dates.plain_date(day_date(day), wording.language) for day in (first_day, last_day))
    return wording.pgettext("paper", "{first} to {last}").format(first=first, last=last)


def cell(day: dt.date, language: str, *, with_year: bool) -> str:
    """A day in a narrow column, its year on a line of its own."""
    short = dates.short_date(day, language)
    if not with_year:
        return short
    return f"{day.year}年\n{short}" if language == dates.CHINESE else f"{short}\n{day.year}"
