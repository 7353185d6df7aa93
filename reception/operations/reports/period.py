"""What the bulletin of a week or a month says of the departments."""

from __future__ import annotations

import calendar
import datetime as dt

from reception.context import Session, local_day, now
from reception.errors import InputError
from reception.facts.reports import Bulletin, DepartmentFigures, Period
from reception.numbers import day_date, day_number
from reception.operations import site
from reception.operations.reports import figures, ran
from reception.operations.reports.moment import Then, then

_DAY = dt.timedelta(days=1)


def bulletin(session: Session, period: Period, day: int, moment: dt.datetime | None = None) -> Bulletin:
    """The bulletin of the week or month that holds ``day``: as it was at its end, or now while it runs.

    It is compared with the same number of days from the beginning of the week or month before. ``moment`` is
    an earlier one on the last day of it. Raises InputError for one to come, ValueError for no such day.
    """
    first, last = bounds(period, day_date(day))
    today = day_date(local_day(session, now(session)))
    if first > today:
        raise InputError(
            "Nothing can be reported of {day}: that day is still to come.", field="day", day=first.isoformat()
        )
    over, last = last < today, min(last, today)
    start, end = bounds(period, first - _DAY)
    end = end if over else min(end, start + (last - first))
    at = then(session, day_number(last), moment)
    before = then(session, day_number(end), like=at)
    known, here = figures.departments(session), site.site(session)
    mine = figures.counted(_parts(session, first, at))
    his = figures.counted(_parts(session, start, before))
    listed = figures.by_department(known, mine, his, every=True)
    whole = DepartmentFigures(
        "", "", figures.whole([one.now for one in listed]), figures.whole([one.before for one in listed])
    )
    return Bulletin(
        site=here.name,
        zone=here.zone,
        footer=here.footer,
        period=period,
        over=over and at.over,
        now=figures.span(session, day_number(first), at),
        before=figures.span(session, day_number(start), before),
        departments=listed,
        whole=whole,
        days=figures.daily(session, day_number(first), at),
    )


def bounds(period: Period, day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of the week or month that holds a day."""
    if period is Period.WEEK:
        first = day - _DAY * day.weekday()
        return first, first + _DAY * 6
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _parts(session: Session, first: dt.date, at: Then) -> ran.Ran:
    begins = dt.datetime.combine(first, dt.time(), at.zone).astimezone(dt.UTC)
    return ran.parts(session, begins, at)
