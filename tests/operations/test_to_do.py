"""The list of what is to be done: every reason, its filter, its count, its place on a page."""

from __future__ import annotations

from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import InputError, NotFoundError, StateError
from reception.facts import (
    Act,
    CallResult,
    Category,
    Details,
    Kind,
    Lack,
    Limit,
    LimitClock,
    NewCallback,
    NewEntry,
    NewReferral,
    Todo,
    TodoRow,
    Urgency,
)
from reception.operations import (
    callbacks,
    corrections,
    directory,
    entries,
    reading,
    referrals,
    site,
    to_do,
    undoing,
)
from reception.store import check
from tests.factories import (
    NOW,
    Clock,
    add,
    behind_its_back,
    call,
    department,
    new_uid,
    part,
    person,
    visit,
)


def _days(amount: int) -> Limit:
    return Limit(amount, LimitClock.WORKING)


def _send(desk: Desk, subject: str, limit: int, *assist: str, **fields: Any) -> str:
    """Refer a visit to JC; its number."""
    to = NewReferral(
        department(desk, "JC"), tuple(department(desk, one) for one in assist), limit=_days(limit)
    )
    return add(desk, visit(subject, referral=to, **fields)).number


def _busy(desk: Desk, clock: Clock) -> None:
    """One of everything, on Monday; then it is Tuesday afternoon."""
    desk.do(
        site.save, {"leader_look_categories": "petition", "call_back_categories": "complaint"}, uid=new_uid()
    )
    jc = department(desk, "JC")
    overdue = _send(desk, "001 超期", 1, "XF")
    _send(desk, "002 明日到期", 3)
    _send(desk, "003 今日到期", 2)
    returned = _send(desk, "004 退回", 5)
    _send(desk, "005 未签收", 5)
    answered = NewReferral(jc, limit=_days(5), leader="李局长")
    for subject, category in (("006 待领导", Category.PETITION), ("007 待回访", Category.COMPLAINT)):
        number = add(desk, visit(subject, referral=answered, category=category)).number
        desk.do(referrals.answer, part(desk, number), "已支付", uid=new_uid())
    done = _send(desk, "008 可办结", 5)
    desk.do(referrals.answer, part(desk, done), "已办妥", uid=new_uid())
    under_way = _send(desk, "009 在办", 5)
    for number in (overdue, "20261123-002", "20261123-003", under_way):
        desk.do(referrals.receive, part(desk, number), "钱工", uid=new_uid())
    desk.do(referrals.give_back, part(desk, returned), "应由仲裁院办", uid=new_uid())
    add(desk, call("010 要回电", details=Details(callback_wanted=True)))
    clock.go(days=2)
    add(desk, visit("001 等候", waiting_since=clock.now))
    add(desk, visit("002 没办"))


def _told(rows: tuple[TodoRow, ...]) -> list[tuple[Todo, str]]:
    return [(row.what, row.number[-6:]) for row in rows]


EXPECTED = [
    (Todo.OVERDUE, "23-001"),
    (Todo.DUE_TODAY, "23-003"),
    (Todo.RETURNED, "23-004"),
    (Todo.NOT_RECEIVED, "23-001"),
    (Todo.NOT_RECEIVED, "23-005"),
    (Todo.CALL_BACK_PERSON, "23-007"),
    (Todo.CALLBACK, "23-010"),
    (Todo.LEADER, "23-006"),
    (Todo.WAITING, "25-001"),
    (Todo.REMIND, "23-002"),
    (Todo.ANSWERED, "23-008"),
    (Todo.OPEN, "25-002"),
]
"""The assisting XF has not received its part of the first one, either."""


def test_everything_stands_once_in_its_order_on_pages_of_any_size(desk: Desk, clock: Clock) -> None:
    _busy(desk, clock)
    assert _told(desk.ask(to_do.rows)) == EXPECTED
    for size in (1, 2, 5, 12):
        found: list[TodoRow] = []
        while page := desk.ask(to_do.rows, before=found[-1].place if found else None, limit=size):
            found.extend(page)
            assert len(page) <= size
        assert _told(tuple(found)) == EXPECTED


def test_more_time_is_asked_for_below_what_came_back_and_late_above_all(desk: Desk, clock: Clock) -> None:
    late, soon = _send(desk, "已超期", 1), _send(desk, "还有时间", 5)
    desk.do(referrals.give_back, part(desk, _send(desk, "退回", 5)), "不属本科室", uid=new_uid())
    _send(desk, "未签收", 5)
    for number, why in ((late, "外调"), (soon, "会商")):
        desk.do(referrals.ask, part(desk, number), 3, why, uid=new_uid())
    clock.go(days=2)
    add(desk, visit("等候", waiting_since=clock.now))
    rows = desk.ask(to_do.rows)
    assert [(row.what, row.number[-6:], row.text) for row in rows] == [
        (Todo.OVERDUE, "23-001", "外调"),
        (Todo.RETURNED, "23-003", "不属本科室"),
        (Todo.ASKED, "23-002", "会商"),
        (Todo.NOT_RECEIVED, "23-004", "未签收"),
        (Todo.WAITING, "25-001", "等候"),
    ]
    assert [row.number for row in desk.ask(to_do.rows, which="asked")] == [late, soon]


