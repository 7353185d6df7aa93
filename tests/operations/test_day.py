"""The day at a glance, counted by hand."""

from __future__ import annotations

from reception.desk import Desk
from reception.facts import (
    Act,
    CallResult,
    Counters,
    Details,
    EntryRow,
    Kind,
    NewEntry,
    NewReferral,
    Todo,
    Totals,
)
from reception.operations import day, entries, reading, referrals, site
from tests.factories import (
    NOW,
    TODAY,
    Clock,
    OpenDesk,
    add,
    call,
    department,
    new_uid,
    part,
    person,
    told_numbers,
    visit,
)


def _todo(desk: Desk) -> list[tuple[Todo, str]]:
    return [(one.what, one.number[-3:]) for one in desk.ask(day.todo, TODAY)]


def test_an_empty_day_is_empty(desk: Desk) -> None:
    assert desk.ask(day.totals, TODAY) == Totals()
    assert desk.ask(day.counters, TODAY) == Counters()
    assert desk.ask(day.todo, TODAY) == ()
    assert desk.ask(reading.day_rows, TODAY) == ()
    assert desk.ask(site.today) == TODAY


def test_totals_count_heads_calls_and_acts_but_no_voided_line(desk: Desk, clock: Clock) -> None:
    sbk = department(desk, "SBK")
    add(desk, visit(party_size=5, act=Act.ANSWERED))
    add(desk, visit(party_size=2, act=Act.POINTED, department_id=sbk))
    add(desk, visit())
    add(desk, call(act=Act.PUT_THROUGH, call_result=CallResult.CONNECTED, department_id=sbk))
    add(desk, call(act=Act.PUT_THROUGH, call_result=CallResult.BUSY, department_id=sbk))
    add(desk, NewEntry(Kind.CALL_OUT, "通知开会", act=Act.ANSWERED))
    add(desk, visit(referral=NewReferral(sbk)))
    struck = add(desk, visit(party_size=50, act=Act.ANSWERED))
    desk.do(entries.void, struck.entry_id, "误登", uid=new_uid())
    expected = Totals(
        visits=4,
        visitors=9,
        calls_in=2,
        calls_out=1,
        answered=2,
        pointed=1,
        put_through=2,
        referred=1,
        open=3,
        void=1,
    )
    assert desk.ask(day.totals, TODAY) == expected
    clock.go(days=1)
    assert desk.ask(day.totals, TODAY + 1) == Totals()
    assert desk.ask(day.totals, TODAY) == expected


def test_a_desks_own_totals(register: str, open_desk: OpenDesk) -> None:
    office, b = open_desk(register), open_desk(register, desk="B")
    add(office)
    add(b, visit(party_size=3))
    add(b)
    assert office.ask(day.totals, TODAY).visits == 3
    assert office.ask(day.totals, TODAY, "").visitors == 1
    assert office.ask(day.totals, TODAY, "B").visitors == 4
    assert office.ask(day.totals, TODAY, "C") == Totals()


def test_what_is_to_be_done_most_pressing_first(desk: Desk, clock: Clock) -> None:
    sbk, jc = department(desk, "SBK"), department(desk, "JC")
    add(desk, visit("001 还没办"))
    add(desk, visit("002 已转办", referral=NewReferral(jc)))
    add(desk, call("003 占线", act=Act.PUT_THROUGH, call_result=CallResult.BUSY, department_id=sbk))
    add(desk, visit("004 等候", waiting_since=NOW, parties=(person(phone="139"),)))
    add(desk, call("005 要回电", details=Details(callback_wanted=True)))
    returned = add(desk, visit("006 退回", referral=NewReferral(jc)))
    desk.do(referrals.give_back, part(desk, returned.number), "应由仲裁院办", uid=new_uid())
    answered = add(desk, visit("007 已答复", referral=NewReferral(jc, (sbk,))))
    desk.do(referrals.answer, part(desk, answered.number), "已支付", uid=new_uid())
    desk.do(referrals.answer, part(desk, f"{answered.number}/SBK"), "协办意见", uid=new_uid())
    add(desk, call("008 已办", act=Act.ANSWERED, details=Details(callback_wanted=True)))
    add(desk, visit("009 早来早等", waiting_since=NOW, received_at=NOW))
    clock.go(hours=8)  # four of them office hours and more
    assert _todo(desk) == [
        (Todo.RETURNED, "006"),
        (Todo.NOT_RECEIVED, "002"),
        (Todo.CALLBACK, "003"),
        (Todo.CALLBACK, "005"),
        (Todo.WAITING, "004"),
        (Todo.WAITING, "009"),
        (Todo.ANSWERED, "007"),
        (Todo.OPEN, "001"),
    ]
    found = {one.number[-3:]: one for one in desk.ask(day.todo, TODAY)}
    assert (found["004"].person, found["004"].phone, found["004"].since) == ("张建国", "139", NOW)
    assert (found["006"].text, found["006"].department) == ("应由仲裁院办", "JC")
    assert found["006"].part_id == part(desk, returned.number)
    assert found["007"].text == "已支付"
    assert [one.number[-3:] for one in desk.ask(day.todo, TODAY, 3)] == ["006", "002", "003"]
    assert desk.ask(day.counters, TODAY) == Counters(
        overdue=0, not_received=1, waiting=2, callbacks=2, unanswered=6, to_check=8
    )
    clock.go(hours=4)  # the site's day is over, and nobody went over its lines
    assert desk.ask(day.counters, TODAY).pressing


