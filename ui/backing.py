"""Has the day's backup made beside the work, by a child process that rests as long as it works.

In the window's own process and at full speed the copy of a register of years took the disk from the letters
that are to be kept, and the interpreter from the keys. The child is ``python -m reception backup --gently``;
it may be ended at any moment, and nothing of it stays.
"""

from __future__ import annotations

import contextlib
import importlib
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reception.errors import DeskError, SurroundingsError
from ui import aside

if TYPE_CHECKING:
    import subprocess

    from reception.desk import Desk

FIRST = 20.0
"""Seconds after the register was opened: the start is over, nobody waits any more."""
AGAIN = 30 * 60.0
"""Seconds until it is asked again whether a backup is due."""
_LOOK = 0.2
"""Seconds between two looks at whether the child is done."""
_WORDS = "{words}"
"""What the child said is in the clerk's language already."""


class Backer:
    """Looks now and then whether the day's backup is due, and has it made.

    Args:
        in_use: the open register, which is not closed meanwhile; raises DeskError when there is none.
        place: where that register is.
        folder: where the backups lie.
        failed: hears why there is none.
    """

    def __init__(
        self,
        in_use: Callable[[], AbstractContextManager[Desk]],
        place: Callable[[], str],
        folder: str,
        failed: Callable[[DeskError], None],
    ) -> None:
        self._in_use = in_use
        self._place = place
        self._folder = folder
        self._failed = failed
        self._ending = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._copy: Path | None = None
        self._one = threading.Lock()

    def run(self) -> None:
        """Work until ``end``; the body of a thread."""
        wait = FIRST
        while not self._ending.wait(wait):
            wait = AGAIN
            try:
                self._look()
            except DeskError as error:
                self._failed(error)
            except OSError as error:
                self._failed(SurroundingsError(_WORDS, words=error.strerror or str(error)))

    def end(self) -> None:
        """Stop for good."""
        self._ending.set()
        self.leave()

    def leave(self) -> None:
        """End the child, so that nobody has the register open, and remove what it has copied."""
        with self._one:
            child, self._child = self._child, None
            if child is not None:
                child.kill()
                child.wait()
                if child.stderr is not None:
                    child.stderr.close()
                self._sweep()

    def _look(self) -> None:
        backups = importlib.import_module("reception.store.backup")
        with self._in_use() as desk:
            due = backups.due(desk, self._folder)
        if due is None:
            return
        with self._one, self._in_use():
            if self._ending.is_set():
                return
            self._copy = due.copy()
            arguments = ("--language", _language(), "backup", "--gently", str(self._copy))
            child = self._child = aside.start(self._place(), *arguments, last=True, heard=True)
        while child.poll() is None:
            self._ending.wait(_LOOK)
        with self._one:
            if self._child is child:  # not left meanwhile
                self._child = None
                self._settle(backups, due, child)

    def _settle(self, backups: Any, due: Any, child: subprocess.Popen[bytes]) -> None:
        assert child.stderr is not None
        with child.stderr as words:
            said = words.read().decode("utf-8", "replace").strip()
        if child.returncode == 0:
            backups.made(due, self._copy)
        else:
            self._sweep()
            raise SurroundingsError(_WORDS, words=said)

    def _sweep(self) -> None:
        if self._copy is not None:
            for path in self._copy.parent.glob(f"*{self._copy.name}*"):
                with contextlib.suppress(OSError):
                    path.unlink()


def _language() -> str:
    from ui.wording import current

    return current().language
