"""A button that Enter presses, as it does everywhere else in the window; Qt's own wants the space bar."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from ui.widgets.texts import is_enter


class Button(QPushButton):
    """A ``QPushButton`` for forms and pages; a dialog's default button is Qt's affair."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, once however long it is held."""
        if is_enter(event):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)
