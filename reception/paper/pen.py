"""Writes the lines of a register's rows, and draws its rules."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reportlab.pdfgen.canvas import Canvas

from reception.paper import fonts

if TYPE_CHECKING:
    from reception.paper.laid import Column, LaidRow

SIZE = 9.0
"""Size of the cells in points; GB/T has none for registers, 9-10.5 pt is the custom."""
LEADING = 12.0
PADDING = 2.5
"""Between a rule and the text, in points, on all four sides."""
THIN, THICK = 0.4, 0.9
_STROKE = 0.6
SHADE, SHADE_OF_BAND = 0.93, 0.97
"""Grey of the header row and of a heading within the table: light enough for a photocopier."""
CENTRE = 0.38
"""Half the height of a character's body above its baseline: (0.88 - 0.12) / 2 of the size in Noto Sans SC."""


class Pen:
    """Writes the lines of rows with one text object per face, and remembers what to strike through."""

    def __init__(self, canvas: Canvas, columns: Sequence[Column]) -> None:
        self._canvas = canvas
        self._places = []
        left = 0.0
        for column in columns:
            room = column.width - 2 * PADDING
            self._places.append((left + PADDING, room, column.centred, column.struck, column.figures))
            left += column.width
        self._strokes: list[tuple[float, float, float, float]] = []
        self._chain = fonts.chain()
        self._text: Any = canvas.beginText()

    def start(self, chain: fonts.Chain) -> None:
        """Write with ``chain`` from now on."""
        self._canvas.drawText(self._text)
        self._chain = chain
        self._text = self._canvas.beginText()
        self._text.setFont(chain.name, SIZE, LEADING)

    def row(self, row: LaidRow, top: float, *, centred: bool = False) -> None:
        """Write ``row`` below ``top``; ``centred`` both ways in every column."""
        first = top - PADDING - LEADING / 2 - CENTRE * SIZE
        for lines, (left, width, middle, struck, figures) in zip(row.cells, self._places, strict=True):
            if not lines:
                continue
            baseline = first
            if centred:
                baseline -= (row.count - len(lines)) * LEADING / 2
            if middle or centred:
                wide = [self._chain.width(line, SIZE, width) for line in lines]
                if figures and not centred and len(lines) == 1 and wide[0] <= figures:
                    lefts = [left + (width + figures) / 2 - wide[0]]
                else:
                    lefts = [left + (width - one) / 2 for one in wide]
                for index, line in enumerate(lines):
                    self._write([line], lefts[index], baseline - index * LEADING, width)
            else:
                lefts = [left] * len(lines)
                self._write(lines, left, baseline, width)
            if row.void and struck:
                self._strike(lines, lefts, baseline + CENTRE * SIZE, width)

    def heading(self, text: str, top: float) -> None:
        """Write a line over the whole width below ``top``."""
        self._write([text], PADDING + 1, top - PADDING - LEADING / 2 - CENTRE * SIZE)

    def finish(self) -> None:
        """Put everything on the page."""
        self._canvas.drawText(self._text)
        if self._strokes:
            self._canvas.setLineWidth(_STROKE)
            self._canvas.lines(self._strokes)

    def _write(self, lines: Sequence[str], x: float, y: float, room: float = math.inf) -> None:
        """Write lines below each other.

        ReportLab's ``setTextOrigin`` takes a tenth of the time of a page: it looks for the shortest way to
        write each number. ``textLine`` measures nothing, which saves as much again.
        """
        text, chain = self._text, self._chain
        text._code.append(f"1 0 0 1 {x:.3f} {y:.3f} Tm")
        text._x0 = text._x = x
        text._y0 = text._y = y
        for line in lines:
            chain.draw(text, line, SIZE, LEADING, room)

    def _strike(self, lines: Sequence[str], lefts: Sequence[float], y: float, room: float) -> None:
        for index, (line, left) in enumerate(zip(lines, lefts, strict=True)):
            if line:
                height = y - index * LEADING
                self._strokes.append((left, height, left + self._chain.width(line, SIZE, room), height))


def rule(canvas: Canvas, columns: Sequence[Column], levels: Sequence[float]) -> None:
    """The frame of a table whose rows begin and end at ``levels``, and the rules between its cells."""
    width, edges = 0.0, []
    for column in columns:
        width += column.width
        edges.append(width)
    canvas.setLineWidth(THIN)
    canvas.lines([(0, y, width, y) for y in levels[1:-1]])
    canvas.lines([(x, levels[-1], x, levels[0]) for x in edges[:-1]])
    canvas.setLineWidth(THICK)
    canvas.rect(0, levels[-1], width, levels[0] - levels[-1])
