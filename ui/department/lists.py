"""The lists of an inbox: what is down, how much there is of it, and what is sought in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from reception.facts.inbox import InboxCounts
from reception.wording import N_
from ui import actions
from ui.theme import GAP, GAP_SMALL
from ui.widgets.buttons import Button
from ui.widgets.search_field import SearchField
from ui.wording import _

LISTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("now", N_("With us"), ("sent", "received")),
    ("sent", N_("Not received"), ("sent",)),
    ("received", N_("Received"), ("received",)),
    ("done", N_("Answered, returned"), ()),
    ("all", N_("All"), ()),
)
"""The name of each list (``inbox.rows``), its word, and what its count is the sum of."""


_PAUSE = 150
"""Milliseconds after the last letter: what is rare is looked for through all that was ever sent."""


class InboxLists(QWidget):
    """One of the lists is down; words narrow it."""

    changed = Signal()
    """Another list is wanted, or other words."""
    left = Signal()
    """From the search on to what was found."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        for at, (which, title, _counted) in enumerate(LISTS):
            button = Button(_(title), self)
            button.setCheckable(True)
            button.setChecked(at == 0)
            self._group.addButton(button, at)
            row.addWidget(button)
            self.buttons[which] = button
        self.search = SearchField(_("Search what was sent to us"), self)
        actions.bind(parent, "inbox.search", self.seek)
        self.search.setToolTip(_("Words, a number, a telephone number (Ctrl+F)"))
        self.pressing = QLabel(self)
        self.pressing.setProperty("role", "wrong")
        row.addSpacing(GAP)
        row.addWidget(self.search, 1)
        row.addSpacing(GAP)
        row.addWidget(self.pressing)
        self._group.idClicked.connect(self._on_clicked)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._on_changed)
        self._before: int | None = None
        self.search.sought.connect(self._on_sought)
        self.search.installEventFilter(self)
        for name, step in (("inbox.later", self.later), ("inbox.earlier", self.earlier)):
            actions.bind(parent, name, step)

    @property
    def which(self) -> str:
        """The name of the list that is wanted."""
        return LISTS[self._group.checkedId()][0]

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab walks through, in order."""
        return (*self.buttons.values(), self.search)

    def show_counts(self, counts: InboxCounts) -> None:
        """Say how much there is, and what of it presses."""
        for which, title, counted in LISTS:
            if counted:
                number = sum(getattr(counts, one) for one in counted)
                self.buttons[which].setText(f"{_(title)} {number}")
        said = []
        if counts.overdue:
            said.append(_("overdue {n}").format(n=counts.overdue))
        if counts.due_today:
            said.append(_("due today {n}").format(n=counts.due_today))
        self.pressing.setText(" · ".join(said))

    @Slot()
    def seek(self) -> None:
        """Put the cursor into the search."""
        self.search.setFocus()
        self.search.selectAll()

    @Slot(str)
    def _on_sought(self, words: str) -> None:
        """What is sought may long be done: words look through all that was sent, until they are gone."""
        sought = bool(words.strip())
        if sought and self._before is None:
            self._before = self._group.checkedId()
            self._group.button(len(LISTS) - 1).setChecked(True)
        elif not sought and self._before is not None:
            self._group.button(self._before).setChecked(True)
            self._before = None
        self._pause.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes to what was found, Esc clears and goes back; an input method's keys are its own."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or self.search.composing:
            return super().eventFilter(watched, event)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape:
            self.search.clear()
        elif event.key() not in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return super().eventFilter(watched, event)
        self.left.emit()
        return True

    @Slot()
    def later(self) -> None:
        """The next list."""
        self._walk(1)

    @Slot()
    def earlier(self) -> None:
        """The list before."""
        self._walk(-1)

    def _walk(self, step: int) -> None:
        self._group.button((self._group.checkedId() + step) % len(LISTS)).setChecked(True)
        self._chosen()
        self.changed.emit()

    @Slot()
    def _on_clicked(self) -> None:
        self._chosen()
        self.changed.emit()

    def _chosen(self) -> None:
        """Which list was chosen while words stand there stays when they are gone."""
        if self._before is not None:
            self._before = self._group.checkedId()

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()
