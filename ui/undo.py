"""The acts of this window, newest last, to be taken back one after the other (Ctrl+Shift+Z).

Taking back is an act of its own: the register writes a new line and erases nothing. What was thrown away
unsaved comes back without asking the register.
"""

from __future__ import annotations

import dataclasses
import uuid

from PySide6.QtCore import QObject, Signal, Slot

from reception.errors import DeskError, UnreachableError
from reception.facts import Receipt, Undone
from reception.shapes import dataclass
from ui.today.drafts import Draft
from ui.today.page import TodayPage
from ui.wording import _
from ui.work import Acted, Lanes, Task

_MOST = 50
"""So many acts are remembered."""


@dataclass(frozen=True, slots=True)
class _Step:
    """An act, or a form that was thrown away; ``draft`` is what a saved entry was typed as."""

    act: uuid.UUID | None
    draft: Draft | None = None


class UndoList(QObject):
    """Remembers and takes back."""

    message = Signal(str)
    available = Signal(bool)
    """Whether there is something to take back."""
    undone = Signal(object)
    """``Undone``: what was taken back."""

    def __init__(self, page: TodayPage, lanes: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._lanes = lanes
        self._steps: list[_Step] = []
        self._asked: dict[Task, _Step] = {}
        self._wishes = 0
        lanes.acted.connect(self._on_acted)
        lanes.acts_settled.connect(self._on_settled)
        page.discarded.connect(self._on_discarded)
        page.saved.connect(self._on_saved)

    def stop(self) -> None:
        """Another window takes over."""
        self._lanes.acted.disconnect(self._on_acted)
        self._lanes.acts_settled.disconnect(self._on_settled)

    def steps(self) -> tuple[_Step, ...]:
        """What can be taken back, for the window that takes over."""
        return tuple(self._steps)

    def take(self, steps: tuple[_Step, ...]) -> None:
        """Go on with what another window did."""
        self._steps = list(steps)
        self.available.emit(bool(self._steps))

    @Slot()
    def undo(self) -> None:
        """Take back the last act; again for the one before."""
        if self._lanes.acting:  # the last act is the one that is on its way
            self._wishes += 1
            return
        if not self._steps:
            self.message.emit(_("There is nothing to take back."))
            return
        step = self._steps.pop()
        self.available.emit(bool(self._steps))
        if step.act is None:
            assert step.draft is not None
            self._page.bring_back((step.draft,))
            self.message.emit(_("The form is back."))
            return
        task = self._lanes.write("undoing.undo", step.act, uid=uuid.uuid4())
        self._asked[task] = step
        task.done.connect(self._on_undone)
        task.failed.connect(self._on_failed)

    @Slot()
    def _on_settled(self) -> None:
        if self._wishes:
            self._wishes -= 1
            self.undo()

    @Slot(object)
    def _on_acted(self, acted: Acted) -> None:
        if isinstance(acted.result, Receipt) and not acted.verb.startswith("undoing."):
            self._remember(_Step(acted.uid))

    @Slot(object)
    def _on_discarded(self, draft: Draft) -> None:
        self._remember(_Step(None, draft))
        self.message.emit(_("The form was thrown away."))

    @Slot(object, object)
    def _on_saved(self, _receipt: Receipt, draft: Draft | None) -> None:
        # The act is known already: the lanes tell of it before the page hears.
        for at, step in enumerate(self._steps):
            if draft is not None and step.act == draft.uid:
                self._steps[at] = _Step(step.act, draft)

    def _remember(self, step: _Step) -> None:
        self._steps = [*self._steps, step][-_MOST:]
        self.available.emit(True)

    @Slot(object)
    def _on_undone(self, undone: Undone) -> None:
        step = self._asked.pop(self._task(), None)
        if step is not None and step.draft is not None:  # back to the moment before it was saved
            self._page.bring_back((dataclasses.replace(step.draft, uid=uuid.uuid4(), error=None),))
        self.message.emit(words(undone))
        self.undone.emit(undone)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        step = self._asked.pop(self._task(), None)
        if isinstance(error, UnreachableError) and step is not None:
            self._remember(step)
        self.message.emit(error.say(_))

    def _task(self) -> Task:
        task = self.sender()
        assert isinstance(task, Task)
        return task


def words(undone: Undone) -> str:
    """What was taken back, in words."""
    from ui.today.trail import verb_word

    return _("Taken back: {number} {act}").format(number=undone.number, act=verb_word(undone.verb))
