"""A list of offers under a field: it never has the focus and never stands in the way of typing.

Like the choices of a `ChoiceField` it is a child of the window, not a window of its own, so that neither the
focus nor an input method's composition is disturbed. Unlike them nothing in it is taken unless it was chosen.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reception.shapes import dataclass
from ui import icons
from ui.theme import GAP_SMALL, ICON, theme

_SHOWN = 6
"""So many offers are seen at once; the others are scrolled to."""
_BEYOND = 3
"""So many offers from the end more are asked for."""
_WIDEST = 640
_BORDERS = 4
"""Pixels that the style draws above and below the rows."""
_MEASURED = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """What stands in the list: one line to choose by, one with the rest, an icon or ""."""

    text: str
    detail: str = ""
    icon: str = ""
    tone: str = "text"


class OfferList(QFrame):
    """Shows offers under a field of ``window``."""

    picked = Signal(int)
    """The position of the offer that was clicked."""
    more_wanted = Signal()
    """The last offers are in sight."""

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window)
        self.setObjectName("offers")
        self.setProperty("role", "card")
        self.setAccessibleName(name)
        self.setAutoFillBackground(True)
        self._window = window
        self._field: QWidget | None = None
        self._list = QListWidget(self)
        self._list.setObjectName("choices")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(name)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setUniformItemSizes(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._foot = QLabel(self)
        self._foot.setProperty("role", "small")
        self._foot.setTextFormat(Qt.TextFormat.PlainText)
        self._foot.setContentsMargins(GAP_SMALL, 0, GAP_SMALL, GAP_SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self._list)
        column.addWidget(self._foot)
        self._list.clicked.connect(self._on_clicked)
        self._list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        window.installEventFilter(self)
        self.hide()

    @property
    def listing(self) -> bool:
        """Whether the list is open."""
        return not self.isHidden()

    @property
    def current(self) -> int:
        """The position of the offer that is chosen, -1 for none."""
        return self._list.currentRow()

    @property
    def said(self) -> tuple[str, ...]:
        """What stands in the list, and below it, for accessibility and tests."""
        if not self.listing:
            return ()
        rows = (self._list.item(at).text() for at in range(self._list.count()))
        return (*rows, self._foot.text())

    def offer(self, field: QWidget, offers: Sequence[Offer], foot: str) -> None:
        """Show these offers under ``field``; the one that was chosen stays while more are added below it."""
        stays = self.current if self.listing and field is self._field else -1
        before = [self._list.item(at).text() for at in range(self._list.count())]
        self._field = field
        self._list.clear()
        marks: dict[str, QIcon] = {}
        for one in offers:
            item = QListWidgetItem(f"{one.text}\n{one.detail}" if one.detail else one.text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.text}, {one.detail}")
            if one.icon:
                if one.icon not in marks:
                    marks[one.icon] = _mark(one)
                item.setIcon(marks[one.icon])
            self._list.addItem(item)
        now = [self._list.item(at).text() for at in range(min(self._list.count(), len(before)))]
        self._list.setCurrentRow(stays if now == before else -1)
        self._foot.setText(foot)
        self._place(field)

    def move(self, step: int) -> None:  # type: ignore[override]
        """Choose the next or the one before; above the first none is chosen."""
        row = max(-1, min(self.current + step, self._list.count() - 1))
        self._list.setCurrentRow(row)
        if row >= 0 and self._field is not None:
            words = self._list.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field, words))
        if row >= self._list.count() - _BEYOND:
            self.more_wanted.emit()

    def close_list(self) -> None:
        """Away with it."""
        self.hide()
        self._list.setCurrentRow(-1)

    def _place(self, field: QWidget) -> None:
        window = self._window
        lines = 2 if any("\n" in self._list.item(at).text() for at in range(self._list.count())) else 1
        row = self._list.fontMetrics().lineSpacing() * lines + 2 * GAP_SMALL
        for at in range(self._list.count()):
            self._list.item(at).setSizeHint(QSize(10, row))
        tall = row * min(self._list.count(), _SHOWN) + 2 * self._list.frameWidth() + _BORDERS
        self._list.setFixedHeight(tall)
        height = tall + self._foot.sizeHint().height() + GAP_SMALL
        corner = field.mapTo(window, QPoint(0, field.height()))
        if corner.y() + height > window.height():
            above = field.mapTo(window, QPoint(0, -height))
            corner = above if above.y() >= 0 else corner
        width = min(max(field.width(), self._widest()), theme().px(_WIDEST), window.width() - 2 * GAP_SMALL)
        left = max(GAP_SMALL, min(corner.x(), window.width() - width - GAP_SMALL))
        self.setGeometry(left, corner.y(), width, height)
        if not self.isVisible():  # raised while it is shown, it would be painted twice
            self.raise_()
            self.show()

    def _widest(self) -> int:
        metrics = self._list.fontMetrics()
        texts = (self._list.item(at).text() for at in range(self._list.count()))
        # Measuring each of them with every key would cost more than drawing those that are seen.
        longest = heapq.nlargest(_MEASURED, (line for text in texts for line in text.split("\n")), _length)
        lines = map(metrics.horizontalAdvance, longest)
        beside = theme().px(ICON) + self._list.verticalScrollBar().sizeHint().width() + 10 * GAP_SMALL
        return max(max(lines, default=0) + beside, self._foot.sizeHint().width())

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.picked.emit(index.row())

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        if self.listing and value and value >= self._list.verticalScrollBar().maximum() - _BEYOND:
            self.more_wanted.emit()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The list stands at a place in the window: it closes when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.listing:
            self.close_list()
        return False


def _mark(one: Offer) -> QIcon:
    mark = QIcon(icons.icon(one.icon, one.tone))
    mark.addPixmap(icons.pixmap(one.icon, "on_accent"), QIcon.Mode.Selected)
    return mark


def _length(text: str) -> int:
    return sum(2 if character > "\u2e80" else 1 for character in text)
