"""A text field that finds one of a known set by code, characters, keywords or pinyin initials.

The list stands under the field as a child of the window, not as a window of its own, so that neither the
focus nor an input method's composition is disturbed. What is being composed is matched too: initials typed in
Chinese mode arrive as preedit text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from reception.shapes import dataclass
from reception.text import fold, matches
from ui.widgets.texts import LONG, LineField, is_enter

if TYPE_CHECKING:
    from ui.widgets.line_list import LineList

_SHOWN = 8
_MOST = 50
_SOON = 10
"""Milliseconds: the letter is painted by then; what is proposed for it changes half of the form."""
_OF_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen: ``text`` fills the field, ``detail`` stands beside it in the list."""

    id: int
    text: str
    detail: str = ""
    keywords: str = ""
    pinyin: str = ""
    initials: str = ""
    code: str = ""

    def rank(self, query: str) -> int | None:
        """How well it fits; lower is better, None is not at all."""
        return matches(
            query,
            names=self.text,
            keywords=self.keywords,
            pinyin=self.pinyin,
            initials=self.initials,
            code=self.code,
        )

    def means(self, query: str) -> bool:
        """Whether ``query`` can only mean a choice: it is its code, its name, or letters that are pinyin."""
        words = fold(query)
        if words in (fold(self.code), fold(self.text)) or words in _words(self.keywords):
            return bool(words)
        return words.isascii() and words not in fold(f"{self.text} {self.keywords}")

    def begins(self, query: str) -> bool:
        """Whether the name or a keyword begins with ``query``."""
        return any(word.startswith(fold(query)) for word in _words(f"{self.text} {self.keywords}"))

    def told_in(self, sentence: str) -> int:
        """How much of ``sentence`` is the name or a keyword, in characters; 0 where none stands in it."""
        told = fold(sentence)
        words = _words(f"{self.text} {self.keywords}")
        return max(
            (len(word) for word in words if not word.isascii() and len(word) > 1 and word in told), default=0
        )


def _words(text: str) -> list[str]:
    return re.split(r"[\s、，,；;/|()（）]+", fold(text))


