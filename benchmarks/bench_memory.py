"""Resident memory of the idle window against a bare one."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

import psutil

from benchmarks import windows
from benchmarks.rows import Row

REPEATS = 3
SETTLING = 5.0
"""Seconds after the first row: the garbage of the start is collected by then."""
GOAL = 90.0


def run(path: Path, repeats: int = REPEATS) -> list[Row]:
    """Megabytes more than the bare window."""
    ours: list[tuple[float, float]] = []
    bare: list[tuple[float, float]] = []
    for _ in range(repeats):
        for command, taken in ((windows.bare(), bare), (windows.desk(path), ours)):
            with windows.started(command) as (_marks, process):
                time.sleep(SETTLING)
                taken.append(_memory(process))
    rss, floor = median(one[0] for one in ours), median(one[0] for one in bare)
    own, own_floor = median(one[1] for one in ours), median(one[1] for one in bare)
    note = f"unshared {own:.0f} against {own_floor:.0f} MB"
    return [Row("memory of the idle window, above the bare one", rss, floor, rss - floor, GOAL, "MB", note)]


def _memory(process: psutil.Process) -> tuple[float, float]:
    """Resident and unshared megabytes."""
    found = process.memory_full_info()
    return found.rss / 1e6, found.uss / 1e6
