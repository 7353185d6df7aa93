"""Building the derived indexes of an existing register, and what they cost whoever saves meanwhile."""

from __future__ import annotations

import gc
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import delete, make_url, select, update

from benchmarks import bench_find, bench_server, register
from benchmarks.rows import Row, absolute, against, percentile
from reception import tables
from reception.cli import finding
from reception.context import Session
from reception.desk import Desk
from reception.finding import state
from reception.operations import entries

MINUTES = 2.5
SAVES = 600
WARM_UP = 40
BACK = 120_000
"""So many entries are indexed anew while others are saved: more than that takes."""
COPY = "bench_index"


def run(path: Path) -> list[Row]:
    """Build on both engines, then save beside a process that builds."""
    file = register.copy(path, "bench-index.sqlite")
    other = register.copy(path, "bench-index-none.sqlite")
    try:
        rows = [_build("SQLite", str(file)), *_save(file, other)]
    finally:
        register.remove(file)
        register.remove(other)
    with bench_server.filled(path) as url, _copied(url) as copy:
        rows.append(_build("PostgreSQL", copy))
    return rows


def _build(engine: str, place: str) -> Row:
    with closing(Desk.open(place)) as desk:
        desk.do(_empty)
        seconds = _filled(desk)
    print(f"  {engine}: built in {seconds:.0f} s", flush=True)
    return absolute(f"building the indexes on {engine}", seconds / 60, MINUTES, "min", f"{seconds:.0f} s")


def _filled(desk: Desk) -> float:
    """As the command fills it, which seldom looks for garbage."""
    before = gc.get_threshold()
    gc.set_threshold(finding.ODDMENTS)
    try:
        return bench_find.fill(desk)
    finally:
        gc.set_threshold(*before)


def _empty(session: Session) -> None:
    for table in tables.metadata.sorted_tables:
        if table.info.get("derived"):
            session.connection().execute(delete(table))


@contextmanager
def _copied(url: str) -> Iterator[str]:
    """A copy of the database beside it, on the same server."""
    name = make_url(url).database
    beside = make_url(url).set(drivername="postgresql", database="template1")
    with psycopg.connect(beside.render_as_string(hide_password=False), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {COPY}".encode())
        server.execute(f'CREATE DATABASE {COPY} TEMPLATE "{name}"'.encode())
        try:
            yield make_url(url).set(database=COPY).render_as_string(hide_password=False)
        finally:
            server.execute(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)".encode())


def _save(indexed: Path, bare: Path) -> list[Row]:
    """By turns: into a register whose index is being filled by another process, and into one without."""
    with closing(Desk.open(str(bare))) as desk:
        desk.do(_empty)
    with closing(Desk.open(str(indexed))) as desk:
        desk.do(_go_back)
    environment = {**os.environ, "RECEPTION_REGISTER": str(indexed)}
    command = [sys.executable, "-m", "reception", "index", "--gently"]
    filler = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        time.sleep(1)
        beside, alone = _by_turns(indexed, bare)
        if filler.poll() is not None:
            raise RuntimeError("the filler was done before the saves were")
    finally:
        filler.kill()
        filler.wait()
    p50, p99 = percentile(beside, 0.5), percentile(beside, 0.99)
    note = f"without p99 {percentile(alone, 0.99):.2f} ms, with worst {max(beside):.2f} ms"
    return [
        against("saving while the index is filled, p50", p50, percentile(alone, 0.5), 1.1),
        absolute("saving while the index is filled, p99", p99, 10, note=note),
    ]


def _by_turns(indexed: Path, bare: Path) -> tuple[list[float], list[float]]:
    beside: list[float] = []
    alone: list[float] = []
    with closing(Desk.open(str(indexed))) as one, closing(Desk.open(str(bare))) as other:
        news = register.new_entries(WARM_UP + SAVES, random.Random(17))
        for index, new in enumerate(news):
            for desk, taken in ((one, beside), (other, alone)):
                start = time.perf_counter()
                desk.do(entries.register, new)
                if index >= WARM_UP:
                    taken.append(1000 * (time.perf_counter() - start))
    return beside, alone


def _go_back(session: Session) -> None:
    """Let the last entries count as not indexed."""
    kept, connection = tables.state, session.connection()
    indexed = connection.scalar(select(kept.c.value).where(kept.c.name == state.INDEXED)) or 0
    row = update(kept).where(kept.c.name == state.INDEXED)
    connection.execute(row.values(value=max(0, indexed - BACK)))
