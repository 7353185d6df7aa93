"""A shift is handed over with all that is open, and accepted once; notes stay pinned, duty by the day."""

from __future__ import annotations

import pytest

from reception.desk import Desk
from reception.errors import DeskError, InputError, NotFoundError, StateError
from reception.facts import (
    Act,
    Category,
    Details,
    Duty,
    Limit,
    LimitClock,
    NewReferral,
    PinKind,
    Todo,
)
from reception.facts.shifts import LeftBehind
from reception.operations import duties, pins, shifts, site, undoing
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
    visit,
)


def _two(register: str, open_desk: OpenDesk) -> tuple[Desk, Desk]:
    """Two clerks, one after the other, at the one desk."""
    return open_desk(register, operator="王芳"), open_desk(register, operator="李敏")


def test_a_shift_is_handed_over_with_what_is_open(register: str, open_desk: OpenDesk, clock: Clock) -> None:
    first, second = _two(register, open_desk)
    limit = Limit(1, LimitClock.WORKING)
    add(first, visit("欠薪", referral=NewReferral(department(first, "JC"), limit=limit, leader="李局长")))
    add(first, call("要回电", details=Details(callback_wanted=True)))
    add(first, visit("已答复", act=Act.ANSWERED))
    first.do(pins.pin, "会议室钥匙", kind=PinKind.HELD, uid=new_uid())
    clock.go(days=2)
    seen = first.ask(shifts.look)
    assert [(one.what, one.number, one.leader) for one in seen.leaders] == [
        (Todo.OVERDUE, "20261123-001", "李局长")
    ]
    assert [(one.what, one.number, one.leader) for one in seen.waits] == [(Todo.CALLBACK, "20261123-002", "")]
    assert (seen.counters.overdue, seen.counters.callbacks, seen.unaccepted) == (1, 1, None)
    given = first.do(shifts.hand_over, "投诉人下午还来", uid=new_uid())
    assert [(one.what, one.text, one.number, one.department) for one in given.items] == [
        (PinKind.HELD, "会议室钥匙", "", ""),
        (Todo.OVERDUE, "欠薪", "20261123-001", "JC"),
        (Todo.CALLBACK, "要回电", "20261123-002", ""),
    ]
    assert (given.giver, given.open_items, given.remark, given.taker) == ("王芳", 2, "投诉人下午还来", "")
    assert second.ask(shifts.look).unaccepted == given
    clock.go(minutes=5)
    assert second.ask(shifts.left_behind) == LeftBehind(second.ask(pins.pinned), changed(given, items=()))
    taken = second.do(shifts.accept, given.id, uid=new_uid())
    assert (taken.taker, taken.answered_at, taken.missing) == ("李敏", clock.now, "")
    assert second.ask(shifts.left_behind).unaccepted is None
    assert second.ask(shifts.look).unaccepted is None
    assert second.ask(shifts.look).last == taken
    assert check.run(second).entries == 3


def test_a_shift_is_accepted_once_and_not_by_who_gives_it(register: str, open_desk: OpenDesk) -> None:
    first, second = _two(register, open_desk)
    given = first.do(shifts.hand_over, uid=new_uid())
    with pytest.raises(StateError):
        first.do(shifts.accept, given.id, uid=new_uid())
    uid = new_uid()
    second.do(shifts.accept, given.id, missing="少一把钥匙", uid=uid)
    assert second.do(shifts.accept, given.id, missing="少一把钥匙", uid=uid).missing == "少一把钥匙"
    with pytest.raises(StateError):
        second.do(shifts.accept, given.id, uid=new_uid())
    with pytest.raises(NotFoundError):
        second.do(shifts.accept, 9_999, uid=new_uid())


def test_of_two_who_accept_at_once_one_comes_second(register: str, open_desk: OpenDesk) -> None:
    first, second = _two(register, open_desk)
    third = open_desk(register, desk="B", operator="赵强")
    given = first.do(shifts.hand_over, uid=new_uid())
    one, other = overlap(
        second,
        lambda session: shifts.accept(session, given.id, uid=new_uid()),
        third,
        lambda session: shifts.accept(session, given.id, uid=new_uid()),
    )
    assert not isinstance(one, DeskError)
    assert isinstance(other, StateError)
    assert first.ask(shifts.find, given.id).taker == "李敏"
    assert check.run(first).entries == 0


def test_who_handed_over_may_do_so_anew_until_it_is_accepted(register: str, open_desk: OpenDesk) -> None:
    first, second = _two(register, open_desk)
    given = first.do(shifts.hand_over, uid=new_uid())
    add(first)
    again = first.do(shifts.hand_over, "又来一位", uid=new_uid())
    assert (again.id, again.open_items, again.remark) == (given.id, 1, "又来一位")
    with pytest.raises(StateError):
        second.do(shifts.hand_over, uid=new_uid())
    second.do(shifts.accept, given.id, uid=new_uid())
    later = second.do(shifts.hand_over, uid=new_uid())
    assert [one.id for one in second.ask(shifts.latest)] == [later.id, given.id]
    assert check.run(second).entries == 1


