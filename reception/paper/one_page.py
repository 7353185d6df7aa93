"""A form that is one page whatever it has to say: parts give up lines until the page holds all of them.

What is given up is counted by the form itself. Where not even the least has room, all of it is set smaller.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable

from reception.paper import fonts
from reception.paper.page import broken

_SCALES = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52, 0.46, 0.4)
_MORE = "…"
_CENTRE = 0.38
"""Half the height of a character's body above its baseline, as in ``rows``."""
_LEAST = 0.82
"""Of its size, what a text may be set in to have room."""
PADDING = 4.0
"""Between a cell's side and its text, in points."""
_FUZZ = 1e-6


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of text in a column: it stands left (0), centred (0.5) or right (1).

    What is too wide is set a little smaller, then cut with … .
    """

    text: str
    width: float
    stand: float = 0.0
    bold: bool = False
    size: float = 0.0
    """In points; 0 is that of the row."""


class Pen:
    """Writes lines on a canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self._regular, self._bold = fonts.chain(), fonts.chain(fonts.BOLD)

    def write(self, cell: Cell, x: float, middle: float, size: float) -> None:
        """Write a cell that begins at ``x``, its middle at the height ``middle``."""
        chain = self._bold if cell.bold else self._regular
        room = cell.width - 2 * PADDING
        text = chain.shown(cell.text.replace("\n", " "))
        size = cell.size or size
        share = room / max(chain.width(text, size), 1)
        if share < _LEAST:
            text = _cut(text, room, size, chain)
        elif share < 1:
            size *= share
        x += PADDING + max(room - chain.width(text, size), 0) * cell.stand
        chain.write(self.canvas, text, x, middle - _CENTRE * size, size)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is, in points."""
    chain = fonts.chain(fonts.BOLD) if bold else fonts.chain()
    return chain.width(chain.shown(text), size)


def wrapped(text: str, room: float, size: float) -> list[str]:
    """A text as lines of a cell that is ``room`` points wide."""
    return broken(text, room - 2 * PADDING, size, fonts.chain())


def _cut(text: str, room: float, size: float, chain: fonts.Chain) -> str:
    few, many = 0, len(text)
    while few + 1 < many:
        middle = (few + many) // 2
        fits = chain.width(chain.shown(text[:middle] + _MORE), size) <= room
        few, many = (middle, many) if fits else (few, middle)
    return chain.shown(text[:few].rstrip() + _MORE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Something over the whole width: ``draw`` is told the top of it and how high it became, in points.

    ``grows``: it takes what the page has to spare.
    """

    height: float
    draw: Callable[[Pen, float, float], None]
    grows: bool = False


Counts = Mapping[str, int]
"""How many lines each part of the page may have."""


