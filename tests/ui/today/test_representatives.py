from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Query
from reception.operations import find, reading
from tests.ui.today.keyboard import CTRL, SHIFT, focused, press, typed
from ui.today.page import TodayPage
from ui.today.representatives import Representatives, read_person


def lines(page: TodayPage) -> Representatives:
    found = page.form.body.people
    assert found is not None
    return found


def people(page: TodayPage) -> list[tuple[str, str]]:
    return [(one.name, one.phone) for one in lines(page).raw]


def paste(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keySequence(focus, QKeySequence(QKeySequence.StandardKey.Paste))


def group_of(page: TodayPage, *names: str) -> None:
    press(Qt.Key.Key_G, CTRL | SHIFT)
    for name in names:
        typed(name)
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Return)


def test_representatives_are_typed_line_by_line_and_counted(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    typed("集体反映欠薪")
    press(Qt.Key.Key_G, CTRL | SHIFT)
    typed("李四")
    press(Qt.Key.Key_Return)
    typed("13800002222")
    press(Qt.Key.Key_Return)
    typed("王五")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert page.form.body.party.raw == "3"
    press(Qt.Key.Key_Return)  # an empty line leaves, and is gone
    assert focused(page.form.body.category)
    assert people(page) == [("李四", "13800002222"), ("王五", "")]
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(desk.ask(find.entries, Query())) == 1)
    view = desk.ask(reading.entry, desk.ask(find.entries, Query())[0].id)
    assert [(one.name, one.phone) for one in view.parties] == [
        ("", ""),
        ("李四", "13800002222"),
        ("王五", ""),
    ]
    assert view.row.party_size == 3
    assert not page.form.touched
    assert lines(page).isHidden()


def test_a_head_count_that_was_typed_stays(page: TodayPage) -> None:
    page.form.body.party.setFocus()
    typed("20")
    group_of(page, "李四", "王五")
    assert page.form.body.party.raw == "20"


def test_the_head_count_goes_on_growing_after_the_form_was_put_aside(page: TodayPage) -> None:
    group_of(page, "李四")
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_Tab, CTRL)
    assert page.form.body.party.raw == "2"
    group_of(page, "王五")
    assert page.form.body.party.raw == "3"


def test_a_pasted_list_fills_the_lines_and_says_what_found_no_room(page: TodayPage) -> None:
    typed("集体反映")
    press(Qt.Key.Key_G, CTRL | SHIFT)
    paste("1、李四 138 0000 2222\n2. 王五，13800003333\n\n买买提·艾力\t0991-8822333\n")
    assert people(page)[:3] == [
        ("李四", "138 0000 2222"),
        ("王五", "13800003333"),
        ("买买提·艾力", "0991-8822333"),
    ]
    assert page.form.body.party.raw == "4"
    paste("钱七\n孙八\n周九 13800009999")
    assert [name for name, _phone in people(page)] == ["李四", "王五", "买买提·艾力", "钱七", "孙八"]
    assert "周九" in lines(page).said
    press(Qt.Key.Key_Return)
    assert focused(page.form.body.category)


def test_one_line_is_pasted_as_text(page: TodayPage) -> None:
    press(Qt.Key.Key_G, CTRL | SHIFT)
    paste("李四\n")
    assert people(page) == [("李四", "")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("张三 13800001111", ("张三", "13800001111")),
        ("（1）张三 13800001111", ("张三", "13800001111")),
        ("12 张三", ("张三", "")),
        ("张三：０５７１－８８８８７７７７", ("张三", "0571-88887777")),
        ("13800001111 张三", ("张三", "13800001111")),
        ("John Smith, +86 138 0000 1111", ("John Smith", "+86 138 0000 1111")),
        ("张三 88001234转8023", ("张三", "88001234转8023")),
        ("张三", ("张三", "")),
        ("13800001111", ("", "13800001111")),
    ],
)
def test_a_line_of_a_list_is_a_name_and_a_number(line: str, expected: tuple[str, str]) -> None:
    assert read_person(line) == expected
