"""Lists with a line for each: whom to call in an urgent event, what can be lent."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.settings.card import OwnEditor, SettingsCard
from ui.widgets.texts import LONG, TextField
from ui.wording import _
from ui.work import Lanes


class _Lines(TextField):
    """Enter begins the next line: each is one of the list."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held and not self.composing:
            self.insertPlainText("\n")
        else:
            super().keyPressEvent(event)


class LinesEditor(OwnEditor):
    """Several lines of text."""

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = _Lines(LONG, 4, self)
        self.text.setAccessibleName(name)
        self.text.setPlaceholderText(hint)
        self.text.textChanged.connect(self.edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard into the lines."""
        self.text.setFocus(reason)

    def value(self) -> str:
        """The lines."""
        return self.text.toPlainText().strip()

    def put(self, value: str) -> None:
        """Show these lines."""
        self.text.setPlainText(value)


class DeskListsCard(SettingsCard):
    """What stands ready at the desk before anything happens."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, _("Urgent events and things lent (all desks)"), parent)
        name = _("Whom to call, in this order")
        self.calls = LinesEditor(name, _("name, telephone, what they are; one per line"), self.form)
        self.own("urgent_calls", name, self.calls)
        name = _("What can be lent")
        self.things = LinesEditor(name, _("one thing a line"), self.form)
        self.own("things_lent", name, self.things)
