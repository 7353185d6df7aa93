"""Which font prints which character: the bundled face, then the computer's fonts, then a box.

Text goes through two steps: ``Chain.shown`` makes it fit to be broken into lines, ``Chain.draw`` writes a
line. A line that the bundled face prints costs one look into a set; the computer's fonts are read when a
character is missing there.
"""

from __future__ import annotations

import functools
import itertools
import math
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from reportlab.pdfgen.canvas import Canvas

from reception.paper import seams
from reception.paper.fonts import bidi, shaping, unknown
from reception.paper.fonts.faces import BOLD, REGULAR, Face, face, load
from reception.paper.fonts.shaping import Shaped
from reception.paper.fonts.system import Library, cache_path, folders
from reception.paper.seams import some_latin

_SET_ASIDE = {"\t": " ", "\r": "", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
_LONE = 12
"""A longer line is never wider than its cell: only what cannot be broken is."""
_UNSEEN = ""
"""The home of what has no picture but changes that of its neighbour."""
# Default_Ignorable_Code_Point (DerivedCoreProperties.txt) without the fillers of Hangul, which make a gap.
_IGNORABLE = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F)),
    *((0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF0, 0xFFF8)),
    *((0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)


class Piece(NamedTuple):
    """A part of a line in one font; ``room`` is its width in thousandths of the size, at most, if shaped."""

    font: str
    text: str
    room: float
    shaped: Shaped | None = None

    @property
    def width(self) -> float:
        """Width in thousandths of the size, as it is drawn."""
        return self.room if self.shaped is None else self.shaped.width(self.room)


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
        self._intricate: set[str] = set()
        self._joint: dict[str, str] = {}
        self.advances = Advances(self)

    @property
    def name(self) -> str:
        """The first face, which prints nearly everything."""
        return self._first

    @property
    def library(self) -> Library | None:
        """The computer's fonts."""
        return self._library

    def font_of(self, char: str) -> str:
        """The name of the font that prints a character, "" when none does."""
        self._shown(char)
        home = self._home.get(char, "")
        return "" if home == unknown.NAME else home

    @property
    def boxed(self) -> bool:
        """Whether a character was met that no font has."""
        return unknown.NAME in map(self._home.__getitem__, self._odd)

    def shown(self, text: str) -> str:
        """``text`` as it is broken into lines and drawn.

        Line feeds stay, other line ends become line feeds; a tab and a blank that no font has become a space;
        what is never seen goes.
        """
        if self._home.keys() >= set(text):
            return text
        return "".join(map(self._shown, text))

    def unprinted(self, text: str) -> str:
        """The characters of ``text`` that no font has, each once, in its order."""
        text = self.shown(text)
        if self._odd.isdisjoint(text):
            return ""
        boxed = (char for char in text if self._home[char] == unknown.NAME and char not in unknown.TONES)
        return "".join(dict.fromkeys(boxed))

    def draw(self, text: Any, line: str, size: float, leading: float, room: float = math.inf) -> None:
        """Write ``line`` where the text object stands, and go down one line.

        The first face is set before it, and again after it.

        Args:
            text: ReportLab's text object.
            line: a line of what ``shown`` gave, without its line feed.
            size: in points.
            leading: from this line to the next, in points.
            room: how wide it may be, in points. What leaves a little room between Chinese and Latin gives way
                to it; what cannot be broken and is wider still is drawn narrower.
        """
        # what cannot be broken is short, and no character of the first face wider than the size, as good as
        fits = len(line) > _LONE or len(line) * size <= room or self._natural(line) * size <= room * 1000
        if fits and (line.isascii() or some_latin(line) is None) and self._odd.isdisjoint(line):
            text.textLine(line)
            return
        *others, last = self._parts(line)
        gap, narrow = 0.0, 1.0
        if others or not fits:
            gap, narrow = self._fitted(line, len(others), room * 1000 / size)
        if narrow < 1:
            text._code.append(f"{100 * narrow:.2f} Tz")
        for part in others:
            self._draw(text, part, size, leading)
            if gap:
                text._code.append(f"[{-gap:.0f}] TJ")
        if self._odd.isdisjoint(last):
            text.textLine(last)
        else:
            self._draw(text, last, size, leading)
            text.textLine("")
        if narrow < 1:
            text._code.append("100 Tz")

    def _draw(self, text: Any, part: str, size: float, leading: float) -> None:
        """Write a part of a line."""
        if self._odd.isdisjoint(part):
            text.textOut(part)
            return
        for piece in self._pieces(part):
            if piece.shaped is not None:
                piece.shaped.draw(text, piece.room, size, leading)
            else:
                text.setFont(piece.font, size, leading)
                text.textOut(piece.text)
        text.setFont(self._first, size, leading)

    def write(
        self, canvas: Canvas, line: str, x: float, y: float, size: float, *, room: float = math.inf
    ) -> None:
        """Write ``line`` alone, its baseline beginning at ``x``, ``y``; the rest is as for ``draw``."""
        text = canvas.beginText(x, y)
        text.setFont(self._first, size, size)
        self.draw(text, line, size, size, room)
        canvas.drawText(text)

    def width(self, line: str, size: float, room: float = math.inf) -> float:
        """Width of one line in points, as it is drawn where it has ``room``."""
        if line.isascii():
            return min(sum(map(self.advances.__getitem__, line)) * size / 1000, room)
        gaps = len(self._parts(line)) - 1
        gap, narrow = self._fitted(line, gaps, room * 1000 / size)
        return (self._natural(line) + gap * gaps) * narrow * size / 1000

    def _parts(self, line: str) -> list[str]:
        """What the line is drawn of, with a little room between."""
        parts = seams.parts(line)
        return parts if len(parts) == 1 or self._intricate.isdisjoint(line) else [line]

    def _fitted(self, line: str, gaps: int, room: float) -> tuple[float, float]:
        """How wide each gap is, in thousandths of the size, and how much narrower the line is drawn."""
        if room == math.inf:
            return seams.GAP, 1.0
        natural = self._natural(line)
        if natural > room and self._intricate.isdisjoint(line):
            return 0.0, room / natural
        return min(seams.GAP, max(room - natural, 0) / gaps if gaps else 0), 1.0

    def _natural(self, line: str) -> float:
        """Width in thousandths of the size, without gaps."""
        if line.isascii() or self._intricate.isdisjoint(line):
            return sum(map(self.advances.__getitem__, line))
        return sum(piece.width for piece in self._pieces(line))

    def _pieces(self, line: str) -> Iterator[Piece]:
        """What the line is drawn of, from left to right."""
        if self._intricate.isdisjoint(line):
            for name, chars in itertools.groupby(line, self._home.__getitem__):
                if name != _UNSEEN:
                    yield self._plain(name, "".join(chars))
            return
        if not bidi.turns(line):
            yield from self._directed(line, False)
            return
        for level, start, end in bidi.runs(bidi.levels(line, bidi.base(line))):
            yield from self._directed(line[start:end], level % 2 == 1)

    def _directed(self, text: str, backwards: bool) -> Iterator[Piece]:
        """The pieces of what runs in one direction, from left to right as they are drawn."""
        found: list[tuple[str, bool, str]] = []
        for cluster in shaping.split(text):
            for name, shaped, part in self._homes(cluster, backwards):
                if found and found[-1][:2] == (name, shaped):
                    part = found.pop()[2] + part
                found.append((name, shaped, part))
        for name, shaped, part in reversed(found) if backwards else found:
            if shaped:
                room = sum(map(self.advances.__getitem__, part))
                yield Piece(name, part, room, shaping.shape(self._faces[name], part, backwards))
            else:
                yield self._plain(name, part[::-1] if backwards else part)

    def _plain(self, name: str, text: str) -> Piece:
        if name == unknown.NAME:
            return Piece(name, text, unknown.font().stringWidth(text, 1000))
        return Piece(name, text, sum(map(self.advances.__getitem__, text)))

    def _homes(self, cluster: str, backwards: bool) -> Iterator[tuple[str, bool, str]]:
        """``(font, whether it is to be shaped, text)`` of a letter and what follows it."""
        first = self._home[cluster[0]]
        seen = [char for char in cluster if self._home[char] != _UNSEEN]
        if cluster[0] in seen:  # of a skin tone that no font has only the emoji is drawn
            bare = (char in unknown.TONES and self._home[char] == unknown.NAME for char in seen[1:])
            seen = [seen[0], *(char for char, tone in zip(seen[1:], bare, strict=True) if not tone)]
        if len(seen) > 1 and (whole := self._together("".join(seen))):
            yield whole, True, cluster
        elif len(seen) == 1 and first not in (_UNSEEN, unknown.NAME):
            yield first, backwards or len(cluster) > 1 or shaping.is_complex(cluster[0]), cluster
        elif len(seen) == 1 and first == unknown.NAME:
            yield first, False, cluster
        else:
            for char in seen:
                yield self._home[char], False, char

    def _together(self, letters: str) -> str:
        """The name of the one font that has them all, or has them as one; "" when there is none."""
        known = self._joint.get(letters)
        if known is None:
            composed = unicodedata.normalize("NFC", letters)
            wanted = [set(map(ord, letters)), set(map(ord, composed))]
            homes = [
                self._faces[name] for name in map(self._home.__getitem__, letters) if name in self._faces
            ]
            candidates = itertools.chain(self._bundled, homes, self._others(ord(letters[0])))
            fits = (one for one in candidates if any(all(map(one.maps, points)) for points in wanted))
            best = next(fits, None)
            if best is not None:
                self._faces[best.fontName] = best
            known = self._joint[letters] = best.fontName if best is not None else ""
        return known

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
        if shaping.AVAILABLE and unicodedata.category(char) in ("Mn", "Me"):
            return 0  # it stands above or below
        width: float = self._faces[name].face.getCharWidth(ord(char))  # type: ignore[no-untyped-call]
        return round(width)

    def _shown(self, char: str) -> str:
        if char in self._home:
            return char
        if char in _SET_ASIDE:
            return _SET_ASIDE[char]
        point = ord(char)
        if any(first <= point <= last for first, last in _IGNORABLE):
            return self._settle(char, _UNSEEN) if char in unknown.UNSEEN else ""
        if unicodedata.category(char) == "Zs":
            home = next((one for one in self._bundled if one.face.charToGlyph.get(point)), None)
            return " " if home is None else self._settle(char, home.fontName)
        return self._settle(char, self._find(point))

    def _settle(self, char: str, name: str) -> str:
        self._home[char] = name
        joins = name == _UNSEEN or char in unknown.TONES or unicodedata.category(char)[0] == "M"
        if joins or shaping.is_complex(char) or bidi.kind(char) in ("R", "AL", "AN"):
            self._intricate.add(char)
            self._odd.add(char)
        elif name != self._first:
            self._odd.add(char)
        return char

    def _find(self, point: int) -> str:
        """The name of the font that prints the character."""
        for one in self._bundled:
            if one.prints(point):
                return one.fontName
        for one in self._others(point):
            if one.prints(point):
                self._faces[one.fontName] = one
                return one.fontName
        return unknown.font().fontName

    def _others(self, point: int) -> Iterator[Face]:
        """The computer's fonts that should have the character, read one after the other."""
        if self._library is not None and not unknown.unspeakable(point):
            for installed in self._library.with_character(point):
                read = load(installed)
                if read is not None:
                    yield read


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
    """Notice fonts that came or went since they were read; 5 ms with hundreds of them, else nothing."""
    if library().changed():
        library.cache_clear()
        chain.cache_clear()
