"""Every act of the window is taken back by one key, wherever it was done, and done again by another."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import (
    Act,
    CallResult,
    EntryStatus,
    Kind,
    NewCallback,
    NewEntry,
    NewReferral,
    PartStatus,
    Party,
    Query,
)
from reception.facts.desk_work import Undone
from reception.facts.people import NoteKind
from reception.operations import (
    callbacks,
    directory,
    entries,
    find,
    people,
    presence,
    reading,
    referrals,
    site,
)
from tests.ui.pages import write
from tests.ui.today.keyboard import ALT, CTRL, press, typed
from ui import undo
from ui.directory.page import DirectoryPage
from ui.here.page import HerePage
from ui.referrals.page import ReferralsPage
from ui.settings.page import SettingsPage
from ui.today.case_answer import CaseDialog
from ui.today.entry_view import EntryDialog
from ui.window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier
ZHANG = Party("张建国", "13800001111", "某建筑公司")


def register(desk: Desk, subject: str = "问路", **fields: Any) -> int:
    new = NewEntry(Kind.VISIT, subject, **{"parties": (ZHANG,), **fields})
    return desk.do(entries.register, new).entry_id


def status(desk: Desk, entry: int) -> EntryStatus:
    return desk.ask(reading.rows, [entry])[0].status


def offered(window: MainWindow, name: str) -> bool:
    """Whether the button for taking back (or doing again) stands beside the message."""
    action = window.actions_by_name[name]
    buttons = [one for one in window.foot.findChildren(QToolButton) if one.defaultAction() is action]
    return any(one.isVisible() for one in buttons)


class Turns:
    """Presses the two keys and looks at what became of it."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot, self._window = qtbot, window

    def there_and_back(self, done: Callable[[], bool], words: str) -> None:
        """What was just done: said with the button, taken back, done again, taken back."""
        qtbot, window = self._qtbot, self._window
        qtbot.waitUntil(done)
        qtbot.waitUntil(lambda: words in window.foot.status.said)
        qtbot.waitUntil(lambda: offered(window, "undo"))
        assert not offered(window, "redo")
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        for again in (False, True, False):
            press(Qt.Key.Key_Y if again else Qt.Key.Key_Z, CTRL | SHIFT)
            qtbot.waitUntil(lambda wanted=again: done() == wanted)  # type: ignore[misc]
            qtbot.waitUntil(lambda wanted=again: offered(window, "redo") != wanted)  # type: ignore[misc]
        qtbot.waitUntil(lambda: window.lanes.idle)


@pytest.fixture
def turns(qtbot: QtBot, window: MainWindow) -> Turns:
    return Turns(qtbot, window)


# On the Today page.


def test_a_save_done_again_takes_its_form_along_and_never_what_was_changed_since(
    qtbot: QtBot, window: MainWindow, desk: Desk, turns: Turns
) -> None:
    form = window.today.form

    def saved() -> bool:
        return [row.status for row in desk.ask(find.entries, Query())] == [EntryStatus.OPEN]

    typed("问路")
    press(Qt.Key.Key_Return, CTRL)
    turns.there_and_back(saved, "Saved")
    assert form.body.matter.raw[1] == "问路"  # back to the moment before it was saved
    press(Qt.Key.Key_Y, CTRL | SHIFT)
    qtbot.waitUntil(saved)
    qtbot.waitUntil(lambda: not form.touched)  # it is an entry again
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: form.touched)
    form.body.person.setFocus()
    typed("李四")
    press(Qt.Key.Key_Y, CTRL | SHIFT)
    assert "Ctrl+Enter" in window.foot.status.said
    assert form.body.person.raw == "李四"
    assert not saved()
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(desk.ask(find.entries, Query())) == 2)


def test_the_keys_go_back_and_forth_through_the_acts_until_something_else_is_done(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    one, other = register(desk), register(desk, "退休审批")

    def here() -> set[int]:
        return {visitor.entry_id for visitor in desk.ask(presence.here)}

    qtbot.waitUntil(lambda: window.today.day.table.rows.rowCount() == 2)
    window.today.day.table.setFocus()
    for row in (0, 1):
        window.today.day.table.selectRow(row)
        press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: here() == set())
    for _key in range(2):  # faster than the register answers
        press(Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: here() == {one, other})
    press(Qt.Key.Key_Y, CTRL | SHIFT)
    qtbot.waitUntil(lambda: here() == {one})  # the newest stands above
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: here() == {one, other})
    qtbot.waitUntil(lambda: offered(window, "redo"))
    press(Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: "noted" in window.foot.status.said)
    assert not offered(window, "redo")
    press(Qt.Key.Key_Y, CTRL | SHIFT)
    assert here() == {one, other}


