"""The letters of one page of a PDF, to look words up in.

pdfium's own search stops at the end of a line; a name in a narrow cell goes on in the next. So the letters
are compared without the blanks and breaks between them.
"""

from __future__ import annotations

import ctypes
import unicodedata
from typing import Any

from PySide6.QtCore import QRectF

_HIGH, _LOW, _END = 0xD800, 0xDC00, 0xE000


class Letters:
    """Reads a page of pypdfium2 once; used in the thread that reads PDFs."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._height = page.get_height()
        self._page = page.get_textpage()
        self._text, self._at = self._read()

    def find(self, word: str) -> list[tuple[QRectF, ...]]:
        """The places of each time that ``word`` stands here, in points from the upper left corner."""
        wanted = _plain(word)
        found: list[tuple[QRectF, ...]] = []
        start = self._text.find(wanted) if wanted else -1
        while start >= 0:
            first, last = self._at[start], self._at[start + len(wanted) - 1]
            found.append(self._places(first, last - first + 1))
            start = self._text.find(wanted, start + len(wanted))
        return found

    def _read(self) -> tuple[str, list[int]]:
        """The letters without blanks, and for each its index on the page."""
        letters: list[str] = []
        at: list[int] = []
        code_at, raw = self._pdfium.FPDFText_GetUnicode, self._page.raw
        high = 0
        for index in range(self._page.count_chars()):
            code = code_at(raw, index)
            if _HIGH <= code < _LOW:  # half of a character beyond the first 65,536
                high = code
                continue
            if _LOW <= code < _END and high:
                code = 0x10000 + ((high - _HIGH) << 10) + (code - _LOW)
            high = 0
            for letter in _plain(chr(code)):
                letters.append(letter)
                at.append(index)
        return "".join(letters), at

    def _places(self, first: int, count: int) -> tuple[QRectF, ...]:
        sides = [ctypes.c_double() for _side in range(4)]
        places = []
        for index in range(self._pdfium.FPDFText_CountRects(self._page.raw, first, count)):
            self._pdfium.FPDFText_GetRect(self._page.raw, index, *(ctypes.byref(side) for side in sides))
            left, top, right, bottom = (side.value for side in sides)
            places.append(QRectF(left, self._height - top, right - left, top - bottom))
        return tuple(places)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isprintable() and not letter.isspace())
