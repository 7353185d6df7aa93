"""A list of lines under a field, painted by hand: it changes with each letter that is typed.

Qt's own way makes an object for every line and draws each through the style sheet, and what lies under the
list is painted again each time because the style's frames may let it through. That took longer than a
screen's picture lasts, and a lane at work made each of its hundreds of calls wait for the interpreter. Here
the lines are one tuple, and nothing under the list is painted for its sake.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from reception.shapes import dataclass
from ui import icons
from ui.theme import GAP_SMALL, ICON, ROW, theme
from ui.widgets.viewport import own_viewport

_PADDING = 6
"""Pixels between the edge and what a line holds."""
_MEASURED = 3
"""So many of the longest texts are measured to learn how wide the list is."""
_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """What can be chosen: one line to choose by, the rest below it (or beside it), an icon or ""."""

    text: str
    detail: str = ""
    icon: str = ""
    tone: str = "text"


class _Lines(QAbstractListModel):
    """What the list shows, as accessibility asks for it."""

    def __init__(self, parent: LineList) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()
        self.size = QSize(10, ROW)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.SizeHintRole:
            return self.size
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        one = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join(word for word in (one.text, one.detail) if word)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{one.text}, {one.detail}"
        return None

    def put(self, lines: tuple[Line, ...]) -> None:
        """Show these; what goes on where the former ones ended is added to them."""
        before = len(self.lines)
        if before and lines[:before] == self.lines:
            if len(lines) > before:
                self.beginInsertRows(_NOWHERE, before, len(lines) - 1)
                self.lines = lines
                self.endInsertRows()
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()


class LineList(QListView):
    """Lines of one height, at most one of them chosen; it never takes the focus.

    Args:
        name: accessible name, translated.
        below: the detail stands below the text, not beside it.
        parent: the usual one.
    """

    picked = Signal(int)
    """The position of the line that was clicked."""

    def __init__(self, name: str, *, below: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._below = below
        self._model = _Lines(self)
        viewport = own_viewport(self)
        self.setObjectName("choices")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setUniformItemSizes(True)
        for part in (self, viewport):
            part.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setModel(self._model)
        self.clicked.connect(self._on_clicked)

    # What code asks of it.

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._model.lines

    @property
    def current(self) -> int:
        """The position of the line that is chosen, -1 for none."""
        return self.currentIndex().row()

    @property
    def row_height(self) -> int:
        """Pixels of one line with what stands below it."""
        if not self._below:
            return theme().px(ROW)
        two = any(one.detail for one in self._model.lines)
        return self.fontMetrics().lineSpacing() * (2 if two else 1) + 2 * GAP_SMALL

    def prepare(self) -> None:
        """Be drawn once unseen, so that the first lines need not wait for fonts and style."""
        if not self.isVisible():  # a letter was faster
            self.resize(200, 4 * self.row_height)
            self.grab()

    def put(self, lines: Sequence[Line]) -> None:
        """Show these. The one that was chosen stays where lines are only added after the others."""
        self._model.put(tuple(lines))
        if self._model.size.height() != self.row_height:
            self._model.size = QSize(10, self.row_height)
            self.scheduleDelayedItemsLayout()

    def choose(self, row: int) -> None:
        """Choose a line and scroll to it; -1 chooses none."""
        if row != self.current:
            self.setCurrentIndex(self._model.index(row) if row >= 0 else _NOWHERE)
            if row < 0:
                self.clearSelection()

    def tall(self, shown: int) -> int:
        """Pixels in which so many lines fit, or all if there are fewer."""
        return self.row_height * min(len(self._model.lines), shown) + 2 * self.frameWidth()

    def wide(self) -> int:
        """Pixels in which nothing of any line is cut."""
        texts = (text for one in self._model.lines for text in self._texts(one))
        # Measuring each of them with every letter would cost more than drawing those that are seen.
        longest = heapq.nlargest(_MEASURED, texts, _length)
        widest = max(map(self.fontMetrics().horizontalAdvance, longest), default=0)
        bar = self.verticalScrollBar().sizeHint().width()
        return widest + self._indent() + 2 * _PADDING + bar + 2 * self.frameWidth()

    # Painting.

    def event(self, event: QEvent) -> bool:
        """The edge: what says of itself that it covers all under it gets none from the style sheet."""
        if event.type() != QEvent.Type.Paint:
            return super().event(event)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("accent"))
        painter.end()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines that are to be seen."""
        look, dirty = theme(), event.rect()
        painter = QPainter(self.viewport())
        painter.fillRect(dirty, look.colour("surface"))
        first = self.indexAt(QPoint(0, max(0, dirty.top()))).row()
        if first >= 0:
            metrics, chosen = self.fontMetrics(), self.current
            box = self.visualRect(self._model.index(first))
            box = QRect(0, box.top(), self.viewport().width(), self.row_height)
            for at in range(first, len(self._model.lines)):
                if box.top() > dirty.bottom():
                    break
                self._line(painter, metrics, self._model.lines[at], box, at == chosen)
                box.translate(0, box.height())
        painter.end()

    def _line(self, painter: QPainter, metrics: QFontMetrics, one: Line, box: QRect, chosen: bool) -> None:
        look = theme()
        if chosen:
            painter.fillRect(box, look.colour("accent"))
        left, size = box.left() + _PADDING, look.px(ICON)
        if one.icon:
            picture = icons.pixmap(one.icon, "on_accent" if chosen else one.tone)
            painter.drawPixmap(QPoint(left, box.top() + (box.height() - size) // 2), picture)
        left += self._indent()
        texts = self._texts(one)
        spacing = metrics.lineSpacing()
        base = box.top() + (box.height() - spacing * len(texts)) // 2 + metrics.ascent()
        painter.setPen(look.colour("on_accent" if chosen else "text"))
        for text in texts:
            room = box.right() - _PADDING - left
            painter.drawText(QPoint(left, base), metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))
            base += spacing

    def _texts(self, one: Line) -> tuple[str, ...]:
        if not one.detail:
            return (one.text,)
        return (one.text, one.detail) if self._below else (f"{one.text}    {one.detail}",)

    def _indent(self) -> int:
        """Room for the icon, if any line has one."""
        return theme().px(ICON) + _PADDING if any(one.icon for one in self._model.lines) else 0

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.picked.emit(index.row())


def _length(text: str) -> int:
    # In this code a Chinese character is two bytes, as it is two letters wide.
    return len(text.encode("gb18030", "replace"))
