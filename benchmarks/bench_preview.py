"""From the key that asks for a day's sheet to its first page on the screen."""

from __future__ import annotations

from pathlib import Path

from benchmarks import windows
from benchmarks.rows import Row, absolute, percentile

TIMES = 60
GOAL = 100.0


def run(path: Path) -> list[Row]:
    """Sheets of the days of the large register (140 entries each). It only reads."""
    found = windows.worked_at(path, "preview", TIMES)
    first, whole, gap = ([1000 * one for one in found[name]] for name in ("first", "whole", "gap"))
    later = first[1:]
    note = (
        f"median {percentile(later, 0.5):.0f}, the very first {first[0]:.0f}, "
        f"all pages {percentile(whole, 0.5):.0f} ms"
    )
    return [
        absolute("a key → a day's first page painted, p95", percentile(later, 0.95), GOAL, note=note),
        absolute("the window meanwhile, longest gap, p95", percentile(gap[1:], 0.95), 50, note=""),
    ]
