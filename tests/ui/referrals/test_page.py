from __future__ import annotations

import uuid

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Details, Kind, NewEntry, NewReferral, PartStatus, Party, ReferralStatus
from reception.operations import directory, entries, referrals
from tests.ui.pages import press, show, write
from tests.ui.today.keyboard import CTRL
from tests.ui.today.keyboard import press as keys
from ui.referrals.page import ReferralsPage
from ui.work import Lanes


def refer(desk: Desk, subject: str, code: str, *assist: str) -> str:
    """An entry referred to a department; its number."""
    lead = desk.ask(directory.department, code).id
    others = tuple(desk.ask(directory.department, one).id for one in assist)
    new = NewEntry(Kind.VISIT, subject, parties=(Party("张建国", "13800000001"),))
    receipt = desk.do(entries.register, new)
    desk.do(referrals.refer, receipt.entry_id, NewReferral(lead, others, "请核实"), uid=uuid.uuid4())
    return receipt.number


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, lanes: Lanes) -> ReferralsPage:
    refer(desk, "拖欠工资", "JC", "LDGX")
    refer(desk, "工伤认定", "GS")
    made = show(qtbot, lanes, ReferralsPage, "referrals")
    qtbot.waitUntil(lambda: made.table.rows.rowCount() == 3)
    return made


def shown(page: ReferralsPage) -> list[str]:
    rows = (page.table.rows.row(at) for at in range(page.table.rows.rowCount()))
    return [row.referral.part.name.partition("/")[2] for row in rows if row is not None and row.referral]


def current(page: ReferralsPage) -> str:
    row = page.table.row()
    return row.referral.part.name.partition("/")[2] if row is not None and row.referral else ""


def asked(page: ReferralsPage, name: str) -> QLineEdit | QPlainTextEdit:
    """A field of the question that is open; it has the keyboard."""
    editor = page.form.fields[name].editor
    assert isinstance(editor, QLineEdit | QPlainTextEdit)
    assert editor.hasFocus()
    return editor


def test_the_longest_sent_part_stands_first_and_is_shown_beside_the_list(page: ReferralsPage) -> None:
    assert shown(page) == ["JC", "LDGX", "GS"]
    assert current(page) == "JC"
    assert page.detail.facts.value("subject") == "拖欠工资"
    assert page.detail.facts.value("person") == "张建国"
    assert page.detail.facts.value("instruction") == "请核实"


def test_whose_identity_is_protected_is_named_neither_in_the_list_nor_beside_it(
    qtbot: QtBot, page: ReferralsPage, desk: Desk
) -> None:
    lead = desk.ask(directory.department, "JC").id
    hidden = NewEntry(
        Kind.VISIT,
        "举报不签合同",
        parties=(Party("司马秘", "13900009999"),),
        referral=NewReferral(lead),
        details=Details(identity_protected=True),
    )
    desk.do(entries.register, hidden)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 4)
    press(page.table, Qt.Key.Key_End, CTRL)
    qtbot.waitUntil(lambda: page.detail.facts.value("subject") == "举报不签合同")
    rows = page.table.rows
    cells = [str(rows.data(rows.index(3, column))) for column in range(rows.columnCount())]
    assert not [cell for cell in cells if "司马秘" in cell]
    assert "秘" not in page.detail.facts.value("person")
    assert page.detail.facts.value("phone") == ""


