from __future__ import annotations

import datetime as dt
import uuid

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import (
    Act,
    AttemptResult,
    CallbackRow,
    CallbackStatus,
    CallResult,
    DepartmentFact,
    EntryStatus,
    Kind,
    NewCallback,
    NewEntry,
    Party,
    Query,
    Todo,
)
from reception.operations import callbacks, directory, entries, find, reading
from tests.ui.today.keyboard import CTRL, focused, press, typed
from ui.today.page import TodayPage
from ui.window import MainWindow
from ui.work import Lanes


@pytest.fixture
def page(window: MainWindow) -> TodayPage:
    return window.today


def owed(desk: Desk) -> list[CallbackRow]:
    return list(desk.ask(callbacks.owed))


def owe(desk: Desk, name: str, phone: str, due_at: dt.datetime | None = None) -> int:
    """An entry whose caller is to be called back; returns its id."""
    new = NewEntry(
        Kind.CALL_IN,
        "问失业金",
        parties=(Party(name, phone),),
        callback=NewCallback(due_at=due_at, phone=phone, owner="王芳"),
    )
    return desk.do(entries.register, new).entry_id


# Putting through.


def test_a_call_put_through_costs_three_keys_beyond_the_department(
    qtbot: QtBot, page: TodayPage, lanes: Lanes, desk: Desk
) -> None:
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_3, CTRL)
    assert focused(page.form.body.department)
    typed("jc")
    press(Qt.Key.Key_1)
    qtbot.waitUntil(lambda: len(desk.ask(find.entries, Query())) == 1)
    row = desk.ask(find.entries, Query())[0]
    assert (row.kind, row.act, row.call_result, row.department) == (
        Kind.CALL_IN,
        Act.PUT_THROUGH,
        CallResult.CONNECTED,
        "JC",
    )
    assert row.status is EntryStatus.FINISHED
    assert row.department_name in row.subject
    assert not page.form.touched


def test_a_matter_that_was_told_is_kept_and_knows_the_department(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    press(Qt.Key.Key_F3)
    page.form.body.matter.setFocus()
    typed("sbk")
    press(Qt.Key.Key_3, CTRL)
    press(Qt.Key.Key_1)
    qtbot.waitUntil(lambda: len(desk.ask(find.entries, Query())) == 1)
    row = desk.ask(find.entries, Query())[0]
    assert (row.subject, row.department, row.call_result) == ("社保卡补换", "SBK", CallResult.CONNECTED)


def test_the_digit_may_come_after_the_department_was_taken_with_enter(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_3, CTRL)
    typed("jc")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_1)
    qtbot.waitUntil(lambda: len(desk.ask(find.entries, Query())) == 1)
    row = desk.ask(find.entries, Query())[0]
    assert (row.department, row.call_result, row.outcome) == ("JC", CallResult.CONNECTED, "")


def test_a_digit_that_goes_on_with_a_department_is_no_answer(
    qtbot: QtBot, page: TodayPage, lanes: Lanes, desk: Desk
) -> None:
    new = DepartmentFact(0, "JC2", "监察二中队")
    desk.do(directory.save_department, new, uid=uuid.uuid4())
    with qtbot.waitSignal(lanes.catalogue_changed):
        lanes.refresh_catalogue()
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_3, CTRL)
    typed("jc2")
    assert page.form.body.department.editor.text() == "jc2"
    assert page.form.body.act.raw == (Act.PUT_THROUGH, None)
    press(Qt.Key.Key_1)
    qtbot.waitUntil(lambda: len(desk.ask(find.entries, Query())) == 1)
    assert desk.ask(find.entries, Query())[0].department == "JC2"


def test_nobody_answers_and_one_key_owes_the_call_back_with_the_number(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    press(Qt.Key.Key_F3)
    typed("13800002222")
    press(Qt.Key.Key_3, CTRL)
    typed("jc")
    press(Qt.Key.Key_2)
    box = page.form.body.owing
    assert box is not None
    assert box.asking
    assert box.phone.raw == "13800002222"
    assert focused(box.take)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(owed(desk)) == 1)
    row = owed(desk)[0]
    assert (row.phone, row.owner) == ("13800002222", "王芳")
    assert row.due_at is not None
    assert row.due_at > dt.datetime.now(dt.UTC)
    qtbot.waitUntil(lambda: page.todo.table.rows.rowCount() == 1)


