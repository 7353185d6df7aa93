"""What a referral goes through: answers of every kind, back and forth, the two looks back, again, numbers."""

from __future__ import annotations

from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import InputError, NotFoundError, StateError
from reception.facts import (
    Category,
    Details,
    EntryStatus,
    Limit,
    LimitClock,
    NewReferral,
    PartOutcome,
    PartStatus,
    PartView,
    Receipt,
    ReferralStatus,
    ReferralView,
    Role,
    StepKind,
    Todo,
)
from reception.operations import directory, entries, reading, referrals, site, to_do, undoing
from reception.store import check
from tests.factories import (
    NOW,
    Clock,
    OpenDesk,
    add,
    changed,
    department,
    new_uid,
    overlap,
    person,
    row,
    visit,
)


def referred(desk: Desk, lead: str = "JC", *, category: Category | None = None, **fields: Any) -> Receipt:
    sent = NewReferral(department(desk, lead), instruction="请核实", **fields)
    return add(desk, visit("拖欠工资", parties=(person(),), category=category, referral=sent))


def referral(desk: Desk, receipt: Receipt) -> ReferralView:
    return desk.ask(referrals.find_referral, receipt.number)


def lead(desk: Desk, receipt: Receipt) -> PartView:
    return desk.ask(referrals.find_part, receipt.number)


def do(desk: Desk, verb: Any, *words: Any, **named: Any) -> Receipt:
    done: Receipt = desk.do(verb, *words, uid=new_uid(), **named)
    return done


def answer(desk: Desk, receipt: Receipt, text: str = "已支付", **named: Any) -> Receipt:
    return do(desk, referrals.answer, lead(desk, receipt).id, text, **named)


def give_back(desk: Desk, receipt: Receipt) -> Receipt:
    return do(desk, referrals.give_back, lead(desk, receipt).id, "不属我科")


def close(desk: Desk, receipt: Receipt, note: str = "") -> Receipt:
    return do(desk, referrals.close, referral(desk, receipt).id, note)


def refused(desk: Desk, field: str | None, verb: Any, *words: Any, **named: Any) -> InputError:
    """The act is refused beside this field, or by the state of things where there is none."""
    with pytest.raises(InputError) as found:
        desk.do(verb, *words, uid=new_uid(), **named)
    assert found.value.field == field, found.value
    assert isinstance(found.value, StateError) is (field is None)
    return found.value


def verbs(desk: Desk, receipt: Receipt) -> list[str]:
    return [line.verb for line in desk.ask(reading.entry, receipt.entry_id).trail]


def take_back(desk: Desk) -> str:
    return desk.do(undoing.undo_last, uid=new_uid()).verb


def test_a_case_is_accepted_refused_or_passed_on(desk: Desk) -> None:
    accepted = referred(desk)
    which = lead(desk, accepted).id
    refused(desk, "case_number", referrals.answer, which, "", outcome=PartOutcome.ACCEPTED)
    refused(desk, "case_number", referrals.answer, which, "好", case_number="7号")
    answer(desk, accepted, "", outcome=PartOutcome.ACCEPTED, case_number="监察〔2026〕7号")
    one = lead(desk, accepted)
    assert (one.status, one.outcome, one.case_number) == (
        PartStatus.ANSWERED,
        PartOutcome.ACCEPTED,
        "监察〔2026〕7号",
    )
    assert referral(desk, accepted).status is ReferralStatus.COMPLETED

    turned_down = referred(desk)
    refused(desk, "answer", referrals.answer, lead(desk, turned_down).id, " ", outcome=PartOutcome.REFUSED)
    answer(desk, turned_down, "超过两年", outcome=PartOutcome.REFUSED)
    assert (lead(desk, turned_down).outcome, lead(desk, turned_down).answer) == (
        PartOutcome.REFUSED,
        "超过两年",
    )
    close(desk, turned_down)

    passed = referred(desk)
    jc, zcy, which = department(desk, "JC"), department(desk, "ZCY"), lead(desk, passed).id
    on: dict[str, Any] = {"outcome": PartOutcome.PASSED_ON}
    refused(desk, "passed_to", referrals.answer, which, "归仲裁", **on)
    refused(desk, "passed_to", referrals.answer, which, "归仲裁", to=jc, **on)
    refused(desk, "passed_to", referrals.answer, which, "归仲裁", to=zcy)
    refused(desk, "return_reason", referrals.answer, which, "", to=zcy, **on)
    with pytest.raises(NotFoundError):
        answer(desk, passed, "归仲裁", to=9_999, **on)
    answer(desk, passed, "归仲裁", to=zcy, **on)
    one = lead(desk, passed)
    assert (one.status, one.outcome, one.passed_to, one.return_reason) == (
        PartStatus.RETURNED,
        PartOutcome.PASSED_ON,
        "ZCY",
        "归仲裁",
    )
    assert (referral(desk, passed).status, one.received_at) == (ReferralStatus.OPEN, None)
    check.run(desk)


