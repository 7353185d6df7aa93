from __future__ import annotations

import datetime as dt
import uuid

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Act, EntryStatus, Kind, NewEntry, Party
from reception.operations import directory, entries
from reception.operations.office import expected, parcels
from tests.ui.pages import press, show, write
from ui.find.page import FindPage
from ui.lists import Line
from ui.office.page import OfficePage
from ui.window import MainWindow
from ui.work import Lanes


@pytest.fixture
def numbers(desk: Desk) -> dict[str, str]:
    """Three entries of today and one of a month ago, by their subject."""
    sbk = desk.ask(directory.department, "SBK").id
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=40)
    made = (
        NewEntry(
            Kind.VISIT,
            "社保卡补换",
            parties=(Party("张建国", "138 0000 0001"),),
            act=Act.POINTED,
            department_id=sbk,
        ),
        NewEntry(
            Kind.CALL_IN, "拖欠工资", request="要求支付三个月工资", parties=(Party("陈某", "0731-8223344"),)
        ),
        NewEntry(Kind.VISIT, "退休审批", outcome="已告知材料", parties=(Party(organisation="红星机械厂"),)),
        NewEntry(Kind.VISIT, "社保卡挂失", received_at=long_ago, late=True),
    )
    return {new.subject: desk.do(entries.register, new).number for new in made}


@pytest.fixture
def page(qtbot: QtBot, numbers: dict[str, str], lanes: Lanes) -> FindPage:
    made = show(qtbot, lanes, FindPage, "find")
    qtbot.waitUntil(lambda: made.table.rows.rowCount() == 4)
    return made


def shown(page: FindPage) -> list[str]:
    rows = (page.table.rows.row(at) for at in range(page.table.rows.rowCount()))
    return [row.subject for row in rows if row is not None]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("社保卡", ["社保卡挂失", "社保卡补换"]),
        ("张建国", ["社保卡补换"]),
        ("13800000001", ["社保卡补换"]),
        ("8223344", ["拖欠工资"]),
        ("红星", ["退休审批"]),
        ("三个月", ["拖欠工资"]),
        ("已告知", ["退休审批"]),
        ("没有这样的事", []),
    ],
)
def test_what_is_typed_is_found_wherever_it_stands(
    qtbot: QtBot, page: FindPage, typed: str, found: list[str]
) -> None:
    write(page.text, typed)
    qtbot.waitUntil(lambda: shown(page) == found)


def test_a_number_finds_its_entry(qtbot: QtBot, page: FindPage, numbers: dict[str, str]) -> None:
    write(page.text, numbers["退休审批"])
    qtbot.waitUntil(lambda: shown(page) == ["退休审批"])


def test_the_filters_narrow_and_can_be_dropped(qtbot: QtBot, page: FindPage) -> None:
    filters = page.filters
    filters.span.setCurrentIndex(filters.span.findData("today"))
    qtbot.waitUntil(lambda: shown(page) == ["退休审批", "拖欠工资", "社保卡补换"])
    filters.kind.setCurrentIndex(filters.kind.findData(str(Kind.VISIT)))
    qtbot.waitUntil(lambda: shown(page) == ["退休审批", "社保卡补换"])
    filters.act.setCurrentIndex(filters.act.findData(str(Act.POINTED)))
    qtbot.waitUntil(lambda: shown(page) == ["社保卡补换"])
    filters.status.setCurrentIndex(filters.status.findData(str(EntryStatus.OPEN)))
    qtbot.waitUntil(lambda: shown(page) == [])
    filters.reset.click()
    qtbot.waitUntil(lambda: len(shown(page)) == 4)


def test_a_department_filters_too(qtbot: QtBot, page: FindPage) -> None:
    box = page.filters.department
    box.setCurrentIndex(next(at for at in range(box.count()) if box.itemText(at).startswith("SBK ")))
    qtbot.waitUntil(lambda: shown(page) == ["社保卡补换"])


def test_days_between_two_dates(qtbot: QtBot, page: FindPage) -> None:
    filters = page.filters
    filters.span.setCurrentIndex(filters.span.findData("between"))
    assert filters.first.isVisible()
    filters.first.setDate(filters.first.date().addDays(-60))
    filters.last.setDate(filters.last.date().addDays(-20))
    qtbot.waitUntil(lambda: shown(page) == ["社保卡挂失"])


