"""One-time notices: kept as the catalogue had it, told in the trail, withdrawn but never erased."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import InputError, NotFoundError, RegisterUnusableError, StateError
from reception.facts import Category, EntryStatus, MatterFact, NewNotice, NoticeView, Receipt
from reception.operations import directory, entries, notices, reading, undoing
from reception.store import check
from reception.wording import load
from tests.factories import CLERK, NOW, Clock, add, behind_its_back, department, new_uid, person, visit

CARD = MatterFact(
    0,
    "异地社保卡补办",
    materials="身份证 原件1 复印件2\n  委托书\n\n委托书\n近期照片2张",
    basis="社会保险法",
    limit="当场办结",
    steps="取号\n窗口办理",
    fee="不收费",
)


def _matter(desk: Desk, **changes: Any) -> MatterFact:
    fact = dataclasses.replace(CARD, department_id=department(desk, "SBK"), **changes)
    return desk.do(directory.save_matter, fact, uid=new_uid())


def _told(desk: Desk, has: tuple[int, ...] = (1,), **words: Any) -> tuple[Receipt, NewNotice]:
    entry = add(desk, visit("办社保卡", parties=(person(),)))
    new = NewNotice(_matter(desk).id, has, **words)
    return desk.do(notices.give, entry.entry_id, new, uid=new_uid()), new


def _of(desk: Desk, entry_id: int) -> tuple[NoticeView, ...]:
    return desk.ask(reading.entry, entry_id).notices


def test_a_notice_keeps_what_was_told_also_when_the_catalogue_changes(desk: Desk) -> None:
    receipt, new = _told(desk, (1, 3), refusal="户籍不在本县", whereto="户籍地人社局")
    fact = next(one for one in desk.ask(directory.catalogue).matters if one.id == new.matter_id)
    changed = dataclasses.replace(fact, materials="什么都不要", fee="5 元", name="社保卡")
    desk.do(directory.save_matter, changed, uid=new_uid())
    where = desk.ask(directory.department, "SBK")

    (one,) = _of(desk, receipt.entry_id)
    assert one == NoticeView(
        ordinal=1,
        at=NOW,
        operator=CLERK,
        matter="异地社保卡补办",
        materials=("身份证 原件1 复印件2", "委托书", "近期照片2张"),
        lacks=("委托书",),
        basis="社会保险法",
        steps="取号\n窗口办理",
        time_limit="当场办结",
        fee="不收费",
        place=" · ".join(filter(None, (where.name, where.room, where.phone))),
        refusal="户籍不在本县",
        whereto="户籍地人社局",
    )
    check.run(desk)


def test_nobody_is_told_the_signs_of_the_catalogue_nor_as_the_rule_what_is_not_sure(desk: Desk) -> None:
    marked = _matter(
        desk,
        materials="身份证\n审批表△",
        basis="社会保险法\n某县办法▲",
        limit="年满60周岁起领▲",
        fee="△ 不收费",
    )
    entry = add(desk, visit("办社保卡", parties=(person(),)))
    receipt = desk.do(notices.give, entry.entry_id, NewNotice(marked.id, (1,)), uid=new_uid())
    (one,) = _of(desk, receipt.entry_id)
    assert (one.materials, one.lacks) == (("身份证", "审批表"), ("审批表",))
    assert (one.basis, one.time_limit, one.fee) == ("社会保险法", "", "不收费")


def test_the_trail_tells_what_it_was_about_and_what_was_missing(desk: Desk) -> None:
    receipt, _new = _told(desk)
    line = desk.ask(reading.entry, receipt.entry_id).trail[-1]
    assert (line.verb, line.operator) == ("notice", CLERK)
    told = {name: new for name, _old, new in line.changes}
    assert told["notice.matter"] == "异地社保卡补办"
    assert told["notice.lacks"] == "委托书\n近期照片2张"
    assert set(told) == {"notice.matter", "notice.lacks", "notice.status"}


def test_what_only_others_have_to_bring_is_neither_there_nor_missing(desk: Desk) -> None:
    entry, matter = add(desk, visit("办社保卡")), _matter(desk)
    for wrong in (NewNotice(matter.id, (1,), not_needed=(9,)), NewNotice(matter.id, (1,), not_needed=(1,))):
        with pytest.raises(InputError) as raised:
            desk.do(notices.give, entry.entry_id, wrong, uid=new_uid())
        assert raised.value.field == "not_needed"
    desk.do(notices.give, entry.entry_id, NewNotice(matter.id, (1,), not_needed=(2,)), uid=new_uid())
    (one,) = _of(desk, entry.entry_id)
    assert (one.materials, one.lacks) == (("身份证 原件1 复印件2", "近期照片2张"), ("近期照片2张",))
    everything = NewNotice(matter.id, not_needed=(1, 2, 3))
    desk.do(notices.give, entry.entry_id, everything, uid=new_uid())
    assert _of(desk, entry.entry_id)[1].materials == ()
    check.run(desk)


def test_said_twice_it_is_given_once(desk: Desk) -> None:
    entry, matter, uid = add(desk, visit("办社保卡")), _matter(desk), new_uid()
    first = desk.do(notices.give, entry.entry_id, NewNotice(matter.id), uid=uid)
    assert desk.do(notices.give, entry.entry_id, NewNotice(matter.id, (1,)), uid=uid) == first
    (one,) = _of(desk, entry.entry_id)
    assert one.lacks == one.materials


def test_taken_back_it_is_gone_from_the_entry_and_its_number_stays_given(desk: Desk, clock: Clock) -> None:
    entry, matter = add(desk, visit("办社保卡")), _matter(desk)
    acts = [new_uid(), new_uid()]
    desk.do(notices.give, entry.entry_id, NewNotice(matter.id), uid=acts[0])
    undone = desk.do(undoing.undo, acts[0], uid=new_uid())
    assert (undone.verb, undone.number, _of(desk, entry.entry_id)) == ("notice", entry.number, ())
    clock.go(minutes=1)
    desk.do(notices.give, entry.entry_id, NewNotice(matter.id), uid=acts[1])
    assert [one.ordinal for one in _of(desk, entry.entry_id)] == [2]
    check.run(desk)

    with pytest.raises(StateError):
        desk.do(undoing.undo, acts[0], uid=new_uid())
    desk.do(undoing.undo, acts[1], uid=new_uid())
    desk.do(undoing.redo_last, uid=new_uid())
    assert [one.ordinal for one in _of(desk, entry.entry_id)] == [2]
    check.run(desk)


def test_an_entry_that_is_taken_back_takes_its_notice_along_once_that_was_taken_back(desk: Desk) -> None:
    made, given = visit("办社保卡"), new_uid()
    entry = add(desk, made)
    desk.do(notices.give, entry.entry_id, NewNotice(_matter(desk).id), uid=given)
    with pytest.raises(StateError):
        desk.do(undoing.undo, made.uid, uid=new_uid())
    desk.do(undoing.undo, given, uid=new_uid())
    desk.do(undoing.undo, made.uid, uid=new_uid())
    view = desk.ask(reading.entry, entry.entry_id)
    assert (view.row.status, view.notices) == (EntryStatus.VOID, ())
    check.run(desk)


def test_a_paper_that_is_not_in_the_list_is_refused(desk: Desk) -> None:
    entry, matter = add(desk, visit("办社保卡")), _matter(desk)
    for wrong in ((4,), (0,)):
        with pytest.raises(InputError) as refused:
            desk.do(notices.give, entry.entry_id, NewNotice(matter.id, wrong), uid=new_uid())
        assert refused.value.field == "has"
    with pytest.raises(NotFoundError):
        desk.do(notices.give, entry.entry_id, NewNotice(matter.id + 100), uid=new_uid())
    assert _of(desk, entry.entry_id) == ()


def test_nothing_is_told_about_a_void_or_a_sealed_entry(desk: Desk) -> None:
    void, matter = add(desk, visit("办社保卡")), _matter(desk)
    desk.do(entries.void, void.entry_id, "记错了", uid=new_uid())
    sealed = add(desk, visit("检举某人", category=Category.ACCUSATION))
    for one in (void, sealed):
        with pytest.raises(StateError):
            desk.do(notices.give, one.entry_id, NewNotice(matter.id), uid=new_uid())


def test_a_notice_changed_behind_the_register_s_back_is_found_out(desk: Desk, register: str) -> None:
    _told(desk)
    check.run(desk)
    with behind_its_back(register) as change:
        change("UPDATE notice SET lacks = ''")
    with pytest.raises(RegisterUnusableError):
        check.run(desk)


def test_the_verb_has_a_word() -> None:
    assert load("zh_CN").gettext("Told in full, in writing") == "一次性告知"
