"""The page of the office's rooms: each on a tab, made when it is first shown."""

from __future__ import annotations

import importlib

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from reception.facts import Catalogue, Change
from reception.shapes import dataclass
from reception.wording import N_
from ui import actions
from ui.icons import icon
from ui.office.room import Room
from ui.pages import Page, PageSpec
from ui.theme import GAP, theme
from ui.wording import _
from ui.work import Lanes


@dataclass(frozen=True, slots=True)
class RoomSpec:
    """A room before it is made: ``place`` is ``"module:Class"``."""

    name: str
    place: str
    title: str
    icon: str

    def make(self, lanes: Lanes, parent: QWidget) -> Room:
        """Import and make the room."""
        module, _sep, cls = self.place.partition(":")
        room: Room = getattr(importlib.import_module(module), cls)(lanes, parent)
        return room


ROOMS: tuple[RoomSpec, ...] = (
    RoomSpec("urgent", "ui.office.urgent:UrgentRoom", N_("Urgent events"), "triangle-alert"),
    RoomSpec("meetings", "ui.office.meetings:MeetingsRoom", N_("Meeting notices"), "phone-call"),
    RoomSpec("documents", "ui.office.documents:DocumentsRoom", N_("Papers received"), "mail-open"),
    RoomSpec("jobs", "ui.office.jobs:JobsRoom", N_("Leaders' jobs"), "list-checks"),
    RoomSpec(
        "instructions", "ui.office.instructions:InstructionsRoom", N_("Leaders' instructions"), "pencil"
    ),
    RoomSpec("expected", "ui.office.expected:ExpectedRoom", N_("Expected visitors"), "users"),
    RoomSpec("parcels", "ui.office.parcels:ParcelsRoom", N_("Parcels"), "inbox"),
    RoomSpec("loans", "ui.office.loans:LoansRoom", N_("Things lent"), "archive-restore"),
)


class _Tabs(QTabWidget):
    """Asks for the height that the room in front cannot do without; Qt's own asks for what all would like."""

    def heightForWidth(self, width: int) -> int:
        """Its words wrapped, its lists and long forms as low as they may be: those scroll by themselves."""
        layout = self.currentWidget().layout() if self.count() else None
        if layout is None:
            return super().heightForWidth(width)
        return self.tabBar().sizeHint().height() + layout.totalMinimumHeightForWidth(width)


class OfficePage(Page):
    """One tab for each room."""

    panel_made = Signal(str, object)
    """The name and the panel of a room that was made: what is half typed in it is to be kept."""

    def __init__(self, spec: PageSpec, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(spec, lanes, parent)
        self._catalogue: Catalogue | None = None
        self.rooms: dict[str, Room] = {}
        self.tabs = _Tabs(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(self.title)
        for one in ROOMS:
            holder = QWidget(self.tabs)
            QVBoxLayout(holder).setContentsMargins(0, GAP, 0, 0)
            self.tabs.addTab(holder, _(one.title))
        self._dress()
        theme().changed.connect(self._dress)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.addWidget(self.tabs)
        self.tabs.currentChanged.connect(self._on_tab)
        actions.bind(self, "office.later", self._later)
        actions.bind(self, "office.earlier", self._earlier)
        actions.bind(self, "office.new", self._new)
        actions.bind(self, "office.search", self._seek)
        for key in "56789R":
            actions.bind(self, f"office.step-{key}", self._on_key)

    @Slot()
    def _dress(self) -> None:
        for at, one in enumerate(ROOMS):
            self.tabs.setTabIcon(at, icon(one.icon))

    # Rooms.

    @property
    def room(self) -> Room:
        """The room in front, made if need be."""
        return self._room(self.tabs.currentIndex())

    def _room(self, at: int) -> Room:
        spec = ROOMS[at]
        if spec.name not in self.rooms:
            holder = self.tabs.widget(at)
            assert holder is not None
            room = self.rooms[spec.name] = spec.make(self.lanes, holder)
            layout = holder.layout()
            assert layout is not None
            layout.addWidget(room)
            room.follow(self.tabs.tabBar())
            room.message.connect(self.message)
            room.thrown.connect(self.thrown)
            room.open_entry.connect(self.open_entry)
            room.page_wanted.connect(self.page_wanted)
            if self._catalogue is not None:
                room.set_catalogue(self._catalogue)
            self.panel_made.emit(f"office-{spec.name}", room.panel)
        return self.rooms[spec.name]

    def show_room(self, name: str) -> Room:
        """Bring a room to the front."""
        at = next(at for at, one in enumerate(ROOMS) if one.name == name)
        room = self._room(at)
        self.tabs.setCurrentIndex(at)
        return room

    @Slot(int)
    def _on_tab(self, _at: int) -> None:
        self.tabs.updateGeometry()
        if self.isVisible():
            self.activate()

    @Slot()
    def _later(self) -> None:
        self._go(1)

    @Slot()
    def _earlier(self) -> None:
        self._go(-1)

    def _go(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    # The page's life.

    def activate(self) -> None:
        """Ask for what is shown, and put the cursor into the list."""
        self.room.activate()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Take the departments to choose from, and the site's zone."""
        self._catalogue = catalogue
        for room in self.rooms.values():
            room.set_catalogue(catalogue)

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Somebody committed something."""
        for room in self.rooms.values():
            room.changed(changes)

    def new_day(self, day: int) -> None:
        """What is due is another matter today."""
        for room in self.rooms.values():
            room.refresh()

    def stop(self) -> None:
        """End what the rooms have started."""
        for room in self.rooms.values():
            room.stop()

    def save(self) -> None:
        """Ctrl+Enter notes what is typed in the room in front."""
        self.room.panel.give()

    def discard(self) -> None:
        """Ctrl+Shift+Del throws away what is typed in the room in front."""
        self.room.discard()

    def has_unsaved_text(self) -> bool:
        """Whether something is half typed in any room."""
        return any(room.unsaved for room in self.rooms.values())

    def choose_act(self, number: int) -> None:
        """Ctrl+digit: the step with this key."""
        self.room.panel.choose(str(number))

    def show_paper(self) -> bool:
        """Ctrl+P: the paper of the room in front."""
        return self.room.show_paper()

    @Slot()
    def _on_key(self) -> None:
        self.room.panel.choose(self.sender().objectName()[-1])

    @Slot()
    def _new(self) -> None:
        self.room.begin_new()

    @Slot()
    def _seek(self) -> None:
        self.room.seek()
