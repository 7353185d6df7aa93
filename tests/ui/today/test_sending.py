"""What a referral is sent with: due before it goes, less time, a leader, the slip, whom it is about."""

from __future__ import annotations

import datetime as dt
import uuid

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import (
    Category,
    EntryView,
    Limit,
    LimitClock,
    LimitRule,
    Query,
    Source,
)
from reception.numbers import day_date
from reception.operations import directory, find, limiting, reading, site, terms
from tests.ui.today.keyboard import CTRL, focused, press, typed
from ui import wording
from ui.drafts.codec import from_bytes, to_bytes
from ui.today.page import TodayPage
from ui.today.refer_box import ReferBox
from ui.window import MainWindow

TAB = Qt.Key.Key_Tab
ENTER = Qt.Key.Key_Return


def box(page: TodayPage) -> ReferBox:
    assert page.form.body.refer is not None
    return page.form.body.refer


def newest(qtbot: QtBot, desk: Desk, count: int = 1) -> EntryView:
    """The whole of the last entry, once there are so many."""
    qtbot.waitUntil(lambda: len(desk.ask(find.entries, Query())) >= count)
    return desk.ask(reading.entry, desk.ask(find.entries, Query())[0].id)


def refer(page: TodayPage, subject: str = "反映问题", to: str = "jc") -> None:
    """A visit that is to be referred, the keyboard in the field of the department that assists."""
    press(Qt.Key.Key_F2)
    typed(subject)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_4, CTRL)
    typed(to)
    press(ENTER)
    assert focused(box(page).assist)


def category(page: TodayPage, wanted: Category) -> None:
    """Choose a category by its box, as the arrow keys do."""
    page.form.body.category.setFocus()
    for _step in range(20):
        if page.form.body.category.raw is wanted:
            return
        press(Qt.Key.Key_Down)
    raise AssertionError(wanted)


def site_limit(qtbot: QtBot, page: TodayPage, desk: Desk, amount: int, about: Category | None) -> None:
    """Let the site's limit for a category (for all) be so many working days, known to the window too."""
    plain = (about, None, None, None)
    known = desk.ask(directory.catalogue).limits
    found = [one for one in known if (one.category, one.source, one.urgency, one.matter_id) == plain]
    saved = desk.do(
        limiting.save,
        LimitRule(found[0].id if found else 0, amount, LimitClock.WORKING, about),
        uid=uuid.uuid4(),
    )

    def heard() -> bool:
        return page.lanes.catalogue is not None and saved in page.lanes.catalogue.limits

    qtbot.waitUntil(heard)


def usual_due(desk: Desk, amount: int) -> dt.date:
    limit = Limit(amount, LimitClock.WORKING)
    return desk.ask(terms.due, dt.datetime.now(dt.UTC), limit).day


def test_enter_walks_past_what_only_few_referrals_need(page: TodayPage) -> None:
    refer(page)
    press(ENTER)
    assert focused(box(page).instruction)
    press(ENTER)
    assert focused(box(page).told)
    press(ENTER)
    assert focused(page.form.body.outcome)


