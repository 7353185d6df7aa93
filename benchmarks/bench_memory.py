"""Resident memory of the idle window against a bare one, and of the process that lays out its paper."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

import psutil

from benchmarks import windows
from benchmarks.rows import Row, absolute

REPEATS = 3
SETTLING = 5.0
"""Seconds after the first row: the garbage of the start is collected by then."""
GOAL = 90.0
GOAL_OF_PAPER = 120.0
"""Megabytes of the process that waits to lay paper out: what nobody may call silly."""


def run(path: Path, repeats: int = REPEATS) -> list[Row]:
    """Megabytes more than the bare window."""
    ours: list[tuple[float, float]] = []
    bare: list[tuple[float, float]] = []
    paper: list[float] = []
    for _ in range(repeats):
        for command, taken in ((windows.bare(), bare), (windows.desk(path), ours)):
            with windows.started(command) as (_marks, process):
                time.sleep(SETTLING)
                taken.append(_memory(process))
                if taken is ours:
                    paper += [_memory(one)[0] for one in process.children() if _lays_out(one)]
    rss, floor = median(one[0] for one in ours), median(one[0] for one in bare)
    own, own_floor = median(one[1] for one in ours), median(one[1] for one in bare)
    note = f"unshared {own:.0f} against {own_floor:.0f} MB"
    return [
        Row("memory of the idle window, above the bare one", rss, floor, rss - floor, GOAL, "MB", note),
        absolute("memory of the process that lays out paper, warm", median(paper), GOAL_OF_PAPER, "MB"),
    ]


def _lays_out(process: psutil.Process) -> bool:
    return "reception.paper.worker" in process.cmdline()


def _memory(process: psutil.Process) -> tuple[float, float]:
    """Resident and unshared megabytes."""
    found = process.memory_full_info()
    return found.rss / 1e6, found.uss / 1e6
