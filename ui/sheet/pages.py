"""Reads finished PDF files with pdfium: how large their pages are and what they look like.

pdfium may be used by one thread at a time only: everything here runs in `ui.sheet.hand`, which also loads
it, because that takes longer than the window may stand still.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as it looks. ``index`` counts from 0; ``image`` belongs to whoever holds it."""

    path: Path
    index: int
    image: QImage


def sizes(path: Path) -> tuple[tuple[float, float], ...]:
    """Width and height of every page, in points."""
    document = _open(path)
    try:
        return tuple(document.get_page_size(index) for index in range(len(document)))
    finally:
        document.close()


def picture(path: Path, index: int, width: int) -> Picture:
    """The page ``index`` drawn ``width`` pixels wide."""
    document = _open(path)
    try:
        page = document[index]
        bitmap = page.render(scale=width / page.get_width(), rev_byteorder=False, prefer_bgrx=True)
        data = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
        image = QImage(data, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        return Picture(path, index, image.copy())  # the copy outlives ``data``
    finally:
        document.close()


def _open(path: Path) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(path)
