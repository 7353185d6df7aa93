"""Whatever was done is taken back: any acts in any order, and everything is as it was before."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from reception import tables
from reception.context import Session
from reception.desk import Desk
from reception.errors import DeskError, StateError
from reception.facts import (
    Act,
    AttemptResult,
    CallResult,
    Category,
    Details,
    EntryStatus,
    NewCallback,
    NewReferral,
    PartOutcome,
)
from reception.operations import acts, callbacks, entries, referrals, undoing
from reception.store import check
from tests.factories import (
    Clock,
    call,
    changed,
    department,
    new_uid,
    person,
    visit,
)
from tests.operations.undone import CALLER, GONE, OWN, state, undo

# Any acts, in any order, then taken back in turn.


_ENTRIES = select(tables.entry.c.id).order_by(tables.entry.c.id)


def _was_done(session: Session, act: Any) -> bool:
    query = select(tables.journal.c.id).where(tables.journal.c.act_uid == act)
    return session.connection().scalar(query) is not None


class Clerk:
    """Somebody who does whatever can be done at this moment to one of a few entries."""

    def __init__(self, desk: Desk, clock: Clock, seed: int) -> None:
        self.desk, self.clock, self.dice = desk, clock, random.Random(seed)
        self.ids: list[int] = []
        self.targets = [department(desk, code) for code in ("JC", "ZCY", "XF")]

    def something(self) -> Any | None:
        """Do one act; its uid, or None if it was refused."""
        self.clock.go(minutes=self.dice.randint(1, 30))
        act = new_uid()
        self.ids = self.desk.ask(lambda session: list(session.connection().scalars(_ENTRIES)))
        try:
            verb, words, named = self.dice.choice(self._all())()
            if verb is entries.register:
                self.desk.do(verb, changed(words[0], uid=act))
            else:
                self.desk.do(verb, *words, uid=act, **named)
        except (DeskError, LookupError):
            return None
        return act if self.desk.ask(_was_done, act) else None  # a correction that changes nothing is no act

    def _all(self) -> list[Callable[[], Any]]:
        pick = self.dice.choice

        def one() -> int:
            return pick(self.ids)

        def of(table: Any) -> int:
            ids = self.desk.ask(lambda session: list(session.connection().scalars(select(table.c.id))))
            return int(pick(ids))

        def plain(verb: Callable[..., Any], *words: Any, **named: Any) -> Callable[[], Any]:
            return lambda: (verb, (one(), *words), named)

        refer = NewReferral(
            pick(self.targets), told_whom=pick(["", "赵队"]), leader=pick(["", "局长"]), decided_by="周主任"
        )
        called = pick([{"reached": False}, {"reached": True, "content": pick([True, False])}])
        case = {"outcome": PartOutcome.ACCEPTED, "case_number": "监察〔2026〕7号", "contacted": True}
        callback = pick([None, NewCallback(due_at=self.clock.now), NewCallback(phone="8001", owner="李敏")])
        persons = pick(
            [(), (CALLER,), (CALLER, person("李四", phone="8002")), (person("王五"), CALLER, person("丁"))]
        )
        corrected = pick(
            [
                {"parties": persons},
                {"subject": pick(["甲", "乙"]), "party_size": 9},
                {"outcome": "", "urgency": "urgent"},
                {"act": pick([None, *list(Act)[:2]]), "outcome": "改"},
                {"waiting_since": None, "left_at": None},
                {"callback_wanted": pick([True, False]), "papers": "合同一份"},
            ]
        )
        put = Act.PUT_THROUGH
        return [
            lambda: (
                entries.register,
                (
                    pick(
                        [
                            visit(parties=persons, callback=callback if persons else None),
                            visit(parties=persons, referral=refer, category=pick([None, Category.COMPLAINT])),
                            call(parties=persons, details=Details(callback_wanted=pick([True, False]))),
                            call(
                                act=put, call_result=pick(list(CallResult)), department_id=pick(self.targets)
                            ),
                        ]
                    ),
                ),
                {},
            ),
            plain(entries.leave),
            plain(entries.wait),
            plain(entries.seen),
            plain(entries.void, "误登"),
            plain(entries.act, pick([Act.ANSWERED, Act.POINTED]), outcome="好", callback=callback),
            plain(entries.act, put, call_result=pick(list(CallResult)), department_id=self.targets[0]),
            plain(entries.set_outcome, "办完", close=pick([True, False])),
            plain(entries.correct, corrected),
            plain(entries.correct, corrected),
            plain(referrals.refer, refer),
            lambda: (referrals.told, (of(tables.part), "钱工"), {}),
            lambda: (referrals.receive, (of(tables.part), "钱工"), {}),
            lambda: (referrals.answer, (of(tables.part), "已支付"), {}),
            lambda: (referrals.give_back, (of(tables.part), "不属我队"), {}),
            lambda: (referrals.close, (of(tables.referral), "说明"), {}),
            lambda: (referrals.answer, (of(tables.part), ""), case),
            lambda: (
                referrals.answer,
                (of(tables.part), "归仲裁"),
                {"outcome": PartOutcome.PASSED_ON, "to": pick(self.targets)},
            ),
            lambda: (referrals.reroute, (of(tables.referral), refer), {}),
            lambda: (referrals.reopen, (of(tables.referral), "不满意"), {}),
            lambda: (
                referrals.extend,
                (of(tables.referral), pick([1, 5])),
                {"reason": "核查", "approver": "李局长"},
            ),
            lambda: (referrals.pause, (of(tables.referral), "等材料"), {}),
            lambda: (referrals.pause, (of(tables.referral), "等本人"), {}),
            lambda: (referrals.resume, (of(tables.referral),), {}),
            lambda: (
                referrals.leader_seen,
                (of(tables.referral),),
                {"whom": "局长", "instruction": pick(["", "再查"])},
            ),
            lambda: (referrals.call_back, (of(tables.referral),), {**called, "words": "说"}),
            plain(callbacks.owe, callback or NewCallback(about="再问", phone="8003")),
            plain(callbacks.attempt_for, pick(list(AttemptResult)), note="试"),
            lambda: (
                callbacks.attempt,
                (of(tables.callback), pick(list(AttemptResult))),
                {"reached": "本人"},
            ),
            plain(callbacks.give_up_for, "空号"),
        ]


@pytest.mark.parametrize("seed", range(2))
def test_whatever_was_done_and_taken_back_is_as_before(desk: Desk, clock: Clock, seed: int) -> None:
    """Each act that was done is taken back, last first; each time the state is that before the act."""
    clerk = Clerk(desk, clock, seed)
    done: list[tuple[Any, dict[str, Any]]] = []
    while len(done) < 40:
        before = state(desk)
        if (act := clerk.something()) is not None:
            done.append((act, before))
            if clerk.dice.random() < 0.3:
                act, before = done.pop()
                check_undo(desk, act, before, again=clerk.dice.random() < 0.5)
    check.run(desk)
    while done:
        check_undo(desk, *done.pop(), again=clerk.dice.random() < 0.5)
    assert all(one["status"] == "void" for one in state(desk)["entry"])
    check.run(desk)


def check_undo(desk: Desk, act: Any, before: dict[str, Any], *, again: bool) -> None:
    done, turn = state(desk), new_uid()
    undone = desk.do(undoing.undo, act, uid=turn)
    if again:
        assert undo(desk, turn).again
        assert state(desk) == done, undone.verb
        undo(desk, act)
    after = state(desk)
    there = {one["id"] for one in before["entry"]}
    later = [one for one in after["entry"] if one["id"] not in there]
    assert all(one["status"] == "void" for one in later)  # a save that was taken back stays, struck through
    left, own = {}, {table.name for table in OWN}
    for name, rows in after.items():
        known = {one["id"] for one in before[name]} if name in own else there
        key = "id" if name in own or name == "entry" else "entry_id"
        left[name] = [one for one in rows if one[key] in known]
        assert name not in own or all(one["status"] in GONE for one in rows if one["id"] not in known)
    assert left == before, undone.verb
    with pytest.raises(StateError):
        undo(desk, act)


@pytest.mark.parametrize("seed", range(2, 4))
def test_taking_back_in_any_order_keeps_every_record_true(desk: Desk, clock: Clock, seed: int) -> None:
    """Acts are taken back in any order where that is allowed; every entry still stands as its act says."""
    clerk = Clerk(desk, clock, seed)
    done: list[Any] = []
    taken: list[Any] = []
    for _ in range(80):
        if (act := clerk.something()) is not None:
            done.append(act)
        if done and clerk.dice.random() < 0.4:
            act = clerk.dice.choice(done)
            try:
                undo(desk, act)
                done.remove(act)
                taken.append(act)
            except StateError:
                pass
        if taken and clerk.dice.random() < 0.4:
            act = clerk.dice.choice(taken)
            try:
                undo(desk, desk.ask(turn_of, act))
                taken.remove(act)
                done.append(act)
            except StateError:
                pass
    check.run(desk)
    desk.ask(consistent)


def turn_of(session: Session, act: Any) -> Any:
    """The line that took an act back."""
    return acts.taken_back(acts.after(session, acts.find(session, act)))[act].uid


def consistent(session: Session) -> None:
    from reception.operations import owing

    for one in session.connection().execute(select(tables.entry)).mappings().all():
        if one["status"] != EntryStatus.VOID:
            stands = owing.standing(session, one["id"], one["act"], one["call_result"])
            assert stands == one["status"], dict(one)