def test_an_answer_by_mistake_is_taken_back_by_who_gave_it(register: str, open_desk: OpenDesk) -> None:
    first, second = _two(register, open_desk)
    given = first.do(shifts.hand_over, uid=new_uid())
    with pytest.raises(StateError):
        second.do(shifts.take_back, given.id, uid=new_uid())
    second.do(shifts.accept, given.id, missing="没有交钥匙", uid=new_uid())
    with pytest.raises(StateError):
        first.do(shifts.take_back, given.id, uid=new_uid())
    assert second.do(shifts.take_back, given.id, uid=new_uid()) == given
    second.do(shifts.accept, given.id, uid=new_uid())
    second.do(shifts.hand_over, uid=new_uid())
    with pytest.raises(StateError):
        second.do(shifts.take_back, given.id, uid=new_uid())
    assert check.run(first).entries == 0


def test_each_desk_hands_over_its_own_shift(register: str, open_desk: OpenDesk) -> None:
    office, b = open_desk(register), open_desk(register, desk="B", operator="赵强")
    given = office.do(shifts.hand_over, uid=new_uid())
    assert b.ask(shifts.look).unaccepted is None
    assert b.do(shifts.hand_over, uid=new_uid()).desk == "B"
    assert office.ask(shifts.look).unaccepted == given


def test_what_is_sealed_stays_so_in_a_handover(register: str, open_desk: OpenDesk) -> None:
    supervisor, clerk = open_desk(register, operator="孙主任"), open_desk(register, operator="李敏")
    supervisor.do(site.save, {"supervisors": "孙主任"}, uid=new_uid())
    add(supervisor, visit("某科长收礼", category=Category.ACCUSATION))
    given = supervisor.do(shifts.hand_over, uid=new_uid())
    assert [one.text for one in given.items] == ["某科长收礼"]
    seen = clerk.ask(shifts.look).unaccepted
    assert seen is not None
    assert "某科长收礼" not in [one.text for one in seen.items]
    with behind_its_back(register) as execute:
        assert "某科长收礼" not in str(execute("SELECT items FROM handover"))


def test_a_note_is_pinned_until_its_day_or_its_end(desk: Desk, clock: Clock) -> None:
    note = desk.do(pins.pin, "周三停水", until=TODAY + 2, uid=new_uid())
    key = desk.do(pins.pin, "档案室钥匙", kind=PinKind.HELD, uid=new_uid())
    said = desk.do(pins.pin, "李局长：周五前报数", kind=PinKind.LEADER, uid=new_uid())
    assert (note.operator, note.created_at, note.until_day) == ("王芳", NOW, TODAY + 2)
    assert desk.ask(pins.pinned) == (said, key, note)
    ended = desk.do(pins.end, key.id, uid=new_uid())
    assert ended == changed(key, ended_at=NOW)
    assert desk.ask(pins.pinned) == (said, note)
    with pytest.raises(StateError):
        desk.do(pins.end, key.id, uid=new_uid())
    assert desk.do(pins.again, key.id, uid=new_uid()) == key
    with pytest.raises(StateError):
        desk.do(pins.again, key.id, uid=new_uid())
    clock.go(days=2)
    assert note in desk.ask(pins.pinned)
    clock.go(days=1)
    assert note not in desk.ask(pins.pinned)
    for wrong in (TODAY, 20261399):
        with pytest.raises(InputError):
            desk.do(pins.pin, "昨天", until=wrong, uid=new_uid())
    with pytest.raises(InputError):
        desk.do(pins.pin, " ", uid=new_uid())
    with pytest.raises(NotFoundError):
        desk.do(pins.end, 9_999, uid=new_uid())
    assert check.run(desk).entries == 0


def test_duty_stands_by_the_day(desk: Desk) -> None:
    assert desk.ask(duties.of, TODAY) == Duty(TODAY)
    on = Duty(TODAY, "王芳", "李局长", "小雨")
    uid = new_uid()
    assert desk.do(duties.save, on, uid=uid) == desk.do(duties.save, on, uid=uid) == on
    later = desk.do(duties.save, changed(on, officer=" 赵强 "), uid=new_uid())
    assert later == desk.ask(duties.of, TODAY) == Duty(TODAY, "赵强", "李局长", "小雨")
    assert desk.ask(duties.of, TODAY + 1) == Duty(TODAY + 1)
    with pytest.raises(InputError):
        desk.do(duties.save, Duty(20261399), uid=new_uid())
    assert check.run(desk).entries == 0


def test_a_note_and_who_is_on_duty_are_taken_back_and_done_again(desk: Desk, clock: Clock) -> None:
    pinned, ended, first, second = (new_uid() for _ in range(4))
    note = desk.do(pins.pin, "档案室钥匙", kind=PinKind.HELD, uid=pinned)
    clock.go(minutes=1)
    desk.do(pins.end, note.id, uid=ended)
    turn = new_uid()
    desk.do(undoing.undo, ended, uid=turn)
    assert desk.ask(pins.pinned) == (note,)
    desk.do(undoing.undo, turn, uid=new_uid())
    assert desk.ask(pins.pinned) == ()
    desk.do(pins.again, note.id, uid=new_uid())
    other = new_uid()
    desk.do(pins.pin, "误钉", uid=other)
    desk.do(undoing.undo, other, uid=new_uid())
    assert desk.ask(pins.pinned) == (note,)
    on = Duty(TODAY, "王芳", "李局长")
    desk.do(duties.save, on, uid=first)
    desk.do(duties.save, changed(on, officer="赵强"), uid=second)
    desk.do(undoing.undo, second, uid=new_uid())
    assert desk.ask(duties.of, TODAY) == on
    desk.do(undoing.undo, first, uid=new_uid())
    assert desk.ask(duties.of, TODAY) == Duty(TODAY)
    assert check.run(desk).entries == 0
