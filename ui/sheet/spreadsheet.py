"""The button that saves bulletins as spreadsheets: beside the preview, as long as one is shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reception.errors import DeskError
from ui import actions
from ui.sheet.naming import file_name
from ui.sheet.wanted import Wanted
from ui.widgets.buttons import Button
from ui.widgets.files import ask_save, documents
from ui.wording import _
from ui.work import Lanes

FORM = "bulletin"


class SpreadsheetButton(Button):
    """Hidden unless a bulletin is among the forms that are shown."""

    told = Signal(str)
    """What was done."""
    failed = Signal(str)

    def __init__(self, lanes: Lanes, parent: QWidget) -> None:
        super().__init__(_("Save as spreadsheet"), parent)
        self._lanes = lanes
        self._wanted: tuple[Wanted, ...] = ()
        self._saved: list[str] = []
        self._language = ""
        actions.press(self, "sheet.spreadsheet")
        self.clicked.connect(self._on_clicked)
        self.hide()

    def show_wanted(self, chosen: tuple[Wanted, ...], language: str) -> None:
        """These forms are shown, in a language."""
        self._wanted = tuple(one for one in chosen if one.name == FORM)
        self._language = language
        self.setVisible(bool(self._wanted))

    @Slot()
    def _on_clicked(self) -> None:
        """Ask where each of them goes, one after the other; who leaves one out leaves those behind it."""
        self._saved = []
        for wanted in self._wanted:
            name = Path(file_name(wanted, self._language)).with_suffix(".xlsx")
            kinds = _("Spreadsheet") + " (*.xlsx)"
            path = ask_save(self.window(), _("Save as spreadsheet"), documents() / name, kinds)
            if path is None:
                return
            self._save(str(wanted.args["period"]), int(wanted.args["day"]), str(path))

    def _save(self, period: str, day: int, path: str) -> None:
        verb = "reception.paper.spreadsheet.save"
        task = self._lanes.read(f"sheet.spreadsheet.{path}", verb, period, day, self._language, path)
        task.done.connect(self._on_done)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_done(self, path: str) -> None:
        self._saved.append(path)
        self.told.emit(_("Saved as {path}").format(path=_(", ").join(self._saved)))

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.failed.emit(error.say(_))
