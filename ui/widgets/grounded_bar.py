"""A scroll bar that moves with every page, and for whose sake nothing else is painted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from ui.theme import theme


class GroundedBar(QScrollBar):
    """Paints the ground under it too: Qt's own lets shine through what is behind.

    So the window, the page and the table's frame would be painted with each page of rows, and again when more
    rows have come: together a third of what painting the rows takes.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)

    def event(self, event: QEvent) -> bool:
        """Whenever the style has dressed it, say again that it covers what is behind."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Polish, QEvent.Type.StyleChange):
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        return done

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of a table, and the bar on it."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme().colour("surface"))
        painter.end()
        super().paintEvent(event)
