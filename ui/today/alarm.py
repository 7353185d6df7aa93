"""Tells once of each visitor who waits longer than the site allows: in words, and with a sound if wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from reception.facts import Todo, TodoRow
from ui import labels
from ui.waiting import Waiting
from ui.wording import _


class Alarm(QObject):
    """Looks at who waits whenever it is told to."""

    told = Signal(str)
    """A sentence for the foot; it is announced to accessibility too."""
    rang = Signal()
    """A sound was made."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: set[int] = set()

    def look(self, rows: Sequence[TodoRow], waiting: Waiting, now: dt.datetime) -> None:
        """Tell of those who have come to wait long since the last look."""
        late = [row for row in rows if row.what is Todo.WAITING and waiting.long(row.since, now)]
        fresh = [row for row in late if row.entry_id not in self._known]
        self._known = {row.entry_id for row in late}
        if not fresh:
            return
        first = fresh[0]
        name = labels.veiled(first.person) if first.identity_protected else first.person or first.number
        template = _("Waits long: {name}, {minutes} minutes")
        self.told.emit(template.format(name=name, minutes=waiting.minutes(first.since, now)))
        if waiting.sound:
            QApplication.beep()
            self.rang.emit()
