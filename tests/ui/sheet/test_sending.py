"""Printing and saving are acts of the register: made once, before the paper, and never half."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Kind, NewEntry
from reception.operations import entries, printing, site
from tests.ui.pages import press
from ui.sheet import printing as printers
from ui.sheet import sending, showing, spreadsheet
from ui.sheet.preview import SheetPage
from ui.window import MainWindow

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SLOW = 30_000


@pytest.fixture
def today(desk: Desk) -> int:
    for at in range(30):
        desk.do(entries.register, NewEntry(Kind.VISIT, f"社保卡补换 {at}"))
    return desk.ask(site.today)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, today: int) -> SheetPage:
    """The day's sheet, opened by its key."""
    press(window, K.Key_P, CTRL)
    made = window.page("sheet")
    assert isinstance(made, SheetPage)
    rest(qtbot, made)
    return made


@pytest.fixture
def into_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Path]]:
    """A printer that prints into files of its own, one for each job."""
    made: list[Path] = []

    def printer(_size: tuple[float, float]) -> QPrinter:
        one = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        one.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        one.setOutputFileName(str(tmp_path / f"printed-{len(made)}.pdf"))
        made.append(Path(one.outputFileName()))
        return one

    monkeypatch.setattr(printers, "has_printer", lambda: True)
    monkeypatch.setattr(printers, "fitting_printer", printer)
    return lambda: [path for path in made if path.exists()]


def rest(qtbot: QtBot, page: SheetPage) -> None:
    qtbot.waitUntil(lambda: page.at_rest and page.bar.print.isEnabled(), timeout=SLOW)


