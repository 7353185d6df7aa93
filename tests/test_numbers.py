"""The printed numbers: what is printed is read back, what is none is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception import numbers
from reception.errors import InputError
from reception.numbers import Number, PartName, parse_number, parse_part

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(9998, 12, 31)).map(numbers.day_number)
DESKS = st.just("") | st.from_regex(numbers.DESK_CODE, fullmatch=True)
NUMBERS = st.builds(
    Number,
    day=DAYS,
    sequence=st.integers(1, 999_999_999),
    desk=DESKS,
    epoch=st.just(0) | st.integers(numbers.FIRST_EPOCH, numbers.LAST_EPOCH),
)
CODES = st.from_regex(r"[A-Z0-9]{1,16}", fullmatch=True)
PARTS = st.builds(PartName, number=NUMBERS, department=CODES, sending=st.integers(1, 9999))


@given(NUMBERS)
def test_a_number_is_read_back_as_it_was(number: Number) -> None:
    assert parse_number(str(number)) == parse_number(f" {str(number).lower()} ") == number
    assert parse_part(str(number)) == number


@given(PARTS)
def test_a_parts_name_is_read_back_as_it_was(name: PartName) -> None:
    assert parse_part(str(name)) == name


@given(st.lists(NUMBERS, min_size=2, max_size=2, unique=True))
def test_two_numbers_never_look_alike(two: list[Number]) -> None:
    assert str(two[0]) != str(two[1])


def test_how_they_look() -> None:
    assert str(Number(20261122, 1)) == "20261122-001"
    assert str(Number(20261122, 1000, "B")) == "20261122-B-1000"
    assert Number(20261122, 7, "B").short == "B-007"
    assert str(PartName(Number(20261122, 1), "JC")) == "20261122-001/JC"
    assert str(PartName(Number(20261122, 1), "JC", 2)) == "20261122-001/JC-2"


@pytest.mark.parametrize(
    "text",
    [
        *("", "1", "20261122", "20261122-1", "20261122-01", "2026-11-22-001", "20261122001", "20261131-001"),
        *("20260229-001", "00001122-001", "20261122-001/JC", "20261122-B-C-001", "20261122-TOOLONGCODE-001"),
        *("20261122-001\n20261122-002", "２０２６１１２２-001", "20261122-R000-001x", "20261122--001"),
        *("20261122-R0000-001", "20261122-R0ZZZ-001", "20261122-RZZZZZZZZ-001", "20261122-1234567890"),
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_number(text)
    assert refused.value.field == "number"
    assert "{" not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["JC", "20261122-001/", "20261122-001/科", "20261122-001/JC-", "20261122-001/JC-X"]
)
def test_what_names_no_part_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_part(text)


@pytest.mark.parametrize("code", ["RECEP", "R0000", "AB-C", "", "123456789", "窗口"])
def test_a_desk_cannot_be_called_what_would_read_as_something_else(code: str) -> None:
    assert not numbers.DESK_CODE.match(code)
