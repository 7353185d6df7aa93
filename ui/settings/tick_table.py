"""Yes or no for many things at once: arrow keys move, Space ticks, Tab leaves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui.settings.card import OwnEditor
from ui.theme import ROW, theme
from ui.widgets.texts import is_enter
from ui.widgets.viewport import own_viewport


class TickTable(QTableWidget):
    """Rows of values, columns of settings; a setting is the values ticked in its column, with blanks between.

    Args:
        rows: value and translated words of each.
        columns: translated headings.
        name: accessible name, translated.
        parent: the usual one.
    """

    def __init__(
        self,
        rows: Sequence[tuple[str, str]],
        columns: Sequence[str],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(len(rows), len(columns), parent)
        own_viewport(self)
        self.values = [value for value, _words in rows]
        self._items: list[list[QTableWidgetItem]] = [[] for _title in columns]
        self.columns = [_Column(self, at) for at in range(len(columns))]
        self.setHorizontalHeaderLabels(list(columns))
        self.setVerticalHeaderLabels([words for _value, words in rows])
        for row, (_value, words) in enumerate(rows):
            for at, title in enumerate(columns):
                item = QTableWidgetItem()
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                item.setCheckState(Qt.CheckState.Unchecked)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}: {title}")
                self.setItem(row, at, item)
                self._items[at].append(item)
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setSectionsClickable(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCurrentCell(0, 0)
        self._measure()
        self.itemChanged.connect(self._on_changed)

    def ticked(self, column: int) -> str:
        """The values ticked in a column."""
        items = zip(self.values, self._items[column], strict=True)
        return " ".join(value for value, item in items if item.checkState() == Qt.CheckState.Checked)

    def tick(self, column: int, values: str) -> None:
        """Tick these values in a column, and no others."""
        wanted = values.split()
        for value, item in zip(self.values, self._items[column], strict=True):
            item.setCheckState(Qt.CheckState.Checked if value in wanted else Qt.CheckState.Unchecked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter tick what the cursor is on; letters are no search here."""
        if event.key() == Qt.Key.Key_Space or is_enter(event):
            item = self.currentItem()
            ticked = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)
        elif event.text().isprintable() and event.text() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """As high as its rows in another size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().px(ROW))
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + theme().px(ROW) * self.rowCount() + 2 * self.frameWidth() + 4)

    @Slot(QTableWidgetItem)
    def _on_changed(self, item: QTableWidgetItem) -> None:
        self.columns[item.column()].edited.emit()


class _Column(OwnEditor):
    """One column as the setting that it is."""

    def __init__(self, table: TickTable, at: int) -> None:
        super().__init__(table)
        self._table = table
        self._at = at
        self.hide()

    def value(self) -> str:
        """The values that are ticked."""
        return self._table.ticked(self._at)

    def put(self, value: str) -> None:
        """Tick these."""
        self._table.tick(self._at, value)


__all__ = ["TickTable"]
