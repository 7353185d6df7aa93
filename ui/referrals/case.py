"""What a step is done about: a row of the list, and the whole of its referral once that has been read."""

from __future__ import annotations

from reception.facts import (
    PartStatus,
    PartView,
    ReferralRow,
    ReferralStatus,
    ReferralView,
    Role,
    StepKind,
    StepView,
    Todo,
    TodoRow,
    Way,
)
from reception.shapes import dataclass

_ANEW = (StepKind.EXTENSION, StepKind.REOPENED)
"""What begins the ladder of reminders anew."""
_AGAIN = (StepKind.REOPENED, StepKind.REROUTED)
"""What was seen or said before these was about another answer."""
_AT_DEPARTMENT = (PartStatus.SENT, PartStatus.RECEIVED)
_ENDED = (PartStatus.ANSWERED, PartStatus.RETURNED)


@dataclass(frozen=True, slots=True)
class Case:
    """What stands under the cursor.

    ``view`` is None until it has been read, and stays None for what is sealed. ``contact``: the site wants to
    know whether the person was contacted. ``tries``: after so many calls that reached nobody it may close.
    """

    todo: TodoRow
    view: ReferralView | None = None
    contact: bool = False
    tries: int = 3
    officer: str = ""
    """Who of its department has the work today."""

    @property
    def row(self) -> ReferralRow | None:
        """The part of a referral; None for a visitor, a call and an entry."""
        return self.todo.referral

    @property
    def name(self) -> str:
        """How it is called: ``20261122-001/JC``."""
        return self.row.part.name if self.row is not None else self.todo.number

    @property
    def mark(self) -> str:
        """Its name: no other has it."""
        return self.name

    # Where the part and its referral stand.

    @property
    def at_department(self) -> bool:
        """The department still has to say something."""
        return self.runs and self.row is not None and self.row.part.status in _AT_DEPARTMENT

    @property
    def runs(self) -> bool:
        """The referral has not ended."""
        return self.row is not None and self.row.referral_status in (
            ReferralStatus.OPEN,
            ReferralStatus.COMPLETED,
        )

    @property
    def open(self) -> bool:
        """The lead has not answered yet."""
        return self.row is not None and self.row.referral_status is ReferralStatus.OPEN

    @property
    def completed(self) -> bool:
        """The lead has answered."""
        return self.row is not None and self.row.referral_status is ReferralStatus.COMPLETED

    @property
    def closed(self) -> bool:
        """It was brought to its end."""
        return self.row is not None and self.row.referral_status is ReferralStatus.CLOSED

    @property
    def leads(self) -> bool:
        """It is the lead's part, and no other lead came after it."""
        if self.row is None or self.row.part.role is not Role.LEAD:
            return False
        lead = self.lead
        return lead is None or lead.id == self.row.part.id

    @property
    def lead(self) -> PartView | None:
        """The part that leads now, once the referral has been read."""
        parts = self.view.parts if self.view is not None else ()
        leads = [one for one in parts if one.role is Role.LEAD and one.status is not PartStatus.WITHDRAWN]
        return leads[-1] if leads else None

    @property
    def came_back(self) -> bool:
        """The lead returned it, so that it has to go elsewhere."""
        return self.open and self.leads and self._status is PartStatus.RETURNED

    @property
    def ended(self) -> bool:
        """The lead has answered or returned it: there is a result to tell."""
        return self.completed or (self.open and self.leads and self._status in _ENDED)

    @property
    def _status(self) -> PartStatus | None:
        return self.row.part.status if self.row is not None else None

    @property
    def paused(self) -> bool:
        """Its clock stands."""
        return self.row is not None and self.row.term is not None and self.row.term.paused_at is not None

    @property
    def counts(self) -> bool:
        """It is open and has a limit."""
        return self.open and self.row is not None and self.row.term is not None

    @property
    def row_asks(self) -> bool:
        """The department asked for more time, and nobody has decided."""
        return self.row is not None and bool(self.row.asked)

    @property
    def overdue(self) -> bool:
        """Its limit has passed."""
        return self.todo.what is Todo.OVERDUE or bool(self.todo.overdue_days)

    # What was done about the referral, once it has been read.

    @property
    def steps(self) -> tuple[StepView, ...]:
        """Everything, first to last."""
        return self.view.steps if self.view is not None else ()

    @property
    def rerouted(self) -> bool:
        """It was re-routed before."""
        return any(one.kind is StepKind.REROUTED for one in self.steps)

    @property
    def unanswered_reminder(self) -> StepView | None:
        """The latest reminder, if the department has said nothing to it."""
        told = [one for one in self._reminders if one.way in (Way.PHONE, Way.WRITTEN)]
        return told[-1] if told and told[-1].replied_at is None else None

    @property
    def laid_before_director(self) -> bool:
        """It lies before the office director, who has not decided."""
        laid = [one for one in self._reminders if one.way is Way.DIRECTOR]
        return bool(laid) and laid[-1].replied_at is None

    @property
    def _reminders(self) -> list[StepView]:
        """The reminders of this round."""
        begun = max((one.ordinal for one in self.steps if one.kind in _ANEW), default=0)
        return [one for one in self.steps if one.kind is StepKind.REMINDER and one.ordinal > begun]

    @property
    def leader_owed(self) -> bool:
        """The leader has not seen this result, or gave a new instruction with it."""
        if self.row is None or not self.row.leader_asked:
            return False
        seen = self._looks(StepKind.SEEN)
        return not seen or not seen[-1].content

    @property
    def call_owed(self) -> bool:
        """The person has not been called about this result, as often as the site wants it tried."""
        if self.row is None or not self.row.person_asked:
            return False
        calls = self._looks(StepKind.CALLED_BACK)
        reached = [one for one in calls if one.reached]
        return not reached[-1].content if reached else len(calls) < self.tries

    def _looks(self, kind: StepKind) -> list[StepView]:
        begun = max((one.ordinal for one in self.steps if one.kind in _AGAIN), default=0)
        return [one for one in self.steps if one.kind is kind and one.ordinal > begun]
