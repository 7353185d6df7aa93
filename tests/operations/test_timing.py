"""The clock of a referral: extended, stopped, let go on, and all of it taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import DeskError, InputError, NotFoundError, StateError
from reception.facts import Limit, LimitClock, NewReferral, Receipt, ReferralView, StepKind, Term
from reception.operations import reading, referrals, working_days
from reception.operations.referrals import foreseeing
from reception.store import check
from tests.factories import (
    NOW,
    Clock,
    OpenDesk,
    add,
    behind_its_back,
    department,
    new_uid,
    overlap,
    part,
)
from tests.operations.undone import state, undo

# It is Monday 2026-11-23, 09:42; in winter the office is open 08:30-12:00 and 14:30-17:30.
FIVE = Limit(5, LimitClock.WORKING)
WHY = {"reason": "需外出核查", "approver": "李局长"}


def _referred(desk: Desk, limit: Limit = FIVE) -> Receipt:
    return desk.do(
        referrals.refer, add(desk).entry_id, NewReferral(department(desk, "JC"), limit=limit), uid=new_uid()
    )


def _view(desk: Desk, receipt: Receipt) -> ReferralView:
    (referral,) = desk.ask(reading.entry, receipt.entry_id).referrals
    return referral


def _term(desk: Desk, receipt: Receipt) -> Term:
    term = _view(desk, receipt).term
    assert term is not None
    return term


def _extend(desk: Desk, receipt: Receipt, amount: int = 5) -> Any:
    act = new_uid()
    desk.do(referrals.extend, _view(desk, receipt).id, amount, **WHY, uid=act)
    return act


def _pause(desk: Desk, receipt: Receipt) -> Any:
    act = new_uid()
    desk.do(referrals.pause, _view(desk, receipt).id, "等本人补交工资条", uid=act)
    return act


def _resume(desk: Desk, receipt: Receipt) -> Any:
    act = new_uid()
    desk.do(referrals.resume, _view(desk, receipt).id, uid=act)
    return act


def _go(clock: Clock, text: str) -> None:
    clock.now = dt.datetime.fromisoformat(f"2026-{text}+08:00").astimezone(dt.UTC)


def test_a_referral_is_extended_with_reason_and_approver(desk: Desk, clock: Clock) -> None:
    receipt = _referred(desk)
    assert _term(desk, receipt).due_day == 20261130
    _go(clock, "11-27T10:00")
    act = new_uid()
    for _repeated in range(2):
        desk.do(referrals.extend, _view(desk, receipt).id, 5, **WHY, uid=act)
    term, (step,) = _term(desk, receipt), _view(desk, receipt).steps
    assert (term.amount, term.clock, term.due_day) == (10, LimitClock.WORKING, 20261207)
    assert term.started_at == NOW
    assert (step.kind, step.whom, step.words, step.at) == (
        StepKind.EXTENSION,
        "李局长",
        "需外出核查",
        clock.now,
    )
    assert (step.due_before, step.due_after) == (20261130, 20261207)
    line = desk.ask(reading.entry, receipt.entry_id).trail[-1]
    assert line.verb == "extend"
    assert ("referral.due_day", "2026-11-30", "2026-12-07") in line.changes
    assert ("step.whom", "", "李局长") in line.changes
    check.run(desk)


def test_what_is_foreseen_is_what_the_extension_makes_of_it(desk: Desk, clock: Clock) -> None:
    receipt = _referred(desk)
    _pause(desk, receipt)
    _go(clock, "11-27T10:00")
    _resume(desk, receipt)
    for amount in (1, 5, 40):
        foreseen = desk.ask(foreseeing.foresee, _view(desk, receipt).id, amount)
        _extend(desk, receipt, amount)
        assert _term(desk, receipt) == foreseen
    assert foreseen.provisional  # the notice of that year is not known
    with pytest.raises(InputError):
        desk.ask(foreseeing.foresee, _view(desk, receipt).id, 100_000)
    with pytest.raises(NotFoundError):
        desk.ask(foreseeing.foresee, 987_654, 1)


def test_what_is_overdue_may_be_extended_far_enough(desk: Desk, clock: Clock) -> None:
    receipt = _referred(desk)
    _go(clock, "12-04T10:00")
    with pytest.raises(InputError, match="was due on 2026-12-03 and is still overdue"):
        _extend(desk, receipt, 3)
    _extend(desk, receipt, 4)
    assert _term(desk, receipt).due_day == 20261204
    hours = _referred(desk, Limit(4, LimitClock.HOURS))
    _extend(desk, hours, 6)
    assert _term(desk, hours).due_at == dt.datetime(
        2026, 12, 7, 8, 0, tzinfo=dt.UTC
    )  # five of ten hours are left


def test_a_clock_stands_while_something_is_awaited(desk: Desk, clock: Clock) -> None:
    receipt, hours = _referred(desk), _referred(desk, Limit(8, LimitClock.HOURS))
    _go(clock, "11-24T08:30")
    for one in (receipt, hours):
        _pause(desk, one)
    term, (step,) = _term(desk, receipt), _view(desk, receipt).steps
    assert (term.paused_at, term.due_day) == (clock.now, 20261130)
    assert (step.kind, step.words, step.until) == (StepKind.PAUSE, "等本人补交工资条", None)
    _go(clock, "12-01T08:30")
    for one in (receipt, hours):
        _resume(desk, one)
    term, (step,) = _term(desk, receipt), _view(desk, receipt).steps
    assert (term.paused_at, term.due_day, step.until) == (None, 20261207, clock.now)
    # 2 h 18 min and 3 h of the Monday were used: 2 h 42 min are left
    assert _term(desk, hours).due_at == clock.now + dt.timedelta(hours=2, minutes=42)
    _pause(desk, receipt)
    _go(clock, "12-02T08:30")
    _extend(desk, receipt, 1)
    assert _term(desk, receipt).due_day == 20261208
    _resume(desk, receipt)
    assert _term(desk, receipt).due_day == 20261209
    verbs = [line.verb for line in desk.ask(reading.entry, receipt.entry_id).trail[2:]]
    assert verbs == ["pause", "resume", "pause", "extend", "resume"]
    check.run(desk)


def test_the_calendar_of_a_year_counts_the_pauses(desk: Desk, clock: Clock) -> None:
    _go(clock, "12-28T10:00")
    receipt = _referred(desk)
    _pause(desk, receipt)
    _go(clock, "12-30T10:00")
    _resume(desk, receipt)
    assert (_term(desk, receipt).due_day, _term(desk, receipt).provisional) == (20270107, True)
    _pause(desk, receipt)
    desk.do(working_days.save_year, 2027, "2027-01-01,off\n2027-01-05,off", uid=new_uid())
    assert (_term(desk, receipt).due_day, _term(desk, receipt).provisional) == (20270108, False)
    _go(clock, "12-31T10:00")
    _resume(desk, receipt)
    assert _term(desk, receipt).due_day == 20270111
    check.run(desk)


Prepare = Callable[[Desk, Receipt, Clock], object]


def _answer(desk: Desk, receipt: Receipt, _clock: Clock) -> None:
    desk.do(referrals.answer, part(desk, receipt.number), "已责令支付", uid=new_uid())


def _close(desk: Desk, receipt: Receipt, clock: Clock) -> None:
    _answer(desk, receipt, clock)
    desk.do(referrals.close, _view(desk, receipt).id, uid=new_uid())


def _wait(_desk: Desk, _receipt: Receipt, clock: Clock) -> None:
    _go(clock, "12-01T00:00")


def _forget(desk: Desk, _receipt: Receipt, _clock: Clock) -> None:
    columns = ["limit_amount", "limit_clock", "remind_days", "started_at", "due_day", "due_at", "provisional"]
    with behind_its_back(desk.place.text) as execute:
        execute(f"UPDATE referral SET {', '.join(f'{name} = NULL' for name in columns)}")


@pytest.mark.parametrize(
    ("prepare", "act", "said"),
    [
        (_answer, _extend, "has answered .*; its clock has stopped"),
        (_answer, _pause, "has answered"),
        (_close, _extend, "closed already"),
        (_close, _pause, "closed already"),
        (_close, _resume, "closed already"),
        (_wait, _pause, "is overdue, so there is no clock to stop"),
        (lambda desk, receipt, _clock: _pause(desk, receipt), _pause, "stands already"),
        (lambda *_all: None, _resume, "runs; it was not stopped"),
        (_forget, _extend, "has no limit"),
        (_forget, _pause, "has no limit"),
        (_forget, _resume, "was not stopped"),
    ],
)
def test_what_makes_no_sense_for_a_clock_is_refused(
    file_register: str,
    open_desk: OpenDesk,
    clock: Clock,
    prepare: Prepare,
    act: Callable[[Desk, Receipt], object],
    said: str,
) -> None:
    desk = open_desk(file_register)
    receipt = _referred(desk)
    prepare(desk, receipt, clock)
    before = state(desk)
    with pytest.raises(StateError, match=said) as refusal:
        act(desk, receipt)
    assert receipt.number in str(refusal.value)
    assert state(desk) == before


def test_who_and_why_have_to_be_said(desk: Desk) -> None:
    receipt = _referred(desk)
    which = _view(desk, receipt).id
    wrong: list[tuple[Callable[..., object], tuple[Any, ...], dict[str, str], str]] = [
        (referrals.extend, (which, 5), {**WHY, "reason": "\u200b"}, "reason"),
        (referrals.extend, (which, 5), {**WHY, "approver": " "}, "approver"),
        (referrals.extend, (which, 0), WHY, "amount"),
        (referrals.extend, (which, 4_000), WHY, "limit"),
        (referrals.pause, (which, ""), {}, "reason"),
    ]
    for verb, words, named, field in wrong:
        with pytest.raises(InputError) as refusal:
            desk.do(verb, *words, **named, uid=new_uid())
        assert refusal.value.field == field
    with pytest.raises(NotFoundError):
        desk.do(referrals.resume, 999_999, uid=new_uid())
    assert _view(desk, receipt).steps == ()


def test_each_act_is_taken_back(desk: Desk, clock: Clock) -> None:
    receipt, done = _referred(desk), []
    for act in (_extend, _pause, _resume, _pause, _extend, _resume):
        before = state(desk), _view(desk, receipt)
        clock.go(days=1)
        done.append((before, act(desk, receipt)))
    check.run(desk)
    with pytest.raises(StateError):
        undo(desk, done[1][1])
    for before, act_uid in reversed(done):
        undo(desk, act_uid)
        assert (state(desk), _view(desk, receipt)) == before
    check.run(desk)


def test_nothing_is_taken_back_once_the_referral_ended(desk: Desk, clock: Clock) -> None:
    receipt = _referred(desk)
    act = _extend(desk, receipt)
    _close(desk, receipt, clock)
    with pytest.raises(StateError):
        undo(desk, act)
    assert _term(desk, receipt).amount == 10


def test_of_two_who_stop_a_clock_one_does(register: str, open_desk: OpenDesk) -> None:
    one, other = open_desk(register), open_desk(register, desk="B", operator="李敏")
    receipt = _referred(one)
    which = _view(one, receipt).id
    first, second = overlap(
        one,
        lambda session: referrals.pause(session, which, "等材料", uid=new_uid()),
        other,
        lambda session: referrals.pause(session, which, "等本人", uid=new_uid()),
    )
    assert isinstance(first, Receipt)
    assert isinstance(second, DeskError)
    assert "stands already" in str(second)
    assert [step.words for step in _view(one, receipt).steps] == ["等材料"]
    check.run(one)
