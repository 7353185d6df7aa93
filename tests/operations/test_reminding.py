"""Reminding a department: the site's ladder, once however many windows are open, and who decides."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reception.desk import Desk
from reception.errors import DeskError, InputError, StateError
from reception.facts import (
    Limit,
    LimitClock,
    NewReferral,
    ReferralRow,
    StepKind,
    StepView,
    Todo,
    TodoRow,
    Way,
)
from reception.operations import reading, referrals, site, to_do, undoing
from reception.operations.referrals import reminding
from reception.store import check
from tests.factories import (
    NOW,
    Clock,
    OpenDesk,
    add,
    department,
    new_uid,
    overlap,
    part,
    visit,
)

THREE_DAYS = Limit(3, LimitClock.WORKING)
"""From Monday 2026-11-23 on: due on Thursday 26."""
_ROOT = Path(__file__).resolve().parent.parent.parent


def _sent(desk: Desk, limit: Limit = THREE_DAYS) -> int:
    """The id of a referral to JC."""
    receipt = add(desk, visit(referral=NewReferral(department(desk, "JC"), limit=limit)))
    return desk.ask(referrals.find_referral, receipt.number).id


def _row(desk: Desk, referral_id: int, which: str = "open") -> TodoRow:
    (found,) = (row for row in desk.ask(to_do.rows, which=which) if row.referral_id == referral_id)
    return found


def _steps(desk: Desk, referral_id: int) -> list[StepView]:
    row = _row(desk, referral_id)
    (view,) = desk.ask(reading.entry, row.entry_id).referrals
    return list(view.steps)


def _of(row: TodoRow) -> ReferralRow:
    assert row.referral is not None
    return row.referral


def test_each_rung_comes_by_working_days_and_is_done_once(desk: Desk, clock: Clock) -> None:
    one = _sent(desk)
    desk.do(referrals.receive, part(desk, "20261123-001"), "钱工", uid=new_uid())
    assert _row(desk, one).what is Todo.UNDER_WAY
    clock.go(days=2)  # Wednesday: the working day before it is due
    row = _row(desk, one, "now")
    assert (row.what, row.rung, row.way) == (Todo.REMIND, -1, Way.PHONE)
    desk.do(reminding.remind, one, rung=-1, whom="钱工", words="周四到期", uid=new_uid())
    assert [row.referral_id for row in desk.ask(to_do.rows, which="remind")] == []
    assert (_row(desk, one).what, _row(desk, one).rung) == (Todo.UNDER_WAY, None)
    clock.go(days=2)  # Friday: overdue, and the written reminder is due
    row = _row(desk, one, "now")
    assert (row.what, row.overdue_days, row.rung, row.way) == (Todo.OVERDUE, 1, 1, Way.WRITTEN)
    assert [row.referral_id for row in desk.ask(to_do.rows, which="remind")] == [one]
    with pytest.raises(StateError):
        desk.do(reminding.remind, one, rung=-1, whom="钱工", uid=new_uid())
    with pytest.raises(StateError):
        desk.do(reminding.remind, one, rung=6, whom="孙主任", uid=new_uid())
    desk.do(reminding.remind, one, rung=1, uid=new_uid())
    clock.go(days=10)  # Monday 7 December: six working days over
    row = _row(desk, one, "now")
    assert (row.overdue_days, row.rung, row.way) == (7, 6, Way.DIRECTOR)
    assert _of(row).reminders == 2
    assert check.run(desk).entries == 1


def test_what_became_due_while_nobody_was_there_asks_for_the_highest_rung(desk: Desk, clock: Clock) -> None:
    one = _sent(desk)
    clock.go(days=30)
    row = _row(desk, one, "now")
    assert (row.rung, row.way) == (6, Way.DIRECTOR)
    desk.do(reminding.remind, one, rung=6, whom="孙主任", uid=new_uid())
    for late in (-1, 1):
        with pytest.raises(StateError):
            desk.do(reminding.remind, one, rung=late, whom="钱工", uid=new_uid())
    assert _row(desk, one).rung is None


def test_the_days_before_are_those_of_the_limit(desk: Desk, clock: Clock) -> None:
    one = _sent(desk, Limit(5, LimitClock.WORKING))  # due on Monday 30
    before = desk.ask(reading.entry, _row(desk, one).entry_id).referrals[0].term
    assert before is not None
    assert (before.due_day, before.remind_days) == (20261130, 1)
    clock.go(days=3)
    assert _row(desk, one).rung is None
    clock.go(days=1)  # Friday is the working day before Monday
    assert _row(desk, one).rung == -1
    clock.go(days=1)  # a Saturday
    assert _row(desk, one).rung == -1


def test_the_ladder_is_the_sites(desk: Desk, clock: Clock) -> None:
    one = _sent(desk)
    desk.do(site.save, {"reminder_ladder": "0 phone; 2 written"}, uid=new_uid())
    clock.go(days=2)
    assert _row(desk, one).rung is None
    clock.go(days=1)
    assert (_row(desk, one).rung, _row(desk, one).way) == (0, Way.PHONE)
    desk.do(site.save, {"reminder_ladder": ""}, uid=new_uid())
    assert _row(desk, one).rung is None
    assert desk.ask(to_do.counts)["remind"] == 0
    with pytest.raises(InputError):
        desk.do(reminding.remind, one, rung=0, whom="钱工", uid=new_uid())


def test_an_extension_begins_the_ladder_anew(desk: Desk, clock: Clock) -> None:
    one = _sent(desk)
    clock.go(days=4)
    desk.do(reminding.remind, one, rung=1, uid=new_uid())
    desk.do(referrals.extend, one, 5, reason="案情复杂", approver="李局长", uid=new_uid())
    assert _row(desk, one).rung is None
    clock.go(days=5)  # Wednesday 2 December; due on Thursday 3
    assert (_row(desk, one).rung, _of(_row(desk, one)).reminders) == (-1, 1)


def test_a_reply_is_noted_once(desk: Desk) -> None:
    one = _sent(desk)
    with pytest.raises(InputError):
        desk.do(reminding.remind, one, whom="钱工", uid=new_uid())
    with pytest.raises(InputError):
        desk.do(reminding.remind, one, way=Way.PHONE, uid=new_uid())
    desk.do(reminding.remind, one, way=Way.PHONE, whom="钱工", words="请抓紧", uid=new_uid())
    (step,) = _steps(desk, one)
    assert (step.kind, step.rung, step.way, step.whom, step.department) == (
        *(StepKind.REMINDER, None, Way.PHONE),
        *("钱工", "JC"),
    )
    desk.do(reminding.reply, step.id, "明天答复", uid=new_uid())
    (step,) = _steps(desk, one)
    assert (step.reply, step.replied_at) == ("明天答复", NOW)
    with pytest.raises(StateError):
        desk.do(reminding.reply, step.id, "后天答复", uid=new_uid())
    assert check.run(desk).entries == 1


def test_only_the_director_sends_it_up(desk: Desk, clock: Clock) -> None:
    one, other = _sent(desk), _sent(desk)
    clock.go(days=30)
    with pytest.raises(InputError):
        desk.do(reminding.remind, one, way=Way.LEADER, whom="李局长", uid=new_uid())
    with pytest.raises(StateError):
        desk.do(reminding.decide, one, up=True, leader="李局长", uid=new_uid())
    for referral in (one, other):
        desk.do(reminding.remind, referral, rung=6, whom="孙主任", uid=new_uid())
    with pytest.raises(InputError):
        desk.do(reminding.decide, one, up=False, uid=new_uid())
    with pytest.raises(InputError):
        desk.do(reminding.decide, one, up=True, uid=new_uid())
    desk.do(reminding.decide, one, up=True, leader="李局长", words="报分管领导", uid=new_uid())
    desk.do(reminding.decide, other, up=False, words="先电话催", uid=new_uid())
    laid, up = _steps(desk, one)
    assert (laid.reply, laid.content, laid.replied_at) == ("报分管领导", True, clock.now)
    assert (up.way, up.whom, up.rung) == (Way.LEADER, "李局长", None)
    (stays,) = _steps(desk, other)
    assert (stays.reply, stays.content) == ("先电话催", False)
    with pytest.raises(StateError):
        desk.do(reminding.decide, one, up=False, words="不报", uid=new_uid())
    assert check.run(desk).entries == 2


def test_nobody_is_reminded_who_has_nothing_to_do(desk: Desk, clock: Clock) -> None:
    answered, returned, paused = _sent(desk), _sent(desk), _sent(desk)
    desk.do(referrals.answer, part(desk, "20261123-001"), "已办", uid=new_uid())
    desk.do(referrals.give_back, part(desk, "20261123-002"), "不属本科室", uid=new_uid())
    desk.do(referrals.pause, paused, "补材料", uid=new_uid())
    clock.go(days=30)
    for one in (answered, returned, paused):
        with pytest.raises(StateError):
            desk.do(reminding.remind, one, way=Way.PHONE, whom="钱工", uid=new_uid())
        assert _row(desk, one).rung is None
    assert _row(desk, paused).what is Todo.NOT_RECEIVED
    assert _row(desk, answered).what is Todo.ANSWERED


def test_each_step_is_taken_back(desk: Desk, clock: Clock) -> None:
    one = _sent(desk)
    clock.go(days=30)
    acts = [new_uid() for _ in range(4)]
    desk.do(reminding.remind, one, way=Way.PHONE, whom="钱工", uid=acts[0])
    desk.do(reminding.reply, _steps(desk, one)[0].id, "明天答复", uid=acts[1])
    desk.do(reminding.remind, one, rung=6, whom="孙主任", uid=acts[2])
    desk.do(reminding.decide, one, up=True, leader="李局长", uid=acts[3])
    assert _row(desk, one).rung is None
    desk.do(undoing.undo, acts[3], uid=new_uid())
    assert [(step.way, step.reply, step.content) for step in _steps(desk, one)] == [
        (Way.PHONE, "明天答复", None),
        (Way.DIRECTOR, "", None),
    ]
    desk.do(undoing.undo, acts[2], uid=new_uid())
    assert _row(desk, one).rung == 6
    desk.do(undoing.undo, acts[1], uid=new_uid())
    assert [(step.reply, step.replied_at) for step in _steps(desk, one)] == [("", None)]
    desk.do(undoing.undo, acts[0], uid=new_uid())
    assert _steps(desk, one) == []
    assert check.run(desk).entries == 1


def test_the_same_reminder_twice_is_one(desk: Desk, clock: Clock) -> None:
    one = _sent(desk)
    clock.go(days=4)
    uid = new_uid()
    first = desk.do(reminding.remind, one, rung=1, uid=uid)
    assert desk.do(reminding.remind, one, rung=1, uid=uid) == first
    assert len(_steps(desk, one)) == 1


def test_of_two_windows_that_remind_at_once_one_comes_second(
    register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    a, b = open_desk(register, desk="A"), open_desk(register, desk="B")
    one = _sent(a)
    clock.go(days=4)
    first, second = overlap(
        a,
        lambda session: reminding.remind(session, one, rung=1, uid=new_uid()),
        b,
        lambda session: reminding.remind(session, one, rung=1, uid=new_uid()),
    )
    assert not isinstance(first, DeskError)
    assert isinstance(second, StateError)
    assert len(_steps(a, one)) == 1


_WINDOW = """
import sys, uuid
from reception.desk import Desk
from reception.errors import StateError
from reception.operations.referrals import reminding
desk = Desk.open(sys.argv[1], desk=sys.argv[2], operator=sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
done = 0
for one in map(int, sys.argv[3:]):
    try:
        desk.do(reminding.remind, one, rung=6, whom="孙主任", uid=uuid.uuid4())
        done += 1
    except StateError:
        pass
desk.close()
print(done, flush=True)
"""


def test_a_rung_is_done_once_by_two_processes(register: str, open_desk: OpenDesk, clock: Clock) -> None:
    clock.now = dt.datetime(2026, 1, 5, 2, tzinfo=dt.UTC)  # the processes have the computer's own clock
    desk = open_desk(register)
    ids = [_sent(desk) for _ in range(12)]
    command = [sys.executable, "-c", _WINDOW, register]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    windows = [
        subprocess.Popen(
            [*command, code, *map(str, ids)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for code in ("A", "B")
    ]
    for window in windows:
        assert window.stdout is not None
        assert window.stdout.readline() == "ready\n"
    told = 0
    for window in windows:
        assert window.stdin is not None
        window.stdin.write("\n")
        window.stdin.flush()
    for window in windows:
        said, _ = window.communicate(timeout=60)
        told += int(said)
    assert told == len(ids)
    clock.now = dt.datetime.now(dt.UTC)
    rungs = [[step.rung for step in _steps(desk, one)] for one in ids]
    assert rungs == [[6]] * len(ids)
    assert check.run(desk).entries == len(ids)
