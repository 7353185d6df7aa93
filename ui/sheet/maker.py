"""Has forms made in a child process: laying out a long day would hold the interpreter lock of the window.

The child is ``python -m reception.paper.worker``; it reads and answers length-prefixed pickles. It is started
with the first form, kept for the next ones, and started again when it has ended for whatever reason.
"""

from __future__ import annotations

import datetime as dt
import logging
import pickle
import sys
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal, Slot

import reception
from reception.errors import DeskError, SurroundingsError
from reception.wording import N_

_log = logging.getLogger(__name__)
_HEAD = 8
"""Bytes of the length before each pickle, unsigned, big-endian."""
PATIENCE = 60_000
"""Milliseconds after which a child that says nothing is ended: the longest day takes a few seconds."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form to be made: which, from what, in which language, where to, and the instant printed on it."""

    name: str
    data: object
    language: str
    path: Path
    made_at: dt.datetime


class Making(QObject):
    """A form on its way. ``done`` carries the number of pages, ``failed`` a DeskError."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, form: Form, parent: QObject) -> None:
        super().__init__(parent)
        self.form = form


class FormMaker(QObject):
    """The child process and the forms that wait for it, one after the other."""

    def __init__(self, parent: QObject | None = None, patience: int = PATIENCE) -> None:
        super().__init__(parent)
        self._waiting: deque[Making] = deque()
        self._now: Making | None = None
        self._heard = bytearray()
        self._process: QProcess | None = None
        self._patience = QTimer(self, singleShot=True, interval=patience)
        self._patience.timeout.connect(self._lose_patience)

    def make(self, form: Form) -> Making:
        """Have ``form`` made after those that were asked for before."""
        making = Making(form, self)
        self._waiting.append(making)
        self._next()
        return making

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
        self._now = None
        self._patience.stop()
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(2_000)
            process.deleteLater()

    @property
    def child(self) -> int:
        """The process id of the child, 0 when there is none."""
        return self._process.processId() if self._process is not None else 0

    @property
    def busy(self) -> bool:
        """Whether a form is being made."""
        return self._now is not None

    def _next(self) -> None:
        if self._now is not None or not self._waiting:
            return
        self._now = self._waiting.popleft()
        form = self._now.form
        request = pickle.dumps((form.name, form.data, form.language, str(form.path), form.made_at))
        if self._process is None:
            self._process = self._start()
        self._process.write(len(request).to_bytes(_HEAD, "big") + request)
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
        if answer[0] == "done":
            self._finish(pages=answer[1])
        else:
            _kind, template, values = answer
            assert isinstance(template, str)
            assert isinstance(values, dict)
            self._finish(error=SurroundingsError(template, **values))

    def _finish(self, pages: object = None, error: DeskError | None = None) -> None:
        self._patience.stop()
        making, self._now = self._now, None
        if making is not None:
            if error is None:
                making.done.emit(pages)
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


def _separator() -> str:
    return ";" if sys.platform == "win32" else ":"
