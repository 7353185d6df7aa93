"""What was answered in the printer's dialog, as jobs for CUPS: which pages, on which paper, how often."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from ui.sheet import pages, printing
from ui.sheet.pages import Leaf

A4, LABEL = (841.9, 595.3), (283.5, 170.1)


@pytest.fixture
def leaves(tmp_path: Path) -> tuple[Leaf, ...]:
    """Three pages of a sheet, a page of another, a label."""
    found: tuple[Leaf, ...] = ()
    for name, size, count in (("day", A4, 3), ("other", A4, 1), ("label", LABEL, 1)):
        document = pypdfium2.PdfDocument.new()
        for _page in range(count):
            document.new_page(*size)
        document.save(tmp_path / f"{name}.pdf")
        document.close()
        found += pages.leaves(tmp_path / f"{name}.pdf")
    return found


@pytest.fixture
def printer(qapp: QApplication) -> QPrinter:
    made = printing.fitting_printer(A4)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)  # there is none of the system's here
    return made


def sent(printer: QPrinter, leaves: tuple[Leaf, ...], folder: Path) -> list[tuple[str, int, int, int]]:
    """Each job's paper, the pages told of, those in its file, and how often."""
    asked = printing.wanted(printer, len(leaves))
    found = printing.lots(leaves, asked, printing.order(printer, A4), folder)
    return [(lot.media, lot.pages, len(pages.leaves(lot.paths[0])), lot.copies) for lot in found]


def test_each_size_is_a_job_and_copies_are_put_together(
    printer: QPrinter, leaves: tuple[Leaf, ...], tmp_path: Path
) -> None:
    label = ("Custom.100x60mm", 1, 1, 1)
    assert sent(printer, leaves, tmp_path) == [("A4", 4, 4, 1), label]
    printer.setCopyCount(2)
    assert sent(printer, leaves, tmp_path) == [("A4", 4, 4, 1), label] * 2
    printer.setCollateCopies(False)
    assert sent(printer, leaves, tmp_path) == [("A4", 4, 4, 2), ("Custom.100x60mm", 1, 1, 2)]
    printer.setFromTo(2, 3)
    assert sent(printer, leaves, tmp_path) == [("A4", 2, 2, 2)]


def test_on_both_sides_each_form_has_sheets_of_its_own(
    printer: QPrinter, leaves: tuple[Leaf, ...], tmp_path: Path
) -> None:
    said = replace(printing.order(printer, A4), two_sided=True)
    sheet, label = printing.lots(leaves, range(5), said, tmp_path)
    assert (sheet.pages, label.pages) == (4, 1)
    written = pypdfium2.PdfDocument(sheet.paths[0])
    assert len(written) == 5  # a blank back after the third page
    assert len(pages.leaves(label.paths[0])) == 1
    written.close()


def test_another_paper_is_for_the_forms_that_it_was_chosen_for(
    printer: QPrinter, leaves: tuple[Leaf, ...], tmp_path: Path
) -> None:
    a5 = QPageLayout(QPageSize(QPageSize.PageSizeId.A5), QPageLayout.Orientation.Landscape, QMarginsF())
    printer.setPageLayout(a5)
    said = printing.order(printer, A4)
    sheet, label = printing.lots(leaves, range(5), said, tmp_path)
    assert (sheet.media, label.media) == ("A5", "Custom.100x60mm")
    assert "print-scaling=fit" in sheet.options
    assert "print-scaling=fit" not in label.options


def test_backwards_is_the_last_page_first(
    printer: QPrinter, leaves: tuple[Leaf, ...], tmp_path: Path
) -> None:
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    label, sheet = printing.lots(leaves, range(5), printing.order(printer, A4), tmp_path)
    assert (label.media, sheet.media) == ("Custom.100x60mm", "A4")
    assert "outputorder=reverse" in sheet.options
