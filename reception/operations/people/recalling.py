"""Recall: who was here before, while what stands in a field is still being typed.

The latest persons are looked through directly, those of longer ago through their keys, from the newest on and
no further than there is room for. Better matches stand above, of equally good ones the latest seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Pool

from reception import persons as rule
from reception.context import Session
from reception.facts.people import PersonOffer
from reception.finding.reading import rows as read
from reception.operations.people import keys, offers

_FEW = 2
"""With fewer than so many among the latest it is likely that all who fit are few."""
_STEP = 4
"""Each time so many times more spans are read, and rows of them."""
_SPARE = 2
"""Hits asked for beyond the limit: some records belong together, some persons have void entries only."""
_LATEST = f"""
SELECT * FROM (SELECT tier, seen_id, id FROM (
SELECT id, seen_id, {{tier}} AS tier FROM person WHERE seen_id > {{floor}}
) AS latest WHERE tier < 3 ORDER BY tier, seen_id DESC, id DESC LIMIT {{limit}}) AS best
UNION ALL SELECT 3, value, 0 FROM derived_state WHERE name = '{keys.STATE}'
"""
"""Beside them how far the keys have come: a question waits for each way to a server and back."""
_PLANNED_ONCE = (
    "UNION ALL SELECT 4, 0, 0 WHERE set_config('plan_cache_mode', 'force_generic_plan', true) IS NULL"
)
"""No row, but for the rest of the transaction a server does not plan anew what it has planned before."""
_OLDER = """SELECT * FROM (SELECT {tier}, seen_id, person_id FROM person_key
WHERE span {spans} AND key >= ? AND key <= ? AND seen_id <= ?
ORDER BY seen_id DESC, person_id DESC LIMIT {limit}) AS k{number}"""
_FIRST, _LAST = "\x01", chr(0x10FFFF)
Place = tuple[int, int, int]
"""Where somebody stands in the list: the tier, the entry they were seen with, their id (below zero)."""
_Read = Callable[[Sequence[int], range, int, int], list[list[Place]]]
_floors: WeakKeyDictionary[Pool, int] = WeakKeyDictionary()
"""How far the keys had come when somebody asked last, by what is one for each register that is open."""
_NOBODY = (1 << 62) - 1
"""Nobody was seen so late: who does not know yet how far the keys have come asks only that."""


def recall(session: Session, typed: str, *, limit: int = 30) -> tuple[PersonOffer, ...]:
    """Everybody seen before who fits what stands in the telephone, the name or the organisation field.

    By characters of the name, by the readings and initials of it (each reading of a surname with several), by
    the organisation or address from the beginning of any of its parts, by any three or more digits of any of
    their numbers. Better matches first, then the latest seen; as many as ``limit`` means there may be more.
    """
    return offers.of(session, groups(session, typed, limit))


def groups(session: Session, typed: str, limit: int) -> list[offers.Group]:
    """Who fits, merged records as one, nobody whose only entries are void."""
    looked_for = rule.wanted(typed)
    if not looked_for or limit < 1:
        return []
    connection = session.connection()
    looking = _Looking(connection, looked_for)
    most = limit + _SPARE
    while True:
        people, cut = looking.candidates(most)
        there = offers.rows_of(connection, people)
        hits = _hits(looked_for, people, there, cut)
        found = [
            one for one in offers.grouped(connection, hits, there) if any(row.times for row in one.rows())
        ]
        if len(found) >= limit or cut is None:
            return found[:limit]
        most *= _STEP


def _hits(
    looked_for: rule.Wanted, people: Sequence[int], there: Sequence[Any], cut: Place | None
) -> list[int]:
    """Those of ``people`` who do fit, best and latest first, down to where the search broke off.

    A key may be out of date: its person has been seen since, or is called otherwise by now.
    """
    asked, places = set(people), []
    for row in there:
        if row.id in asked and (tier := rule.tier(looked_for, row.texts, row.digits)) is not None:
            place = (tier, -row.seen_id, -row.id)
            if cut is None or place <= cut:
                places.append(place)
    return [-place[2] for place in sorted(places)]


class _Looking:
    """One search among persons."""

    def __init__(self, connection: Connection, looked_for: rule.Wanted) -> None:
        self._connection = connection
        self._count = len(looked_for.digits)
        self._typed = (looked_for.text,) if looked_for.text else looked_for.digits
        self._server = connection.dialect.name == "postgresql"
        self._floor = _floors.get(connection.engine.pool, _NOBODY)

    def candidates(self, most: int) -> tuple[list[int], Place | None]:
        """At least everybody who fits, in order; with ``most`` of them also the place of the last.

        Nobody who stands above that place is left out.
        """
        near = self._latest(most)
        spans = range(self._floor // keys.SPAN, -1, -1) if self._floor else range(0)
        # what the latest fill already is not read, nor, where they are many, what fits less
        begun = sum(place[0] < 2 for place in near)
        along = (1,) * (begun < most) + (2,) * (len(near) < _FEW)
        older = _Older(self._read, spans, self._floor, 2 * most, along)
        found: dict[int, None] = {}
        for tier in range(3):
            for place in chain((one for one in near if one[0] == tier), older.of(tier)):
                found[-place[2]] = None
                if len(found) == most:
                    return list(found), place
        return list(found), None

    def _latest(self, most: int) -> list[Place]:
        """The best of the latest persons: of those whose keys may be missing, and maybe some more."""
        tier = _tier(self._count, self._server)
        values = [
            _marked(mark, typed) for mark in (_DIGITS if self._count else _TEXT) for typed in self._typed
        ]
        while True:
            statement = _LATEST.format(tier=tier, floor=self._floor, limit=most)
            if self._server:
                statement += _PLANNED_ONCE
            found = read(self._connection, statement, values)
            floor = next((row[1] for row in found if row[0] == 3), 0)
            looked_from, self._floor = self._floor, floor
            if looked_from <= floor:
                break
        _floors[self._connection.engine.pool] = floor
        return sorted((row[0], -row[1], -row[2]) for row in found if row[0] < 3)

    def _read(self, tiers: Sequence[int], spans: range, newest: int, limit: int) -> list[list[Place]]:
        """The first rows of each of these tiers in these spans."""
        arms: list[str] = []
        values: list[Any] = []
        # a file plans by what stands in the statement, a server plans each statement once
        listed = "AMONG ?" if self._server else f"IN ({','.join(map(str, spans))})"
        for tier in tiers:
            for bounds in self._ranges(tier):
                values += ([*spans], *bounds, newest) if self._server else (*bounds, newest)
                arms.append(_OLDER.format(tier=tier, spans=listed, limit=limit, number=len(arms)))
        found = read(self._connection, " UNION ALL ".join(arms), values)
        places = sorted((row[0], -row[1], -row[2]) for row in found)
        # where one of several keys broke off there were so many rows above already
        return [[place for place in places if place[0] == tier][:limit] for tier in tiers]

    def _ranges(self, tier: int) -> Iterator[tuple[str, str]]:
        """The keys of those who fit just so, perhaps of some who fit less."""
        whole, end = (keys.NUMBER, keys.DIGITS) if self._count else (keys.WHOLE, keys.END)
        for typed in self._typed:
            start = typed[: keys.LENGTH]
            if tier == 0:
                yield whole + start, whole + start
            elif tier == 1:
                yield whole + start + _FIRST, whole + start + _LAST
                if self._count:
                    yield end + start, end + start
            else:
                yield end + start + (_FIRST if self._count else ""), end + start + _LAST


class _Older:
    """The keys that fit, tier by tier and from the newest on, read as far as somebody looks at them.

    One span first; what it held tells how many more are needed: what is rare is read whole in two steps, what
    is common hardly at all. As long as there was little, the lesser tiers are read along with the better.

    Args:
        read_: reads the first rows of some tiers in some spans, down from an entry.
        spans: all there are, the newest first.
        newest: the entry to begin with.
        limit: rows read at a time.
        along: the tiers read along with the first from the beginning; none where it is the only one.
    """

    def __init__(self, read_: _Read, spans: range, newest: int, limit: int, along: tuple[int, ...]) -> None:
        self._read = read_
        self._spans = spans
        self._newest = newest
        self._limit = limit
        self._rows: dict[tuple[int, int], list[Place]] = {}
        self._first = 1 if along else len(spans)
        self._along = dict.fromkeys(along, 0)
        """The span that is next of a tier along with a better one."""
        self._ends: dict[int, int] = {}
        """Where the step ends that begins with a span: the same for all tiers."""

    def of(self, tier: int) -> Iterator[Place]:
        """The rows of one tier; a person may come several times."""
        at, there = 0, 0
        while at < len(self._spans):
            end = self._ends.setdefault(at, self._end(at, there))
            if (tier, at) not in self._rows:
                self._step(tier, at, end)
            rows = self._rows.pop((tier, at))
            there += len(rows)
            yield from self._on(tier, self._spans[at:end], rows)
            at = end

    def _end(self, at: int, there: int) -> int:
        """How far to read on after ``at`` spans that held so many rows."""
        if at == 0:
            return self._first
        wanted = -(-self._limit * at // there) if there else len(self._spans)
        return min(len(self._spans), at + max(wanted, at * _STEP))

    def _step(self, tier: int, at: int, end: int) -> None:
        tiers = [tier, *(one for one in range(tier + 1, 3) if self._along.get(one) == at)]
        every = self._read(tiers, self._spans[at:end], self._newest, self._limit)
        for one, rows in zip(tiers, every, strict=True):
            self._rows[one, at] = rows
            self._along[one] = end if len(rows) < self._limit else -1

    def _on(self, tier: int, spans: range, rows: list[Place]) -> Iterator[Place]:
        """These rows, and those below them where there was no room for more."""
        limit = self._limit
        yield from rows
        while len(rows) >= limit:
            limit *= _STEP
            (rows,) = self._read((tier,), spans, -rows[-1][1], limit)
            yield from rows


def _marked(mark: str, typed: str) -> str:
    """What is looked for, as it stands in the columns where it fits in one of the ways."""
    return {
        "text": typed,
        "whole": rule.WHOLE + typed + rule.WHOLE,
        "first": rule.WHOLE + typed,
        "later": rule.END + typed,
        "digits": typed,
        "number": f" {typed} ",
        "start": f" {typed}",
        "end": f"{typed} ",
    }[mark]


_TEXT, _DIGITS = ("text", "whole", "first", "later"), ("digits", "number", "start", "end")


@lru_cache(maxsize=32)
def _tier(count: int, server: bool) -> str:
    """``persons.tier`` in the database's words: the widest question first, as most fit in no way.

    ``count`` is 0 for a text, for digits in how many spellings. The values are those of ``_TEXT`` or
    ``_DIGITS``, each in all spellings.
    """
    function, column = "strpos" if server else "instr", "digits" if count else "texts"
    fits = " OR ".join([f"{function}({column}, ?) > 0"] * max(1, count))
    if count:
        return f"CASE WHEN NOT ({fits}) THEN 3 WHEN {fits} THEN 0 WHEN {fits} OR {fits} THEN 1 ELSE 2 END"
    return (
        f"CASE WHEN NOT ({fits}) THEN 3 WHEN {fits} THEN 0 WHEN {fits} THEN 1 WHEN {fits} THEN 2 ELSE 3 END"
    )
