"""People who return, notes on them, and what became of a matter that somebody asks about again."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from reception.facts.entries import EntryRow, TrailLine
from reception.facts.referrals import PartView
from reception.facts.site import DepartmentFact
from reception.facts.words import Sex
from reception.shapes import dataclass


class NoteKind(StrEnum):
    """What a note on a person says: needs an interpreter, hard of hearing, banned from the building."""

    INTERPRETER = "interpreter"
    HEARING = "hearing"
    BANNED = "banned"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PersonOffer:
    """Somebody seen before, as the form offers them. ``phones`` are the newest first, as they were written.

    ``times`` and the last visit count entries that are not void, those of merged records included. Of an
    entry whose people are not to be disclosed the offer says neither subject nor number, and
    ``identity_protected`` asks for the name to be veiled.
    """

    id: int
    name: str
    phones: tuple[str, ...]
    organisation: str
    sex: Sex | None
    times: int
    last_at: dt.datetime | None
    last_subject: str
    last_number: str
    open_cases: int
    note_kind: NoteKind | None = None
    note: str = ""
    identity_protected: bool = False


@dataclass(frozen=True, slots=True)
class PersonView:
    """The whole of one person: the offer, the records merged into it (their own ids), and what was done."""

    offer: PersonOffer
    merged: tuple[PersonOffer, ...] = ()
    trail: tuple[TrailLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonNote:
    """A note that the clerk must see before speaking on."""

    person_id: int
    name: str
    phones: tuple[str, ...]
    kind: NoteKind
    text: str


class CaseStep(StrEnum):
    """The last thing that happened to a matter."""

    NOTED = "noted"
    ANSWERED = "answered"
    POINTED = "pointed"
    PUT_THROUGH = "put-through"
    SENT = "sent"
    TOLD = "told"
    RECEIVED = "received"
    DEPARTMENT_ANSWERED = "department-answered"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """What became of a matter, in the facts of one sentence.

    ``entry`` is the one by which the matter came (its number is the case's). ``department`` has it now, None
    while it lies at the desk; ``parts`` are those of its latest referral. ``step`` happened last, at
    ``step_at``, by or to ``step_who``, and said ``step_text``. ``due_at`` is None where nothing is due.
    ``enquiries`` counts how often it was asked about, last at ``asked_at``.
    """

    entry: EntryRow
    is_open: bool
    department: DepartmentFact | None
    parts: tuple[PartView, ...]
    step: CaseStep
    step_at: dt.datetime
    step_who: str = ""
    step_text: str = ""
    due_at: dt.datetime | None = None
    enquiries: int = 0
    asked_at: dt.datetime | None = None