def test_each_filter_holds_what_its_count_says(desk: Desk, clock: Clock) -> None:
    _busy(desk, clock)
    counts = desk.ask(to_do.counts)
    held = {which: desk.ask(to_do.rows, which=which) for which in to_do.FILTERS}
    assert {which: len(held[which]) for which in counts} == counts
    assert {which: count for which, count in counts.items() if which != "check"} == {
        **{"waiting": 1, "overdue": 1, "due-today": 1, "returned": 1, "not-received": 2},
        **dict.fromkeys(("urgent", "unhandled", "uncalled", "notified", "expected", "not-back", "parcel"), 0),
        **{"call-back-person": 1, "leader": 1, "remind": 3, "callback": 1, "closing": 1},
        **{"still-open": 1, "asked": 0},
    }
    parts = {row.referral.part.name for row in held["open"] if row.referral is not None}
    assert len(parts) == len(held["open"]) == 10
    assert _told(held["people"]) == [EXPECTED[8], EXPECTED[6]]
    assert {what for what, _ in _told(held["answered"])} == {
        *(Todo.CALL_BACK_PERSON, Todo.LEADER, Todo.ANSWERED),
    }
    counters = desk.ask(to_do.counters)
    assert (counters.overdue, counters.not_received) == (1, 2)
    assert (counters.waiting, counters.callbacks) == (1, 1)
    assert counters.unanswered == len(held["unanswered"]) == 7 + 3
    assert counters.to_check == counts["check"] == len(held["check"])
    assert [row.what for row in held["all"]].count(Todo.UNDER_WAY) == 1
    with pytest.raises(InputError):
        desk.ask(to_do.rows, which="nonsense")


def test_a_department_sees_its_own(desk: Desk, clock: Clock) -> None:
    _busy(desk, clock)
    for which in to_do.FILTERS:
        rows = desk.ask(to_do.rows, which=which, department="XF")
        assert {row.department for row in rows} <= {"XF"}
    assert _told(desk.ask(to_do.rows, department="XF")) == [(Todo.NOT_RECEIVED, "23-001")]
    assert desk.ask(to_do.counts, department="XF")["not-received"] == 1
    with pytest.raises(NotFoundError):
        desk.ask(to_do.rows, department="NONE")


def test_a_row_says_what_is_needed_to_work_it(desk: Desk, clock: Clock) -> None:
    _busy(desk, clock)
    rows = {what: row for row in desk.ask(to_do.rows) for what in (row.what,)}
    overdue = rows[Todo.OVERDUE]
    assert overdue.referral is not None
    assert overdue.referral.term is not None
    assert (overdue.overdue_days, overdue.referral.overdue_days) == (1, 1)
    assert overdue.since == overdue.due_at == overdue.referral.term.due_at
    assert (overdue.department, overdue.part_id) == ("JC", overdue.referral.part.id)
    assert rows[Todo.RETURNED].text == "应由仲裁院办"
    assert rows[Todo.ANSWERED].text == "已办妥"
    before_leader = rows[Todo.LEADER].referral
    assert before_leader is not None
    assert before_leader.leader == "李局长"
    assert rows[Todo.CALLBACK].since == NOW


def test_a_paused_clock_presses_nobody(desk: Desk, clock: Clock) -> None:
    number = _send(desk, "补材料", 1)
    desk.do(referrals.receive, part(desk, number), "钱工", uid=new_uid())
    referral = desk.ask(referrals.find_referral, number).id
    desk.do(referrals.pause, referral, "缺合同", uid=new_uid())
    clock.go(days=9)
    assert [row.what for row in desk.ask(to_do.rows, which="open")] == [Todo.UNDER_WAY]
    assert desk.ask(to_do.counters).overdue == 0
    desk.do(referrals.resume, referral, uid=new_uid())
    clock.go(days=9)
    assert [row.what for row in desk.ask(to_do.rows, which="open")] == [Todo.OVERDUE]


