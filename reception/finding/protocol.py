"""What every condition of Find can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeAlias

from reception.finding.blocks import Block, Hits
from reception.finding.glances import Glance
from reception.finding.records import Record

EVERYTHING = None
"""Stands for all offsets of a block, known or not."""
Split: TypeAlias = "tuple[tuple[bytes, ...], tuple[Condition, ...]]"


class Condition(Protocol):
    """Something that an entry fulfils or not."""

    def fits(self, record: Record) -> bool:
        """Whether the entry fulfils it."""
        ...

    def among(self, glance: Glance) -> set[int]:
        """The places of the records of a glance that fulfil it."""
        ...

    def keys(self) -> Iterator[bytes]:
        """All postings that lead to it."""
        ...

    def planned(self, known: Block) -> tuple[int, Condition]:
        """How many entries of a block like ``known`` it leaves about, and itself with the rarest first."""
        ...

    def scouts(self, depth: int) -> Iterator[bytes]:
        """The postings to look at first, once it is planned; more of them the deeper one looks."""
        ...

    def hits(self, block: Block, among: Hits | None = EVERYTHING) -> Hits | None:
        """Which entries of a block, ``among`` some of them, may fulfil it."""
        ...

    def split(self) -> Split:
        """Itself as keys that an entry has all of, and what else it asks."""
        ...


class Led(Condition, Protocol):
    """A condition to which several ways lead."""

    @property
    def ways(self) -> tuple[tuple[bytes, ...], ...]:
        """Each of keys that an entry then has all of."""
        ...
