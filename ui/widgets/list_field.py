"""A text with one thing a line: Enter begins the next line, and on an empty one at the end it goes on."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from ui.widgets.texts import TextField, is_enter


class ListField(TextField):
    """Lines that are typed one after the other; Ctrl+Enter is left to whoever keeps them."""

    @property
    def breaks(self) -> bool:
        """Whether Enter begins a line here, as somebody would end one."""
        cursor = self.textCursor()
        at_end = cursor.blockNumber() == self.blockCount() - 1
        return bool(cursor.block().text().strip()) or not at_end

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins a line; keys of an input method are never touched."""
        if not self.composing and is_enter(event) and self.breaks:
            QPlainTextEdit.keyPressEvent(self, event)
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)
