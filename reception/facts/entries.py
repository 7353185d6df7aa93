"""An entry: what is typed, what a list shows, the whole of it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import field
from typing import TYPE_CHECKING

from reception.facts.desk_work import CallbackView, NewCallback, NoticeView
from reception.facts.referrals import Limit, ReferralView
from reception.facts.words import (
    Act,
    CallResult,
    Category,
    EntryStatus,
    Kind,
    ReferralStatus,
    Sex,
    Source,
    Urgency,
    Visits,
)
from reception.shapes import dataclass

if TYPE_CHECKING:
    from reception.facts.office import NewDocument, NewJob, NewMeeting, NewUrgent


@dataclass(frozen=True, slots=True)
class Party:
    """One person of an entry.

    Everything may be unknown. ``organisation`` is the organisation or the address. ``person_id`` is somebody
    seen before whom the clerk chose; otherwise the register finds the person by name and telephone. In what
    the register shows it is the person found or chosen.
    """

    name: str = ""
    phone: str = ""
    organisation: str = ""
    sex: Sex | None = None
    document_type: str = ""
    document_number: str = ""
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewReferral:
    """Send an entry to one lead department and any assisting ones.

    ``told_whom`` is filled when the lead was told by phone in the same breath.
    """

    lead_id: int
    assist_ids: tuple[int, ...] = ()
    instruction: str = ""
    told_whom: str = ""
    limit: Limit | None = None
    """A shorter limit than the site's; None for the site's own."""
    written: bool = False
    """It goes out as a written slip, which gets a number of the year."""
    leader: str = ""
    """Who gave an instruction on it, if anybody did."""
    decided_by: str = ""
    reason: str = ""
    """Who decided where it goes now, and why: asked once it was re-routed before."""


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
    """The person wanted; the department wanted is ``department_id`` until an act sends the matter on."""
    plate: str = ""
    read_back: bool | None = None
    callback_wanted: bool = False
    source: Source | None = None
    source_number: str = ""
    """By what way the matter came, and its number there."""
    concerned_id: int | None = None
    """The department that a complaint, a report or an accusation is about."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What the clerk typed, before cleaning.

    ``received_at`` None means now. ``late`` marks an entry made later from a paper note (补登). The first of
    ``parties`` is the main person. ``case_id`` is the entry whose matter this one asks about again; the
    register keeps the one by which that matter came.
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
    callback: NewCallback | None = None
    received_at: dt.datetime | None = None
    late: bool = False
    waiting_since: dt.datetime | None = None
    seen_at: dt.datetime | None = None
    left_at: dt.datetime | None = None
    details: Details = Details()
    case_id: int | None = None
    record: NewDocument | NewJob | NewMeeting | NewUrgent | None = None
    """What only an entry of its kind has; of a call, the meeting of which somebody notified us."""


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
    left_estimated: bool = False
    """Nobody signed out: ``left_at`` is what the desk took for it at the end of the day."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """The whole of one entry. ``document_number`` of its parties is masked.

    ``case`` is the entry whose matter this one asks about again, ``enquiries`` those that asked about this
    one's, first to last.
    """

    row: EntryRow
    matter_id: int | None
    department_id: int | None
    parties: tuple[Party, ...]
    details: Details
    referrals: tuple[ReferralView, ...]
    trail: tuple[TrailLine, ...]
    callbacks: tuple[CallbackView, ...] = ()
    notices: tuple[NoticeView, ...] = ()
    case: EntryRow | None = None
    enquiries: tuple[EntryRow, ...] = ()
    concerned: str = ""
    """Code of the department that it is about."""


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One step of an entry's history: who did what when, and which values changed (label, old, new)."""

    at: dt.datetime
    operator: str
    desk: str
    verb: str
    changes: tuple[tuple[str, str, str], ...]
    departments: tuple[str, ...] = ()
    """The names of those whose parts of a referral it touched."""
