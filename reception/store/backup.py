"""Backups: an online copy, verified after writing, kept in a thinning row; and the way back from one.

A backup is always a register in one SQLite file, also of a server's: it can be opened, checked and restored
anywhere.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import sqlite3
import uuid
import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from reception import journal, tables
from reception.context import Session
from reception.errors import InputError, RegisterMissingError, RegisterUnusableError, SurroundingsError
from reception.store import engine as engines
from reception.store import migrate, places
from reception.store.opened import OpenRegister
from reception.store.places import Place
from reception.store.resting import Progress, restful
from reception.store.trouble import plain_error
from reception.tables import metadata

PAGES = 2_000
"""Pages copied at a time; writers get their turn in between."""
GENTLE_PAGES = 256
"""Pages (1 MB) between two rests of a copy of which nobody shall notice anything."""
ROWS = 2_000
KEPT_DAYS, KEPT_WEEKS, KEPT_MONTHS = 7, 4, 12
FRESH = dt.timedelta(hours=2)
LEFT = dt.timedelta(days=1)
_HEADS = "SELECT code, head_sequence FROM desk ORDER BY code"
_NAME = re.compile(r"register-(?P<uid>[0-9a-f]{8})-(?P<day>[0-9]{8})\.sqlite\Z")


@dataclass(frozen=True, slots=True)
class BackupFile:
    """An automatic backup: where, of which day, how many bytes, made when (UTC), in which zone the site is.

    ``zone`` is the name of an IANA zone, "" where the file does not tell it.
    """

    path: Path
    day: dt.date
    size: int
    made: dt.datetime
    zone: str = ""


def backup(
    desk: OpenRegister, path: str | Path, progress: Progress | None = None, *, gently: bool = False
) -> Path:
    """Copy the open register to ``path`` while it is in use, verify the copy, then put it in place whole.

    ``gently`` rests as long as it works: for a process of its own, beside somebody who types. An existing
    file is replaced only by a verified copy. Raises SurroundingsError kinds, and InputError where a backup
    cannot lie; then nothing is left behind.
    """
    target = Path(path).expanduser().absolute()
    with _plain_words(desk.place, target):
        _refuse_target(target, desk.place)
    return copy_file(desk.engine, desk.place, target, progress, gently=gently)


def _refuse_target(target: Path, register: Place) -> None:
    if target.is_dir():
        raise InputError("{place} is a folder; name a file for the backup.", field="place", place=target)
    if target.exists() and not target.is_file():
        raise InputError("{place} is not a file; name another one.", field="place", place=target)
    if register.path is not None and _is_part_of(target, register.path):
        raise InputError(
            "{place} is the register itself; name another file for the backup.", field="place", place=target
        )


def _is_part_of(target: Path, register: Path) -> bool:
    whole = [register.with_name(register.name + suffix) for suffix in places.BESIDE]
    if target.exists():
        return any(one.exists() and target.samefile(one) for one in whole)
    return target in whole


def copy_file(
    engine: Engine, place: Place, target: Path, progress: Progress | None = None, *, gently: bool = False
) -> Path:
    """Copy what ``engine`` holds to a new register file. Raises SurroundingsError kinds."""
    unfinished = places.unfinished(target)
    with _plain_words(place, target):
        try:
            unfinished.touch(mode=0o600)
            if place.is_server:
                _copy_rows_out(engine, unfinished, restful(progress) if gently else progress)
            else:
                _copy_pages(engine, unfinished, progress, gently=gently)
            verify(unfinished)
            places.settle(unfinished)
            unfinished.replace(target)
        finally:
            places.remove(unfinished)
    return target


@contextlib.contextmanager
def _plain_words(place: Place, target: Path) -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        if plain := plain_error(error, place):
            raise plain from error
        raise
    except OSError as error:
        raise SurroundingsError(
            "{place} cannot be written ({reason}). Name another place.",
            place=target,
            reason=error.strerror or str(error),
        ) from error


def _copy_pages(engine: Engine, target: Path, progress: Progress | None, *, gently: bool) -> None:
    with engine.connect() as connection:
        # within one snapshot: SQLite begins its copy again whenever somebody writes, and a busy register
        # never ends
        connection.begin()
        source = cast(sqlite3.Connection, connection.connection.dbapi_connection)
        if not gently:
            pages_into(source, target, progress)
            return
        with target.open("rb+") as file:
            pages_into(source, target, restful(progress, file.fileno()), pages=GENTLE_PAGES)


def pages_into(
    source: sqlite3.Connection, target: Path, progress: Progress | None = None, *, pages: int = 0
) -> None:
    """Copy an SQLite database to ``target``, ``pages`` (0: ``PAGES``) at a time: one file, nothing beside it.

    Raises sqlite3.Error.
    """

    def step(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    with contextlib.closing(sqlite3.connect(target)) as copy:
        source.backup(copy, pages=pages or PAGES, progress=step, sleep=0.001)
        copy.execute("PRAGMA journal_mode=DELETE")


def _copy_rows_out(engine: Engine, target: Path, progress: Progress | None) -> None:
    into = engines.connect(Place(str(target), target))
    try:
        with (
            engine.execution_options(isolation_level="REPEATABLE READ").connect() as source,
            into.execution_options(writes=True).begin() as copy,
        ):
            migrate.upgrade(copy)
            copy_rows(source, copy, progress)
        with into.connect() as connection:
            connection.commit()
            raw = cast(sqlite3.Connection, connection.connection.dbapi_connection)
            raw.execute("PRAGMA journal_mode=DELETE")
    finally:
        into.dispose()


def copy_rows(source: Connection, target: Connection, progress: Progress | None = None) -> None:
    """Copy every table's rows in the order of their dependence."""
    tables = [table for table in metadata.sorted_tables if not table.info.get("derived")]
    total = sum(source.scalar(text(f"SELECT count(*) FROM {table.name}")) or 0 for table in tables)
    done = 0
    for table in tables:
        key = next(iter(table.primary_key.columns))
        rows = source.execution_options(stream_results=True, yield_per=ROWS).execute(
            select(table).order_by(key)
        )
        for batch in rows.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in batch])
            done += len(batch)
            if progress is not None:
                progress(done, total)


