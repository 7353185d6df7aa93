"""What an entry has to fulfil to be found: each condition both compares records and leads to them.

Comparing (``fits``) is the rule; the postings only say which records are worth comparing. So what a condition
takes from a block may be too much, but never too little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import Protocol

from reception.finding import blocks, pieces
from reception.finding.blocks import Hits
from reception.finding.records import Record

EVERYTHING = None
"""Stands for all offsets of a block, known or not."""


@dataclass(slots=True)
class Block:
    """What was read of a block: postings by key (``b""`` for none), and the postings of its days by day."""

    number: int
    span: int
    first_day: int = 0
    last_day: int = 99_999_999
    kept: dict[bytes, bytes] = field(default_factory=dict)
    days: dict[int, bytes] = field(default_factory=dict)

    @property
    def base(self) -> int:
        """The id of offset 0."""
        return self.number * self.span

    def count(self, key: bytes) -> int:
        """About how many entries have ``key``; all of them if it was not read."""
        kept = self.kept.get(key)
        return self.span if kept is None else blocks.count(kept, self.span)

    def hits(self, keys: Iterable[bytes]) -> Hits | None:
        """The offsets that have all of ``keys``; those that were not read are passed over."""
        found: Hits | None = EVERYTHING
        for key in sorted((key for key in keys if key in self.kept), key=self.count):
            one = blocks.unpack(self.kept[key], self.span)
            found = one if found is None else blocks.both(found, one)
            if not found:
                break
        return found


class Condition(Protocol):
    """Something that an entry fulfils or not."""

    def fits(self, record: Record) -> bool:
        """Whether the entry fulfils it."""
        ...

    def keys(self) -> Iterator[bytes]:
        """All postings that lead to it."""
        ...

    def scouts(self, known: Block) -> tuple[int, frozenset[bytes]]:
        """How many entries of a block like ``known`` it leaves about, and the postings that say so."""
        ...

    def hits(self, block: Block) -> Hits | None:
        """Which entries of a block may fulfil it."""
        ...


@dataclass(frozen=True, slots=True)
class Every:
    """All of several conditions; none is fulfilled by everything."""

    parts: tuple[Condition, ...]

    def fits(self, record: Record) -> bool:
        """Whether the entry fulfils all."""
        return all(part.fits(record) for part in self.parts)

    def keys(self) -> Iterator[bytes]:
        """Those of the parts."""
        for part in self.parts:
            yield from part.keys()

    def scouts(self, known: Block) -> tuple[int, frozenset[bytes]]:
        """Those of the part that leaves least."""
        every = (part.scouts(known) for part in self.parts)
        return min(every, key=lambda one: one[0], default=(known.span, frozenset()))

    def hits(self, block: Block) -> Hits | None:
        """Common to all parts."""
        found: Hits | None = EVERYTHING
        for part in sorted(self.parts, key=lambda part: part.scouts(block)[0]):
            one = part.hits(block)
            if one is not None:
                found = one if found is None else blocks.both(found, one)
                if not found:
                    break
        return found


@dataclass(frozen=True, slots=True)
class Some:
    """One of several conditions at least."""

    parts: tuple[Condition, ...]

    def fits(self, record: Record) -> bool:
        """Whether the entry fulfils one."""
        return any(part.fits(record) for part in self.parts)

    def keys(self) -> Iterator[bytes]:
        """Those of the parts."""
        for part in self.parts:
            yield from part.keys()

    def scouts(self, known: Block) -> tuple[int, frozenset[bytes]]:
        """Those of all parts together."""
        every = [part.scouts(known) for part in self.parts]
        return sum(one[0] for one in every), frozenset().union(*(one[1] for one in every))

    def hits(self, block: Block) -> Hits | None:
        """What any part has."""
        found: Hits = set()
        for part in self.parts:
            one = part.hits(block)
            if one is None:
                return EVERYTHING
            found = blocks.either(found, one)
        return found


@dataclass(frozen=True, slots=True)
class _Led:
    """A condition that one set of keys leads to; an entry that fulfils it has all of them."""

    led_by: tuple[bytes, ...]

    def keys(self) -> Iterator[bytes]:
        """Its keys."""
        return iter(self.led_by)

    def scouts(self, known: Block) -> tuple[int, frozenset[bytes]]:
        """The rarest of its keys."""
        if not self.led_by:
            return known.span, frozenset()
        rarest = min(self.led_by, key=known.count)
        return known.count(rarest), frozenset((rarest,))

    def hits(self, block: Block) -> Hits | None:
        """Common to all of its keys."""
        return block.hits(self.led_by)


@dataclass(frozen=True, slots=True)
class Holds(_Led):
    """The folded word stands in a text, or in a telephone as it was written."""

    word: str
    few_digits: bool

    def fits(self, record: Record) -> bool:
        """Whether it does."""
        return self.word in record.texts or (not self.few_digits and self.word in record.phones)


@dataclass(frozen=True, slots=True)
class Digits(_Led):
    """The digits stand in one number of a telephone field, however that was written."""

    digits: str

    def fits(self, record: Record) -> bool:
        """Whether they do."""
        return self.digits in record.digits


@dataclass(frozen=True, slots=True)
class SoundsLike(_Led):
    """The letters are meant for a name: ``pieces.sounds_like``, one of its two halves."""

    letters: str

    def fits(self, record: Record) -> bool:
        """Whether they are."""
        return any(pieces.sounds_like(name, self.letters) for name in record.names)


@dataclass(frozen=True, slots=True)
class Is(_Led):
    """A column has this value."""

    column: str
    value: object

    def fits(self, record: Record) -> bool:
        """Whether it has."""
        return bool(getattr(record, self.column) == self.value)


@dataclass(frozen=True, slots=True)
class Among:
    """One of these entries."""

    ids: frozenset[int]

    def fits(self, record: Record) -> bool:
        """Whether it is."""
        return record.id in self.ids

    def keys(self) -> Iterator[bytes]:
        """None: the ids say it all."""
        return iter(())

    def scouts(self, known: Block) -> tuple[int, frozenset[bytes]]:
        """Their number."""
        return len(self.ids), frozenset()

    def hits(self, block: Block) -> Hits | None:
        """Those that lie in the block."""
        return {one - block.base for one in self.ids if 0 <= one - block.base < block.span}


@dataclass(frozen=True, slots=True)
class Days:
    """The day lies between two days, both included."""

    first: int
    last: int

    def fits(self, record: Record) -> bool:
        """Whether it does."""
        return self.first <= record.day <= self.last

    def keys(self) -> Iterator[bytes]:
        """None: the days of a block are read as a range."""
        return iter(())

    def scouts(self, known: Block) -> tuple[int, frozenset[bytes]]:
        """Whatever the days: they are read anyway."""
        if not self.cuts(known):
            return known.span, frozenset()
        return sum(blocks.count(kept, known.span) for kept in known.days.values()), frozenset()

    def hits(self, block: Block) -> Hits | None:
        """The entries of those days."""
        if not self.cuts(block):
            return EVERYTHING
        nobody: Hits = set()
        return reduce(
            blocks.either, (blocks.unpack(kept, block.span) for kept in block.days.values()), nobody
        )

    def meets(self, block: Block) -> bool:
        """Whether a block has such days."""
        return self.first <= block.last_day and block.first_day <= self.last

    def cuts(self, block: Block) -> bool:
        """Whether a block has other days too."""
        return block.first_day < self.first or self.last < block.last_day


def holds(word: str) -> Condition:
    """The word stands in a text or a telephone."""
    return Holds(tuple(pieces.encoded(pieces.of_word(word))), word, pieces.is_few_digits(word))


def digits(wanted: str) -> Condition:
    """The digits stand in a telephone number."""
    return Digits(tuple(pieces.encoded(pieces.of_word(wanted))), wanted)


def sounds_like(letters: str) -> Condition:
    """The letters are meant for a name: its beginnings lead there, or four letters inside."""
    beginning = SoundsLike((pieces.begins(letters[: pieces.INSIDE_LETTERS]),), letters)
    if len(letters) < pieces.INSIDE_LETTERS:
        return beginning
    fours = range(len(letters) - pieces.INSIDE_LETTERS + 1)
    within = tuple(dict.fromkeys(pieces.inside(letters[at : at + pieces.INSIDE_LETTERS]) for at in fours))
    return Some((beginning, SoundsLike(within, letters)))


def is_(column: str, value: object) -> Condition:
    """A column has a value."""
    return Is((pieces.value(column, value),), column, value)
