"""The moment of which a report tells, and what follows from it by the site's calendar and hours."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import lru_cache
from zoneinfo import ZoneInfo

from reception import deadlines, hours, years
from reception.context import Session, local_day, now, present
from reception.deadlines import WorkingDays
from reception.errors import InputError
from reception.facts import Lack
from reception.facts.reports import Late
from reception.hours import OfficeHours
from reception.numbers import day_date, day_number
from reception.operations import site, working_days

_DAY, _TICK = dt.timedelta(days=1), dt.timedelta(microseconds=1)

_days = lru_cache(maxsize=4)(years.read)


@dataclass(frozen=True, slots=True)
class Then:
    """A moment: ``at``, on the site's local day ``day``, which began at ``begins``.

    ``over``: the day was over. What was sent up to ``late`` and not received was late: so much
    office time before (``receive``). ``waiting`` is
    after how many minutes somebody waits too long, 0 for never; ``wants`` what the site wants of a line.
    """

    day: int
    at: dt.datetime
    begins: dt.datetime
    over: bool
    receive: dt.timedelta
    late: dt.datetime
    waiting: int
    wants: tuple[Lack, ...]
    zone: ZoneInfo
    days: WorkingDays
    office: OfficeHours
    _worked: dict[dt.date, int] = field(default_factory=dict)

    @property
    def until(self) -> dt.datetime:
        """What was done before this instant was done by then: midnight belongs to the day that it begins."""
        return self.at if self.over else self.at + _TICK

    @property
    def date(self) -> dt.date:
        """The day."""
        return day_date(self.day)

    def since(self, instant: dt.datetime, until: dt.datetime | None = None) -> Late:
        """How long something has lasted by then, or ``until`` if that was before: by the site's hours."""
        end = self.at if until is None else min(self.at, until)
        first, last = self._local(instant), self._local(end)
        if first < last and (worked := self.worked(first, last)) > 1:
            return Late(days=worked)
        return Late(minutes=self.minutes(instant, end))

    def minutes(self, since: dt.datetime, until: dt.datetime) -> int:
        """Whole minutes of office time between two instants."""
        return hours.minutes_between(since, until, self.office, self.zone)

    def overdue(self, due_day: int, due_at: dt.datetime, by: dt.datetime | None = None) -> Late:
        """By how much something due was late, then or at the instant ``by`` at which it was done."""
        end = self.at if by is None else by
        first, last = day_date(due_day), self._local(end)
        if first >= last and not (self.over and by is None):
            return Late(minutes=max(1, self.minutes(due_at, end)))
        return Late(days=max(1, self.worked(first, last)))

    def _local(self, instant: dt.datetime) -> dt.date:
        """The day of an instant; the midnight at which the day is over is its end, and not another day."""
        return self.date if instant == self.at else instant.astimezone(self.zone).date()

    def worked(self, first: dt.date, last: dt.date) -> int:
        """How many worked days lie after ``first``, up to and with ``last`` (``WorkingDays.between``).

        One walk back from the moment tells it for every day on the way.
        """
        known, day = self._worked, self.date
        if last != day or first > last:
            return self.days.between(first, last)
        if not known:
            known[day] = 0
        day = min(known)
        while day > first:
            count = known[day] + self.days.is_worked(day)
            day -= _DAY
            known[day] = count
        return known[first]

    def next_working_day(self) -> int:
        """The first day after this one on which the office works, as ``YYYYMMDD``."""
        return day_number(self.days.after(self.date, 1))


def then(session: Session, day: int, moment: dt.datetime | None = None, *, like: Then | None = None) -> Then:
    """The moment of a report of ``day`` (``YYYYMMDD``): its end, or now if it is today.

    ``moment`` is an earlier one on that day; ``like`` knows the site's calendar. Raises InputError for a day
    to come, ValueError for none.
    """
    date, zone = day_date(day), present(session).zone
    today = local_day(session, now(session))
    if day > today:
        raise InputError(
            "Nothing can be reported of {day}: that day is still to come.", field="day", day=date.isoformat()
        )
    end = deadlines.end_of_day(date, zone)
    at = min(moment or now(session), now(session), end)
    begins, over = deadlines.end_of_day(date - _DAY, zone), at == end
    if like is not None:
        late = hours.before(at, like.receive, like.office, zone)
        return replace(like, day=day, at=at, begins=begins, over=over, late=late, _worked={})
    settings = site.values(session)
    days = _days(working_days.kept(session))
    office = days.office(OfficeHours.read(settings))
    receive = dt.timedelta(hours=int(settings["receive_hours"]))
    return Then(
        day=day,
        at=at,
        begins=begins,
        over=over,
        receive=receive,
        late=hours.before(at, receive, office, zone),
        waiting=int(settings["waiting_minutes"]),
        wants=tuple(Lack(word) for word in settings["check_wants"].split()),
        zone=zone,
        days=days,
        office=office,
    )
