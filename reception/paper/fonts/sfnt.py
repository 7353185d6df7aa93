"""Reads from a font file what decides whether paper may use it: outlines, rights, name, characters.

Only the few tables that say so are read: a millisecond for most files, where ReportLab reads all of it.
Source of the layouts: the OpenType specification, 1.9.1.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

SUFFIXES = frozenset((".ttf", ".ttc", ".otf", ".otc"))
_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
_WANTED = frozenset((b"OS/2", b"head", b"cmap", b"name", b"post", b"fvar", b"GSUB"))
_MOST_MEMBERS = 64
_MOST_BYTES = 1 << 24
"""No table that is read is larger; a greater length is a damaged file."""
_PROBLEMS = (OSError, struct.error, ValueError, IndexError, KeyError, OverflowError)


class Member(NamedTuple):
    """A font of a file: a file has one, a collection several.

    ``number`` is its place in the collection, ``build`` what tells it from another font of the same name,
    ``plain`` how far it is from an upright regular face (0: not at all), ``shapes`` whether it says how its
    letters join, ``spans`` the first and last code points of the ranges it has, ascending.
    """

    number: int
    family: str
    postscript: str
    build: int
    plain: int
    shapes: bool
    spans: tuple[int, ...]


class _Unfit(ValueError):
    """It has no TrueType outlines, may not be embedded, or has no Unicode characters."""


def members(path: Path) -> list[Member]:
    """The fonts of a file that paper may use; none of what is damaged, unreadable or no font at all."""
    found = []
    try:
        with path.open("rb") as file:
            for index, start in enumerate(_starts(file)):
                try:
                    found.append(_member(file, index, start))
                except _PROBLEMS:
                    continue
    except _PROBLEMS:
        return found
    return found


def _starts(file: BinaryIO) -> list[int]:
    """Where the fonts of the file begin."""
    head = file.read(12)
    if head[:4] != b"ttcf":
        return [0]
    (count,) = struct.unpack(">I", head[8:12])
    if count > _MOST_MEMBERS:
        raise ValueError("not a collection")
    return list(struct.unpack(f">{count}I", file.read(4 * count)))


def _member(file: BinaryIO, index: int, start: int) -> Member:
    file.seek(start)
    if file.read(4) not in _TRUETYPE:
        raise _Unfit("ReportLab embeds no other outlines")
    (count,) = struct.unpack(">H", file.read(8)[:2])
    places: dict[bytes, tuple[int, int]] = {}
    for tag, _sum, offset, length in struct.iter_unpack(">4sIII", file.read(16 * count)):
        places[tag] = offset, length
    if places[b"glyf"][1] == 0 or b"loca" not in places:
        raise _Unfit("no outlines")  # a font of coloured pictures
    tables = {tag: _table(file, places[tag]) for tag in _WANTED - {b"GSUB", b"fvar"} if tag in places}
    weight, wide, italic = _style(tables)
    variable = b"fvar" in places  # its default, which is what is embedded, may be a hairline
    plain = abs(weight - 400) // 100 + 4 * italic + 2 * wide + variable
    family, postscript = _names(tables[b"name"])
    (build,) = struct.unpack(">I", tables[b"head"][8:12])
    shapes = b"GSUB" in places
    return Member(index, family, postscript, build, plain, shapes, tuple(_spans(tables[b"cmap"])))


def _table(file: BinaryIO, place: tuple[int, int]) -> bytes:
    offset, length = place
    if length > _MOST_BYTES:
        raise ValueError("damaged")
    file.seek(offset)
    return file.read(length)


def _style(tables: dict[bytes, bytes]) -> tuple[int, bool, bool]:
    """Weight (400 is regular), whether it is condensed, extended or of one width, whether it is slanted."""
    fixed = struct.unpack(">I", tables[b"post"][12:16])[0] != 0
    (mac,) = struct.unpack(">H", tables[b"head"][44:46])
    if b"OS/2" not in tables:  # Apple's fonts may lack it
        return 700 if mac & 1 else 400, fixed, bool(mac & 2)
    _version, _average, weight, width, rights = struct.unpack(">HhHHH", tables[b"OS/2"][:10])
    if rights & 0xF == 2 or rights & 0x300:
        raise _Unfit("may not be embedded, or not as a subset (fsType)")
    return weight, fixed or width != 5, bool(mac & 2)


def _names(table: bytes) -> tuple[str, str]:
    """Family and PostScript name; English where there is a choice."""
    count, storage = struct.unpack(">HH", table[2:6])
    best: dict[int, tuple[int, str]] = {}
    for platform, encoding, language, name, length, offset in struct.iter_unpack(
        ">6H", table[6 : 6 + 12 * count]
    ):
        if name not in (1, 6) or (platform, encoding) not in ((3, 1), (3, 10), (1, 0)):
            continue
        rank = 0 if language == 0x409 else 1 if platform == 1 and language == 0 else 2
        raw = table[storage + offset : storage + offset + length]
        text = raw.decode("utf-16-be" if platform == 3 else "mac_roman", "replace")
        best[name] = min(best.get(name, (9, "")), (rank, text))
    family, postscript = best.get(1, (9, ""))[1], best.get(6, (9, ""))[1]
    if not family and not postscript:
        raise _Unfit("it has no name, without which ReportLab does not take it")
    return family or postscript, postscript or family


def _spans(cmap: bytes) -> Iterator[int]:
    """First and last code points of the ranges that have glyphs, from the subtable that ReportLab reads."""
    (count,) = struct.unpack(">H", cmap[2:4])
    chosen = None
    for platform, encoding, offset in struct.iter_unpack(">HHI", cmap[4 : 4 + 8 * count]):
        if platform == 3 or (platform == 0 and encoding != 5):
            chosen = platform, encoding, offset
    if chosen is None or chosen[:2] == (3, 0):
        raise _Unfit("its characters are not Unicode's")
    table = cmap[chosen[2] :]
    (form,) = struct.unpack(">H", table[:2])
    if form == 4:
        ranges = _segments(table)
    elif form == 12:
        ranges = _groups(table)
    else:
        raise _Unfit("ReportLab reads this form of map wrongly, or not at all")
    last: list[int] = []
    for first, end in ranges:
        if last and first == last[1] + 1:
            last[1] = end
            continue
        yield from last
        last = [first, end]
    yield from last


def _groups(table: bytes) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack(">I", table[12:16])
    for first, last, glyph in struct.iter_unpack(">III", table[16 : 16 + 12 * count]):
        if first <= last <= 0x10FFFF and (glyph or last > first):
            yield first + (glyph == 0), last


def _segments(table: bytes) -> Iterator[tuple[int, int]]:
    (length,) = struct.unpack(">H", table[2:4])
    words = array("H", table[: min(length, len(table)) & ~1])
    if struct.pack("=H", 1) == b"\x01\x00":
        words.byteswap()
    count = words[3] // 2
    ends, starts = words[7 : 7 + count], words[8 + count : 8 + 2 * count]
    deltas, offsets = words[8 + 2 * count : 8 + 3 * count], words[8 + 3 * count : 8 + 4 * count]
    for number, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        if first > last or first == 0xFFFF:
            continue
        if offset == 0:
            absent = -delta & 0xFFFF  # the one character that comes out at glyph 0
            pieces = [(first, min(last, absent - 1)), (max(first, absent + 1), last)]
            yield from ((a, b) for a, b in (pieces if first <= absent <= last else [(first, last)]) if a <= b)
            continue
        place = 8 + 3 * count + number + offset // 2
        glyphs = words[place : place + last - first + 1]
        start = None
        for point, glyph in enumerate(glyphs, first):
            present = glyph != 0 and (glyph + delta) & 0xFFFF != 0
            if present and start is None:
                start = point
            elif not present and start is not None:
                yield start, point - 1
                start = None
        if start is not None:
            yield start, first + len(glyphs) - 1
