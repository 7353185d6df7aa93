"""The way back from a backup: what is there is set aside, never overwritten, and a new epoch begins.

Numbers given after the backup was made are unknown to it. The epoch marks every number that is given from now
on for the days up to today, so that none of them can come a second time.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, func, inspect, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from reception import journal, numbers, tables
from reception.context import CLOCK_SLACK, Clock, Present, Session, local_day, system_clock
from reception.errors import LockedError, RegisterMissingError, RegisterUnusableError, SurroundingsError
from reception.store import backup as backups
from reception.store import engine as engines
from reception.store import given, migrate, places
from reception.store.places import Place
from reception.store.trouble import plain_error
from reception.tables import metadata

EPOCHS_BEGAN = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Former:
    """What the register that is replaced still tells.

    Its latest epoch and day, its last ids by table, how far the numbers of the years got there.
    """

    epoch: int = 0
    day: int = 0
    ids: tuple[tuple[str, int], ...] = ()
    reached: given.Reached | None = None


def restore(
    place: str, path: str | Path, progress: Progress | None = None, *, clock: Clock = system_clock
) -> Path | None:
    """Put a backup in the place of a register; the backup itself is only read.

    Args:
        place: the register's file or URL; what is there is kept aside under a dated name.
        path: the backup.
        progress: told (done, all) in pages, on a server in rows.
        clock: what time it is, in UTC.

    Returns:
        Where the former register lies now; None when there was none, or for a server (schema ``replaced_…``).

    Raises:
        RegisterUnusableError: the backup is none, damaged or newer; LockedError: the register is still open
        somewhere.
    """
    source, where = Path(path).expanduser().absolute(), places.parse(place)
    backups.verify(source)
    try:
        if where.path is None:
            with tempfile.TemporaryDirectory(prefix="reception-") as folder:
                _restore_server(where, _ready_copy(source, Path(folder) / "copy"), progress, clock)
            return None
        return _restore_file(Path(os.path.realpath(where.path)), source, progress, clock)
    except (SQLAlchemyError, sqlite3.Error) as error:
        if plain := plain_error(error, where):
            raise plain from error
        raise
    except OSError as error:
        raise SurroundingsError(
            "{place} cannot be written ({reason}). Name another place.",
            place=where.shown,
            reason=error.strerror or str(error),
        ) from error


def _ready_copy(source: Path, copy: Path, progress: Progress | None = None) -> Path:
    """A copy of the backup at this program's schema; what is still in a log beside it is in it too."""
    copy.touch(mode=0o600)
    with contextlib.closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as connection:
        backups.pages_into(connection, copy, progress)
    engine = engines.connect(Place(str(copy), copy))
    try:
        # a refusal names the backup, which the user knows, and not its copy
        migrate.ready(engine, Place(str(source), source), keep_copy=False)
    finally:
        engine.dispose()
    return copy


def _restore_file(path: Path, source: Path, progress: Progress | None, clock: Clock) -> Path | None:
    places.refuse_network(path)
    if path.exists() and not path.is_file():
        raise RegisterUnusableError("{place} is a folder, not a register. Name the file.", place=path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = places.unfinished(path)
    try:
        _ready_copy(source, unfinished, progress)
        engine = engines.connect(Place(str(unfinished), unfinished))
        try:
            with engine.execution_options(writes=True).begin() as connection:
                _new_epoch(connection, clock, _former_of_file(path))
        finally:
            engine.dispose()
        places.settle(unfinished)
        aside = _set_aside(path)
        try:
            unfinished.replace(path)
        except OSError:
            if aside is not None:
                aside.replace(path)  # as it was
            raise
        places.settle_folder(path.parent)
        return aside
    finally:
        places.remove(unfinished)


def _set_aside(path: Path) -> Path | None:
    """Give the former register a dated name, once nobody has it open any more. Raises LockedError."""
    if not path.exists():
        return None
    if _is_register(path):
        _refuse_open(path)
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S")
    aside = path.with_name(f"{path.stem}.replaced-{stamp}-{uuid.uuid4().hex[:6]}{path.suffix}")
    for suffix in places.BESIDE[1:]:  # left by a crash, and no business of the register that comes
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    try:
        os.link(
            path, aside
        )  # both names until the new one takes its place: at no moment is there no register
    except OSError:
        path.rename(aside)
    return aside


def _is_register(path: Path) -> bool:
    """Whether SQLite may look at it; beside what is none it would remove a log that means nothing to it."""
    try:
        places.inspect_file(path)
    except (RegisterMissingError, RegisterUnusableError):
        return False
    return True


def _refuse_open(path: Path) -> None:
    with (
        contextlib.suppress(sqlite3.DatabaseError),
        contextlib.closing(sqlite3.connect(path, timeout=0.2)) as connection,
    ):
        try:
            # leaving WAL needs the file for itself alone: whoever has it open would go on writing to the
            # former one
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise LockedError(
                    "The register {place} is open in another window. Close it there, then restore again.",
                    place=path,
                ) from error
            raise


def _former_of_file(path: Path) -> Former:
    """What the register that is to be replaced tells, as far as it can still be read."""
    if _is_register(path):
        with (
            contextlib.suppress(sqlite3.Error),
            contextlib.closing(
                sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=0.2)
            ) as connection,
        ):
            return Former(
                _read(connection, "max(epoch) FROM desk"),
                _read(connection, "max(day) FROM entry"),
                reached=given.of_file(connection),
            )
    return Former()


