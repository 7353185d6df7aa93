"""Text fields that refuse what does not fit instead of cutting it off, and that Enter leaves.

The limits are code points, counted as the engine counts them; a validator would drop what an input method
commits, so nothing is judged while it is typed except its length.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QClipboard,
    QContextMenuEvent,
    QDropEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

SHORT = 200
LONG = 10_000
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def is_enter(event: QKeyEvent) -> bool:
    """Whether Enter was pressed, on either block of keys, without Shift or Ctrl."""
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in _PLAIN


class LineField(QLineEdit):
    """One line of text.

    Args:
        limit: how many code points fit.
        parent: the usual one.
    """

    too_long = Signal(int)
    """A paste of so many code points was refused; nothing of it went in."""
    left_by_enter = Signal()
    """Enter was pressed; the focus is about to move on."""

    def __init__(self, limit: int = SHORT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.limit = limit
        # Twice, because a character may be two UTF-16 units; the exact count is the engine's.
        self.setMaxLength(limit * 2)
        self.composing = ""
        """What an input method shows and has not committed yet."""
        self.inputRejected.connect(self._on_rejected)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on; a paste is measured first; keys of an input method are never touched."""
        if self.composing:
            super().keyPressEvent(event)
        elif is_enter(event):
            self.left_by_enter.emit()
            self.focusNextChild()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_measured()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed."""
        super().inputMethodEvent(event)
        self.composing = event.preeditString()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, with a paste that is measured."""
        menu = self.createStandardContextMenu()
        for action in menu.findChildren(QAction):
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(self.paste_measured)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The middle button pastes the selection, measured like any paste."""
        clipboard = QGuiApplication.clipboard()
        if event.button() == Qt.MouseButton.MiddleButton and clipboard.supportsSelection():
            self._insert_measured(clipboard.text(QClipboard.Mode.Selection))
            return
        super().mouseReleaseEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dropped is measured like a paste."""
        if self._fits(event.mimeData().text()):
            super().dropEvent(event)

    @Slot()
    def paste_measured(self) -> None:
        """Paste the clipboard if it fits; otherwise nothing goes in and ``too_long`` tells."""
        self._insert_measured(QGuiApplication.clipboard().text())

    def _insert_measured(self, text: str) -> None:
        if self._fits(text):
            self.insert(" ".join(text.splitlines()) if "\n" in text or "\r" in text else text)

    def _fits(self, text: str) -> bool:
        stays = len(self.text()) - len(self.selectedText())
        if stays + len(text) > self.limit:
            self.too_long.emit(stays + len(text))
            return False
        return True

    def focusNextChild(self) -> bool:
        """Move the focus to the next field."""
        return self.focusNextPrevChild(True)

    @Slot()
    def _on_rejected(self) -> None:
        self.too_long.emit(self.limit + 1)


class TextField(QPlainTextEdit):
    """Several lines of text: Enter moves on, Shift+Enter breaks the line.

    Args:
        limit: how many code points fit.
        lines: the height, in lines of text.
        parent: the usual one.
    """

    too_long = Signal(int)
    """A paste of so many code points was refused; nothing of it went in."""

    def __init__(self, limit: int = LONG, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.limit = limit
        self.lines = lines
        self.composing = ""
        self.setTabChangesFocus(True)
        self.measure()

    def measure(self) -> None:
        """Take the height of so many lines in the present font."""
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self.lines + 14)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on; Shift+Enter is a new line; keys of an input method are never touched."""
        if not self.composing and is_enter(event):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed."""
        super().inputMethodEvent(event)
        self.composing = event.preeditString()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste, drop and middle button: refused as a whole when it does not fit."""
        text = source.text()
        stays = len(self.toPlainText()) - len(self.textCursor().selectedText())
        if stays + len(text) > self.limit:
            self.too_long.emit(stays + len(text))
            return
        self.textCursor().insertText(text)
