"""Who sits down sees what waits and was said, accepts once or says what is missing; notes stay pinned."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.errors import StateError
from reception.facts import Act, Duty, Kind, NewEntry, NewReferral, Party, PinKind
from reception.numbers import day_date
from reception.operations import directory, duties, entries, pins, shifts, site
from tests.ui.today.keyboard import CTRL, focused, press, typed
from tests.ui.typing_hand import Hand
from ui.dialogs.clerk import ClerkDialog
from ui.shift.page import ShiftPage
from ui.shift.strip import ShiftStrip
from ui.today.entry_view import EntryDialog
from ui.window import MainWindow

K = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk with two clerks at which something is open, on a leader's instruction."""
    desk.do(directory.save_operator, "李明", uid=uuid.uuid4())
    lead = desk.ask(directory.department, "JC").id
    referral = NewReferral(lead, leader="周局长")
    who = (Party("张建国", "13800001111"),)
    new = NewEntry(
        Kind.VISIT, "反映欠薪", act=Act.REFERRED, department_id=lead, referral=referral, parties=who
    )
    desk.do(entries.register, new)
    desk.do(entries.register, NewEntry(Kind.VISIT, "还没办"))
    desk.do(pins.pin, "会议室钥匙两把", kind=PinKind.HELD, uid=uuid.uuid4())
    return desk


@pytest.fixture
def window(busy: Desk, window: MainWindow) -> MainWindow:
    """The window of 王芳, who works at that desk."""
    return window


def shown(qtbot: QtBot, window: MainWindow) -> ShiftPage:
    """The page of the shift, once it has been told how the desk stands."""
    page = window.page("shift")
    assert isinstance(page, ShiftPage)
    qtbot.waitUntil(lambda: page.isVisible() and page.waits.said != "" and window.lanes.idle)
    return page


def opened(qtbot: QtBot, window: MainWindow) -> ShiftPage:
    press(K.Key_F8, SHIFT)
    return shown(qtbot, window)


def taken_over(qtbot: QtBot, window: MainWindow) -> Hand:
    """李明 takes over from 王芳 with F8; the hand that did it."""
    hand = Hand()

    def choose() -> None:
        assert isinstance(QApplication.activeModalWidget(), ClerkDialog)
        hand.press(K.Key_Down)
        hand.press(K.Key_Return)

    QTimer.singleShot(300, choose)
    hand.press(K.Key_F8)
    qtbot.waitUntil(window.isActiveWindow)
    return hand


def strip(qtbot: QtBot, window: MainWindow) -> ShiftStrip:
    qtbot.waitUntil(lambda: window.today.strip is not None)
    assert window.today.strip is not None
    return window.today.strip


def test_who_takes_over_sees_what_waits_what_a_leader_said_the_open_forms_and_the_notes(
    qtbot: QtBot, window: MainWindow
) -> None:
    press(K.Key_F3)
    typed("13800001111")
    press(K.Key_Escape)
    hand = taken_over(qtbot, window)
    assert hand.beyond <= 4
    page = shown(qtbot, window)
    assert page.who.text() == "李明"
    typed("问路")
    assert not page.has_unsaved_text()
    assert "unanswered 2" in page.waits.said
    assert "13800001111" in page.forms.said
    assert texts(page) == ["反映欠薪", "还没办"]
    line = page.handing.items.rows.row(0)
    assert line is not None
    assert (line.item.leader, line.item.person) == ("周局长", "张建国")
    assert page.handing.items.rows.data(
        page.handing.items.rows.index(0, page.handing.items.column("number"))
    ).endswith("-001")
    pin = page.pins.table.rows.row(0)
    assert pin is not None
    assert (pin.kind, pin.text) == (PinKind.HELD, "会议室钥匙两把")
    press(K.Key_Escape)
    assert window.front == "today"
    assert window.today.form.body.phone.raw == "13800001111"
    window.today.discard()


