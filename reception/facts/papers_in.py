"""Papers received (来文) and what is kept for staff, as lists, the window and paper show them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from reception.facts.office import PaperWay, ParcelKind, ParcelStatus
from reception.facts.words import EntryStatus, PartStatus, ReferralStatus, Urgency
from reception.shapes import dataclass


class PaperStep(StrEnum):
    """What a paper waits for: 待处理, 承办中, 传阅中; or 已归档, 作废."""

    NOTHING = "nothing"
    REFERRED = "referred"
    CIRCULATING = "circulating"
    FILED = "filed"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class PaperReader:
    """Somebody to whom a paper is circulated; ``department`` is its code, "" for a person.

    ``signed_at``: they have signed for having read it. ``note`` is what they wrote beside it.
    """

    ordinal: int
    name: str
    department: str
    signed_at: dt.datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class PaperWords:
    """What a leader wrote on a paper by hand (批示), as it was entered."""

    leader: str
    words: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class PaperIn:
    """A paper received: a line of the list, of the register, and all that the handling slip has of it.

    ``serial`` counts the papers of a year (收〔2026〕12号). ``lead`` and ``assisting`` are the departments of
    its latest referral, which asks for ``asked`` (``leader`` gave the instruction); it is due by the end of
    ``due_day``, or with ``by_hour`` at ``due_at``; ``result`` is what the lead answered. Days: ``YYYYMMDD``.
    When it was read, it had been ``lying`` unhandled beyond the site's hour, or its referral was ``overdue``.
    """

    entry_id: int
    number: str
    serial: str
    day: int
    received_at: dt.datetime
    late: bool
    sender: str
    sender_number: str
    sender_day: int | None
    title: str
    copies: int
    urgency: Urgency
    way: PaperWay
    brought_by: str
    proposed: str
    status: EntryStatus
    step: PaperStep
    readers: tuple[PaperReader, ...]
    instructions: tuple[PaperWords, ...]
    lead: str
    assisting: tuple[str, ...]
    asked: str
    leader: str
    referral_status: ReferralStatus | None
    due_day: int | None
    due_at: dt.datetime | None
    by_hour: bool
    provisional: bool
    result: str
    answered_at: dt.datetime | None
    closed_at: dt.datetime | None
    outcome: str
    filed_at: dt.datetime | None
    filed_where: str
    operator: str
    void_reason: str
    version: int
    lying: bool
    overdue: bool
    referral_id: int | None = None
    part_id: int | None = None
    """The latest referral, and the lead department's part of it."""
    lead_status: PartStatus | None = None
    same: tuple[str, ...] = ()
    """Other papers with the same document number: the same one, come twice. Only where one is looked at."""

    @property
    def unsigned(self) -> tuple[PaperReader, ...]:
        """Who has not signed yet, in their order."""
        return tuple(one for one in self.readers if one.signed_at is None)


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """What was taken in, and what became of it; ``days`` are those that it has lain here."""

    id: int
    kind: ParcelKind
    status: ParcelStatus
    whom: str
    department: str
    department_name: str
    sender: str
    tracking: str
    pieces: int
    note: str
    received_at: dt.datetime
    handed_at: dt.datetime | None
    handed_to: str
    operator: str
    days: int
    long: bool
    """It has lain here longer than the site's days."""
