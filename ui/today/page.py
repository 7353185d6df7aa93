"""The Today page: the entry form at the left, what is to be done now and the day's table at the right."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from reception.errors import InputError
from reception.facts import Catalogue, Change, Kind, Receipt, TodoRow
from ui import icons, labels
from ui.actions import tip
from ui.pages import Page, PageSpec
from ui.theme import GAP, GAP_SMALL, theme
from ui.today.day import DayTable
from ui.today.drafts import Draft
from ui.today.form import EntryForm
from ui.today.late import LateStrip
from ui.today.people_side import PeopleSide
from ui.today.put_through import PutThrough
from ui.today.sending import Sending
from ui.today.shelf import Asides, Shelf
from ui.today.todo import TodoTable
from ui.widgets.buttons import Button
from ui.wording import N_, _
from ui.work import Lanes

if TYPE_CHECKING:
    from ui.shift.strip import ShiftStrip


class TodayPage(Page):
    """The clerk's home."""

    first_row = Signal()
    """The day's rows stand there."""
    open_changed = Signal()
    """What is typed or put aside is different from before."""
    discarded = Signal(object)
    """The ``Draft`` that the clerk threw away."""
    saved = Signal(object, object)
    """What became an entry: its ``Receipt`` and the ``Draft`` of it."""
    settled = Signal()
    """Nothing is on its way to the register any more."""

    def __init__(self, spec: PageSpec, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(spec, lanes, parent)
        self._sending = Sending(lanes, self)
        self._sending.saved.connect(self._on_saved)
        self._sending.refused.connect(self._on_refused)
        self._sending.settled.connect(self.settled)
        self._sending.numbered.connect(self.message)
        self.shelf = Shelf(self)
        self._make_parts(lanes)
        self.asides = Asides(self.form, self.shelf, self)
        self.asides.changed.connect(self.open_changed)
        self.asides.shown.connect(self._on_shown)
        self.through = PutThrough(self.form, lanes, self)
        self.through.ended.connect(self.save)
        self._lay_out()
        self.form.edited.connect(self.open_changed)
        self.late.leaving.connect(self.toggle_late)
        self.open_changed.connect(self.people.look_soon)
        self.people.open_entry.connect(self.open_entry)
        self.people.noted.connect(self._on_noted)
        self.save_button.clicked.connect(self.save)
        self.more_button.clicked.connect(self._on_more)
        self.day.chosen.connect(self.open_entry)
        self.day.shown.connect(self.first_row)
        self.day.shown.connect(self.people.begin)
        self.people.made.connect(self._make_strip)
        self.strip: ShiftStrip | None = None
        self._shift: QAction | None = None
        self.todo.chosen.connect(self.open_entry)
        self.todo.message.connect(self.message)
        self.todo.call_wanted.connect(self._on_call)
        self.saved.connect(self.todo.settle)
        self.day.message.connect(self.message)

    def _make_parts(self, lanes: Lanes) -> None:
        """Each where it stays: what moves asks the style sheet anew. In the order of the Tab key."""
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        left = QWidget(self._split)
        self.form = EntryForm()
        self.late = LateStrip(self.form, left)
        self._column = QVBoxLayout(left)
        self._column.addWidget(self.late)
        self._column.addWidget(self.form, 1)
        self.people = PeopleSide(lanes, self.form, self)
        self._column.addLayout(self.people.below_form)
        self.save_button = Button(_("Save  Ctrl+Enter"), left)
        self.save_button.setProperty("kind", "primary")
        self.save_button.setAccessibleName(_("Save"))
        tip(self.save_button, "save")
        icons.dress(self.save_button, "save", "on_accent", always_enabled=True)
        self.more_button = Button(_("More  F6"), left)
        self.more_button.setCheckable(True)
        self.more_button.setAccessibleName(_("Rarely used fields"))
        tip(self.more_button, "more")
        self._right = QSplitter(Qt.Orientation.Vertical, self._split)
        self.todo = TodoTable(lanes, self._right)
        self.day = DayTable(lanes, self._right)

    def _lay_out(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        buttons = QHBoxLayout()
        self._column.addLayout(buttons)
        buttons.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        buttons.setSpacing(GAP)
        buttons.addWidget(self.save_button, 1)
        buttons.addWidget(self.more_button)
        self._right.setSizes([200, 400])
        self._split.setSizes([1, theme().px(900)])
        for splitter in (self._right, self._split):
            splitter.setStretchFactor(1, 1)
            splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.shelf)
        layout.addLayout(holder := QVBoxLayout(), 1)
        holder.setContentsMargins(0, GAP_SMALL, GAP, GAP_SMALL)
        holder.addWidget(self._split)

    # What the window asks of it.

    def use_actions(self, actions: Mapping[str, QAction]) -> None:
        """Show the window's starting actions and the sheet as buttons."""
        self.shelf.add_actions(
            [actions["visit"], actions["call-in"], actions["call-out"]],
            [actions["here"], actions["sheet"]],
        )
        self.people.use_actions(actions)
        actions["late"].triggered.connect(self._on_late)
        self._shift = actions["shift"]

    def activate(self) -> None:
        """The form is where work begins."""
        if self.form.touched:
            self.form.resume()
        else:
            self.form.put_focus()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """The register is open, or its directory is new."""
        today = labels.today(catalogue.site.zone)
        for part in (self.day, self.todo):
            part.set_catalogue(catalogue)
            part.show_day(today)  # read while the form is being filled
        self.form.set_catalogue(catalogue)
        self._on_day(today)

    def new_day(self, day: int) -> None:
        """Show another day (``YYYYMMDD``): it is past midnight, or the register is new."""
        self.day.show_day(day)
        self.todo.show_day(day)
        self._on_day(day)

    def _on_day(self, day: int) -> None:
        self.form.new_day(day)
        if self.strip is not None:
            self.strip.look()

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Entries that any process saved or changed."""
        self.day.changed(changes)
        self.todo.changed(changes)
        if self.strip is not None:
            self.strip.changed(changes)

    def recovered(self) -> None:
        """The register answers again."""
        if self.lanes.catalogue is not None:
            self.set_catalogue(self.lanes.catalogue)

    def has_unsaved_text(self) -> bool:
        """Something is typed, put aside, or on its way."""
        return self.form.touched or bool(self.asides.drafts) or self._sending.busy or self.todo.unsaved

    @property
    def saving(self) -> bool:
        """Whether something is on its way to the register."""
        return self._sending.busy

    def drafts(self) -> tuple[Draft, ...]:
        """Everything that is typed or put aside, the form's own last."""
        own = (self.form.draft(),) if self.form.touched else ()
        return (*self._sending.drafts(), *self.asides.drafts, *own)

    def bring_back(self, drafts: tuple[Draft, ...]) -> None:
        """Show forms that another window had: the last in the form if that is free."""
        drafts = tuple(one for one in drafts if one.uid not in {it.uid for it in self.drafts()})
        if not drafts:
            return
        self.asides.put(*drafts)
        if not self.form.touched:
            self.asides.take(len(self.asides.drafts) - 1)

    def strike_out(self, uids: Collection[uuid.UUID]) -> None:
        """Put these forms away: they are entries already, or the clerk took them back."""
        if self.form.uid in uids:
            self.form.begin(self.form.kind)
            self._show_more()
        self.asides.strike_out(uids)

    # What the clerk does.

    def start(self, kind: Kind) -> None:
        """Begin a visit or a call; what is in the form is put aside if anything was typed.

        From a call owed that is chosen in the list, an outgoing call begins with its number.
        """
        owed = self.todo.calling if kind is Kind.CALL_OUT else None
        if self.form.touched:
            draft = self.form.draft()
            self.form.begin(kind)
            self.asides.put(draft)
        elif self.form.kind is not kind or self.form.body.act.typed:
            self.form.begin(kind)
        self.late.again()
        self._show_more()
        self.form.put_focus()
        if owed is not None:
            self._fill_call(owed)

    def _fill_call(self, owed: TodoRow) -> None:
        body = self.form.body
        body.phone.put(owed.phone)
        body.person.put(owed.person)
        body.matter.put((None, owed.text))

    @Slot(object)
    def _on_call(self, _owed: TodoRow) -> None:
        self.todo.table.setFocus()
        self.start(Kind.CALL_OUT)

    @Slot()
    def next_aside(self) -> None:
        """Bring back the draft that has been aside longest; what is in the form goes aside (Ctrl+Tab)."""
        if self.asides.drafts:
            self.asides.take(0)

    @Slot()
    def previous_aside(self) -> None:
        """Bring back the one put aside last; what is in the form goes to the other end (Ctrl+Shift+Tab)."""
        if self.asides.drafts:
            self.asides.take_last()

    @Slot()
    def discard(self) -> None:
        """Throw away what is in the form; `discarded` tells what it was, so that it can come back."""
        if self.form.touched:
            draft = self.form.draft()
            self.form.begin(self.form.kind)
            self.late.again()
            self._show_more()
            self.form.put_focus()
            self.open_changed.emit()
            self.discarded.emit(draft)

    @Slot()
    def save(self) -> None:
        """Hand the form to the write lane and make room for the next one; a refusal brings it back."""
        self.form.settle()
        if self.form.touched and not self.late.settle():
            return
        if not self.form.touched:
            if not self._sending.awaits(self.form):
                self.form.say(InputError(N_("Say in a word what it is about."), field="subject"))
            return
        self._sending.renew(self.form)
        try:
            entry = self.form.entry(begun=self.form.started)
        except InputError as error:
            self.form.say(error)
            return
        if self.form.doubts():
            return
        self._sending.send(self.form.draft(), entry)
        self.form.begin(Kind.VISIT)
        self._sending.made_room(self.form)
        self._show_more()
        self.form.put_focus()
        self.late.go_on()
        self.open_changed.emit()

    @Slot()
    def toggle_late(self) -> None:
        """Enter notes taken on paper, or go back to what happens now: a half typed note is put aside."""
        if not self.late.active:
            self.late.begin()
            return
        aside = (self.form.draft(),) if self.form.touched else ()
        self.late.hide()
        self.form.begin(Kind.VISIT)
        self.asides.put(*aside)
        self._show_more()
        self.form.put_focus()

    @Slot()
    def toggle_more(self) -> None:
        """Show the rarely used fields or fold them away (F6)."""
        self.form.fold(not self.form.unfolded)
        self._show_more()

    @Slot()
    def wait_here(self) -> None:
        """The visitor waits here from now (F7): the one of the form, or the one chosen in a list."""
        if self.day.table.hasFocus():
            self.day.toggle_wait()
        elif self.todo.table.hasFocus():
            self.todo.receive()
        else:
            self.form.wait_here()

    def choose_act(self, number: int) -> None:
        """Choose an act by its digit (Ctrl+digit)."""
        self.form.choose_act(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, where nothing nearer wants it, ends the late entries."""
        if event.key() == Qt.Key.Key_Escape and self.late.active:
            self.toggle_late()
        else:
            super().keyPressEvent(event)

    # What comes back.

    @Slot()
    def _make_strip(self) -> None:
        """The day's rows stand there: now it is asked what the shift before has left."""
        if self.strip is None:
            from ui.shift.strip import ShiftStrip

            self.strip = ShiftStrip(self.lanes, self)
            if self._shift is not None:
                self.strip.wanted.connect(self._shift.trigger)
            layout = self.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(1, self.strip)
            QWidget.setTabOrder(self.shelf.last_stop, self.strip.open)
            self.strip.look()

    @Slot(object, object)
    def _on_saved(self, receipt: Receipt, draft: Draft | None) -> None:
        words = _("Saved {number}").format(number=receipt.number)
        if receipt.warnings:
            template = _("contains characters that no standard assigns: {characters}")
            words += " · " + template.format(characters=" ".join(receipt.warnings))
        self.message.emit(words)
        self.saved.emit(receipt, draft)
        self.open_changed.emit()

    @Slot(object, bool)
    def _on_noted(self, receipt: Receipt, used_up: bool) -> None:
        if used_up:
            draft = self.form.draft()
            self.form.begin(Kind.VISIT)
            self.late.again()
            self.form.put_focus()
            self.open_changed.emit()
            self.saved.emit(receipt, draft)
        self.message.emit(_("Saved {number}").format(number=receipt.number))

    @Slot(object)
    def _on_refused(self, draft: Draft) -> None:
        assert draft.error is not None
        reason = draft.error.say(_)
        if self.form.touched:
            self.asides.put(draft)
            words = _("Not saved: {reason} What you typed was put aside.")
            self.message.emit(words.format(reason=reason))
        else:
            self.form.restore(draft)
            self.late.follow()
            self._show_more()
            self.message.emit(_("Not saved: {reason}").format(reason=reason))
        self.open_changed.emit()

    @Slot()
    def _on_shown(self) -> None:
        self.late.follow()
        self._show_more()

    @Slot()
    def _on_late(self) -> None:
        if self.isVisible():
            self.toggle_late()

    @Slot(bool)
    def _on_more(self, unfolded: bool) -> None:
        self.form.fold(unfolded)

    def _show_more(self) -> None:
        self.more_button.setChecked(self.form.unfolded)
