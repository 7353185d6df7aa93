"""Posting blocks: which of the ids of a block hold a piece, packed into few bytes.

A block holds ``span`` ids. Few entries are kept as offsets of two bytes each, many as a bitmap.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

SPAN = 61_440
"""Ids in a block of a new index. A multiple of 8, at most 65,536.

Whoever looks for something rare has to look into every block, so there are few; a bitmap of so many bits is
the longest that fits with its key on a page of a server (8 kB).
"""

_FEW = 32
"""Offsets are looked up one by one among so many times as many."""
_SPARSE = 256
"""Fewer common offsets than this are no bitmap any more."""

_DIGITS = b"01" + bytes(254)

Hits: TypeAlias = "set[int] | Sequence[int] | bytes"
"""Offsets within a block: few as a set or, as they are kept, in ascending order; many as a bitmap."""


def pack(offsets: Iterable[int], span: int) -> bytes:
    """Offsets as they are kept."""
    if isinstance(offsets, array) and len(offsets) == 1:
        return struct.pack("<H", offsets[0])
    if isinstance(offsets, array) and 2 * len(offsets) >= span // 8:
        flags = _flags(offsets, span)
        if 2 * flags.count(1) >= span // 8:
            return _packed(flags)
    each = offsets if isinstance(offsets, set) else set(offsets)
    if 2 * len(each) < span // 8:
        packed = array("H", sorted(each))
        if sys.byteorder != "little":
            packed.byteswap()
        return packed.tobytes()
    return bitmap(each, span)


def unpack(kept: bytes, span: int) -> Hits:
    """What ``pack`` made."""
    if len(kept) == span // 8:
        return kept
    return _offsets(kept)


def _offsets(kept: bytes) -> Sequence[int]:
    found = array("H", kept)  # where its items are asked for, quicker than a view
    if sys.byteorder != "little":
        found.byteswap()
    return found


def bitmap(offsets: Iterable[int], span: int) -> bytes:
    """Offsets as a bitmap."""
    return _packed(_flags(offsets, span))


def _flags(offsets: Iterable[int], span: int) -> bytearray:
    """A byte for each offset, 1 where it is among them."""
    flags = bytearray(span)
    for offset in offsets:
        flags[offset] = 1
    return flags


def _packed(flags: bytearray) -> bytes:
    """A bit for each: read as a number to the base 2, many times faster than bit by bit."""
    flags.reverse()
    return int(flags.translate(_DIGITS), 2).to_bytes(len(flags) // 8, "little")


def count(hits: Hits) -> int:
    """How many offsets there are."""
    return int.from_bytes(hits, "little").bit_count() if isinstance(hits, bytes) else len(hits)


def both(one: Hits, other: Hits) -> Hits:
    """Offsets in both."""
    if isinstance(one, bytes):
        if not isinstance(other, bytes):
            return both(other, one)
        common = int.from_bytes(one, "little") & int.from_bytes(other, "little")
        found = common.to_bytes(len(one), "little")
        return found if common.bit_count() >= _SPARSE else set(_bits(found))
    if isinstance(other, bytes):
        return {offset for offset in one if other[offset >> 3] >> (offset & 7) & 1}
    if len(other) < len(one):
        one, other = other, one
    if isinstance(other, set):
        return other.intersection(one)
    if isinstance(one, set) and _FEW * len(one) > len(other):
        return one.intersection(other)
    if _FEW * len(one) > len(other):
        return set(one).intersection(other)
    # without going through many for the sake of few
    size = len(other)
    return {
        offset for offset in one if (place := bisect_left(other, offset)) < size and other[place] == offset
    }


def either(one: Hits, other: Hits) -> Hits:
    """Offsets in one of them at least."""
    if not isinstance(one, bytes):
        if not isinstance(other, bytes):
            return {*one, *other}
        one, other = other, one
    if isinstance(other, bytes):
        joined = int.from_bytes(one, "little") | int.from_bytes(other, "little")
        return joined.to_bytes(len(one), "little")
    bits = bytearray(one)
    for offset in other:
        bits[offset >> 3] |= 1 << (offset & 7)
    return bytes(bits)


def any_of(each: Sequence[Hits]) -> Hits:
    """Offsets in one of many at least: one by one, the first would be gone through as often as there are."""
    few: set[int] = set().union(*(one for one in each if not isinstance(one, bytes)))
    bitmaps = [one for one in each if isinstance(one, bytes)]
    if not bitmaps:
        return few
    joined = 0
    for one in bitmaps:
        joined |= int.from_bytes(one, "little")
    return either(joined.to_bytes(len(bitmaps[0]), "little"), few)


def descending(hits: Hits, last: int) -> Iterable[int]:
    """The offsets up to ``last``, the highest first."""
    if last < 0:
        return ()
    if isinstance(hits, bytes):
        kept = int.from_bytes(hits[: last // 8 + 1], "little") & ((1 << last + 1) - 1)
        return _bits(kept.to_bytes(last // 8 + 1, "little"))
    ordered = sorted(hits) if isinstance(hits, set) else hits
    return reversed(ordered[: bisect_right(ordered, last)])


def _bits(bitmap: bytes) -> Iterator[int]:
    """By words of 64 bits, most of which are empty where there are few."""
    whole = bitmap + bytes(-len(bitmap) % 8)
    words = struct.unpack(f"<{len(whole) // 8}Q", whole)
    for place in range(len(words) - 1, -1, -1):
        word = words[place]
        while word:
            top = word.bit_length() - 1
            yield 64 * place + top
            word ^= 1 << top


@dataclass(slots=True)
class Block:
    """What was read of a block: the postings of the keys ``read``, those of its days, and what they leave.

    ``left`` are the offsets that may be meant as far as it was read, None is all; ``used`` the keys that they
    have.
    """

    number: int
    span: int
    first_day: int = 0
    last_day: int = 99_999_999
    read: frozenset[bytes] = frozenset()
    kept: dict[bytes, Hits] = field(default_factory=dict)
    days: list[Hits] = field(default_factory=list)
    left: Hits | None = None
    used: set[bytes] = field(default_factory=set)

    @property
    def base(self) -> int:
        """The id of offset 0."""
        return self.number * self.span

    def count(self, key: bytes) -> int:
        """How many entries have a key that was read."""
        kept = self.kept.get(key)
        return 0 if kept is None else count(kept)

    def size(self) -> int:
        """How many bytes the postings have that were read."""
        return sum(len(one) if isinstance(one, bytes) else 2 * len(one) for one in self.kept.values())

    def use(self, keys: tuple[bytes, ...]) -> None:
        """Leave those that have all of ``keys``, as far as these were read."""
        for key in keys:
            if key in self.used or key not in self.read:
                continue
            kept = self.kept.get(key, ())
            self.left = kept if self.left is None else both(self.left, kept)
            self.used.add(key)
            if not self.left:
                break

    def hits(self, keys: tuple[bytes, ...], among: Hits | None) -> Hits | None:
        """The offsets ``among`` some that have all of ``keys``; keys that were not read are passed over."""
        found = among
        for key in keys:
            kept = self.kept.get(key)
            if kept is None:
                if key in self.read:
                    return set()
                continue
            found = kept if found is None else both(found, kept)
            if not found:
                break
        return found
