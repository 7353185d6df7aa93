"""Referrals: sent, told by phone, received, answered or returned by their parts, closed as a whole."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import InputError, NotFoundError, StateError
from reception.facts import (
    Act,
    EntryStatus,
    NewReferral,
    PartStatus,
    Receipt,
    ReferralStatus,
    Role,
    Urgency,
)
from reception.operations import directory, entries, reading, referrals, undoing
from reception.store import check
from tests.factories import (
    NOW,
    Clock,
    OpenDesk,
    add,
    department,
    new_uid,
    overlap,
    part,
    person,
    row,
    visit,
)

Step = Callable[..., Receipt]
STEPS: dict[str, tuple[Step, str]] = {
    "told": (referrals.told, "赵队"),
    "receive": (referrals.receive, "钱工"),
    "answer": (referrals.answer, "已责令支付"),
    "return": (referrals.give_back, "应由仲裁院办理"),
}


def _referred(desk: Desk, *assisting: str, lead: str = "JC", **fields: Any) -> Receipt:
    receipt = add(desk, visit(parties=(person(phone="13800138000"),), **fields))
    new = NewReferral(department(desk, lead), tuple(department(desk, one) for one in assisting), "请核实")
    return desk.do(referrals.refer, receipt.entry_id, new, uid=new_uid())


def _step(desk: Desk, receipt: Receipt, name: str, to: str = "JC") -> Receipt:
    verb, words = STEPS[name]
    return desk.do(verb, part(desk, f"{receipt.number}/{to}"), words, uid=new_uid())


def _take_back(desk: Desk) -> None:
    act = desk.ask(undoing.last_act)
    assert act is not None
    desk.do(undoing.undo, act, uid=new_uid())


def _close(desk: Desk, receipt: Receipt, note: str = "") -> Receipt:
    return desk.do(referrals.close, desk.ask(referrals.find_referral, receipt.number).id, note, uid=new_uid())


def test_a_referral_runs_its_course(desk: Desk, clock: Clock) -> None:
    receipt = _referred(desk, "XF")
    moments = {"sent": clock.now}
    for name in ("told", "receive", "answer"):
        moments[name] = clock.go(hours=1)
        _step(desk, receipt, name)
    view = desk.ask(reading.entry, receipt.entry_id)
    (referral,) = view.referrals
    lead, assisting = referral.parts
    assert (lead.role, lead.status, lead.name) == (Role.LEAD, PartStatus.ANSWERED, f"{receipt.number}/JC")
    assert (lead.sent_at, lead.told_at, lead.told_whom) == (moments["sent"], moments["told"], "赵队")
    assert (lead.received_at, lead.received_by) == (moments["receive"], "钱工")
    assert (lead.answered_at, lead.answer) == (moments["answer"], "已责令支付")
    assert (lead.returned_at, lead.return_reason) == (None, "")
    assert (assisting.role, assisting.status) == (Role.ASSIST, PartStatus.SENT)
    assert (referral.status, view.row.status) == (ReferralStatus.COMPLETED, EntryStatus.OPEN)
    assert (view.row.act, view.row.department) == (Act.REFERRED, "JC")
    _step(desk, receipt, "answer", "XF")
    clock.go(hours=1)
    _close(desk, receipt, "已回复来访人")
    view = desk.ask(reading.entry, receipt.entry_id)
    assert (view.row.status, view.row.referral_status) == (EntryStatus.FINISHED, ReferralStatus.CLOSED)
    assert (view.referrals[0].closed_at, view.referrals[0].closing_note) == (clock.now, "已回复来访人")
    assert [line.verb for line in view.trail] == [
        "register",
        "refer",
        "told",
        "receive",
        "answer",
        "answer",
        "close",
    ]
    check.run(desk)


def test_who_answers_has_it(desk: Desk) -> None:
    receipt = _referred(desk)
    _step(desk, receipt, "answer")
    found = desk.ask(referrals.find_part, receipt.number)
    assert (found.status, found.received_at, found.received_by) == (PartStatus.ANSWERED, NOW, "")


def test_what_is_noted_later_keeps_its_own_time(desk: Desk, clock: Clock) -> None:
    receipt = _referred(desk)
    name = f"{receipt.number}/JC"
    sent = clock.now
    clock.go(hours=3)
    told, signed = (sent + dt.timedelta(minutes=one) for one in (5, 90))
    for verb, who, field in (
        (referrals.told, "赵队", "told_at"),
        (referrals.receive, "钱工", "received_at"),
    ):
        for wrong in (sent - dt.timedelta(minutes=2), clock.now + dt.timedelta(hours=1)):
            with pytest.raises(InputError) as caught:
                desk.do(verb, part(desk, name), who, at=wrong, uid=new_uid())
            assert caught.value.field == field
    desk.do(referrals.told, part(desk, name), "赵队", at=told, uid=new_uid())
    desk.do(referrals.receive, part(desk, name), "钱工", at=signed, uid=new_uid())
    view = desk.ask(referrals.find_part, name)
    assert (view.told_at, view.received_at) == (told, signed)
    check.run(desk)


def test_the_same_step_twice_is_one_step(desk: Desk) -> None:
    for verb, words in STEPS.values():
        receipt = _referred(desk)
        which, act = part(desk, f"{receipt.number}/JC"), new_uid()
        first = desk.do(verb, which, words, uid=act)
        assert desk.do(verb, which, words, uid=act) == first
        assert len(desk.ask(reading.entry, receipt.entry_id).trail) == 3


def test_closing_twice_is_closing_once(desk: Desk) -> None:
    receipt = _referred(desk)
    _step(desk, receipt, "answer")
    which, act = desk.ask(referrals.find_referral, receipt.number).id, new_uid()
    first = desk.do(referrals.close, which, uid=act)
    assert desk.do(referrals.close, which, uid=act) == first
    with pytest.raises(StateError, match=receipt.number):
        desk.do(referrals.close, which, uid=new_uid())


ALLOWED = {
    PartStatus.SENT: {"told", "receive", "answer", "return"},
    PartStatus.RECEIVED: {"told", "answer", "return"},
    PartStatus.ANSWERED: set(),
    PartStatus.RETURNED: set(),
    PartStatus.WITHDRAWN: set(),
}
WAY_THERE = {
    PartStatus.SENT: [],
    PartStatus.RECEIVED: ["receive"],
    PartStatus.ANSWERED: ["receive", "answer"],
    PartStatus.RETURNED: ["receive", "return"],
    PartStatus.WITHDRAWN: ["undo"],
}


@pytest.mark.parametrize("state", list(PartStatus))
def test_each_step_has_its_time(file_register: str, open_desk: OpenDesk, state: PartStatus) -> None:
    desk = open_desk(file_register)
    for name in STEPS:
        receipt = _referred(desk)
        for one in WAY_THERE[state]:
            _take_back(desk) if one == "undo" else _step(desk, receipt, one)
        before = desk.ask(reading.entry, receipt.entry_id)
        if name in ALLOWED[state]:
            _step(desk, receipt, name)
        else:
            with pytest.raises(StateError, match=receipt.number):
                _step(desk, receipt, name)
            assert desk.ask(reading.entry, receipt.entry_id) == before
    check.run(desk)


def test_a_step_needs_its_word(desk: Desk) -> None:
    fields = {"told": "told_whom", "receive": "received_by", "answer": "answer", "return": "return_reason"}
    receipt = _referred(desk)
    which = part(desk, f"{receipt.number}/JC")
    for name, field in fields.items():
        long = "字" * (10_001 if field in ("answer", "return_reason") else 201)
        for words in (" \u200b", long):
            with pytest.raises(InputError) as refused:
                desk.do(STEPS[name][0], which, words, uid=new_uid())
            assert refused.value.field == field
    assert desk.ask(referrals.find_part, receipt.number).status is PartStatus.SENT


def test_a_referral_closes_on_its_leads_answer(desk: Desk) -> None:
    receipt = _referred(desk, "XF")
    _step(desk, receipt, "answer", "XF")
    for name in (None, "told", "receive"):
        if name:
            _step(desk, receipt, name)
        with pytest.raises(StateError):
            _close(desk, receipt, "办完了")
    _step(desk, receipt, "answer")
    _close(desk, receipt)
    assert row(desk, receipt.entry_id).status is EntryStatus.FINISHED


def test_after_a_return_closing_says_what_becomes_of_it(desk: Desk) -> None:
    receipt = _referred(desk)
    _step(desk, receipt, "return")
    with pytest.raises(InputError) as refused:
        _close(desk, receipt, " ")
    assert refused.value.field == "closing_note"
    _close(desk, receipt, "已告知申请仲裁")
    found = row(desk, receipt.entry_id)
    assert (found.status, found.referral_status) == (EntryStatus.FINISHED, ReferralStatus.CLOSED)


def test_what_was_returned_goes_on_in_the_same_referral(desk: Desk) -> None:
    receipt = _referred(desk)
    before = desk.ask(referrals.find_referral, receipt.number)
    _step(desk, receipt, "return")
    new = NewReferral(department(desk, "ZCY"), (department(desk, "JC"),))
    desk.do(referrals.refer, receipt.entry_id, new, uid=new_uid())
    view = desk.ask(reading.entry, receipt.entry_id)
    (referral,) = view.referrals
    assert (referral.id, referral.status) == (before.id, ReferralStatus.OPEN)
    assert (referral.term, referral.instruction) == (before.term, "请核实")
    assert [(one.name, one.status, one.role) for one in referral.parts] == [
        (f"{receipt.number}/JC", PartStatus.RETURNED, Role.LEAD),
        (f"{receipt.number}/ZCY", PartStatus.SENT, Role.LEAD),
        (f"{receipt.number}/JC-2", PartStatus.SENT, Role.ASSIST),
    ]
    assert desk.ask(referrals.find_part, receipt.number).department == "ZCY"
    assert (view.row.department, view.row.status) == ("ZCY", EntryStatus.OPEN)
    assert [line.verb for line in view.trail] == ["register", "refer", "return", "reroute"]
    with pytest.raises(StateError):
        _step(desk, receipt, "receive")  # the first sending to JC
    _step(desk, receipt, "receive", "JC-2")
    with pytest.raises(StateError, match="not answered"):
        _close(desk, receipt, "办完了")
    check.run(desk)


def test_a_finished_entry_can_be_referred_and_referred_again(desk: Desk) -> None:
    receipt = add(desk, visit(act=Act.ANSWERED))
    for sending in (1, 2, 3):
        desk.do(referrals.refer, receipt.entry_id, NewReferral(department(desk, "JC")), uid=new_uid())
        found = row(desk, receipt.entry_id)
        assert (found.act, found.status) == (Act.REFERRED, EntryStatus.OPEN)
        name = f"{receipt.number}/JC" + (f"-{sending}" if sending > 1 else "")
        assert desk.ask(referrals.find_part, receipt.number).name == name
        assert desk.ask(referrals.find_part, name.lower()).name == name
        desk.do(referrals.answer, part(desk, name), "已办", uid=new_uid())
        _close(desk, receipt)
    assert [one.ordinal for one in desk.ask(reading.entry, receipt.entry_id).referrals] == [1, 2, 3]
    check.run(desk)


def test_where_an_entry_cannot_be_sent(desk: Desk) -> None:
    catalogue = desk.ask(directory.catalogue)
    outside = next(one for one in catalogue.departments if one.outside)
    unused = next(one for one in catalogue.departments if one.code == "GS")
    desk.do(directory.save_department, dataclasses.replace(unused, active=False), uid=new_uid())
    receipt = add(desk)
    jc = department(desk, "JC")
    wrong = [
        (NewReferral(outside.id), InputError, outside.name),
        (NewReferral(jc, (outside.id,)), InputError, outside.name),
        (NewReferral(unused.id), InputError, unused.name),
        (NewReferral(jc, (jc,)), InputError, "twice"),
        (NewReferral(jc, (unused.id + 1, unused.id + 1)), InputError, "twice"),
        (NewReferral(9_999), NotFoundError, "no|not"),
        (NewReferral(jc, instruction="字" * 10_001), InputError, "10000"),
        (NewReferral(jc, told_whom="字" * 201), InputError, "200"),
    ]
    for new, kind, words in wrong:
        with pytest.raises(kind, match=words):
            desk.do(referrals.refer, receipt.entry_id, new, uid=new_uid())
        with pytest.raises(kind, match=words):
            add(desk, visit(referral=new))
    assert row(desk, receipt.entry_id).version == 1
    assert desk.ask(referrals.rows, which="all") == ()
    check.run(desk)


def test_an_entry_is_at_one_place_at_a_time(desk: Desk) -> None:
    receipt = _referred(desk)
    for name in (None, "receive", "answer"):
        if name:
            _step(desk, receipt, name)
        with pytest.raises(StateError, match=receipt.number):
            desk.do(referrals.refer, receipt.entry_id, NewReferral(department(desk, "XF")), uid=new_uid())


def test_names_that_mean_nothing_are_said_so(desk: Desk) -> None:
    receipt = _referred(desk)
    for name in (f"{receipt.number}/XF", f"{receipt.number}/JC-2", "20261123-099", "20261123-099/JC"):
        with pytest.raises(NotFoundError):
            desk.ask(referrals.find_part, name)
    other = add(desk)
    with pytest.raises(NotFoundError, match=other.number):
        desk.ask(referrals.find_referral, other.number)
    for verb, words in STEPS.values():
        with pytest.raises(NotFoundError):
            desk.do(verb, 9_999, words, uid=new_uid())
    with pytest.raises(NotFoundError):
        desk.do(referrals.close, 9_999, uid=new_uid())


def test_the_list_shows_what_is_needed_to_work_a_part(desk: Desk) -> None:
    receipt = _referred(desk)
    (found,) = desk.ask(referrals.rows)
    assert (found.part.name, found.entry_id, found.number) == (
        f"{receipt.number}/JC",
        receipt.entry_id,
        receipt.number,
    )
    assert (found.person, found.phone, found.subject) == ("张建国", "13800138000", "社保卡补换")
    assert (found.instruction, found.urgency, found.referral_status) == (
        "请核实",
        Urgency.NORMAL,
        ReferralStatus.OPEN,
    )
    assert (found.received_at, found.entry_version) == (NOW, 2)


def test_the_list_is_filtered_and_paged(desk: Desk) -> None:
    made = [_referred(desk, "XF") for _ in range(4)]
    for receipt, name in zip(made, ("receive", "answer", "return"), strict=False):
        _step(desk, receipt, name)
    closed = _referred(desk)
    _step(desk, closed, "answer")
    _close(desk, closed)

    def listed(**settings: Any) -> list[tuple[str, str]]:
        return [(one.number[-3:], one.part.department) for one in desk.ask(referrals.rows, **settings)]

    by_age = [(n, d) for n in ("001", "002", "003", "004") for d in ("JC", "XF")]
    # what came back, what is to be closed; of the rest first that of a referral that is answered already
    pressing = [("003", "JC"), ("002", "JC"), ("002", "XF")]
    everything = [*pressing, *(one for one in by_age if one not in pressing)]
    assert listed() == everything
    assert listed(which="all") == [("005", "JC"), *reversed(by_age)]
    assert listed(which="sent") == [one for one in by_age if one[1] == "XF" or one[0] == "004"]
    assert listed(which="received") == [("001", "JC")]
    assert listed(which="answered") == [("002", "JC")]
    assert listed(which="returned") == [("003", "JC")]
    assert listed(department="JC") == [one for one in everything if one[1] == "JC"]
    assert listed(which="sent", department="JC") == [("004", "JC")]
    page = desk.ask(referrals.rows, limit=3)
    rest = desk.ask(referrals.rows, before=page[-1].place, limit=100)
    assert [*page, *rest] == list(desk.ask(referrals.rows))
    assert desk.ask(referrals.count) == {"sent": 5, "received": 1, "answered": 1, "returned": 1}
    with pytest.raises(InputError):
        desk.ask(referrals.rows, which="nonsense")


def test_two_desks_at_one_referral_come_one_after_the_other(register: str, open_desk: OpenDesk) -> None:
    a, b = open_desk(register, desk="A"), open_desk(register, desk="B")
    receipt = add(a)
    jc = department(a, "JC")
    first, second = overlap(
        a,
        lambda session: referrals.refer(session, receipt.entry_id, NewReferral(jc), uid=new_uid()),
        b,
        lambda session: referrals.refer(session, receipt.entry_id, NewReferral(jc), uid=new_uid()),
    )
    assert isinstance(first, Receipt)
    assert isinstance(second, StateError)
    which = part(a, receipt.number)
    first, second = overlap(
        a,
        lambda session: referrals.answer(session, which, "已办", uid=new_uid()),
        b,
        lambda session: referrals.give_back(session, which, "不归我们", uid=new_uid()),
    )
    assert isinstance(first, Receipt)
    assert isinstance(second, StateError)
    found = a.ask(referrals.find_part, receipt.number)
    assert (found.status, found.answer, found.return_reason) == (PartStatus.ANSWERED, "已办", "")
    referral = a.ask(referrals.find_referral, receipt.number).id
    first, second = overlap(
        a,
        lambda session: referrals.close(session, referral, "甲台", uid=new_uid()),
        b,
        lambda session: entries.void(session, receipt.entry_id, "误登", uid=new_uid()),
    )
    assert isinstance(first, Receipt)
    assert isinstance(second, Receipt)  # of a finished entry whose referral was closed already
    (closed,) = a.ask(reading.entry, receipt.entry_id).referrals
    assert closed.closing_note == "甲台"
    check.run(b)
