"""Derived indexes, filled beside the work: in small transactions, by one process at a time.

Whatever is derived can be made anew from the records, so a process that is killed loses nothing: the next one
goes on where the last whole batch ended. A claim in ``derived_state`` keeps two processes from the same work.
It is looked at in every transaction, so that one that slept past its claim writes nothing any more.
"""

from __future__ import annotations

import os
import random
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, delete, select, text, update
from sqlalchemy.dialects.postgresql import insert as server_insert
from sqlalchemy.dialects.sqlite import insert as file_insert
from sqlalchemy.exc import SQLAlchemyError

from reception import tables
from reception.context import Session
from reception.errors import DeskError
from reception.store import log
from reception.store.opened import OpenRegister
from reception.store.trouble import plain_error, worth_repeating

Write = Callable[[Session], None]
Progress = Callable[[int, int], None]
CLAIM = 20
"""Seconds after which a claim that nobody renews is anybody's."""
WAIT = 0.05
"""Seconds until a batch is asked for again that cannot begin yet."""
_NICENESS = 10
MOST_REST = 0.05
"""Seconds; on a machine that is busy anyway the rests would never end."""
LOG_PAGES = 1_000
"""The log of a file is carried over after so many pages (4 MB): not to be left to somebody's save."""
CARRIED = 20
"""Where somebody works, it is carried over after the rests of so many transactions: less at a time."""
GIVEN_WAY = 0.2
"""Seconds of rest after somebody has saved into a file: often the next save follows at once."""
MUCH = 50_000
"""Rows after which a server's tables are tended at once: until then it plans as if they were empty."""
PATIENCE = 5
"""So many times in a row a batch is begun again that met with what others did at the same moment."""
_OWNER, _UNTIL = "claim.owner", "claim.until"
_S = tables.state
_WORKED_OUT = ("person", "person_phone", "entry_party")
"""Also filled beside the work, though not derived altogether."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read and worked out at one time.

    Attributes:
        writes: each is run in a transaction of its own, in order. Any of them may be run again, because a
            batch that was broken off begins anew.
        then: from where the next batch goes on when all of this one is written, as ``begin`` takes it; None
            where only the register can tell.
    """

    writes: Sequence[Write] = ()
    then: Any = None


class Filler(Protocol):
    """One derived index."""

    name: str
    """Its rows in ``derived_state`` begin with it."""

    def progress(self, session: Session) -> tuple[int, int]:
        """How much is done of all, by a few cheap look-ups; equal when nothing is to be done."""
        ...

    def begin(self, session: Session, rows: int, after: Any = None) -> Batch:
        """Read what the next batch needs, without a lock, and give its writes, of about ``rows`` rows each.

        ``after`` is what the batch before has said of it, which may be on its way into the register yet: the
        next one is read meanwhile where somebody waits. It may rest on nothing that only those writes tell.
        """
        ...


@dataclass(frozen=True, slots=True)
class Pace:
    """``rows`` in a transaction, and how much longer than the work the rest after it is."""

    rows: int
    rest: float


FULL = Pace(5_000, 0.0)
"""Somebody waits for it."""
GENTLE = Pace(150, 2.0)
"""Somebody works meanwhile: a save waits 4 ms at most, and seldom."""


class _LostError(Exception):
    """Another process has taken over."""


