"""A card of labelled facts to read: what is unknown leaves no blank line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.theme import GAP, GAP_SMALL


class FactsCard(QWidget):
    """Labels and their values; a value may be selected and copied, and is never taken for markup."""

    def __init__(self, labels: dict[str, str], parent: QWidget | None = None) -> None:
        """``labels``: name → translated label, in the order in which they are shown."""
        super().__init__(parent)
        # not a form's layout: that keeps the heights of words that were wrapped otherwise before
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(len(labels), 1)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GAP_SMALL)
        self._values: dict[str, QLabel] = {}
        self._heads: dict[str, QLabel] = {}
        for row, (name, label) in enumerate(labels.items()):
            head = QLabel(label, self)
            head.setProperty("role", "muted")
            head.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            value = QLabel(self)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setWordWrap(True)
            value.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            value.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            value.setAccessibleName(label)
            head.setBuddy(value)
            self._grid.addWidget(head, row, 0)
            self._grid.addWidget(value, row, 1)
            self._heads[name], self._values[name] = head, value
        self.show_values({})

    def labels(self) -> list[QWidget]:
        """The labels from above."""
        return list(self._heads.values())

    def show_values(self, values: dict[str, str]) -> None:
        """Show these values; the others are unknown."""
        for name, label in self._values.items():
            text = values.get(name, "")
            label.setText(text)
            for part in (self._heads[name], label):
                part.setVisible(bool(text))

    def value(self, name: str) -> str:
        """What is shown for ``name``."""
        return self._values[name].text()
