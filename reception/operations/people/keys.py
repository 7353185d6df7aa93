"""What persons are found by beyond the latest ones: a row for each beginning of a name, a reading, a number.

Recall looks through the latest persons without it, so that it may lag behind: whoever is seen again is among
the latest. Only what a correction changes is written at once, because it may concern somebody of long ago.

The rows stand by spans of the time at which somebody was seen last, so that recall reads the newest first and
need not read all who fit. Whoever is seen again gets new rows, and those of the time before go away.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from reception import persons as rule
from reception import tables
from reception.context import Session

STATE = "person_keys"
"""In ``derived_state``: everybody last seen with this entry or an older one has keys."""
SPAN = 1 << 16
"""So many ids of entries are one span: a search looks into each of them."""
LENGTH = rule.ITEM
"""Characters of a key; longer numbers are compared with the person's own row."""
WHOLE, END = "^", "~"
NUMBER, DIGITS = "#", "+"
"""Before texts and the ends of texts, before numbers and the ends of numbers."""
Key = tuple[int, str, int, int]
"""A row: span, key, seen, person."""
Seen = tuple[int, int]
"""A person and its ``seen_id``."""
_P, _D = tables.person, tables.person_keyed
_INSERT = {
    "sqlite": "INSERT OR IGNORE INTO person_key (span, key, seen_id, person_id) VALUES (?, ?, ?, ?)",
    "postgresql": "INSERT INTO person_key (span, key, seen_id, person_id) "
    "SELECT * FROM unnest(%s::integer[], %s::text[], %s::bigint[], %s::bigint[]) ON CONFLICT DO NOTHING",
}
_MANY = 1_000
"""Rows from which on a server gets them in its own form."""
_COPY = "COPY person_key (span, key, seen_id, person_id) FROM STDIN (FORMAT BINARY)"
_COPY_HEAD, _COPY_END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
_DELETE = {
    "sqlite": "DELETE FROM person_key WHERE span = ? AND key = ? AND seen_id = ? AND person_id = ?",
    "postgresql": "DELETE FROM person_key AS k "
    "USING unnest(%s::integer[], %s::text[], %s::bigint[], %s::bigint[]) AS o (span, key, seen_id, person_id)"
    " WHERE k.span = o.span AND k.key = o.key AND k.seen_id = o.seen_id AND k.person_id = o.person_id",
}
_NOTE = {
    "sqlite": "INSERT INTO person_keyed (person_id, seen_id) VALUES (?, ?) "
    "ON CONFLICT (person_id) DO UPDATE SET seen_id = max(seen_id, excluded.seen_id)",
    "postgresql": "INSERT INTO person_keyed AS k (person_id, seen_id) "
    "SELECT * FROM unnest(%s::bigint[], %s::bigint[]) "
    "ON CONFLICT (person_id) DO UPDATE SET seen_id = greatest(k.seen_id, excluded.seen_id)",
}


def keys_of(texts: str, digits: str) -> set[str]:
    """The keys of a person."""
    found: set[str] = set()
    head, *ends = texts.split(rule.END)
    for item in head.split(rule.WHOLE):
        if item:
            found.add(WHOLE + item)
    found.update([END + item for item in ends if item])
    for number in digits.split():
        found.add(NUMBER + number[:LENGTH])
        found.update(
            [DIGITS + number[at : at + LENGTH] for at in range(1, len(number) - rule.LEAST_DIGITS + 1)]
        )
    return found


def rows(persons: Iterable[Any]) -> list[Key]:
    """The rows for persons with ``id``, ``seen_id``, ``texts`` and ``digits``, in the order of the table."""
    made: list[Key] = []
    for one in persons:
        seen, person_id = one.seen_id, one.id
        span = seen // SPAN
        made += [(span, key, seen, person_id) for key in keys_of(one.texts, one.digits)]
    made.sort()
    return made


def earlier(connection: Connection, persons: Sequence[Any]) -> list[Key]:
    """The rows that these persons have of a time before they were seen last, in the order of the table."""
    query = select(_D.c.person_id, _D.c.seen_id).where(_D.c.person_id.in_([one.id for one in persons]))
    keyed = {row.person_id: row.seen_id for row in connection.execute(query)}
    return sorted(
        (keyed[one.id] // SPAN, key, keyed[one.id], one.id)
        for one in persons
        if keyed.get(one.id, one.seen_id) < one.seen_id
        for key in keys_of(one.texts, one.digits)
    )


def insert(connection: Connection, made: Sequence[Key]) -> None:
    """Write rows, those that are there already left alone."""
    if connection.dialect.name != "postgresql" or len(made) < _MANY:
        _many(connection, _INSERT, made)
        return
    try:
        with connection.begin_nested():
            _copy(connection, made)
    except IntegrityError:  # a batch that was broken off, or a correction at this moment
        _many(connection, _INSERT, made)


def _copy(connection: Connection, made: Sequence[Key]) -> None:
    """Hand a server rows in its own form, many times faster than as values. Raises IntegrityError."""
    start, size, end = (struct.Struct(form).pack for form in (">hii", ">i", ">iqiq"))
    rows_ = [
        b"".join((start(4, 4, span), size(len(text)), text, end(8, seen, 8, person)))
        for span, text, seen, person in ((one[0], one[1].encode(), one[2], one[3]) for one in made)
    ]
    driver: Any = connection.connection.dbapi_connection
    dbapi: Any = connection.dialect.dbapi
    try:
        with driver.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.write(b"".join((_COPY_HEAD, *rows_, _COPY_END)))
    except dbapi.Error as error:  # so that it is told like any other
        raise DBAPIError.instance(_COPY, None, error, dbapi.Error, dialect=connection.dialect) from error


def delete(connection: Connection, gone: Sequence[Key]) -> None:
    """Take rows away."""
    _many(connection, _DELETE, gone)


def note(connection: Connection, keyed: Sequence[Seen]) -> None:
    """Say under which time the keys of these persons stand."""
    _many(connection, _NOTE, sorted(keyed))


def _many(connection: Connection, statement: dict[str, str], values: Sequence[tuple[Any, ...]]) -> None:
    if not values:
        return
    name = connection.dialect.name
    if name == "postgresql":
        connection.exec_driver_sql(
            statement[name], tuple(list(column) for column in zip(*values, strict=True))
        )
    else:
        connection.exec_driver_sql(statement[name], list(values))


def write(session: Session, people: Sequence[int]) -> None:
    """Write the keys of these persons now."""
    connection = session.connection()
    if not people:
        return
    query = select(_P.c.id, _P.c.seen_id, _P.c.texts, _P.c.digits).where(_P.c.id.in_(people))
    found = connection.execute(query).all()
    delete(connection, earlier(connection, found))
    insert(connection, rows(found))
    note(connection, [(one.id, one.seen_id) for one in found])