def test_a_call_given_up_is_finished_and_owed_again_when_it_is_taken_back(
    qtbot: QtBot, window: MainWindow, desk: Desk, turns: Turns
) -> None:
    new = NewEntry(
        Kind.CALL_IN,
        "问失业金",
        parties=(ZHANG,),
        act=Act.PUT_THROUGH,
        call_result=CallResult.NO_ANSWER,
        department_id=1,
        callback=NewCallback(),
    )
    entry = desk.do(entries.register, new).entry_id
    table = window.today.todo.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 1)
    press(Qt.Key.Key_F10)
    press(Qt.Key.Key_4)
    typed("停机")
    press(Qt.Key.Key_Return)
    turns.there_and_back(lambda: status(desk, entry) is EntryStatus.FINISHED, "noted")
    assert len(desk.ask(callbacks.owed)) == 1
    qtbot.waitUntil(lambda: table.rows.rowCount() == 1)
    press(Qt.Key.Key_F10)
    press(Qt.Key.Key_2)  # and one that was tried in vain
    turns.there_and_back(lambda: desk.ask(callbacks.owed)[0].attempts == 1, "noted")


def test_an_enquiry_noted_is_taken_back(qtbot: QtBot, window: MainWindow, desk: Desk, turns: Turns) -> None:
    case = register(desk, "拖欠工资")
    press(Qt.Key.Key_I, CTRL)
    dialog = window.findChild(CaseDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.text.hasFocus)
    write(dialog.text, "1111")
    qtbot.waitUntil(dialog.note_button.isEnabled)
    press(Qt.Key.Key_Return)

    def asked() -> bool:
        found = desk.ask(reading.entry, case).enquiries
        return [row.status for row in found if row.status is not EntryStatus.VOID] != []

    qtbot.waitUntil(lambda: window.findChild(CaseDialog) is None)
    turns.there_and_back(asked, "Saved")


# On the other pages.


def test_who_is_here_and_a_step_of_a_referral(
    qtbot: QtBot, window: MainWindow, desk: Desk, turns: Turns
) -> None:
    lead = desk.ask(directory.department, "JC").id
    entry = register(desk, referral=NewReferral(lead))
    press(Qt.Key.Key_F5)
    here = window.page("here")
    assert isinstance(here, HerePage)
    qtbot.waitUntil(lambda: here.table.rows.rowCount() == 1)
    press(Qt.Key.Key_Space)
    turns.there_and_back(lambda: desk.ask(presence.here) == (), "left")
    window.show_page("referrals")
    page = window.page("referrals")
    assert isinstance(page, ReferralsPage)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
    page.table.setFocus()
    press(Qt.Key.Key_2)
    typed("李队长")
    press(Qt.Key.Key_Return)

    def received() -> bool:
        return desk.ask(reading.entry, entry).referrals[0].parts[0].status is PartStatus.RECEIVED

    turns.there_and_back(received, "Noted")
    assert desk.ask(referrals.count) != {}


def test_the_directory_and_the_settings(qtbot: QtBot, window: MainWindow, desk: Desk, turns: Turns) -> None:
    window.show_page("directory")
    page = window.page("directory")
    assert isinstance(page, DirectoryPage)
    tab = page.departments
    tab.new.click()
    for name, text in (("code", "YLBZ"), ("name", "医疗保障窗口")):
        field = tab.form.field(name)
        field.setFocus()
        typed(text)
    press(Qt.Key.Key_Return, CTRL)

    def in_use() -> bool:
        there = desk.ask(directory.catalogue).departments
        return any(one.code == "YLBZ" and one.active for one in there)

    turns.there_and_back(in_use, "Saved")
    assert "not in use" in window.foot.status.said
    qtbot.waitUntil(lambda: not tab.unsaved and not tab.typed().active)  # the form shows it as it is now
    page.tabs.setCurrentWidget(page.clerks)
    page.clerks.name.setFocus()
    typed("李静")
    press(Qt.Key.Key_Return)
    turns.there_and_back(lambda: "李静" in desk.ask(directory.catalogue).operators, "on the list")
    window.show_page("settings")
    settings = window.page("settings")
    assert isinstance(settings, SettingsPage)
    before = desk.ask(site.site)
    settings.site.footer.setFocus()
    settings.site.footer.selectAll()
    typed("新页脚")
    settings.site.name.setFocus()
    settings.site.name.selectAll()
    typed("新县人社局")
    press(Qt.Key.Key_Return)
    turns.there_and_back(lambda: desk.ask(site.site).footer == "新页脚", "saved")
    assert desk.ask(site.site) == before
    qtbot.waitUntil(lambda: settings.site.footer.text() == before.footer)
    assert not window.today.has_unsaved_text()


