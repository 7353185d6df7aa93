"""An urgent event: the minute, the calls in the site's order, a log that is never reordered, its end."""

from __future__ import annotations

import datetime as dt

import pytest

from reception.errors import InputError, StateError
from reception.facts import EntryStatus, Kind, Todo
from reception.facts.office import EventKind
from reception.operations import entries, reading, site, to_do, undoing
from reception.operations.office import urgent
from reception.paper import daily_sheet
from reception.store import check
from tests.factories import Clock, OpenDesk, new_uid

MINUTE = dt.timedelta(minutes=1)
CALLS = "吴局长, 13800001111, 分管领导\n派出所，110\n\n信访室 8020"


def test_the_log_runs_minute_by_minute_until_it_is_over(
    register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(register, operator="王芳")
    desk.do(site.save, {"urgent_calls": CALLS}, uid=new_uid())
    clock.go(minutes=1)
    uid = new_uid()
    begun = desk.do(urgent.register, people=30, uid=uid)
    assert desk.do(urgent.register, people=30, uid=uid).number == begun.number
    seen = desk.ask(urgent.view, begun.entry_id)
    assert (seen.row.people, seen.row.began_at, bool(seen.row.subject)) == (30, clock.now, True)
    assert [one.name for one in seen.calls] == ["吴局长", "派出所", "信访室 8020"]
    assert [row.what for row in desk.ask(to_do.rows)] == [Todo.URGENT]
    clock.go(minutes=1)
    desk.do(urgent.call, begun.entry_id, words="马上到", uid=new_uid())
    clock.go(minutes=1)
    desk.do(urgent.call, begun.entry_id, reached=False, uid=new_uid())
    assert desk.ask(urgent.view, begun.entry_id).next_call == seen.calls[1]  # called again until reached
    desk.do(urgent.call, begun.entry_id, words="派两人", uid=new_uid())
    last = new_uid()
    called = desk.do(urgent.call, begun.entry_id, words="知道了", uid=last)
    assert desk.ask(urgent.view, begun.entry_id).next_call is None
    assert desk.do(urgent.call, begun.entry_id, words="知道了", uid=last) == called
    desk.do(undoing.undo, last, uid=new_uid())
    with pytest.raises(InputError) as refused:
        desk.do(urgent.note, begun.entry_id, words="早先的事", at=clock.now - MINUTE, uid=new_uid())
    assert refused.value.field == "at"
    desk.do(urgent.note, begun.entry_id, kind=EventKind.CAME, whom="吴局长", uid=new_uid())
    desk.do(urgent.count, begun.entry_id, people=45, uid=new_uid())
    agreed = new_uid()
    desk.do(urgent.note, begun.entry_id, kind=EventKind.AGREED, words="周五前答复", uid=agreed)
    log = desk.ask(urgent.view, begun.entry_id).log
    assert [(one.kind.value, one.whom, one.phone, one.reached) for one in log] == [
        ("called", "吴局长", "13800001111", True),
        ("called", "派出所", "110", False),
        ("called", "派出所", "110", True),
        ("came", "吴局长", "", None),
        ("agreed", "", "", None),
    ]
    desk.do(undoing.undo, agreed, uid=new_uid())
    assert len(desk.ask(urgent.view, begun.entry_id).log) == 4
    over = new_uid()
    desk.do(urgent.end, begun.entry_id, outcome="代表留下登记，其余离开", uid=over)
    shown = desk.ask(reading.entry, begun.entry_id)
    assert (shown.row.kind, shown.row.status, shown.row.party_size) == (Kind.URGENT, EntryStatus.FINISHED, 45)
    assert desk.ask(to_do.rows) == ()
    with pytest.raises(StateError):
        desk.do(urgent.note, begun.entry_id, words="后来", uid=new_uid())
    (line,) = desk.ask(daily_sheet.collect, 20261123).rows  # the log belongs to the sheet of the day
    assert [text.split(" ", 1)[1] for text in line.outcome.splitlines()[:-1]] == [
        "吴局长 马上到",
        "派出所 未接通",
        "派出所 派两人",
        "吴局长",
    ]
    assert line.outcome.endswith("代表留下登记，其余离开")
    desk.do(undoing.undo, over, uid=new_uid())
    assert desk.ask(reading.entry, begun.entry_id).row.status is EntryStatus.OPEN
    assert [one.row.number for one in desk.ask(urgent.of_day, 20261123)] == [begun.number]
    check.run(desk)


def test_one_word_or_a_number_is_enough_and_nothing_is_not(file_register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(file_register)
    with pytest.raises(InputError) as refused:
        desk.do(urgent.register, uid=new_uid())
    assert refused.value.field == "subject"
    one = desk.do(urgent.register, subject="晕倒", uid=new_uid())
    assert desk.ask(urgent.view, one.entry_id).row.people == 1
    for words in ("40", "４０人", "40 个人"):  # where one word is asked for, a number says how many they are
        row = desk.ask(urgent.view, desk.do(urgent.register, subject=words, uid=new_uid()).entry_id).row
        assert (row.people, "40" in row.subject) == (40, False)
        desk.do(entries.void, row.entry_id, "演练", uid=new_uid())
    kept = desk.do(urgent.register, subject="40", people=3, uid=new_uid())
    assert desk.ask(urgent.view, kept.entry_id).row.subject == "40"
    desk.do(entries.void, kept.entry_id, "演练", uid=new_uid())
    with pytest.raises(InputError):
        desk.do(urgent.end, one.entry_id, uid=new_uid())
    with pytest.raises(InputError):
        desk.do(urgent.note, one.entry_id, uid=new_uid())
    desk.do(entries.void, one.entry_id, "演练", uid=new_uid())
    assert desk.ask(urgent.rows) == ()
    assert [row.number for row in desk.ask(urgent.rows, which="all")][-1] == one.number


def test_the_sites_list_is_read_as_people_write_it() -> None:
    found = urgent.read_calls("甲,局长,1\n乙； 2 ；\n丙|3|x|y\n  \n丁\t4")
    assert [(one.name, one.phone, one.role) for one in found] == [
        ("甲", "1", "局长"),
        ("乙", "2", ""),
        ("丙", "3", "x"),
        ("丁", "4", ""),
    ]
