"""The catalogue of matters: what people come for, who handles it, which papers they bring."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from reception.facts import DepartmentFact, MatterFact
from reception.text import matches
from reception.wording import N_
from ui.widgets.form import TextBox
from ui.widgets.records_tab import RecordsTab
from ui.widgets.table import Column
from ui.wording import _


class MattersTab(RecordsTab[MatterFact]):
    """The matters."""

    verb = "directory.save_matter"
    new_words = N_("New matter")
    _names: Mapping[int, str] = MappingProxyType({})

    def blank(self) -> MatterFact:
        """A matter without a name."""
        return MatterFact(0, "")

    def put_departments(self, departments: Sequence[DepartmentFact]) -> None:
        """The departments to choose from, those outside too."""
        self._names = {one.id: one.name for one in departments}
        chosen = self._department.currentData()
        self._department.blockSignals(True)
        self._department.clear()
        self._department.addItem(_("None"), None)
        for one in departments:
            if one.active or one.id == chosen:
                self._department.addItem(f"{one.code} {one.name}", one.id)
        self._department.setCurrentIndex(max(0, self._department.findData(chosen)))
        self._department.blockSignals(False)

    def columns(self) -> tuple[Column[MatterFact], ...]:
        """What it is and where it goes."""
        return (
            Column("name", _("Matter name"), _name, tone=_tone),
            Column("keywords", _("Keywords"), _keywords, width=24, tone=_tone),
            Column("department", _("Department"), self._department_name, width=22, tone=_tone),
            Column("active", _("Use"), _use, width=10, tone=_tone),
        )

    def called(self, fact: MatterFact) -> str:
        """Its name."""
        return fact.name

    def rank(self, fact: MatterFact, text: str) -> int | None:
        """By name, keyword or pinyin."""
        return matches(
            text, names=fact.name, keywords=fact.keywords, pinyin=fact.pinyin, initials=fact.initials
        )

    def fill_form(self) -> None:
        """The fields of the guidance card, in its order."""
        self._name = QLineEdit(self.form)
        self._keywords = TextBox(2, self.form)
        self._department = QComboBox(self.form)
        self._department.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._department.setMinimumContentsLength(16)
        self._department.addItem(_("None"), None)
        self._materials = TextBox(5, self.form)
        self._basis = TextBox(2, self.form)
        self._limit = QLineEdit(self.form)
        self._steps = TextBox(3, self.form)
        self._fee = QLineEdit(self.form)
        self._note = TextBox(2, self.form)
        self._active = QCheckBox(_("In use"), self.form)
        self.form.add("name", _("Matter name"), self._name)
        self.form.add("keywords", _("Keywords"), self._keywords, _("As people say it, separated by spaces."))
        self.form.add("department_id", _("Department"), self._department)
        self.form.add(
            "materials",
            _("Papers to bring"),
            self._materials,
            _("One paper per line; original and copies as in: ID card original 1, copies 2."),
        )
        self.form.add("basis", _("Basis"), self._basis)
        self.form.add("limit", _("Limit"), self._limit)
        self.form.add("steps", _("How it goes"), self._steps)
        self.form.add("fee", _("Fee"), self._fee)
        self.form.add("note", _("Note"), self._note)
        self.form.add("active", "", self._active)

    def show_fact(self, fact: MatterFact) -> None:
        """Put a matter into the fields."""
        self._name.setText(fact.name)
        self._name.setCursorPosition(0)
        self._keywords.setPlainText(fact.keywords)
        if fact.department_id is not None and self._department.findData(fact.department_id) < 0:
            self._department.addItem(self._names.get(fact.department_id, ""), fact.department_id)
        self._department.setCurrentIndex(max(0, self._department.findData(fact.department_id)))
        self._materials.setPlainText(fact.materials)
        self._basis.setPlainText(fact.basis)
        self._limit.setText(fact.limit)
        self._steps.setPlainText(fact.steps)
        self._fee.setText(fact.fee)
        self._note.setPlainText(fact.note)
        self._active.setChecked(fact.active)

    def typed(self) -> MatterFact:
        """The matter as typed."""
        return dataclasses.replace(
            self._fact,
            name=self._name.text(),
            keywords=self._keywords.toPlainText(),
            department_id=self._department.currentData(),
            materials=self._materials.toPlainText(),
            basis=self._basis.toPlainText(),
            limit=self._limit.text(),
            steps=self._steps.toPlainText(),
            fee=self._fee.text(),
            note=self._note.toPlainText(),
            active=self._active.isChecked(),
        )

    def _department_name(self, fact: MatterFact) -> str:
        return self._names.get(fact.department_id or 0, "")


def _name(fact: MatterFact) -> str:
    return fact.name


def _keywords(fact: MatterFact) -> str:
    return fact.keywords


def _use(fact: MatterFact) -> str:
    return _("in use") if fact.active else _("not in use")


def _tone(fact: MatterFact) -> str:
    return "" if fact.active else "muted"
