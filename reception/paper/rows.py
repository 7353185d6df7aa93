"""A ruled register table as one Flowable: rows that break between pages, and inside cells when they are long.

ReportLab's own tables lay 1,000 rows out in seconds and refuse a row that is taller than the page; a
register's cells hold nothing but text in one size, so that their lines and heights are known after one pass
over the characters.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from reportlab.platypus.doctemplate import FrameBreak
from reportlab.platypus.flowables import Flowable

from reception.paper import fonts
from reception.paper.form import FILL, ColumnSpec, Form
from reception.paper.laid import Column, LaidRow, Layer, Row, Waiting
from reception.paper.pen import LEADING, PADDING, SHADE, SHADE_OF_BAND, SIZE, THICK, Pen, rule
from reception.paper.style import Style, default
from reception.paper.widths import kept, spread, whole
from reception.wording import Wording

__all__ = ["LEADING", "PADDING", "SIZE", "Column", "Register", "Row", "register", "shared", "table"]

LONG = 12
"""A row of more lines than this may be divided between two pages; a shorter one moves as a whole."""
FEWEST = 4
"""Lines of a divided row that must stand on either page."""
_COMPANY = 3
"""Rows that go along to the next page with what must not stand there alone."""
_FUZZ = 1e-6
NUMBERS = ("number", "place")
"""The keys of the columns that name a row where it goes on on the next page."""
REMARKS = "remarks"
"""The key of the column that takes a row's mark; without it the first column does."""
_BLANK_LINES = 2
"""How high a row is on which somebody writes by hand."""
_CAPTION, _UNDER_CAPTION, _CAPTION_SIZE = 23.0, 6.5, 10.5
"""Height of a table's caption with what stands above and under it, in points, and the size of its text."""


def shared(width: float, plan: Sequence[tuple[str, float, float, bool]]) -> list[Column]:
    """The columns of a table that is ``width`` points wide.

    Each is told by its heading, its width in points or 0, its weight where it has none, and whether its text
    is centred: those with a width take it, the others share what is left by their weights.
    """
    spare = width - sum(fixed for _title, fixed, _weight, _centred in plan)
    share = spare / sum(weight for _title, _fixed, weight, _centred in plan)
    return [Column(title, fixed or weight * share, centred) for title, fixed, weight, centred in plan]


@dataclass(frozen=True, slots=True)
class _Look:
    """What all pieces of one table share."""

    columns: tuple[Column, ...]
    header: LaidRow
    body: fonts.Chain
    bold: fonts.Chain
    scale: float = 1.0
    caption: str = ""
    again: str = ""
    named: tuple[int, str] | None = None

    @property
    def width(self) -> float:
        return sum(column.width for column in self.columns)


