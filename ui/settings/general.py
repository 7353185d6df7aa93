"""The organisation, its hours, this computer, the backups."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.settings.backups import BackupsCard
from ui.settings.desk import DeskCard
from ui.settings.hours import HoursCard
from ui.settings.part import CardsPart
from ui.settings.site import SiteCard
from ui.work import Lanes


class GeneralPart(CardsPart):
    """What every desk has to know, and what belongs to this one."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, parent)
        self.site = SiteCard(lanes, self)
        self.hours = HoursCard(lanes, self)
        self.desk = DeskCard(lanes.place, self)
        self.backups = BackupsCard(lanes, self)
        self.cards = (self.site, self.hours)
        self.lay_out((self.site, self.hours), (self.desk, self.backups), self.backups)
        self.desk.message.connect(self.message)
        self.backups.message.connect(self.message)
        lanes.errand("reception.desk.default_place").done.connect(self.desk.show_usual_place)

    def activate(self) -> None:
        """Show what is kept now."""
        self.desk.refresh()
        self.backups.refresh()
        self.desk.language.setFocus()
