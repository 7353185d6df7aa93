"""The room of meeting notices, worked by keys: begun, called down the list, changed, taken in."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception import dates
from reception.desk import Desk
from reception.facts import Kind, NewEntry, Party, Todo
from reception.facts.meetings import MeetingView, Notified
from reception.facts.office import Reply
from reception.operations import callbacks, entries, to_do
from reception.operations.office import meetings
from tests.ui.today.keyboard import CTRL, SHIFT, focused, press, typed
from ui import lists
from ui.office.meetings import MeetingsRoom
from ui.office.page import OfficePage
from ui.sheet.preview import SheetPage
from ui.window import MainWindow

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
LIST = "王芳\t局长\t13900000001\n李明 13900000002\n王芳\t\t13900000001"


@pytest.fixture
def room(qtbot: QtBot, window: MainWindow) -> MeetingsRoom:
    """The room in front, reached by keys."""
    press(K.Key_0, ALT)
    page = window.page("office")
    assert isinstance(page, OfficePage)
    found = page.show_room("meetings")
    assert isinstance(found, MeetingsRoom)
    qtbot.waitUntil(lambda: window.lanes.idle and focused(found.table))
    return found


def _rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.lanes.idle)


def _tomorrow() -> dt.datetime:
    return dt.datetime.now(dt.UTC) + dt.timedelta(days=1)


def _begin(qtbot: QtBot, window: MainWindow, room: MeetingsRoom, desk: Desk, **words: str) -> MeetingView:
    """Begin a notice by keys."""
    press(K.Key_N, CTRL)
    fields = room.panel.form.fields
    qtbot.waitUntil(lambda: focused(fields["subject"]))
    usual = {"subject": "例会", "meets_at": f"{_tomorrow():%m-%d} 15:00", "place": "三楼", "invitees": LIST}
    for name, text in {**usual, **words}.items():
        fields[name].setFocus()
        QApplication.clipboard().setText(text)
        press(K.Key_V, CTRL)
    assert dates.weekday(_tomorrow().date(), "en") in fields["meets_at"].wrong  # beside the date as typed
    assert "2 to be called" in fields["invitees"].wrong
    assert "王芳" in fields["invitees"].wrong  # stands there twice
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: room.grid.table.rows.rowCount() == 2)
    _rest(qtbot, window)
    return _only(desk)


def _only(desk: Desk) -> MeetingView:
    (row,) = desk.ask(meetings.rows)
    return desk.ask(meetings.view, row.entry_id)


def _shown(room: MeetingsRoom) -> list[tuple[str, str]]:
    rows = room.grid.table.rows
    return [(rows.cells(at)[0].text, rows.cells(at)[2].text) for at in range(rows.rowCount())]


def test_down_the_list_by_keys_alone(
    qtbot: QtBot, window: MainWindow, room: MeetingsRoom, desk: Desk
) -> None:
    _begin(qtbot, window, room, desk)
    grid, form = room.grid, room.panel.form
    qtbot.waitUntil(lambda: grid.large.text() == "王芳  局长  13900000001")
    press(K.Key_1)
    typed("本人")
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "convenes" in form.said)  # asked for before the first call
    assert form.fields["told_whom"].raw == "本人"
    press(K.Key_Escape)
    press(K.Key_6)
    for name, text in (("convener", "吴局长"), ("agenda", "总结")):
        form.fields[name].setFocus()
        typed(text)
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: form.step is None)
    _rest(qtbot, window)
    assert focused(grid.table)
    press(K.Key_1)
    assert form.fields["told_whom"].raw == "本人"  # it was kept
    form.fields["reply"].setFocus()
    press(K.Key_1)  # will attend
    typed("刘副局长")
    press(K.Key_Return)
    qtbot.waitUntil(lambda: grid.large.text() == "李明  13900000002")  # on to the next
    _rest(qtbot, window)
    press(K.Key_2)
    qtbot.waitUntil(lambda: desk.ask(callbacks.count) == 1)
    _rest(qtbot, window)
    qtbot.waitUntil(lambda: "No answer × 1" in _shown(room)[0][1])
    assert _shown(room)[1][1].endswith("本人")
    press(K.Key_2)
    qtbot.waitUntil(lambda: "No answer × 2" in _shown(room)[0][1])
    _rest(qtbot, window)
    told = _only(desk)
    assert (told.count(Notified.TOLD), told.invitees[-1].reply, told.invitees[-1].attendee) == (
        1,
        Reply.ATTENDS,
        "刘副局长",
    )
    press(K.Key_End)
    press(K.Key_E)  # they cannot come after all
    typed("出差")
    press(K.Key_Return)
    qtbot.waitUntil(lambda: _only(desk).invitees[-1].reply is Reply.EXCUSED)
    _rest(qtbot, window)
    press(K.Key_4)
    form.fields["phone"].setFocus()
    press(K.Key_A, CTRL)
    typed("8031")
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "8031" in {one.phone for one in _only(desk).invitees})
    _rest(qtbot, window)
    for _act in range(4):
        press(K.Key_Z, CTRL | SHIFT)
        _rest(qtbot, window)
    qtbot.waitUntil(lambda: desk.ask(callbacks.count) == 0)
    assert _only(desk).count(Notified.UNCALLED) == 1


def test_people_and_departments_known_are_put_on_the_list_by_few_keys(
    qtbot: QtBot, window: MainWindow, room: MeetingsRoom, desk: Desk
) -> None:
    for name, phone in (("张建国", "13800001111 / 0816-8220001"), ("张建军", "13800002222")):
        party = Party(name, phone, "某建筑公司")
        desk.do(entries.register, NewEntry(Kind.VISIT, "拖欠工资", uuid.uuid4(), parties=(party,)))
    _begin(qtbot, window, room, desk)
    press(K.Key_5)
    field = room.panel.form.fields["invitees"]
    qtbot.waitUntil(lambda: focused(field))
    editor = field.editor
    QApplication.sendEvent(editor, QInputMethodEvent("zjg", []))  # letters of an input method
    qtbot.waitUntil(lambda: "张建国" in "".join(_offered(room)))
    QApplication.sendEvent(editor, QInputMethodEvent("", []))
    typed("220001")
    qtbot.waitUntil(lambda: len(_offered(room)) == 2)
    assert "某建筑公司" in _offered(room)[0]
    press(K.Key_Down)
    press(K.Key_Return)
    assert field.raw == "张建国 · 某建筑公司 · 08168220001\n"  # at the number that was typed
    assert _offered(room) == ()
    typed("zhangjian")
    qtbot.waitUntil(lambda: len(_offered(room)) == 3)
    press(K.Key_Escape)
    assert _offered(room) == ()
    assert field.raw.endswith("zhangjian")  # only the list was closed
    press(K.Key_Down)
    qtbot.waitUntil(lambda: len(_offered(room)) == 3)
    press(K.Key_Up)  # nobody is chosen: to the line above
    assert _offered(room) == ()
    press(K.Key_Down)
    press(K.Key_Home, SHIFT)
    typed("jc")
    qtbot.waitUntil(lambda: "劳动保障监察大队" in "".join(_offered(room)))
    press(K.Key_Down)
    press(K.Key_Return)
    assert "2 to be called" in field.wrong
    assert "Ctrl+Enter" in room.panel.form.save.text()
    typed("赵敏 13900000009")
    press(K.Key_Return)  # the next line
    assert "3 to be called" in field.wrong
    press(K.Key_Return)  # a line without anything in it: that is all
    qtbot.waitUntil(lambda: room.grid.table.rows.rowCount() == 5)
    _rest(qtbot, window)
    listed = {(one.name, one.position, one.phone, one.department) for one in _only(desk).invitees}
    assert ("张建国", "某建筑公司", "08168220001", "") in listed
    assert ("劳动保障监察大队", "", "8005", "JC") in listed


def _offered(room: MeetingsRoom) -> tuple[str, ...]:
    return room.people.said


def test_another_place_begins_a_round_and_what_is_thrown_away_comes_back(
    qtbot: QtBot, window: MainWindow, room: MeetingsRoom, desk: Desk
) -> None:
    _begin(qtbot, window, room, desk, convener="吴局长", agenda="总结")
    press(K.Key_1)
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: _only(desk).count(Notified.TOLD) == 1)
    _rest(qtbot, window)
    press(K.Key_6)
    form = room.panel.form
    assert "new round" in form.note.text()
    form.fields["place"].setFocus()
    press(K.Key_A, CTRL)
    typed("礼堂")
    press(K.Key_Delete, CTRL | SHIFT)
    assert not room.unsaved
    press(K.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: room.unsaved)
    assert form.fields["place"].raw == "礼堂"
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(_only(desk).rounds) == 2)
    _rest(qtbot, window)
    qtbot.waitUntil(lambda: {how for _who, how in _shown(room)} == {"Not called"})
    assert "三楼" in room.facts.value("rounds")
    press(K.Key_8)
    press(K.Key_Return)
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 0)
    _rest(qtbot, window)
    room.choose("past")
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 1)
    room.table.setFocus()
    press(K.Key_P, CTRL)
    qtbot.waitUntil(lambda: window.front == "sheet")
    page = window.page("sheet")
    assert isinstance(page, SheetPage)
    assert [(one.name, one.chosen) for one in page.paper.job.wanted] == [
        ("meeting_notice", True),
        ("sign_in", False),
    ]


def test_a_notice_to_us_is_laid_and_answered_by_keys(
    qtbot: QtBot, window: MainWindow, room: MeetingsRoom, desk: Desk
) -> None:
    ours = _begin(qtbot, window, room, desk)
    party = Party("陈科员", "0816-8220100", "县政府办")
    desk.do(entries.register, NewEntry(Kind.CALL_IN, "核对名单", uuid.uuid4(), parties=(party,)))
    press(K.Key_R, CTRL)
    fields = room.panel.form.fields
    qtbot.waitUntil(lambda: focused(fields["organisation"]))
    typed("chenk")
    qtbot.waitUntil(lambda: len(room.senders.said) == 2)
    press(K.Key_Down)
    press(K.Key_Return)
    assert (fields["name"].raw, fields["phone"].raw) == ("陈科员", "0816-8220100")
    assert focused(fields["subject"])
    typed("安全会")
    for _field in ("convener", "when", "place", "reply by", "agenda", "attendance", "read back"):
        press(K.Key_Return)
    press(K.Key_1)  # last of all it is read back
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 2 and not room.grid.isVisible())
    _rest(qtbot, window)
    (row,) = [one for one in desk.ask(meetings.rows) if one.received]
    assert room.table.select(ours.entry_id)
    (waits,) = [one for one in desk.ask(to_do.rows) if one.what is Todo.NOTIFIED]
    window.show_page("today")
    lists.work(window, waits)  # Space in Today's list
    qtbot.waitUntil(lambda: getattr(room.table.row(), "entry_id", None) == row.entry_id)
    _rest(qtbot, window)
    press(K.Key_1)
    typed("吴局长")
    press(K.Key_Return)
    qtbot.waitUntil(lambda: desk.ask(meetings.view, row.entry_id).laid_before == "吴局长")
    _rest(qtbot, window)
    press(K.Key_2)
    press(K.Key_Return)  # whoever called
    typed("周副局长参会")
    press(K.Key_Return)
    qtbot.waitUntil(lambda: len(desk.ask(meetings.rows)) == 1)
    assert _only(desk).entry.id == ours.entry.id
    (past,) = desk.ask(meetings.rows, which="past")
    whole = desk.ask(meetings.view, past.entry_id)
    assert whole.read_back is True
    assert (whole.entry.organisation, whole.entry.phone) == ("县政府办", "0816-8220100")
    assert (whole.answered_whom, whole.entry.outcome, whole.entry.kind) == (
        "陈科员",
        "周副局长参会",
        Kind.CALL_IN,
    )
