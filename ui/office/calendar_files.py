"""Who is expected, taken over from a calendar file and written into one."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts.awaited import Imported
from ui import actions, icons, labels
from ui.theme import GAP_SMALL
from ui.widgets.buttons import Button
from ui.widgets.files import ask_open, ask_save, documents
from ui.wording import _, current
from ui.work import Lanes

if TYPE_CHECKING:
    from reception.calendars import Calendar

_KINDS = "iCalendar (*.ics)"


class CalendarBar(QWidget):
    """Two buttons with their keys; files are read and written in the lanes, as large ones take seconds."""

    message = Signal(str)
    taken_over = Signal()
    """The register has what a file held: ask anew."""

    def __init__(self, lanes: Lanes, parent: QWidget) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._unread = 0
        self._path = ""
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

    @Slot()
    def _bring_in(self) -> None:
        chosen = ask_open(self, _("Import a calendar"), documents(), _KINDS)
        if chosen is not None:
            task = self._lanes.read("office.import", "reception.paper.calendar_file.read", str(chosen))
            task.done.connect(self._on_read)
            task.failed.connect(self._on_refused)

    @Slot(object)
    def _on_read(self, found: Calendar) -> None:
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
        catalogue = self._lanes.catalogue
        if catalogue is None:
            return
        name = documents() / f"expected-{labels.today(catalogue.site.zone)}.ics"
        chosen = ask_save(self, _("Export a calendar"), name, _KINDS)
        if chosen is not None:
            self._path = str(chosen)
            verb = "reception.paper.calendar_file.save"
            task = self._lanes.read("office.export", verb, self._path, current().language)
            task.done.connect(self._on_given)
            task.failed.connect(self._on_refused)

    @Slot(object)
    def _on_given(self, count: int) -> None:
        self.message.emit(_("{count} expected are in {path}").format(count=count, path=self._path))

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        self.message.emit(error.say(_))
