from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import (
    CONTACTS,
    Act,
    CallResult,
    Category,
    EntryStatus,
    Kind,
    Sex,
)
from reception.operations import reading
from tests.ui.today.keyboard import CTRL, focused, press, typed
from tests.ui.today.saving import saved
from ui import labels
from ui.theme import theme
from ui.today.page import TodayPage
from ui.window import MainWindow
from ui.work import Lanes


def test_where_is_the_card_office_costs_six_keys(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    press(Qt.Key.Key_F2)
    typed("sbk")
    press(Qt.Key.Key_2, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    row = saved(qtbot, desk)[0]
    assert (row.matter, row.act, row.department, row.status) == (
        "社保卡补换",
        Act.POINTED,
        "SBK",
        EntryStatus.FINISHED,
    )
    qtbot.waitUntil(lambda: page.day.table.rows.rowCount() == 1)


def test_the_guidance_card_tells_while_initials_are_typed(qtbot: QtBot, page: TodayPage) -> None:
    typed("sbk")
    card = page.form.body.card
    qtbot.waitUntil(lambda: "305" in card.said)
    assert "身份证" in card.said
    press(Qt.Key.Key_Escape)
    assert page.form.body.card.said == ""
    assert page.form.body.matter.raw == (None, "sbk")


def test_a_matter_that_is_not_ours_says_where_to_point(qtbot: QtBot, page: TodayPage) -> None:
    typed("公积金")
    press(Qt.Key.Key_Return)
    assert "Not ours" in page.form.body.card.said


def test_a_visit_as_it_is_told(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    typed("tqgz")
    press(Qt.Key.Key_Return)
    typed("13800001111")
    press(Qt.Key.Key_Return)
    typed("张建国")
    press(Qt.Key.Key_Return)
    typed("某建筑公司")
    press(Qt.Key.Key_Return)
    typed("5")
    page.form.body.category.put(Category.COMPLAINT)
    page.form.body.act.setFocus()
    press(Qt.Key.Key_1)
    assert focused(page.form.body.outcome)
    typed("已告知去监察大队")
    press(Qt.Key.Key_Return, CTRL)
    row = saved(qtbot, desk)[0]
    assert (row.name, row.phone, row.organisation, row.party_size) == (
        "张建国",
        "13800001111",
        "某建筑公司",
        5,
    )
    assert (row.category, row.act, row.outcome) == (Category.COMPLAINT, Act.ANSWERED, "已告知去监察大队")
    assert row.operator == "王芳"


def test_after_saving_the_form_is_ready_for_the_next_visitor(
    qtbot: QtBot, window: MainWindow, page: TodayPage
) -> None:
    typed("问路")
    press(Qt.Key.Key_Return, CTRL)
    assert not page.form.touched
    assert focused(page.form.body.matter)
    qtbot.waitUntil(lambda: "Saved" in window.foot.status.said)
    assert window.foot.status.said.endswith("-001")


def test_saving_twice_quickly_is_one_entry(qtbot: QtBot, page: TodayPage, lanes: Lanes, desk: Desk) -> None:
    typed("问路")
    press(Qt.Key.Key_Return, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: lanes.idle)
    assert len(saved(qtbot, desk)) == 1
    assert page.form.said == ""
    press(Qt.Key.Key_Return, CTRL)  # slower, but nothing was typed since
    assert page.form.said == ""
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_Return, CTRL)
    assert page.form.body.matter.wrong != ""


def test_an_act_alone_is_an_empty_form(page: TodayPage) -> None:
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_4, CTRL)
    assert not page.has_unsaved_text()
    assert page.drafts() == ()
    press(Qt.Key.Key_F3)
    assert not page.asides.drafts
    assert page.form.draft().raw == {}
    typed("13800001111")
    assert page.has_unsaved_text()


def test_folding_goes_back_to_where_the_clerk_was(page: TodayPage) -> None:
    page.form.body.outcome.setFocus()
    typed("reply")
    press(Qt.Key.Key_F6)
    assert page.form.body.details is not None
    assert focused(page.form.body.details.fields["request"])
    typed("wages")
    press(Qt.Key.Key_F6)
    assert focused(page.form.body.outcome)
    press(Qt.Key.Key_F6)
    page.form.body.person.setFocus()
    press(Qt.Key.Key_F6)  # nothing is taken from where the keyboard is
    assert focused(page.form.body.person)


def test_a_matter_sets_the_department_unless_the_clerk_has(page: TodayPage) -> None:
    typed("sbk")
    press(Qt.Key.Key_Return)
    assert page.form.body.department.raw[1].startswith("信息中心")
    page.form.body.department.setFocus()
    page.form.body.department.editor.selectAll()
    typed("jc")
    press(Qt.Key.Key_Return)
    assert page.form.body.department.raw[1] == "劳动保障监察大队"
    page.form.body.matter.put((None, ""))
    page.form.body.matter.setFocus()
    typed("sbk")
    press(Qt.Key.Key_Return)
    assert page.form.body.department.raw[1] == "劳动保障监察大队"


def test_a_call_begins_at_the_phone_and_asks_how_putting_through_ended(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    press(Qt.Key.Key_F3)
    assert focused(page.form.body.phone)
    typed("13912345678")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert focused(page.form.body.matter)
    typed("sbk")
    press(Qt.Key.Key_3, CTRL)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return, CTRL)
    row = saved(qtbot, desk)[0]
    assert (row.kind, row.act, row.call_result, row.status) == (
        Kind.CALL_IN,
        Act.PUT_THROUGH,
        CallResult.NO_ANSWER,
        EntryStatus.OPEN,
    )


def test_an_outgoing_call_has_no_waiting_and_no_party(page: TodayPage) -> None:
    press(Qt.Key.Key_F4)
    assert page.form.kind is Kind.CALL_OUT
    assert page.form.body.waiting.isHidden()
    assert page.form.body.party.isHidden()
    assert not page.form.body.callback.isHidden()


def test_digits_on_the_act_row_choose_and_the_same_digit_lets_go_by_click(page: TodayPage) -> None:
    page.form.body.act.setFocus()
    press(Qt.Key.Key_4)
    assert page.form.body.act.act is Act.REFERRED
    button = page.form.body.act.stops()[0].findChildren(QWidget)[3]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.form.body.act.act is None


def test_a_referral_goes_to_a_lead_and_assisting_departments(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    typed("tqgz")
    press(Qt.Key.Key_4, CTRL)
    refer = page.form.body.refer
    assert refer is not None
    assert focused(refer.instruction)
    typed("请速办")
    refer.assist.setFocus()
    typed("zcy")
    press(Qt.Key.Key_Return)
    refer.told.setFocus()
    typed("李队长")
    press(Qt.Key.Key_Return, CTRL)
    row = saved(qtbot, desk)[0]
    parts = desk.ask(reading.entry, row.id).referrals[0].parts
    assert [(part.department, part.role.value) for part in parts] == [("JC", "lead"), ("ZCY", "assist")]
    assert parts[0].told_whom == "李队长"
    assert desk.ask(reading.entry, row.id).referrals[0].instruction == "请速办"


def test_a_call_in_the_middle_of_a_visit_puts_the_visit_aside(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    typed("问路")
    page.form.body.person.setFocus()
    typed("张建国")
    press(Qt.Key.Key_F3)
    assert not page.form.touched
    assert page.form.kind is Kind.CALL_IN
    chips = [chip for chip in page.shelf.findChildren(QToolButton) if "张建国" in chip.text()]
    assert len(chips) == 1
    typed("13912345678")
    press(Qt.Key.Key_Tab, CTRL)
    assert page.form.body.waiting.isVisibleTo(page)
    assert page.form.body.person.raw == "张建国"
    assert page.form.body.matter.raw[1] == "问路"
    press(Qt.Key.Key_Tab, CTRL)
    assert page.form.body.phone.raw == "13912345678"
    assert len(saved(qtbot, desk, 0)) == 0


def test_a_click_on_a_draft_brings_it_back(page: TodayPage) -> None:
    typed("问路")
    press(Qt.Key.Key_F3)
    chip = next(chip for chip in page.shelf.findChildren(QToolButton) if "问路" in chip.text())
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert page.form.body.matter.raw[1] == "问路"


def test_waiting_is_one_key_and_stands_under_what_is_to_be_done(
    qtbot: QtBot, window: MainWindow, page: TodayPage, desk: Desk
) -> None:
    typed("找刘科长")
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_Return, CTRL)
    row = saved(qtbot, desk)[0]
    assert row.waiting_since is not None
    qtbot.waitUntil(lambda: page.todo.table.rows.rowCount() == 1)
    qtbot.waitUntil(lambda: "waiting 1" in window.counters.said)
    page.todo.table.select(page.todo.table.rows.keys()[0])
    QTest.mouseClick(page.todo.seen_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.ask(reading.rows, [row.id])[0].seen_at is not None)
    qtbot.waitUntil(lambda: "waiting 0" in window.counters.said)


def test_the_rarely_used_fields(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    typed("问路")
    press(Qt.Key.Key_F6)
    details = page.form.body.details
    assert details is not None
    assert page.form.unfolded
    details.fields["request"].put("请尽快")
    details.fields["sex"].put(Sex.FEMALE)
    details.fields["document_type"].put("身份证")
    details.fields["document_number"].put("11010519491231003X")
    assert "digit" in details.fields["document_number"].wrong  # warned of, never refused
    details.fields["document_type"].put("12345 工单")  # whose number has 18 digits too
    assert not details.fields["document_number"].wrong
    details.fields["document_type"].put("身份证")
    details.fields["document_number"].put("11010519491231002X")
    assert not details.fields["document_number"].wrong
    details.fields["plate"].put("京A12345")
    details.fields["papers"].put("申请书 1 份")
    press(Qt.Key.Key_Return, CTRL)
    row = saved(qtbot, desk)[0]
    view = desk.ask(reading.entry, row.id)
    assert view.row.request == "请尽快"
    assert view.parties[0].sex is Sex.FEMALE
    assert view.details.plate == "京A12345"
    assert "1949" not in view.parties[0].document_number
    assert view.parties[0].document_number.endswith("002X")
    assert not page.form.unfolded


def test_a_complaint_unfolds_what_it_asks_for(page: TodayPage) -> None:
    page.form.body.category.put(Category.COMPLAINT)
    details = page.form.body.details
    assert details is not None
    assert not details.fields["complained_about"].isHidden()
    assert details.fields["visits"].isHidden()
    page.form.body.category.put(Category.PETITION)
    assert details.fields["complained_about"].isHidden()
    assert not details.fields["visits"].isHidden()


def test_five_representatives_and_no_more(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    typed("集体反映")
    press(Qt.Key.Key_F6)
    add = page.form.body.make_people().add_button
    for number in range(5):
        QTest.mouseClick(add, Qt.MouseButton.LeftButton)
        typed(f"代表{number}")
    assert not add.isEnabled()
    press(Qt.Key.Key_Return, CTRL)
    row = saved(qtbot, desk)[0]
    view = desk.ask(reading.entry, row.id)
    assert [party.name for party in view.parties] == ["", "代表0", "代表1", "代表2", "代表3", "代表4"]


def test_an_entry_from_a_paper_note_keeps_its_real_time_and_is_marked(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    zone = labels.zone(page.lanes.catalogue.site.zone) if page.lanes.catalogue else dt.UTC
    before = dt.datetime.now(zone) - dt.timedelta(minutes=1)
    typed("问路")
    press(Qt.Key.Key_F6)
    details = page.form.body.details
    assert details is not None
    details.fields["received_at"].setFocus()
    typed(before.strftime("%Y-%m-%d %H:%M"))
    assert details.fields["late"].raw is True
    press(Qt.Key.Key_Return, CTRL)
    row = saved(qtbot, desk)[0]
    assert row.late
    assert row.received_at == before.replace(second=0, microsecond=0)
    qtbot.waitUntil(lambda: page.day.table.rows.rowCount() == 1)
    index = page.day.table.rows.index(0, page.day.table.column("time"))
    assert "late" in page.day.table.rows.data(index)


def test_a_character_that_no_standard_assigns_is_reported(
    qtbot: QtBot, window: MainWindow, page: TodayPage
) -> None:
    typed("问路\ue81e")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "U+E81E" in window.foot.status.said)


def test_escape_never_loses_text(page: TodayPage) -> None:
    typed("问路")
    for field in (page.form.body.matter, page.form.body.outcome, page.form.body.act, page.form.body.category):
        field.setFocus()
        press(Qt.Key.Key_Escape)
    assert page.form.body.matter.raw[1] == "问路"


def test_every_control_of_the_page_has_a_name(page: TodayPage) -> None:
    press(Qt.Key.Key_F6)
    page.form.body.make_refer()
    nameless = [
        f"{type(one).__name__} {one.objectName()}"
        for one in page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.window() is page.window()
        and not one.accessibleName()
        and not getattr(one, "text", str)()
    ]
    assert nameless == []


def test_leaving_a_call_for_referrals_and_coming_back_keeps_the_text(
    window: MainWindow, page: TodayPage
) -> None:
    typed("问路")
    press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.stack.currentWidget() is window.page("referrals")
    press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert page.form.body.matter.raw[1] == "问路"


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    typed("问路")
    page.save_button.setFocus()
    press(Qt.Key.Key_Return)
    assert len(saved(qtbot, desk)) == 1


@pytest.mark.parametrize("kind", CONTACTS)
def test_no_field_is_cut_off_at_the_right(
    qtbot: QtBot, window: MainWindow, page: TodayPage, kind: Kind
) -> None:
    for scheme in ("dark", "light"):
        page.start(kind)
        page.start(Kind.VISIT)
        theme().prefer(scheme)
        qtbot.waitUntil(lambda: page.form.body.width() <= page.form.viewport().width())
    theme().prefer(None)
