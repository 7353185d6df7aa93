"""A leader's job: sent by the same clocks, reported level by level, closed when the leader wants no more."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import InputError, StateError
from reception.facts import EntryStatus, Kind, LimitClock, NewReferral, Query, Source, Todo
from reception.facts.office import Level, StandsOn
from reception.operations import entries, find, reading, referrals, to_do, undoing
from reception.operations.office import documents, instructions, jobs
from reception.store import check
from tests.factories import Clock, OpenDesk, add, department, new_uid, part, visit


def _job(desk: Desk) -> dict[str, Any]:
    """What a leader asks for, of JC, in two days."""
    to = department(desk, "JC")
    return {"given_by": "吴局长", "words": "工地欠薪周五前查清\n报我", "department_id": to, "days": 2}


def test_a_job_is_taken_down_once_and_reported_level_by_level(
    register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(register, operator="王芳")
    clock.go(minutes=1)
    given, uid = _job(desk), new_uid()
    job = desk.do(jobs.give, **given, given_to="周队长", read_back=True, uid=uid)
    assert desk.do(jobs.give, **given, uid=uid).number == job.number
    entry = desk.ask(reading.entry, job.entry_id)
    assert (entry.row.kind, entry.row.subject, entry.details.source) == (
        Kind.JOB,
        "工地欠薪周五前查清",
        Source.LEADER,
    )
    paper = {"subject": "专项检查的通知", "sender": "市人社局", "uid": new_uid()}
    came = desk.do(documents.register, **paper)  # type: ignore[arg-type]
    listed = desk.ask(reading.day_rows, 20261123)
    found = desk.ask(find.entries, Query("欠薪")) + desk.ask(find.entries, Query("专项"))
    for one in (listed[::-1], found):
        assert [(row.name, row.organisation) for row in one] == [("吴局长", ""), ("", "市人社局")]
    desk.do(entries.void, came.entry_id, "误登", uid=new_uid())
    (row,) = desk.ask(jobs.rows)
    assert (row.given_by, row.given_to, row.department, row.overdue) == (
        "吴局长",
        "周队长",
        "劳动保障监察大队",
        False,
    )
    desk.do(jobs.step, job.entry_id, words="已到工地", uid=new_uid())
    with pytest.raises(InputError) as refused:
        desk.do(jobs.report, job.entry_id, level=Level.LEADER, words="查清了", uid=new_uid())
    assert refused.value.field == "level"
    for level in Level:
        assert desk.ask(jobs.view, job.entry_id).next_level is level
        desk.do(jobs.report, job.entry_id, level=level, whom="某某", words="查清了", uid=new_uid())
    assert desk.ask(jobs.view, job.entry_id).next_level is Level.OFFICER
    check.run(desk)


def test_a_job_closes_when_the_leader_has_seen_the_result_and_wants_no_more(
    register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(register, operator="王芳")
    job = desk.do(jobs.give, **_job(desk), uid=new_uid())
    (row,) = desk.ask(jobs.rows)
    clock.go(days=4)
    assert [one.number for one in desk.ask(jobs.rows, which="overdue")] == [job.number]
    assert [one.what for one in desk.ask(to_do.rows)] == [Todo.OVERDUE]
    desk.do(referrals.answer, part(desk, job.number), "已发放", uid=new_uid())
    (waits,) = desk.ask(jobs.rows)
    assert (waits.asked, waits.overdue, waits.answer, waits.part_id) == (True, False, "已发放", None)
    assert desk.ask(jobs.rows, which="overdue") == ()  # the department has done its part
    assert row.referral_id is not None
    with pytest.raises(StateError):
        desk.do(referrals.close, row.referral_id, uid=new_uid())
    with pytest.raises(InputError) as refused:  # nothing is to be done by then
        desk.do(referrals.leader_seen, row.referral_id, days=3, uid=new_uid())
    assert refused.value.field == "days"
    desk.do(referrals.leader_seen, row.referral_id, instruction="再核人数", days=1, uid=new_uid())
    (again,) = desk.ask(jobs.rows)  # it is handled again
    assert (again.asked, again.part_id is not None) == (False, True)
    (third,) = desk.ask(reading.entry, job.entry_id).referrals
    assert third.term is not None
    assert (third.term.amount, third.term.clock) == (1, LimitClock.WORKING)
    desk.do(referrals.answer, part(desk, job.number), "共 23 人", uid=new_uid())
    desk.do(referrals.leader_seen, row.referral_id, uid=new_uid())
    desk.do(referrals.close, row.referral_id, uid=new_uid())
    assert desk.ask(reading.entry, job.entry_id).row.status is EntryStatus.FINISHED
    assert desk.ask(jobs.rows) == ()
    with pytest.raises(StateError):
        desk.do(jobs.step, job.entry_id, words="后来", uid=new_uid())
    check.run(desk)


def test_what_a_leader_wrote_on_a_page_is_kept_there_and_becomes_a_job_if_it_asks(
    register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(register, operator="王芳")
    clock.go(minutes=1)
    came = add(desk, visit("反映欠薪"))
    read = desk.do(instructions.write, leader="吴局长", words="已阅", entry_id=came.entry_id, uid=new_uid())
    assert read.number == came.number
    uid = new_uid()
    asks = desk.do(
        instructions.write,
        leader="吴局长",
        words="请监察大队三日内报结果",
        entry_id=came.entry_id,
        department_id=department(desk, "JC"),
        days=3,
        uid=uid,
    )
    found = desk.ask(instructions.of_entry, came.entry_id)
    assert [(one.words, one.job) for one in found] == [("已阅", ""), ("请监察大队三日内报结果", asks.number)]
    assert desk.ask(jobs.view, asks.entry_id).about == came.number
    desk.do(undoing.undo, uid, uid=new_uid())
    assert [one.words for one in desk.ask(instructions.of_entry, came.entry_id)] == ["已阅"]
    struck = desk.ask(reading.day_rows, 20261123)[0]
    assert (struck.status, struck.name) == (EntryStatus.VOID, "吴局长")
    assert [(one.void, one.words) for one in desk.ask(instructions.rows)] == [
        (True, "请监察大队三日内报结果"),
        (False, "已阅"),
    ]
    assert len(desk.ask(instructions.rows, which="standing")) == 1
    (taken,) = desk.ask(jobs.rows, which="all")
    assert (taken.status, taken.given_by) == (EntryStatus.VOID, "吴局长")
    assert desk.ask(jobs.rows) == ()
    desk.do(undoing.redo_last, uid=new_uid())
    assert desk.ask(jobs.view, asks.entry_id).about == came.number
    clock.go(days=1)
    on_sheet = desk.do(instructions.write, leader="李局长", words="辛苦了", day=20261123, uid=new_uid())
    kept = desk.ask(reading.entry, on_sheet.entry_id).row
    assert (kept.kind, kept.status) == (Kind.JOB, EntryStatus.FINISHED)  # it asks for nothing
    (one,) = desk.ask(instructions.of_day, 20261123)
    assert (one.leader, one.on, one.stands_on, one.job) == ("李局长", "2026-11-23", StandsOn.DAY, "")
    wants = desk.do(
        instructions.write,
        leader="李局长",
        words="明天办结",
        day=20261123,
        department_id=department(desk, "PX"),
        uid=new_uid(),
    )
    assert desk.ask(jobs.view, wants.entry_id).about == "2026-11-23"
    assert [row.number for row in desk.ask(jobs.rows)] == [wants.number, asks.number]
    assert len(desk.ask(instructions.rows)) == 4
    assert len(desk.ask(instructions.rows, words="明天")) == 1
    check.run(desk)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": "办"}, "leader"),
        ({"leader": "吴局长"}, "words"),
        ({"leader": "吴局长", "words": "办"}, "number"),
        ({"leader": "吴局长", "words": "办", "day": 20261124}, "day"),
        ({"leader": "吴局长", "words": "办", "day": 20261332}, "day"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    file_register: str, open_desk: OpenDesk, given: dict[str, object], field: str
) -> None:
    desk = open_desk(file_register)
    with pytest.raises(InputError) as refused:
        desk.do(instructions.write, **given, uid=new_uid())  # type: ignore[arg-type]
    assert refused.value.field == field
    with pytest.raises(InputError) as missing:
        desk.do(jobs.give, given_by="吴局长", words="办", uid=new_uid())
    assert missing.value.field == "department_id"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", "2026-11-23"),
        ("11-23", "2026-11-23"),
        ("24", "2026-11-24"),
        ("25", "2026-10-25"),
        ("12-31", "2025-12-31"),
        ("2026-1-5", "2026-01-05"),
        ("2026年1月5日", "2026-01-05"),
    ],
)
def test_a_page_is_a_number_or_a_day_as_it_is_typed(
    file_register: str, open_desk: OpenDesk, clock: Clock, typed: str, day: str
) -> None:
    desk = open_desk(file_register)
    clock.go(days=1)
    desk.do(instructions.enter, on=typed, leader="吴局长", words="已阅", uid=new_uid())
    assert [one.on for one in desk.ask(instructions.rows)] == [day]


def test_a_page_that_nobody_names_is_the_last_sheet_there_is(
    file_register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(file_register)
    clock.go(days=7)
    assert desk.ask(instructions.usual_day) == 20261127  # a Friday: on a Monday nobody means Sunday
    clock.go(days=-9)
    add(desk, visit("值班接待"))  # on a Saturday
    clock.go(days=9)
    assert desk.ask(instructions.usual_day) == 20261121
    desk.do(instructions.enter, leader="吴局长", words="已阅", uid=new_uid())
    assert [one.on for one in desk.ask(instructions.rows)] == ["2026-11-21"]


def test_a_job_is_entered_later_with_the_time_at_which_it_was_given(
    file_register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(file_register)
    before, to = clock.now - dt.timedelta(minutes=30), department(desk, "JC")

    def give(at: dt.datetime) -> int:
        told = {"department_id": to, "received_at": at, "late": True}
        given = desk.do(jobs.give, given_by="吴局长", words="查清报我", **told, uid=new_uid())  # type: ignore[arg-type]
        return given.entry_id

    row = desk.ask(reading.entry, give(before)).row
    assert (row.received_at, row.late) == (before, True)
    assert desk.ask(jobs.view, row.id).row.given_at == before
    with pytest.raises(InputError) as refused:
        give(clock.now + dt.timedelta(hours=1))
    assert refused.value.field == "received_at"


def test_a_page_is_a_number_too_and_nothing_else(file_register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(file_register)
    came = add(desk, visit("反映欠薪", referral=NewReferral(department(desk, "JC"))))
    for typed in (came.number, f"{came.number}/JC"):
        desk.do(instructions.enter, on=typed, leader="吴局长", words="已阅", uid=new_uid())
    found = desk.ask(instructions.rows)
    assert [one.on for one in found] == [came.number, came.number]
    assert [one.stands_on for one in found] == [StandsOn.REFERRAL, StandsOn.ENTRY]
    for typed in ("昨天", "13-45", "2026-02-30"):
        with pytest.raises(InputError) as refused:
            desk.do(instructions.enter, on=typed, leader="吴局长", words="已阅", uid=new_uid())
        assert refused.value.field == "on"
