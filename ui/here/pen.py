"""Writes and reads the kept list in a thread that lives only as long as there is something to write.

The lanes are no place for it: they may be what does not answer.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from reception.facts import RollCall
from ui.here import kept


class Pen(QObject):
    """One list at a time: of several that wait only the latest is written."""

    failed = Signal(object)
    """The exception that kept a list from being written."""
    found = Signal(object)
    """The ``RollCall`` that was read, or None."""
    _wrote = Signal(object)
    _read = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gate = threading.Lock()
        self._written: kept.Written = {}
        """The thread's own."""
        self._next: Callable[[], Any] | None = None
        self._thread: threading.Thread | None = None
        self._wrote.connect(self.failed, Qt.ConnectionType.QueuedConnection)
        self._read.connect(self.found, Qt.ConnectionType.QueuedConnection)

    def write(self, path: Path, known: RollCall) -> None:
        """Have a list written."""

        def work() -> None:
            try:
                kept.save(path, known, self._written)
            except Exception as error:
                self._wrote.emit(error)

        self._do(work)

    def read(self, path: Path) -> None:
        """Have the kept list read; ``found`` tells."""
        self._do(lambda: self._read.emit(kept.load(path)))

    def finish(self) -> None:
        """Wait for what is being written."""
        if (thread := self._thread) is not None:
            thread.join(10)

    def _do(self, work: Callable[[], Any]) -> None:
        with self._gate:
            self._next = work
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="roll-call pen", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            with self._gate:
                work, self._next = self._next, None
                if work is None:
                    self._thread = None
                    return
            with contextlib.suppress(RuntimeError):  # the window, and its pen, went meanwhile
                work()
