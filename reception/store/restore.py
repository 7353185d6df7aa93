"""The way back from a backup: what is there is set aside, never overwritten, and a new epoch begins.

Numbers given after the backup was made are unknown to it. The epoch marks every number that is given from now on for
the days up to today, so that none of them can come a second time.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sqlite3
import uuid
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from reception import journal, tables
from reception.context import Clock, Present, local_day, now, present, system_clock
from reception.errors import LockedError, SurroundingsError
from reception.records import Base
from reception.store import backup as backups
from reception.store import engine as engines
from reception.store import migrate, places
from reception.store.places import Place
from reception.store.trouble import plain_error

FIRST_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
Progress = Callable[[int, int], None]


def restore(
    place: str, path: str | Path, progress: Progress | None = None, *, clock: Clock = system_clock
) -> Path | None:
    """Put a backup in the place of a register.

    Args:
        place: the register's file or URL; what is there is kept aside under a dated name.
        path: the backup.
        progress: told (done, all) in rows on a server.
        clock: what time it is, in UTC.

    Returns:
        Where the former register lies now; None when there was none, or for a server (schema ``replaced_…``).

    Raises:
        RegisterUnusableError: the backup is none or damaged; LockedError: a window still has the register open.
    """
    source, where = Path(path).expanduser().absolute(), places.parse(place)
    backups.verify(source)
    try:
        if where.path is None:
            _restore_server(where, source, progress, clock)
            return None
        return _restore_file(where.path, source, clock)
    except SQLAlchemyError as error:
        if plain := plain_error(error, where):
            raise plain from error
        raise
    except OSError as error:
        raise SurroundingsError(
            "{place} cannot be written ({reason}). Name another place.",
            place=where.shown,
            reason=error.strerror or str(error),
        ) from error


def _restore_file(path: Path, source: Path, clock: Clock) -> Path | None:
    places.refuse_network(path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.restoring")
    try:
        shutil.copyfile(source, unfinished)
        unfinished.chmod(0o600)
        known = _epoch_of_file(path)
        engine = engines.connect(Place(str(unfinished), unfinished))
        try:
            migrate.ready(engine, Place(str(unfinished), unfinished))
            with engine.execution_options(writes=True).begin() as connection:
                _new_epoch(connection, clock, known)
        finally:
            engine.dispose()
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        aside = _set_aside(path)
        os.replace(unfinished, path)
        return aside
    finally:
        for suffix in ("", "-wal", "-shm"):
            unfinished.with_name(unfinished.name + suffix).unlink(missing_ok=True)


def _set_aside(path: Path) -> Path | None:
    """Rename the former register, once nobody has it open any more. Raises LockedError."""
    if not path.exists():
        return None
    with (
        contextlib.suppress(sqlite3.DatabaseError),
        contextlib.closing(sqlite3.connect(path, timeout=0.2)) as connection,
    ):
        try:
            # leaving WAL needs the file for itself alone: a window that has it open would go on writing to the old one
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise LockedError(
                    "The register {place} is open in another window. Close it there, then restore again.",
                    place=path,
                ) from error
            raise
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S")
    aside = path.with_name(f"{path.stem}.replaced-{stamp}-{os.getpid()}{path.suffix}")
    for suffix in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    path.rename(aside)
    return aside


def _epoch_of_file(path: Path) -> int:
    """The epoch of the register that is to be replaced, as far as it can still be read."""
    if not path.is_file():
        return 0
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=0.2)) as connection,
    ):
        return int(connection.execute("SELECT max(epoch) FROM desk").fetchone()[0] or 0)
    return 0


def _new_epoch(connection: Connection, clock: Clock, known: int) -> None:
    """Give every desk the new epoch, each with a line in its chain."""
    session = Session(connection, join_transaction_mode="create_savepoint")
    setting, desk = tables.setting, tables.desk
    zone = ZoneInfo(
        session.connection().execute(select(setting.c.value).where(setting.c.key == "zone")).scalar_one()
    )
    last = max(known, session.connection().scalar(select(func.max(desk.c.epoch))) or 0)
    instant = clock()
    epoch = max(last + 1, 36**3 + int((instant - FIRST_EPOCH) / dt.timedelta(minutes=1)))
    for row in session.connection().execute(select(desk)).mappings().all():
        session.info["present"] = Present(instant, zone, row["id"], row["code"], 0, "-")
        day = local_day(session, now(session))
        uid = uuid.uuid4()
        journal.open_act(session, uid)
        new = {"epoch": epoch, "epoch_day": day}
        session.connection().execute(update(desk).where(desk.c.id == present(session).desk_id), new)
        changes = {"record": {name: (row[name], value) for name, value in new.items()}}
        journal.append(session, "restore", ("desk", row["id"]), changes, uid)
    session.commit()


def _restore_server(where: Place, source: Path, progress: Progress | None, clock: Clock) -> None:
    into, out_of = engines.connect(where), engines.connect(Place(str(source), source))
    try:
        migrate.ready(out_of, Place(str(source), source))
        known = 0
        with into.begin() as target, out_of.connect() as copy:
            if migrate.current(into, where):
                known = target.scalar(select(func.max(tables.desk.c.epoch))) or 0
                _set_schema_aside(target)
            migrate.upgrade(target)
            backups.copy_rows(copy, target, progress)
            for table in Base.metadata.sorted_tables:
                key = next(iter(table.primary_key.columns)).name
                if table.name != "journal_private":
                    target.execute(
                        text(
                            f"SELECT setval(pg_get_serial_sequence('{table.name}', '{key}'), "
                            f"(SELECT coalesce(max({key}), 0) + 1 FROM {table.name}), false)"
                        )
                    )
            _new_epoch(target, clock, known)
    finally:
        into.dispose()
        out_of.dispose()


def _set_schema_aside(target: Connection) -> None:
    target.execute(text("SET LOCAL lock_timeout = '5s'"))
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dt%H%M%S")
    target.execute(text(f"CREATE SCHEMA replaced_{stamp}"))
    names = [table.name for table in Base.metadata.sorted_tables] + ["alembic_version"]
    for name in names:
        target.execute(text(f"ALTER TABLE {name} SET SCHEMA replaced_{stamp}"))
    target.execute(text(f"ALTER FUNCTION journal_sealed() SET SCHEMA replaced_{stamp}"))
