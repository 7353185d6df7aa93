"""The register that is measured: a million made-up entries, built once and used again."""

from __future__ import annotations

import gc
import os
import random
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import func, select

from reception import tables
from reception.desk import Desk
from reception.facts import Act, Category, Details, Kind, NewEntry, Party
from reception.operations import entries, reading, site

BUILD = Path(__file__).resolve().parent.parent / "build"
PER_DAY = 140
ENTRIES = 1_000_020
TODAY = 60
"""At least so many entries has the day on which the window opens."""


def ensure(wanted: int = ENTRIES) -> Path:
    """The register with about ``wanted`` entries, today's among them; made now if it is not there."""
    name = "bench-register.sqlite" if wanted == ENTRIES else f"bench-register-{wanted}.sqlite"
    path = BUILD / name
    if not path.exists():
        from reception.demo import fill

        BUILD.mkdir(exist_ok=True)
        unfinished = path.with_name(f"unfinished-{name}")
        remove(unfinished)
        start = time.monotonic()
        made = fill(str(unfinished), days=max(2, round(wanted / PER_DAY)), per_day=PER_DAY, progress=progress)
        seconds = time.monotonic() - start
        print(f"\r{made:,} made-up entries in {seconds:.0f} s, {unfinished.stat().st_size / 1e6:.0f} MB")
        unfinished.rename(path)
    fill_today(path)
    return path


def fill_today(path: Path, least: int = TODAY) -> None:
    """Save entries of today until there are so many."""
    with closing(Desk.open(str(path))) as desk:
        there = len(desk.ask(reading.day_rows, desk.ask(site.today)))
        for new in new_entries(max(0, least - there), random.Random(there)):
            desk.do(entries.register, new)


def copy(path: Path, name: str) -> Path:
    """A copy to write into, beside it."""
    target = BUILD / name
    remove(target)
    if sys.platform == "linux":
        # where the file system can, the copies share their blocks until they differ
        os.system(f"cp --reflink=auto '{path}' '{target}'")
    else:
        shutil.copyfile(path, target)
    return target


def remove(path: Path) -> None:
    """Remove a register with its companions."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def read_once(path: Path) -> None:
    """Read a file, or the files of a folder, so that the system has them in memory as after a day's work.

    What it takes from a disk that was not asked before is the disk's time, not the program's.
    """
    for file in [path] if path.is_file() else sorted(path.rglob("*")):
        if file.is_file():
            with file.open("rb") as data:
                while data.read(1 << 22):
                    pass


@contextmanager
def no_garbage() -> Iterator[None]:
    """Keep Python from collecting in between, as the window does, which collects between two events."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def count(path: Path) -> int:
    """How many entries there are."""
    with closing(Desk.open(str(path))) as desk:
        query = select(func.count()).select_from(tables.entry)
        return int(desk.ask(lambda session: session.connection().scalar(query)) or 0)


def days(path: Path) -> list[int]:
    """The days that have entries."""
    with closing(Desk.open(str(path))) as desk:
        query = select(tables.entry.c.day, func.count()).group_by(tables.entry.c.day)
        return [
            row[0]
            for row in desk.ask(lambda session: session.connection().execute(query).all())
            if row[1] > 50
        ]


def new_entries(count: int, dice: random.Random) -> list[NewEntry]:
    """What a clerk saves most: one person, a matter in a line or two, answered or pointed."""
    made = []
    for index in range(count):
        kind = dice.choice((Kind.VISIT, Kind.CALL_IN))
        person = Party(
            name="".join(dice.choices("王李张刘陈杨赵黄芳伟敏静强磊洋艳", k=3)),
            phone=f"164{dice.randrange(10**8):08d}",
            organisation="柳湾镇新建村3组",
        )
        made.append(
            NewEntry(
                kind,
                subject=dice.choice(("社保卡补换", "打印社保缴费明细", "问自己什么时候能退休")),
                uid=uuid.UUID(int=dice.getrandbits(128), version=4),
                matter_id=dice.randint(1, 20),
                request="本人在外地打工，专门请假回来办，需要补什么材料请一次告诉。"
                if index % 3 == 0
                else "",
                outcome="带身份证到305室，当场制卡",
                category=Category.ENQUIRY,
                parties=(person,),
                department_id=dice.randint(1, 15),
                act=dice.choice((Act.ANSWERED, Act.POINTED)),
                details=Details(read_back=True) if kind is Kind.CALL_IN else Details(),
            )
        )
    return made


def progress(done: int, total: int) -> None:
    """Say how far the filling is."""
    if done % 10_000 < PER_DAY:
        print(f"\rmaking up {total:,} entries: {100 * done // total} %", end="", flush=True)


def progress_of(what: str) -> Callable[[int, int], None]:
    """Say how far something is, a line that is written over."""

    def say(done: int, total: int) -> None:
        print(f"\r{what}: {100 * done // max(1, total)} %", end="" if done < total else "\n", flush=True)

    return say
