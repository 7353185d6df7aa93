"""Departments, and organisations outside to which people are pointed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from reception import dates, officers
from reception.facts import Absence, Catalogue, DepartmentFact
from reception.numbers import day_date
from reception.text import matches
from reception.wording import N_
from ui import actions
from ui.directory.absence_bar import AbsenceBar
from ui.icons import dress
from ui.today import standing_in
from ui.widgets.buttons import Button
from ui.widgets.records_tab import RecordsTab
from ui.widgets.table import Column
from ui.wording import _, current

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

_AWAY = {
    "a": (N_("Officer A away…"), N_("Officer A is back…")),
    "b": (N_("Officer B away…"), N_("Officer B is back…")),
}
"""What the buttons say: of who is here, of who is away."""


class DepartmentsTab(RecordsTab[DepartmentFact]):
    """The departments."""

    verb = "directory.save_department"
    new_words = N_("New department")
    _catalogue: Catalogue | None = None
    _day = 0
    _away: Mapping[tuple[int, str], Absence] = MappingProxyType({})

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
            Column("away", _("Away"), self._who_is_away, width=12, tone=_care, icon=self._icon),
            Column("standing", _("Inside or outside"), _standing, width=16, tone=_tone),
        )

    def called(self, fact: DepartmentFact) -> str:
        """Its name."""
        return fact.name

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

    def below_list(self) -> Sequence[QWidget]:
        """Who is away, a key each."""
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        self.away_a, self.away_b = Button("", row), Button("", row)
        for button, name in ((self.away_a, "directory.away-a"), (self.away_b, "directory.away-b")):
            actions.press(button, name)
            dress(button, "log-out")
            button.clicked.connect(self._on_away)
            layout.addWidget(button)
        self._tell_buttons()
        layout.addStretch(1)
        self.absence = AbsenceBar(self._lanes, self)
        self.absence.message.connect(self.message)
        self.absence.closed.connect(self.table.setFocus)
        self.table.current_changed.connect(self._tell_buttons)
        return (row, self.absence)

    def below_form(self) -> Sequence[QWidget]:
        """Who stands in."""
        self.standing = QLabel(self)
        self.standing.setProperty("role", "care")
        self.standing.setWordWrap(True)
        self.standing.hide()
        return (self.standing,)

    def put_absences(self, catalogue: Catalogue, day: int) -> None:
        """Show who is away on ``day`` (``YYYYMMDD``)."""
        self._catalogue, self._day = catalogue, day
        self._away = {
            (one.id, officer): absence
            for one in catalogue.departments
            for officer, absence in officers.absent(catalogue.absences, one.id, day).items()
        }
        self.table.rows.repaint_all()
        self.absence.follow(self._away)
        self._tell_standing()
        self._tell_buttons()

    def new_day(self, day: int) -> None:
        """Who was away until midnight is back."""
        if self._catalogue is not None:
            self.put_absences(self._catalogue, day)

    def back(self) -> None:
        """Escape closes the question first."""
        self.absence.close_question()
        super().back()

    def discard(self) -> None:
        """Drop what is typed, of the question too."""
        self.absence.drop()
        super().discard()

    @Slot()
    def _on_away(self) -> None:
        fact = self.table.row()
        if fact is None or fact.outside:
            self.message.emit(_("Choose a department of the organisation first."))
            return
        officer = "a" if self.sender() is self.away_a else "b"
        self.absence.ask(fact, officer, self._away.get((fact.id, officer)), self._day)

    @Slot()
    def _tell_buttons(self) -> None:
        """Let each button say what its question will be."""
        fact = self.table.row()
        for officer, button in (("a", self.away_a), ("b", self.away_b)):
            back = fact is not None and (fact.id, officer) in self._away
            button.setText(_(_AWAY[officer][back]))

    def _tell_standing(self) -> None:
        words = standing_in.said(self._fact, self._catalogue, self._day) if self._catalogue else ""
        self.standing.setText(words)
        self.standing.setVisible(bool(words))

    def _who_is_away(self, fact: DepartmentFact) -> str:
        said = []
        for officer in officers.OFFICERS:
            absence = self._away.get((fact.id, officer))
            if absence is None:
                continue
            who = officer.upper()
            if absence.last_day > self._day:
                day = dates.short_date(day_date(absence.last_day), current().language)
                who = _("{who} to {day}").format(who=who, day=day)
            said.append(who)
        return ", ".join(said)

    def _icon(self, fact: DepartmentFact) -> str:
        return "log-out" if self._who_is_away(fact) else ""

    def show_fact(self, fact: DepartmentFact) -> None:
        """Put a department into the fields."""
        for name, field in self._lines.items():
            field.setText(getattr(fact, name))
            field.setCursorPosition(0)
        self._lines["code"].setReadOnly(fact.id != 0)
        self._lines["code"].setEnabled(fact.id == 0)
        self._outside.setChecked(fact.outside)
        self._active.setChecked(fact.active)
        self._tell_standing()

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


def _care(_fact: DepartmentFact) -> str:
    return "care"


def _tone(fact: DepartmentFact) -> str:
    return "" if fact.active else "muted"
