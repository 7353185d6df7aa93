"""The open forms of one window: handed to the keeper at each pause of the fingers, and brought back.

What a dead window left behind is shown once the register has said which of it was saved before that window
died; if the register does not answer it is shown all the same, and asked about later.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import Shiboken

from reception.errors import DeskError
from ui.drafts.keeper import Keeper
from ui.today.drafts import Draft
from ui.today.page import TodayPage
from ui.wording import _, ngettext
from ui.work import Lanes

_PAUSE = 80
"""Milliseconds after the first of some keys: with the time that the disk takes it stays below 300."""
_PATIENCE = 4000
"""Milliseconds that forms wait for a register that says neither yes nor no."""


class OpenForms(QObject):
    """Stands between the window's forms and the keeper.

    Args:
        page: the Today page with its form and those put aside.
        lanes: ask the register what was saved.
        keeper: keeps and brings back.
        parent: the window.
    """

    message = Signal(str)
    entry_wanted = Signal(object)
    """The ``Draft`` of a correction that was brought back: its entry is to be shown with it."""

    def __init__(self, page: TodayPage, lanes: Lanes, keeper: Keeper, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self._lanes = lanes
        self._keeper = keeper
        self._held: tuple[Draft, ...] = ()
        """Brought back, not shown yet."""
        self._unasked: dict[uuid.UUID, Draft] = {}
        """Shown before the register could say whether they are entries already."""
        self._corrections: tuple[Draft, ...] = ()
        """Wait until their entry can be shown."""
        self._corrected: Callable[[], Draft | None] | None = None
        self._watched: QWidget | None = None
        self._over = False
        self._pause = self._once(_PAUSE, self.hand_over)
        self._patience = self._once(_PATIENCE, self._show)
        self._connect()

    def _once(self, after: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(slot)
        return timer

    def _connect(self) -> None:
        self._page.open_changed.connect(self.touch)
        self._keeper.brought.connect(self._on_brought)
        self._keeper.failed.connect(self._on_failed)
        self._keeper.well.connect(self._on_well)
        self._lanes.opened.connect(self._ask)
        self._lanes.recovered.connect(self._ask)
        self._lanes.trouble.connect(self._show)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    def stop(self) -> None:
        """Another window takes over, or none: hear and tell nothing any more."""
        if self._over:
            return
        self._over = True
        self._pause.stop()
        self._patience.stop()
        self._keeper.brought.disconnect(self._on_brought)
        self._keeper.failed.disconnect(self._on_failed)
        self._keeper.well.disconnect(self._on_well)
        self._lanes.opened.disconnect(self._ask)
        self._lanes.recovered.disconnect(self._ask)
        self._lanes.trouble.disconnect(self._show)
        self._page.open_changed.disconnect(self.touch)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.disconnect(self._on_focus)

    # Towards the disk.

    @Slot()
    def touch(self) -> None:
        """Something is typed, or the cursor is elsewhere: hand over soon."""
        if not self._pause.isActive():
            self._pause.start()

    @Slot()
    def hand_over(self) -> None:
        """Hand everything that is open to the keeper now."""
        self._pause.stop()
        self._keeper.keep(self.drafts())

    def close(self) -> None:
        """The window closes: what is open is for the next start."""
        if not self._over:
            self.hand_over()
            self.stop()

    def throw_away(self) -> None:
        """The clerk said that what is typed is not wanted: nothing is kept."""
        self.stop()
        self._keeper.keep(())

    def drafts(self) -> tuple[Draft, ...]:
        """Everything that is open, the form's own last: what a window that takes over is given."""
        corrected = self._corrected() if self._corrected is not None else None
        others = (*self._corrections, *((corrected,) if corrected is not None else ()))
        return (*others, *self._held, *self._page.drafts())

    def take(self, drafts: Iterable[Draft]) -> None:
        """Go on with what another window had."""
        drafts = tuple(drafts)
        self._corrections = tuple(one for one in drafts if one.entry_id is not None)
        self._page.bring_back(tuple(one for one in drafts if one.entry_id is None))
        self._next_correction()

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        old, self._watched = self._watched, now if isinstance(now, QLineEdit | QPlainTextEdit) else None
        if isinstance(old, QLineEdit | QPlainTextEdit) and Shiboken.isValid(old):
            old.cursorPositionChanged.disconnect(self.touch)
        if isinstance(self._watched, QLineEdit | QPlainTextEdit):
            self._watched.cursorPositionChanged.connect(self.touch)
        self.touch()

    # Corrections.

    def correcting(self, ask: Callable[[], Draft | None] | None) -> None:
        """An entry is shown, and ``ask`` tells what is changed in it; None when it is closed."""
        self._corrected = ask
        self.touch()
        if ask is None:
            self._next_correction()

    def _next_correction(self) -> None:
        if self._corrections and self._corrected is None and self._lanes.catalogue is not None:
            first, *rest = self._corrections
            self._corrections = tuple(rest)
            self.entry_wanted.emit(first)

    # From the disk.

    @Slot(object)
    def _on_brought(self, drafts: tuple[Draft, ...]) -> None:
        open_ones = {one.uid for one in self.drafts()}
        self._held += tuple(one for one in drafts if one.uid not in open_ones)
        self._keeper.keep(self.drafts(), taken=[one.uid for one in drafts])
        if self._lanes.in_trouble is not None:
            self._show()
        else:
            self._patience.start()
            self._ask()

    @Slot()
    def _ask(self) -> None:
        """Ask which of them are entries already."""
        uids = (*(one.uid for one in self._held if one.entry_id is None), *self._unasked)
        if self._lanes.catalogue is None:
            return
        if not uids:
            self._show()
            return
        task = self._lanes.read("drafts.saved", "drafts.saved", uids)
        task.done.connect(self._on_saved)
        task.failed.connect(self._show)

    @Slot(object)
    def _on_saved(self, saved: frozenset[uuid.UUID]) -> None:
        self._held = tuple(one for one in self._held if one.uid not in saved)
        unasked, self._unasked = self._unasked, {}
        there = {one.uid: one for one in self._page.drafts()}
        for uid in saved & unasked.keys() & there.keys():
            if _text(there[uid]) == _text(unasked[uid]):
                self._page.strike_out({uid})
            else:  # what was typed since is not in that entry
                self._page.strike_out({uid})
                self._page.bring_back((dataclasses.replace(there[uid], uid=uuid.uuid4()),))
        self._show(asked=True)
        self.touch()

    @Slot()
    def _show(self, _error: object = None, *, asked: bool = False) -> None:
        self._patience.stop()
        held, self._held = self._held, ()
        forms = tuple(one for one in held if one.entry_id is None)
        corrections = tuple(one for one in held if one.entry_id is not None)
        self._corrections += corrections
        if not asked:
            self._unasked |= {one.uid: one for one in forms}
        if forms:
            self._page.bring_back(forms)
        if held:
            count = len(held)
            template = ngettext(
                "{count} form that was not saved is back as it was.",
                "{count} forms that were not saved are back as they were.",
                count,
            )
            self.message.emit(template.format(count=count))
        self._next_correction()
        self.touch()

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.message.emit(error.say(_))

    @Slot()
    def _on_well(self) -> None:
        self.message.emit(_("What you type is kept on the disk again."))


def _text(draft: Draft) -> tuple[object, ...]:
    """What is typed, wherever the cursor stands."""
    return draft.kind, draft.raw, draft.people
