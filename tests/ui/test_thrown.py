"""What is typed on a page and thrown away comes back by the key that takes acts back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Kind, NewEntry, Party
from reception.operations import directory, entries, people, site
from tests.ui.pages import write
from tests.ui.today.keyboard import ALT, CTRL, press
from ui.directory.page import DirectoryPage
from ui.settings.limits import LimitsPart
from ui.settings.page import SettingsPage
from ui.settings.part import SettingsPart
from ui.settings.year import YearPart
from ui.widgets.form import Form
from ui.window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier


def throw_away() -> None:
    press(Qt.Key.Key_Delete, CTRL | SHIFT)


def take_back() -> None:
    press(Qt.Key.Key_Z, CTRL | SHIFT)


def line(form: Form, name: str) -> QLineEdit:
    field = form.field(name)
    assert isinstance(field, QLineEdit)
    return field


def put_into(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    write(field, text)


def year_text(part: YearPart) -> str:
    assert part.draft is not None
    return part.draft.text()


def focused_in(part: QWidget) -> bool:
    now = QApplication.focusWidget()
    return now is not None and part.isAncestorOf(now)


@pytest.fixture
def book(window: MainWindow) -> DirectoryPage:
    press(Qt.Key.Key_4, ALT)
    page = window.page("directory")
    assert isinstance(page, DirectoryPage)
    return page


@pytest.fixture
def settings(window: MainWindow) -> SettingsPage:
    press(Qt.Key.Key_5, ALT)
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def test_a_department_half_typed_comes_back_to_its_row_and_can_be_saved(
    qtbot: QtBot, window: MainWindow, book: DirectoryPage, desk: Desk
) -> None:
    tab = book.departments
    tab.search.setText("JC")
    tab.table.selectRow(0)
    room = line(tab.form, "room")
    before = room.text()
    put_into(room, "三楼305")
    throw_away()
    assert (room.text(), tab.unsaved) == (before, False)
    assert window.foot.status.said == "The form was thrown away."
    tab.search.setText("SBK")
    tab.table.selectRow(0)
    press(Qt.Key.Key_1, ALT)
    take_back()
    assert window.front == "directory"
    assert (line(tab.form, "code").text(), room.text()) == ("JC", "三楼305")
    assert window.foot.status.said == "The form is back."
    assert focused_in(tab.form)
    assert desk.ask(directory.department, "JC").room == before
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: desk.ask(directory.department, "JC").room == "三楼305")
    qtbot.waitUntil(lambda: window.lanes.idle)


def test_nothing_comes_back_over_what_is_typed_now(window: MainWindow, book: DirectoryPage) -> None:
    tab = book.departments
    tab.search.setText("JC")
    tab.table.selectRow(0)
    put_into(line(tab.form, "room"), "305")
    throw_away()
    press(Qt.Key.Key_N, CTRL)
    put_into(line(tab.form, "name"), "医疗保障窗口")
    take_back()
    assert line(tab.form, "name").text() == "医疗保障窗口"
    assert "First save what you typed" in window.foot.status.said
    throw_away()
    take_back()
    assert (line(tab.form, "name").text(), line(tab.form, "code").text()) == ("医疗保障窗口", "")


def test_either_key_pressed_twice_does_no_more_than_once(window: MainWindow, book: DirectoryPage) -> None:
    tab = book.departments
    tab.search.setText("JC")
    tab.table.selectRow(0)
    room = line(tab.form, "room")
    put_into(room, "305")
    for _twice in range(2):
        throw_away()
    assert not tab.unsaved
    for _twice in range(2):
        take_back()
    assert (room.text(), tab.unsaved) == ("305", True)
    assert window.foot.status.said == "The form is back."
    assert not window.actions_by_name["undo"].isEnabled()


def test_a_note_on_a_person_and_the_name_of_a_clerk_come_back(
    qtbot: QtBot, window: MainWindow, book: DirectoryPage, desk: Desk
) -> None:
    for name in ("张建国", "李秀英"):
        desk.do(entries.register, NewEntry(Kind.VISIT, "问路", parties=(Party(name, "13800001111"),)))
    press(Qt.Key.Key_PageDown, CTRL)
    press(Qt.Key.Key_PageDown, CTRL)
    tab = book.people
    qtbot.waitUntil(lambda: tab.table.rows.rowCount() == 2)
    tab.table.selectRow(0)
    qtbot.waitUntil(lambda: tab._view is not None)
    whose = tab.title.text()
    tab.kind.setCurrentIndex(2)
    tab.reason.setFocus()
    write(tab.reason, "请大声")
    throw_away()
    assert not tab.unsaved
    tab.table.selectRow(1)
    qtbot.waitUntil(lambda: tab.title.text() != whose)
    press(Qt.Key.Key_PageDown, CTRL)
    put_into(book.clerks.name, "赵敏")
    throw_away()
    assert book.clerks.name.text() == ""
    press(Qt.Key.Key_2, ALT)
    take_back()
    assert (window.front, book.clerks.name.text()) == ("directory", "赵敏")
    take_back()
    qtbot.waitUntil(lambda: tab.unsaved)
    assert book.tabs.currentWidget() is tab
    assert (tab.title.text(), tab.kind.currentIndex(), tab.reason.toPlainText()) == (whose, 2, "请大声")
    assert all(not found.note for found in desk.ask(people.find, "", limit=9))
    qtbot.waitUntil(lambda: window.lanes.idle)


def test_settings_a_year_and_a_limit_come_back(
    qtbot: QtBot, window: MainWindow, settings: SettingsPage, desk: Desk
) -> None:
    name = line(settings.site.form, "name")
    before = name.text()
    put_into(name, "某县人社局服务大厅")
    throw_away()
    assert name.text() == before
    press(Qt.Key.Key_PageDown, CTRL)
    year = settings.part
    assert isinstance(year, YearPart)
    press(Qt.Key.Key_Space)
    changed = year_text(year)
    throw_away()
    assert (year.unsaved, year_text(year) == changed) == (False, False)
    press(Qt.Key.Key_PageDown, CTRL)
    limits = settings.part
    assert isinstance(limits, LimitsPart)
    limits.tab.table.selectRow(0)
    amount = line(limits.tab.form, "amount")
    was = amount.text()
    put_into(amount, "77")
    throw_away()
    assert amount.text() == was
    comes_back: tuple[tuple[SettingsPart, Callable[[], bool]], ...] = (
        (limits, lambda: amount.text() == "77"),
        (year, lambda: year_text(year) == changed),
        (settings.general, lambda: name.text() == "某县人社局服务大厅"),
    )
    for part, done in comes_back:
        press(Qt.Key.Key_1, ALT)
        take_back()
        assert (window.front, settings.part) == ("settings", part)
        assert done()
        assert part.unsaved
    assert desk.ask(site.values)["name"] == before
    qtbot.waitUntil(lambda: window.lanes.idle)
