"""From the key that asks for a day's sheet to its first page on the screen."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

from sqlalchemy import func, select

from benchmarks import register, windows
from benchmarks.rows import Row, absolute, percentile
from reception import tables
from reception.demo import fill
from reception.desk import Desk
from reception.numbers import day_date, day_number
from reception.operations import site

TIMES = 84
"""So many days, one before the other; weekends have next to nobody."""
PER_DAY = 300
FEW = 250
"""A day with fewer is left aside."""
GOAL = 100.0


def run(_path: Path) -> list[Row]:
    """Sheets of days of about 300 entries each, of a register of their own. It only reads."""
    path = _register()
    lines = _lines(path)
    register.read_once(path)  # what lies idle the memory keeper of some hosts drops
    found = windows.worked_at(path, "preview", TIMES)
    first, whole, gap = ([1000 * one for one in found[name]] for name in ("first", "whole", "gap"))
    large = [at for at in range(1, TIMES) if lines[at] >= FEW]
    later = [first[at] for at in large]
    note = (
        f"{len(large)} days of {min(lines[at] for at in large)} to {max(lines)} entries, "
        f"median {percentile(later, 0.5):.0f}, the very first {first[0]:.0f} (of {lines[0]}), "
        f"all pages {percentile([whole[at] for at in large], 0.5):.0f} ms"
    )
    return [
        absolute("a key → a day's first page painted, p95", percentile(later, 0.95), GOAL, note=note),
        absolute(
            "the window meanwhile, longest gap, p95", percentile([gap[at] for at in large], 0.95), 50, note=""
        ),
    ]


def _register() -> Path:
    path = register.BUILD / "bench-sheets.sqlite"
    if not path.exists():
        register.BUILD.mkdir(exist_ok=True)
        unfinished = path.with_name(f"unfinished-{path.name}")
        register.remove(unfinished)
        fill(str(unfinished), days=TIMES, per_day=PER_DAY, progress=register.progress)
        unfinished.rename(path)
    register.fill_today(path, PER_DAY)
    return path


def _lines(path: Path) -> list[int]:
    """How many entries today has, and each day before it."""
    with closing(Desk.open(str(path))) as desk:
        query = select(tables.entry.c.day, func.count()).group_by(tables.entry.c.day)
        counts: dict[int, int] = dict(
            desk.ask(lambda session: [tuple(row) for row in session.connection().execute(query)])
        )
        today = day_date(desk.ask(site.today))
    return [counts.get(day_number(today - dt.timedelta(days=back)), 0) for back in range(TIMES)]
