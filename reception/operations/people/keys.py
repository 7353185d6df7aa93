"""What persons are found by beyond the latest ones: a row for each beginning of a name, a reading, a number.

Recall looks through the latest persons without it, so that it may lag behind: whoever is seen again is among
the latest. Only what a correction changes is written at once, because it may concern somebody of long ago.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy import text as sql

from reception import persons as rule
from reception import tables
from reception.context import Session

_P = tables.person
LENGTH = 12
"""Characters of a key; what is longer is compared with the person's own row."""
WHOLE, END = "^", "~"
NUMBER, DIGITS = "#", "+"
"""Before texts and the ends of texts, before numbers and the ends of numbers."""
_ON_FILE = "INSERT INTO person_key (key, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
_ON_SERVER = (
    "INSERT INTO person_key (key, person_id) "
    "SELECT v.key, v.person_id FROM unnest(CAST(:keys AS text[]), CAST(:people AS bigint[])) "
    "AS v(key, person_id) ON CONFLICT DO NOTHING"
)


def keys_of(texts: str, digits: str) -> set[str]:
    """The keys of a person."""
    found: set[str] = set()
    head, *ends = texts.split(rule.END)
    for item in head.split(rule.WHOLE):
        if item:
            found.add(WHOLE + item[:LENGTH])
    found.update(END + item[:LENGTH] for item in ends if item)
    for number in digits.split():
        found.add(NUMBER + number[:LENGTH])
        found.update(
            DIGITS + number[at : at + LENGTH] for at in range(1, len(number) - rule.LEAST_DIGITS + 1)
        )
    return found


def rows(persons: Iterable[Any]) -> list[tuple[str, int]]:
    """The rows for persons with ``id``, ``texts`` and ``digits``, in the order of the table."""
    return sorted((key, one.id) for one in persons for key in keys_of(one.texts, one.digits))


def insert(connection: Connection, made: Sequence[tuple[str, int]]) -> None:
    """Write rows, those that are there already left alone."""
    if not made:
        return
    if connection.dialect.name == "postgresql":
        values = {"keys": [key for key, _ in made], "people": [person_id for _, person_id in made]}
        connection.execute(sql(_ON_SERVER), values)
    else:
        connection.exec_driver_sql(_ON_FILE, list(made))


def write(session: Session, people: Sequence[int]) -> None:
    """Write the keys of these persons now."""
    connection = session.connection()
    if people:
        found = connection.execute(select(_P.c.id, _P.c.texts, _P.c.digits).where(_P.c.id.in_(people)))
        insert(connection, rows(found))
