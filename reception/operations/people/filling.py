"""Filling beside the work: the people of entries made before there were any.

``PersonLinks`` walks once through the entries that were there when it was first asked; whatever is saved
since is linked at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select, type_coerce, update
from sqlalchemy import text as sql
from sqlalchemy.types import NullType

from reception import persons as rule
from reception import tables
from reception.context import Session
from reception.facts import EntryStatus
from reception.operations.people import links, offers, statements
from reception.store.filling import Batch
from reception.store.prepared import Prepared

_P, _T, _E, _N, _S = tables.person, tables.phone, tables.entry, tables.party, tables.state
Row = dict[str, Any]
ROWS_PER_ENTRY = 3
MANY = 2_000
"""Rows from which on a write is somebody's who waits for it, and larger is faster."""
WRITES = 12
"""At most so many writes a batch."""


def value_of(connection: Connection, name: str) -> int | None:
    """How far something has come, as ``derived_state`` keeps it."""
    return connection.scalar(select(_S.c.value).where(_S.c.name == name))


def set_value(connection: Connection, name: str, value: int) -> None:
    """Say how far something has come."""
    connection.execute(
        sql(
            "INSERT INTO derived_state (name, value) VALUES (:name, :value) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        ),
        {"name": name, "value": value},
    )


_TOLD = ("id", "entry_id", "name", "phone", "phone_digits", "organisation", "sex")
_UNKNOWN = Prepared(
    select(*(_N.c[name] for name in _TOLD), _E.c.received_at, _E.c.status)
    .join(_E, _E.c.id == _N.c.entry_id)
    .where(_E.c.id > bindparam("first"), _E.c.id <= bindparam("last"), _N.c.person_id.is_(None))
    # said of both, else a server looks up the persons of each entry by themselves
    .where(_N.c.entry_id > bindparam("first"), _N.c.entry_id <= bindparam("last"))
    .where(sql("coalesce(entry.category, '') NOT IN ('accusation', 'report')"))
    .order_by(_N.c.entry_id, _N.c.position)
)
"""Instants come as the driver has them."""


class PersonLinks:
    """Who the people of older entries are."""

    name = "person_links"
    _goal = "person_links.goal"

    def progress(self, session: Session) -> tuple[int, int]:
        """The last entry done, of the last to do."""
        connection = session.connection()
        done, goal = value_of(connection, self.name) or 0, value_of(connection, self._goal)
        if goal is None:
            goal = connection.scalar(select(func.max(_E.c.id))) or 0
        return min(done, goal), goal

    def begin(self, session: Session, rows: int, _after: None = None) -> Batch:
        """Walk on from the last entry done."""
        done, goal = self.progress(session)
        size = rows if rows >= MANY else max(1, rows // ROWS_PER_ENTRY)
        starts = range(done, min(goal, done + WRITES * size), size)
        return Batch(
            [partial(self._write, start=one, end=min(one + size, goal), goal=goal) for one in starts]
        )

    def _write(self, session: Session, *, start: int, end: int, goal: int) -> None:
        fill(session.connection(), session, start, end)
        set_value(session.connection(), self.name, end)
        set_value(session.connection(), self._goal, goal)


def fill(connection: Connection, session: Session, start: int, end: int) -> None:
    """Link the parties without a person of the entries after ``start``, up to ``end``."""
    plain: dict[str, list[Row]] = {}
    columns = (*_TOLD, "received_at", "status")
    for values in _UNKNOWN.run(connection, {"first": start, "last": end}).all():
        row = dict(zip(columns, values, strict=True))
        identities = rule.identities_of(row)
        if len(identities) == 1:
            plain.setdefault(identities[0], []).append(row)
        elif identities:
            _one_by_one(session, row, identities)
    if not plain:
        return
    # a server's parties may be corrected at this moment: what they tell counts once they are linked
    alone = connection.dialect.name == "sqlite"
    people, made = _people(connection, plain, whole=alone)
    pairs = {row["id"]: people[identity].id for identity, rows in plain.items() for row in rows}
    linked = _link(connection, pairs)
    told = [one for one in plain if not (alone and one in made)]
    changes = [_seen(people[identity], plain[identity], linked) for identity in told]
    _count(connection, [one for one in _together(changes) if one["visits"] or one["seen_id"]])


def _one_by_one(session: Session, row: Row, identities: tuple[str, ...]) -> None:
    """Somebody with several numbers: each may lead to somebody known."""
    one = links.Link(row, identities)
    visits = 0 if row["status"] == EntryStatus.VOID else 1
    at = offers.instant(row["received_at"])
    assert at is not None
    links.find(session, [one], row["entry_id"], at, visits=visits)
    session.connection().execute(update(_N).where(_N.c.id == row["id"]), {"person_id": one.person_id})


_KNOWN = select(
    *(_P.c[name] for name in ("id", "identity", "name", "organisation", "sex", "texts")),
    # as the driver has it, like the entries' own: they are only compared and handed back
    type_coerce(_P.c.last_at, NullType()).label("last_at"),
)
_BY_IDENTITY = _KNOWN.where(_P.c.identity.in_(bindparam("identities", expanding=True)))
_SECOND = select(_T.c.identity, _T.c.person_id).where(
    _T.c.identity.in_(bindparam("identities", expanding=True))
)


class _Blank(NamedTuple):
    """Somebody who is made, before anything that they came for is counted."""

    id: int
    name: str
    organisation: str
    sex: str | None
    texts: str
    last_at: Any = None


def _people(
    connection: Connection, plain: Mapping[str, list[Row]], *, whole: bool
) -> tuple[dict[str, Any], set[str]]:
    """The rows of the persons of these identities, made where they are missing, and whose were.

    ``whole`` says that those who are made get all that their parties tell.
    """
    known = _known(connection, list(plain))
    missing = [identity for identity in sorted(plain) if identity not in known]
    if not missing:
        return known, set()
    statements.insert_people(connection, [_fresh(one, plain[one], whole=whole) for one in missing])
    known |= _known(connection, missing)
    phones = []
    for identity in missing:
        first = plain[identity][0]
        for digits, shown in rule.shown_numbers(first["phone"], first["phone_digits"]).items():
            person_id = known[identity].id
            phones.append({"person_id": person_id, "digits": digits, "shown": shown, "identity": None})
    statements.insert_phones(connection, phones)
    return known, set(missing)


def _fresh(identity: str, rows: Sequence[Row], *, whole: bool) -> Row:
    made = {**statements.UNTOLD, **links.fresh(rows[0], identity), "seen_id": rows[0]["entry_id"]}
    if not whole:
        return made
    blank = _Blank(0, made["name"], made["organisation"], made["sex"], made["texts"])
    told = _seen(blank, rows, None)
    return {**made, **{name: told[name] for name in made.keys() & told.keys()}, "times": told["visits"]}


def _known(connection: Connection, identities: Sequence[str]) -> dict[str, Any]:
    asked = {"identities": identities}
    found = {row.identity: row for row in connection.execute(_BY_IDENTITY, asked)}
    second = {row.identity: row.person_id for row in connection.execute(_SECOND, asked)}
    second = {identity: there for identity, there in second.items() if identity not in found}
    if second:
        rows = connection.execute(_KNOWN.where(_P.c.id.in_(set(second.values()))))
        by_id = {row.id: row for row in rows}
        found |= {identity: by_id[there] for identity, there in second.items()}
    return found


def _link(connection: Connection, pairs: Mapping[int, int]) -> set[int]:
    """Write whose the parties are; those that somebody corrected at this moment are left alone."""
    if connection.dialect.name == "postgresql":
        statement = sql(
            "UPDATE entry_party AS n SET person_id = v.person_id "
            "FROM unnest(CAST(:ids AS bigint[]), CAST(:people AS bigint[])) AS v(id, person_id) "
            "WHERE n.id = v.id AND n.person_id IS NULL RETURNING n.id"
        )
        values = {"ids": list(pairs), "people": list(pairs.values())}
        return set(connection.execute(statement, values).scalars())
    connection.exec_driver_sql(
        "UPDATE entry_party SET person_id = ? WHERE id = ?", [(there, key) for key, there in pairs.items()]
    )
    return set(pairs)


def _seen(person: Any, rows: Iterable[Row], linked: set[int] | None) -> Row:
    """What those of these entries that were linked (all) tell of somebody, and how often they came."""
    name, organisation, sex = person.name, person.organisation, person.sex
    last, last_id, newest = person.last_at, None, 0
    visits: set[int] = set()
    for row in rows:
        if linked is not None and row["id"] not in linked:
            continue
        later = last is None or row["received_at"] >= last
        told = "" if rule.anonymous(row["name"]) else row["name"]
        name = rule.better_name(name, told, later=later)
        organisation = (
            row["organisation"] if row["organisation"] and (later or not organisation) else organisation
        )
        sex = row["sex"] if row["sex"] and (later or not sex) else sex
        newest = max(newest, row["entry_id"])
        if row["status"] != EntryStatus.VOID:
            visits.add(row["entry_id"])
            if later:
                last, last_id = row["received_at"], row["entry_id"]
    same = name == person.name and organisation == person.organisation
    return {
        "person_id": person.id,
        "name": name,
        "organisation": organisation,
        "sex": sex,
        "texts": person.texts if same else rule.texts(name, organisation),
        "visits": len(visits),
        "last_entry_id": last_id,
        "last_at": last if last_id is not None else None,
        "seen_id": newest,
    }


def _together(changes: Iterable[Row]) -> list[Row]:
    """One row a person, in the order of their ids: a second number leads to somebody who is there already."""
    made: dict[int, Row] = {}
    for one in sorted(changes, key=lambda row: row["person_id"]):
        before = made.get(one["person_id"])
        if before is None:
            made[one["person_id"]] = one
            continue
        later = one if (one["last_entry_id"] or 0) > (before["last_entry_id"] or 0) else before
        made[one["person_id"]] = {
            **later,
            "visits": before["visits"] + one["visits"],
            "seen_id": max(before["seen_id"], one["seen_id"]),
        }
    return list(made.values())


def _count(connection: Connection, changes: Sequence[Row]) -> None:
    if not changes:
        return
    if connection.dialect.name == "postgresql":
        lock = sql("SELECT id FROM person WHERE id = ANY(:people) ORDER BY id FOR NO KEY UPDATE")
        connection.execute(lock, {"people": [one["person_id"] for one in changes]})
    statements.count(connection, changes)
