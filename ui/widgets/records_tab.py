"""A list to search on the left, the form of one row on the right: what tabs of records have in common."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from reception.errors import DeskError
from reception.facts import DepartmentFact, LimitRule, MatterFact
from ui import actions
from ui.icons import dress
from ui.theme import GAP
from ui.thrown import Thrown, first
from ui.widgets.beside import beside
from ui.widgets.buttons import Button
from ui.widgets.form import Form
from ui.widgets.scrolled import Scrolled
from ui.widgets.search_field import SearchField
from ui.widgets.table import Column, PagedTable
from ui.wording import N_, _
from ui.work import Lanes

F = TypeVar("F", DepartmentFact, MatterFact, LimitRule)


class RecordsTab(QWidget, Generic[F]):
    """Shows, adds and changes facts of one kind. Children say what is shown, found and typed.

    While something is typed and not saved, the list does not leave the row: nothing typed is lost unnoticed.
    """

    message = Signal(str)
    thrown = Signal(object)
    """``Thrown``: what was typed and dropped."""

    verb = ""
    """The verb that saves a fact."""
    new_words = ""
    """What the button for a new row says, not yet translated."""
    list_words = N_("Directory")
    """What the list is called, not yet translated."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._all: tuple[F, ...] = ()
        self._fact: F = self.blank()
        self._shown: F = self._fact  # as the fields give it back: they turn some blanks into others
        self._saving: tuple[F, uuid.UUID] | None = None
        self._wanted = 0
        self.search = SearchField(_("Characters, code or pinyin initials"), self)
        self.new = Button(_(self.new_words), self)
        self.table: PagedTable[F] = PagedTable(
            lanes,
            f"directory {self.verb}",
            self.columns(),
            _key,
            name=_(self.list_words),
            empty=_("Nothing here fits what is typed."),
            parent=self,
        )
        self.form = Form(self)
        self.fill_form()
        self.revert = Button(_("Discard changes"), self)
        self.keep = Button(_("Save  Ctrl+Enter"), self)
        self._lay_out()
        self._connect()
        self._show(self._fact)

    # What children say.

    def blank(self) -> F:
        """A new fact."""
        raise NotImplementedError

    def columns(self) -> tuple[Column[F], ...]:
        """The columns of the list."""
        raise NotImplementedError

    def rank(self, fact: F, text: str) -> int | None:
        """How well ``fact`` fits what is typed; None: not at all."""
        raise NotImplementedError

    def fill_form(self) -> None:
        """Put the fields into ``self.form``, named as the fact's attributes."""
        raise NotImplementedError

    def typed(self) -> F:
        """The fact as it stands in the form."""
        raise NotImplementedError

    def below_list(self) -> Sequence[QWidget]:
        """What stands under the list."""
        return ()

    def below_form(self) -> Sequence[QWidget]:
        """What stands under the form, above its buttons."""
        return ()

    def called(self, fact: F) -> str:
        """What a fact is called."""
        raise NotImplementedError

    # What the page asks.

    @property
    def unsaved(self) -> bool:
        """Whether something is typed that the register does not have."""
        return self.typed() != self._shown

    def put(self, facts: Sequence[F]) -> None:
        """Show what the register has now; what is being typed stays."""
        typing = self.unsaved
        self._all = tuple(facts)
        self._narrow()
        if typing:
            return
        if self._wanted and self.table.select(self._wanted):
            self._wanted = 0
        current = next((fact for fact in self._all if fact.id == self._fact.id), None)
        if current is not None:
            self._show(current)
        elif self._fact.id == 0 and self._saving is None and self.table.rows.rowCount():
            self.table.selectRow(0)

    # Making.

    def _lay_out(self) -> None:
        dress(self.new, "plus")
        self.keep.setProperty("kind", "primary")
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        above = QHBoxLayout()
        above.addWidget(self.search, 1)
        above.addWidget(self.new)
        column.addLayout(above)
        column.addWidget(self.table, 1)
        for part in self.below_list():
            column.addWidget(part)
        right = QFrame(self)
        right.setProperty("role", "card")
        column = QVBoxLayout(right)
        self._title = QLabel(right)
        self._title.setProperty("role", "title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        column.addWidget(self._title)
        column.addWidget(Scrolled(self.form, right), 1)
        for part in self.below_form():
            column.addWidget(part)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.revert)
        below.addWidget(self.keep)
        column.addLayout(below)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, GAP, 0, 0)
        whole.addWidget(beside(self, left, right, (760, 540)))

    def _connect(self) -> None:
        self.search.sought.connect(self._narrow)
        self.search.returnPressed.connect(self._into_list)
        self.table.current_changed.connect(self._on_row)
        self.table.chosen.connect(self._into_form)
        self.new.clicked.connect(self._begin_new)
        actions.tip(self.new, "directory.new")
        actions.tip(self.keep, "directory.save")
        actions.tip(self.revert, "discard", _("Discard changes"))
        self.keep.clicked.connect(self.save)
        self.revert.clicked.connect(self.discard)
        for keys, slot in (
            ("Ctrl+N", self._begin_new),
            ("Ctrl+F", self._into_search),
            ("Esc", self.back),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        for field in self.form.fields():
            _watch(field, self._on_typed)

    # The list.

    @Slot()
    def _narrow(self) -> None:
        ranked = [(self.rank(fact, self.search.words), not fact.active, fact) for fact in self._all]
        fitting = [(rank, resting, fact) for rank, resting, fact in ranked if rank is not None]
        fitting.sort(key=_order)
        self.table.rows.put([fact for _rank, _resting, fact in fitting])

    @Slot(object)
    def _on_row(self, fact: F | None) -> None:
        if fact is None or fact.id == self._fact.id:
            return
        if self.unsaved:
            self._hold()
            return
        self._show(fact)

    def _hold(self) -> None:
        """Stay at the row that is being typed, and say why."""
        self.table.blockSignals(True)
        if not self.table.select(self._fact.id):
            self.table.clearSelection()
        self.table.blockSignals(False)
        self.message.emit(first())

    @Slot()
    def _into_list(self) -> None:
        self.table.setFocus()
        if self.table.rows.rowCount():
            self.table.selectRow(0)

    @Slot()
    def back(self) -> None:
        """Escape: to the list; what is typed stays."""
        self.table.setFocus()

    @Slot()
    def _into_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    # The form.

    @Slot()
    def _into_form(self) -> None:
        self.form.first().setFocus()

    @Slot()
    def _on_typed(self) -> None:
        typing = self.unsaved
        self.keep.setEnabled(typing)
        self.revert.setEnabled(typing)

    def _show(self, fact: F) -> None:
        self._fact = fact
        self._saving = None
        self.form.clear()
        self.show_fact(fact)
        self._shown = self.typed()
        self._title.setText(self.called(fact) if fact.id else _(self.new_words))
        self._on_typed()

    def show_fact(self, fact: F) -> None:
        """Put ``fact`` into the fields."""
        raise NotImplementedError

    @Slot()
    def _begin_new(self) -> None:
        if self.unsaved:
            self._hold()
            return
        self.table.clearSelection()
        self.table.setCurrentIndex(self.table.rootIndex())
        self._show(self.blank())
        self.form.first().setFocus()

    @Slot()
    def discard(self) -> None:
        """Drop what is typed: the row stands there as the register has it. `thrown` tells what it was."""
        typed = self.typed() if self.unsaved else None
        self._show(self._fact)
        self.table.setFocus()
        if typed is not None:
            self.thrown.emit(Thrown(self, typed))

    def put_back(self, typed: F) -> bool:
        """Show again what was dropped; False while something else is typed."""
        if self.unsaved:
            self._hold()
            return False
        current = next((one for one in self._all if one.id == typed.id), None)
        self.table.blockSignals(True)
        if current is None or not self.table.select(current.id):
            self.table.clearSelection()
            self.table.setCurrentIndex(self.table.rootIndex())
        self.table.blockSignals(False)
        self._show(current if current is not None else self.blank())
        self.show_fact(typed)
        self._on_typed()
        self.form.first().setFocus()
        return True

    @Slot()
    def save(self) -> None:
        """Save what is typed, if anything is."""
        if not self.unsaved or not self.keep.isEnabled():
            return
        fact = self.typed()
        if self._saving is None or self._saving[0] != fact:
            self._saving = (fact, uuid.uuid4())  # the same words again are the same act
        self.keep.setEnabled(False)
        task = self._lanes.write(self.verb, fact, uid=self._saving[1])
        task.done.connect(self._saved)
        task.failed.connect(self._refused)

    @Slot(object)
    def _saved(self, fact: F) -> None:
        self._wanted = fact.id
        sent, self._saving = self._saving, None
        if sent is not None and self.typed() != sent[0]:  # typed while it was on its way
            self._fact, self._shown = fact, dataclasses.replace(sent[0], id=fact.id)
            self._on_typed()
        else:
            self._show(fact)
        self._lanes.refresh_catalogue()
        self.message.emit(_("Saved: {name}").format(name=self.called(fact)))

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self._on_typed()
        self.form.say(error)


def _key(fact: Any) -> int:
    return int(fact.id)


def _order(item: tuple[int, bool, Any]) -> tuple[bool, int]:
    return item[1], item[0]


def _watch(field: QWidget, slot: Any) -> None:
    if isinstance(field, QLineEdit | QPlainTextEdit):
        field.textChanged.connect(slot)
    elif isinstance(field, QCheckBox):
        field.toggled.connect(slot)
    elif isinstance(field, QComboBox):
        field.currentIndexChanged.connect(slot)
