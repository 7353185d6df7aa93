"""How written slips are numbered; whether duty outside office hours is kept."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from reception.facts import Site
from reception.numbers import is_slip_form, slip_number
from ui import labels
from ui.settings.card import SettingsCard
from ui.settings.papers_in import given_words
from ui.wording import _
from ui.work import Lanes

_SAMPLE = 12


class SlipsCard(SettingsCard):
    """The number of a slip with a sample that follows what is typed, and the duty of each day."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, _("Written slips and duty (all desks)"), parent)
        self._year = 0
        self.prefix = self.line("slip_prefix", _("Slips are numbered"), _("What their number begins with."))
        self.pattern = self.line(
            "slip_form",
            _("Form of the number"),
            _("{prefix}, {year} and {number} stand for what comes there."),
        )
        self.sample = QLabel(self.form)
        self.sample.setProperty("role", "heading")
        self.form.add_words(self.sample)
        self.given = self.line("slips_given", _("Slips had numbers up to"), given_words())
        self.duty = self.tick(
            "on_duty", _("Keep who is on duty"), _("Each day, for the time outside office hours.")
        )

    def put(self, site: Site) -> None:
        """Show what the register has now; what is being typed stays."""
        self._year = labels.today(site.zone) // 10_000
        super().put(site)
        self.typed_changed()

    def typed_changed(self) -> None:
        """The sample follows what is typed."""
        form = self.pattern.text().strip().replace("{prefix}", self.prefix.text().strip())
        number = slip_number(form, self._year, _SAMPLE) if is_slip_form(self.pattern.text().strip()) else "–"
        self.sample.setText(_("For example: {number}").format(number=number))
