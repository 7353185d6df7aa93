"""Looks a word up in the pages that are shown: what was found is marked, one after the other is gone to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui import actions
from ui.announcing import announce
from ui.sheet import pages
from ui.sheet.hand import Errand, Hand
from ui.sheet.pages import Hit
from ui.sheet.view import PageView
from ui.theme import GAP, GAP_SMALL
from ui.widgets.buttons import Button
from ui.widgets.search_field import SearchField
from ui.wording import _, ngettext

_AT_ONCE = 8
"""Pages that are read before anything else gets its turn: the page that is shown is drawn between them."""


class Field(SearchField):
    """Enter goes to the next place, with Shift to the one before; Escape closes the line."""

    stepped = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of the search."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if back else 1)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SearchLine(QFrame):
    """A line under the bar; hidden until it is wanted."""

    closed = Signal()

    def __init__(self, view: PageView, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._view, self._hand = view, hand
        self._hits: list[Hit] = []
        self._at = -1
        self._next = 0
        """The leaf that is to be read next."""
        self._under_way: Errand | None = None
        self._step = 0
        """Where to go as soon as something is found."""
        self.field = Field(_("Search these pages"), self)
        self.told = QLabel(self)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.previous = Button(_("Before"), self)
        self.next = Button(_("After"), self)
        self.close_button = Button(_("Close the search"), self)
        for button, key in (
            (self.previous, "sheet.hit-before"),
            (self.next, "sheet.hit-after"),
            (self.close_button, "sheet.search-close"),
        ):
            actions.tip(button, key)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, 0, GAP, GAP_SMALL)
        row.setSpacing(GAP)
        row.addWidget(self.field, 1)
        for widget in (self.previous, self.next, self.told, self.close_button):
            row.addWidget(widget)
        self.field.textChanged.connect(self._anew)
        self.field.stepped.connect(self.step)
        self.field.left.connect(self.leave)
        self.previous.clicked.connect(self._before)
        self.next.clicked.connect(self._after)
        self.close_button.clicked.connect(self.leave)
        self.hide()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What was found so far."""
        return tuple(self._hits)

    @property
    def at_rest(self) -> bool:
        """Whether every page was read."""
        return self._under_way is None

    @Slot()
    def open(self) -> None:
        """Show the line with what was looked for last."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        if self.field.text() and not self._hits:
            self.look_again()

    @Slot()
    def leave(self) -> None:
        """Hide the line and what it marked."""
        self.hide()
        self._forget()
        self._view.mark((), None)
        self.closed.emit()

    @Slot()
    def look_again(self) -> None:
        """Other pages are shown: look the same word up in them."""
        if not self.isHidden():
            self._anew()

    @Slot(int)
    def step(self, by: int) -> None:
        """Go to the next place or the one before; from the last to the first."""
        if not self._hits:
            self._step = by
            return
        self._go((self._at + by) % len(self._hits))

    @Slot()
    def _before(self) -> None:
        self.step(-1)

    @Slot()
    def _after(self) -> None:
        self.step(1)

    @Slot()
    def _anew(self) -> None:
        self._forget()
        if not self.field.text().strip():
            self._view.mark((), None)
            self.told.setText("")
            return
        self._read_on()

    def _forget(self) -> None:
        self._hits, self._at, self._next, self._step = [], -1, 0, 0
        self._under_way = None

    def _read_on(self) -> None:
        leaves = self._view.leaves
        if self._next >= len(leaves):
            self._under_way = None
            if self._at < 0 and self._hits:  # nothing from the page that is looked at on
                self._go(0)
            self._tell()
            return
        part = tuple(enumerate(leaves))[self._next : self._next + _AT_ONCE]
        self._next += len(part)
        self._under_way = self._hand.do(pages.find, part, self.field.text())
        self._under_way.done.connect(self._on_found)
        self._under_way.failed.connect(self._on_failed)

    @Slot(object)
    def _on_found(self, hits: tuple[Hit, ...]) -> None:
        if self.sender() is not self._under_way:
            return  # something else is looked for by now
        self._hits += hits
        here = next((at for at, hit in enumerate(self._hits) if hit.leaf >= self._view.index), -1)
        if self._at < 0 <= here:
            self._go(here)
        else:
            self._view.mark(self._hits, self._hits[self._at] if self._at >= 0 else None)
        self._read_on()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self.sender() is self._under_way:
            self._forget()
            raise error

    def _go(self, at: int) -> None:
        self._at, self._step = (at + self._step) % len(self._hits), 0
        here = self._hits[self._at]
        self._view.mark(self._hits, here)
        self._view.show_hit(here)
        self._tell()

    def _tell(self) -> None:
        if self._hits:
            count = ngettext("{at} of {n} place", "{at} of {n} places", len(self._hits))
            words = count.format(at=self._at + 1, n=len(self._hits))
        else:
            words = _("Not found")
        if words != self.told.text():
            self.told.setText(words)
            announce(self.told, words)
