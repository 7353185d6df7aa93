"""Every step of a referral, by keys alone, on a real register."""

from __future__ import annotations

import datetime as dt
import uuid

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reception.facts import (
    Category,
    NewCallback,
    PartOutcome,
    PartStatus,
    ReferralStatus,
    StepKind,
    Way,
)
from reception.operations import callbacks, directory, presence, referrals
from tests.ui.referrals.conftest import Hand, MakeHand, Sender
from tests.ui.today.keyboard import CTRL, press

K = Qt.Key


def answered(hand: Hand, text: str = "已答复本人") -> None:
    hand.step(K.Key_3)
    press(K.Key_1)
    hand.write(text)
    hand.noted()


def test_told_earlier_than_now_is_told_with_its_time(sender: Sender, work: MakeHand) -> None:
    sender.refer(desk=sender.days_ago(1))
    hand = work()
    hand.step(K.Key_1)
    press(K.Key_A)
    press(K.Key_Tab)
    assert hand.focus == "told_at"
    now = dt.datetime.now(dt.UTC).astimezone(hand.page.cells.zone)
    earlier = now - dt.timedelta(minutes=30)
    hand.write(f"{earlier:%m-%d %H:%M}")
    hand.noted()
    told = hand.referral().parts[0].told_at
    assert told is not None
    assert f"{told.astimezone(hand.page.cells.zone):%H:%M}" == f"{earlier:%H:%M}"
    assert said(hand).splitlines()[-1].startswith("Told by phone")


def said(hand: Hand) -> str:
    """The whole timeline as it reads."""
    rows = hand.page.timeline.rows
    return "\n".join(str(rows.data(rows.index(at, 1))) for at in range(rows.rowCount()))


def test_an_accepted_case_wants_its_number_and_what_was_typed_stays(sender: Sender, work: MakeHand) -> None:
    sender.refer()
    hand = work()
    hand.step(K.Key_3)
    assert hand.focus == "outcome"
    press(K.Key_2)  # accepted as a case
    assert hand.focus == "case_number"
    hand.write("", "五日内立案")
    assert "own number" in hand.refused()
    assert hand.focus == "case_number"
    assert hand.page.form.typed["answer"] == "五日内立案"
    hand.write("监案2026-15", "")
    hand.noted()
    part = hand.referral().parts[0]
    assert (part.outcome, part.case_number, part.answer) == (
        PartOutcome.ACCEPTED,
        "监案2026-15",
        "五日内立案",
    )
    assert "监案2026-15" in hand.page.detail.facts.value("answered")


def test_whether_the_person_was_contacted_is_asked_where_the_site_wants_it(
    sender: Sender, work: MakeHand
) -> None:
    sender.settings(contact_categories="complaint")
    sender.refer(category=Category.COMPLAINT)
    hand = work()
    hand.step(K.Key_3)
    press(K.Key_1)
    hand.write("已责令支付")
    assert hand.focus == "contacted"
    press(K.Key_Return, CTRL)
    assert "contacted" in hand.refused()
    press(K.Key_1)
    assert hand.focus == "contacted_how"
    hand.write("电话")
    hand.noted()
    part = hand.referral().parts[0]
    assert (part.contacted, part.contacted_how) == (True, "电话")
    assert "the person was contacted · 电话" in said(hand)


def test_what_is_passed_on_goes_to_the_department_proposed_and_then_somebody_decides(
    sender: Sender, work: MakeHand
) -> None:
    sender.refer("JC")
    hand = work()
    hand.step(K.Key_3)
    press(K.Key_4)  # passed on
    assert hand.focus == "passed_to"
    hand.write("zcy", "属于仲裁")
    hand.noted()
    assert hand.offered[0] != "told"
    hand.step(K.Key_9)
    assert hand.page.form.typed["department_id"][1] == directory_name(hand, "ZCY")
    assert "decided_by" not in [name for name, row in hand.page.form._rows.items() if row.isVisible()]
    hand.write("", "应由仲裁处理")
    hand.noted()
    hand.listed("open")
    assert [one.department for one in hand.referral().parts] == ["JC", "ZCY"]
    hand.step(K.Key_4)
    hand.write("不归我们管")
    hand.noted()
    hand.step(K.Key_9)
    hand.write("ldgx", "")
    press(K.Key_Return, CTRL)
    assert "director decides" in hand.refused()
    assert hand.focus == "decided_by"
    hand.write("张主任", "由劳动关系科办")
    hand.noted()
    assert [one.whom for one in hand.referral().steps if one.kind is StepKind.REROUTED] == ["", "张主任"]


def directory_name(hand: Hand, code: str) -> str:
    return hand.desk.ask(directory.department, code).name