def test_a_row_of_what_is_open_leads_to_its_entry_before_and_after_the_handover(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    page = opened(qtbot, window)
    for given in (False, True):
        if given:
            desk.do(shifts.hand_over, uid=uuid.uuid4())
            window.show_page("shift")
            qtbot.waitUntil(lambda: "会议室钥匙两把" in texts(page) and window.lanes.idle)
        page.handing.items.setFocus()
        press(K.Key_End)
        press(K.Key_Return)
        qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), EntryDialog))
        dialog = QApplication.activeWindow()
        assert isinstance(dialog, EntryDialog)
        qtbot.waitUntil(dialog.form.isEnabled)
        assert dialog.title.text().split()[0].endswith("-002")
        dialog.close()
        qtbot.waitUntil(window.isActiveWindow)


def texts(page: ShiftPage) -> list[str]:
    """What the list of open things says."""
    rows = page.handing.items.rows
    return [row.item.text for at in range(rows.rowCount()) if (row := rows.row(at)) is not None]


def test_a_shift_is_handed_over_and_accepted_by_the_next_with_name_and_time(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    page = opened(qtbot, window)
    page.handing.field.setFocus()
    typed("下午来取钥匙")
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: desk.ask(shifts.look).unaccepted is not None)
    qtbot.waitUntil(lambda: "Nobody has accepted it" in page.handing.sentence.text())
    assert page.handing.field.raw == ""
    assert "会议室钥匙两把" in texts(page)
    assert "anew" in page.handing.act.text()
    press(K.Key_Escape)
    line = strip(qtbot, window)
    qtbot.waitUntil(lambda: "王芳" in line.said)
    assert "Nobody has accepted it" in line.said
    taken_over(qtbot, window)
    shown(qtbot, window)
    qtbot.waitUntil(lambda: focused(page.handing.act))
    press(K.Key_Return)
    qtbot.waitUntil(lambda: desk.ask(shifts.look).unaccepted is None)
    last = desk.ask(shifts.look).last
    assert last is not None
    assert (last.giver, last.taker, last.remark) == ("王芳", "李明", "下午来取钥匙")
    qtbot.waitUntil(lambda: "Accepted by 李明" in page.handing.sentence.text())
    press(K.Key_Escape)
    qtbot.waitUntil(lambda: "Nobody has accepted" not in line.said)


def test_what_is_missing_is_said_instead_and_taken_back_by_who_said_it(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    desk.do(shifts.hand_over, uid=uuid.uuid4())
    taken_over(qtbot, window)
    page = shown(qtbot, window)
    qtbot.waitUntil(lambda: page.handing.to_accept)
    page.handing.field.setFocus()
    typed("少一把钥匙")
    assert "missing" in page.handing.act.text()
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "少一把钥匙" in page.handing.sentence.text())
    assert page.handing.field.raw == ""
    press(K.Key_Z, ALT)
    qtbot.waitUntil(lambda: desk.ask(shifts.look).unaccepted is not None)
    qtbot.waitUntil(lambda: page.handing.to_accept)


def test_of_two_windows_the_second_is_told_who_accepted_and_keeps_what_was_typed(
    qtbot: QtBot, window: MainWindow, desk: Desk, place: str
) -> None:
    given = desk.do(shifts.hand_over, uid=uuid.uuid4())
    taken_over(qtbot, window)
    page = shown(qtbot, window)
    qtbot.waitUntil(lambda: page.handing.to_accept)
    page.handing.field.setFocus()
    typed("没有钥匙")
    other = Desk.open(place, operator="赵强")
    other.do(shifts.accept, given.id, uid=uuid.uuid4())
    other.close()
    page.handing.answered.emit(given.id, "没有钥匙")  # before the window has heard of it
    qtbot.waitUntil(lambda: "赵强" in page.handing.field.wrong)
    assert page.handing.field.raw == "没有钥匙"
    with pytest.raises(StateError):
        desk.do(shifts.accept, given.id, uid=uuid.uuid4())
    page.discard()


