"""What is to be done now, most pressing first: who waits, who is to be called, what came back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts import Catalogue, Change, Receipt, Todo, TodoRow
from reception.numbers import parse_number
from ui import icons, labels
from ui.changes import concerns
from ui.theme import GAP_SMALL
from ui.today.day import short_number, waited
from ui.widgets.buttons import Button
from ui.widgets.table import Column, PagedTable
from ui.wording import N_, _
from ui.work import Lanes

_WHAT: Mapping[Todo, tuple[str, str, str]] = {
    Todo.WAITING: (N_("Waits here"), "hourglass", "alarm"),
    Todo.CALLBACK: (N_("To be called"), "phone-call", "alarm"),
    Todo.RETURNED: (N_("Came back"), "corner-up-left", "alarm"),
    Todo.NOT_RECEIVED: (N_("Not received"), "send", "care"),
    Todo.ANSWERED: (N_("Answered: close it"), "mail-open", "care"),
    Todo.OPEN: (N_("Still open"), "clock", "care"),
}
ICONS = tuple((icon, tone) for _word, icon, tone in _WHAT.values())
"""What the table's cells show, name and tone."""
_MINUTE = 60_000


class TodoTable(QWidget):
    """The list, and one key for the commonest of it: the visitor who waited went in."""

    chosen = Signal(object)
    """The id of the entry to show."""
    message = Signal(str)

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._day = 0
        self._names: dict[str, str] = {}
        heading = QLabel(_("To be done now"), self)
        heading.setProperty("role", "heading")
        self.seen_button = Button(_("Went in"), self)
        self.seen_button.setAutoDefault(False)
        self.seen_button.setToolTip(_("The visitor who waited was received (Space)"))
        self.seen_button.setEnabled(False)
        icons.dress(self.seen_button, "check")
        self.seen_button.clicked.connect(self._on_seen)
        self.table: PagedTable[TodoRow] = PagedTable(
            lanes,
            "today.todo",
            self._columns(),
            _key_of,
            name=_("To be done now"),
            empty=_("Nothing waits."),
            parent=self,
        )
        heading.setBuddy(self.table)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._on_seen)
        self.table.chosen.connect(self._on_chosen)
        self.table.current_changed.connect(self._on_current)
        head = QHBoxLayout()
        head.addWidget(heading, 1)
        head.addWidget(self.seen_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_SMALL)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        # Minutes pass though nothing is committed.
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE)
        self._clock.timeout.connect(self.table.rows.repaint_all)
        self._clock.start()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """The departments' names."""
        self._names = {one.code: one.name for one in catalogue.departments}
        self.table.rows.repaint_all()

    def show_day(self, day: int) -> None:
        """Read what waits on a day (``YYYYMMDD``)."""
        self._day = day
        self._lanes.read("today.todo", "day.todo", day).done.connect(self._on_rows)

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Read again when an entry changed."""
        if self._day and concerns(changes, "entry", "department", "setting"):
            self.show_day(self._day)

    @Slot(object)
    def _on_rows(self, rows: tuple[TodoRow, ...]) -> None:
        self.table.rows.put(rows)
        self._on_current(self.table.row())

    @Slot(object)
    def _on_current(self, row: TodoRow | None) -> None:
        self.seen_button.setEnabled(row is not None and row.what is Todo.WAITING)

    @Slot(object)
    def _on_chosen(self, row: TodoRow) -> None:
        self.chosen.emit(row.entry_id)

    @Slot()
    def _on_seen(self) -> None:
        row = self.table.row()
        if row is None or row.what is not Todo.WAITING:
            return
        self.seen_button.setEnabled(False)
        task = self._lanes.write("entries.seen", row.entry_id, uid=uuid.uuid4())
        task.done.connect(self._on_seen_done)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_seen_done(self, receipt: Receipt) -> None:
        self.message.emit(_("{number}: went in").format(number=receipt.number))
        self.show_day(self._day)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.message.emit(error.say(_))
        self._on_current(self.table.row())

    def _department(self, row: TodoRow) -> str:
        return self._names.get(row.department, row.department)

    def _columns(self) -> list[Column[TodoRow]]:
        return [
            Column("what", _("What"), _what, 14, tone=_tone, icon=_icon, least=10),
            Column("since", _("Waits"), _since, 6),
            Column("person", _("Who"), _person, 14, icon=labels.lock, note=labels.guarded, tip=_person_tip),
            Column("text", _("Matter"), _text, 0),
            Column("department", _("Department"), self._department, 13),
            Column("number", _("No."), _number, 13, least=13),
        ]


def _key_of(row: TodoRow) -> int:
    # One entry may stand here for several reasons; the key has to tell them apart and to last.
    return (row.part_id or row.referral_id or row.entry_id) * 8 + list(Todo).index(row.what)


def _what(row: TodoRow) -> str:
    return _(_WHAT[row.what][0])


def _icon(row: TodoRow) -> str:
    return _WHAT[row.what][1]


def _tone(row: TodoRow) -> str:
    return _WHAT[row.what][2]


def _since(row: TodoRow) -> str:
    return waited(row.since, dt.datetime.now(dt.UTC))


def _person(row: TodoRow) -> str:
    if row.identity_protected:
        return labels.veiled(row.person)
    return row.person or row.phone or "—"


def _person_tip(row: TodoRow) -> str:
    return "\n".join(word for word in (row.person, row.phone) if word)


def _text(row: TodoRow) -> str:
    return row.text


def _number(row: TodoRow) -> str:
    return f"{parse_number(row.number).day % 10_000:04d}-{short_number(row.number)}"