def test_whom_a_complaint_is_about_is_refused_in_words(sender: Sender, work: MakeHand) -> None:
    about = directory_name_of(sender, "GS")
    from reception.facts import Details

    sender.refer("JC", category=Category.COMPLAINT, details=Details(complained_about=about))
    hand = work()
    hand.step(K.Key_4)
    hand.write("应转他科")
    hand.noted()
    hand.step(K.Key_9)
    hand.write("gs", "")
    assert about in hand.refused()
    assert hand.focus == "department_id"
    assert hand.page.form.typed["department_id"][1] == about
    press(K.Key_Escape)
    assert hand.page.has_unsaved_text()
    hand.page.discard()


def directory_name_of(sender: Sender, code: str) -> str:
    return sender.desk.ask(directory.department, code).name


def test_an_extension_shows_both_due_dates_before_it_is_agreed(sender: Sender, work: MakeHand) -> None:
    sender.refer()
    hand = work()
    before = hand.referral().term
    assert before is not None
    hand.step(K.Key_7)
    assert hand.page.form.note.text().startswith("Due ")
    press(K.Key_3)
    hand.qtbot.waitUntil(lambda: "→" in hand.page.form.note.text())
    foreseen = hand.page.form.note.text()
    hand.write("", "局领导", "案情复杂")
    hand.noted()
    after = hand.referral().term
    assert after is not None
    assert after.amount == before.amount + 3
    for term in (before, after):
        day = dt.date(term.due_day // 10_000, term.due_day // 100 % 100, term.due_day % 100)
        assert f"{day.day} {day:%B} {day.year}" in foreseen
    assert "approved by 局领导" in said(hand)


def test_the_clock_is_stopped_and_goes_on(sender: Sender, work: MakeHand) -> None:
    sender.refer()
    hand = work()
    hand.step(K.Key_8)
    hand.write("等当事人补材料")
    hand.noted()
    assert "its clock stands" in hand.page.detail.facts.value("due")
    assert "paused" not in hand.offered
    hand.step(K.Key_8)
    press(K.Key_Return)  # it is asked as all else is, so that the Enter of habit is taken here
    hand.noted()
    hand.qtbot.waitUntil(lambda: "paused" in hand.offered)
    assert hand.referral().term.paused_at is None  # type: ignore[union-attr]


def test_an_overdue_one_is_reminded_laid_before_the_director_and_decided(
    sender: Sender, work: MakeHand
) -> None:
    sender.settings(reminder_ladder="1 phone; 2 director")
    sender.refer(desk=sender.days_ago(60), told_whom="李队")
    hand = work()
    sign = hand.page.cells.sign(hand.page.table.row())  # type: ignore[arg-type]
    assert sign[1:] == ("triangle-alert", "alarm")
    assert "wd overdue" in sign[0]
    assert "Overdue by" in hand.page.detail.late.text()
    assert "paused" not in hand.offered
    hand.step(K.Key_Space)  # what the line waits for: the last rung that has come
    assert hand.page.form.step is not None
    assert hand.page.form.step.name == "reminded"
    hand.page.discard()
    hand.step(K.Key_6)
    press(K.Key_1)  # by phone, out of turn
    hand.write("李队", "请尽快办理")
    hand.noted()
    hand.step(K.Key_R)
    hand.write("本周办结")
    hand.noted()
    assert "replied" not in hand.offered
    hand.step(K.Key_6)
    press(K.Key_3)
    hand.write("张主任", "")
    hand.noted()
    hand.step(K.Key_U)
    press(K.Key_1)
    hand.write("陈副局长", "请领导督办")
    hand.noted()
    ways = [one.way for one in hand.referral().steps if one.kind is StepKind.REMINDER]
    assert ways == [Way.PHONE, Way.DIRECTOR, Way.LEADER]
    assert hand.referral().steps[0].reply == "本周办结"
    assert "goes up to the leader in charge" in said(hand)
    assert hand.page.detail.facts.value("reminders").startswith("3 times · Alt+M")


def test_a_rung_done_elsewhere_is_refused_and_the_words_stay(sender: Sender, work: MakeHand) -> None:
    from reception.operations.referrals import reminding

    sender.settings(reminder_ladder="1 phone")
    made = sender.refer(desk=sender.days_ago(60))
    hand = work()
    hand.step(K.Key_Space)
    press(K.Key_1)
    sender.desk.do(reminding.remind, made.id, rung=1, whom="李队", uid=uuid.uuid4())
    hand.write("王队", "催")
    assert "before" in hand.refused()
    assert hand.page.form.typed["words"] == "催"
    hand.page.discard()


def test_the_leader_and_the_person_are_asked_before_it_closes(sender: Sender, work: MakeHand) -> None:
    sender.settings(leader_look_categories="complaint", call_back_categories="complaint")
    sender.refer(category=Category.COMPLAINT, leader="刘局长")
    hand = work()
    answered(hand)
    assert {"seen", "called-back"} <= set(hand.offered)
    assert "closed" not in hand.offered
    assert "leader" in hand.page.detail.facts.value("owed")
    hand.step(K.Key_E)
    press(K.Key_Return)  # the leader stands there already
    hand.write("再核实一次")
    hand.noted()
    assert hand.referral().status is ReferralStatus.OPEN  # a new instruction: handled again
    hand.listed("open")
    answered(hand, "再次答复")
    hand.step(K.Key_E)
    hand.write("", "")
    hand.noted()
    hand.step(K.Key_B)
    press(K.Key_1)
    assert hand.focus == "content"
    press(K.Key_2)
    hand.write("")
    assert "not satisfied" in hand.refused()
    hand.write("钱没到账")
    hand.noted()
    assert hand.referral().status is ReferralStatus.OPEN
    hand.listed("open")
    answered(hand, "已支付")
    hand.step(K.Key_E)
    hand.write("", "")
    hand.noted()
    hand.step(K.Key_B)
    press(K.Key_1)
    press(K.Key_1)
    hand.write("满意")
    hand.noted()
    hand.step(K.Key_5)
    hand.write("")
    hand.noted()
    made = hand.desk.ask(referrals.rows, which="all")[0]
    assert made.referral_status is ReferralStatus.CLOSED


def test_a_slip_gets_its_number_after_it_is_agreed(sender: Sender, work: MakeHand) -> None:
    sender.refer()
    hand = work()
    hand.step(K.Key_Y)
    assert "stays given" in hand.page.form.note.text()
    press(K.Key_Escape)
    assert hand.referral().slip == ""
    hand.step(K.Key_Y)
    press(K.Key_Return)
    hand.noted()
    assert "1号" in hand.page.detail.facts.value("slip")
    assert "numbered" not in hand.offered


def test_a_closed_one_is_reopened(sender: Sender, work: MakeHand) -> None:
    sender.refer()
    hand = work()
    answered(hand)
    hand.step(K.Key_5)
    hand.write("")
    hand.noted()
    hand.listed("all")
    hand.step(K.Key_9)
    hand.write("本人不服")
    hand.noted()
    view = hand.referral()
    assert view.status is ReferralStatus.OPEN
    assert [one.status for one in view.parts] == [PartStatus.ANSWERED, PartStatus.SENT]


def test_more_time_that_a_department_asked_for_is_refused_or_granted(sender: Sender, work: MakeHand) -> None:
    made = sender.refer()
    sender.desk.do(referrals.ask, made.parts[0].id, 5, "人手不够", uid=uuid.uuid4())
    hand = work()
    assert {"extended", "denied"} <= set(hand.offered)
    hand.step(K.Key_N)
    hand.write("期限已经够长")
    hand.noted()
    assert "denied" not in hand.offered
    sender.desk.do(referrals.ask, made.parts[0].id, 2, "等鉴定", uid=uuid.uuid4())
    hand.qtbot.waitUntil(lambda: "denied" in hand.offered)
    hand.step(K.Key_7)
    assert hand.page.form.typed["amount"] == "2"
    hand.write("", "局领导", "")
    hand.noted()
    extension = hand.referral().steps[-1]
    assert (extension.kind, extension.words) == (StepKind.EXTENSION, "等鉴定")


def test_people_and_calls_are_worked_in_the_same_list(sender: Sender, work: MakeHand) -> None:
    now = dt.datetime.now(dt.UTC)
    from reception.facts import Kind, NewEntry, Party
    from reception.operations import entries

    waiting = NewEntry(Kind.VISIT, "问事", parties=(Party("王五"),), received_at=now, waiting_since=now)
    sender.desk.do(entries.register, waiting)
    call = NewEntry(Kind.CALL_IN, "问失业金", parties=(Party("陈某", "138"),), callback=NewCallback(now))
    sender.desk.do(entries.register, call)
    hand = work()
    hand.listed("people")
    assert hand.offered == ("went-in",)
    hand.step(K.Key_Space)
    hand.qtbot.waitUntil(lambda: hand.page.table.rows.rowCount() == 1)
    assert not [one for one in sender.desk.ask(presence.here) if one.waits]
    hand.rest()
    assert len(hand.offered) == 4
    hand.step(K.Key_2)
    hand.qtbot.waitUntil(lambda: sender.desk.ask(callbacks.owed)[0].attempts == 1)
    hand.step(K.Key_1)
    hand.write("")
    hand.noted()
    assert hand.page.table.rows.rowCount() == 0
    assert QApplication.focusWidget() is hand.page.table
