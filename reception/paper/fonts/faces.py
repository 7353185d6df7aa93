"""The fonts as a document embeds them: subsets, every character of which is found again in the file."""

from __future__ import annotations

import functools
import io
import logging
import struct
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from reception.paper.fonts.outlines import Outlined
from reception.paper.fonts.system import Installed

REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"
_BLOCK = 100
"""A CMap holds at most 100 entries in one block (PDF 32000-1, 9.10.3, and Adobe Technical Note 5014)."""
_NONE: Mapping[int, str] = MappingProxyType({})
_CODES = range(0x100000, 0x10FFFE)
"""The last private plane, whose characters are never looked for in a font: they name glyphs here."""
_MORE = 0x20
"""Flag of a part of a glyph: another one follows (OpenType, "glyf")."""
_DEEPEST = 16
_log = logging.getLogger(__name__)
_loaded: dict[str, Face] = {}
_damaged: set[tuple[Path, str]] = set()


def to_unicode(name: str, subset: Sequence[int], texts: Mapping[int, str] = _NONE) -> str:
    """The ToUnicode CMap of one font of at most 256 characters: code → UTF-16BE.

    ``texts`` holds what stands for several characters, or is no character of its own.

    ReportLab writes four hexadecimal digits for every character, so that U+2CC56 comes back from the file as
    U+2CC5; the standard asks for UTF-16BE, where such a character is a surrogate pair.
    """
    pairs = [
        f"<{code:02X}> <{texts.get(point, chr(point)).encode('utf-16-be').hex().upper()}>"
        for code, point in enumerate(subset)
        if point
    ]
    blocks = []
    for start in range(0, len(pairs), _BLOCK):
        block = pairs[start : start + _BLOCK]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


class _Outlines:
    """The table of outlines, of which ReportLab takes one glyph after the other."""

    def __init__(self, content: bytes | Outlined, start: int) -> None:
        self._content, self._start = content, start

    def __getitem__(self, part: slice) -> bytes:
        return self._content[self._start + part.start : self._start + part.stop]


class Face(TTFont):
    """A TrueType font that is embedded as subsets, and whose every character is found again in the file."""

    def __init__(self, name: str, file: BinaryIO, number: int = 0) -> None:
        super().__init__(name, file, subfontIndex=number, shapable=False)
        self.content: bytes | Outlined = self.face._ttf_data  # type: ignore[attr-defined]
        self.number = number
        """Its place in a collection."""
        self.face.get_table = self._table  # type: ignore[method-assign]
        self._codes: dict[tuple[int, str], str] = {}
        self._texts: dict[int, str] = {}

    def leave_outlines(self, path: Path) -> None:
        """Keep the outlines on the disk, and what only ReportLab's own shaping asks for nowhere."""
        start, length = self.face.get_table_pos("glyf")
        assert isinstance(self.content, bytes)
        self.content = Outlined(path, self.content, start, start + length)
        self.face._ttf_data = self.content  # type: ignore[attr-defined]
        self.face.glyphToChar.clear()  # type: ignore[attr-defined]

    def whole(self) -> bytes:
        """All of the file."""
        return self.content if isinstance(self.content, bytes) else self.content.whole()

    def _table(self, tag: str) -> bytes | _Outlines:
        """A table of the file; the outlines, which have 10 MB, are not copied for each subset."""
        start, length = self.face.get_table_pos(tag)
        return _Outlines(self.content, start) if tag == "glyf" else self.content[start : start + length]

    def code(self, glyph: int, text: str) -> str:
        """The character under which ``glyph`` is written where it stands for ``text``."""
        code = self._codes.get((glyph, text))
        if code is None:
            code = self._codes[glyph, text] = chr(_CODES[len(self._codes)])
            self._texts[ord(code)] = text
            self.face.charToGlyph[ord(code)] = glyph
            self.face.charWidths[ord(code)] = self.face.hmetrics[glyph][0] * 1000 / self.face.unitsPerEm
        return code

    def addObjects(self, doc: Any) -> None:
        """Write the subsets, then put a correct ToUnicode map in the place of ReportLab's."""
        state = self.state[doc]  # gone after the next line
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for index, subset in enumerate(state.subsets):
            name = fonts[f"{state.internalName}+{index}"].BaseFont
            doc.idToObject[f"toUnicodeCMap:{name}"].content = to_unicode(name, subset, self._texts)

    def maps(self, point: int) -> bool:
        """Whether it has a glyph for the character, be it an empty one."""
        return point < _CODES[0] and bool(self.face.charToGlyph.get(point))

    def prints(self, point: int) -> bool:
        """Whether it has a glyph for the character, and one with an outline."""
        if not self.maps(point):
            return False
        try:
            return self._outlined(self.face.charToGlyph[point])
        except (IndexError, struct.error):
            return False

    def _outlined(self, glyph: int, depth: int = 0) -> bool:
        """Whether a glyph has an outline, and every part it is put together from is there.

        Raises IndexError and struct.error where the file is damaged: a document could not be made with it.
        """
        start, end = self.face.glyphPos[glyph], self.face.glyphPos[glyph + 1]
        outlines, length = self.face.get_table_pos("glyf")
        self.face.hmetrics[glyph]
        if depth > _DEEPEST or not 0 <= start <= end <= length or outlines + length > len(self.content):
            raise IndexError(glyph)
        if start == end:
            return False
        data = self.content[outlines + start : outlines + end]
        (contours,) = struct.unpack(">h", data[:2])
        place, flags = 10, _MORE if contours < 0 else 0
        while flags & _MORE:
            flags, part = struct.unpack(">HH", data[place : place + 4])
            self._outlined(part, depth + 1)
            scale = 2 if flags & 8 else 4 if flags & 64 else 8 if flags & 128 else 0
            place += 4 + (4 if flags & 1 else 2) + scale
        return True


@functools.cache
def face(name: str) -> Face:
    """A bundled face, read once per process (about 90 ms) and made known to ReportLab."""
    data = (resources.files("resources") / "fonts" / f"{name}.ttf").read_bytes()
    # A file object and not a path, so that no path of this machine can find its way into a document.
    font = Face(name, io.BytesIO(data))
    pdfmetrics.registerFont(font)
    return font


def load(font: Installed) -> Face | None:
    """A font of the computer, read once per process (up to 160 ms); None when it turns out to be damaged."""
    if (font.path, font.name) in _damaged:
        return None
    read = _loaded.get(font.name)
    if read is None:
        read = _read(font)
        if read is None:
            return None
        _loaded[font.name] = read
    # The subsets of two fonts of one name would take each other's place in a document.
    known = font.member.postscript.replace(" ", "-").encode("ascii", "replace")
    read.face.name = known + (b"-%08X" % font.member.build if font.twin else b"")
    return read


def _read(font: Installed) -> Face | None:
    try:
        read = Face(font.name, io.BytesIO(font.path.read_bytes()), font.member.number)
        read._outlined(0)  # every document with it holds this glyph
        read.leave_outlines(font.path)
    except (OSError, TTFError, struct.error, ValueError, IndexError, KeyError, AssertionError) as problem:
        _log.warning("the font %s cannot be used: %s", font.path, problem)
        _damaged.add((font.path, font.name))
        return None
    read.face.name = font.name.encode("ascii", "replace")  # ReportLab keeps the first font of each name
    pdfmetrics.registerFont(read)
    return read