def _read(connection: sqlite3.Connection, what: str) -> int:
    with contextlib.suppress(sqlite3.Error):
        return int(connection.execute(f"SELECT {what}").fetchone()[0] or 0)
    return 0


def _new_epoch(connection: Connection, clock: Clock, former: Former) -> None:
    """Give every desk the new epoch, each with a line in its chain.

    It binds the days up to today, and up to any later day on which a clock that was fast has given numbers.
    """
    session = Session(connection)
    setting, desk, entry = tables.setting, tables.desk, tables.entry
    name = connection.execute(select(setting.c.value).where(setting.c.key == "zone")).scalar_one()
    zone, instant = ZoneInfo(name), clock()
    last = max(former.epoch, connection.scalar(select(func.max(desk.c.epoch))) or 0)
    seconds = int((instant - EPOCHS_BEGAN).total_seconds())
    session.info["present"] = Present(instant, zone, 0, "", 0, "-")
    days = (
        local_day(session, instant + CLOCK_SLACK),
        former.day,
        connection.scalar(select(func.max(entry.c.day))) or 0,
        connection.scalar(select(func.max(desk.c.epoch_day))) or 0,
    )
    new = {"epoch": max(last + 1, numbers.FIRST_EPOCH + seconds), "epoch_day": max(days)}
    for row in connection.execute(select(desk)).mappings().all():
        session.info["present"] = Present(instant, zone, row["id"], row["code"], 0, "-")
        uid = uuid.uuid4()
        journal.open_act(session, uid, "desk")
        connection.execute(update(desk).where(desk.c.id == row["id"]), new)
        changes = {"record": {name: (row[name], value) for name, value in new.items()}}
        journal.append(session, "restore", ("desk", row["id"]), changes, uid)
    if session.info["present"].desk_id:
        given.carry_over(session, former.reached)


def _restore_server(where: Place, copy: Path, progress: Progress | None, clock: Clock) -> None:
    into, out_of = engines.connect(where), engines.connect(Place(str(copy), copy))
    try:
        with into.begin() as target, out_of.connect() as source:
            migrate.alone(target)
            former = Former()
            if migrate.version(target, where):
                former = _former_of_server(target)
                _set_schema_aside(target)
            migrate.upgrade(target)
            backups.copy_rows(source, target, progress)
            _continue_ids(target, dict(former.ids))
            _new_epoch(target, clock, former)
    finally:
        into.dispose()
        out_of.dispose()


def _former_of_server(target: Connection) -> Former:
    ids = [
        (table.name, target.scalar(select(func.max(next(iter(table.primary_key.columns))))) or 0)
        for table in _there(target)
        if not table.info.get("derived")
    ]
    epoch = target.scalar(select(func.max(tables.desk.c.epoch))) or 0
    day = target.scalar(select(func.max(tables.entry.c.day))) or 0
    return Former(epoch, day, tuple(ids), given.of_register(target))


def _there(target: Connection) -> list[Table]:
    """The tables that a register has: one of an older version lacks some."""
    names = set(inspect(target).get_table_names())
    return [table for table in metadata.sorted_tables if table.name in names]


def _continue_ids(target: Connection, former: dict[str, int]) -> None:
    """Go on past the ids of both: a window that is still open must not meet another entry under its id."""
    for table in metadata.sorted_tables:
        key = next(iter(table.primary_key.columns))
        if key.autoincrement is not False and not table.info.get("derived"):
            given = max(former.get(table.name, 0), target.scalar(select(func.max(key))) or 0)
            sequence = func.pg_get_serial_sequence(table.name, key.name)
            target.execute(select(func.setval(sequence, given + 1, False)))


def _set_schema_aside(target: Connection) -> None:
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dt%H%M%S")
    schema = f"replaced_{stamp}_{uuid.uuid4().hex[:6]}"
    target.execute(text(f"CREATE SCHEMA {schema}"))
    for name in [*(table.name for table in _there(target)), "alembic_version"]:
        target.execute(text(f"ALTER TABLE {name} SET SCHEMA {schema}"))
    target.execute(text(f"ALTER FUNCTION journal_sealed() SET SCHEMA {schema}"))
