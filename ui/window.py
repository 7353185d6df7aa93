"""The window: its frame, its pages and its keys, and the one place where they are wired together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, QTimer, Signal, SignalInstance, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from reception.errors import DeskError, RegisterUnusableError
from reception.facts import CONTACTS, Catalogue, Change, Counters, Kind, TodoRow
from ui import actions as window_actions
from ui import icons
from ui.bars import Banner, CounterBar, Foot, Head
from ui.changes import concerns
from ui.drafts.keeper import Keeper
from ui.here.watch import Attendance
from ui.page_stack import PageStack, scrolling
from ui.pages import PAGES, Page
from ui.safety import TAKING_BACK, Safety
from ui.theme import GAP, theme
from ui.today.drafts import Draft
from ui.today.page import TodayPage
from ui.wording import _
from ui.work import Lanes

_LISTED = tuple(spec.name for spec in PAGES if spec.listed)
_COUNTED = frozenset({"entry", "referral", "setting"})
_ZOOM = {"larger": 1, "smaller": -1, "normal": 0}


class MainWindow(QWidget):
    """Everything that is seen. It owns no register: the lanes are handed to it and outlive it."""

    painted = Signal()
    """The window has been painted for the first time."""
    closed = Signal()
    """The clerk closed the window."""
    language_changed = Signal(str)
    appearance_changed = Signal(str, int)
    place_changed = Signal(str)
    operator_changed = Signal(str)
    restore_wanted = Signal()

    def __init__(self, lanes: Lanes, keeper: Keeper | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lanes = lanes
        self._painted = False
        self._leaving = False
        self._closing = False
        self.setWindowTitle(_("Reception desk"))
        self.setWindowIcon(icons.icon("book-user", "accent"))
        self.actions_by_name = window_actions.make(self)
        self.head = Head(self.actions_by_name, [f"page-{name}" for name in _LISTED], self)
        self.counters = CounterBar(self)
        self.banner = Banner(self.counters.last_stop, self)
        self.stack = PageStack(lanes, self)
        self.foot = Foot(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.head, self.counters, self.banner):
            layout.addWidget(part)
        layout.addWidget(scrolling(self.stack), 1)
        layout.addWidget(self.foot)
        wanted = QSize(theme().px(1280), theme().px(720))
        self.resize(wanted.boundedTo(self.screen().availableSize()))
        self.attendance = Attendance(lanes, self)
        self.attendance.message.connect(self.foot.say)
        self.head.new_day.connect(self.attendance.new_day)
        self._wire(keeper)
        self.show_page("today")
        if lanes.catalogue is not None:
            self._on_opened(lanes.catalogue)
        if lanes.in_trouble is not None:
            self._on_trouble(lanes.in_trouble)

    def _heard(self) -> tuple[tuple[SignalInstance, Callable[..., object]], ...]:
        """What the window hears from the lanes, as long as it is the window."""
        lanes = self.lanes
        return (
            (lanes.opening, self.banner.wait),
            (lanes.opened, self._on_opened),
            (lanes.trouble, self._on_trouble),
            (lanes.recovered, self._on_recovered),
            (lanes.changed, self._on_changed),
            (lanes.catalogue_changed, self._on_catalogue),
        )

    def _wire(self, keeper: Keeper | None) -> None:
        for told, slot in self._heard():
            told.connect(slot)
        self.banner.retry.connect(self.lanes.retry)
        self.banner.restore.connect(self.restore_wanted)
        self.counters.stale.connect(self._count)
        self.head.new_day.connect(self._on_new_day)
        self.stack.made.connect(self._on_made)
        self.today.settled.connect(self._on_settled)
        self.counters.wanted.connect(self._show_list)
        self.today.todo.step_wanted.connect(self._work)
        self.safety = Safety(self.today, self.lanes, keeper, self.actions_by_name, self)
        self.safety.message.connect(self.foot.say)
        self.safety.entry_wanted.connect(self._show_kept_entry)
        self.safety.page_wanted.connect(self.show_page)
        self.stack.made.connect(self.safety.watch)
        self.head.ticked.connect(self.safety.screen.show_time)
        self.head.tick()
        self.foot.offer([self.actions_by_name[name] for name in TAKING_BACK])
        keys = {
            "save": self._save,
            "aside": self._bring_back,
            "aside-back": self._bring_back,
            "discard": self._discard,
            "keys": self._key_sheet,
            "find": self._find,
            "sheet": self._sheet,
            "here": self._here,
            "roll-call": self._roll_call,
            "todo": self._to_do,
            **dict.fromkeys(("clerk", "shift", "check", "verify", "urgent", "instruct"), self._at_the_desk),
        }
        for name, slot in keys.items():
            self.actions_by_name[name].triggered.connect(slot)
        self.today.use_actions(self.actions_by_name)
        self.today.shelf.stand_behind(self.counters.last_stop)
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._on_focus)
        by_name = [*(kind.value for kind in CONTACTS), *_ZOOM, "more", "wait"]
        by_name += [f"act-{number}" for number in range(1, 5)] + [f"page-{name}" for name in _LISTED]
        by_name += [name for name in self.actions_by_name if name.startswith("list-")]
        for name in by_name:
            self.actions_by_name[name].triggered.connect(self._on_action)

    @Slot(QWidget, QWidget)
    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """What has the keyboard is in sight: Qt sees to it only within one area that scrolls."""
        above = now
        while now is not None and above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(now, 0, 2 * GAP)
            above = above.parentWidget()

    # Pages.

    @property
    def today(self) -> TodayPage:
        """The clerk's home."""
        page = self.page("today")
        assert isinstance(page, TodayPage)
        return page

    def page(self, name: str) -> Page:
        """A page, made when it is first wanted."""
        return self.stack.page(name)

    @Slot(str, object)
    def _on_made(self, name: str, page: Any) -> None:
        self.foot.come_last()
        page.message.connect(self.foot.say)
        page.open_entry.connect(self._open_entry)
        page.work_wanted.connect(self._work)
        page.paper_wanted.connect(self._show_paper)
        page.page_wanted.connect(self.show_page)
        if name == "settings":
            page.language_changed.connect(self.language_changed)
            page.appearance_changed.connect(self.appearance_changed)
            page.place_changed.connect(self.place_changed)
            page.restore_asked.connect(self.restore_wanted)
        elif name == "here":
            page.use(self.attendance)
        if name not in _LISTED:
            page.closed.connect(self._back)

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Bring a page to the front and put the focus where its work begins."""
        self.stack.bring(name)
        for listed in _LISTED:
            self.actions_by_name[f"page-{listed}"].setChecked(listed == name)

    @property
    def front(self) -> str:
        """The name of the page in front."""
        return self.stack.front

    # What the lanes tell.

    @Slot(object)
    def _on_opened(self, catalogue: Catalogue) -> None:
        self.banner.hide()
        self._on_catalogue(catalogue)

    @Slot(object)
    def _on_catalogue(self, catalogue: Catalogue) -> None:
        self.head.set_catalogue(catalogue)
        self.foot.notice.say(catalogue.site.footer)
        self.safety.keyboard.prefix = catalogue.site.scanner_prefix
        for page in self.stack:
            page.set_catalogue(catalogue)
        self._count()

    @Slot(object)
    def _on_trouble(self, error: DeskError) -> None:
        self.banner.say(error, restorable=isinstance(error, RegisterUnusableError))

    @Slot()
    def _on_recovered(self) -> None:
        self.banner.hide()
        for page in self.stack:
            page.recovered()
        self._count()

    @Slot(object)
    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        for page in self.stack:
            page.changed(changes)
        if concerns(changes, *_COUNTED):
            self._count()

    @Slot()
    def _count(self) -> None:
        if self.head.day:
            self.lanes.read("window.counters", "day.counters", self.head.day).done.connect(self._on_counters)

    @Slot(object)
    def _on_counters(self, counters: Counters) -> None:
        self.counters.show_counters(counters)

    @Slot(int)
    def _on_new_day(self, day: int) -> None:
        for page in self.stack:
            page.new_day(day)
        self._count()

    # What the clerk wants.

    @Slot()
    def _on_action(self) -> None:
        sender = self.sender()
        assert sender is not None
        name = sender.objectName()
        if name.startswith("page-"):
            self.show_page(name.removeprefix("page-"))
        elif name.startswith("list-"):
            self._show_list(name.removeprefix("list-"))
        elif name.startswith("act-"):
            self.page(self.front).choose_act(int(name.removeprefix("act-")))
        elif name in _ZOOM:
            scale = theme().zoom(_ZOOM[name])
            self.appearance_changed.emit("", scale)
            self.foot.say(_("Size {scale} %").format(scale=scale))
        elif name in ("more", "wait"):
            page = self.page(self.front)
            page.toggle_more() if name == "more" else page.wait_here()
        else:
            if self.front != "today":  # the list that has the keyboard may say whom to call
                self.show_page("today")
            self.today.start(Kind(name))

    @Slot()
    def _save(self) -> None:
        self.page(self.front).save()

    @Slot()
    def _bring_back(self) -> None:
        self.show_page("today")
        if self.sender() is self.actions_by_name["aside-back"]:
            self.today.previous_aside()
        else:
            self.today.next_aside()

    @Slot()
    def _discard(self) -> None:
        self.page(self.front).discard()

    @Slot()
    def _key_sheet(self) -> None:
        from ui.dialogs.keys import KeySheet

        KeySheet.show_keys(QApplication.activeModalWidget() or self)

    @Slot(str)
    def _show_list(self, which: str) -> None:
        from ui import lists

        lists.show_list(self, which)

    @Slot(object)
    def _work(self, row: TodoRow) -> None:
        from ui import lists

        lists.work(self, row)

    @Slot()
    def _find(self) -> None:
        self.show_page("find")

    @Slot()
    def _sheet(self) -> None:
        from ui.sheet import opener

        opener.show_day(self)

    @Slot(object)
    def _show_paper(self, job: Any) -> None:
        from ui.sheet import opener

        opener.show_job(self, job)

    @Slot()
    def _here(self) -> None:
        self.show_page("here")

    @Slot()
    def _roll_call(self) -> None:
        self.show_page("here")
        page: Any = self.page("here")
        page.print_list()

    @Slot()
    def _to_do(self) -> None:
        self.show_page("today")
        self.today.todo.put_focus()

    @Slot()
    def _back(self) -> None:
        self.show_page(self.stack.before or "today")

    @Slot()
    def _at_the_desk(self) -> None:
        from ui.shift import opening

        opening.run(self, self.sender().objectName())

    @Slot(object)
    def _open_entry(self, entry_id: int) -> None:
        self._show_entry(entry_id, None)

    @Slot(object)
    def _show_kept_entry(self, draft: Draft) -> None:
        if draft.entry_id is not None:
            self._show_entry(draft.entry_id, draft)

    def _show_entry(self, entry_id: int, draft: Draft | None) -> None:
        from ui.today.entry_view import EntryDialog

        self.safety.guard_entry(EntryDialog.show_entry(self, self.lanes, entry_id, draft))

    # Coming and going.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window is on the screen: only then the engine is imported."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)  # unless it is gone by then

    def leave(self) -> None:
        """Close without asking: another window takes over what is typed.

        It must not hear the lanes any more: of two that ask for the day only the latest is answered.
        """
        if self._leaving:
            return
        self._leaving = True
        for told, slot in self._heard():
            told.disconnect(slot)
        self.safety.hand_on()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before anything typed is lost."""
        if not self._leaving and not self._may_close():
            event.ignore()
            return
        for page in self.stack:
            page.stop()
        self.attendance.stop()
        self.safety.stop()
        event.accept()
        if not self._leaving:
            self.closed.emit()

    @Slot()
    def _on_settled(self) -> None:
        closing, self._closing = self._closing, False
        if closing:
            self.close()

    def _may_close(self) -> bool:
        if self.today.saving:
            self._closing = True
            return False
        if not any(page.has_unsaved_text() for page in self.stack):
            return True
        from ui.dialogs import leave

        return leave.window_may_close(self)
