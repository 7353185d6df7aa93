"""To be done now: one list of referrals, visitors and calls for every window, its filters and counts."""

from __future__ import annotations

from reception.operations.to_do.checking import check, supply
from reception.operations.to_do.counting import at_departments, counters, counts
from reception.operations.to_do.listing import FILTERS, of_referrals, rows
from reception.operations.to_do.office import rows as beside

__all__ = [
    "FILTERS",
    "at_departments",
    "beside",
    "check",
    "counters",
    "counts",
    "of_referrals",
    "rows",
    "supply",
]
