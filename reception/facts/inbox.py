"""What a department's own inbox shows."""

from __future__ import annotations

from reception.facts.day import TodoRow
from reception.facts.entries import TrailLine
from reception.facts.referrals import StepView
from reception.shapes import dataclass


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How much is with the department: not received, received, and of both what is overdue or due today."""

    sent: int = 0
    received: int = 0
    overdue: int = 0
    due_today: int = 0
    newest: int = 0
    """The id of the part that came last; 0 where nothing ever came."""


@dataclass(frozen=True, slots=True)
class InboxPart:
    """All that a department sees of a part that was sent to it."""

    row: TodoRow
    organisation: str = ""
    request: str = ""
    papers: str = ""
    sender_number: str = ""
    """What a paper that was received bears."""
    steps: tuple[StepView, ...] = ()
    """Reminders to it, its requests for more time and what became of them, extensions, pauses, reopenings."""
    trail: tuple[TrailLine, ...] = ()
