"""What stands before the number of a written slip; whether duty outside office hours is kept."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from reception.facts import Site
from reception.numbers import slip_number
from ui import labels
from ui.settings.card import SettingsCard
from ui.wording import _
from ui.work import Lanes

_SAMPLE = 12


class SlipsCard(SettingsCard):
    """The prefix with a sample that follows it, and the duty of each day."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, _("Written slips and duty (all desks)"), parent)
        self._year = 0
        self.prefix = self.line("slip_prefix", _("Slips are numbered"), _("What stands before the year."))
        self.sample = QLabel(self.form)
        self.sample.setProperty("role", "heading")
        self.form.add_words(self.sample)
        self.duty = self.tick(
            "on_duty", _("Keep who is on duty"), _("Each day, for the time outside office hours.")
        )

    def put(self, site: Site) -> None:
        """Show what the register has now; what is being typed stays."""
        self._year = labels.today(site.zone) // 10_000
        super().put(site)
        self.typed_changed()

    def typed_changed(self) -> None:
        """The sample follows the prefix."""
        number = slip_number(self.prefix.text().strip(), self._year, _SAMPLE)
        self.sample.setText(_("For example: {number}").format(number=number))
