"""Looking for the newest entries that fulfil a condition: block by block, until there are enough."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import Connection

from reception.finding import blocks, records, state
from reception.finding.conditions import Block, Condition, Days
from reception.finding.reading import rows
from reception.finding.recent import Recent, with_these

_IN_BLOCKS = "SELECT block, piece, entries FROM posting WHERE block AMONG ? AND "
_CHANGED = "SELECT entry_id FROM posting_pending WHERE entry_id <= ?"
_BLOCKS = "SELECT block, first_day, last_day FROM posting_block WHERE block <= ? ORDER BY block DESC"
_BATCHES = (2, 10, 64, 256)
_GLANCE = 200
"""Of the newest entries so many are compared at a time."""
_SCAN = 500
"""Entries that are compared at a time where there are no postings."""


def newest(
    connection: Connection,
    known: Recent,
    condition: Condition,
    days: Days | None,
    *,
    before: int | None,
    limit: int,
) -> list[int]:
    """Ids of the newest entries that fulfil ``condition`` and lie in ``days``, the newest first.

    Args:
        connection: the transaction.
        known: the newest entries as it sees them.
        condition: what they fulfil; ``days`` is part of it.
        days: the days that it asks for, if it does.
        before: only ids below this one.
        limit: how many at most.
    """
    return list(islice(_Look(connection, known, condition, days, before, limit).found(), limit))


class _Look:
    """One question, its transaction and what it has read."""

    def __init__(
        self,
        connection: Connection,
        known: Recent,
        condition: Condition,
        days: Days | None,
        before: int | None,
        limit: int,
    ) -> None:
        self._connection = connection
        self._known = known
        self._condition = condition
        self._days = days
        self._before = before
        self._limit = limit
        kept = state.read(connection)
        self._indexed = kept.indexed
        self._span = kept.span
        self._planned = False

    def found(self) -> Iterator[int]:
        """The ids, the newest first."""
        fits = self._condition.fits
        newer = self._known.newer(self._indexed, self._before)
        while some := list(islice(newer, _GLANCE)):
            yield from [record.id for record in some if fits(record)]
        yield from self._scanned()
        yield from self._compared(self._candidates())

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
        ids = {row[0] for row in rows(self._connection, _CHANGED, (self._indexed,))}
        if ids:
            self._known = with_these(self._connection, self._known, ids)
        return ids

    def _batches(self) -> Iterator[list[Block]]:
        """The blocks that may hold something, the newest first, in growing batches."""
        last = self._indexed if self._before is None else min(self._indexed, self._before - 1)
        there = rows(self._connection, _BLOCKS, (last // self._span,))
        every = [Block(row[0], self._span, row[1], row[2]) for row in there]
        if self._days is not None:
            every = [block for block in every if self._days.meets(block)]
        for size in (*_BATCHES, len(every)):
            batch, every = every[:size], every[size:]
            if batch:
                yield batch

    def _candidates(self) -> Iterator[int]:
        """Ids that the postings lead to, and those that they know as they were before; the newest first."""
        changed = self._changed()
        last = self._indexed if self._before is None else min(self._indexed, self._before - 1)
        for batch in self._batches():
            for block in self._read_batch(batch, {one // self._span for one in changed}):
                base, hits = block.base, self._condition.hits(block)
                offsets = range(self._span - 1, -1, -1) if hits is None else blocks.descending(hits)
                ids = (base + offset for offset in offsets if base + offset <= last)
                if of_block := [one for one in changed if base <= one < base + self._span and one <= last]:
                    yield from sorted({*ids, *of_block}, reverse=True)
                else:
                    yield from ids

    def _read_batch(self, batch: list[Block], touched: set[int]) -> list[Block]:
        """Read what is needed of some blocks; those that may hold something, ``touched`` ones in any case."""
        if self._days is not None:
            self._read_days([block for block in batch if self._days.cuts(block)])
        every = frozenset(self._condition.keys())
        if not self._planned:
            self._read(batch, every)
            # by the older one: the newest may have begun but yesterday
            self._condition = self._condition.planned(batch[-1])[1]
            self._planned = True
            return batch
        for depth in (1, 2):
            self._read(batch, frozenset(self._condition.scouts(depth)))
            batch = [block for block in batch if block.number in touched or self._may_hold(block)]
        self._read(batch, every)
        return batch

    def _may_hold(self, block: Block) -> bool:
        hits = self._condition.hits(block)
        return hits is None or bool(hits)

    def _compared(self, ids: Iterator[int]) -> Iterator[int]:
        """Those of descending ids that fulfil the condition indeed."""
        fits, size = self._condition.fits, self._limit
        while chunk := list(islice(ids, size)):
            found = [record.id for record in reversed(self._records(chunk)) if fits(record)]
            yield from found
            # mostly all of them do; where none does, many are looked at together
            size = max(10, self._limit - len(found)) if found else min(2 * size, 1_000)

    def _records(self, ids: list[int]) -> list[records.Record]:
        """The records of these ids, ascending."""
        known = self._known.records
        missing = [one for one in ids if one not in known]
        found = [known[one] for one in ids if one in known]
        return sorted([*found, *records.some(self._connection, missing)], key=lambda record: record.id)

    # Reading postings.

    def _read(self, batch: list[Block], keys: frozenset[bytes]) -> None:
        """Read what was not read yet of ``keys``."""
        wanted = list(keys - batch[0].read) if batch else []
        if not wanted:
            return
        of_number = {block.number: block for block in batch}
        for block in batch:
            block.read = keys
        values = (list(of_number), wanted)
        for number, key, kept in rows(self._connection, _IN_BLOCKS + "piece AMONG ?", values):
            of_number[number].kept[key] = kept

    def _read_days(self, batch: list[Block]) -> None:
        if not batch or self._days is None:
            return
        of_number = {block.number: block for block in batch}
        values = (list(of_number), state.day_key(self._days.first), state.day_key(self._days.last))
        for number, _key, kept in rows(self._connection, _IN_BLOCKS + "piece BETWEEN ? AND ?", values):
            of_number[number].days.append(kept)