def test_a_part_is_worked_by_keys_from_told_to_closed(qtbot: QtBot, page: ReferralsPage, desk: Desk) -> None:
    table = page.table
    number = desk.ask(referrals.rows)[-1].number
    press(table, Qt.Key.Key_End, CTRL)
    assert current(page) == "GS"

    def state() -> PartStatus:
        return desk.ask(referrals.find_part, f"{number}/GS").status

    press(table, Qt.Key.Key_1)
    field = asked(page, "told_whom")
    write(field, "李科长")
    press(field, Qt.Key.Key_Return)  # one line and Enter: when is asked only of whom it matters to
    qtbot.waitUntil(lambda: page.detail.facts.value("told").endswith("李科长"))
    assert desk.ask(referrals.find_part, f"{number}/GS").told_whom == "李科长"

    press(table, Qt.Key.Key_2)
    field = asked(page, "received_by")
    assert isinstance(field, QLineEdit)
    assert field.selectedText() == "李科长"  # who was told mostly signs too
    press(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.detail.facts.value("status") == "Received")
    assert state() is PartStatus.RECEIVED

    press(table, Qt.Key.Key_3)
    keys(Qt.Key.Key_1)
    box = asked(page, "answer")
    write(box, "已答复")
    press(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "closed" in page.steps.offered)
    assert state() is PartStatus.ANSWERED

    press(table, Qt.Key.Key_5)
    box = asked(page, "closing_note")
    press(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(page) == ["JC", "LDGX"])
    assert desk.ask(referrals.find_referral, number).status is ReferralStatus.CLOSED


def test_a_return_needs_its_reason_and_says_so_beside_the_field(
    qtbot: QtBot, page: ReferralsPage, desk: Desk
) -> None:
    press(page.table, Qt.Key.Key_4)
    box = asked(page, "return_reason")
    press(box, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.form.said != "")
    assert box.hasFocus()
    write(box, "应由监察")
    press(box, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(page.form.isHidden)
    assert desk.ask(referrals.rows, which="returned")[0].part.return_reason == "应由监察"


def test_escape_closes_the_question_and_keeps_what_was_typed(page: ReferralsPage) -> None:
    for digit, name in ((Qt.Key.Key_1, "told_whom"), (Qt.Key.Key_4, "return_reason")):
        press(page.table, digit)
        write(asked(page, name), "李")
        press(asked(page, name), Qt.Key.Key_Escape)
        assert page.form.isHidden()
        assert page.table.hasFocus()
        assert page.has_unsaved_text()
        press(page.table, Qt.Key.Key_2)  # another question knows nothing of it
        asked(page, "received_by")
        assert page.form.typed["received_by"] == ""
        press(asked(page, "received_by"), Qt.Key.Key_Escape)
        press(page.table, digit)
        assert page.form.typed[name] == "李"
        page.discard()
        assert page.form.isHidden()
        assert not page.has_unsaved_text()
        press(page.table, digit)
        assert page.form.typed[name] == ""
        page.discard()


def test_what_is_being_typed_stays_when_the_cursor_moves(
    qtbot: QtBot, page: ReferralsPage, desk: Desk
) -> None:
    press(page.table, Qt.Key.Key_1)
    field = asked(page, "told_whom")
    write(field, "李科长")
    press(page.table, Qt.Key.Key_Down)
    assert current(page) == "LDGX"
    press(field, Qt.Key.Key_Return)
    qtbot.waitUntil(page.form.isHidden)
    told = {row.part.department: row.part.told_whom for row in desk.ask(referrals.rows)}
    assert told == {"JC": "李科长", "LDGX": "", "GS": ""}


def test_ctrl_digit_works_from_the_filters(qtbot: QtBot, page: ReferralsPage) -> None:
    page.filters.department.setFocus()
    press(page.filters.department, Qt.Key.Key_2, CTRL)
    qtbot.waitUntil(page.form.isVisible)
    asked(page, "received_by")
    press(asked(page, "received_by"), Qt.Key.Key_6, CTRL)
    assert page.form.step is not None
    assert page.form.step.name == "reminded"


def test_the_list_follows_filter_and_department(qtbot: QtBot, page: ReferralsPage, desk: Desk) -> None:
    part = next(row.part for row in desk.ask(referrals.rows) if row.part.department == "JC")
    desk.do(referrals.receive, part.id, "赵队", uid=uuid.uuid4())
    returned = next(row.part for row in desk.ask(referrals.rows) if row.part.department == "GS")
    desk.do(referrals.give_back, returned.id, "不归我们管", uid=uuid.uuid4())
    qtbot.waitUntil(lambda: page.filters.buttons["returned"].text() == "Returned 1")
    page.filters.buttons["returned"].click()
    qtbot.waitUntil(lambda: shown(page) == ["GS"])
    press(page.table, Qt.Key.Key_PageDown, CTRL)
    press(page.table, Qt.Key.Key_PageUp, CTRL)
    assert page.filters.which == "returned"
    page.filters.buttons["open"].click()
    page.filters.department.setCurrentIndex(page.filters.department.findData("LDGX"))
    qtbot.waitUntil(lambda: shown(page) == ["LDGX"])


def test_a_referral_from_another_process_appears_and_the_cursor_stays(
    qtbot: QtBot, page: ReferralsPage, desk: Desk
) -> None:
    refer(desk, "失业金", "JY")
    qtbot.waitUntil(lambda: shown(page) == ["JC", "LDGX", "GS", "JY"])
    assert current(page) == "JC"


def test_enter_opens_the_entry(qtbot: QtBot, page: ReferralsPage) -> None:
    row = page.table.row()
    assert row is not None
    with qtbot.waitSignal(page.open_entry) as asked:
        press(page.table, Qt.Key.Key_Return)
    assert asked.args == [row.entry_id]


def test_a_step_that_makes_no_sense_is_not_offered(qtbot: QtBot, page: ReferralsPage) -> None:
    assert not page.steps.buttons["closed"].isVisible()
    for key in (Qt.Key.Key_5, Qt.Key.Key_9, Qt.Key.Key_E):
        with qtbot.waitSignal(page.message):
            press(page.table, key)
    assert page.form.isHidden()


def test_a_correction_of_a_protected_name_is_not_told_in_the_timeline(
    qtbot: QtBot, page: ReferralsPage, desk: Desk
) -> None:
    lead = desk.ask(directory.department, "XF").id
    hidden = NewEntry(
        Kind.VISIT,
        "反映情况",
        parties=(Party("司马秘", "13900009999"),),
        referral=NewReferral(lead),
        details=Details(identity_protected=True),
    )
    entry = desk.do(entries.register, hidden).entry_id
    changes = {"parties": (Party("司马密", "13900009999"),), "outcome": "已记录"}
    desk.do(entries.correct, entry, changes, version=1, uid=uuid.uuid4())
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 4)
    press(page.table, Qt.Key.Key_End, CTRL)
    rows = page.timeline.rows

    def told() -> list[str]:
        return [str(rows.data(rows.index(at, 1))) for at in range(rows.rowCount())]

    qtbot.waitUntil(lambda: "已记录" in "".join(told()))
    assert not [one for one in told() if "司马" in one]


