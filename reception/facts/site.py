"""The site, its directory and its catalogue."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the form needs to have in memory: departments, matters, operators, the site."""

    site: Site
    desk: str
    operator: str
    departments: tuple[DepartmentFact, ...]
    matters: tuple[MatterFact, ...]
    operators: tuple[str, ...]
