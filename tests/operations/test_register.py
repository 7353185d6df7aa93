"""Registering: every field comes back as it was meant, and what cannot be is refused beside its field."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reception import text
from reception.desk import Desk
from reception.errors import InputError
from reception.facts import (
    CALL_CATEGORIES,
    CONTACTS,
    VISIT_CATEGORIES,
    Act,
    CallResult,
    Category,
    Details,
    EntryStatus,
    Kind,
    NewEntry,
    NewReferral,
    Party,
    ReferralStatus,
    Sex,
    Urgency,
    Visits,
)
from reception.operations import directory, reading
from reception.store import check
from tests.factories import (
    CLERK,
    NOW,
    TODAY,
    OpenDesk,
    add,
    as_told,
    changed,
    department,
    person,
    row,
    told_numbers,
    visit,
)

GROUP = tuple(person(f"代表{n}", phone=f"1380000000{n}") for n in range(6))


def _minutes(count: float) -> dt.datetime:
    return NOW + dt.timedelta(minutes=count)


def test_every_field_comes_back(desk: Desk) -> None:
    matter = next(one for one in desk.ask(directory.catalogue).matters if one.department_id)
    details = Details(
        urgency=Urgency.CRITICAL,
        visits=Visits.REPEAT,
        complained_about="某建筑公司",
        people_concerned=12,
        amount="36万元",
        since="2025年3月起",
        evidence=False,
        papers="工资条 3 份",
        identity_protected=True,
        wanted="李科长",
        plate="京A12345",
        read_back=True,
        callback_wanted=True,
    )
    parties = (
        Party("张建国", "13800138000", "某村三组", Sex.MALE, "居民身份证", "11010519491231002X"),
        Party("", "0571-88888888转8023"),
        Party("古丽·买买提", "", "某县某镇", Sex.FEMALE),
    )
    new = NewEntry(
        Kind.VISIT,
        "拖欠工资\n要求支付",
        matter_id=matter.id,
        request="请依法处理",
        outcome="已告知程序",
        category=Category.PETITION,
        parties=parties,
        party_size=5,
        department_id=department(desk, "JC"),
        act=Act.ANSWERED,
        received_at=_minutes(-30),
        late=True,
        waiting_since=_minutes(-29),
        seen_at=_minutes(-20),
        left_at=_minutes(-1),
        details=details,
    )
    receipt = add(desk, new)
    view = desk.ask(reading.entry, receipt.entry_id)
    found = view.row
    assert (receipt.day, receipt.version, receipt.warnings) == (TODAY, 1, ())
    assert (found.uid, found.number, found.kind) == (str(new.uid), receipt.number, Kind.VISIT)
    assert (found.day, found.sequence, found.desk, found.operator) == (TODAY, 1, "", CLERK)
    assert (found.subject, found.request, found.outcome) == (new.subject, new.request, new.outcome)
    assert (found.matter, view.matter_id) == (matter.name, matter.id)
    assert (found.department, view.department_id) == ("JC", new.department_id)
    assert found.department_name == "劳动保障监察大队"
    assert (found.category, found.act, found.call_result) == (Category.PETITION, Act.ANSWERED, None)
    assert (found.status, found.referral_status) == (EntryStatus.FINISHED, None)
    assert (found.received_at, found.late) == (new.received_at, True)
    assert (found.waiting_since, found.seen_at, found.left_at) == (
        new.waiting_since,
        new.seen_at,
        new.left_at,
    )
    assert (found.party_size, found.name, found.phone) == (5, "张建国", "13800138000")
    assert (found.organisation, found.urgency) == ("某村三组", Urgency.CRITICAL)
    assert (found.identity_protected, found.callback_wanted) == (True, True)
    assert (found.void_reason, found.version) == ("", 1)
    assert view.details == details
    assert as_told(view.parties) == (changed(parties[0], document_number="****002X"), *parties[1:])
    assert as_told(desk.ask(reading.parties, receipt.entry_id)) == parties
    assert view.referrals == ()
    assert [(line.verb, line.operator, line.at) for line in view.trail] == [("register", CLERK, NOW)]
    shown = {name: (old, value) for name, old, value in view.trail[0].changes}
    assert shown["subject"] == ("", new.subject)
    assert shown["department_id"] == ("", "劳动保障监察大队")
    assert shown["document_number"] == ("", "****002X")
    assert "11010519491231002X" not in str(view)
    check.run(desk)


def test_a_stranger_on_the_way_costs_nothing_but_a_subject(desk: Desk) -> None:
    found = row(desk, add(desk, visit("问路")).entry_id)
    assert (found.name, found.phone, found.party_size, found.status) == ("", "", 1, EntryStatus.OPEN)
    assert desk.ask(reading.entry, found.id).parties == ()


def test_a_matter_alone_is_its_own_subject(desk: Desk) -> None:
    matter = desk.ask(directory.catalogue).matters[0]
    assert row(desk, add(desk, visit("", matter_id=matter.id)).entry_id).subject == matter.name


def test_what_was_typed_is_cleaned(desk: Desk) -> None:
    new = visit(
        "\ufeff 工\u200b伤认定 \r\n\t二楼 ",
        request="<b>=1+1</b>\u202e",
        parties=(
            Party(" 王\u3000芳 ", "１３８\u00a00013 8000", "某\t村", document_number="110105 19491231 002x"),
        ),
        details=Details(plate=" 京a·12345", wanted="\u2067李科长"),
    )
    view = desk.ask(reading.entry, add(desk, new).entry_id)
    assert (view.row.subject, view.row.request) == ("工伤认定\n 二楼", "<b>=1+1</b>")
    assert (view.row.name, view.row.phone, view.row.organisation) == ("王芳", "138 0013 8000", "某 村")
    assert (view.details.plate, view.details.wanted) == ("京A12345", "李科长")
    assert desk.ask(reading.parties, view.row.id)[0].document_number == "11010519491231002X"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(subject=st.text(max_size=60), name=st.text(max_size=30), phone=st.text(max_size=30))
def test_whatever_is_pasted_is_kept_clean_or_refused(desk: Desk, subject: str, name: str, phone: str) -> None:
    new = visit(subject, parties=(Party(name, phone),))
    if not text.clean_text(subject):
        with pytest.raises(InputError) as refused:
            add(desk, new)
        assert refused.value.field == "subject"
        return
    found = row(desk, add(desk, new).entry_id)
    assert found.subject == text.clean_text(subject)
    assert (found.name, found.phone) == (text.clean_name(name), text.clean_phone(phone))


def test_private_use_characters_are_kept_and_reported_once(desk: Desk) -> None:
    receipt = add(desk, visit("\ue81e字", request="\ue81e", parties=(Party("王\U000f1234"),)))
    assert set(receipt.warnings) == {"U+E81E", "U+F1234"}
    assert len(receipt.warnings) == 2
    assert row(desk, receipt.entry_id).name == "王\U000f1234"


def test_a_long_text_is_measured_in_characters(desk: Desk) -> None:
    astral = "𬱖" * 10_000  # twice as many UTF-16 units, four times as many bytes
    for field in ("subject", "request", "outcome"):
        receipt = add(desk, changed(visit(), **{field: astral}))
        assert getattr(row(desk, receipt.entry_id), field) == astral
        with pytest.raises(InputError) as refused:
            add(desk, changed(visit(), **{field: astral + "字"}))
        assert refused.value.field == field
        assert (refused.value.values["length"], refused.value.values["limit"]) == (10_001, 10_000)


SHORT_PARTY = ["name", "phone", "organisation", "document_type", "document_number"]
SHORT_DETAILS = ["complained_about", "amount", "since", "papers", "wanted", "plate"]


def test_every_other_text_holds_200_characters(desk: Desk) -> None:
    def new(field: str, value: str) -> NewEntry:
        if field in SHORT_PARTY:
            return visit(parties=(changed(Party(), **{field: value}),))
        return visit(details=changed(Details(), **{field: value}))

    for field in (*SHORT_PARTY, *SHORT_DETAILS):
        view = desk.ask(reading.entry, add(desk, new(field, "𬱖" * 200)).entry_id)
        kept = desk.ask(reading.parties, view.row.id)[0] if field in SHORT_PARTY else view.details
        assert getattr(kept, field) == "𬱖" * 200
        with pytest.raises(InputError) as refused:
            add(desk, new(field, "𬱖" * 201))
        assert refused.value.field == field


def test_spaces_at_the_ends_are_not_counted(desk: Desk) -> None:
    assert row(desk, add(desk, visit(" " * 50 + "字" * 10_000 + "\n" * 50)).entry_id).subject == "字" * 10_000


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"subject": ""}, "subject"),
    ({"subject": "\u200b \u3000"}, "subject"),
    ({"party_size": 0}, "party_size"),
    ({"party_size": -1}, "party_size"),
    ({"party_size": 100_000}, "party_size"),
    ({"category": Category.NOTICE}, "category"),
    ({"parties": (*GROUP, person("第七人"))}, "parties"),
    ({"parties": (Party(document_number="1.10105E+17"),)}, "document_number"),
    ({"parties": (Party("a"), Party(document_number="1.1E+17"))}, "parties.1.document_number"),
    ({"received_at": _minutes(6)}, "received_at"),
    ({"received_at": dt.datetime(1, 1, 1, tzinfo=dt.UTC)}, "received_at"),
    ({"left_at": _minutes(-1)}, "left_at"),
    ({"left_at": _minutes(6)}, "left_at"),
    ({"seen_at": _minutes(-1)}, "seen_at"),
    ({"waiting_since": _minutes(-1)}, "waiting_since"),
    ({"act": Act.REFERRED}, "department_id"),
    ({"act": Act.PUT_THROUGH}, "call_result"),
    ({"act": Act.PUT_THROUGH, "call_result": CallResult.BUSY}, "department_id"),
    ({"act": Act.ANSWERED, "call_result": CallResult.CONNECTED}, "call_result"),
    ({"call_result": CallResult.BUSY}, "call_result"),
    ({"details": Details(visits=Visits.FIRST)}, "visits"),
    ({"category": Category.COMPLAINT, "details": Details(visits=Visits.FIRST)}, "visits"),
    ({"details": Details(people_concerned=-1)}, "people_concerned"),
    ({"details": Details(people_concerned=10_000_000)}, "people_concerned"),
    ({"kind": Kind.CALL_IN, "waiting_since": NOW}, "waiting_since"),
    ({"kind": Kind.CALL_OUT, "left_at": NOW}, "left_at"),
    ({"kind": Kind.CALL_IN, "details": Details(plate="京A12345")}, "plate"),
    ({"kind": Kind.CALL_IN, "category": Category.DELIVERY}, "category"),
]


@pytest.mark.parametrize(("fields", "field"), REFUSED)
def test_what_cannot_be_is_refused_beside_its_field(
    file_register: str, open_desk: OpenDesk, fields: dict[str, Any], field: str
) -> None:
    desk = open_desk(file_register)
    with pytest.raises(InputError) as refused:
        add(desk, changed(visit(), **fields))
    assert refused.value.field == field
    assert "{" not in str(refused.value)
    assert told_numbers(desk) == []
    check.run(desk)


def test_a_second_act_beside_a_referral_is_refused(desk: Desk) -> None:
    referral = NewReferral(department(desk, "JC"))
    for fields, field in (({"act": Act.ANSWERED}, "act"), ({"call_result": CallResult.BUSY}, "call_result")):
        with pytest.raises(InputError) as refused:
            add(desk, changed(visit(referral=referral), **fields))
        assert refused.value.field == field


def test_minutes_are_what_is_typed_so_leaving_in_the_minute_of_arrival_is_no_lie(desk: Desk) -> None:
    arrival = NOW.replace(second=40)
    receipt = add(desk, visit(received_at=arrival, left_at=arrival.replace(second=0)))
    assert row(desk, receipt.entry_id).left_at == NOW.replace(second=0)


@pytest.mark.parametrize("kind", CONTACTS)
def test_every_category_goes_with_its_kind_only(file_register: str, open_desk: OpenDesk, kind: Kind) -> None:
    desk = open_desk(file_register)
    fitting = VISIT_CATEGORIES if kind is Kind.VISIT else CALL_CATEGORIES
    for category in Category:
        new = NewEntry(kind, "事由", category=category)
        if category in fitting:
            assert row(desk, add(desk, new).entry_id).category is category
        else:
            with pytest.raises(InputError, match=category.value):
                add(desk, new)


STATUS = [
    (None, None, EntryStatus.OPEN),
    (Act.ANSWERED, None, EntryStatus.FINISHED),
    (Act.POINTED, None, EntryStatus.FINISHED),
    (Act.PUT_THROUGH, CallResult.CONNECTED, EntryStatus.FINISHED),
    (Act.PUT_THROUGH, CallResult.NO_ANSWER, EntryStatus.OPEN),
    (Act.PUT_THROUGH, CallResult.BUSY, EntryStatus.OPEN),
]


def test_what_the_clerk_did_says_whether_it_is_finished(desk: Desk) -> None:
    sbk = department(desk, "SBK")
    for act, result, status in STATUS:
        new = NewEntry(Kind.CALL_IN, "找人", act=act, call_result=result, department_id=sbk)
        found = row(desk, add(desk, new).entry_id)
        assert (found.act, found.call_result, found.status, found.department) == (act, result, status, "SBK")


def test_a_call_is_put_through_to_a_person_without_a_department(desk: Desk) -> None:
    new = NewEntry(
        Kind.CALL_IN,
        "找人",
        act=Act.PUT_THROUGH,
        call_result=CallResult.CONNECTED,
        details=Details(wanted="李科长"),
    )
    assert row(desk, add(desk, new).entry_id).status is EntryStatus.FINISHED


def test_pointing_goes_to_an_organisation_outside_too(desk: Desk) -> None:
    outside = next(one for one in desk.ask(directory.catalogue).departments if one.outside)
    found = row(desk, add(desk, visit(act=Act.POINTED, department_id=outside.id)).entry_id)
    assert (found.department, found.status) == (outside.code, EntryStatus.FINISHED)


def test_referring_at_once_makes_the_referral_in_the_same_act(desk: Desk) -> None:
    jc, xf = department(desk, "JC"), department(desk, "XF")
    receipt = add(desk, visit(referral=NewReferral(jc, (xf,), " 请核实 ", told_whom="赵队")))
    view = desk.ask(reading.entry, receipt.entry_id)
    assert (view.row.act, view.row.status, view.row.department) == (Act.REFERRED, EntryStatus.OPEN, "JC")
    assert view.row.referral_status is ReferralStatus.OPEN
    (referral,) = view.referrals
    assert (referral.instruction, referral.created_at) == ("请核实", NOW)
    lead, assisting = referral.parts
    assert (lead.name, lead.told_whom, lead.told_at) == (f"{receipt.number}/JC", "赵队", NOW)
    assert (assisting.name, assisting.told_whom, assisting.told_at) == (f"{receipt.number}/XF", "", None)
    assert len(view.trail) == 1
    check.run(desk)


def test_a_group_is_heard_through_six_and_counted_whole(desk: Desk) -> None:
    found = desk.ask(reading.entry, add(desk, visit(parties=GROUP, party_size=2)).entry_id)
    assert as_told(found.parties) == GROUP
    assert found.row.party_size == 6
    assert row(desk, add(desk, visit(parties=GROUP, party_size=30)).entry_id).party_size == 30


def test_empty_lines_of_the_form_are_nobody(desk: Desk) -> None:
    parties = (Party("张建国"), Party(" ", "\u200b"), Party("李静"))
    found = desk.ask(reading.entry, add(desk, visit(parties=parties)).entry_id)
    assert [one.name for one in found.parties] == ["张建国", "李静"]
    assert desk.ask(reading.entry, add(desk, visit(parties=(Party(), Party()))).entry_id).parties == ()
    unknown = desk.ask(reading.entry, add(desk, visit(parties=(Party(), Party("李静")))).entry_id)
    assert [one.name for one in unknown.parties] == ["", "李静"]
    check.run(desk)


def test_the_same_uid_is_the_same_entry_whatever_else_was_typed(desk: Desk) -> None:
    new = visit()
    receipt = add(desk, new)
    assert add(desk, new) == receipt
    again = add(desk, changed(new, subject="另一件事", parties=(person(),)))
    assert (again.entry_id, again.number) == (receipt.entry_id, receipt.number)
    assert row(desk, receipt.entry_id).subject == new.subject
    assert told_numbers(desk) == [receipt.number]
