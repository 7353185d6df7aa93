"""Writes when the window was painted and when the first row stood there, for the benchmark.

Only with ``RECEPTION_TRACE_START`` in the environment: the file named there gets one JSON object with seconds
since the epoch (``main``, ``painted``, ``opened``, ``first_row``) and the longest time that the event loop
stood still, in milliseconds (``longest_gap``).
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

_AFTER = 1500
"""Milliseconds after the first row during which gaps still count."""


class StartupTrace(QObject):
    """Collects the instants and writes them."""

    def __init__(self, path: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = Path(path)
        self._marks: dict[str, float] = {"main": time.time()}
        self._last = 0.0
        self._gap = 0.0
        self._pulse = QTimer(self)
        self._pulse.setInterval(0)
        self._pulse.timeout.connect(self._beat)

    @classmethod
    def wanted(cls, parent: QObject | None = None) -> StartupTrace | None:
        """A trace if the environment asks for one."""
        path = os.environ.get("RECEPTION_TRACE_START")
        return cls(path, parent) if path else None

    @Slot()
    def painted(self) -> None:
        """The window is on the screen; from now on gaps count."""
        self._mark("painted")
        self._pulse.start()

    @Slot()
    def opened(self) -> None:
        """The register is open."""
        self._mark("opened")

    @Slot()
    def first_row(self) -> None:
        """The day's rows stand there."""
        if "first_row" not in self._marks:
            self._mark("first_row")
            QTimer.singleShot(_AFTER, self._write)

    def _mark(self, name: str) -> None:
        self._marks.setdefault(name, time.time())

    @Slot()
    def _beat(self) -> None:
        now = time.perf_counter()
        if self._last:
            self._gap = max(self._gap, now - self._last)
        self._last = now
        # A timer of 0 ms would take a whole core from the lanes that are measured.
        self._pulse.setInterval(1)

    @Slot()
    def _write(self) -> None:
        self._pulse.stop()
        self._path.write_text(json.dumps({**self._marks, "longest_gap": self._gap * 1000}), encoding="utf-8")
