"""The acts of this window, newest last, to be taken back one after the other (Ctrl+Shift+Z).

Taking back is an act of its own: the register writes a new line and erases nothing. What was taken back last
can be done again (Ctrl+Shift+Y) until something else is done. What was thrown away unsaved comes back without
asking the register.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import Shiboken

from reception.errors import DeskError, UnreachableError
from reception.facts import Receipt, Undone
from reception.shapes import dataclass
from ui.today.drafts import Draft
from ui.today.page import TodayPage
from ui.wording import _
from ui.work import Acted, Lanes, Task

if TYPE_CHECKING:
    from ui.thrown import Thrown

_MOST = 50
"""So many acts are remembered."""
_PRINTED = "printing."
"""A print is told when it is to be taken back: the paper may lie in a cupboard."""
_NEVER = ("undoing.", "revealing.", "referrals.slip", "shifts.", "reception.paper.logos.")
"""Verbs that are no steps of their own, or cannot be taken back."""


@dataclass(frozen=True, slots=True)
class _Step:
    """An act, or what was thrown away; ``draft`` is also what a saved entry was typed as."""

    act: uuid.UUID | None
    draft: Draft | None = None
    thrown: Thrown | None = None
    printed: bool = False


@dataclass(frozen=True, slots=True)
class _Taken:
    """A step that was taken back, by which act; ``brought`` is the form that came back with it."""

    step: _Step
    turn: uuid.UUID
    brought: Draft | None = None


class UndoList(QObject):
    """Remembers, takes back, does again."""

    message = Signal(str)
    available = Signal(bool)
    """Whether there is something to take back."""
    offered = Signal(bool)
    """Whether it is worth a button: a print is only told when it is to be taken back."""
    again_available = Signal(bool)
    """Whether there is something to do again."""
    undone = Signal(object)
    """``Undone``: what was taken back or done again."""
    coming_back = Signal(object)
    """The part of a page to which text comes back: it is to be shown."""

    def __init__(self, page: TodayPage | None, lanes: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._lanes = lanes
        self._steps: list[_Step] = []
        self._taken: list[_Taken] = []
        self._asked: dict[Task, _Taken] = {}
        self._wishes: deque[Callable[[], None]] = deque()
        lanes.act_begun.connect(self._tell)
        lanes.acted.connect(self._on_acted)
        lanes.acts_settled.connect(self._on_settled)
        if page is not None:  # else there are no forms
            page.discarded.connect(self._on_discarded)
            page.saved.connect(self._on_saved)

    def stop(self) -> None:
        """Another window takes over."""
        self._lanes.act_begun.disconnect(self._tell)
        self._lanes.acted.disconnect(self._on_acted)
        self._lanes.acts_settled.disconnect(self._on_settled)

    def steps(self) -> tuple[_Step, ...]:
        """What can be taken back, for the window that takes over: parts of its pages are not these."""
        return tuple(step for step in self._steps if step.thrown is None)

    def take(self, steps: tuple[_Step, ...]) -> None:
        """Go on with what another window did."""
        self._steps = list(steps)
        self._tell()

    @Slot()
    def undo(self) -> None:
        """Take back the last act; again for the one before."""
        if self._lanes.acting:  # the last act is the one that is on its way
            self._wishes.append(self.undo)
            return
        if not self._steps:
            self.message.emit(_("There is nothing to take back."))
            return
        step = self._steps.pop()
        if step.printed:
            self._tell()
            self.message.emit(_("A print cannot be taken back: it may be in somebody's hands."))
            return
        if step.act is None:
            self._bring_back(step)
            return
        taken = _Taken(step, uuid.uuid4())
        self._ask(step.act, taken.turn, taken).done.connect(self._on_undone)

    def _bring_back(self, step: _Step) -> None:
        if step.thrown is not None:
            if not Shiboken.isValid(step.thrown.owner):
                self._tell()
                self.undo()
                return
            self.coming_back.emit(step.thrown.owner)
            if not step.thrown.come_back():
                self._steps.append(step)
                return
        else:
            assert step.draft is not None
            assert self._page is not None
            self._page.bring_back((step.draft,))
        self._tell()
        self.message.emit(_("The form is back."))

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back last; again for what was taken back before it."""
        if self._lanes.acting:
            self._wishes.append(self.redo)
            return
        if not self._taken:
            self.message.emit(_("There is nothing to do again."))
            return
        taken = self._taken.pop()
        if self._changed(taken.brought):
            self._tell()
            self.message.emit(_("The form that came back says something else by now: save it (Ctrl+Enter)."))
            return
        self._ask(taken.turn, uuid.uuid4(), taken, again=True).done.connect(self._on_redone)

    def _ask(self, act: uuid.UUID, uid: uuid.UUID, about: _Taken, *, again: bool = False) -> Task:
        task = self._lanes.write("undoing.undo", act, uid=uid)
        task.setProperty("again", again)
        self._asked[task] = about
        task.failed.connect(self._on_failed)
        self._tell()
        return task

    @Slot()
    def _on_settled(self) -> None:
        if self._wishes:
            self._wishes.popleft()()
        else:
            self._tell()

    @Slot(object)
    def _on_acted(self, acted: Acted) -> None:
        known = any(step.act == acted.uid for step in self._steps)  # asked for twice, done once
        if not known and not acted.verb.startswith(_NEVER):
            self._remember(_Step(acted.uid, printed=acted.verb.startswith(_PRINTED)))

    @Slot(object)
    def _on_discarded(self, draft: Draft) -> None:
        self._remember(_Step(None, draft))
        self.message.emit(_("The form was thrown away."))

    @Slot(object)
    def throw(self, thrown: Thrown) -> None:
        """What was typed on another page was dropped."""
        self._remember(_Step(None, thrown=thrown))
        self.message.emit(_("The form was thrown away."))

    @Slot(object, object)
    def _on_saved(self, _receipt: Receipt, draft: Draft | None) -> None:
        # The act is known already: the lanes tell of it before the page hears.
        for at, step in enumerate(self._steps):
            if draft is not None and step.act == draft.uid:
                self._steps[at] = _Step(step.act, draft)

    def _remember(self, step: _Step) -> None:
        self._steps = [*self._steps, step][-_MOST:]
        self._taken.clear()
        self._tell()

    @Slot()
    def _tell(self) -> None:
        # What is on its way can be taken back too: the keys may come faster than the register answers.
        undoing = any(not task.property("again") for task in self._asked)
        self.offered.emit(self._lanes.acting or not (self._steps and self._steps[-1].printed))
        self.available.emit(bool(self._steps) or self._lanes.acting)
        self.again_available.emit(bool(self._taken) or undoing)

    @Slot(object)
    def _on_undone(self, undone: Undone) -> None:
        taken = self._asked.pop(self._task())
        draft = taken.step.draft
        if draft is not None:  # back to the moment before it was saved
            assert self._page is not None
            uid = uuid.uuid4()
            self._page.bring_back((dataclasses.replace(draft, uid=uid, error=None),))
            taken = dataclasses.replace(taken, brought=self._form(uid))
        self._taken.append(taken)
        self._say(undone)

    @Slot(object)
    def _on_redone(self, undone: Undone) -> None:
        taken = self._asked.pop(self._task())
        if self._page is not None and taken.brought is not None and not self._changed(taken.brought):
            self._page.strike_out((taken.brought.uid,))  # it is an entry again
        self._steps.append(taken.step)
        self._say(undone)

    def _say(self, undone: Undone) -> None:
        self._tell()
        self.message.emit(words(undone))
        self.undone.emit(undone)

    def _form(self, uid: uuid.UUID) -> Draft | None:
        drafts = self._page.drafts() if self._page is not None else ()
        return next((one for one in drafts if one.uid == uid), None)

    def _changed(self, brought: Draft | None) -> bool:
        now = self._form(brought.uid) if brought is not None else None
        return brought is not None and now is not None and now.says_other_than(brought)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        task = self._task()
        taken = self._asked.pop(task)
        if isinstance(error, UnreachableError):
            if task.property("again"):
                self._taken.append(taken)
            else:
                self._steps.append(taken.step)
            self._tell()
        self.message.emit(error.say(_))

    def _task(self) -> Task:
        task = self.sender()
        assert isinstance(task, Task)
        return task


def words(undone: Undone) -> str:
    """What was taken back or done again, in words."""
    from ui.today.trail import verb_word

    name, act = undone.number, verb_word(undone.verb)
    if undone.kind == "setting":
        return _("The settings are changed again.") if undone.again else _("The settings are as before.")
    if undone.kind == "absence" and undone.verb == "create":
        told = _("{name} is away again.") if undone.again else _("Taken back: {name} is not away.")
        return told.format(name=name)
    if undone.kind == "working_year" and undone.verb == "create":
        told = _("{name} is known again.") if undone.again else _("Taken back: {name} is not known any more.")
        return told.format(name=name)
    if undone.kind != "entry" and undone.verb == "create":
        told = _("{name} is in use again.") if undone.again else _("Taken back: {name} is not in use.")
        return told.format(name=name)
    if undone.kind == "parcel":
        said = _("What is kept for {name} is changed again."), _("Taken back: kept for {name} as before.")
        return said[not undone.again].format(name=name)
    told = _("Done again: {number} {act}") if undone.again else _("Taken back: {number} {act}")
    return told.format(number=name, act=act)
