"""The newest entries, ready to compare, and the names that entries stand under.

Each process keeps them, refreshed by what the journal tells. The newest entries are looked through without
the postings, so that saving an entry need not touch those.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Pool, func, select

from reception import tables
from reception.finding import names, records
from reception.finding.glances import Glance
from reception.finding.names import Names
from reception.finding.records import Record
from reception.finding.state import Heads

KEPT = 4_000
"""So many of the newest entries are kept at least, and at most twice as many."""
MOST_LINES = 500
"""Further behind than this it is quicker to begin anew."""
GLANCE = 256
"""The records of so many ids are looked through at a time."""
_J = tables.journal


@dataclass(frozen=True, slots=True)
class Recent:
    """What was read at one moment, which the heads of the journals name.

    Attributes:
        heads: head and epoch by desk.
        base: of all entries with a higher id there is a record.
        records: by id, ascending, also some older ones.
        names: of matters, departments, desks and clerks.
        made: glances by number, as far as somebody looked.
    """

    heads: Heads
    base: int
    records: dict[int, Record]
    names: Names
    made: dict[int, Glance] = field(default_factory=dict)

    def glances(self, first: int, last: int | None) -> Iterator[Glance]:
        """Records of all entries with ids from ``first`` to ``last``, the newest first, and a few more."""
        newest = next(reversed(self.records), 0)
        first, last = max(first, self.base + 1), newest if last is None else min(newest, last)
        if first > last:
            return
        for number in range(last // GLANCE, first // GLANCE - 1, -1):
            glance = self.made.get(number)
            if glance is None:
                ids = range(number * GLANCE + GLANCE - 1, number * GLANCE - 1, -1)
                glance = Glance(tuple(self.records[one] for one in ids if one in self.records))
                self.made[number] = glance
            yield glance


_known: WeakKeyDictionary[Pool, Recent] = WeakKeyDictionary()
"""By what is one for each register that is open."""
_lock = threading.Lock()


def recent(connection: Connection, heads: Heads) -> Recent:
    """The newest entries as this transaction sees them, to which the journals have these heads."""
    with _lock:
        found = _known.get(connection.engine.pool)
    if found is not None and found.heads == heads:
        return found
    fresh = _refreshed(connection, found, heads) if found is not None else None
    if fresh is None:
        fresh = _read(connection, heads)
    _keep(connection, found, fresh)
    return fresh


def with_these(connection: Connection, known: Recent, ids: Iterable[int]) -> Recent:
    """The same with the records of further entries, which are kept for the next time."""
    missing = [one for one in ids if one not in known.records]
    if not missing:
        return known
    fresh = replace(known, records=_merged(known.records, records.some(connection, missing)))
    _keep(connection, known, fresh)
    return fresh


def with_names(connection: Connection, known: Recent) -> Recent:
    """The same with names read anew: of something that was added without a line in the journal."""
    fresh = replace(known, names=names.read(connection))
    _keep(connection, known, fresh)
    return fresh


def _keep(connection: Connection, known: Recent | None, fresh: Recent) -> None:
    """For the next time, unless somebody else has kept something meanwhile, or it may yet be taken back."""
    if connection.get_execution_options().get("writes"):
        return
    with _lock:
        if _known.get(connection.engine.pool) is known:
            _known[connection.engine.pool] = fresh


def _read(connection: Connection, heads: Heads) -> Recent:
    newest = connection.scalar(select(func.max(tables.entry.c.id))) or 0
    base = max(0, newest - KEPT)
    found = {record.id: record for record in records.between(connection, base + 1, newest)}
    return Recent(heads, base, found, names.read(connection))


def _refreshed(connection: Connection, known: Recent, heads: Heads) -> Recent | None:
    """What is known, brought to these heads by the lines between; None when that does not lead there."""
    changed = changed_since(connection, known.heads, heads)
    if changed is None:
        return None
    ids = [one for one in changed.get("entry", ()) if one > known.base or one in known.records]
    kept, base = _trimmed(_merged(known.records, records.some(connection, ids)), known.base)
    same = known.names if set(known.heads) == set(heads) and not names.KINDS & changed.keys() else None
    touched = {one // GLANCE for one in ids}
    made = {
        number: glance
        for number, glance in list(known.made.items())
        if number not in touched and number >= base // GLANCE
    }
    return Recent(heads, base, kept, same or names.read(connection), made)


def changed_since(connection: Connection, seen_heads: Heads, heads: Heads) -> dict[str, set[int]] | None:
    """What the lines between two states of the journals are about: ids by kind; None where it is too far."""
    changed: dict[str, set[int]] = {}
    for desk, (head, epoch) in heads.items():
        seen, then = seen_heads.get(desk, (0, epoch))
        if epoch != then or not 0 <= head - seen <= MOST_LINES:
            return None
        if head > seen:
            query = select(_J.c.subject_kind, _J.c.subject_id).where(
                _J.c.desk_id == desk, _J.c.sequence > seen, _J.c.sequence <= head
            )
            for kind, subject in connection.execute(query):
                changed.setdefault(kind, set()).add(subject)
    if set(seen_heads) - set(heads):
        return None
    return changed


def _merged(known: dict[int, Record], fresh: Sequence[Record]) -> dict[int, Record]:
    newest = next(reversed(known), 0)
    merged = {**known, **{record.id: record for record in fresh}}
    if any(record.id < newest and record.id not in known for record in fresh):
        merged = dict(sorted(merged.items()))
    return merged


def _trimmed(found: dict[int, Record], base: int) -> tuple[dict[int, Record], int]:
    if len(found) <= 2 * KEPT:
        return found, base
    base = list(found)[-KEPT - 1]
    return {one: record for one, record in found.items() if one > base}, base
