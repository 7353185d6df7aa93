"""A field that narrows a list while one types, also while an input method is still composing."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.icons import dress


class SearchField(QLineEdit):
    """In Chinese mode the letters ``sbk`` never arrive as text; they are composed, so that counts as well."""

    sought = Signal(str)
    """What is typed or being composed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composed = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setClearButtonEnabled(True)
        glass = QAction(self)
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        dress(glass, "search", "muted")
        self.textChanged.connect(self._tell)

    @property
    def words(self) -> str:
        """What is typed and being composed now."""
        at = self.cursorPosition()
        return self.text()[:at] + self._composed + self.text()[at:]

    @property
    def composing(self) -> str:
        """What an input method shows and has not committed yet."""
        return self._composed

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Tell of the letters that are being composed."""
        self._composed = event.preeditString()
        super().inputMethodEvent(event)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self.sought.emit(self.words)
