"""Filling the posting blocks: whole blocks of an old register, then its newest entries, many at a time.

Postings are only ever added: what a correction took away stays in them and is sorted out when the texts are
compared. An entry that changed after it was indexed waits in ``posting_pending``, with the version that the
postings lack.
"""

from __future__ import annotations

import struct
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias, TypeVar

from sqlalchemy import Connection, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert as server_insert
from sqlalchemy.dialects.sqlite import insert as file_insert
from sqlalchemy.exc import DBAPIError

from reception import tables
from reception.context import Session
from reception.finding import blocks, pieces, records, state
from reception.finding.pieces import folded
from reception.store.filling import Batch, Write

_CHUNK = 8_192
"""The texts of so many entries are held at a time."""
TAIL = 1_000
"""So many new entries are worth a batch: fewer are quickly looked through without postings."""
CHANGED = 200
"""So many changed entries are worth one."""
_LOOKED_UP = 5_000
"""So many keys are looked up at a time."""
_LIGHT = 256
"""Bytes that weigh as much as one more row: a bitmap is written as slowly as thirty rows of few entries."""
_B, _E, _P, _S, _W = tables.posting_block, tables.entry, tables.posting, tables.state, tables.pending
_UPSERT = {
    "sqlite": "INSERT OR REPLACE INTO posting (block, piece, entries) VALUES (?, ?, ?)",
    "postgresql": "INSERT INTO posting (block, piece, entries)"
    " SELECT %s, piece, entries FROM unnest(%s::bytea[], %s::bytea[]) AS new (piece, entries)"
    " ON CONFLICT (block, piece) DO UPDATE SET entries = excluded.entries",
}
_COPY = "COPY posting (block, piece, entries) FROM STDIN (FORMAT BINARY)"
_COPY_HEAD, _COPY_END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
"""PostgreSQL's own form of rows: a signature, flags, then each row; an end mark."""


Offsets: TypeAlias = "array[int]"
"""Two bytes each: a block has millions of them."""
_Posting: TypeAlias = "tuple[bytes, bytes]"
"""A piece, and the entries of a block that hold it."""


@dataclass(slots=True)
class _Gathered:
    """What is to be added to one block."""

    number: int
    postings: Mapping[bytes, Offsets] = field(default_factory=dict)
    days: set[int] = field(default_factory=set)
    versions: dict[int, int] = field(default_factory=dict)
    """The version of each entry as it was read."""


class _After(NamedTuple):
    """Where a batch goes on: behind what is indexed by then, up to what is there for good."""

    indexed: int
    settled: int
    span: int


