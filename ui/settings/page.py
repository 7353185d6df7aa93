"""The page of the settings."""

from __future__ import annotations

import importlib

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from reception.facts import Catalogue
from ui import actions
from ui.icons import icon
from ui.pages import Page, PageSpec
from ui.settings.general import GeneralPart
from ui.settings.part import SettingsPart, stops_within
from ui.theme import GAP, theme
from ui.wording import N_, _
from ui.work import Lanes

_LATER = (
    ("ui.settings.year:YearPart", N_("Working days"), "calendar-days"),
    ("ui.settings.limits:LimitsPart", N_("Limits"), "hourglass"),
    ("ui.settings.referring:ReferringPart", N_("Rules for referrals"), "send"),
    ("ui.settings.paper:PaperPart", N_("Paper"), "printer"),
)
"""What is made when it is first shown."""


class _Tabs(QTabWidget):
    """Tabs that scroll by themselves."""

    def heightForWidth(self, _width: int) -> int:
        """What they cannot do without: Qt would ask for what the highest would like."""
        return self.minimumSizeHint().height()


class SettingsPage(Page):
    """The site and this computer, the working days, the limits, the rules for referrals, each on a tab."""

    language_changed = Signal(str)
    """``zh_CN`` or ``en``: the window speaks it from now on."""
    appearance_changed = Signal(str, int)
    """Theme (``system``, ``light``, ``dark``) and scale in per cent."""
    place_changed = Signal(str)
    """Path or URL of the register to open instead."""
    restore_asked = Signal()

    def __init__(self, spec: PageSpec, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(spec, lanes, parent)
        self._catalogue: Catalogue | None = None
        self.tabs = _Tabs(self)  # before what is on them, in the order of Tab
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(_("Settings"))
        self.general = GeneralPart(lanes, self)
        self.site, self.hours = self.general.site, self.general.hours
        self.desk, self.backups = self.general.desk, self.general.backups
        self._parts: dict[int, SettingsPart] = {0: self.general}
        self.tabs.addTab(self.general, _("Site and computer"))
        self._stands = [QWidget(self) for _one in _LATER]
        for stand, (_place, title, _icon) in zip(self._stands, _LATER, strict=True):
            self.tabs.addTab(stand, _(title))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.addWidget(self.tabs)
        self._dress()
        theme().changed.connect(self._dress)
        self.general.message.connect(self.message)
        self.general.thrown.connect(self.thrown)
        self.desk.language_changed.connect(self.language_changed)
        self.desk.appearance_changed.connect(self.appearance_changed)
        self.desk.place_changed.connect(self.place_changed)
        self.backups.restore_asked.connect(self.restore_asked)
        self.tabs.currentChanged.connect(self._on_tab)
        actions.bind(self, "settings.later", self._later)
        actions.bind(self, "settings.earlier", self._earlier)

    @property
    def part(self) -> SettingsPart:
        """What is in front."""
        return self._parts[self.tabs.currentIndex()]

    def show_part(self, at: int) -> SettingsPart:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(at)
        return self.part

    def activate(self) -> None:
        """Show what is kept now."""
        self.part.activate()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Show the site's settings."""
        self._catalogue = catalogue
        for part in self._parts.values():
            part.set_catalogue(catalogue)

    def stop(self) -> None:
        """End what the parts have started."""
        for part in self._parts.values():
            part.stop()

    def new_day(self, day: int) -> None:
        """What is shown of today is of another day."""
        if self._catalogue is not None:
            self.set_catalogue(self._catalogue)

    def save(self) -> None:
        """Ctrl+Enter saves what was changed on the tab in front."""
        self.part.save()

    def discard(self) -> None:
        """Ctrl+Shift+Del drops what is typed on the tab in front."""
        self.part.discard()

    def has_unsaved_text(self) -> bool:
        """Whether the site's settings are half typed."""
        return any(part.unsaved for part in self._parts.values())

    @Slot()
    def _dress(self) -> None:
        for at, name in enumerate(("settings", *(one for _place, _title, one in _LATER))):
            self.tabs.setTabIcon(at, icon(name))

    @Slot(int)
    def _on_tab(self, at: int) -> None:
        if at not in self._parts:
            self._make(at)
        if self.isVisible():
            self.part.activate()

    def _make(self, at: int) -> None:
        module, _sep, cls = _LATER[at - 1][0].partition(":")
        stand = self._stands[at - 1]
        last = self._last_stop()
        part: SettingsPart = getattr(importlib.import_module(module), cls)(self.lanes, stand)
        column = QVBoxLayout(stand)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(part)
        for one in part.stops():  # else Tab would come to them behind the foot of the window
            QWidget.setTabOrder(last, one)
            last = one
        self._parts[at] = part
        part.message.connect(self.message)
        part.thrown.connect(self.thrown)
        if self._catalogue is not None:
            part.set_catalogue(self._catalogue)

    def _last_stop(self) -> QWidget:
        """What Tab reaches last on this page, as it is now."""
        return stops_within(self, self.tabs.tabBar())[-1]

    @Slot()
    def _later(self) -> None:
        self._go(1)

    @Slot()
    def _earlier(self) -> None:
        self._go(-1)

    def _go(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())
