"""What the rooms of the office have in common: a list, one line of it beside, and a key for each step.

A room says what its list holds and which steps there are (`Step`); asking, keeping what is half typed,
writing, taking back and telling are the same for all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts import Catalogue, Change, EntryView
from ui import labels
from ui.changes import concerns
from ui.office.lists import ListBar
from ui.office.panel import About, RoomPanel
from ui.office.side import Side
from ui.referrals.kept import FAR
from ui.referrals.step import Named, Step
from ui.widgets.beside import beside
from ui.widgets.question import Question
from ui.widgets.search_field import SearchField
from ui.widgets.table import Column, PagedTable
from ui.wording import _
from ui.work import Lanes

_PAUSE = 150
"""Milliseconds after the last letter that is sought."""
_MINUTE = 60_000
_MUCH = 4


class Room(QWidget):
    """List and detail. Children say what is listed, what is shown of a line, and which steps there are."""

    message = Signal(str)
    thrown = Signal(object)
    """``Thrown``: what was typed and dropped."""
    open_entry = Signal(object)
    page_wanted = Signal(str)

    topic: ClassVar[str] = ""
    """What the room's questions are about."""
    rows_verb: ClassVar[str] = ""
    """The verb that lists: it takes ``which``, ``before``, ``limit``, and ``words`` if it can be searched."""
    view_verb: ClassVar[str] = ""
    """The verb that reads the whole of a line by its key; "" where the line says everything."""
    lists: ClassVar[tuple[tuple[str, str], ...]] = ()
    """The lists that there are, and their words."""
    steps: ClassVar[tuple[Step, ...]] = ()
    searched: ClassVar[str] = ""
    """What stands in the empty search field; "" where nothing is sought."""
    list_words: ClassVar[str] = ""
    empty: ClassVar[str] = ""
    kinds: ClassVar[tuple[str, ...]] = ("entry",)
    """What the list rests on, as `Change` names it; where it holds entries, ``entry`` is among them."""
    made: ClassVar[str] = "id"
    """What of a step's result is the key of its line."""
    panel_kind: ClassVar[type[RoomPanel]] = RoomPanel
    course: ClassVar[bool] = True
    """Whether the course of an entry is shown; a room may tell it in a way of its own."""
    printed: ClassVar[bool] = False
    """Whether the room has a form."""
    widths: ClassVar[tuple[int, int]] = (780, 560)

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lanes = lanes
        self.zone = ZoneInfo("UTC")
        self._view: tuple[int, Any] | None = None
        self._wanted: int | None = None
        self._seeking = False
        self._after: QWidget | None = None
        self.catalogue: Catalogue | None = None
        self.table: PagedTable[Any] = PagedTable(
            lanes,
            self.topic,
            self.columns(),
            self.key,
            name=_(self.list_words),
            empty=_(self.empty),
            struck=self.struck,
            parent=self,
        )
        self.bar = ListBar(self.lists, self)
        self.search = SearchField(_(self.searched or "Search the list"), self)
        self.search.setVisible(bool(self.searched))
        self.panel = self.panel_kind(lanes, self.steps, self)
        if self.made == "id":
            self.panel.line_called = self.name
        self._clock = QTimer(self, interval=_MINUTE)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._lay_out()
        self._connect()
        self._chain()
        self.open.setVisible("entry" in self.kinds)
        self.paper.setVisible(self.printed)
        self._give_room()
        self._show_row(None)

    # What children say.

    def columns(self) -> Sequence[Column[Any]]:
        """The columns of the list."""
        raise NotImplementedError

    def key(self, row: Any) -> int:
        """What names a line, stable over refreshes."""
        return int(row.id)

    def entry(self, row: Any) -> int | None:
        """The entry that Enter opens, None where there is none."""
        return int(row.entry_id)

    def name(self, row: Any) -> str:
        """What a line is called in titles and messages."""
        return str(row.number)

    def struck(self, row: Any) -> bool:
        """Whether a line is void."""
        return False

    def place(self, row: Any) -> Any:
        """Where the list goes on after a line."""
        return self.key(row)

    def labels(self) -> Mapping[str, str]:
        """Name and word (translated) of what is shown of a line, in their order."""
        return {}

    def values(self, row: Any, view: Any) -> Mapping[str, str]:
        """What is shown of a line; ``view`` is what ``view_verb`` gave, None before it is there."""
        return {}

    def between(self) -> Sequence[QWidget]:
        """What stands between the facts of a line and its course, such as a list of its own."""
        return ()

    def what(self, row: Any, view: Any) -> Named:
        """What the steps of a line are about."""
        return About(self.name(row), row, view, self.key(row))

    def shown(self, row: Any, view: Any) -> None:
        """Another line is shown, or more is known of it."""

    def show_paper(self) -> bool:
        """Show the room's form; False: it has none."""
        return False

    # Making.

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.bar, 2)
        head.addWidget(self.search, 1, Qt.AlignmentFlag.AlignTop)
        self._between = tuple(self.between())
        right = Side(self.lanes, self.labels(), self._between, self.panel, self)
        self._side, self.detail, self.facts, self.timeline = right, right.detail, right.facts, right.timeline
        self.open, self.paper = right.open, right.paper
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(head)
        whole.addWidget(beside(self, self.table, right, self.widths), 1)

    def _connect(self) -> None:
        self.bar.changed.connect(self._ask)
        self.search.sought.connect(self._pause.start)
        self.search.returnPressed.connect(self.table.setFocus)
        self._pause.timeout.connect(self._ask)
        self._clock.timeout.connect(self._on_minute)
        self.table.current_changed.connect(self._show_row)
        self.table.chosen.connect(self._on_chosen)
        self.table.rows.answered.connect(self._on_answered)
        self.table.rows.failed.connect(self._on_failed)
        self.panel.watch(self.table)
        self.table.installEventFilter(self)
        self.panel.noted.connect(self._on_noted)
        self.panel.message.connect(self.message)
        self.panel.thrown.connect(self.thrown)
        self.panel.left.connect(self._on_left)
        self.panel.asked.connect(self._on_asked)
        self.open.clicked.connect(self._on_open)
        self.paper.clicked.connect(self.show_paper)

    def _chain(self) -> None:
        """Tab goes as the eyes do."""
        first = () if self._after is None else (self._after,)
        stops = (*first, *self.bar.buttons.values(), self.search, self.table, self.detail)
        for one, then in pairwise(
            (*stops, *self.stops_between(), self.timeline, *self.panel.stops, self.open, self.paper)
        ):
            QWidget.setTabOrder(one, then)

    def follow(self, before: QWidget) -> None:
        """Let Tab come here from ``before``: a room is made when all else has its place."""
        self._after = before
        self._chain()

    def stops_between(self) -> Sequence[QWidget]:
        """What Tab walks through in ``between``."""
        return self._between

    # The room's life.

    def activate(self) -> None:
        """Ask for what is shown, and put the cursor into the list."""
        self._clock.start()
        self._ask()
        if self.panel.form.step is None:
            self.table.setFocus()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Take the departments to choose from, and the site's zone."""
        self.catalogue = catalogue
        self.zone = labels.zone(catalogue.site.zone)
        self.panel.set_catalogue(catalogue)
        self._show_row(self.table.row())

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Somebody committed something that may be listed here."""
        if self.isVisible() and concerns(changes, *self.kinds):
            self.refresh()

    def stop(self) -> None:
        """End the clock."""
        self._clock.stop()

    @property
    def unsaved(self) -> bool:
        """Whether a step is half typed."""
        return self.panel.unsaved

    def discard(self) -> None:
        """Throw away what is typed for a step."""
        self.panel.discard()

    def begin_new(self) -> None:
        """Ctrl+N: the first step that begins something new."""
        step = next((one for one in self.steps if one.anew), None)
        if step is not None:
            self.panel.begin(step)

    def seek(self) -> None:
        """Ctrl+F: into the search field."""
        if self.searched:
            self.search.setFocus()
            self.search.selectAll()

    def choose(self, which: str) -> None:
        """Show one of the lists."""
        self.bar.choose(which)

    def go_to(self, key: int, which: str = "") -> None:
        """Put the cursor on a line of a list, the first if none is named, on whatever page of it."""
        self._wanted, self._seeking = key, True
        self.search.clear()
        self._pause.stop()  # it would ask for the first page again
        self.bar.choose(which or self.lists[0][0])

    # Listing.

    @Slot()
    def _ask(self) -> None:
        kwargs: dict[str, Any] = {"which": self.bar.which}
        if self.searched:
            kwargs["words"] = self.search.words.strip()
        self.table.rows.ask(Question(self.rows_verb, (), kwargs, after=self.place))

    def refresh(self) -> None:
        """Ask anew for what is shown."""
        self.table.rows.refresh()

    @Slot()
    def _on_minute(self) -> None:
        if self.isVisible():
            self.refresh()

    @Slot()
    def _on_answered(self) -> None:
        if self._wanted is not None and self.table.select(self._wanted):
            self._wanted, self._seeking = None, False
        elif self._seeking:
            if self.table.rows.rowCount() < FAR and self.table.rows.seek_on():
                return  # it may stand on the page that comes
            self._wanted, self._seeking = None, False  # somebody else has done it
        if self.table.row() is None and self.table.rows.rowCount():
            self.table.selectRow(0)
        else:
            self._show_row(self.table.row())

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.message.emit(error.say(_))

    # One line.

    @Slot(object)
    def _show_row(self, row: Any) -> None:
        known = self._view[1] if row is not None and self._view and self._view[0] == self.key(row) else None
        self.open.setEnabled(row is not None and self.entry(row) is not None)
        self._tell(row, known)
        if row is None:
            self.timeline.show_trail((), self.zone)
            return
        if self.view_verb:
            task = self.lanes.read(f"{self.topic}.view", self.view_verb, self.key(row))
            task.done.connect(self._on_view)
        if (entry := self.entry(row)) is not None:
            self.lanes.read(f"{self.topic}.course", "reading.entry", entry).done.connect(self._on_course)

    @Slot(object)
    def _on_view(self, view: Any) -> None:
        row = self.table.row()
        if row is not None and self.key(view) == self.key(row):
            self._view = (self.key(row), view)
            self._tell(row, view)

    @Slot(object)
    def _on_course(self, view: EntryView) -> None:
        row = self.table.row()
        if row is not None and self.entry(row) == view.row.id:
            self.timeline.show_trail(view.trail, self.zone)

    def _tell(self, row: Any, view: Any) -> None:
        self._side.title.setText(self.name(row) if row is not None else "")
        self.facts.show_values(dict(self.values(row, view)) if row is not None else {})
        self.shown(row, view)
        self.panel.show_about(self.what(row, view) if row is not None else None)

    @property
    def about(self) -> About | None:
        """What is under the cursor, with what is known of it."""
        row = self.table.row()
        if row is None:
            return None
        known = self._view[1] if self._view is not None and self._view[0] == self.key(row) else None
        return About(self.name(row), row, known, self.key(row))

    # Working.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the list goes back to the first list."""
        if watched is self.table and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            narrowed = self.bar.which != self.lists[0][0]
            if event.key() == Qt.Key.Key_Escape and narrowed:
                self.choose(self.lists[0][0])
                return True
        return super().eventFilter(watched, event)

    @Slot(object)
    def _on_noted(self, result: Any) -> None:
        made = getattr(result, self.made, None)
        if made is not None:
            self._wanted = int(made)
        self.refresh()

    @Slot()
    def _on_left(self) -> None:
        self._give_room()
        self.table.setFocus()

    @Slot()
    def _on_asked(self) -> None:
        self._give_room()
        self._chain()

    def wide(self, step: Step) -> bool:
        """Whether a step asks for so much that nothing else is seen meanwhile."""
        return step.anew or len(step.asks) > _MUCH

    def _give_room(self) -> None:
        """While much is asked, the form has the room of what is read."""
        step = self.panel.form.step
        wide = step is not None and self.wide(step)
        course = step is None and self.course and "entry" in self.kinds
        self._side.give_room(asking=step is not None, wide=wide, course=course)

    @Slot(object)
    def _on_chosen(self, row: Any) -> None:
        if (entry := self.entry(row)) is not None:
            self.open_entry.emit(entry)

    @Slot()
    def _on_open(self) -> None:
        if (row := self.table.row()) is not None:
            self._on_chosen(row)