def test_whether_the_person_was_contacted_is_asked_where_the_site_wants_it(desk: Desk, clock: Clock) -> None:
    plain = referred(desk, category=Category.COMPLAINT)
    answer(desk, plain)
    assert lead(desk, plain).contacted is None
    do(desk, site.save, {"contact_categories": "complaint report"})
    receipt, other = referred(desk, category=Category.COMPLAINT), referred(desk, category=Category.ENQUIRY)
    which = lead(desk, receipt).id
    refused(desk, "contacted", referrals.answer, which, "好")
    refused(desk, "contacted_how", referrals.answer, which, "好", contacted=True)
    refused(desk, "contacted", referrals.answer, which, "好", contacted=False, contacted_how="电话")
    future = clock.now.replace(year=2027)
    how: dict[str, Any] = {"contacted": True, "contacted_how": "电话"}
    refused(desk, "received_at", referrals.answer, which, "好", contacted_at=future, **how)
    clock.go(hours=1)
    answer(desk, receipt, **how)
    one = lead(desk, receipt)
    assert (one.contacted, one.contacted_how, one.contacted_at) == (True, "电话", clock.now)
    answer(desk, other)
    no = referred(desk, category=Category.COMPLAINT)
    answer(desk, no, contacted=False)
    assert (lead(desk, no).contacted, lead(desk, no).contacted_at) == (False, None)


def test_after_one_return_between_two_departments_the_director_decides(desk: Desk, clock: Clock) -> None:
    receipt = referred(desk, assist_ids=(department(desk, "XF"),))
    number, first = receipt.number, referral(desk, receipt)
    zcy, ldgx, xf = (department(desk, code) for code in ("ZCY", "LDGX", "XF"))
    refused(desk, None, referrals.reroute, first.id, NewReferral(zcy))  # nobody returned it
    give_back(desk, receipt)
    clock.go(hours=2)
    limit = Limit(1, LimitClock.WORKING)
    refused(desk, "limit", referrals.reroute, first.id, NewReferral(zcy, limit=limit))
    refused(desk, "assist_ids", referrals.reroute, first.id, NewReferral(zcy, (xf,)))
    do(desk, referrals.reroute, first.id, NewReferral(zcy, told_whom="孙庭长"))
    assert (lead(desk, receipt).name, lead(desk, receipt).told_whom) == (f"{number}/ZCY", "孙庭长")
    refused(desk, None, referrals.receive, first.parts[0].id, "钱工")  # it went on to another
    refused(desk, None, referrals.reroute, first.id, NewReferral(ldgx, decided_by="周主任"))
    give_back(desk, receipt)
    refused(desk, "decided_by", referrals.reroute, first.id, NewReferral(ldgx))
    refused(desk, "decided_by", referrals.refer, receipt.entry_id, NewReferral(ldgx))
    by: dict[str, Any] = {"decided_by": "周主任", "reason": "劳动关系科牵头"}
    do(desk, referrals.refer, receipt.entry_id, NewReferral(xf, instruction="限期办", **by))
    now = referral(desk, receipt)
    assert [(one.name, one.role, one.status) for one in now.parts] == [
        (f"{number}/JC", Role.LEAD, PartStatus.RETURNED),
        (f"{number}/XF", Role.ASSIST, PartStatus.WITHDRAWN),  # who leads need not assist
        (f"{number}/ZCY", Role.LEAD, PartStatus.RETURNED),
        (f"{number}/XF-2", Role.LEAD, PartStatus.SENT),
    ]
    assert [(one.kind, one.department, one.whom, one.words) for one in now.steps] == [
        (StepKind.REROUTED, "JC", "", ""),
        (StepKind.REROUTED, "ZCY", "周主任", "劳动关系科牵头"),
    ]
    assert (now.id, now.instruction, now.term) == (first.id, "限期办", first.term)
    assert row(desk, receipt.entry_id).department == "XF"
    assert verbs(desk, receipt) == ["register", "return", "reroute", "return", "reroute"]
    assert take_back(desk) == "reroute"
    assert lead(desk, receipt).name == f"{number}/ZCY"
    assert (row(desk, receipt.entry_id).department, len(referral(desk, receipt).steps)) == ("ZCY", 1)
    answered = referred(desk)
    answer(desk, answered)
    refused(desk, None, referrals.reroute, referral(desk, answered).id, NewReferral(zcy))
    check.run(desk)


