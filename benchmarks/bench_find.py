"""Find on the whole register: the first page of the newest, as the window asks for it."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from benchmarks import bench_server, register
from benchmarks.rows import Row, absolute, percentile
from reception import pinyin, tables
from reception.context import Session
from reception.desk import Desk
from reception.facts import EntryStatus, Query
from reception.operations import derived, find
from reception.store.filling import Filling

EACH = 40
"""Questions of each kind."""
LIMIT = 50
READ = (
    "sum(length(entries)) FROM posting WHERE block >= 0",
    "sum(length(subject)) FROM entry WHERE id > 0",
    "sum(length(name)) FROM entry_party WHERE entry_id > 0",
)
"""What a search looks into, a third of a server's memory."""
GOALS = {"SQLite": (5.0, 25.0), "PostgreSQL": (15.0, 40.0)}


@dataclass(frozen=True, slots=True)
class Sample:
    """What the questions are made of: persons, texts by how common they are, days."""

    persons: list[tuple[str, str, str]]
    texts: list[str]
    days: list[int]
    departments: list[int]
    clerks: list[str]


def run(path: Path) -> list[Row]:
    """The same questions on both engines; the indexes are filled first if they were not."""
    rows: list[Row] = []
    with closing(Desk.open(str(path))) as desk:
        fill(desk)
        questions = mix(desk.ask(read), random.Random(13))
        register.read_once(path)
        rows += measure("SQLite", desk, questions)
    with bench_server.filled(path) as url, closing(Desk.open(url)) as desk:
        fill(desk)
        register.read_once(bench_server.folder(path) / "base")
        bench_server.read_once(url, READ)
        rows += measure("PostgreSQL", desk, questions)
    return rows


def fill(desk: Desk) -> float:
    """Fill the derived indexes where they are not filled; how many seconds it took."""
    filling = Filling(desk, derived.fillers())
    start = time.perf_counter()
    filling.run(register.progress_of("filling the indexes"))
    filling.close()
    return time.perf_counter() - start


def read(session: Session) -> Sample:
    """Look around in the register."""
    entry, party, connection = tables.entry, tables.party, session.connection()
    newest = connection.scalar(select(entry.c.id).order_by(entry.c.id.desc()).limit(1)) or 1
    dice = random.Random(5)
    ids = sorted(dice.sample(range(1, newest + 1), min(newest, 4_000)))
    persons = select(party.c.name, party.c.phone_digits, party.c.organisation).where(
        party.c.entry_id.in_(ids)
    )
    texts = select(entry.c.subject, entry.c.request, entry.c.outcome, entry.c.day).where(entry.c.id.in_(ids))
    found = connection.execute(texts).all()
    return Sample(
        persons=[(row[0], row[1], row[2]) for row in connection.execute(persons)],
        texts=[text for row in found for text in row[:3] if text],
        days=[row[3] for row in found],
        departments=list(connection.execute(select(tables.department.c.id)).scalars()),
        clerks=list(connection.execute(select(tables.operator.c.name)).scalars()),
    )


def mix(sample: Sample, dice: random.Random) -> dict[str, list[Query]]:
    """Questions by kind; the filtered ones are questions of all kinds with a filter each."""
    texts = {name: [text for text in made if text] for name, made in _texts(sample, dice)}
    plain = {name: [Query(text) for text in made] for name, made in texts.items()}
    every = [query for made in plain.values() for query in made]
    dice.shuffle(every)
    count = 2 * EACH
    return {
        **plain,
        "a day": [
            replace(query, from_day=day, to_day=day)
            for query, day in zip(every[:count], dice.choices(sample.days, k=count), strict=True)
        ],
        "a department": [
            replace(query, department_id=one)
            for query, one in zip(
                every[count : 2 * count], dice.choices(sample.departments, k=count), strict=True
            )
        ],
        "a clerk": [replace(query, operator=dice.choice(sample.clerks)) for query in every[:EACH]],
        "a rare status": [
            replace(query, status=dice.choice((EntryStatus.OPEN, EntryStatus.VOID)))
            for query in every[-count:]
        ],
    }


