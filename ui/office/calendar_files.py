"""Who is expected, taken over from a calendar file and written into one."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reception.errors import DeskError, InputError
from reception.facts.awaited import Imported
from reception.numbers import day_number
from ui import actions, icons
from ui.theme import GAP_SMALL
from ui.widgets.buttons import Button
from ui.widgets.files import ask_open, ask_save, documents
from ui.wording import _, current
from ui.work import Lanes

_KINDS = "iCalendar (*.ics)"


class CalendarBar(QWidget):
    """Two buttons with their keys.

    The file is read and written here; what stands in it goes through the lanes.
    """

    message = Signal(str)
    taken_over = Signal()
    """The register has what a file held: ask anew."""

    def __init__(self, lanes: Lanes, parent: QWidget) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._unread = 0
        self._path: Path | None = None
        self.bring = Button(_("Import a calendar"), self)
        self.give = Button(_("Export a calendar"), self)
        icons.dress(self.bring, "upload")
        icons.dress(self.give, "download")
        actions.press(self.bring, "office.import")
        actions.press(self.give, "office.export")
        self.bring.clicked.connect(self._bring_in)
        self.give.clicked.connect(self._give_out)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.bring, 1)
        row.addWidget(self.give, 1)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab walks through, in order."""
        return self.bring, self.give

    def _zone(self) -> dt.tzinfo | None:
        from ui import labels

        catalogue = self._lanes.catalogue
        return labels.zone(catalogue.site.zone) if catalogue is not None else None

    @Slot()
    def _bring_in(self) -> None:
        from reception import calendars

        zone = self._zone()
        chosen = ask_open(self, _("Import a calendar"), documents(), _KINDS) if zone is not None else None
        if chosen is None or zone is None:
            return
        midnight = dt.datetime.combine(dt.datetime.now(zone).date(), dt.time(), zone)
        try:
            with chosen.open("rb") as file:
                content = file.read(calendars.MOST_BYTES + 1)
            found = calendars.read(content, zone, midnight.astimezone(dt.UTC))
        except InputError as error:
            self.message.emit(error.say(_))
            return
        except OSError as error:
            self._failed(chosen, error)
            return
        self._unread = len(found.unread)
        task = self._lanes.write("office.calendar.bring_in", found, uid=uuid.uuid4())
        task.done.connect(self._on_brought)
        task.failed.connect(self._on_refused)

    @Slot(object)
    def _on_brought(self, done: Imported) -> None:
        words = _("{added} noted, {changed} changed, {cancelled} called off, {unread} not read")
        counts = {name: len(getattr(done, name)) for name in ("added", "changed", "cancelled")}
        self.message.emit(words.format(**counts, unread=self._unread))
        self.taken_over.emit()

    @Slot()
    def _give_out(self) -> None:
        from reception import calendars

        zone = self._zone()
        if zone is None:
            return
        today = dt.datetime.now(zone).date()
        name = documents() / f"expected-{today:%Y%m%d}.ics"
        self._path = ask_save(self, _("Export a calendar"), name, _KINDS)
        if self._path is None:
            return
        last = today + dt.timedelta(days=calendars.DAYS)
        task = self._lanes.read(
            "office.export", "office.calendar.give_out", day_number(today), day_number(last)
        )
        task.done.connect(self._on_given)
        task.failed.connect(self._on_refused)

    @Slot(object)
    def _on_given(self, found: tuple[Any, ...]) -> None:
        from reception import calendars

        path, zone = self._path, self._zone()
        if path is None or zone is None:
            return
        try:
            path.write_bytes(calendars.write(found, zone, dt.datetime.now(dt.UTC), current()))
        except OSError as error:
            self._failed(path, error)
            return
        self.message.emit(_("{count} expected are in {path}").format(count=len(found), path=path))

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        self.message.emit(error.say(_))

    def _failed(self, path: Path, error: OSError) -> None:
        self.message.emit(_("{path}: {reason}").format(path=path, reason=error.strerror or str(error)))
