from __future__ import annotations

import uuid

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Details, Kind, NewEntry, Party
from reception.facts.people import NoteKind
from reception.operations import entries, people
from tests.ui.pages import press, show, write
from tests.ui.today.keyboard import press as key
from ui.directory.merge import MergeDialog
from ui.directory.page import DirectoryPage
from ui.directory.people import PeopleTab
from ui.work import Lanes

CONTROL = Qt.KeyboardModifier.ControlModifier
ZHANG = Party("张建国", "13800001111", "某建筑公司")


def came(desk: Desk, who: Party, subject: str = "拖欠工资", **fields: object) -> int:
    new = NewEntry(Kind.VISIT, subject, uid=uuid.uuid4(), parties=(who,), **fields)  # type: ignore[arg-type]
    return desk.do(entries.register, new).entry_id


@pytest.fixture
def tab(qtbot: QtBot, lanes: Lanes, desk: Desk) -> PeopleTab:
    """Three people, of whom two are perhaps one."""
    came(desk, ZHANG)
    came(desk, ZHANG, "催问")
    came(desk, Party("张建囯", "13800002222"), "打听进展")
    came(desk, Party("古丽", "13911112222"))
    page = show(qtbot, lanes, DirectoryPage, "directory")
    page.tabs.setCurrentWidget(page.people)
    qtbot.waitUntil(lambda: page.people.table.rows.rowCount() == 3)
    return page.people


def names(tab: PeopleTab) -> list[str]:
    rows = [tab.table.rows.row(at) for at in range(tab.table.rows.rowCount())]
    return [row.name for row in rows if row is not None]


def choose(qtbot: QtBot, tab: PeopleTab, typed: str) -> None:
    """Search and choose the first."""
    tab.search.clear()
    tab.search.setFocus()
    write(tab.search, typed)
    qtbot.waitUntil(lambda: 0 < tab.table.rows.rowCount() < 3)
    press(tab.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.merge_button.isEnabled() and bool(tab.facts.value("numbers")))


def test_a_person_is_found_with_numbers_and_history(qtbot: QtBot, tab: PeopleTab) -> None:
    choose(qtbot, tab, "jianguo")
    tab.search.clear()
    write_into = tab.search
    write_into.setFocus()
    write(write_into, "0000111")
    qtbot.waitUntil(lambda: names(tab) == ["张建国"])
    press(tab.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.title.text() == "张建国")
    assert tab.facts.value("numbers") == "13800001111"
    assert tab.facts.value("organisation") == "某建筑公司"
    assert "2 times" in tab.facts.value("seen")
    qtbot.waitUntil(lambda: tab.history.rows.rowCount() == 2)
    press(tab.table, Qt.Key.Key_Return)
    assert tab.history.hasFocus()
    with qtbot.waitSignal(tab.open_entry) as opened:
        press(tab.history, Qt.Key.Key_Return)
    newest = tab.history.rows.row(0)
    assert newest is not None
    assert opened.args == [newest.id]
    assert newest.subject == "催问"


def test_what_somebody_else_does_meanwhile_does_not_bring_back_the_one_before(
    qtbot: QtBot, lanes: Lanes, tab: PeopleTab
) -> None:
    tab.table.selectRow(0)
    qtbot.waitUntil(lambda: tab.title.text() == names(tab)[0])
    tab.table.selectRow(2)
    tab.refresh()  # before the answer is there
    qtbot.waitUntil(lambda: lanes.idle)
    assert tab.title.text() == names(tab)[2]


