"""Corrections as they are typed: FIELD=VALUE."""

from __future__ import annotations

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from reception.cli import fields
from reception.errors import InputError
from reception.facts import (
    Act,
    Catalogue,
    Category,
    DepartmentFact,
    Details,
    MatterFact,
    Party,
    Sex,
    Site,
    Urgency,
)

ZONE, TODAY = ZoneInfo("Asia/Shanghai"), dt.date(2026, 11, 22)
CATALOGUE = Catalogue(
    site=Site("u", "某局", "Asia/Shanghai", "zh_CN", "", "hrss"),
    desk="",
    operator="王芳",
    departments=(DepartmentFact(7, "JC", "劳动保障监察大队"),),
    matters=(MatterFact(9, "拖欠工资"),),
    operators=("王芳",),
)


def _changes(*typed: str, persons: tuple[Party, ...] = ()) -> dict[str, object]:
    return fields.changes(fields.split(typed), persons, CATALOGUE, ZONE, TODAY)


def test_each_kind_of_field_is_read_as_what_it_is() -> None:
    assert _changes(
        "subject=a=b",
        "party=3",
        "matter=拖欠工资",
        "department=jc",
        "category=complaint",
        "act=answered",
        "left_at=10:00",
        "urgency=urgent",
        "people_concerned=12",
        "evidence=no",
        "callback_wanted=yes",
        "plate=京A12345",
    ) == {
        "subject": "a=b",
        "party_size": 3,
        "matter_id": 9,
        "department_id": 7,
        "category": Category.COMPLAINT,
        "act": Act.ANSWERED,
        "left_at": dt.datetime(2026, 11, 22, 2, 0, tzinfo=dt.UTC),
        "urgency": Urgency.URGENT,
        "people_concerned": 12,
        "evidence": False,
        "callback_wanted": True,
        "plate": "京A12345",
    }


def test_an_empty_value_takes_the_old_one_away() -> None:
    assert _changes("category=", "left_at=", "department=", "matter=", "evidence=", "outcome=") == {
        "category": None,
        "left_at": None,
        "department_id": None,
        "matter_id": None,
        "evidence": None,
        "outcome": "",
    }


def test_correcting_a_person_keeps_what_else_is_known_of_them_and_of_the_others() -> None:
    persons = (
        Party(name="张三", phone="13800000000", document_number="110101199001011237"),
        Party(name="李四"),
    )
    assert _changes("name=张珊", "sex=female", persons=persons) == {
        "parties": (dataclasses.replace(persons[0], name="张珊", sex=Sex.FEMALE), persons[1])
    }
    assert _changes("phone=110") == {"parties": (Party(phone="110"),)}


def test_every_rarely_used_field_can_be_corrected() -> None:
    details = {field.name for field in dataclasses.fields(Details)} - {"concerned_id"} | {"concerned"}
    assert details <= set(fields.NAMES)


def test_an_unknown_field_is_answered_with_the_list_and_the_nearest() -> None:
    with pytest.raises(InputError, match=r"Did you mean 'subject'.*received_at"):
        fields.split(["subjet=x"])
    with pytest.raises(InputError, match="The fields are: name, phone"):
        fields.split(["zzz=x"])


@pytest.mark.parametrize("typed", ["number=1", "uid=x", "kind=visit", "status=void", "operator=王芳"])
def test_what_a_correction_cannot_change_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="cannot be corrected"):
        fields.split([typed])


def test_a_field_without_value_or_given_twice_is_refused() -> None:
    with pytest.raises(InputError, match="FIELD=VALUE"):
        fields.split(["subject"])
    with pytest.raises(InputError, match="twice"):
        fields.split(["subject=a", "Subject=b"])


@pytest.mark.parametrize(
    "typed",
    [
        "party=",
        "party=-x",
        "category=gossip",
        "department=XX",
        "matter=没有",
        "left_at=2026-02-30T10:00",
        "urgency=",
        "evidence=maybe",
        "sex=other",
        "callback_wanted=",
    ],
)
def test_a_value_that_cannot_be_read_names_its_field(typed: str) -> None:
    with pytest.raises(InputError) as caught:
        _changes(typed)
    assert caught.value.field is not None
