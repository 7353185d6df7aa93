"""Tells the department what the desk decided on its requests for more time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from reception.facts import ReferralRow, StepKind, TodoRow
from reception.facts.inbox import InboxPart
from reception.words import CLOCKS
from ui.wording import _
from ui.work import Lanes


class Decisions(QObject):
    """Remembers which of the rows that were shown waited for a decision."""

    told = Signal(str)
    """A sentence for the window."""

    def __init__(self, lanes: Lanes, parent: QObject) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._waiting: set[int] = set()

    def look(self, rows: Sequence[TodoRow]) -> None:
        """Ask about those of ``rows`` that wait no more."""
        for row in rows:
            if row.part_id is None or row.referral is None:
                continue
            if row.referral.asked:
                self._waiting.add(row.part_id)
            elif row.part_id in self._waiting:
                self._waiting.discard(row.part_id)
                topic = f"inbox.decided-{row.part_id}"
                self._lanes.read(topic, "inbox.part", row.part_id).done.connect(self._on_part)

    @Slot(object)
    def _on_part(self, part: InboxPart) -> None:
        asked = [step for step in part.steps if step.kind is StepKind.ASKED]
        if not asked or asked[-1].replied_at is None:
            return  # the department took its request back itself
        row = part.row
        if asked[-1].content:
            told = _("{number}: more time was granted").format(number=row.number)
        else:
            told = _("{number}: no more time: {reason}").format(number=row.number, reason=asked[-1].reply)
        self.told.emit(told)


def wanted(row: ReferralRow) -> str:
    """How much more time the department asks for, and why."""
    if not row.asked_amount or row.term is None:
        return row.asked
    return _("{n} {unit}: {reason}").format(
        n=row.asked_amount, unit=_(CLOCKS[row.term.clock]), reason=row.asked
    )
