"""What of an entry's referrals concerns the one department that has the register open (``scope``)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping

from reception.facts import StepKind, Way

Rows = Sequence[RowMapping]
OF_DEPARTMENTS = (
    *(StepKind.REMINDER, StepKind.EXTENSION, StepKind.PAUSE, StepKind.REOPENED, StepKind.ASKED),
)
"""Steps that a department sees; the looks back and the way to another department are the office's."""


def narrowed(mine: int, referrals: Rows, parts: Rows, steps: Rows) -> tuple[Rows, Rows, Rows]:
    """Referrals, parts and steps that were sent to a department."""
    own = [one for one in parts if one["department_id"] == mine]
    theirs = {one["referral_id"] for one in own}
    seen = [one for one in steps if one["referral_id"] in theirs and is_seen(mine, one)]
    return [one for one in referrals if one["id"] in theirs], own, seen


def is_seen(mine: int, step: RowMapping) -> bool:
    """Whether a department sees a step of a referral that was sent to it."""
    to_it = step["department_id"] in (None, mine)
    up = step["way"] in (Way.DIRECTOR.value, Way.LEADER.value)
    return step["kind"] in OF_DEPARTMENTS and to_it and not up
