"""The page of the referrals: all that runs in one list, one of it beside, a key for each step."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts import Catalogue, Change, DepartmentFact, EntryView, Place, TodoRow
from ui import actions, icons
from ui.changes import concerns
from ui.pages import Page, PageSpec
from ui.referrals import whereto
from ui.referrals.case import Case
from ui.referrals.columns import Cells, key, key_of_part, matter
from ui.referrals.detail import PartDetail
from ui.referrals.filters import FilterBar
from ui.referrals.kept import lead_of, row_of
from ui.referrals.panel import StepPanel
from ui.referrals.timeline import Timeline
from ui.theme import GAP
from ui.widgets.beside import beside
from ui.widgets.buttons import Button
from ui.widgets.question import Question
from ui.widgets.table import PagedTable
from ui.wording import _
from ui.work import Lanes

_MINUTE = 60_000
_PAGE = 50
_KEYS = "56789BENRUY"
"""The steps' keys that the window does not know already; each with Ctrl."""


class ReferralsPage(Page):
    """Lists what is to be done, most pressing first, and notes what happens to it."""

    def __init__(self, spec: PageSpec, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(spec, lanes, parent)
        self._catalogue: Catalogue | None = None
        self._departments: dict[str, DepartmentFact] = {}
        self._settings: dict[str, str] = {}
        self._seen: EntryView | None = None
        self._at = 0
        self._wanted: TodoRow | None = None
        self._moved: int | None = None
        self._resuming: frozenset[str] = frozenset()
        self.cells = Cells()
        self.filters = FilterBar(self)
        self.table: PagedTable[TodoRow] = PagedTable(
            lanes,
            "referrals",
            self.cells.columns("since"),  # the course beside it tells when
            key,
            name=_("Referrals"),
            empty=_("Nothing here. An entry becomes a referral when it is referred (转办) to a department."),
            page=_PAGE,
            parent=self,
        )
        self.table.follow = matter
        self.detail = PartDetail(self)
        self.timeline = Timeline(lanes, self)
        self.panel = StepPanel(lanes, parent=self)
        self.form, self.steps = self.panel.form, self.panel.bar
        self.open = Button(_("Open the entry  Enter"), self)
        self.slip = Button(_("Slip  Alt+P"), self)
        self.trail = Button(_("Print the trail  Ctrl+T"), self)
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE)
        self._lay_out()
        self._connect()
        self._chain()
        self._show_row(None)

    # The page's life.

    def activate(self) -> None:
        """Ask for what is shown, and put the cursor into the list."""
        self._clock.start()
        self._ask()
        if self.form.step is None:
            self.table.setFocus()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Take the departments to choose from, and what the site wants to know."""
        self._catalogue = catalogue
        self.cells.set_catalogue(catalogue)
        self._departments = {one.code: one for one in catalogue.departments}
        self._settings = dict(catalogue.site.values)
        self.filters.set_catalogue(catalogue)
        self.panel.set_catalogue(catalogue)
        self._show_row(self.table.row())

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Somebody touched an entry: the list may say something else now."""
        if self.isVisible() and concerns(changes, "entry", "department", "setting"):
            self._refresh()

    def stop(self) -> None:
        """End the clock."""
        self._clock.stop()

    def has_unsaved_text(self) -> bool:
        """Whether a step is half typed."""
        return self.panel.unsaved

    def discard(self) -> None:
        """Ctrl+Shift+Del throws away what was typed for a step."""
        self.panel.discard()

    def show_list(self, which: str) -> None:
        """Show one of the lists (``filters.FILTERS``), of all departments."""
        self.filters.choose(which)

    def work(self, row: TodoRow) -> None:
        """Put the cursor on ``row`` of what is to be done, and begin the step that it waits for."""
        self._wanted = row
        self.filters.choose("open")

    # Making.

    def _lay_out(self) -> None:
        right = QFrame(self)
        right.setProperty("role", "card")
        column = QVBoxLayout(right)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.addWidget(self.detail, 3)
        column.addWidget(self.timeline, 2)
        column.addWidget(self.panel)
        buttons = QHBoxLayout()
        buttons.addWidget(self.open, 1)
        buttons.addWidget(self.slip, 1)
        buttons.addWidget(self.trail, 1)
        column.addLayout(buttons)
        icons.dress(self.slip, "printer")
        icons.dress(self.trail, "printer")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP, GAP, GAP, GAP)
        whole.addWidget(self.filters)
        whole.addWidget(beside(self, self.table, right, (900, 440)), 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._ask)
        self.table.current_changed.connect(self._show_row)
        self.table.chosen.connect(self._open)
        self.table.rows.answered.connect(self._on_answered)
        self.table.rows.failed.connect(self._on_failed)
        self.panel.watch(self.table)
        self.table.installEventFilter(self)
        self.panel.moved.connect(self._on_moved)
        self.panel.brought.connect(self._on_brought)
        self.panel.noted.connect(self._refresh)
        self.panel.message.connect(self.message)
        self.panel.thrown.connect(self.thrown)
        self.panel.left.connect(self._on_left)
        self.panel.asked.connect(self._on_asked)
        self.open.clicked.connect(self._open_current)
        actions.tip(self.open, "referrals.open")
        actions.press(self.trail, "referrals.trail")
        actions.press(self.slip, "referrals.slip")
        actions.bind(self, "referrals.reminder", self._print_reminder)
        self.slip.clicked.connect(self._print_slips)
        self.trail.clicked.connect(self._print)
        self._clock.timeout.connect(self._on_minute)
        for one in _KEYS:
            actions.bind(self, f"referrals.step-{one}", self._on_key)

    def _chain(self) -> None:
        """Tab goes as the eyes do."""
        stops = (*self.filters.stops, self.table, self.detail, self.timeline, *self.panel.stops, self.open)
        for one, then in pairwise((*stops, self.slip, self.trail)):
            QWidget.setTabOrder(one, then)

    # Listing.

    @Slot()
    def _ask(self) -> None:
        kwargs = {"which": self.filters.which, "department": self.filters.code}
        self.table.rows.ask(Question("to_do.rows", (), kwargs, after=_place))
        self._count()

    @Slot()
    def _refresh(self) -> None:
        self._at = self.table.currentIndex().row()
        self.table.rows.refresh()
        self._count()

    @Slot()
    def _on_minute(self) -> None:
        if self.isVisible():  # something may be overdue by now; else it is asked when it comes to the front
            self._refresh()

    def _count(self) -> None:
        task = self.lanes.read("referrals.counts", "to_do.counts", department=self.filters.code)
        task.done.connect(self._on_counts)

    @Slot(object)
    def _on_counts(self, counts: Mapping[str, int]) -> None:
        self.filters.show_counts(counts)

    @Slot()
    def _on_answered(self) -> None:
        if self._wanted is not None and self._found(self._wanted):
            return
        if self._moved is not None and not self._followed(self._moved):
            return
        if self._resuming and not self._resumed():
            return
        if self.table.row() is None and (count := self.table.rows.rowCount()):
            self.table.selectRow(min(max(self._at, 0), count - 1))
        else:
            self._show_row(self.table.row())  # it may say something else than before

    def _found(self, wanted: TodoRow) -> bool:
        """Put the cursor on a row; what stands on a later page is asked for first."""
        there = (row := self.table.row()) is not None and key(row) == key(wanted)
        if self.table.select(key(wanted)):
            self.table.setFocus()
            if there:  # the cursor does not move, so nobody is told of the row
                self._show_row(self.table.row())
            return True
        if self.table.rows.seek_on():
            return True
        self._wanted = None
        return False

    @Slot(object)
    def _on_moved(self, referral_id: int) -> None:
        self._moved = referral_id

    def _followed(self, referral_id: int) -> bool:
        """Put the cursor on the part that goes on now; False as long as a later page may have it."""
        part = lead_of(self.table.rows, referral_id)
        if part is None and self.table.rows.seek_on():
            return False
        self._moved = None
        if part is not None:
            self.table.select(key_of_part(part))
        return True

    @Slot(object)
    def _on_brought(self, names: frozenset[str]) -> None:
        self._resuming = names
        if self.table.rows.rowCount():
            self._resumed()

    def _resumed(self) -> bool:
        """Put the cursor on what was half typed before the program was closed; False while it is sought."""
        found = row_of(self.table.rows, self._resuming)
        if found is None:
            return False
        self._resuming = frozenset()
        if found and self.form.step is None:
            self.table.select(key(found[0]))
        return True

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.message.emit(error.say(_))

    @Slot(object)
    def _show_row(self, row: TodoRow | None) -> None:
        self.open.setEnabled(row is not None)
        self.trail.setEnabled(row is not None)
        self.slip.setEnabled(row is not None and row.referral is not None)
        if row is None:
            self._seen = None
            self.timeline.show_trail((), self.cells.zone)
        elif self._seen is None or self._seen.row.id != row.entry_id:
            self._seen = None
        self._show_case(row)
        if row is not None:
            task = self.lanes.read("referrals.case", "reading.entry", row.entry_id)
            task.done.connect(self._on_seen)

    @Slot(object)
    def _on_seen(self, view: EntryView) -> None:
        row = self.table.row()
        if row is None or row.entry_id != view.row.id:
            return
        self._seen = view
        people = not row.identity_protected
        self.timeline.show_trail(view.trail, self.cells.zone, people=people)
        self._show_case(row)
        if self._wanted is not None and key(self._wanted) == key(row):
            self._wanted = None
            self.panel.begin_fitting()

    def _show_case(self, row: TodoRow | None) -> None:
        case = self._case(row) if row is not None else None
        department = self._departments.get(row.department) if row is not None else None
        more = whereto.more(self._catalogue, department, row)
        self.detail.show_case(case, department, self.cells.zone, more)
        self.panel.show_case(case)

    def _case(self, row: TodoRow) -> Case:
        referrals = self._seen.referrals if self._seen is not None else ()
        view = next((one for one in referrals if one.id == row.referral_id), None)
        category = row.referral.category if row.referral is not None else None
        demanded = self._settings.get("contact_categories", "").split()
        tries = int(self._settings.get("call_back_tries") or 3)
        return Case(row, view, contact=category is not None and category in demanded, tries=tries)

    # Working.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the list leaves a filter for all that is open."""
        if watched is self.table and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            narrowed = self.filters.which != "open" or self.filters.code
            if event.key() == Qt.Key.Key_Escape and narrowed:
                self.filters.choose("open")
                return True
        return super().eventFilter(watched, event)

    def choose_act(self, number: int) -> None:
        """Ctrl+digit chooses a step from anywhere on the page."""
        self.panel.choose(str(number))

    @Slot()
    def _on_key(self) -> None:
        self.panel.choose(self.sender().objectName()[-1])

    def save(self) -> None:
        """Ctrl+Enter notes the step that is being typed."""
        self.panel.give()

    @Slot()
    def _on_asked(self) -> None:
        self._give_room()
        self._chain()

    def _give_room(self) -> None:
        """A question has the room of what is not needed for it."""
        asking = self.form.step is not None
        self.timeline.setVisible(not asking)
        self.panel.bar.setVisible(not asking)

    @Slot()
    def _on_left(self) -> None:
        self._give_room()
        self.table.setFocus()

    @Slot()
    def _print(self) -> None:
        row = self.table.row()
        if row is None:
            return
        from ui.sheet.opener import Wanted, open_forms

        open_forms(self, self.lanes, Wanted("case_trail", {"number": row.number}))

    def show_paper(self) -> bool:
        """The slip of the chosen referral; the day's sheet where the line is none."""
        if not self.slip.isEnabled():
            return False
        self._print_slips()
        return True

    @Slot()
    def _print_slips(self) -> None:
        from ui.referrals import slips

        slips.show(self, self.table)

    @Slot()
    def _print_reminder(self) -> None:
        from ui.referrals import slips

        slips.show_reminder(self, self.table.row(), self._seen)

    @Slot(object)
    def _open(self, row: TodoRow) -> None:
        if row.record_id is not None:  # no entry, or a visit that is not what it is about
            self.work_wanted.emit(row)
        else:
            self.open_entry.emit(row.entry_id)

    @Slot()
    def _open_current(self) -> None:
        row = self.table.row()
        if row is not None:
            self._open(row)


def _place(row: TodoRow) -> Place | None:
    return row.place
