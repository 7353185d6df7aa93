"""Recall: who was here before, while what stands in a field is still being typed.

The latest persons are looked through directly, those of longer ago through their keys. Better matches stand
above, of equally good ones the latest seen.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy import text as sql

from reception import persons as rule
from reception.context import Session
from reception.facts.people import PersonOffer
from reception.operations.people import keys, offers
from reception.store.prepared import Prepared

WINDOW = 1_500
"""How many of the latest persons have no keys yet, more or less; they are looked through directly."""
_MANY = 2
"""So many among them: it is quicker to look through more of the latest than to read all who fit."""
WIDER = 4 * WINDOW
_SPARE = 4
"""Hits asked for beyond the limit: some records belong together, some persons have void entries only."""
STATE = "person_keys"
_FIRST, _LAST = "\x01", chr(0x10FFFF)
_KEYED = "SELECT value FROM derived_state WHERE name = :state"
_LATEST = """
SELECT id, tier, seen_id FROM (
  SELECT id, seen_id, {tier} AS tier FROM person WHERE seen_id > :floor
) AS latest WHERE tier < 3 ORDER BY tier, seen_id DESC, id DESC LIMIT :limit
"""
_NEXT = """
SELECT id, tier, seen_id FROM (
  SELECT id, seen_id, {tier} AS tier FROM person WHERE seen_id <= :floor
  ORDER BY seen_id DESC, id DESC LIMIT :wider
) AS following WHERE tier = :wanted LIMIT :limit
"""
_OLDER = """
SELECT id, tier, seen_id FROM (
  SELECT id, seen_id, {tier} AS tier FROM person
  WHERE seen_id <= :floor AND id IN (SELECT person_id FROM person_key WHERE {keys})
) AS older WHERE tier = :wanted ORDER BY seen_id DESC, id DESC LIMIT :limit
"""


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
    more = limit + _SPARE
    while True:
        hits = matching(connection, looked_for, more)
        made = offers.groups_of(connection, hits)
        found = [one for one in made if any(row.times for row in one.rows())]
        if len(found) >= limit or len(hits) < more:
            return found[:limit]
        more *= 4


def matching(connection: Connection, looked_for: rule.Wanted, limit: int) -> list[int]:
    """The records that fit, the best and latest first."""
    looking = _Looking(connection, looked_for, limit)
    latest = looking.latest()
    found: list[int] = []
    for wanted in range(3):
        near = [row.id for row in latest if row.tier == wanted]
        missing = limit - len(found) - len(near)
        if missing > 0:
            near += looking.older(wanted, missing, often=len(near))
        found += near
        if len(found) >= limit:
            break
    return found[:limit]


class _Looking:
    """One search among persons."""

    def __init__(self, connection: Connection, looked_for: rule.Wanted, limit: int) -> None:
        self._connection = connection
        self._count = len(looked_for.digits)
        self._typed = (looked_for.text,) if looked_for.text else looked_for.digits
        keyed = _prepared("keyed", 0, False).run(connection, {"state": STATE}).scalar()
        self._server = connection.dialect.name == "postgresql"
        self._floor = int(keyed or 0)
        self._values: dict[str, Any] = {"floor": self._floor, "limit": limit}
        for number, typed in enumerate(self._typed):
            self._values |= _marked(number, typed, digits=bool(self._count))

    def latest(self) -> list[Any]:
        """The best of the latest persons."""
        return list(self._run("latest", self._values))

    def older(self, wanted: int, missing: int, *, often: int) -> list[int]:
        """Those of longer ago who fit just so; ``often`` is how many of the latest did."""
        if not self._floor:
            return []
        values = self._values | {"wanted": wanted, "limit": missing}
        if often >= _MANY:
            near = [row.id for row in self._run("next", {**values, "wider": WIDER})]
            if len(near) == missing:
                return near
        whole, end = (keys.NUMBER, keys.DIGITS) if self._count else (keys.WHOLE, keys.END)
        mark = end if wanted == 2 else whole
        for number, typed in enumerate(self._typed):
            start = mark + typed[: keys.LENGTH]
            # what is exactly so fits better than what begins so: there may be thousands of it
            first = start + _FIRST if wanted == 1 and len(typed) < keys.LENGTH else start
            values |= {f"k{number}": first, f"e{number}": start + (_LAST if wanted else "")}
            values[f"l{number}"] = end + typed if wanted == 1 and self._count else start
        return [row.id for row in self._run("older", values)]

    def _run(self, which: str, values: dict[str, Any]) -> Any:
        return _prepared(which, self._count, self._server).run(self._connection, values)


def _marked(number: int, typed: str, *, digits: bool) -> dict[str, str]:
    """What is looked for, as it stands in the columns where it fits in each of the three ways."""
    if digits:
        marked = {"a": typed, "w": f" {typed} ", "b": f" {typed}", "z": f"{typed} "}
    else:
        whole = rule.WHOLE + typed
        marked = {"a": typed, "w": whole + rule.WHOLE, "b": whole, "i": rule.END + typed}
    return {f"{name}{number}": text for name, text in marked.items()}


@lru_cache(maxsize=32)
def _prepared(which: str, count: int, server: bool) -> Prepared:
    """The statement for a text (``count`` 0) or for digits in so many spellings."""
    if which == "keyed":
        return Prepared(sql(_KEYED))
    statement = {"latest": _LATEST, "next": _NEXT, "older": _OLDER}[which]
    places = [
        f"(key >= :k{number} AND key <= :e{number}) OR key = :l{number}" for number in range(max(1, count))
    ]
    return Prepared(sql(statement.format(tier=_tier(count, server), keys=" OR ".join(places))))


def _tier(count: int, server: bool) -> str:
    """``persons.tier`` in the database's words: the widest question first, as most fit in no way."""

    def any_of(kind: str, column: str) -> str:
        function = "strpos" if server else "instr"
        return " OR ".join(f"{function}({column}, :{kind}{number}) > 0" for number in range(max(1, count)))

    if count:
        return (
            f"CASE WHEN NOT ({any_of('a', 'digits')}) THEN 3 WHEN {any_of('w', 'digits')} THEN 0 "
            f"WHEN {any_of('b', 'digits')} OR {any_of('z', 'digits')} THEN 1 ELSE 2 END"
        )
    return (
        f"CASE WHEN NOT ({any_of('a', 'texts')}) THEN 3 WHEN {any_of('w', 'texts')} THEN 0 "
        f"WHEN {any_of('b', 'texts')} THEN 1 WHEN {any_of('i', 'texts')} THEN 2 ELSE 3 END"
    )
