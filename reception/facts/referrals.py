"""Referrals as they are shown."""

from __future__ import annotations

import datetime as dt

from reception.facts.words import (
    Category,
    Kind,
    LimitClock,
    PartOutcome,
    PartStatus,
    ReferralStatus,
    Role,
    Source,
    StepKind,
    Urgency,
    Way,
)
from reception.shapes import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """So many days or hours by one of the three clocks (``reception.deadlines``)."""

    amount: int
    clock: LimitClock


@dataclass(frozen=True, slots=True)
class PartView:
    """One department's part of a referral. ``name`` is ``20261122-001/JC``."""

    id: int
    name: str
    department: str
    department_name: str
    role: Role
    status: PartStatus
    sent_at: dt.datetime
    told_at: dt.datetime | None = None
    told_whom: str = ""
    received_at: dt.datetime | None = None
    received_by: str = ""
    answered_at: dt.datetime | None = None
    answer: str = ""
    returned_at: dt.datetime | None = None
    return_reason: str = ""
    officer: str = ""
    """Whom it goes to; ``stood_in``: B, because A is away; ``on_behalf``: both are, so the desk took it."""
    stood_in: bool = False
    on_behalf: bool = False
    outcome: PartOutcome | None = None
    case_number: str = ""
    """The department's own, where it accepted the case."""
    passed_to: str = ""
    """Code of the department that it proposed instead of itself."""
    contacted: bool | None = None
    """已联系本人: whether the department told the person, when and how."""
    contacted_at: dt.datetime | None = None
    contacted_how: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """Something that was done about a referral as a whole (``tables.step`` says which field means what)."""

    id: int
    ordinal: int
    kind: StepKind
    at: dt.datetime
    operator: str
    department: str = ""
    rung: int | None = None
    way: Way | None = None
    whom: str = ""
    words: str = ""
    reply: str = ""
    replied_at: dt.datetime | None = None
    reached: bool | None = None
    content: bool | None = None
    until: dt.datetime | None = None
    due_before: int | None = None
    due_after: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """By when a referral is to be done. Days are ``YYYYMMDD``.

    ``due_at`` is the instant from which it is overdue: the end of ``due_day``, or with hours the very minute.
    ``provisional`` (暂定): the notice of that year is not known yet. ``paused_at``: its clock stands since.
    """

    amount: int
    clock: LimitClock
    started_at: dt.datetime
    due_day: int
    due_at: dt.datetime
    provisional: bool = False
    remind_days: int = 1
    paused_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ReferralView:
    """A referral with its parts, as one entry's view shows it."""

    id: int
    entry_id: int
    ordinal: int
    number: str
    instruction: str
    status: ReferralStatus
    created_at: dt.datetime
    closed_at: dt.datetime | None
    parts: tuple[PartView, ...]
    closing_note: str = ""
    slip: str = ""
    """The number of the year on its written slip, such as 人社办转〔2026〕12号; "" where it has none."""
    term: Term | None = None
    """None for a referral made before the register knew limits."""
    leader: str = ""
    """Who gave an instruction on it."""
    leader_asked: bool = False
    person_asked: bool = False
    steps: tuple[StepView, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in its list; the page below it begins after it."""

    rank: int
    sub: int
    at: dt.datetime
    id: int


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One part in the list of referrals, with what is needed to work it without opening the entry."""

    part: PartView
    referral_id: int
    referral_status: ReferralStatus
    entry_id: int
    number: str
    kind: Kind
    received_at: dt.datetime
    person: str
    phone: str
    matter: str
    subject: str
    instruction: str
    urgency: Urgency
    entry_version: int
    identity_protected: bool = False
    category: Category | None = None
    source: Source | None = None
    slip: str = ""
    term: Term | None = None
    overdue_days: int = 0
    """By how many working days it is overdue; 0 also on the due day itself."""
    reminders: int = 0
    leader_asked: bool = False
    person_asked: bool = False
    leader: str = ""
    place: Place | None = None
    """Where it stands in the list that was asked for."""
    asked: str = ""
    """Why the department asks for more time, as long as nobody has decided."""
    asked_amount: int = 0
    """How many more days or hours."""
    sealed: bool = False
    """Whoever looks sees no content of it: only a supervisor does."""
