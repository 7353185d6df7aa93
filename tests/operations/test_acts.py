"""What happens to an entry after it was taken down: acts, outcome, waiting, leaving, voiding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import DeskError, InputError, NotFoundError, StateError
from reception.facts import Act, CallResult, Details, EntryStatus, NewReferral, Receipt, ReferralStatus
from reception.operations import entries, reading, referrals
from reception.store import check
from tests.factories import (
    NOW,
    Clock,
    OpenDesk,
    add,
    call,
    department,
    new_uid,
    overlap,
    part,
    row,
    visit,
)
from tests.hands import Hands

ONCE: list[tuple[Callable[..., Receipt], tuple[Any, ...]]] = [
    (entries.void, ("误登",)),
    (entries.act, (Act.ANSWERED,)),
    (entries.set_outcome, ("已告知",)),
    (entries.wait, ()),
    (entries.seen, ()),
    (entries.leave, ()),
    (entries.correct, ({"subject": "改"},)),
    (referrals.refer, (NewReferral(1),)),
]


def test_the_same_act_twice_is_one_act(desk: Desk, clock: Clock) -> None:
    for verb, arguments in ONCE:
        receipt, act = add(desk), new_uid()
        first = desk.do(verb, receipt.entry_id, *arguments, uid=act)
        clock.go(minutes=1)
        assert desk.do(verb, receipt.entry_id, *arguments, uid=act) == first
        assert len(desk.ask(reading.entry, receipt.entry_id).trail) == 2
    check.run(desk)


def test_acts_on_a_call_that_could_not_be_put_through(desk: Desk) -> None:
    receipt = add(desk, call())
    sbk = department(desk, "SBK")
    for result, status in (
        (CallResult.NO_ANSWER, EntryStatus.OPEN),
        (CallResult.BUSY, EntryStatus.OPEN),
        (CallResult.CONNECTED, EntryStatus.FINISHED),
    ):
        desk.do(
            entries.act,
            receipt.entry_id,
            Act.PUT_THROUGH,
            call_result=result,
            department_id=sbk,
            uid=new_uid(),
        )
        found = row(desk, receipt.entry_id)
        assert (found.act, found.call_result, found.status, found.department) == (
            Act.PUT_THROUGH,
            result,
            status,
            "SBK",
        )
    with pytest.raises(StateError):
        desk.do(entries.act, receipt.entry_id, Act.ANSWERED, uid=new_uid())
    check.run(desk)


def test_answering_instead_forgets_that_nobody_took_the_call(desk: Desk) -> None:
    sbk = department(desk, "SBK")
    new = call(act=Act.PUT_THROUGH, call_result=CallResult.BUSY, department_id=sbk)
    receipt = add(desk, new)
    desk.do(entries.act, receipt.entry_id, Act.ANSWERED, outcome=" 已答复 ", uid=new_uid())
    found = row(desk, receipt.entry_id)
    assert (found.act, found.call_result, found.outcome) == (Act.ANSWERED, None, "已答复")
    assert found.status is EntryStatus.FINISHED


def test_pointing_says_where_to(desk: Desk) -> None:
    receipt = add(desk, visit(department_id=department(desk, "JC")))
    desk.do(entries.act, receipt.entry_id, Act.POINTED, department_id=department(desk, "XF"), uid=new_uid())
    assert (row(desk, receipt.entry_id).department, row(desk, receipt.entry_id).act) == ("XF", Act.POINTED)


@pytest.mark.parametrize(
    ("act", "fields", "field"),
    [
        (Act.PUT_THROUGH, {}, "call_result"),
        (Act.PUT_THROUGH, {"call_result": CallResult.BUSY}, "department_id"),
        (Act.ANSWERED, {"call_result": CallResult.BUSY}, "call_result"),
        (Act.ANSWERED, {"outcome": "字" * 10_001}, "outcome"),
        (Act.REFERRED, {}, None),
    ],
)
def test_an_act_that_lacks_something_is_refused(
    file_register: str, open_desk: OpenDesk, act: Act, fields: dict[str, Any], field: str | None
) -> None:
    desk = open_desk(file_register)
    receipt = add(desk)
    with pytest.raises(InputError) as refused:
        desk.do(entries.act, receipt.entry_id, act, uid=new_uid(), **fields)
    assert refused.value.field == field
    assert row(desk, receipt.entry_id).version == 1


def test_writing_the_outcome_may_finish_the_entry(desk: Desk) -> None:
    receipt = add(desk)
    desk.do(entries.set_outcome, receipt.entry_id, "先记一笔", uid=new_uid())
    assert row(desk, receipt.entry_id).status is EntryStatus.OPEN
    act = new_uid()
    done = desk.do(entries.set_outcome, receipt.entry_id, "已办好", close=True, uid=act)
    found = row(desk, receipt.entry_id)
    assert (found.status, found.act, found.outcome) == (EntryStatus.FINISHED, Act.ANSWERED, "已办好")
    assert desk.do(entries.set_outcome, receipt.entry_id, "已办好", close=True, uid=act) == done
    with pytest.raises(StateError):
        desk.do(entries.set_outcome, receipt.entry_id, "又办好", close=True, uid=new_uid())
    desk.do(entries.set_outcome, receipt.entry_id, "补充说明", uid=new_uid())
    assert row(desk, receipt.entry_id).status is EntryStatus.FINISHED
    with pytest.raises(InputError) as refused:
        desk.do(entries.set_outcome, receipt.entry_id, " \u200b", uid=new_uid())
    assert refused.value.field == "outcome"


def test_a_referred_entry_ends_by_its_referral_only(desk: Desk) -> None:
    receipt = add(desk, visit(referral=NewReferral(department(desk, "JC"))))
    with pytest.raises(StateError):
        desk.do(entries.act, receipt.entry_id, Act.ANSWERED, uid=new_uid())
    with pytest.raises(StateError):
        desk.do(entries.set_outcome, receipt.entry_id, "已办好", close=True, uid=new_uid())
    desk.do(entries.set_outcome, receipt.entry_id, "已通知来访人", uid=new_uid())
    assert row(desk, receipt.entry_id).status is EntryStatus.OPEN


def test_a_visitor_waits_is_received_and_leaves(desk: Desk, clock: Clock) -> None:
    receipt = add(desk)
    desk.do(entries.wait, receipt.entry_id, uid=new_uid())
    since = clock.now
    seen = clock.go(minutes=14)
    desk.do(entries.seen, receipt.entry_id, uid=new_uid())
    clock.go(minutes=30)
    left = NOW + dt.timedelta(minutes=40)
    desk.do(entries.leave, receipt.entry_id, left, uid=new_uid())
    found = row(desk, receipt.entry_id)
    assert (found.waiting_since, found.seen_at, found.left_at) == (since, seen, left)


def test_leaving_before_the_arrival_or_in_the_future_is_refused(desk: Desk) -> None:
    receipt = add(desk)
    for instant in (NOW - dt.timedelta(minutes=1), NOW + dt.timedelta(minutes=6)):
        with pytest.raises(InputError) as refused:
            desk.do(entries.leave, receipt.entry_id, instant, uid=new_uid())
        assert refused.value.field == "left_at"
    assert row(desk, receipt.entry_id).left_at is None


def test_nobody_leaves_twice_or_waits_after_leaving(desk: Desk) -> None:
    receipt = add(desk)
    desk.do(entries.leave, receipt.entry_id, uid=new_uid())
    for verb in (entries.leave, entries.wait, entries.seen):
        with pytest.raises(StateError):
            desk.do(verb, receipt.entry_id, uid=new_uid())
    assert row(desk, receipt.entry_id).version == 2


def test_a_call_neither_waits_nor_leaves(desk: Desk) -> None:
    entry = add(desk, call()).entry_id
    for verb in (entries.wait, entries.seen, entries.leave):
        with pytest.raises(StateError):
            desk.do(verb, entry, uid=new_uid())


def test_voiding_needs_a_reason_and_is_the_end(desk: Desk) -> None:
    receipt = add(desk)
    with pytest.raises(InputError) as refused:
        desk.do(entries.void, receipt.entry_id, " \n", uid=new_uid())
    assert refused.value.field == "reason"
    desk.do(entries.void, receipt.entry_id, " 重复登记 ", uid=new_uid())
    found = row(desk, receipt.entry_id)
    assert (found.status, found.void_reason, found.subject) == (EntryStatus.VOID, "重复登记", "社保卡补换")
    for verb, arguments in ONCE:
        with pytest.raises(StateError, match=receipt.number):
            desk.do(verb, receipt.entry_id, *arguments, uid=new_uid())
    assert row(desk, receipt.entry_id) == found
    check.run(desk)


def test_voiding_a_referred_entry_ends_its_referral(desk: Desk) -> None:
    receipt = add(desk, visit(referral=NewReferral(department(desk, "JC"))))
    lead = part(desk, f"{receipt.number}/JC")
    desk.do(entries.void, receipt.entry_id, "误登", uid=new_uid())
    (referral,) = desk.ask(reading.entry, receipt.entry_id).referrals
    assert (referral.status, referral.closing_note, referral.closed_at) == (
        ReferralStatus.CLOSED,
        "误登",
        NOW,
    )
    with pytest.raises(StateError):
        desk.do(referrals.receive, lead, "钱工", uid=new_uid())
    assert desk.ask(referrals.rows) == ()
    check.run(desk)


def test_an_entry_that_is_not_there_is_said_so(desk: Desk) -> None:
    for verb, arguments in ONCE:
        with pytest.raises(NotFoundError):
            desk.do(verb, 9_999, *arguments, uid=new_uid())
    with pytest.raises(NotFoundError):
        desk.ask(reading.entry, 9_999)
    with pytest.raises(NotFoundError, match="20261123-001"):
        desk.ask(reading.find_number, "20261123-001")


def test_two_desks_at_one_entry_come_one_after_the_other(register: str, open_desk: OpenDesk) -> None:
    """The slower one sees what the faster one did: it is refused in words, or adds to it; nothing is lost."""
    a, b = open_desk(register, desk="A"), open_desk(register, desk="B")
    entry = add(a, visit(details=Details(callback_wanted=True))).entry_id
    first, second = overlap(
        a,
        lambda session: entries.act(session, entry, Act.ANSWERED, uid=new_uid()),
        b,
        lambda session: entries.act(session, entry, Act.POINTED, uid=new_uid()),
    )
    assert isinstance(first, Receipt)
    assert isinstance(second, StateError)
    first, second = overlap(
        a,
        lambda session: entries.leave(session, entry, uid=new_uid()),
        b,
        lambda session: entries.set_outcome(session, entry, "已告知", uid=new_uid()),
    )
    assert isinstance(first, Receipt)
    assert isinstance(second, Receipt)
    found = row(a, entry)
    assert (found.act, found.left_at, found.outcome, found.version) == (Act.ANSWERED, NOW, "已告知", 4)
    first, second = overlap(
        a,
        lambda session: entries.void(session, entry, "误登", uid=new_uid()),
        b,
        lambda session: entries.void(session, entry, "重复", uid=new_uid()),
    )
    assert isinstance(first, Receipt)
    assert isinstance(second, StateError)
    assert row(b, entry).void_reason == "误登"
    check.run(a)


@pytest.mark.parametrize("what", ["register", "void", "act"])
def test_the_same_act_from_many_processes_is_one_act(register: str, open_desk: OpenDesk, what: str) -> None:
    desk = open_desk(register)
    entry = add(desk).entry_id
    with Hands(register, "one-act", what, new_uid(), entry, copies=6) as hands:
        told = hands.lines()
    assert len(told) == 6
    assert len(set(told)) == 1
    expected = 2 if what == "register" else 1
    assert len(desk.ask(reading.day_rows, 20261123)) == expected
    assert row(desk, entry).version == (1 if what == "register" else 2)
    check.run(desk)


def test_errors_speak_the_language_they_are_asked_in() -> None:
    error = DeskError("{number} is void.", number="20261123-001")
    assert error.say({"{number} is void.": "{number} 已作废。"}.__getitem__) == "20261123-001 已作废。"
    assert str(error) == "20261123-001 is void."