def _texts(sample: Sample, dice: random.Random) -> Iterator[tuple[str, list[str]]]:
    named = [person for person in sample.persons if len(person[0]) > 1]
    phoned = [person[1] for person in sample.persons if len(person[1]) > 6]
    housed = [person[2] for person in sample.persons if len(person[2]) > 4]
    common = [text for text, _ in Counter(sample.texts).most_common(60)]

    def part(text: str, size: int) -> str:
        at = dice.randrange(max(1, len(text) - size + 1))
        return text[at : at + size].strip()

    pick = dice.choice
    yield "a name", [pick(named)[0] for _ in range(EACH)]
    yield "two characters", [part(pick(sample.texts), 2) for _ in range(EACH)]
    yield "words of a text", [part(pick(sample.texts), dice.randint(3, 8)) for _ in range(EACH)]
    yield "an organisation", [part(pick(housed), dice.randint(3, 9)) for _ in range(EACH)]
    yield "common", [part(pick(common), dice.randint(2, 4)) for _ in range(EACH)]
    yield "rare: a name and a text", [f"{pick(named)[0]} {part(pick(sample.texts), 2)}" for _ in range(EACH)]
    yield (
        "absent",
        [f"{part(pick(named)[0], 1)}龘{part(pick(common), 2)}" for _ in range(EACH // 2)]
        + [f"{part(pick(common), 2)} {pick(named)[0]}{pick(named)[0]}" for _ in range(EACH // 2)],
    )
    yield "one character", [part(pick(sample.texts), 1) for _ in range(EACH)]
    yield "digits", [part(pick(phoned), dice.choice((3, 4, 4, 6, 8, 11))) for _ in range(EACH)]
    yield "absent digits", [f"{dice.randrange(10**9):09d}" for _ in range(EACH)]
    yield "pinyin", [_pinyin(pick(named)[0], dice) for _ in range(EACH)]
    yield (
        "adversarial: common words never together",
        [f"{part(pick(common), 2)} {part(pick(common), 3)} {part(pick(common), 2)}" for _ in range(EACH)],
    )
    yield "adversarial: common pieces, rare whole", list(_joined(common, dice))[:EACH]


def _pinyin(name: str, dice: random.Random) -> str:
    reading = pinyin.readings(name)
    whole = dice.choice((reading.full, reading.initials)).split(" ")[0]
    return whole[: max(2, dice.randint(len(whole) // 2, len(whole)))]


def _joined(common: list[str], dice: random.Random) -> Iterator[str]:
    """Ends of common texts that overlap by two characters: every three in a row are common."""
    pairs = [
        one[max(0, at - 3) : at] + other[place : place + 4]
        for one in common
        for at in range(2, len(one) + 1)
        for other in common
        for place in [other.find(one[at - 2 : at]) + 2]
        if place > 1 and one != other
    ]
    whole = "\n".join(common)
    rare = sorted({pair for pair in pairs if pair not in whole and len(pair) > 5})
    dice.shuffle(rare)
    yield from rare


def measure(engine: str, desk: Desk, questions: dict[str, list[Query]]) -> list[Row]:
    """Ask everything once, after a few that warm the process up; a row for all, and who was slow."""
    for query in (Query("社保"), Query("wangfang"), Query("8023"), Query("龘")):
        desk.ask(find.entries, query, limit=LIMIT)
    taken: dict[str, list[float]] = {}
    slow: list[tuple[float, Any]] = []
    with register.no_garbage():
        for kind, made in questions.items():
            for query in made:
                start = time.perf_counter()
                desk.ask(find.entries, query, limit=LIMIT)
                spent = 1000 * (time.perf_counter() - start)
                taken.setdefault(kind, []).append(spent)
                slow.append((spent, query))
    for kind, each in taken.items():
        print(
            f"  {engine}: {kind}: p50 {percentile(each, 0.5):.2f}, p95 {percentile(each, 0.95):.2f}, "
            f"worst {max(each):.2f} ms"
        )
    for spent, query in sorted(slow, key=lambda one: one[0])[-5:]:
        print(f"    {spent:.1f} ms: {query}")
    every = [spent for each in taken.values() for spent in each]
    p95, worst = GOALS[engine]
    note = f"{len(every)} questions, p50 {percentile(every, 0.5):.2f} ms"
    return [
        absolute(f"find on {engine}, first {LIMIT}, p95", percentile(every, 0.95), p95, note=note),
        absolute(f"find on {engine}, first {LIMIT}, worst", max(every), worst),
    ]
