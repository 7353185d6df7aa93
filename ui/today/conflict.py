"""Somebody else changed the entry meanwhile: both values side by side, decided field by field."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reception.errors import ConflictError
from ui.theme import GAP, ICON, theme
from ui.today.trail import field_word, value_word
from ui.widgets.asking import AskingDialog
from ui.wording import _

_WIDTH = 290
"""Pixels at 100 % that each side has."""


class ConflictDialog(AskingDialog):
    """One row for each field that both sides touched; what only the other side changed is told below."""

    def __init__(self, parent: QWidget | None, error: ConflictError, mine: Collection[str]) -> None:
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
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GAP)
        for at, title in enumerate((_("Field"), _("What you typed"), _("What is in the register now"))):
            label = QLabel(title, inside)
            label.setProperty("role", "heading")
            grid.addWidget(label, 0, at, Qt.AlignmentFlag.AlignLeft)
            grid.setColumnStretch(at, 1 if at else 0)
            grid.setColumnMinimumWidth(at, theme().px(_WIDTH) if at else 0)
        for row, (name, own, theirs) in enumerate(error.differences, start=1):
            words_of = (value_word(name, own), value_word(name, theirs))
            if name in mine:
                self._add_choice(grid, row, name, *words_of)
            else:  # only the other side changed it: nothing to decide
                grid.addWidget(QLabel(field_word(name), inside), row, 0)
                grid.addWidget(theirs_alone := _plain(words_of[1], inside), row, 2)
                theirs_alone.setContentsMargins(theme().px(ICON) + GAP + 3, 0, 0, 0)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setMinimumWidth(inside.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width())
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        for widget in (words, area):
            column.addWidget(widget)
        column.addLayout(self.answers(_("Save what is chosen"), _("Back to the form")))
        self.resize(theme().px(720), theme().px(420))

    @classmethod
    def ask(cls, parent: QWidget, error: ConflictError, mine: Collection[str]) -> frozenset[str] | None:
        """Show the differences and let the clerk decide.

        Args:
            parent: the dialog of the entry.
            error: what the register said.
            mine: the fields that the clerk changed.

        Returns:
            The fields in which the register's value shall stand; None goes back to the form.
        """
        dialog = cls(parent, error, mine)
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
        self._answer = frozenset(name for name, group in self._groups.items() if group.checkedId() == 0)
        super().accept()

    def _add_choice(self, grid: QGridLayout, row: int, name: str, mine: str, theirs: str) -> None:
        word = field_word(name)
        label = QLabel(word, self)
        grid.addWidget(label, row, 0)
        group = QButtonGroup(self)
        for number, text, column in ((1, mine, 1), (0, theirs, 2)):
            button = QRadioButton(self)
            room = theme().px(_WIDTH) - 3 * theme().px(ICON)
            button.setText(_broken(text[:300], button.font(), room).replace("&", "&&"))
            button.setAccessibleName(f"{word}: {text}")
            group.addButton(button, number)
            grid.addWidget(button, row, column)
        group.button(1).setChecked(True)
        self._groups[name] = group


def _broken(text: str, font: QFont, width: int) -> str:
    """The text in lines of at most ``width`` pixels: a button for choosing does not break lines by itself."""
    layout = QTextLayout(" ".join(text.split()), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(layout.text()[line.textStart() : line.textStart() + line.textLength()].rstrip())
    layout.endLayout()
    return "\n".join(lines)


def _plain(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text[:300], parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
