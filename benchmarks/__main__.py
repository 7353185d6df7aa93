"""``python -m benchmarks [--only save,day] [--entries N]``: measure, print, keep in build/bench.json."""

from __future__ import annotations

import argparse
import gc
import os
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    bench_day,
    bench_find,
    bench_growth,
    bench_index,
    bench_memory,
    bench_paper,
    bench_preview,
    bench_recall,
    bench_referrals,
    bench_reports,
    bench_save,
    bench_scroll,
    bench_server,
    bench_start,
    bench_typing,
    register,
)
from benchmarks.rows import Row, table, write

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


MEASUREMENTS: dict[str, Callable[[Path], list[Row]]] = {
    "start": bench_start.run,
    "save": bench_save.run,
    "server": bench_server.run,
    "day": bench_day.run,
    "scroll": bench_scroll.run,
    "find": bench_find.run,
    "recall": bench_recall.run,
    "referrals": bench_referrals.run,
    "reports": bench_reports.run,
    "index": bench_index.run,
    "paper": bench_paper.run,
    "preview": bench_preview.run,
    "memory": bench_memory.run,
    "typing": bench_typing.run,
    "growth": bench_growth.run,
}


def main() -> int:
    """Run what was asked for; 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", default="", help=f"some of: {', '.join(MEASUREMENTS)}")
    parser.add_argument("--entries", type=int, default=register.ENTRIES, help="size of the register")
    options = parser.parse_args()
    wanted = options.only.split(",") if options.only else list(MEASUREMENTS)
    if unknown := [name for name in wanted if name not in MEASUREMENTS]:
        parser.error(f"there is no measurement “{unknown[0]}”")
    path = register.ensure(options.entries)
    rows: list[Row] = []
    for name in wanted:
        print(f"measuring: {name}", flush=True)
        gc.collect()
        rows += MEASUREMENTS[name](path)
    print(table(rows))
    write(rows, register.BUILD / "bench.json")
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
