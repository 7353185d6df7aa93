"""Which font prints which character: the bundled face, then the computer's fonts, then a box.

Text goes through two steps: ``Chain.shown`` makes it fit to be broken into lines, ``Chain.draw`` writes a
line. A line that the bundled face prints costs one look into a set; the computer's fonts are read when a
character is missing there.
"""

from __future__ import annotations

import functools
import itertools
import unicodedata
from collections.abc import Sequence
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from reception.paper.fonts import unknown
from reception.paper.fonts.faces import BOLD, REGULAR, Face, face, load
from reception.paper.fonts.system import Library, cache_path, folders

_SET_ASIDE = {"\t": " ", "\r": "", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
_UNSEEN = ""
"""The home of what has no picture: joiners, selectors, marks of direction."""
# Default_Ignorable_Code_Point (DerivedCoreProperties.txt) without the fillers of Hangul, which make a gap.
_IGNORABLE = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F)),
    *((0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF0, 0xFFF8)),
    *((0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)


class Advances(dict[str, int]):
    """Width of a character in thousandths of the font size, looked up once and kept."""

    def __init__(self, chain: Chain) -> None:
        super().__init__({"\n": 0})
        self._chain = chain

    def __missing__(self, char: str) -> int:
        width = self[char] = self._chain.advance(char)
        return width


class Chain:
    """Fonts in the order in which they are asked for a character.

    Args:
        faces: asked first, in this order.
        library: the computer's fonts, asked after them.
    """

    def __init__(self, faces: Sequence[Face], library: Library | None = None) -> None:
        self._faces = {one.fontName: one for one in faces}
        self._bundled = tuple(faces)
        self._library = library
        self._first = faces[0].fontName
        self._home: dict[str, str] = {"\n": self._first}
        self._odd: set[str] = set()
        self.advances = Advances(self)

    @property
    def name(self) -> str:
        """The first face, which prints nearly everything."""
        return self._first

    @property
    def boxed(self) -> frozenset[str]:
        """The characters met so far that no font has."""
        return frozenset(char for char in self._odd if self._home[char] == unknown.NAME)

    def shown(self, text: str) -> str:
        """``text`` as it is broken into lines and drawn.

        Line feeds stay, other line ends become line feeds, a tab and a blank that no font has become a space.
        """
        if self._home.keys() >= set(text):
            return text
        return "".join(map(self._shown, text))

    def prints(self, char: str) -> bool:
        """Whether a font has it, or it has no picture."""
        self._shown(char)
        return self._home.get(char) != unknown.NAME

    def draw(self, text: Any, line: str, size: float, leading: float) -> None:
        """Write ``line`` where the text object stands, and go down one line.

        The first face is set before it, and again after it.

        Args:
            text: ReportLab's text object.
            line: a line of what ``shown`` gave, without its line feed.
            size: in points.
            leading: from this line to the next, in points.
        """
        if self._odd.isdisjoint(line):
            text.textLine(line)
            return
        for name, piece in self.runs(line):
            text.setFont(name, size, leading)
            text.textOut(piece)
        text.setFont(self._first, size, leading)
        text.textLine("")

    def write(self, canvas: Canvas, line: str, x: float, y: float, size: float) -> None:
        """Write ``line`` alone, its baseline beginning at ``x``, ``y``; the rest is as for ``draw``."""
        text = canvas.beginText(x, y)
        text.setFont(self._first, size, size)
        self.draw(text, line, size, size)
        canvas.drawText(text)

    def runs(self, line: str) -> list[tuple[str, str]]:
        """``(font, piece)``; the pieces joined are the line without what has no picture."""
        if self._odd.isdisjoint(line):
            return [(self._first, line)]
        homes = itertools.groupby(line, self._home.__getitem__)
        return [(name, "".join(piece)) for name, piece in homes if name != _UNSEEN]

    def width(self, line: str, size: float) -> float:
        """Width of one line in points."""
        return sum(map(self.advances.__getitem__, line)) * size / 1000

    def advance(self, char: str) -> int:
        """Width of a character in thousandths of the size."""
        name = self._home.get(char)
        if name is None:
            shown = self._shown(char)
            if shown != char:
                return sum(map(self.advances.__getitem__, shown))
            name = self._home[char]
        if name == _UNSEEN:
            return 0
        if name == unknown.NAME:
            return unknown.ADVANCE
        width: float = self._faces[name].face.getCharWidth(ord(char))  # type: ignore[no-untyped-call]
        return round(width)

    def _shown(self, char: str) -> str:
        if char in self._home:
            return char
        if char in _SET_ASIDE:
            return _SET_ASIDE[char]
        point = ord(char)
        if _ignorable(point):
            return self._settle(char, _UNSEEN)
        if unicodedata.category(char) == "Zs":
            home = next((one for one in self._bundled if one.face.charToGlyph.get(point)), None)
            return " " if home is None else self._settle(char, home.fontName)
        return self._settle(char, self._find(point))

    def _settle(self, char: str, name: str) -> str:
        self._home[char] = name
        if name != self._first:
            self._odd.add(char)
        return char

    def _find(self, point: int) -> str:
        """The name of the font that prints the character."""
        for one in self._bundled:
            if one.prints(point):
                return one.fontName
        if not unknown.unspeakable(point) and self._library is not None:
            for installed in self._library.with_character(point):
                loaded = load(installed)
                if loaded is not None and loaded.prints(point):
                    self._faces[loaded.fontName] = loaded
                    return loaded.fontName
        return unknown.font().fontName


def _ignorable(point: int) -> bool:
    return any(first <= point <= last for first, last in _IGNORABLE)


@functools.cache
def library() -> Library:
    """The fonts of this computer."""
    return Library(folders(), cache_path())


@functools.cache
def chain(name: str = REGULAR) -> Chain:
    """The chain that begins with the bundled face ``name``; what is not bold there is printed as it is."""
    names = (name, REGULAR) if name == BOLD else (name,)
    return Chain(tuple(map(face, names)), library())


def refresh() -> None:
    """Notice fonts that came or went, where they could change what is printed; cheap when nothing did."""
    if library().changed():
        library.cache_clear()
        chain.cache_clear()
