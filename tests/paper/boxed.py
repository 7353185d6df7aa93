"""Reads boxed forms back: which cells their rules make, and what stands in each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tests.paper import pdf

_NEAR = 0.05
_CAP = 0.72
"""No letter is higher above its baseline, in sizes of the text; none lower below it than a quarter."""


@dataclass
class Cell:
    """One cell: its place (left, bottom, right, top) in points, and its characters in their order."""

    left: float
    bottom: float
    right: float
    top: float
    chars: list[pdf.Char] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands in it, its lines joined."""
        return pdf.joined(self.chars)

    @property
    def bold(self) -> bool:
        """Whether it is a label."""
        return bool(self.chars) and all("Bold" in char.font for char in self.chars)


Form = list[list[Cell]]
"""The bands of one boxed form, from the top; of each its cells."""


def forms(page: pdf.Page, *, alone: bool = False) -> list[Form]:
    """The boxed forms of a page; a register, whose first row names its columns, is none.

    ``alone``: there is no register.
    """
    return [_form(page, table) for table in page.tables if alone or not _is_register(table)]


def _is_register(table: pdf.Table) -> bool:
    head = [char for cell in table.chars[0] for char in cell]
    return len(table.edges) > 4 and len(table.rows) > 1 and all("Bold" in char.font for char in head)


def _form(page: pdf.Page, table: pdf.Table) -> Form:
    left, *through, right = table.edges
    bands: Form = []
    for at, row in enumerate(table.chars):
        top, bottom = table.levels[at], table.levels[at + 1]
        inner = [
            x0
            for x0, y0, x1, y1 in page.strokes
            if abs(x0 - x1) < _NEAR
            and left < x0 < right
            and abs(y0 - bottom) < _NEAR
            and abs(y1 - top) < _NEAR
        ]
        edges = [left, *sorted({*inner, *through}), right]
        cells = [Cell(one, bottom, other, top) for one, other in pairwise(edges)]
        for char in (char for column in row for char in column):
            next(cell for cell in reversed(cells) if cell.left < char.x).chars.append(char)
        bands.append(cells)
    return bands


def assert_inside(pages: list[pdf.Page]) -> None:
    """Every character stands inside the cell in which it begins, no line upon another."""
    for page in pages:
        for form in forms(page):
            for cell in (cell for band in form for cell in band):
                lines = sorted({(char.y, char.size) for char in cell.chars})
                for (lower, _), (upper, size) in pairwise(lines):
                    assert upper - lower < _NEAR or upper - lower > size, cell.text
                for char in cell.chars:
                    if char.text.isspace():
                        continue
                    assert char.box[0] > cell.left - _NEAR, (char, cell)
                    assert char.box[2] < cell.right + _NEAR, (char, cell)
                    assert char.y + _CAP * char.size < cell.top, (char, cell)
                    assert char.y - char.size / 4 > cell.bottom, (char, cell)


def fields(pages: list[pdf.Page], again: str) -> dict[str, str]:
    """What stands beside each label; ``again`` (``{label} (continued)``) goes on where it says so."""
    found: dict[str, str] = {}
    before, _, after = squeeze(again).partition("{label}")
    for label, value in _pairs(pages):
        if label.startswith(before) and label.endswith(after) and (before or after):
            label = label[len(before) : len(label) - len(after)]
        found[label] = found.get(label, "") + value
    return found


def _pairs(pages: list[pdf.Page]) -> Iterator[tuple[str, str]]:
    for page in pages:
        for form in forms(page):
            for band in form:
                cells = iter(band)
                for cell in cells:
                    if cell.bold and (value := next(cells, None)) is not None:
                        yield squeeze(cell.text), squeeze(value.text)


def squeeze(text: str) -> str:
    """Without blanks, which hang unseen at the ends of lines."""
    return "".join(text.split())
