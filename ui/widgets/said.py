"""What just happened, in a window of its own, with the actions that take it back or do it again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from ui.announcing import announce
from ui.bars import tool
from ui.theme import GAP


class Said(QWidget):
    """A line for messages; the actions beside it are offered once something was said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel(self)
        self._words.setProperty("role", "good")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._actions: Sequence[QAction] = ()
        self.buttons: list[QToolButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.addWidget(self._words, 1)

    def text(self) -> str:
        """What was said last."""
        return self._words.text()

    def say(self, sentence: str) -> None:
        """Show and announce what just happened."""
        self._words.setText(sentence)
        announce(self._words, sentence)
        self._look()

    def offer(self, actions: Sequence[QAction]) -> None:
        """Show these actions of the main window beside the words; their keys hold in this window too."""
        self._actions = actions
        self.buttons = [tool(action, "foot", self) for action in actions]
        for button, action in zip(self.buttons, actions, strict=True):
            self._row.addWidget(button)
            action.changed.connect(self._look)
            self.window().addAction(action)
        self._look()

    @Slot()
    def _look(self) -> None:
        for button, action in zip(self.buttons, self._actions, strict=True):
            button.setVisible(action.isEnabled() and action.data() is not False and bool(self.text()))
