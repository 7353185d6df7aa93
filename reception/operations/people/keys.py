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
from reception.finding import reading

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
_P = tables.person
_INSERT = {
    "sqlite": "INSERT OR IGNORE INTO person_key (span, key, seen_id, person_id) VALUES (?, ?, ?, ?)",
    "postgresql": "INSERT INTO person_key (span, key, seen_id, person_id) "
    "SELECT * FROM unnest(%s::integer[], %s::text[], %s::bigint[], %s::bigint[]) ON CONFLICT DO NOTHING",
}
Group = tuple[int, str, list[bytes]]
"""Many rows: span, key, and of each row what stands behind the key in a server's own form."""
_COPY = "COPY person_key (span, key, seen_id, person_id) FROM STDIN (FORMAT BINARY)"
_COPY_HEAD, _COPY_END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
_HEAD, _TAIL = struct.Struct(">hiii"), struct.Struct(">iqiq")
"""Before the key: four columns, the span, how long the key is; behind it: seen, person."""
_DELETE = {
    "sqlite": "DELETE FROM person_key WHERE span = ? AND key = ? AND seen_id = ? AND person_id = ?",
    "postgresql": "DELETE FROM person_key AS k "
    "USING unnest(%s::integer[], %s::text[], %s::bigint[], %s::bigint[]) AS o (span, key, seen_id, person_id)"
    " WHERE k.span = o.span AND k.key = o.key AND k.seen_id = o.seen_id AND k.person_id = o.person_id",
}
_KEYED = "SELECT person_id, seen_id FROM person_keyed WHERE person_id AMONG ?"
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
    keyed: dict[int, int] = dict(reading.rows(connection, _KEYED, ([one.id for one in persons],)))
    if not keyed:
        return []
    return sorted(
        (keyed[one.id] // SPAN, key, keyed[one.id], one.id)
        for one in persons
        if keyed.get(one.id, one.seen_id) < one.seen_id
        for key in keys_of(one.texts, one.digits)
    )


def grouped(persons: Iterable[Any]) -> list[Group]:
    """The same rows key by key, which is quicker than row by row where there are many."""
    spans: dict[int, dict[str, list[bytes]]] = {}
    pack = _TAIL.pack
    for one in persons:
        seen = one.seen_id
        tail = pack(8, seen, 8, one.id)
        of_span = spans.setdefault(seen // SPAN, {})
        for key in keys_of(one.texts, one.digits):
            there = of_span.get(key)
            if there is None:
                of_span[key] = [tail]
            else:
                there.append(tail)
    return [(span, key, spans[span][key]) for span in sorted(spans) for key in sorted(spans[span])]


def insert(connection: Connection, made: Sequence[Key]) -> None:
    """Write rows, those that are there already left alone."""
    _many(connection, _INSERT, made)


def copy(connection: Connection, made: Sequence[Group]) -> None:
    """Hand a server many rows in its own form; those that are there already are left alone."""
    try:
        with connection.begin_nested():
            _copy(connection, made)
    except IntegrityError:  # a batch that was broken off, or a correction at this moment
        rows_ = [(span, key, *_TAIL.unpack(tail)[1::2]) for span, key, tails in made for tail in tails]
        _many(connection, _INSERT, rows_)


def _copy(connection: Connection, made: Sequence[Group]) -> None:
    """Many times faster than as values. Raises IntegrityError."""
    rows_: list[bytes] = []
    for span, key, tails in made:
        text = key.encode()
        head = _HEAD.pack(4, 4, span, len(text)) + text
        rows_ += [head + tail for tail in tails]
    driver: Any = connection.connection.dbapi_connection
    dbapi: Any = connection.dialect.dbapi
    try:
        with driver.cursor() as cursor, cursor.copy(_COPY) as sent:
            sent.write(b"".join((_COPY_HEAD, *rows_, _COPY_END)))
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