def test_not_received_counts_from_the_sites_hours(desk: Desk, clock: Clock) -> None:
    desk.do(site.save, {"receive_hours": "2", "office_hours": "08:00-12:00 14:00-18:00"}, uid=new_uid())
    _send(desk, "上午送", 5)  # at 09:42
    clock.go(minutes=119)
    assert desk.ask(to_do.counters).not_received == 0
    clock.go(minutes=1)
    assert desk.ask(to_do.counters).not_received == 1
    clock.go(minutes=17)  # 11:59
    _send(desk, "午前送", 5)
    clock.go(hours=3, minutes=59)  # 15:58
    assert desk.ask(to_do.counters).not_received == 1
    clock.go(minutes=1)
    assert desk.ask(to_do.counters).not_received == 2


def test_a_referral_sent_on_is_not_returned_any_more(desk: Desk) -> None:
    number = _send(desk, "转错了", 5)
    desk.do(referrals.give_back, part(desk, number), "不属本科室", uid=new_uid())
    assert [row.what for row in desk.ask(to_do.rows)] == [Todo.RETURNED]
    referral = desk.ask(referrals.find_referral, number).id
    desk.do(referrals.reroute, referral, NewReferral(department(desk, "ZCY")), uid=new_uid())
    rows = desk.ask(to_do.rows, which="open")
    assert [(row.what, row.department) for row in rows] == [(Todo.UNDER_WAY, "ZCY")]
    assert desk.ask(to_do.counts)["returned"] == 0


def test_calls_stand_as_in_their_queue(desk: Desk, clock: Clock) -> None:
    add(desk, call("一", details=Details(callback_wanted=True)))
    add(desk, call("二", callback=NewCallback(NOW.replace(hour=9)), parties=(person(phone="139"),)))
    critical = Details(urgency=Urgency.CRITICAL)
    add(desk, call("三", callback=NewCallback(), details=critical, parties=(person(phone="139"),)))
    sbk = department(desk, "SBK")
    add(desk, call("四", act=Act.PUT_THROUGH, call_result=CallResult.BUSY, department_id=sbk))
    twice = add(desk, call("五", callback=NewCallback(), parties=(person(phone="139"),)))
    desk.do(callbacks.owe, twice.entry_id, NewCallback(about="再问"), uid=new_uid())
    rows = desk.ask(to_do.rows, which="callback")
    queue = desk.ask(callbacks.owed)
    assert [(row.entry_id, row.callback_id) for row in rows] == [(one.entry_id, one.id) for one in queue]
    assert len(rows) == desk.ask(to_do.counts)["callback"] == 6
    paged: list[TodoRow] = []
    while page := desk.ask(to_do.rows, which="callback", before=paged[-1].place if paged else None, limit=1):
        paged.extend(page)
    assert tuple(paged) == rows


def test_lines_that_lack_something_are_gone_over_one_by_one(desk: Desk) -> None:
    phone = (person(phone="13800138000"),)
    open_one = add(desk, visit("没留电话"))
    add(desk, visit("没留电话，指了路", act=Act.POINTED, department_id=department(desk, "SBK")))
    answered = add(desk, visit("没写结果", act=Act.ANSWERED))
    notice = add(
        desk,
        NewEntry(Kind.CALL_IN, "会议通知", category=Category.NOTICE, act=Act.ANSWERED, outcome="已报告"),
    )
    add(desk, visit("齐全", act=Act.ANSWERED, outcome="已告知", parties=phone))
    void = add(desk, visit("误登"))
    desk.do(entries.void, void.entry_id, "误登", uid=new_uid())
    rows = desk.ask(to_do.rows, which="check")
    assert {row.entry_id: row.lacks for row in rows} == {
        open_one.entry_id: (Lack.PHONE,),
        answered.entry_id: (Lack.OUTCOME,),
        notice.entry_id: (Lack.READ_BACK,),
    }
    act = new_uid()
    desk.do(to_do.check, open_one.entry_id, uid=act)
    assert desk.ask(to_do.counters).to_check == 2
    desk.do(corrections.correct, open_one.entry_id, {"subject": "没有电话"}, uid=new_uid())
    assert desk.ask(to_do.counters).to_check == 2
    with pytest.raises(StateError):
        desk.do(to_do.check, open_one.entry_id, uid=new_uid())
    desk.do(undoing.undo, act, uid=new_uid())
    assert desk.ask(to_do.counters).to_check == 3
    desk.do(site.save, {"check_wants": "outcome"}, uid=new_uid())
    assert [row.entry_id for row in desk.ask(to_do.rows, which="check")] == [answered.entry_id]
    desk.do(entries.set_outcome, answered.entry_id, "已告知", uid=new_uid())
    assert desk.ask(to_do.counters).to_check == 0
    desk.do(site.save, {"check_wants": ""}, uid=new_uid())
    assert desk.ask(to_do.rows, which="check") == ()
    with pytest.raises(InputError):
        desk.do(site.save, {"check_wants": "nonsense"}, uid=new_uid())
    assert [line.verb for line in desk.ask(reading.entry, open_one.entry_id).trail] == [
        *("register", "check", "correct", "undo"),
    ]
    assert check.run(desk).entries == 6