def test_people_noted_put_together_and_taken_apart(
    qtbot: QtBot, window: MainWindow, desk: Desk, turns: Turns
) -> None:
    register(desk)
    register(desk, parties=(Party("张建囯", "13800002222"),))
    one, other = sorted(offer.id for offer in desk.ask(people.find, ""))
    window.show_page("directory")
    page = window.page("directory")
    assert isinstance(page, DirectoryPage)
    page.tabs.setCurrentWidget(page.people)
    tab = page.people
    qtbot.waitUntil(lambda: tab.table.rows.rowCount() == 2)
    tab.table.setFocus()
    tab.table.select(one)
    qtbot.waitUntil(tab.merge_button.isEnabled)
    press(Qt.Key.Key_N, ALT)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return, CTRL)

    def noted() -> bool:
        return desk.ask(people.person, one).offer.note_kind is NoteKind.INTERPRETER

    turns.there_and_back(noted, "Saved")
    qtbot.waitUntil(lambda: tab.kind.currentIndex() == 0)

    def merged() -> bool:
        return [offer.id for offer in desk.ask(people.person, one).merged] == [other]

    offers = {offer.id: offer for offer in desk.ask(people.find, "")}
    tab._on_agreed(offers[one], offers[other])  # the question's own keys are tested with it
    turns.there_and_back(merged, "one now")
    press(Qt.Key.Key_Y, CTRL | SHIFT)
    qtbot.waitUntil(merged)
    qtbot.waitUntil(tab.apart_button.isVisible)
    press(Qt.Key.Key_M, CTRL | SHIFT)
    turns.there_and_back(lambda: not merged(), "one of its own")


def test_what_changed_nothing_is_nothing_to_take_back(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    window.show_page("settings")
    settings = window.page("settings")
    assert isinstance(settings, SettingsPage)
    settings.site.name.setFocus()
    press(Qt.Key.Key_End)
    typed(" ")  # the register keeps no blank at the end
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "saved" in window.foot.status.said)
    assert not offered(window, "undo")
    assert not window.actions_by_name["undo"].isEnabled()


# In the entry's window.


def test_the_entry_s_window_offers_both_beside_its_message(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    entry = register(desk)
    window.today.open_entry.emit(entry)
    dialog = window.findChild(EntryDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.form.isEnabled)
    again, back = dialog.message.buttons
    assert not again.isVisible()
    assert not back.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_L, ALT)

    def left() -> bool:
        return desk.ask(reading.rows, [entry])[0].left_at is not None

    qtbot.waitUntil(left)
    qtbot.waitUntil(back.isVisible)
    assert "Saved" in dialog.message.text()
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not left())
    qtbot.waitUntil(again.isVisible)
    qtbot.waitUntil(lambda: "Taken back" in dialog.message.text())
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(left)
    qtbot.waitUntil(lambda: "Done again" in dialog.message.text())
    qtbot.waitUntil(lambda: window.lanes.idle)
    # What is being typed stays, and is saved upon what was taken back.
    dialog.form.body.outcome.setFocus()
    typed("已答复")
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: not left())
    qtbot.waitUntil(lambda: "Taken back" in dialog.message.text())
    assert dialog.form.body.outcome.raw == "已答复"
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: desk.ask(reading.rows, [entry])[0].outcome == "已答复")
    qtbot.waitUntil(lambda: not dialog.changed)
    dialog.close()


def test_an_act_that_somebody_built_on_is_refused_in_words_and_the_one_before_is_next(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    entry = register(desk)
    table = window.today.day.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 1)
    table.setFocus()
    table.selectRow(0)
    press(Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: desk.ask(presence.here)[0].waiting_since is not None)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: desk.ask(presence.here) == ())
    row = desk.ask(reading.rows, [entry])[0]
    desk.do(entries.correct, entry, {"left_at": row.received_at}, uid=uuid.uuid4())
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: "since" in window.foot.status.said)
    assert not offered(window, "redo")
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: desk.ask(reading.rows, [entry])[0].waiting_since is None)


def test_of_a_parcel_it_is_said_what_is_taken_back() -> None:
    back = Undone(0, "张三", "save", 0, 0, "parcel")
    assert undo.words(back) == "Taken back: kept for 张三 as before."
    assert "changed again" in undo.words(replace(back, again=True))
