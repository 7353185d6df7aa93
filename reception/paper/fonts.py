"""The typefaces of paper, and which of them prints which character.

The bundled Noto Sans SC comes first in every chain. Text goes through two steps: ``shown`` replaces what no
face has by its code point, ``runs`` says which face prints which piece. A face that is added to a chain later
needs no other change.
"""

from __future__ import annotations

import functools
import io
import itertools
from collections.abc import Sequence
from importlib import resources
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"
_BLOCK = 100
"""A CMap holds at most 100 entries in one block (PDF 32000-1, 9.10.3, and Adobe Technical Note 5014)."""
_SET_ASIDE = {"\t": " ", "\r": "", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}


def to_unicode(name: str, subset: Sequence[int]) -> str:
    """The ToUnicode CMap of one font of at most 256 characters: code → UTF-16BE.

    ReportLab writes four hexadecimal digits for every character, so that U+2CC56 comes back from the file as
    U+2CC5; the standard asks for UTF-16BE, where such a character is a surrogate pair.
    """
    pairs = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>"
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


class Face(TTFont):
    """A TrueType font that is embedded as subsets, and whose every character is found again in the file."""

    def addObjects(self, doc: Any) -> None:
        """Write the subsets, then put a correct ToUnicode map in the place of ReportLab's."""
        state = self.state[doc]  # gone after the next line
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for index, subset in enumerate(state.subsets):
            name = fonts[f"{state.internalName}+{index}"].BaseFont
            doc.idToObject[f"toUnicodeCMap:{name}"].content = to_unicode(name, subset)


class Advances(dict[str, int]):
    """Width of a character in thousandths of the font size, looked up once and kept."""

    def __init__(self, faces: Sequence[Face]) -> None:
        super().__init__({"\n": 0})
        self._faces = faces

    def __missing__(self, char: str) -> int:
        point = ord(char)
        face = next((face for face in self._faces if point in face.face.charToGlyph), self._faces[0])
        width = self[char] = int(face.face.getCharWidth(point))  # type: ignore[no-untyped-call]
        return width


class Chain:
    """Faces in the order in which they are asked for a character."""

    def __init__(self, faces: Sequence[Face]) -> None:
        self._faces = tuple(faces)
        self._home: dict[str, str] = {"\n": faces[0].fontName}
        self._first = faces[0].fontName
        self.advances = Advances(self._faces)

    @property
    def name(self) -> str:
        """The first face, which prints nearly everything."""
        return self._first

    def shown(self, text: str) -> str:
        """``text`` as it is printed: what no face has becomes its code point, ``[U+20BB7]``.

        Line feeds stay, other line ends become line feeds, a tab becomes a space.
        """
        if self._home.keys() >= set(text):
            return text
        return "".join(map(self._shown, text))

    def runs(self, text: str) -> list[tuple[str, str]]:
        """``(face, piece)`` for text that has gone through ``shown``; the pieces joined are the text."""
        if len(self._faces) == 1:
            return [(self._first, text)]
        return [(face, "".join(piece)) for face, piece in itertools.groupby(text, self._home.__getitem__)]

    def width(self, text: str, size: float) -> float:
        """Width of one line in points."""
        return sum(map(self.advances.__getitem__, text)) * size / 1000

    def _shown(self, char: str) -> str:
        if char in self._home:
            return char
        if char in _SET_ASIDE:
            return _SET_ASIDE[char]
        face = self._find(ord(char))
        if face is None:
            label = f"[U+{ord(char):04X}]"
            for sign in label:
                self._home[sign] = (self._find(ord(sign)) or self._faces[0]).fontName
            return label
        self._home[char] = face.fontName
        return char

    def _find(self, point: int) -> Face | None:
        return next((face for face in self._faces if face.face.charToGlyph.get(point)), None)


@functools.cache
def face(name: str) -> Face:
    """A bundled face, read once per process (about 90 ms) and made known to ReportLab."""
    data = (resources.files("resources") / "fonts" / f"{name}.ttf").read_bytes()
    # A file object and not a path, so that no path of this machine can find its way into a document.
    font = Face(name, io.BytesIO(data))
    pdfmetrics.registerFont(font)
    return font


@functools.cache
def chain(name: str = REGULAR) -> Chain:
    """The chain that begins with the bundled face ``name``."""
    return Chain((face(name),))
