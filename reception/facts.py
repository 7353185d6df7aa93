"""The facts that travel between the floors: frozen dataclasses and the words they use.

Nothing here knows the database or the window, so the window can use it before either is loaded. Identities (``id``)
are the register's; ``uid`` is made where the clerk pressed the key. Instants are aware datetimes in UTC; a ``day`` is the
site's local day as ``YYYYMMDD``.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How somebody reached the desk: 来访, 来电, 去电."""

    VISIT = "visit"
    CALL_IN = "call-in"
    CALL_OUT = "call-out"


class Act(StrEnum):
    """What the clerk did: 答复, 引导, 转接, 转办. Only a referral starts a clock."""

    ANSWERED = "answered"
    POINTED = "pointed"
    PUT_THROUGH = "put-through"
    REFERRED = "referred"


class CallResult(StrEnum):
    """How putting a call through ended: 接通, 无人接, 占线."""

    CONNECTED = "connected"
    NO_ANSWER = "no-answer"
    BUSY = "busy"


class EntryStatus(StrEnum):
    """Open until an act ends it; a referred entry is open until its referral is closed; void keeps its line."""

    OPEN = "open"
    FINISHED = "finished"
    VOID = "void"


class Category(StrEnum):
    """What kind of visit or call it was."""

    ENQUIRY = "enquiry"
    BUSINESS = "business"
    OFFICIAL = "official"
    PETITION = "petition"
    COMPLAINT = "complaint"
    REPORT = "report"
    DELIVERY = "delivery"
    NOTICE = "notice"
    INSTRUCTIONS = "instructions"


VISIT_CATEGORIES = (
    Category.ENQUIRY,
    Category.BUSINESS,
    Category.OFFICIAL,
    Category.PETITION,
    Category.COMPLAINT,
    Category.REPORT,
    Category.DELIVERY,
)
CALL_CATEGORIES = (Category.NOTICE, Category.INSTRUCTIONS, Category.ENQUIRY, Category.COMPLAINT, Category.REPORT)
MAX_PARTIES = 6
"""The main person and up to five representatives of a group (信访工作条例: at most 5 representatives)."""


def categories(kind: Kind) -> tuple[Category, ...]:
    """The categories that make sense for a kind of entry."""
    return VISIT_CATEGORIES if kind is Kind.VISIT else CALL_CATEGORIES


class Urgency(StrEnum):
    """平件, 加急, 特急."""

    NORMAL = "normal"
    URGENT = "urgent"
    CRITICAL = "critical"


class Sex(StrEnum):
    """Recorded only if told."""

    FEMALE = "female"
    MALE = "male"


class Visits(StrEnum):
    """初访 or 重访; petitions only, blank by default."""

    FIRST = "first"
    REPEAT = "repeat"


class Role(StrEnum):
    """主办, 协办."""

    LEAD = "lead"
    ASSIST = "assist"


class PartStatus(StrEnum):
    """Where one department's part of a referral stands."""

    SENT = "sent"
    RECEIVED = "received"
    ANSWERED = "answered"
    RETURNED = "returned"


class ReferralStatus(StrEnum):
    """Open until the lead has answered (completed); closed ends it."""

    OPEN = "open"
    COMPLETED = "completed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Party:
    """One person of an entry; everything may be unknown. ``organisation`` is the organisation or the address."""

    name: str = ""
    phone: str = ""
    organisation: str = ""
    sex: Sex | None = None
    document_type: str = ""
    document_number: str = ""


