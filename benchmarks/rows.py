"""What a measurement says, and how it is shown."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    ``limit`` is the reference measured in the same run, None where there is none. ``ratio`` is what ``goal``
    bounds: ours by the limit, or ours itself where there is nothing to compare.
    """

    name: str
    ours: float
    limit: float | None
    ratio: float
    goal: float
    unit: str
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio <= self.goal


def against(name: str, ours: float, limit: float, goal: float, unit: str = "ms", note: str = "") -> Row:
    """A row bounded by a reference."""
    return Row(name, ours, limit, ours / limit, goal, unit, note)


def absolute(name: str, ours: float, goal: float, unit: str = "ms", note: str = "") -> Row:
    """A row bounded by a number."""
    return Row(name, ours, None, ours, goal, unit, note)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def write(rows: Sequence[Row], path: Path) -> None:
    """The rows as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = [{**asdict(row), "met": row.met} for row in rows]
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def table(rows: Sequence[Row]) -> str:
    """The rows for a terminal."""
    head = ("what", "ours", "against", "ratio", "goal", "")
    lines = [head] + [
        (
            row.name,
            f"{row.ours:.2f} {row.unit}",
            "–" if row.limit is None else f"{row.limit:.2f} {row.unit}",
            "–" if row.limit is None else f"{row.ratio:.2f}",
            f"≤ {row.goal:g}" + (f" {row.unit}" if row.limit is None else "×"),
            ("met" if row.met else "NOT MET") + (f"   {row.note}" if row.note else ""),
        )
        for row in rows
    ]
    widths = [max(_width(line[place]) for line in lines) for place in range(len(head))]
    return "\n".join(
        "  ".join(
            text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
