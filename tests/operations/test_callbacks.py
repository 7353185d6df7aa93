"""Calls that are owed: noted, tried, done or given up; nothing of it is forgotten overnight."""

from __future__ import annotations

import datetime as dt

import pytest

from reception.desk import Desk
from reception.errors import InputError, NotFoundError, RegisterUnusableError, StateError
from reception.facts import (
    Act,
    AttemptResult,
    CallbackRow,
    CallbackStatus,
    CallResult,
    Details,
    EntryStatus,
    NewCallback,
    NewReferral,
    Receipt,
    Todo,
    Urgency,
)
from reception.operations import callbacks, day, entries, reading, referrals, undoing
from reception.store import check
from tests.factories import (
    NOW,
    TODAY,
    Clock,
    OpenDesk,
    add,
    behind_its_back,
    call,
    changed,
    department,
    new_uid,
    overlap,
    part,
    person,
    row,
    visit,
)

HOUR = dt.timedelta(hours=1)
CALLER = person(phone="138 0013 8000", organisation="县机械厂")


def _owed(desk: Desk) -> list[CallbackRow]:
    return list(desk.ask(callbacks.owed))


def _call_owed(desk: Desk, subject: str = "退休审批进度", **fields: object) -> tuple[Receipt, int]:
    receipt = add(desk, call(subject, parties=(CALLER,), callback=NewCallback(**fields)))  # type: ignore[arg-type]
    (one,) = desk.ask(reading.entry, receipt.entry_id).callbacks
    return receipt, one.id


def _try(desk: Desk, which: int, result: AttemptResult, **words: str) -> Receipt:
    return desk.do(callbacks.attempt, which, result, uid=new_uid(), **words)


def test_a_call_is_owed_until_somebody_is_reached(desk: Desk, clock: Clock) -> None:
    due = NOW + HOUR
    receipt, which = _call_owed(desk, due_at=due, owner="李敏", about="何时能领养老金")
    (owed,) = _owed(desk)
    assert (owed.id, owed.number, owed.due_at, owed.overdue) == (which, receipt.number, due, False)
    assert (owed.phone, owed.about, owed.owner) == ("138 0013 8000", "何时能领养老金", "李敏")
    assert (owed.person, owed.organisation, owed.attempts) == ("张建国", "县机械厂", 0)
    assert row(desk, receipt.entry_id).status is EntryStatus.OPEN

    first = clock.go(hours=1)
    _try(desk, which, AttemptResult.BUSY, note="一直占线")
    second = clock.go(minutes=5)
    _try(desk, which, AttemptResult.NO_ANSWER)
    (owed,) = _owed(desk)
    assert (owed.attempts, owed.last_at, owed.last_result) == (2, second, AttemptResult.NO_ANSWER)
    assert owed.overdue

    clock.go(days=1)  # over midnight
    third = clock.go(minutes=1)
    _try(desk, which, AttemptResult.REACHED, reached="其女儿")
    assert _owed(desk) == []
    view = desk.ask(reading.entry, receipt.entry_id)
    (done,) = view.callbacks
    assert (done.status, done.ended_at) == (CallbackStatus.DONE, third)
    assert [(one.at, one.result, one.reached, one.note) for one in done.attempts] == [
        (first, AttemptResult.BUSY, "", "一直占线"),
        (second, AttemptResult.NO_ANSWER, "", ""),
        (third, AttemptResult.REACHED, "其女儿", ""),
    ]
    assert (view.row.status, view.row.act) == (EntryStatus.FINISHED, Act.ANSWERED)
    assert [line.verb for line in view.trail] == ["register", "called", "called", "called"]
    with pytest.raises(StateError, match=receipt.number):
        _try(desk, which, AttemptResult.BUSY)
    check.run(desk)


def test_a_call_is_given_up_with_a_reason_only(desk: Desk) -> None:
    receipt, which = _call_owed(desk)
    with pytest.raises(InputError) as refused:
        desk.do(callbacks.give_up, which, " ", uid=new_uid())
    assert refused.value.field == "reason"
    act = new_uid()
    first = desk.do(callbacks.give_up, which, "号码是空号", uid=act)
    assert desk.do(callbacks.give_up, which, "号码是空号", uid=act) == first
    view = desk.ask(reading.entry, receipt.entry_id)
    assert (view.callbacks[0].status, view.callbacks[0].reason) == (CallbackStatus.GIVEN_UP, "号码是空号")
    assert (_owed(desk), view.row.status, view.row.outcome) == ([], EntryStatus.FINISHED, "号码是空号")
    assert desk.ask(day.todo, TODAY) == ()
    with pytest.raises(StateError, match=receipt.number):
        desk.do(callbacks.give_up, which, "再说一次", uid=new_uid())
    check.run(desk)


