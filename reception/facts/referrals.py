"""Referrals as they are shown."""

from __future__ import annotations

import datetime as dt

from reception.facts.words import Kind, PartStatus, ReferralStatus, Role, Urgency
from reception.shapes import dataclass


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
    identity_protected: bool = False
