"""What Find finds besides entries."""

from __future__ import annotations

from reception.facts.awaited import Expected
from reception.facts.lending import Loan
from reception.facts.papers_in import ParcelRow
from reception.shapes import dataclass


@dataclass(frozen=True, slots=True)
class Others:
    """The newest of the records that fit and are no entries, and how many there are of each kind in all."""

    expected: tuple[Expected, ...] = ()
    loans: tuple[Loan, ...] = ()
    parcels: tuple[ParcelRow, ...] = ()
    expected_count: int = 0
    loan_count: int = 0
    parcel_count: int = 0

    def __bool__(self) -> bool:
        """Whether anything fits."""
        return bool(self.expected or self.loans or self.parcels)