LOOK = {"leader_look_categories": "petition", "call_back_categories": "complaint petition"}


def test_closing_waits_for_the_leader_and_for_the_call_to_the_person(desk: Desk, clock: Clock) -> None:
    do(desk, site.save, LOOK)
    receipt = referred(desk, category=Category.PETITION, leader="李局长")
    before = referral(desk, receipt)
    assert (before.leader, before.leader_asked, before.person_asked) == ("李局长", True, True)
    seen, call = referrals.leader_seen, referrals.call_back
    refused(desk, None, seen, before.id)
    refused(desk, None, call, before.id, reached=False)
    answer(desk, receipt)
    assert "李局长" in str(refused(desk, None, referrals.close, before.id))
    clock.go(minutes=5)
    do(desk, seen, before.id)
    assert "called back" in str(refused(desk, None, referrals.close, before.id))
    refused(desk, "content", call, before.id, reached=True)
    refused(desk, "content", call, before.id, reached=False, content=True)
    refused(desk, "words", call, before.id, reached=True, content=False)
    do(desk, call, before.id, reached=False)
    refused(desk, None, referrals.close, before.id)
    do(desk, call, before.id, reached=True, content=True, whom="本人", words="满意")
    close(desk, receipt)
    assert [(one.kind, one.whom, one.reached, one.content) for one in referral(desk, receipt).steps] == [
        (StepKind.SEEN, "李局长", None, True),
        (StepKind.CALLED_BACK, "", False, None),
        (StepKind.CALLED_BACK, "本人", True, True),
    ]
    refused(desk, None, call, before.id, reached=False)
    refused(desk, None, seen, before.id)
    nobody = referred(desk, category=Category.PETITION)  # no leader said anything
    assert (referral(desk, nobody).leader_asked, referral(desk, nobody).person_asked) == (False, True)
    answer(desk, nobody)
    refused(desk, "whom", seen, referral(desk, nobody).id)
    check.run(desk)


def test_who_cannot_be_reached_does_not_keep_a_referral_open_for_ever(desk: Desk) -> None:
    do(desk, site.save, {**LOOK, "call_back_tries": "2"})
    receipt = referred(desk, category=Category.COMPLAINT)
    answer(desk, receipt)
    which = referral(desk, receipt).id
    for done in range(2):
        assert f"tried {done} of 2" in str(refused(desk, None, referrals.close, which))
        assert [one.what for one in desk.ask(to_do.rows)] == [Todo.CALL_BACK_PERSON]
        do(desk, referrals.call_back, which, reached=False)
    assert [one.what for one in desk.ask(to_do.rows)] == [Todo.ANSWERED]  # nobody is to be called in vain
    more = new_uid()
    desk.do(site.save, {"call_back_tries": "3"}, uid=more)
    assert [one.what for one in desk.ask(to_do.rows)] == [Todo.CALL_BACK_PERSON]
    check.run(desk)
    desk.do(undoing.undo, more, uid=new_uid())
    assert [one.what for one in desk.ask(to_do.rows)] == [Todo.ANSWERED]
    check.run(desk)
    close(desk, receipt)
    assert row(desk, receipt.entry_id).status is EntryStatus.FINISHED


