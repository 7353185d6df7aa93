"""People seen before are offered while something of them is typed, also while it is composed.

The question goes to the read lane after each key, where only the latest is answered; until the answer comes
the clerk types on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.today import persons
from ui.widgets.recall_list import Line, OfferList
from ui.widgets.texts import is_enter
from ui.wording import _, ngettext
from ui.work import Lanes

if TYPE_CHECKING:
    from reception.facts.people import PersonOffer

FIRST = 12
"""So many are asked for with each key: two screens of the list."""
_MORE = 4
"""So many times as many are asked for when the list is scrolled to its end."""
_MOST = 2000
_SOON = 12
"""Milliseconds: the letter is painted by then, and the lane does not take the interpreter from it."""
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
Editor = QLineEdit | QPlainTextEdit


class Recalling(QObject):
    """Watches fields that say who somebody is. Children say what is typed there, and what taking does.

    Args:
        lanes: where to ask.
        parent: in whose window the list is.
        topic: under which it is asked: only the latest question of one is answered.
        zone: the site's.
    """

    def __init__(self, lanes: Lanes, parent: QWidget, topic: str, zone: Callable[[], ZoneInfo]) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._home = parent
        self._topic = topic
        self.zone = zone
        self._list: OfferList | None = None
        self._field: Editor | None = None
        self._composed = ""
        self._limit = FIRST
        self._asked = ""
        self._count = 0
        self._things: list[Any] = []
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self._ask)

    # What children say.

    def typed(self, field: Editor) -> str:
        """What is looked for: what stands in the field, with what is being composed."""
        if not isinstance(field, QLineEdit):
            raise NotImplementedError
        text, at = field.text(), field.cursorPosition()
        return text[:at] + self._composed + text[at:]

    def asks(self, _field: Editor) -> bool:
        """Whether Down asks for the list where none is open."""
        return True

    def lines(self, offers: Sequence[PersonOffer]) -> Sequence[tuple[Line, Any]]:
        """What is offered, and what is taken with each line."""
        zone = self.zone()
        return [(persons.offered(one, zone), one) for one in offers]

    def take(self, field: Editor | None, thing: Any) -> None:
        """One of the ``lines`` was taken."""
        raise NotImplementedError

    # What it shows.

    @property
    def listing(self) -> bool:
        """Whether anybody is offered now."""
        return self._list is not None and self._list.listing

    @property
    def said(self) -> tuple[str, ...]:
        """What is offered, for tests."""
        return self._list.said if self._list is not None else ()

    def prepare(self) -> None:
        """Make the list before it is wanted: the first letter need not wait for it."""
        self._box().prepare()

    def close_list(self) -> None:
        """Offer nobody until something more is typed."""
        self._field = None
        self._soon.stop()
        if self._list is not None:
            self._list.close_list()

    # What is typed.

    def watch(self, editor: Editor) -> None:
        """Offer those who fit what is typed there."""
        editor.installEventFilter(self)
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(self._on_typed)
        else:
            editor.textChanged.connect(self._on_typed)

    @Slot()
    def _on_typed(self) -> None:
        sender = self.sender()
        if isinstance(sender, Editor):
            self._seek(sender, self.typed(sender))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list's keys while it is open; the letters that an input method shows; leaving the field."""
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._on_composed(watched, event)
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return isinstance(watched, Editor) and self._on_key(watched, event)
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self.listing and event.key() == Qt.Key.Key_Escape:
                event.accept()
        elif kind == QEvent.Type.FocusOut and watched is self._field:
            self.close_list()
        return False

    def _on_composed(self, watched: QObject, event: QInputMethodEvent) -> None:
        before, self._composed = self._composed, event.preeditString()
        # What is committed comes as text right after; what is given up leaves the text that was there.
        if isinstance(watched, Editor) and not event.commitString() and (before or self._composed):
            self._seek(watched, self.typed(watched))

    def _on_key(self, field: Editor, event: QKeyEvent) -> bool:
        if self._composed:
            return False
        key = Qt.Key(event.key())
        if not self.listing or self._list is None:
            if (
                key == Qt.Key.Key_Down
                and not event.modifiers()
                and self.asks(field)
                and self.typed(field).strip()
            ):
                self._seek(field, self.typed(field))
                return True
            if key == Qt.Key.Key_Escape:
                self.close_list()  # before it was there
            return False
        if key in _MOVES and not event.modifiers():
            if _MOVES[key] < 0 and self._list.current < 0 and isinstance(field, QPlainTextEdit):
                self.close_list()  # to the line above
                return False
            self._list.move(_MOVES[key])
            return True
        if key == Qt.Key.Key_Escape:
            self.close_list()
            return True
        if is_enter(event) and self._list.current >= 0:
            self._take(self._list.current)
            return True
        return False

    # The question.

    def _seek(self, field: Editor, typed: str) -> None:
        self._field = field
        self._limit = FIRST
        self._asked = typed.strip()
        if not self._asked or not field.hasFocus() or self._lanes.catalogue is None:
            self._things = []
            self.close_list()
            return
        self._soon.start()

    @Slot()
    def _ask(self) -> None:
        task = self._lanes.read(self._topic, "people.recall", self._asked, limit=self._limit)
        task.done.connect(self._on_offers)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_offers(self, offers: tuple[PersonOffer, ...]) -> None:
        if self._field is None or not self._field.hasFocus():
            return
        self._count = len(offers)
        found = self.lines(offers)
        self._things = [thing for _line, thing in found]
        if not found:
            if self._list is not None:
                self._list.close_list()
            return
        self._box().offer(self._field, [line for line, _thing in found], self.foot(len(found)))

    def foot(self, shown: int) -> str:
        """What stands below the list of so many (translated)."""
        count = ngettext("{n} known", "{n} known", shown).format(n=shown)
        if self._count >= self._limit:
            count = _("the first {n}; scrolling down shows more").format(n=shown)
        return _("{count}    ↓ chooses, Enter takes, Esc closes").format(count=count)

    @Slot(object)
    def _on_failed(self, _error: object) -> None:
        self.close_list()  # the window tells that the register does not answer; typing goes on

    @Slot()
    def _on_more(self) -> None:
        if self._field is not None and self._count >= self._limit and self._limit < _MOST:
            self._limit *= _MORE
            self._ask()

    def _box(self) -> OfferList:
        if self._list is None or self._list.parentWidget() is not self._home.window():
            self._list = OfferList(self._home.window(), _("People seen before"))
            self._list.picked.connect(self._on_picked)
            self._list.more_wanted.connect(self._on_more)
            self._listed(self._list)
        return self._list

    def _listed(self, made: OfferList) -> None:
        """The list was made; ``made`` follows what moves."""

    # Taking.

    @Slot(int)
    def _on_picked(self, at: int) -> None:
        if self._composed:
            QGuiApplication.inputMethod().reset()
        self._take(at)

    def _take(self, at: int) -> None:
        field, thing = self._field, self._things[at]
        self.close_list()
        self.take(field, thing)
