"""What became of a matter, in the facts of a sentence; and what is likely entered a second time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import NotFoundError, StateError
from reception.facts import Act, EntryRow, NewEntry, NewReferral, Party
from reception.facts.people import CaseAnswer, CaseStep
from reception.operations import cases, entries, referrals
from tests.factories import Clock, OpenDesk, add, call, department, new_uid, part, person, visit

MOBILE = "13800138000"
CALLER = person(phone=MOBILE)


def asked(desk: Desk, typed: str = "8000") -> list[CaseAnswer]:
    """The answers for what is typed."""
    return list(desk.ask(cases.asked, typed))


def stands(desk: Desk) -> tuple[CaseStep, str, str, bool]:
    """Where the only matter stands: the step, who, what was said, whether it is open."""
    (answer,) = asked(desk)
    return answer.step, answer.step_who, answer.step_text, answer.is_open


def test_a_referral_is_told_step_by_step(desk: Desk, clock: Clock) -> None:
    referral = NewReferral(department(desk, "JC"), assist_ids=(department(desk, "ZCY"),))
    entry = add(desk, visit("拖欠工资", parties=(CALLER,), referral=referral))
    name = f"{entry.number}/JC"
    assert stands(desk) == (CaseStep.SENT, "", "", True)
    whole = "劳动保障监察大队"
    steps: tuple[tuple[Any, str, tuple[CaseStep, str, str, bool]], ...] = (
        (referrals.told, "刘队长", (CaseStep.TOLD, "刘队长", "", True)),
        (referrals.receive, "陈静", (CaseStep.RECEIVED, "陈静", "", True)),
        (referrals.answer, "已责令支付", (CaseStep.DEPARTMENT_ANSWERED, whole, "已责令支付", True)),
    )
    for verb, word, expected in steps:
        at = clock.go(minutes=30)
        desk.do(verb, part(desk, name), word, uid=new_uid())
        assert stands(desk) == expected
        assert asked(desk)[0].step_at == at
    (answer,) = asked(desk, "张建国")
    assert answer.department is not None
    assert (answer.department.code, answer.department.name) == ("JC", "劳动保障监察大队")
    assert [one.department for one in answer.parts] == ["JC", "ZCY"]
    assert answer.due_at is None
    desk.do(referrals.close, desk.ask(referrals.find_referral, name).id, note="已办结", uid=new_uid())
    assert stands(desk) == (CaseStep.CLOSED, "", "已办结", False)


def test_a_returned_referral_says_why(desk: Desk) -> None:
    entry = add(desk, visit(parties=(CALLER,), referral=NewReferral(department(desk, "JC"))))
    desk.do(referrals.give_back, part(desk, f"{entry.number}/JC"), "不属于我队", uid=new_uid())
    assert stands(desk) == (CaseStep.RETURNED, "劳动保障监察大队", "不属于我队", True)


def test_what_the_desk_settled_itself_is_told_too(desk: Desk, clock: Clock) -> None:
    entry = add(desk, call("失业金何时到账", parties=(CALLER,)))
    assert stands(desk) == (CaseStep.NOTED, "王芳", "", True)
    at = clock.go(minutes=5)
    desk.do(entries.act, entry.entry_id, Act.ANSWERED, outcome="月底到账", uid=new_uid())
    assert stands(desk) == (CaseStep.ANSWERED, "王芳", "月底到账", False)
    assert asked(desk)[0].step_at == at
    clock.go(minutes=5)
    assert asked(desk)[0].step_at == at


def test_open_matters_come_first_then_whoever_fits_better(desk: Desk) -> None:
    def came(subject: str, phone: str, act: Act | None = None) -> None:
        add(desk, visit(subject, parties=(Party("李" + subject, phone),), act=act))

    came("甲", "13811118000", Act.ANSWERED)
    came("乙", "13900008000")
    came("丙", "13980001111")
    came("丁", "13700000000")
    assert [one.entry.subject for one in asked(desk, "8000")] == ["乙", "丙", "甲"]
    assert [one.entry.subject for one in desk.ask(cases.asked, "8000", limit=1)] == ["乙"]
    assert asked(desk, "2222") == []
    assert asked(desk, " ") == []


def test_an_enquiry_leads_to_its_matter_also_for_somebody_else(desk: Desk) -> None:
    matter = add(desk, visit("拖欠工资", parties=(CALLER,)))
    wife = Party("李静", "13900139000")
    add(desk, call("替丈夫问进展", parties=(wife,), act=Act.ANSWERED, case_id=matter.entry_id))
    (answer,) = asked(desk, "李静")
    assert (answer.entry.id, answer.enquiries, answer.is_open) == (matter.entry_id, 1, True)
    assert answer.asked_at is not None
    assert desk.ask(cases.answer, matter.entry_id).entry.subject == "拖欠工资"


def test_nobody_asks_about_what_is_void_or_not_there(desk: Desk) -> None:
    entry = add(desk, visit(parties=(CALLER,)))
    desk.do(entries.void, entry.entry_id, "误登", uid=new_uid())
    assert asked(desk) == []
    with pytest.raises(StateError):
        add(desk, call(case_id=entry.entry_id))
    with pytest.raises(NotFoundError):
        add(desk, call(case_id=999))


def test_a_likely_duplicate_of_today_is_pointed_out(
    file_register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(file_register)
    yesterday = clock.now - dt.timedelta(days=1)
    add(desk, visit("社保卡补换", parties=(CALLER,), received_at=yesterday))
    first = add(desk, visit("社保卡补换", parties=(CALLER,), matter_id=1))
    void = add(desk, visit("社保卡补换", parties=(CALLER,)))
    desk.do(entries.void, void.entry_id, "误登", uid=new_uid())
    add(desk, visit("社保卡补换", parties=(CALLER,), case_id=first.entry_id))

    def like(**fields: object) -> list[str]:
        new: NewEntry = call(**{"subject": "别的事", "parties": (CALLER,), **fields})  # type: ignore[arg-type]
        found: tuple[EntryRow, ...] = desk.ask(cases.duplicates, new)
        return [row.number for row in found]

    assert like(subject="社保卡补换") == [first.number]
    assert like(subject="社保卡补换", parties=(Party("李明", "+86 138-0013-8000"),)) == [first.number]
    assert like(matter_id=1) == [first.number]
    assert like() == []  # about something else
    assert like(subject="社保卡补换", parties=(Party("张建国", "13900139000"),)) == []
    assert like(subject="社保卡补换", parties=()) == []
    assert like(subject="社保卡补换", case_id=first.entry_id) == []
    assert like(subject="社保卡补换", received_at=yesterday) == ["20261122-001"]
    again = visit("社保卡补换", parties=(CALLER,), matter_id=1)
    assert [row.number for row in desk.ask(cases.duplicates, again)] == [first.number]
