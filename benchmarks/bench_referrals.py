"""The Referrals page, what is to be done now, the counters, and due dates computed anew."""

from __future__ import annotations

import gc
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from benchmarks import referred
from benchmarks.rows import Row, absolute, percentile
from reception.desk import Desk
from reception.facts import Place
from reception.operations import directory, to_do, working_days

ROUNDS = 6
PAGE = 100
PAGES = 3
"""So far somebody scrolls; the pages below cost the same."""
GOALS = {"SQLite": 15.0, "PostgreSQL": 30.0}
COUNTERS = 5.0
RECOMPUTED = 2.0
ON_THE_PAGE = ("open", "overdue", "due-today", "sent", "received", "returned", "answered", "remind", "all")
YEAR = 2026


def run(path: Path) -> list[Row]:
    """The same on both engines, on 300,000 referrals of which 5,000 are open."""
    rows: list[Row] = []
    with closing(Desk.open(str(referred.file(path)))) as desk:
        rows += _measure("SQLite", desk)
    with referred.server(path) as url, closing(Desk.open(url)) as desk:
        rows += _measure("PostgreSQL", desk)
    return rows


def _measure(engine: str, desk: Desk) -> list[Row]:
    counts = desk.ask(to_do.counts)
    codes = [one.code for one in desk.ask(directory.catalogue).departments if not one.outside][:3]
    desk.ask(to_do.counters)
    for which in ("now", *ON_THE_PAGE):
        desk.ask(to_do.rows, which=which)
    page = [
        one for which in ON_THE_PAGE for code in ("", *codes) for one in _pages(engine, desk, which, code)
    ]
    now = [one for code in ("", *codes) for _ in range(3) for one in _pages(engine, desk, "now", code)]
    counters = [_taken(lambda: desk.ask(to_do.counters)) for _ in range(60)]
    goal = GOALS[engine]
    note = ", ".join(f"{counts[name]} {name}" for name in ("overdue", "not-received", "remind"))
    return [
        _row(f"the Referrals page on {engine}, p95", page, goal, note),
        _row(f"to be done now on {engine}, p95", now, goal),
        _row(f"the four counters on {engine}, p95", counters, COUNTERS),
        _recompute(engine, desk),
    ]


def _pages(engine: str, desk: Desk, which: str, department: str) -> Iterator[float]:
    taken = []
    for _ in range(ROUNDS):
        gc.collect()
        before: Place | None = None
        for _ in range(PAGES):
            start = time.perf_counter()
            shown = desk.ask(to_do.rows, which=which, department=department, before=before, limit=PAGE)
            taken.append(1000 * (time.perf_counter() - start))
            if len(shown) < PAGE:
                break
            before = shown[-1].place
    print(
        f"  {engine}: {which} {department}: p50 {percentile(taken, 0.5):.2f}, worst {max(taken):.2f} ms",
        flush=True,
    )
    yield from taken


def _taken(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - start)


def _row(name: str, taken: list[float], goal: float, note: str = "") -> Row:
    said = f"{len(taken)} times, p50 {percentile(taken, 0.5):.2f} ms, worst {max(taken):.1f} ms"
    return absolute(name, percentile(taken, 0.95), goal, note=f"{said}; {note}" if note else said)


def _recompute(engine: str, desk: Desk) -> Row:
    """A day off more in the middle of the year moves most due dates; taken back, it moves them again."""
    known = desk.ask(working_days.year, YEAR).days
    day_off = "2026-10-14,off,"
    taken = []
    for days in (known + "\n" + day_off, known):
        start = time.perf_counter()
        desk.do(working_days.save_year, YEAR, days, uid=uuid.uuid4())
        taken.append(time.perf_counter() - start)
    return absolute(f"every open due date anew on {engine}", max(taken), RECOMPUTED, "s")