@dataclass(frozen=True, slots=True)
class NewReferral:
    """Send an entry to one lead department and any assisting ones.

    ``told_whom`` is filled when the lead was told by phone in the same breath.
    """

    lead_id: int
    assist_ids: tuple[int, ...] = ()
    instruction: str = ""
    told_whom: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """The rarely used fields, folded behind F6."""

    urgency: Urgency = Urgency.NORMAL
    visits: Visits | None = None
    complained_about: str = ""
    people_concerned: int | None = None
    amount: str = ""
    since: str = ""
    evidence: bool | None = None
    papers: str = ""
    identity_protected: bool = False
    wanted: str = ""
    """The person wanted; the department wanted is ``department_id`` until an act has sent the matter elsewhere."""
    plate: str = ""
    read_back: bool | None = None
    callback_wanted: bool = False


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What the clerk typed, before cleaning.

    ``received_at`` None means now. ``late`` marks an entry made later from a paper note (补登). The first of ``parties``
    is the main person.
    """

    kind: Kind
    subject: str = ""
    uid: uuid.UUID = field(default_factory=uuid.uuid4)
    matter_id: int | None = None
    request: str = ""
    outcome: str = ""
    category: Category | None = None
    parties: tuple[Party, ...] = ()
    party_size: int = 1
    department_id: int | None = None
    act: Act | None = None
    call_result: CallResult | None = None
    referral: NewReferral | None = None
    received_at: dt.datetime | None = None
    late: bool = False
    waiting_since: dt.datetime | None = None
    seen_at: dt.datetime | None = None
    left_at: dt.datetime | None = None
    details: Details = Details()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a verb that touched an entry says: which one, and its number to tell the person."""

    entry_id: int
    number: str
    version: int
    day: int
    warnings: tuple[str, ...] = ()
    """Code points such as ``U+E81E`` that no standard assigns: accepted, and reported."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of a day or of a list: everything that the day's table and the day's sheet show."""

    id: int
    uid: str
    number: str
    day: int
    sequence: int
    desk: str
    kind: Kind
    received_at: dt.datetime
    late: bool
    name: str
    phone: str
    organisation: str
    party_size: int
    matter: str
    subject: str
    request: str
    outcome: str
    category: Category | None
    urgency: Urgency
    act: Act | None
    call_result: CallResult | None
    department: str
    """Code of the department, "" for none."""
    department_name: str
    status: EntryStatus
    referral_status: ReferralStatus | None
    operator: str
    waiting_since: dt.datetime | None
    seen_at: dt.datetime | None
    left_at: dt.datetime | None
    identity_protected: bool
    callback_wanted: bool
    void_reason: str
    version: int


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


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One step of an entry's history: who did what when, and which values changed (label, old, new)."""

    at: dt.datetime
    operator: str
    desk: str
    verb: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class EntryView:
    """The whole of one entry. ``document_number`` of its parties is masked."""

    row: EntryRow
    matter_id: int | None
    department_id: int | None
    parties: tuple[Party, ...]
    details: Details
    referrals: tuple[ReferralView, ...]
    trail: tuple[TrailLine, ...]


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
class Totals:
    """The totals of a day or of any list: visits by groups and heads, calls, acts, and what is still open.

    Voided lines count nowhere but in ``void``.
    """

    visits: int = 0
    visitors: int = 0
    calls_in: int = 0
    calls_out: int = 0
    answered: int = 0
    pointed: int = 0
    put_through: int = 0
    referred: int = 0
    open: int = 0
    void: int = 0


@dataclass(frozen=True, slots=True)
class Counters:
    """The four "never let" counters at their present size."""

    overdue: int = 0
    not_received: int = 0
    waiting: int = 0
    callbacks: int = 0
    unanswered: int = 0


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


class Todo(StrEnum):
    """Why something stands under "to be done now"."""

    WAITING = "waiting"
    CALLBACK = "callback"
    RETURNED = "returned"
    NOT_RECEIVED = "not-received"
    ANSWERED = "answered"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class TodoRow:
    """One thing to be done now, most pressing first. ``since`` is when it began to wait."""

    what: Todo
    entry_id: int
    number: str
    since: dt.datetime
    person: str
    phone: str
    text: str
    department: str = ""
    part_id: int | None = None
    referral_id: int | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What Find looks for. Days are ``YYYYMMDD``, both ends included; empty means anything."""

    text: str = ""
    from_day: int | None = None
    to_day: int | None = None
    kind: Kind | None = None
    status: EntryStatus | None = None
    act: Act | None = None
    department_id: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a committed act touched: ``entry``, ``department``, ``matter``, ``operator``, ``setting``, ``desk``."""

    subject_kind: str
    subject_id: int
