"""What stands under the paper: what is to be known before it is printed, how far it is, what went wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception.facts.unprinted import Unprinted
from reception.font_words import advice
from ui import actions
from ui.announcing import announce
from ui.sheet.job_list import title_of
from ui.sheet.sheet import Sheet
from ui.theme import GAP, GAP_SMALL
from ui.widgets.buttons import Button
from ui.wording import _, current, ngettext


class PaperFoot(QWidget):
    """A line for what happens with the buttons that go with it; above it what is to be known."""

    message = Signal(str)
    """What went wrong while something else is looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notes = QLabel(self)
        self.notes.setProperty("role", "care")
        self.words = QLabel(self)
        self.again = Button(_("Try again"), self)
        self.folder = Button(_("Show in its folder"), self)
        self.cancel = Button(_("Cancel"), self)
        actions.tip(self.again, "sheet.again", _("Try again"))
        actions.press(self.folder, "sheet.folder")
        actions.tip(self.cancel, "sheet.cancel")
        for label in (self.notes, self.words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.row = QHBoxLayout()
        self.row.addWidget(self.words, 1)
        for button in (self.again, self.folder, self.cancel):
            self.row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, 0, GAP, GAP_SMALL)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.notes)
        column.addLayout(self.row)
        self.clear()

    def text(self) -> str:
        """What was said last."""
        return self.words.text()

    def clear(self) -> None:
        """Something else is made."""
        self.notes.hide()
        for button in (self.again, self.folder, self.cancel):
            button.hide()

    def say(self, sentence: str, *, wrong: bool = False, again: bool = False) -> None:
        """Show a sentence; ``again`` offers to try it again."""
        self.words.setProperty("role", "wrong" if wrong else "muted")
        self.words.style().polish(self.words)
        self.words.setText(sentence)
        self.again.setVisible(again)
        if wrong and not self.isVisible():
            self.message.emit(sentence)  # another page is in front by now
        if sentence:
            announce(self.words, sentence)

    @Slot(int, int)
    def progress(self, done: int, of: int) -> None:
        """Say how far it is: entries, or pages where it is not known how many there will be."""
        if of:
            words = _("Laying out: {done} of {of} entries").format(done=done, of=of)
        else:
            words = ngettext("{n} page is laid out…", "{n} pages are laid out…", done).format(n=done)
        self.words.setText(words)

    def note(self, sheets: Sequence[Sheet]) -> None:
        """Say what is to be known before these are printed."""
        lines = []
        for sheet in sheets:
            name = title_of(sheet.wanted) if len(sheets) > 1 else ""
            if sheet.count > 1:
                words = _("This was printed before: it will be marked as a reprint, print no. {count}.")
                lines.append(_of(name, words.format(count=sheet.count)))
            if isinstance(sheet.unprinted, Unprinted):
                lines.append(_of(name, advice(current(), sheet.unprinted)))
        self.notes.setText("\n".join(lines))
        self.notes.setVisible(bool(lines))
        if lines:
            announce(self.notes, "\n".join(lines))


def _of(form: str, words: str) -> str:
    return _("{name}: {words}").format(name=form, words=words) if form else words