def test_who_is_not_satisfied_is_heard_again(desk: Desk, clock: Clock) -> None:
    do(desk, site.save, LOOK)
    receipt = referred(desk, category=Category.COMPLAINT)
    answer(desk, receipt, "已责令支付")
    which = referral(desk, receipt).id
    clock.go(days=3)
    do(desk, referrals.call_back, which, reached=True, content=False, words="只付了一半")
    found = referral(desk, receipt)
    assert (found.status, found.id) == (ReferralStatus.OPEN, which)
    assert [(one.name.partition("/")[2], one.status, one.answer) for one in found.parts] == [
        ("JC", PartStatus.ANSWERED, "已责令支付"),  # what was answered stays to be read
        ("JC-2", PartStatus.SENT, ""),
    ]
    assert [(one.kind, one.words) for one in found.steps] == [
        (StepKind.CALLED_BACK, "只付了一半"),
        (StepKind.REOPENED, "只付了一半"),
    ]
    assert found.term is None or found.term.started_at == clock.now
    assert row(desk, receipt.entry_id).status is EntryStatus.OPEN
    refused(desk, None, referrals.close, which)
    answer(desk, receipt, "余款已付")
    refused(desk, None, referrals.close, which)  # what was said of the first answer does not count
    do(desk, referrals.call_back, which, reached=True, content=True)
    close(desk, receipt)
    check.run(desk)


def test_a_leader_may_give_a_new_instruction(desk: Desk) -> None:
    do(desk, site.save, LOOK)
    receipt = referred(desk, category=Category.PETITION)
    answer(desk, receipt)
    which = referral(desk, receipt).id
    before = desk.ask(reading.entry, receipt.entry_id)
    do(desk, referrals.leader_seen, which, whom="王局长", instruction="再查加班费")
    found = referral(desk, receipt)
    assert (found.status, found.leader, found.leader_asked) == (ReferralStatus.OPEN, "王局长", True)
    assert lead(desk, receipt).name.endswith("/JC-2")
    assert take_back(desk) == "leader-seen"
    after = desk.ask(reading.entry, receipt.entry_id)
    assert (after.referrals[0].steps, after.referrals[0].status) == ((), ReferralStatus.COMPLETED)
    assert (after.referrals[0].leader, after.row.status) == (before.referrals[0].leader, before.row.status)
    assert lead(desk, receipt).name.endswith("/JC")
    do(desk, referrals.leader_seen, which, whom="王局长", instruction="再查加班费")
    answer(desk, receipt)
    do(desk, referrals.call_back, which, reached=True, content=True)
    assert "王局长" in str(refused(desk, None, referrals.close, which))
    do(desk, referrals.leader_seen, which)
    close(desk, receipt)
    check.run(desk)


