from __future__ import annotations

import datetime as dt
import uuid

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Act, Details, EntryView, Kind, NewEntry, Party, Query, Sex
from reception.facts.people import NoteKind, PersonOffer
from reception.operations import entries, find, people, reading
from tests.ui.today.keyboard import CTRL, SHIFT, focused, press, typed
from ui.today.entry_view import EntryDialog
from ui.today.page import TodayPage
from ui.today.persons import filled
from ui.widgets.recall_list import OfferList
from ui.window import MainWindow
from ui.work import Lanes

ZHANG = Party("张建国", "13800001111", "某建筑公司", Sex.MALE)
WANG = Party("王小丽", "13911112222", "幸福小区3栋")


def came(desk: Desk, who: Party, subject: str = "拖欠工资", **fields: object) -> int:
    new = NewEntry(Kind.VISIT, subject, uid=uuid.uuid4(), parties=(who,), **fields)  # type: ignore[arg-type]
    return desk.do(entries.register, new).entry_id


def offered(qtbot: QtBot, page: TodayPage, count: int) -> tuple[str, ...]:
    """What is offered, once there are so many."""
    qtbot.waitUntil(lambda: len(page.people.recall.said) == count + 1)
    return page.people.recall.said


def latest(qtbot: QtBot, desk: Desk, count: int) -> EntryView:
    qtbot.waitUntil(lambda: len(desk.ask(find.entries, Query())) >= count)
    return desk.ask(reading.entry, desk.ask(find.entries, Query())[0].id)


