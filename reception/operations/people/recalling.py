"""Recall: who was here before, while what stands in a field is still being typed.

The latest persons are looked through directly, those of longer ago through their keys. Better matches stand
above, of equally good ones the latest seen.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from sqlalchemy import text as sql

from reception import persons as rule
from reception.context import Session
from reception.facts.people import PersonOffer
from reception.operations.people import keys, offers

WINDOW = 3_000
"""How many of the latest persons are looked through without keys."""
STATE = "person_keys"
_FLOOR = """
SELECT coalesce((SELECT seen_id FROM person ORDER BY seen_id DESC LIMIT 1 OFFSET :window), 0) AS oldest,
       coalesce((SELECT value FROM derived_state WHERE name = :state), 0) AS keyed
"""
_LATEST = """
SELECT id, tier, seen_id FROM (
  SELECT id, seen_id, {tier} AS tier FROM person WHERE seen_id > :floor
) AS latest WHERE tier < 3 ORDER BY tier, seen_id DESC, id DESC LIMIT :limit
"""
_OLDER = """
SELECT id, tier, seen_id FROM (
  SELECT id, seen_id, {tier} AS tier FROM person
  WHERE seen_id <= :floor AND id IN (SELECT person_id FROM person_key WHERE {which})
) AS older WHERE tier = {wanted} ORDER BY seen_id DESC, id DESC LIMIT :limit
"""
_LAST = chr(0x10FFFF)


def recall(session: Session, typed: str, *, limit: int = 30) -> tuple[PersonOffer, ...]:
    """Everybody seen before who fits what stands in the telephone, the name or the organisation field.

    By characters of the name, by the readings and initials of it (each reading of a surname with several), by
    the organisation or address from the beginning of any of its parts, by any three or more digits of any of
    their numbers. Better matches first, then the latest seen; as many as ``limit`` means there may be more.
    """
    found = groups(session, typed, limit)
    return offers.of(session, found)


def groups(session: Session, typed: str, limit: int) -> list[offers.Group]:
    """Who fits, merged records as one, nobody whose only entries are void."""
    looked_for = rule.wanted(typed)
    if not looked_for or limit < 1:
        return []
    connection = session.connection()
    more = limit
    while True:
        hits = matching(connection, looked_for, more)
        above = offers.roots(connection, hits)
        standing = list(dict.fromkeys(above[person_id] for person_id in hits))
        made = offers.groups(connection, standing)
        found = [one for one in made if any(row["times"] for row in one.rows())]
        if len(found) >= limit or len(hits) < more:
            return found[:limit]
        more *= 4


def matching(connection: Connection, looked_for: rule.Wanted, limit: int) -> list[int]:
    """The records that fit, the best and latest first."""
    server = connection.dialect.name == "postgresql"
    tier, values = _tier(looked_for, server)
    floors = connection.execute(sql(_FLOOR), {"window": WINDOW, "state": STATE}).one()
    values |= {"floor": min(floors.oldest, floors.keyed), "limit": limit}
    latest = connection.execute(sql(_LATEST.format(tier=tier)), values).all()
    found: list[int] = []
    for wanted in range(3):
        near = [row for row in latest if row.tier == wanted]
        if values["floor"] and len(found) + len(near) < limit:
            which, more = _keys(looked_for, wanted)
            if which:
                statement = sql(_OLDER.format(tier=tier, which=which, wanted=wanted))
                near += connection.execute(statement, values | more).all()
        found += [row.id for row in near]
        if len(found) >= limit:
            break
    return found[:limit]


def _tier(looked_for: rule.Wanted, server: bool) -> tuple[str, dict[str, Any]]:
    """``rule.tier`` in the database's words."""
    inside = "strpos({}, {}) > 0" if server else "instr({}, {}) > 0"
    values: dict[str, Any] = {}
    cases: dict[int, list[str]] = {0: [], 1: [], 2: []}

    def case(tier: int, column: str, text: str) -> None:
        name = f"t{len(values)}"
        values[name] = text
        cases[tier].append(inside.format(column, f":{name}"))

    if typed := looked_for.text:
        case(0, "texts", rule.WHOLE + typed + rule.WHOLE)
        case(1, "texts", rule.WHOLE + typed)
        case(2, "texts", rule.END + typed)
    for digits in looked_for.digits:
        case(0, "digits", f" {digits} ")
        case(1, "digits", f" {digits}")
        case(2, "digits", digits)
    # the widest question first: most persons fit in no way
    anyhow = " OR ".join(one for tests in (cases[2], cases[1]) for one in tests)
    steps = " ".join(f"WHEN {' OR '.join(cases[tier])} THEN {tier}" for tier in (0, 1, 2))
    return f"CASE WHEN NOT ({anyhow}) THEN 3 {steps} ELSE 3 END", values


def _keys(looked_for: rule.Wanted, wanted: int) -> tuple[str, dict[str, Any]]:
    """Where the keys of those stand who may fit as well as ``wanted``."""
    conditions, values = [], {}
    for number, typed in enumerate(filter(None, (looked_for.text, *looked_for.digits))):
        mark = keys.END if wanted == 2 else keys.WHOLE
        start = mark + typed[: keys.LENGTH]
        values[f"k{number}"] = start
        if wanted == 0:
            conditions.append(f"key = :k{number}")
        else:
            conditions.append(f"(key >= :k{number} AND key < :e{number})")
            values[f"e{number}"] = start + _LAST
    return " OR ".join(conditions), values
