"""Somebody else changed the entry meanwhile: both values side by side, decided field by field."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reception.errors import ConflictError
from reception.facts import Catalogue
from ui.theme import GAP, theme
from ui.today.trail import field_word, value_word
from ui.wording import _


class ConflictDialog(QDialog):
    """One row for each field that both sides touched; what only the other side changed is told below."""

    def __init__(self, parent: QWidget | None, error: ConflictError, catalogue: Catalogue | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Changed meanwhile"))
        self._answer: frozenset[str] | None = None
        self._groups: dict[str, QButtonGroup] = {}
        words = QLabel(error.say(_), self)
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        inside = QWidget(self)
        grid = QGridLayout(inside)
        for at, title in enumerate((_("Field"), _("What you typed"), _("What is in the register now"))):
            label = QLabel(title, inside)
            label.setProperty("role", "heading")
            grid.addWidget(label, 0, at)
            grid.setColumnStretch(at, 1 if at else 0)
        for row, (name, mine, theirs) in enumerate(error.differences, start=1):
            self._add(grid, row, name, value_word(name, mine, catalogue), value_word(name, theirs, catalogue))
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        buttons = QDialogButtonBox(self)
        self.take = buttons.addButton(_("Save what is chosen"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setDefault(True)
        buttons.addButton(_("Back to the form"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        for widget in (words, area, buttons):
            column.addWidget(widget)
        self.resize(theme().px(720), theme().px(420))

    @classmethod
    def ask(cls, parent: QWidget, error: ConflictError, catalogue: Catalogue | None) -> frozenset[str] | None:
        """The fields in which the clerk's own value shall stand; None goes back to the form."""
        dialog = cls(parent, error, catalogue)
        dialog.exec()
        return dialog.answer

    @property
    def answer(self) -> frozenset[str] | None:
        """What was decided, once it was."""
        return self._answer

    def choose(self, name: str, *, mine: bool) -> None:
        """Decide one field."""
        self._groups[name].button(1 if mine else 0).setChecked(True)

    @Slot()
    def accept(self) -> None:
        """Keep the decision: the buttons are gone when the dialog is."""
        self._answer = frozenset(name for name, group in self._groups.items() if group.checkedId() == 1)
        super().accept()

    def _add(self, grid: QGridLayout, row: int, name: str, mine: str, theirs: str) -> None:
        word = field_word(name)
        label = QLabel(word, self)
        grid.addWidget(label, row, 0)
        group = QButtonGroup(self)
        for number, text, column in ((1, mine, 1), (0, theirs, 2)):
            button = QRadioButton(text[:300].replace("&", "&&"), self)
            button.setAccessibleName(f"{word}: {text}")
            group.addButton(button, number)
            grid.addWidget(button, row, column)
        # What the clerk did not touch stays as the other one wrote it.
        group.button(0 if mine == "–" else 1).setChecked(True)
        self._groups[name] = group
