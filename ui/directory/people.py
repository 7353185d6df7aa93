"""Everybody seen before: their history, the note that the clerk must see, records of one person."""

from __future__ import annotations

import uuid
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from reception.errors import DeskError
from reception.facts import Catalogue, Change, EntryRow
from reception.facts.people import PersonOffer, PersonView
from ui import actions, icons
from ui.changes import concerns
from ui.directory.merged import MergedList
from ui.directory.note_form import Note, NoteForm
from ui.directory.people_rows import DONE, history_columns, id_of, is_void, people_columns, said_facts
from ui.labels import zone as zone_of
from ui.theme import GAP
from ui.thrown import Thrown, first
from ui.today.persons import named
from ui.widgets.beside import beside
from ui.widgets.buttons import Button
from ui.widgets.facts_card import FactsCard
from ui.widgets.question import Question
from ui.widgets.search_field import SearchField
from ui.widgets.table import PagedTable
from ui.wording import _
from ui.work import Lanes, Task

_FIRST, _MORE, _MOST = 100, 4, 6400


class PeopleTab(QWidget):
    """Finds a person, shows what is known, keeps the note, puts two records together and takes them apart."""

    message = Signal(str)
    thrown = Signal(object)  # ``Thrown``: the note that was dropped
    open_entry = Signal(object)
    """The id of an entry to show."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._zone = ZoneInfo("UTC")
        self._limit = _FIRST
        self._view: PersonView | None = None
        self._person: int | None = None  # who is asked for, or shown
        self._acts: dict[Task, tuple[str, PersonOffer, Note]] = {}
        self._wanted: int | None = None
        self._back: tuple[int, Note] | None = None  # a dropped note that comes back
        self.search = SearchField(_("Name, pinyin, organisation or digits of a number"), self)
        self.table: PagedTable[PersonOffer] = PagedTable(
            lanes,
            "people.rows",
            people_columns(self),
            id_of,
            name=_("People"),
            empty=_("Nobody fits what is typed."),
            parent=self,
        )
        self.history: PagedTable[EntryRow] = PagedTable(
            lanes,
            "people.history",
            history_columns(self),
            id_of,
            name=_("What this person came for"),
            empty=_("Nothing yet."),
            struck=is_void,
            page=50,
            parent=self,
        )
        self.merge_button = Button(_("Put together with …"), self)
        self.apart_button = Button(_("Take apart"), self)
        self.keep = Button(_("Save the note  Ctrl+Enter"), self)
        self.revert = Button(_("Discard changes"), self)
        self._make_view()
        self._lay_out()
        self._connect()
        self._chain()
        self._show(None)

    # What the page asks.

    @property
    def zone(self) -> ZoneInfo:
        """The site's zone."""
        return self._zone

    @property
    def unsaved(self) -> bool:
        """Whether a note is typed that the register does not have."""
        return self._view is not None and self.form.note != self.form.kept

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Times are the site's."""
        self._zone = zone_of(catalogue.site.zone)

    def ask(self) -> None:
        """Ask for the people that fit what is typed; the newest where nothing is."""
        task = self._lanes.read("people.find", "people.find", self.search.words.strip(), limit=self._limit)
        task.done.connect(self._on_found)
        task.failed.connect(self._on_failed)

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Somebody came again, or was written a note."""
        if self.isVisible() and concerns(changes, "entry", "person"):
            self.refresh()

    def refresh(self) -> None:
        """Read the list again, and whoever is shown; a note that is being typed stays."""
        self.ask()
        if self._person is not None and not self.unsaved:
            self._read(self._person)

    # Making.

    def _make_view(self) -> None:
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        names = {"numbers": _("Phone"), "organisation": _("From"), "sex": _("Sex"), "seen": _("Seen")}
        self.facts = FactsCard(names, self)
        self.form = NoteForm(self)
        self.kind, self.reason = self.form.kind, self.form.reason
        self.form.align_with(self.facts)
        self.merged = MergedList(self)
        self.merged_label = QLabel(_("Records put together here"), self)
        self.merged_label.setProperty("role", "heading")
        self.merged_label.setBuddy(self.merged)

    def _lay_out(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        right = QFrame(self)
        right.setProperty("role", "card")
        column = QVBoxLayout(right)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.merge_button)
        column.addLayout(head)
        column.addWidget(self.facts)
        column.addWidget(self.form)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.revert)
        below.addWidget(self.keep)
        column.addLayout(below)
        row = QHBoxLayout()
        row.addWidget(self.merged_label, 1)
        row.addWidget(self.apart_button)
        column.addLayout(row)
        column.addWidget(self.merged)
        label = QLabel(_("History"), right)
        label.setProperty("role", "heading")
        label.setBuddy(self.history)
        column.addWidget(label)
        column.addWidget(self.history, 1)
        self.keep.setProperty("kind", "primary")
        icons.dress(self.merge_button, "users")
        icons.dress(self.apart_button, "undo-2")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, GAP, 0, 0)
        whole.addWidget(beside(self, left, right, (700, 600)))

    def _chain(self) -> None:
        """Tab goes as the eyes do."""
        stops: list[QWidget] = [self.search, self.table, self.merge_button, self.kind, self.reason]
        stops += [self.revert, self.keep, self.apart_button, self.merged, self.history]
        for one, then in pairwise(stops):
            QWidget.setTabOrder(one, then)

    def _connect(self) -> None:
        self.search.sought.connect(self._on_sought)
        self.search.returnPressed.connect(self._into_list)
        self.table.current_changed.connect(self._on_row)
        self.table.chosen.connect(self._into_history)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.history.chosen.connect(self._on_entry)
        self.form.typed.connect(self._on_typed)
        self.keep.clicked.connect(self.save)
        self.revert.clicked.connect(self.discard)
        self.merge_button.clicked.connect(self._merge)
        self.apart_button.clicked.connect(self._apart)
        actions.press(self.merge_button, "people.merge")
        actions.press(self.apart_button, "people.apart")
        actions.tip(self.keep, "directory.save")
        actions.tip(self.revert, "discard", _("Discard changes"))
        actions.bind(self, "directory.search", self._into_search)
        actions.bind(self, "directory.back", self.table.setFocus)
        actions.bind(self, "people.note", self._into_note)

    # The list.

    @Slot()
    def _on_sought(self) -> None:
        self._limit = _FIRST
        self.ask()

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        full = self.table.rows.rowCount() >= self._limit
        if value and value == self.table.verticalScrollBar().maximum() and full and self._limit < _MOST:
            self._limit *= _MORE
            self.ask()

    @Slot(object)
    def _on_found(self, offers: tuple[PersonOffer, ...]) -> None:
        self.table.rows.put(offers)
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self.table.select(wanted):
            return
        self._stay()

    def _stay(self) -> None:
        if self._view is not None:
            self.table.blockSignals(True)
            self.table.select(self._view.offer.id)
            self.table.blockSignals(False)

    @Slot(object)
    def _on_row(self, offer: PersonOffer | None) -> None:
        if offer is None or (self._view is not None and offer.id == self._view.offer.id == self._person):
            return
        if self.unsaved:
            self._hold()
            return
        self._read(offer.id)

    def _hold(self) -> None:
        self._stay()
        self.message.emit(first())

    @Slot()
    def _into_list(self) -> None:
        _enter(self.table)

    @Slot()
    def _into_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot()
    def _into_history(self) -> None:
        _enter(self.history)

    @Slot()
    def _into_note(self) -> None:
        self.kind.setFocus()

    # One person.

    def _read(self, person_id: int) -> None:
        self._person = person_id
        task = self._lanes.read("people.person", "people.person", person_id)
        task.done.connect(self._show)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _show(self, view: PersonView | None) -> None:
        same = self._view is not None and view is not None and view.offer.id == self._view.offer.id
        typing = self.unsaved  # a note begun while the register was asked
        if typing and not same:
            assert self._view is not None
            self._person = self._view.offer.id
            self._hold()
            return
        self._view = view
        for widget in (self.merge_button, self.kind, self.reason, self.history):
            widget.setEnabled(view is not None)
        offer = view.offer if view is not None else None
        self._person = offer.id if offer is not None else None
        self.title.setText(named(offer) if offer is not None else _("Choose somebody from the list"))
        self.facts.show_values(said_facts(offer, self._zone) if offer is not None else {})
        self.form.put((offer.note_kind, offer.note) if offer is not None else (None, ""), typing=typing)
        if self._back is not None and offer is not None and offer.id == self._back[0] and not typing:
            self.form.show_note(self._back[1])
            self._back = None
            self.kind.setFocus()
        self._show_merged(view.merged if view is not None else ())
        if offer is None:
            self.history.rows.ask(None)
        elif same:
            self.history.rows.refresh()
        else:
            self.history.rows.ask(Question("people.history", (offer.id,), after=id_of))

    def _show_merged(self, merged: tuple[PersonOffer, ...]) -> None:
        self.merged.show_records(merged, self._zone)
        for widget in (self.merged_label, self.merged, self.apart_button):
            widget.setVisible(bool(merged))

    # The note.

    @Slot()
    def _on_typed(self) -> None:
        for button in (self.keep, self.revert):
            button.setEnabled(self.unsaved)

    @Slot()
    def discard(self) -> None:
        """Drop the note that is typed: the register's stands there again."""
        dropped = (self._view.offer.id, self.form.note) if self._view is not None and self.unsaved else None
        self.form.put(self.form.kept)
        self.table.setFocus()
        if dropped is not None:
            self.thrown.emit(Thrown(self, dropped))

    def put_back(self, dropped: tuple[int, Note]) -> bool:
        """Show again the note on a person that was dropped; False while another is typed."""
        if self.unsaved:
            self._hold()
            return False
        self._back = dropped
        self._read(dropped[0])
        return True

    @Slot()
    def save(self) -> None:
        """Save the note, if anything was typed."""
        if self._view is not None and self.unsaved and self.keep.isEnabled():
            self.keep.setEnabled(False)
            self._do("people.save_note", self._view.offer, self._view.offer.id, *self.form.note)

    # Records of one person.

    @Slot()
    def _merge(self) -> None:
        from ui.directory.merge import MergeDialog

        if self._view is not None and not self.unsaved:
            dialog = MergeDialog(self, self._lanes, self._view.offer)
            dialog.agreed.connect(self._on_agreed)
            dialog.open()

    @Slot(object, object)
    def _on_agreed(self, kept: PersonOffer, other: PersonOffer) -> None:
        self._do("people.merge", kept, kept.id, other.id)

    @Slot()
    def _apart(self) -> None:
        if self._view is not None and (chosen := self.merged.chosen) is not None:
            self._do("people.unmerge", self._view.offer, chosen)

    # Writing.

    def _do(self, verb: str, offer: PersonOffer, *args: object) -> None:
        task = self._lanes.write(verb, *args, uid=uuid.uuid4())
        self._acts[task] = (verb, offer, self.form.note)
        task.done.connect(self._on_done)
        task.failed.connect(self._on_refused)

    @Slot(object)
    def _on_done(self, person_id: int) -> None:
        task = self.sender()
        act = self._acts.pop(task, None) if isinstance(task, Task) else None
        if act is None:
            return
        verb, offer, note = act
        if verb == "people.save_note":
            self.form.kept = note
        self.message.emit(_(DONE[verb]).format(name=named(offer)))
        self._wanted = offer.id if verb == "people.unmerge" else person_id
        self._read(self._wanted)
        self.ask()

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        task = self.sender()
        if isinstance(task, Task):
            self._acts.pop(task, None)
        self._on_typed()
        self.form.say(error)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.message.emit(error.say(_))

    @Slot(object)
    def _on_entry(self, row: EntryRow) -> None:
        self.open_entry.emit(row.id)


def _enter(table: PagedTable[Any]) -> None:
    table.setFocus()
    if table.row() is None and table.rows.rowCount():
        table.selectRow(0)
