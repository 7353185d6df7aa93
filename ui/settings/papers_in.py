"""By when a paper received has to be under way, how papers are numbered, how long a parcel may lie here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.settings.card import SettingsCard
from ui.wording import _
from ui.work import Lanes


def given_words() -> str:
    """What is said of numbers of the year that were given elsewhere."""
    return _("Year and last number, such as 2026/413: given by hand, or before the register was restored.")


class PapersCard(SettingsCard):
    """What comes in for others: papers, parcels and letters."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, _("Papers and parcels (all desks)"), parent)
        self.by = self.line(
            "papers_by",
            _("Papers are under way by"),
            _("From then on a paper of the day that nobody has counts as not handled. Empty: the next day."),
        )
        self.pattern = self.line(
            "document_form",
            _("Papers are numbered"),
            _("{year} and {number} stand for what comes there."),
        )
        self.given = self.line("papers_given", _("Papers had numbers up to"), given_words())
        self.days = self.line(
            "parcel_days",
            _("Days that a parcel may lie here"),
            _("What lies here longer is shown until it is handed out or sent back."),
        )