def test_what_a_line_lacks_is_written_and_can_be_taken_back(desk: Desk) -> None:
    number = "430181199001011234"
    named = add(desk, visit("没留电话", parties=(person(phone="", document_number=number), person("李四"))))
    nobody = add(desk, visit("没问姓名"))
    reported = add(desk, visit("举报", category=Category.REPORT, parties=(person("王五", phone=""),)))
    answered = add(desk, visit("没写结果", act=Act.ANSWERED))
    notice = add(desk, NewEntry(Kind.CALL_IN, "会议", category=Category.NOTICE, act=Act.POINTED))
    act = new_uid()
    desk.do(to_do.supply, named.entry_id, Lack.PHONE, "１３８ 0000 0000", uid=act)
    desk.do(to_do.supply, named.entry_id, Lack.PHONE, "１３８ 0000 0000", uid=act)
    desk.do(to_do.supply, nobody.entry_id, Lack.PHONE, "8031", uid=new_uid())
    desk.do(to_do.supply, reported.entry_id, Lack.PHONE, "139", uid=new_uid())
    desk.do(to_do.supply, answered.entry_id, Lack.OUTCOME, "已告知", uid=new_uid())
    lacks = {row.entry_id: row.lacks for row in desk.ask(to_do.rows, which="check")}
    assert lacks == {notice.entry_id: (Lack.DESTINATION, Lack.READ_BACK)}
    desk.do(to_do.supply, notice.entry_id, Lack.READ_BACK, uid=new_uid())
    desk.do(to_do.supply, notice.entry_id, Lack.DESTINATION, "二楼会议室", uid=new_uid())
    assert desk.ask(reading.entry, notice.entry_id).row.outcome == "二楼会议室"
    assert desk.ask(to_do.counters).to_check == 0
    assert [one.name for one in desk.ask(reading.parties, named.entry_id)] == ["张建国", "李四"]
    assert desk.ask(reading.parties, named.entry_id)[0].document_number == number
    assert [one.phone for one in desk.ask(reading.parties, nobody.entry_id)] == ["8031"]
    told = desk.ask(reading.parties, reported.entry_id)
    assert [(one.name, one.phone) for one in told] == [("王五", "139")]
    assert [line.verb for line in desk.ask(reading.entry, named.entry_id).trail] == ["register", "correct"]
    desk.do(undoing.undo, act, uid=new_uid())
    assert [row.entry_id for row in desk.ask(to_do.rows, which="check")] == [named.entry_id]
    with pytest.raises(InputError):
        desk.do(to_do.supply, named.entry_id, Lack.PHONE, "  ", uid=new_uid())
    assert check.run(desk).entries == 5


def test_who_was_pointed_somewhere_and_nobody_knows_where_is_found(desk: Desk) -> None:
    sbk = department(desk, "SBK")
    name = desk.ask(directory.department, "ZCY").name
    add(desk, visit("指到科室", act=Act.POINTED, department_id=sbk))
    add(desk, visit("指给人", act=Act.POINTED, details=Details(wanted="李科长")))
    add(desk, visit("说了路", act=Act.POINTED, outcome="税务局，出门左转"))
    lost = [add(desk, visit("没写去向", act=Act.POINTED)).entry_id for _ in range(2)]
    rows = desk.ask(to_do.rows, which="check")
    assert [(row.entry_id, row.lacks) for row in rows] == [(one, (Lack.DESTINATION,)) for one in lost]
    desk.do(to_do.supply, lost[0], Lack.DESTINATION, " sbk ", uid=new_uid())
    desk.do(to_do.supply, lost[1], Lack.DESTINATION, name, uid=new_uid())
    assert desk.ask(to_do.counters).to_check == 0
    assert [desk.ask(reading.entry, one).row.department for one in lost] == ["SBK", "ZCY"]
    desk.do(site.save, {"check_wants": "phone outcome read-back"}, uid=new_uid())
    add(desk, visit("还是没写", act=Act.POINTED))
    assert desk.ask(to_do.counters).to_check == 0


def test_what_is_worked_out_is_found_out_if_it_is_wrong(desk: Desk, clock: Clock) -> None:
    _busy(desk, clock)
    assert check.run(desk).entries == 12
    with behind_its_back(desk.place.text) as execute:
        execute("UPDATE referral SET waits = NULL WHERE id = 1")
    with pytest.raises(Exception, match="referral"):
        check.run(desk)