def test_escape_ends_a_busy_call_without_owing_anything_more(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    press(Qt.Key.Key_F3)
    typed("13800002222")
    press(Qt.Key.Key_3, CTRL)
    typed("jc")
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(desk.ask(find.entries, Query())) == 1)
    entry = desk.ask(find.entries, Query())[0]
    assert entry.call_result is CallResult.BUSY
    assert desk.ask(reading.entry, entry.id).callbacks == ()


def test_the_offer_belongs_to_its_form_alone(page: TodayPage) -> None:
    press(Qt.Key.Key_F3)
    typed("13800002222")
    press(Qt.Key.Key_3, CTRL)
    typed("jc")
    press(Qt.Key.Key_2)
    box = page.form.body.owing
    assert box is not None
    assert box.asking
    press(Qt.Key.Key_F2)  # somebody comes while it rings
    assert box.isHidden()
    page.next_aside()
    assert box.asking
    assert box.phone.raw == "13800002222"
    page.discard()
    assert box.isHidden()


def test_without_a_number_the_offer_asks_for_one(page: TodayPage) -> None:
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_3, CTRL)
    typed("jc")
    press(Qt.Key.Key_2)
    assert page.form.body.owing is not None
    assert focused(page.form.body.owing.phone)


def test_a_form_put_aside_keeps_the_call_back_that_was_being_written(page: TodayPage) -> None:
    press(Qt.Key.Key_F3)
    typed("13800002222")
    page.form.body.callback.put(True)
    box = page.form.body.owing
    assert box is not None
    box.owner.put("李秀英")
    press(Qt.Key.Key_F2)
    assert not box.isVisible()
    press(Qt.Key.Key_Tab, CTRL)
    assert box.isVisible()
    assert (box.phone.raw, box.owner.raw) == ("13800002222", "李秀英")


# The queue.


def test_the_most_urgent_call_comes_first_and_says_that_it_is_overdue(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    now = dt.datetime.now(dt.UTC)
    owe(desk, "陈某", "13800000001", now + dt.timedelta(hours=3))
    owe(desk, "李某", "13800000002", now - dt.timedelta(minutes=5))
    table = page.todo.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 2)
    shown = [row.person for at in range(2) if (row := table.rows.row(at)) is not None]
    assert shown == ["李某", "陈某"]
    column = table.column("what")
    assert table.rows.data(table.rows.index(0, column)) == "Call overdue"
    assert table.rows.data(table.rows.index(1, column)) == "To be called"


def test_each_attempt_is_one_digit_until_somebody_is_reached(
    qtbot: QtBot, page: TodayPage, lanes: Lanes, desk: Desk
) -> None:
    entry = owe(desk, "陈某", "13800000001")
    qtbot.waitUntil(lambda: page.todo.table.rows.rowCount() == 1)
    press(Qt.Key.Key_F10)
    press(Qt.Key.Key_2)
    qtbot.waitUntil(lambda: owed(desk)[0].attempts == 1)
    qtbot.waitUntil(lambda: lanes.idle)
    press(Qt.Key.Key_3)
    qtbot.waitUntil(lambda: owed(desk)[0].attempts == 2)
    qtbot.waitUntil(lambda: lanes.idle)
    press(Qt.Key.Key_1)
    assert focused(page.todo.note.field)
    assert page.todo.note.field.text() == "陈某"
    typed("陈某的儿子")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: owed(desk) == [])
    attempts = desk.ask(reading.entry, entry).callbacks[0].attempts
    assert [one.result for one in attempts] == [
        AttemptResult.NO_ANSWER,
        AttemptResult.BUSY,
        AttemptResult.REACHED,
    ]
    assert attempts[-1].reached == "陈某的儿子"
    qtbot.waitUntil(lambda: page.todo.table.rows.rowCount() == 0)


def test_a_call_is_given_up_with_a_reason_or_not_at_all(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    entry = owe(desk, "陈某", "13800000001")
    qtbot.waitUntil(lambda: page.todo.table.rows.rowCount() == 1)
    press(Qt.Key.Key_F10)
    press(Qt.Key.Key_4)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.todo.note.said != "")
    typed("号码已停机")
    press(Qt.Key.Key_Escape)
    assert page.todo.table.hasFocus()
    assert page.has_unsaved_text()
    press(Qt.Key.Key_4)
    assert page.todo.note.field.text() == "号码已停机"
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: owed(desk) == [])
    qtbot.waitUntil(lambda: not page.has_unsaved_text())  # the register knows before the page does
    view = desk.ask(reading.entry, entry).callbacks[0]
    assert (view.status, view.reason) == (CallbackStatus.GIVEN_UP, "号码已停机")


