"""Who is here: waiting minutes, checking out, and the visits that nobody signed out of."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from reception.desk import Desk
from reception.errors import InputError, StateError
from reception.facts import Receipt, Totals, Visitor
from reception.operations import day, entries, presence, reading, site, undoing
from reception.store import check
from tests.factories import (
    NOW,
    TODAY,
    Clock,
    OpenDesk,
    add,
    behind_its_back,
    call,
    department,
    new_uid,
    overlap,
    person,
    row,
    visit,
)

# It is Monday 2026-11-23, 09:42; in winter the office is open 08:30-12:00 and 14:30-17:30.


def _at(hour: int, minute: int = 0, day_of_month: int = 23) -> dt.datetime:
    local = dt.timezone(dt.timedelta(hours=8))
    return dt.datetime(2026, 11, day_of_month, hour, minute, tzinfo=local).astimezone(dt.UTC)


def _here(desk: Desk) -> list[Visitor]:
    return list(desk.ask(presence.here))


def _left(desk: Desk, receipt: Receipt) -> tuple[dt.datetime | None, bool]:
    found = row(desk, receipt.entry_id)
    return found.left_at, found.left_estimated


def _verbs(desk: Desk, receipt: Receipt) -> list[str]:
    return [line.verb for line in desk.ask(reading.entry, receipt.entry_id).trail]


def _close(desk: Desk, *, today: bool = False) -> int:
    return desk.do(presence.close_days, today=today, uid=new_uid())


def test_who_has_not_left_is_here(desk: Desk, clock: Clock) -> None:
    first = add(desk, visit("退休审批", parties=(person(phone="8001", organisation="机械厂"),), party_size=3))
    gone, struck = add(desk), add(desk)
    add(desk, call())
    add(desk, visit(received_at=NOW - dt.timedelta(days=1)))
    waiting = add(desk, visit("问路", department_id=department(desk, "JC")))
    clock.go(minutes=5)
    desk.do(presence.check_out, gone.entry_id, uid=new_uid())
    desk.do(entries.void, struck.entry_id, "误登", uid=new_uid())
    desk.do(entries.wait, waiting.entry_id, uid=new_uid())
    one, two = _here(desk)  # who waits stands first
    assert (one.number, one.department, one.waiting_minutes, one.late) == (waiting.number, "JC", 0, False)
    assert (two.number, two.name, two.organisation, two.party_size) == (first.number, "张建国", "机械厂", 3)
    assert (two.about, two.waiting_minutes, two.received_at) == ("退休审批", None, NOW)


def test_of_some_entries_those_are_told_whose_visitors_are_here(desk: Desk, clock: Clock) -> None:
    first, gone, third = add(desk), add(desk), add(desk)
    clock.go(minutes=5)
    desk.do(presence.check_out, gone.entry_id, uid=new_uid())
    desk.do(entries.wait, third.entry_id, uid=new_uid())
    some = desk.ask(presence.here_of, {first.entry_id, gone.entry_id, third.entry_id, 10_000})
    assert [one.number for one in some] == [third.number, first.number]
    assert list(some) == _here(desk)
    assert desk.ask(presence.here_of, {first.entry_id}) == some[1:]
    assert desk.ask(presence.here_of, ()) == ()


def test_minutes_run_from_waits_here_until_received(desk: Desk, clock: Clock) -> None:
    receipt = add(desk)
    clock.go(minutes=30)
    assert _here(desk)[0].waiting_minutes is None
    desk.do(entries.wait, receipt.entry_id, uid=new_uid())
    for minutes, late in ((9, False), (10, True), (11, True)):
        clock.now = NOW + dt.timedelta(minutes=30 + minutes)
        (one,) = _here(desk)
        assert (one.waiting_minutes, one.late) == (minutes, late)
    desk.do(site.save, {"waiting_minutes": "12"}, uid=new_uid())
    assert not _here(desk)[0].late
    desk.do(entries.seen, receipt.entry_id, uid=new_uid())
    assert (_here(desk)[0].waiting_minutes, _here(desk)[0].late) == (None, False)


def test_minutes_stand_still_at_lunch(desk: Desk, clock: Clock) -> None:
    clock.now = _at(11, 55)
    receipt = add(desk)
    desk.do(entries.wait, receipt.entry_id, uid=new_uid())
    for hour, minute, minutes in ((12, 0, 5), (13, 15, 5), (14, 30, 5), (14, 36, 11), (20, 0, 185)):
        clock.now = _at(hour, minute)
        assert _here(desk)[0].waiting_minutes == minutes, (hour, minute)


def test_earlier_days_are_closed_at_the_end_of_office_hours(desk: Desk, clock: Clock) -> None:
    early = add(desk)
    clock.now = _at(18, 10)
    late = add(desk)
    clock.now = _at(18, 20)
    desk.do(entries.wait, late.entry_id, uid=new_uid())
    gone, struck, phoned = add(desk), add(desk), add(desk, call())
    desk.do(entries.leave, gone.entry_id, uid=new_uid())
    desk.do(entries.void, struck.entry_id, "误登", uid=new_uid())
    assert _close(desk) == 0
    clock.now = _at(8, 0, 24)
    assert _here(desk) == []
    assert _close(desk) == 2
    assert (_left(desk, early), _left(desk, late)) == ((_at(17, 30), True), (_at(18, 20), True))
    for one in (gone, struck, phoned):
        assert not row(desk, one.entry_id).left_estimated
    assert _verbs(desk, early) == ["register", "estimate"]
    assert desk.ask(day.totals, TODAY) == Totals(
        visits=3, visitors=3, calls_in=1, open=4, void=1, estimated=2
    )
    assert _close(desk) == 0
    later = add(desk, visit(received_at=_at(9, 0), late=True))  # a note from yesterday, entered later
    assert _close(desk) == 1
    assert row(desk, later.entry_id).left_at == _at(17, 30)
    check.run(desk)


def test_today_is_closed_only_when_asked_and_over(desk: Desk, clock: Clock) -> None:
    receipt = add(desk)
    clock.now = _at(18, 29)
    assert _close(desk, today=True) == 0
    clock.now = _at(18, 30)
    assert _close(desk) == 0
    evening = add(desk)  # somebody on duty receives a visitor
    assert _close(desk, today=True) == 1
    assert (row(desk, receipt.entry_id).left_at, row(desk, evening.entry_id).left_at) == (_at(17, 30), None)
    act = desk.ask(reading.entry, receipt.entry_id).trail[-1]
    assert act.verb == "estimate"
    desk.do(entries.leave, receipt.entry_id, uid=new_uid())  # they were still here
    assert _left(desk, receipt) == (
        _at(18, 30),
        False,
    )
    desk.do(site.save, {"close_day_at": ""}, uid=new_uid())
    add(desk, visit(received_at=_at(9)))
    assert _close(desk, today=True) == 0
    check.run(desk)


def test_an_estimate_that_was_taken_back_is_not_made_again_that_day(desk: Desk, clock: Clock) -> None:
    receipt = add(desk)
    clock.now = _at(18, 40)
    assert _close(desk, today=True) == 1
    assert desk.ask(undoing.last_act) is not None
    with behind_its_back(desk.place.text) as execute:
        (uid,) = execute("SELECT act_uid FROM journal WHERE verb = 'estimate'")[0]
    desk.do(undoing.undo, uuid.UUID(str(uid)), uid=new_uid())
    assert (row(desk, receipt.entry_id).left_at, _close(desk, today=True)) == (None, 0)
    clock.now = _at(8, 0, 24)
    assert _close(desk) == 1
    check.run(desk)


def test_a_corrected_time_is_no_estimate_any_more(desk: Desk, clock: Clock) -> None:
    first, second = add(desk), add(desk)
    clock.now = _at(8, 0, 24)
    _close(desk)
    desk.do(entries.correct, first.entry_id, {"left_at": _at(11, 20)}, uid=new_uid())
    desk.do(entries.correct, second.entry_id, {"left_at": _at(17, 30)}, uid=new_uid())  # it was right
    for one, left in ((first, _at(11, 20)), (second, _at(17, 30))):
        assert _left(desk, one) == (left, False)
    assert desk.ask(day.totals, TODAY).estimated == 0
    last = desk.ask(undoing.last_act)
    assert last is not None
    desk.do(undoing.undo, last, uid=new_uid())
    assert row(desk, second.entry_id).left_estimated
    with pytest.raises(InputError):
        desk.do(entries.correct, second.entry_id, {"left_at": _at(8)}, uid=new_uid())
    with pytest.raises(StateError):
        desk.do(entries.seen, second.entry_id, uid=new_uid())
    check.run(desk)


def test_history_from_before_stays_blank(desk: Desk, clock: Clock) -> None:
    """A register made before times were estimated has no first day: the first closing sets it."""
    with behind_its_back(desk.place.text) as execute:
        execute("UPDATE setting SET value = '' WHERE key = 'estimates_from'")
    old = add(desk)
    clock.now = _at(8, 0, 24)
    assert _close(desk) == 0
    assert desk.ask(site.values)["estimates_from"] == "20261124"
    new = add(desk)
    clock.now = _at(8, 0, 26)
    assert _close(desk) == 1
    assert (row(desk, old.entry_id).left_at, row(desk, new.entry_id).left_at) == (None, _at(17, 30, 24))


def test_a_closed_office_is_opened_after_weeks(desk: Desk, clock: Clock) -> None:
    receipts = []
    for days in (0, 1, 40):
        clock.now = NOW + dt.timedelta(days=days)
        receipts.append(add(desk))
        if days == 1:
            assert _close(desk) == 1
    clock.now = NOW + dt.timedelta(days=120)
    assert _close(desk) == 2
    assert all(row(desk, one.entry_id).left_estimated for one in receipts)


def test_half_a_year_is_closed_in_pieces_and_goes_on_where_it_was_cut_off(
    register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    """Each piece is a transaction of its own: another desk saves between two, a killed one loses nothing."""
    desk = open_desk(register)
    receipts = []
    for _day in range(7):
        receipts += [add(desk) for _visit in range(20)]
        clock.go(days=26)
    desk.close()
    cut_off = open_desk(register)
    assert cut_off.do(presence.close_days, uid=(uid := new_uid())) == presence.AT_ONCE == 50
    assert cut_off.do(presence.close_days, uid=uid) == 50  # its answer was lost: asked again, it goes on
    cut_off.close()  # and then the power went
    other = open_desk(register, desk="B", operator="李敏")
    weeks_ago = clock.now - dt.timedelta(days=20)
    late = add(other, visit(received_at=weeks_ago, late=True))  # from a note
    desk, closed = open_desk(register), []
    while count := _close(desk):
        closed.append(count)
        add(other)
    assert (sum(closed), max(closed)) == (41, 41)
    for receipt in (*receipts, late):
        assert _verbs(desk, receipt) == ["register", "estimate"]
        assert row(desk, receipt.entry_id).left_estimated
    check.run(desk)


def test_a_full_day_is_closed_in_pieces_too(desk: Desk, clock: Clock) -> None:
    early = [add(desk) for _visit in range(60)]
    clock.now = _at(18, 40)
    with_desk = add(desk)
    counts = [_close(desk, today=True) for _piece in range(3)]
    assert counts == [50, 10, 0]
    assert all(row(desk, one.entry_id).left_estimated for one in early)
    assert _here(desk)[0].entry_id == with_desk.entry_id


def test_of_two_desks_one_closes_the_day(register: str, open_desk: OpenDesk, clock: Clock) -> None:
    one, other = open_desk(register), open_desk(register, desk="B", operator="李敏")
    receipts: list[Receipt] = [add(one), add(other), add(one)]
    clock.now = _at(8, 0, 24)
    counts = overlap(
        one,
        lambda session: presence.close_days(session, uid=new_uid()),
        other,
        lambda session: presence.close_days(session, uid=new_uid()),
    )
    assert counts == (3, 0)
    for receipt in receipts:
        assert _verbs(one, receipt) == [
            "register",
            "estimate",
        ]
    check.run(one)
