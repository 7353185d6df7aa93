"""Reads printed codes as a desk's scanner does: from a picture as the printer of labels makes it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import zxingcpp

DPI = 203
"""Eight dots in a millimetre, the usual printer of labels."""


def codes(path: Path) -> list[tuple[str, str]]:
    """Kind and text of every code on the first page, in black and white, as heat prints it."""
    document = pdfium.PdfDocument(path)
    try:
        picture = document[0].render(scale=DPI / 72).to_pil().convert("L")
    finally:
        document.close()
    found = zxingcpp.read_barcodes(picture.point(lambda grey: 255 if grey > 127 else 0))
    return [(str(one.format.name), one.text) for one in found]
