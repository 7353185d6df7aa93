"""The site, its directory and its catalogue."""

from __future__ import annotations

from reception.facts.words import Category, LimitClock, Source, Urgency
from reception.shapes import dataclass


@dataclass(frozen=True, slots=True)
class DepartmentFact:
    """A department, or an organisation outside (``outside``) to which people are pointed."""

    id: int
    code: str
    name: str
    outside: bool = False
    room: str = ""
    phone: str = ""
    officer_a: str = ""
    officer_b: str = ""
    leader: str = ""
    note: str = ""
    active: bool = True
    pinyin: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True)
class MatterFact:
    """A matter of the catalogue. ``materials`` is one paper per line."""

    id: int
    name: str
    keywords: str = ""
    department_id: int | None = None
    materials: str = ""
    basis: str = ""
    limit: str = ""
    note: str = ""
    active: bool = True
    pinyin: str = ""
    initials: str = ""
    steps: str = ""
    """How it goes, from handing in to the answer."""
    fee: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """The site's settings that the window and the paper need."""

    uid: str
    name: str
    zone: str
    language: str
    footer: str
    template: str
    waiting_minutes: int = 10
    """A visitor who waits this long is told by icon, word and, with ``waiting_sound``, a sound."""
    waiting_sound: bool = False
    office_hours: str = ""
    """``08:30-12:00 14:00-17:30`` all year; ``""`` where summer and winter differ (``hours.OfficeHours``)."""
    close_day_at: str = ""
    """The local time from which visits that nobody signed out of are closed; ``""`` for the next day."""
    scanner_prefix: str = ""
    """What the codes of the site begin with (``reception.codes``); ``""`` where nobody scans."""
    values: tuple[tuple[str, str], ...] = ()

    @property
    def supervisors(self) -> tuple[str, ...]:
        """Who decides about accusations, by name."""
        return names(dict(self.values).get("supervisors", ""))


def names(text: str) -> tuple[str, ...]:
    """The names in a setting, one after the other with any comma between."""
    return tuple(name for part in text.translate(_COMMAS).split(",") if (name := part.strip()))


_COMMAS = str.maketrans("，、;；", ",,,,")


@dataclass(frozen=True, slots=True)
class LimitRule:
    """How long a referral may take. What is None holds for all; ``reception.limits`` says which rule fits."""

    id: int
    amount: int
    clock: LimitClock
    category: Category | None = None
    source: Source | None = None
    urgency: Urgency | None = None
    matter_id: int | None = None
    remind_days: int = 1
    """So many working days before the due day the desk is told to phone."""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Absence:
    """Officer ``a`` or ``b`` of a department is away; days are ``YYYYMMDD``, both included."""

    id: int
    department_id: int
    officer: str
    first_day: int
    last_day: int
    ended: bool = False


@dataclass(frozen=True, slots=True)
class WorkingYear:
    """The days off and make-up days of a year whose notice is known, as ``reception.years`` writes them."""

    year: int
    days: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on duty outside the office hours of a day (``YYYYMMDD``)."""

    day: int
    officer: str = ""
    leader: str = ""
    weather: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the form needs to have in memory: departments, matters, operators, the site."""

    site: Site
    desk: str
    operator: str
    departments: tuple[DepartmentFact, ...]
    matters: tuple[MatterFact, ...]
    operators: tuple[str, ...]
    limits: tuple[LimitRule, ...] = ()
    absences: tuple[Absence, ...] = ()
    """Those of today and later."""
    years: tuple[WorkingYear, ...] = ()
