"""What was typed for a step and is not noted: kept while its question is closed, on the disk too."""

from __future__ import annotations

from typing import Any

from reception.shapes import dataclass
from ui.referrals.case import Case
from ui.referrals.steps import Step

Raw = dict[str, Any]
Kept = dict[tuple[str, str], Raw]
"""What is typed, by the name of the case and that of the step."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was typed about which cases and steps, and the question that was open."""

    kept: Kept
    step: Step | None
    case: Case | None
