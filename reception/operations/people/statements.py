"""The everyday statements on persons, as text, because a save makes them each time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam
from sqlalchemy import text as sql

from reception import tables
from reception.store.prepared import Prepared
from reception.tables import Instant

_FOUND = """
SELECT coalesce((SELECT id FROM person WHERE identity = :identity),
                (SELECT person_id FROM person_phone WHERE identity = :identity))
"""
_ROW = """
SELECT id, name, organisation, sex, digits, texts,
       (last_at IS NULL OR last_at <= :at) AS later
FROM person WHERE id = {which}
"""
_KNOWN = _ROW.format(
    which="coalesce((SELECT o.id FROM person AS o WHERE o.identity = :identity), "
    "(SELECT t.person_id FROM person_phone AS t WHERE t.identity = :identity))"
)
_COLUMNS = tuple(column.name for column in tables.person.c if column.name != "id")
_COME = """
UPDATE person SET name = :name, organisation = :organisation, sex = :sex, digits = :digits, texts = :texts,
  times = times + :visits,
  last_entry_id = CASE WHEN :visits > 0 AND (last_at IS NULL OR last_at < :at
    OR (last_at = :at AND last_entry_id < :entry_id)) THEN :entry_id ELSE last_entry_id END,
  last_at = CASE WHEN :visits > 0 AND (last_at IS NULL OR last_at < :at) THEN :at ELSE last_at END,
  seen_id = CASE WHEN seen_id < :entry_id THEN :entry_id ELSE seen_id END
WHERE id = :person_id
"""


class _Both:
    """A statement that a server is asked with a lock on the row that it finds."""

    def __init__(self, statement: str) -> None:
        self._plain = Prepared(_typed(statement))
        self._locking = Prepared(_typed(f"{statement} FOR NO KEY UPDATE"))

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        statement = self._locking if connection.dialect.name == "postgresql" else self._plain
        return statement.run(connection, values).first()


def _typed(statement: str) -> Any:
    made = sql(statement)
    return made.bindparams(bindparam("at", type_=Instant())) if ":at" in statement else made


_BY_IDENTITY = _Both(_KNOWN)
_BY_ID = _Both(_ROW.format(which=":person_id"))
_LOOK = Prepared(sql(_FOUND))
_CHANGE = Prepared(_typed(_COME))
_NEW = Prepared(
    sql(
        f"INSERT INTO person ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)}) "
        "ON CONFLICT DO NOTHING RETURNING id"
    ).bindparams(bindparam("last_at", type_=Instant()))
)
_NEW_PHONE = Prepared(
    sql(
        "INSERT INTO person_phone (person_id, digits, shown, identity) "
        "VALUES (:person_id, :digits, :shown, :identity) "
        "ON CONFLICT (digits, person_id) DO UPDATE "
        "SET identity = coalesce(person_phone.identity, excluded.identity)"
    )
)
UNTOLD = {"note_kind": None, "note": "", "merged_into": None, "face": None}


def found(connection: Connection, identities: Sequence[str]) -> int | None:
    """The person of the first of these identities that leads to one."""
    for identity in identities:
        there = _LOOK.run(connection, {"identity": identity}).scalar()
        if there is not None:
            return int(there)
    return None


def known(connection: Connection, identities: Sequence[str], at: dt.datetime) -> Any:
    """The row of that person, locked on a server; ``later`` tells whether ``at`` is after the last visit."""
    for identity in identities:
        row = _BY_IDENTITY.first(connection, {"identity": identity, "at": at})
        if row is not None:
            return row
    return None


def locked(connection: Connection, person_id: int, at: dt.datetime) -> Any:
    """As ``known``, by id."""
    return _BY_ID.first(connection, {"person_id": person_id, "at": at})


def insert_person(connection: Connection, values: Mapping[str, Any]) -> int | None:
    """Make a person; None when another desk has just made one of this identity."""
    made = _NEW.run(connection, {**UNTOLD, **values}).scalar()
    return None if made is None else int(made)


def insert_phone(
    connection: Connection, person_id: int, digits: str, shown: str, identity: str | None
) -> None:
    """Note a number of a person; ``identity`` leads to them from now on."""
    values = {"person_id": person_id, "digits": digits, "shown": shown, "identity": identity}
    _NEW_PHONE.run(connection, values)


_NEW_ONES = Prepared(
    sql(
        f"INSERT INTO person ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)}) "
        "ON CONFLICT (identity) DO NOTHING"
    )
)
_NEW_PHONES = Prepared(
    sql(
        "INSERT INTO person_phone (person_id, digits, shown, identity) "
        "VALUES (:person_id, :digits, :shown, :identity) ON CONFLICT (digits, person_id) DO NOTHING"
    )
)
_COUNT = Prepared(
    sql(
        "UPDATE person SET name = :name, organisation = :organisation, sex = :sex, texts = :texts, "
        "times = times + :visits, "
        "last_entry_id = CASE WHEN last_at IS NULL OR last_at <= :last_at THEN "
        "coalesce(:last_entry_id, last_entry_id) ELSE last_entry_id END, "
        "last_at = CASE WHEN last_at IS NULL OR last_at <= :last_at THEN "
        "coalesce(:last_at, last_at) ELSE last_at END, "
        "seen_id = CASE WHEN seen_id < :seen_id THEN :seen_id ELSE seen_id END WHERE id = :person_id"
    ).bindparams(bindparam("last_entry_id", type_=BigInteger()))
)


def insert_people(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Make many persons; those that another desk has just made are left as they are."""
    _NEW_ONES.many(connection, rows)


def insert_phones(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Note many first numbers."""
    _NEW_PHONES.many(connection, rows)


_COUNT_MANY = """
UPDATE person AS p SET name = v.name, organisation = v.organisation, sex = v.sex, texts = v.texts,
  times = p.times + v.visits,
  last_entry_id = CASE WHEN p.last_at IS NULL OR p.last_at <= v.last_at
    THEN coalesce(v.last_entry_id, p.last_entry_id) ELSE p.last_entry_id END,
  last_at = CASE WHEN p.last_at IS NULL OR p.last_at <= v.last_at
    THEN coalesce(v.last_at, p.last_at) ELSE p.last_at END,
  seen_id = greatest(p.seen_id, v.seen_id)
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::integer[], %s::bigint[],
  %s::timestamptz[], %s::bigint[])
  AS v (person_id, name, organisation, sex, texts, visits, last_entry_id, last_at, seen_id)
WHERE p.id = v.person_id
"""
_COUNTED = (
    *("person_id", "name", "organisation", "sex", "texts", "visits"),
    *("last_entry_id", "last_at", "seen_id"),
)


def count(connection: Connection, changes: Sequence[Mapping[str, Any]]) -> None:
    """Write what many entries told of many persons; instants as the driver has them."""
    if connection.dialect.name == "postgresql":
        values = tuple([one[name] for one in changes] for name in _COUNTED)
        connection.exec_driver_sql(_COUNT_MANY, values)
    else:
        _COUNT.many(connection, changes)


def come(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write what another entry told of a person, and count its visit."""
    _CHANGE.run(connection, values)
