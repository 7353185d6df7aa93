"""The threads behind `ui.work`: plain Python threads that know neither widgets nor signals.

They report through one callable, which `ui.work.Lanes` points at a queued signal. Only plain data crosses: a
Qt object that a worker held last would be destroyed in the wrong thread.
"""

from __future__ import annotations

import functools
import importlib
import queue
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from reception.errors import DeskError, DisturbedError, SurroundingsError, UnreachableError
from reception.shapes import dataclass
from reception.wording import N_
from ui.indexing import Indexer

if TYPE_CHECKING:
    from reception.desk import Desk
    from ui.backing import Backer

DESK = object()
"""Stands for the open desk among the arguments of an errand."""
PROGRESS = object()
"""Stands for a callable that reports an errand's progress."""
PLACE = object()
"""Stands for the register's place, path or URL, among the arguments of an errand."""

_POLL_SECONDS = 0.33  # another process's entry has to show within a second
_POLL_IN_TROUBLE = 3.0
# Seconds. Qt lets go of the interpreter's lock at each call; with Python's own 5 ms a busy lane would keep
# the window waiting that long each time, at the start as well as while somebody types.
_SWITCH_INTERVAL = 0.0005


@dataclass(frozen=True, slots=True)
class Job:
    """What a lane is asked to do.

    ``name`` is a verb under ``reception.operations``, or a dotted function for errands; ``uid`` is the act's.
    """

    id: int
    lane: str
    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    topic: str = ""
    uid: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a lane reports.

    ``done``, ``failed``, ``bug`` and ``progress`` belong to a job; ``opened``, ``trouble``, ``recovered``,
    ``changed``, ``indexed`` and ``unbacked`` to none. ``told``: the journal tells of an act that was done.
    """

    what: str
    value: Any = None
    job: int = 0
    told: bool = False


class _Topics:
    """The read lane's queue: one waiting question per topic; a newer one takes the place of the older."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._more = threading.Condition()

    def put(self, job: Job) -> None:
        with self._more:
            self._jobs.pop(job.topic, None)
            self._jobs[job.topic] = job
            self._more.notify()

    def get(self) -> Job:
        with self._more:
            self._more.wait_for(lambda: bool(self._jobs))
            return self._jobs.pop(next(iter(self._jobs)))


