"""The records that were put together with the one shown."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from reception.facts.people import PersonOffer
from ui.directory.people_rows import said_facts
from ui.theme import theme
from ui.today.persons import named
from ui.wording import _


class MergedList(QListWidget):
    """A line for each: name, numbers, organisation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Records put together here"))
        self.setMaximumHeight(theme().px(78))

    def show_records(self, merged: Sequence[PersonOffer], zone: ZoneInfo) -> None:
        """Show these; the first is chosen."""
        self.clear()
        for one in merged:
            words = said_facts(one, zone)
            text = " · ".join(filter(None, (named(one), words["numbers"], words["organisation"])))
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self.addItem(item)
        self.setCurrentRow(0)

    @property
    def chosen(self) -> int | None:
        """The id of the record that is chosen."""
        return int(self.currentItem().data(Qt.ItemDataRole.UserRole)) if self.currentRow() >= 0 else None
