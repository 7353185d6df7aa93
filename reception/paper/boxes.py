"""A boxed form as one Flowable: bands of ruled cells with their labels, for records and slips of one matter.

A band is as high as its longest text asks, at least as high as a hand needs to write in it, and higher where
the page has room. One whose text is longer than a page goes on on the next, its label with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.doctemplate import FrameBreak
from reportlab.platypus.flowables import Flowable

from reception.paper import fonts
from reception.paper.lines import broken, even

SIZE = 10.5
"""Size of the text in points, the usual one of office forms (五号)."""
_LEADING = 1.4
"""Distance of two baselines, in sizes."""
PADDING = 4.0
"""Between a rule and the text at either side, in points; above and below a little less."""
_ABOVE = 3.5
LONG = 12
"""A text of more lines than this may be divided between two pages; a shorter band moves as a whole."""
FEWEST = 3
"""Lines of a divided text that must stand on either page."""
_CENTRE = 0.38
"""Half the height of a character's body above its baseline, as in ``rows``."""
_STROKE = 0.6
_THIN, _THICK = 0.4, 0.9
"""The rules, as those of registers."""
_FUZZ = 1e-6
_TO_WRITE_IN = re.compile("_{7,}|\u00a0{7,}|\u3000{3,}")
"""Room for a hand in the foot of a cell, more of it than a hand cannot do without."""


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of a band.

    Args:
        text: what stands in it; line feeds are kept.
        width: in points; 0 means that it shares what the others leave, by ``weight``.
        weight: its share of what is left.
        label: bold, centred both ways, its lines as even as can be; repeated where its band is divided.
        centred: the text stands in the middle between the sides.
        top: the text begins at the top, as in a cell that is written on; else it stands in mid-height.
        foot: stands at the lower right, such as the place for a signature and its date.
        struck: the text is struck through, as a void line is.
        bold: as a heading is.
    """

    text: str
    width: float = 0.0
    weight: float = 1.0
    label: bool = False
    centred: bool = False
    top: bool = False
    foot: str = ""
    struck: bool = False
    bold: bool = False


def label(text: str, width: float = 0.0) -> Box:
    """A cell that names the one at its right."""
    return Box(text, width, label=True)


@dataclass(frozen=True, slots=True)
class Band:
    """Cells side by side over the whole width.

    Args:
        boxes: from the left to the right.
        least: height in points that it has at least.
        most: height up to which it takes what the page has to spare; 0 means that it takes nothing.
        keep: never the last one on a page, such as a heading.
        heads: so many of the bands after it are rows under it: where they go on on the next page, it does.
    """

    boxes: tuple[Box, ...]
    least: float = 0.0
    most: float = 0.0
    keep: bool = False
    heads: int = 0


@dataclass(frozen=True, slots=True)
class _Laid:
    """A cell as lines, and where it stands in its band."""

    box: Box
    left: float
    width: float
    lines: tuple[str, ...]
    foot: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Face:
    """How the texts of one form are set."""

    size: float
    regular: fonts.Chain
    bold: fonts.Chain
    continued: str

    @property
    def leading(self) -> float:
        return self.size * _LEADING

    def of(self, box: Box) -> fonts.Chain:
        return self.bold if box.label or box.bold else self.regular

    def lines(self, box: Box, text: str, width: float) -> tuple[str, ...]:
        """``text`` as lines; those of a label are made even."""
        chain, limit = self.of(box), (width - 2 * PADDING) * 1000 / self.size
        shown = chain.shown(text)
        return tuple((even if box.label else broken)(shown, limit, chain.advances))

    def foot(self, box: Box, width: float) -> tuple[str, ...]:
        """The foot as lines; room to write in gives way first, so that it stays one line if it can."""
        text, limit = self.regular.shown(box.foot), width - 2 * PADDING
        while self.regular.width(text, self.size, limit + 1) > limit:
            rooms = [one.span() for one in _TO_WRITE_IN.finditer(text)]
            if not rooms:
                break
            start, _end = max(rooms, key=lambda one: one[1] - one[0])
            text = text[:start] + text[start + 1 :]
        return self.lines(replace(box, label=False, bold=False), text, width)


@dataclass(frozen=True, slots=True)
class _LaidBand:
    cells: tuple[_Laid, ...]
    least: float
    most: float
    keep: bool
    heads: int
    leading: float

    @property
    def height(self) -> float:
        """Height in points without what the page has to spare."""
        count = max(len(cell.lines) + len(cell.foot) for cell in self.cells)
        return max(self.least, max(count, 1) * self.leading + 2 * _ABOVE)

    def may_divide(self, page: float) -> bool:
        """Whether it may be divided between pages that are ``page`` points high."""
        most = max((len(cell.lines) for cell in self.cells if not cell.box.label), default=0)
        return most > LONG or (self.height > page + _FUZZ and most > 2 * FEWEST)

    def fitting(self, room: float, page: float) -> int:
        """How many lines stand above a break that leaves ``room`` points here; 0: too few to break it."""
        if not self.may_divide(page):
            return 0
        count = int((room - 2 * _ABOVE + _FUZZ) // self.leading)
        longest = max(len(cell.lines) for cell in self.cells if not cell.box.label)
        tallest = max((len(cell.lines) for cell in self.cells if cell.box.label), default=0)
        count = min(count, longest - FEWEST)
        return count if count >= max(FEWEST, tallest) else 0

    def divide(self, count: int, face: _Face) -> tuple[_LaidBand, _LaidBand]:
        """The first ``count`` lines, and the others; labels stand in both."""
        upper = tuple(
            cell if cell.box.label else replace(cell, lines=cell.lines[:count], foot=())
            for cell in self.cells
        )
        lower = tuple(
            replace(cell, lines=_again(cell, face))
            if cell.box.label
            else replace(cell, lines=cell.lines[count:])
            for cell in self.cells
        )
        above = replace(self, cells=upper, least=0, most=0, keep=False)
        rest = max(self.least - above.height, 0)
        return above, replace(self, cells=lower, least=rest, most=max(self.most - above.height, 0))


class Boxes(Flowable):
    """A boxed form.

    ``reserve`` is the height in points of what follows and must not stand alone on a page, ``room`` that of a
    whole page. The document works both out (``document.accompany``).
    """

    def __init__(self, face: _Face, bands: Sequence[_LaidBand], width: float, reserve: float = 0) -> None:
        super().__init__()
        self._face, self._bands, self.reserve = face, tuple(bands), reserve
        self.room = float("inf")
        self._heights = [band.height for band in bands]
        self.width, self.height = width, sum(self._heights)

    @property
    def least(self) -> float:
        """Height in points without which nothing of it would stand on a page."""
        if not self._bands:
            return 0.0
        first = self._bands[0]
        few = FEWEST * self._face.leading + 2 * _ABOVE
        return (
            few
            if first.may_divide(self.room)
            else first.height + (self.reserve if len(self._bands) == 1 else 0)
        )

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Width and height; bands that may are as high as the page allows."""
        self._bands = tuple(replace(band, least=min(band.least, self.room / 2)) for band in self._bands)
        natural = sum(band.height for band in self._bands)
        missing = self.reserve if natural + self.reserve > aH + _FUZZ else 0
        self._heights = _stretched(self._bands, aH - natural - self.reserve)
        self.height = sum(self._heights)
        return self.width, self.height + missing

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """What has room here, and the rest; nothing when not even the first band has."""
        here, rest = self._divided(aH)
        if not here or not rest:
            return []
        upper = Boxes(self._face, here, self.width)
        whole = len(self._bands) - len(rest)  # of a divided band the rest is in the way
        lower = Boxes(self._face, [*self._heading(whole, rest[0]), *rest], self.width, self.reserve)
        upper.room = lower.room = self.room
        return [upper, FrameBreak(), lower]

    def draw(self) -> None:
        """Draw texts and rules, the lower left corner at the origin."""
        canvas = self.canv
        canvas.saveState()
        top = self.height
        across, down = [], []
        for band, height in zip(self._bands, self._heights, strict=True):
            for cell in band.cells:
                _Pen(canvas, self._face, cell).draw(top, height)
                if cell.left > _FUZZ:
                    down.append((cell.left, top, cell.left, top - height))
            top -= height
            across.append((0.0, top, self.width, top))
        canvas.setLineWidth(_THIN)
        canvas.lines(across[:-1] + down)
        canvas.setLineWidth(_THICK)
        canvas.rect(0, 0, self.width, self.height)
        canvas.restoreState()

    def _heading(self, count: int, row: _LaidBand) -> Iterator[_LaidBand]:
        """What stands again above ``row``, the one after ``count`` others, where it is under a heading."""
        for place, band in enumerate(self._bands[:count]):
            left = band.heads - (count - place - 1)
            if left > 0 and (band.height + row.height <= self.room + _FUZZ or row.may_divide(self.room)):
                yield replace(band, heads=left)

    def _divided(self, room: float) -> tuple[list[_LaidBand], list[_LaidBand]]:
        bands = list(self._bands)
        for at, band in enumerate(bands):
            if band.height <= room + _FUZZ:
                room -= band.height
                continue
            if count := band.fitting(room, self.room):
                upper, lower = band.divide(count, self._face)
                return [*bands[:at], upper], [lower, *bands[at + 1 :]]
            return _kept(bands, at)
        # all has room, what follows has not: the last band waits for it
        last = bands[-1]
        if last.may_divide(self.room):
            count = max(len(cell.lines) for cell in last.cells if not cell.box.label) - FEWEST
            upper, lower = last.divide(count, self._face)
            return [*bands[:-1], upper], [lower]
        return _kept(bands, len(bands) - 1)


