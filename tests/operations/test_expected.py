"""Who is expected: noted, late, come with one key, absent, called off; and what the office has to do."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reception.desk import Desk
from reception.errors import InputError, StateError
from reception.facts import EntryStatus, Kind, NewEntry, NewReferral, Place, Todo
from reception.facts.awaited import Expected
from reception.facts.office import ExpectedStatus, NewInvitee, NewUrgent
from reception.operations import entries, reading, referrals, shifts, to_do, undoing
from reception.operations.office import documents, expected, loans, meetings, parcels
from reception.store import check
from tests.factories import NOW, Clock, OpenDesk, department, new_uid

HOUR = dt.timedelta(hours=1)
ZONE = ZoneInfo("Asia/Shanghai")
DAY = dt.timedelta(days=1)


def _note(desk: Desk, name: str, at: dt.datetime, **more: Any) -> Expected:
    return desk.do(expected.note, at=at, name=name, uid=new_uid(), **more)


def _names(rows: tuple[Expected, ...]) -> list[str]:
    return [one.name for one in rows]


def test_whoever_is_expected_becomes_a_visit_with_one_key(
    register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(register, operator="王芳")
    clock.go(minutes=1)
    whom = department(desk, "PX")
    coming = _note(
        desk,
        "陈处长",
        NOW + HOUR,
        organisation="市人社局",
        party_size=4,
        plate="湘A12345",
        room="三楼",
        department_id=whom,
        whom="刘科长",
        subject="调研培训补贴",
    )
    assert (coming.department, coming.status) == ("PX", ExpectedStatus.EXPECTED)
    clock.go(minutes=70)
    (row,) = desk.ask(to_do.rows, which="expected")
    assert (row.what, row.person, row.record_id) == (Todo.EXPECTED, "市人社局 · 陈处长", coming.id)
    uid = new_uid()
    receipt = desk.do(expected.arrive, coming.id, uid=uid)
    assert desk.do(expected.arrive, coming.id, uid=uid).number == receipt.number
    with pytest.raises(StateError):
        desk.do(expected.arrive, coming.id, uid=new_uid())
    visit = desk.ask(reading.entry, receipt.entry_id)
    assert (visit.row.kind, visit.row.name, visit.row.party_size) == (Kind.VISIT, "陈处长", 4)
    assert (visit.details.wanted, visit.details.plate, visit.row.department) == ("刘科长", "湘A12345", "PX")
    assert visit.row.waiting_since == clock.now
    assert desk.ask(expected.one, coming.id).visit == receipt.number
    assert desk.ask(to_do.rows, which="expected") == ()
    desk.do(undoing.undo, uid, uid=new_uid())  # they were somebody else
    assert desk.ask(expected.one, coming.id).status is ExpectedStatus.EXPECTED
    assert desk.ask(reading.entry, receipt.entry_id).row.status is EntryStatus.VOID
    desk.do(undoing.redo_last, uid=new_uid())
    assert desk.ask(expected.one, coming.id).visit == receipt.number
    check.run(desk)


def test_a_day_holds_its_own_and_those_nobody_said_anything_about(
    register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(register)
    clock.go(minutes=1)
    left, gone = _note(desk, "昨天", NOW + HOUR), _note(desk, "没来", NOW + 2 * HOUR)
    off = _note(desk, "取消", NOW + DAY + HOUR)
    _note(desk, "今天", NOW + DAY + 2 * HOUR)
    _note(desk, "明天", NOW + 2 * DAY)
    desk.do(expected.miss, gone.id, note="电话不通", uid=new_uid())
    desk.do(expected.cancel, off.id, uid=new_uid())
    clock.go(days=1)
    assert _names(desk.ask(expected.rows)) == ["昨天", "取消", "今天"]
    assert _names(desk.ask(expected.rows, which="coming")) == ["明天"]
    assert _names(desk.ask(expected.rows, which="past")) == ["没来", "昨天"]
    assert desk.ask(expected.one, gone.id).note == "电话不通"
    later = desk.do(expected.change, left.id, at=NOW + 3 * DAY, uid=new_uid())
    assert later.at == NOW + 3 * DAY
    assert _names(desk.ask(expected.rows, words="昨")) == []
    assert _names(desk.ask(expected.rows, which="coming", words="昨")) == ["昨天"]
    first = desk.ask(expected.rows, which="coming", limit=1)
    at = Place(0, 0, first[0].at, first[0].id)
    assert _names(first + desk.ask(expected.rows, which="coming", before=at)) == ["明天", "昨天"]
    day = (clock.now.astimezone(ZONE) + DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    desk.do(expected.note, at=day, until=day + DAY, name="全天", uid=new_uid())
    assert "全天" not in [row.person for row in desk.ask(to_do.rows)]  # tomorrow, at no hour
    clock.go(days=1)
    (whole,) = [row for row in desk.ask(to_do.rows) if row.person == "全天"]
    assert (whole.since, whole.due_at) == (day, day + DAY)  # not late before the day is over
    check.run(desk)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "甲"}, "at"),
        ({"at": NOW}, "name"),
        ({"at": NOW, "name": "甲", "until": NOW}, "until"),
        ({"at": NOW, "name": "甲", "party_size": -1}, "party_size"),
        ({"at": NOW, "name": "甲", "party_size": 0}, "party_size"),
        ({"at": dt.datetime.max.replace(tzinfo=dt.UTC), "name": "甲"}, "at"),
        ({"at": dt.datetime.min.replace(tzinfo=dt.UTC), "name": "甲"}, "at"),
        ({"at": NOW, "until": dt.datetime.max.replace(tzinfo=dt.UTC), "name": "甲"}, "until"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    file_register: str, open_desk: OpenDesk, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(InputError) as refused:
        open_desk(file_register).do(expected.note, **given, uid=new_uid())
    assert refused.value.field == field


def test_all_that_the_office_has_in_hand_stands_in_the_one_list(
    register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(register)
    desk.do(entries.register, NewEntry(Kind.URGENT, "集体访", party_size=30, record=NewUrgent("大门")))
    paper = desk.do(documents.register, subject="关于报送统计表的通知", sender="市局", uid=new_uid())
    handled = desk.do(documents.register, subject="转培训科的函", sender="市局", uid=new_uid())
    to = NewReferral(department(desk, "PX"))
    desk.do(referrals.refer, handled.entry_id, to, uid=new_uid())
    notice = desk.do(
        meetings.notify,
        subject="欠薪调度会",
        convener="李局长",
        agenda="年底欠薪",
        meets_at=NOW + 2 * DAY,
        invitees=(NewInvitee("监察大队", phone="8001"),),
        uid=new_uid(),
    )
    _note(desk, "客人", NOW + HOUR)
    desk.do(loans.lend, thing="投影仪", whom="王强", back_by=NOW + HOUR, uid=new_uid())
    desk.do(parcels.take_in, whom="刘科长", sender="邮政", uid=new_uid())
    assert desk.ask(to_do.counters).unhandled == 0  # it is not the site's hour yet
    now = [row.what for row in desk.ask(to_do.rows)]
    assert now == [Todo.URGENT, Todo.UNCALLED, Todo.EXPECTED]  # later today
    clock.go(days=5)
    rows = desk.ask(to_do.rows)
    told = [(row.what, row.number or row.text) for row in rows if row.referral is None]
    assert told == [
        (Todo.URGENT, "20261123-001"),
        (Todo.UNHANDLED, paper.number),
        (Todo.UNCALLED, notice.number),
        (Todo.EXPECTED, ""),
        (Todo.NOT_BACK, "投影仪"),
        (Todo.PARCEL, "邮政"),
    ]
    assert desk.ask(to_do.counters).unhandled == 1
    assert next(row.due_at for row in rows if row.what is Todo.UNCALLED) == NOW + 2 * DAY
    assert next(row.person for row in rows if row.what is Todo.UNHANDLED) == "市局"  # who sent it
    pages: list[Any] = []
    while page := desk.ask(to_do.rows, limit=2, before=pages[-1].place if pages else None):
        pages += page
    assert tuple(pages) == rows
    piled = [row for row in desk.ask(to_do.rows, which="piled") if row.referral is None]
    assert [row.number for row in piled] == [paper.number]
    given = desk.do(shifts.hand_over, uid=new_uid())
    handed = [(one.what, one.number or one.text) for one in given.items if one.what is not Todo.NOT_RECEIVED]
    assert handed == told
    assert [one.person for one in given.items] == [row.person for row in rows]
    assert desk.ask(to_do.counters).unanswered == 1  # the referral; the others have reasons of their own