def agree(qtbot: QtBot) -> None:
    """Enter in the printer's dialog."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QPrintDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QPrintDialog)
    dialog.accept()


def text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "\n".join(one.get_textpage().get_text_range() for one in document)


def test_a_print_is_an_act_and_a_preview_is_none(
    qtbot: QtBot,
    window: MainWindow,
    page: SheetPage,
    desk: Desk,
    today: int,
    into_files: Callable[[], list[Path]],
) -> None:
    subject = _subject(today)
    assert desk.ask(printing.count, "daily_sheet", subject) == 0
    press(window, K.Key_P, CTRL)
    press(window, K.Key_P, CTRL)  # a finger that trembles
    agree(qtbot)
    qtbot.waitUntil(lambda: "sent to the printer." in page.foot.text(), timeout=SLOW)
    assert desk.ask(printing.count, "daily_sheet", subject) == 1
    assert len(into_files()) == 1
    assert "Code: " in page.foot.text()
    assert page.foot.notes.text().endswith("marked as a reprint, print no. 2.")  # were it printed again
    assert not any("Undo" in one.text() for one in window.foot.findChildren(QToolButton) if one.isVisible())
    press(window, K.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "cannot be taken back" in window.foot.status.said)
    press(page.view, K.Key_R, CTRL)
    rest(qtbot, page)
    assert "marked as a reprint, print no. 2" in page.foot.notes.text()


def test_what_could_not_be_saved_is_saved_elsewhere_as_the_same_print(
    qtbot: QtBot, page: SheetPage, desk: Desk, today: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = iter((tmp_path / "none" / "a.pdf", tmp_path / "b.pdf"))
    monkeypatch.setattr(sending, "ask_save", lambda *_args: next(places))
    press(page.view, K.Key_S, CTRL)
    qtbot.waitUntil(lambda: "There is no folder" in page.foot.text(), timeout=SLOW)
    press(page.view, K.Key_S, CTRL)
    qtbot.waitUntil(lambda: "Saved as" in page.foot.text(), timeout=SLOW)
    assert desk.ask(printing.count, "daily_sheet", _subject(today)) == 1
    assert "补打" not in text(tmp_path / "b.pdf")
    assert sorted(tmp_path.glob(".*.tmp")) == []
    qtbot.waitUntil(page.foot.folder.isVisible)


def test_where_no_file_manager_selects_the_folder_is_opened(
    qtbot: QtBot, page: SheetPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    class Services:
        @staticmethod
        def openUrl(url: QUrl) -> bool:
            opened.append(url.toLocalFile())
            return len(opened) == 1

    monkeypatch.setattr(showing, "QDesktopServices", Services)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nobody'}")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sending, "ask_save", lambda *_args: tmp_path / "a.pdf")
    press(page.view, K.Key_S, CTRL)
    qtbot.waitUntil(page.foot.folder.isVisible, timeout=SLOW)
    press(page.view, K.Key_O, ALT)
    qtbot.waitUntil(lambda: opened == [str(tmp_path)])
    assert page.foot.text().startswith("Saved as")
    press(page.view, K.Key_O, ALT)  # nor does anything open the folder now
    qtbot.waitUntil(lambda: f"The file: {tmp_path / 'a.pdf'}" in page.foot.text())


def test_several_forms_go_as_one_job_in_their_order(
    qtbot: QtBot, window: MainWindow, page: SheetPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = page.view.count
    press(window, K.Key_F6)
    chosen = page.paper.forms.list
    assert chosen.hasFocus()
    press(chosen, K.Key_Down)
    press(chosen, K.Key_Space)  # the visitor register goes along
    qtbot.waitUntil(lambda: page.view.count > alone, timeout=SLOW)
    press(chosen, K.Key_Up, ALT)  # and goes before it
    press(chosen, K.Key_Home)
    press(chosen, K.Key_Space)  # the director's page on top of all
    press(chosen, K.Key_Escape)
    press(window, K.Key_F6)
    assert chosen.hasFocus()  # the list stands open: the key goes there
    press(chosen, K.Key_Escape)
    assert page.view.hasFocus()
    assert window.front == "sheet"
    rest(qtbot, page)
    assert [one.name for one in page.paper.job.chosen] == ["director_page", "visitor_register", "daily_sheet"]
    assert page.view.leaves[0].size[1] > page.view.leaves[0].size[0], "it is upright"
    monkeypatch.setattr(sending, "ask_folder", lambda *_args: tmp_path)
    press(page.view, K.Key_S, CTRL)
    qtbot.waitUntil(lambda: f"Saved in {tmp_path}: " in page.foot.text(), timeout=SLOW)
    saved = sorted(path.name for path in tmp_path.glob("*.pdf"))
    assert len(saved) == 3
    assert all(name in page.foot.text() for name in saved)
    assert all("社保卡补换 0" in text(tmp_path / name) for name in saved)


def test_the_paper_of_one_print_is_chosen_by_key(qtbot: QtBot, page: SheetPage) -> None:
    landscape = page.view.leaves[0].size
    press(page.view, K.Key_P, ALT)  # usual
    press(page.view, K.Key_P, ALT)  # A4, A5
    qtbot.waitUntil(lambda: page.view.leaves[0].size[0] < 0.8 * landscape[0], timeout=SLOW)
    press(page.view, K.Key_L, ALT)
    rest(qtbot, page)
    press(page.view, K.Key_PageUp, CTRL)
    assert page.paper.look.language == "en"  # the day before of the same print
    page.show_job(page.paper.job)
    assert (page.paper.look.language, page.bar.language.currentData()) == ("zh_CN", "zh_CN")
    rest(qtbot, page)
    assert page.view.leaves[0].size == landscape


def test_another_form_is_shown_whole_and_its_keys_hold_where_tab_leads(
    qtbot: QtBot, window: MainWindow, page: SheetPage
) -> None:
    for _time in range(3):
        press(page.view, K.Key_Plus)
    assert page.view.verticalScrollBar().maximum() > 0
    page.show_job(page.paper.job)
    rest(qtbot, page)
    assert page.view.verticalScrollBar().maximum() == 0
    beyond = window.counters.last_stop
    beyond.setFocus()
    assert not page.isAncestorOf(beyond)
    press(beyond, K.Key_L, ALT)
    assert page.paper.look.language == "en"
    press(beyond, K.Key_P, ALT)
    assert page.paper.look.paper == "A4"


def test_a_word_is_found_on_all_pages_and_across_the_lines_of_a_cell(
    qtbot: QtBot, page: SheetPage, desk: Desk
) -> None:
    long = "关于企业职工基本养老保险关系转移接续办理流程及所需材料的咨询一事"
    desk.do(entries.register, NewEntry(Kind.VISIT, long))
    qtbot.waitUntil(lambda: "has changed" in page.paper.foot.text())
    press(page.view, K.Key_R, CTRL)
    rest(qtbot, page)
    press(page.view, K.Key_F, CTRL)
    field = page.paper.search.field
    assert field.hasFocus()
    field.setText("社保卡")
    qtbot.waitUntil(lambda: page.paper.search.at_rest and len(page.paper.search.hits) == 30)
    assert page.paper.search.told.text() == "1 of 30 places"
    assert page.view.index == 0
    press(field, K.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.view.index == page.view.count - 1
    field.setText(long)
    qtbot.waitUntil(lambda: page.paper.search.at_rest and len(page.paper.search.hits) == 1)
    assert len(page.paper.search.hits[0].places) > 1  # it stands in several lines
    press(field, K.Key_Escape)
    assert page.paper.search.isHidden()


def test_a_year_is_laid_out_by_a_child_that_can_be_cancelled(
    qtbot: QtBot,
    window: MainWindow,
    page: SheetPage,
    today: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    press(window, K.Key_F6)
    chosen = page.paper.forms.list
    row = next(at for at in range(chosen.count()) if "Ledger" in chosen.item(at).text())
    chosen.setCurrentRow(row)
    press(chosen, K.Key_Space)
    qtbot.waitUntil(page.foot.cancel.isVisible)
    press(page.view, K.Key_Escape)
    assert page.foot.text() == "Cancelled."
    assert window.front == "sheet"
    page.foot.again.click()
    rest(qtbot, page)
    monkeypatch.setattr(sending, "ask_folder", lambda *_args: tmp_path)
    press(page.view, K.Key_S, CTRL)
    page.paper.sending.cancel()
    assert "Nothing half-made" in page.foot.text()
    assert sorted(tmp_path.glob(".*.tmp")) == []
    press(page.view, K.Key_S, CTRL)
    qtbot.waitUntil(lambda: "Saved in" in page.foot.text(), timeout=SLOW)
    assert any("社保卡补换 0" in text(path) for path in tmp_path.glob("*.pdf"))


def _subject(today: int) -> str:
    from reception.paper import daily_sheet

    return daily_sheet.subject(day=today)


def test_a_bulletin_is_saved_as_a_spreadsheet_too(
    qtbot: QtBot, window: MainWindow, page: SheetPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.spreadsheet.isHidden()
    press(window, K.Key_F6)
    chosen = page.paper.forms.list
    row = next(at for at in range(chosen.count()) if "Bulletin" in chosen.item(at).text())
    chosen.setCurrentRow(row)
    press(chosen, K.Key_Space)
    rest(qtbot, page)
    offered: list[Path] = []

    def chosen_path(_window: object, _title: str, suggestion: Path, _kinds: str) -> Path:
        offered.append(suggestion)
        return tmp_path / suggestion.name

    monkeypatch.setattr(spreadsheet, "ask_save", chosen_path)
    press(page.view, K.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: ".xlsx" in page.foot.text(), timeout=SLOW)
    (path,) = tmp_path.glob("*.xlsx")
    assert (path.name, page.foot.text()) == (offered[0].name, f"Saved as {path}")
    book = openpyxl.load_workbook(path)
    assert book.worksheets[2]["C2"].value == 30, "as many visits as there were"
    chosen.setCurrentRow(row + 1)  # the month beside the week: each is asked for
    press(chosen, K.Key_Space)
    rest(qtbot, page)
    press(page.view, K.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    week, month = offered[1:]
    assert week == offered[0] != month
    qtbot.waitUntil(
        lambda: page.foot.text() == f"Saved as {tmp_path / week.name}, {tmp_path / month.name}", timeout=SLOW
    )
    assert openpyxl.load_workbook(tmp_path / month.name).worksheets[1]["C2"].value == 30