def test_what_is_done_leaves_the_list(desk: Desk) -> None:
    waiting = add(desk, visit(waiting_since=NOW))
    left = add(desk, visit(waiting_since=NOW))
    void = add(desk, call(details=Details(callback_wanted=True)))
    referred = add(desk, visit(referral=NewReferral(department(desk, "JC"))))
    desk.do(entries.seen, waiting.entry_id, uid=new_uid())
    desk.do(entries.leave, left.entry_id, uid=new_uid())
    desk.do(entries.void, void.entry_id, "误登", uid=new_uid())
    desk.do(entries.void, referred.entry_id, "误登", uid=new_uid())
    assert _todo(desk) == [(Todo.OPEN, "001"), (Todo.OPEN, "002")]
    for one in (waiting, left):
        desk.do(entries.act, one.entry_id, Act.ANSWERED, uid=new_uid())
    assert _todo(desk) == []
    assert desk.ask(day.counters, TODAY) == Counters(to_check=2)


def test_a_referral_received_is_out_of_sight_but_still_counted_unanswered(desk: Desk) -> None:
    receipt = add(desk, visit(referral=NewReferral(department(desk, "JC"))))
    desk.do(referrals.receive, part(desk, receipt.number), "钱工", uid=new_uid())
    assert _todo(desk) == []
    assert desk.ask(day.counters, TODAY) == Counters(unanswered=1, to_check=1)


def test_nobody_waits_overnight_but_calls_are_owed_until_made(desk: Desk, clock: Clock) -> None:
    add(desk, visit("等候", waiting_since=NOW))
    add(desk, call(details=Details(callback_wanted=True)))
    clock.go(days=1)
    found = [one.what for one in desk.ask(day.todo, TODAY + 1)]
    assert found == [Todo.CALLBACK, Todo.OPEN]
    assert desk.ask(day.counters, TODAY + 1) == Counters(callbacks=1, unanswered=2, pressing=True)
    carried = desk.ask(day.open_before, TODAY + 1)
    assert [one.number for one in carried] == ["20261123-001", "20261123-002"]
    assert desk.ask(day.count_open_before, TODAY + 1) == 2
    assert desk.ask(day.count_open_before, TODAY + 1, "B") == 0
    assert desk.ask(day.open_before, TODAY + 1, 50, "") == carried
    assert desk.ask(day.open_before, TODAY) == ()


def test_a_day_is_read_in_pages_as_it_came_and_for_paper_in_the_order_of_its_numbers(
    register: str, open_desk: OpenDesk
) -> None:
    office, b = open_desk(register), open_desk(register, desk="B")
    for one in (b, office, b, b, office):  # what came last may have the smaller number
        add(one)
    came = ["B-001", "001", "B-002", "B-003", "002"]
    ascending = ["001", "B-001", "002", "B-002", "B-003"]
    assert [number.partition("-")[2] for number in told_numbers(office)] == ascending

    def pages(size: int, *, newest_first: bool, desk: str | None = None) -> list[str]:
        found: list[EntryRow] = []
        while page := office.ask(
            reading.day_rows,
            TODAY,
            before=found[-1].id if found else None,
            limit=size,
            desk=desk,
            newest_first=newest_first,
        ):
            found.extend(page)
        return [one.number.partition("-")[2] for one in found]

    for size in (1, 2, 5):
        assert pages(size, newest_first=False) == ascending
        assert pages(size, newest_first=True) == came[::-1]
        assert pages(size, newest_first=True, desk="B") == ["B-003", "B-002", "B-001"]
        assert pages(size, newest_first=False, desk="B") == ["B-001", "B-002", "B-003"]
    assert office.ask(reading.day_rows, TODAY, before=9_999, newest_first=False) == ()
