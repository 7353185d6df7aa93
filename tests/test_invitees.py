"""Pasted lists of who is invited: any order, any divider, nobody twice, nothing lost in silence."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.facts.office import NewInvitee
from reception.facts.site import DepartmentFact
from reception.text import LONG, SHORT
from reception.text.invitees import line, of_department, parse

CARD = DepartmentFact(7, "SBK", "社会保障卡中心", phone="8031", officer_a="钱进")
TAX = DepartmentFact(9, "SWJ", "税务局", outside=True, phone="0816-8220200")
GONE = DepartmentFact(8, "OLD", "老科室", active=False)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("王芳\t局长\t13900000001", ("王芳", "局长", "13900000001")),
        ("13900000001，局长，王芳", ("王芳", "局长", "13900000001")),
        ("局长 王芳 13900000001", ("王芳", "局长", "13900000001")),
        ("1. 王　芳 局长 139 0000 0001", ("王芳", "局长", "139 0000 0001")),
        ("3\t县医保局\t王芳\t副局长\t0816-8220001", ("王芳", "县医保局 副局长", "0816-8220001")),
        ("县医保局、办公室主任、８２２０", ("县医保局", "办公室主任", "8220")),
        ("县医院", ("县医院", "", "")),
        ("欧阳建国；电话：0816-8220001", ("欧阳建国", "", "0816-8220001")),
        ("John Smith, Director, +44 20 7946 0000", ("John Smith", "Director", "+44 20 7946 0000")),
        ("Anna Maria Lopez 13900000001", ("Anna Maria Lopez", "", "13900000001")),
        ("阿卜杜拉.买买提,科员,8220001,13900000001", ("阿卜杜拉·买买提", "科员", "8220001 / 13900000001")),
        ("\u200b李明\u00a0主任 8031", ("李明", "主任", "8031")),
    ],
)
def test_each_part_is_known_by_what_it_is(line: str, expected: tuple[str, str, str]) -> None:
    (one,) = parse(line).invitees
    assert (one.name, one.position, one.phone) == expected


def test_departments_and_their_people_come_from_the_directory() -> None:
    found = parse("社会保障卡中心\nsbk 赵丽\n老科室\nsbk\n钱进\n王芳，税务局，科长", (CARD, GONE, TAX))
    assert found.invitees == (
        of_department(CARD),
        NewInvitee("赵丽", "社会保障卡中心", "8031"),
        NewInvitee("老科室", "", ""),
        NewInvitee("钱进", "社会保障卡中心", "8031"),
        NewInvitee("王芳", "税务局 科长", "0816-8220200"),
    )
    assert found.twice == ("社会保障卡中心",)
    assert parse("各科室\nSWJ", (CARD, GONE, TAX)).invitees == (of_department(CARD), of_department(TAX))


def test_heads_are_left_out_and_who_stands_twice_is_pointed_out() -> None:
    rows = ("序号\t姓名\t职务\t联系电话", "1\t王芳\t局长\t13900000001", "2\t王芳\t\t139-0000-0001")
    text = "\r\n".join((*rows, "3\t李明\t\t13900000001", ""))
    found = parse(text)
    assert [one.name for one in found.invitees] == ["王芳", "李明"]
    assert (found.twice, found.shared, found.odd) == (("王芳",), ("王芳, 李明",), ())
    assert parse("李明 13900000001", known=found.invitees).invitees == ()


def test_what_names_nobody_is_told_line_by_line() -> None:
    assert parse("13900000001\n王芳\t1.39E+10\n\n 李明").odd == ("13900000001", "王芳 1.39E+10")


@given(st.text(max_size=400))
def test_any_text_is_read_and_no_line_vanishes_in_silence(text: str) -> None:
    found = parse(text, (CARD,))
    for one in found.invitees:
        assert one.name
        assert max(map(len, (one.name, one.position, one.phone))) <= SHORT
    again = parse(
        "\n".join("\t".join((one.name, one.position, one.phone)) for one in found.invitees), (CARD,)
    )
    assert len(again.invitees) + len(again.twice) + len(again.odd) <= len(found.invitees)


@pytest.mark.parametrize("word", ["1 ", "12 34 ", "ab ", "王 ", "王，", "王芳\n"])
def test_the_longest_text_is_read_while_somebody_types(word: str) -> None:
    text = word * (LONG // len(word))
    begun = time.process_time()
    parse(text, (CARD,))
    assert time.process_time() - begun < 3  # not with the square of the length


NAMES = st.sampled_from(["王芳", "李明", "欧阳建国", "赵丽", "钱进"])
POSITIONS = st.sampled_from(["", "局长", "科员", "办公室主任", "副经理"])
PHONES = st.sampled_from(["", "13900000001", "0816-8220001", "8031", "+8613900000002"])


@given(st.permutations(range(3)), NAMES, POSITIONS, PHONES, st.sampled_from("\t,，、;；"))
def test_the_order_does_not_matter(
    order: list[int], name: str, position: str, phone: str, divider: str
) -> None:
    cells = (name, position, phone)
    (one,) = parse(divider.join(cells[place] for place in order)).invitees
    assert (one.name, one.position, one.phone) == cells


@pytest.mark.parametrize(
    "one",
    [
        NewInvitee("王芳", "县医保局", "13900000001"),
        NewInvitee("陈科长", "省厅办公室", ""),  # in any other order the unit would be the name
        NewInvitee("县医院", "某镇 · 二楼", "0816-8220001转23"),
        NewInvitee("钱进", "", "13900000009"),  # another than the officer's
        NewInvitee("孙敏"),
    ],
)
def test_who_is_taken_from_the_register_is_read_as_they_were_written(one: NewInvitee) -> None:
    assert parse(line(one), (CARD,)).invitees == (one,)
    assert parse(line(one), known=(one,)).twice == (one.name,)
