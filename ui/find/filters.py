"""The filters of Find: days, kind, status, act, department; each says "any" until it is used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLabel, QWidget

from reception.facts import Act, Catalogue, EntryStatus, Kind, Query
from reception.numbers import day_number
from reception.wording import N_
from ui import actions, words
from ui.theme import GAP, GAP_SMALL
from ui.widgets.buttons import Button
from ui.wording import _

_SPANS = (
    ("any", N_("Any day")),
    ("today", N_("Today")),
    ("yesterday", N_("Yesterday")),
    ("week", N_("Last 7 days")),
    ("month", N_("Last 30 days")),
    ("year", N_("This year")),
    ("between", N_("From … to …")),
)


class Filters(QWidget):
    """A row of filters; those for days stand apart in ``days``, to be put beside the field."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = QWidget(self)
        self.span = self._box(_("Days"), [(_(title), name) for name, title in _SPANS])
        self.first = self._day(_("First day"))
        self.last = self._day(_("Last day"))
        self.kind = self._choice(_("Kind"), words.KINDS)
        self.status = self._choice(_("Status"), words.STATUSES)
        self.act = self._choice(_("Act"), words.ACTS)
        self.department = self._box(_("Department"), [(_("Any"), None)])
        self.department.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.department.setMinimumContentsLength(18)
        self.clerk = self._box(_("Clerk"), [(_("Any"), "")])
        self.clerk.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.clerk.setMinimumContentsLength(8)
        self.reset = Button(_("No filters"), self)
        self._lay_out()
        self.span.currentIndexChanged.connect(self._on_span)
        for box in (self.kind, self.status, self.act, self.department, self.clerk):
            box.currentIndexChanged.connect(self.changed)
        self.first.dateChanged.connect(self.changed)
        self.last.dateChanged.connect(self.changed)
        self.reset.clicked.connect(self.clear)
        actions.press(self.reset, "find.reset")
        self._on_span()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Offer the clerks, and the departments with those outside: people are pointed there."""
        clerk, chosen = self.clerk.currentData(), self.department.currentData()
        self.clerk.blockSignals(True)
        self.clerk.clear()
        self.clerk.addItem(_("Any"), "")
        for name in catalogue.operators:
            self.clerk.addItem(name, name)
        self.clerk.setCurrentIndex(max(0, self.clerk.findData(clerk)))
        self.clerk.blockSignals(False)
        self.department.blockSignals(True)
        self.department.clear()
        self.department.addItem(_("Any"), None)
        for one in catalogue.departments:
            self.department.addItem(f"{one.code} {one.name}", one.id)
        self.department.setCurrentIndex(max(0, self.department.findData(chosen)))
        self.department.blockSignals(False)

    def query(self, text: str, today: dt.date) -> Query:
        """What is asked for on ``today``, the site's day."""
        first, last = self._days(today)
        kind, status, act = self.kind.currentData(), self.status.currentData(), self.act.currentData()
        return Query(
            text=text,
            from_day=day_number(first) if first else None,
            to_day=day_number(last) if last else None,
            kind=Kind(kind) if kind else None,
            status=EntryStatus(status) if status else None,
            act=Act(act) if act else None,
            department_id=self.department.currentData(),
            operator=self.clerk.currentData() or "",
        )

    @Slot()
    def clear(self) -> None:
        """Back to "any" everywhere."""
        self.blockSignals(True)
        for box in (self.span, self.kind, self.status, self.act, self.department, self.clerk):
            box.setCurrentIndex(0)
        self.blockSignals(False)
        self.changed.emit()

    def _days(self, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
        match self.span.currentData():
            case "today":
                return today, today
            case "yesterday":
                day = today - dt.timedelta(days=1)
                return day, day
            case "week":
                return today - dt.timedelta(days=6), None
            case "month":
                return today - dt.timedelta(days=29), None
            case "year":
                return today.replace(month=1, day=1), None
            case "between":
                days = sorted((_date(self.first), _date(self.last)))
                return days[0], days[1]
        return None, None

    def _lay_out(self) -> None:
        days = QHBoxLayout(self.days)
        row = QHBoxLayout(self)
        for line in (days, row):
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(GAP_SMALL)
        days.addWidget(self._label(self.span))
        for field in (self.span, self.first, self.last):
            days.addWidget(field)
        for box in (self.kind, self.status, self.act, self.department, self.clerk):
            row.addWidget(self._label(box))
            row.addWidget(box)
            row.addSpacing(GAP)
        row.addStretch(1)
        row.addWidget(self.reset)

    def _label(self, box: QComboBox) -> QLabel:
        label = QLabel(box.accessibleName(), self)
        label.setProperty("role", "muted")
        label.setBuddy(box)
        return label

    def _choice(self, name: str, titles: Mapping[Any, str]) -> QComboBox:
        choices: list[tuple[str, str | None]] = [(_("Any"), None)]
        choices += [(_(title), str(value)) for value, title in titles.items()]
        return self._box(name, choices)

    def _box(self, name: str, choices: list[tuple[str, str | None]]) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        for title, value in choices:
            box.addItem(title, value)
        return box

    def _day(self, name: str) -> QDateEdit:
        field = QDateEdit(QDate.currentDate(), self)
        field.setCalendarPopup(True)
        field.setDisplayFormat("yyyy-MM-dd")
        field.setAccessibleName(name)
        field.setKeyboardTracking(False)
        return field

    @Slot()
    def _on_span(self) -> None:
        between = self.span.currentData() == "between"
        self.first.setVisible(between)
        self.last.setVisible(between)
        self.changed.emit()


def _date(field: QDateEdit) -> dt.date:
    date = field.date()
    return dt.date(date.year(), date.month(), date.day())