def test_a_note_is_written_kept_while_typing_and_taken_away_by_keyboard(
    qtbot: QtBot, tab: PeopleTab, desk: Desk
) -> None:
    choose(qtbot, tab, "古丽")
    key(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert tab.kind.hasFocus()
    press(tab.kind, Qt.Key.Key_Down)
    tab.reason.setFocus()
    write(tab.reason, "只说维吾尔语")
    assert tab.unsaved
    tab.search.setFocus()
    press(tab.search, Qt.Key.Key_Return)
    tab.table.selectRow(0)
    tab.search.clear()
    qtbot.waitUntil(lambda: tab.table.rows.rowCount() == 3)
    with qtbot.waitSignal(tab.message):
        tab.table.selectRow(1 if tab.table.currentIndex().row() != 1 else 2)
    assert tab.reason.toPlainText() == "只说维吾尔语"
    key(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not tab.unsaved)
    note = desk.ask(people.notes_on, "古丽", "13911112222")
    assert [(one.kind, one.text) for one in note] == [(NoteKind.INTERPRETER, "只说维吾尔语")]
    qtbot.waitUntil(lambda: tab.kind.currentIndex() == 1)
    tab.kind.setCurrentIndex(0)
    tab.reason.clear()
    tab.keep.click()
    qtbot.waitUntil(lambda: desk.ask(people.notes_on, "古丽", "13911112222") == ())


def write_note(tab: PeopleTab, words: str) -> None:
    tab.reason.setFocus()
    write(tab.reason, words)


def test_a_note_begun_while_the_register_was_asked_stays(
    qtbot: QtBot, lanes: Lanes, tab: PeopleTab, desk: Desk
) -> None:
    choose(qtbot, tab, "古丽")
    tab.refresh()  # as when somebody else's entry is told of
    write_note(tab, "只说维吾尔语")
    qtbot.waitUntil(lambda: lanes.idle)
    assert tab.reason.toPlainText() == "只说维吾尔语"
    tab.kind.setCurrentIndex(1)
    key(Qt.Key.Key_Return, CONTROL)
    write_note(tab, "，也懂汉语")  # before it is saved
    qtbot.waitUntil(lambda: lanes.idle)
    assert tab.reason.toPlainText() == "只说维吾尔语，也懂汉语"
    assert tab.unsaved
    (kept,) = desk.ask(people.notes_on, "古丽", "13911112222")
    assert kept.text == "只说维吾尔语"
    tab.revert.click()
    assert tab.reason.toPlainText() == "只说维吾尔语"


def test_a_note_begun_while_another_person_was_asked_for_is_not_lost(
    qtbot: QtBot, lanes: Lanes, tab: PeopleTab
) -> None:
    choose(qtbot, tab, "古丽")
    tab.search.clear()
    qtbot.waitUntil(lambda: tab.table.rows.rowCount() == 3)
    with qtbot.waitSignal(tab.message) as said:
        tab.table.selectRow(next(at for at, name in enumerate(names(tab)) if name != "古丽"))
        write_note(tab, "只说维吾尔语")
    assert "First save" in said.args[0]
    assert (tab.title.text(), tab.reason.toPlainText()) == ("古丽", "只说维吾尔语")
    row = tab.table.row()
    assert row is not None
    assert row.name == "古丽"


def test_a_ban_without_a_reason_is_refused_beside_it(qtbot: QtBot, tab: PeopleTab) -> None:
    choose(qtbot, tab, "古丽")
    tab.kind.setCurrentIndex(3)
    tab.keep.click()
    qtbot.waitUntil(lambda: tab.form.said != "")
    assert tab.kind.currentIndex() == 3
    tab.revert.click()
    assert tab.form.said == ""
    assert not tab.unsaved


def asked(qtbot: QtBot, tab: PeopleTab) -> MergeDialog:
    """The question with whom, once it is there."""
    key(Qt.Key.Key_M, CONTROL)
    dialog = tab.findChild(MergeDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.search.hasFocus)
    return dialog


def test_two_records_are_put_together_shown_both_and_taken_apart(
    qtbot: QtBot, tab: PeopleTab, desk: Desk
) -> None:
    choose(qtbot, tab, "0000111")
    dialog = asked(qtbot, tab)
    assert not dialog.agree.isEnabled()
    write(dialog.search, "2222")
    qtbot.waitUntil(lambda: dialog.table.rows.rowCount() == 2)
    press(dialog.search, Qt.Key.Key_Down)
    if "13800002222" not in dialog.said[1]:
        press(dialog.search, Qt.Key.Key_Down)
    assert dialog.said == ("13800001111", "13800002222")
    press(dialog.search, Qt.Key.Key_Return)
    assert dialog.ours.hasFocus()
    press(dialog.ours, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.merged.count() == 1)
    assert tab.title.text() == "张建国"
    assert set(tab.facts.value("numbers").split(" / ")) == {"13800001111", "13800002222"}
    qtbot.waitUntil(lambda: tab.history.rows.rowCount() == 3)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    key(Qt.Key.Key_M, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: tab.merged.count() == 0)
    qtbot.waitUntil(lambda: tab.history.rows.rowCount() == 2)
    assert len(desk.ask(people.find, "张建", 30)) == 2


def test_they_go_by_the_name_that_was_chosen(qtbot: QtBot, tab: PeopleTab, desk: Desk) -> None:
    choose(qtbot, tab, "0000111")
    dialog = asked(qtbot, tab)
    write(dialog.search, "张建囯")
    qtbot.waitUntil(lambda: dialog.table.rows.rowCount() == 1)
    press(dialog.search, Qt.Key.Key_Down)
    press(dialog.search, Qt.Key.Key_Return)
    press(dialog.ours, Qt.Key.Key_Right)
    assert dialog.theirs.isChecked()
    press(dialog.theirs, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.title.text() == "张建囯")
    assert [one.name for one in desk.ask(people.find, "0000111", 30)] == ["张建囯"]


def test_escape_puts_nobody_together(qtbot: QtBot, tab: PeopleTab, desk: Desk) -> None:
    choose(qtbot, tab, "0000111")
    dialog = asked(qtbot, tab)
    press(dialog.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: tab.findChild(MergeDialog) is None)
    assert len(desk.ask(people.find, "", 30)) == 3


def test_whom_the_register_must_not_disclose_is_veiled(qtbot: QtBot, tab: PeopleTab, desk: Desk) -> None:
    came(desk, Party("举报人甲", "13712345678"), "举报", details=Details(identity_protected=True))
    tab.search.setFocus()
    write(tab.search, "举报人")
    qtbot.waitUntil(lambda: tab.table.rows.rowCount() == 1)
    index = tab.table.rows.index(0, tab.table.column("name"))
    assert "报人甲" not in tab.table.rows.data(index)
    tab.table.selectRow(0)
    qtbot.waitUntil(lambda: tab.merge_button.isEnabled())
    qtbot.waitUntil(lambda: "＊" in tab.title.text())
    assert tab.facts.value("numbers") == ""


def test_who_comes_meanwhile_appears(qtbot: QtBot, tab: PeopleTab, desk: Desk) -> None:
    came(desk, Party("新来的", "13600006666"))
    qtbot.waitUntil(lambda: "新来的" in names(tab))
