"""The page where the day's lines are gone over before printing: what each lacks is asked, one key each."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception import dates
from reception.errors import DeskError
from reception.facts import Catalogue, Change, Lack, Receipt, TodoRow
from reception.words import LACKS, small
from ui import actions, icons, labels
from ui.changes import concerns
from ui.check.question import Question
from ui.pages import Page, PageSpec
from ui.theme import GAP, GAP_SMALL
from ui.thrown import Thrown, first
from ui.today.day import short_number
from ui.widgets.buttons import Button
from ui.widgets.table import Column, PagedTable
from ui.wording import _, ngettext
from ui.work import Lanes

_MOST = 1_000


class CheckPage(Page):
    """Lists the lines of today that lack something the site wants."""

    closed = Signal()
    """Back was asked for."""

    def __init__(self, spec: PageSpec, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(spec, lanes, parent)
        self._names: dict[str, str] = {}
        self._zone = labels.zone("UTC")
        self._given: tuple[int, Lack, str, uuid.UUID] | None = None
        self._noting: TodoRow | None = None
        self.count = QLabel(self)
        self.back = Button(_("Back"), self)
        self.question = Question(self)
        self.table: PagedTable[TodoRow] = PagedTable(
            lanes,
            "check",
            self._columns(),
            _key,
            name=_("Lines that lack something"),
            empty=_("No line of today lacks anything. Ctrl+P shows the day's sheet."),
            parent=self,
        )
        self._lay_out()
        self._connect()

    def activate(self) -> None:
        """The first line is asked about."""
        self._ask()
        self._put_focus()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """The departments' names and the site's time; what the site wants may be something else."""
        self._names = {one.code: one.name for one in catalogue.departments}
        self._zone = labels.zone(catalogue.site.zone)
        self._ask()

    def changed(self, changes: tuple[Change, ...]) -> None:
        """A line may have what it lacked."""
        if concerns(changes, "entry", "setting"):
            self._ask()

    def new_day(self, day: int) -> None:
        """The lines of yesterday are over."""
        self._ask()

    def has_unsaved_text(self) -> bool:
        """Whether an answer is typed and not noted."""
        return self.question.unsaved

    def save(self) -> None:
        """Ctrl+Enter notes, as Enter does."""
        self.question.give()

    def discard(self) -> None:
        """What is typed is not wanted; `thrown` tells what it was."""
        if typed := self.question.typed:
            self.question.put({})
            self.thrown.emit(Thrown(self, typed))

    def put_back(self, typed: dict[tuple[int, Lack], str]) -> bool:
        """Show again what was thrown away, unless something else is typed."""
        if self.question.unsaved:
            self.message.emit(first())
            return False
        self.question.put(typed)
        return True

    def _columns(self) -> list[Column[TodoRow]]:
        return [
            Column("number", _("No."), _number, 8),
            Column("time", _("Time"), self._time, 7),
            Column("person", _("Who"), _person, 14, icon=labels.lock, note=labels.guarded),
            Column("text", _("Matter"), _text, 0, least=24),
            Column("department", _("Department"), self._department, 18),
            Column("lacks", _("Lacks"), _lacks, 18, tone=_tone, icon=_icon),
        ]

    def _lay_out(self) -> None:
        title = QLabel(self.title, self)
        title.setProperty("role", "title")
        title.setBuddy(self.table)
        bar = QFrame(self)
        bar.setProperty("role", "bar")
        head = QHBoxLayout(bar)
        head.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        for widget in (self.back, title, self.count):
            head.addWidget(widget)
        head.addStretch(1)
        icons.dress(self.back, "arrow-left")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(bar)
        holder = QVBoxLayout()
        holder.setContentsMargins(GAP, 0, GAP, GAP_SMALL)
        holder.setSpacing(GAP_SMALL)
        holder.addWidget(self.question)
        holder.addWidget(self.table, 1)
        column.addLayout(holder, 1)

    def _connect(self) -> None:
        actions.press(self.back, "check.back")
        self.back.clicked.connect(self.closed)
        self.question.given.connect(self._on_given)
        self.question.left.connect(self._on_left)
        self.question.passed.connect(self._on_passed)
        self.question.moved.connect(self._on_moved)
        self.question.open.clicked.connect(self._on_open)
        self.table.current_changed.connect(self.question.ask)
        self.table.chosen.connect(self._on_chosen)

    # What is shown.

    def _ask(self) -> None:
        if self.lanes.catalogue is not None:
            task = self.lanes.read("check", "to_do.rows", which="check", limit=_MOST)
            task.done.connect(self._on_rows)
            task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_rows(self, rows: tuple[TodoRow, ...]) -> None:
        at = self.table.currentIndex().row()
        keyed = self.isAncestorOf(focus) if (focus := QApplication.focusWidget()) is not None else False
        self.table.rows.put(rows)
        if self.table.row() is None and rows:
            self.table.selectRow(min(max(at, 0), len(rows) - 1))
        self.question.ask(self.table.row())
        self.question.only(one.entry_id for one in rows)
        words = ngettext("{n} line to check", "{n} lines to check", len(rows))
        self.count.setText(words.format(n=len(rows)) if rows else "")
        if (keyed or QApplication.focusWidget() is None) and self.isVisible():
            self._put_focus()

    def _put_focus(self) -> None:
        if self.question.lack is not None:
            self.question.put_focus()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What the clerk does.

    @Slot(object, object, str)
    def _on_given(self, row: TodoRow, lack: Lack, words: str) -> None:
        if self._noting is not None:
            return
        if self._given is None or self._given[:3] != (row.entry_id, lack, words):
            self._given = (row.entry_id, lack, words, uuid.uuid4())  # the same words again are the same act
        self._write("to_do.supply", row, row.entry_id, lack, words, uid=self._given[3])

    @Slot(object)
    def _on_left(self, row: TodoRow) -> None:
        if self._noting is None:
            self._given = None
            self._write("to_do.check", row, row.entry_id, uid=uuid.uuid4())

    def _write(self, verb: str, row: TodoRow, *args: object, uid: uuid.UUID) -> None:
        self._noting = row
        task = self.lanes.write(verb, *args, uid=uid)
        task.done.connect(self._on_noted)
        task.failed.connect(self._on_refused)

    @Slot(object)
    def _on_noted(self, receipt: Receipt) -> None:
        noted, self._noting, given = self._noting, None, self._given
        asked = self.question.row
        same = noted is not None and asked is not None and asked.entry_id == noted.entry_id
        if same and (given is None or self.question.field.text().strip() == given[2]):
            self.question.forget()
        self.message.emit(_("{number}: noted").format(number=receipt.number))
        self._ask()

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        self._noting = None
        self.question.refuse(error)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.message.emit(error.say(_))

    @Slot()
    def _on_passed(self) -> None:
        at = self.table.currentIndex().row() + 1
        self.table.selectRow(at if at < self.table.rows.rowCount() else 0)

    @Slot(object)
    def _on_moved(self, event: QKeyEvent) -> None:
        self.table.keyPressEvent(event)

    @Slot()
    def _on_open(self) -> None:
        if self.question.row is not None:
            self.open_entry.emit(self.question.row.entry_id)

    @Slot(object)
    def _on_chosen(self, _row: TodoRow) -> None:
        self._put_focus()

    # Cells.

    def _time(self, row: TodoRow) -> str:
        return dates.clock(row.since.astimezone(self._zone))

    def _department(self, row: TodoRow) -> str:
        return self._names.get(row.department, row.department)


def _key(row: TodoRow) -> int:
    return row.entry_id


def _number(row: TodoRow) -> str:
    return short_number(row.number)


def _person(row: TodoRow) -> str:
    if row.identity_protected:
        return labels.veiled(row.person)
    return row.person or row.phone or "—"


def _text(row: TodoRow) -> str:
    return row.text


def _lacks(row: TodoRow) -> str:
    return " · ".join(small(_(LACKS[one])) for one in row.lacks)


def _tone(_row: TodoRow) -> str:
    return "care"


def _icon(_row: TodoRow) -> str:
    return "circle-alert"
