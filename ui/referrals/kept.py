"""What was typed for a step and is not noted: kept while its question is closed, on the disk too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex

from reception.facts import TodoRow
from reception.shapes import dataclass
from ui.referrals.case import Case
from ui.referrals.step import Named, Step

if TYPE_CHECKING:
    from ui.widgets.paged_model import PagedModel

_FAR = 500
"""Among so many rows of a list it is looked for what was half typed."""
Raw = dict[str, Any]
Kept = dict[tuple[str, str], Raw]
"""What is typed, by the name of the case and that of the step."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was typed about which cases and steps, and the question that was open."""

    kept: Kept
    step: Step | None
    case: Named | None


def row_of(rows: PagedModel[TodoRow], names: frozenset[str]) -> tuple[TodoRow, ...] | None:
    """The first row about one of these cases, if there is one; None while further rows are on their way."""
    nowhere, count = QModelIndex(), rows.rowCount()
    for at in range(count):
        row = rows.row(at)
        if row is not None and Case(row).name in names:
            return (row,)
    if count >= _FAR or not rows.canFetchMore(nowhere):
        return ()
    rows.fetchMore(nowhere)
    return None