_WRONG_CHAIN = """
SELECT code FROM desk
WHERE head_sequence <> (SELECT count(*) FROM journal WHERE desk_id = desk.id)
   OR head_hash <> coalesce(
        (SELECT hash FROM journal WHERE desk_id = desk.id ORDER BY sequence DESC LIMIT 1), ?)
"""


def verify(path: Path) -> None:
    """A backup file is whole: SQLite's own check, and every desk's journal ends at its head.

    Raises RegisterMissingError, RegisterUnusableError.
    """
    try:
        places.inspect_file(path)
    except RegisterMissingError:
        raise RegisterMissingError("There is no backup at {place}.", place=path) from None
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            wrong = connection.execute(_WRONG_CHAIN, (journal.GENESIS,)).fetchone()
        except sqlite3.Error as error:
            said, wrong = str(error), None
    if said != "ok" or wrong is not None:
        raise RegisterUnusableError(
            "{place} is damaged and cannot be used as a backup. Take an older one.", place=path
        )


@dataclass(frozen=True, slots=True)
class Due:
    """A day's backup that is to be made: where, and of which moment (UTC)."""

    path: Path
    now: dt.datetime

    def copy(self) -> Path:
        """A name beside it for a copy that another process makes."""
        return self.path.with_name(f"{self.path.name}.{uuid.uuid4().hex[:8]}.part")


def daily(
    desk: OpenRegister, folder: str | Path, progress: Progress | None = None, *, closing: bool = False
) -> Path | None:
    """Today's automatic backup, unless one is there that will do; older ones are thinned. None without need.

    The day's first one would miss the day itself: it is made again when it is older than ``FRESH`` and the
    register has changed since, and once more when the desk is ``closing``. Then nobody waits for a server's,
    which is its administrator's too. Kept: the newest of each of the last 7 days, 4 weeks and 12 months that
    have one. Raises SurroundingsError kinds.
    """
    wanted = due(desk, folder, closing=closing)
    if wanted is None:
        return None
    backup(desk, wanted.path, progress)
    return made(wanted)


