"""Has what searches look things up in filled, beside the work, by a child process of low priority.

In the window's own process that would hold the interpreter lock against the keys that are typed. The child is
``python -m reception index --gently``; it may be ended at any moment and goes on from there the next time.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from reception.errors import DeskError

if TYPE_CHECKING:
    import subprocess

    from reception.desk import Desk

FIRST = 20.0
"""Seconds after the start: the first rows are there, nobody waits any more."""
AGAIN = 60.0
"""Seconds until it is asked again whether there is anything to do."""
LOOK = 1.0
"""Seconds between two looks at how far the child is."""
Told = Callable[[int, int], None]


class Indexer:
    """Looks now and then whether there is something to fill, and has it filled.

    Args:
        in_use: the open register, which is not closed meanwhile; raises DeskError when there is none.
        place: where that register is.
        told: hears (done, all) while a child works, and once when all is done.
        first: seconds before the first look.
    """

    def __init__(
        self,
        in_use: Callable[[], AbstractContextManager[Desk]],
        place: Callable[[], str],
        told: Told,
        first: float = FIRST,
    ) -> None:
        self._in_use = in_use
        self._place = place
        self._told = told
        self._first = first
        self._ending = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._one = threading.Lock()

    def run(self) -> None:
        """Work until ``end``; the body of a thread."""
        wait = self._first
        while not self._ending.wait(wait):
            try:
                wait = LOOK if self._look() else AGAIN
            except (DeskError, OSError):  # the register is away; the window says so
                wait = AGAIN

    def end(self) -> None:
        """Stop for good."""
        self._ending.set()
        self.leave()

    def leave(self) -> None:
        """End the child, so that nobody has the register open; it has been closed here before."""
        with self._one:
            child, self._child = self._child, None
            if child is not None:
                child.kill()
                child.wait()

    def _look(self) -> bool:
        """Whether a child is at work."""
        from ui import aside  # not before the first paint

        progress = importlib.import_module("reception.operations.derived").progress
        with self._in_use() as desk:
            done, total = desk.ask(progress)
        with self._one, self._in_use():
            worked = self._child is not None
            if self._child is not None and self._child.poll() is not None:
                self._child = None  # done, or it could not: then again in a while
            elif done < total and self._child is None and not self._ending.is_set():
                self._child = aside.start(self._place(), "index", "--gently")
            works = self._child is not None
        if worked or works:
            self._told(done, total)
        return works