def test_a_repeat_caller_is_found_by_digits_and_referred_with_few_keys(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    came(desk, ZHANG)
    press(Qt.Key.Key_F3)
    typed("0000111")  # some digits of the number
    rows = offered(qtbot, page, 1)
    assert "张建国" in rows[0]
    assert "13800001111" in rows[0]
    assert "某建筑公司" in rows[0]
    assert "拖欠工资" in rows[0]
    assert "1 time" in rows[0]
    assert "open 1" in rows[0]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert focused(page.form.body.matter)
    typed("tqgz")
    press(Qt.Key.Key_4, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    view = latest(qtbot, desk, 2)
    assert view.row.act is Act.REFERRED
    main = view.parties[0]
    assert (main.name, main.phone, main.organisation, main.sex) == (
        "张建国",
        "13800001111",
        "某建筑公司",
        Sex.MALE,
    )
    assert main.person_id == desk.ask(people.recall, "张建国")[0].id
    assert desk.ask(people.recall, "张建国")[0].times == 2


def test_initials_that_are_being_composed_count_and_the_composition_is_not_disturbed(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    came(desk, ZHANG)
    came(desk, WANG)
    page.form.body.person.setFocus()
    editor = page.form.body.person.editor
    QCoreApplication.sendEvent(editor, QInputMethodEvent("zjg", []))
    assert "张建国" in offered(qtbot, page, 1)[0]
    assert page.form.body.person.raw == ""
    assert focused(page.form.body.person)
    press(Qt.Key.Key_Down)  # the input method would have taken it; it must not choose
    assert page.form.body.person.raw == ""
    event = QInputMethodEvent("", [])
    event.setCommitString("王")
    QCoreApplication.sendEvent(editor, event)
    qtbot.waitUntil(lambda: "王小丽" in "".join(page.people.recall.said))
    typed("小丽")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert page.form.body.person.raw == "王小丽"
    assert page.form.body.phone.raw == "13911112222"


def test_a_composition_that_is_given_up_offers_nobody(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    came(desk, ZHANG)
    page.form.body.person.setFocus()
    editor = page.form.body.person.editor
    QCoreApplication.sendEvent(editor, QInputMethodEvent("zjg", []))
    offered(qtbot, page, 1)
    QCoreApplication.sendEvent(editor, QInputMethodEvent("", []))
    assert page.people.recall.said == ()


def test_typing_on_narrows_and_enter_without_choosing_takes_nobody(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    came(desk, ZHANG)
    came(desk, Party("张建军", "13800003333"))
    page.form.body.person.setFocus()
    typed("张建")
    offered(qtbot, page, 2)
    typed("军")
    offered(qtbot, page, 1)
    press(Qt.Key.Key_Return)
    assert page.people.recall.said == ()
    assert page.form.body.person.raw == "张建军"
    assert page.form.body.phone.raw == ""
    assert page.form.body.known.raw is None
    assert focused(page.form.body.organisation)


def test_escape_closes_the_list_only(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    came(desk, ZHANG)
    press(Qt.Key.Key_L, CTRL)
    page.form.body.person.setFocus()
    typed("张")
    offered(qtbot, page, 1)
    press(Qt.Key.Key_Escape)
    assert page.people.recall.said == ()
    assert page.form.body.person.raw == "张"
    assert page.late.active
    press(Qt.Key.Key_Down)  # and it can be asked for again
    offered(qtbot, page, 1)


def test_the_list_stays_under_its_field_when_a_note_moves_it(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    came(desk, ZHANG)
    banned = desk.ask(people.recall, "张建国")[0].id
    desk.do(people.save_note, banned, NoteKind.BANNED, "2026年3月在大厅打人", uid=uuid.uuid4())
    press(Qt.Key.Key_F3)
    field = page.form.body.phone.editor
    window = page.window()
    before = field.mapTo(window, QPoint(0, 0))
    typed("13800001111")
    offered(qtbot, page, 1)
    qtbot.waitUntil(lambda: page.people.notes.banner.said != "")
    qtbot.waitUntil(lambda: field.mapTo(window, QPoint(0, 0)) != before)
    box = window.findChild(OfferList)
    assert box is not None
    assert box.isVisible()
    qtbot.waitUntil(lambda: box.y() == field.mapTo(window, QPoint(0, field.height())).y())


def test_what_was_typed_before_the_first_rows_came_is_looked_up_too(
    qtbot: QtBot, lanes: Lanes, desk: Desk
) -> None:
    came(desk, ZHANG)
    window = MainWindow(lanes)
    qtbot.addWidget(window, before_close_func=MainWindow.leave)
    window.today.start(Kind.CALL_IN)
    QTest.keyClicks(window.today.form.body.phone.editor, "0000111")
    assert window.today.people._recall is None
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.today.people._recall is not None)
    assert "张建国" in offered(qtbot, window.today, 1)[0]


def test_one_number_of_many_people_shows_them_all_and_a_long_list_goes_on(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    for number in range(35):
        came(desk, Party(f"工人{'甲乙丙丁戊己庚'[number % 7]}{'一二三四五'[number // 7]}", "13700007777"))
    press(Qt.Key.Key_F3)
    typed("7777")
    rows = offered(qtbot, page, 12)
    assert "12" in rows[-1]
    for _step in range(10):
        press(Qt.Key.Key_Down)
    rows = offered(qtbot, page, 35)
    assert "35" in rows[-1]
    for _step in range(19):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert page.form.body.person.raw in rows[28]


def test_what_the_clerk_typed_stays(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    came(desk, ZHANG)
    typed("问路")
    page.form.body.phone.setFocus()
    typed("13555556666")
    page.form.body.organisation.setFocus()
    typed("另一家公司")
    page.form.body.person.setFocus()
    typed("张建")
    offered(qtbot, page, 1)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert page.form.body.person.raw == "张建国"
    assert page.form.body.phone.raw == "13555556666"
    assert page.form.body.organisation.raw == "另一家公司"
    assert focused(page.form.body.party)
    press(Qt.Key.Key_Return, CTRL)
    latest(qtbot, desk, 2)
    assert set(desk.ask(people.recall, "张建国")[0].phones) == {"13555556666", "13800001111"}


def test_another_name_is_another_person(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    came(desk, ZHANG)
    typed("问路")
    page.form.body.person.setFocus()
    typed("张")
    offered(qtbot, page, 1)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert not page.form.body.known.isHidden()
    page.form.body.person.setFocus()
    page.form.body.person.editor.selectAll()
    typed("李四")
    assert page.form.body.known.raw is None
    assert page.form.body.known.isHidden()


def test_whoever_was_chosen_is_kept_while_the_form_is_aside(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    came(desk, ZHANG)
    page.form.body.person.setFocus()
    typed("张")
    offered(qtbot, page, 1)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    known = page.form.body.known.raw
    press(Qt.Key.Key_F3)
    assert page.form.body.known.raw is None
    press(Qt.Key.Key_Tab, CTRL)
    assert page.form.body.known.raw == known
    assert page.form.body.person.raw == "张建国"


def test_a_click_takes_too(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    came(desk, ZHANG)
    page.form.body.person.setFocus()
    typed("张")
    offered(qtbot, page, 1)
    box = page.people.recall._list  # the list itself is nobody's business but the mouse's
    assert box is not None
    QTest.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=box.list.viewport().rect().center())
    assert page.form.body.phone.raw == "13800001111"


def test_representatives_are_recalled_too(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    came(desk, ZHANG)
    typed("集体反映")
    press(Qt.Key.Key_G, CTRL | SHIFT)
    typed("张建")
    offered(qtbot, page, 1)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    typed("李四")
    press(Qt.Key.Key_Return, CTRL)
    view = latest(qtbot, desk, 2)
    assert [(one.name, one.phone) for one in view.parties[1:]] == [("张建国", "13800001111"), ("李四", "")]
    assert view.parties[1].person_id == desk.ask(people.recall, "张建国")[0].id


def test_whom_the_register_must_not_disclose_is_veiled_in_the_list(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    came(desk, ZHANG, "举报欠薪", details=Details(identity_protected=True))
    page.form.body.person.setFocus()
    typed("张建国")
    said = "".join(offered(qtbot, page, 1))
    assert "建国" not in said
    assert "1380000" not in said
    assert "举报" not in said


def test_whoever_is_chosen_stays_protected_and_the_next_visitor_is_not(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    came(desk, ZHANG, "举报欠薪", details=Details(identity_protected=True))
    known = desk.ask(people.recall, "张建国")[0].id
    page.form.body.person.setFocus()
    typed("张建国")
    offered(qtbot, page, 1)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    said = page.form.body.known.raw
    assert said is not None
    assert "Identity not to be disclosed" in said[2]
    typed("问进展")
    press(Qt.Key.Key_Return, CTRL)
    view = latest(qtbot, desk, 2)
    assert view.row.identity_protected
    assert (view.parties[0].name, view.parties[0].person_id) == ("张建国", known)
    page.form.body.person.setFocus()
    typed("建国")
    assert "张建国" not in "".join(offered(qtbot, page, 1))
    press(Qt.Key.Key_Escape)
    page.form.body.matter.setFocus()
    typed("问路")
    press(Qt.Key.Key_Return, CTRL)
    assert not latest(qtbot, desk, 3).row.identity_protected


def test_a_protected_person_among_several_protects_the_entry_too(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    came(desk, ZHANG, "举报欠薪", details=Details(identity_protected=True))
    typed("集体反映")
    press(Qt.Key.Key_G, CTRL | SHIFT)
    typed("张建")
    offered(qtbot, page, 1)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, CTRL)
    assert latest(qtbot, desk, 2).row.identity_protected


def test_a_note_on_whoever_was_chosen_or_typed_exactly_is_shown_and_a_part_of_a_name_is_nobody(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    came(desk, ZHANG)
    person = desk.ask(people.recall, "张建国")[0].id
    desk.do(people.save_note, person, NoteKind.BANNED, "2026年3月在大厅打人", uid=uuid.uuid4())
    typed("问路")
    page.form.body.person.setFocus()
    typed("张建")
    assert "Banned" in offered(qtbot, page, 1)[0]
    qtbot.waitUntil(lambda: page.lanes.idle)
    assert page.people.notes.banner.said == ""
    typed("国")
    qtbot.waitUntil(lambda: "2026年3月在大厅打人" in page.people.notes.banner.said)
    assert "Banned from the building" in page.people.notes.banner.said
    page.form.body.phone.setFocus()
    typed("13999999999")  # another of that name
    qtbot.waitUntil(lambda: page.people.notes.banner.said == "")
    page.form.body.phone.editor.selectAll()
    typed("0000111")
    offered(qtbot, page, 1)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Banned" in page.people.notes.banner.said)
    desk.do(people.save_note, person, None, "", uid=uuid.uuid4())
    qtbot.waitUntil(lambda: page.people.notes.banner.said == "")


def test_a_likely_duplicate_is_pointed_out_and_opened_by_a_key(
    qtbot: QtBot, window: MainWindow, page: TodayPage, desk: Desk
) -> None:
    number = came(desk, ZHANG, "社保卡补换")
    typed("sbk")
    press(Qt.Key.Key_Return)
    typed("13800001111")
    qtbot.waitUntil(lambda: "001" in page.people.twice.said)
    assert "张建国" in page.people.twice.said
    with qtbot.waitSignal(page.open_entry) as opened:
        press(Qt.Key.Key_D, CTRL)
    assert opened.args == [number]
    dialog = window.findChild(EntryDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: window.lanes.idle)
    dialog.close()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    press(Qt.Key.Key_Return, CTRL)  # it is no obstacle
    assert latest(qtbot, desk, 2).row.phone == "13800001111"
    qtbot.waitUntil(lambda: page.people.twice.said == "")


OFFER = PersonOffer(7, "张建国", ("13800001111", "0571-88887777"), "某建筑公司", None, 1, None, "", "", 0)


@pytest.mark.parametrize(
    ("source", "typed_", "expected"),
    [
        ("phone", ("0000", "", ""), ("13800001111", "张建国", "某建筑公司")),
        ("phone", ("8888", "", ""), ("0571-88887777", "张建国", "某建筑公司")),
        ("name", ("", "zjg", ""), ("13800001111", "张建国", "某建筑公司")),
        ("name", ("8888", "张", "建筑"), ("0571-88887777", "张建国", "某建筑公司")),
        ("name", ("13912345678", "张", ""), ("13912345678", "张建国", "某建筑公司")),
        ("name", ("", "张", "别处"), ("13800001111", "张建国", "别处")),
        ("phone", ("张", "", ""), ("13800001111", "张建国", "某建筑公司")),
        ("organisation", ("", "老张", "建筑"), ("13800001111", "老张", "某建筑公司")),
    ],
)
def test_what_an_offer_fills(
    source: str, typed_: tuple[str, str, str], expected: tuple[str, str, str]
) -> None:
    names = ("phone", "name", "organisation")
    found = filled(dict(zip(names, typed_, strict=True)), source, OFFER)
    assert tuple(found[name] for name in names) == expected


def test_an_offer_without_a_number_leaves_none_of_the_letters_in_the_phone_field() -> None:
    offer = PersonOffer(8, "李四", (), "", None, 1, dt.datetime.now(dt.UTC), "", "", 0)
    assert filled({"phone": "李", "name": "", "organisation": ""}, "phone", offer)["phone"] == ""
