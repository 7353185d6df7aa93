"""A list of offers under a field: it never has the focus and never stands in the way of typing.

Like the choices of a `ChoiceField` it is a child of the window, not a window of its own, so that neither the
focus nor an input method's composition is disturbed. Unlike them nothing in it is taken unless it was chosen.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.announcing import announce
from ui.theme import GAP_SMALL, theme
from ui.widgets.line_list import Line, LineList

__all__ = ["Line", "OfferList"]

_SHOWN = 6
"""So many offers are seen at once; the others are scrolled to."""
_BEYOND = 3
"""So many offers from the end more are asked for."""
_WIDEST = 640


class OfferList(QWidget):
    """Shows offers under a field of ``window``."""

    picked = Signal(int)
    """The position of the offer that was clicked."""
    more_wanted = Signal()
    """The last offers are in sight."""

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window)
        self.setObjectName("offers")
        self.setAccessibleName(name)
        # It covers what it stands on: nothing under it is painted for its sake.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._window = window
        self._field: QWidget | None = None
        self.list = LineList(name, below=True, parent=self)
        self._foot = QLabel(self)
        self._foot.setProperty("role", "small")
        self._foot.setTextFormat(Qt.TextFormat.PlainText)
        self._foot.setContentsMargins(GAP_SMALL, 0, GAP_SMALL, GAP_SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.list, 1)
        column.addWidget(self._foot)
        self.list.picked.connect(self.picked)
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        window.installEventFilter(self)
        self.hide()

    def prepare(self) -> None:
        """Be drawn once unseen, so that the first offers need not wait for fonts and style."""
        self.list.prepare()
        self._foot.ensurePolished()

    @property
    def listing(self) -> bool:
        """Whether the list is open."""
        return not self.isHidden()

    @property
    def current(self) -> int:
        """The position of the offer that is chosen, -1 for none."""
        return self.list.current

    @property
    def said(self) -> tuple[str, ...]:
        """What stands in the list, and below it, for accessibility and tests."""
        if not self.listing:
            return ()
        rows = ("\n".join(filter(None, (one.text, one.detail))) for one in self.list.lines)
        return (*rows, self._foot.text())

    def offer(self, field: QWidget, offers: Sequence[Line], foot: str) -> None:
        """Show these offers under ``field``; the one that was chosen stays while more are added below it."""
        another = not self.listing or field is not self._field
        self._field = field
        self.list.put(offers)
        if another:
            self.list.choose(-1)
        self._foot.setText(foot)
        self._place(field)

    def move(self, step: int) -> None:  # type: ignore[override]
        """Choose the next or the one before; above the first none is chosen."""
        count = len(self.list.lines)
        row = max(-1, min(self.current + step, count - 1))
        self.list.choose(row)
        if row >= 0 and self._field is not None:
            one = self.list.lines[row]
            announce(self._field, f"{one.text}, {one.detail}")
        if row >= count - _BEYOND:
            self.more_wanted.emit()

    @Slot()
    def follow(self) -> None:
        """Stay under the field, which has moved."""
        if self.listing and self._field is not None:
            self._place(self._field)

    def close_list(self) -> None:
        """Away with it."""
        self.hide()
        self.list.choose(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground and the edge; the list and the words below it paint themselves."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme().colour("surface"))
        painter.setPen(theme().colour("accent"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _place(self, field: QWidget) -> None:
        window = self._window
        height = self.list.tall(_SHOWN) + GAP_SMALL + self._foot.sizeHint().height()
        corner = field.mapTo(window, QPoint(0, field.height()))
        if corner.y() + height > window.height():
            above = field.mapTo(window, QPoint(0, -height))
            corner = above if above.y() >= 0 else corner
        # While it is open it grows only: what it uncovered would be painted with each letter.
        before = self.width() if self.isVisible() else 0
        wanted = max(field.width(), self.list.wide(), self._foot.sizeHint().width(), before)
        width = min(wanted, theme().px(_WIDEST), window.width() - 2 * GAP_SMALL)
        left = max(GAP_SMALL, min(corner.x(), window.width() - width - GAP_SMALL))
        self.setGeometry(left, corner.y(), width, height)
        if not self.isVisible():  # raised while it is shown, it would be painted twice
            self.raise_()
            self.show()

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        if self.listing and value and value >= self.list.verticalScrollBar().maximum() - _BEYOND:
            self.more_wanted.emit()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The list stands at a place in the window: it closes when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.listing:
            self.close_list()
        return False
