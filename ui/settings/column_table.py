"""Which columns a form prints, in which order, how wide: Space ticks, Ctrl+Up and Ctrl+Down move."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reception import papers
from reception.papers import Chosen
from ui.settings.card import OwnEditor
from ui.theme import ROW, theme
from ui.widgets.viewport import own_viewport
from ui.wording import _

_TITLE, _WIDTH = 0, 1
_KEY = Qt.ItemDataRole.UserRole


class ColumnTable(OwnEditor):
    """The columns of one form as the setting that they are; as the form has them it is empty.

    Args:
        columns: key and translated title of every column, and whether the form prints it by itself.
        parent: the usual one.
    """

    def __init__(self, columns: Sequence[tuple[str, str, bool]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = {key: title for key, title, _shown in columns}
        self._usual = tuple(Chosen(key) for key, _title, shown in columns if shown)
        self._filling = False
        self.table = _Table(len(columns), 2, self)
        self.table.setHorizontalHeaderLabels([_("Column"), _("Width in mm")])
        self.setFocusProxy(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        self.put("")
        self.table.itemChanged.connect(self._on_changed)

    def value(self) -> str:
        """The columns as the register keeps them; what cannot be read stays as it is typed."""
        chosen = []
        plain = True
        for row in range(self.table.rowCount()):
            title, width = self.table.item(row, _TITLE), self.table.item(row, _WIDTH)
            assert title is not None
            assert width is not None
            if title.checkState() is not Qt.CheckState.Checked:
                continue
            text = width.text().strip().replace(",", ".")
            chosen.append(f"{title.data(_KEY)}:{text}" if text else str(title.data(_KEY)))
            plain = plain and not text
        said = " ".join(chosen)
        return "" if plain and said == papers.written(self._usual) else said

    def put(self, value: str) -> None:
        """Show these columns; those that are not printed stand below them."""
        try:
            chosen = papers.columns(value) or self._usual
        except ValueError:
            chosen = self._usual
        known = [one for one in chosen if one.key in self._titles]
        named = {one.key for one in known}
        self._filling = True
        for row, one in enumerate((*known, *(Chosen(key) for key in self._titles if key not in named))):
            self._write(row, one, ticked=one.key in named)
        self._filling = False
        self.table.measure()
        self.edited.emit()

    def _write(self, row: int, one: Chosen, *, ticked: bool) -> None:
        title = QTableWidgetItem(self._titles[one.key])
        title.setData(_KEY, one.key)
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        title.setFlags(usual | Qt.ItemFlag.ItemIsUserCheckable)
        title.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        width = QTableWidgetItem(f"{one.width:g}" if one.width else "")
        width.setFlags(usual | Qt.ItemFlag.ItemIsEditable)
        self.table.setItem(row, _TITLE, title)
        self.table.setItem(row, _WIDTH, width)

    @Slot(QTableWidgetItem)
    def _on_changed(self, _item: QTableWidgetItem) -> None:
        if not self._filling:
            self.edited.emit()


class _Table(QTableWidget):
    """Rows that move by keys; Tab leaves. It is as high as its rows: what scrolls is what it stands in."""

    def __init__(self, rows: int, columns: int, parent: QWidget) -> None:
        super().__init__(rows, columns, parent)
        own_viewport(self)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setAccessibleName(_("Columns"))
        self.verticalHeader().hide()
        self.setCornerButtonEnabled(False)
        head = self.horizontalHeader()
        head.setSectionResizeMode(_TITLE, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(_WIDTH, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentCellChanged.connect(self._keep_in_sight)

    def measure(self) -> None:
        """As high as its rows."""
        self.verticalHeader().setDefaultSectionSize(theme().px(ROW))
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + theme().px(ROW) * self.rowCount() + 2 * self.frameWidth() + 4)
        if self.currentRow() < 0:
            self.setCurrentCell(0, _TITLE)

    def changeEvent(self, event: QEvent) -> None:
        """As high as its rows in another size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.measure()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The row under the cursor is in sight, also where the whole table has no room."""
        super().focusInEvent(event)
        QTimer.singleShot(0, self, self._keep_in_sight)  # after the window has brought the table into sight

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Up and Ctrl+Down move the row, Space ticks it; digits type its width, letters do nothing."""
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.rowCount() - 1}
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in moves:
            self._move(moves[Qt.Key(event.key())])
        elif event.key() in ends:
            self.setCurrentCell(ends[Qt.Key(event.key())], self.currentColumn())
        elif event.key() == Qt.Key.Key_Space:
            self._tick()
        elif event.text().isdigit() and self.currentColumn() == _TITLE:
            self.setCurrentCell(self.currentRow(), _WIDTH)
            super().keyPressEvent(event)
        elif event.text().isprintable() and event.text().strip() and not event.text().isdigit():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _tick(self) -> None:
        item = self.item(self.currentRow(), _TITLE)
        assert item is not None
        ticked = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    @Slot()
    def _keep_in_sight(self) -> None:
        if not self.hasFocus():
            return
        row = self.visualItemRect(self.currentItem())
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea) and (inside := above.widget()) is not None:
                at = self.viewport().mapTo(inside, row.center())
                left = above.horizontalScrollBar().value()
                above.ensureVisible(left, at.y(), 0, 2 * row.height())
            above = above.parentWidget()

    def _move(self, step: int) -> None:
        row, other = self.currentRow(), self.currentRow() + step
        if not 0 <= other < self.rowCount():
            return
        self.blockSignals(True)  # half a row stands there in between
        for column in (_TITLE, _WIDTH):
            here, there = self.takeItem(row, column), self.takeItem(other, column)
            self.setItem(row, column, there)
            self.setItem(other, column, here)
        self.blockSignals(False)
        self.setCurrentCell(other, self.currentColumn())
        self.itemChanged.emit(self.item(other, _TITLE))
