"""The one page of an inbox: what was sent to the department, one of it beside, a key for each step."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts import Catalogue, Change, DepartmentFact, Place, TodoRow
from reception.facts.inbox import InboxCounts, InboxPart
from ui import actions
from ui.announcing import announce
from ui.changes import concerns
from ui.department.absences import OwnAbsences
from ui.department.decided import Decisions, wanted
from ui.department.lists import InboxLists
from ui.department.steps import STEPS, steps
from ui.referrals.case import Case
from ui.referrals.columns import Cells, key, matter
from ui.referrals.detail import PartDetail
from ui.referrals.panel import StepPanel
from ui.referrals.timeline import Timeline
from ui.theme import GAP
from ui.widgets.beside import beside
from ui.widgets.question import Question
from ui.widgets.table import PagedTable
from ui.wording import _
from ui.work import Lanes

_MINUTE = 60_000
_LATEST = 20
"""So many parts that came at once are looked at for the notice."""
_HIDDEN = ("department", "told")
"""Columns of the desk's list that say nothing here."""


class InboxPage(QWidget):
    """Lists what was sent to the department and notes what it does about it."""

    message = Signal(str)
    arrived = Signal(object)
    """``tuple[TodoRow, ...]``: the latest that were sent, whenever something was done; not all are new."""
    counted = Signal(object)
    """``InboxCounts``."""
    thrown = Signal(object)
    """``Thrown``: what was typed for a step and is not wanted."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lanes = lanes
        self.setAccessibleName(_("Inbox"))
        self._own: DepartmentFact | None = None
        self._settings: dict[str, str] = {}
        self._seen: InboxPart | None = None
        self._newest: int | None = None
        self._at = 0
        self.cells = Cells()
        self.news = QLabel(self)
        self.news.setProperty("role", "care")
        self.news.setWordWrap(True)
        self.news.hide()
        self.lists = InboxLists(self)
        columns = self.cells.columns(*_HIDDEN)
        self.table: PagedTable[TodoRow] = PagedTable(
            lanes, "inbox", columns, key, name=_("Inbox"), empty=_("Nothing here."), page=50, parent=self
        )
        self.table.follow = matter
        self.detail = PartDetail(self)
        self.timeline = Timeline(lanes, self)
        self.panel = StepPanel(lanes, steps(self._here), self)
        self.absences = OwnAbsences(lanes, self)
        self.decisions = Decisions(lanes, self)
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE)
        self._lay_out()
        self._connect()
        self._chain()
        self._show_row(None)

    # The page's life.

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Whose inbox this is, and what the site wants to know."""
        first = self._own is None
        self._own = next((one for one in catalogue.departments if one.code == catalogue.desk), None)
        self._settings = dict(catalogue.site.values)
        self.cells.set_catalogue(catalogue)
        self.panel.set_catalogue(catalogue)
        self.absences.set_catalogue(catalogue)
        if first:
            self._clock.start()
            self._ask()
            self.table.setFocus()
        else:
            self._show_case(self.table.row())

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Somebody touched what was sent here: the list may say something else now."""
        if self._newest is not None and concerns(changes, "entry"):  # first: somebody waits for it
            latest = self.lanes.read("inbox.latest", "inbox.rows", which="all", limit=_LATEST)
            latest.done.connect(self._on_latest)
        if concerns(changes, "entry", "department", "setting", "working_year"):
            self._refresh()

    def recovered(self) -> None:
        """The server answers again."""
        self._refresh()

    def stop(self) -> None:
        """The window goes."""
        self._clock.stop()

    @property
    def unsaved(self) -> bool:
        """Whether something is half typed."""
        return self.panel.unsaved or self.absences.unsaved

    def discard(self) -> None:
        """Ctrl+Shift+Del throws away what was typed."""
        self.panel.discard()
        self.absences.discard()

    def say_news(self, sentence: str) -> None:
        """Tell above the list what came; it stays until something is done in the list."""
        self.news.setText(sentence)
        self.news.show()
        announce(self.news, sentence)

    # Making.

    def _lay_out(self) -> None:
        right = QFrame(self)
        right.setProperty("role", "card")
        column = QVBoxLayout(right)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.addWidget(self.detail, 3)
        column.addWidget(self.timeline, 2)
        column.addWidget(self.panel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP, GAP, GAP, GAP)
        whole.addWidget(self.news)
        whole.addWidget(self.lists)
        whole.addWidget(beside(self, self.table, right, (820, 440)), 1)
        whole.addWidget(self.absences)

    def _connect(self) -> None:
        self.lists.changed.connect(self._ask)
        self.lists.left.connect(self.table.setFocus)
        self.decisions.told.connect(self.say_news)
        self.table.current_changed.connect(self._show_row)
        self.table.chosen.connect(self._on_chosen)
        self.table.rows.answered.connect(self._on_answered)
        self.table.rows.failed.connect(self._on_failed)
        self.panel.watch(self.table)
        self.panel.noted.connect(self._on_noted)
        self.panel.message.connect(self.message)
        self.panel.thrown.connect(self.thrown)
        self.panel.left.connect(self._on_left)
        self.panel.asked.connect(self._on_asked)
        self.absences.message.connect(self.message)
        self.absences.closed.connect(self.table.setFocus)
        self._clock.timeout.connect(self._refresh)
        for digit in sorted(step.key for step in STEPS):
            actions.bind(self, f"inbox.step-{digit}", self._on_key)

    def _chain(self) -> None:
        """Tab goes as the eyes do."""
        stops = (
            *self.lists.stops,
            self.table,
            self.detail,
            self.timeline,
            *self.panel.stops,
            *self.absences.stops,
        )
        for one, then in pairwise(stops):
            QWidget.setTabOrder(one, then)

    # Listing.

    @Slot()
    def _ask(self) -> None:
        words = " ".join(self.lists.search.words.split())
        kwargs = {"which": self.lists.which, "text": words}
        self.table.rows.ask(Question("inbox.rows", (), kwargs, after=_place))
        self._count()

    @Slot()
    def _refresh(self) -> None:
        if self._own is None:
            return
        self._at = self.table.currentIndex().row()
        self.table.rows.refresh()
        self._count()

    def _count(self) -> None:
        self.lanes.read("inbox.counts", "inbox.counts").done.connect(self._on_counts)

    @Slot(object)
    def _on_counts(self, counts: InboxCounts) -> None:
        self.lists.show_counts(counts)
        self.counted.emit(counts)
        self._newest = max(counts.newest, self._newest or 0)

    @Slot(object)
    def _on_latest(self, rows: tuple[TodoRow, ...]) -> None:
        self.arrived.emit(rows)

    @Slot()
    def _on_answered(self) -> None:
        rows = (self.table.rows.row(at) for at in range(self.table.rows.rowCount()))
        self.decisions.look([row for row in rows if row is not None])
        if self.table.row() is None and (count := self.table.rows.rowCount()):
            self.table.selectRow(min(max(self._at, 0), count - 1))
        else:
            self._show_row(self.table.row())  # it may say something else than before

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.message.emit(error.say(_))

    @Slot(object)
    def _show_row(self, row: TodoRow | None) -> None:
        if row is None or self._seen is None or self._seen.row.part_id != row.part_id:
            self._seen = None
            self.timeline.show_trail((), self.cells.zone)
        self._show_case(row)
        if row is not None:
            task = self.lanes.read("inbox.part", "inbox.part", row.part_id)
            task.done.connect(self._on_seen)

    @Slot(object)
    def _on_seen(self, part: InboxPart) -> None:
        row = self.table.row()
        if row is not None and row.part_id == part.row.part_id:
            self._seen = part
            self.timeline.show_trail(part.trail, self.cells.zone)
            self._show_case(row)

    def _show_case(self, row: TodoRow | None) -> None:
        case = self._case(row) if row is not None else None
        seen, more = self._seen, {}
        if seen is not None and case is not None:
            told = ("organisation", "sender_number", "request", "papers")
            more = {name: getattr(seen, name) for name in told}
        if row is not None and row.referral is not None and row.referral.asked:
            more["asked"] = wanted(row.referral)
        self.detail.show_case(case, None, self.cells.zone, more)
        self.panel.show_case(case)

    def _case(self, row: TodoRow) -> Case:
        category = row.referral.category if row.referral is not None else None
        demanded = self._settings.get("contact_categories", "").split()
        return Case(row, contact=category is not None and category in demanded)

    # Working.

    def _here(self) -> str:
        return self.lanes.catalogue.operator if self.lanes.catalogue is not None else ""

    def save(self) -> None:
        """Ctrl+Enter notes the step that is being typed."""
        self.panel.give()

    @Slot()
    def _on_key(self) -> None:
        self.panel.choose(self.sender().objectName()[-1])

    @Slot(object)
    def _on_chosen(self, _row: TodoRow) -> None:
        self.panel.begin_fitting()

    @Slot(object)
    def _on_noted(self, _receipt: object) -> None:
        self.news.hide()
        self._refresh()

    @Slot()
    def _on_asked(self) -> None:
        self._give_room()
        self._chain()

    def _give_room(self) -> None:
        """A question has the room of what is not needed for it."""
        asking = self.panel.form.step is not None
        self.timeline.setVisible(not asking)
        self.panel.bar.setVisible(not asking)

    @Slot()
    def _on_left(self) -> None:
        self._give_room()
        self.table.setFocus()


def _place(row: TodoRow) -> Place | None:
    return row.place
