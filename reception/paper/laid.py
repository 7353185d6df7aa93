"""The rows of a register: as they are told, and as lines of their cells, laid out when a page asks."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reception.paper import fonts
from reception.paper.lines import broken
from reception.paper.pen import LEADING, PADDING, SIZE

_KNOWN = 5_000
"""Texts of a column whose lines are kept, because many say the same."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, width in points, how its text stands, whether void lines are struck through.

    Numbers of a column with ``figures``, a width in points, end where a number so wide in its middle would.
    """

    title: str
    width: float
    centred: bool = False
    struck: bool = True
    figures: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register: a text for each column; ``void`` strikes them through.

    ``mark`` is a word that stands with the line whichever columns are printed.
    A row is at least ``lines`` lines high. One with a ``band`` has no cells: it is a heading over the whole
    width (a day); ``again`` is what it says where its rows go on on the next page. ``bookmark`` is how the
    document's outline calls the place where it stands, what it belongs to first: the month, the day.
    """

    cells: tuple[str, ...] = ()
    void: bool = False
    mark: str = ""
    lines: int = 1
    band: str = ""
    again: str = ""
    bookmark: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row, or a piece of one, as lines: for each column what stands in it."""

    cells: tuple[Sequence[str], ...]
    void: bool
    count: int
    band: str = ""
    again: str = ""
    bookmark: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """Height in points, padding included."""
        return self.count * LEADING + 2 * PADDING

    def divide(self, count: int, named: tuple[int, str] | None = None) -> tuple[LaidRow, LaidRow]:
        """The first ``count`` lines, and the others.

        The column ``named`` says in both which row it is, in the second with a word behind it: it goes on.
        """
        upper = [cell[:count] for cell in self.cells]
        lower = [cell[count:] for cell in self.cells]
        if named is not None:
            column, word = named
            name = [line for line in self.cells[column] if line != word]
            lower[column] = [*name, word]
        left = max(self.count - count, *map(len, lower))
        return (
            LaidRow(tuple(upper), self.void, count, bookmark=self.bookmark),
            LaidRow(tuple(lower), self.void, left),
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
            bold = fonts.chain(fonts.BOLD)
            band, again = bold.shown(row.band), bold.shown(row.again)
            return LaidRow((), False, 1, band, again, row.bookmark)
        cells = tuple(map(self._cell, row.cells, self._limits, self._known))
        return LaidRow(cells, row.void, max(row.lines, *map(len, cells)), bookmark=row.bookmark)

    def _cell(self, text: str, limit: float, known: dict[str, list[str]]) -> list[str]:
        lines = known.get(text)
        if lines is None:
            chain = self._chain
            lines = broken(chain.shown(text), limit, chain.advances)
            if len(known) >= _KNOWN:
                known.clear()
            known[text] = lines
        return lines


class Waiting:
    """Rows that are laid out when a page asks for them: those that are, and where the others come from."""

    def __init__(
        self, laid: Sequence[LaidRow], source: Iterator[Row] | None = None, layer: Layer | None = None
    ) -> None:
        self._laid = list(laid)
        self._source, self._layer = source, layer

    def __getitem__(self, place: int) -> LaidRow:
        return self._laid[place]

    def has(self, count: int) -> bool:
        """Whether there are as many rows as that; they are laid then."""
        while len(self._laid) < count and self._source is not None and self._layer is not None:
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
            begun[:0] = [replace(row, band=row.again, bookmark=()) for row in itertools.islice(bands, 1)]
        return Waiting([*begun, *self._laid[count:]], self._source, self._layer)
