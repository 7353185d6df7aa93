"""The director's page of any day and a month's bulletin, to data: 300,000 referrals of a million entries."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from benchmarks import referred
from benchmarks.rows import Row, absolute, percentile
from reception import tables
from reception.desk import Desk
from reception.facts.reports import Period
from reception.operations import reports, site

DAYS = 60
"""Of all the years; as many of the last hundred days, in which what still runs was sent."""
MONTHS = 12
PAGE, BULLETIN = 100.0, 1000.0


def run(path: Path) -> list[Row]:
    """The same on both engines."""
    rows: list[Row] = []
    with closing(Desk.open(str(referred.file(path)))) as desk:
        rows += _measure("SQLite", desk)
    with referred.server(path) as url, closing(Desk.open(url)) as desk:
        rows += _measure("PostgreSQL", desk)
    return rows


def _measure(engine: str, desk: Desk) -> list[Row]:
    dice, days = random.Random(engine), _days(desk)
    today = desk.ask(site.today)
    chosen = [*dice.choices(days, k=DAYS), *dice.choices(days[-100:], k=DAYS), today]
    months = dice.choices(days, k=MONTHS)
    desk.ask(reports.day, today)
    desk.ask(reports.bulletin, Period.MONTH, today)
    pages = [(_taken(partial(desk.ask, reports.day, day)), day) for day in chosen]
    bulletins = [
        (_taken(partial(desk.ask, reports.bulletin, Period.MONTH, day)), day) for day in (*months, today)
    ]
    return [
        _row(f"the director's page of any day on {engine}, p95", pages, PAGE),
        _row(f"a month's bulletin on {engine}, worst", bulletins, BULLETIN, share=1.0),
    ]


def _days(desk: Desk) -> list[int]:
    entry = tables.entry
    query = select(entry.c.day).group_by(entry.c.day).having(func.count() > 50).order_by(entry.c.day)
    return desk.ask(lambda session: list(session.connection().scalars(query)))


def _taken(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - start)


def _row(name: str, taken: list[tuple[float, int]], goal: float, share: float = 0.95) -> Row:
    times = [one for one, _day in taken]
    worst, day = max(taken)
    note = f"{len(times)} times, p50 {percentile(times, 0.5):.1f} ms, worst {worst:.1f} ms ({day})"
    return absolute(name, percentile(times, share), goal, note=note)
