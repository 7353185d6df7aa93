"""The page Find: one field over all that is written in an entry, and filters; answers come while typing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts import Catalogue, Change, EntryRow, EntryStatus, Query
from reception.facts.others import Others
from reception.numbers import day_number
from ui import actions, icons, labels, words
from ui.changes import concerns
from ui.find import marks
from ui.find.filters import Filters
from ui.find.others import OtherLines
from ui.pages import Page, PageSpec
from ui.theme import GAP, GAP_SMALL
from ui.widgets.buttons import Button
from ui.widgets.painting import Mark
from ui.widgets.question import Question
from ui.widgets.search_field import SearchField
from ui.widgets.table import Column, PagedTable
from ui.wording import _, ngettext
from ui.work import Lanes

_PAUSE = 30
"""Milliseconds after a key until the question is asked, so that letters that come in a burst are one."""
_AGAIN = 1_000
"""Milliseconds until it is asked again how far the index is, while it is being made."""
_LAG = 3_000
"""Entries that the index may lack without anybody noticing: they are read without it."""
_PAGE = 50


class FindPage(Page):
    """Finds entries, newest first. Down or Enter goes into the results, Enter opens one."""

    def __init__(self, spec: PageSpec, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(spec, lanes, parent)
        self._zone = ZoneInfo("UTC")
        self._asked: Query | None = None
        self._others_of: Query | None = None
        """Of what the lines below were asked last; none since something else was typed."""
        self._words: tuple[str, ...] = ()
        self.text = SearchField(_("Find"), self)
        self.filters = Filters(self)
        self.status = QLabel(self)
        self.making = QLabel(self)
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
        self.others = OtherLines(self)
        self.paper = Button(_("Visitor register"), self)  # in the order of Tab
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN)
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
        self._ask_progress()
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
        if self.isVisible() and concerns(changes, "expected", "loan", "parcel"):
            self._others_of = None
            self._ask_others()

    def _columns(self) -> tuple[Column[EntryRow], ...]:
        return (
            Column("number", _("Number"), _number, width=18, least=18, marks=self._in_text),
            Column("received", _("Time"), self._received, width=17, least=17),
            Column("kind", _("Kind"), _kind, width=13, icon=_kind_icon),
            Column(
                "name", _("Name"), _name, width=9, icon=labels.lock, note=labels.guarded, marks=self._in_name
            ),
            Column("phone", _("Phone"), _phone, width=13, least=13, marks=self._in_phone),
            Column("subject", _("Subject"), self._subject, tip=self._subject_tip, marks=self._in_text),
            Column("done", _("What was done"), _done, width=25, marks=self._in_text),
            Column("status", _("Status"), _status, width=9, tone=_tone),
        )

    def _lay_out(self) -> None:
        self.text.setPlaceholderText(_("Number, name, phone, organisation, subject, request or outcome"))
        label = QLabel(_("Find"), self)
        label.setProperty("role", "title")
        label.setBuddy(self.text)
        self.text.setAccessibleDescription(self.text.placeholderText())
        for line in (self.status, self.making):
            line.setProperty("role", "muted")
        # It changes with each page of rows: what is behind it need not be painted.
        self.status.setAutoFillBackground(True)
        self.making.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.status, 1)
        foot.addWidget(self.making)
        foot.addWidget(self.paper)
        icons.dress(self.paper, "printer")
        actions.tip(self.paper, "find.paper", _("Visitor register of these days; this month's if any day"))
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
        column.addWidget(self.others)
        column.addLayout(foot)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._ask)
        self._again.timeout.connect(self._ask_progress)
        self.text.sought.connect(self._on_typed)
        self.text.returnPressed.connect(self._into_results)
        self.text.installEventFilter(self)
        self.filters.changed.connect(self._ask)
        self.table.chosen.connect(self._open)
        self.paper.clicked.connect(self.show_paper)
        self.table.installEventFilter(self)
        self.others.wanted.connect(self.work_wanted)
        self.others.left_upward.connect(self._into_results)
        actions.bind(self, "list.record", self._print_record)
        actions.bind(self, "find.others", self.others.enter)
        self.table.rows.answered.connect(self._on_answered)
        self.table.rows.failed.connect(self._on_failed)

    @Slot()
    def _on_typed(self) -> None:
        self._pause.start()

    @Slot()
    def _ask(self) -> None:
        self._pause.stop()
        today = dt.datetime.now(self._zone).date()
        query = self.filters.query(self.text.words, today)
        if query == self._asked:
            self.table.rows.refresh()
            return
        self._asked, self._others_of = query, None
        self._words = marks.words_of(query.text)
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
        self._ask_others()

    def _ask_others(self) -> None:
        """After the entries, so that these are never kept waiting."""
        if self._asked is not None and self._asked != self._others_of:
            self._others_of = self._asked
            self.lanes.read("find.others", "find_others.others", self._asked).done.connect(self._on_others)

    @Slot(object)
    def _on_others(self, others: Others) -> None:
        if self._others_of is not None:  # else something else was typed meanwhile
            self.others.tell(others, self._zone)

    @Slot()
    def _ask_progress(self) -> None:
        if self.isVisible():
            self.lanes.read("find.progress", "derived.progress").done.connect(self.show_progress)

    @Slot(object)
    def show_progress(self, progress: tuple[int, int]) -> None:
        """Say how far the index is, of how many entries; calmly, because everything is found all the same."""
        done, whole = progress
        lags = whole - done > _LAG
        if lags:
            words_ = _("The index is being made: {percent} %. Until then finding may take longer.")
            self.making.setText(words_.format(percent=100 * done // whole))
            self._again.start()
        self.making.setVisible(lags)

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
        """Down leaves the field for the results, and these for what stands below them."""
        if watched is self.table and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            last = self.table.currentIndex().row() >= self.table.rows.rowCount() - 1
            return event.key() == Qt.Key.Key_Down and last and self.others.enter()
        if watched is self.text and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down and not self.text.composing:
                self._into_results()
                return True
            if event.key() == Qt.Key.Key_Escape and self.text.text():
                self.text.selectAll()  # the next letter begins anew; until then nothing is lost
                return True
        return super().eventFilter(watched, event)

    @Slot(object)
    def _open(self, row: EntryRow) -> None:
        self.open_entry.emit(row.id)

    @Slot()
    def show_paper(self) -> bool:
        """The visitor register of the days that are looked through; any day means this month.

        The ledger of the year is offered with it (F6): here is where it is looked for.
        """
        from ui.sheet.opener import Wanted, open_forms

        today = dt.datetime.now(self._zone).date()
        query = self.filters.query("", today)
        last = query.to_day or day_number(today)
        args: dict[str, str | int] = {"first_day": query.from_day or last // 100 * 100 + 1, "last_day": last}
        ledger = Wanted("ledger", {"year": last // 10_000}, chosen=False)
        open_forms(self, self.lanes, Wanted("visitor_register", args), ledger)
        return True

    @Slot()
    def _print_record(self) -> None:
        from ui.sheet.opener import open_forms
        from ui.today import records

        if (row := self.table.row()) is not None:
            open_forms(self, self.lanes, *records.wanted(row.number, row.kind))

    def toggle_more(self) -> None:
        """F6 goes to the filters, and from there back to the field."""
        if self.text.hasFocus():
            self.filters.kind.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Where what was looked for stands.

    def _in_text(self, text: str) -> Sequence[Mark]:
        return marks.in_text(text, self._words) if self._words else ()

    def _in_name(self, text: str) -> Sequence[Mark]:
        return marks.in_name(text, self._words) if self._words else ()

    def _in_phone(self, text: str) -> Sequence[Mark]:
        return marks.in_phone(text, self._words) if self._words else ()

    def _subject(self, row: EntryRow) -> str:
        """The subject, and where else a word stands that no cell shows."""
        subject = row.subject or row.matter
        if not self._words:
            return subject
        shown = (subject, row.number, _phone(row), _done(row), _name(row))
        missing = tuple(
            word for word in self._words if not any(marks.in_text(text, (word,)) for text in shown)
        )
        hidden = (row.matter, row.request, row.outcome, "" if row.identity_protected else row.organisation)
        places = (marks.snippet(text, missing) for text in hidden if missing)
        return "  ·  ".join((subject, *dict.fromkeys(place for place in places if place)))

    def _subject_tip(self, row: EntryRow) -> str:
        return "\n".join(word for word in (row.subject, row.request, row.outcome) if word)

    def _received(self, row: EntryRow) -> str:
        today = dt.datetime.now(self._zone).date()
        came = words.when(row.received_at, self._zone, today)
        left = labels.left(row, self._zone)
        return f"{came}–{left}" if left else came


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


def _done(row: EntryRow) -> str:
    return " → ".join(filter(None, (words.acted(row), row.department_name)))


def _status(row: EntryRow) -> str:
    return _(words.STATUSES[row.status])


def _tone(row: EntryRow) -> str:
    return "care" if row.status is EntryStatus.OPEN else "muted"