def test_a_referral_that_was_closed_is_opened_again(desk: Desk) -> None:
    receipt = referred(desk)
    which = referral(desk, receipt).id
    refused(desk, None, referrals.reopen, which, "不满意")
    answer(desk, receipt)
    close(desk, receipt, "已回复")
    refused(desk, "reason", referrals.reopen, which, " ")
    act = new_uid()
    first = desk.do(referrals.reopen, which, "又来反映", uid=act)
    assert desk.do(referrals.reopen, which, "又来反映", uid=act) == first
    found = referral(desk, receipt)
    assert (found.status, found.closed_at, found.closing_note) == (ReferralStatus.OPEN, None, "")
    assert (row(desk, receipt.entry_id).status, len(found.parts)) == (EntryStatus.OPEN, 2)
    assert take_back(desk) == "reopen"
    found = referral(desk, receipt)
    assert (found.status, found.closed_at, found.closing_note) == (ReferralStatus.CLOSED, NOW, "已回复")
    assert row(desk, receipt.entry_id).status is EntryStatus.FINISHED
    do(desk, referrals.reopen, which, "又来反映", department_id=department(desk, "ZCY"))
    assert lead(desk, receipt).name == f"{receipt.number}/ZCY"
    answer(desk, receipt)
    close(desk, receipt)
    do(desk, referrals.refer, receipt.entry_id, NewReferral(department(desk, "JC")))
    refused(desk, None, referrals.reopen, which, "又来反映")  # it was referred again since
    back = referred(desk)
    give_back(desk, back)
    close(desk, back, "不归我局")
    do(desk, referrals.reopen, referral(desk, back).id, "来电追问")
    assert (referral(desk, back).status, lead(desk, back).status) == (
        ReferralStatus.OPEN,
        PartStatus.RETURNED,
    )
    do(desk, referrals.refer, back.entry_id, NewReferral(department(desk, "ZCY")))
    assert lead(desk, back).name == f"{back.number}/ZCY"
    void = referred(desk)
    do(desk, entries.void, void.entry_id, "误登")
    refused(desk, None, referrals.reopen, desk.ask(reading.entry, void.entry_id).referrals[0].id, "又来")
    check.run(desk)


def test_an_answer_that_was_looked_back_at_is_not_taken_back(desk: Desk) -> None:
    receipt = referred(desk)
    act = new_uid()
    desk.do(referrals.answer, lead(desk, receipt).id, "已支付", uid=act)
    which = referral(desk, receipt).id
    do(desk, referrals.call_back, which, reached=True, content=True)
    refused(desk, None, undoing.undo, act)
    assert take_back(desk) == "call-back"
    desk.do(undoing.undo, act, uid=new_uid())
    assert lead(desk, receipt).status is PartStatus.SENT
    back, other = new_uid(), referred(desk)
    desk.do(referrals.give_back, lead(desk, other).id, "不属我科", uid=back)
    do(desk, referrals.refer, other.entry_id, NewReferral(department(desk, "ZCY")))
    refused(desk, None, undoing.undo, back)
    check.run(desk)


def test_a_slip_is_numbered_in_the_form_of_the_site(desk: Desk) -> None:
    written = referred(desk, written=True)
    desk.do(site.save, {"slip_prefix": "办", "slip_form": "{prefix}-{year}/{number}"}, uid=new_uid())
    slip = referral(desk, written).slip
    assert slip.startswith("办-20")
    assert slip.endswith("/1")
    listed = desk.ask(to_do.of_referrals, (referral(desk, written).id,))
    assert [one.referral and one.referral.slip for one in listed] == [slip]


def test_numbers_of_the_year_have_no_gap_and_none_comes_twice(desk: Desk, clock: Clock) -> None:
    prefix = desk.ask(site.values)["slip_prefix"]
    written = referred(desk, written=True)
    assert referral(desk, written).slip == f"{prefix}〔2026〕1号"
    spoken = referred(desk)
    assert referral(desk, spoken).slip == ""
    with pytest.raises(InputError):
        referred(desk, lead="JC", written=True, assist_ids=(department(desk, "JC"),))  # nothing is kept
    act = new_uid()
    for _ in range(2):
        desk.do(referrals.slip, referral(desk, spoken).id, uid=act)
    assert referral(desk, spoken).slip == f"{prefix}〔2026〕2号"
    assert "2026〕2号" in str(refused(desk, None, referrals.slip, referral(desk, spoken).id))
    refused(desk, None, undoing.undo, act)
    gone = referred(desk, written=True)
    assert take_back(desk) == "register"  # its number is not given again
    assert desk.ask(reading.entry, gone.entry_id).row.status is EntryStatus.VOID
    assert referral(desk, referred(desk, written=True)).slip == f"{prefix}〔2026〕4号"
    clock.now = clock.now.replace(month=12, day=31, hour=17)  # the first hour of the new year
    assert referral(desk, referred(desk, written=True)).slip == f"{prefix}〔2027〕1号"
    answer(desk, spoken)
    close(desk, spoken)
    later = referred(desk)
    answer(desk, later)
    close(desk, later)
    refused(desk, None, referrals.slip, referral(desk, later).id)
    check.run(desk)


