"""Asks for a reason in a line or two; without one nothing happens."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.theme import GAP, theme
from ui.widgets.asking import AskingDialog
from ui.widgets.texts import TextField
from ui.wording import _


class ReasonDialog(AskingDialog):
    """One question, one answer."""

    def __init__(self, parent: QWidget | None, title: str, question: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._answer: str | None = None
        label = QLabel(question, self)
        label.setWordWrap(True)
        self.text = TextField(lines=3, parent=self)
        self.text.setAccessibleName(question)
        label.setBuddy(self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        for widget in (label, self.text):
            column.addWidget(widget)
        column.addLayout(self.answers(title, _("Cancel")))
        self.agree.setEnabled(False)
        self.text.textChanged.connect(self._on_typed)
        self.setMinimumWidth(theme().px(420))
        self.text.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, title: str, question: str) -> str | None:
        """The reason, None when the clerk thinks better of it."""
        dialog = cls(parent, title, question)
        dialog.exec()
        return dialog.answer

    @property
    def typed(self) -> bool:
        """Whether anything was written."""
        return bool(self.text.toPlainText().strip())

    @property
    def answer(self) -> str | None:
        """What was written, once it was."""
        return self._answer

    @Slot()
    def accept(self) -> None:
        """Keep the answer: the field is gone when the dialog is."""
        self._answer = self.text.toPlainText().strip() or None
        super().accept()

    @Slot()
    def _on_typed(self) -> None:
        self.agree.setEnabled(self.typed)