def boxes(
    width: float,
    bands: Sequence[Band],
    *,
    size: float = SIZE,
    continued: str = "{label}",
    reserve: float = 0,
) -> Boxes:
    """Lay a form of ``width`` points out.

    Args:
        width: of the whole form.
        bands: from the top; each fills the width by itself, so rules stand below each other only where the
            widths are the same.
        size: of all texts, in points.
        continued: what a label says again on the next page, translated, with ``{label}`` in it.
        reserve: as in `Boxes`.
    """
    face = _Face(size, fonts.chain(), fonts.chain(fonts.BOLD), continued)
    return Boxes(face, [_lay(band, width, face) for band in bands], width, reserve)


def scaled(bands: Sequence[Band], size: float) -> list[Band]:
    """The bands for smaller letters than the usual ones: labels narrower, lines lower."""
    share = size / SIZE
    return [
        replace(
            band,
            boxes=tuple(replace(box, width=box.width * share) for box in band.boxes),
            least=band.least * share,
        )
        for band in bands
    ]


def _lay(band: Band, width: float, face: _Face) -> _LaidBand:
    spare = width - sum(box.width for box in band.boxes)
    weights = sum(box.weight for box in band.boxes if not box.width)
    cells, left = [], 0.0
    for box in band.boxes:
        wide = box.width or spare * box.weight / weights
        lines = face.lines(box, box.text, wide)
        foot = face.foot(box, wide) if box.foot else ()
        cells.append(_Laid(box, left, wide, lines, foot))
        left += wide
    return _LaidBand(tuple(cells), band.least, band.most, band.keep, band.heads, face.leading)


