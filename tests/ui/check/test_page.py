"""Lines that lack something are gone over with one key each, before the day is printed."""

from __future__ import annotations

import uuid

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Act, Category, Kind, Lack, NewEntry, Party
from reception.operations import entries, reading, to_do
from tests.ui.today.keyboard import CTRL, focused, press, typed
from ui.check.page import CheckPage
from ui.sheet.preview import SheetPage
from ui.window import MainWindow

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ENTER = Qt.Key.Key_Return


def came(desk: Desk, subject: str, kind: Kind = Kind.VISIT, **more: object) -> int:
    new = NewEntry(kind, subject, uid=uuid.uuid4(), **more)  # type: ignore[arg-type]
    return desk.do(entries.register, new).entry_id


@pytest.fixture
def lacking(desk: Desk) -> list[int]:
    """Three lines, each of which lacks something else, and one that lacks nothing."""
    came(desk, "问路", act=Act.ANSWERED, outcome="已告知")
    return [
        came(desk, "没留电话", parties=(Party("张建国"),)),
        came(desk, "没写结果", act=Act.ANSWERED),
        came(desk, "会议通知", Kind.CALL_IN, category=Category.NOTICE, act=Act.ANSWERED, outcome="已报告"),
    ]


@pytest.fixture
def page(qtbot: QtBot, lacking: list[int], window: MainWindow) -> CheckPage:
    press(Qt.Key.Key_F11)
    page = window.page("check")
    assert isinstance(page, CheckPage)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 3)
    return page


def chosen(page: CheckPage, entry: int) -> None:
    """Walk to a line with the arrow keys, the keyboard staying where the answer is given."""
    for _step in range(page.table.rows.rowCount()):
        press(Qt.Key.Key_Up)
    for _step in range(page.table.rows.rowCount()):
        row = page.question.row
        assert row is not None
        if row.entry_id == entry:
            return
        press(Qt.Key.Key_Down)
    raise AssertionError(entry)


def left(desk: Desk) -> list[int]:
    return sorted(row.entry_id for row in desk.ask(to_do.rows, which="check"))


def test_each_line_is_done_with_what_it_lacks_and_one_key(
    qtbot: QtBot, page: CheckPage, desk: Desk, lacking: list[int]
) -> None:
    phone, outcome, call = lacking
    assert page.count.text() == "3 lines to check"
    assert focused(page.question)
    chosen(page, phone)
    typed("13800001111")
    press(ENTER)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 2)
    chosen(page, call)
    press(ENTER)  # the button that says it was read back
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
    assert page.question.lack is Lack.OUTCOME
    typed("已告知本人")
    press(ENTER)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 0)
    view = desk.ask(reading.entry, phone)
    assert [(one.name, one.phone) for one in view.parties] == [("张建国", "13800001111")]
    assert desk.ask(reading.entry, outcome).row.outcome == "已告知本人"
    assert desk.ask(reading.entry, call).details.read_back
    assert page.question.isHidden()


def test_who_was_pointed_nowhere_is_asked_about(qtbot: QtBot, page: CheckPage, desk: Desk) -> None:
    entry = came(desk, "没写去向", act=Act.POINTED)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 4)
    chosen(page, entry)
    assert page.question.lack is Lack.DESTINATION
    typed("sbk")
    press(ENTER)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 3)
    assert desk.ask(reading.entry, entry).row.department == "SBK"


def test_a_line_is_left_as_it_is_by_one_key_and_that_is_taken_back(
    qtbot: QtBot, page: CheckPage, window: MainWindow, desk: Desk, lacking: list[int]
) -> None:
    chosen(page, lacking[0])
    press(Qt.Key.Key_A, ALT)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 2)
    assert left(desk) == lacking[1:]
    assert focused(page.question)
    press(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 3)


def test_an_empty_answer_writes_nothing_and_goes_to_the_next_line(
    page: CheckPage, desk: Desk, lacking: list[int]
) -> None:
    chosen(page, lacking[0])
    before = page.table.currentIndex().row()
    press(ENTER)
    assert page.table.currentIndex().row() == (before + 1) % 3
    assert left(desk) == sorted(lacking)


def test_what_is_typed_for_a_line_is_there_when_it_is_looked_at_again(
    qtbot: QtBot, page: CheckPage, window: MainWindow, desk: Desk, lacking: list[int]
) -> None:
    chosen(page, lacking[1])
    typed("还没写完")
    came(desk, "又来一位", act=Act.ANSWERED)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 4)
    assert page.question.field.text() == "还没写完"
    chosen(page, lacking[0])
    assert page.question.field.text() == ""
    assert page.has_unsaved_text()
    chosen(page, lacking[1])
    assert page.question.field.text() == "还没写完"
    press(Qt.Key.Key_Escape)
    assert window.front == "today"
    assert page.has_unsaved_text()
    press(Qt.Key.Key_F11)
    press(Qt.Key.Key_Delete, CTRL | SHIFT)
    assert not page.has_unsaved_text()
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert page.question.typed == {(lacking[1], Lack.OUTCOME): "还没写完"}
    page.discard()


def test_a_second_press_of_the_key_writes_nothing_of_another_line(
    qtbot: QtBot, page: CheckPage, window: MainWindow, desk: Desk, lacking: list[int]
) -> None:
    chosen(page, lacking[0])
    press(Qt.Key.Key_A, ALT)
    press(Qt.Key.Key_A, ALT)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 2)
    qtbot.waitUntil(lambda: window.lanes.idle)
    assert left(desk) == lacking[1:]


def test_the_sheet_tells_of_them_before_it_is_printed_and_stands_in_nobodys_way(
    qtbot: QtBot, window: MainWindow, lacking: list[int]
) -> None:
    press(Qt.Key.Key_P, CTRL)
    sheet = window.page("sheet")
    assert isinstance(sheet, SheetPage)
    qtbot.waitUntil(sheet.check.isVisible)
    assert sheet.unchecked.text() == "3 lines are still to be checked"
    qtbot.waitUntil(sheet.bar.print.isEnabled)
    sheet.bar.earlier.click()
    qtbot.waitUntil(lambda: not sheet.check.isVisible())
    sheet.bar.later.click()
    qtbot.waitUntil(sheet.check.isVisible)
    sheet.check.setFocus()
    press(ENTER)
    assert window.front == "check"
    press(Qt.Key.Key_Escape)
    assert window.front == "today"


def test_enter_opens_the_line_from_the_page(
    qtbot: QtBot, page: CheckPage, window: MainWindow, lacking: list[int]
) -> None:
    from ui.today.entry_view import EntryDialog

    chosen(page, lacking[0])
    press(Qt.Key.Key_O, CTRL)
    dialog = window.findChild(EntryDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.form.isEnabled)
    assert dialog.form.body.person.raw == "张建国"
    dialog.close()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
