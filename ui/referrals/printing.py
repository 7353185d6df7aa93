"""Prints the trail of a case for the person who asks what became of it; without a printer it is saved."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reception.errors import DeskError
from reception.paper.case_trail import CaseTrail
from reception.wording import N_, load
from ui.sheet.form_printer import FormPrinter
from ui.wording import _
from ui.work import Lanes


class TrailPrinter(FormPrinter):
    """Asks the register for one trail after the other.

    Args:
        lanes: the way to the register.
        owner: the page or window that asks; its dialogs stand above it.
    """

    def __init__(self, lanes: Lanes, owner: QWidget) -> None:
        super().__init__(owner, "case_trail", _("Trail of a matter"))
        self._lanes = lanes

    def trail_of(self, entry_id: int) -> None:
        """Print the trail of an entry; where no printer is known, save it as a file."""
        catalogue = self._lanes.catalogue
        if catalogue is not None:
            self.language = catalogue.site.language
        task = self._lanes.read("trail.print", "reception.paper.case_trail.collect", entry_id)
        task.done.connect(self._on_collected)
        task.failed.connect(self._on_refused)

    @Slot(object)
    def _on_collected(self, data: CaseTrail) -> None:
        if self.can_print():
            self.lay_out(data)
            return
        name = load(self.language).gettext(N_("trail-{number}.pdf")).format(number=data.number)
        self.keep(data, _("Save the trail"), name)

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        self.told.emit(error.say(_))
