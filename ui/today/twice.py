"""A likely duplicate of today: a calm line under the form, never in the way."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception.errors import InputError
from reception.facts import EntryRow
from reception.numbers import parse_number
from ui import actions, icons, labels, words
from ui.theme import GAP, GAP_SMALL, theme
from ui.today.form import EntryForm
from ui.widgets.buttons import Button
from ui.widgets.yielding import ElidedLabel
from ui.wording import _
from ui.work import Lanes

_PAUSE = 250
"""Milliseconds without a key: the line is not what the clerk waits for."""


class TwiceLine(QWidget):
    """Looks whether what is being typed was entered already.

    Args:
        lanes: where to ask.
        form: what is being typed.
        parent: the usual one.
    """

    wanted = Signal(object)
    """The id of the entry to show."""

    def __init__(self, lanes: Lanes, form: EntryForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._form = form
        self._found: EntryRow | None = None
        card = QFrame(self)
        card.setProperty("role", "card")
        self._mark = QLabel(self)
        self._words = ElidedLabel(self)
        self.open_button = Button(_("Open  Ctrl+D"), self)
        self.open_button.setAutoDefault(False)
        actions.tip(self.open_button, "twice")
        self.open_button.clicked.connect(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP_SMALL, GAP, 0)
        column.addWidget(card)
        row = QHBoxLayout(card)
        row.setContentsMargins(GAP, GAP_SMALL, GAP_SMALL, GAP_SMALL)
        row.setSpacing(GAP)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(self.open_button)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._ask)
        self._dress()
        theme().changed.connect(self._dress)
        self.hide()

    @property
    def said(self) -> str:
        """What the line says, "" while there is none."""
        return "" if self.isHidden() else self._words.said

    @Slot()
    def open(self) -> None:
        """Show the entry that is alike."""
        if self._found is not None and not self.isHidden():
            self.wanted.emit(self._found.id)

    @Slot()
    def look_soon(self) -> None:
        """What is typed is different: look when the clerk pauses."""
        self._pause.start()

    @Slot()
    def _ask(self) -> None:
        if self._lanes.catalogue is None:
            return
        try:
            new = self._form.entry(begun=self._form.started) if self._form.touched else None
        except InputError:
            return  # half typed; what was found before still holds
        if new is None:
            self._found = None
            self.hide()
            return
        self._lanes.read("today.twice", "cases.duplicates", new).done.connect(self._on_found)

    @Slot(object)
    def _on_found(self, rows: tuple[EntryRow, ...]) -> None:
        found = rows[0] if rows and self._form.touched else None
        fresh = found is not None and (self._found is None or self._found.id != found.id)
        self._found = found
        self.setVisible(found is not None)
        if found is None:
            return
        said = _("Perhaps entered already: {line}").format(line=_line(found, self._form.zone()))
        self._words.say(said)
        if fresh:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    @Slot()
    def _dress(self) -> None:
        self._mark.setPixmap(icons.pixmap("copy", "care"))


def _line(row: EntryRow, zone: ZoneInfo) -> str:
    number = f"{parse_number(row.number).sequence:03d}"
    name = labels.veiled(row.name) if row.identity_protected else row.name
    when = words.when(row.received_at, zone, row.received_at.astimezone(zone).date())
    return " ".join(word for word in (number, when, name, row.subject or row.matter) if word)
