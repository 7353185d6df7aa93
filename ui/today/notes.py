"""Notes on the people of a form, in a banner above its fields: who needs an interpreter, who may not enter.

The register is asked for exactly the name and number that stand there; a part of a name finds nothing. The
banner is on the screen only: no paper carries it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception.facts import Change
from ui import icons
from ui.changes import concerns
from ui.theme import GAP, GAP_SMALL, theme
from ui.today.form import EntryForm
from ui.today.persons import NOTES
from ui.wording import _
from ui.work import Lanes

if TYPE_CHECKING:
    from reception.facts.people import PersonNote


_SOON = 60
"""Milliseconds without another letter: a note is on a whole name or number, never on a part."""


class NoteBanner(QFrame):
    """A line for each note: its icon, what it is, whom it is about and why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes: tuple[PersonNote, ...] = ()
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        self._column.setSpacing(GAP_SMALL)
        theme().changed.connect(self._paint)
        self.hide()

    @property
    def said(self) -> str:
        """What the banner says, "" while there is none."""
        return "" if self.isHidden() else self.accessibleName()

    def show_notes(self, notes: tuple[PersonNote, ...]) -> None:
        """Show these notes; none hides the banner. New ones are announced."""
        if notes == self._notes:
            return
        self._notes = notes
        words = [_sentence(note) for note in notes]
        self.setAccessibleName("\n".join(words))
        alarm = any(NOTES[note.kind][2] == "alarm" for note in notes)
        self.setProperty("role", "alarm" if alarm else "care")
        self._paint()
        self.setVisible(bool(notes))
        if notes:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, "; ".join(words)))

    @Slot()
    def _paint(self) -> None:
        self.style().unpolish(self)
        self.style().polish(self)
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(note) for note in self._notes]
        for line in self._lines:
            self._column.addWidget(line)

    def _line(self, note: PersonNote) -> QWidget:
        _word, icon, tone = NOTES[note.kind]
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        mark = QLabel(line)
        mark.setPixmap(icons.pixmap(icon, tone))
        words = QLabel(_sentence(note), line)
        words.setProperty("role", "heading")
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        return line


class Notes(QObject):
    """Asks for the notes on the people of a form and shows them above its fields.

    Args:
        lanes: where to ask.
        form: whose people are meant.
        topic: tells the questions of several forms apart.
    """

    def __init__(self, lanes: Lanes, form: EntryForm, topic: str) -> None:
        super().__init__(form)
        self._lanes = lanes
        self._form = form
        self._topic = topic
        self._people: list[tuple[str, str]] = []
        self._found: dict[tuple[str, str], tuple[PersonNote, ...]] = {}
        self.banner = NoteBanner()
        form.body.put_above(self.banner)
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self.look)
        for field in (form.body.person, form.body.phone):
            field.edited.connect(self._soon.start)
        form.body.more_edited.connect(self._soon.start)
        lanes.changed.connect(self._on_changed)

    @Slot(object)
    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        if concerns(changes, "person"):  # somebody may have written a note meanwhile
            self._found.clear()
            self._people = []
            self.look()

    @Slot()
    def look(self) -> None:
        """Ask about the people that stand in the form now, where that was not done."""
        self._soon.stop()
        body = self._form.body
        pairs = [(body.person.raw.strip(), body.phone.raw.strip())]
        if body.people is not None:
            pairs += [(one.name.strip(), one.phone.strip()) for one in body.people.raw]
        pairs = [pair for pair in pairs if any(pair)]
        if pairs == self._people or self._lanes.catalogue is None:
            return
        self._people = pairs
        self._found = {pair: notes for pair, notes in self._found.items() if pair in pairs}
        for at, pair in enumerate(pairs):
            if pair not in self._found:
                task = self._lanes.read(f"{self._topic}.{at}", "people.notes_on", *pair)
                task.setProperty("pair", pair)
                task.done.connect(self._on_notes)
        self._show()

    @Slot(object)
    def _on_notes(self, notes: tuple[PersonNote, ...]) -> None:
        task = self.sender()
        if task is not None:
            self._found[tuple(task.property("pair"))] = notes
        self._show()

    def _show(self) -> None:
        shown: dict[int, PersonNote] = {}
        for pair in self._people:
            for note in self._found.get(pair, ()):
                shown.setdefault(note.person_id, note)
        self.banner.show_notes(tuple(shown.values()))


def _sentence(note: PersonNote) -> str:
    word = _(NOTES[note.kind][0])
    head = _("{name}: {value}").format(name=note.name, value=word) if note.name else word
    return _("{head}. {reason}").format(head=head, reason=note.text) if note.text else head
