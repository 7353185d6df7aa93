"""Paints the rows of a paged table by hand.

Qt's own way asks the model a dozen times for every cell and draws each through the style sheet: a page of a
table took longer than a screen's picture lasts, and whenever a lane was at work each of those questions
waited for the interpreter. Here a page is one piece of work.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap

from ui import icons
from ui.theme import ICON, theme

if TYPE_CHECKING:
    from ui.widgets.table import PagedTable

PADDING = 6
"""Pixels between the edge of a cell and what it holds, at either side."""
_KEPT = 4000
Mark = tuple[int, int]
"""From and to, in characters of the text: what was looked for."""


class Cell:
    """What stands in a cell: a line of text, the theme token of its colour ("" is the usual one), an icon.

    A plain class: hundreds are made for each page, and a frozen dataclass takes four times as long.
    """

    __slots__ = ("icon", "marks", "right", "struck", "text", "tone")

    def __init__(
        self, text: str, tone: str, icon: str, right: bool, struck: bool, marks: tuple[Mark, ...]
    ) -> None:
        self.text = text
        self.tone = tone
        self.icon = icon
        self.right = right
        self.struck = struck
        self.marks = marks


class RowPainter:
    """Paints for one table; it is asked again and again, so it remembers what the theme says."""

    def __init__(self, table: PagedTable[Any]) -> None:
        self._table = table
        self.anew()

    def anew(self) -> None:
        """Colours, sizes or the font are different ones."""
        table = self._table
        self._plain = QFont(table.font())
        self._struck = QFont(self._plain)
        self._struck.setStrikeOut(True)
        self._metrics = QFontMetrics(self._plain)
        # Nothing is wider than this, so most texts need not be measured.
        self._widest = max(self._metrics.horizontalAdvance("汉"), self._metrics.maxWidth() // 4)
        self._elided: dict[tuple[str, int], str] = {}
        look = theme()
        self._icon = look.px(ICON)
        self._ratio = look.pixel_ratio
        self._look = look
        self._colours: dict[str, QColor] = {}
        self._pictures: dict[tuple[str, str], QPixmap] = {}
        self._pen = ""

    def paint(self, dirty: QRect) -> None:
        """Paint the rows that ``dirty``, in the viewport's pixels, touches, and the ground under them."""
        table = self._table
        painter = QPainter(table.viewport())
        # `fillRect` takes gradients too: to know them costs 3 ms before the first paint.
        painter.setBackground(self._colour("surface"))
        painter.eraseRect(dirty)
        first = table.rowAt(dirty.top())
        if first >= 0:
            self._rows(painter, dirty, first)
        painter.end()

    def _rows(self, painter: QPainter, dirty: QRect, first: int) -> None:
        table = self._table
        last = table.rowAt(dirty.bottom())
        last = table.rows.rowCount() - 1 if last < 0 else last
        columns = self._columns(dirty)
        height, width = table.verticalHeader().defaultSectionSize(), table.viewport().width()
        top, striped = table.rowViewportPosition(first), table.alternatingRowColors()
        selected = {index.row() for index in table.selectionModel().selectedRows()}
        painter.setFont(self._plain)
        self._pen = ""
        for row in range(first, last + 1):
            if row in selected:
                painter.fillRect(0, top, width, height, self._colour("selection"))
            elif row % 2 and striped:
                painter.fillRect(0, top, width, height, self._colour("stripe"))
            self._row(painter, row, columns, top, height, row in selected)
            top += height

    def _columns(self, dirty: QRect) -> list[tuple[int, int, int]]:
        """Position, left edge and width of the columns that are touched."""
        table = self._table
        found = []
        for at in range(table.rows.columnCount()):
            left, width = table.columnViewportPosition(at), table.columnWidth(at)
            if width and left <= dirty.right() and left + width > dirty.left():
                found.append((at, left, width))
        return found

    def _row(
        self,
        painter: QPainter,
        row: int,
        columns: Sequence[tuple[int, int, int]],
        top: int,
        height: int,
        selected: bool,
    ) -> None:
        base = top + (height + self._metrics.ascent() - self._metrics.descent()) // 2
        cells = self._table.rows.cells(row)
        struck = cells[0].struck
        if struck:
            painter.setFont(self._struck)
        for at, left, width in columns:
            cell = cells[at]
            start, room = left + PADDING, width - 2 * PADDING
            if cell.icon:
                picture = self._picture(cell.icon, cell.tone or "muted")
                painter.drawPixmap(start, top + (height - self._icon) // 2, picture)
                start, room = start + self._icon + PADDING, room - self._icon - PADDING
            text = self._fit(cell.text, room)
            if not text:
                continue
            # Each call lets other threads have the interpreter: none that changes nothing.
            pen = cell.tone if cell.tone and not selected else "text"
            if pen != self._pen:
                painter.setPen(self._colour(pen))
                self._pen = pen
            if cell.right:
                start += max(0, room - self._metrics.horizontalAdvance(text))
            if cell.marks:
                self._mark(painter, cell.marks, text, start, top, height)
            painter.drawText(start, base, text)
        if struck:
            painter.setFont(self._plain)

    def _mark(
        self, painter: QPainter, marks: Sequence[Mark], text: str, start: int, top: int, height: int
    ) -> None:
        """Ground and underline for what was looked for; colour alone would tell it to few."""
        advance = self._metrics.horizontalAdvance
        high = self._metrics.height()
        for begin, end in marks:
            if begin >= len(text):
                continue
            left, right = start + advance(text[:begin]), start + advance(text[:end])
            box = QRect(left, top + (height - high) // 2, right - left, high)
            painter.fillRect(box, self._colour("care_surface"))
            painter.fillRect(QRect(left, box.bottom(), right - left, 2), self._colour("care"))

    def _fit(self, text: str, room: int) -> str:
        """``text`` as far as it fits."""
        if len(text) * self._widest <= room:
            return text
        key = (text, room)
        if (known := self._elided.get(key)) is not None:
            return known
        if len(self._elided) > _KEPT:
            self._elided.clear()
        fitting = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        self._elided[key] = fitting
        return fitting

    def _colour(self, token: str) -> QColor:
        if (known := self._colours.get(token)) is None:
            known = self._colours[token] = self._look.colour(token)
        return known

    def _picture(self, name: str, tone: str) -> QPixmap:
        if (known := self._pictures.get((name, tone))) is None:
            size = QSize(self._icon, self._icon)
            known = self._pictures[name, tone] = icons.icon(name, tone).pixmap(size, self._ratio)
        return known
