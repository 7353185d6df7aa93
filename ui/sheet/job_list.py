"""The forms of one job: which of them are printed, and in which order."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from reception.numbers import day_date
from reception.paper.forms import TITLES
from ui import actions
from ui.sheet.wanted import Argument, Wanted
from ui.theme import GAP, GAP_SMALL, theme
from ui.wording import _, pgettext

_WIDE = 250
_DAYS = ("day", "first_day", "last_day")
_UNTOLD = ("handover", "period")
"""Arguments that say nothing to a reader, or that a note says."""


def title_of(wanted: Wanted) -> str:
    """What a form is called in the window, with what it is of."""
    values = [_told(name, value) for name, value in wanted.args.items() if name not in _UNTOLD and value]
    title = pgettext("paper", TITLES[wanted.name])
    return " ".join(part for part in (title, " – ".join(dict.fromkeys(values)), wanted.note) if part)


def _told(name: str, value: Argument) -> str:
    return day_date(int(value)).isoformat() if name in _DAYS else str(value)


class JobList(QFrame):
    """A list at the side: the space bar chooses, Alt+Up and Alt+Down move."""

    changed = Signal(object)
    """``tuple[Wanted, ...]``: all of them in their order, chosen or not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Forms of this job"))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedWidth(theme().px(_WIDE))
        heading = QLabel(_("Forms of this job"), self)
        heading.setProperty("role", "heading")
        heading.setBuddy(self.list)
        told = QLabel(_("Space chooses, Alt+Up and Alt+Down change the order."), self)
        told.setProperty("role", "muted")
        told.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        for widget in (heading, self.list, told):
            column.addWidget(widget)
        self.list.itemChanged.connect(self._tell)
        actions.bind(self.list, "sheet.form-up", self._up)
        actions.bind(self.list, "sheet.form-down", self._down)
        self.hide()

    def offer(self, wanted: tuple[Wanted, ...]) -> None:
        """Show these."""
        self.list.clear()
        self.add(wanted)
        self.list.setCurrentRow(next((at for at, one in enumerate(wanted) if one.chosen), 0))

    def add(self, wanted: tuple[Wanted, ...]) -> None:
        """Show these after the others."""
        self.list.blockSignals(True)
        for one in wanted:
            item = QListWidgetItem(title_of(one), self.list)
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.chosen else Qt.CheckState.Unchecked)
            item.setToolTip(item.text())
        self.list.blockSignals(False)

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """All of them in their order, chosen or not."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(
            dataclasses.replace(
                item.data(Qt.ItemDataRole.UserRole), chosen=item.checkState() == Qt.CheckState.Checked
            )
            for item in items
        )

    @Slot()
    def _up(self) -> None:
        self._move(-1)

    @Slot()
    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        if row < 0 or not 0 <= row + by < self.list.count():
            return
        self.list.blockSignals(True)
        item = self.list.takeItem(row)
        self.list.insertItem(row + by, item)
        self.list.setCurrentRow(row + by)
        self.list.blockSignals(False)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self.changed.emit(self.wanted)
