"""Who of a department is away, and whom its work goes to."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from reception.desk import Desk
from reception.errors import DeskError, InputError, NotFoundError, StateError
from reception.facts import Absence, NewReferral, PartView
from reception.operations import absences, directory, referrals, undoing
from reception.store import check
from tests.factories import NOW, Clock, OpenDesk, add, department, new_uid, overlap

# It is Monday 2026-11-23, 09:42.


@pytest.fixture
def jc(desk: Desk) -> int:
    """A department with both its officers."""
    fact = desk.ask(directory.department, "JC")
    named = dataclasses.replace(fact, officer_a="赵队", officer_b="钱工")
    return desk.do(directory.save_department, named, uid=new_uid()).id


def _away(desk: Desk, where: int, officer: str, until: int | None = None) -> Absence:
    return desk.do(absences.away, where, officer, until=until, uid=new_uid())


def _back(desk: Desk, where: int, officer: str) -> Absence:
    return desk.do(absences.back_to_work, where, officer, uid=new_uid())


def _sent(desk: Desk, to: str = "JC") -> PartView:
    receipt = add(desk)
    desk.do(referrals.refer, receipt.entry_id, NewReferral(department(desk, to)), uid=new_uid())
    return desk.ask(referrals.find_part, receipt.number)


def _officer(desk: Desk, to: str = "JC") -> tuple[str, bool, bool]:
    found = _sent(desk, to)
    return found.officer, found.stood_in, found.on_behalf


def test_the_work_goes_to_who_is_there(desk: Desk, jc: int) -> None:
    assert _officer(desk) == ("赵队", False, False)
    _away(desk, jc, "b")
    assert _officer(desk) == ("赵队", False, False)
    _away(desk, jc, "a")
    assert _officer(desk) == ("", False, True)
    _back(desk, jc, "b")
    assert _officer(desk) == ("钱工", True, False)
    _back(desk, jc, "a")
    assert _officer(desk) == ("赵队", False, False)
    assert _officer(desk, "XF") == ("", False, False)
    check.run(desk)


def test_without_an_officer_b_the_desk_takes_it(desk: Desk) -> None:
    _away(desk, department(desk, "XF"), "a")
    assert _officer(desk, "XF") == ("", False, True)


def test_what_was_sent_tells_later_who_stood_in(desk: Desk, jc: int) -> None:
    _away(desk, jc, "a")
    sent = _sent(desk)
    _back(desk, jc, "a")
    assert desk.ask(referrals.find_part, sent.name) == sent
    assert (sent.officer, sent.stood_in) == ("钱工", True)


def test_an_absence_ends_at_midnight_or_after_its_last_day(desk: Desk, jc: int, clock: Clock) -> None:
    today = _away(desk, jc, "a")
    assert (today.first_day, today.last_day, today.ended) == (20261123, 20261123, False)
    days = _away(desk, jc, "b", 20261125)
    assert desk.ask(directory.catalogue).absences == (today, days)
    clock.now = dt.datetime(2026, 11, 23, 15, 59, 59, tzinfo=dt.UTC)
    assert desk.ask(absences.current) == (today, days)
    clock.go(seconds=1)
    assert desk.ask(absences.current) == (days,)
    assert _officer(desk) == ("赵队", False, False)
    clock.now = NOW + dt.timedelta(days=2)
    assert desk.ask(absences.current) == (days,)
    clock.now = NOW + dt.timedelta(days=3)
    assert desk.ask(absences.current) == ()
    assert _away(desk, jc, "b").id != days.id


def test_who_is_away_already_is_away_until_the_day_that_is_named(desk: Desk, jc: int) -> None:
    first = _away(desk, jc, "a", 20261127)
    assert _away(desk, jc, "a") == first
    assert _away(desk, jc, "a", 20261124) == dataclasses.replace(first, last_day=20261124)
    assert len(desk.ask(absences.current)) == 1
    _back(desk, jc, "a")
    again = _away(desk, jc, "a")
    assert again.id != first.id
    assert desk.do(absences.back, again.id, uid=new_uid()).ended
    check.run(desk)


def test_saying_it_twice_is_saying_it_once(desk: Desk, jc: int) -> None:
    act, other = new_uid(), new_uid()
    one = desk.do(absences.away, jc, "a", uid=act)
    over = desk.do(absences.back_to_work, jc, "a", uid=other)
    assert desk.do(absences.away, jc, "a", uid=act) == over == dataclasses.replace(one, ended=True)
    assert desk.do(absences.back_to_work, jc, "a", uid=other) == over


def test_what_makes_no_sense_for_an_absence_is_refused(desk: Desk, jc: int) -> None:
    for officer, until, field in (("c", None, "officer"), ("a", 20261122, "until"), ("a", 20261131, "until")):
        with pytest.raises(InputError) as refusal:
            _away(desk, jc, officer, until)
        assert refusal.value.field == field
    with pytest.raises(NotFoundError):
        _away(desk, 999_999, "a")
    with pytest.raises(NotFoundError):
        desk.do(absences.back, 999_999, uid=new_uid())
    with pytest.raises(StateError, match="Officer A is not away"):
        _back(desk, jc, "a")
    assert desk.ask(absences.current) == ()


def test_of_two_desks_one_notes_it(register: str, open_desk: OpenDesk) -> None:
    one, other = open_desk(register), open_desk(register, desk="B", operator="李敏")
    where = department(one, "JC")
    first, second = overlap(
        one,
        lambda session: absences.away(session, where, "a", uid=new_uid()),
        other,
        lambda session: absences.away(session, where, "a", uid=new_uid()),
    )
    assert not isinstance(first, DeskError)
    assert first == second
    assert one.ask(absences.current) == (first,)
    check.run(one)


def test_an_absence_is_taken_back(desk: Desk, jc: int, clock: Clock) -> None:
    clock.go(minutes=1)
    known = _away(desk, jc, "a", 20261127)
    assert desk.do(undoing.undo_last, uid=new_uid()).number == "劳动保障监察大队 A"
    assert desk.ask(absences.current) == ()
    desk.do(undoing.redo_last, uid=new_uid())
    _back(desk, jc, "a")
    desk.do(undoing.undo_last, uid=new_uid())
    assert desk.ask(absences.current) == (known,)
    check.run(desk)
