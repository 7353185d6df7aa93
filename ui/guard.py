"""The one guarded hook: every bug, from whichever thread, becomes one dialog and some lines in the log file.

Bugs come in crowds (``data()`` is called dozens of times for one paint), so one dialog is shown at a time and
what is known already is only counted. Nothing that was typed is touched.
"""

from __future__ import annotations

import datetime as dt
import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot, qVersion
from PySide6.QtWidgets import QApplication

from reception import __version__

if TYPE_CHECKING:
    from ui.dialogs.bug import BugDialog


class Guard(QObject):
    """Catches what nobody caught.

    Args:
        path: the log file; None for the usual one.
        parent: the usual one.
    """

    _caught = Signal(object)

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._known: set[str] = set()
        self.dialog: BugDialog | None = None
        self._caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From now on exceptions that nobody catches come here, from every thread."""
        sys.excepthook = self.hook
        threading.excepthook = self._thread_hook

    def uninstall(self) -> None:
        """Python's own hooks again."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None = None
    ) -> None:
        """As ``sys.excepthook``: never raises, whatever thread calls it."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self._caught.emit(error)

    @Slot(object)
    def report(self, error: BaseException) -> None:
        """A bug that a lane has caught."""
        self._caught.emit(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._caught.emit(args.exc_value)

    @Slot(object)
    def _on_caught(self, error: BaseException) -> None:
        words = report_of(error)
        known = words in self._known
        self._known.add(words)
        if known:
            return
        sys.stderr.write(words)
        place = self._write(words)
        if self.dialog is not None:
            self.dialog.add(words)
            return
        from ui.dialogs.bug import BugDialog

        self.dialog = BugDialog(words, place, QApplication.activeWindow())
        self.dialog.finished.connect(self._on_read)
        self.dialog.open()

    @Slot()
    def _on_read(self) -> None:
        self.dialog = None

    def _write(self, words: str) -> str:
        from reception import log

        try:
            return str(log.write(f"{dt.datetime.now(dt.UTC).isoformat()}\n{words}\n", self._path))
        except (OSError, RuntimeError):
            return ""


def report_of(error: BaseException) -> str:
    """What a bug report needs: versions and the traceback; no value of any variable, so no person's data."""
    versions = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
    return f"Reception desk {__version__}, {versions}\n" + "".join(traceback.format_exception(error))