def test_a_call_that_an_entry_only_says_is_wanted_takes_its_steps_too(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    new = NewEntry(
        Kind.CALL_IN,
        "问失业金",
        parties=(Party("陈某", "13800000001"),),
        act=Act.PUT_THROUGH,
        call_result=CallResult.BUSY,
        department_id=1,
    )
    desk.do(entries.register, new)
    qtbot.waitUntil(lambda: page.todo.table.rows.rowCount() == 1)
    press(Qt.Key.Key_F10)
    press(Qt.Key.Key_2)
    qtbot.waitUntil(lambda: [row.attempts for row in owed(desk)] == [1])


def test_an_outgoing_call_begins_with_the_number_that_is_owed(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    owe(desk, "陈某", "13800000001")
    qtbot.waitUntil(lambda: page.todo.table.rows.rowCount() == 1)
    press(Qt.Key.Key_F10)
    press(Qt.Key.Key_F4)
    assert page.form.kind is Kind.CALL_OUT
    assert (page.form.body.phone.raw, page.form.body.person.raw) == ("13800000001", "陈某")
    assert page.form.body.matter.raw[1] == "问失业金"


def test_a_call_that_was_made_and_saved_asks_who_answered_and_is_owed_no_more(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    owe(desk, "陈某", "138 0000 0001")
    qtbot.waitUntil(lambda: page.todo.table.rows.rowCount() == 1)
    press(Qt.Key.Key_F4)
    typed("13800000001")
    page.form.body.matter.setFocus()
    typed("回话")
    press(Qt.Key.Key_1, CTRL)
    typed("每月20日发")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(page.todo.note.isVisible)
    assert page.todo.note.field.hasFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: owed(desk) == [])
    qtbot.waitUntil(lambda: not page.todo.note.isVisible())
    assert focused(page.form)


# Waiting.


def whats(page: TodayPage) -> list[Todo]:
    rows = page.todo.table.rows
    return [row.what for at in range(rows.rowCount()) if (row := rows.row(at)) is not None]


def test_a_visitor_of_the_day_waits_is_received_and_leaves_by_keys(
    qtbot: QtBot, page: TodayPage, lanes: Lanes, desk: Desk
) -> None:
    entry = desk.do(entries.register, NewEntry(Kind.VISIT, "问路")).entry_id
    qtbot.waitUntil(lambda: page.day.table.rows.rowCount() == 1)
    page.day.table.setFocus()
    page.day.table.selectRow(0)
    press(Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: desk.ask(reading.entry, entry).row.waiting_since is not None)
    qtbot.waitUntil(lambda: whats(page) == [Todo.WAITING] and lanes.idle)
    number = desk.ask(reading.entry, entry).row.number
    assert page.todo.waits.isVisible()
    assert page.todo.waits.said == f"Waiting here (Alt+8): {number} 0′"
    press(Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: desk.ask(reading.entry, entry).row.seen_at is not None)
    qtbot.waitUntil(lambda: whats(page) == [Todo.OPEN] and lanes.idle)
    assert not page.todo.waits.isVisible()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: desk.ask(reading.entry, entry).row.left_at is not None)


def test_the_list_begins_with_the_most_pressing_each_time_one_comes_to_it(
    qtbot: QtBot, window: MainWindow, page: TodayPage, desk: Desk
) -> None:
    desk.do(entries.register, NewEntry(Kind.VISIT, "问路", uid=uuid.uuid4()))
    qtbot.waitUntil(lambda: whats(page) == [Todo.OPEN])
    press(Qt.Key.Key_F10)
    press(Qt.Key.Key_Space)
    assert window.foot.status.said == "Nobody waits on this line."
    press(Qt.Key.Key_F2)
    waits = desk.do(entries.register, NewEntry(Kind.VISIT, "补卡", uid=uuid.uuid4())).entry_id
    desk.do(entries.wait, waits, uid=uuid.uuid4())
    qtbot.waitUntil(lambda: whats(page) == [Todo.WAITING, Todo.OPEN])
    press(Qt.Key.Key_F10)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: desk.ask(reading.entry, waits).row.seen_at is not None)


def test_a_call_of_the_day_neither_waits_nor_leaves(
    qtbot: QtBot, window: MainWindow, page: TodayPage, desk: Desk
) -> None:
    desk.do(entries.register, NewEntry(Kind.CALL_IN, "问失业金", uid=uuid.uuid4()))
    qtbot.waitUntil(lambda: page.day.table.rows.rowCount() == 1)
    page.day.table.setFocus()
    page.day.table.selectRow(0)
    press(Qt.Key.Key_Space)
    assert "choose a visit" in window.foot.status.said
