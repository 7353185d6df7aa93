"""Lines of text written with a chain of fonts, and read back by two readers that know nothing of it."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2 as pdfium
from fontTools.ttLib import TTFont
from reportlab.pdfgen.canvas import Canvas

from reception.paper import fonts

_LEADING = 14.0
_TOP, _BOTTOM = 820.0, 20.0


def write(path: Path, chain: fonts.Chain, lines: Iterable[str], size: float = 10) -> Path:
    """Write each line alone, as many pages as it takes; the file is the same for the same lines."""
    name = fonts.face(fonts.REGULAR).fontName
    canvas = Canvas(str(path), initialFontName=name, invariant=1, pageCompression=0)  # type: ignore[arg-type]
    height = _TOP
    for line in lines:
        if height < _BOTTOM:
            canvas.showPage()
            height = _TOP
        chain.write(canvas, chain.shown(line), 10, height, size)
        height -= _LEADING
    canvas.save()
    return path


def by_pdfium(path: Path) -> list[str]:
    """The lines that pdfium reads."""
    document = pdfium.PdfDocument(path)
    lines: list[str] = []
    try:
        for page in document:
            text = page.get_textpage()
            # a hyphen at the end of a line it tells by what is no character
            lines += text.get_text_range().replace("\ufffe", "-").split("\r\n")
            text.close()
    finally:
        document.close()
    return lines


def by_poppler(path: Path) -> list[str]:
    """The lines that poppler reads, without the marks of direction that it adds; it must not complain."""
    result = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    assert result.stderr == b""
    text = result.stdout.decode().replace("\f", "")
    for mark in "\u202a\u202b\u202c":
        text = text.replace(mark, "")
    return [line.strip() for line in text.split("\n") if line.strip()]


def embedded(path: Path) -> dict[str, int]:
    """The fonts of the document by name, with the size of each in bytes; every one is embedded."""
    found: dict[str, int] = {}
    for page in pypdf.PdfReader(path).pages:
        for one in _fonts(page):
            content = one["/FontDescriptor"].get_object()["/FontFile2"].get_object().get_data()
            found[one["/BaseFont"][1:]] = len(content)
    return found


def undefined(path: Path) -> set[str]:
    """The characters that are drawn with the glyph of none (``.notdef``) of their font."""
    reader = pypdf.PdfReader(path)
    drawn = set("".join(page.extract_text() for page in reader.pages))
    found = {"\x00"}  # ReportLab's code for a character that the font lacks
    for font in {id(one): one for page in reader.pages for one in _fonts(page)}.values():
        file = TTFont(io.BytesIO(font["/FontDescriptor"].get_object()["/FontFile2"].get_object().get_data()))
        outlines, codes = file["glyf"], file["cmap"].tables[0].cmap
        said = font["/ToUnicode"].get_object().get_data().decode()
        for code, text in re.findall(r"<(\w\w)> <(\w{4,})>", said):
            glyph = codes.get(int(code, 16), ".notdef")
            if outlines[glyph] == outlines[".notdef"]:
                found |= set(bytes.fromhex(text).decode("utf-16-be"))
    return found & drawn


def _fonts(page: pypdf.PageObject) -> list[Any]:
    fonts = [one.get_object() for one in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    return [one for one in fonts if one["/Subtype"] != "/Type3"]
