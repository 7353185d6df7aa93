"""A whole document number, for half a minute, after a key that says yes; the trail tells who saw it."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts import EntryView, Party
from ui import actions, icons
from ui.theme import GAP_SMALL
from ui.widgets.buttons import Button
from ui.wording import _
from ui.work import Lanes

SHOWN = 30_000
"""Milliseconds that a whole number stays on the screen."""


class Reveal(QWidget):
    """A line for each person of an entry whose document number is known."""

    revealed = Signal()
    """A number was shown: the entry has one more line in its trail."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._lines: list[RevealLine] = []
        self._shown: tuple[int, tuple[Party, ...]] = (0, ())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_SMALL)
        self.hide()

    def offer(self, view: EntryView) -> None:
        """Show the persons of an entry; a number that is on the screen for now stays."""
        if (view.row.id, view.parties) == self._shown:
            return
        self._shown = (view.row.id, view.parties)
        for line in self._lines:
            line.deleteLater()
        known = [(at, one) for at, one in enumerate(view.parties) if one.document_number]
        self._lines = [RevealLine(self._lanes, view.row.id, at, one, self) for at, one in known]
        for line in self._lines:
            self._column.addWidget(line)
            line.revealed.connect(self.revealed)
        if self._lines:
            actions.press(self._lines[0].button, "entry.reveal")
        self.setVisible(bool(self._lines))

    @property
    def lines(self) -> tuple[RevealLine, ...]:
        """The lines from above."""
        return tuple(self._lines)


class RevealLine(QWidget):
    """One person's document, masked; the button shows it whole once it was pressed twice."""

    revealed = Signal()

    def __init__(self, lanes: Lanes, entry_id: int, position: int, party: Party, parent: QWidget) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._entry, self._position = entry_id, position
        self._kind = party.document_type or _("Document")
        self._masked = party.document_number
        self._asking = False
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.note = QLabel(self)
        self.note.setProperty("role", "small")
        self.button = _RevealButton(self)
        self.button.setAutoDefault(False)
        icons.dress(self.button, "eye")
        self.button.clicked.connect(self._on_pressed)
        self.button.left.connect(self.veil)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN)
        self._timer.timeout.connect(self.veil)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.words, self.button, self.note):
            row.addWidget(widget)
        row.addStretch(1)
        self.veil()

    @Slot()
    def veil(self) -> None:
        """Show the masked number again, and ask nothing."""
        self._timer.stop()
        self._asking = False
        self._say(self._masked, "")
        self.button.setText(_("Show"))
        self.button.setEnabled(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """What cannot be seen is not kept either."""
        super().hideEvent(event)
        self.veil()

    @Slot()
    def _on_pressed(self) -> None:
        if not self._asking:
            self._asking = True
            self.button.setText(_("Show it whole  Enter"))
            self.note.setText(_("It is noted in the trail who saw it. Esc: no."))
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._asking = False
        self.button.setEnabled(False)
        task = self._lanes.write("revealing.reveal", self._entry, self._position, uid=uuid.uuid4())
        task.done.connect(self._on_number)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_number(self, number: str) -> None:
        self._say(number, _("For half a minute; it is noted that you saw it."))
        self.button.setText(_("Show"))
        self._timer.start()
        self.revealed.emit()

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.veil()
        self.note.setText(error.say(_))

    def _say(self, number: str, note: str) -> None:
        self.words.setText(_("{name}: {value}").format(name=self._kind, value=number))
        self.note.setText(note)


class _RevealButton(Button):
    left = Signal()
    """Escape was pressed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape says no before it closes anything."""
        if event.key() == Qt.Key.Key_Escape and self.text() != _("Show"):
            self.left.emit()
        else:
            super().keyPressEvent(event)
