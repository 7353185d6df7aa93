"""Records that are no entries (who is expected, things lent, parcels), ready to compare as entries are.

There are few beside the entries, so that all are kept in each process, refreshed by what the journal tells;
nothing leads to them but looking at all.
"""

from __future__ import annotations

import datetime as dt
import heapq
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Pool, Table, select

from reception import tables
from reception.finding.glances import Glance
from reception.finding.pieces import folded
from reception.finding.protocol import Condition
from reception.finding.reading import rows
from reception.finding.recent import changed_since
from reception.finding.records import Record
from reception.finding.state import Heads
from reception.numbers import day_number
from reception.tables.among import one_of
from reception.text import phone_digits

_GLANCE = 512
"""The records of so many ids are looked through at a time."""
_HEADS = "SELECT id, head_sequence, epoch FROM desk"
_BEGIN_ANEW = frozenset({"department", "setting"})
"""What every record may say something of: names of departments, the zone by which days are told."""


class _Told(NamedTuple):
    """What is looked for in a table, by its columns."""

    table: Table
    at: str
    """The instant by which the newest is first."""
    texts: tuple[str, ...]
    names: tuple[str, ...]
    """Those of ``texts`` that are looked for by their pinyin too."""
    phone: str = ""


OWN = {
    "expected": _Told(
        tables.expected,
        "at",
        ("name", "organisation", "room", "whom", "subject", "note", "plate"),
        ("name", "whom"),
        "phone",
    ),
    "loan": _Told(tables.loan, "lent_at", ("thing", "whom", "note"), ("whom",), "phone"),
    "parcel": _Told(
        tables.parcel,
        "received_at",
        ("whom", "sender", "tracking", "handed_to", "note"),
        ("whom", "handed_to"),
    ),
}
"""By what the journal calls them. The name of the department stands among the texts of each."""
_WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Own:
    """What was read at one moment, which the heads of the journals name."""

    heads: Heads
    records: dict[str, dict[int, Record]]
    moments: dict[str, dict[int, dt.datetime]]
    made: dict[tuple[str, int], Glance] = field(default_factory=dict)

    def meant(self, kind: str, condition: Condition) -> list[int]:
        """The ids of those that fulfil the condition, in no order."""
        found: list[int] = []
        kept = self.records[kind]
        for number in range(max(kept, default=0) // _GLANCE + 1):
            glance = self.made.get((kind, number))
            if glance is None:
                ids = range(number * _GLANCE, (number + 1) * _GLANCE)
                glance = Glance(tuple(kept[one] for one in ids if one in kept))
                self.made[kind, number] = glance
            found += [glance.records[place].id for place in condition.among(glance)]
        return found

    def newest(self, kind: str, ids: Sequence[int], limit: int) -> list[int]:
        """So many of the ids, the newest first."""
        moments = self.moments[kind]
        return heapq.nlargest(limit, ids, key=lambda one: (moments[one], one))


_known: WeakKeyDictionary[Pool, Own] = WeakKeyDictionary()
_lock = threading.Lock()


def present_own(connection: Connection, zone: dt.tzinfo) -> Own:
    """All of them as this transaction sees them; days are those of the site's ``zone``."""
    heads = {desk: (head, epoch) for desk, head, epoch in rows(connection, _HEADS)}
    with _lock:
        found = _known.get(connection.engine.pool)
    if found is not None and found.heads == heads:
        return found
    fresh = _refreshed(connection, found, heads, zone) if found is not None else None
    fresh = fresh or _read(connection, heads, zone)
    if not connection.get_execution_options().get("writes"):  # it may yet be taken back
        with _lock:
            if _known.get(connection.engine.pool) is found:
                _known[connection.engine.pool] = fresh
    return fresh


def _read(connection: Connection, heads: Heads, zone: dt.tzinfo) -> Own:
    fresh = Own(heads, {kind: {} for kind in OWN}, {kind: {} for kind in OWN})
    for kind in OWN:
        _add(connection, fresh, kind, None, zone)
    return fresh


def _refreshed(connection: Connection, known: Own, heads: Heads, zone: dt.tzinfo) -> Own | None:
    changed = changed_since(connection, known.heads, heads)
    if changed is None or _BEGIN_ANEW & changed.keys():
        return None
    touched = {(kind, one // _GLANCE) for kind in OWN for one in changed.get(kind, ())}
    made = {place: glance for place, glance in list(known.made.items()) if place not in touched}
    fresh = Own(heads, dict(known.records), dict(known.moments), made)
    for kind in OWN:
        if ids := changed.get(kind):
            records, moments = known.records[kind], known.moments[kind]
            fresh.records[kind] = {one: record for one, record in records.items() if one not in ids}
            fresh.moments[kind] = {one: at for one, at in moments.items() if one not in ids}
            _add(connection, fresh, kind, list(ids), zone)
    return fresh


def _add(connection: Connection, own: Own, kind: str, ids: Sequence[int] | None, zone: dt.tzinfo) -> None:
    told = OWN[kind]
    table, department = told.table, tables.department
    columns = [table.c[name] for name in (*told.texts, *([told.phone] if told.phone else ()))]
    query = (
        select(table.c.id, table.c[told.at], department.c.name.label("department_name"), *columns)
        .outerjoin(department, department.c.id == table.c.department_id)
        .where(table.c.status != _WITHDRAWN)
    )
    if ids is not None:
        query = query.where(one_of(connection, table.c.id, ids))
    for row in connection.execute(query):
        one, at, of_department, *texts = row
        phone = texts.pop() if told.phone else ""
        own.moments[kind][one] = at
        own.records[kind][one] = _record(
            one, day_number(at.astimezone(zone).date()), told, texts, phone, of_department
        )


def _record(
    one: int, day: int, told: _Told, texts: Sequence[str], phone: str, department: str | None
) -> Record:
    lines = [folded(line) for line in (*texts, department) if line]
    of_name = dict(zip(told.texts, texts, strict=True))
    names = tuple(of_name[name] for name in told.names if of_name[name])
    digits = phone_digits(phone).replace(" ", "\n") if phone else ""
    values = (one, 0, day, "", "", None, None, 0, None)
    return Record(*values, "\n".join(lines), folded(phone), digits, names)
