"""What gives way where there is little room: words that end in …, bars whose parts say less step by step.

The window is never wider than its screen, at whatever size the clerk reads and in whatever language.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QSizePolicy,
    QToolButton,
    QWidget,
)


def plain_tip(text: str) -> str:
    """A tooltip that shows ``text`` as it is: Qt would take typed markup for rich text."""
    if not text:
        return ""
    safe = text[:1500].replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    return f"<p>{safe}</p>"


class ElidedLabel(QLabel):
    """One line that ends in … where it does not fit; the tooltip has all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        """Show ``text`` as far as it fits."""
        self._whole = text
        self.setToolTip(plain_tip(text))
        self.setAccessibleName(text)
        self._fit()

    @property
    def said(self) -> str:
        """The whole text."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))


class ElidedButton(QToolButton):
    """A button that can be narrower than its words, which end in … then; ``text`` stays whole.

    Args:
        parent: the usual one.
        least: so many letters stay in any case.
    """

    def __init__(self, parent: QWidget | None = None, least: int = 3) -> None:
        super().__init__(parent)
        self._least = least

    def minimumSizeHint(self) -> QSize:
        """Room for the icon and a few letters."""
        whole = self.sizeHint()
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance(self.text())
        least = min(words, metrics.averageCharWidth() * self._least + metrics.horizontalAdvance("…"))
        return QSize(whole.width() - words + least, whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as many of the words as fit."""
        lacking = self.sizeHint().width() - self.width()
        if lacking <= 0:
            super().paintEvent(event)
            return
        # Their many enums take 15 ms: the start of a window that is wide enough is spared them.
        from PySide6.QtWidgets import QStyle, QStyleOptionToolButton, QStylePainter

        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        room = self.fontMetrics().horizontalAdvance(option.text) - lacking
        option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, room)
        QStylePainter(self).drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)


class YieldingBar(QFrame):
    """A bar that asks for no width: where its parts do not fit they say less, one step after another."""

    steps = 1
    """How many steps `less` knows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = 0
        self._needs: dict[int, int] = {}
        self._stale = False

    def less(self, step: int, yielding: bool) -> None:
        """Take a step (1 is the first) or take it back. For the bars to say how."""

    def need(self) -> int:
        """The width in pixels below which the parts have to say less."""
        layout = self.layout()
        return layout.minimumSize().width() if layout is not None else 0

    def minimumSizeHint(self) -> QSize:
        """No width of its own: the window's is the clerk's."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less in less room, more in more."""
        super().resizeEvent(event)
        self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure what changed while nobody saw it."""
        super().showEvent(event)
        if self._stale:
            self.anew()

    def event(self, event: QEvent) -> bool:
        """The parts may need another width now."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._settle()
        return done

    @Slot()
    def anew(self) -> None:
        """Words or sizes are different ones: what was measured does not hold any more."""
        if not self.isVisible():  # its window has gone, or comes yet
            self._stale = True
            return
        self._stale = False
        self._needs.clear()
        while self._step:
            self.less(self._step, False)
            self._step -= 1
        self._settle()

    def _settle(self) -> None:
        # What a step takes away can be measured only while it is there, so it is noted when it goes.
        if self._step and self.width() >= self._needs[self._step - 1]:
            self.less(self._step, False)
            self._step -= 1
        while self._step < self.steps and (need := self.need()) > self.width():
            self._needs[self._step] = need
            self._step += 1
            self.less(self._step, True)
