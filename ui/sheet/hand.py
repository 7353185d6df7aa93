"""The hand that turns the pages: a thread that draws and prints them, so that the window never waits."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

_Job = tuple[int, Callable[..., Any], tuple[Any, ...]]


class Errand(QObject):
    """One job of the hand; one of its two signals is emitted once, in the GUI thread."""

    done = Signal(object)
    failed = Signal(object)
    """The exception."""


class Hand(QObject):
    """Does one job after another in a thread of its own. `stop` it before it is destroyed."""

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._errands: dict[int, Errand] = {}
        self._last = 0
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name="paper hand", daemon=True)
        self._thread.start()

    def do(self, work: Callable[..., Any], *args: Any) -> Errand:
        """Run ``work(*args)`` after the jobs that were given before."""
        errand = Errand(self)
        self._last += 1
        self._errands[self._last] = errand
        self._jobs.put((self._last, work, args))
        return errand

    def stop(self) -> None:
        """Finish the job in hand, forget the others."""
        self._errands.clear()
        while not self._jobs.empty():
            self._jobs.get()
        self._jobs.put(None)
        self._thread.join(10)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            number, work, args = job
            try:
                self._answered.emit((number, work(*args), None))
            except Exception as error:
                self._answered.emit((number, None, error))

    @Slot(object)
    def _deliver(self, answer: tuple[int, Any, Exception | None]) -> None:
        number, value, error = answer
        errand = self._errands.pop(number, None)
        if errand is None:
            return
        if error is None:
            errand.done.emit(value)
        else:
            errand.failed.emit(error)
        errand.deleteLater()
