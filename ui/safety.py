"""What keeps the work safe: forms that outlive the window, acts taken back, the cover, codes scanned."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from reception.errors import DeskError
from reception.facts import Catalogue, Receipt
from reception.numbers import Number
from ui.cover import Screen
from ui.drafts.forms import OpenForms
from ui.drafts.keeper import Keeper
from ui.keyboard import Keyboard
from ui.today.page import TodayPage
from ui.undo import UndoList
from ui.wording import _
from ui.work import Lanes

if TYPE_CHECKING:
    from ui.drafts.steps import KeptSteps
    from ui.pages import Page
    from ui.referrals.asking_panel import AskingPanel
    from ui.today.entry_view import EntryDialog


TAKING_BACK = ("redo", "undo")
"""The actions that every message of an act offers."""


class Safety(QObject):
    """Wired to the window's Today page, its keys and the lanes.

    Args:
        page: its form and those put aside.
        lanes: the way to the register.
        keeper: keeps the forms on the disk; None keeps them in the window only.
        actions: the window's, by name.
        parent: the window.
    """

    message = Signal(str)
    entry_wanted = Signal(object)
    """The ``Draft`` of a correction that came back: its entry is to be shown."""
    page_wanted = Signal(str)
    """The page to which something comes back."""

    def __init__(
        self,
        page: TodayPage,
        lanes: Lanes,
        keeper: Keeper | None,
        actions: Mapping[str, QAction],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._page = page
        self._keeper = keeper
        self._steps: list[tuple[Keeper, KeptSteps]] = []
        self.undo = UndoList(page, lanes, self)
        self.screen = Screen(self)
        self.keyboard = Keyboard(self.screen, self)
        self.forms = OpenForms(page, lanes, keeper, parent) if keeper is not None else None
        self._actions = actions
        actions["undo"].setIconText(_("Undo  Ctrl+Shift+Z"))
        actions["undo"].triggered.connect(self.undo.undo)
        actions["redo"].setIconText(_("Do again  Ctrl+Shift+Y"))
        actions["redo"].triggered.connect(self.undo.redo)
        for name in TAKING_BACK:
            actions[name].setEnabled(False)
        actions["cover"].triggered.connect(self.screen.cover)
        self.undo.offered.connect(actions["undo"].setData)
        self.undo.available.connect(actions["undo"].setEnabled)
        self.undo.again_available.connect(actions["redo"].setEnabled)
        self.undo.message.connect(self.message)
        self.undo.coming_back.connect(self._on_coming_back)
        self.keyboard.scanned.connect(self._on_scanned)
        self.keyboard.pressed.connect(self._on_pressed)
        if self.forms is not None:
            self.forms.message.connect(self.message)
            self.forms.entry_wanted.connect(self.entry_wanted)

    # Pages, windows and dialogs.

    @Slot(str, object)
    def watch(self, _name: str, page: Page) -> None:
        """Hear what is thrown away on a page that was made."""
        page.thrown.connect(self.undo.throw)
        if self.forms is None:
            return
        if (panel := getattr(page, "panel", None)) is not None:
            self.keep_steps("desk", panel)
        if (made := getattr(page, "panel_made", None)) is not None:  # a page of rooms, each made when shown
            made.connect(self.keep_steps)

    @Slot(str, object)
    def keep_steps(self, name: str, panel: AskingPanel) -> None:
        """Keep what is half typed in a panel, under ``name``, and bring back what an earlier window kept."""
        from ui.drafts.steps import KeptSteps

        assert self._keeper is not None
        if not self._steps:
            self._lanes.opened.connect(self._on_opened)
        keeper = Keeper(self._keeper.root.parent / "steps" / name, self)
        steps = KeptSteps(panel, keeper, self)
        self._steps.append((keeper, steps))
        steps.message.connect(self.message)
        keeper.start(self._lanes.place)
        if self._lanes.catalogue is not None:
            keeper.opened(self._lanes.place, self._lanes.catalogue.site.uid)

    @Slot()
    def tell_left(self) -> None:
        """Say where something half typed waits that comes back once its page is opened."""
        catalogue = self._lanes.catalogue
        if self._keeper is None or catalogue is None:
            return
        from ui.drafts.left import left

        if names := left(self._keeper.root.parent / "steps", catalogue.site.uid):
            said = _("Half typed, and there as soon as you open it: {names}")
            self.message.emit(said.format(names=_(", ").join(names)))

    @Slot(object)
    def _on_opened(self, catalogue: Catalogue) -> None:
        for keeper, _steps in self._steps:
            keeper.opened(self._lanes.place, catalogue.site.uid)

    def _let_steps_go(self) -> None:
        if self._steps:
            self._lanes.opened.disconnect(self._on_opened)
        for keeper, steps in self._steps:
            steps.stop()
            keeper.stop()
        self._steps = []

    @Slot(object)
    def _on_coming_back(self, part: QWidget) -> None:
        from ui.thrown import page_of

        self.page_wanted.emit(page_of(part))

    def guard_entry(self, dialog: EntryDialog) -> None:
        """Keep what is changed in an entry that is shown, and take its acts back."""
        dialog.message.offer([self._actions[name] for name in TAKING_BACK])
        self.undo.undone.connect(dialog.on_undone)
        self.message.connect(dialog.say)
        if self.forms is not None:
            dialog.form.edited.connect(self.forms.touch)
            dialog.finished.connect(self._on_entry_closed)
            self.forms.correcting(dialog.kept)

    @Slot()
    def _on_entry_closed(self) -> None:
        if self.forms is not None:
            self.forms.correcting(None)

    def take_over(self, other: Safety) -> None:
        """Go on with what another window had."""
        if self.forms is not None and other.forms is not None:
            self.forms.take(other.forms.drafts())
        else:
            self._page.bring_back(other._page.drafts())
        self.undo.take(other.undo.steps())

    def hand_on(self) -> None:
        """Another window takes over: hear and tell nothing any more."""
        if self.forms is not None:
            self.forms.stop()
        self._let_steps_go()
        self.undo.stop()

    def throw_away(self) -> None:
        """What is typed is not wanted: nothing is kept."""
        if self.forms is not None:
            self.forms.throw_away()
        for _keeper, steps in self._steps:
            steps.stop(throw_away=True)

    def stop(self) -> None:
        """The window closes."""
        if self.forms is not None:
            self.forms.close()
        self._let_steps_go()
        self.screen.lift()
        self.keyboard.stop()

    @Slot(str)
    def _on_pressed(self, name: str) -> None:
        self._actions[name].trigger()

    # Codes.

    @Slot(object)
    def _on_scanned(self, number: Number) -> None:
        task = self._lanes.read(f"scanned.{number}", "reading.find_entry", number)
        task.done.connect(self._check_out)
        task.failed.connect(self._on_refused)

    @Slot(object)
    def _check_out(self, entry_id: int) -> None:
        task = self._lanes.write("presence.check_out", entry_id, uid=uuid.uuid4())
        task.done.connect(self._on_left)
        task.failed.connect(self._on_refused)

    @Slot(object)
    def _on_left(self, receipt: Receipt) -> None:
        self.message.emit(_("{number} has left").format(number=receipt.number))

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        self.message.emit(error.say(_))
