"""Posting blocks: which of the ids of a block hold a piece, packed into few bytes.

A block holds ``span`` ids. Few entries are kept as offsets of two bytes each, many as a bitmap.
"""

from __future__ import annotations

import struct
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

SPAN = 16_384
"""Ids in a block of a new index. A multiple of 8, at most 65,536."""

_FEW = 16
"""Offsets are looked up one by one among so many times as many."""

Hits = set[int] | bytes
"""Offsets within a block: a set of few, or a bitmap of many."""


def pack(offsets: Iterable[int], span: int) -> bytes:
    """Offsets as they are kept."""
    each = offsets if isinstance(offsets, set) else set(offsets)
    if 2 * len(each) < span // 8:
        return struct.pack(f"<{len(each)}H", *sorted(each))
    return bitmap(each, span)


def unpack(kept: bytes, span: int) -> Hits:
    """What ``pack`` made."""
    if len(kept) == span // 8:
        return kept
    return set(_offsets(kept))


def _offsets(kept: bytes) -> Sequence[int]:
    if sys.byteorder == "little":
        return memoryview(kept).cast("H")
    return struct.unpack(f"<{len(kept) // 2}H", kept)


def bitmap(offsets: Iterable[int], span: int) -> bytes:
    """Offsets as a bitmap."""
    digits = bytearray(b"0" * span)  # of a number to the base 2: many times faster than bit by bit
    for offset in offsets:
        digits[-1 - offset] = 49
    return int(digits, 2).to_bytes(span // 8, "little")


def count(kept: bytes, span: int) -> int:
    """About how many entries a kept posting has, without unpacking it."""
    return span // 4 if len(kept) == span // 8 else len(kept) // 2


def both(one: Hits, other: Hits) -> Hits:
    """Offsets in both."""
    if isinstance(one, set):
        if isinstance(other, set):
            return one & other
        return {offset for offset in one if other[offset >> 3] >> (offset & 7) & 1}
    if isinstance(other, set):
        return both(other, one)
    common = int.from_bytes(one, "little") & int.from_bytes(other, "little")
    return common.to_bytes(len(one), "little")


def narrowed(found: Hits | None, kept: bytes, span: int) -> Hits:
    """Those of ``found`` (None is all) that a kept posting has too."""
    if found is None:
        return unpack(kept, span)
    if not isinstance(found, set) or len(kept) == span // 8:
        return both(found, unpack(kept, span))
    offsets = _offsets(kept)
    if _FEW * len(found) > len(offsets):
        return found.intersection(offsets)  # without making a set of many for the sake of few
    places = ((bisect_left(offsets, one), one) for one in found)
    return {one for place, one in places if place < len(offsets) and offsets[place] == one}


def either(one: Hits, other: Hits) -> Hits:
    """Offsets in one of them at least."""
    if isinstance(one, set) and isinstance(other, set):
        return one | other
    if isinstance(one, set):
        one, other = other, one
    assert isinstance(one, bytes)
    if isinstance(other, set):
        bits = bytearray(one)
        for offset in other:
            bits[offset >> 3] |= 1 << (offset & 7)
        return bytes(bits)
    return (int.from_bytes(one, "little") | int.from_bytes(other, "little")).to_bytes(len(one), "little")


def descending(hits: Hits) -> Iterable[int]:
    """The offsets, the highest first."""
    if isinstance(hits, set):
        return sorted(hits, reverse=True)
    return _bits(hits)


def _bits(bitmap: bytes) -> Iterator[int]:
    for at in range(len(bitmap) - 1, -1, -1):
        byte = bitmap[at]
        if byte:
            yield from (8 * at + bit for bit in range(7, -1, -1) if byte >> bit & 1)
