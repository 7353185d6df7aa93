"""What was typed for a step and is not noted: kept while its question is closed, on the disk too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reception.facts import PartStatus, ReferralStatus, Role, TodoRow
from reception.shapes import dataclass
from ui.referrals.case import Case
from ui.referrals.step import Named, Step

if TYPE_CHECKING:
    from ui.widgets.paged_model import PagedModel

FAR = 500
"""Among so many rows of a list it is looked for the one that is wanted."""
Raw = dict[str, Any]
Kept = dict[tuple[str, str], Raw]
"""What is typed, by the mark of the case and the name of the step."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was typed about which cases and steps, and the question that was open."""

    kept: Kept
    step: Step | None
    case: Named | None


def row_of(rows: PagedModel[TodoRow], names: frozenset[str]) -> tuple[TodoRow, ...] | None:
    """The first row about one of these cases, if there is one; None while further rows are on their way."""
    count = rows.rowCount()
    for at in range(count):
        row = rows.row(at)
        if row is not None and Case(row).mark in names:
            return (row,)
    if count >= FAR or not rows.seek_on():
        return ()
    return None


def lead_of(rows: PagedModel[TodoRow], referral_id: int) -> int | None:
    """The id of the lead's part that stands for a referral now, if it is among the rows fetched.

    A lead that has answered while its referral is open was followed by another one.
    """
    shown = (row for at in range(rows.rowCount()) if (row := rows.row(at)) is not None)
    leads = [
        one.part.id
        for one in (row.referral for row in shown)
        if one is not None
        and one.referral_id == referral_id
        and one.part.role is Role.LEAD
        and not (one.referral_status is ReferralStatus.OPEN and one.part.status is PartStatus.ANSWERED)
    ]
    return max(leads, default=None)
