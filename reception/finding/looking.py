"""Looking for the newest entries that fulfil a condition: block by block, until there are enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import Connection

from reception.finding import blocks, records, state
from reception.finding.blocks import Block
from reception.finding.conditions import Days
from reception.finding.protocol import Condition, Split
from reception.finding.reading import rows
from reception.finding.recent import Recent, with_these
from reception.finding.records import Record, Rows
from reception.finding.state import Standing

_IN_BLOCKS = "SELECT block, piece, entries FROM posting WHERE block AMONG ? AND "
_BATCHES = (2, 6)
"""Blocks that are read at a time; after them all others."""
_SCAN = 500
"""Entries that are compared at a time where there are no postings."""
_FEW = 8
"""Comparing so many entries costs no more than reading on about them."""
_DEEPEST = 3
_AT_ONCE = {"sqlite": 0, "postgresql": 48_000}
"""Bytes of postings that are sooner read than asked for in several steps: to a file there is no way."""
_MOST = 1_000
"""Records that are compared at a time."""


class Look:
    """One question: its transaction, what it has read.

    Args:
        connection: the transaction.
        standing: how the postings stand in it.
        known: the newest entries as it sees them.
        condition: what the entries fulfil.
        days: the days that it asks for, if it does; they are part of ``condition``.
        before: only ids below this one.
        limit: how many at most.

    Attributes:
        whole: what a list shows of entries that were read on the way (``records.whole``).
    """

    def __init__(
        self,
        connection: Connection,
        standing: Standing,
        known: Recent,
        condition: Condition,
        days: Days | None,
        before: int | None,
        limit: int,
    ) -> None:
        self.whole: dict[int, Rows] = {}
        self._connection = connection
        self._standing = standing
        self._known = known
        self._condition = condition
        self._days = days
        self._last = None if before is None else before - 1
        self._limit = limit
        self._split: Split = ((), ())
        self._blocks = 0
        """So many were looked into,"""
        self._meant = 0
        """so many entries of them may be meant,"""
        self._bytes = 0
        """and so long are all postings of one."""
        self._ids: list[int] = []

    def newest(self) -> list[int]:
        """Ids of the newest entries that fulfil the condition and lie in the days, the newest first."""
        for one in islice(self._found(), self._limit):
            self._ids.append(one)
        return self._ids

    def _found(self) -> Iterator[int]:
        yield from self._glanced()
        yield from self._scanned()
        yield from self._compared(self._candidates())

    def _glanced(self) -> Iterator[int]:
        """Of the newest, which are not in the postings."""
        first = max(self._standing.indexed, self._known.base) + 1
        for glance in self._known.glances(first, self._last):
            for place in sorted(self._condition.among(glance)):
                one = glance.records[place].id
                if first <= one and (self._last is None or one <= self._last):
                    yield one

    def _scanned(self) -> Iterator[int]:
        """Of entries that are neither among the newest nor in the postings."""
        last = self._known.base if self._last is None else min(self._known.base, self._last)
        while last > self._standing.indexed:
            first = max(self._standing.indexed + 1, last - _SCAN + 1)
            for record in reversed(records.between(self._connection, first, last)):
                if self._condition.fits(record):
                    yield record.id
            last = first - 1

    def _batches(self, last: int) -> Iterator[list[Block]]:
        """The blocks that may hold something, the newest first, in growing batches."""
        span = self._standing.span
        there = [one for one in self._standing.extents if one.number <= last // span]
        every = [Block(one.number, span, one.first_day, one.last_day) for one in there]
        if self._days is not None:
            every = [block for block in every if self._days.meets(block)]
        for size in (*_BATCHES, len(every)):
            # where all of them will hardly fill the page, all are read at once
            if self._blocks and self._meant * (self._blocks + len(every)) <= self._limit * self._blocks:
                size = len(every)
            batch, every = every[:size], every[size:]
            if batch:
                yield batch

    def _candidates(self) -> Iterator[int]:
        """Ids that the postings lead to, and those that they know as they were before; the newest first."""
        span, changed = self._standing.span, self._standing.changed
        if changed:
            self._known = with_these(self._connection, self._known, changed)
        last = self._standing.indexed if self._last is None else min(self._standing.indexed, self._last)
        touched = {one // span for one in changed}
        for batch in self._batches(last):
            for block in self._read_batch(batch, touched):
                base, left = block.base, block.left
                end = min(last - base, span - 1)
                offsets = range(end, -1, -1) if left is None else blocks.descending(left, end)
                ids = (base + offset for offset in offsets)
                if block.number in touched:
                    of_block = [one for one in changed if base <= one < base + span and one <= last]
                    yield from sorted({*ids, *of_block}, reverse=True)
                else:
                    yield from ids

    def _read_batch(self, batch: list[Block], touched: set[int]) -> list[Block]:
        """Read what is needed of some blocks; those that may hold something, ``touched`` ones in any case."""
        if self._days is not None:
            self._read_days([block for block in batch if self._days.cuts(block)])
        every = frozenset(self._condition.keys())
        planned, steps = self._blocks > 0, range(1, _DEEPEST + 1)
        if not planned or len(batch) * self._bytes <= _AT_ONCE[self._connection.dialect.name]:
            steps = range(_DEEPEST, _DEEPEST + 1)
        self._blocks += len(batch)
        for depth in steps:
            keys = every if depth == _DEEPEST else frozenset(self._condition.scouts(depth))
            self._read(batch, keys)
            if not planned:
                self._plan(batch[-1])
            each = [(block, self._narrow(block)) for block in batch]
            batch = [block for block, count in each if count or block.number in touched]
            meant = sum(count for _, count in each)
            if keys == every or meant <= _FEW:
                break
        self._meant += meant
        return batch

    def _plan(self, block: Block) -> None:
        """Begin with the rarest, by an older block: the newest may have begun but yesterday."""
        self._condition = self._condition.planned(block)[1]
        self._split = self._condition.split()
        self._bytes = block.size()

    def _narrow(self, block: Block) -> int:
        """Leave what may be meant by all that was read of a block; about how many that are."""
        keys, rest = self._split
        block.use(keys)
        for part in rest:
            if block.left is None or block.left:
                block.left = part.hits(block, block.left)
        return block.span if block.left is None else len(block.left)

    def _compared(self, ids: Iterator[int]) -> Iterator[int]:
        """Those of descending ids that fulfil the condition indeed."""
        fits, size, looked, there = self._condition.fits, self._limit - len(self._ids), 0, 0
        while chunk := list(islice(ids, size)):
            found = [record.id for record in self._records(chunk) if fits(record)]
            yield from found
            looked, there = looked + len(chunk), there + len(found)
            # as many as will do, if the next are like these; mostly all of them fit
            missing = self._limit - len(self._ids)
            size = max(10, min(missing * looked // max(1, there), 2 * looked, _MOST))

    def _records(self, ids: list[int]) -> Iterable[Record]:
        """The records of these ids in their order."""
        known = self._known.records
        missing = [one for one in ids if one not in known]
        if len(missing) <= self._limit:  # most of them will be shown
            read = records.whole(self._connection, missing)
            self.whole.update(read)
            found = {one: records.of(group, records.WHOLE) for one, group in read.items()}
        else:
            found = {record.id: record for record in records.some(self._connection, missing)}
        return [record for one in ids if (record := known.get(one) or found.get(one))]

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
            of_number[number].kept[key] = blocks.unpack(kept, self._standing.span)

    def _read_days(self, batch: list[Block]) -> None:
        if not batch or self._days is None:
            return
        of_number = {block.number: block for block in batch}
        values = (list(of_number), state.day_key(self._days.first), state.day_key(self._days.last))
        for number, _key, kept in rows(self._connection, _IN_BLOCKS + "piece BETWEEN ? AND ?", values):
            of_number[number].days.append(blocks.unpack(kept, self._standing.span))
