"""The note on a person: which kind, and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from reception.facts.people import NoteKind
from ui.today.persons import NOTES
from ui.widgets.form import Form, TextBox
from ui.wording import _, pgettext

Note = tuple[NoteKind | None, str]


class NoteForm(Form):
    """Shows the register's note until another is typed."""

    typed = Signal()
    """Something was typed or chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kept: Note = (None, "")
        """What the register has."""
        self.kind = QComboBox(self)
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(22)
        self.kind.addItem(_("No note"), None)
        for kind in NoteKind:
            self.kind.addItem(_(NOTES[kind][0]), kind)
        self.reason = TextBox(2, self)
        self.add("kind", pgettext("person", "Note"), self.kind)
        self.add("text", pgettext("person", "Reason"), self.reason, _("Shown to the clerk, never printed."))
        self.kind.currentIndexChanged.connect(self.typed)
        self.reason.textChanged.connect(self.typed)

    @property
    def note(self) -> Note:
        """What stands there."""
        kind = self.kind.currentData()
        return (NoteKind(kind) if kind is not None else None), self.reason.toPlainText().strip()

    def put(self, note: Note, *, typing: bool = False) -> None:
        """Show what the register has; what is being typed stays where ``typing``."""
        self.kept = note
        if typing:
            self.typed.emit()
            return
        self.show_note(note)

    def show_note(self, note: Note) -> None:
        """Let a note stand there, the register's or one that is not saved."""
        self.clear()
        self.kind.setCurrentIndex(list(NoteKind).index(note[0]) + 1 if note[0] is not None else 0)
        self.reason.setPlainText(note[1])
        self.typed.emit()
