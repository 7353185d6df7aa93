"""What a director reads: the page of a day, the bulletin of a week or a month."""

from __future__ import annotations

from reception.operations.reports.daily import day
from reception.operations.reports.period import bounds, bulletin

__all__ = ["bounds", "bulletin", "day"]
