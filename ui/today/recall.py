"""People seen before are offered while phone, name or organisation are typed, also while they are composed.

The question goes to the read lane after each key, where only the latest is answered; until the answer comes
the clerk types on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from reception.facts import Party
from ui.today import persons
from ui.today.form import EntryForm
from ui.widgets.recall_list import OfferList
from ui.widgets.texts import LineField, is_enter
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


class Recall(QObject):
    """Watches the fields of a form that say who somebody is.

    Args:
        lanes: where to ask.
        form: whose fields are watched and filled.
    """

    taken = Signal(object)
    """The ``PersonOffer`` that the main person of the form is now."""

    def __init__(self, lanes: Lanes, form: EntryForm) -> None:
        super().__init__(form)
        self._lanes = lanes
        self._form = form
        self._list: OfferList | None = None
        self._field: QLineEdit | None = None
        self._composed = ""
        self._watched: list[QWidget] = []
        self._limit = FIRST
        self._asked = ""
        self._offers: tuple[PersonOffer, ...] = ()
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self._ask)
        body = form.body
        for field in (body.phone, body.person, body.organisation):
            self._watch(field.editor)
        for editor in body.people.editors()[:-1] if body.people is not None else ():
            self._watch(editor)
        body.line_added.connect(self._on_line)

    @property
    def listing(self) -> bool:
        """Whether anybody is offered now."""
        return self._list is not None and self._list.listing

    @property
    def said(self) -> tuple[str, ...]:
        """What is offered, for tests."""
        return self._list.said if self._list is not None else ()

    def look(self) -> None:
        """Offer those who fit what was typed before anybody listened."""
        field = self._form.focusWidget()
        if field not in self._watched or not isinstance(field, LineField):
            return
        self._composed = field.composing
        if self._composed or field.isModified():
            text, at = field.text(), field.cursorPosition()
            self._seek(field, text[:at] + self._composed + text[at:])

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

    def _watch(self, editor: QWidget) -> None:
        assert isinstance(editor, QLineEdit)
        self._watched.append(editor)
        editor.installEventFilter(self)
        editor.textEdited.connect(self._on_typed)

    @Slot(object)
    def _on_line(self, editors: tuple[QWidget, QWidget]) -> None:
        for editor in editors:
            self._watch(editor)

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        sender = self.sender()
        if isinstance(sender, QLineEdit):
            self._seek(sender, sender.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list's keys while it is open; the letters that an input method shows; leaving the field."""
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._on_composed(watched, event)
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return isinstance(watched, QLineEdit) and self._on_key(watched, event)
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self.listing and event.key() == Qt.Key.Key_Escape:
                event.accept()
        elif kind == QEvent.Type.FocusOut and watched is self._field:
            self.close_list()
        return False

    def _on_composed(self, watched: QObject, event: QInputMethodEvent) -> None:
        before, self._composed = self._composed, event.preeditString()
        # What is committed comes as text right after; what is given up leaves the text that was there.
        if isinstance(watched, QLineEdit) and not event.commitString() and (before or self._composed):
            text, at = watched.text(), watched.cursorPosition()
            self._seek(watched, text[:at] + self._composed + text[at:])

    def _on_key(self, field: QLineEdit, event: QKeyEvent) -> bool:
        if self._composed:
            return False
        key = Qt.Key(event.key())
        if not self.listing or self._list is None:
            if key == Qt.Key.Key_Down and not event.modifiers() and field.text().strip():
                self._seek(field, field.text())
                return True
            if key == Qt.Key.Key_Escape:
                self.close_list()  # before it was there
            return False
        if key in _MOVES and not event.modifiers():
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

    def _seek(self, field: QLineEdit, typed: str) -> None:
        self._field = field
        self._limit = FIRST
        self._asked = typed.strip()
        if not self._asked or not field.hasFocus() or self._lanes.catalogue is None:
            self._offers = ()
            self.close_list()
            return
        self._soon.start()

    @Slot()
    def _ask(self) -> None:
        task = self._lanes.read("today.recall", "people.recall", self._asked, limit=self._limit)
        task.done.connect(self._on_offers)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_offers(self, offers: tuple[PersonOffer, ...]) -> None:
        if self._field is None or not self._field.hasFocus():
            return
        self._offers = offers
        if not offers:
            if self._list is not None:
                self._list.close_list()
            return
        zone = self._form.zone()
        count = ngettext("{n} known", "{n} known", len(offers)).format(n=len(offers))
        if len(offers) >= self._limit:
            count = _("the first {n}; scrolling down shows more").format(n=len(offers))
        foot = _("{count}    ↓ chooses, Enter takes, Esc closes").format(count=count)
        self._box().offer(self._field, [persons.offered(one, zone) for one in offers], foot)

    @Slot(object)
    def _on_failed(self, _error: object) -> None:
        self.close_list()  # the window tells that the register does not answer; typing goes on

    @Slot()
    def _on_more(self) -> None:
        if self._field is not None and len(self._offers) >= self._limit and self._limit < _MOST:
            self._limit *= _MORE
            self._ask()

    def _box(self) -> OfferList:
        if self._list is None or self._list.parentWidget() is not self._form.window():
            self._list = OfferList(self._form.window(), _("People seen before"))
            self._list.picked.connect(self._on_picked)
            self._list.more_wanted.connect(self._on_more)
            self._form.body.resized.connect(self._list.follow)
        return self._list

    # Taking.

    @Slot(int)
    def _on_picked(self, at: int) -> None:
        if self._composed:
            QGuiApplication.inputMethod().reset()
        self._take(at)

    def _take(self, at: int) -> None:
        field, offer = self._field, self._offers[at]
        self.close_list()
        if offer.identity_protected:
            # whose last entry must not disclose them: neither must this one, unless the clerk says otherwise
            self._form.rare("identity_protected").put(True)
        people = self._form.body.people
        line = people.line_of(field) if people is not None and field is not None else None
        if people is not None and line is not None:
            sex = people.raw[line].sex or offer.sex
            phone = people.raw[line].phone
            typed = {"name": people.raw[line].name, "phone": phone, "organisation": ""}
            source = "phone" if field is people.editors()[2 * line + 1] else "name"
            found = persons.filled(typed, source, offer)
            party = Party(found["name"], found["phone"], found["organisation"], sex, person_id=offer.id)
            people.take(line, party)
            people.go_on(line)
            return
        self._fill(field, offer)
        self.taken.emit(offer)

    def _fill(self, field: QLineEdit | None, offer: PersonOffer) -> None:
        body = self._form.body
        fields = {"phone": body.phone, "name": body.person, "organisation": body.organisation}
        source = next((name for name, one in fields.items() if one.editor is field), "name")
        found = persons.filled({name: one.raw for name, one in fields.items()}, source, offer)
        for name, text in found.items():
            fields[name].put(text)
        if offer.sex is not None and not self._form.rare("sex").typed:
            self._form.rare("sex").put(offer.sex)
        body.known.put((offer.id, offer.name, persons.chosen(offer, self._form.zone())))
        matter = body.matter
        (matter if not matter.typed else body.after_person()).setFocus(Qt.FocusReason.OtherFocusReason)
