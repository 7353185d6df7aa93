"""Which of a room's lists is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from ui.widgets.buttons import Button
from ui.widgets.flow import FlowLayout
from ui.wording import _


class ListBar(QWidget):
    """One of the lists is down.

    Args:
        lists: their names and words (not yet translated), the usual one first.
        parent: the room.
    """

    changed = Signal()
    """Another list is wanted."""

    def __init__(self, lists: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lists = tuple(lists)
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        flow = FlowLayout(self)
        for at, (which, title) in enumerate(self._lists):
            button = Button(_(title), self)
            button.setCheckable(True)
            button.setChecked(at == 0)
            self._group.addButton(button, at)
            flow.addWidget(button)
            self.buttons[which] = button
        self._group.idClicked.connect(self.changed)

    @property
    def which(self) -> str:
        """The name of the list that is down."""
        return self._lists[self._group.checkedId()][0] if self._lists else ""

    def choose(self, which: str) -> None:
        """Show another list."""
        if which:
            self.buttons[which].setChecked(True)
        self.changed.emit()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say how much each list holds."""
        for which, title in self._lists:
            count = counts.get(which, 0)
            self.buttons[which].setText(f"{_(title)} {count}" if count else _(title))
