"""What is typed is read exactly, or refused with the field that it belongs to."""

from __future__ import annotations

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest

from reception.cli import read
from reception.errors import InputError, NotFoundError
from reception.facts import Category, DepartmentFact, Kind, MatterFact

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
TODAY = dt.date(2026, 11, 22)
DEPARTMENTS = (
    DepartmentFact(1, "JC", "劳动保障监察大队", pinyin="laodongbaozhangjianchadadui", initials="ldbzjcdd"),
    DepartmentFact(2, "SBK", "信息中心(社会保障卡)", pinyin="xinxizhongxin", initials="xxzx"),
    DepartmentFact(3, "OLD", "撤销的科室", active=False),
)
MATTERS = (
    MatterFact(1, "社保卡补换", keywords="丢卡 挂失", department_id=2, initials="sbkbh"),
    MatterFact(2, "社保卡申领", keywords="新卡", department_id=2, initials="sbksl"),
    MatterFact(3, "拖欠工资", keywords="欠薪 讨薪", department_id=1, initials="tqgz"),
)


def _utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T09:30", _utc(2026, 11, 22, 1, 30)),
        ("2026-11-22 09:30:15", _utc(2026, 11, 22, 1, 30, 15)),
        ("2026-11-22t09:30z", _utc(2026, 11, 22, 9, 30)),
        ("2026-11-22T09:30+02:00", _utc(2026, 11, 22, 7, 30)),
        ("2026-11-22T09:30:00,5-0500", _utc(2026, 11, 22, 14, 30, 0, 500_000)),
        ("09:30", _utc(2026, 11, 22, 1, 30)),
    ],
)
def test_a_time_without_an_offset_is_the_sites(text: str, moment: dt.datetime) -> None:
    assert read.instant(text, SHANGHAI, TODAY) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-11-22",
        "2026-02-30T09:00",
        "2026-13-01T09:00",
        "2026-11-22T25:00",
        "2026-11-22T09:61",
        "2026-11-22T09:30+99:00",
        "0001-01-01T00:00",
        "9999-12-31T23:59-12:00",
        "22.11.2026 09:30",
    ],
)
def test_a_time_that_is_none_is_refused_beside_its_field(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read.instant(text, SHANGHAI, TODAY, "left_at")
    assert caught.value.field == "left_at"


def test_a_time_that_the_clocks_skipped_is_refused_and_one_that_came_twice_is_taken() -> None:
    with pytest.raises(InputError):
        read.instant("2026-03-29T02:30", BERLIN, TODAY)
    assert read.instant("2026-10-25T02:30", BERLIN, TODAY) == _utc(2026, 10, 25, 0, 30)


def test_a_day_is_read_in_both_spellings() -> None:
    assert read.day("2026-11-22") == read.day("20261122") == 20261122


@pytest.mark.parametrize(
    "text", ["", "2026-02-30", "2026-1-2", "22/11/2026", "2026-W47-7", "20261322", "today"]
)
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read.day(text)


@pytest.mark.parametrize(
    "text",
    ["", "1234", "123e4567-e89b-42d3-a456-42661417400", "{123e4567-e89b-42d3-a456-426614174000}", "zz" * 16],
)
def test_a_malformed_uid_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read.uid(text)
    assert caught.value.field == "uid"


def test_a_uid_is_read_in_any_case_and_made_when_none_is_given() -> None:
    known = uuid.UUID("123e4567-e89b-42d3-a456-426614174000")
    assert read.uid("123E4567-E89B-42D3-A456-426614174000") == known
    assert read.uid("123e4567e89b42d3a456426614174000") == known
    assert read.uid(None) != read.uid(None)


@pytest.mark.parametrize("text", ["", "two", "1.5", "1_0", "9" * 40, "0x10"])
def test_a_number_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read.whole(text, "party_size")


def test_words_are_read_in_any_case_and_unknown_ones_answered_with_the_list() -> None:
    assert read.word("Visit", Kind, "kind") is Kind.VISIT
    with pytest.raises(InputError, match="enquiry, business, official") as caught:
        read.word("gossip", Category, "category")
    assert caught.value.field == "category"


def test_a_department_is_found_by_its_code_in_any_case() -> None:
    assert read.department("jc", DEPARTMENTS) == read.department(" JC\u200b", DEPARTMENTS) == 1


@pytest.mark.parametrize(
    ("text", "similar"),
    [("SB", "SBK 信息中心"), ("监察", "JC 劳动保障监察大队"), ("ldbz", "JC 劳动保障监察大队")],
)
def test_an_unknown_department_is_answered_with_similar_ones(text: str, similar: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        read.department(text, DEPARTMENTS)
    assert similar in str(caught.value)
    assert caught.value.field == "department_id"


@pytest.mark.parametrize("text", ["", "\u200b", "OLD", "QQQQQQ"])
def test_a_department_like_no_other_is_refused_with_the_way_to_the_list(text: str) -> None:
    with pytest.raises(NotFoundError, match="reception departments"):
        read.department(text, DEPARTMENTS)


@pytest.mark.parametrize(
    ("text", "matter"), [("拖欠工资", 3), ("讨薪", 3), ("丢卡", 1), ("tqgz", 3), ("社保卡补", 1)]
)
def test_a_matter_is_found_by_its_name_or_by_what_fits_only_one(text: str, matter: int) -> None:
    assert read.matter(text, MATTERS) == matter


def test_a_matter_that_is_ambiguous_is_answered_with_the_candidates() -> None:
    with pytest.raises(NotFoundError, match="社保卡补换, 社保卡申领"):
        read.matter("社保卡", MATTERS)


@pytest.mark.parametrize("text", ["", " ", "公积金"])
def test_an_unknown_matter_is_refused(text: str) -> None:
    with pytest.raises(NotFoundError, match="reception matters"):
        read.matter(text, MATTERS)


@pytest.mark.parametrize(("text", "answer"), [("yes", True), ("是", True), ("No", False), ("0", False)])
def test_yes_and_no(text: str, answer: bool) -> None:
    assert read.yes_no(text, "evidence") is answer
    with pytest.raises(InputError):
        read.yes_no("perhaps", "evidence")
