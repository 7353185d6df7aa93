"""Opening any past day as the window does: the first page and the totals."""

from __future__ import annotations

import random
import time
from contextlib import closing
from pathlib import Path

from benchmarks import register
from benchmarks.rows import Row, absolute, percentile
from reception.desk import Desk
from reception.operations import day, reading

DAYS = 300
PAGE = 100
"""Rows that the day's table asks for at first."""


def run(path: Path) -> list[Row]:
    """Random days, each opened once."""
    dice = random.Random(11)
    chosen = dice.choices(register.days(path), k=DAYS + 20)
    taken = []
    with closing(Desk.open(str(path))) as desk:
        for one in chosen:
            start = time.perf_counter()
            rows = desk.ask(reading.day_rows, one, limit=PAGE)
            desk.ask(day.totals, one)
            taken.append(1000 * (time.perf_counter() - start))
            assert rows
    taken = taken[20:]
    note = f"p50 {percentile(taken, 0.5):.2f} ms, worst {max(taken):.2f} ms"
    return [absolute("opening any past day, p95", percentile(taken, 0.95), 10, note=note)]
