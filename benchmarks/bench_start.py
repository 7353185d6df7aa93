"""From the start of the process to a usable window, and to the first row of today, against a bare window."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from benchmarks import windows
from benchmarks.rows import Row, absolute, against

REPEATS = 9


def run(path: Path, repeats: int = REPEATS) -> list[Row]:
    """Both by turns; the first pair only warms the caches."""
    painted, first, bare, gaps = [], [], [], []
    for turn in range(repeats + 1):
        with windows.started(windows.bare()) as (marks, _process):
            least = marks["painted"]
        with windows.started(windows.desk(path)) as (marks, _process):
            if turn:
                bare.append(least)
                painted.append(marks["painted"])
                first.append(marks["first_row"])
                gaps.append(marks["longest_gap"])
    floor = median(bare)
    gap_note = f"median of {repeats}; gaps {', '.join(f'{one:.0f}' for one in sorted(gaps))} ms"
    return [
        against("process start → first painted window", median(painted), floor, 2.0),
        against("process start → first row of today", median(first), floor, 4.5),
        absolute("longest gap of the event loop while starting", median(gaps), 50, note=gap_note),
    ]