class Register(Flowable):
    """A table of rows under a header that is repeated on each page.

    ``reserve`` is the height in points of what follows and must not stand alone on a page: where it has no
    room, the last rows go along to the next page. ``room`` is the height of a whole page. The document works
    both out (``document.accompany``).
    """

    def __init__(
        self, look: _Look, rows: Sequence[LaidRow] | Waiting, reserve: float = 0, *, goes_on: bool = False
    ) -> None:
        super().__init__()
        self._look = look
        self._rows = rows if isinstance(rows, Waiting) else Waiting(rows)
        self.reserve = reserve
        self.room = float("inf")
        self.left_out: Sequence[str] = ()
        """The headings of columns for which the sheet has no room; the document says so below."""
        self.filler: LaidRow | None = None
        """The blank row with which the last page is filled up, for a hand."""
        self._fillers = 0
        self._header = look.header.height
        self._caption = look.again if goes_on else look.caption
        self._goes_on = goes_on
        self._above = self._header + (_CAPTION if self._caption else 0)

    @property
    def least(self) -> float:
        """Height in points without which nothing of it would stand on a page."""
        return self._least() * self._look.scale

    def _least(self) -> float:
        height, reserve = self._above, self.reserve / self._look.scale
        for at in itertools.count():
            if not self._rows.has(at + 1):
                return height + (reserve if at == 1 else 0)
            row = self._rows[at]
            if row.band:
                height += row.height
            elif self._is_long(row):
                return height + FEWEST * LEADING + 2 * PADDING
            else:
                return height + row.height + (0 if self._rows.has(at + 2) else reserve)
        raise AssertionError

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Width and height; more than there is where what follows would stand alone."""
        scale = self._look.scale
        self.width = self._look.width * scale
        self.height = self._above * scale
        for at in itertools.count():
            if not self._rows.has(at + 1):
                break
            self.height += self._rows[at].height * scale
            if self.height > aH + _FUZZ:  # how much too high does not matter, and a year has many rows
                return self.width, self.height
        missing = self.reserve if self.height + self.reserve > aH + _FUZZ else 0
        if self.filler is not None and not missing:
            each = self.filler.height * scale
            self._fillers = int((aH - self.height - self.reserve + _FUZZ) // each)
            self.height += self._fillers * each
        return self.width, self.height + missing

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """What has room here, and the rest; nothing when not even the first row has."""
        here, rest = self._divide(aH / self._look.scale - self._above + _FUZZ)
        if not here:
            return self._squeezed(aH)
        upper = Register(self._look, here, goes_on=self._goes_on)
        lower = Register(self._look, rest, self.reserve, goes_on=True)
        upper.room = lower.room = self.room
        lower.filler = self.filler
        # The break is there because what was held back would still have room on this page.
        return [upper, FrameBreak(), lower]

    def _squeezed(self, aH: float) -> list[Flowable]:
        """What is done where not even a whole page has room for a row and what must not stand without it."""
        rows, room = self._rows, aH / self._look.scale - self._above + _FUZZ
        if aH < self.room - _FUZZ:
            return []
        for at in itertools.count():
            if not rows.has(at + 1):
                return [Register(self._look, rows, goes_on=self._goes_on)] if at else []
            row = rows[at]
            count = int((room - 2 * PADDING) // LEADING)
            if row.height > room and 0 < count < row.count:
                upper, lower = row.divide(count, self._look.named)
                rest = Register(self._look, rows.after(at + 1, lower), self.reserve, goes_on=True)
                rest.room, rest.filler = self.room, self.filler
                here = Register(self._look, [*rows.first(at), upper], goes_on=self._goes_on)
                return [here, FrameBreak(), rest]
            if row.height > room:
                return []
            room -= row.height
        raise AssertionError

    def draw(self) -> None:
        """Draw header, texts, rules and the strokes of void lines, the lower left corner at the origin."""
        canvas, look = self.canv, self._look
        canvas.saveState()
        if look.scale != 1:
            canvas.scale(look.scale, look.scale)
        height = self.height / look.scale
        if self._caption:
            height -= _CAPTION
            look.bold.write(canvas, look.bold.shown(self._caption), 0, height + _UNDER_CAPTION, _CAPTION_SIZE)
        canvas.setFillGray(SHADE)
        canvas.rect(0, height - self._header, look.width, self._header, stroke=0, fill=1)
        canvas.setFillGray(0)
        pen = Pen(canvas, look.columns)
        pen.start(look.bold)
        pen.row(replace(look.header, void=False), height, centred=True)
        pen.start(look.body)
        top = height - self._header
        levels = [height, top]
        for at in itertools.count():
            if not self._rows.has(at + 1):
                break
            row = self._rows[at]
            if row.bookmark:
                self._mark(row.bookmark, top)
            if row.band:
                self._draw_band(row, top)
                rule(canvas, look.columns, levels)
                pen.start(look.bold)
                pen.heading(row.band, top)
                pen.start(look.body)
                levels = []
            else:
                pen.row(row, top)
            top -= row.height
            levels.append(top)
        for _blank in range(self._fillers):
            top -= self.filler.height if self.filler is not None else 0
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

    def _mark(self, path: tuple[str, ...], top: float) -> None:
        """Let the document's outline lead here; months are folded, and open to their days."""
        canvas: Any = self.canv
        before, canvas.outlined = getattr(canvas, "outlined", ()), path
        for level, words in enumerate(path):
            if path[: level + 1] != before[: level + 1]:
                key = f"{canvas.getPageNumber()}-{top:.1f}-{level}"
                canvas.bookmarkHorizontal(key, 0, top)
                canvas.addOutlineEntry(words, key, level, closed=level + 1 < len(path))

    def _is_long(self, row: LaidRow) -> bool:
        """Whether it may be divided between two pages."""
        return row.count > LONG or row.height > self.room / self._look.scale - self._above

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
                upper, lower = row.divide(count, self._look.named)
                return [*rows.first(at), upper], rows.after(at + 1, lower)
            return self._parted(at - self._company(at))
        raise AssertionError

    def _company(self, at: int) -> int:
        """How many rows go along with those from ``at`` on, where they are a row or two and the last."""
        left = next(count for count in range(_COMPANY, -1, -1) if self._rows.has(at + count))
        if any(self._is_long(self._rows[at + index]) for index in range(left)):
            return 0
        if left == _COMPANY and not self._rows.has(at + left + 1):
            # three that do not fit with what follows them would be parted: four are, two and two
            three = sum(self._rows[at + index].height for index in range(left))
            return 1 if at > 2 and three > self._room_beside_what_follows else 0
        wanted = max(min(_COMPANY - left, (at - left) // 2), 0)
        # where they would not all stand together there either, nothing is won by it
        heights = [self._rows[at + index].height for index in range(-wanted, left)]
        while wanted and sum(heights) > self._room_beside_what_follows:
            wanted -= 1
            heights.pop(0)
        return wanted

    def _hold_back(self, count: int) -> tuple[list[LaidRow], Waiting]:
        """All rows have room, what follows them has not: the last ones wait for it."""
        rows = self._rows
        if count == 0:
            return [], rows
        last = rows[count - 1]
        if self._is_long(last) and last.count >= 2 * FEWEST:
            upper, lower = last.divide(last.count - FEWEST, self._look.named)
            return [*rows.first(count - 1), upper], rows.after(count, lower)
        moved = min(_COMPANY, count // 2)
        if count == _COMPANY and sum(rows[at].height for at in (1, 2)) <= self._room_beside_what_follows:
            moved = 2  # rather a row too few above than one alone with the signatures
        return self._parted(0 if count == 1 else count - moved)

    @property
    def _room_beside_what_follows(self) -> float:
        """Height of the rows that a whole page has room for, with what must not stand without them."""
        return (self.room - self.reserve) / self._look.scale - self._above + _FUZZ

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
    scale: float = 1.0,
    caption: tuple[str, str] = ("", ""),
    named: tuple[int, str] | None = None,
) -> Register:
    """Lay ``rows`` out under the titles of ``columns``, when a page asks for them.

    With a ``scale`` all of it is drawn smaller than it is laid out. A ``caption`` stands above it, the second
    one where it goes on on the next page. ``named``: the column that names a row, and the word behind it
    where the row goes on on the next page.
    """
    bold = fonts.chain(head)
    header = Layer(columns, bold).lay(Row(tuple(column.title for column in columns)))
    chain = fonts.chain(body)
    layer = Layer(columns, chain)
    look = _Look(tuple(columns), header, chain, bold, scale, *caption, named)
    return Register(look, Waiting((), iter(rows), layer))


def table(
    form: Form,
    style: Style,
    wording: Wording,
    rows: Iterable[Row],
    *,
    measured: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Register:
    """The register of a form: the columns that the style chooses of ``form.columns``, blank rows at its end.

    Each of ``rows`` has a cell for every column of the form, in the form's order. Rows that come one by one
    cannot be measured beforehand: a column that is as wide as what stands in it is then as wide as what is
    ``measured`` for its key, or as it may be.
    """
    places = {column.key: place for place, column in enumerate(form.columns)}
    chosen = [one for one in style.columns if one.key in places]
    every = [form.columns[places[one.key]] for one in chosen]
    texts: list[Collection[str] | None]
    if isinstance(rows, Sequence):
        texts = [{row.cells[places[spec.key]] for row in rows if row.cells} for spec in every]
    else:
        texts = [measured.get(spec.key) for spec in every]
    floors = whole(every, chosen, texts, wording)
    stay = list(range(len(every)))
    if style.columns == default(form).columns:  # a site that chose its columns wants them all
        stay = kept(every, floors, style.width)
    specs, chosen, texts = [every[at] for at in stay], [chosen[at] for at in stay], [texts[at] for at in stay]
    order = [places[spec.key] for spec in specs]
    widths, scale = spread(specs, chosen, texts, [floors[at] for at in stay], style.width)
    columns = [
        Column(wording.pgettext("paper", spec.title), width, spec.centred, spec.struck, _figures(spec, width))
        for width, spec in zip(widths, specs, strict=True)
    ]
    marked = next((at for at, one in enumerate(chosen) if one.key == REMARKS), 0)
    blank = Row(("",) * len(order), lines=_BLANK_LINES)
    picked = (_picked(row, order, marked) for row in rows)
    named = next((at for at, one in enumerate(chosen) if one.key in NUMBERS), -1)
    again = (named, wording.pgettext("paper", "cont.")) if named >= 0 else None
    every_row = itertools.chain(picked, [blank] * max(style.blank_rows, 0))
    made = register(columns, every_row, scale=scale, named=again)
    if style.blank_rows == FILL:
        made.filler = Layer(columns, fonts.chain()).lay(blank)
    made.left_out = [wording.pgettext("paper", spec.title) for spec in every if spec not in specs]
    return made


def _figures(spec: ColumnSpec, width: float) -> float:
    """How wide the widest number of a column is: a sample, or what the column was made for."""
    if not spec.figures:
        return 0
    if spec.most and width < spec.most:
        return width - 2 * PADDING - 1
    return min(fonts.chain().width(spec.figures, SIZE), width - 2 * PADDING)


def _picked(row: Row, order: Sequence[int], marked: int) -> Row:
    if row.band:
        return row
    cells = [row.cells[place] for place in order]
    if row.mark:
        cells[marked] = "\n".join(filter(None, (row.mark, cells[marked])))
    return replace(row, cells=tuple(cells), mark="")
