"""Who waits here, above the list whatever else presses; each who waits long is told of once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from reception.facts import Todo, TodoRow
from ui import labels
from ui.waiting import Waiting
from ui.widgets.yielding import ElidedLabel
from ui.wording import _


class WaitingLine(ElidedLabel):
    """Names those who wait, the longest first; hidden while nobody does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "care")
        self.hide()

    def tell(self, rows: Sequence[TodoRow], waiting: Waiting, now: dt.datetime) -> None:
        """Say who they are, and for how many minutes."""
        who = " · ".join(f"{_name(row)} {waiting.minutes(row.since, now)}′" for row in rows)
        if who:
            self.say(_("Waiting here (Alt+8): {who}").format(who=who))
            role = "wrong" if any(waiting.long(row.since, now) for row in rows) else "care"
            if self.property("role") != role:
                self.setProperty("role", role)
                self.style().unpolish(self)
                self.style().polish(self)
        self.setVisible(bool(who))


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
        template = _("Waits long: {name}, {minutes} minutes")
        self.told.emit(template.format(name=_name(first), minutes=waiting.minutes(first.since, now)))
        if waiting.sound:
            QApplication.beep()
            self.rang.emit()


def _name(row: TodoRow) -> str:
    return labels.veiled(row.person) if row.identity_protected else row.person or row.number
