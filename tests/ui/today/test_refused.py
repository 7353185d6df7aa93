"""What is refused or doubted stands beside its field, and nothing that was typed is lost."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from tests.ui.today.keyboard import CTRL, focused, press, typed
from tests.ui.today.saving import saved
from ui.today.page import TodayPage
from ui.window import MainWindow
from ui.work import Lanes


def test_a_refused_entry_comes_back_with_the_message_beside_its_field(
    qtbot: QtBot, page: TodayPage, lanes: Lanes, desk: Desk
) -> None:
    uid = page.form.uid
    typed("问路")
    page.form.body.person.put("张建国")
    page.form.body.party.put("-1")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.form.body.party.wrong != "")
    assert "-1" in page.form.body.party.wrong
    assert page.form.body.matter.raw[1] == "问路"
    assert page.form.body.person.raw == "张建国"
    assert focused(page.form.body.party)
    assert page.form.uid == uid
    page.form.body.party.put("1")
    assert page.form.body.party.wrong == ""
    press(Qt.Key.Key_Return, CTRL)
    assert len(saved(qtbot, desk)) == 1


def test_what_is_refused_while_the_next_one_is_typed_waits_aside(
    qtbot: QtBot, window: MainWindow, page: TodayPage, lanes: Lanes
) -> None:
    typed("问路")
    page.form.body.party.put("-1")
    press(Qt.Key.Key_Return, CTRL)
    typed("下一位")
    qtbot.waitUntil(lambda: lanes.idle)
    assert page.form.body.matter.raw[1] == "下一位"
    assert "Not saved" in window.foot.status.said
    press(Qt.Key.Key_Tab, CTRL)
    assert page.form.body.matter.raw[1] == "问路"
    assert "-1" in page.form.body.party.wrong


def test_an_empty_form_is_refused_beside_the_matter(page: TodayPage) -> None:
    press(Qt.Key.Key_Return, CTRL)
    assert page.form.body.matter.wrong != ""


def test_a_number_that_is_none_is_refused_without_asking_the_register(page: TodayPage) -> None:
    typed("问路")
    page.form.body.party.put("many")
    press(Qt.Key.Key_Return, CTRL)
    assert "many" in page.form.body.party.wrong
    assert page.form.body.matter.raw[1] == "问路"


def test_an_unknown_department_is_refused_beside_its_field(page: TodayPage) -> None:
    typed("问路")
    page.form.body.department.setFocus()
    typed("没有这个科")
    press(Qt.Key.Key_Return, CTRL)
    assert "没有这个科" in page.form.body.department.wrong


def test_a_paste_of_a_hundred_thousand_characters_is_refused(page: TodayPage) -> None:
    typed("问路")
    QGuiApplication.clipboard().setText("长" * 100_000)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keySequence(focus, QKeySequence(QKeySequence.StandardKey.Paste))
    assert "100002" in page.form.body.matter.wrong
    assert page.form.body.matter.raw[1] == "问路"


def test_a_refused_save_keeps_its_uid_so_that_a_repeat_is_one_act(
    qtbot: QtBot, lanes: Lanes, page: TodayPage, desk: Desk
) -> None:
    typed("问路")
    uid = page.form.uid
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: lanes.idle)
    assert saved(qtbot, desk)[0].uid == str(uid)
    assert page.form.uid != uid


def test_words_in_the_phone_field_are_asked_about_once(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    press(Qt.Key.Key_F3)
    typed("咨询养老金什么时候到账")
    page.form.body.matter.setFocus()
    typed("问")
    press(Qt.Key.Key_Return, CTRL)
    assert "no digit" in page.form.body.phone.wrong
    assert focused(page.form.body.phone)
    press(Qt.Key.Key_Return, CTRL)
    assert saved(qtbot, desk)[0].phone == "咨询养老金什么时候到账"


def test_a_number_in_the_name_field_is_asked_about_once(page: TodayPage) -> None:
    typed("问路")
    page.form.body.person.setFocus()
    typed("13800138000")
    press(Qt.Key.Key_Return, CTRL)
    assert "telephone" in page.form.body.person.wrong
    press(Qt.Key.Key_Return, CTRL)
    assert not page.form.touched
