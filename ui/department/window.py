"""The window of a department's inbox: its frame, its one page, and the keys that it has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, QTimer, Signal, SignalInstance, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts import Catalogue, Change
from ui import actions as key_actions
from ui import icons
from ui.bars import Banner, Foot, Head
from ui.cover import Screen
from ui.department.arrivals import Arrivals
from ui.department.page import InboxPage
from ui.drafts.keeper import Keeper
from ui.drafts.steps import KeptSteps
from ui.keyboard import Keyboard
from ui.theme import theme
from ui.undo import UndoList
from ui.widgets.buttons import Button
from ui.wording import _, current
from ui.work import Lanes

_ZOOM = {"larger": 1, "smaller": -1, "normal": 0}
_TAKING_BACK = ("redo", "undo")
_OURS = ("clerk", "save", "discard", *_TAKING_BACK, "find", "keys", "cover", *_ZOOM)
_PLACES = ("inbox", "cover")
_KEYS = (
    *("form.next", "form.line", "form.list", "form.undo", "list.move"),
    *("referrals.fitting", "referrals.note", "referrals.cancel"),
    *("dialog.agree", "dialog.cancel", "dialog.leave", "dialog.copy", "trouble.retry"),
)
"""Of the places that the desk has too, what works here."""
LANGUAGES = {"zh_CN": "English", "en": "中文"}
"""What the button says by which the other language is chosen, in that language."""


class InboxWindow(QWidget):
    """Everything that a department sees. The lanes outlive it, as they outlive every window."""

    painted = Signal()
    """The window has been painted for the first time."""
    closed = Signal()
    language_changed = Signal(str)
    scale_changed = Signal(int)
    officer_changed = Signal(str)

    def __init__(self, lanes: Lanes, keeper: Keeper | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lanes = lanes
        self._painted = False
        self._leaving = False
        self._told = ""
        self.setWindowTitle(_("Inbox of {department}").format(department=lanes.department.upper()))
        self.setWindowIcon(icons.icon("inbox", "accent"))
        self.actions_by_name = self._own_actions()
        self.head = Head(self.actions_by_name, (), self)
        self.language = Button(LANGUAGES[current().language], self.head)
        if (row := self.head.layout()) is not None:
            row.addWidget(self.language)
        self.banner = Banner(self)
        self.page = InboxPage(lanes, self)
        self.foot = Foot(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.banner)
        column.addWidget(self.page, 1)
        column.addWidget(self.foot)
        wanted = QSize(theme().px(1280), theme().px(720))
        self.resize(wanted.boundedTo(self.screen().availableSize()))
        self.undo = UndoList(None, lanes, self)
        self.screen_cover = Screen(self)
        self.keyboard = Keyboard(self.screen_cover, self)
        self.arrivals = Arrivals(self, self.windowIcon())
        self._wire()
        self.steps = KeptSteps(self.page.panel, keeper, self) if keeper is not None else None
        if self.steps is not None:
            self.steps.message.connect(self.foot.say)
        if lanes.catalogue is not None:
            self._on_opened(lanes.catalogue)
        if lanes.in_trouble is not None:
            self._on_trouble(lanes.in_trouble)

    def _own_actions(self) -> dict[str, Any]:
        """The keys of the desk's window that an inbox has too."""
        every = key_actions.make(self)
        for name in set(every) - set(_OURS):
            action = every.pop(name)
            self.removeAction(action)
            action.deleteLater()
        return every

    def _heard(self) -> tuple[tuple[SignalInstance, Callable[..., object]], ...]:
        lanes = self.lanes
        return (
            (lanes.opening, self._on_opening),
            (lanes.opened, self._on_opened),
            (lanes.trouble, self._on_trouble),
            (lanes.recovered, self._on_recovered),
            (lanes.changed, self._on_changed),
            (lanes.catalogue_changed, self._on_catalogue),
        )

    def _wire(self) -> None:
        for told, slot in self._heard():
            told.connect(slot)
        self.banner.retry.connect(self.lanes.retry)
        self.page.message.connect(self.foot.say)
        self.page.counted.connect(self._on_counted)
        self.page.arrived.connect(self.arrivals.look)
        self.arrivals.told.connect(self.page.say_news)
        self.head.ticked.connect(self.screen_cover.show_time)
        self.head.tick()
        self.foot.offer([self.actions_by_name[name] for name in _TAKING_BACK])
        key_actions.press(self.language, "inbox.language")
        self.language.clicked.connect(self._on_language)
        by_name = self.actions_by_name
        by_name["undo"].setIconText(_("Undo  Ctrl+Shift+Z"))
        by_name["redo"].setIconText(_("Do again  Ctrl+Shift+Y"))
        for name in _TAKING_BACK:
            by_name[name].setEnabled(False)
        self.undo.available.connect(by_name["undo"].setEnabled)
        self.undo.again_available.connect(by_name["redo"].setEnabled)
        self.undo.message.connect(self.foot.say)
        self.page.thrown.connect(self.undo.throw)
        keys = {
            "undo": self.undo.undo,
            "redo": self.undo.redo,
            "save": self.page.save,
            "discard": self.page.discard,
            "find": self.page.lists.seek,
            "keys": self._key_sheet,
            "clerk": self._change_officer,
            "cover": self.screen_cover.cover,
            **dict.fromkeys(_ZOOM, self._on_zoom),
        }
        for name, slot in keys.items():
            by_name[name].triggered.connect(slot)

    # What the lanes tell.

    @Slot()
    def _on_opening(self) -> None:
        self._told = ""
        self.banner.wait()

    @Slot(object)
    def _on_opened(self, catalogue: Catalogue) -> None:
        self.banner.hide()
        self._on_catalogue(catalogue)

    @Slot(object)
    def _on_catalogue(self, catalogue: Catalogue) -> None:
        self.head.set_catalogue(catalogue)
        own = next((one for one in catalogue.departments if one.code == catalogue.desk), None)
        name = own.name if own is not None else catalogue.desk
        self.head.site.say(f"{catalogue.site.name} · {name}")
        self.setWindowTitle(_("Inbox of {department}").format(department=name))
        self.foot.notice.say(catalogue.site.footer)
        self.page.set_catalogue(catalogue)

    @Slot(object)
    def _on_counted(self, counts: Any) -> None:
        self.arrivals.begin(counts.newest)

    @Slot(object)
    def _on_trouble(self, error: DeskError) -> None:
        if error.say(_) != self._told:  # it is tried again by itself: told once
            self._told = error.say(_)
            self.banner.say(error, restorable=False)

    @Slot()
    def _on_recovered(self) -> None:
        self.banner.hide()
        self.page.recovered()

    @Slot(object)
    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        self.page.changed(changes)

    # What the officer wants.

    @Slot()
    def _on_zoom(self) -> None:
        sender = self.sender()
        assert sender is not None
        scale = theme().zoom(_ZOOM[sender.objectName()])
        self.scale_changed.emit(scale)
        self.foot.say(_("Size {scale} %").format(scale=scale))

    @Slot()
    def _on_language(self) -> None:
        self.language_changed.emit(next(one for one in LANGUAGES if one != current().language))

    @Slot()
    def _key_sheet(self) -> None:
        from ui.dialogs.keys import KeySheet

        KeySheet.show_keys(QApplication.activeModalWidget() or self, ((*_OURS, *_KEYS), _PLACES))

    @Slot()
    def _change_officer(self) -> None:
        from ui.dialogs.clerk import change_clerk

        if name := change_clerk(self, self.lanes):
            self.head.set_operator(name)
            self.officer_changed.emit(name)
            self.foot.say(_("{name} is here now").format(name=name))

    # Coming and going.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window is on the screen: only then the engine is imported."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)  # unless it is gone by then

    def leave(self) -> None:
        """Close without asking: another window takes its place."""
        if self._leaving:
            return
        self._leaving = True
        for told, slot in self._heard():
            told.disconnect(slot)
        self.undo.stop()
        self.let_go()
        self.close()

    def let_go(self, *, throw_away: bool = False) -> None:
        """What is typed stays on the disk, or is not wanted."""
        if self.steps is not None:
            self.steps.stop(throw_away=throw_away)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before anything typed is lost."""
        if not self._leaving and self.page.unsaved:
            from ui.dialogs.leave import LeaveDialog

            if not LeaveDialog.ask(self, 0):
                event.ignore()
                return
        self.let_go(throw_away=not self._leaving)
        self.page.stop()
        self.arrivals.stop()
        self.screen_cover.lift()
        self.keyboard.stop()
        event.accept()
        if not self._leaving:
            self.closed.emit()
