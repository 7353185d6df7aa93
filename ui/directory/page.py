"""The page of the directory."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from reception.facts import Catalogue, Change
from ui import actions, labels
from ui.directory.clerks import ClerksTab
from ui.directory.departments import DepartmentsTab
from ui.directory.matters import MattersTab
from ui.directory.people import PeopleTab
from ui.icons import icon
from ui.pages import Page, PageSpec
from ui.theme import GAP, theme
from ui.wording import _, pgettext
from ui.work import Lanes


class DirectoryPage(Page):
    """Departments, matters, people and clerks, each on a tab."""

    def __init__(self, spec: PageSpec, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(spec, lanes, parent)
        self.tabs = QTabWidget(self)  # before what is on them, in the order of Tab
        self.departments = DepartmentsTab(lanes, self)
        self.matters = MattersTab(lanes, self)
        self.people = PeopleTab(lanes, self)
        self.clerks = ClerksTab(lanes, self)
        self.tabs.addTab(self.departments, _("Departments"))
        self.tabs.addTab(self.matters, _("Matters"))
        self.tabs.addTab(self.people, pgettext("tab", "People"))
        self.tabs.addTab(self.clerks, _("Clerks"))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self._dress()
        theme().changed.connect(self._dress)
        self.tabs.setAccessibleName(_("Directory"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.addWidget(self.tabs)
        for tab in (self.departments, self.matters, self.people, self.clerks):
            tab.message.connect(self.message)
            tab.thrown.connect(self.thrown)
        self.people.open_entry.connect(self.open_entry)
        self.tabs.currentChanged.connect(self._on_tab)
        actions.bind(self, "directory.later", self._later)
        actions.bind(self, "directory.earlier", self._earlier)

    @Slot()
    def _dress(self) -> None:
        for at, name in enumerate(("building-2", "list-checks", "users", "user-cog")):
            self.tabs.setTabIcon(at, icon(name))

    def activate(self) -> None:
        """The cursor goes to what is searched most: the field above the list."""
        tab = self.tabs.currentWidget()
        if tab is self.people:
            self.people.refresh()
        if tab is self.clerks:
            self.clerks.name.setFocus()
        elif isinstance(tab, DepartmentsTab | MattersTab | PeopleTab) and not tab.unsaved:
            tab.search.setFocus()

    @Slot(int)
    def _on_tab(self, _at: int) -> None:
        if self.isVisible():
            self.activate()

    @Slot()
    def _later(self) -> None:
        self._go(1)

    @Slot()
    def _earlier(self) -> None:
        self._go(-1)

    def _go(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Show what the register has now."""
        self.people.set_catalogue(catalogue)
        self.departments.put(catalogue.departments)
        self.departments.put_absences(catalogue, labels.today(catalogue.site.zone))
        self.matters.put_departments(catalogue.departments)
        self.matters.put(catalogue.matters)
        self.clerks.put(catalogue.operators)

    def new_day(self, day: int) -> None:
        """Who was away until midnight is back."""
        self.departments.new_day(day)

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Somebody came again, or was written a note."""
        self.people.changed(changes)

    def save(self) -> None:
        """Ctrl+Enter saves the row that is being typed."""
        tab = self.tabs.currentWidget()
        if isinstance(tab, DepartmentsTab | MattersTab | PeopleTab):
            tab.save()

    def discard(self) -> None:
        """Ctrl+Shift+Del drops what is typed on the tab in front."""
        tab = self.tabs.currentWidget()
        if isinstance(tab, DepartmentsTab | MattersTab | PeopleTab | ClerksTab):
            tab.discard()

    def has_unsaved_text(self) -> bool:
        """Whether a row is half typed."""
        typing = self.departments.absence.typed
        return typing or any(
            tab.unsaved for tab in (self.departments, self.matters, self.people, self.clerks)
        )
