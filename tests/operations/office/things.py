"""What stands in the account of the office's other work (``account``), and the time it goes by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from reception.facts import Kind

ZONE = ZoneInfo("Asia/Shanghai")
_HOURS = ((dt.time(8, 30), dt.time(12)), (dt.time(14, 30), dt.time(17, 30)))
_ONE_DAY = dt.timedelta(days=1)


class Refused(Exception):
    """The rules do not allow it."""


def allow(condition: object) -> None:
    """Raises Refused unless the rules allow it."""
    if not condition:
        raise Refused


def local_day(moment: dt.datetime) -> dt.date:
    """The site's day of an instant."""
    return moment.astimezone(ZONE).date()


def at(day: dt.date, time: dt.time = dt.time()) -> dt.datetime:
    """An instant by the site's clock."""
    return dt.datetime.combine(day, time, ZONE).astimezone(dt.UTC)


def due_after(sent: dt.datetime, days: int = 5) -> dt.datetime:
    """When so many working days are over that begin on the next day (no holidays in these weeks)."""
    day = local_day(sent)
    while days:
        day += _ONE_DAY
        days -= day.weekday() < 5
    return at(day + _ONE_DAY)


def office_time(begin: dt.datetime, end: dt.datetime) -> dt.timedelta:
    """How much of a span the office is open."""
    total, day = dt.timedelta(), local_day(begin)
    while day <= local_day(end):
        for opens, closes in _HOURS if day.weekday() < 5 else ():
            total += max(dt.timedelta(), min(end, at(day, closes)) - max(begin, at(day, opens)))
        day += _ONE_DAY
    return total


@dataclass
class Sending:
    """A referral with one department."""

    lead: str
    sent: dt.datetime
    due: dt.datetime
    looks: bool
    state: str = "sent"
    closed: bool = False
    rerouted: bool = False
    seen: bool = False


@dataclass
class Call:
    """An outgoing call about a notice."""

    notice: str
    name: str
    round: int
    told: bool = False
    owed: bool = False


@dataclass
class Round:
    """What is told in one round."""

    meets_at: dt.datetime
    place: str
    cancelled: bool = False


@dataclass
class Thing:
    """An entry: whatever is said of it, its referrals, and what only its kind has."""

    kind: Kind
    at: dt.datetime
    said: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    void: bool = False
    over: bool = False
    sent: list[Sending] = field(default_factory=list)
    readers: dict[str, bool] = field(default_factory=dict)
    """To whom a paper goes, and whether they signed."""
    signed: set[str] = field(default_factory=set)
    """Who signed once, be it that it goes to them again."""
    people: int = 1
    steps: list[str] = field(default_factory=list)
    """What was done about a job and reported of it; the log of an event."""
    levels: list[str] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    invited: dict[str, str] = field(default_factory=dict)
    """Who is invited, and how they are written now."""
    replies: dict[str, tuple[int, str]] = field(default_factory=dict)
    """The round to which somebody replied, and what they said."""
    waits: bool = False
    left: bool = False
    acted: bool = False
    call: Call | None = None

    @property
    def running(self) -> Sending | None:
        return self.sent[-1] if self.sent and not self.sent[-1].closed else None

    @property
    def open(self) -> bool:
        """Whether anything is still to be done about it."""
        if self.void:
            return False
        if self.kind is Kind.JOB:
            return self.running is not None
        if self.kind is Kind.CALL_OUT:
            return self.call is not None and self.call.owed
        if self.kind in (Kind.VISIT, Kind.CALL_IN):
            return not self.acted
        return not self.over or self.running is not None

    @property
    def texts(self) -> list[str]:
        """All that somebody may look it up by."""
        places = [one.place for one in self.rounds]
        return [*self.said.values(), *self.notes, *self.steps, *places, *self.readers, *self.invited.values()]


@dataclass
class Own:
    """Somebody expected, a thing lent, a parcel.

    ``at`` is when they come, when it is to be back, when it came.
    """

    status: str
    at: dt.datetime
    name: str = ""
    subject: str = ""
    room: str = ""
