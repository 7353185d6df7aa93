"""What a referral asks for: who may see what is sealed, the looks back, the reminders, the slip."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from reception.facts import Catalogue
from ui.settings.checks import ChecksCard
from ui.settings.desk_lists import DeskListsCard
from ui.settings.looks import LooksCard
from ui.settings.papers_in import PapersCard
from ui.settings.part import CardsPart
from ui.settings.reminders import RemindersCard
from ui.settings.slips import SlipsCard
from ui.settings.supervisors import SupervisorsCard
from ui.work import Lanes


class ReferringPart(CardsPart):
    """The rules by which a referral is followed to its end."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, parent)
        self.slips = SlipsCard(lanes, self)
        self.looks = LooksCard(lanes, self)
        self.papers = PapersCard(lanes, self)
        self.reminders = RemindersCard(lanes, self)
        self.checks = ChecksCard(lanes, self)
        self.supervisors = SupervisorsCard(lanes, self)
        self.lists = DeskListsCard(lanes, self)
        left = (self.slips, self.looks, self.papers)
        right = (self.reminders, self.checks, self.supervisors, self.lists)
        self.cards = (*left, *right)
        self.lay_out(left, right, None)

    def activate(self) -> None:
        """The cards begin at the left."""
        self.slips.prefix.setFocus()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Show the site's settings, and what would come of them."""
        super().set_catalogue(catalogue)
        self.reminders.put_calendar(catalogue)
