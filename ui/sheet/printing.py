"""Sends finished pages to a printer, at the size that is written in the PDF.

Where the system prints through CUPS the pages go as they are (``reception.paper.spooler``); elsewhere they
are drawn for the printer.
"""

from __future__ import annotations

import itertools
import sys
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageRanges, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintEngine, QPrinter, QPrinterInfo

from reception.errors import SurroundingsError
from reception.paper import spooler
from reception.paper.spooler import Lot
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
_CUPS_OPTIONS = 0xFE00
_DONE_HERE = ("page-ranges", "page-set")
_OF_TRAY = ("InputSlot", "MediaType", "media-source", "media-type", "ManualFeed")


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
    chosen, told = printer.pageRanges(), dict(_told(printer))
    places = [at for at in range(count) if chosen.isEmpty() or chosen.contains(at + 1)]
    # Of these the dialog of Linux takes some again, counted anew: CUPS would not see the others.
    again = QPageRanges.fromString(told.get("page-ranges", ""))
    odd = {"odd": 1, "even": 0}.get(told.get("page-set", ""))
    return [
        place
        for at, place in enumerate(places, 1)
        if (again.isEmpty() or again.contains(at)) and odd in (None, at % 2)
    ]


def goes_as_it_is(printer: QPrinter) -> bool:
    """Whether the pages can be handed to the system's spooler instead of being drawn."""
    native = printer.outputFormat() == QPrinter.OutputFormat.NativeFormat
    return native and sys.platform != "win32" and bool(printer.printerName()) and spooler.available()


@dataclass(frozen=True, slots=True)
class Order:
    """What was answered in the printer's dialog, in the words of CUPS.

    ``paper`` is what the dialog was opened with and what was chosen there instead; ``of_tray`` holds for that
    paper alone.
    """

    printer: str
    title: str
    copies: int
    collated: bool
    backwards: bool
    two_sided: bool
    options: tuple[str, ...]
    of_tray: tuple[str, ...]
    paper: tuple[str, str]


def order(printer: QPrinter, size: tuple[float, float]) -> Order:
    """What ``printer`` was set to in a dialog that began with the paper of ``size``."""
    now = printer.pageLayout().pageSize()
    # The dialog of Linux forgets the paper it was opened with: the printer's usual one was nobody's choice.
    unchosen = (_layout(size).pageSize(), QPrinterInfo(printer).defaultPageSize())
    collate = "true" if printer.collateCopies() else "false"
    grey = printer.colorMode() == QPrinter.ColorMode.GrayScale
    backwards = printer.pageOrder() == QPrinter.PageOrder.LastPageFirst
    told = [one for one in _told(printer) if one[0] not in _DONE_HERE and one[1]]
    return Order(
        printer=printer.printerName(),
        title=printer.docName(),
        copies=printer.copyCount(),
        collated=printer.collateCopies(),
        backwards=backwards,
        two_sided=printer.duplex() != QPrinter.DuplexMode.DuplexNone,
        options=(
            f"collate={collate}",
            *_SIDES.get(printer.duplex(), ()),
            *(("print-color-mode=monochrome",) if grey else ()),
            *(("outputorder=reverse",) if backwards else ()),
            *(_option(*one) for one in told if one[0] not in _OF_TRAY),
        ),
        of_tray=tuple(_option(*one) for one in told if one[0] in _OF_TRAY),
        paper=(spooler.media(*size), "" if any(map(now.isEquivalentTo, unchosen)) else _media(now)),
    )


def lots(leaves: Sequence[Leaf], asked: Sequence[int], said: Order, folder: Path) -> list[Lot]:
    """The pages ``asked`` for as jobs, written into ``folder``: one for each size of paper that follows.

    Where both sides are printed, each form begins on a sheet of its own. Runs outside the GUI thread.
    """
    began, instead = said.paper
    found: list[Lot] = []
    groups = itertools.groupby((leaves[at] for at in asked), key=lambda leaf: spooler.media(*leaf.size))
    for number, (media, group) in enumerate(groups):
        mine, path = tuple(group), folder / f"job-{uuid.uuid4().hex[:8]}-{number}.pdf"
        pages.joined(mine, path, even=said.two_sided)
        options = said.options
        if media == began:
            options += said.of_tray
        if media == began and instead:
            media, options = instead, (*options, "print-scaling=fit")
        found.append(Lot((path,), media, len(mine), said.copies, options))
    if said.backwards:
        found.reverse()
    if said.collated and said.copies > 1 and len(found) > 1:
        return [replace(one, copies=1) for one in found] * said.copies
    return found


def _media(size: QPageSize) -> str:
    points = size.size(QPageSize.Unit.Point)
    named = size.id() != QPageSize.PageSizeId.Custom
    return size.key() if named else spooler.media(points.width(), points.height())


def _option(name: str, value: str) -> str:
    if value.replace("-", "").isalnum():
        return f"{name}={value}"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{name}="{escaped}"'


def _told(printer: QPrinter) -> list[tuple[str, str]]:
    """What the dialog of Linux keeps for CUPS alone: several pages on a sheet, trays, the driver's own.

    Qt's classes show it only under the number that its own dialog writes it to.
    """
    try:
        said = printer.printEngine().property(QPrintEngine.PrintEnginePropertyKey(_CUPS_OPTIONS))
    except ValueError:
        return []
    words = [str(word) for word in said or ()]
    return list(zip(words[::2], words[1::2], strict=False))


def draw(leaves: Sequence[Leaf], printer: QPrinter) -> int:
    """Draw the pages that ``printer`` asks for; returns how many. Runs outside the GUI thread.

    A page keeps its size, and shrinks only to fit a smaller sheet of paper.

    Raises:
        SurroundingsError: the printer did not take the job.
    """
    asked = [leaves[at] for at in wanted(printer, len(leaves))]
    if asked and printer.outputFormat() == QPrinter.OutputFormat.PdfFormat:  # a file has any size
        printer.setPageLayout(_layout(asked[0].size))
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
