from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psutil
import pypdf
import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Kind, NewEntry
from reception.numbers import day_date
from reception.operations import entries, site
from tests.ui.pages import press, show
from ui.sheet import pages, printing, sending
from ui.sheet.preview import SheetPage
from ui.work import Lanes

SLOW = 30_000
"""Milliseconds: the child is started and reads two fonts, on a machine that does other things too."""


@pytest.fixture
def today(desk: Desk) -> int:
    """The site's day, with enough entries for three pages."""
    for at in range(60):
        desk.do(entries.register, NewEntry(Kind.VISIT, f"社保卡补换 {at}"))
    return desk.ask(site.today)


@pytest.fixture
def page(qtbot: QtBot, lanes: Lanes, today: int) -> Iterator[SheetPage]:
    made = show(qtbot, lanes, SheetPage, "sheet")
    made.show_day(today)
    qtbot.waitUntil(lambda: made.view.image is not None and made.at_rest, timeout=SLOW)
    yield made
    made.stop()


def inked(page: SheetPage) -> bool:
    """Whether something dark is drawn on the paper that is shown."""
    image = page.view.image
    assert image is not None
    grey = (
        image.pixelColor(x, y).lightness() for x in range(0, image.width(), 7) for y in range(image.height())
    )
    return any(value < 100 for value in grey)


def test_the_day_is_shown_on_paper(page: SheetPage, today: int) -> None:
    image = page.view.image
    assert image is not None
    assert image.width() > image.height()  # A4 landscape
    assert inked(page)
    assert page.view.count >= 3
    assert page.bar.page.text() == f"Page 1 of {page.view.count}"
    assert page.bar.day.date() == QDate(*day_date(today).timetuple()[:3])


def test_paper_speaks_the_sites_language_at_first(page: SheetPage) -> None:
    assert page.bar.language.currentData() == "zh_CN"  # the site's, while the window speaks English


def test_the_page_keys_turn_pages(qtbot: QtBot, page: SheetPage) -> None:
    first = page.view.image
    press(page.view, Qt.Key.Key_PageDown)
    assert page.view.index == 1
    qtbot.waitUntil(lambda: page.view.image is not first and page.view.image != first)
    press(page.view, Qt.Key.Key_End)
    assert page.view.index == page.view.count - 1
    assert not page.bar.next.isEnabled()
    press(page.view, Qt.Key.Key_PageUp)
    assert page.view.index == page.view.count - 2
    press(page.view, Qt.Key.Key_Home)
    assert page.view.index == 0


def test_a_larger_page_is_drawn_sharper_and_scrolls(qtbot: QtBot, page: SheetPage) -> None:
    fitted = page.view.image
    assert fitted is not None
    for _step in range(4):
        press(page.view, Qt.Key.Key_Plus)
    qtbot.waitUntil(lambda: page.view.image is not None and page.view.image.width() > 2 * fitted.width())
    bar = page.view.verticalScrollBar()
    assert bar.maximum() > 0
    press(page.view, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    assert page.view.index == 0
    press(page.view, Qt.Key.Key_0)
    assert bar.maximum() == 0


def test_the_day_before_is_one_key_away(qtbot: QtBot, page: SheetPage, today: int) -> None:
    press(page.view, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.bar.day.date() == QDate(*day_date(today).timetuple()[:3]).addDays(-1)
    qtbot.waitUntil(lambda: page.view.count == 1, timeout=SLOW)  # nobody came


def test_the_paper_speaks_its_own_language(
    qtbot: QtBot, page: SheetPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []

    def choose(_parent: QWidget, _title: str, suggestion: Path, _kinds: str) -> Path:
        names.append(suggestion.name)
        return tmp_path / suggestion.name

    monkeypatch.setattr(sending, "ask_save", choose)
    for language in ("en", "zh_CN"):
        page.bar.language.setCurrentIndex(page.bar.language.findData(language))
        qtbot.waitUntil(lambda: page.at_rest and page.bar.save.isEnabled(), timeout=SLOW)
        page.bar.save.click()
        qtbot.waitUntil(lambda: page.foot.text().startswith("Saved as"), timeout=SLOW)
    english, chinese = (pypdf.PdfReader(tmp_path / name).pages[0].extract_text() for name in names)
    assert names[1].startswith("每日接待登记表-20")
    assert names[1].endswith(".pdf")
    assert "登记表" in chinese
    assert "登记表" not in english
    assert "社保卡补换 0" in english


def test_a_place_that_cannot_be_written_is_said_and_the_sheet_stays(
    qtbot: QtBot, page: SheetPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "ask_save", lambda *_args: tmp_path / "none" / "a.pdf")
    press(page.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.foot.words.property("role") == "wrong")
    assert str(tmp_path / "none") in page.foot.text()
    assert page.view.image is not None


def test_a_child_that_dies_is_replaced_and_one_that_dies_again_is_said(qtbot: QtBot, page: SheetPage) -> None:
    maker = page.paper.bench.shop.maker
    before = page.view.leaves

    def gone(child: int) -> bool:
        return maker.child != child

    page.bar.refresh.click()
    for _time in range(2):  # the first page, then all of them
        qtbot.waitUntil(lambda: maker.busy)
        child = psutil.Process(maker.child)
        child.suspend()  # so that it surely dies in the middle of its work
        child.kill()
        qtbot.waitUntil(partial(gone, child.pid))
    qtbot.waitUntil(page.foot.again.isVisible, timeout=SLOW)
    assert "stopped" in page.foot.text()
    assert page.view.leaves == before
    page.foot.again.click()
    qtbot.waitUntil(lambda: page.at_rest, timeout=SLOW)
    assert not page.foot.again.isVisible()


def test_an_entry_that_came_meanwhile_is_told_and_a_key_shows_it(
    qtbot: QtBot, page: SheetPage, desk: Desk
) -> None:
    pages_before = page.view.count
    for at in range(40):
        desk.do(entries.register, NewEntry(Kind.VISIT, f"后来的 {at}"))
    qtbot.waitUntil(lambda: "Ctrl+R" in page.foot.text())
    press(page.view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.view.count > pages_before, timeout=SLOW)


def test_without_a_printer_it_says_what_can_be_done(
    qtbot: QtBot, page: SheetPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    page.bar.print.click()
    qtbot.waitUntil(lambda: "saved as a file" in page.foot.text())
    assert page.bar.save.isEnabled()


def test_the_print_dialog_dies_when_closed(
    qtbot: QtBot, page: SheetPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "has_printer", lambda: True)
    page.print_sheet()
    qtbot.waitUntil(lambda: page.findChild(QPrintDialog) is not None)
    dialog = page.findChild(QPrintDialog)
    assert dialog is not None
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    assert page.foot.text() == ""


def test_what_is_printed_has_the_sheets_size_and_pages(qtbot: QtBot, page: SheetPage, tmp_path: Path) -> None:
    """The printer here is Qt's own, which prints into a file."""
    leaves = page.view.leaves
    printer = printing.fitting_printer(leaves[0].size)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFromTo(2, 3)
    assert printing.draw(leaves, printer) == 2
    printed = pages.sizes(tmp_path / "printed.pdf")
    assert len(printed) == 2
    assert printed[0] == pytest.approx(leaves[1].size, abs=2)


def test_escape_goes_back(qtbot: QtBot, page: SheetPage) -> None:
    with qtbot.waitSignal(page.closed):
        press(page.view, Qt.Key.Key_Escape)


def test_nothing_personal_is_left_behind(page: SheetPage) -> None:
    folder = page.paper.bench.folder
    assert folder.stat().st_mode & 0o077 == 0
    page.stop()
    assert not folder.exists()