def test_a_call_not_put_through_is_owed_and_its_call_back_takes_its_place(desk: Desk) -> None:
    """Entries that only say that a call is wanted count as one; their first step makes the call-back."""
    target = department(desk, "JC")
    missed = add(
        desk,
        call(parties=(CALLER,), act=Act.PUT_THROUGH, call_result=CallResult.NO_ANSWER, department_id=target),
    )
    asked = add(desk, call("工伤认定", parties=(CALLER,), details=Details(callback_wanted=True)))
    noted = add(
        desk,
        call(
            "查档案",
            parties=(CALLER,),
            act=Act.PUT_THROUGH,
            call_result=CallResult.BUSY,
            department_id=target,
            callback=NewCallback(about="问调档函"),
        ),
    )
    assert [(one.id is None, one.entry_id) for one in _owed(desk)] == [
        (True, missed.entry_id),
        (True, asked.entry_id),
        (False, noted.entry_id),
    ]
    assert desk.ask(day.counters, TODAY).callbacks == desk.ask(callbacks.count) == 3
    todo = [(one.what, one.entry_id, one.phone) for one in desk.ask(day.todo, TODAY)]
    assert todo == [(Todo.CALLBACK, one.entry_id, "138 0013 8000") for one in (missed, asked, noted)]

    desk.do(callbacks.attempt_for, missed.entry_id, AttemptResult.BUSY, uid=new_uid())
    made = desk.ask(reading.entry, missed.entry_id).callbacks
    assert [len(one.attempts) for one in made] == [1]
    assert desk.ask(callbacks.count) == 3
    desk.do(callbacks.attempt_for, missed.entry_id, AttemptResult.REACHED, reached="本人", uid=new_uid())
    desk.do(callbacks.attempt_for, asked.entry_id, AttemptResult.REACHED, uid=new_uid())
    desk.do(callbacks.give_up_for, noted.entry_id, "对方说不用了", uid=new_uid())
    assert desk.ask(callbacks.count) == desk.ask(day.counters, TODAY).callbacks == 0
    rows = {one.entry_id: row(desk, one.entry_id) for one in (missed, asked, noted)}
    assert [rows[one.entry_id].status for one in (missed, asked, noted)] == [
        EntryStatus.FINISHED,
        EntryStatus.FINISHED,
        EntryStatus.FINISHED,
    ]
    assert rows[missed.entry_id].act is Act.ANSWERED
    assert (rows[noted.entry_id].act, rows[noted.entry_id].outcome) == (Act.PUT_THROUGH, "对方说不用了")
    with pytest.raises(StateError, match=asked.number):
        desk.do(callbacks.attempt_for, asked.entry_id, AttemptResult.BUSY, uid=new_uid())
    check.run(desk)


@pytest.mark.parametrize("result", [CallResult.NO_ANSWER, CallResult.BUSY])
@pytest.mark.parametrize("noted", [True, False])
def test_a_call_not_put_through_is_finished_once_its_call_back_is_given_up(
    desk: Desk, noted: bool, result: CallResult
) -> None:
    """Whether the call-back was noted or the entry only said so; taken back, it is owed as before."""
    new = call(
        parties=(CALLER,), act=Act.PUT_THROUGH, call_result=result, department_id=department(desk, "JC")
    )
    receipt = add(desk, changed(new, callback=NewCallback() if noted else None))
    act = new_uid()
    desk.do(callbacks.give_up_for, receipt.entry_id, "停机", uid=act)
    kept = row(desk, receipt.entry_id)
    assert (kept.status, kept.act, kept.call_result, kept.outcome) == (
        EntryStatus.FINISHED,
        Act.PUT_THROUGH,
        result,
        "停机",
    )
    assert (_owed(desk), desk.ask(day.todo, TODAY), desk.ask(day.totals, TODAY).open) == ([], (), 0)
    trail = desk.ask(reading.entry, receipt.entry_id).trail
    assert ("callback.reason", "", "停机") in trail[-1].changes
    desk.do(undoing.undo, act, uid=new_uid())
    kept = row(desk, receipt.entry_id)
    assert (kept.status, kept.outcome) == (EntryStatus.OPEN, "")
    assert [one.entry_id for one in _owed(desk)] == [receipt.entry_id]
    check.run(desk)


