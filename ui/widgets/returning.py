"""A dialog that gives the keyboard back to where it came from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import Shiboken


class ReturningDialog(QDialog):
    """Some window managers give the keyboard to nobody when a dialog has closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._came_from = QApplication.focusWidget()

    def done(self, result: int) -> None:
        """Close, and put the keyboard where it was."""
        super().done(result)
        give_back(self, self._came_from)


def give_back(dialog: QDialog, came_from: QWidget | None) -> None:
    """Put the keyboard where it was before ``dialog``, which has closed."""
    if isinstance(parent := dialog.parentWidget(), QWidget):
        parent.window().activateWindow()
        if came_from is not None and Shiboken.isValid(came_from):
            came_from.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
