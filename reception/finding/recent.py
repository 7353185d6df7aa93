"""The newest entries, ready to compare: kept by each process, refreshed by what the journal tells.

They are looked through without the postings, so that saving an entry need not touch those.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, func, select

from reception import tables
from reception.finding import records
from reception.finding.pieces import folded
from reception.finding.records import Record

KEPT = 4_000
"""So many of the newest entries are kept at least, and at most twice as many."""
MOST_LINES = 500
"""Further behind than this it is quicker to begin anew."""
_J, _M = tables.journal, tables.matter
Heads = dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Recent:
    """What was read at one moment, which the heads of the journals name.

    Attributes:
        heads: head and epoch by desk.
        base: of all entries with a higher id there is a record.
        records: by id, ascending, also some older ones.
        matters: the folded names of the matters by id.
    """

    heads: Heads
    base: int
    records: dict[int, Record]
    matters: dict[int, str]

    def newer(self, than: int, before: int | None) -> Iterator[Record]:
        """The records of all entries with ids between, the newest first."""
        last, first = float("inf") if before is None else before, max(than, self.base)
        for one in reversed(self.records):
            if one <= first:
                return
            if one < last:
                yield self.records[one]


_known: WeakKeyDictionary[Dialect, Recent] = WeakKeyDictionary()
_lock = threading.Lock()


def recent(connection: Connection) -> Recent:
    """The newest entries as this transaction sees them."""
    # through SQLAlchemy, which finds out whether the connection is alive
    found_heads = connection.exec_driver_sql("SELECT id, head_sequence, epoch FROM desk").fetchall()
    heads = {row[0]: (row[1], row[2]) for row in found_heads}
    with _lock:
        found = _known.get(connection.dialect)
    if found is not None and found.heads == heads:
        return found
    fresh = _refreshed(connection, found, heads) if found is not None else None
    if fresh is None:
        fresh = _read(connection, heads)
    if not connection.get_execution_options().get("writes"):  # what is not committed may never be
        with _lock:
            _known[connection.dialect] = fresh
    return fresh


def with_these(connection: Connection, known: Recent, ids: Iterable[int]) -> Recent:
    """The same with the records of further entries, which are kept for the next time."""
    missing = [one for one in ids if one not in known.records]
    if not missing:
        return known
    fresh = replace(known, records=_merged(known.records, records.some(connection, missing)))
    with _lock:
        if _known.get(connection.dialect) is known:
            _known[connection.dialect] = fresh
    return fresh


def _read(connection: Connection, heads: Heads) -> Recent:
    newest = connection.scalar(select(func.max(tables.entry.c.id))) or 0
    base = max(0, newest - KEPT)
    found = {record.id: record for record in records.between(connection, base + 1, newest)}
    return Recent(heads, base, found, _matters(connection))


def _refreshed(connection: Connection, known: Recent, heads: Heads) -> Recent | None:
    """What is known, brought to these heads by the lines between; None when that does not lead there."""
    changed: dict[str, set[int]] = {}
    for desk, (head, epoch) in heads.items():
        seen, then = known.heads.get(desk, (0, epoch))
        if epoch != then or not 0 <= head - seen <= MOST_LINES:
            return None
        if head > seen:
            query = select(_J.c.subject_kind, _J.c.subject_id).where(
                _J.c.desk_id == desk, _J.c.sequence > seen, _J.c.sequence <= head
            )
            for kind, subject in connection.execute(query):
                changed.setdefault(kind, set()).add(subject)
    if set(known.heads) - set(heads):
        return None
    ids = [one for one in changed.get("entry", ()) if one > known.base or one in known.records]
    kept, base = _trimmed(_merged(known.records, records.some(connection, ids)), known.base)
    matters = _matters(connection) if "matter" in changed else known.matters
    return Recent(heads, base, kept, matters)


def _merged(known: dict[int, Record], fresh: Sequence[Record]) -> dict[int, Record]:
    merged = {**known, **{record.id: record for record in fresh}}
    if any(record.id not in known for record in fresh):
        merged = dict(sorted(merged.items()))
    return merged


def _trimmed(found: dict[int, Record], base: int) -> tuple[dict[int, Record], int]:
    if len(found) <= 2 * KEPT:
        return found, base
    base = list(found)[-KEPT - 1]
    return {one: record for one, record in found.items() if one > base}, base


def _matters(connection: Connection) -> dict[int, str]:
    return {one: folded(name) for one, name in connection.execute(select(_M.c.id, _M.c.name))}
