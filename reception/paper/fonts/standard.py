"""What standards list: the characters of 通用规范汉字表, and the blocks of Han characters in Unicode."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Block:
    """A block of Unicode by its name, and the ranges of it that hold characters (Unicode 15.1)."""

    name: str
    first: int
    last: int
    assigned: tuple[tuple[int, int], ...]

    def points(self) -> tuple[int, ...]:
        """Every code point that is a character."""
        return tuple(point for first, last in self.assigned for point in range(first, last + 1))


def _whole(name: str, first: int, last: int, end: int = 0) -> Block:
    return Block(name, first, end or last, ((first, last),))


CJK_BLOCKS = (
    Block("CJK Radicals Supplement", 0x2E80, 0x2EFF, ((0x2E80, 0x2E99), (0x2E9B, 0x2EF3))),
    _whole("Kangxi Radicals", 0x2F00, 0x2FD5, 0x2FDF),
    _whole("CJK Strokes", 0x31C0, 0x31E3, 0x31EF),
    _whole("CJK Unified Ideographs", 0x4E00, 0x9FFF),
    _whole("CJK Unified Ideographs Extension A", 0x3400, 0x4DBF),
    _whole("CJK Unified Ideographs Extension B", 0x20000, 0x2A6DF),
    _whole("CJK Unified Ideographs Extension C", 0x2A700, 0x2B739, 0x2B73F),
    _whole("CJK Unified Ideographs Extension D", 0x2B740, 0x2B81D, 0x2B81F),
    _whole("CJK Unified Ideographs Extension E", 0x2B820, 0x2CEA1, 0x2CEAF),
    _whole("CJK Unified Ideographs Extension F", 0x2CEB0, 0x2EBE0, 0x2EBEF),
    _whole("CJK Unified Ideographs Extension G", 0x30000, 0x3134A, 0x3134F),
    _whole("CJK Unified Ideographs Extension H", 0x31350, 0x323AF),
    _whole("CJK Unified Ideographs Extension I", 0x2EBF0, 0x2EE5D, 0x2EE5F),
    Block("CJK Compatibility Ideographs", 0xF900, 0xFAFF, ((0xF900, 0xFA6D), (0xFA70, 0xFAD9))),
    _whole("CJK Compatibility Ideographs Supplement", 0x2F800, 0x2FA1D, 0x2FA1F),
)
"""Source: Blocks.txt and UnicodeData.txt of Unicode 15.1."""
_ROW = 0x100


def block_of(point: int) -> Block:
    """The block of a Han character; of any other its row of 256 code points, which is one script or part."""
    for block in CJK_BLOCKS:
        if block.first <= point <= block.last:
            return block
    first = point - point % _ROW
    return _whole(f"U+{first:04X}", first, first + _ROW - 1)


def is_private(point: int) -> bool:
    """Whether everybody may give the code point a meaning of his own."""
    return 0xE000 <= point <= 0xF8FF or point >= 0xF0000


@functools.cache
def general_standard() -> tuple[str, str, str]:
    """The 8,105 characters of 通用规范汉字表 (国发〔2013〕23号) in its order, a text for each part."""
    text = (resources.files("resources") / "characters" / "tgscc.txt").read_text("utf-8")
    first, second, third = (line for line in text.splitlines() if not line.startswith("#"))
    return first, second, third
