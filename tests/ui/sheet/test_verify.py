"""Ctrl+Shift+K: the code of a sheet is typed, and one look tells whether the register still holds it."""

from __future__ import annotations

import uuid

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception import proofs
from reception.desk import Desk
from reception.facts import Kind, NewEntry, Party
from reception.operations import directory, entries, printing, site
from reception.paper import prints
from tests.factories import changed
from tests.ui.today.keyboard import CTRL, press, typed
from ui.sheet.verify import VerifyDialog
from ui.today.entry_view import EntryDialog
from ui.window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def _nothing_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(VerifyDialog, "_last", "")


def printed(desk: Desk) -> str:
    """Print the sheet of today; its code as it stands on paper."""
    gathered = desk.ask(prints.gather, "daily_sheet", "zh_CN", day=desk.ask(site.today))
    return proofs.shown(desk.do(printing.commit, gathered.promise, uid=uuid.uuid4()).code)


def visited(desk: Desk, name: str = "张建国") -> tuple[int, str]:
    """Somebody comes today; id and number of the entry."""
    new = NewEntry(Kind.VISIT, "社保卡", uid=uuid.uuid4(), parties=(Party(name),))
    receipt = desk.do(entries.register, new)
    return receipt.entry_id, receipt.number


def opened(qtbot: QtBot, window: MainWindow, code: str = "") -> VerifyDialog:
    """Open the dialog by its key, and type a code."""
    press(Qt.Key.Key_K, CTRL | SHIFT)
    dialog = window.findChild(VerifyDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.code.hasFocus)
    typed(code)
    qtbot.waitUntil(lambda: window.lanes.idle)
    return dialog


def cells(dialog: VerifyDialog) -> list[list[str]]:
    rows = dialog.table.rows
    return [
        [str(rows.index(row, column).data()) for column in range(rows.columnCount())]
        for row in range(rows.rowCount())
    ]


def test_a_sheet_that_still_holds_is_said_so(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    visited(desk)
    dialog = opened(qtbot, window, printed(desk).lower())
    qtbot.waitUntil(lambda: dialog.verdict.text() != "")
    assert dialog.verdict.text() == "The register holds exactly what this sheet shows."
    assert not dialog.sign.pixmap().isNull()
    assert "Daily reception register" in dialog.sheet.text()
    assert cells(dialog) == []
    assert not dialog.open_button.isEnabled()
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(VerifyDialog) is None)


def test_what_changed_is_listed_with_who_did_it_and_enter_opens_the_entry(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    _first, _number = visited(desk)
    entry, number = visited(desk, "李四")
    code = printed(desk)
    desk.do(entries.set_outcome, entry, "已告知", uid=uuid.uuid4())
    late, late_number = visited(desk, "王五")
    dialog = opened(qtbot, window, code)
    qtbot.waitUntil(lambda: len(cells(dialog)) >= 2)
    assert "differ" in dialog.verdict.text()
    told = {row[0]: row[1:] for row in cells(dialog)}
    assert told[number][0] == "Changed"
    assert told[late_number][0] == "Not on the sheet"
    assert desk.operator in told[number][1]
    assert "Outcome written" in told[number][1]
    while (row := dialog.table.row()) is not None and row[1].number != late_number:
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.findChild(EntryDialog) is not None)
    shown = window.findChild(EntryDialog)
    assert shown is not None
    qtbot.waitUntil(lambda: late_number in shown.title.text())
    assert late
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(EntryDialog) is None)
    # the sheet is still known: one goes on where one was
    again = opened(qtbot, window)
    qtbot.waitUntil(lambda: len(cells(again)) >= 2)
    assert again.code.text() == code
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(VerifyDialog) is None)


def test_what_lines_show_without_being_of_them_is_told_beside_them(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    visited(desk)
    code = printed(desk)
    desk.do(site.save, {"name": "另一个单位"}, uid=uuid.uuid4())
    fact = desk.ask(directory.department, "JC")
    desk.do(directory.save_department, changed(fact, name="执法监察局"), uid=uuid.uuid4())
    dialog = opened(qtbot, window, code)
    qtbot.waitUntil(lambda: len(cells(dialog)) == 1)
    assert cells(dialog)[0][0] == "Head of the sheet"
    assert not dialog.open_button.isEnabled()
    press(Qt.Key.Key_Return)
    assert dialog.isVisible()
    for word in ("Setting: Changed", "Department 执法监察局: Changed"):
        assert word in dialog.elsewhere.text()
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(VerifyDialog) is None)


def test_a_mistyped_code_and_an_unknown_one_are_told(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    code = printed(desk)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    dialog = opened(qtbot, window, wrong[:6])
    assert dialog.message.text() == ""  # not yet
    typed(wrong[6:])
    assert "mistyped" in dialog.message.text()
    dialog.code.selectAll()
    typed(proofs.code_of(uuid.uuid4()))
    qtbot.waitUntil(lambda: "No sheet with the code" in dialog.verdict.text())
    assert dialog.message.text() == ""
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(VerifyDialog) is None)
