"""The present as the lists see it: from when on something is overdue, late, or due for a reminder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from sqlalchemy import select

from reception import deadlines, hours, ladder, tables, years
from reception.context import Session, now, present
from reception.deadlines import WorkingDays
from reception.facts import Lack, WorkingYear
from reception.finding.reading import rows
from reception.hours import OfficeHours
from reception.ladder import Rung
from reception.numbers import day_date, day_number
from reception.operations import site
from reception.operations.office import pressing
from reception.tables import standing

_DAY = dt.timedelta(days=1)
_R = tables.referral
_KEPT = (
    "SELECT key, 0, value FROM setting"
    " UNION ALL"
    " SELECT CAST(NULL AS VARCHAR(1)), year, days FROM working_year"
)
"""All that a moment rests on: one way to a server and back."""
_PLANNED_ONCE = (
    " UNION ALL SELECT '', 0, '' WHERE set_config('plan_cache_mode', 'force_generic_plan', true) IS NULL"
)
"""No row, but from then on a server does not plan again what it has planned before."""
_SPOKEN = {"sqlite": _KEPT, "postgresql": _KEPT + _PLANNED_ONCE}


@dataclass(slots=True)
class Moment:
    """What time it is, and what follows from it by the site's calendar, hours and ladder.

    A part sent up to ``late`` and not received is late. Overdue is what pressed up to ``now``, due today what
    presses up to ``midnight``. ``wants`` is what the site wants of a line (setting ``check_wants``).
    """

    now: dt.datetime
    day: int
    midnight: dt.datetime
    late: dt.datetime
    rungs: tuple[Rung, ...]
    wants: tuple[Lack, ...]
    zone: dt.tzinfo
    days: WorkingDays
    papers: dt.datetime
    """Papers that came before this are to have a next step (setting ``papers_by``)."""
    parcels: dt.datetime
    """Parcels that came before this have lain here too long (setting ``parcel_days``)."""
    over: bool = False
    """The time has come at which the site closes its day (setting ``close_day_at``)."""
    _come: dict[int | None, list[tuple[dt.datetime, Rung]]] = field(default_factory=dict)
    _until: dict[int, dt.datetime] = field(default_factory=dict)
    _worked: dict[int, int] = field(default_factory=dict)

    def until(self, rung: int) -> dt.datetime:
        """A rung's moment has come for whatever presses up to this instant."""
        if rung not in self._until:
            self._until[rung] = deadlines.end_of_day(self._last_due(rung), self.zone)
        return self._until[rung]

    def furthest(self, remind_days: Sequence[int]) -> dt.datetime:
        """Nothing that presses later than this has come to any rung."""
        rungs = {*(-one for one in remind_days), *(one.days for one in self.rungs)}
        return max(map(self.until, rungs), default=self.now)

    def _last_due(self, rung: int) -> dt.date:
        """The latest due day of which the ``rung``-th working day after it (before, if negative) has come."""
        today = day_date(self.day)
        if rung <= 0:
            return self.days.after(today, -rung)
        first = self.days.after(today + _DAY, -rung)
        return first - _DAY

    def first(self, remind_days: int | None) -> int:
        """The days of the first rung: one before the due day is as many before it as the limit says."""
        days = self.rungs[0].days
        return -remind_days if remind_days is not None and days < 0 else days

    def rung(
        self, press_at: dt.datetime | None, reminded: int | None, remind_days: int | None
    ) -> Rung | None:
        """The rung of the ladder on which a referral that waits for a department is to be reminded now."""
        if press_at is None:
            return None
        if remind_days not in self._come:
            self._come[remind_days] = [
                (self.until(rung.days if index else self.first(remind_days)), rung)
                for index, rung in enumerate(self.rungs)
            ]
        come = [rung for until, rung in self._come[remind_days] if press_at <= until]
        return come[-1] if come and (reminded is None or reminded < come[-1].days) else None

    def overdue_days(self, due_day: int) -> int:
        """By how many working days something due on a day is overdue today."""
        if due_day not in self._worked:
            self._count(due_day)
        return self._worked[due_day]

    def _count(self, due_day: int) -> None:
        """One walk back from today tells it for every day on the way."""
        first, day, count = day_date(due_day), day_date(self.day), 0
        while True:
            number = day_number(day)
            late = number < self.day
            self._worked[number] = max(1, count) if late else 0
            if day <= first:
                break
            count += self.days.is_worked(day)
            day -= _DAY
        self._worked.setdefault(due_day, 0)


def moment(session: Session) -> Moment:
    """The present of this transaction, in which a server does not plan again what it has planned before."""
    here, (settings, kept) = present(session), _kept(session)
    days = _days(kept)
    office = days.office(OfficeHours.read(settings))
    day = site.today(session)
    span = dt.timedelta(hours=int(settings["receive_hours"]))
    return Moment(
        now=now(session),
        day=day,
        midnight=deadlines.end_of_day(day_date(day), here.zone),
        late=hours.before(now(session), span, office, here.zone),
        rungs=_rungs(settings["reminder_ladder"]),
        wants=tuple(Lack(word) for word in settings["check_wants"].split()),
        zone=here.zone,
        days=days,
        papers=pressing.until(settings, now(session), here.zone),
        parcels=pressing.since(settings, now(session), here.zone),
        over=bool(closes := settings["close_day_at"])
        and now(session).astimezone(here.zone).time() >= dt.time.fromisoformat(closes),
    )


def _kept(session: Session) -> tuple[dict[str, str], tuple[WorkingYear, ...]]:
    """The settings and the working years."""
    connection = session.connection()
    settings, worked = dict(site.USUAL), []
    for key, number, value in rows(connection, _SPOKEN[connection.dialect.name]):
        if key is None:
            worked.append(WorkingYear(number, value))
        else:
            settings[key] = value
    return settings, tuple(sorted(worked, key=attrgetter("year")))


_days = lru_cache(maxsize=4)(lambda kept: years.read(kept))
_rungs = lru_cache(maxsize=4)(ladder.parse)


def remind_days(session: Session) -> tuple[int, ...]:
    """Which numbers of days the limits of the referrals that run name for the first reminder."""
    query = select(_R.c.remind_days).where(_R.c.waits == standing.DEPARTMENT).distinct()
    return tuple(sorted(one for one in session.connection().scalars(query) if one is not None))
