"""Asks for a reason in a line or two; without one nothing happens."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from ui.theme import GAP, theme
from ui.widgets.texts import TextField
from ui.wording import _


class ReasonDialog(QDialog):
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
        buttons = QDialogButtonBox(self)
        self.agree = buttons.addButton(title, QDialogButtonBox.ButtonRole.AcceptRole)
        self.agree.setDefault(True)
        self.agree.setEnabled(False)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.text.textChanged.connect(self._on_typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        for widget in (label, self.text, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(theme().px(420))
        self.text.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, title: str, question: str) -> str | None:
        """The reason, None when the clerk thinks better of it."""
        dialog = cls(parent, title, question)
        dialog.exec()
        return dialog.answer

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
        self.agree.setEnabled(bool(self.text.toPlainText().strip()))
