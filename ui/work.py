"""The lanes: everything that touches the register happens in them, never in the GUI thread.

One ordered **write lane**; one **read lane**, in which the latest question of a topic wins; an **errand
lane** for what takes longer than a blink (backups, paper); a **watcher** that notices what any process has
committed. Answers come back as signals in the GUI thread. Nothing here imports the engine: the lanes do,
after the window has been painted.
"""

from __future__ import annotations

import dataclasses
import itertools
import logging
import uuid
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from reception.errors import DeskError, SurroundingsError
from reception.facts import Catalogue, Change, NewEntry
from reception.shapes import dataclass
from reception.wording import N_
from ui.changes import concerns
from ui.lanes import DESK, PLACE, PROGRESS, Answer, Engine, Job

__all__ = ["DESK", "PLACE", "PROGRESS", "Acted", "Lanes", "Task"]

MISTAKE = N_("The program made a mistake. What you typed is still here; please try again.")
_DIRECTORY_KINDS = frozenset(
    {"department", "matter", "operator", "setting", "desk", "limit_rule", "absence", "working_year"}
)
_NOBODYS = frozenset({"presence.close_days"})
"""What the desk does by itself is no act of the clerk's."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Acted:
    """A verb that was done, the uid of the act, and what came of it."""

    verb: str
    uid: uuid.UUID
    result: Any


class Task(QObject):
    """One question to a lane.

    Its signals come later, in the GUI thread. Connect bound methods of QObjects only.
    """

    done = Signal(object)
    failed = Signal(object)
    """A ``DeskError``. After a bug it is a general sentence; the bug itself went to the guarded hook."""
    progressed = Signal(object)


class Lanes(QObject):
    """The way from the window to the register and back.

    Args:
        place: path or URL of the register; "" is the usual place of this user.
        desk: code of this installation's desk.
        operator: the clerk at the desk.
        department: code of the department whose inbox this is; "" for a desk.
    """

    opening = Signal()
    opened = Signal(object)
    """``Catalogue``: the register is open."""
    trouble = Signal(object)
    """``DeskError``: the register cannot be opened, or the server went away."""
    recovered = Signal()
    """The server answers again; whoever shows something asks anew."""
    changed = Signal(object)
    """``tuple[Change, ...]`` committed by any process, this one included."""
    catalogue_changed = Signal(object)
    """``Catalogue``: departments, matters, clerks or settings are new."""
    acted = Signal(object)
    """``Acted``: a writing verb of this window was done and changed something; before its task's ``done``."""
    indexed = Signal(object)
    """``(done, all)`` while what searches look things up in is being filled; equal when it is filled."""
    unbacked = Signal(object)
    """``DeskError``: why the day's backup was not made."""
    act_begun = Signal()
    """A writing verb of this window is on its way."""
    acts_settled = Signal()
    """No writing verb of this window is on its way any more; told after the last task's own signal."""
    bug = Signal(object)
    """An exception that is nobody's fault but the program's."""
    _answered = Signal(object)

    def __init__(
        self,
        place: str,
        *,
        desk: str = "",
        operator: str = "",
        department: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.place = place
        self.department = department
        self.catalogue: Catalogue | None = None
        self.in_trouble: DeskError | None = None
        self._ids = itertools.count(1)
        self._tasks: dict[int, Task] = {}
        self._latest: dict[str, int] = {}
        self._acts: dict[int, tuple[str, uuid.UUID]] = {}
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._engine = Engine(place, desk, operator, self._answered.emit, department)

    def start(self) -> None:
        """Start the lanes and open the register. Call it after the first paint: it imports the engine."""
        self._engine.start()
        self.opening.emit()

    def stop(self, seconds: float = 10.0) -> bool:
        """Finish the writes, close the register and wait; False when a lane did not end in time."""
        return self._engine.stop(seconds)

    @property
    def idle(self) -> bool:
        """Whether everything that was asked has been answered."""
        return not self._tasks

    @property
    def acting(self) -> bool:
        """Whether a writing verb of this window is on its way."""
        return bool(self._acts)

    def retry(self) -> None:
        """Try again to open the register, or to reach the server."""
        self.opening.emit()
        self._engine.retry()

    def look_again(self) -> None:
        """The same without a word of it before it succeeds: nobody asked."""
        self._engine.retry()

    def keep_backups(self, folder: str) -> None:
        """Have the day's backups made in ``folder`` from now on, of the register that is open now."""
        self._engine.keep_backups(folder)

    def rest_backups(self) -> None:
        """Make none any more; one that is being made is dropped."""
        self._engine.rest_backups()

    def reopen(self, place: str) -> None:
        """Leave the register that is open, if any, and open the one at ``place``."""
        self.place = place
        self.opening.emit()
        self._engine.reopen(place)

    def write(self, verb: str, /, *args: Any, **kwargs: Any) -> Task:
        """Run a writing verb (``"entries.register"``), in the order in which they were asked."""
        uid = kwargs.get("uid") or next((one.uid for one in args if isinstance(one, NewEntry)), None)
        job = Job(next(self._ids), "write", verb, args, kwargs, uid=uid)
        if uid is not None and verb not in _NOBODYS:
            self._acts[job.id] = verb, uid
            self.act_begun.emit()
        return self._ask(job)

    def read(self, topic: str, verb: str, /, *args: Any, **kwargs: Any) -> Task:
        """Run a reading verb; a later question of the same ``topic`` silently drops this one.

        A name that starts with ``reception.`` is a function outside the verbs, called with the session too.
        """
        job = Job(next(self._ids), "read", verb, args, kwargs, topic)
        older = self._latest.get(topic)
        if older is not None and (dropped := self._tasks.pop(older, None)) is not None:
            dropped.deleteLater()
        self._latest[topic] = job.id
        return self._ask(job)

    def errand(self, function: str, /, *args: Any, **kwargs: Any) -> Task:
        """Run any function by its dotted name (``"reception.store.backup.backup"``) in the errand lane.

        Among the arguments ``DESK`` becomes the open desk, ``PLACE`` the register's path or URL, and
        ``PROGRESS`` a callable whose arguments the task's ``progressed`` carries as a tuple. Without ``DESK``
        the register need not be open.
        """
        return self._ask(Job(next(self._ids), "errand", function, args, kwargs))

    def restore(self, path: object) -> Task:
        """Close the register, put the backup at ``path`` in its place, and open it again."""
        self.opening.emit()
        return self._ask(Job(next(self._ids), "restore", "", (path,), {}))

    def set_operator(self, name: str) -> None:
        """From the next write on, ``name`` is the clerk."""
        self._engine.submit(Job(next(self._ids), "operator", name, (), {}))
        if self.catalogue is not None:
            self.catalogue = dataclasses.replace(self.catalogue, operator=name)

    def refresh_catalogue(self) -> None:
        """Read the catalogue anew; ``catalogue_changed`` follows."""
        self.read("catalogue", "directory.catalogue").done.connect(self._on_catalogue)

    def _ask(self, job: Job) -> Task:
        task = Task(self)
        self._tasks[job.id] = task
        self._engine.submit(job)
        return task

    @Slot(object)
    def _deliver(self, answer: Answer) -> None:
        match answer.what:
            case "done" | "failed" | "bug":
                self._finish(answer)
            case "progress":
                if (task := self._tasks.get(answer.job)) is not None:
                    task.progressed.emit(answer.value)
            case "opened":
                self.in_trouble = None
                self.catalogue = answer.value
                self.opened.emit(answer.value)
            case "trouble":
                self.in_trouble = answer.value
                self.trouble.emit(answer.value)
            case "recovered":
                self.in_trouble = None
                self.recovered.emit()
            case "changed":
                self._on_changed(answer.value)
            case "indexed":
                self.indexed.emit(answer.value)
            case "unbacked":
                self.unbacked.emit(answer.value)

    def _finish(self, answer: Answer) -> None:
        if answer.what == "bug":
            self.bug.emit(answer.value)
        act = self._acts.pop(answer.job, None)
        if act is not None and answer.what == "done" and answer.told:
            self.acted.emit(Acted(*act, answer.value))
        task = self._tasks.pop(answer.job, None)
        if task is None:  # superseded by a later question
            return
        if answer.what == "done":
            task.done.emit(answer.value)
        elif answer.what == "failed":
            task.failed.emit(answer.value)
        else:
            task.failed.emit(SurroundingsError(MISTAKE))
        task.deleteLater()
        if act is not None and not self._acts:
            self.acts_settled.emit()

    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        self.changed.emit(changes)
        if concerns(changes, *_DIRECTORY_KINDS):
            self.refresh_catalogue()

    @Slot(object)
    def _on_catalogue(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.catalogue_changed.emit(catalogue)
