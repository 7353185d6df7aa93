"""A label that is as big as its paper: small words above, a name that is read from afar, and a code to scan.

Everything stands whole: where the words are many they are set smaller, on a roll the label becomes longer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable

from reception.paper import fonts
from reception.paper.lines import broken

DOT = 72 / 203
"""Points in a dot of a label printer: eight in a millimetre."""
_BARS, _MODULE = (3, 2), 4
"""Dots of the narrowest bar, the first that has room, and of a module of a QR code."""
_QUIET, _QUIET_QR = 10, 4
"""Empty bars or modules that a scanner needs on each side (ISO/IEC 15417, 18004)."""
_HIGH = 36.0
"""Height of the bars in points: half an inch, so that nobody has to aim."""
_SMALL = 7.0
_GAP = 4.0
_SIZES = (8.0, 13.0, 20.0, 11.0)
"""Of the words above, the title, the name, and the lines below it."""
_LEAST = 0.3
"""So much smaller the words become at most: 1,000 characters have room on a label of 100 × 60 mm then."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line of text: where it stands from the left, its baseline from the top."""

    chain: fonts.Chain
    text: str
    x: float
    y: float
    size: float
    room: float


class Label(Flowable):
    """One label.

    Args:
        width: in points.
        height: of the paper; 0 for a roll, which is cut below the label.
        title: what it is.
        above: small words over everything.
        number: beside the title.
        name: in large letters.
        lines: below the name; the words of each stand side by side where they have room.
        code: what a scanner reads; "" for none.
        left: margin of the page, so that bars can begin with a dot of the printer.
    """

    def __init__(
        self,
        *,
        width: float,
        height: float,
        title: str,
        above: str,
        number: str,
        name: str,
        lines: Sequence[Sequence[str]],
        code: str,
        left: float,
    ) -> None:
        super().__init__()
        self._code, self._left, self._fixed = code, left, height > 0
        self._bars = _bars(code, width) if code else None
        self._modules = _modules(code) if code and self._bars is None else None
        self.width = width
        beside = self._fixed and self._modules is not None
        self._signs = _broken(fonts.chain(), code, self._side if beside else width, _SMALL)
        room = width - (self._side + _GAP if beside else 0)
        below = 0.0 if beside or not code else self._high + _GAP
        scale, words = 1.0, (above, title, number, name, lines)
        self._pieces, used = _set(words, room, scale)
        while self._fixed and used > height - below and scale > _LEAST:
            scale *= 0.94
            self._pieces, used = _set(words, room, scale)
        self.height = height or used + below

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Width and height in points, the same wherever it stands."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw words and code, the lower left corner at the origin."""
        for piece in self._pieces:
            y = self.height - piece.y
            piece.chain.write(self.canv, piece.text, piece.x, y, piece.size, room=piece.room)
        if self._bars is not None:
            x = self._dotted((self.width - self._bars.width) / 2)
            self._bars.drawOn(self.canv, x, self._foot)
            self._readable(self.width / 2)
        elif self._modules is not None:
            quiet = _QUIET_QR * _MODULE * DOT
            x = self.width - self._side if self._fixed else (self.width - self._side) / 2
            _draw(self.canv, self._modules, self._dotted(x + quiet), self._foot + quiet)
            self._readable(x + self._side / 2)

    @property
    def _side(self) -> float:
        """Of a QR code with what has to be empty around it, in points."""
        assert self._modules is not None
        return (len(self._modules) + 2 * _QUIET_QR) * _MODULE * DOT

    @property
    def _high(self) -> float:
        """Height of the code and its signs below."""
        return self._foot + (_HIGH if self._bars is not None else self._side)

    @property
    def _foot(self) -> float:
        """Height of the signs below the code."""
        return _SMALL * 1.2 * len(self._signs) + 2

    def _dotted(self, x: float) -> float:
        """``x`` moved so that it begins with a dot of the printer."""
        return math.ceil((self._left + x) / DOT - 1e-6) * DOT - self._left

    def _readable(self, middle: float) -> None:
        """The signs of the code, for whoever has to type them."""
        chain, y = fonts.chain(), self._foot
        for line in self._signs:
            y -= _SMALL * 1.2
            chain.write(self.canv, line, middle - chain.width(line, _SMALL) / 2, y, _SMALL)


def _set(
    words: tuple[str, str, str, str, Sequence[Sequence[str]]], width: float, scale: float
) -> tuple[list[_Piece], float]:
    """The words as lines, and how high they are together."""
    above, title, number, name, lines = words
    plain, bold = fonts.chain(), fonts.chain(fonts.BOLD)
    small, heading, large, normal = (size * scale for size in _SIZES)
    pieces: list[_Piece] = []
    y = _down(pieces, plain, above, width, small, 0.0)
    beside = width - bold.width(bold.shown(title), heading) - 2 * heading
    if bold.width(bold.shown(number), heading) <= beside:
        y = _down(pieces, bold, title, width, heading, y + 1)
        shown = bold.shown(number)
        x = width - bold.width(shown, heading)
        pieces.append(_Piece(bold, shown, x, pieces[-1].y, heading, width - x))
    else:
        y = _down(pieces, bold, title, width, heading, y + 1)
        y = _down(pieces, bold, number, width, heading, y)
    y = _down(pieces, bold, name, width, large, y + 2)
    for line in lines:
        together = " · ".join(filter(None, line))
        beside = plain.width(plain.shown(together), normal) <= width
        for text in (together,) if beside else line:
            y = _down(pieces, plain, text, width, normal, y)
    return pieces, y


def _down(pieces: list[_Piece], chain: fonts.Chain, text: str, width: float, size: float, y: float) -> float:
    """Put ``text`` below ``y``; where it ends."""
    for line in _broken(chain, text, width, size):
        y += size * 1.28
        pieces.append(_Piece(chain, line, 0.0, y - 0.28 * size, size, width))
    return y


def _broken(chain: fonts.Chain, text: str, width: float, size: float) -> list[str]:
    return broken(chain.shown(text), width * 1000 / size, chain.advances)


def _bars(code: str, width: float) -> Code128 | None:
    """The bars of a code, if they have room with what has to be empty beside them."""
    for dots in _BARS:
        bars = Code128(code, barWidth=dots * DOT, barHeight=_HIGH, quiet=0)
        if bars.width + 2 * _QUIET * dots * DOT <= width:
            return bars
    return None


def _modules(code: str) -> list[list[bool]]:
    """The dark modules of a QR code, row by row."""
    qr: Any = QRCode(None, QRErrorCorrectLevel.M)
    qr.addData(code)
    qr.make()
    count = range(qr.getModuleCount())
    return [[bool(qr.isDark(row, column)) for column in count] for row in count]


def _draw(canvas: Canvas, modules: list[list[bool]], x: float, y: float) -> None:
    side = _MODULE * DOT
    top = y + len(modules) * side
    canvas.saveState()
    canvas.setFillGray(0)
    for at, row in enumerate(modules):
        for first, last in _runs(row):
            canvas.rect(
                x + first * side, top - (at + 1) * side, (last - first) * side, side, stroke=0, fill=1
            )
    canvas.restoreState()


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """The dark stretches of a row: drawn as one, no hair of light shows between their modules."""
    first: int | None = None
    for at, dark in enumerate([*row, False]):
        if dark and first is None:
            first = at
        elif not dark and first is not None:
            yield first, at
            first = None
