"""The page of the settings."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reception.facts import Catalogue
from ui.pages import Page, PageSpec
from ui.settings.backups import BackupsCard
from ui.settings.desk import DeskCard
from ui.settings.hours import HoursCard
from ui.settings.site import SiteCard
from ui.theme import GAP
from ui.widgets.scrolled import Scrolled
from ui.work import Lanes


class SettingsPage(Page):
    """Four cards: the organisation, its hours, this computer, the backups."""

    language_changed = Signal(str)
    """``zh_CN`` or ``en``: the window speaks it from now on."""
    appearance_changed = Signal(str, int)
    """Theme (``system``, ``light``, ``dark``) and scale in per cent."""
    place_changed = Signal(str)
    """Path or URL of the register to open instead."""
    restore_asked = Signal()

    def __init__(self, spec: PageSpec, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(spec, lanes, parent)
        self.site = SiteCard(lanes, self)
        self.hours = HoursCard(lanes, self)
        self.desk = DeskCard(lanes.place, self)
        self.backups = BackupsCard(lanes, self)
        self._lay_out()
        for card in (self.site, self.hours, self.desk, self.backups):
            card.message.connect(self.message)
        self.desk.language_changed.connect(self.language_changed)
        self.desk.appearance_changed.connect(self.appearance_changed)
        self.desk.place_changed.connect(self.place_changed)
        self.backups.restore_asked.connect(self.restore_asked)
        lanes.errand("reception.desk.default_place").done.connect(self.desk.show_usual_place)

    def activate(self) -> None:
        """Show what is kept now."""
        self.desk.refresh()
        self.backups.refresh()
        self.desk.language.setFocus()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Show the site's settings."""
        self.site.put(catalogue.site)
        self.hours.put(catalogue.site)

    def save(self) -> None:
        """Ctrl+Enter saves the organisation's settings."""
        self.site.save()
        self.hours.save()

    def discard(self) -> None:
        """Ctrl+Shift+Del drops what is typed of the organisation's settings."""
        self.site.discard()
        self.hours.discard()

    def has_unsaved_text(self) -> bool:
        """Whether the site's settings are half typed."""
        return self.site.unsaved or self.hours.unsaved

    def _lay_out(self) -> None:
        inside = QWidget()
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.site)
        left.addWidget(self.hours)
        left.addStretch(1)
        right.addWidget(self.desk)
        right.addWidget(self.backups, 1)
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(GAP, GAP, GAP, GAP)
        columns.setSpacing(GAP)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolled(inside, self))
