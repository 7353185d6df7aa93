"""Meeting notices: what is asked before the first call, calls that are entries of the day, new rounds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import DeskError, InputError, NotFoundError, StateError
from reception.facts import (
    Act,
    AttemptResult,
    CallbackStatus,
    CallResult,
    EntryStatus,
    Kind,
    Receipt,
    Totals,
)
from reception.facts.meetings import MeetingView, Notified
from reception.facts.office import NewInvitee, Reply
from reception.operations import callbacks, day, entries, presence, reading, undoing
from reception.operations.office import meetings
from reception.paper import daily_sheet
from reception.paper.daily_sheet import SheetRow
from reception.store import check
from tests.factories import CLERK, NOW, TODAY, Clock, OpenDesk, add, department, new_uid, overlap, row, visit

REACHED, NO_ANSWER, BUSY = AttemptResult.REACHED, AttemptResult.NO_ANSWER, AttemptResult.BUSY
TOMORROW = NOW + dt.timedelta(days=1, hours=6)
TOLD: dict[str, Any] = {
    "subject": "年终总结会",
    "convener": "吴局长",
    "agenda": "总结今年工作\n安排元旦值班",
    "meets_at": TOMORROW,
    "place": "三楼会议室",
    "attendance": "各科室负责人",
    "reply_by": NOW + dt.timedelta(hours=7),
    "issued_by": "办公室",
}
WANG = NewInvitee("王芳", "县医保局 局长", "0816-8220001")
LI = NewInvitee("李明", "", "13900000002")


def _notify(desk: Desk, *more: NewInvitee, **changes: Any) -> MeetingView:
    card = NewInvitee("社会保障卡中心", "", "8031", department(desk, "SBK"))
    told = {**TOLD, **changes}
    made = desk.do(meetings.notify, **told, invitees=(card, WANG, *more), uid=new_uid())
    return desk.ask(meetings.view, made.entry_id)


def _call(desk: Desk, of: MeetingView, name: str, result: AttemptResult, **said: Any) -> Receipt:
    (one,) = (person for person in of.invitees if person.name == name)
    return desk.do(meetings.call, one.id, result, **{"uid": new_uid(), **said})


def _now(desk: Desk, of: MeetingView) -> MeetingView:
    return desk.ask(meetings.view, of.entry.id)


def _states(of: MeetingView) -> list[tuple[str, Notified]]:
    return [(one.name, one.state) for one in of.invitees]


def test_a_call_is_an_entry_of_the_day_and_its_tick_has_the_time(desk: Desk, clock: Clock) -> None:
    of = _notify(desk)
    assert (of.entry.kind, of.entry.status) == (Kind.MEETING, EntryStatus.OPEN)
    clock.go(minutes=3)
    done = _call(
        desk, of, "社会保障卡中心", REACHED, told_whom="赵丽", reply=Reply.ATTENDS, attendee="钱主任"
    )
    called = row(desk, done.entry_id)
    assert (called.kind, called.act, called.status) == (Kind.CALL_OUT, Act.ANSWERED, EntryStatus.FINISHED)
    assert (called.subject, called.name, called.organisation) == ("年终总结会", "赵丽", "社会保障卡中心")
    assert (called.phone, called.department, called.outcome) == ("8031", "SBK", "赵丽 · 参会：钱主任")
    assert called.request == "2026年11月24日 星期二 15:42 · 三楼会议室"
    after = _now(desk, of)
    assert _states(after) == [("王芳", Notified.UNCALLED), ("社会保障卡中心", Notified.TOLD)]
    told = after.invitees[1]
    (made,) = told.calls
    assert (made.told_at, made.told_whom, made.call_number) == (clock.now, "赵丽", called.number)
    assert (told.reply, told.attendee, told.replied_at) == (Reply.ATTENDS, "钱主任", clock.now)
    with pytest.raises(StateError, match="told already"):
        _call(desk, of, "社会保障卡中心", REACHED)
    check.run(desk)


@pytest.mark.parametrize("field", ["convener", "agenda", "meets_at", "place"])
def test_nobody_is_called_before_what_everybody_asks_is_known(desk: Desk, field: str) -> None:
    of = _notify(desk, **{field: None if field == "meets_at" else " "})
    with pytest.raises(InputError) as refused:
        _call(desk, of, "王芳", REACHED)
    assert refused.value.field == field
    assert _now(desk, of).invitees[0].calls == ()
    desk.do(meetings.change, of.entry.id, **{field: TOLD[field]}, uid=new_uid())
    _call(desk, of, "王芳", REACHED)
    assert len(_now(desk, of).rounds) == 1  # nobody had been called: a correction


def test_whoever_is_not_reached_is_owed_a_call_until_the_replys_hour(desk: Desk, clock: Clock) -> None:
    of = _notify(desk, LI)
    done = _call(desk, of, "王芳", NO_ANSWER)
    called = row(desk, done.entry_id)
    assert (called.act, called.call_result, called.status) == (
        Act.PUT_THROUGH,
        CallResult.NO_ANSWER,
        EntryStatus.OPEN,
    )
    (owed,) = desk.ask(callbacks.owed)
    assert (owed.entry_id, owed.due_at, owed.phone) == (done.entry_id, TOLD["reply_by"], "0816-8220001")
    (pending,) = desk.ask(meetings.pending)
    assert (pending.invited, pending.told, pending.unreached) == (3, 0, 1)
    clock.go(minutes=10)
    # the reply is due within the day: who was not reached stands above who was not called
    assert _states(_now(desk, of))[0] == ("王芳", Notified.UNREACHED)
    again = _call(desk, of, "王芳", BUSY)
    assert again.entry_id == done.entry_id
    assert desk.ask(day.counters).callbacks == 2  # one owed, and a notice of which others were not called yet
    count, (line,) = _on_paper(desk)
    assert (count.calls_out, count.answered, count.put_through) == (
        1,
        0,
        0,
    )  # our own call
    assert (line.act, line.call_result) == (None, CallResult.NO_ANSWER)
    clock.go(minutes=10)
    assert _call(desk, of, "王芳", REACHED, told_whom="本人").entry_id == done.entry_id
    assert desk.ask(callbacks.count) == 0
    (made,) = next(one for one in _now(desk, of).invitees if one.name == "王芳").calls
    assert (made.told_at, made.told_whom, made.attempts) == (clock.now, "本人", 3)
    assert row(desk, done.entry_id).status is EntryStatus.FINISHED
    count, (line,) = _on_paper(desk)
    assert (count.answered, line.act, line.call_result) == (0, None, CallResult.CONNECTED)
    check.run(desk)


def _on_paper(desk: Desk) -> tuple[Totals, list[SheetRow]]:
    sheet = desk.ask(daily_sheet.collect, TODAY)
    return sheet.totals, [one for one in sheet.rows if one.kind is Kind.CALL_OUT]


def test_reaching_them_from_the_list_of_calls_owed_sets_the_tick_too(desk: Desk, clock: Clock) -> None:
    of = _notify(desk)
    _call(desk, of, "王芳", BUSY)
    (owed,) = desk.ask(callbacks.owed)
    uid = new_uid()
    assert owed.id is not None
    desk.do(callbacks.attempt, owed.id, REACHED, reached="本人", uid=uid)
    (made,) = next(one for one in _now(desk, of).invitees if one.name == "王芳").calls
    assert (made.told_at, made.told_whom) == (clock.now, "本人")
    desk.do(undoing.undo, uid, uid=new_uid())
    assert dict(_states(_now(desk, of)))["王芳"] is Notified.UNREACHED
    assert [one.id for one in desk.ask(callbacks.owed)] == [owed.id]
    check.run(desk)


def test_a_call_is_taken_back_with_its_tick_and_done_again(desk: Desk) -> None:
    of = _notify(desk)
    done = _call(desk, of, "王芳", REACHED, told_whom="本人", reply=Reply.EXCUSED, reason="出差")
    undone = desk.do(undoing.undo_last, uid=new_uid())
    assert (undone.entry_id, undone.verb) == (done.entry_id, "register")
    assert row(desk, done.entry_id).status is EntryStatus.VOID
    back = next(one for one in _now(desk, of).invitees if one.name == "王芳")
    assert (back.state, back.reply, back.calls) == (Notified.UNCALLED, None, ())
    desk.do(undoing.redo_last, uid=new_uid())
    again = next(one for one in _now(desk, of).invitees if one.name == "王芳")
    assert (again.state, again.reason, again.calls[0].told_whom) == (Notified.TOLD, "出差", "本人")
    assert row(desk, done.entry_id).status is EntryStatus.FINISHED
    check.run(desk)


def test_another_time_makes_every_tick_stale_and_keeps_the_first_round(desk: Desk, clock: Clock) -> None:
    of = _notify(desk, LI)
    _call(desk, of, "社会保障卡中心", REACHED, reply=Reply.ATTENDS, attendee="钱主任")
    missed = _call(desk, of, "王芳", NO_ANSWER)
    clock.go(minutes=30)
    later = TOMORROW + dt.timedelta(hours=2)
    uid = new_uid()
    desk.do(meetings.change, of.entry.id, meets_at=later, uid=uid)
    after = _now(desk, of)
    assert [(one.ordinal, one.meets_at, one.agenda) for one in after.rounds] == [
        (1, TOMORROW, TOLD["agenda"]),
        (2, later, TOLD["agenda"]),
    ]
    assert {state for _name, state in _states(after)} == {Notified.UNCALLED}
    card = next(one for one in after.invitees if one.department == "SBK")
    assert card.of(1) is not None
    assert card.of(2) is None
    assert (card.reply, card.stale) == (Reply.ATTENDS, True)
    assert desk.ask(callbacks.count) == 0
    assert row(desk, missed.entry_id).outcome == "时间或地点有变，第2轮重新通知"
    clock.go(minutes=1)
    _call(desk, of, "王芳", REACHED)
    _call(desk, of, "社会保障卡中心", REACHED, reply=Reply.ATTENDS, attendee="钱主任")
    (pending,) = desk.ask(meetings.pending)
    assert (pending.round, pending.told, pending.attends) == (2, 2, 1)
    with pytest.raises(StateError):  # they were told of it since
        desk.do(undoing.undo, uid, uid=new_uid())
    for _call_of_round_two in range(2):
        desk.do(undoing.undo_last, uid=new_uid())
    desk.do(undoing.undo, uid, uid=new_uid())
    assert [one.entry_id for one in desk.ask(callbacks.owed)] == [missed.entry_id]
    first = _now(desk, of)
    assert (len(first.rounds), first.now.meets_at) == (1, TOMORROW)
    assert next(one for one in first.invitees if one.department == "SBK").state is Notified.TOLD
    check.run(desk)


def test_other_changes_correct_the_round(desk: Desk) -> None:
    of = _notify(desk)
    _call(desk, of, "王芳", REACHED)
    desk.do(meetings.change, of.entry.id, subject="总结会", dress="正装", place="三楼会议室", uid=new_uid())
    after = _now(desk, of)
    assert (len(after.rounds), after.now.dress, after.entry.subject) == (1, "正装", "总结会")
    assert dict(_states(after))["王芳"] is Notified.TOLD


def test_a_cancelled_meeting_is_told_to_whoever_heard_of_it(desk: Desk) -> None:
    of = _notify(desk, LI)
    _call(desk, of, "王芳", REACHED)
    _call(desk, of, "李明", NO_ANSWER)
    desk.do(meetings.cancel, of.entry.id, uid=new_uid())
    after = _now(desk, of)
    assert dict(_states(after)) == {
        "王芳": Notified.UNCALLED,
        "李明": Notified.SPARED,
        "社会保障卡中心": Notified.SPARED,
    }
    assert (after.now.cancelled, desk.ask(callbacks.count)) == (True, 0)
    assert desk.ask(_uncalled) == [(of.entry.id, TOLD["reply_by"], 1)]
    done = _call(desk, after, "王芳", REACHED)
    assert row(desk, done.entry_id).request.startswith("会议取消")
    assert desk.ask(_uncalled) == []
    with pytest.raises(StateError):
        desk.do(meetings.change, of.entry.id, place="四楼", uid=new_uid())
    check.run(desk)


def _uncalled(session: Any) -> list[tuple[Any, ...]]:
    return [tuple(one) for one in session.connection().execute(meetings.uncalled())]


def test_the_notice_ends_and_nobody_is_called_any_more(desk: Desk) -> None:
    of = _notify(desk)
    assert desk.ask(_uncalled) == [(of.entry.id, TOLD["reply_by"], 2)]
    missed = _call(desk, of, "王芳", NO_ANSWER)
    assert desk.ask(_uncalled) == [(of.entry.id, TOLD["reply_by"], 1)]
    desk.do(meetings.end, of.entry.id, uid=new_uid())
    assert (desk.ask(meetings.pending), desk.ask(callbacks.count), desk.ask(_uncalled)) == ((), 0, [])
    (past,) = desk.ask(meetings.past)
    assert (past.entry_id, past.ended, past.unreached) == (of.entry.id, True, 0)
    assert desk.ask(meetings.past, before=past.entry_id) == ()
    assert row(desk, of.entry.id).status is EntryStatus.FINISHED
    assert _now(desk, of).invitees[-1].state is Notified.GIVEN_UP
    with pytest.raises(StateError, match="ended"):
        _call(desk, of, "社会保障卡中心", REACHED)
    desk.do(undoing.undo_last, uid=new_uid())
    assert [one.entry_id for one in desk.ask(callbacks.owed)] == [missed.entry_id]
    assert row(desk, of.entry.id).status is EntryStatus.OPEN
    check.run(desk)


def test_the_day_after_the_meeting_the_notice_has_ended_by_itself(desk: Desk, clock: Clock) -> None:
    of = _notify(desk)
    _call(desk, of, "王芳", NO_ANSWER)
    clock.now = TOMORROW + dt.timedelta(hours=1)
    assert desk.do(presence.close_days, uid=new_uid()) == 0  # it may last
    clock.go(hours=12)
    while desk.do(presence.close_days, uid=new_uid()):
        pass
    (past,) = desk.ask(meetings.past)
    assert (past.entry_id, past.ended, desk.ask(callbacks.count)) == (of.entry.id, True, 0)
    assert desk.ask(reading.entry, of.entry.id).trail[-1].verb == "over"
    assert desk.ask(undoing.last_act) is None  # nobody did it
    check.run(desk)


def test_a_list_grows_and_shrinks_and_holds_nobody_twice(desk: Desk) -> None:
    of = _notify(desk)
    with pytest.raises(InputError) as refused:
        desk.do(meetings.invite, of.entry.id, (LI, WANG), uid=new_uid())
    assert "王芳" in str(refused.value)
    many = [NewInvitee(f"第{one}人") for one in range(399)]
    with pytest.raises(InputError) as refused:  # what is put off is one act, and taken back as one
        desk.do(meetings.invite, of.entry.id, many, uid=new_uid())
    assert refused.value.field == "invitees"
    desk.do(meetings.invite, of.entry.id, (LI, NewInvitee("王芳", "县医院", "8119")), uid=new_uid())
    assert len(_now(desk, of).invitees) == 4  # two of one name, with numbers of their own
    missed = _call(desk, _now(desk, of), "李明", NO_ANSWER)
    (li,) = (one for one in _now(desk, of).invitees if one.name == "李明")
    desk.do(meetings.uninvite, li.id, uid=new_uid())
    assert "李明" not in dict(_states(_now(desk, of)))
    (call,) = desk.ask(reading.entry, missed.entry_id).callbacks
    assert (call.status, call.reason) == (CallbackStatus.GIVEN_UP, "不再参会")
    with pytest.raises(NotFoundError):
        desk.do(meetings.reply, li.id, Reply.ATTENDS, uid=new_uid())
    check.run(desk)


def test_a_line_of_the_list_is_corrected(desk: Desk) -> None:
    of = _notify(desk)
    _call(desk, of, "王芳", NO_ANSWER)
    (wang,) = (one for one in of.invitees if one.name == "王芳")
    desk.do(meetings.amend, wang.id, name="汪芳", position="副局长", phone="8022", uid=new_uid())
    (right,) = (one for one in _now(desk, of).invitees if one.id == wang.id)
    assert (right.name, right.position, right.phone) == ("汪芳", "副局长", "8022")
    assert right.state is Notified.UNREACHED  # what was tried stays
    card = next(one for one in of.invitees if one.department)
    with pytest.raises(InputError):
        desk.do(meetings.amend, card.id, name=" ", uid=new_uid())
    check.run(desk)


def test_a_reply_that_comes_later_is_noted_and_corrected(desk: Desk) -> None:
    of = _notify(desk)
    _call(desk, of, "王芳", REACHED)
    (wang,) = (one for one in of.invitees if one.name == "王芳")
    desk.do(meetings.reply, wang.id, Reply.EXCUSED, reason="出差", attendee="无", uid=new_uid())
    desk.do(meetings.reply, wang.id, Reply.ATTENDS, attendee="刘副局长", uid=new_uid())
    one = next(one for one in _now(desk, of).invitees if one.id == wang.id)
    assert (one.reply, one.attendee, one.reason) == (Reply.ATTENDS, "刘副局长", "")


def test_a_voided_call_has_told_nobody(desk: Desk) -> None:
    of = _notify(desk)
    done = _call(desk, of, "王芳", REACHED)
    desk.do(entries.void, done.entry_id, "拨错号码", uid=new_uid())
    assert dict(_states(_now(desk, of)))["王芳"] is Notified.UNCALLED
    _call(desk, of, "王芳", REACHED)
    assert dict(_states(_now(desk, of)))["王芳"] is Notified.TOLD


def test_about_a_void_notice_nobody_is_called(desk: Desk) -> None:
    of = _notify(desk)
    _call(desk, of, "王芳", NO_ANSWER)
    desk.do(entries.void, of.entry.id, "重复登记", uid=new_uid())
    assert (desk.ask(callbacks.count), desk.ask(_uncalled), desk.ask(meetings.pending)) == (0, [], ())
    desk.do(undoing.undo_last, uid=new_uid())
    assert desk.ask(callbacks.count) == 1
    check.run(desk)


def test_what_is_no_notice_is_refused(desk: Desk) -> None:
    entry = add(desk, visit())
    for act in (meetings.end, meetings.cancel, meetings.change):
        with pytest.raises(NotFoundError):
            desk.do(act, entry.entry_id, uid=new_uid())
    with pytest.raises(NotFoundError):
        desk.ask(meetings.view, entry.entry_id)


def test_the_same_call_twice_is_one_call(desk: Desk) -> None:
    of, uid = _notify(desk), new_uid()
    first = _call(desk, of, "王芳", REACHED, uid=uid)
    assert _call(desk, of, "王芳", REACHED, uid=uid).entry_id == first.entry_id
    assert len(next(one for one in _now(desk, of).invitees if one.name == "王芳").calls) == 1


def test_two_desks_do_not_both_tell_one_invitee(register: str, open_desk: OpenDesk) -> None:
    one, other = open_desk(register), open_desk(register)
    of = _notify(one)
    (wang,) = (person for person in of.invitees if person.name == "王芳")
    told = overlap(
        one,
        lambda session: meetings.call(session, wang.id, REACHED, uid=new_uid()),
        other,
        lambda session: meetings.call(session, wang.id, REACHED, uid=new_uid()),
    )
    assert sorted(isinstance(outcome, DeskError) for outcome in told) == [False, True]
    assert len(next(person for person in _now(one, of).invitees if person.id == wang.id).calls) == 1


def test_who_did_it_stands_in_the_trail(desk: Desk) -> None:
    of = _notify(desk)
    _call(desk, of, "王芳", REACHED, told_whom="本人")
    line = desk.ask(reading.entry, of.entry.id).trail[-1]
    assert (line.verb, line.operator) == ("notify", CLERK)
    assert ("invitation.told_whom", "", "本人") in line.changes