class Engine:
    """Opens the register in the read lane and runs the jobs of all lanes."""

    def __init__(
        self, place: str, desk: str, operator: str, report: Callable[[Answer], None], department: str = ""
    ) -> None:
        self._place = place
        self._code = desk
        self._operator = operator
        self._department = department
        self._report = report
        self._desk: Desk | None = None
        self._why: DeskError | None = None
        self._users = 0
        self._interval: float | None = None
        self._idle = threading.Condition()
        self._settled = threading.Event()
        self._poke = threading.Event()
        self._ending = threading.Event()
        self._writes: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._errands: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._watcher: Any = None
        self._reads = _Topics()
        self._indexer = Indexer(self._in_use, self._where, lambda *far: report(Answer("indexed", far)))
        self._aside: list[Indexer | Backer] = [self._indexer]
        # Daemons: a lane stuck in a dead connection must not keep a closed program alive.
        self._threads = [
            threading.Thread(target=run, name=name, daemon=True)
            for name, run in (
                ("read lane", self._read_lane),
                ("write lane", self._write_lane),
                ("errand lane", self._errand_lane),
                ("watcher", self._watch),
                # a department looks nothing up in what is indexed, and has no business with all of it
                *((("indexer", self._indexer.run),) if not department else ()),
            )
        ]

    def start(self) -> None:
        """Start the threads; the first thing they do is to open the register."""
        self._interval = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH_INTERVAL)
        self._put_open()
        for thread in self._threads:
            thread.start()

    def submit(self, job: Job) -> None:
        """Put a job into its lane."""
        match job.lane:
            case "read":
                self._reads.put(job)
            case "errand":
                self._errands.put(job)
            case _:
                self._writes.put(job)

    def retry(self) -> None:
        """Open the register if it is not open; look for the server at once if it is."""
        if self._desk is None:
            self._put_open()
        self._poke.set()

    def keep_backups(self, folder: str) -> None:
        """Have the day's backups made in ``folder`` from now on, anew with each register that was opened."""
        from ui.backing import Backer

        self.rest_backups()
        if not self._ending.is_set():
            backer = Backer(
                self._in_use, self._where, folder, lambda why: self._report(Answer("unbacked", why))
            )
            self._aside.append(backer)
            self._threads.append(threading.Thread(target=backer.run, name="backups", daemon=True))
            self._threads[-1].start()

    def rest_backups(self) -> None:
        """Make none any more; one that is being made is dropped."""
        while len(self._aside) > 1:
            self._aside.pop().end()

    def reopen(self, place: str) -> None:
        """After the writes already asked for, close the register and open the one at ``place``."""
        self._writes.put(Job(0, "reopen", place, (), {}))

    def stop(self, seconds: float) -> bool:
        """End the lanes after what was asked before; True when all ended within ``seconds``."""
        if self._interval is not None:
            sys.setswitchinterval(self._interval)
            self._interval = None
        self._ending.set()
        self._poke.set()
        self._indexer.end()
        self.rest_backups()
        end = Job(0, "end", "", (), {}, "\0end")
        for lane in (self._reads, self._writes, self._errands):
            lane.put(end)
        alive = False
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(seconds)
                alive = alive or thread.is_alive()
        if not alive and self._desk is not None:
            self._desk.close()
            self._desk = None
        return not alive

    # The lanes themselves.

    def _read_lane(self) -> None:
        while True:
            job = self._reads.get()
            if job.lane == "end":
                return
            if job.lane == "open":
                self._open()
            else:
                self._serve(job, writing=False)

    def _write_lane(self) -> None:
        while True:
            job = self._writes.get()
            if job.lane == "end":
                self._settled.set()
                return
            self._settled.wait()
            if job.lane == "reopen":
                self._leave(job.name)
                self._put_open()
                continue
            if job.lane == "restore":
                self._guard(job, self._restore)
                self._put_open()
                continue
            if job.lane == "operator":
                self._operator = job.name
                if self._desk is not None:
                    self._desk.operator = job.name
            else:
                self._serve(job, writing=True)

    def _errand_lane(self) -> None:
        while True:
            job = self._errands.get()
            if job.lane == "end":
                return
            self._guard(job, self._errand)

    def _watch(self) -> None:
        in_trouble = False
        while not self._ending.is_set():
            self._poke.wait(_POLL_IN_TROUBLE if in_trouble else _POLL_SECONDS)
            self._poke.clear()
            desk = self._desk
            if desk is None or self._ending.is_set():
                continue
            try:
                with self._in_use():
                    changes = self._watcher.poll()
            except DeskError as error:
                if desk is self._desk and not in_trouble:
                    in_trouble = True
                    self._report(Answer("trouble", error))
                continue
            except Exception as error:
                if desk is self._desk and not self._ending.is_set():
                    self._report(Answer("bug", error))
                    return
                continue
            if in_trouble:
                in_trouble = False
                self._report(Answer("recovered"))
            if changes:
                self._report(Answer("changed", tuple(changes)))

    # What they do.

    def _open(self) -> None:
        if self._desk is not None:
            self._settled.set()
            return
        try:
            engine = importlib.import_module("reception.desk")
            directory = importlib.import_module("reception.operations.directory")
            who = {"desk": self._code, "operator": self._operator, "department": self._department}
            desk = engine.Desk.open(self._where(), seen=True, **who)
            try:
                # First: whatever others commit after the window's first question has to be told.
                self._watcher = importlib.import_module("reception.store.changes").Watcher(desk)
                catalogue = desk.ask(directory.catalogue)
            except BaseException:
                desk.close()
                raise
            self._desk, self._why = desk, None
            self._report(Answer("opened", catalogue))
        except DeskError as error:
            self._why = error
            self._report(Answer("trouble", error))
        except Exception as error:
            self._why = SurroundingsError(N_("The register cannot be opened: the program made a mistake."))
            self._report(Answer("bug", error))
            self._report(Answer("trouble", self._why))
        finally:
            self._settled.set()

    def _put_open(self) -> None:
        self._settled.clear()
        self._reads.put(Job(0, "open", "", (), {}, "\0open"))

    def _leave(self, place: str) -> None:
        desk, self._desk = self._desk, None
        self._place = place
        for one in self._aside:
            one.leave()
        with self._idle:
            self._idle.wait_for(lambda: self._users == 0)
        if desk is not None:
            desk.close()

    @contextmanager
    def _in_use(self) -> Iterator[Desk]:
        """The open desk, which is not closed meanwhile. Raises why there is none."""
        with self._idle:
            if self._desk is None:
                raise self._why or SurroundingsError(N_("The register is not open."))
            desk = self._desk
            self._users += 1
        try:
            yield desk
        finally:
            with self._idle:
                self._users -= 1
                self._idle.notify_all()

    def _serve(self, job: Job, *, writing: bool) -> None:
        self._guard(job, self._write if writing else self._read)

    def _guard(self, job: Job, run: Callable[[Job], Any]) -> None:
        try:
            value = run(job)
        except DeskError as error:
            self._report(Answer("failed", error, job.id))
            if isinstance(error, UnreachableError):
                self._poke.set()  # the watcher finds out and tells the window once
            elif isinstance(error, DisturbedError):
                self.reopen(self._place)
        except Exception as error:
            self._report(Answer("bug", error, job.id))
        else:
            told, value = value if job.lane == "write" else (False, value)
            self._report(Answer("done", value, job.id, told))

    def _write(self, job: Job) -> tuple[bool, Any]:
        verb, is_told = _verb(job.name), _function("reception.journal.is_told")

        @functools.wraps(verb)
        def run(session: Any, *args: Any, **kwargs: Any) -> tuple[bool, Any]:
            result = verb(session, *args, **kwargs)
            return is_told(session, job.uid), result

        with self._in_use() as desk:
            done = desk.do(run, *job.args, **job.kwargs)
        self._poke.set()  # show what was saved at once, not at the next poll
        return done

    def _read(self, job: Job) -> Any:
        with self._in_use() as desk:
            return desk.ask(_verb(job.name), *job.args, **job.kwargs)

    def _restore(self, job: Job) -> Any:
        self._leave(self._place)
        restore = _function("reception.store.restore.restore")
        return restore(self._where(), *job.args, self._progress(job.id), **job.kwargs)

    def _errand(self, job: Job) -> Any:
        if not any(value is DESK for value in (*job.args, *job.kwargs.values())):
            return self._run(job, None)
        self._settled.wait()
        with self._in_use() as desk:
            return self._run(job, desk)

    def _run(self, job: Job, desk: Desk | None) -> Any:
        def filled(value: Any) -> Any:
            if value is DESK:
                return desk
            if value is PLACE:
                return self._where()
            return self._progress(job.id) if value is PROGRESS else value

        kwargs = {key: filled(value) for key, value in job.kwargs.items()}
        return _function(job.name)(*map(filled, job.args), **kwargs)

    def _where(self) -> str:
        """The register's place; the usual one of this user where none was named."""
        return self._place or str(importlib.import_module("reception.desk").default_place())

    def _progress(self, job: int) -> Callable[..., None]:
        def report(*values: Any) -> None:
            self._report(Answer("progress", values, job))

        return report


def _verb(name: str) -> Callable[..., Any]:
    return _function(name if name.startswith("reception.") else f"reception.operations.{name}")


def _function(name: str) -> Callable[..., Any]:
    module, _, attribute = name.rpartition(".")
    function: Callable[..., Any] = getattr(importlib.import_module(module), attribute)
    return function
