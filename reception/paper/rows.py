"""A ruled register table as one Flowable: rows that break between pages, and inside cells when they are long.

ReportLab's own tables lay 1,000 rows out in seconds and refuse a row that is taller than the page; a
register's cells hold nothing but text in one size, so that their lines and heights are known after one pass
over the characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.doctemplate import FrameBreak
from reportlab.platypus.flowables import Flowable

from reception.paper import fonts
from reception.paper.form import ColumnSpec, Form
from reception.paper.lines import BLANKS, break_text
from reception.paper.style import Style
from reception.wording import Wording

SIZE = 9.0
"""Size of the cells in points; GB/T has none for registers, 9-10.5 pt is the custom."""
LEADING = 12.0
PADDING = 2.5
"""Between a rule and the text, in points, on all four sides."""
THIN, THICK = 0.4, 0.9
_STROKE = 0.6
SHADE = 0.93
"""Grey of the header row: light enough for a photocopier."""
LONG = 12
"""A row of more lines than this may be divided between two pages; a shorter one moves as a whole."""
FEWEST = 4
"""Lines of a divided row that must stand on either page."""
_COMPANY = 3
"""Rows that go along to the next page with what must not stand there alone."""
_CENTRE = 0.38
"""Half the height of a character's body above its baseline: (0.88 - 0.12) / 2 of the size in Noto Sans SC."""
_FUZZ = 1e-6
REMARKS = "remarks"
"""The key of the column that takes a row's mark; without it the first column does."""
_BLANK_LINES = 2
"""How high a row is on which somebody writes by hand."""
_LEAST = 28.0
"""A column of prose is never narrower, in points: two characters and the padding."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, width in points, how its text stands, whether void lines are struck through."""

    title: str
    width: float
    centred: bool = False
    struck: bool = True


def shared(width: float, plan: Sequence[tuple[str, float, float, bool]]) -> list[Column]:
    """The columns of a table that is ``width`` points wide.

    Each is told by its heading, its width in points or 0, its weight where it has none, and whether its text
    is centred: those with a width take it, the others share what is left by their weights.
    """
    spare = width - sum(fixed for _title, fixed, _weight, _centred in plan)
    share = spare / sum(weight for _title, _fixed, weight, _centred in plan)
    return [Column(title, fixed or weight * share, centred) for title, fixed, weight, centred in plan]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register: a text for each column; ``void`` strikes them through.

    ``mark`` is a word that stands with the line whichever columns are printed.
    A row is at least ``lines`` lines high.
    """

    cells: tuple[str, ...]
    void: bool = False
    mark: str = ""
    lines: int = 1


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row, or a piece of one, as lines: for each column what stands in it."""

    cells: tuple[Sequence[str], ...]
    void: bool
    count: int

    @property
    def height(self) -> float:
        """Height in points, padding included."""
        return self.count * LEADING + 2 * PADDING

    def divide(self, count: int) -> tuple[LaidRow, LaidRow]:
        """The first ``count`` lines, and the others."""
        return (
            LaidRow(tuple(cell[:count] for cell in self.cells), self.void, count),
            LaidRow(tuple(cell[count:] for cell in self.cells), self.void, self.count - count),
        )


class Layer:
    """Breaks cells into lines, each text of a column once."""

    def __init__(self, columns: Sequence[Column], chain: fonts.Chain) -> None:
        self._chain = chain
        self._limits = [(column.width - 2 * PADDING) * 1000 / SIZE for column in columns]
        self._known: list[dict[str, list[str]]] = [{} for _ in columns]

    def lay(self, row: Row) -> LaidRow:
        """The row as lines; an empty row is one line high."""
        cells = tuple(map(self._cell, row.cells, self._limits, self._known))
        return LaidRow(cells, row.void, max(row.lines, *map(len, cells)))

    def _cell(self, text: str, limit: float, known: dict[str, list[str]]) -> list[str]:
        lines = known.get(text)
        if lines is None:
            chain = self._chain
            broken = break_text(chain.shown(text), limit, chain.advances)
            lines = known[text] = [line.rstrip(BLANKS) for line in broken]
        return lines


@dataclass(frozen=True, slots=True)
class _Look:
    """What all pieces of one table share."""

    columns: tuple[Column, ...]
    header: LaidRow
    body: fonts.Chain
    bold: fonts.Chain

    @property
    def width(self) -> float:
        return sum(column.width for column in self.columns)


