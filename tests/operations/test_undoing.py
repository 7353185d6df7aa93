"""Acts taken back: everything is as it was before, by a new line that names the act; nothing is erased."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import NotFoundError, StateError
from reception.facts import (
    Act,
    AttemptResult,
    EntryStatus,
    NewCallback,
    NewReferral,
    PartStatus,
    Query,
    Receipt,
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
    department,
    new_uid,
    part,
    person,
    row,
    visit,
)
from tests.operations.undone import CALLER, state, undo


def test_a_check_out_is_taken_back_by_a_line_that_names_it(desk: Desk, clock: Clock) -> None:
    receipt = add(desk, visit(parties=(CALLER,)))
    before, act = state(desk), new_uid()
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
    assert state(desk) == before
    assert [line.verb for line in desk.ask(reading.entry, receipt.entry_id).trail] == [
        "register",
        "leave",
        "undo",
    ]
    assert desk.ask(reading.entry, receipt.entry_id).trail[-1].changes[-1] == ("undo.verb", "", "leave")
    with pytest.raises(StateError, match="before"):
        undo(desk, act)
    desk.do(entries.leave, receipt.entry_id, uid=new_uid())
    check.run(desk)


def test_what_was_taken_back_is_done_again_and_taken_back_again(desk: Desk, clock: Clock) -> None:
    """By a new line each time; each names the act, and each can be done once only."""
    receipt, act = add(desk, visit(parties=(CALLER,))), new_uid()
    before = state(desk)
    desk.do(entries.leave, receipt.entry_id, uid=act)
    done, turn = state(desk), act
    for again in (False, True, False, True, False):
        clock.go(minutes=3)
        last, turn = turn, new_uid()
        undone = desk.do(undoing.undo, last, uid=turn)
        assert (undone.verb, undone.again, undone.number) == ("leave", again, receipt.number)
        assert desk.do(undoing.undo, last, uid=turn) == undone  # the answer was lost
        assert state(desk) == (done if again else before)
        with pytest.raises(StateError, match="before"):
            undo(desk, last)
        assert desk.ask(undoing.last_act) == (act if again else before["entry"][0]["uid"])
    trail = desk.ask(reading.entry, receipt.entry_id).trail
    assert [line.verb for line in trail] == ["register", "leave", "undo", "redo", "undo", "redo", "undo"]
    assert all(line.changes[-1] == ("undo.verb", "", "leave") for line in trail[2:])
    check.run(desk)


def test_a_save_done_again_is_the_entry_that_it_was(desk: Desk) -> None:
    new = visit(
        parties=(CALLER,),
        referral=NewReferral(department(desk, "JC")),
        callback=NewCallback(),
    )
    receipt = add(desk, new)
    done = state(desk)
    undone = new_uid()
    desk.do(undoing.undo, new.uid, uid=undone)
    assert row(desk, receipt.entry_id).status is EntryStatus.VOID
    undo(desk, undone)
    assert state(desk) == done
    assert len(desk.ask(callbacks.owed)) == len(desk.ask(referrals.rows)) == 1
    check.run(desk)


def test_nothing_is_done_again_where_something_else_was_done_since(desk: Desk) -> None:
    receipt = add(desk, visit(parties=(CALLER,)))
    left, undone = new_uid(), new_uid()
    desk.do(entries.leave, receipt.entry_id, uid=left)
    desk.do(undoing.undo, left, uid=undone)
    desk.do(entries.leave, receipt.entry_id, uid=new_uid())
    with pytest.raises(StateError, match="since"):
        undo(desk, undone)
    act, undone = new_uid(), new_uid()
    desk.do(callbacks.attempt_for, _owing(desk).entry_id, AttemptResult.BUSY, uid=act)
    desk.do(undoing.undo, act, uid=undone)
    with pytest.raises(StateError):
        undo(desk, act)
    desk.do(entries.void, desk.ask(callbacks.owed)[0].entry_id, "误登", uid=new_uid())
    with pytest.raises(StateError):
        undo(desk, undone)
    check.run(desk)


def _owing(desk: Desk) -> Receipt:
    return add(desk, call(parties=(CALLER,), callback=NewCallback()))


def test_what_was_taken_back_last_is_done_again_until_something_else_is_done(
    desk: Desk, clock: Clock
) -> None:
    first, second = add(desk), add(desk)
    for receipt in (first, second):
        clock.go(minutes=1)
        desk.do(entries.leave, receipt.entry_id, uid=new_uid())
    for _twice in range(2):
        desk.do(undoing.undo_last, uid=new_uid())
    uid = new_uid()
    assert desk.do(undoing.redo_last, uid=uid).number == first.number
    assert desk.do(undoing.redo_last, uid=uid).number == first.number
    assert desk.do(undoing.redo_last, uid=new_uid()).number == second.number
    with pytest.raises(NotFoundError):
        desk.do(undoing.redo_last, uid=new_uid())
    desk.do(undoing.undo_last, uid=new_uid())
    add(desk)
    with pytest.raises(NotFoundError):
        desk.do(undoing.redo_last, uid=new_uid())


def test_a_save_taken_back_is_void_and_keeps_its_number(desk: Desk) -> None:
    target = department(desk, "JC")
    new = visit(parties=(CALLER,), referral=NewReferral(target), callback=NewCallback())
    receipt = add(desk, new)
    undo(desk, new.uid)
    kept = row(desk, receipt.entry_id)
    assert (kept.status, kept.number, kept.void_reason) == (EntryStatus.VOID, receipt.number, "已撤回")
    counters = desk.ask(day.counters, TODAY)
    assert (counters.not_received, counters.unanswered, counters.callbacks) == (0, 0, 0)
    assert (desk.ask(referrals.rows), desk.ask(callbacks.owed), desk.ask(day.todo, TODAY)) == ((), (), ())
    assert add(desk).number != receipt.number
    with pytest.raises(StateError, match="before"):
        undo(desk, new.uid)
    check.run(desk)


def test_a_referral_taken_back_was_never_sent(desk: Desk) -> None:
    target = department(desk, "JC")
    receipt = add(desk, visit(parties=(CALLER,)))
    before, act = state(desk), new_uid()
    desk.do(referrals.refer, receipt.entry_id, NewReferral(target, told_whom="赵队"), uid=act)
    undo(desk, act)
    assert state(desk) == before
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
    before, act = state(desk), new_uid()
    desk.do(referrals.refer, receipt.entry_id, NewReferral(department(desk, "ZCY")), uid=act)
    undo(desk, act)
    assert state(desk) == before
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

    before = state(desk)
    for place, act in enumerate(cases):
        with pytest.raises(StateError, match="2026"):
            undo(desk, act)
        assert state(desk) == before, place
    check.run(desk)


def test_what_another_did_to_other_values_is_left_alone(register: str, open_desk: OpenDesk) -> None:
    one, other = open_desk(register), open_desk(register, desk="B", operator="李敏")
    receipt, act = add(one, visit(parties=(CALLER,))), new_uid()
    one.do(entries.wait, receipt.entry_id, uid=act)
    other.do(entries.correct, receipt.entry_id, {"request": "办理补卡"}, uid=new_uid())
    assert one.ask(undoing.last_act) == act
    assert other.ask(undoing.last_act) != act
    undo(one, act)
    kept = row(one, receipt.entry_id)
    assert (kept.waiting_since, kept.request) == (None, "办理补卡")
    check.run(one)


def test_taking_back_what_kept_an_entry_open_finishes_it(desk: Desk) -> None:
    receipt, act = add(desk, call(parties=(CALLER,))), new_uid()
    desk.do(callbacks.owe, receipt.entry_id, NewCallback(), uid=act)
    desk.do(entries.set_outcome, receipt.entry_id, "已当面说清", close=True, uid=new_uid())
    assert row(desk, receipt.entry_id).status is EntryStatus.OPEN
    undo(desk, act)
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
        undo(desk, seen)
    assert desk.ask(undoing.last_act) == new.uid
    undo(desk, new.uid)
    assert desk.ask(undoing.last_act) is None
    with pytest.raises(NotFoundError):
        undo(desk, new_uid())
    check.run(desk)


def test_yesterdays_act_is_not_the_last_one(desk: Desk, clock: Clock) -> None:
    add(desk)
    clock.go(days=1)
    assert desk.ask(undoing.last_act) is None


def test_find_still_finds_what_was_taken_back(desk: Desk) -> None:
    new = visit("稀有事由", parties=(CALLER,))
    receipt, act = add(desk, new), new_uid()
    desk.do(entries.correct, receipt.entry_id, {"subject": "改过的事由"}, uid=act)
    undo(desk, act)
    for text, found in (("稀有事由", [receipt.entry_id]), ("改过的", [])):
        assert [one.id for one in desk.ask(find.entries, Query(text=text))] == found