def test_down_goes_to_the_results_and_enter_opens(qtbot: QtBot, page: FindPage) -> None:
    write(page.text, "拖欠")
    press(page.text, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: shown(page) == ["拖欠工资"])
    qtbot.waitUntil(lambda: page.table.row() is not None)
    with qtbot.waitSignal(page.open_entry) as asked:
        press(page.table, Qt.Key.Key_Return)
    row = page.table.row()
    assert row is not None
    assert asked.args == [row.id]


def test_a_voided_entry_is_struck_through_and_says_so(qtbot: QtBot, page: FindPage, desk: Desk) -> None:
    row = page.table.rows.row(page.table.rows.rowCount() - 1)
    assert row is not None
    desk.do(entries.void, row.id, "登记错误", uid=uuid.uuid4())

    def voided() -> bool:
        model = page.table.rows
        index = model.index(model.position(row.id), page.table.column("status"))
        font = model.data(index, Qt.ItemDataRole.FontRole)
        return bool(font and font.strikeOut() and model.data(index) == "Void")

    qtbot.waitUntil(voided)


def test_scrolling_fetches_older_entries_once_each(qtbot: QtBot, page: FindPage, desk: Desk) -> None:
    for at in range(130):
        desk.do(entries.register, NewEntry(Kind.VISIT, f"问路 {at}"))
    desk.do(entries.register, NewEntry(Kind.VISIT, "与此无关"))
    write(page.text, "问路")
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 50 and shown(page)[0] == "问路 129")

    def everything_is_there() -> bool:
        page.table.scrollToBottom()
        return page.table.rows.rowCount() == 130

    qtbot.waitUntil(everything_is_there)
    assert shown(page) == [f"问路 {at}" for at in reversed(range(130))]


def cells(page: FindPage, at: int, column: str) -> tuple[str, list[str]]:
    """What a cell shows, and the parts of it that are marked."""
    cell = page.table.rows.cells(at)[page.table.column(column)]
    return cell.text, [cell.text[begin:end] for begin, end in cell.marks]


@pytest.mark.parametrize(
    ("typed", "column", "text", "marked"),
    [
        ("补换", "subject", "社保卡补换", ["补换"]),
        ("138 0000", "phone", "138 0000 0001", ["138", "0000"]),
        ("1380000", "phone", "138 0000 0001", ["138 0000"]),
        ("zjg", "name", "张建国", ["张建国"]),
        ("三个月", "subject", "拖欠工资 · 要求支付三个月工资", ["三个月"]),
        ("机械厂", "subject", "退休审批 · 红星机械厂", ["机械厂"]),
    ],
)
def test_the_part_that_was_looked_for_is_shown_and_marked(
    qtbot: QtBot, page: FindPage, typed: str, column: str, text: str, marked: list[str]
) -> None:
    write(page.text, typed)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
    assert cells(page, 0, column) == (text, marked)


def test_letters_that_are_still_composed_find_already(qtbot: QtBot, page: FindPage) -> None:
    QCoreApplication.sendEvent(page.text, QInputMethodEvent("zhang'jian", []))
    qtbot.waitUntil(lambda: shown(page) == ["社保卡补换"])
    assert page.text.text() == ""


def test_only_what_a_clerk_wrote(qtbot: QtBot, page: FindPage, lanes: Lanes, desk: Desk) -> None:
    desk.operator = "李秀英"
    desk.do(entries.register, NewEntry(Kind.VISIT, "问路"))
    with qtbot.waitSignal(lanes.catalogue_changed):
        lanes.refresh_catalogue()
    box = page.filters.clerk
    box.setCurrentIndex(box.findData("李秀英"))
    qtbot.waitUntil(lambda: shown(page) == ["问路"])
    page.filters.reset.click()
    qtbot.waitUntil(lambda: len(shown(page)) == 5)


