"""Has forms made in a child process: laying out a long day would hold the interpreter lock of the window.

The child is ``python -m reception.paper.worker``; it reads and answers length-prefixed pickles. It is started
when the desk is idle or with the first form, kept for the next ones, and started again when it has ended for
whatever reason.
"""

from __future__ import annotations

import logging
import pickle
import sys
from collections import deque
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal, Slot

import reception
from reception.errors import DeskError, SurroundingsError
from reception.paper import output
from reception.wording import N_

_log = logging.getLogger(__name__)
_HEAD = 8
"""Bytes of the length before each pickle, unsigned, big-endian."""
_TARGET = {"make": 5, "ledger": 9}
"""Where in a request the file is named that is to be written."""
PATIENCE = 60_000
"""Milliseconds after which a child that says nothing is ended: the longest day takes a few seconds."""


class Making(QObject):
    """A form on its way: what was asked of the child, and what it says."""

    done = Signal(object)
    """What it answered after the word itself: ``(pages, …)``."""
    failed = Signal(object)
    """A DeskError."""
    progressed = Signal(int, int)
    """So many entries of so many; pages of 0 where it is not known how many there will be."""

    def __init__(self, request: tuple[object, ...], parent: QObject) -> None:
        super().__init__(parent)
        self.request = request


class FormMaker(QObject):
    """The child process and the forms that wait for it, one after the other."""

    def __init__(self, parent: QObject | None = None, patience: int = PATIENCE) -> None:
        super().__init__(parent)
        self._waiting: deque[Making] = deque()
        self._over = False
        self._now: Making | None = None
        self._heard = bytearray()
        self._process: QProcess | None = None
        self._child = 0
        """What the child that ended was called."""
        self._patience = QTimer(self, singleShot=True, interval=patience)
        self._patience.timeout.connect(self._lose_patience)

    def make(self, *request: object) -> Making:
        """Ask the child for something, after what was asked before (``reception.paper.worker``)."""
        making = Making(request, self)
        self._waiting.append(making)
        self._next()
        return making

    def warm(self) -> None:
        """Have the child started and ready before anybody wants a form."""
        if self._process is None:
            self.make("warm")

    def forget(self, making: Making) -> None:
        """Drop a form that nobody wants any more; one that is being made just stays unannounced."""
        if making in self._waiting:
            self._waiting.remove(making)
            making.deleteLater()
        else:
            making.blockSignals(True)

    def stop(self) -> None:
        """End the child; forms that are not finished are never announced."""
        self._waiting.clear()
        making, self._now = self._now, None
        self._patience.stop()
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            child = process.processId()
            process.kill()
            process.waitForFinished(2_000)
            process.deleteLater()
            _sweep(making, child)

    def end(self) -> None:
        """End the child for good: what is asked for from now on is never made."""
        self._over = True
        self.stop()

    @property
    def child(self) -> int:
        """The process id of the child, 0 when there is none."""
        return self._process.processId() if self._process is not None else 0

    @property
    def busy(self) -> bool:
        """Whether a form is being made."""
        return self._now is not None

    def _next(self) -> None:
        if self._now is not None or not self._waiting or self._over:
            return
        self._now = self._waiting.popleft()
        request = pickle.dumps(self._now.request)
        if self._process is None:
            self._process = self._start()
        self._process.write(len(request).to_bytes(_HEAD, "big") + request)
        self._child = self._process.processId()
        self._patience.start()

    def _start(self) -> QProcess:
        self._heard.clear()
        process = QProcess(self)
        home = str(Path(reception.__file__).resolve().parent.parent)
        environment = QProcessEnvironment.systemEnvironment()
        known = environment.value("PYTHONPATH")
        environment.insert("PYTHONPATH", f"{home}{_separator()}{known}" if known else home)
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._hear)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._never_started)
        process.start(sys.executable, ["-m", "reception.paper.worker"])
        return process

    @Slot()
    def _hear(self) -> None:
        if self._process is None:
            return
        self._heard += self._process.readAllStandardOutput().data()
        while len(self._heard) >= _HEAD:
            end = _HEAD + int.from_bytes(self._heard[:_HEAD], "big")
            if len(self._heard) < end:
                return
            answer = pickle.loads(bytes(self._heard[_HEAD:end]))
            del self._heard[:end]
            self._answered(answer)

    def _answered(self, answer: tuple[object, ...]) -> None:
        word, *values = answer
        if word == "progress":
            self._patience.start()
            if self._now is not None:
                self._now.progressed.emit(*values)
        elif word == "done":
            self._finish(answer=tuple(values))
        else:
            template, named = values
            assert isinstance(template, str)
            assert isinstance(named, dict)
            self._finish(error=SurroundingsError(template, **named))

    def _finish(self, answer: tuple[object, ...] = (), error: DeskError | None = None) -> None:
        self._patience.stop()
        making, self._now = self._now, None
        if making is not None:
            if error is None:
                making.done.emit(answer)
            else:
                making.failed.emit(error)
            making.deleteLater()
        self._next()

    @Slot()
    def _ended(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        words = bytes(process.readAllStandardError().data()).decode("utf-8", "replace").strip()
        _log.error("the paper process ended (%s): %s", process.exitCode(), words)
        process.deleteLater()
        _sweep(self._now, self._child)
        self._finish(
            error=SurroundingsError(N_("The program that lays out the paper stopped. Please try again."))
        )

    @Slot(QProcess.ProcessError)
    def _never_started(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._ended()

    @Slot()
    def _lose_patience(self) -> None:
        if self._process is not None:
            self._process.kill()


def _sweep(making: Making | None, child: int) -> None:
    """Remove what a child that was killed had written so far (``reception.paper.output``)."""
    if making is None or (at := _TARGET.get(str(making.request[0]))) is None:
        return
    output.rough(Path(str(making.request[at])), child).unlink(missing_ok=True)


def _separator() -> str:
    return ";" if sys.platform == "win32" else ":"
