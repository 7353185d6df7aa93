"""A ruled register table as one Flowable: rows that break between pages, and inside cells when they are long.

ReportLab's own tables lay 1,000 rows out in seconds and refuse a row that is taller than the page; a
register's cells hold nothing but text in one size, so that their lines and heights are known after one pass
over the characters.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.platypus.doctemplate import FrameBreak
from reportlab.platypus.flowables import Flowable

from reception.paper import fonts
from reception.paper.form import ColumnSpec, Form
from reception.paper.lines import BLANKS, break_text
from reception.paper.pen import LEADING, PADDING, SHADE, SHADE_OF_BAND, SIZE, THICK, Pen, rule
from reception.paper.style import Style
from reception.wording import Wording

__all__ = ["LEADING", "PADDING", "SIZE", "Column", "Register", "Row", "register", "shared", "table"]

LONG = 12
"""A row of more lines than this may be divided between two pages; a shorter one moves as a whole."""
FEWEST = 4
"""Lines of a divided row that must stand on either page."""
_COMPANY = 3
"""Rows that go along to the next page with what must not stand there alone."""
_FUZZ = 1e-6
REMARKS = "remarks"
"""The key of the column that takes a row's mark; without it the first column does."""
_BLANK_LINES = 2
"""How high a row is on which somebody writes by hand."""
_KNOWN = 5_000
"""Texts of a column whose lines are kept, because many say the same."""
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
    A row is at least ``lines`` lines high. One with a ``band`` has no cells: it is a heading over the whole
    width (a day); ``again`` is what it says where its rows go on on the next page, ``bookmark`` how the
    document's outline calls it.
    """

    cells: tuple[str, ...] = ()
    void: bool = False
    mark: str = ""
    lines: int = 1
    band: str = ""
    again: str = ""
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row, or a piece of one, as lines: for each column what stands in it."""

    cells: tuple[Sequence[str], ...]
    void: bool
    count: int
    band: str = ""
    again: str = ""
    bookmark: str = ""

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
        if row.band:
            band, again = self._chain.shown(row.band), self._chain.shown(row.again)
            return LaidRow((), False, 1, band, again, row.bookmark)
        cells = tuple(map(self._cell, row.cells, self._limits, self._known))
        return LaidRow(cells, row.void, max(row.lines, *map(len, cells)))

    def _cell(self, text: str, limit: float, known: dict[str, list[str]]) -> list[str]:
        lines = known.get(text)
        if lines is None:
            chain = self._chain
            broken = break_text(chain.shown(text), limit, chain.advances)
            if len(known) >= _KNOWN:
                known.clear()
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


class Waiting:
    """Rows that are laid out when a page asks for them: those that are, and where the others come from."""

    def __init__(
        self, laid: Sequence[LaidRow], source: Iterator[Row] = iter(()), layer: Layer | None = None
    ) -> None:
        self._laid = list(laid)
        self._source, self._layer = source, layer

    def __getitem__(self, place: int) -> LaidRow:
        return self._laid[place]

    def has(self, count: int) -> bool:
        """Whether there are as many rows as that; they are laid then."""
        while len(self._laid) < count and self._layer is not None:
            row = next(self._source, None)
            if row is None:
                return False
            self._laid.append(self._layer.lay(row))
        return len(self._laid) >= count

    def first(self, count: int) -> list[LaidRow]:
        """The first ``count`` rows."""
        return self._laid[:count]

    def after(self, count: int, piece: LaidRow | None = None) -> Waiting:
        """What is left without the first ``count`` rows, begun by a ``piece`` and the band that goes on."""
        begun = [piece] if piece is not None else []
        if begun or (self.has(count + 1) and not self._laid[count].band):
            bands = (row for row in reversed(self._laid[:count]) if row.band)
            begun[:0] = [replace(row, band=row.again, bookmark="") for row in itertools.islice(bands, 1)]
        return Waiting([*begun, *self._laid[count:]], self._source, self._layer)


