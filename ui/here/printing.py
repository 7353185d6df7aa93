"""Prints the roll-call, or saves it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from reception.facts import RollCall
from reception.wording import N_, load
from ui.labels import zone
from ui.sheet.form_printer import FormPrinter
from ui.wording import _


class RollCallPrinter(FormPrinter):
    """Has one list after the other made, and printed or saved.

    Args:
        owner: the page that asks; its dialogs stand above it.
    """

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, "roll_call", _("Roll-call"))

    def send(self, known: RollCall) -> None:
        """Lay the list out and ask where to print it."""
        if self.can_print():
            self.lay_out(known)
        else:
            words = _("This computer knows no printer. Ctrl+S saves the list as a file instead.")
            self.told.emit(words)

    def save(self, known: RollCall) -> None:
        """Ask for a file and lay the list out there."""
        local = known.as_of.astimezone(zone(known.zone))
        name = load(self.language).gettext(N_("roll-call-{time}.pdf")).format(time=f"{local:%Y%m%d-%H%M}")
        self.keep(known, _("Save the roll-call"), name)
