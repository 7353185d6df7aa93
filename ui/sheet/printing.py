"""Sends finished pages to a printer, at the size that is written in the PDF.

Where the system prints through CUPS the pages go as they are (``reception.paper.spooler``); elsewhere they
are drawn for the printer.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from reception.errors import SurroundingsError
from reception.paper import spooler
from reception.wording import N_
from ui.sheet import pages
from ui.sheet.pages import Leaf

_DPI = 300
"""Finer than the eye reads on paper; a page of A4 at this resolution already takes 35 MB."""
_SIDES = {
    QPrinter.DuplexMode.DuplexNone: ("sides=one-sided",),
    QPrinter.DuplexMode.DuplexLongSide: ("sides=two-sided-long-edge",),
    QPrinter.DuplexMode.DuplexShortSide: ("sides=two-sided-short-edge",),
}


def has_printer() -> bool:
    """Whether this computer knows any printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def fitting_printer(size: tuple[float, float]) -> QPrinter:
    """The default printer, set to the paper of a page of ``size``, in points."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    printer.setPageLayout(_layout(size))
    return printer


def wanted(printer: QPrinter, count: int) -> list[int]:
    """Which of ``count`` pages were asked for in the printer's dialog, from 0."""
    first = max(printer.fromPage(), 1) - 1
    last = min(printer.toPage() or count, count)
    return list(range(first, last))


def goes_as_it_is(printer: QPrinter) -> bool:
    """Whether the pages can be handed to the system's spooler instead of being drawn."""
    native = printer.outputFormat() == QPrinter.OutputFormat.NativeFormat
    return native and sys.platform != "win32" and bool(printer.printerName()) and spooler.available()


def options(printer: QPrinter) -> tuple[str, ...]:
    """What was chosen in the printer's dialog, in the words of CUPS."""
    size = printer.pageLayout().pageSize()
    points = size.sizePoints()
    named = size.id() != QPageSize.PageSizeId.Custom
    media = size.key() if named else f"Custom.{points.width()}x{points.height()}"
    collate = "true" if printer.collateCopies() else "false"
    grey = printer.colorMode() == QPrinter.ColorMode.GrayScale
    colour = ("print-color-mode=monochrome",) if grey else ()
    return (f"media={media}", f"collate={collate}", *_SIDES.get(printer.duplex(), ()), *colour)


def draw(leaves: Sequence[Leaf], printer: QPrinter) -> int:
    """Draw the pages that ``printer`` asks for; returns how many. Runs outside the GUI thread.

    A page keeps its size, and shrinks only to fit a smaller sheet of paper.

    Raises:
        SurroundingsError: the printer did not take the job.
    """
    asked = [leaves[at] for at in wanted(printer, len(leaves))]
    painter = QPainter()
    if not asked or not painter.begin(printer):
        raise SurroundingsError(
            N_("The printer did not take the pages. The sheet can still be saved as a file.")
        )
    try:
        for number, leaf in enumerate(asked):
            if number:
                printer.setPageLayout(_layout(leaf.size))
                if not printer.newPage():
                    raise SurroundingsError(
                        N_("The printer stopped. The sheet can still be saved as a file.")
                    )
            _paint(leaf, printer, painter)
    finally:
        painter.end()
    return len(asked)


def _layout(size: tuple[float, float]) -> QPageLayout:
    width, height = size
    upright = QSizeF(min(width, height), max(width, height))
    paper = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    lying = width > height
    orientation = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    return QPageLayout(paper, orientation, QMarginsF())


def _paint(leaf: Leaf, printer: QPrinter, painter: QPainter) -> None:
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    dot = printer.resolution() / 72
    width, height = leaf.size[0] * dot, leaf.size[1] * dot
    shrink = min(1.0, paper.width() / width, paper.height() / height)
    target = QRectF(0, 0, width * shrink, height * shrink)
    target.moveCenter(QRectF(0, 0, paper.width(), paper.height()).center())
    dots = round(leaf.size[0] / 72 * min(printer.resolution(), _DPI))
    painter.drawImage(target, pages.picture(leaf.path, leaf.index, dots).image)
