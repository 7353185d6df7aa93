"""What is higher than its place scrolls, wrapped words included."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class Scrolled(QScrollArea):
    """Shows a widget in its full height and never narrower than it needs; the ground behind it is seen."""

    def __init__(self, widget: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = _Inside(widget)
        self.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self._inside.changed.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for what is inside and its scroll bar, of any height."""
        hint = super().minimumSizeHint()
        width = self._inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(max(hint.width(), width), hint.height())


class _Inside(QWidget):
    """Tells the scroll area how high wrapped words are: by itself it does not ask for the width first."""

    changed = Signal()
    """What it needs is new."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(widget)

    def event(self, event: QEvent) -> bool:
        """Notice when something inside needs another size."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._stretch(self.width())
            self.changed.emit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrapped words need another height at another width."""
        super().resizeEvent(event)
        self._stretch(event.size().width())

    def _stretch(self, width: int) -> None:
        if self._column.hasHeightForWidth():
            self.setMinimumHeight(self._column.minimumHeightForWidth(width))