class OnePage(Flowable):
    """The page. ``steps`` say in which order parts give up lines: the name of one, and down to how many.

    ``compose`` makes the pieces for a width in points and such counts. ``reserve`` is the height of what
    follows on the page; the document works it out (``document.accompany``).
    """

    def __init__(
        self,
        compose: Callable[[Counts, float], Sequence[Piece]],
        most: Counts,
        steps: Sequence[tuple[str, int]],
    ) -> None:
        super().__init__()
        self._compose, self._most, self._steps = compose, most, steps
        self.reserve = 0.0
        self.room = float("inf")
        self.least = 0.0
        self._pieces: Sequence[Piece] = ()
        self._scale = 1.0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The width, and the height of the page without what follows."""
        self.width, self.height = aW, aH - self.reserve
        given_up = self._given_up()
        for scale in _SCALES:
            self._scale = scale
            wide, high = aW / scale, self.height / scale + _FUZZ
            self._pieces = self._composed(given_up, wide)
            if _height(self._pieces) <= high:
                self._pieces = self._fullest(given_up, wide, high)
                break
        return aW, self.height

    def _given_up(self) -> list[str]:
        """The name of each line that may be given up, first to last."""
        left, names = dict(self._most), []
        for name, least in self._steps:
            names += [name] * max(left[name] - least, 0)
            left[name] = min(left[name], least)
        return names

    def _composed(self, given_up: Sequence[str], wide: float) -> Sequence[Piece]:
        gone = Counter(given_up)
        return self._compose({name: most - gone[name] for name, most in self._most.items()}, wide)

    def _fullest(self, names: Sequence[str], wide: float, high: float) -> Sequence[Piece]:
        """As much as has room, where it has without all of these lines."""
        few, many = -1, len(names)  # so few given up are too few, so many enough
        while few + 1 < many:
            middle = (few + many) // 2
            fits = _height(self._composed(names[:middle], wide)) <= high
            few, many = (few, middle) if fits else (middle, many)
        return self._composed(names[:many], wide)

    def draw(self) -> None:
        """Draw the pieces from the top, the lower left corner at the origin."""
        canvas = self.canv
        canvas.saveState()
        canvas.scale(self._scale, self._scale)
        pen, top = Pen(canvas), self.height / self._scale
        spare = max(top - _height(self._pieces), 0.0)
        growing = sum(one.grows for one in self._pieces)
        for one in self._pieces:
            high = one.height + (spare / growing if one.grows else 0)
            one.draw(pen, top, high)
            top -= high
        canvas.restoreState()


def _height(pieces: Sequence[Piece]) -> float:
    return sum(one.height for one in pieces)


def row(cells: Sequence[Cell], high: float, size: float, *, under: float = 0.0, left: float = 0.0) -> Piece:
    """Cells side by side from ``left``, with a rule of the width ``under`` below them, all in points."""

    def draw(pen: Pen, top: float, tall: float) -> None:
        x = left
        for cell in cells:
            pen.write(cell, x, top - tall / 2, size)
            x += cell.width
        if under:
            pen.canvas.setLineWidth(under)
            pen.canvas.line(left, top - tall, x, top - tall)

    return Piece(high, draw)


def beside(pieces: Sequence[Piece]) -> Piece:
    """Pieces that share one line, each with a ``left`` of its own."""

    def draw(pen: Pen, top: float, tall: float) -> None:
        for one in pieces:
            one.draw(pen, top, tall)

    return Piece(max(one.height for one in pieces), draw)


def gap(high: float) -> Piece:
    """Nothing."""
    return Piece(high, lambda _pen, _top, _tall: None)


def grid(rows: Sequence[Sequence[Cell]], high: float, size: float, *, shade: float = 0.93) -> Piece:
    """A ruled table, its first row shaded."""

    def draw(pen: Pen, top: float, tall: float) -> None:
        canvas, wide = pen.canvas, sum(cell.width for cell in rows[0])
        canvas.setFillGray(shade)
        canvas.rect(0, top - high, wide, high, stroke=0, fill=1)
        canvas.setFillGray(0)
        for at, cells in enumerate(rows):
            x = 0.0
            for cell in cells:
                pen.write(cell, x, top - (at + 0.5) * high, size)
                x += cell.width
        canvas.setLineWidth(0.4)
        for at in range(1, len(rows)):
            canvas.line(0, top - at * high, wide, top - at * high)
        x = 0.0
        for cell in rows[0][:-1]:
            x += cell.width
            canvas.line(x, top, x, top - tall)
        canvas.setLineWidth(0.9)
        canvas.rect(0, top - tall, wide, tall)

    return Piece(high * len(rows), draw)


def box(
    label: str, foot: str, least: float, wide: float, *, size: float = 10.5, said: Sequence[str] = ()
) -> Piece:
    """A frame to write in by hand: ``label`` at its upper left, ``foot`` at its lower right.

    The lines ``said`` stand there already, below the label; ``least`` is left to write in besides them.
    """
    leading = 1.35 * size

    def draw(pen: Pen, top: float, tall: float) -> None:
        pen.canvas.setLineWidth(0.9)
        pen.canvas.rect(0, top - tall, wide, tall)
        pen.write(Cell(label, wide, bold=True), 2, top - 2 - size, size)
        for at, line in enumerate(said, 1):
            pen.write(Cell(line, wide - 4), 2, top - 2 - size - at * leading, size)
        pen.write(Cell(foot, wide, stand=1.0), -6, top - tall + 4 + size, size)

    return Piece(least + leading * len(said), draw, grows=True)
