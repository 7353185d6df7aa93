"""Looking for the newest entries that fulfil a condition: block by block, until there are enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from reception import tables
from reception.finding import blocks, records, state
from reception.finding.blocks import Hits
from reception.finding.conditions import Block, Condition, Days
from reception.finding.recent import Recent, recent, with_these

_B, _W = tables.posting_block, tables.pending
_SELECT = "SELECT block, piece, entries FROM posting WHERE block"
_IN_BLOCKS = {
    "sqlite": f"{_SELECT} IN (SELECT value FROM json_each(?)) AND ",
    "postgresql": f"{_SELECT} = ANY(%s) AND ",
}
_BATCHES = (1, 4, 16, 64, 256)
_SCAN = 500
"""Entries that are compared at a time where there are no postings."""


def newest(
    connection: Connection, condition: Condition, days: Days | None, *, before: int | None, limit: int
) -> list[int]:
    """Ids of the newest entries that fulfil ``condition`` and lie in ``days``, the newest first.

    Args:
        connection: the transaction.
        condition: what they fulfil; ``days`` is part of it.
        days: the days that it asks for, if it does.
        before: only ids below this one.
        limit: how many at most.
    """
    return list(islice(_Look(connection, condition, days, before, limit).found(), limit))


class _Look:
    """One question, its transaction and what it has read."""

    def __init__(
        self,
        connection: Connection,
        condition: Condition,
        days: Days | None,
        before: int | None,
        limit: int,
    ) -> None:
        self._connection = connection
        self._condition = condition
        self._days = days
        self._before = before
        self._limit = limit
        self._known: Recent = recent(connection)
        self._sqlite = connection.dialect.name == "sqlite"
        kept = state.read(connection)
        self._indexed = kept.indexed
        self._span = kept.span
        self._probe: Block | None = None

    def found(self) -> Iterator[int]:
        """The ids, the newest first."""
        known, fits = self._known, self._condition.fits
        yield from (record.id for record in known.newer(self._indexed, self._before) if fits(record))
        yield from self._scanned()
        changed = self._changed()
        for batch in self._batches():
            for block, hits in self._candidates(batch, changed):
                yield from self._compared(block, hits, changed)

    def _scanned(self) -> Iterator[int]:
        """Of entries that are neither among the newest nor in the postings."""
        last = self._known.base if self._before is None else min(self._known.base, self._before - 1)
        while last > self._indexed:
            first = max(self._indexed + 1, last - _SCAN + 1)
            for record in reversed(records.between(self._connection, first, last)):
                if self._condition.fits(record):
                    yield record.id
            last = first - 1

    def _changed(self) -> set[int]:
        """Entries that the postings know as they were before."""
        query = select(_W.c.entry_id).where(_W.c.entry_id <= self._indexed)
        ids = set(self._connection.execute(query).scalars())
        if ids:
            self._known = with_these(self._connection, self._known, ids)
        return ids

    def _batches(self) -> Iterator[list[Block]]:
        """The blocks that may hold something, the newest first, in growing batches."""
        query = select(_B).order_by(_B.c.block.desc())
        last = self._indexed if self._before is None else min(self._indexed, self._before - 1)
        query = query.where(_B.c.block <= last // self._span)
        every = [Block(row[0], self._span, row[1], row[2]) for row in self._connection.execute(query)]
        if self._days is not None:
            every = [block for block in every if self._days.meets(block)]
        for size in (*_BATCHES, len(every)):
            batch, every = every[:size], every[size:]
            if batch:
                yield batch

    def _candidates(self, batch: list[Block], changed: set[int]) -> Iterator[tuple[Block, Hits | None]]:
        """The blocks of a batch that hold something, with what they may hold."""
        if self._days is not None:
            self._read_days([block for block in batch if self._days.cuts(block)])
        every = frozenset(self._condition.keys())
        if self._probe is None:
            self._read(batch, every)
            self._probe = batch[0]
        else:
            scouts = self._condition.scouts(self._probe)[1]
            self._read(batch, scouts)
            touched = {one // self._span for one in changed}
            rest = [block for block in batch if block.number in touched or self._may_hold(block)]
            self._read(rest, every - scouts)
            batch = rest
        for block in batch:
            yield block, self._condition.hits(block)

    def _may_hold(self, block: Block) -> bool:
        hits = self._condition.hits(block)
        return hits is None or bool(hits)

    def _compared(self, block: Block, hits: Hits | None, changed: set[int]) -> Iterator[int]:
        """The entries of a block that fulfil the condition indeed, the newest first."""
        last = self._indexed if self._before is None else min(self._indexed, self._before - 1)
        offsets: Iterable[int] = range(self._span - 1, -1, -1) if hits is None else blocks.descending(hits)
        of_block = [one for one in changed if one // self._span == block.number]
        if of_block:
            found = {block.base + offset for offset in offsets} | set(of_block)
            ids: Iterator[int] = (one for one in sorted(found, reverse=True) if one <= last)
        else:
            ids = (block.base + offset for offset in offsets if block.base + offset <= last)
        size = self._limit
        while chunk := list(islice(ids, size)):
            for record in reversed(self._records(chunk)):
                if self._condition.fits(record):
                    yield record.id
            size = min(2 * size, 1_000)

    def _records(self, ids: Sequence[int]) -> list[records.Record]:
        known = self._known.records
        missing = [one for one in ids if one not in known]
        found = [known[one] for one in ids if one in known]
        return sorted([*found, *records.some(self._connection, missing)], key=lambda record: record.id)

    # Reading postings.

    def _read(self, batch: list[Block], keys: frozenset[bytes]) -> None:
        if not batch or not keys:
            return
        numbers, wanted = [block.number for block in batch], list(keys)
        if self._sqlite:
            rows = self._rows(f"piece IN ({', '.join('?' * len(wanted))})", (str(numbers), *wanted))
        else:
            rows = self._rows("piece = ANY(%s)", (numbers, wanted))
        of_number = {block.number: block for block in batch}
        for block in batch:
            block.kept.update(dict.fromkeys(keys, b""))
        for number, key, kept in rows:
            of_number[number].kept[key] = kept

    def _read_days(self, batch: list[Block]) -> None:
        if not batch or self._days is None:
            return
        numbers = [block.number for block in batch]
        ends = state.day_key(self._days.first), state.day_key(self._days.last)
        which: Any = str(numbers) if self._sqlite else numbers
        of_number = {block.number: block for block in batch}
        between = "piece BETWEEN ? AND ?" if self._sqlite else "piece BETWEEN %s AND %s"
        for number, key, kept in self._rows(between, (which, *ends)):
            of_number[number].days[state.key_day(key)] = kept

    def _rows(self, which: str, values: tuple[Any, ...]) -> Sequence[Any]:
        statement = _IN_BLOCKS[self._connection.dialect.name] + which
        return self._connection.exec_driver_sql(statement, values).fetchall()
