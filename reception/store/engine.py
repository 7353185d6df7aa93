"""The engines: one SQLite file, or a PostgreSQL server, with the same promises."""

from __future__ import annotations

import os
import random
import sqlite3
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import cast

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from reception.errors import DisturbedError, InputError
from reception.store import log
from reception.store.places import Place
from reception.wording import N_

LOCK_SECONDS = 10.0
"""How long a writer waits for others before it says that the register is locked."""
KEEN_SECONDS = 0.02
"""So long a writer looks again after every moment: a save or a write of the index is done by then."""
KEENLY, CALMLY = (0.000_2, 0.000_6), (0.001, 0.01)
"""Seconds between two looks, from and to."""
STATEMENT_SECONDS = 30.0
CACHE = 16_000
"""Kilobytes of a file that a connection keeps: the upper pages of every tree of a register of a million."""
CONNECT_SECONDS = 5
NETWORK_SECONDS = 10
"""How long the network may swallow what was sent before the server counts as gone."""


_Inode = tuple[int, int] | None
_Files = tuple[_Inode, _Inode]
"""The file and its log, as the system tells files apart; None is none."""


def connect(place: Place) -> Engine:
    """An engine for ``place``, with every promise set on each connection.

    SQLite: WAL, full durability, foreign keys; PostgreSQL: connect, statement, lock and network timeouts.
    Nothing is connected yet. Raises InputError for an address that cannot be read.
    """
    return _server(place) if place.is_server else _sqlite(place)


def _server(place: Place) -> Engine:
    try:
        url = make_url(place.url)
    except (ArgumentError, ValueError):
        raise InputError(
            "The address {place} is not understood; check how it is written.", place=place.shown
        ) from None
    options = {
        "statement_timeout": f"{round(STATEMENT_SECONDS * 1000)}ms",
        "lock_timeout": f"{round(LOCK_SECONDS * 1000)}ms",
        "timezone": "UTC",
    }
    return create_engine(
        url,
        pool_size=4,
        pool_timeout=5,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "client_encoding": "utf8",
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": NETWORK_SECONDS * 1000,
            "options": " ".join(f"-c {name}={value}" for name, value in options.items()),
        },
    )


def _sqlite(place: Place) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(place.path)),  # not as text: a name may hold a question mark
        connect_args={"timeout": 0.02, "isolation_level": None},
        pool_size=4,
    )
    files: list[_Files] = []
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", partial(_begin, files))
    # The last connection takes the log with it; whoever goes on afterwards begins with a new one.
    event.listen(engine, "engine_disposed", lambda _engine: files.clear())
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    _patiently(lambda: connection.execute("PRAGMA journal_mode=WAL"))
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint={log.MOST_PAGES}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA cache_size=-{CACHE}")
    connection.execute("PRAGMA secure_delete=ON")
    # without it INSERT OR REPLACE would remove journal lines without firing their DELETE triggers
    connection.execute("PRAGMA recursive_triggers=ON")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync=ON")
    # from here on only a beginning transaction meets a lock: SQLite's own waits soon take 5 and 10 ms each
    connection.execute("PRAGMA busy_timeout=0")


def _begin(files: list[_Files], connection: Connection) -> None:
    driver = cast(sqlite3.Connection, connection.connection.dbapi_connection)
    writes = connection.get_execution_options().get("writes", False)
    # SQLite's own busy timeout is unfair when several processes write; short random waits are not
    try:
        _patiently(lambda: driver.execute("BEGIN IMMEDIATE") if writes else _begin_reading(driver))
    except sqlite3.Error as error:  # so that it is told like any other
        raise DBAPIError.instance("BEGIN", None, error, sqlite3.Error, dialect=connection.dialect) from error
    if os.name == "posix":  # elsewhere nobody can take away what is open
        _still_ours(files, connection, driver)


def _still_ours(files: list[_Files], connection: Connection, driver: sqlite3.Connection) -> None:
    """Refuse to work on a file or a log that is not at its place any more: what is saved there is lost.

    It happens where the locks were dropped because something in this process opened and closed the file, or
    where somebody put another file in its place. ``files``: which the engine's first transaction worked on. A
    new connection must not go on with the new ones while an older one has the old ones open: SQLite lets the
    connections of a process share what they know of a log.
    """
    path = str(connection.engine.url.database)
    now = (_inode(path), _inode(f"{path}-wal"))
    if not files:
        files.append(now)
    if files[0] == now:
        return
    driver.rollback()
    raise DisturbedError(
        N_("Another program took the file of the register {place} away. Please do that once more."),
        place=path,
    )


def _inode(path: str) -> _Inode:
    try:
        found = os.stat(path)  # noqa: PTH116 - before every transaction: a Path costs ten times as much
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _begin_reading(driver: sqlite3.Connection) -> None:
    """Take the snapshot at once, because readers have to wait too while another process recovers the file."""
    driver.execute("BEGIN")
    try:
        driver.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
    except sqlite3.Error:
        driver.rollback()
        raise


def _patiently(step: Callable[[], object]) -> None:
    began = time.monotonic()
    while True:
        try:
            step()
        except sqlite3.OperationalError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            waited = time.monotonic() - began
            if code not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or waited > LOCK_SECONDS:
                raise
            time.sleep(random.uniform(*(KEENLY if waited < KEEN_SECONDS else CALMLY)))
        else:
            return
