"""Who is at the desk now: a list of the clerks, and room for a new name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QVBoxLayout, QWidget

from ui.announcing import announce
from ui.theme import GAP, theme
from ui.widgets.asking import AskingDialog
from ui.wording import _
from ui.work import Lanes

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


def change_clerk(parent: QWidget, lanes: Lanes) -> str | None:
    """Ask who is at the desk and let the lanes know; None when nothing changes or no register is open."""
    catalogue = lanes.catalogue
    name = ClerkDialog.ask(parent, catalogue.operators, catalogue.operator) if catalogue else None
    if name:
        lanes.set_operator(name)
    return name


class ClerkDialog(AskingDialog):
    """F8: the next entries are in another clerk's name."""

    def __init__(self, parent: QWidget | None, names: Sequence[str], current: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Change of clerk"))
        self._answer: str | None = None
        label = QLabel(_("Who is at the desk from now on?"), self)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Clerks"))
        self.list.addItems(list(names))
        label.setBuddy(self.list)
        other = QLabel(_("Another name"), self)
        self.name = QLineEdit(self)
        self.name.setMaxLength(100)
        self.name.setAccessibleName(_("Another name"))
        other.setBuddy(self.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        for widget in (label, self.list, other, self.name):
            column.addWidget(widget)
        column.addLayout(self.answers(_("Take over"), _("Cancel")))
        self.list.setCurrentRow(list(names).index(current) if current in names else 0)
        self.list.itemActivated.connect(self.accept)
        self.setMinimumWidth(theme().px(320))
        self.name.installEventFilter(self)
        self.list.currentRowChanged.connect(self._on_row)
        self.name.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, names: Sequence[str], current: str) -> str | None:
        """The name that was chosen or written; None when nothing changes."""
        dialog = cls(parent, names, current)
        dialog.exec()
        return dialog.answer

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A name may be typed at once, also composed or pasted; Up and Down choose one of the list."""
        if watched is self.name and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                row = self.list.currentRow() + step
                self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
                return True
        return super().eventFilter(watched, event)

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if row >= 0:
            announce(self.list, self.list.item(row).text())

    @property
    def typed(self) -> bool:
        """Whether a name was typed."""
        return bool(self.name.text().strip())

    @property
    def answer(self) -> str | None:
        """What was chosen, once it was."""
        return self._answer

    @Slot()
    def accept(self) -> None:
        """Keep the answer: the fields are gone when the dialog is."""
        row = self.list.currentRow()
        listed = self.list.item(row).text() if row >= 0 else ""
        self._answer = " ".join(self.name.text().split()) or listed or None
        super().accept()
