"""What one line lacks, asked for: typed, said to be done, or left as it is; one key each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts import Lack, TodoRow
from ui import actions, icons, labels
from ui.theme import GAP, GAP_SMALL
from ui.widgets.buttons import Button
from ui.widgets.texts import LineField, is_enter
from ui.wording import N_, _

ASKED: Mapping[Lack, str] = {
    Lack.PHONE: N_("At which telephone can they be reached?"),
    Lack.OUTCOME: N_("What was said or done?"),
    Lack.DESTINATION: N_("Where were they pointed to? Code or name of the department, or in words"),
    Lack.READ_BACK: N_("Was the call read back?"),
}
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Question(QFrame):
    """Asks for the first thing that a line lacks; what is typed for it stays while others are looked at."""

    given = Signal(object, object, str)
    """The ``TodoRow``, the ``Lack``, and what was typed."""
    left = Signal(object)
    """The ``TodoRow`` is to stay as it is."""
    passed = Signal()
    """Enter in an empty field: the next line."""
    moved = Signal(object)
    """A key event that moves in the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.row: TodoRow | None = None
        self.lack: Lack | None = None
        self._kept: dict[tuple[int, Lack], str] = {}
        self.about = _label("title", self)
        self.asked = _label("", self)
        self.field = LineField(10_000, self)
        self.note = Button(_("Note it  Enter"), self)
        self.note.setProperty("kind", "primary")
        self.done = Button(_("It was read back  Enter"), self)
        self.done.setProperty("kind", "primary")
        self.as_is = Button(_("As it is  Alt+A"), self)
        self.open = Button(_("Open the entry  Ctrl+O"), self)
        self.wrong = _label("wrong", self)
        icons.dress(self.open, "external-link")
        for button in (self.note, self.done):
            icons.dress(button, "check", "on_accent")
            actions.tip(button, "check.note")
        actions.press(self.as_is, "check.as-is")
        actions.press(self.open, "check.open")
        line = QHBoxLayout()
        line.setSpacing(GAP_SMALL)
        line.addWidget(self.field, 1)
        for button in (self.note, self.done, self.as_is):
            line.addWidget(button)
        line.addStretch(0)
        line.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP_SMALL)
        for label in (self.about, self.asked):
            column.addWidget(label)
        column.addLayout(line)
        column.addWidget(self.wrong)
        self.note.clicked.connect(self.give)
        self.done.clicked.connect(self.give)
        self.as_is.clicked.connect(self._on_as_is)
        self.field.textChanged.connect(self._on_typed)
        for widget in (self.field, self.note, self.done, self.as_is, self.open):
            widget.installEventFilter(self)
        self.ask(None)

    def ask(self, row: TodoRow | None) -> None:
        """Ask about this line; about the one that is asked about already nothing changes."""
        lack = row.lacks[0] if row is not None and row.lacks else None
        same = self.row is not None and row is not None and self.row.entry_id == row.entry_id
        if same and self.lack is lack:
            self.row = row
            return
        had_keys = self._has_keys()
        self._keep()
        self.row, self.lack = row, lack
        self.about.setText(_about(row) if row is not None else "")
        self.asked.setText(_(ASKED[lack]) if lack is not None else "")
        self.field.setAccessibleName(self.asked.text() or _("What is missing"))
        self.wrong.hide()
        typing = lack not in (None, Lack.READ_BACK)
        self.field.setVisible(typing)
        self.note.setVisible(typing)
        self.done.setVisible(lack is Lack.READ_BACK)
        self.setVisible(lack is not None)
        if row is not None and lack is not None:
            self.field.setText(self._kept.pop((row.entry_id, lack), ""))
        if had_keys:
            self.put_focus()

    def put_focus(self) -> None:
        """The keyboard where the answer is given."""
        (self.field if not self.field.isHidden() else self.done).setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: DeskError) -> None:
        """Say why it was not taken; what was typed stays."""
        self.wrong.setText(error.say(_))
        self.wrong.show()
        self.put_focus()

    def only(self, entry_ids: Iterable[int]) -> None:
        """Only these lines lack something yet: what was typed for others is of no use any more."""
        known = set(entry_ids)
        self._kept = {place: words for place, words in self._kept.items() if place[0] in known}

    def forget(self) -> None:
        """What stands in the field was noted."""
        self.field.clear()

    @property
    def unsaved(self) -> bool:
        """Whether something is typed and not noted, here or for another line."""
        return bool(self._kept) or (self.lack is not None and bool(self.field.text().strip()))

    @property
    def typed(self) -> dict[tuple[int, Lack], str]:
        """What is typed and not noted, by line and what it lacks."""
        found = dict(self._kept)
        if self.row is not None and self.lack is not None and self.field.text().strip():
            found[self.row.entry_id, self.lack] = self.field.text()
        return found

    def put(self, typed: dict[tuple[int, Lack], str]) -> None:
        """Let exactly this be typed."""
        self._kept = dict(typed)
        here = (self.row.entry_id, self.lack) if self.row is not None and self.lack is not None else None
        self.field.setText(self._kept.pop(here, "") if here is not None else "")

    @Slot()
    def give(self) -> None:
        """Note what was typed, or that it was read back; with nothing typed go on to the next line."""
        if self.row is None or self.lack is None:
            return
        words = self.field.text().strip()
        if self.lack is not Lack.READ_BACK and not words:
            self.passed.emit()
            return
        self.given.emit(self.row, self.lack, words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keyboard stays at the answer: arrows move in the list, Enter notes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self.field.composing:
            if event.key() in _MOVES:
                self.moved.emit(event)
                return True
            if watched is self.field and is_enter(event):
                self.give()
                return True
        return super().eventFilter(watched, event)

    def _has_keys(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _keep(self) -> None:
        if self.row is not None and self.lack is not None and self.field.text().strip():
            self._kept[self.row.entry_id, self.lack] = self.field.text()

    @Slot()
    def _on_as_is(self) -> None:
        if self.row is not None:
            self.left.emit(self.row)

    @Slot()
    def _on_typed(self) -> None:
        self.wrong.hide()


def _about(row: TodoRow) -> str:
    person = labels.veiled(row.person) if row.identity_protected and row.person else row.person
    return " · ".join(word for word in (row.number, person, row.text) if word)


def _label(role: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
