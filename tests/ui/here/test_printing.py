from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.errors import UnreachableError
from reception.facts import Kind, NewEntry, Party
from reception.operations import entries
from tests.paper.pdf import read
from tests.ui.today.keyboard import CTRL, press
from ui.here.page import HerePage
from ui.sheet import printing, sending
from ui.sheet.preview import SheetPage
from ui.window import MainWindow
from ui.work import Lanes

SLOW = 30_000
"""Milliseconds: the child is started and reads two fonts, on a machine that does other things too."""
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk) -> HerePage:
    """One visitor is here, and the register does not answer any more."""
    new = NewEntry(Kind.VISIT, "问失业金", parties=(Party("张建国", "13800001111"),))
    desk.do(entries.register, new)
    qtbot.waitUntil(lambda: len(window.attendance.visitors) == 1)
    lanes.trouble.emit(UnreachableError("The server does not answer. Check the network, then try again."))
    made = window.page("here")
    assert isinstance(made, HerePage)
    return made


def shown(window: MainWindow) -> SheetPage:
    made = window.page("sheet")
    assert isinstance(made, SheetPage)
    return made


def words(path: Path) -> str:
    return "\n".join(page.text for page in read(path))


def test_one_key_prints_the_last_known_list_though_nothing_answers(
    qtbot: QtBot, page: HerePage, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "printed.pdf"

    def into_a_file(_size: tuple[float, float]) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return printer

    monkeypatch.setattr(printing, "has_printer", lambda: True)
    monkeypatch.setattr(printing, "fitting_printer", into_a_file)
    press(Qt.Key.Key_F5, SHIFT)
    assert window.front == "sheet"
    foot = shown(window).foot

    def dialog() -> QPrintDialog | None:
        found = QApplication.activeModalWidget()
        return found if isinstance(found, QPrintDialog) else None

    qtbot.waitUntil(lambda: dialog() is not None)
    asked = dialog()
    assert asked is not None
    asked.accept()
    qtbot.waitUntil(lambda: "was sent to the printer" in foot.text())
    assert target.stat().st_size > 0
    assert "Code" not in foot.text()  # no register, no print of it


def test_the_last_known_list_is_saved_as_a_file(
    qtbot: QtBot, page: HerePage, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "roll-call.pdf"
    monkeypatch.setattr(sending, "ask_save", lambda *_args: target)
    press(Qt.Key.Key_F5)
    press(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: window.front == "sheet")
    qtbot.waitUntil(lambda: "Saved as" in shown(window).foot.text(), timeout=SLOW)
    assert "张建国" in words(target)
    press(Qt.Key.Key_Escape)
    assert window.front == "here"


def test_without_a_printer_it_says_what_can_be_done(
    qtbot: QtBot, page: HerePage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    press(Qt.Key.Key_F5, SHIFT)
    qtbot.waitUntil(lambda: "saved as a file" in shown(window).foot.text(), timeout=SLOW)
    assert shown(window).view.count == 1
