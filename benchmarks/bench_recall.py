"""Recall while somebody types: every beginning of what is typed is a question, as in the form."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import func, select

from benchmarks import bench_find, bench_server, register
from benchmarks.rows import Row, absolute, percentile
from reception import pinyin, tables
from reception.context import Session
from reception.desk import Desk
from reception.operations import people
from ui.today.recall import FIRST

EACH = 45
"""Persons typed in each way."""
READ = (
    "sum(length(subject)) FROM entry WHERE id > 0",
    "count(*) FROM entry_party WHERE person_id > 0",
    "count(*) FROM person_key WHERE span >= 0",
    "sum(length(texts)) FROM person WHERE id > 0",
    "sum(length(shown)) FROM person_phone WHERE person_id > 0",
)
"""What recall looks into."""
GOALS = {"SQLite": (3.0, 20.0), "PostgreSQL": (8.0, 20.0)}
Mix = dict[str, list[str]]


def run(path: Path) -> list[Row]:
    """The same keystrokes on both engines; the keys are filled first if they were not."""
    rows: list[Row] = []
    with closing(Desk.open(str(path))) as desk:
        bench_find.fill(desk)
        typed = mix(desk.ask(_some), random.Random(19))
        register.read_once(path)
        rows += _measure("SQLite", desk, typed)
    with bench_server.filled(path) as url, closing(Desk.open(url)) as desk:
        bench_find.fill(desk)
        register.read_once(bench_server.folder(path) / "base")
        bench_server.read_once(url, READ)
        rows += _measure("PostgreSQL", desk, typed)
    return rows


def _some(session: Session) -> list[tuple[str, str, str]]:
    """Name, a number and the organisation of persons from the whole register."""
    person, connection = tables.person, session.connection()
    most = connection.scalar(select(func.max(person.c.id))) or 1
    ids = random.Random(3).sample(range(1, most + 1), min(most, 2_000))
    query = select(person.c.name, person.c.digits, person.c.organisation).where(person.c.id.in_(ids))
    return [(row[0], (row[1].split() or [""])[0], row[2]) for row in connection.execute(query)]


def mix(persons: list[tuple[str, str, str]], dice: random.Random) -> Mix:
    """What stands in the field after each key, by the way in which somebody is typed."""
    named = [name for name, _, _ in persons if len(name) > 1]
    phoned = [digits for _, digits, _ in persons if len(digits) > 6]
    housed = [organisation for _, _, organisation in persons if len(organisation) > 4]

    def keys(texts: list[str], least: int = 1) -> list[str]:
        return [text[:size] for text in texts for size in range(least, len(text) + 1)]

    def letters() -> Iterator[tuple[str, str]]:
        for name in dice.sample(named, EACH):
            reading = pinyin.readings(name)
            yield dice.choice(reading.full.split(" ")), dice.choice(reading.initials.split(" "))

    read = list(letters())
    return {
        "a name in characters": keys(dice.sample(named, EACH)),
        "pinyin": keys([full for full, _ in read]),
        "initials": keys([initials for _, initials in read]),
        "a number from its beginning": keys(dice.sample(phoned, EACH), 3),
        "the last four digits": keys([one[-4:] for one in dice.sample(phoned, EACH)], 3),
        "digits from the middle": [one[at : at + 4] for one in dice.sample(phoned, EACH) for at in (2, 4)],
        "an organisation": keys([one[:6] for one in dice.sample(housed, EACH)]),
        "absent": keys(["龘靐", "99999999999", "zzqx", "王龘", "qqqqq"], 2) * 4,
    }


def _measure(engine: str, desk: Desk, typed: Mix) -> list[Row]:
    for text in ("wang", "138", "王", "1234", "龘"):
        desk.ask(people.recall, text, limit=FIRST)
    every: list[float] = []
    for kind, texts in typed.items():
        taken = []
        with register.no_garbage():
            for text in texts:
                start = time.perf_counter()
                desk.ask(people.recall, text, limit=FIRST)
                taken.append(1000 * (time.perf_counter() - start))
        every += taken
        print(
            f"  {engine}: {kind}: p50 {percentile(taken, 0.5):.2f}, p95 {percentile(taken, 0.95):.2f}, "
            f"worst {max(taken):.2f} ms"
        )
    p95, worst = GOALS[engine]
    query = select(func.count()).select_from(tables.person)
    count = desk.ask(lambda session: session.connection().scalar(query))
    note = f"{len(every)} keys, {count:,} people, p50 {percentile(every, 0.5):.2f} ms"
    return [
        absolute(f"recall on {engine}, p95", percentile(every, 0.95), p95, note=note),
        absolute(f"recall on {engine}, worst", max(every), worst),
    ]
