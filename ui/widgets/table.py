"""The paged table of the pages: whole rows, Enter opens one, the selection survives refreshes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.theme import ICON, ROW, theme
from ui.widgets.columns import Wish, share
from ui.widgets.paged_model import LEAST, Column, Index, PagedModel
from ui.widgets.painting import RowPainter
from ui.widgets.viewport import own_viewport
from ui.wording import _
from ui.work import Lanes

__all__ = ["Column", "PagedModel", "PagedTable"]

R = TypeVar("R")
_TEXT = 12
"""Columns of so many characters hold texts that may be cut, narrower ones numbers, times and words."""
_STRETCHED = 34
"""So many characters the stretched column has before the others grow."""
_LEGIBLE = 14
"""So many characters, or half of it in Chinese, the stretched column has in any case."""
_SHORT = 18
"""Up to so many letters it shows which of them a text is made of, be it as long as another."""
_PADDING = 14
_LOOKED_AT = 40
_LONGEST = 80


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
        own_viewport(self)
        self.rows: PagedModel[R] = PagedModel(
            lanes, topic, columns, key, struck=struck, page=page, parent=self
        )
        self._lanes = lanes
        self._empty = empty
        self._answered = False
        self._grounded = False
        self._below = False
        """Rows have only come below those that can be seen."""
        self._unsettled = False
        """Rows have come or gone since they were last laid out."""
        self._ahead = QTimer(self, singleShot=True, interval=0)
        self._ahead.timeout.connect(self._look_ahead)
        self._given: dict[int, int] = {}
        self._held: dict[int, int] = {}
        self._looked = 0
        """So many rows from the first were measured since the rows were others."""
        self._iconed: set[int] = set()
        self._by_hand: set[int] = set()
        """The columns that the clerk has resized."""
        self.setModel(self.rows)
        self.setAccessibleName(name)
        wrapped = any(column.wrapped for column in columns)
        self.follow: Callable[[R], object] | None = None
        """What a row is about: where the row under the cursor goes, the cursor takes another about it."""
        self._lost: object = None
        self._painter: RowPainter | None = None if wrapped else RowPainter(self)
        self._set_up(wrapped=wrapped)
        self._measure()
        self._connect()

    def _set_up(self, *, wrapped: bool) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        # Else the window, the page and the head would be painted with each page of rows.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, not wrapped)
        mode = QHeaderView.ResizeMode.ResizeToContents if wrapped else QHeaderView.ResizeMode.Fixed
        self.verticalHeader().setSectionResizeMode(mode)
        self.setWordWrap(wrapped)
        if wrapped:
            from ui.widgets.top_icons import TopIcons

            self.setItemDelegate(TopIcons(self))
            self.setProperty("lines", "many")
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.horizontalHeader().setMinimumSectionSize(24)

    def _connect(self) -> None:
        self.rows.answered.connect(self._on_answered)
        self.doubleClicked.connect(self._on_double_click)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        for told in (self.rows.rowsRemoved, self.rows.rowsMoved, self.rows.modelReset):
            told.connect(self._on_rearranged)
        self.rows.dataChanged.connect(self._on_changed)
        theme().changed.connect(self._on_theme)
        lanes = self._lanes
        for heard in (lanes.opened, lanes.trouble, lanes.recovered):
            heard.connect(self._on_lanes)

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
        """Enter opens the row under the cursor, Home and End go to the first and last; the rest is Qt's."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and (row := self.row()) is not None:
            self.chosen.emit(row)
            return
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and plain and self.rows.rowCount():
            at = 0 if event.key() == Qt.Key.Key_Home else self.rows.rowCount() - 1
            self.selectRow(at)
            self.scrollTo(self.rows.index(at, 0))
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard works on a row that can be seen to be chosen."""
        super().focusInEvent(event)
        if self.rows.rowCount() and not self.selectionModel().hasSelection():
            self.selectRow(max(self.currentIndex().row(), 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Without rows, say so instead of leaving a blank."""
        if self._painter is None:
            super().paintEvent(event)
        else:
            self._painter.paint(event.rect())
        if (words := self.blank) and not self.rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(theme().colour("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(16, 8, -16, -8), int(flags), words)
            painter.end()

    @property
    def blank(self) -> str:
        """What stands where rows would be: that there is none is said only when the register has said so."""
        if self._lanes.in_trouble is not None:
            return _("The register is not open.") if self._lanes.catalogue is None else ""
        return self._empty if self._answered else ""

    def _measure(self) -> None:
        """Take the sizes of the present font."""
        self.verticalHeader().setDefaultSectionSize(theme().px(ROW))
        self._given.clear()
        self._by_hand.clear()
        self._held.clear()
        self._looked = 0
        self._hold()
        self._share()

    def _hold(self) -> None:
        """Learn how wide the cells are that can be seen: the longest of each column tell."""
        first = max(0, self.rowAt(0))
        last = min(first + _LOOKED_AT, self.rows.rowCount())
        first = max(first, self._looked)  # those above were the longest of their time, and are kept
        if first >= last:
            return
        self._looked = last
        shown = [self.rows.cells(at) for at in range(first, last)]
        metrics = self.fontMetrics()
        for at, column in enumerate(self.rows.columns):
            if column.wrapped:
                continue
            texts = {cells[at].text[:_LONGEST] for cells in shown}
            # A Chinese character is three bytes and two letters wide: the longest either way is the widest.
            widest = {max(texts, key=len), max(texts, key=_bytes)}
            if (most := max(map(len, texts))) <= _SHORT:  # "16 Nov" is wider than "19 Oct"
                widest |= {text for text in texts if len(text) == most}
            width = max(map(metrics.horizontalAdvance, widest)) + _PADDING
            if column.icon is not None and any(cells[at].icon for cells in shown):
                self._iconed.add(at)
            width += self._icon_width() if at in self._iconed else 0
            self._held[at] = max(width, self._held.get(at, 0))

    def _icon_width(self) -> int:
        return theme().px(ICON) + _PADDING // 2

    def _wish(self, at: int, column: Column[R], digit: int) -> Wish:
        size = self.horizontalHeader().sectionSize(at)
        title = self.horizontalHeader().fontMetrics().horizontalAdvance(column.title) + _PADDING
        if column.width and size != self._given.get(at, size):
            self._by_hand.add(at)
        if at in self._by_hand:
            return Wish(size, size, None, size)
        if not column.width:
            least = max(_LEGIBLE, column.least) * digit + _PADDING
            return Wish(_STRETCHED * digit, title, self._held.get(at), least, taker=True)
        usual = column.width * digit + _PADDING
        if column.width < _TEXT:
            return Wish(usual, title, self._held.get(at), usual * 2)
        least = column.least * digit + _PADDING + (self._icon_width() if at in self._iconed else 0)
        return Wish(usual, title, self._held.get(at), least, firm=column.least > LEAST)

    def _share(self) -> None:
        header = self.horizontalHeader()
        if header.count() != len(self.rows.columns):
            return  # not yet set up
        digit = max(1, self.fontMetrics().horizontalAdvance("0"))
        wishes = [self._wish(at, column, digit) for at, column in enumerate(self.rows.columns)]
        room = self.viewport().width()
        widths = share(room, wishes)
        fits = sum(widths) <= room
        for at, (wish, width) in enumerate(zip(wishes, widths, strict=True)):
            taker = wish.taker and fits
            mode = QHeaderView.ResizeMode.Stretch if taker else QHeaderView.ResizeMode.Interactive
            if header.sectionResizeMode(at) != mode:
                header.setSectionResizeMode(at, mode)
            if not taker and at not in self._by_hand:
                self._given[at] = width
                header.resizeSection(at, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width out."""
        super().resizeEvent(event)
        self._share()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """Notice rows that come below what can be seen."""
        self._looked = min(self._looked, start)
        last = self.rowAt(self.viewport().height() - 1)
        self._below = 0 <= last < start and (self._below or not self._unsettled)
        self._unsettled = True
        super().rowsInserted(parent, start, end)

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """Remember what the row under the cursor is about, before Qt goes to its neighbour."""
        at = self.currentIndex().row()
        row = self.rows.row(at) if start <= at <= end else None
        if self.follow is not None and self._lost is None and row is not None:
            self._lost = self.follow(row)
        super().rowsAboutToBeRemoved(parent, start, end)

    def _follow(self) -> None:
        """Back to what the cursor was on: the newest row about it."""
        lost, self._lost = self._lost, None
        if lost is None or self.follow is None:
            return
        keys = self.rows.keys()
        shown = ((key, self.rows.row(at)) for at, key in enumerate(keys))
        same = [key for key, row in shown if row is not None and self.follow(row) == lost]
        if same:
            self.select(max(same))

    def doItemsLayout(self) -> None:
        """What comes below moves nothing; painting the page again would take as long as scrolling it."""
        below, self._below, self._unsettled = self._below, False, False
        if below:
            self.updateGeometries()
        else:
            super().doItemsLayout()

    @Slot()
    def _on_rearranged(self) -> None:
        self._below, self._unsettled, self._looked = False, True, 0

    @Slot()
    def _on_changed(self) -> None:
        self._looked = 0

    @Slot(int)
    def _on_scrolled(self, _value: int) -> None:
        self._ahead.start()  # painted first: the lane would take the interpreter meanwhile

    @Slot()
    def _look_ahead(self) -> None:
        last = self.rowAt(self.viewport().height() - 1)
        self.rows.look_ahead(last if last >= 0 else self.rows.rowCount())

    @Slot()
    def _on_lanes(self) -> None:
        self.viewport().update()

    @Slot(int)
    def _on_answered(self, _count: int) -> None:
        self._follow()
        if not self._answered:
            self._answered = True
            from PySide6.QtCore import QItemSelectionModel  # not before the first paint

            # With the table's own the head would be painted for each row that is chosen, and looks the same.
            self.horizontalHeader().setSelectionModel(QItemSelectionModel(self.rows, self))
            self.viewport().update()
        elif not self._grounded and not self.verticalScrollBar().isSliderDown():
            self._ground_bar()
        self._hold()
        self._share()

    def _ground_bar(self) -> None:
        from ui.widgets.grounded_bar import GroundedBar  # not before the first rows

        self._grounded = True
        bar = GroundedBar(self)
        self.setVerticalScrollBar(bar)
        bar.valueChanged.connect(self._on_scrolled)

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
        if self._painter is not None:
            self._painter.anew()
        self._measure()
        self.rows.repaint_all()


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