def _again(cell: _Laid, face: _Face) -> tuple[str, ...]:
    """A label as it stands above what is continued; the second time it is so already."""
    said = cell.box.text
    return face.lines(cell.box, face.continued.format(label=said) if said else "", cell.width)


def _kept(bands: list[_LaidBand], at: int) -> tuple[list[_LaidBand], list[_LaidBand]]:
    """Divided before band ``at``; a heading goes with what it heads."""
    while at > 0 and bands[at - 1].keep:
        at -= 1
    return bands[:at], bands[at:]


def _stretched(bands: Sequence[_LaidBand], spare: float) -> list[float]:
    """Heights of the bands when ``spare`` points are left on the page."""
    heights = [band.height for band in bands]
    wanted = [max(band.most - height, 0) for band, height in zip(bands, heights, strict=True)]
    total = sum(wanted)
    if total <= 0 or spare <= 0:
        return heights
    share = min(spare / total, 1)
    return [height + want * share for height, want in zip(heights, wanted, strict=True)]


class _Pen:
    """Writes one cell."""

    def __init__(self, canvas: Canvas, face: _Face, cell: _Laid) -> None:
        self._canvas, self._face, self._cell = canvas, face, cell
        self._chain = face.of(cell.box)

    def draw(self, top: float, height: float) -> None:
        """Write the cell below ``top``."""
        cell, box, face = self._cell, self._cell.box, self._face
        first = top - _ABOVE
        if not box.top:
            first -= (height - 2 * _ABOVE - (len(cell.lines) + len(cell.foot)) * face.leading) / 2
        middle = 0.5 if box.centred or box.label else 0.0
        self._lines(cell.lines, first, middle, self._chain, struck=box.struck)
        last = top - height + _ABOVE + len(cell.foot) * face.leading
        self._lines(cell.foot, last, 1.0, face.regular, struck=False)

    def _lines(
        self, lines: Sequence[str], top: float, stand: float, chain: fonts.Chain, *, struck: bool
    ) -> None:
        cell, size, leading = self._cell, self._face.size, self._face.leading
        room = cell.width - 2 * PADDING
        y = top - leading / 2 - _CENTRE * size
        for line in lines:
            wide = chain.width(line, size, room)
            x = cell.left + PADDING + max(room - wide, 0) * stand
            if line:
                chain.write(self._canvas, line, x, y, size, room=room)
                if struck:
                    self._canvas.setLineWidth(_STROKE)
                    self._canvas.line(x, y + _CENTRE * size, x + wide, y + _CENTRE * size)
            y -= leading