def test_a_call_given_up_leaves_open_what_is_open_for_another_reason(desk: Desk) -> None:
    receipt, _which = _call_owed(desk)
    second = desk.do(callbacks.owe, receipt.entry_id, NewCallback(about="另一件"), uid=new_uid())
    desk.do(callbacks.give_up_for, receipt.entry_id, "空号", uid=new_uid())
    kept = row(desk, second.entry_id)
    assert (kept.status, kept.outcome) == (EntryStatus.OPEN, "")
    desk.do(callbacks.give_up_for, receipt.entry_id, "空号", uid=new_uid())
    assert row(desk, receipt.entry_id).status is EntryStatus.FINISHED
    again = desk.do(callbacks.owe, receipt.entry_id, NewCallback(phone="8001"), uid=(act := new_uid()))
    assert row(desk, again.entry_id).status is EntryStatus.OPEN
    desk.do(undoing.undo, act, uid=new_uid())
    assert row(desk, receipt.entry_id).status is EntryStatus.FINISHED
    referred = add(
        desk,
        visit(parties=(CALLER,), referral=NewReferral(department(desk, "JC")), callback=NewCallback()),
    )
    desk.do(callbacks.give_up_for, referred.entry_id, "空号", uid=new_uid())
    kept = row(desk, referred.entry_id)
    assert (kept.status, kept.outcome) == (EntryStatus.OPEN, "")
    check.run(desk)


def test_an_act_can_carry_a_call_back_and_waits_for_it(desk: Desk) -> None:
    receipt = add(desk, call(parties=(CALLER,)))
    desk.do(
        entries.act,
        receipt.entry_id,
        Act.ANSWERED,
        outcome="先答复,查后再回电",
        callback=NewCallback(due_at=NOW + HOUR),
        uid=new_uid(),
    )
    assert (row(desk, receipt.entry_id).act, row(desk, receipt.entry_id).status) == (
        Act.ANSWERED,
        EntryStatus.OPEN,
    )
    (owed,) = _owed(desk)
    assert owed.id is not None
    desk.do(entries.correct, receipt.entry_id, {"act": Act.POINTED}, uid=new_uid())
    assert row(desk, receipt.entry_id).status is EntryStatus.OPEN
    _try(desk, owed.id, AttemptResult.REACHED)
    assert (row(desk, receipt.entry_id).act, row(desk, receipt.entry_id).status) == (
        Act.POINTED,
        EntryStatus.FINISHED,
    )
    again = desk.do(callbacks.owe, receipt.entry_id, NewCallback(about="再确认一次"), uid=new_uid())
    assert row(desk, again.entry_id).status is EntryStatus.OPEN
    (owed,) = _owed(desk)
    assert owed.about == "再确认一次"
    desk.do(callbacks.give_up_for, receipt.entry_id, "已当面说清", uid=new_uid())
    assert row(desk, receipt.entry_id).status is EntryStatus.FINISHED
    check.run(desk)


def test_a_referral_and_a_call_keep_an_entry_open_each(desk: Desk) -> None:
    new = visit(
        parties=(CALLER,),
        referral=NewReferral(department(desk, "JC")),
        callback=NewCallback(about="告知结果"),
    )
    receipt = add(desk, new)
    which = _owed(desk)[0].id
    assert which is not None
    desk.do(referrals.answer, part(desk, f"{receipt.number}/JC"), "已责令支付", uid=new_uid())
    desk.do(referrals.close, desk.ask(referrals.find_referral, receipt.number).id, uid=new_uid())
    assert row(desk, receipt.entry_id).status is EntryStatus.OPEN
    _try(desk, which, AttemptResult.REACHED)
    assert (row(desk, receipt.entry_id).act, row(desk, receipt.entry_id).status) == (
        Act.REFERRED,
        EntryStatus.FINISHED,
    )
    other = add(desk, changed(new, uid=new_uid()))
    _try(desk, _owed(desk)[0].id or 0, AttemptResult.REACHED)
    assert row(desk, other.entry_id).status is EntryStatus.OPEN
    check.run(desk)


def test_the_most_urgent_call_stands_first(desk: Desk, clock: Clock) -> None:
    def noted(subject: str, due: dt.timedelta | None, urgency: Urgency = Urgency.NORMAL) -> None:
        callback = NewCallback(due_at=None if due is None else NOW + due)
        add(desk, call(subject, parties=(CALLER,), callback=callback, details=Details(urgency=urgency)))
        clock.go(minutes=1)

    noted("明天", 24 * HOUR)
    noted("明天特急", 25 * HOUR, Urgency.CRITICAL)
    noted("尽快", None)
    noted("已过两小时", -2 * HOUR)
    noted("已过一小时加急", -1 * HOUR, Urgency.URGENT)
    noted("已过一小时特急", -1 * HOUR, Urgency.CRITICAL)
    noted("今天下午", 5 * HOUR)
    assert [one.about for one in _owed(desk)] == [
        "已过一小时特急",
        "已过一小时加急",
        "已过两小时",
        "尽快",
        "今天下午",
        "明天",
        "明天特急",
    ]
    clock.go(days=2)
    assert [one.about for one in desk.ask(callbacks.owed, limit=2)] == ["已过一小时特急", "明天特急"]
    assert [one.text for one in desk.ask(day.todo, TODAY, 3)] == [
        "已过一小时特急",
        "明天特急",
        "已过一小时加急",
    ]


