"""The font of what no font has: each character is its code point in a box, and is found as itself.

It is a Type 3 font (PDF 32000-1, 9.6.5): its glyphs are drawn here, so that a box is a character like any
other to whatever writes, measures, selects or searches text.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc, pdfmetrics

NAME = "Code points"
ADVANCE = 1000
"""Width of a box with the room around it, in thousandths of the size, like that of a Han character."""
_LEFT, _BOTTOM, _RIGHT, _TOP = 70, -90, 930, 850
_LINE, _PEN = 30, 48
"""Width of the frame and of the digits."""
_HEIGHT, _WIDTH, _STEP = 300, 170, 262
"""Of a digit, and from one to the next."""
_BASELINES = (465, -5)
_SUBSET = 255
UNSEEN = frozenset(
    chr(point)
    for first, last in ((0x180B, 0x180F), (0x200C, 0x200D), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
    for point in range(first, last + 1)
)
"""Selectors and joiners: they have no picture, but change that of their neighbour."""

TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
"""Skin tones: behind an emoji they colour it, which paper does not."""

# Strokes of the digits on a grid of 2 by 4.
_DIGITS = {
    "0": ".5,0 1.5,0 2,.8 2,3.2 1.5,4 .5,4 0,3.2 0,.8 .5,0",
    "1": ".3,3.2 1.1,4 1.1,0|.3,0 1.9,0",
    "2": "0,3.2 .5,4 1.5,4 2,3.3 2,2.6 0,0 2,0",
    "3": "0,4 2,4 1,2.5 1.5,2.5 2,1.9 2,.7 1.5,0 .5,0 0,.6",
    "4": "1.6,0 1.6,4 0,1.3 2,1.3",
    "5": "2,4 .2,4 0,2.2 1.4,2.4 2,1.7 2,.7 1.4,0 .5,0 0,.5",
    "6": "1.8,3.7 1.3,4 .6,4 0,3.1 0,.8 .5,0 1.5,0 2,.7 2,1.6 1.5,2.3 .6,2.3 0,1.6",
    "7": "0,4 2,4 .8,0",
    "8": ".5,2.1 0,2.7 0,3.4 .5,4 1.5,4 2,3.4 2,2.7 1.5,2.1 .5,2.1 0,1.5 0,.6 .5,0 1.5,0 2,.6 2,1.5 1.5,2.1",
    "9": ".2,.3 .7,0 1.4,0 2,.9 2,3.2 1.5,4 .5,4 0,3.3 0,2.4 .5,1.7 1.4,1.7 2,2.4",
    "A": "0,0 1,4 2,0|.4,1.4 1.6,1.4",
    "B": "0,2.2 1.3,2.2 1.8,2.7 1.8,3.5 1.3,4 0,4 0,0 1.4,0 2,.6 2,1.6 1.3,2.2",
    "C": "2,3.3 1.5,4 .5,4 0,3.2 0,.8 .5,0 1.5,0 2,.7",
    "D": "0,0 0,4 1.2,4 2,3.1 2,.9 1.2,0 0,0",
    "E": "2,4 0,4 0,0 2,0|0,2.1 1.5,2.1",
    "F": "2,4 0,4 0,0|0,2.1 1.5,2.1",
}


class Boxes:
    """What ReportLab asks of a font that grows with the text of a document."""

    _multiByte = 1
    _dynamicFont = 1
    shapable = False

    def __init__(self) -> None:
        self.fontName = NAME
        self.face = SimpleNamespace(name=NAME, ascent=_TOP, descent=_BOTTOM)
        self.substitutionFonts: list[Any] = []
        self._used: WeakKeyDictionary[Any, dict[str, int]] = WeakKeyDictionary()
        self._names: WeakKeyDictionary[Any, str] = WeakKeyDictionary()

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        """Width in points."""
        return len(_clusters(text)) * ADVANCE * size / 1000

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """The codes of the characters, with the number of the font each piece of them belongs to."""
        used = self._used.setdefault(doc, {})
        pieces: list[tuple[int, bytearray]] = []
        for cluster in _clusters(text):
            number, code = divmod(used.setdefault(cluster, len(used)), _SUBSET)
            if not pieces or pieces[-1][0] != number:
                pieces.append((number, bytearray()))
            pieces[-1][1].append(code + 1)
        return [(number, bytes(codes)) for number, codes in pieces]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        """What the pages call the font ``subset``."""
        if doc not in self._names:
            self._names[doc] = f"F{len(doc.fontMapping) + 1}"
            doc.fontMapping[self.fontName] = "/" + self._names[doc]
            doc.delayedFonts.append(self)
        return f"/{self._names[doc]}+{subset}"

    def addObjects(self, doc: Any) -> None:
        """Put the fonts into the document, once all of its text is known."""
        texts = list(self._used.pop(doc))
        name = self._names.pop(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for number, start in enumerate(range(0, len(texts), _SUBSET)):
            fonts[f"{name}+{number}"] = _font(doc, f"{name}+{number}", texts[start : start + _SUBSET])


@functools.cache
def font() -> Boxes:
    """The one font of boxes, made known to ReportLab."""
    made = Boxes()
    pdfmetrics.registerFont(made)
    return made


def _clusters(text: str) -> list[str]:
    """The characters, each with what chooses its shape and is not seen itself."""
    found: list[str] = []
    for char in text:
        if found and (char in UNSEEN or (char in TONES and coloured(found[-1]))):
            found[-1] += char
        else:
            found.append(char)
    return found


def coloured(before: str) -> bool:
    """Whether a skin tone behind this is meant for it: it is an emoji."""
    return unicodedata.category(before.rstrip("\ufe0f")[-1:] or " ") == "So"


def _font(doc: Any, name: str, texts: list[str]) -> Any:
    from reception.paper.fonts.faces import to_unicode

    points = [ord(text[0]) for text in texts]
    glyphs = [f"g{index}" for index in range(len(texts))]
    programs = {
        glyph: doc.Reference(_stream(doc, drawing(point)), f"box:{name}:{glyph}")
        for glyph, point in zip(glyphs, points, strict=True)
    }
    said = {
        code: "\ufffd" if unspeakable(point) else text
        for code, (point, text) in enumerate(zip(points, texts, strict=True), 1)
    }
    unicodes = doc.Reference(
        _stream(doc, to_unicode("CodePoints", range(len(texts) + 1), said)), f"toUnicodeCMap:{name}"
    )
    names = [pdfdoc.PDFName(glyph) for glyph in glyphs]
    whole = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("Type3"),
            "Name": pdfdoc.PDFName(name),
            "FontBBox": pdfdoc.PDFArray([0, _BOTTOM - _LINE, ADVANCE, _TOP + _LINE]),
            "FontMatrix": pdfdoc.PDFArray([0.001, 0, 0, 0.001, 0, 0]),
            "CharProcs": pdfdoc.PDFDictionary(programs),
            "Encoding": pdfdoc.PDFDictionary(
                {"Type": pdfdoc.PDFName("Encoding"), "Differences": pdfdoc.PDFArray([1, *names])}
            ),
            "FirstChar": 1,
            "LastChar": len(points),
            "Widths": pdfdoc.PDFArray([ADVANCE] * len(points)),
            "Resources": pdfdoc.PDFDictionary({}),
            "ToUnicode": unicodes,
        }
    )
    return doc.Reference(whole, name)


def _stream(doc: Any, content: str) -> Any:
    stream = pdfdoc.PDFStream()
    stream.content = content
    if doc.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return stream


def unspeakable(point: int) -> bool:
    """Whether a reader would drop it or be confused by it: controls, and halves of surrogate pairs."""
    return point < 0x20 or 0x7F <= point < 0xA0 or 0xD800 <= point <= 0xDFFF


def drawing(point: int) -> str:
    """The glyph of a code point: a frame, and its hexadecimal digits in two rows."""
    digits = f"{point:04X}"
    rows = digits[: len(digits) // 2], digits[len(digits) // 2 :]
    parts = [
        f"{ADVANCE} 0 {_LEFT - _LINE} {_BOTTOM - _LINE} {_RIGHT + _LINE} {_TOP + _LINE} d1",
        f"{_LINE} w {_LEFT} {_BOTTOM} {_RIGHT - _LEFT} {_TOP - _BOTTOM} re S",
        f"{_PEN} w 1 J 1 j",
    ]
    for row, baseline in zip(rows, _BASELINES, strict=True):
        left = (ADVANCE - _STEP * (len(row) - 1) - _WIDTH) / 2
        for place, digit in enumerate(row):
            parts += _strokes(_DIGITS[digit], left + place * _STEP, baseline)
    return "\n".join(parts)


def _strokes(digit: str, left: float, baseline: float) -> Iterable[str]:
    for stroke in digit.split("|"):
        places = [
            f"{left + float(x) * _WIDTH / 2:g} {baseline + float(y) * _HEIGHT / 4:g}"
            for x, y in (pair.split(",") for pair in stroke.split())
        ]
        yield f"{places[0]} m " + " ".join(f"{place} l" for place in places[1:]) + " S"
