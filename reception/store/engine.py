"""The engines: one SQLite file, or a PostgreSQL server, with the same promises."""

from __future__ import annotations

import random
import sqlite3
import sys
import time
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from reception.store.places import Place

LOCK_SECONDS = 10.0
"""How long a writer waits for others before it says that the register is locked."""
STATEMENT_SECONDS = 30


def connect(place: Place) -> Engine:
    """An engine for ``place``. SQLite: WAL, full durability, foreign keys; PostgreSQL: connect and statement timeouts."""
    return _server(place) if place.is_server else _sqlite(place)


def _server(place: Place) -> Engine:
    engine = create_engine(
        place.url,
        pool_size=4,
        pool_timeout=5,
        pool_pre_ping=False,
        connect_args={
            "connect_timeout": 5,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": 10_000,
            "options": f"-c statement_timeout={STATEMENT_SECONDS}s -c lock_timeout={int(LOCK_SECONDS)}s -c timezone=UTC",
        },
    )
    return engine


def _sqlite(place: Place) -> Engine:
    engine = create_engine(
        f"sqlite:///{place.path}", connect_args={"timeout": 0.02, "isolation_level": None}, pool_size=4
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    _patiently(lambda: connection.execute("PRAGMA journal_mode=WAL"))
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA secure_delete=ON")
    # without it INSERT OR REPLACE would remove journal lines without firing their DELETE triggers
    connection.execute("PRAGMA recursive_triggers=ON")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync=ON")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    if not writes:
        connection.exec_driver_sql("BEGIN")
        return
    # SQLite's own busy timeout is unfair when several processes write; short random waits are not
    _patiently(lambda: connection.exec_driver_sql("BEGIN IMMEDIATE"))


def _patiently(step: Any) -> None:
    give_up = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            step()
        except (OperationalError, sqlite3.OperationalError) as error:
            original = error.orig if isinstance(error, DBAPIError) else error
            code = getattr(original, "sqlite_errorcode", 0) & 0xFF
            if code not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or time.monotonic() > give_up:
                raise
            time.sleep(random.uniform(0.001, 0.01))
        else:
            return