def test_two_desks_never_give_one_number(register: str, open_desk: OpenDesk) -> None:
    a, b = open_desk(register, desk="A"), open_desk(register, desk="B")
    one, two = referral(a, referred(a)).id, referral(b, referred(b)).id
    overlap(
        a,
        lambda session: referrals.slip(session, one, uid=new_uid()),
        b,
        lambda session: referrals.slip(session, two, uid=new_uid()),
    )
    found = a.ask(referrals.rows, which="all")
    assert sorted(row.slip.partition("〕")[2] for row in found) == ["1号", "2号"]
    check.run(b)


AGAINST = [Category.COMPLAINT, Category.REPORT]


@pytest.mark.parametrize("category", AGAINST)
def test_nothing_goes_to_whom_it_is_about(
    file_register: str, open_desk: OpenDesk, category: Category
) -> None:
    desk = open_desk(file_register)
    gs = desk.ask(directory.department, "GS")
    do(desk, directory.save_department, changed(gs, officer_a="陈静", officer_b="刘洋", leader="冯局长"))
    jc = department(desk, "JC")

    def send(to: int, *assist: int, **details: Any) -> Receipt:
        sent = NewReferral(to, assist)
        return add(desk, visit("态度恶劣", category=category, details=Details(**details), referral=sent))

    for about in (
        {"concerned_id": gs.id},
        {"complained_about": f"{gs.name}窗口"},
        {"complained_about": "经办人 陈静"},
        {"complained_about": "刘洋推诿"},
        {"complained_about": "冯局长和某公司"},
        {"complained_about": "ＧＳ 窗口"},
    ):
        for departments in ((gs.id,), (jc, gs.id)):
            with pytest.raises(InputError, match="never shown or passed") as found:
                send(*departments, **about)
            assert found.value.field == "department_id"
            assert gs.name in str(found.value)
        kept = send(jc, **about)
        give_back(desk, kept)
        refused(desk, "department_id", referrals.refer, kept.entry_id, NewReferral(gs.id))
        on = {"outcome": PartOutcome.PASSED_ON, "to": gs.id}
        other = send(jc, **about)
        refused(desk, "department_id", referrals.answer, lead(desk, other).id, "归工伤", **on)
    for about in ({"complained_about": "LOGS公司"}, {"complained_about": "陈某"}, {"concerned_id": jc}):
        send(gs.id, **about)
    add(
        desk,
        visit(category=Category.ENQUIRY, referral=NewReferral(gs.id), details=Details(concerned_id=gs.id)),
    )


def test_only_a_supervisor_sends_an_accusation_on(register: str, open_desk: OpenDesk) -> None:
    clerk, boss = open_desk(register), open_desk(register, desk="B", operator="周主任")
    sealed = add(clerk, visit("检举某科长", category=Category.ACCUSATION))
    new = NewReferral(department(clerk, "XF"))
    assert "names a supervisor" in str(refused(clerk, None, referrals.refer, sealed.entry_id, new))
    do(clerk, site.save, {"supervisors": "吴局长，周主任"})
    assert "周主任" in str(refused(clerk, None, referrals.refer, sealed.entry_id, new))
    with pytest.raises(StateError):
        add(clerk, visit("检举", category=Category.ACCUSATION, referral=new))
    do(boss, referrals.refer, sealed.entry_id, new)
    assert row(boss, sealed.entry_id).department == "XF"
    check.run(boss)
