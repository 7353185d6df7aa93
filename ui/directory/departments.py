"""Departments, and organisations outside to which people are pointed."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit

from reception.facts import DepartmentFact
from reception.text import matches
from reception.wording import N_
from ui.directory.tab import DirectoryTab
from ui.widgets.table import Column
from ui.wording import _

_LINES = (
    ("code", N_("Code")),
    ("name", N_("Department name")),
    ("room", N_("Room")),
    ("phone", N_("Phone")),
    ("officer_a", N_("Officer A")),
    ("officer_b", N_("Officer B")),
    ("leader", N_("Leader in charge")),
    ("note", N_("Note")),
)


class DepartmentsTab(DirectoryTab[DepartmentFact]):
    """The departments."""

    verb = "directory.save_department"
    new_words = N_("New department")

    def blank(self) -> DepartmentFact:
        """A department without a name."""
        return DepartmentFact(0, "", "")

    def columns(self) -> tuple[Column[DepartmentFact], ...]:
        """What one looks for on the phone."""
        return (
            Column("code", _("Code"), _code, width=8, tone=_tone),
            Column("name", _("Department"), _name, tone=_tone),
            Column("room", _("Room"), _room, width=9, tone=_tone),
            Column("phone", _("Phone"), _phone, width=14, tone=_tone),
            Column("standing", _("Inside or outside"), _standing, width=16, tone=_tone),
        )

    def rank(self, fact: DepartmentFact, text: str) -> int | None:
        """By code, name or pinyin; officers and room as words."""
        also = " ".join((fact.room, fact.phone, fact.officer_a, fact.officer_b, fact.note))
        return matches(
            text, names=fact.name, keywords=also, pinyin=fact.pinyin, initials=fact.initials, code=fact.code
        )

    def fill_form(self) -> None:
        """One line each, two boxes to tick."""
        self._lines = {name: QLineEdit(self.form) for name, _title in _LINES}
        for name, title in _LINES:
            hint = ""
            if name == "code":
                hint = _("Capital letters or digits, such as JC; it stays as it is once it is saved.")
            self.form.add(name, _(title), self._lines[name], hint)
        self._outside = QCheckBox(_("Outside the organisation: people are pointed there"), self.form)
        self._active = QCheckBox(_("In use"), self.form)
        self.form.add("outside", "", self._outside)
        self.form.add("active", "", self._active)

    def show_fact(self, fact: DepartmentFact) -> None:
        """Put a department into the fields."""
        for name, field in self._lines.items():
            field.setText(getattr(fact, name))
            field.setCursorPosition(0)
        self._lines["code"].setReadOnly(fact.id != 0)
        self._lines["code"].setEnabled(fact.id == 0)
        self._outside.setChecked(fact.outside)
        self._active.setChecked(fact.active)

    def typed(self) -> DepartmentFact:
        """The department as typed."""
        typed: dict[str, Any] = {name: field.text() for name, field in self._lines.items()}
        typed.update(outside=self._outside.isChecked(), active=self._active.isChecked())
        return dataclasses.replace(self._fact, **typed)


def _code(fact: DepartmentFact) -> str:
    return fact.code


def _name(fact: DepartmentFact) -> str:
    return fact.name


def _room(fact: DepartmentFact) -> str:
    return fact.room


def _phone(fact: DepartmentFact) -> str:
    return fact.phone


def _standing(fact: DepartmentFact) -> str:
    if not fact.active:
        return _("not in use")
    return _("outside") if fact.outside else _("inside")


def _tone(fact: DepartmentFact) -> str:
    return "" if fact.active else "muted"