class Register(Flowable):
    """A table of rows under a header that is repeated on each page.

    ``reserve`` is the height in points of what follows and must not stand alone on a page: where it has no
    room, the last rows go along to the next page. The page works it out (``page.accompany``).
    """

    def __init__(self, look: _Look, rows: Sequence[LaidRow], reserve: float = 0) -> None:
        super().__init__()
        self._look = look
        self._rows = rows
        self.reserve = reserve
        self._header = look.header.height

    @property
    def least(self) -> float:
        """Height in points without which nothing of it would stand on a page."""
        if not self._rows:
            return self._header
        first = self._rows[0]
        if first.count > LONG:
            return self._header + FEWEST * LEADING + 2 * PADDING
        return self._header + first.height + (self.reserve if len(self._rows) == 1 else 0)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Width and height; more than there is where what follows would stand alone."""
        self.width = self._look.width
        self.height = self._header
        for row in self._rows:
            self.height += row.height
            if self.height > aH + _FUZZ:  # how much too high does not matter, and a year has many rows
                return self.width, self.height
        missing = self.reserve if self.height + self.reserve > aH + _FUZZ else 0
        return self.width, self.height + missing

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """What has room here, and the rest; nothing when not even the first row has."""
        here, rest = _divide(self._rows, aH - self._header + _FUZZ)
        if not rest:
            here, rest = _hold_back(self._rows)
        if not here:
            return []
        # The break is there because what was held back would still have room on this page.
        return [Register(self._look, here), FrameBreak(), Register(self._look, rest, self.reserve)]

    def draw(self) -> None:
        """Draw header, texts, rules and the strokes of void lines, the lower left corner at the origin."""
        canvas = self.canv
        canvas.saveState()
        canvas.setFillGray(SHADE)
        canvas.rect(0, self.height - self._header, self.width, self._header, stroke=0, fill=1)
        canvas.setFillGray(0)
        pen = _Pen(canvas, self._look.columns)
        pen.start(self._look.bold)
        pen.row(replace(self._look.header, void=False), self.height, centred=True)
        pen.start(self._look.body)
        top = self.height - self._header
        tops = [self.height, top]
        for row in self._rows:
            pen.row(row, top)
            top -= row.height
            tops.append(top)
        pen.finish()
        self._rule(canvas, tops)
        canvas.restoreState()

    def _rule(self, canvas: Canvas, tops: list[float]) -> None:
        canvas.setLineWidth(THIN)
        edges = [0.0]
        for column in self._look.columns:
            edges.append(edges[-1] + column.width)
        canvas.lines([(0, y, self.width, y) for y in tops[1:-1]])
        canvas.lines([(x, 0, x, self.height) for x in edges[1:-1]])
        canvas.setLineWidth(THICK)
        canvas.rect(0, 0, self.width, self.height)


def register(
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    body: str = fonts.REGULAR,
    head: str = fonts.BOLD,
) -> Register:
    """Lay ``rows`` out under the titles of ``columns``."""
    bold = fonts.chain(head)
    header = Layer(columns, bold).lay(Row(tuple(column.title for column in columns)))
    chain = fonts.chain(body)
    layer = Layer(columns, chain)
    look = _Look(tuple(columns), header, chain, bold)
    return Register(look, [layer.lay(row) for row in rows])


def table(form: Form, style: Style, wording: Wording, rows: Sequence[Row]) -> Register:
    """The register of a form: the columns that the style chooses of ``form.columns``, blank rows at its end.

    Each of ``rows`` has a cell for every column of the form, in the form's order.
    """
    places = {column.key: place for place, column in enumerate(form.columns)}
    chosen = [one for one in style.columns if one.key in places]
    order = [places[one.key] for one in chosen]
    marked = next((at for at, one in enumerate(chosen) if one.key == REMARKS), 0)
    picked = [_picked(row, order, marked) for row in rows]
    blank = Row(("",) * len(order), lines=_BLANK_LINES)
    picked += [blank] * style.blank_rows
    specs = [form.columns[place] for place in order]
    titles = [wording.pgettext("paper", spec.title) for spec in specs]
    widths = spread(specs, [one.width for one in chosen], picked, style.width)
    columns = [
        Column(title, width, spec.centred, spec.struck)
        for title, width, spec in zip(titles, widths, specs, strict=True)
    ]
    return register(columns, picked)


def _picked(row: Row, order: Sequence[int], marked: int) -> Row:
    cells = [row.cells[place] for place in order]
    if row.mark:
        cells[marked] = "\n".join(filter(None, (row.mark, cells[marked])))
    return replace(row, cells=tuple(cells), mark="")


def spread(
    specs: Sequence[ColumnSpec], wanted: Sequence[float], rows: Sequence[Row], room: float
) -> list[float]:
    """The widths in points of columns that together have ``room``.

    A column that the site gave a width has it, others as their `ColumnSpec` says. Where they do not fit, all
    give way by the same share.
    """
    chain = fonts.chain()
    widths = []
    for at, (spec, width) in enumerate(zip(specs, wanted, strict=True)):
        if not width and spec.most:
            texts = {row.cells[at] for row in rows}
            widest = max((chain.width(chain.shown(text), SIZE) for text in texts), default=0)
            width = min(max(widest + 2 * PADDING + 1, spec.width), spec.most)
        widths.append(width or spec.width)
    weights = [0.0 if width else spec.weight for width, spec in zip(widths, specs, strict=True)]
    least = [width or _LEAST for width in widths]
    spare = room - sum(widths)
    if sum(least) > room or not any(weights):
        share = room / sum(least)
        return [width * share for width in least]
    return [
        width or max(weight * spare / sum(weights), _LEAST)
        for width, weight in zip(widths, weights, strict=True)
    ]


def _divide(rows: Sequence[LaidRow], room: float) -> tuple[Sequence[LaidRow], Sequence[LaidRow]]:
    """Rows that have ``room`` points, and the others; a long row is divided."""
    for index, row in enumerate(rows):
        if row.height <= room:
            room -= row.height
            continue
        count = min(int((room - 2 * PADDING) // LEADING), row.count - FEWEST)
        if row.count > LONG and count >= FEWEST:
            upper, lower = row.divide(count)
            return [*rows[:index], upper], [lower, *rows[index + 1 :]]
        return _accompanied(rows[:index], rows[index:])
    return rows, ()


def _accompanied(
    here: Sequence[LaidRow], rest: Sequence[LaidRow]
) -> tuple[Sequence[LaidRow], Sequence[LaidRow]]:
    """A row or two that would stand alone on the last page get company from the page before."""
    wanted = min(_COMPANY - len(rest), (len(here) - len(rest)) // 2)
    if wanted <= 0 or any(row.count > LONG for row in rest):
        return here, rest
    return here[:-wanted], [*here[-wanted:], *rest]


def _hold_back(rows: Sequence[LaidRow]) -> tuple[Sequence[LaidRow], Sequence[LaidRow]]:
    """All rows have room, what follows them has not: the last ones wait for it."""
    last = rows[-1]
    if last.count > LONG:
        upper, lower = last.divide(last.count - FEWEST)
        return [*rows[:-1], upper], [lower]
    if len(rows) == 1:
        return (), rows
    keep = min(_COMPANY, len(rows) // 2)
    return rows[: len(rows) - keep], rows[len(rows) - keep :]


class _Pen:
    """Writes the lines of rows with one text object per face, and remembers what to strike through."""

    def __init__(self, canvas: Canvas, columns: Sequence[Column]) -> None:
        self._canvas = canvas
        self._places = []
        left = 0.0
        for column in columns:
            self._places.append((left + PADDING, column.width - 2 * PADDING, column.centred, column.struck))
            left += column.width
        self._strokes: list[tuple[float, float, float, float]] = []
        self._chain = fonts.chain()
        self._text = canvas.beginText()

    def start(self, chain: fonts.Chain) -> None:
        """Write with ``chain`` from now on."""
        self._canvas.drawText(self._text)
        self._chain = chain
        self._text = self._canvas.beginText()
        self._text.setFont(chain.name, SIZE, LEADING)

    def row(self, row: LaidRow, top: float, *, centred: bool = False) -> None:
        """Write ``row`` below ``top``; ``centred`` both ways in every column."""
        first = top - PADDING - LEADING / 2 - _CENTRE * SIZE
        for lines, (left, width, middle, struck) in zip(row.cells, self._places, strict=True):
            if not lines:
                continue
            baseline = first
            if centred:
                baseline -= (row.count - len(lines)) * LEADING / 2
            if middle or centred:
                lefts = [left + (width - self._chain.width(line, SIZE)) / 2 for line in lines]
                for index, line in enumerate(lines):
                    self._write([line], lefts[index], baseline - index * LEADING)
            else:
                lefts = [left] * len(lines)
                self._write(lines, left, baseline)
            if row.void and struck:
                self._strike(lines, lefts, baseline + _CENTRE * SIZE)

    def finish(self) -> None:
        """Put everything on the page."""
        self._canvas.drawText(self._text)
        if self._strokes:
            self._canvas.setLineWidth(_STROKE)
            self._canvas.lines(self._strokes)

    def _write(self, lines: Sequence[str], x: float, y: float) -> None:
        """Write lines below each other; ``textLine`` measures nothing, which saves a tenth of the time."""
        text, chain = self._text, self._chain
        text.setTextOrigin(x, y)
        for line in lines:
            runs = chain.runs(line)
            for face, piece in runs[:-1]:
                text.setFont(face, SIZE, LEADING)
                text.textOut(piece)
            if len(runs) > 1:
                text.setFont(runs[-1][0], SIZE, LEADING)
            text.textLine(runs[-1][1] if runs else "")
            if len(runs) > 1:
                text.setFont(chain.name, SIZE, LEADING)

    def _strike(self, lines: Sequence[str], lefts: Sequence[float], y: float) -> None:
        for index, (line, left) in enumerate(zip(lines, lefts, strict=True)):
            if line:
                height = y - index * LEADING
                self._strokes.append((left, height, left + self._chain.width(line, SIZE), height))