class Filling:
    """Fills the derived indexes of an open register, in the thread that calls it.

    Args:
        desk: the register.
        fillers: the indexes, in the order in which they are filled.
        pace: how hard to work.
        claim: seconds without a sign of life after which another process may take over.
        sleep: how to rest for so many seconds.
    """

    def __init__(
        self,
        desk: OpenRegister,
        fillers: Sequence[Filler],
        pace: Pace = FULL,
        claim: int = CLAIM,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._desk = desk
        self._fillers = fillers
        self._pace = pace
        self._claim = claim
        self._sleep = sleep
        self._token = random.SystemRandom().getrandbits(62)
        self._connection: Connection | None = None
        self._writes: Iterator[Write] = iter(())
        self._ahead: tuple[Filler, Future[Batch]] | None = None
        self._written = 0
        self._refused = 0
        self._version: int | None = None
        self._uncarried = 0

    def progress(self) -> tuple[int, int]:
        """How much is done of all, whoever does it. Raises SurroundingsError kinds."""
        return self._desk.ask(progress, self._fillers)

    def step(self) -> bool:
        """Do one transaction's work; False when none can be done now. Raises SurroundingsError kinds."""
        try:
            write = next(self._writes, None) or self._next_batch()
            if write is None:
                return False
            began = time.monotonic()
            with self._transaction() as session:
                others = self._saved_meanwhile(session.connection())
                write(session)
            self._written += self._pace.rows
            self._refused = 0
        except _LostError:
            self._begin_anew()
            return False
        except BaseException:
            self._begin_anew()  # what comes behind a write that failed would say that all is there
            raise
        if self._pace.rest:
            worked = time.monotonic() - began
            self._sleep(GIVEN_WAY if others else min(MOST_REST, self._pace.rest * worked))
            self._carry()
        return True

    def run(self, told: Progress | None = None, stopped: Callable[[], bool] = lambda: False) -> bool:
        """Fill until nothing is to be done, also while another process does it; False when stopped before.

        ``told`` hears (done, all). Raises SurroundingsError kinds.
        """
        due = 0.0
        while not stopped():
            if time.monotonic() >= due:
                done, total = self.progress()
                if told is not None:
                    told(done, total)
                if done >= total:
                    self._tend()
                    return True
                due = time.monotonic() + 0.2
            if not self.step():
                time.sleep(WAIT)
        return False

    def close(self) -> None:
        """Give the claim back and let go of the connection."""
        self._begin_anew()
        if self._connection is None:
            return
        with suppress(DeskError, SQLAlchemyError, _LostError), self._transaction() as session:
            session.connection().execute(delete(_S).where(_S.c.name.in_((_OWNER, _UNTIL))))
        self._drop()

    def _next_batch(self) -> Write | None:
        """The first write of the next batch; None when there is none now. Raises _LostError."""
        if self._ahead is not None:
            return self._first(*self._ahead)
        for filler in self._fillers:
            done, total = self._desk.ask(filler.progress)
            if done < total:
                with self._transaction(begins=True):  # nobody else shall begin the same
                    pass
                if write := self._first(filler, self._reading(filler)):
                    return write
        return None

    def _first(self, filler: Filler, reading: Future[Batch]) -> Write | None:
        """Go on to a batch that is being read; the one behind it is read meanwhile. Raises _LostError."""
        self._ahead = filler, reading
        while not wait((reading,), max(1, self._claim / 4)).done:
            with self._transaction():  # a batch of many may take longer than the claim holds
                pass
        self._ahead = None
        batch = reading.result()
        if batch.then is not None and not self._pace.rest:
            self._ahead = filler, self._reading(filler, batch.then)
        self._writes = iter(batch.writes)
        return next(self._writes, None)

    def _reading(self, filler: Filler, after: Any = None) -> Future[Batch]:
        """A batch, read and worked out at low priority where somebody works meanwhile.

        In a thread of its own, because whoever holds the register's lock may not be slowed down: all who save
        would wait for it.
        """
        aside = ThreadPoolExecutor(1, initializer=_step_back if self._pace.rest else None)
        reading = aside.submit(self._desk.ask, filler.begin, self._pace.rows, after)
        aside.shutdown(wait=False)
        return reading

    def _begin_anew(self) -> None:
        """Nothing of what was read counts any more: what was to be written before it may not be there."""
        self._writes, ahead, self._ahead = iter(()), self._ahead, None
        if ahead is not None:
            wait((ahead[1],))

    @contextmanager
    def _transaction(self, *, begins: bool = False) -> Iterator[Session]:
        """A transaction of the one who has the claim; whoever begins may take it. Raises _LostError."""
        try:
            if self._connection is None:
                self._connection = self._connect()
            with self._connection.begin():
                if self._desk.place.is_server:  # what a crash takes away is derived again
                    self._connection.execute(text("SET LOCAL synchronous_commit = off"))
                _own(self._connection, self._token, self._claim, begins=begins)
                yield Session(self._connection)
        except SQLAlchemyError as error:
            self._begin_anew()
            self._drop()
            self._refused += 1
            if worth_repeating(error) and self._refused < PATIENCE:
                raise _LostError from error  # somebody has just made the same: the next batch sees it
            if plain := plain_error(error, self._desk.place):
                raise plain from error
            raise

    def _saved_meanwhile(self, connection: Connection) -> bool:
        """Whether anybody else has saved since the last transaction; a server lets several write at once."""
        if self._desk.place.is_server:
            return False
        before, self._version = self._version, connection.scalar(text("PRAGMA data_version"))
        return before is not None and before != self._version

    def _carry(self) -> None:
        """Carry the log of a file over now and then: whoever saves meanwhile shares the disk."""
        self._uncarried += 1
        if self._uncarried < CARRIED or self._desk.place.is_server or self._connection is None:
            return
        self._uncarried = 0
        driver: Any = self._connection.connection.dbapi_connection
        with suppress(sqlite3.Error):  # what is wrong with the disk the next transaction says
            driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def _tend(self) -> None:
        """Let a server look over what was filled: without it, it plans badly and looks at each row twice.

        It tends its tables by itself, but only minutes later; where we may not, it is left to that.
        """
        if not self._desk.place.is_server or self._written < MUCH:
            return
        self._written = 0
        engine = self._desk.engine.execution_options(isolation_level="AUTOCOMMIT")
        with suppress(SQLAlchemyError), engine.connect() as connection:
            connection.detach()  # its settings are not for those who save
            connection.execute(text("SET statement_timeout = 0"))
            if self._pace.rest:
                connection.execute(text("SET vacuum_cost_delay = 2"))
            filled = [name for name, table in tables.metadata.tables.items() if table.info.get("derived")]
            for name in (*filled, *_WORKED_OUT):
                connection.execute(text(f"VACUUM (ANALYZE, SKIP_LOCKED) {name}"))

    def _connect(self) -> Connection:
        connection = self._desk.engine.execution_options(writes=True).connect()
        if not self._desk.place.is_server:
            connection.detach()  # its settings are not for those who save
            driver: Any = connection.connection.dbapi_connection
            driver.execute("PRAGMA synchronous=NORMAL")
            driver.execute(f"PRAGMA wal_autocheckpoint={log.MOST_PAGES if self._pace.rest else LOG_PAGES}")
            self._version = None
        return connection

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.close()


def _step_back() -> None:
    """Let every other thread go first, where the system has priorities of threads."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)


def progress(session: Session, fillers: Sequence[Filler]) -> tuple[int, int]:
    """How much all indexes together have done of all."""
    every = [filler.progress(session) for filler in fillers]
    return sum(one[0] for one in every), sum(one[1] for one in every)


def _own(connection: Connection, token: int, seconds: int, *, begins: bool) -> None:
    """Take or renew the claim. Raises _LostError when it is another's."""
    sqlite = connection.dialect.name == "sqlite"
    clock = (
        "CAST(strftime('%s', 'now') AS INTEGER)" if sqlite else "CAST(extract(epoch FROM now()) AS bigint)"
    )
    now = int(connection.execute(text(f"SELECT {clock}")).scalar_one())
    query = select(_S.c.name, _S.c.value).where(_S.c.name.in_((_OWNER, _UNTIL))).with_for_update()
    found = {row[0]: row[1] for row in connection.execute(query)}
    if begins and len(found) < 2:
        insert = file_insert if sqlite else server_insert
        rows = [{"name": name, "value": 0} for name in (_OWNER, _UNTIL)]
        connection.execute(insert(_S).on_conflict_do_nothing(), rows)
        found = {row[0]: row[1] for row in connection.execute(query)}
    owner, until = found.get(_OWNER, 0), found.get(_UNTIL, 0)
    if owner != token and (not begins or now < until):
        raise _LostError
    if owner != token or now + seconds != until:
        for name, value in ((_OWNER, token), (_UNTIL, now + seconds)):
            connection.execute(update(_S).where(_S.c.name == name).values(value=value))
