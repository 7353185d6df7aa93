from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Kind, NewCallback, NewEntry, Party
from reception.operations import entries, reading
from tests.ui.today.keyboard import press
from ui.today import reveal
from ui.today.entry_view import EntryDialog
from ui.window import MainWindow
from ui.work import Lanes

WHOLE = "430181199001011234"


@pytest.fixture
def entry(desk: Desk) -> int:
    person = Party("张建国", "13800001111", document_type="身份证", document_number=WHOLE)
    new = NewEntry(Kind.VISIT, "问失业金", parties=(person,), callback=NewCallback(owner="王芳"))
    return desk.do(entries.register, new).entry_id


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, lanes: Lanes, entry: int) -> EntryDialog:
    made = EntryDialog.show_entry(window, lanes, entry)
    qtbot.waitUntil(lambda: made.title.text() != "")
    qtbot.waitUntil(made.isActiveWindow)
    return made


def alt_s() -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keySequence(focus, QKeySequence("Alt+S"))


def test_a_number_is_masked_until_a_second_key_says_yes(
    qtbot: QtBot, dialog: EntryDialog, lanes: Lanes, desk: Desk, entry: int
) -> None:
    (line,) = dialog.reveal.lines
    assert WHOLE not in line.words.text()
    assert "1234" in line.words.text()
    alt_s()
    assert WHOLE not in line.words.text()
    assert "noted" in line.note.text()
    assert line.button.hasFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: WHOLE in line.words.text())
    qtbot.waitUntil(lambda: lanes.idle)
    assert WHOLE in line.words.text()
    trail = desk.ask(reading.entry, entry).trail
    assert [one.verb for one in trail].count("reveal") == 1
    assert {one.operator for one in trail if one.verb == "reveal"} == {"王芳"}
    dialog.close()


def test_escape_says_no_and_closes_nothing(qtbot: QtBot, dialog: EntryDialog, desk: Desk, entry: int) -> None:
    (line,) = dialog.reveal.lines
    alt_s()
    press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert line.button.text() == "Show"
    assert [one.verb for one in desk.ask(reading.entry, entry).trail] == ["register"]
    dialog.close()


def test_the_whole_number_goes_by_itself(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, entry: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reveal, "SHOWN", 200)
    made = EntryDialog.show_entry(window, lanes, entry)
    qtbot.waitUntil(lambda: made.title.text() != "" and made.isActiveWindow())
    (line,) = made.reveal.lines
    alt_s()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: WHOLE in line.words.text())
    qtbot.waitUntil(lambda: WHOLE not in line.words.text())
    made.close()


def test_what_is_being_corrected_meanwhile_is_saved_upon_it(
    qtbot: QtBot, dialog: EntryDialog, lanes: Lanes, desk: Desk, entry: int
) -> None:
    dialog.form.body.person.put("张建军")
    alt_s()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: WHOLE in dialog.reveal.lines[0].words.text() and lanes.idle)
    assert dialog.form.body.person.raw == "张建军"
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.ask(reading.entry, entry).row.name == "张建军")
    masked = desk.ask(reading.entry, entry).parties[0]
    assert dataclasses.replace(masked, document_number="").document_type == "身份证"
    qtbot.waitUntil(lambda: lanes.idle)
    dialog.close()


def test_the_calls_owed_of_an_entry_are_told(dialog: EntryDialog) -> None:
    assert "Call-back · Owed · 13800001111" in dialog.referrals.text()
    assert "王芳" in dialog.referrals.text()
    dialog.close()