class ChoiceField(LineField):
    """Chooses one of ``choices``.

    Args:
        free: whether text that is none of the choices is welcome (a matter's subject) or not (a department).
        parent: the usual one.
    """

    choice_changed = Signal(object)
    """The id that is chosen now, or None."""
    previewed = Signal(object)
    """The id under the list's cursor while typing; when the list closes, the id that is chosen, or None."""

    def __init__(self, *, free: bool, limit: int = LONG, parent: QWidget | None = None) -> None:
        super().__init__(limit, parent)
        self._free = free
        self.by_enter = False
        """Whether only Enter takes what the list proposes: what is left otherwise stays as it was written."""
        self._choices: dict[int, Choice] = {}
        self._chosen: int | None = None
        self._in_sentence = False
        self._list: LineList | None = None
        self._listed: list[Choice] = []
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self._search)
        self.textEdited.connect(self._on_edited)

    # What code asks of it.

    @property
    def chosen(self) -> int | None:
        """The id that is chosen, None for free text or nothing."""
        return self._chosen

    @property
    def listing(self) -> bool:
        """Whether the list is open. What was typed last is looked up by then."""
        if self._soon.isActive():
            self._search()
        return self._shown

    @property
    def _shown(self) -> bool:
        return self._list is not None and self._list.isVisible()

    @property
    def unresolved(self) -> bool:
        """Whether something stands here that is none of the choices."""
        return self._chosen is None and bool(self.text().strip())

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """What there is to choose from; a choice that is still there stays chosen."""
        self._choices = {choice.id: choice for choice in choices}
        if self._chosen is not None and self._chosen not in self._choices:
            self._choose(None)

    def choice(self, number: int | None) -> Choice | None:
        """The choice with this id."""
        return self._choices.get(number) if number is not None else None

    def finds(self, text: str) -> bool:
        """Whether any of the choices fits ``text``."""
        return any(choice.rank(text) is not None for choice in self._choices.values())

    def put(self, number: int | None, text: str | None = None) -> None:
        """Choose by id, or nothing; ``text`` stands in the field instead of the choice's own."""
        self._soon.stop()
        choice = self.choice(number)
        self.setText(text if text is not None else choice.text if choice else "")
        self._in_sentence = choice is not None and text is not None and not text.startswith(choice.text)
        self.setCursorPosition(len(self.text()) if self.hasFocus() else 0)
        self._close()
        self._choose(choice.id if choice else None)

    def take(self, *, leaving: bool = False) -> bool:
        """Take what the list proposes.

        Args:
            leaving: the field is left by another way than Enter or Tab, so that what was taken would not be
                seen: where free text is welcome, take only what can mean nothing else.
        """
        choice = self.choice(self._proposed())
        if leaving and self.by_enter:
            choice = None
        if choice is None or (leaving and self._free and not choice.means(self.text())):
            self._close()
            return False
        if self.composing:
            return False
        self._put_taken(choice)
        return True

    # Keys.

    def _put_taken(self, choice: Choice) -> None:
        """Its name stands in the field from now on; a sentence that speaks of it stays as it was written."""
        sentence = self._free and choice.rank(self.text()) is None and choice.told_in(self.text()) > 0
        self.put(choice.id, self.text() if sentence else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The list's keys while it is open; never an input method's."""
        if self.composing or event.key() not in _OF_LIST:  # a letter waits for no list
            super().keyPressEvent(event)
        elif not self.listing:
            if event.key() == Qt.Key.Key_Down:
                self._search()
            else:
                super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self._close()
        elif is_enter(event):
            self.take()
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Find by what is being composed, too."""
        super().inputMethodEvent(event)
        if event.commitString() or event.preeditString() or self._shown or self._soon.isActive():
            self._on_edited()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tab takes what is proposed, as Enter does; leaving otherwise takes only what is certain."""
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._close()
        else:
            self.take(leaving=self.by_enter or event.reason() is not Qt.FocusReason.TabFocusReason)

    # The list.

    @Slot()
    def _on_edited(self) -> None:
        text = self._query()
        chosen = self.choice(self._chosen)
        if chosen is not None and not (self._free and self._still(chosen, text)):
            self._choose(None)
        if chosen is not None and self._chosen is not None:
            return
        if text.strip():
            self._soon.start()
        else:
            self._close()

    def _still(self, chosen: Choice, text: str) -> bool:
        """Whether the matter stays: more is written after its name, or around what told of it."""
        return text.startswith(chosen.text) or (self._in_sentence and chosen.told_in(text) > 0)

    def _query(self) -> str:
        text, at = self.text(), self.cursorPosition()
        return text[:at] + self.composing + text[at:]

    @Slot()
    def _search(self) -> None:
        self._soon.stop()
        query = self._query()
        ranked = ((choice.rank(query), choice) for choice in self._choices.values())
        found = [(rank, choice) for rank, choice in ranked if rank is not None]
        if not found and self._free:  # a whole sentence: what it speaks of is offered
            told = ((-choice.told_in(query), choice) for choice in self._choices.values())
            found = [(length, choice) for length, choice in told if length]
        found.sort(key=itemgetter(0))  # stable: the catalogue's order among equals
        if not found:
            self._close()
            return
        from ui.widgets.line_list import Line

        box = self._box()
        self._listed = [choice for _rank, choice in found[:_MOST]]
        box.put([Line(choice.text, choice.detail) for choice in self._listed])
        # What is only somewhere inside a name is offered, not proposed, where free text is welcome.
        best = found[0][1]
        proposing = not self._free or best.means(query) or best.begins(query)
        box.choose(0 if proposing and query.strip() else -1)
        self._place(box)
        self.previewed.emit(self._proposed())

    def _proposed(self) -> int | None:
        if not self.listing or self._list is None or self._list.current < 0:
            return None
        return self._listed[self._list.current].id

    def _move(self, step: int) -> None:
        assert self._list is not None
        self._list.choose(max(0, min(self._list.current + step, len(self._listed) - 1)))
        self.previewed.emit(self._proposed())

    def prepare(self) -> None:
        """Make the list before it is wanted: the first letter need not wait for it."""
        self._box().prepare()

    def _box(self) -> LineList:
        if self._list is None or self._list.window() is not self.window():
            from ui.widgets.line_list import LineList  # not before the first paint

            self._list = LineList(self.accessibleName(), parent=self.window())
            self._list.picked.connect(self._on_picked)
            self.window().installEventFilter(self)
        return self._list

    def _place(self, box: LineList) -> None:
        height = box.tall(_SHOWN)
        corner = self.mapTo(self.window(), QPoint(0, self.height()))
        if corner.y() + height > self.window().height():
            corner = self.mapTo(self.window(), QPoint(0, -height))
        # While it is open it grows only: what it uncovered would be painted with each letter.
        wanted = max(box.wide(), box.width() if box.isVisible() else 0)
        width = max(self.width(), min(wanted, self.window().width() - corner.x() - 8))
        box.setGeometry(corner.x(), corner.y(), width, height)
        if not box.isVisible():
            box.raise_()
            box.show()

    def _close(self) -> None:
        self._soon.stop()
        if self._shown and self._list is not None:
            self._list.hide()
            self.previewed.emit(self._chosen)

    def _choose(self, number: int | None) -> None:
        if number != self._chosen:
            self._chosen = number
            self.choice_changed.emit(number)

    @Slot(int)
    def _on_picked(self, at: int) -> None:
        if self.composing:
            QGuiApplication.inputMethod().reset()
        self._put_taken(self._listed[at])
        self.setFocus()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The list stands at a place in the window: it closes when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self._shown:
            self._close()
        return False