def test_the_department_can_be_told_from_the_list_on_a_small_screen(
    qtbot: QtBot, page: ReferralsPage, desk: Desk
) -> None:
    lead = desk.ask(directory.department, "CJB")
    new = NewEntry(
        Kind.VISIT,
        "农村养老金怎么领，家里老人走不动，问能不能由村里代办，要带什么材料",
        parties=(Party("阿卜杜拉·吐尔逊·买买提", "13800000002"),),
        referral=NewReferral(lead.id, instruction="请核实"),
    )
    receipt = desk.do(entries.register, new)
    part = desk.ask(referrals.find_part, receipt.number).id
    desk.do(referrals.told, part, "信访接待室彭雪敏", uid=uuid.uuid4())
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 4)
    page.resize(1280, 620)
    table = page.table

    def cut() -> list[str]:
        metrics, wide = table.fontMetrics(), table.columnWidth
        texts = {"name": f"{receipt.number}/CJB", "department": lead.name[:8], "person": "阿卜杜拉"}
        return [
            name for name, text in texts.items() if wide(table.column(name)) < metrics.horizontalAdvance(text)
        ]

    qtbot.waitUntil(lambda: sum(map(table.columnWidth, range(len(table.rows.columns)))) > 0 and not cut())
    assert sum(map(table.columnWidth, range(len(table.rows.columns)))) <= table.viewport().width()
    assert table.horizontalScrollBar().maximum() == 0
