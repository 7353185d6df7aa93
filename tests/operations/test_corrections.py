"""Corrections: old values stay in the trail, and two who correct the same entry notice each other."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import ConflictError, InputError, StateError
from reception.facts import (
    Act,
    CallResult,
    Category,
    Details,
    EntryStatus,
    NewReferral,
    Party,
    Receipt,
    Sex,
    Source,
    Urgency,
    Visits,
)
from reception.operations import corrections, directory, entries, reading, referrals
from reception.store import check
from tests.factories import (
    NOW,
    OpenDesk,
    add,
    as_told,
    call,
    changed,
    department,
    new_uid,
    overlap,
    part,
    person,
    row,
    visit,
)


def _correct(desk: Desk, entry_id: int, version: int | None = None, **changes: Any) -> Receipt:
    return desk.do(entries.correct, entry_id, changes, version=version, uid=new_uid())


def test_every_field_can_be_corrected(desk: Desk) -> None:
    catalogue = desk.ask(directory.catalogue)
    entry = add(desk).entry_id
    details = {
        "source": Source.HOTLINE,
        "source_number": "202611220001234567",
        "concerned_id": department(desk, "GS"),
        "urgency": Urgency.URGENT,
        "visits": Visits.FIRST,
        "complained_about": "某公司",
        "people_concerned": 3,
        "amount": "一万元",
        "since": "上月",
        "evidence": True,
        "papers": "欠条",
        "identity_protected": True,
        "wanted": "李科长",
        "plate": "京A·12345",
        "read_back": False,
        "callback_wanted": True,
    }
    party = Party("张建国", "13800138000", "某村", Sex.MALE, "居民身份证", "11010519491231002X")
    changes: dict[str, Any] = {
        "subject": "改后的事由",
        "request": "改后的诉求",
        "outcome": "改后的处理",
        "category": Category.PETITION,
        "party_size": 4,
        "matter_id": catalogue.matters[0].id,
        "department_id": department(desk, "JC"),
        "act": Act.POINTED,
        "received_at": NOW - dt.timedelta(minutes=9),
        "waiting_since": NOW - dt.timedelta(minutes=8),
        "seen_at": NOW - dt.timedelta(minutes=7),
        "left_at": NOW - dt.timedelta(minutes=6),
        "parties": (party,),
        **details,
    }
    assert set(changes) == corrections.CORRECTABLE - {"call_result"}
    _correct(desk, entry, **changes)
    view = desk.ask(reading.entry, entry)
    assert view.details == Details(**{**details, "plate": "京A12345"})  # type: ignore[arg-type]
    assert as_told(desk.ask(reading.parties, entry)) == (party,)
    for name in ("subject", "request", "outcome", "category", "party_size", "act", "received_at"):
        assert getattr(view.row, name) == changes[name]
    for name in ("waiting_since", "seen_at", "left_at"):
        assert getattr(view.row, name) == changes[name]
    assert (view.matter_id, view.department_id) == (changes["matter_id"], changes["department_id"])
    assert (view.row.status, view.row.version) == (EntryStatus.FINISHED, 2)
    check.run(desk)


def test_the_trail_keeps_what_stood_there_before(desk: Desk) -> None:
    entry = add(desk, visit("原来的事", parties=(person("张健国", phone="139"),))).entry_id
    jc, xf = department(desk, "JC"), department(desk, "XF")
    _correct(desk, entry, subject="后来的事", department_id=jc, parties=(person("张建国", phone="139"),))
    _correct(desk, entry, department_id=xf)
    _, first, second = desk.ask(reading.entry, entry).trail
    assert set(first.changes) == {
        ("subject", "原来的事", "后来的事"),
        ("department_id", "", "劳动保障监察大队"),
        ("name", "张健国", "张建国"),
    }
    assert second.changes == (("department_id", "劳动保障监察大队", "信访室"),)
    assert (first.verb, first.at) == ("correct", NOW)


def test_nothing_changed_writes_nothing(desk: Desk) -> None:
    entry = add(desk, visit(parties=(person(),))).entry_id
    receipt = _correct(desk, entry, subject=" 社保卡补换 ", parties=(person(),), category=None)
    assert receipt.version == 1
    assert len(desk.ask(reading.entry, entry).trail) == 1


def test_representatives_come_and_go(desk: Desk) -> None:
    entry = add(desk, visit(parties=(person("甲"), person("乙"), person("丙")))).entry_id
    _correct(desk, entry, parties=(person("甲", phone="139"), person("丙"), person("丁"), person("戊")))
    view = desk.ask(reading.entry, entry)
    assert [one.name for one in view.parties] == ["甲", "丙", "丁", "戊"]
    assert view.row.party_size == 4
    _correct(desk, entry, parties=(person("甲", phone="139"),), party_size=2)
    view = desk.ask(reading.entry, entry)
    assert [one.name for one in view.parties] == ["甲"]
    assert view.row.party_size == 2
    gone = {(name, old) for name, old, new in view.trail[-1].changes if not new}
    assert {("party.name", "丙"), ("party.name", "丁"), ("party.name", "戊")} <= gone
    _correct(desk, entry, parties=())
    assert desk.ask(reading.entry, entry).parties == ()
    _correct(desk, entry, parties=(person("己"),))
    check.run(desk)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subject": " \u200b"}, "subject"),
        ({"subject": "字" * 10_001}, "subject"),
        ({"wanted": "字" * 201}, "wanted"),
        ({"party_size": -1}, "party_size"),
        ({"category": Category.NOTICE}, "category"),
        ({"category": "nonsense"}, "category"),
        ({"urgency": "nonsense"}, "urgency"),
        ({"visits": Visits.FIRST}, "visits"),
        ({"act": Act.PUT_THROUGH}, "call_result"),
        ({"act": "nonsense"}, "act"),
        ({"act": Act.REFERRED}, "act"),
        ({"call_result": CallResult.BUSY}, "call_result"),
        ({"received_at": None}, "received_at"),
        ({"received_at": NOW + dt.timedelta(minutes=6)}, "received_at"),
        ({"received_at": dt.datetime(1, 1, 1, tzinfo=dt.UTC)}, "received_at"),
        ({"left_at": NOW - dt.timedelta(minutes=1)}, "left_at"),
        ({"parties": tuple(person(str(n)) for n in range(7))}, "parties"),
        ({"number": 7}, "number"),
        ({"status": "finished"}, "status"),
        ({"uid": "x"}, "uid"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    file_register: str, open_desk: OpenDesk, changes: dict[str, Any], field: str
) -> None:
    desk = open_desk(file_register)
    entry = add(desk).entry_id
    before = desk.ask(reading.entry, entry)
    with pytest.raises(InputError) as refused:
        _correct(desk, entry, request="不该留下", **changes)
    assert refused.value.field == field
    assert desk.ask(reading.entry, entry) == before
    check.run(desk)


def test_a_call_does_not_get_a_visitors_fields(desk: Desk) -> None:
    entry = add(desk, call()).entry_id
    values: dict[str, Any] = {"left_at": NOW, "waiting_since": NOW, "seen_at": NOW, "plate": "京A12345"}
    for name, value in values.items():
        with pytest.raises(InputError) as refused:
            _correct(desk, entry, **{name: value})
        assert refused.value.field == name


def test_correcting_the_act_says_anew_whether_it_is_finished(desk: Desk) -> None:
    entry = add(desk, call(act=Act.ANSWERED, department_id=department(desk, "SBK"))).entry_id
    _correct(desk, entry, act=Act.PUT_THROUGH, call_result=CallResult.NO_ANSWER)
    assert row(desk, entry).status is EntryStatus.OPEN
    _correct(desk, entry, call_result=CallResult.CONNECTED)
    assert row(desk, entry).status is EntryStatus.FINISHED
    _correct(desk, entry, act=None)
    found = row(desk, entry)
    assert (found.act, found.call_result, found.status) == (None, None, EntryStatus.OPEN)


def test_what_is_no_petition_any_more_has_no_first_or_repeat_visit(desk: Desk) -> None:
    entry = add(desk, visit(category=Category.PETITION, details=Details(visits=Visits.FIRST))).entry_id
    _correct(desk, entry, category=Category.ENQUIRY)
    view = desk.ask(reading.entry, entry)
    assert (view.row.category, view.details.visits) == (Category.ENQUIRY, None)


def test_a_referred_entry_stands_where_its_referral_went(desk: Desk) -> None:
    entry = add(desk, visit(referral=NewReferral(department(desk, "JC")))).entry_id
    wrong: list[dict[str, Any]] = [
        {"act": Act.ANSWERED},
        {"act": None},
        {"department_id": department(desk, "XF")},
    ]
    for changes in wrong:
        with pytest.raises(StateError):
            _correct(desk, entry, **changes)
    _correct(desk, entry, subject="改", department_id=department(desk, "JC"), act=Act.REFERRED)
    assert row(desk, entry).department == "JC"


def test_two_who_correct_one_field_see_both_values(desk: Desk) -> None:
    entry = add(desk).entry_id
    _correct(desk, entry, 1, subject="先改的", request="也改了")
    with pytest.raises(ConflictError) as conflict:
        _correct(desk, entry, 1, subject="后改的", outcome="我写的")
    assert set(conflict.value.differences) == {("subject", "后改的", "先改的"), ("request", "", "也改了")}
    assert conflict.value.version == 2
    found = row(desk, entry)
    assert (found.subject, found.request, found.outcome) == ("先改的", "也改了", "")
    _correct(desk, entry, conflict.value.version, subject="后改的")
    assert row(desk, entry).subject == "后改的"
    check.run(desk)


def test_persons_that_only_the_other_changed_are_shown(desk: Desk) -> None:
    party = Party("张建国", "13800138000", "某村", Sex.MALE, "居民身份证", "11010519491231002X")
    entry = add(desk, visit(parties=(person("张健国"),))).entry_id
    _correct(desk, entry, 1, parties=(party, person("李静")))
    with pytest.raises(ConflictError) as conflict:
        _correct(desk, entry, 1, subject="后改的")
    shown = {name: (mine, theirs) for name, mine, theirs in conflict.value.differences}
    assert shown["parties"] == ("", "张建国 13800138000 某村 male 居民身份证 ****002X; 李静")
    assert shown["party_size"] == ("", "2")
    with pytest.raises(ConflictError) as conflict:
        _correct(desk, entry, 1, parties=(person("王五"),))
    assert ("parties", "王五", shown["parties"][1]) in conflict.value.differences
    assert "0002X" not in str(conflict.value.differences)


def test_a_document_that_differs_is_a_conflict_although_its_end_looks_alike(desk: Desk) -> None:
    entry = add(desk, visit(parties=(Party("张建国", document_number="11111234"),))).entry_id
    _correct(desk, entry, 1, parties=(Party("张建国", document_number="22221234"),))
    with pytest.raises(ConflictError):
        _correct(desk, entry, 1, parties=(Party("张建国", document_number="33331234"),))


def test_a_conflict_speaks_of_names_and_of_the_sites_time(desk: Desk) -> None:
    matter = desk.ask(directory.catalogue).matters[0]
    entry = add(desk).entry_id
    _correct(
        desk,
        entry,
        1,
        department_id=department(desk, "JC"),
        matter_id=matter.id,
        left_at=NOW,
        callback_wanted=True,
        act=Act.POINTED,
    )
    with pytest.raises(ConflictError) as conflict:
        _correct(desk, entry, 1, department_id=department(desk, "XF"), left_at=NOW + dt.timedelta(minutes=3))
    shown = {name: (mine, theirs) for name, mine, theirs in conflict.value.differences}
    assert shown["department_id"] == ("信访室", "劳动保障监察大队")
    assert shown["matter_id"] == ("", matter.name)
    assert shown["left_at"] == ("2026-11-23 09:45", "2026-11-23 09:42")
    assert shown["callback_wanted"] == ("", "yes")
    assert shown["act"] == ("", "pointed")


def test_acts_and_outcomes_of_others_are_noticed_too(desk: Desk) -> None:
    entry = add(desk).entry_id
    desk.do(entries.act, entry, Act.ANSWERED, outcome="已答复", uid=new_uid())
    with pytest.raises(ConflictError) as conflict:
        _correct(desk, entry, 1, subject="改")
    assert {name: theirs for name, _, theirs in conflict.value.differences} == {
        "act": "answered",
        "outcome": "已答复",
    }


def test_who_means_the_same_is_not_bothered(desk: Desk) -> None:
    entry = add(desk, visit(parties=(person(),))).entry_id
    _correct(desk, entry, 1, subject="改后", parties=(person("李静"),))
    receipt = _correct(desk, entry, 1, subject=" 改后 ", parties=(person("李 静"),))
    assert receipt.version == 2


def test_steps_of_a_referral_are_in_nobodys_way(desk: Desk) -> None:
    receipt = add(desk, visit(referral=NewReferral(department(desk, "JC"))))
    desk.do(referrals.receive, part(desk, f"{receipt.number}/JC"), "钱工", uid=new_uid())
    assert _correct(desk, receipt.entry_id, 1, subject="改").version == 3


def test_without_a_version_whatever_is_there_is_corrected(desk: Desk) -> None:
    entry = add(desk).entry_id
    _correct(desk, entry, 1, subject="先改的")
    _correct(desk, entry, None, subject="后改的")
    assert row(desk, entry).subject == "后改的"


def test_two_desks_that_correct_at_once_notice_each_other(register: str, open_desk: OpenDesk) -> None:
    a, b = open_desk(register, desk="A"), open_desk(register, desk="B")
    entry = add(a, visit(parties=(person(),))).entry_id
    first, second = overlap(
        a,
        lambda session: entries.correct(session, entry, {"subject": "甲台改的"}, version=1, uid=new_uid()),
        b,
        lambda session: entries.correct(
            session, entry, {"subject": "乙台改的", "parties": (person("李静"),)}, version=1, uid=new_uid()
        ),
    )
    assert isinstance(first, Receipt)
    assert isinstance(second, ConflictError)
    assert second.differences == (("subject", "乙台改的", "甲台改的"),)
    assert row(a, entry).name == "张建国"
    check.run(a)


def test_a_correction_reports_private_use_characters(desk: Desk) -> None:
    entry = add(desk).entry_id
    assert _correct(desk, entry, parties=(changed(person(), name="\ue81e"),)).warnings == ("U+E81E",)
