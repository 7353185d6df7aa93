"""The cursor stays with a matter whatever becomes of its parts, and what was done about it is told."""

from __future__ import annotations

import dataclasses
import uuid

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.facts import Todo
from reception.operations import absences, directory, referrals
from tests.ui.referrals.conftest import Hand, MakeHand, Sender
from tests.ui.today.keyboard import CTRL, press, typed
from ui.today.todo import TodoTable
from ui.work import Lanes

K = Qt.Key


def under(hand: Hand) -> str:
    row = hand.page.table.row()
    assert row is not None
    assert row.referral is not None
    return row.referral.part.name.split("-", 1)[1]


def said(hand: Hand) -> list[str]:
    """The lines of the timeline as they read."""
    rows = hand.page.timeline.rows
    return [str(rows.data(rows.index(at, 1))) for at in range(rows.rowCount())]


def answered(hand: Hand) -> None:
    hand.step(K.Key_3)
    press(K.Key_1)
    hand.write("已答复本人")
    hand.noted()


def test_the_cursor_follows_a_matter_to_its_new_part(sender: Sender, work: MakeHand) -> None:
    for _each in range(3):
        sender.refer("JC")
    hand = work()
    press(K.Key_End)
    assert under(hand) == "003/JC"
    press(K.Key_Home)
    assert under(hand) == "001/JC"
    press(K.Key_Down)
    assert under(hand) == "002/JC"
    hand.step(K.Key_4)
    hand.write("不归我们管")
    hand.noted()
    hand.step(K.Key_9)
    hand.write("ldgx", "由劳动关系科办")
    hand.noted()
    assert under(hand) == "002/LDGX"
    answered(hand)
    assert under(hand) == "002/LDGX"
    hand.step(K.Key_B)
    press(K.Key_2)
    hand.write("无人接听")
    hand.noted()
    assert said(hand)[-1].endswith("not reached · 无人接听")
    hand.step(K.Key_B)
    press(K.Key_1)
    press(K.Key_2)
    hand.write("钱没到账")
    hand.noted()
    assert under(hand) == "002/LDGX-2"
    called, again = said(hand)[-2:]
    assert "reached · not satisfied · 钱没到账" in called
    assert again.startswith("Reopened · 劳动关系")


def foot(hand: Hand) -> list[str]:
    """What the page says at the foot of the window, from now on."""
    told: list[str] = []
    hand.page.message.connect(told.append)
    return told


def test_how_a_call_back_ended_is_said_when_it_is_noted(sender: Sender, work: MakeHand) -> None:
    sender.refer("JC")
    hand = work()
    answered(hand)
    told = foot(hand)
    hand.step(K.Key_B)
    press(K.Key_2)
    hand.write("无人接听")
    hand.noted()
    assert told[-1].endswith("Called the person back · Not reached")


def test_why_a_key_does_nothing_names_step_and_matter_until_the_next_key(
    sender: Sender, work: MakeHand
) -> None:
    sender.refer("JC")
    hand = work()
    told = foot(hand)
    hand.step(K.Key_5)
    assert told[-1].startswith("Close is not possible now: ")
    assert told[-1].endswith("-001/JC is not received.")
    press(K.Key_Down)
    assert told[-1] == ""


def test_what_is_typed_on_the_results_goes_into_the_answer(sender: Sender, work: MakeHand) -> None:
    sender.refer("JC")
    hand = work()
    hand.step(K.Key_3)
    assert hand.focus == "outcome"
    typed("ok")
    assert hand.focus == "answer"
    assert hand.page.form.typed["answer"] == "ok"
    press(K.Key_Escape)
    hand.page.discard()
    hand.step(K.Key_3)
    typed("已答复")
    assert hand.focus == "answer"
    assert hand.page.form.typed["answer"] == "已答复"
    press(K.Key_Escape)
    hand.page.discard()
    hand.step(K.Key_3)
    QApplication.clipboard().setText("已电话答复本人")
    press(K.Key_V, CTRL)
    assert hand.page.form.typed["answer"] == "已电话答复本人"