def test_each_key_supersedes_the_question_of_the_one_before(qtbot: QtBot, page: FindPage) -> None:
    for letter in "拖欠工资没有":
        write(page.text, letter)
    qtbot.waitUntil(lambda: shown(page) == [])
    for _ in "没有":
        press(page.text, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: shown(page) == ["拖欠工资"])


def test_the_filters_are_reached_and_left_by_a_key(page: FindPage) -> None:
    page.toggle_more()
    assert page.filters.kind.hasFocus()
    page.toggle_more()
    assert page.text.hasFocus()


def test_how_far_the_index_is_is_said_while_it_is_made(page: FindPage) -> None:
    page.show_progress((430_000, 1_000_000))
    assert page.making.isVisible()
    assert "43 %" in page.making.text()
    page.show_progress((1_000_000, 1_000_000))
    assert not page.making.isVisible()


def test_what_is_no_entry_stands_below_and_leads_to_its_room(
    qtbot: QtBot, desk: Desk, page: FindPage, lanes: Lanes
) -> None:
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(days=3)
    guest = desk.do(expected.note, at=soon, name="张建国", uid=uuid.uuid4())
    for number in range(4):
        box = desk.do(parcels.take_in, whom="张建国", tracking=f"SF{number}", uid=uuid.uuid4())
    assert not page.others.isVisible()
    write(page.text, "zjg")
    qtbot.waitUntil(page.others.isVisible)
    shown_lines = [one for one in page.others.lines if one.isVisible()]
    assert [one.objectName() for one in shown_lines] == ["expected", "parcels"]
    assert "张建国" in shown_lines[0].text()
    assert shown_lines[1].accessibleName().startswith("Parcels and letters for staff 4: 张建国 SF3")
    assert page.text.hasFocus()
    wanted: list[Line] = []
    page.work_wanted.connect(wanted.append)
    press(page.text, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.table.hasFocus() and page.table.row() is not None)
    press(page.table, Qt.Key.Key_Down)
    assert shown_lines[0].hasFocus()
    press(shown_lines[0], Qt.Key.Key_Down)
    assert shown_lines[1].hasFocus()
    press(shown_lines[1], Qt.Key.Key_Return)
    press(shown_lines[1], Qt.Key.Key_Up)
    press(shown_lines[0], Qt.Key.Key_Return)
    assert wanted == [Line("parcels", box.id, "here"), Line("expected", guest.id, "coming")]
    press(shown_lines[0], Qt.Key.Key_Up)
    assert page.table.hasFocus()
    page.filters.kind.setCurrentIndex(page.filters.kind.findData(str(Kind.VISIT)))
    qtbot.waitUntil(lambda: not page.others.isVisible())
    page.filters.reset.click()
    qtbot.waitUntil(page.others.isVisible)
    lanes.write("office.expected.cancel", guest.id, uid=uuid.uuid4())
    lanes.write("office.parcels.hand_out", box.id, to="陈某", uid=uuid.uuid4())
    page.text.setFocus()
    page.text.clear()
    write(page.text, "SF3 陈某")
    qtbot.waitUntil(lambda: not shown_lines[0].isVisible() and shown_lines[1].isVisible())
    press(page.text, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(shown_lines[1].hasFocus)
    shown_lines[1].click()
    assert wanted[-1] == Line("parcels", box.id, "all")


def test_enter_on_the_line_puts_the_cursor_on_it_in_its_room(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    for whom in ("王某", "李科长", "赵某"):
        box = desk.do(parcels.take_in, whom=whom, uid=uuid.uuid4())
        if whom == "李科长":
            wanted = desk.do(parcels.hand_out, box.id, uid=uuid.uuid4())
    window.show_page("find")
    page = window.page("find")
    assert isinstance(page, FindPage)
    qtbot.waitUntil(page.text.hasFocus)
    write(page.text, "lkz")
    qtbot.waitUntil(page.others.isVisible)
    press(page.text, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    line = window.focusWidget()
    assert line is not None
    press(line, Qt.Key.Key_Return)
    office = window.page("office")
    assert isinstance(office, OfficePage)
    qtbot.waitUntil(office.isVisible)
    qtbot.waitUntil(lambda: getattr(office.room.table.row(), "id", None) == wanted.id)
    assert office.room.table.hasFocus()
