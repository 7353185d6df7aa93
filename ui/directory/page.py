"""The page of the directory."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from reception.facts import Catalogue
from ui.directory.clerks import ClerksTab
from ui.directory.departments import DepartmentsTab
from ui.directory.matters import MattersTab
from ui.icons import icon
from ui.pages import Page, PageSpec
from ui.theme import GAP, theme
from ui.wording import _
from ui.work import Lanes


class DirectoryPage(Page):
    """Departments, matters and clerks, each on a tab."""

    def __init__(self, spec: PageSpec, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(spec, lanes, parent)
        self.departments = DepartmentsTab(lanes, self)
        self.matters = MattersTab(lanes, self)
        self.clerks = ClerksTab(lanes, self)
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self.departments, _("Departments"))
        self.tabs.addTab(self.matters, _("Matters"))
        self.tabs.addTab(self.clerks, _("Clerks"))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self._dress()
        theme().changed.connect(self._dress)
        self.tabs.setAccessibleName(_("Directory"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.addWidget(self.tabs)
        for tab in (self.departments, self.matters, self.clerks):
            tab.message.connect(self.message)

    @Slot()
    def _dress(self) -> None:
        for at, name in enumerate(("building-2", "list-checks", "users")):
            self.tabs.setTabIcon(at, icon(name))

    def activate(self) -> None:
        """The cursor goes to what is searched most: the field above the list."""
        tab = self.tabs.currentWidget()
        if tab is self.clerks:
            self.clerks.name.setFocus()
        elif isinstance(tab, DepartmentsTab | MattersTab) and not tab.unsaved:
            tab.search.setFocus()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Show what the register has now."""
        self.departments.put(catalogue.departments)
        self.matters.put_departments(catalogue.departments)
        self.matters.put(catalogue.matters)
        self.clerks.put(catalogue.operators)

    def save(self) -> None:
        """Ctrl+Enter saves the row that is being typed."""
        tab = self.tabs.currentWidget()
        if isinstance(tab, DepartmentsTab | MattersTab):
            tab.save()

    def has_unsaved_text(self) -> bool:
        """Whether a row is half typed."""
        return self.departments.unsaved or self.matters.unsaved or self.clerks.unsaved
