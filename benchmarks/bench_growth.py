"""How much the window's memory grows while a clerk saves entry after entry."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import windows
from benchmarks.rows import Row, absolute
from reception import founding

ENTRIES = 10_000
GOAL = 20.0


def run(_path: Path) -> list[Row]:
    """On a new register."""
    with tempfile.TemporaryDirectory(prefix="bench-growth-") as folder:
        place = Path(folder) / "register.sqlite"
        founding.create(str(place), template="hrss", site_name="某县人社局", operator="王芳")
        begin, middle, end = windows.worked_at(place, "save", ENTRIES)["resident"]
    note = f"of them {(middle - begin) / 1e6:.1f} in the first half; {end / 1e6:.0f} MB in the end"
    name = f"growth of the window's memory over {ENTRIES:,} saved entries"
    return [absolute(name, (end - begin) / 1e6, GOAL, "MB", note)]
