"""Reads a printed register back with pdfium, knowing nothing of how it was laid out.

What was ruled says where the tables and their cells are; the characters are sorted into them by where
they stand.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_NEAR = 0.05


@dataclass(frozen=True)
class Char:
    """One character: its code point, its baseline's start, its box (left, bottom, right, top) in points."""

    text: str
    x: float
    y: float
    box: tuple[float, float, float, float]
    size: float
    font: str


@dataclass
class Table:
    """One ruled table: the edges of its columns and rows, and what stands in each cell, lines joined."""

    edges: list[float]
    levels: list[float]
    rows: list[list[str]]
    chars: list[list[list[Char]]]


@dataclass
class Page:
    width: float
    height: float
    tables: list[Table]
    loose: list[Char]
    """What stands outside the tables."""
    strokes: list[tuple[float, float, float, float]]
    text: str = field(default="")

    @property
    def outside(self) -> list[str]:
        """The lines outside the tables, top to bottom, each left to right."""
        lines: dict[float, list[Char]] = {}
        for char in self.loose:
            lines.setdefault(round(char.y, 1), []).append(char)
        ordered = [sorted(lines[y], key=lambda char: char.x) for y in sorted(lines, reverse=True)]
        return [joined(line) for line in ordered]


def read(path: Path) -> list[Page]:
    """Every page of the document."""
    document = pdfium.PdfDocument(path)
    try:
        return [_page(document[index]) for index in range(len(document))]
    finally:
        document.close()


def first_column(pages: list[Page], table: int = 0) -> list[str]:
    """The first cells of the ``table``-th table of each page, headers left out."""
    return [row[0] for page in pages for row in page.tables[table].rows[1:]]


def _page(page: Any) -> Page:
    width, height = page.get_size()
    lines = list(_lines(page))
    tables, strokes = [], list(lines)
    for box in sorted(_boxes(page), key=lambda box: -box[3]):
        across = [line for line in lines if _is_rule(line, box, along=0)]
        down = [line for line in lines if _is_rule(line, box, along=1)]
        strokes = [line for line in strokes if line not in across and line not in down]
        edges = sorted({box[0], box[2], *(line[0] for line in down)})
        levels = sorted({box[1], box[3], *(line[1] for line in across)})
        cells: list[list[list[Char]]] = [[[] for _ in edges[1:]] for _ in levels[1:]]
        tables.append(Table(edges, levels, [], cells))
    textpage = page.get_textpage()
    loose = []
    for char in _chars(textpage):
        for table in tables:
            row, column = bisect_left(table.levels, char.y) - 1, bisect_left(table.edges, char.x) - 1
            if 0 <= row < len(table.levels) - 1 and 0 <= column < len(table.edges) - 1:
                table.chars[row][column].append(char)
                break
        else:
            loose.append(char)
    for table in tables:
        table.chars.reverse()
        table.levels.reverse()
        table.rows = [[joined(cell) for cell in row] for row in table.chars]
    text = textpage.get_text_range()
    textpage.close()
    return Page(width, height, tables, loose, strokes, text)


def joined(chars: list[Char]) -> str:
    """The text; pdfium hands a character beyond the BMP over as two."""
    return "".join(char.text for char in chars).encode("utf-16", "surrogatepass").decode("utf-16")


def _is_rule(line: tuple[float, ...], box: tuple[float, ...], along: int) -> bool:
    """Whether it goes through the whole box, across (0) or down (1)."""
    other = 1 - along
    return (
        abs(line[along] - box[along]) < _NEAR
        and abs(line[along + 2] - box[along + 2]) < _NEAR
        and abs(line[other] - line[other + 2]) < _NEAR
        and box[other] - _NEAR < line[other] < box[other + 2] + _NEAR
    )


def _chars(textpage: Any) -> Iterator[Char]:
    for index in range(textpage.count_chars()):
        if raw.FPDFText_IsGenerated(textpage, index):
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        assert raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        code = raw.FPDFText_GetUnicode(textpage, index)
        buffer, flags = ctypes.create_string_buffer(100), ctypes.c_int()
        raw.FPDFText_GetFontInfo(textpage, index, buffer, 100, flags)
        yield Char(
            "-"
            if raw.FPDFText_IsHyphen(textpage, index)
            else chr(code),  # at a line's end pdfium says U+0002
            x.value,
            y.value,
            textpage.get_charbox(index),
            raw.FPDFText_GetFontSize(textpage, index),
            buffer.value.decode(),
        )


def _paths(page: Any) -> Iterator[tuple[Any, list[tuple[float, float, int]]]]:
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        matrix = thing.get_matrix()
        points = []
        for index in range(raw.FPDFPath_CountSegments(thing)):
            segment = raw.FPDFPath_GetPathSegment(thing, index)
            x, y = ctypes.c_float(), ctypes.c_float()
            assert raw.FPDFPathSegment_GetPoint(segment, x, y)
            points.append((*matrix.on_point(x.value, y.value), raw.FPDFPathSegment_GetType(segment)))
        yield thing, points


def _lines(page: Any) -> Iterator[tuple[float, float, float, float]]:
    for _, points in _paths(page):
        if not _is_rectangle(points):
            for (x0, y0, _), (x1, y1, kind) in pairwise(points):
                if kind == raw.FPDF_SEGMENT_LINETO:
                    yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _boxes(page: Any) -> Iterator[tuple[float, float, float, float]]:
    """The frames: rectangles that are stroked and not filled."""
    for thing, points in _paths(page):
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        assert raw.FPDFPath_GetDrawMode(thing, fill, stroke)
        if stroke.value and not fill.value and _is_rectangle(points):
            xs, ys = [point[0] for point in points], [point[1] for point in points]
            yield min(xs), min(ys), max(xs), max(ys)


def _is_rectangle(points: list[tuple[float, float, int]]) -> bool:
    return len(points) in (4, 5) and all(kind == raw.FPDF_SEGMENT_LINETO for *_, kind in points[1:])
