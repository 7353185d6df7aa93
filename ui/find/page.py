"""The page Find: one field over all that is written in an entry, and filters; answers come while typing."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts import Catalogue, Change, EntryRow, EntryStatus, Query
from ui import labels, words
from ui.changes import concerns
from ui.find.filters import Filters
from ui.icons import dress
from ui.pages import Page, PageSpec
from ui.theme import GAP, GAP_SMALL
from ui.widgets.table import Column, PagedTable, Question
from ui.wording import _, ngettext
from ui.work import Lanes

_PAUSE = 120
"""Milliseconds without a key before the question is asked: faster than one waits, slower than one types."""
_PAGE = 50


class FindPage(Page):
    """Finds entries, newest first. Down or Enter goes into the results, Enter opens one."""

    def __init__(self, spec: PageSpec, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(spec, lanes, parent)
        self._zone = ZoneInfo("UTC")
        self._asked: Query | None = None
        self.text = QLineEdit(self)
        self.filters = Filters(self)
        self.status = QLabel(self)
        self.table: PagedTable[EntryRow] = PagedTable(
            lanes,
            "find",
            self._columns(),
            _key,
            name=_("Results"),
            empty=_("Nothing found. Fewer or shorter words find more."),
            struck=_void,
            page=_PAGE,
            parent=self,
        )
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._lay_out()
        self._connect()

    def look_for(self, text: str) -> None:
        """Ask for ``text`` at once, without filters."""
        self.filters.clear()
        self.text.setText(text)
        self._pause.stop()
        self._ask()

    def activate(self) -> None:
        """The cursor goes to the field, what stands there can be typed over."""
        self._ask()
        self.text.setFocus()
        self.text.selectAll()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Take the departments to choose from, and the site's zone."""
        self._zone = ZoneInfo(catalogue.site.zone)
        self.filters.set_catalogue(catalogue)

    def changed(self, changes: tuple[Change, ...]) -> None:
        """What is shown may say something else now."""
        if self.isVisible() and concerns(changes, "entry"):
            self.table.rows.refresh()

    def _columns(self) -> tuple[Column[EntryRow], ...]:
        return (
            Column("number", _("Number"), _number, width=18, least=18),
            Column("received", _("Time"), self._received, width=17, least=17),
            Column("kind", _("Kind"), _kind, width=13, icon=_kind_icon),
            Column("name", _("Name"), _name, width=9, icon=labels.lock, note=labels.guarded),
            Column("phone", _("Phone"), _phone, width=13, least=13),
            Column("subject", _("Subject"), _subject),
            Column("done", _("What was done"), _done, width=25),
            Column("status", _("Status"), _status, width=9, tone=_tone),
        )

    def _lay_out(self) -> None:
        self.text.setPlaceholderText(_("Number, name, phone, organisation, subject, request or outcome"))
        self.text.setClearButtonEnabled(True)
        glass = QAction(self)
        self.text.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        dress(glass, "search", "muted")
        label = QLabel(_("Find"), self)
        label.setProperty("role", "title")
        label.setBuddy(self.text)
        self.text.setAccessibleName(_("Find"))
        self.text.setAccessibleDescription(self.text.placeholderText())
        self.status.setProperty("role", "muted")
        head = QHBoxLayout()
        head.addWidget(label)
        head.addWidget(self.text, 1)
        head.addWidget(self.filters.days)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)
        column.addWidget(self.status)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._ask)
        self.text.textChanged.connect(self._on_typed)
        self.text.returnPressed.connect(self._into_results)
        self.text.installEventFilter(self)
        self.filters.changed.connect(self._ask)
        self.table.chosen.connect(self._open)
        self.table.rows.answered.connect(self._on_answered)
        self.table.rows.failed.connect(self._on_failed)

    @Slot()
    def _on_typed(self) -> None:
        self._pause.start()

    @Slot()
    def _ask(self) -> None:
        self._pause.stop()
        today = dt.datetime.now(self._zone).date()
        query = self.filters.query(self.text.text(), today)
        if query == self._asked:
            self.table.rows.refresh()
            return
        self._asked = query
        self.table.rows.ask(Question("find.entries", (query,), after=_key))
        self.table.scrollToTop()

    @Slot(int)
    def _on_answered(self, count: int) -> None:
        more = self.table.rows.canFetchMore(self.table.rootIndex())
        if more:
            words_ = _("The newest {n} are shown; scrolling down shows more.").format(n=count)
        else:
            words_ = ngettext("{n} entry", "{n} entries", count).format(n=count)
        self.status.setText(words_)
        if self.table.hasFocus() and self.table.row() is None:
            self.table.selectRow(0)  # Enter came before the answer did

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.status.setText(error.say(_))
        self.message.emit(error.say(_))

    @Slot()
    def _into_results(self) -> None:
        if self._pause.isActive():
            self._ask()
        self.table.setFocus()
        if self.table.row() is None and self.table.rows.rowCount():
            self.table.selectRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leaves the field for the results."""
        if watched is self.text and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down:
                self._into_results()
                return True
            if event.key() == Qt.Key.Key_Escape and self.text.text():
                self.text.clear()
                return True
        return super().eventFilter(watched, event)

    @Slot(object)
    def _open(self, row: EntryRow) -> None:
        self.open_entry.emit(row.id)

    def _received(self, row: EntryRow) -> str:
        today = dt.datetime.now(self._zone).date()
        return words.when(row.received_at, self._zone, today)


def _key(row: EntryRow) -> int:
    return row.id


def _void(row: EntryRow) -> bool:
    return row.status is EntryStatus.VOID


def _number(row: EntryRow) -> str:
    return row.number


def _kind(row: EntryRow) -> str:
    return _(words.KINDS[row.kind])


def _kind_icon(row: EntryRow) -> str:
    return words.KIND_ICONS[row.kind]


def _name(row: EntryRow) -> str:
    return labels.veiled(row.name) if row.identity_protected else row.name or "—"


def _phone(row: EntryRow) -> str:
    return "" if row.identity_protected else row.phone


def _subject(row: EntryRow) -> str:
    return row.subject or row.matter


def _done(row: EntryRow) -> str:
    return " → ".join(filter(None, (words.acted(row), row.department_name)))


def _status(row: EntryRow) -> str:
    return _(words.STATUSES[row.status])


def _tone(row: EntryRow) -> str:
    return "care" if row.status is EntryStatus.OPEN else "muted"
