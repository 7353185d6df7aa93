"""Find: by whatever is remembered of an entry, newest first."""

from __future__ import annotations

from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import InputError
from reception.facts import Act, EntryStatus, Kind, NewEntry, Query
from reception.operations import directory, entries, find
from tests.factories import TODAY, Clock, OpenDesk, add, call, department, new_uid, person, visit


def _found(desk: Desk, text: str = "", **filters: Any) -> list[str]:
    return [one.number[-3:] for one in desk.ask(find.entries, Query(text, **filters))]


WORDS = [
    ("拖欠", ["001"]),
    ("工资", ["002", "001"]),
    ("工", ["002", "001"]),
    ("资 张", ["002", "001"]),
    ("张建国 拖欠", ["001"]),
    ("拖欠 拖欠", ["001"]),
    ("监察", ["001"]),
    ("建筑公司", ["002"]),
    ("支付一万", ["002"]),
    ("Office", ["002"]),
    ("oFFICE", ["002"]),
    ("\u3000拖\u200b欠 ", ["001"]),
    ("没有这个", []),
    ("张建国 没有", []),
    ("", ["003", "002", "001"]),
]


def test_words_are_found_wherever_they_stand(desk: Desk) -> None:
    add(desk, visit("拖欠工资", parties=(person("张建国"), person("李代表")), request="请监察"))
    add(
        desk, visit("工资条", parties=(person("张三", organisation="某建筑公司 OFFICE"),), outcome="支付一万")
    )
    add(desk, call("问路"))
    assert {typed: _found(desk, typed) for typed, _ in WORDS} == dict(WORDS)


def test_a_matter_is_found_by_its_name_and_a_representative_by_theirs(desk: Desk) -> None:
    matter = desk.ask(directory.catalogue).matters[0]
    add(desk, visit("别的字样", matter_id=matter.id))
    add(desk, visit(parties=(person("甲"), person("乙代表"))))
    assert _found(desk, matter.name[:2]) == ["001"]
    assert _found(desk, "乙代表") == ["002"]


SIGNS = ['"', "'", "%", "_", "\\", "/", "[", "*", "?", "--", ";", "<b>", "=1+1", "$1", ":a", "{n}"]


def test_signs_are_themselves(desk: Desk) -> None:
    add(desk, visit("没有符号"))
    for number, sign in enumerate(SIGNS, start=2):
        add(desk, visit(f"前{sign}后", parties=(person(f"张{sign}"),)))
        for typed in (sign, f"前{sign}", f"{sign}后", f"张{sign}"):
            assert _found(desk, typed) == [f"{number:03}"], typed
        assert _found(desk, f"后{sign}") == []


STORED = [
    "138 0013 8000",
    "(0571) 8888 8888",
    "0571-88888888转8023",
    "13900139000 / 137-0013-7000",
    "+86 13611112222",
]


TELEPHONES = [
    ("13800138000", ["001"]),
    ("138 0013 8000", ["001"]),
    ("138-0013-8000", ["001"]),
    ("+86 138 0013 8000", ["001"]),
    ("0086-13800138000", ["001"]),
    ("１３８００１３８０００", ["001"]),
    ("0013 80", ["001"]),
    ("8000", ["001"]),
    ("0571 8888", ["003", "002"]),
    ("057188888888", ["003", "002"]),
    ("88888888", ["003", "002"]),
    ("8023", ["003"]),
    ("13700137000", ["004"]),
    ("137 0013 7000", ["004"]),
    ("13611112222", ["005"]),
    ("00137000", ["004"]),
    ("13900139000 13700137000", ["004"]),
    ("39000137", []),  # over the border between two numbers of one field
    ("15000000000", []),
]


def test_a_telephone_is_found_however_it_was_written(desk: Desk) -> None:
    for phone in STORED:
        add(desk, visit("来访", parties=(person("", phone=phone),)))
    assert {typed: _found(desk, typed) for typed, _ in TELEPHONES} == dict(TELEPHONES)


def test_two_digits_are_no_telephone_but_may_stand_in_a_text(desk: Desk) -> None:
    add(desk, visit("305 室", parties=(person(phone="138 0013 8000"),)))
    assert _found(desk, "305") == ["001"]
    assert _found(desk, "05") == ["001"]
    assert _found(desk, "81") == []


def test_a_number_finds_its_entry(register: str, open_desk: OpenDesk) -> None:
    office, b = open_desk(register), open_desk(register, desk="B")
    add(office)
    add(b, visit("另台 20261123-001"))
    assert [one.number for one in office.ask(find.entries, Query(" 20261123-b-001"))] == ["20261123-B-001"]
    assert [one.number for one in office.ask(find.entries, Query("20261123-001"))] == ["20261123-001"]
    assert office.ask(find.entries, Query("20261123-009")) == ()
    assert [one.number for one in office.ask(find.entries, Query("20261123"))] == ["20261123-B-001"]


def test_the_short_number_of_a_list_finds_its_entry(register: str, open_desk: OpenDesk, clock: Clock) -> None:
    office, b = open_desk(register), open_desk(register, desk="B")
    add(office)
    for _ in range(2):
        add(b)
    numbers = {
        "001": ["20261123-B-001", "20261123-001"],
        "b-002": ["20261123-B-002"],
        "1123-002": ["20261123-B-002"],
        "1123-B-001": ["20261123-B-001"],
        "1124-001": [],  # last year's
        "003": [],
    }
    for text, wanted in numbers.items():
        assert [one.number for one in office.ask(find.entries, Query(text))] == wanted, text


def test_filters_narrow_what_is_found(desk: Desk, clock: Clock) -> None:
    sbk = department(desk, "SBK")
    add(desk, visit("一", act=Act.ANSWERED))
    add(desk, call("二", department_id=sbk))
    add(desk, NewEntry(Kind.CALL_OUT, "三", act=Act.POINTED, department_id=sbk))
    struck = add(desk, visit("四"))
    desk.do(entries.void, struck.entry_id, "误登", uid=new_uid())
    clock.go(days=1)
    add(desk, visit("五"))
    assert _found(desk, kind=Kind.VISIT) == ["001", "004", "001"]
    assert _found(desk, status=EntryStatus.VOID) == ["004"]
    assert _found(desk, act=Act.POINTED) == ["003"]
    assert _found(desk, department_id=sbk) == ["003", "002"]
    assert _found(desk, from_day=TODAY + 1) == ["001"]
    assert _found(desk, to_day=TODAY) == ["004", "003", "002", "001"]
    assert _found(desk, from_day=TODAY, to_day=TODAY, kind=Kind.VISIT, text="一") == ["001"]
    assert _found(desk, "一", kind=Kind.CALL_IN) == []


def test_pages_follow_each_other(desk: Desk) -> None:
    for _ in range(5):
        add(desk)
    first = desk.ask(find.entries, Query("社保"), limit=2)
    second = desk.ask(find.entries, Query("社保"), before=first[-1].id, limit=2)
    third = desk.ask(find.entries, Query("社保"), before=second[-1].id, limit=2)
    assert [one.number[-3:] for one in (*first, *second, *third)] == ["005", "004", "003", "002", "001"]


def test_a_whole_page_pasted_by_mistake_is_refused_in_words(desk: Desk) -> None:
    with pytest.raises(InputError) as refused:
        desk.ask(find.entries, Query("字 " * 30_000))
    assert refused.value.field == "text"
    assert desk.ask(find.entries, Query(" ".join("abcdefghijklmnopqrstuvwxyz" * 3))) == ()
