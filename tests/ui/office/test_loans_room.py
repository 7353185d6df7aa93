"""The room of things lent, worked by keys: lend, give back, take back, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Todo, TodoRow
from reception.facts.office import ExpectedStatus, LoanStatus
from reception.operations import site
from reception.operations.office import expected, loans
from tests.factories import new_uid
from tests.ui.today.keyboard import CTRL, SHIFT, focused, press, typed
from ui.lists import work
from ui.office.page import OfficePage
from ui.office.room import Room
from ui.window import MainWindow

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def room(qtbot: QtBot, window: MainWindow) -> Room:
    """The room in front, reached by keys."""
    press(K.Key_0, ALT)
    page = window.page("office")
    assert isinstance(page, OfficePage)
    found = page.show_room("loans")
    qtbot.waitUntil(lambda: window.lanes.idle and focused(found.table))
    return found


def _rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.lanes.idle)


def test_lend_and_give_back_by_keys_alone(qtbot: QtBot, window: MainWindow, room: Room, desk: Desk) -> None:
    press(K.Key_N, CTRL)
    form = room.panel.form
    qtbot.waitUntil(lambda: focused(form.fields["thing"]))
    press(K.Key_Return, CTRL)  # nothing is typed yet: it is said at its field
    qtbot.waitUntil(lambda: bool(form.fields["thing"].wrong))
    typed("三楼钥匙")
    press(K.Key_Return)
    typed("王强")
    press(K.Key_Escape)  # somebody comes: what is typed stays
    assert focused(room.table)
    assert room.unsaved
    press(K.Key_N, CTRL)
    assert (form.fields["thing"].raw, form.fields["whom"].raw) == ("三楼钥匙", "王强")
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 1)
    _rest(qtbot, window)
    assert window.foot.status.said == "Noted: 三楼钥匙 · 王强 Lend"
    assert focused(room.table)
    press(K.Key_1)
    typed("完好")
    press(K.Key_Return)
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 0)
    (back,) = desk.ask(loans.rows, which="all")
    assert (back.thing, back.whom, back.note, back.status) == ("三楼钥匙", "王强", "完好", LoanStatus.BACK)
    _rest(qtbot, window)
    press(K.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 1)
    assert desk.ask(loans.rows)[0].status is LoanStatus.OUT


def test_what_is_to_be_done_is_found_on_whatever_page_it_stands(
    qtbot: QtBot, window: MainWindow, room: Room, desk: Desk
) -> None:
    for number in range(120):
        last = desk.do(loans.lend, thing=f"钥匙{number}", whom="王强", uid=new_uid())
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 100)
    _rest(qtbot, window)
    press(K.Key_F, CTRL)
    typed("nothing like it")
    room.choose("all")
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 0)
    work(window, TodoRow(Todo.NOT_BACK, 0, "", last.lent_at, "王强", "", last.thing, record_id=last.id))
    qtbot.waitUntil(lambda: room.about is not None and room.about.row == last)


def test_what_the_site_lends_is_told(qtbot: QtBot, window: MainWindow, room: Room, desk: Desk) -> None:
    desk.do(site.save, {"things_lent": "雨伞\n投影仪"}, uid=new_uid())
    window.lanes.refresh_catalogue()
    qtbot.waitUntil(lambda: room.catalogue is not None and "投影仪" in str(room.catalogue.site.values))
    press(K.Key_N, CTRL)
    assert room.panel.form.note.text().endswith("雨伞、投影仪")


def test_what_is_thrown_away_comes_back(qtbot: QtBot, window: MainWindow, room: Room) -> None:
    press(K.Key_N, CTRL)
    typed("雨伞")
    press(K.Key_Delete, CTRL | SHIFT)
    assert not room.unsaved
    press(K.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: room.unsaved)
    assert room.panel.form.fields["thing"].raw == "雨伞"


def test_whoever_is_expected_becomes_a_visit_from_todays_list_with_one_key(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    at = dt.datetime.now(dt.UTC)
    coming = desk.do(expected.note, at=at, name="陈处长", organisation="市人社局", uid=new_uid())
    table = window.today.todo.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 1 and window.lanes.idle)
    press(K.Key_F10)
    assert window.today.todo.step_button.text().startswith("Arrived")
    press(K.Key_Space)
    qtbot.waitUntil(lambda: bool(desk.ask(expected.one, coming.id).visit))
    qtbot.waitUntil(lambda: window.lanes.idle)
    press(K.Key_Z, CTRL | SHIFT)
    waits = ExpectedStatus.EXPECTED
    qtbot.waitUntil(lambda: desk.ask(expected.one, coming.id).status is waits)
