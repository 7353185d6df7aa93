"""Reads finished PDF files with pdfium: how large their pages are, what they look like, where a word stands.

pdfium may be used by one thread at a time only: everything here runs in `ui.sheet.hand`, which also loads
it, because that takes longer than the window may stand still.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from ui.sheet.letters import Letters

Sizes = tuple[tuple[float, float], ...]
"""Width and height of pages, in points."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of what is shown, which may be several files: ``index`` counts from 0 in its own."""

    path: Path
    index: int
    size: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as it looks. ``index`` counts from 0; ``image`` belongs to whoever holds it."""

    path: Path
    index: int
    image: QImage


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a word stands: the leaf, from 0, and the places of its parts, in points from the upper left."""

    leaf: int
    places: tuple[QRectF, ...]


def sizes(path: Path) -> Sizes:
    """Width and height of every page, in points."""
    with _opened(path) as document:
        return tuple(document.get_page_size(index) for index in range(len(document)))


def leaves(path: Path) -> tuple[Leaf, ...]:
    """The pages of a file."""
    return tuple(Leaf(path, index, size) for index, size in enumerate(sizes(path)))


def picture(path: Path, index: int, width: int) -> Picture:
    """The page ``index`` drawn ``width`` pixels wide."""
    with _opened(path) as document:
        page = document[index]
        bitmap = page.render(scale=width / page.get_width(), rev_byteorder=False, prefer_bgrx=True)
        data = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
        image = QImage(data, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        return Picture(path, index, image.copy())  # the copy outlives ``data``


def find(part: Sequence[tuple[int, Leaf]], word: str) -> tuple[Hit, ...]:
    """Where ``word`` stands on these leaves, each with its number among all; no matter the capitals."""
    found: list[Hit] = []
    for number, leaf in part:
        with _opened(leaf.path) as document:
            letters = Letters(document[leaf.index])
            found += [Hit(number, places) for places in letters.find(word)]
    return tuple(found)


def joined(wanted: Sequence[Leaf], target: Path, *, even: bool = False) -> None:
    """Write these pages into one file, as they are; ``even`` gives each of several files whole sheets."""
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    try:
        for path, group in itertools.groupby(wanted, key=lambda leaf: leaf.path):
            if even and len(whole) % 2:
                whole.new_page(*wanted[0].size)
            with _opened(path) as document:
                whole.import_pages(document, pages=[leaf.index for leaf in group])
        whole.save(target)
    finally:
        whole.close()


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        yield document
    finally:
        document.close()
