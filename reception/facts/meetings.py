"""Meeting notices by phone (会议通知) as windows, commands and paper show them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from reception.facts.entries import EntryRow
from reception.facts.office import NewInvitee, Reply
from reception.facts.words import AttemptResult
from reception.shapes import dataclass


class Notified(StrEnum):
    """Where an invitee stands in the latest round of a meeting."""

    UNCALLED = "uncalled"
    UNREACHED = "unreached"
    """Called and not reached; the next attempt is owed."""
    GIVEN_UP = "given-up"
    """Not reached, and somebody decided that nobody calls any more."""
    TOLD = "told"
    SPARED = "spared"
    """Never heard of the meeting, and need not hear that it is cancelled."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Invitees read from a pasted list.

    ``twice`` are those that stand in it, or on the list, already: they are left out. ``shared`` are numbers
    that several have. ``odd`` are lines without a name.
    """

    invitees: tuple[NewInvitee, ...]
    twice: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingRound:
    """What was told in one round. The second and later ones follow a change of time or place."""

    ordinal: int
    at: dt.datetime
    operator: str
    cancelled: bool
    convener: str
    agenda: str
    meets_at: dt.datetime | None
    place: str
    attendance: str
    materials: str
    dress: str
    reply_by: dt.datetime | None
    issued_by: str


@dataclass(frozen=True, slots=True)
class InvitationView:
    """A call by which an invitee was told of a round, or should have been."""

    round: int
    call_id: int
    call_number: str
    called_at: dt.datetime
    told_at: dt.datetime | None
    told_whom: str
    callback_id: int | None = None
    """The call-back that is owed, if nobody was reached."""
    given_up: bool = False
    attempts: int = 1
    last_at: dt.datetime | None = None
    last_result: AttemptResult | None = None


@dataclass(frozen=True, slots=True)
class InviteeView:
    """One line of the grid: whom to call, whether they were told, and what they say."""

    id: int
    ordinal: int
    name: str
    position: str
    phone: str
    department_id: int | None
    department: str
    """Code of the department, "" for none."""
    reply: Reply | None
    replied_at: dt.datetime | None
    attendee: str
    reason: str
    stale: bool
    """The reply was to an earlier round."""
    state: Notified
    calls: tuple[InvitationView, ...]

    def of(self, round_: int) -> InvitationView | None:
        """The latest call of a round; None without one."""
        return next((one for one in reversed(self.calls) if one.round == round_), None)


@dataclass(frozen=True, slots=True)
class MeetingView:
    """The whole of a meeting notice: its rounds, first to last, and the grid, whom to call next on top."""

    entry: EntryRow
    received: bool
    rounds: tuple[MeetingRound, ...]
    invitees: tuple[InviteeView, ...]
    laid_at: dt.datetime | None
    laid_before: str
    answered_at: dt.datetime | None
    answered_whom: str
    ended_at: dt.datetime | None
    read_back: bool | None

    @property
    def entry_id(self) -> int:
        """The id of its entry."""
        return self.entry.id

    @property
    def now(self) -> MeetingRound:
        """What holds."""
        return self.rounds[-1]

    @property
    def open(self) -> bool:
        """Whether anything is to be done about it."""
        return self.ended_at is None and not self.entry.void_reason

    def count(self, *states: Notified) -> int:
        """How many invitees stand so."""
        return sum(one.state in states for one in self.invitees)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One line of the list of meetings."""

    entry_id: int
    number: str
    day: int
    subject: str
    received: bool
    sender: str
    round: int
    cancelled: bool
    convener: str
    meets_at: dt.datetime | None
    place: str
    reply_by: dt.datetime | None
    invited: int
    told: int
    unreached: int
    """Called and not reached; the next attempt is owed."""
    attends: int
    excused: int
    laid_at: dt.datetime | None
    answered_at: dt.datetime | None
    ended: bool
    void: bool