class Register(Flowable):
    """A table of rows under a header that is repeated on each page.

    ``reserve`` is the height in points of what follows and must not stand alone on a page: where it has no
    room, the last rows go along to the next page. ``room`` is the height of a whole page. The document works
    both out (``document.accompany``).
    """

    def __init__(self, look: _Look, rows: Sequence[LaidRow] | Waiting, reserve: float = 0) -> None:
        super().__init__()
        self._look = look
        self._rows = rows if isinstance(rows, Waiting) else Waiting(rows)
        self.reserve = reserve
        self.room = float("inf")
        self._header = look.header.height

    @property
    def least(self) -> float:
        """Height in points without which nothing of it would stand on a page."""
        height = self._header
        for at in itertools.count():
            if not self._rows.has(at + 1):
                return height + (self.reserve if at == 1 else 0)
            row = self._rows[at]
            if row.band:
                height += row.height
            elif self._is_long(row):
                return height + FEWEST * LEADING + 2 * PADDING
            else:
                return height + row.height + (0 if self._rows.has(at + 2) else self.reserve)
        raise AssertionError

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Width and height; more than there is where what follows would stand alone."""
        self.width = self._look.width
        self.height = self._header
        for at in itertools.count():
            if not self._rows.has(at + 1):
                break
            self.height += self._rows[at].height
            if self.height > aH + _FUZZ:  # how much too high does not matter, and a year has many rows
                return self.width, self.height
        missing = self.reserve if self.height + self.reserve > aH + _FUZZ else 0
        return self.width, self.height + missing

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """What has room here, and the rest; nothing when not even the first row has."""
        here, rest = self._divide(aH - self._header + _FUZZ)
        if not here:
            return []
        upper, lower = (Register(self._look, rows, self.reserve) for rows in (here, rest))
        upper.room = lower.room = self.room
        # The break is there because what was held back would still have room on this page.
        return [upper, FrameBreak(), lower]

    def draw(self) -> None:
        """Draw header, texts, rules and the strokes of void lines, the lower left corner at the origin."""
        canvas, look = self.canv, self._look
        canvas.saveState()
        canvas.setFillGray(SHADE)
        canvas.rect(0, self.height - self._header, look.width, self._header, stroke=0, fill=1)
        canvas.setFillGray(0)
        pen = Pen(canvas, look.columns)
        pen.start(look.bold)
        pen.row(replace(look.header, void=False), self.height, centred=True)
        pen.start(look.body)
        top = self.height - self._header
        levels = [self.height, top]
        for at in itertools.count():
            if not self._rows.has(at + 1):
                break
            row = self._rows[at]
            if row.band:
                rule(canvas, look.columns, levels)
                self._draw_band(row, top)
                pen.heading(row.band, top)
                levels = []
            else:
                pen.row(row, top)
            top -= row.height
            levels.append(top)
        pen.finish()
        rule(canvas, look.columns, levels)
        canvas.restoreState()

    def _draw_band(self, row: LaidRow, top: float) -> None:
        canvas, width, bottom = self.canv, self._look.width, top - row.height
        canvas.setFillGray(SHADE_OF_BAND)
        canvas.rect(0, bottom, width, row.height, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.setLineWidth(THICK)
        canvas.lines([(0, bottom, 0, top), (width, bottom, width, top)])
        if row.bookmark:
            key = f"{canvas.getPageNumber()}-{top:.1f}"
            canvas.bookmarkHorizontal(key, 0, top)
            canvas.addOutlineEntry(row.bookmark, key)

    def _is_long(self, row: LaidRow) -> bool:
        """Whether it may be divided between two pages."""
        return row.count > LONG or row.height > self.room - self._header

    def _divide(self, room: float) -> tuple[list[LaidRow], Waiting]:
        """Rows that have ``room`` points, and the others; a long row is divided."""
        rows = self._rows
        for at in itertools.count():
            if not rows.has(at + 1):
                return self._hold_back(at)
            row = rows[at]
            if row.height <= room:
                room -= row.height
                continue
            count = min(int((room - 2 * PADDING) // LEADING), row.count - FEWEST)
            if self._is_long(row) and count >= FEWEST:
                upper, lower = row.divide(count)
                return [*rows.first(at), upper], rows.after(at + 1, lower)
            return self._parted(at - self._company(at))
        raise AssertionError

    def _company(self, at: int) -> int:
        """How many rows go along with those from ``at`` on, where they are a row or two and the last."""
        left = next(count for count in range(_COMPANY, -1, -1) if self._rows.has(at + count))
        if any(self._is_long(self._rows[at + index]) for index in range(left)):
            return 0
        return max(min(_COMPANY - left, (at - left) // 2), 0)

    def _hold_back(self, count: int) -> tuple[list[LaidRow], Waiting]:
        """All rows have room, what follows them has not: the last ones wait for it."""
        rows = self._rows
        if count == 0:
            return [], rows
        last = rows[count - 1]
        if self._is_long(last) and last.count >= 2 * FEWEST:
            upper, lower = last.divide(last.count - FEWEST)
            return [*rows.first(count - 1), upper], rows.after(count, lower)
        return self._parted(0 if count == 1 else count - min(_COMPANY, count // 2))

    def _parted(self, at: int) -> tuple[list[LaidRow], Waiting]:
        """The rows before ``at`` and the others; a band never ends a page."""
        while at > 0 and self._rows[at - 1].band:
            at -= 1
        return self._rows.first(at), self._rows.after(at)


def register(
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    body: str = fonts.REGULAR,
    head: str = fonts.BOLD,
) -> Register:
    """Lay ``rows`` out under the titles of ``columns``, when a page asks for them."""
    bold = fonts.chain(head)
    header = Layer(columns, bold).lay(Row(tuple(column.title for column in columns)))
    chain = fonts.chain(body)
    layer = Layer(columns, chain)
    look = _Look(tuple(columns), header, chain, bold)
    return Register(look, Waiting((), iter(rows), layer))


def table(form: Form, style: Style, wording: Wording, rows: Iterable[Row]) -> Register:
    """The register of a form: the columns that the style chooses of ``form.columns``, blank rows at its end.

    Each of ``rows`` has a cell for every column of the form, in the form's order. Rows that come one by one
    cannot be measured beforehand: a column that is as wide as what stands in it is then as wide as it may be.
    """
    places = {column.key: place for place, column in enumerate(form.columns)}
    chosen = [one for one in style.columns if one.key in places]
    order = [places[one.key] for one in chosen]
    specs = [form.columns[place] for place in order]
    known = rows if isinstance(rows, Sequence) else None
    texts = [
        {row.cells[place] for row in known if row.cells} if known is not None else None for place in order
    ]
    widths = spread(specs, [one.width for one in chosen], texts, style.width)
    titles = [wording.pgettext("paper", spec.title) for spec in specs]
    columns = [
        Column(title, width, spec.centred, spec.struck)
        for title, width, spec in zip(titles, widths, specs, strict=True)
    ]
    marked = next((at for at, one in enumerate(chosen) if one.key == REMARKS), 0)
    blank = Row(("",) * len(order), lines=_BLANK_LINES)
    picked = (_picked(row, order, marked) for row in rows)
    return register(columns, itertools.chain(picked, [blank] * style.blank_rows))


def _picked(row: Row, order: Sequence[int], marked: int) -> Row:
    if row.band:
        return row
    cells = [row.cells[place] for place in order]
    if row.mark:
        cells[marked] = "\n".join(filter(None, (row.mark, cells[marked])))
    return replace(row, cells=tuple(cells), mark="")


def spread(
    specs: Sequence[ColumnSpec],
    wanted: Sequence[float],
    texts: Sequence[Collection[str] | None],
    room: float,
) -> list[float]:
    """The widths in points of columns that together have ``room``.

    A column that the site gave a width has it, others as their `ColumnSpec` says. Where they do not fit, all
    give way by the same share.
    """
    chain = fonts.chain()
    widths = []
    for spec, width, said in zip(specs, wanted, texts, strict=True):
        if not width and spec.most:
            width = spec.most
            if said is not None:
                widest = max((chain.width(chain.shown(text), SIZE) for text in said), default=0)
                width = min(max(widest + 2 * PADDING + 1, spec.width), spec.most)
        widths.append(width or spec.width)
    weights = [0.0 if width else spec.weight for width, spec in zip(widths, specs, strict=True)]
    spare = room - sum(widths)
    for at, weight in enumerate(weights):
        if weight:
            widths[at] = max(weight * spare / sum(weights), _LEAST)
    total = sum(widths)
    if total > room + _FUZZ or not any(weights):
        return [width * room / total for width in widths]
    return widths