def test_a_note_is_pinned_until_a_day_and_taken_down_by_keys(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    page = opened(qtbot, window)
    press(K.Key_N, ALT)
    assert focused(page.pins.text)
    typed("周局长说先办低保户")
    press(K.Key_Tab)
    assert focused(page.pins.until)
    typed("32")
    press(K.Key_Return)
    assert "no day" in page.pins.until.wrong
    last = day_date(window.head.day) + dt.timedelta(days=40)
    page.pins.until.editor.selectAll()
    typed(last.isoformat())
    press(K.Key_Return)
    qtbot.waitUntil(lambda: len(desk.ask(pins.pinned)) == 2)
    pinned = next(one for one in desk.ask(pins.pinned) if one.text == "周局长说先办低保户")
    assert pinned.until_day == last.year * 10_000 + last.month * 100 + last.day
    qtbot.waitUntil(lambda: page.pins.table.rows.rowCount() == 2)
    assert page.pins.text.raw == ""
    page.pins.table.setFocus()
    assert page.pins.table.select(pinned.id)
    press(K.Key_Delete)
    qtbot.waitUntil(lambda: len(desk.ask(pins.pinned)) == 1)
    press(K.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: len(desk.ask(pins.pinned)) == 2)
    qtbot.waitUntil(lambda: page.pins.table.rows.rowCount() == 2)


def test_who_is_on_duty_is_kept_where_the_site_wants_it(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    page = opened(qtbot, window)
    assert not page.duty.isVisible()
    desk.do(site.save, {"on_duty": "yes"}, uid=uuid.uuid4())
    qtbot.waitUntil(page.duty.isVisible)
    qtbot.waitUntil(lambda: window.lanes.idle)
    page.duty.fields[0].setFocus()
    typed("钱强")
    press(K.Key_Return)
    typed("周局长")
    press(K.Key_Return)
    typed("雨")
    press(K.Key_Return, CTRL)
    today = window.head.day
    qtbot.waitUntil(lambda: desk.ask(duties.of, today) == Duty(today, "钱强", "周局长", "雨"))
    press(K.Key_Escape)
    line = strip(qtbot, window)
    qtbot.waitUntil(lambda: "周局长" in line.said)
    assert "会议室钥匙两把" in line.said
    line.open.setFocus()
    press(K.Key_Return)
    assert window.front == "shift"


def test_what_is_being_written_stays_when_the_register_has_something_new(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    desk.do(site.save, {"on_duty": "yes"}, uid=uuid.uuid4())
    page = opened(qtbot, window)
    qtbot.waitUntil(page.duty.isVisible)
    page.duty.fields[0].setFocus()
    typed("钱强")
    press(K.Key_N, ALT)
    typed("还没写完的便条")
    page.handing.field.setFocus()
    typed("交代一半")
    desk.do(duties.save, Duty(window.head.day, leader="周局长"), uid=uuid.uuid4())
    desk.do(pins.pin, "别的窗口贴的", uid=uuid.uuid4())
    qtbot.waitUntil(lambda: page.pins.table.rows.rowCount() == 2)
    qtbot.waitUntil(lambda: window.lanes.idle)
    assert [field.raw for field in page.duty.fields] == ["钱强", "周局长", ""]
    assert (page.pins.text.raw, page.handing.field.raw) == ("还没写完的便条", "交代一半")
    press(K.Key_Escape)
    assert page.has_unsaved_text()
    press(K.Key_F8, SHIFT)
    press(K.Key_Delete, CTRL | SHIFT)
    assert not page.has_unsaved_text()
    press(K.Key_Z, CTRL | SHIFT)
    assert (page.pins.text.raw, page.handing.field.raw) == ("还没写完的便条", "交代一半")
    assert page.duty.fields[0].raw == "钱强"
    page.discard()


def test_a_second_press_of_the_key_is_no_second_handover_and_no_second_note(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    page = opened(qtbot, window)
    press(K.Key_N, ALT)
    typed("只贴一次")
    press(K.Key_Return)
    press(K.Key_Return)
    qtbot.waitUntil(lambda: window.lanes.idle)
    assert [one.text for one in desk.ask(pins.pinned)].count("只贴一次") == 1
    page.handing.field.setFocus()
    typed("只交一次")
    press(K.Key_Return, CTRL)
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: window.lanes.idle)
    (only,) = desk.ask(shifts.latest)
    assert only.remark == "只交一次"
