"""Acts taken back: everything is as it was before, by a new line that names the act; nothing is erased."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from reception import tables
from reception.context import Session
from reception.desk import Desk
from reception.errors import DeskError, NotFoundError, StateError
from reception.facts import (
    Act,
    AttemptResult,
    CallResult,
    Details,
    EntryStatus,
    NewCallback,
    NewReferral,
    PartStatus,
    Query,
    ReferralStatus,
)
from reception.operations import (
    callbacks,
    day,
    entries,
    find,
    reading,
    referrals,
    revealing,
    undoing,
)
from reception.store import check
from tests.factories import (
    TODAY,
    Clock,
    OpenDesk,
    add,
    call,
    changed,
    department,
    new_uid,
    part,
    person,
    row,
    visit,
)

CALLER = person(phone="13800138000", document_type="身份证", document_number="11010519491231002X")


def _undo(desk: Desk, act: Any) -> Any:
    return desk.do(undoing.undo, act, uid=new_uid())


def _state(desk: Desk) -> dict[str, Any]:
    """All that is kept of all entries, but for the versions and for what was withdrawn."""
    return desk.ask(_read)


_UNSAID = {"referral", "referral_part", "callback"}
_FLEETING = {
    "entry": {"version", "line", "line_desk_id"},
    "entry_party": {"id", "person_id"},
    "callback_attempt": {"id"},
}


def _read(session: Session) -> dict[str, Any]:
    state = {}
    for table in (tables.entry, tables.party, tables.referral, tables.part, tables.callback, tables.attempt):
        order = (table.c.entry_id, table.c.position) if table is tables.party else (table.c.id,)
        rows = session.connection().execute(select(table).order_by(*order)).mappings()
        state[table.name] = [
            {name: value for name, value in one.items() if name not in _FLEETING.get(table.name, ())}
            for one in rows
            if table.name not in _UNSAID or one["status"] != "withdrawn"
        ]
    return state


def test_a_check_out_is_taken_back_by_a_line_that_names_it(desk: Desk, clock: Clock) -> None:
    receipt = add(desk, visit(parties=(CALLER,)))
    before, act = _state(desk), new_uid()
    clock.go(minutes=3)
    desk.do(entries.leave, receipt.entry_id, uid=act)
    taken, uid = desk.ask(undoing.last_act), new_uid()
    assert taken == act
    undone = desk.do(undoing.undo, act, uid=uid)
    assert (undone.number, undone.entry_id, undone.verb, undone.version) == (
        receipt.number,
        receipt.entry_id,
        "leave",
        3,
    )
    assert desk.do(undoing.undo, act, uid=uid) == undone
    assert _state(desk) == before
    assert [line.verb for line in desk.ask(reading.entry, receipt.entry_id).trail] == [
        "register",
        "leave",
        "undo",
    ]
    assert desk.ask(reading.entry, receipt.entry_id).trail[-1].changes[-1] == ("undo.verb", "", "leave")
    with pytest.raises(StateError, match="before"):
        _undo(desk, act)
    with pytest.raises(StateError):
        _undo(desk, uid)
    desk.do(entries.leave, receipt.entry_id, uid=new_uid())
    check.run(desk)


def test_a_save_taken_back_is_void_and_keeps_its_number(desk: Desk) -> None:
    target = department(desk, "JC")
    new = visit(parties=(CALLER,), referral=NewReferral(target), callback=NewCallback())
    receipt = add(desk, new)
    _undo(desk, new.uid)
    kept = row(desk, receipt.entry_id)
    assert (kept.status, kept.number, kept.void_reason) == (EntryStatus.VOID, receipt.number, "已撤回")
    counters = desk.ask(day.counters, TODAY)
    assert (counters.not_received, counters.unanswered, counters.callbacks) == (0, 0, 0)
    assert desk.ask(referrals.rows) == desk.ask(callbacks.owed) == desk.ask(day.todo, TODAY) == ()
    assert add(desk).number != receipt.number
    with pytest.raises(StateError, match="before"):
        _undo(desk, new.uid)
    check.run(desk)


def test_a_referral_taken_back_was_never_sent(desk: Desk) -> None:
    target = department(desk, "JC")
    receipt = add(desk, visit(parties=(CALLER,)))
    before, act = _state(desk), new_uid()
    desk.do(referrals.refer, receipt.entry_id, NewReferral(target, told_whom="赵队"), uid=act)
    _undo(desk, act)
    assert _state(desk) == before
    view = desk.ask(reading.entry, receipt.entry_id)
    assert (view.referrals, view.row.referral_status, view.row.act) == ((), None, None)
    assert desk.ask(referrals.rows) == ()
    (listed,) = desk.ask(referrals.rows, which="all")
    assert (listed.part.status, listed.referral_status) == (PartStatus.WITHDRAWN, ReferralStatus.WITHDRAWN)
    assert desk.ask(referrals.count) == {}
    for verb, words in ((referrals.told, "赵队"), (referrals.receive, "钱工"), (referrals.answer, "好")):
        with pytest.raises(StateError, match=receipt.number):
            desk.do(verb, listed.part.id, words, uid=new_uid())
    with pytest.raises(NotFoundError):
        desk.ask(referrals.find_part, receipt.number)
    desk.do(referrals.refer, receipt.entry_id, NewReferral(target), uid=new_uid())
    assert desk.ask(referrals.find_part, receipt.number).name == f"{receipt.number}/JC-2"
    totals = desk.ask(day.totals, TODAY)
    assert (totals.referred, totals.open) == (1, 1)
    check.run(desk)


def test_a_second_referral_taken_back_leaves_the_first_as_it_was(desk: Desk) -> None:
    receipt = add(desk, visit(referral=NewReferral(department(desk, "JC"))))
    desk.do(referrals.give_back, part(desk, f"{receipt.number}/JC"), "不属我队", uid=new_uid())
    before, act = _state(desk), new_uid()
    desk.do(referrals.refer, receipt.entry_id, NewReferral(department(desk, "ZCY")), uid=act)
    _undo(desk, act)
    assert _state(desk) == before
    assert row(desk, receipt.entry_id).referral_status is ReferralStatus.OPEN
    again = desk.do(referrals.refer, receipt.entry_id, NewReferral(department(desk, "ZCY")), uid=new_uid())
    assert desk.ask(referrals.find_part, again.number).name == f"{receipt.number}/ZCY-2"
    check.run(desk)


def test_what_others_built_on_is_not_taken_back(desk: Desk, clock: Clock) -> None:
    """Each time a second act stands on the first, the first is refused, and nothing changes."""
    target = department(desk, "JC")

    def reg() -> tuple[int, Any]:
        new = visit(parties=(CALLER,), uid=new_uid())
        return add(desk, new).entry_id, new.uid

    def told(verb: Callable[..., Any], *words: Any, **named: Any) -> Any:
        act = new_uid()
        desk.do(verb, *words, uid=act, **named)
        return act

    entry_id, first = reg()
    told(entries.leave, entry_id)
    cases = [first]

    entry_id, _ = reg()
    cases.append(told(entries.act, entry_id, Act.ANSWERED, outcome="甲"))
    told(entries.correct, entry_id, {"outcome": "乙"})

    entry_id, _ = reg()
    cases.append(told(referrals.refer, entry_id, NewReferral(target)))
    number = row(desk, entry_id).number
    which = part(desk, f"{number}/JC")
    cases.append(told(referrals.receive, which, "钱工"))
    told(referrals.answer, which, "已支付")

    entry_id, _ = reg()
    told(referrals.refer, entry_id, NewReferral(target))
    which = part(desk, f"{row(desk, entry_id).number}/JC")
    cases.append(told(referrals.told, which, "赵队"))
    told(referrals.answer, which, "已支付")
    told(referrals.close, desk.ask(referrals.find_referral, row(desk, entry_id).number).id)

    entry_id, _ = reg()
    cases.append(told(callbacks.owe, entry_id, NewCallback()))
    told(callbacks.attempt_for, entry_id, AttemptResult.BUSY)

    entry_id, _ = reg()
    cases.append(told(entries.correct, entry_id, {"parties": (CALLER, person("李四"))}))
    told(entries.correct, entry_id, {"parties": (CALLER,)})

    entry_id, _ = reg()
    cases.append(told(entries.leave, entry_id))
    told(entries.void, entry_id, "误登")

    before = _state(desk)
    for number, act in enumerate(cases):
        with pytest.raises(StateError, match="2026"):
            _undo(desk, act)
        assert _state(desk) == before, number
    check.run(desk)


def test_what_another_did_to_other_values_is_left_alone(register: str, open_desk: OpenDesk) -> None:
    one, other = open_desk(register), open_desk(register, desk="B", operator="李敏")
    receipt, act = add(one, visit(parties=(CALLER,))), new_uid()
    one.do(entries.wait, receipt.entry_id, uid=act)
    other.do(entries.correct, receipt.entry_id, {"request": "办理补卡"}, uid=new_uid())
    assert one.ask(undoing.last_act) == act
    assert other.ask(undoing.last_act) != act
    _undo(one, act)
    kept = row(one, receipt.entry_id)
    assert (kept.waiting_since, kept.request) == (None, "办理补卡")
    check.run(one)


def test_taking_back_what_kept_an_entry_open_finishes_it(desk: Desk) -> None:
    receipt, act = add(desk, call(parties=(CALLER,))), new_uid()
    desk.do(callbacks.owe, receipt.entry_id, NewCallback(), uid=act)
    desk.do(entries.set_outcome, receipt.entry_id, "已当面说清", close=True, uid=new_uid())
    assert row(desk, receipt.entry_id).status is EntryStatus.OPEN
    _undo(desk, act)
    assert (row(desk, receipt.entry_id).act, row(desk, receipt.entry_id).status) == (
        Act.ANSWERED,
        EntryStatus.FINISHED,
    )
    check.run(desk)


def test_what_was_seen_is_not_unseen_and_hinders_nobody(desk: Desk) -> None:
    new = visit(parties=(CALLER,))
    receipt, seen = add(desk, new), new_uid()
    desk.do(revealing.reveal, receipt.entry_id, 0, uid=seen)
    with pytest.raises(StateError):
        _undo(desk, seen)
    assert desk.ask(undoing.last_act) == new.uid
    _undo(desk, new.uid)
    assert desk.ask(undoing.last_act) is None
    with pytest.raises(NotFoundError):
        _undo(desk, new_uid())
    check.run(desk)


def test_yesterdays_act_is_not_the_last_one(desk: Desk, clock: Clock) -> None:
    add(desk)
    clock.go(days=1)
    assert desk.ask(undoing.last_act) is None


def test_find_still_finds_what_was_taken_back(desk: Desk) -> None:
    new = visit("稀有事由", parties=(CALLER,))
    receipt, act = add(desk, new), new_uid()
    desk.do(entries.correct, receipt.entry_id, {"subject": "改过的事由"}, uid=act)
    _undo(desk, act)
    for text, found in (("稀有事由", [receipt.entry_id]), ("改过的", [])):
        assert [one.id for one in desk.ask(find.entries, Query(text=text))] == found


# Any acts, in any order, then taken back in turn.


def _was_done(session: Session, act: Any) -> bool:
    query = select(tables.journal.c.id).where(tables.journal.c.act_uid == act)
    return session.connection().scalar(query) is not None


class _Clerk:
    """Somebody who does whatever can be done at this moment to one of a few entries."""

    def __init__(self, desk: Desk, clock: Clock, seed: int) -> None:
        self.desk, self.clock, self.dice = desk, clock, random.Random(seed)
        self.ids: list[int] = []
        self.targets = [department(desk, code) for code in ("JC", "ZCY", "XF")]

    def something(self) -> Any | None:
        """Do one act; its uid, or None if it was refused."""
        self.clock.go(minutes=self.dice.randint(1, 30))
        act = new_uid()
        try:
            verb, words, named = self.dice.choice(self._all())()
            if verb is entries.register:
                self.ids.append(self.desk.do(verb, changed(words[0], uid=act)).entry_id)
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

        refer = NewReferral(pick(self.targets), told_whom=pick(["", "赵队"]))
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
                            visit(parties=persons, referral=refer),
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
    clerk = _Clerk(desk, clock, seed)
    done: list[tuple[Any, dict[str, Any]]] = []
    while len(done) < 40:
        before = _state(desk)
        if (act := clerk.something()) is not None:
            done.append((act, before))
            if clerk.dice.random() < 0.3:
                act, before = done.pop()
                _check_undo(desk, act, before)
    check.run(desk)
    while done:
        _check_undo(desk, *done.pop())
    assert all(one["status"] == "void" for one in _state(desk)["entry"])
    check.run(desk)


def _check_undo(desk: Desk, act: Any, before: dict[str, Any]) -> None:
    undone = _undo(desk, act)
    after = _state(desk)
    there = {one["id"] for one in before["entry"]}
    later = [one for one in after["entry"] if one["id"] not in there]
    assert all(one["status"] == "void" for one in later)  # a save that was taken back stays, struck through
    own = {name: "id" if name == "entry" else "entry_id" for name in after}
    left = {name: [one for one in rows if one[own[name]] in there] for name, rows in after.items()}
    assert left == before, undone.verb
    with pytest.raises(StateError):
        _undo(desk, act)


@pytest.mark.parametrize("seed", range(2, 4))
def test_taking_back_in_any_order_keeps_every_record_true(desk: Desk, clock: Clock, seed: int) -> None:
    """Acts are taken back in any order where that is allowed; every entry still stands as its act says."""
    clerk = _Clerk(desk, clock, seed)
    done: list[Any] = []
    for _ in range(80):
        if (act := clerk.something()) is not None:
            done.append(act)
        if done and clerk.dice.random() < 0.4:
            act = clerk.dice.choice(done)
            try:
                _undo(desk, act)
                done.remove(act)
            except StateError:
                pass
    check.run(desk)
    desk.ask(_consistent)


def _consistent(session: Session) -> None:
    from reception.operations import owing

    for one in session.connection().execute(select(tables.entry)).mappings().all():
        if one["status"] != EntryStatus.VOID:
            stands = owing.standing(session, one["id"], one["act"], one["call_result"])
            assert stands == one["status"], dict(one)