class Filler:
    """The postings of Find, as ``store.filling`` fills them.

    Args:
        span: how many ids a block of a new index holds.
        tail: how many new entries make a batch.
        changed: how many changed entries make a batch.
    """

    name = state.NAME

    def __init__(self, span: int = blocks.SPAN, tail: int = TAIL, changed: int = CHANGED) -> None:
        self._span = span
        self._tail = tail
        self._changed = changed
        self._settling = (0, 0)
        """An id, and a transaction of a server that began after that id was seen."""

    def progress(self, session: Session) -> tuple[int, int]:
        """Entries in the postings of all."""
        connection = session.connection()
        known, newest = state.read(connection), _newest(connection)
        indexed = known.indexed
        if indexed and known.layout != state.PRESENT_LAYOUT:
            return 0, newest
        if newest - indexed >= self._tail:
            return indexed, newest
        changed = connection.scalar(select(func.count()).select_from(_W).where(_W.c.entry_id <= indexed)) or 0
        return max(0, newest - (changed if changed >= self._changed else 0)), newest

    def begin(self, session: Session, rows: int, after: _After | None = None) -> Batch:
        """The next block, or what changed since."""
        connection = session.connection()
        if after is not None:
            return self._block(connection, after, rows)
        known = state.read(connection)
        if known.layout != state.PRESENT_LAYOUT:
            return Batch(list(_clear(connection, known.indexed, rows)))
        newest = _newest(connection)
        span = known.span if known.indexed else self._span
        if newest - known.indexed < self._tail:
            return Batch(list(self._changes(connection, span, known.indexed, rows)))
        settled = self._settled(connection, newest)
        if settled - known.indexed < self._tail:
            return Batch((partial(self._settle, newest=newest),))
        return self._block(connection, _After(known.indexed, settled, span), rows)

    def _block(self, connection: Connection, after: _After, rows: int) -> Batch:
        """The entries behind those that are indexed, as far as one block goes."""
        indexed, settled, span = after
        first = connection.scalar(select(func.min(_E.c.id)).where(_E.c.id > indexed)) or settled
        number = first // span
        last = min(settled, number * span + span - 1)
        chunks = (
            records.rows_between(connection, at, min(last, at + _CHUNK - 1))
            for at in range(first, last + 1, _CHUNK)
        )
        gathered = _gathered(number, span, chunks)
        writes = [*_writes(connection, gathered, span, rows), _finisher(gathered, span, last)]
        return Batch(writes, _After(last, settled, span) if settled - last >= self._tail else None)

    def _changes(self, connection: Connection, span: int, indexed: int, rows: int) -> Iterator[Write]:
        """The changed entries among those indexed, block by block."""
        query = select(_W.c.entry_id).where(_W.c.entry_id <= indexed).order_by(_W.c.entry_id)
        ids = connection.execute(query.limit(10 * self._changed)).scalars().all()
        for number, group in groupby(ids, lambda one: one // span):
            gathered = _gathered(number, span, [records.rows_of(connection, list(group))])
            yield from _writes(connection, gathered, span, rows)
            yield _finisher(gathered, span, 0)

    def _settled(self, connection: Connection, newest: int) -> int:
        """Up to this id every entry is there for good: a server gives ids before it commits them."""
        if connection.dialect.name == "sqlite":
            return newest
        ends = connection.scalar(text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")) or 0
        seen, began = self._settling
        return min(seen, newest) if began and ends >= began else 0

    def _settle(self, session: Session, newest: int) -> None:
        """Note a transaction that begins after ``newest`` was seen.

        Whoever holds a lower id has begun before it, because a desk locks its chain, and so has a number of
        transaction, before it takes an id.
        """
        began = session.connection().scalar(text("SELECT pg_current_xact_id()::text::bigint"))
        self._settling = (newest, int(began or 0))


def _newest(connection: Connection) -> int:
    return connection.scalar(select(func.max(_E.c.id))) or 0


def _clear(connection: Connection, indexed: int, rows: int) -> Iterator[Write]:
    """Take postings of another layout away, a block a batch, from when on nobody looks into them."""
    if indexed:
        yield _forget
        return
    number = connection.scalar(select(func.min(_P.c.block)))
    if number is None:
        yield _begin_anew
        return
    of_block = select(_P.c.piece).where(_P.c.block == number).order_by(_P.c.piece)
    keys = connection.execute(of_block).scalars().all()
    for at in range(0, len(keys), rows):
        yield partial(_remove, number=number, keys=keys[at : at + rows])


def _forget(session: Session) -> None:
    session.connection().execute(update(_S).where(_S.c.name == state.INDEXED).values(value=0))


def _remove(session: Session, number: int, keys: Sequence[bytes]) -> None:
    these = (_P.c.block == number) & _P.c.piece.between(keys[0], keys[-1])
    session.connection().execute(delete(_P).where(these))


def _begin_anew(session: Session) -> None:
    connection = session.connection()
    connection.execute(delete(_B))
    _set(connection, state.LAYOUT, state.PRESENT_LAYOUT)


def _offsets() -> Offsets:
    return array("H")


def _gathered(number: int, span: int, chunks: Iterable[records.Rows]) -> _Gathered:
    """The pieces of rows of ``records``. Each distinct text is cut once: a register repeats itself."""
    texts, phones, names, days = (defaultdict[Any, Offsets](_offsets) for _ in range(4))
    values = [(column, defaultdict[Any, Offsets](_offsets)) for column in records.FILTERS]
    last = records.ENTRY
    each = [kept for _, kept in values] + [texts] * len(records.TEXTS)
    gathered = _Gathered(number)
    before = None
    for rows in chunks:
        for row in rows:
            if row[0] != before:
                before = row[0]
                offset = before - number * span
                gathered.versions[before] = row[1]
                days[row[2]].append(offset)
                for kept, value in zip(each, row[3:last], strict=True):
                    kept[value].append(offset)
            name = row[last]
            if name is not None:
                names[name].append(offset)
                texts[row[last + 1]].append(offset)
                phones[row[last + 2]].append(offset)
                if row[last + 3] != row[last + 2]:
                    phones[row[last + 3]].append(offset)
    found = defaultdict[str, Offsets](_offsets)
    keys = defaultdict[bytes, Offsets](_offsets)
    for line, offsets in texts.items():
        _add(found, pieces.of_text(folded(line)), offsets)
    for line, offsets in phones.items():
        _add(found, pieces.of_phone(folded(line)), offsets)
    for line, offsets in names.items():
        _add(found, pieces.of_text(folded(line)), offsets)
        _add(keys, pieces.of_name(line), offsets)
    for day, offsets in days.items():
        gathered.days.add(day)
        keys[state.day_key(day)].extend(offsets)
    for column, kept in values:
        for value, offsets in kept.items():
            keys[pieces.value(column, value)].extend(offsets)
    keys.update((piece.encode(), offsets) for piece, offsets in found.items())
    gathered.postings = keys
    return gathered


_Key = TypeVar("_Key")


def _add(found: dict[_Key, Offsets], keys: Iterable[_Key], offsets: Offsets) -> None:
    for key in keys:
        found[key].extend(offsets)


def _writes(connection: Connection, gathered: _Gathered, span: int, rows: int) -> Iterator[Write]:
    """Add the postings to their block, so many rows at a time, in the order of their keys.

    They are packed and compared with those that are there before, because others wait while they are added:
    nobody else adds any as long as the claim holds, and without it nothing is written.
    """
    number, upserts = gathered.number, False
    postings = [(key, blocks.pack(gathered.postings[key], span)) for key in sorted(gathered.postings)]
    if connection.scalar(select(_P.c.block).where(_P.c.block == number).limit(1)) is not None:
        postings, upserts = list(_joined(connection, number, postings, span)), True
    portion: list[_Posting] = []
    weight = 0
    for one in postings:
        portion.append(one)
        weight += 1 + len(one[1]) // _LIGHT
        if weight >= rows:
            yield partial(_add_rows, number=number, portion=portion, upserts=upserts)
            portion, weight = [], 0
    if portion:
        yield partial(_add_rows, number=number, portion=portion, upserts=upserts)


def _joined(
    connection: Connection, number: int, postings: Sequence[_Posting], span: int
) -> Iterator[_Posting]:
    """What the block lacks of these postings, each together with what it has of it."""
    for at in range(0, len(postings), _LOOKED_UP):
        some = postings[at : at + _LOOKED_UP]
        there = _there(connection, number, [key for key, _ in some])
        for key, new in some:
            kept = there.get(key)
            if kept is not None:
                hits = blocks.either(blocks.unpack(kept, span), blocks.unpack(new, span))
                new = hits if isinstance(hits, bytes) else blocks.pack(hits, span)
            if new != kept:
                yield key, new


def _add_rows(session: Session, number: int, portion: Sequence[_Posting], *, upserts: bool) -> None:
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_UPSERT["sqlite"], [(number, *one) for one in portion])
    elif upserts:
        values = (number, [one[0] for one in portion], [one[1] for one in portion])
        connection.exec_driver_sql(_UPSERT["postgresql"], values)
    else:
        _copy(connection, number, portion)


def _copy(connection: Connection, number: int, fresh: Sequence[_Posting]) -> None:
    """Hand a server rows that it lacks, many times faster than one by one."""
    head = struct.pack(">hii", 3, 4, number)
    size = struct.Struct(">i").pack
    rows = [b"".join((head, size(len(key)), key, size(len(kept)), kept)) for key, kept in fresh]
    driver: Any = connection.connection.dbapi_connection
    dbapi: Any = connection.dialect.dbapi
    try:
        with driver.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.write(b"".join((_COPY_HEAD, *rows, _COPY_END)))
    except dbapi.Error as error:  # so that it is told like any other
        raise DBAPIError.instance(_COPY, None, error, dbapi.Error, dialect=connection.dialect) from error


def _there(connection: Connection, number: int, keys: list[bytes]) -> dict[bytes, bytes]:
    select_ = "SELECT piece, entries FROM posting WHERE block"
    if connection.dialect.name == "postgresql":
        rows = connection.exec_driver_sql(f"{select_} = %s AND piece = ANY(%s)", (number, keys))
    else:
        # one range instead of many look-ups: the keys stand side by side
        rows = connection.exec_driver_sql(
            f"{select_} = ? AND piece BETWEEN ? AND ?", (number, keys[0], keys[-1])
        )
    return {row[0]: row[1] for row in rows}


def _finisher(gathered: _Gathered, span: int, last: int) -> Write:
    """``_finish`` without the postings, of which there are many, and a further batch is read by then."""
    return partial(_finish, gathered=replace(gathered, postings={}), span=span, last=last)


def _finish(session: Session, gathered: _Gathered, span: int, last: int) -> None:
    """Say that the batch is in the postings; with ``last`` also that every entry up to that id is."""
    connection = session.connection()
    insert: Any = file_insert if connection.dialect.name == "sqlite" else server_insert
    if gathered.days:
        kept = connection.execute(select(_B).where(_B.c.block == gathered.number)).one_or_none()
        days = {*gathered.days, *(kept[1:] if kept else ())}
        row = {"block": gathered.number, "first_day": min(days), "last_day": max(days)}
        upsert = insert(_B).values(row)
        connection.execute(upsert.on_conflict_do_update(index_elements=[_B.c.block], set_=row))
    if last:
        for name, value in ((state.INDEXED, last), (state.SPAN, span)):
            _set(connection, name, value)
    _clear_pending(connection, gathered.versions)


def _set(connection: Connection, name: str, value: int) -> None:
    insert: Any = file_insert if connection.dialect.name == "sqlite" else server_insert
    upsert = insert(_S).values(name=name, value=value)
    connection.execute(upsert.on_conflict_do_update(index_elements=[_S.c.name], set_={"value": value}))


def _clear_pending(connection: Connection, versions: Mapping[int, int]) -> None:
    """Forget the changes that were indexed; a later one has a later version and stays."""
    if not versions:
        return
    query = select(_W.c.entry_id, _W.c.version).where(_W.c.entry_id.between(min(versions), max(versions)))
    for one, version in connection.execute(query).all():
        if version <= versions.get(one, -1):
            connection.execute(_W.delete().where(_W.c.entry_id == one, _W.c.version == version))
