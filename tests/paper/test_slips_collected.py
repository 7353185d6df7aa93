"""What the slips are made of: the register's own facts, veiled, as of the moment that each tells of."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest

from reception.desk import Desk
from reception.errors import NotFoundError, StateError
from reception.facts import (
    Act,
    Category,
    Details,
    Limit,
    LimitClock,
    NewNotice,
    NewReferral,
    PartOutcome,
    Receipt,
    Source,
    StepKind,
    Urgency,
    Way,
)
from reception.operations import directory, entries, notices, referrals, site
from reception.operations.referrals import reminding
from reception.paper import forms, notice, referral_slip, reminder_slip, visitor_pass
from tests.factories import TODAY, Clock, OpenDesk, add, call, department, new_uid, part, person, visit


def _sent(desk: Desk, **fields: object) -> Receipt:
    lead = department(desk, "JC")
    written = NewReferral(
        lead,
        (department(desk, "ZCY"),),
        instruction="请核实处理",
        limit=Limit(2, LimitClock.WORKING),
        written=True,
        leader="李局长",
        told_whom="赵队长",
    )
    plain = {
        "parties": (person(phone="138 0013 8000", organisation="县机械厂"),),
        "act": Act.REFERRED,
        "department_id": lead,
        "referral": written,
        "request": "要求支付工资",
        "details": Details(Urgency.URGENT, source=Source.HOTLINE, source_number="20261122001"),
    }
    return add(desk, visit("拖欠工资", **{**plain, **fields}))


def _slip(desk: Desk, name: str) -> referral_slip.ReferralSlip:
    return desk.ask(referral_slip.collect, referral=name)


def test_a_slip_tells_what_was_sent_by_whom_to_whom_and_what_came_back(desk: Desk, clock: Clock) -> None:
    number = _sent(desk).number
    data = _slip(desk, number)
    assert (data.slip, data.number, data.urgency) == ("人社办转〔2026〕1号", number, Urgency.URGENT)
    assert (data.source, data.source_number) == (Source.HOTLINE, "20261122001")
    assert (data.person, data.phone, data.organisation) == ("张建国", "138 0013 8000", "县机械厂")
    assert (data.subject, data.request, data.instruction) == ("拖欠工资", "要求支付工资", "请核实处理")
    assert (data.leader, data.term and data.term.amount) == ("李局长", 2)
    jc, zcy = (desk.ask(directory.department, code).name for code in ("JC", "ZCY"))
    assert (data.leads, data.assisting) == ((jc,), (zcy,))
    assert [one.department for one in data.parts] == ["JC", "ZCY"]
    assert data.parts[0].told_whom == "赵队长"
    assert data.day == TODAY

    clock.go(hours=1)
    desk.do(referrals.receive, part(desk, f"{number}/JC"), "钱工", uid=new_uid())
    clock.go(hours=1)
    desk.do(
        referrals.answer,
        part(desk, f"{number}/JC"),
        "已责令支付",
        outcome=PartOutcome.ANSWERED,
        uid=new_uid(),
    )
    data = _slip(desk, f"{number}/jc")
    (only,) = data.parts
    assert (only.received_by, only.answer, only.outcome) == ("钱工", "已责令支付", PartOutcome.ANSWERED)
    assert pickle.loads(pickle.dumps(data)) == data
    with pytest.raises(NotFoundError):
        _slip(desk, f"{number}/SBK")


def test_a_slip_says_by_whom_it_was_decided_where_a_matter_goes_that_came_back_twice(
    desk: Desk, clock: Clock
) -> None:
    number = _sent(desk).number
    jc, sbk = (department(desk, code) for code in ("JC", "SBK"))
    which = desk.ask(referrals.find_referral, number).id
    for day, (code, to, who) in enumerate((("JC", sbk, ""), ("SBK", jc, "周主任")), TODAY + 1):
        clock.go(days=1)
        desk.do(referrals.give_back, part(desk, f"{number}/{code}"), "不属本科室", uid=new_uid())
        desk.do(referrals.reroute, which, NewReferral(to, decided_by=who), uid=new_uid())
        assert (_slip(desk, number).decided_by, _slip(desk, number).day) == (who, day)  # as it was sent


def test_whoever_told_a_report_stands_on_no_slip(desk: Desk) -> None:
    reported = _slip(desk, _sent(desk, category=Category.REPORT).number)
    assert reported.withheld
    assert (reported.person, reported.phone, reported.organisation) == ("", "", "")
    assert reported.subject == "拖欠工资"
    protected = _slip(desk, _sent(desk, details=Details(identity_protected=True)).number)
    assert (protected.withheld, protected.person) == (True, "")


def test_of_an_accusation_a_supervisor_prints_only_to_whom_it_went_and_nobody_else_anything(
    register: str, open_desk: OpenDesk, desk: Desk
) -> None:
    desk.do(site.save, {"supervisors": "周主任"}, uid=new_uid())
    supervisor = open_desk(register, operator="周主任")
    sealed = _sent(supervisor, category=Category.ACCUSATION)
    data = _slip(supervisor, sealed.number)
    kept = repr(data)
    for secret in (
        "拖欠工资",
        "要求支付工资",
        "请核实处理",
        "李局长",
        "赵队长",
        "138 0013 8000",
        "20261122001",
    ):
        assert secret not in kept, secret
    assert [one.department for one in data.parts] == ["JC", "ZCY"]
    with pytest.raises(StateError):
        _slip(desk, sealed.number)


def test_a_reminder_tells_of_its_moment_whatever_came_later(desk: Desk, clock: Clock) -> None:
    number = _sent(desk).number
    referral = desk.ask(referrals.find_referral, number)
    with pytest.raises(NotFoundError):
        desk.ask(reminder_slip.collect, referral=number)
    assert referral.term is not None
    due = referral.term.due_day
    clock.go(days=7)  # Monday to Monday: two working days, three more
    desk.do(reminding.remind, referral.id, way=Way.PHONE, whom="赵队长", words="请抓紧", uid=new_uid())
    clock.go(days=1)
    desk.do(reminding.remind, referral.id, way=Way.WRITTEN, words="书面催办", uid=new_uid())
    first, second = (
        desk.ask(reminder_slip.collect, referral=number, reminder=one.ordinal)
        for one in desk.ask(referrals.find_referral, number).steps
        if one.kind is StepKind.REMINDER
    )
    assert (first.count, first.overdue, first.due_day, first.step.whom) == (1, 3, due, "赵队长")
    assert (second.count, second.overdue, second.step.way) == (2, 4, Way.WRITTEN)
    assert desk.ask(reminder_slip.collect, referral=number) == second

    clock.go(days=1)
    desk.do(referrals.extend, referral.id, 10, reason="案情复杂", approver="李局长", uid=new_uid())
    again = desk.ask(reminder_slip.collect, referral=number)
    assert (again.overdue, again.due_day) == (4, due)
    assert again.new_day is not None
    assert again.new_day > due


@pytest.mark.parametrize(
    ("limit", "late", "overdue"),
    [
        (Limit(2, LimitClock.CALENDAR), dt.timedelta(days=7), 5),
        (Limit(2, LimitClock.HOURS), dt.timedelta(hours=7), 3),
        (Limit(5, LimitClock.WORKING), dt.timedelta(days=1), 0),
    ],
    ids=["days", "hours", "not yet"],
)
def test_it_is_late_by_the_clock_of_its_limit(
    desk: Desk, clock: Clock, limit: Limit, late: dt.timedelta, overdue: int
) -> None:
    lead = department(desk, "JC")
    desk.do(site.save, {"hours_winter": "08:30-12:00 14:00-18:30"}, uid=new_uid())
    sent = add(
        desk,
        visit("借用会议室", act=Act.REFERRED, department_id=lead, referral=NewReferral(lead, limit=limit)),
    )
    referral = desk.ask(referrals.find_referral, sent.number)
    clock.now += late
    desk.do(reminding.remind, referral.id, way=Way.WRITTEN, words="请尽快", uid=new_uid())
    assert desk.ask(reminder_slip.collect, referral=sent.number).overdue == overdue


def test_a_notice_is_printed_as_it_was_given_and_not_once_it_was_taken_back(desk: Desk) -> None:
    from reception.operations import undoing

    entry = add(desk, visit("补卡", parties=(person(phone="138 0013 8000"),)))
    matter = next(one for one in desk.ask(directory.catalogue).matters if one.materials)
    with pytest.raises(NotFoundError):
        desk.ask(notice.collect, number=entry.number)
    desk.do(notices.give, entry.entry_id, NewNotice(matter.id), uid=new_uid())
    second = new_uid()
    desk.do(notices.give, entry.entry_id, NewNotice(matter.id, refusal="已停办"), uid=second)
    last = desk.ask(notice.collect, number=entry.number)
    assert (last.person, last.phone, last.told.ordinal, last.told.refusal) == (
        "张建国",
        "138 0013 8000",
        2,
        "已停办",
    )
    assert desk.ask(notice.collect, number=entry.number, notice=1).told.refusal == ""
    desk.do(undoing.undo, second, uid=new_uid())
    assert desk.ask(notice.collect, number=entry.number).told.ordinal == 1
    with pytest.raises(NotFoundError):
        desk.ask(notice.collect, number=entry.number, notice=2)


def test_who_reported_stands_on_no_notice_and_on_no_pass(desk: Desk) -> None:
    protected = Details(identity_protected=True, wanted="王科长")
    entry = add(desk, visit("举报欠薪", category=Category.REPORT, parties=(person(),), details=protected))
    matter = next(one for one in desk.ask(directory.catalogue).matters if one.materials)
    desk.do(notices.give, entry.entry_id, NewNotice(matter.id), uid=new_uid())
    assert "张建国" not in repr(desk.ask(notice.collect, number=entry.number))
    badge = desk.ask(visitor_pass.collect, number=entry.number)
    assert "张建国" not in repr(badge)
    assert "王科长" not in repr(badge)


def test_only_a_visitor_who_came_gets_a_pass(desk: Desk) -> None:
    wanted = Details(wanted="刘师傅")
    entry = add(desk, visit("办事", parties=(person(),), party_size=3, details=wanted))
    badge = desk.ask(visitor_pass.collect, number=entry.number)
    assert (badge.person, badge.people, badge.wanted, badge.number) == ("张建国", 3, "刘师傅", entry.number)
    assert badge.code.startswith("~")
    desk.do(entries.void, entry.entry_id, "记错了", uid=new_uid())
    for number in (entry.number, add(desk, call("问事")).number):
        with pytest.raises(StateError):
            desk.ask(visitor_pass.collect, number=number)


def test_what_is_printed_is_told_line_by_line_and_nothing_of_it_moves_by_itself(
    desk: Desk, clock: Clock
) -> None:
    number = _sent(desk).number
    matter = next(one for one in desk.ask(directory.catalogue).matters if one.materials)
    desk.do(notices.give, desk.ask(entries_of, number), NewNotice(matter.id), uid=new_uid())
    referral = desk.ask(referrals.find_referral, number)
    clock.go(days=7)
    desk.do(reminding.remind, referral.id, way=Way.WRITTEN, words="书面催办", uid=new_uid())
    for name, args in (
        ("referral_slip", {"referral": number}),
        ("reminder_slip", {"referral": number}),
        ("notice", {"number": number}),
        ("visitor_pass", {"number": number}),
    ):
        form = forms.get(name)
        before = list(form.lines(desk.ask(form.collect, **args)))
        clock.go(days=30)
        assert list(form.lines(desk.ask(form.collect, **args))) == before
        keys = [key for key, _values in before]
        assert len(set(keys)) == len(keys)
        assert any(key.startswith("entry:") for key in keys)


def entries_of(session: object, number: str) -> int:
    """The id of an entry."""
    from reception.operations import reading

    return reading.find_number(session, number)  # type: ignore[arg-type]
