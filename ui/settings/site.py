"""What all desks of the site share: name, foot of the window, language of the papers."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from reception.facts import Site
from ui.settings.card import SettingsCard
from ui.wording import _
from ui.work import Lanes


class SiteCard(SettingsCard):
    """The organisation."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, _("The organisation (all desks)"), parent)
        self.name = self.line("name", _("Name of the organisation"))
        self.footer = self.line("footer", _("Foot of window and sheet"))
        languages = (("中文", "zh_CN"), ("English", "en"))
        self.language = self.choice("language", _("Language of the papers"), languages)
        self.zone = QLineEdit(self.form)
        self.zone.setEnabled(False)
        hint = _("Fixed when the register is made: entries already stand in it.")
        self.form.add("zone", _("Time zone"), self.zone, hint)

    def put(self, site: Site) -> None:
        """Show what the register has now; what is being typed stays."""
        super().put(site)
        self.zone.setText(site.zone)