def due(desk: OpenRegister, folder: str | Path, *, closing: bool = False) -> Due | None:
    """Which backup ``daily`` would make now, its folder being there. Raises SurroundingsError kinds."""
    if closing and desk.place.is_server:
        return None
    where = Path(folder)
    now = desk.clock()
    day = now.astimezone(desk.zone).strftime("%Y%m%d")
    uid = desk.ask(_register_uid)
    target = where / f"register-{uid[:8]}-{day}.sqlite"
    if target.exists():
        fresh = now.timestamp() - target.stat().st_mtime < FRESH.total_seconds()
        if (fresh and not closing) or _heads_in(target) == desk.ask(_heads):
            return None
    try:
        where.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SurroundingsError(
            "{place} cannot be written ({reason}). Name another place.",
            place=where,
            reason=error.strerror or str(error),
        ) from error
    return Due(target, now)


def made(wanted: Due, copy: Path | None = None) -> Path:
    """A backup that was due is there, or lies verified in ``copy``: date it, and let older ones go."""
    target, now = wanted.path, wanted.now
    if copy is not None:
        copy.replace(target)
    os.utime(target, (now.timestamp(), now.timestamp()))
    family, where = target.name.rpartition("-")[0], target.parent
    for old in thinned([one for one in listing(where) if one.path.name.startswith(f"{family}-")]):
        old.path.unlink(missing_ok=True)
    _sweep(where, now)
    return target


def _sweep(folder: Path, now: dt.datetime) -> None:
    """Remove what programs that were killed while backing up have left behind a day ago."""
    for path in (*folder.glob(".register-*.part*"), *folder.glob("register-*.part")):
        with contextlib.suppress(OSError):
            if now.timestamp() - path.stat().st_mtime > LEFT.total_seconds():
                path.unlink()


def _heads(session: Session) -> list[tuple[str, int]]:
    """Where each desk's journal ends: every change moves one of them."""
    desk = tables.desk
    rows = session.connection().execute(select(desk.c.code, desk.c.head_sequence).order_by(desk.c.code))
    return [(code, sequence) for code, sequence in rows]


def _heads_in(path: Path) -> list[tuple[str, int]]:
    """The same of a backup; nothing of a file that cannot be read."""
    return [(code, sequence) for code, sequence in _look(path, _HEADS)]


def _look(path: Path, statement: str) -> list[tuple[Any, ...]]:
    """What a backup's file answers; nothing when it cannot."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            return file.execute(statement).fetchall()
    except sqlite3.Error:
        return []


def _zone_in(path: Path) -> str:
    for (name,) in _look(path, "SELECT value FROM setting WHERE key = 'zone'"):
        with contextlib.suppress(ValueError, OSError):  # a zone that this computer does not know
            return zoneinfo.ZoneInfo(str(name)).key
    return ""


def _register_uid(session: Session) -> str:
    setting = tables.setting
    return session.connection().scalar(select(setting.c.value).where(setting.c.key == "uid")) or ""


def listing(folder: str | Path) -> tuple[BackupFile, ...]:
    """The automatic backups in a folder, newest first."""
    found = []
    where = Path(folder)
    for path in where.iterdir() if where.is_dir() else ():
        if match := _NAME.match(path.name):
            with contextlib.suppress(ValueError, OSError):
                day = dt.datetime.strptime(match["day"], "%Y%m%d").date()
                about = path.stat()
                made = dt.datetime.fromtimestamp(about.st_mtime, dt.UTC)
                found.append(BackupFile(path, day, about.st_size, made, _zone_in(path)))
    return tuple(sorted(found, key=lambda one: (one.day, one.path.name), reverse=True))


def thinned(files: list[BackupFile]) -> list[BackupFile]:
    """Which of one register's backups may go: all but the newest of each kept day, week and month."""
    newest_first = sorted(files, key=lambda one: one.day, reverse=True)
    keep: set[Path] = set()
    spans: list[tuple[int, Callable[[dt.date], object]]] = [
        (KEPT_DAYS, lambda day: day),
        (KEPT_WEEKS, lambda day: day.isocalendar()[:2]),
        (KEPT_MONTHS, lambda day: (day.year, day.month)),
    ]
    for count, span in spans:
        firsts: dict[object, Path] = {}
        for one in newest_first:
            firsts.setdefault(span(one.day), one.path)
        keep |= set(list(firsts.values())[:count])
    return [one for one in newest_first if one.path not in keep]
