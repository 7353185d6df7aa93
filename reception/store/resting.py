"""How long work beside somebody who types gives way: priority, rests, and nothing written in one heap."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

Progress = Callable[[int, int], None]
MOST_REST = 0.05
"""Seconds; on a machine that is busy anyway the rests would never end."""


def step_back() -> None:
    """Let every other process have processor and disk first, where the system knows such a priority.

    Not for whoever holds a lock that others wait for.
    """
    if sys.platform == "linux":
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))  # what it reads and writes comes last too
    elif sys.platform != "win32":
        os.nice(19)


def restful(progress: Progress | None, file: int | None = None) -> Progress:
    """A progress that rests as long as the work took, after what was written to ``file`` reached the disk.

    Without that the system writes gigabytes at once, and every save and every kept letter waits for them.
    """
    began = time.monotonic()

    def step(done: int, total: int) -> None:
        nonlocal began
        if progress is not None:
            progress(done, total)
        if file is not None:
            os.fsync(file)
        time.sleep(min(MOST_REST, time.monotonic() - began))
        began = time.monotonic()

    return step
