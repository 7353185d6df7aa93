"""The rooms of papers and of parcels, worked by keys: nothing typed is lost, every act comes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import EntryStatus
from reception.facts.office import PaperWay, ParcelStatus
from reception.facts.papers_in import PaperIn, PaperStep
from reception.operations.office import papers_in, parcels
from tests.factories import new_uid
from tests.ui.today.keyboard import CTRL, SHIFT, focused, press, typed
from ui.office.documents import DocumentsRoom
from ui.office.page import OfficePage
from ui.office.room import Room
from ui.sheet.preview import SheetPage
from ui.window import MainWindow

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
K_NONE = Qt.KeyboardModifier.NoModifier


def _room(qtbot: QtBot, window: MainWindow, name: str) -> Room:
    """A room in front, reached by keys."""
    press(K.Key_0, ALT)
    page = window.page("office")
    assert isinstance(page, OfficePage)
    found = page.show_room(name)
    qtbot.waitUntil(lambda: window.lanes.idle and focused(found.table))
    return found


@pytest.fixture
def room(qtbot: QtBot, window: MainWindow) -> Room:
    return _room(qtbot, window, "documents")


def _papers(desk: Desk) -> tuple[PaperIn, ...]:
    return desk.ask(papers_in.rows, which="all")


def _paper(title: str, *, sender: str = "省人社厅") -> None:
    press(K.Key_N, CTRL)
    typed(sender)
    press(K.Key_Return)
    typed("人社厅发〔2026〕31号")
    press(K.Key_Return)
    typed("11-20")
    press(K.Key_Return)
    typed(title)
    press(K.Key_Return, CTRL)


def test_papers_come_in_a_row_by_keys_and_what_stays_the_same_stays(
    qtbot: QtBot, window: MainWindow, room: Room, desk: Desk
) -> None:
    _paper("关于职称评审的通知")
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 1)
    qtbot.waitUntil(lambda: window.lanes.idle)
    (first,) = _papers(desk)
    assert (first.title, first.sender, first.sender_number) == (
        "关于职称评审的通知",
        "省人社厅",
        "人社厅发〔2026〕31号",
    )
    assert str(first.sender_day).endswith("1120")
    press(K.Key_N, CTRL)
    form = room.panel.form
    form.fields["way"].setFocus()
    press(K.Key_3)  # by courier
    typed("5")  # copies
    form.fields["sender"].setFocus()
    typed("市政府办")
    form.fields["subject"].setFocus()
    typed("机密★10年 关于某事")
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "classified" in form.fields["subject"].wrong)
    assert room.unsaved
    press(K.Key_A, CTRL)
    typed("关于防汛值班的通知")
    press(K.Key_Escape)  # somebody comes: what is typed stays
    assert focused(room.table)
    assert room.unsaved
    press(K.Key_N, CTRL)
    assert form.fields["subject"].raw == "关于防汛值班的通知"
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 2)
    qtbot.waitUntil(lambda: window.lanes.idle)
    second = _papers(desk)[0]
    assert (second.sender, second.way, second.copies) == ("市政府办", PaperWay.COURIER, 5)
    _paper("关于职称评审的通知", sender="省厅传真")  # the same number once more
    qtbot.waitUntil(lambda: second.serial not in room.facts.value("same") and room.table.rows.rowCount() == 3)
    qtbot.waitUntil(lambda: first.serial in room.facts.value("same") and window.lanes.idle)
    press(K.Key_N, CTRL)
    assert form.fields["way"].raw is PaperWay.COURIER  # the next one comes by the same way
    assert form.fields["sender"].raw == ""
    typed("县委办")
    press(K.Key_Delete, CTRL | SHIFT)
    assert not room.unsaved
    press(K.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: room.unsaved)
    assert form.fields["sender"].raw == "县委办"
    press(K.Key_Delete, CTRL | SHIFT)


def test_departments_are_offered_and_understood_while_it_is_typed_to_whom_a_paper_goes(
    qtbot: QtBot, window: MainWindow, room: Room, desk: Desk
) -> None:
    assert isinstance(room, DocumentsRoom)
    _paper("关于职称评审的通知")
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 1 and window.lanes.idle and room.table.hasFocus())
    press(K.Key_3)
    field = room.panel.form.fields["to"]
    typed("李局长")
    assert (field.wrong, room.recall.listing) == ("", False)
    typed("，劳监")
    assert field.wrong == "劳监 is 劳动保障监察大队"
    qtbot.waitUntil(lambda: room.recall.listing)
    assert room.recall.said[0].startswith("劳动保障监察大队")
    press(K.Key_Escape)  # the list; the question stays
    assert not room.recall.listing
    typed("、保险科")
    assert field.wrong.endswith("保险科: which one?")
    for _letter in "保险科":
        press(K.Key_Backspace)
    typed("xf")
    qtbot.waitUntil(lambda: room.recall.listing)
    press(K.Key_Down)
    press(K.Key_Return)
    assert field.raw == "李局长，劳监、信访室、"
    press(K.Key_Return)
    qtbot.waitUntil(lambda: len(_papers(desk)[0].readers) == 3)
    assert [(one.name, one.department) for one in _papers(desk)[0].readers] == [
        ("李局长", ""),
        ("劳动保障监察大队", "JC"),
        ("信访室", "XF"),
    ]


def test_a_paper_is_referred_circulated_signed_with_one_key_filed_and_taken_back(
    qtbot: QtBot, window: MainWindow, room: Room, desk: Desk
) -> None:
    _paper("关于职称评审的通知")
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 1 and window.lanes.idle)
    press(K.Key_3)
    typed("李局长、JC")
    press(K.Key_Return)
    _settled(qtbot, window, room, desk, PaperStep.CIRCULATING)
    assert "李局长" in room.facts.value("readers")
    QTest.keyPress(window.windowHandle(), K.Key_1)  # a key that bounces, and is held: one has signed
    QTest.keyClick(window.windowHandle(), K.Key_1)
    _held(window, K.Key_1)
    qtbot.waitUntil(lambda: window.lanes.idle and room.facts.value("readers").startswith("✓"))
    _held(window, K.Key_1)
    _held(window, K.Key_2, CTRL)  # nor does it begin anything from elsewhere
    qtbot.waitUntil(lambda: window.lanes.idle)
    assert [one.name for one in _papers(desk)[0].unsigned] == ["劳动保障监察大队"]
    assert room.panel.form.step is None
    press(K.Key_6)
    typed("jc")
    press(K.Key_Return)
    press(K.Key_Return)
    typed("已阅")
    press(K.Key_Return)
    one = _settled(qtbot, window, room, desk, PaperStep.NOTHING)
    assert [(reader.name, reader.note) for reader in one.readers] == [
        ("李局长", ""),
        ("劳动保障监察大队", "已阅"),
    ]
    press(K.Key_9)
    typed("李局长")
    press(K.Key_Return)
    typed("请认真办理")
    press(K.Key_Return)
    qtbot.waitUntil(lambda: "请认真办理" in room.facts.value("instructions") and window.lanes.idle)
    press(K.Key_4)
    typed("档案柜2026-3")
    press(K.Key_Return)
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 0)
    qtbot.waitUntil(lambda: window.lanes.idle)
    assert _papers(desk)[0].status is EntryStatus.FINISHED
    press(K.Key_Z, CTRL | SHIFT)
    _settled(qtbot, window, room, desk, PaperStep.NOTHING)
    _correct(qtbot, window, room, desk)
    press(K.Key_2)
    typed("监察")
    press(K.Key_Return)
    press(K.Key_Return)
    assert _settled(qtbot, window, room, desk, PaperStep.REFERRED).lead == "劳动保障监察大队"
    _look_at_its_paper(qtbot, window, one)
    room.table.setFocus()
    press(K.Key_Space)  # what it waits for: the department's answer, then the end of the referral
    typed("已转发各单位")
    press(K.Key_Return)
    qtbot.waitUntil(lambda: _papers(desk)[0].result == "已转发各单位" and window.lanes.idle)
    qtbot.waitUntil(lambda: "Answered" in room.facts.value("stands"))
    press(K.Key_4)  # a department has it: it cannot be filed, and the foot says so
    assert room.panel.form.step is None
    assert room.facts.value("lead").startswith("劳动保障监察大队")


def _settled(qtbot: QtBot, window: MainWindow, room: Room, desk: Desk, step: PaperStep) -> PaperIn:
    """The newest paper, once the register and the room say that it stands there."""

    def shown() -> PaperStep | None:
        row = room.table.row()
        return row.step if row is not None else None

    qtbot.waitUntil(lambda: window.lanes.idle and _papers(desk)[0].step is step)
    qtbot.waitUntil(lambda: shown() is step)
    return _papers(desk)[0]


def _held(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = K_NONE) -> None:
    """A key that is held goes on coming, to the window."""
    again = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, chr(key), True)
    QApplication.sendEvent(window.windowHandle(), again)


def _correct(qtbot: QtBot, window: MainWindow, room: Room, desk: Desk) -> None:
    press(K.Key_5)
    form = room.panel.form
    assert form.fields["subject"].raw == "关于职称评审的通知"
    assert form.fields["copies"].raw == "1"
    form.fields["copies"].setFocus()
    press(K.Key_A, CTRL)
    typed("4")
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: _papers(desk)[0].copies == 4)
    qtbot.waitUntil(lambda: window.lanes.idle)


def _look_at_its_paper(qtbot: QtBot, window: MainWindow, one: PaperIn) -> None:
    press(K.Key_P, CTRL)
    page = window.page("sheet")
    assert isinstance(page, SheetPage)
    qtbot.waitUntil(lambda: window.front == "sheet")
    today = one.day
    assert [(wanted.name, dict(wanted.args), wanted.chosen) for wanted in page.paper.job.wanted] == [
        ("handling_slip", {"number": one.number}, True),
        ("document_register", {"first_day": today // 100 * 100 + 1, "last_day": today}, False),
        ("document_register", {"first_day": today // 10_000 * 10_000 + 101, "last_day": today}, False),
    ]
    press(K.Key_Escape)
    qtbot.waitUntil(lambda: window.front == "office" and window.lanes.idle)


def test_parcels_are_taken_in_and_handed_out_by_keys(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    room = _room(qtbot, window, "parcels")
    press(K.Key_N, CTRL)
    press(K.Key_Return, CTRL)  # for nobody: it is said at its field
    form = room.panel.form
    qtbot.waitUntil(lambda: bool(form.fields["whom"].wrong))
    typed("孙科长")
    form.fields["tracking"].setFocus()
    typed("SF100200300")
    press(K.Key_Return)
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 1 and window.lanes.idle)
    press(K.Key_1)
    assert form.fields["to"].raw == "孙科长"  # whoever it is for took it, unless somebody else is named
    press(K.Key_Return)
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 0 and window.lanes.idle)
    (handed,) = desk.ask(parcels.rows, which="all")
    assert (handed.status, handed.handed_to) == (ParcelStatus.HANDED, "孙科长")
    press(K.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 1 and window.lanes.idle)
    desk.do(parcels.take_in, whom="孙科长", uid=new_uid())
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 2 and window.lanes.idle)
    press(K.Key_2)
    typed("查无此人")
    press(K.Key_Escape)
    press(K.Key_Down)
    press(K.Key_2)  # the other one for the same person: nothing was said of it
    assert form.fields["why"].raw == ""
    press(K.Key_Escape)
    press(K.Key_Up)
    press(K.Key_2)
    assert form.fields["why"].raw == "查无此人"
    press(K.Key_Return)
    qtbot.waitUntil(lambda: len(desk.ask(parcels.rows)) == 1 and window.lanes.idle)
    assert [one.note for one in desk.ask(parcels.rows, which="all")] == ["", "查无此人"]
