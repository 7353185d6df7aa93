"""Whom to invite, by what finds them, and whom to call next."""

from __future__ import annotations

import datetime as dt
from typing import Any

from reception.desk import Desk
from reception.facts import AttemptResult, Details, EntryView, Party, Todo
from reception.facts.office import NewInvitee
from reception.operations import entries, people, reading, to_do, undoing
from reception.operations.office import meetings
from reception.store import check
from tests.factories import Clock, add, call, new_uid, visit
from tests.operations.test_meetings import TOLD

MOBILE, OFFICE = "13900000001", "0816-8220001"


def _came(desk: Desk, *who: Party, protected: bool = False) -> EntryView:
    made = desk.do(entries.register, visit(parties=who, details=Details(identity_protected=protected)))
    return desk.ask(reading.entry, made.entry_id)


def _called(desk: Desk, who: NewInvitee) -> EntryView:
    """The call to somebody who is invited."""
    made = desk.do(meetings.notify, **TOLD, invitees=(who,), uid=new_uid())
    (one,) = desk.ask(meetings.invitees, made.entry_id)
    done = desk.do(meetings.call, one.id, AttemptResult.REACHED, uid=new_uid())
    return desk.ask(reading.entry, done.entry_id)


def test_somebody_known_is_invited_by_few_letters_and_called_at_the_number_that_was_typed(desk: Desk) -> None:
    (wang,) = _came(desk, Party("王芳", f"{OFFICE} / {MOBILE}", "县医保局")).parties
    add(desk, call())
    for typed, phone in (("wf", MOBILE), ("wangfang", MOBILE), ("220001", "08168220001"), ("县医保", MOBILE)):
        (found,) = desk.ask(meetings.known, typed)
        assert found == NewInvitee("王芳", "县医保局", phone), typed
    called = _called(desk, found)
    assert wang.person_id is not None
    assert called.parties[0].person_id == wang.person_id
    assert called.row.number in {one.number for one in desk.ask(people.history, wang.person_id)}
    assert desk.ask(people.recall, "王芳")[0].times == 2
    check.run(desk)


def test_who_gave_no_name_or_is_not_to_be_disclosed_is_not_offered(desk: Desk) -> None:
    _came(desk, Party(phone=MOBILE))
    _came(desk, Party("李明", "13900000002"), protected=True)
    assert desk.ask(meetings.known, MOBILE) == desk.ask(meetings.known, "李明") == ()


def test_the_call_is_the_merged_persons_and_the_list_stays_as_it_was_given_out(desk: Desk) -> None:
    (one,) = _came(desk, Party("王小芳", MOBILE, "县医保局")).parties
    (other,) = _came(desk, Party("王芳", "13900000002", "县医保局")).parties
    assert one.person_id is not None
    assert other.person_id is not None
    desk.do(people.merge, one.person_id, other.person_id, uid=new_uid())
    (known,) = desk.ask(meetings.known, "13900000002")
    assert known == NewInvitee("王小芳", "县医保局", "13900000002")  # no record says both
    called = _called(desk, known)
    assert called.parties[0].person_id == one.person_id
    assert [who.times for who in desk.ask(people.recall, "王小芳")] == [3]
    check.run(desk)
    desk.do(people.unmerge, other.person_id, uid=new_uid())
    (notice,) = desk.ask(meetings.rows)
    (listed,) = desk.ask(meetings.invitees, notice.entry_id)
    assert (listed.name, listed.phone) == ("王小芳", "13900000002")
    check.run(desk)
    desk.do(undoing.undo_last, uid=new_uid())
    desk.do(undoing.undo_last, uid=new_uid())  # the call
    assert [who.times for who in desk.ask(people.recall, "王小芳")] == [2]
    check.run(desk)


def test_the_list_is_called_down_before_those_not_reached_are_tried_again(desk: Desk, clock: Clock) -> None:
    three = tuple(NewInvitee(name, "", f"800{at}") for at, name in enumerate(("王芳", "李明", "孙敏")))
    made = desk.do(meetings.notify, **TOLD, invitees=three, uid=new_uid())

    def listed() -> list[str]:
        return [one.name for one in desk.ask(meetings.invitees, made.entry_id)]

    for _one in range(2):
        (first, *_rest) = desk.ask(meetings.invitees, made.entry_id)
        desk.do(meetings.call, first.id, AttemptResult.NO_ANSWER, uid=new_uid())
        clock.go(minutes=4)
    assert listed() == ["孙敏", "王芳", "李明"]
    clock.go(minutes=2)
    assert listed() == ["王芳", "孙敏", "李明"]  # the reply is due within the day
    clock.go(minutes=4)
    assert listed() == ["王芳", "李明", "孙敏"]


def test_a_meeting_notified_to_us_is_to_be_laid_and_answered_by_its_hour(desk: Desk, clock: Clock) -> None:
    said: dict[str, Any] = {
        "subject": "安全会",
        "name": "陈科员",
        "organisation": "县政府办",
        "uid": new_uid(),
    }
    later = desk.do(meetings.receive, **{**said, "uid": new_uid()}, meets_at=clock.now + dt.timedelta(days=3))
    soon = desk.do(meetings.receive, **said, reply_by=clock.now + dt.timedelta(hours=7))

    def waiting() -> list[tuple[int, str]]:
        rows = [row for row in desk.ask(to_do.rows) if row.entry_id in (later.entry_id, soon.entry_id)]
        assert {row.what for row in rows} <= {Todo.NOTIFIED}
        return [(row.entry_id, row.owner) for row in rows]

    assert waiting() == [(soon.entry_id, ""), (later.entry_id, "")]
    assert desk.ask(to_do.rows)[0].due_at == clock.now + dt.timedelta(hours=7)
    desk.do(meetings.lay, soon.entry_id, "吴局长", uid=new_uid())
    assert waiting()[0] == (soon.entry_id, "吴局长")
    assert desk.ask(to_do.counts)["notified"] == 2
    assert desk.ask(to_do.counts)["still-open"] == 0
    desk.do(meetings.answer_sender, soon.entry_id, "陈科员", "周副局长参会", uid=new_uid())
    assert waiting() == [(later.entry_id, "")]
    desk.do(undoing.undo_last, uid=new_uid())
    assert len(waiting()) == 2
    check.run(desk)
