"""Who of the department is away, and the two keys that say so."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reception import dates, officers
from reception.facts import Absence, Catalogue, DepartmentFact
from reception.numbers import day_date
from ui import actions, labels
from ui.directory.absence_bar import OFFICERS, AbsenceBar
from ui.theme import GAP, GAP_SMALL
from ui.widgets.buttons import Button
from ui.wording import _, current
from ui.work import Lanes


class OwnAbsences(QWidget):
    """Officer A and officer B of one department."""

    message = Signal(str)
    closed = Signal()

    def __init__(self, lanes: Lanes, parent: QWidget) -> None:
        super().__init__(parent)
        self._own: DepartmentFact | None = None
        self._away: Mapping[str, Absence] = {}
        self._day = 0
        self.said = QLabel(self)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.said, 1)
        for officer in OFFICERS:
            button = Button("", self)
            actions.press(button, f"inbox.away-{officer}")
            row.addWidget(button)
            self.buttons[officer] = button
        self.buttons["a"].clicked.connect(self._on_a)
        self.buttons["b"].clicked.connect(self._on_b)
        self.bar = AbsenceBar(lanes, self)
        self.bar.message.connect(self.message)
        self.bar.closed.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.bar)
        column.addLayout(row)
        actions.bind(self.bar, "inbox.back", self.bar.close_question)
        self._say()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab walks through, in order."""
        return (self.bar.until, self.bar.agree, *self.buttons.values())

    @property
    def unsaved(self) -> bool:
        """Whether a day is half typed."""
        return self.bar.typed

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Whose inbox this is, and who is away today."""
        self._own = next((one for one in catalogue.departments if one.code == catalogue.desk), None)
        self._day = labels.today(catalogue.site.zone)
        if self._own is not None:
            own = self._own.id
            self._away = officers.absent(catalogue.absences, own, self._day)
            self.bar.follow({(own, officer): absence for officer, absence in self._away.items()})
        self._say()

    def discard(self) -> None:
        """What is typed is not wanted."""
        self.bar.drop()

    @Slot()
    def _on_a(self) -> None:
        self._ask("a")

    @Slot()
    def _on_b(self) -> None:
        self._ask("b")

    def _ask(self, officer: str) -> None:
        if self._own is not None:
            self.bar.ask(self._own, officer, self._away.get(officer), self._day)

    def _say(self) -> None:
        said = []
        for officer, button in self.buttons.items():
            name = self._name(officer)
            away = self._away.get(officer)
            button.setEnabled(self._own is not None)
            button.setText(
                _("{who} is back …").format(who=name) if away else _("{who} away …").format(who=name)
            )
            if away is not None:
                day = dates.short_date(day_date(away.last_day), current().language)
                said.append(_("{who} away until {day}").format(who=name, day=day))
        if len(said) == len(self.buttons):
            said.append(_("the desk takes it"))
        known = _("Both officers are here") if self._own is not None else ""
        self.said.setText(" · ".join(said) if said else known)

    def _name(self, officer: str) -> str:
        if self._own is None:
            return _(OFFICERS[officer])
        name = self._own.officer_a if officer == "a" else self._own.officer_b
        return name or _(OFFICERS[officer])
