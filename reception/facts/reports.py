"""What a director reads: the exceptions of a day, the figures of the departments, a day beside others."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from reception.facts.day import Totals
from reception.facts.jobs import Instruction
from reception.shapes import dataclass


class Rule(StrEnum):
    """The four "never let" rules (四个不让): 不延误, 不积压, 不冷落, 不影响形象."""

    DELAY = "delay"
    PILE = "pile"
    NEGLECT = "neglect"
    IMAGE = "image"


class Lapse(StrEnum):
    """How a rule was not kept; what is late with a department first, what only lacks a word last.

    ``LATE``: answered on that day, after it was due. ``UNHANDLED``: a paper without a next step.
    ``UNSEEN``: somebody waited, and nobody noted that they were received. ``UNREACHED``: somebody who is to
    be told of a meeting was not.
    """

    OVERDUE = "overdue"
    LATE = "late"
    UNHANDLED = "unhandled"
    NOT_RECEIVED = "not-received"
    WAITED = "waited"
    WAITING = "waiting"
    UNSEEN = "unseen"
    CALLBACK = "callback"
    UNREACHED = "unreached"
    NO_ACT = "no-act"
    UNCHECKED = "unchecked"


RULES: dict[Rule, tuple[Lapse, ...]] = {
    Rule.DELAY: (Lapse.OVERDUE, Lapse.LATE),
    Rule.PILE: (Lapse.NOT_RECEIVED, Lapse.UNHANDLED),
    Rule.NEGLECT: (Lapse.WAITING, Lapse.WAITED, Lapse.UNSEEN, Lapse.CALLBACK, Lapse.UNREACHED),
    Rule.IMAGE: (Lapse.NO_ACT, Lapse.UNCHECKED),
}
"""Which lapses fall under which rule, as they stand below each other."""


@dataclass(frozen=True, slots=True)
class Late:
    """By how much: whole working days where there are any, else minutes of office time.

    Both 0: not late, or by less than a minute.
    """

    days: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Exceptional:
    """One exception of a day, veiled as on paper.

    ``text`` is what it is about, ``late`` by how much (``Late``), ``since`` from when on. ``department`` is a
    code, "" where none has it. ``returned``: it came back, and the desk is to send it elsewhere.
    """

    what: Lapse
    entry_id: int
    number: str
    department: str
    department_name: str
    text: str
    since: dt.datetime
    late: Late
    returned: bool = False
    part_id: int = 0
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Lapses:
    """All of one kind: how many, and the first of them, the latest by most first."""

    what: Lapse
    count: int
    rows: tuple[Exceptional, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """A group's visit, or an urgent event, veiled as on paper.

    ``people``: how many came or are concerned, 0 where nobody knows.
    """

    entry_id: int
    number: str
    at: dt.datetime
    people: int
    text: str
    department: str = ""
    department_name: str = ""
    outcome: str = ""
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that a department is to answer soon. ``due_day`` is ``YYYYMMDD``."""

    entry_id: int
    number: str
    part_id: int
    department: str
    department_name: str
    text: str
    due_day: int
    due_at: dt.datetime
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What one department did in a span of days, and where it stood at its end.

    ``received``, ``answered`` and ``returned`` count parts of referrals in the span; ``late`` of the answered
    are those of a lead after the due date. ``open`` is with the department at the end of the span, neither
    answered nor returned; ``overdue`` of these lead past their due date. What was sent by mistake and taken
    back counts nowhere.
    """

    received: int = 0
    answered: int = 0
    late: int = 0
    returned: int = 0
    open: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class DepartmentFigures:
    """One department in a span of days, beside the span before it."""

    code: str
    name: str
    now: Figures
    before: Figures = Figures()


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``first`` to ``last`` (``YYYYMMDD``), their totals, and the instant of which these tell."""

    first: int
    last: int
    as_of: dt.datetime
    totals: Totals


@dataclass(frozen=True, slots=True)
class DayReport:
    """What the director's page of ``day`` says, as of the instant ``as_of``.

    ``over``: that is the end of the day. ``lapses`` holds every kind once, in the order of ``RULES``.
    ``week_ago`` is the same weekday of the week before, ``month`` the month up to that day. ``due`` are the
    first of the ``due_count`` parts that are due up to ``due_until``, the next working day.
    ``instructions`` is what leaders wrote on a page of the day, as far as it is entered: mostly next morning.
    """

    site: str
    zone: str
    footer: str
    day: int
    as_of: dt.datetime
    over: bool
    lapses: tuple[Lapses, ...]
    groups: tuple[Noted, ...]
    events: tuple[Noted, ...]
    departments: tuple[DepartmentFigures, ...]
    today: Span
    week_ago: Span
    month: Span
    due_until: int
    due_count: int
    due: tuple[DueItem, ...]
    instructions: tuple[Instruction, ...] = ()

    def of(self, what: Lapse) -> Lapses:
        """Those of one kind."""
        return next(one for one in self.lapses if one.what is what)

    def count(self, rule: Rule) -> int:
        """How many exceptions there are under a rule."""
        return sum(self.of(what).count for what in RULES[rule])


class Period(StrEnum):
    """What a bulletin is of: a week, Monday to Sunday, or a month of the calendar."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What the bulletin of a week or month says, as of the end of its last day, or now while it still runs.

    ``before`` is the span of the same kind before it, at its end. ``departments`` are those in use, and any
    other with figures in either span; ``whole`` is their sum. ``days`` are the days of ``now`` on which there
    are entries, one by one.
    """

    site: str
    zone: str
    footer: str
    period: Period
    over: bool
    now: Span
    before: Span
    departments: tuple[DepartmentFigures, ...]
    whole: DepartmentFigures
    days: tuple[Span, ...] = ()