def test_escape_in_the_list_comes_back_to_all_that_is_open(sender: Sender, work: MakeHand) -> None:
    sender.refer("JC")
    hand = work()
    hand.listed("overdue")
    assert hand.page.table.row() is None
    press(K.Key_Escape)
    hand.rest()
    assert hand.page.filters.which == "open"
    assert under(hand) == "001/JC"


def officers(sender: Sender, code: str, first: str, second: str) -> int:
    fact = sender.desk.ask(directory.department, code)
    named = dataclasses.replace(fact, officer_a=first, officer_b=second, room="305", phone="8031")
    return sender.desk.do(directory.save_department, named, uid=uuid.uuid4()).id


def test_before_it_is_sent_elsewhere_is_told_who_is_there_and_that_they_had_it(
    sender: Sender, work: MakeHand
) -> None:
    jc = officers(sender, "JC", "赵队", "钱工")
    sender.refer("JC")
    sender.desk.do(absences.away, jc, "a", uid=uuid.uuid4())
    hand = work()
    assert hand.page.detail.facts.value("officers") == "赵队 (away) / 钱工"
    hand.step(K.Key_1)
    assert hand.page.form.typed["told_whom"] == "钱工"
    press(K.Key_Escape)
    hand.step(K.Key_4)
    hand.write("不归我们管")
    hand.noted()
    hand.step(K.Key_9)
    hand.write("jc")
    told = hand.page.form.note.text().splitlines()
    assert told == [
        "305 · 8031",
        "Officer A is away: 钱工 (B) stands in.",
        "劳动保障监察大队 has returned this matter before: 不归我们管",
    ]


def test_what_is_reopened_goes_on_under_the_cursor_also_behind_the_first_page(
    sender: Sender, work: MakeHand
) -> None:
    sender.refer("JC")
    for _each in range(60):
        sender.refer("GS")
    hand = work()
    hand.listed("all")
    press(K.Key_End)
    hand.qtbot.waitUntil(lambda: hand.page.table.rows.rowCount() == 61)
    press(K.Key_End)
    assert under(hand) == "001/JC"
    answered(hand)
    hand.step(K.Key_9)
    hand.write("本人不服")
    hand.noted()
    hand.qtbot.waitUntil(lambda: under(hand) == "001/JC-2")  # the second page is asked for on the way
    hand.step(K.Key_4)
    hand.write("不归我们管")
    hand.noted()
    hand.listed("open")
    assert under(hand) == "001/JC-2"  # what came back stands first
    hand.step(K.Key_9)
    hand.write("ldgx", "由劳动关系科办")
    hand.noted()
    assert under(hand) == "001/LDGX"


def test_the_cursor_of_todays_list_stays_with_a_matter(sender: Sender, qtbot: QtBot, lanes: Lanes) -> None:
    long_ago = sender.days_ago(4)
    made = [sender.refer("JC", desk=long_ago) for _each in range(3)]
    lanes.refresh_catalogue()
    qtbot.waitUntil(lambda: lanes.idle)
    todo = TodoTable(lanes)
    qtbot.addWidget(todo)
    assert lanes.catalogue is not None
    todo.set_catalogue(lanes.catalogue)
    todo.show_day(20261122)
    qtbot.waitUntil(lambda: todo.table.rows.rowCount() == 3)
    todo.show()
    todo.activateWindow()
    qtbot.waitUntil(todo.isActiveWindow)
    todo.table.setFocus()
    press(K.Key_End)
    chosen = todo.table.row()
    assert chosen is not None
    part = next(one for one in made if one.id == chosen.referral_id).parts[0]
    sender.desk.do(referrals.give_back, part.id, "不归我们管", uid=uuid.uuid4())
    todo.show_day(20261122)
    qtbot.waitUntil(lambda: lanes.idle)
    now = todo.table.row()
    assert now is not None
    assert (now.what, now.referral_id) == (Todo.RETURNED, chosen.referral_id)