def test_the_due_date_stands_there_before_it_is_sent_and_is_the_one_it_gets(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    site_limit(qtbot, page, desk, 3, Category.COMPLAINT)
    refer(page)
    category(page, Category.COMPLAINT)
    due = usual_due(desk, 3)
    assert f"due {due.day} {due:%b} {due:%a}" in box(page).due.text()
    press(ENTER, CTRL)
    term = newest(qtbot, desk).referrals[0].term
    assert term is not None
    assert day_date(term.due_day) == due


def test_a_due_date_in_a_year_whose_notice_is_not_known_is_called_provisional(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    site_limit(qtbot, page, desk, 900, None)
    wording.use("zh_CN")
    refer(page)
    assert "暂定" in box(page).due.text()


def test_the_clerk_may_give_less_time_and_not_more(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    refer(page)
    usual = box(page).limit.editor.placeholderText()
    for _step in range(3):
        press(TAB)
    assert focused(box(page).limit)
    typed(str(int(usual) + 40))
    assert "extension" in box(page).limit.wrong
    press(ENTER, CTRL)
    assert "extension" in box(page).limit.wrong
    assert box(page).limit.raw == str(int(usual) + 40)
    assert focused(box(page).limit)
    box(page).limit.editor.selectAll()
    typed("1")
    assert box(page).limit.wrong == ""
    press(ENTER, CTRL)
    view = newest(qtbot, desk)
    term = view.referrals[0].term
    assert term is not None
    assert (term.amount, day_date(term.due_day)) == (1, usual_due(desk, 1))


def test_a_leader_a_slip_a_source_and_its_number_go_with_it(
    qtbot: QtBot, window: MainWindow, page: TodayPage, desk: Desk
) -> None:
    refer(page)
    for _step in range(4):
        press(TAB)
    assert focused(box(page).leader)
    typed("李局长")
    press(TAB)
    assert focused(box(page).written)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F6)
    details = page.form.body.make_details()
    details.fields["source"].setFocus()
    press(Qt.Key.Key_Down)
    press(ENTER)
    assert focused(details.fields["source_number"])
    typed("202611220001")
    press(ENTER, CTRL)
    view = newest(qtbot, desk)
    assert (view.details.source, view.details.source_number) == (Source.HOTLINE, "202611220001")
    (referral,) = view.referrals
    assert referral.leader == "李局长"
    assert referral.slip.endswith("1号")
    qtbot.waitUntil(lambda: referral.slip in window.foot.status.said)


def test_a_complaint_is_not_sent_to_whom_it_is_about_and_what_was_typed_stays(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    refer(page)
    category(page, Category.COMPLAINT)
    details = page.form.body.make_details()
    assert details.isVisible()  # a complaint asks for more by itself
    details.fields["concerned_id"].setFocus()
    typed("jc")
    press(ENTER)
    box(page).instruction.setFocus()
    typed("请核实")
    press(ENTER, CTRL)
    qtbot.waitUntil(lambda: page.form.body.department.wrong != "")
    assert "whom this is about" in page.form.body.department.wrong
    assert box(page).instruction.raw == "请核实"
    assert not desk.ask(find.entries, Query())
    assert page.form.body.department.editor.hasFocus()
    page.form.body.department.editor.selectAll()
    typed("zcy")
    press(ENTER)
    press(ENTER, CTRL)
    view = newest(qtbot, desk)
    assert view.referrals[0].parts[0].department == "ZCY"
    assert (view.concerned, view.row.category) == ("JC", Category.COMPLAINT)


def test_a_complaint_about_the_very_department_is_doubted_before_it_goes_there(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    body = page.form.body
    typed("投诉劳动保障监察大队不作为")
    press(Qt.Key.Key_Escape)
    category(page, Category.COMPLAINT)
    press(Qt.Key.Key_4, CTRL)
    typed("jc")
    press(ENTER)
    assert body.details is not None
    concerned = body.details.fields["concerned_id"]
    assert page.form.rect().contains(concerned.mapTo(page.form, concerned.rect().bottomRight()))
    assert "劳动保障监察大队" in box(page).warning.text()
    body.department.setFocus()
    body.department.editor.selectAll()
    typed("zcy")
    press(ENTER)
    assert box(page).warning.isHidden()
    press(TAB, Qt.KeyboardModifier.ShiftModifier)
    press(TAB, Qt.KeyboardModifier.ShiftModifier)
    assert focused(concerned)
    typed("jc")
    press(ENTER)
    assert focused(body.department)
    body.department.editor.selectAll()
    typed("jc")
    press(ENTER)
    assert "劳动保障监察大队" in box(page).warning.text()
    concerned.setFocus()
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Backspace)
    press(ENTER, CTRL)  # a doubt, no refusal
    assert newest(qtbot, desk).referrals[0].parts[0].department == "JC"


def test_whom_a_complaint_is_about_is_asked_among_the_rare_fields_while_it_is_not_referred(
    page: TodayPage,
) -> None:
    refer(page)
    category(page, Category.COMPLAINT)
    details, against = page.form.body.details, page.form.body.against
    assert details is not None
    assert against is not None
    concerned = details.fields["concerned_id"]
    assert against.isVisible()
    assert against.isAncestorOf(concerned)
    press(Qt.Key.Key_1, CTRL)
    assert against.isHidden()
    assert details.isAncestorOf(concerned)
    assert concerned.isVisible()
    category(page, Category.DELIVERY)
    assert concerned.isHidden()


def test_an_accusation_is_told_to_be_sealed_before_it_is_refused(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    refer(page)
    category(page, Category.ACCUSATION)
    assert "names a supervisor" in box(page).warning.text()
    desk.do(site.save, {"supervisors": "赵主任，钱书记"}, uid=uuid.uuid4())
    qtbot.waitUntil(lambda: "赵主任、钱书记" in box(page).warning.text())
    press(ENTER, CTRL)
    qtbot.waitUntil(lambda: not page.form.body.general.isHidden())
    assert "赵主任" in page.form.body.general.text()
    assert page.form.body.matter.raw[1] == "反映问题"
    assert not desk.ask(find.entries, Query())
    desk.do(site.save, {"supervisors": "王芳"}, uid=uuid.uuid4())
    qtbot.waitUntil(lambda: "you note its answer" in box(page).warning.text())
    press(ENTER, CTRL)
    desk.operator = "王芳"  # nobody else sees that it is there
    assert newest(qtbot, desk).row.category is Category.ACCUSATION


def test_a_form_put_aside_comes_back_with_what_the_referral_is_sent_with(page: TodayPage) -> None:
    refer(page)
    box(page).limit.setFocus()
    typed("2")
    box(page).leader.setFocus()
    typed("李局长")
    press(TAB)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F6)
    details = page.form.body.make_details()
    details.fields["source"].setFocus()
    press(Qt.Key.Key_Down)
    category(page, Category.COMPLAINT)
    details.fields["concerned_id"].setFocus()
    typed("gs")
    press(ENTER)
    (typed_last,) = page.drafts()
    (kept,) = from_bytes(to_bytes(page.drafts()))  # as after a power cut
    assert not kept.says_other_than(typed_last)
    press(Qt.Key.Key_F3)
    assert not page.form.touched
    press(Qt.Key.Key_Tab, CTRL)
    assert details.fields["source"].raw is Source.HOTLINE
    assert details.fields["concerned_id"].raw[1].startswith("工伤")
    assert (box(page).limit.raw, box(page).leader.raw, box(page).written.raw) == ("2", "李局长", True)
    page.discard()
