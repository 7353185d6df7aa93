"""The paged table of the pages: whole rows, Enter opens one, the selection survives refreshes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.theme import ROW, theme
from ui.widgets.paged_model import Column, PagedModel, Question
from ui.work import Lanes

__all__ = ["Column", "PagedModel", "PagedTable", "Question"]

R = TypeVar("R")
_TEXT = 12
"""Columns of so many characters hold texts, narrower ones numbers, times and words."""
_STRETCHED = 34
"""So many characters the stretched column has before the others grow."""
_MOST = 1.7


class PagedTable(QTableView, Generic[R]):
    """Shows a `PagedModel`.

    Args:
        lanes: where to ask.
        topic: what the questions are about.
        columns: what is shown.
        key: the identity of a row.
        name: accessible name, translated.
        empty: what stands there while there is no row, translated.
        struck: rows whose text is struck through.
    """

    chosen = Signal(object)
    """Enter or a double click on a row: the row object."""
    current_changed = Signal(object)
    """The row object under the cursor, or None."""

    def __init__(
        self,
        lanes: Lanes,
        topic: str,
        columns: Sequence[Column[R]],
        key: Callable[[R], int],
        *,
        name: str,
        empty: str = "",
        struck: Callable[[R], bool] | None = None,
        page: int = 100,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows: PagedModel[R] = PagedModel(
            lanes, topic, columns, key, struck=struck, page=page, parent=self
        )
        self._empty = empty
        self._given: dict[int, int] = {}
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        wrapped = any(column.wrapped for column in columns)
        mode = QHeaderView.ResizeMode.ResizeToContents if wrapped else QHeaderView.ResizeMode.Fixed
        self.verticalHeader().setSectionResizeMode(mode)
        self.setWordWrap(wrapped)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(24)
        self._measure()
        self.doubleClicked.connect(self._on_double_click)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        theme().changed.connect(self._on_theme)

    def row(self) -> R | None:
        """The row under the cursor, None without one."""
        return self.rows.row(self.currentIndex().row())

    def select(self, key: int) -> bool:
        """Put the cursor on the row with this identity; False when it is not shown."""
        at = self.rows.position(key)
        if at >= 0:
            self.selectRow(at)
            self.scrollTo(self.rows.index(at, 0))
        return at >= 0

    def column(self, name: str) -> int:
        """The position of a named column. Raises StopIteration for a name that there is not."""
        return next(at for at, column in enumerate(self.rows.columns) if column.name == name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row under the cursor; the rest is Qt's."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and (row := self.row()) is not None:
            self.chosen.emit(row)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Without rows, say so instead of leaving a blank."""
        super().paintEvent(event)
        if self._empty and not self.rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(theme().colour("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(16, 8, -16, -8), int(flags), self._empty)
            painter.end()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().px(ROW))
        header = self.horizontalHeader()
        for at, column in enumerate(self.rows.columns):
            mode = QHeaderView.ResizeMode.Interactive if column.width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(at, mode)
        self._given.clear()
        self._widen()

    def _widen(self) -> None:
        """Give texts more room in a wide window; a column that the clerk has resized stays as it is."""
        header = self.horizontalHeader()
        digit = max(1, self.fontMetrics().horizontalAdvance("0"))
        whole = digit * sum(column.width or _STRETCHED for column in self.rows.columns)
        factor = max(1.0, min(self.viewport().width() / max(1, whole), _MOST))
        for at, column in enumerate(self.rows.columns):
            if not column.width or header.sectionSize(at) != self._given.get(at, header.sectionSize(at)):
                continue
            wider = factor if column.width >= _TEXT else 1.0
            self._given[at] = round(column.width * digit * wider) + 14
            header.resizeSection(at, self._given[at])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width out."""
        super().resizeEvent(event)
        self._widen()

    @Slot(QModelIndex)
    def _on_double_click(self, index: QModelIndex) -> None:
        row = self.rows.row(index.row())
        if row is not None:
            self.chosen.emit(row)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row: Any = self.rows.row(current.row())
        self.current_changed.emit(row)

    @Slot()
    def _on_theme(self) -> None:
        self._measure()
        self.rows.repaint_all()
