"""The Referrals page, what is to be done now, the counters, due dates computed anew, arrival elsewhere."""

from __future__ import annotations

import gc
import random
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from benchmarks import referred, windows
from benchmarks.rows import Row, absolute, percentile
from reception.desk import Desk
from reception.facts import Act, Kind, NewEntry, NewReferral, Place
from reception.operations import directory, entries, referrals, to_do, working_days

ROUNDS = 6
PAGE = 50
"""As many rows as the window asks for (ui/referrals/page.py, ui/today/todo.py)."""
PAGES = 3
"""So far somebody scrolls; the pages below cost the same."""
GOALS = {"SQLite": 15.0, "PostgreSQL": 30.0}
COUNTERS = 5.0
RECOMPUTED = 2.0
ON_THE_PAGE = ("open", "overdue", "due-today", "sent", "received", "returned", "answered", "remind", "all")
YEAR = 2026
ARRIVED = 1.0
ARRIVALS = 120
PAUSES = (0.1, 0.6)
"""Seconds between two that are sent: the window's own looks fall in between as they may."""


def run(path: Path) -> list[Row]:
    """The same on both engines, on 300,000 referrals of which 5,000 are open."""
    rows: list[Row] = []
    with closing(Desk.open(str(referred.file(path)))) as desk:
        rows += _measure("SQLite", desk)
        rows.append(_arrival("SQLite", desk))
    with referred.server(path) as url, closing(Desk.open(url)) as desk:
        rows += _measure("PostgreSQL", desk)
        rows.append(_arrival("PostgreSQL", desk))
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


def _arrival(engine: str, desk: Desk) -> Row:
    """From the commit of a referral to the line in the window of its department, another process.

    What was sent is answered and closed afterwards: as many referrals run as before.
    """
    to = next(one for one in desk.ask(directory.catalogue).departments if not one.outside)
    dice, sent = random.Random(engine), {}
    with windows.inbox(desk.place.text, to.code, ARRIVALS) as window:
        assert window.stdout is not None
        if window.stdout.readline().strip() != "open":
            raise RuntimeError("the department's window did not open")
        for turn in range(ARRIVALS):
            time.sleep(dice.uniform(*PAUSES))
            new = NewEntry(Kind.VISIT, f"第{turn}件", act=Act.REFERRED, referral=NewReferral(to.id))
            number = desk.do(entries.register, new).number
            sent[number] = time.time()
        shown = dict(line.split() for line in window.stdout)
    for number in sent:
        part = desk.ask(referrals.find_part, number)
        desk.do(referrals.answer, part.id, "已答复", uid=uuid.uuid4())
        found = desk.ask(referrals.find_referral, number)
        desk.do(referrals.close, found.id, uid=uuid.uuid4())
    taken = [float(shown[number]) - when for number, when in sent.items() if number in shown]
    if len(taken) < ARRIVALS:
        raise RuntimeError(f"{ARRIVALS - len(taken)} referrals did not arrive")
    note = f"{ARRIVALS} sent, p50 {percentile(taken, 0.5):.2f} s, worst {max(taken):.2f} s"
    name = f"arrival in the department's window on {engine}, p99"
    return absolute(name, percentile(taken, 0.99), ARRIVED, "s", note=note)
