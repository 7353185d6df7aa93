"""What a new register starts with, read from a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reception.facts import Category, LimitClock, Source, Urgency


@dataclass(frozen=True, slots=True)
class DepartmentSeed:
    """A department, or an organisation outside to which people are pointed. The site names its officers."""

    code: str
    name: str
    room: str = ""
    phone: str = ""
    outside: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class MatterSeed:
    """A matter of the catalogue.

    ``department`` is a code, or ``""`` where only the clerk can tell; ``keywords`` are words without blanks,
    as people ask; ``materials`` one paper each; ``limit`` what is told to people; ``days`` counted by
    ``clock`` the department's own limit, where a statute sets one; ``steps`` how it goes.
    """

    name: str
    keywords: tuple[str, ...] = ()
    department: str = ""
    materials: tuple[str, ...] = ()
    basis: str = ""
    limit: str = ""
    days: int | None = None
    clock: LimitClock | None = None
    note: str = ""
    steps: str = ""
    fee: str = ""


@dataclass(frozen=True, slots=True)
class LimitSeed:
    """How long a referral may take; ``matter`` is a name. What is left out holds for all."""

    amount: int
    clock: LimitClock
    category: Category | None = None
    source: Source | None = None
    urgency: Urgency | None = None
    matter: str = ""
    remind_days: int = 1


@dataclass(frozen=True, slots=True)
class SiteTemplate:
    """A template in one language.

    ``zone`` is an IANA name, or ``""`` for the computer's. ``settings`` are the further settings of the site,
    all text as they are kept: ``waiting_minutes``, ``waiting_sound``, ``close_day_at``, ``scanner_prefix``,
    ``slip_prefix`` and ``slip_form`` (what a written slip's number begins with, and how it is put),
    ``leader_look_categories`` and ``call_back_categories`` (before whose closing somebody looks back),
    ``hours_summer`` and ``hours_winter`` (``08:00-12:00 15:00-18:00``), ``summer_from`` and ``winter_from``
    (``06-01``).
    """

    code: str
    name: str
    operator: str
    zone: str
    footer: str
    settings: Mapping[str, str]
    departments: tuple[DepartmentSeed, ...]
    matters: tuple[MatterSeed, ...]
    limits: tuple[LimitSeed, ...] = ()
    """Those of the matters, then the site's own."""
