"""The button that saves a bulletin as a spreadsheet: beside the preview, as long as one is shown."""

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
        self._wanted: Wanted | None = None
        self._language = ""
        actions.press(self, "sheet.spreadsheet")
        self.clicked.connect(self._on_clicked)
        self.hide()

    def show_wanted(self, chosen: tuple[Wanted, ...], language: str) -> None:
        """These forms are shown, in a language."""
        self._wanted = next((one for one in chosen if one.name == FORM), None)
        self._language = language
        self.setVisible(self._wanted is not None)

    @Slot()
    def _on_clicked(self) -> None:
        if self._wanted is None:
            return
        name = Path(file_name(self._wanted, self._language)).with_suffix(".xlsx")
        kinds = _("Spreadsheet") + " (*.xlsx)"
        path = ask_save(self.window(), _("Save as spreadsheet"), documents() / name, kinds)
        if path is None:
            return
        task = self._lanes.read(
            "sheet.spreadsheet",
            "reception.paper.spreadsheet.save",
            str(self._wanted.args["period"]),
            int(self._wanted.args["day"]),
            self._language,
            str(path),
        )
        task.done.connect(self._on_done)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_done(self, path: str) -> None:
        self.told.emit(_("Saved as {path}").format(path=path))

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.failed.emit(error.say(_))
