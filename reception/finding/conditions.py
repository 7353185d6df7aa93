"""What an entry has to fulfil to be found: each condition both compares records and leads to them.

Comparing (``fits``) is the rule; the postings only say which records are worth comparing. So what a condition
takes from a block may be too much, but never too little.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reception.finding import blocks
from reception.finding.blocks import Block, Hits
from reception.finding.glances import Glance
from reception.finding.protocol import EVERYTHING, Condition, Split
from reception.finding.records import Record

_NOBODY: Hits = set()


class _Asking:
    """A condition that asks more than keys."""

    __slots__ = ()

    def split(self: Condition) -> Split:
        """Itself."""
        return (), (self,)


@dataclass(frozen=True, slots=True)
class Every:
    """All of several conditions; none is fulfilled by everything."""

    parts: tuple[Condition, ...]

    def fits(self, record: Record) -> bool:
        """Whether the entry fulfils all."""
        for part in self.parts:  # noqa: SIM110 - it is asked of thousands, and all() is twice as slow
            if not part.fits(record):
                return False
        return True

    def among(self, glance: Glance) -> set[int]:
        """Those that are among each part's."""
        found = glance.places()
        for part in self.parts:
            found &= part.among(glance)
            if not found:
                break
        return found

    def keys(self) -> Iterator[bytes]:
        """Those of the parts."""
        for part in self.parts:
            yield from part.keys()

    def planned(self, known: Block) -> tuple[int, Condition]:
        """The part that leaves least first."""
        every = sorted((part.planned(known) for part in self.parts), key=lambda one: one[0])
        return every[0][0] if every else known.span, Every(tuple(part for _, part in every))

    def scouts(self, depth: int) -> Iterator[bytes]:
        """Those of the first part, then those of the next too."""
        for place, part in enumerate(self.parts[:depth]):
            yield from part.scouts(depth - place)

    def hits(self, block: Block, among: Hits | None = EVERYTHING) -> Hits | None:
        """Common to all parts."""
        found = among
        for part in self.parts:
            found = part.hits(block, found)
            if found is not None and not found:
                break
        return found

    def split(self) -> Split:
        """Those of the parts, in their order."""
        each = [part.split() for part in self.parts]
        return tuple(key for keys, _ in each for key in keys), tuple(one for _, rest in each for one in rest)


@dataclass(frozen=True, slots=True)
class Some(_Asking):
    """One of several conditions at least."""

    parts: tuple[Condition, ...]

    def fits(self, record: Record) -> bool:
        """Whether the entry fulfils one."""
        for part in self.parts:  # noqa: SIM110 - as above
            if part.fits(record):
                return True
        return False

    def among(self, glance: Glance) -> set[int]:
        """Those that are among any part's."""
        return set().union(*(part.among(glance) for part in self.parts))

    def keys(self) -> Iterator[bytes]:
        """Those of the parts."""
        for part in self.parts:
            yield from part.keys()

    def planned(self, known: Block) -> tuple[int, Condition]:
        """All parts, each with its rarest first."""
        every = [part.planned(known) for part in self.parts]
        return sum(one[0] for one in every), Some(tuple(part for _, part in every))

    def scouts(self, depth: int) -> Iterator[bytes]:
        """Those of all parts."""
        for part in self.parts:
            yield from part.scouts(depth)

    def hits(self, block: Block, among: Hits | None = EVERYTHING) -> Hits | None:
        """What any part has."""
        found = _NOBODY
        for part in self.parts:
            one = part.hits(block, among)
            if one is among or one is None:
                return among
            if one:
                found = blocks.either(found, one) if found else one
        return found


@dataclass(frozen=True, slots=True)
class Among(_Asking):
    """One of these entries."""

    ids: frozenset[int]

    def fits(self, record: Record) -> bool:
        """Whether it is."""
        return record.id in self.ids

    def among(self, glance: Glance) -> set[int]:
        """Those of the ids."""
        return glance.having("id", self.ids)

    def keys(self) -> Iterator[bytes]:
        """None: the ids say it all."""
        return iter(())

    def planned(self, known: Block) -> tuple[int, Condition]:
        """As many as there are ids."""
        return len(self.ids), self

    def scouts(self, depth: int) -> Iterator[bytes]:
        """None."""
        return iter(())

    def hits(self, block: Block, among: Hits | None = EVERYTHING) -> Hits | None:
        """Those that lie in the block."""
        found: Hits = {one - block.base for one in self.ids if 0 <= one - block.base < block.span}
        return found if among is None else blocks.both(among, found)


@dataclass(frozen=True, slots=True)
class Without(_Asking):
    """None of these entries, which are few."""

    ids: frozenset[int]

    def fits(self, record: Record) -> bool:
        """Whether it is none of them."""
        return record.id not in self.ids

    def among(self, glance: Glance) -> set[int]:
        """All but those of the ids."""
        return set(range(len(glance.records))) - glance.having("id", self.ids)

    def keys(self) -> Iterator[bytes]:
        """None: the ids say it all."""
        return iter(())

    def planned(self, known: Block) -> tuple[int, Condition]:
        """It leaves nearly all, and cannot lead."""
        return known.span, self

    def scouts(self, depth: int) -> Iterator[bytes]:
        """None."""
        return iter(())

    def hits(self, block: Block, among: Hits | None = EVERYTHING) -> Hits | None:
        """All: comparing leaves them out."""
        return among


@dataclass(frozen=True, slots=True)
class Days(_Asking):
    """The day lies between two days, both included."""

    first: int
    last: int

    def fits(self, record: Record) -> bool:
        """Whether it does."""
        return self.first <= record.day <= self.last

    def among(self, glance: Glance) -> set[int]:
        """Those of the days."""
        return {place for place, one in enumerate(glance.records) if self.first <= one.day <= self.last}

    def keys(self) -> Iterator[bytes]:
        """None: the days of a block are read as a range."""
        return iter(())

    def planned(self, known: Block) -> tuple[int, Condition]:
        """It cannot lead: blocks without such days are left out before, and their days read anyway."""
        return known.span, self

    def scouts(self, depth: int) -> Iterator[bytes]:
        """None."""
        return iter(())

    def hits(self, block: Block, among: Hits | None = EVERYTHING) -> Hits | None:
        """The entries of those days."""
        if not self.cuts(block):
            return among
        found = blocks.any_of(block.days)
        return found if among is None else blocks.both(among, found)

    def meets(self, block: Block) -> bool:
        """Whether a block has such days."""
        return self.first <= block.last_day and block.first_day <= self.last

    def cuts(self, block: Block) -> bool:
        """Whether a block has other days too."""
        return block.first_day < self.first or self.last < block.last_day
