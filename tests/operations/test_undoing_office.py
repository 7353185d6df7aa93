"""What the rest of the office does, in any order and between visits and calls, is taken back as all is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from reception import tables
from reception.desk import Desk
from reception.errors import StateError
from reception.facts import AttemptResult, Kind, NewReferral, ReferralView
from reception.facts.office import EventKind, Level, NewInvitee, Reply
from reception.operations import entries, reading, referrals
from reception.operations.office import (
    circulation,
    documents,
    expected,
    instructions,
    jobs,
    loans,
    meetings,
    parcels,
    urgent,
)
from reception.store import check
from tests.factories import TODAY, Clock, department, new_uid
from tests.operations.test_undoing_anything import Clerk, check_undo, consistent, turn_of
from tests.operations.undone import state, undo

DAY = dt.timedelta(days=1)
Acts = list[Callable[[], Any]]


class Office(Clerk):
    """Somebody who also has papers, meetings, jobs, urgent events, visitors to come and things lent."""

    def _all(self) -> Acts:
        parts = (self._begun, self._papers, self._meetings, self._jobs, self._events, self._own, self._whole)
        return self.dice.choice(parts)()

    def _ids(self, table: Any, *where: Any) -> list[int]:
        query = select(table.c.id).where(*where).order_by(table.c.id)
        return self.desk.ask(lambda session: list(session.connection().scalars(query)))

    def _of(self, table: Any) -> int:
        return int(self.dice.choice(self._ids(table)))

    def _entry(self, kind: Kind) -> int:
        return int(self.dice.choice(self._ids(tables.entry, tables.entry.c.kind == kind.value)))

    def _on(self, kind: Kind, verb: Callable[..., Any], /, *words: Any, **named: Any) -> Callable[[], Any]:
        return lambda: (verb, (self._entry(kind), *words), named)

    def _at(self, table: Any, verb: Callable[..., Any], /, *words: Any, **named: Any) -> Callable[[], Any]:
        return lambda: (verb, (self._of(table), *words), named)

    def _begun(self) -> Acts:
        target, pick, soon = self.dice.choice(self.targets), self.dice.choice, self.clock.now + DAY
        paper = {"subject": "通知", "sender": "省厅", "readers": pick(["", "李局长、王科长"])}
        meeting = {"subject": "例会", "convener": "局长", "agenda": "总结", "meets_at": soon, "place": "三楼"}
        invitees = (NewInvitee("王芳", "", "8001"), NewInvitee("李明", "", "8002"))
        visitor = {"at": soon, "name": pick(["钱经理", ""]), "subject": "座谈"}
        said = {"leader": "李局长", "words": pick(["阅", "请核实"]), "department_id": pick([None, target])}
        made: list[tuple[Callable[..., Any], dict[str, Any]]] = [
            (documents.register, paper | {"referral": pick([None, NewReferral(target)])}),
            (meetings.notify, meeting | {"invitees": invitees}),
            (jobs.give, {"given_by": "李局长", "words": "查清", "department_id": target}),
            (urgent.register, {"subject": "集体访", "people": 20}),
            (expected.note, visitor),
            (loans.lend, {"thing": "雨伞", "whom": "小周", "back_by": pick([None, soon])}),
            (parcels.take_in, {"whom": "孙科长"}),
            (instructions.write, said | {"day": TODAY}),
        ]
        return [partial(_begin, verb, given) for verb, given in made]

    def _papers(self) -> Acts:
        on = Kind.DOCUMENT
        return [
            self._on(on, documents.amend, copies=self.dice.randint(1, 9), subject="关于评审"),
            self._on(on, documents.file, where="档案柜"),
            self._on(on, circulation.circulate, to=self.dice.choice(["赵科长", "王科长、JC"])),
            self._on(on, circulation.sign, note="已阅"),
            self._on(on, circulation.take_off, who="王科长"),
        ]

    def _meetings(self) -> Acts:
        on, pick = Kind.MEETING, self.dice.choice
        reached = {"told_whom": "本人", "reply": pick([None, Reply.ATTENDS]), "attendee": "本人"}
        return [
            self._at(tables.invitee, meetings.call, AttemptResult.REACHED, **reached),
            self._at(tables.invitee, meetings.call, pick([AttemptResult.NO_ANSWER, AttemptResult.BUSY])),
            self._at(tables.invitee, meetings.reply, Reply.EXCUSED, reason="出差"),
            self._at(tables.invitee, meetings.uninvite),
            self._on(on, meetings.change, place=pick(["四楼", "礼堂"])),
            self._on(on, meetings.invite, (NewInvitee("赵丽", "", "8003"),)),
            self._on(on, pick([meetings.cancel, meetings.end])),
        ]

    def _jobs(self) -> Acts:
        pick = self.dice.choice
        wrote = {"leader": "局长", "words": "抓紧", "department_id": pick([None, self.targets[0]])}
        return [
            self._on(Kind.JOB, jobs.step, words="已走访"),
            self._on(Kind.JOB, jobs.report, level=pick(list(Level)), words="进展", reply="继续"),
            lambda: (instructions.write, (), wrote | {"entry_id": self.dice.choice(self.ids)}),
        ]

    def _events(self) -> Acts:
        on, pick = Kind.URGENT, self.dice.choice
        return [
            self._on(on, urgent.note, kind=pick(list(EventKind)), whom="派出所", words="说"),
            self._on(on, urgent.call, whom="周主任", reached=pick([True, False])),
            self._on(on, urgent.count, people=self.dice.randint(1, 40)),
            self._on(on, urgent.end, outcome="散去"),
        ]

    def _own(self) -> Acts:
        later, pick = self.clock.now + 2 * DAY, self.dice.choice
        return [
            self._at(tables.expected, expected.arrive, party_size=pick([None, 3])),
            self._at(tables.expected, pick([expected.miss, expected.cancel]), note="来电"),
            self._at(tables.expected, expected.change, at=later, room="301"),
            self._at(tables.loan, loans.give_back, note="完好"),
            self._at(tables.loan, loans.prolong, back_by=pick([None, later])),
            self._at(tables.parcel, parcels.hand_out, to="小周"),
            self._at(tables.parcel, parcels.send_back, why="查无此人"),
        ]

    def _whole(self) -> Acts:
        """What visits and calls have too, on entries of every kind."""
        refer = NewReferral(self.dice.choice(self.targets), decided_by="周主任")
        return [
            *super()._all(),
            lambda: (referrals.refer, (self.dice.choice(self.ids), refer), {}),
            lambda: (entries.void, (self.dice.choice(self.ids), "误登"), {}),
        ]


def _begin(verb: Callable[..., Any], given: dict[str, Any]) -> tuple[Any, tuple[()], dict[str, Any]]:
    return verb, (), given


def test_whatever_the_office_did_and_took_back_is_as_before(desk: Desk, clock: Clock) -> None:
    clerk = Office(desk, clock, 11)
    done: list[tuple[Any, dict[str, Any]]] = []
    before = state(desk)
    while len(done) < 24:
        if (act := clerk.something()) is None:
            continue
        done.append((act, before))
        if clerk.dice.random() < 0.2:
            check_undo(desk, *done.pop(), again=clerk.dice.random() < 0.5)
        before = state(desk)
    check.run(desk)
    while done:
        check_undo(desk, *done.pop(), again=clerk.dice.random() < 0.3)
    assert all(one["status"] == "void" for one in state(desk)["entry"])
    check.run(desk)


def test_what_the_office_does_and_takes_back_in_any_order_stays_true(desk: Desk, clock: Clock) -> None:
    clerk = Office(desk, clock, 12)
    done: list[Any] = []
    taken: list[Any] = []
    for _ in range(120):
        if (act := clerk.something()) is not None:
            done.append(act)
        for acts, others in ((done, taken), (taken, done)):
            if not acts or clerk.dice.random() > 0.3:
                continue
            act = clerk.dice.choice(acts)
            try:
                undo(desk, act if acts is done else desk.ask(turn_of, act))
            except StateError:
                continue
            acts.remove(act)
            others.append(act)
    check.run(desk)
    desk.ask(consistent)


def test_nobody_stays_told_of_a_time_that_is_not_the_meetings(desk: Desk, clock: Clock) -> None:
    given: dict[str, Any] = {
        "subject": "例会",
        "convener": "局长",
        "agenda": "总结",
        "meets_at": clock.now + DAY,
    }
    notice, call = _notice(desk, clock, **given), meetings.call
    first, second = (one.id for one in desk.ask(meetings.invitees, notice))
    moved = _do(desk, clock, meetings.change, notice, place="四楼")
    told = _do(desk, clock, call, first, AttemptResult.REACHED)
    _refused(desk, moved)  # they were told the fourth floor
    back = undo(desk, told)
    undo(desk, moved)
    _refused(desk, desk.ask(turn_of, told))
    assert back.again is False

    missed = _do(desk, clock, call, second, AttemptResult.BUSY)
    (view,) = (one for one in desk.ask(meetings.view, notice).invitees if one.id == second)
    struck = _do(desk, clock, entries.void, view.calls[0].call_id, "误拨")
    _do(desk, clock, meetings.change, notice, place="礼堂")
    _refused(desk, struck)
    _refused(desk, missed)
    off = _do(desk, clock, meetings.cancel, notice)
    undo(desk, off)
    _do(desk, clock, meetings.change, notice, agenda="年终")
    _refused(desk, desk.ask(turn_of, off))  # it would bring the old agenda back
    assert desk.ask(meetings.view, notice).now.agenda == "年终"

    other = _notice(desk, clock, **given)
    acts = [_do(desk, clock, meetings.change, other, place="四楼"), _do(desk, clock, meetings.cancel, other)]
    for act in reversed(acts):
        undo(desk, act)
    first, second = (desk.ask(turn_of, act) for act in acts)
    _refused(desk, second)  # it was called off on the fourth floor
    undo(desk, first)
    undo(desk, second)
    assert [one.place for one in desk.ask(meetings.view, other).rounds] == ["四楼", "四楼"]
    _refused(desk, acts[0])  # it was called off there

    third = _notice(desk, clock, **given)
    named = next(one.id for one in desk.ask(meetings.invitees, third) if one.name == "李明")
    renamed = _do(desk, clock, meetings.amend, named, name="黎明", phone="8002")
    _do(desk, clock, meetings.invite, third, (NewInvitee("李明", "", "8002"),))
    _refused(desk, renamed)  # they would be called twice
    check.run(desk)


def test_what_ended_is_not_reached_by_way_of_taking_back(desk: Desk, clock: Clock) -> None:
    target = department(desk, "JC")
    given: dict[str, Any] = {"subject": "通知", "sender": "省厅", "readers": "李局长"}
    paper = desk.do(documents.register, **given, uid=new_uid()).entry_id
    signed = _do(desk, clock, circulation.sign, paper)
    filed = _do(desk, clock, documents.file, paper, where="档案柜")
    _refused(desk, signed)
    undo(desk, filed)
    _do(desk, clock, circulation.circulate, paper, to="王科长")
    _refused(desk, desk.ask(turn_of, filed))
    struck = _do(desk, clock, entries.void, paper, "误登")
    undo(desk, struck)
    _do(desk, clock, referrals.refer, paper, NewReferral(target))
    _refused(desk, desk.ask(turn_of, struck))

    other = desk.do(documents.register, **given, referral=NewReferral(target), uid=new_uid()).entry_id
    desk.do(referrals.give_back, _latest(desk, other).parts[-1].id, "不属本科", uid=new_uid())
    closed = _do(desk, clock, referrals.close, _latest(desk, other).id, "已告知")
    _do(desk, clock, referrals.refer, other, NewReferral(department(desk, "XF")))
    _refused(desk, closed)  # two departments would lead
    sent = _do(desk, clock, circulation.circulate, other, to="王科长")
    signed = _do(desk, clock, circulation.sign, other, who="王科长")
    undo(desk, signed)
    undo(desk, sent)
    _refused(desk, desk.ask(turn_of, signed))
    asked = [_do(desk, clock, circulation.circulate, other, to="赵科长")]
    asked.append(_do(desk, clock, circulation.sign, other, who="赵科长"))
    _do(desk, clock, circulation.circulate, other, to="赵科长")
    _refused(desk, asked[-1])  # once more, and has yet to sign once

    job = desk.do(jobs.give, given_by="局长", words="查清", department_id=target, uid=new_uid()).entry_id
    first = _do(desk, clock, jobs.report, job, level=Level.DIRECTOR, words="进展")
    _do(desk, clock, jobs.report, job, level=Level.LEADER, words="进展")
    _refused(desk, first)
    guest = desk.do(expected.note, at=clock.now + DAY, name="钱经理", uid=new_uid()).id
    off = _do(desk, clock, expected.cancel, guest)
    _do(desk, clock, expected.change, guest, at=clock.now + 2 * DAY)
    _do(desk, clock, expected.cancel, guest)
    _refused(desk, off)  # they were called off once more since
    second = desk.do(expected.note, at=clock.now + DAY, name="孙经理", uid=new_uid()).id
    led = _do(desk, clock, expected.change, second, room="301")
    undo(desk, led)
    for room in ("302", ""):
        _do(desk, clock, expected.change, second, room=room)
    _refused(desk, desk.ask(turn_of, led))  # somebody said since that there is no room
    _do(desk, clock, documents.amend, other, sender="市局")
    back, last = (_do(desk, clock, documents.amend, other, sender=one) for one in ("省厅", "市局"))
    undo(desk, last)
    undo(desk, back)
    event = desk.do(urgent.register, subject="集体访", uid=new_uid()).entry_id
    over = _do(desk, clock, urgent.end, event, outcome="散去")
    undo(desk, over)
    _do(desk, clock, urgent.note, event, words="又来三人")
    _refused(desk, desk.ask(turn_of, over))
    check.run(desk)


def test_what_was_done_while_an_end_was_taken_back_is_not_done_again_once_it_ended(
    desk: Desk, clock: Clock
) -> None:
    target, soon = department(desk, "JC"), clock.now + DAY
    event = desk.do(urgent.register, subject="集体访", uid=new_uid()).entry_id
    told: dict[str, Any] = {"subject": "例会", "convener": "局长", "agenda": "总结", "meets_at": soon}
    notice, called_off = _notice(desk, clock, **told), _notice(desk, clock, **told)
    first, second = (desk.ask(meetings.invitees, one)[0].id for one in (notice, called_off))
    job = desk.do(jobs.give, given_by="局长", words="查清", department_id=target, uid=new_uid()).entry_id
    desk.do(referrals.give_back, _latest(desk, job).parts[-1].id, "不属本科", uid=new_uid())
    desk.do(referrals.leader_seen, _latest(desk, job).id, whom="局长", uid=new_uid())
    umbrella = desk.do(loans.lend, thing="雨伞", whom="小周", uid=new_uid()).id
    on: list[tuple[Callable[[], Any], Callable[[], Any]]] = [
        (
            partial(_do, desk, clock, urgent.end, event, outcome="散去"),
            partial(_do, desk, clock, urgent.note, event, words="又来三人"),
        ),
        (
            partial(_do, desk, clock, meetings.end, notice),
            partial(_do, desk, clock, meetings.reply, first, Reply.ATTENDS),
        ),
        (
            partial(_do, desk, clock, meetings.cancel, called_off),
            partial(_do, desk, clock, meetings.reply, second, Reply.ATTENDS),
        ),
        (
            partial(_do, desk, clock, referrals.close, _latest(desk, job).id, "已告知"),
            partial(_do, desk, clock, jobs.step, job, words="已走访"),
        ),
        (
            partial(_do, desk, clock, loans.give_back, umbrella),
            partial(_do, desk, clock, loans.prolong, umbrella, back_by=soon),
        ),
    ]
    for ends, goes_on in on:
        ended = ends()
        undo(desk, ended)
        went_on = goes_on()
        undo(desk, went_on)
        undo(desk, desk.ask(turn_of, went_on))  # nothing else was done meanwhile
        undo(desk, went_on)
        undo(desk, desk.ask(turn_of, ended))
        _refused(desk, desk.ask(turn_of, went_on))
    check.run(desk)


def _latest(desk: Desk, entry: int) -> ReferralView:
    return desk.ask(reading.entry, entry).referrals[-1]


def _notice(desk: Desk, clock: Clock, **given: Any) -> int:
    clock.go(minutes=1)
    people = (NewInvitee("王芳", "", "8001"), NewInvitee("李明", "", "8002"))
    return desk.do(meetings.notify, **given, place="三楼", invitees=people, uid=new_uid()).entry_id


def _do(desk: Desk, clock: Clock, verb: Callable[..., Any], /, *words: Any, **named: Any) -> Any:
    clock.go(minutes=1)
    act = new_uid()
    desk.do(verb, *words, **named, uid=act)
    return act


def _refused(desk: Desk, act: Any) -> None:
    before = state(desk)
    with pytest.raises(StateError):
        undo(desk, act)
    assert state(desk) == before
