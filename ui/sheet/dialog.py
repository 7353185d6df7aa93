"""The preview above a dialog, which lets nothing behind it be used."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.sheet.paper import Paper
from ui.sheet.wanted import Job
from ui.theme import GAP, theme
from ui.widgets.returning import ReturningDialog
from ui.wording import _
from ui.work import Lanes


class PreviewDialog(ReturningDialog):
    """Shows one job."""

    def __init__(self, parent: QWidget, lanes: Lanes) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Preview"))
        self._lanes = lanes
        self._closing = False
        self.paper = Paper(lanes, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GAP)
        column.addWidget(self.paper)
        for button in self.paper.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.paper.bar.print.setDefault(True)  # what Enter does is what is dark
        self.paper.closed.connect(self.reject)
        self.paper.sending.busy_changed.connect(self._on_busy)
        for keys, slot in (("Ctrl+P", self.paper.print_job), ("F6", self.paper.go_to_forms)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        if lanes.catalogue is not None:
            self.paper.set_catalogue(lanes.catalogue)
        lanes.changed.connect(self.paper.changed)
        lanes.recovered.connect(self.paper.recovered)
        room = self.screen().availableSize()
        self.resize(min(theme().px(1180), room.width()), min(theme().px(700), room.height()))

    @classmethod
    def show_job(cls, parent: QWidget, lanes: Lanes, job: Job) -> PreviewDialog:
        """Show these forms above ``parent``; the dialog lives until it is closed."""
        dialog = cls(parent, lanes)
        dialog.open()
        dialog.paper.view.setFocus()
        dialog.paper.show_job(job)
        return dialog

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is being printed is finished first."""
        if self.paper.sending.busy:
            event.ignore()
            self.reject()
            return
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Close; what is being printed is finished first."""
        if self.paper.sending.busy:
            self._closing = True
            self.paper.foot.say(_("The window closes as soon as this is printed or saved."))
            return
        self.paper.stop()
        super().done(result)

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:
        if not busy and self._closing:
            self._closing = False
            self.reject()
