"""Filling beside the work: the keys by which recall finds those who have not come lately."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection, select

from reception import tables
from reception.context import Session
from reception.operations.people import keys
from reception.operations.people.filling import MANY, WRITES, set_value, value_of
from reception.store.filling import Batch, Write
from reception.store.settling import Settling

_P = tables.person
ROWS_PER_PERSON = 20
SCATTERED = 5
"""So many rows that stand side by side are written as quickly as one of these."""
BEHIND = 250
"""So many of the latest persons are left to recall's own looking, and twice as many before work begins."""


class PersonKeys:
    """What persons are found by who are not among the latest."""

    name = keys.STATE

    def __init__(self) -> None:
        self._settling = Settling()

    def progress(self, session: Session) -> tuple[int, int]:
        """The newest entry of the last person done, of the last to do."""
        connection = session.connection()
        done = value_of(connection, self.name) or 0
        first, second = _latest(connection, 2 * BEHIND), _latest(connection, BEHIND)
        return (done, second) if done < first else (done, done)

    def begin(self, session: Session, rows: int, after: tuple[int, int] | None = None) -> Batch:
        """Go on from the last person done, in the order in which they were seen."""
        connection = session.connection()
        if after is None:
            done, last = self.progress(session)
            goal = self._settling.settled(connection, last)
            if goal <= done:
                return Batch((partial(self._settle, newest=last),) if done < last else ())
        else:
            done, goal = after
        size = rows if rows >= MANY else max(1, WRITES * rows // ROWS_PER_PERSON)
        query = (
            select(_P.c.id, _P.c.seen_id, _P.c.texts, _P.c.digits)
            .where(_P.c.seen_id > done, _P.c.seen_id <= goal)
            .order_by(_P.c.seen_id, _P.c.id)
        )
        found = connection.execute(query.limit(size)).all()
        end = found[-1].seen_id if len(found) == size else goal
        if len(found) == size:  # several people of one entry stay together
            found = [*found, *_same_entry(connection, end, {row.id for row in found})]
        gone, each = keys.earlier(connection, found), _size(rows)
        writes: list[Write] = [
            *(partial(_delete, gone=gone[start : start + each]) for start in range(0, len(gone), each)),
            *_inserts(connection, found, rows),
            partial(self._mark, keyed=[(row.id, row.seen_id) for row in found], end=end),
        ]
        return Batch(writes, (end, goal) if end < goal else None)

    def _settle(self, session: Session, *, newest: int) -> None:
        self._settling.note(session.connection(), newest)

    def _mark(self, session: Session, *, keyed: Sequence[keys.Seen], end: int) -> None:
        keys.note(session.connection(), keyed)
        set_value(session.connection(), self.name, end)


def _delete(session: Session, *, gone: Sequence[keys.Key]) -> None:
    keys.delete(session.connection(), gone)


def _inserts(connection: Connection, found: Sequence[Any], rows: int) -> Iterator[Write]:
    if rows >= MANY and connection.dialect.name == "postgresql":
        of_write: list[keys.Group] = []
        size = 0
        for group in keys.grouped(found):
            of_write.append(group)
            size += len(group[2])
            if size >= rows:
                yield partial(_copy, made=of_write)
                of_write, size = [], 0
        if of_write:
            yield partial(_copy, made=of_write)
        return
    made = keys.rows(found)
    size = _size(rows)
    for start in range(0, len(made), size):
        yield partial(_insert, made=made[start : start + size])


def _size(rows: int) -> int:
    """So many rows are written at once: others wait meanwhile, and each stands in another place."""
    return rows if rows >= MANY else max(1, rows // SCATTERED)


def _copy(session: Session, *, made: Sequence[keys.Group]) -> None:
    keys.copy(session.connection(), made)


def _insert(session: Session, *, made: Sequence[keys.Key]) -> None:
    keys.insert(session.connection(), made)


def _same_entry(connection: Connection, seen_id: int, there: set[int]) -> list[Any]:
    query = select(_P.c.id, _P.c.seen_id, _P.c.texts, _P.c.digits).where(_P.c.seen_id == seen_id)
    return [row for row in connection.execute(query) if row.id not in there]


def _latest(connection: Connection, place: int) -> int:
    """The newest entry of the person at this place among the latest."""
    query = select(_P.c.seen_id).order_by(_P.c.seen_id.desc()).offset(place).limit(1)
    return connection.scalar(query) or 0
