"""Jobs that leaders hand out, what they wrote by hand, and what was reported to them."""

from __future__ import annotations

import datetime as dt

from reception.facts.office import JobStepKind, Level, StandsOn
from reception.facts.words import EntryStatus, PartStatus, ReferralStatus, StepKind
from reception.shapes import dataclass


@dataclass(frozen=True, slots=True)
class JobStep:
    """Something done about a job, or a report upward: to which level, to whom, what they said.

    In the course of a job also what its department answered (``whom``), and that the leader has seen it, with
    the new instruction (``words``) if there was one.
    """

    ordinal: int
    at: dt.datetime
    kind: JobStepKind | PartStatus | StepKind
    level: Level | None
    whom: str
    words: str
    reply: str
    operator: str


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job of a list. ``department`` leads its latest referral; ``due_at`` is when that is overdue.

    ``overdue``: the department had not answered when the list was read. ``asked`` says that it waits for the
    leader to see the result. ``part_id`` is what the department is to answer, as long as it has it.
    """

    entry_id: int
    number: str
    given_at: dt.datetime
    given_by: str
    given_to: str
    words: str
    subject: str
    department: str
    referral_id: int | None
    referral_status: ReferralStatus | None
    due_at: dt.datetime | None
    overdue: bool
    asked: bool
    last: str
    """The last that was done or reported."""
    status: EntryStatus
    part_id: int | None = None
    answer: str = ""
    """What the department answered last, or why it gave the job back."""


@dataclass(frozen=True, slots=True)
class JobView:
    """The whole of a job."""

    row: JobRow
    read_back: bool | None
    steps: tuple[JobStep, ...]
    about: str
    """The number of the entry, or the day (``2026-11-23``), on whose page the leader wrote it."""
    course: tuple[JobStep, ...] = ()
    """The steps, what the department answered and the leader's looks, as they came."""

    @property
    def entry_id(self) -> int:
        """The entry."""
        return self.row.entry_id

    @property
    def next_level(self) -> Level:
        """To whom the next report goes: level by level, and after the leader from the officer on again."""
        reported = [one.level for one in self.steps if one.level is not None]
        order = list(Level)
        if not reported or reported[-1] is Level.LEADER:
            return order[0]
        return order[order.index(reported[-1]) + 1]


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a leader wrote by hand (批示), as it was entered.

    ``on`` is the number of the entry or referral, or the day, on whose page it stands; ``job`` the number of
    the job that came of it, "" where it asks for nothing. ``void``: it was taken back.
    """

    id: int
    entry_id: int
    ordinal: int
    at: dt.datetime
    leader: str
    words: str
    stands_on: StandsOn
    on: str
    job_id: int | None
    job: str
    operator: str
    void: bool = False
