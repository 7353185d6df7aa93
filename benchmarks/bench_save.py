"""Saving one entry durably, journal included, against raw sqlite3 inserting the same rows."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks import register
from benchmarks.rows import Row, absolute, against, percentile
from reception.desk import Desk
from reception.operations import entries
from reception.store import log

SAVES = 600
WARM_UP = 40
_TABLES = ("entry", "person", "person_phone", "entry_party", "journal", "journal_private")
Rows = dict[str, list[tuple[Any, ...]]]


def run(path: Path, saves: int = SAVES) -> list[Row]:
    """Ours and raw by turns, on two copies of the same register."""
    ours, raw = register.copy(path, "bench-save-ours.sqlite"), register.copy(path, "bench-save-raw.sqlite")
    try:
        mine, bare = _measure(ours, raw, saves)
        disk = _fsyncs(ours.parent)
    finally:
        register.remove(ours)
        register.remove(raw)
    note = f"raw p99 {percentile(bare, 0.99):.2f} ms"
    fsync = f"fsync alone p50 {percentile(disk, 0.5):.2f} ms, p99 {percentile(disk, 0.99):.2f} ms"
    p50, p99 = percentile(mine, 0.5), percentile(mine, 0.99)
    return [
        against("saving one entry durably, p50", p50, percentile(bare, 0.5), 3.5, note=fsync),
        absolute("saving one entry durably, p99", p99, 10, note=note),
    ]


def _measure(ours: Path, raw: Path, saves: int) -> tuple[list[float], list[float]]:
    mine, bare = [], []
    with (
        closing(Desk.open(str(ours))) as desk,
        closing(_connect(raw)) as target,
        closing(sqlite3.connect(ours)) as source,
    ):
        columns = {name: _columns(source, name) for name in _TABLES}
        statements = {
            name: f"INSERT INTO {name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
            for name, names in columns.items()
        }
        for index, new in enumerate(register.new_entries(WARM_UP + saves, random.Random(7))):
            start = time.perf_counter()
            receipt = desk.do(entries.register, new)
            saved = time.perf_counter()
            rows = _written(source, columns, receipt.entry_id)
            head = source.execute("SELECT head_sequence, head_hash, id FROM desk WHERE code = ''").fetchone()
            begin = time.perf_counter()
            _insert(target, statements, rows, head)
            end = time.perf_counter()
            if index >= WARM_UP:
                mine.append(1000 * (saved - start))
                bare.append(1000 * (end - begin))
    return mine, bare


def _connect(path: Path) -> sqlite3.Connection:
    """As the program prepares its own connections."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"wal_autocheckpoint={log.MOST_PAGES}",
        "foreign_keys=ON",
        "secure_delete=ON",
        "recursive_triggers=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [f'"{row[1]}"' for row in connection.execute(f"PRAGMA table_info({table})")]


def _written(source: sqlite3.Connection, columns: dict[str, list[str]], entry_id: int) -> Rows:
    """The rows that the verb has just written."""
    line = "SELECT max(id) FROM journal"
    people = f"SELECT person_id FROM entry_party WHERE entry_id = {entry_id}"
    where = {
        "entry": f"id = {entry_id}",
        "person": f"id IN ({people})",
        "person_phone": f"person_id IN ({people})",
        "entry_party": f"entry_id = {entry_id}",
        "journal": f"id = ({line})",
        "journal_private": f"journal_id = ({line})",
    }
    return {
        name: source.execute(f"SELECT {', '.join(columns[name])} FROM {name} WHERE {where[name]}").fetchall()
        for name in _TABLES
    }


def _insert(
    target: sqlite3.Connection, statements: dict[str, str], rows: Rows, head: tuple[int, bytes, int]
) -> None:
    target.execute("BEGIN IMMEDIATE")
    for name in _TABLES:
        for row in rows[name]:
            target.execute(statements[name], row)
    target.execute("UPDATE desk SET head_sequence = ?, head_hash = ? WHERE id = ?", head)
    target.execute("COMMIT")


def _fsyncs(folder: Path, count: int = 300) -> list[float]:
    """What the disk itself takes to keep 4 KB, in ms."""
    path, taken = folder / "bench-fsync", []
    with path.open("wb", buffering=0) as file:
        for _ in range(count):
            file.write(b"x" * 4096)
            start = time.perf_counter()
            os.fsync(file.fileno())
            taken.append(1000 * (time.perf_counter() - start))
    path.unlink()
    return taken