def test_an_outgoing_call_finds_what_is_owed_to_its_number(desk: Desk) -> None:
    receipt, which = _call_owed(desk)
    other = add(
        desk, call("另一人", parties=(person("李四", phone="0571-8802 1234转8"),), callback=NewCallback())
    )
    for phone in ("13800138000", "+86 138-0013-8000", "张 13800138000 / 8001"):
        assert [one.id for one in desk.ask(callbacks.match, phone)] == [which], phone
    assert [one.entry_id for one in desk.ask(callbacks.match, "057188021234")] == [other.entry_id]
    for phone in ("", "未显示", "1380013800", "8000"):
        assert desk.ask(callbacks.match, phone) == (), phone
    assert receipt.entry_id != other.entry_id


def test_a_call_needs_a_number(desk: Desk) -> None:
    for number in ("", " \u200b"):
        with pytest.raises(InputError) as refused:
            add(desk, call(callback=NewCallback(phone=number)))
        assert refused.value.field == "callback.phone"
    assert desk.ask(reading.day_rows, TODAY) == ()
    receipt = add(desk, call(callback=NewCallback(phone="８００１")))
    assert _owed(desk)[0].phone == "8001"
    nameless = add(desk, call())
    with pytest.raises(InputError):
        desk.do(callbacks.owe, nameless.entry_id, NewCallback(), uid=new_uid())
    with pytest.raises(NotFoundError):
        _try(desk, 999_999, AttemptResult.BUSY)
    with pytest.raises(InputError) as refused:
        desk.do(
            callbacks.attempt_for, receipt.entry_id, AttemptResult.REACHED, reached="字" * 201, uid=new_uid()
        )
    assert refused.value.field == "reached"


def test_a_corrected_number_is_the_one_to_call(desk: Desk) -> None:
    receipt, _which = _call_owed(desk)
    desk.do(entries.correct, receipt.entry_id, {"parties": (person(phone="13900139000"),)}, uid=new_uid())
    assert _owed(desk)[0].phone == "13900139000"


def test_a_void_entry_owes_nobody_a_call(desk: Desk) -> None:
    receipt, which = _call_owed(desk)
    desk.do(entries.void, receipt.entry_id, "误登", uid=new_uid())
    assert (_owed(desk), desk.ask(day.counters, TODAY).callbacks) == ([], 0)
    view = desk.ask(reading.entry, receipt.entry_id)
    assert (view.callbacks[0].status, view.callbacks[0].reason) == (CallbackStatus.GIVEN_UP, "误登")
    with pytest.raises(StateError, match=receipt.number):
        _try(desk, which, AttemptResult.REACHED)
    check.run(desk)


def test_the_same_attempt_twice_is_one(desk: Desk) -> None:
    receipt, which = _call_owed(desk)
    act = new_uid()
    first = desk.do(callbacks.attempt, which, AttemptResult.BUSY, uid=act)
    assert desk.do(callbacks.attempt, which, AttemptResult.BUSY, uid=act) == first
    assert len(desk.ask(reading.entry, receipt.entry_id).callbacks[0].attempts) == 1


def test_of_two_desks_that_reach_the_caller_one_comes_second(register: str, open_desk: OpenDesk) -> None:
    one, other = open_desk(register), open_desk(register, desk="B", operator="李敏")
    receipt, which = _call_owed(one)
    one.ask(day.counters, TODAY), other.ask(day.counters, TODAY)
    first, second = overlap(
        one,
        lambda session: callbacks.attempt(session, which, AttemptResult.REACHED, uid=new_uid()),
        other,
        lambda session: callbacks.attempt(session, which, AttemptResult.NO_ANSWER, uid=new_uid()),
    )
    assert isinstance(first, Receipt)
    assert isinstance(second, StateError)
    assert len(one.ask(reading.entry, receipt.entry_id).callbacks[0].attempts) == 1
    check.run(one)


def test_a_call_back_changed_past_the_program_is_found(register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(register)
    receipt, which = _call_owed(desk)
    _try(desk, which, AttemptResult.BUSY)
    check.run(desk)
    for spoil, mend in (
        ("UPDATE callback SET phone = '13700137000'", "UPDATE callback SET phone = ''"),
        (
            "UPDATE callback_attempt SET result = 'reached'",
            "UPDATE callback_attempt SET result = 'busy'",
        ),
        ("DELETE FROM callback_attempt", ""),
    ):
        with behind_its_back(register) as execute:
            execute(spoil)
            with pytest.raises(RegisterUnusableError, match=receipt.number):
                check.run(desk)
            if mend:
                execute(mend)
                check.run(desk)
