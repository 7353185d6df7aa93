from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import DepartmentFact, MatterFact
from reception.operations import directory
from tests.ui.pages import press, show, write
from ui.directory.page import DirectoryPage
from ui.widgets.records_tab import RecordsTab
from ui.work import Lanes

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, lanes: Lanes) -> DirectoryPage:
    return show(qtbot, lanes, DirectoryPage, "directory")


def shown(tab: RecordsTab[DepartmentFact] | RecordsTab[MatterFact]) -> list[str]:
    rows = [tab.table.rows.row(at) for at in range(tab.table.rows.rowCount())]
    return [row.name for row in rows if row is not None]


def line(page: DirectoryPage, name: str) -> QLineEdit:
    field = page.departments.form.field(name)
    assert isinstance(field, QLineEdit)
    return field


def type_into(field: QLineEdit, text: str) -> None:
    field.setFocus()
    write(field, text)


def choose(page: DirectoryPage, typed: str) -> None:
    page.departments.search.setText(typed)
    page.departments.table.selectRow(0)


@pytest.mark.parametrize("typed", ["SBK", "社会保障卡", "sbk", "shehuibaozhangka"])
def test_a_department_is_found_by_code_characters_and_pinyin(
    qtbot: QtBot, page: DirectoryPage, typed: str
) -> None:
    write(page.departments.search, typed)
    qtbot.waitUntil(lambda: "社会保障卡" in (shown(page.departments) or [""])[0])


def test_letters_that_are_still_being_composed_count(qtbot: QtBot, page: DirectoryPage) -> None:
    everything = len(shown(page.departments))
    QCoreApplication.sendEvent(page.departments.search, QInputMethodEvent("sbk", []))
    assert 0 < len(shown(page.departments)) < everything
    event = QInputMethodEvent("", [])
    event.setCommitString("监察")
    QCoreApplication.sendEvent(page.departments.search, event)
    assert shown(page.departments)[0] == "劳动保障监察大队"


def test_a_department_is_changed_by_keyboard(qtbot: QtBot, page: DirectoryPage, desk: Desk) -> None:
    choose(page, "JC")
    press(page.departments.table, Qt.Key.Key_Return)
    qtbot.waitUntil(line(page, "name").hasFocus)
    line(page, "room").setFocus()
    line(page, "room").selectAll()
    type_into(line(page, "room"), "305")
    press(line(page, "room"), Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: desk.ask(directory.department, "JC").room == "305")
    qtbot.waitUntil(lambda: not page.departments.keep.isEnabled())


def test_a_new_department_stands_in_the_list(qtbot: QtBot, page: DirectoryPage, desk: Desk) -> None:
    page.departments.new.click()
    type_into(line(page, "code"), "ylbz")
    type_into(line(page, "name"), "医疗保障窗口")
    press(line(page, "name"), Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: "医疗保障窗口" in shown(page.departments))
    assert desk.ask(directory.department, "YLBZ").name == "医疗保障窗口"
    qtbot.waitUntil(lambda: not line(page, "code").isEnabled())  # it stands on papers from now on


def test_what_is_refused_is_said_at_its_field_and_stays(qtbot: QtBot, page: DirectoryPage) -> None:
    page.departments.new.click()
    type_into(line(page, "code"), "JC")
    type_into(line(page, "name"), "另一个")
    page.departments.keep.click()
    qtbot.waitUntil(lambda: page.departments.form.said != "")
    assert line(page, "code").property("wrong") is True
    assert line(page, "code").text() == "JC"
    press(line(page, "code"), Qt.Key.Key_Escape)
    assert page.departments.table.hasFocus()
    assert line(page, "name").text() == "另一个"
    page.discard()
    assert page.departments.form.said == ""
    assert not page.has_unsaved_text()


def test_the_list_does_not_leave_what_is_typed(qtbot: QtBot, page: DirectoryPage) -> None:
    choose(page, "JC")
    name = line(page, "name").text()
    line(page, "note").setText("半句")
    page.departments.search.clear()
    with qtbot.waitSignal(page.message):
        page.departments.table.selectRow(0)
    assert line(page, "name").text() == name
    assert line(page, "note").text() == "半句"
    assert page.has_unsaved_text()
    current = page.departments.table.row()
    assert current is not None
    assert current.name == name


def test_a_matter_goes_to_a_department_with_its_papers(qtbot: QtBot, page: DirectoryPage, desk: Desk) -> None:
    page.tabs.setCurrentWidget(page.matters)
    tab = page.matters
    tab.new.click()
    draft = MatterFact(0, "开具参保证明", "参保 证明", materials="身份证\n委托书", note="窗口办")
    tab.show_fact(draft)
    box = tab.form.field("department_id")
    box.setCurrentIndex(box.findText("SB ", Qt.MatchFlag.MatchStartsWith))  # type: ignore[attr-defined]
    tab.keep.click()
    qtbot.waitUntil(lambda: "开具参保证明" in shown(tab))
    kept = next(one for one in desk.ask(directory.catalogue).matters if one.name == "开具参保证明")
    assert kept.materials == "身份证\n委托书"
    assert kept.department_id == desk.ask(directory.department, "SB").id
    tab.search.setText("kjcbzm")
    assert shown(tab) == ["开具参保证明"]


def test_clerks_come_and_go(qtbot: QtBot, page: DirectoryPage, desk: Desk) -> None:
    page.tabs.setCurrentWidget(page.clerks)
    tab = page.clerks
    tab.name.setFocus()
    write(tab.name, "李明")
    press(tab.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.list.count() == 2)
    assert tab.name.text() == ""
    assert set(desk.ask(directory.catalogue).operators) == {"王芳", "李明"}
    tab.list.setCurrentRow(1)
    tab.list.setFocus()
    press(tab.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: tab.list.count() == 1)
    assert desk.ask(directory.catalogue).operators == ("王芳",)


def test_a_clerk_without_a_name_is_refused(qtbot: QtBot, page: DirectoryPage) -> None:
    page.tabs.setCurrentWidget(page.clerks)
    page.clerks.add.click()
    qtbot.waitUntil(lambda: page.clerks.form.said != "")


def test_another_process_adds_a_department(qtbot: QtBot, page: DirectoryPage, desk: Desk) -> None:
    import uuid

    desk.do(directory.save_department, DepartmentFact(0, "NEW", "新科室"), uid=uuid.uuid4())
    qtbot.waitUntil(lambda: "新科室" in shown(page.departments))
