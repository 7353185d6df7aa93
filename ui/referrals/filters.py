"""Which of the list is shown: the reasons why something is to be done, each with how much of it there is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QComboBox, QPushButton, QWidget

from reception.facts import Catalogue
from reception.wording import N_
from ui import actions
from ui.widgets.buttons import Button
from ui.widgets.flow import FlowLayout
from ui.wording import _

FILTERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("open", N_("All open"), ()),
    ("now", N_("To be done now"), ()),
    ("overdue", N_("Overdue"), ("overdue",)),
    ("due-today", N_("Due today"), ("due-today",)),
    ("returned", N_("Returned"), ("returned",)),
    ("asked", N_("More time?"), ("asked",)),
    ("not-received", N_("Late: not received"), ("not-received",)),
    ("call-back-person", N_("Person to call"), ("call-back-person",)),
    ("leader", N_("Leader to see"), ("leader",)),
    ("remind", N_("Remind"), ("remind",)),
    ("closing", N_("To close"), ("closing",)),
    ("people", N_("People, calls"), ("waiting", "uncalled", "callback")),
    ("unanswered", N_("Unanswered"), ()),
    ("all", N_("All"), ()),
)
"""The name of each list (``to_do.rows``), its word, and what its count is the sum of (``to_do.counts``)."""


class FilterBar(QWidget):
    """One of the filters is down; a department narrows them all."""

    changed = Signal()
    """Another list is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        flow = FlowLayout(self)
        for at, (which, title, _counted) in enumerate(FILTERS):
            button = Button(_(title), self)
            button.setCheckable(True)
            button.setChecked(at == 0)
            self._group.addButton(button, at)
            flow.addWidget(button)
            self.buttons[which] = button
        self.department = QComboBox(self)
        self.department.setAccessibleName(_("Department"))
        self.department.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.department.setMinimumContentsLength(12)
        self.department.addItem(_("All departments"), "")
        flow.addWidget(self.department)
        self._group.idClicked.connect(self._on_clicked)
        self.department.currentIndexChanged.connect(self._on_clicked)
        for name, slot in (("referrals.later", self.later), ("referrals.earlier", self.earlier)):
            if parent is not None:
                actions.bind(parent, name, slot)

    @property
    def which(self) -> str:
        """The name of the list that is wanted."""
        return FILTERS[self._group.checkedId()][0]

    @property
    def code(self) -> str:
        """The department's code, "" for all."""
        return str(self.department.currentData() or "")

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab walks through, in order."""
        return (*self.buttons.values(), self.department)

    def choose(self, which: str) -> None:
        """Show another list, of all departments."""
        self.department.blockSignals(True)
        self.department.setCurrentIndex(0)
        self.department.blockSignals(False)
        self.buttons[which].setChecked(True)
        self.changed.emit()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Offer these departments."""
        chosen = self.department.currentData()
        self.department.blockSignals(True)
        self.department.clear()
        self.department.addItem(_("All departments"), "")
        for one in catalogue.departments:
            if not one.outside:
                self.department.addItem(f"{one.code} {one.name}", one.code)
        self.department.setCurrentIndex(max(0, self.department.findData(chosen)))
        self.department.blockSignals(False)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say how much there is of each."""
        for which, title, counted in FILTERS:
            if counted:
                number = sum(counts.get(one, 0) for one in counted)
                self.buttons[which].setText(f"{_(title)} {number}")

    @Slot()
    def later(self) -> None:
        """The next filter."""
        self._walk(1)

    @Slot()
    def earlier(self) -> None:
        """The filter before."""
        self._walk(-1)

    def _walk(self, step: int) -> None:
        at = (self._group.checkedId() + step) % len(FILTERS)
        self._group.button(at).setChecked(True)
        self.changed.emit()

    @Slot()
    def _on_clicked(self) -> None:
        self.changed.emit()
