"""Sends finished pages to a printer, at the size that is written in the PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from reception.errors import SurroundingsError
from reception.wording import N_
from ui.sheet import pages

_DPI = 300
"""Finer than the eye reads on paper; a page of A4 at this resolution already takes 35 MB."""


def has_printer() -> bool:
    """Whether this computer knows any printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def fitting_printer(sizes: tuple[tuple[float, float], ...]) -> QPrinter:
    """The default printer, set to the paper of the first page; ``sizes`` in points."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    width, height = sizes[0]
    upright = QSizeF(min(width, height), max(width, height))
    paper = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    lying = width > height
    orientation = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(paper, orientation, QMarginsF()))
    return printer


def print_file(path: Path, printer: QPrinter, sizes: tuple[tuple[float, float], ...]) -> int:
    """Print the pages that ``printer`` asks for; returns how many. Runs outside the GUI thread.

    A page keeps its size, and shrinks only to fit a smaller sheet of paper.

    Raises:
        SurroundingsError: the printer did not take the job.
    """
    first = max(printer.fromPage(), 1) - 1
    last = (printer.toPage() or len(sizes)) - 1
    wanted = range(first, min(last + 1, len(sizes)))
    painter = QPainter()
    if not wanted or not painter.begin(printer):
        raise SurroundingsError(
            N_("The printer did not take the pages. The sheet can still be saved as a file.")
        )
    try:
        for index in wanted:
            if index > first and not printer.newPage():
                raise SurroundingsError(N_("The printer stopped. The sheet can still be saved as a file."))
            _paint(path, index, sizes[index], printer, painter)
    finally:
        painter.end()
    return len(wanted)


def _paint(path: Path, index: int, size: tuple[float, float], printer: QPrinter, painter: QPainter) -> None:
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    dot = printer.resolution() / 72
    width, height = size[0] * dot, size[1] * dot
    shrink = min(1.0, paper.width() / width, paper.height() / height)
    target = QRectF(0, 0, width * shrink, height * shrink)
    target.moveCenter(QRectF(0, 0, paper.width(), paper.height()).center())
    dots = round(size[0] / 72 * min(printer.resolution(), _DPI))
    picture = pages.picture(path, index, dots)
    painter.drawImage(target, picture.image)
