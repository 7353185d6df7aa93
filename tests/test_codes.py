"""The codes on visitors' passes: known by their prefix and check digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.codes import decode, encode, is_prefix
from reception.numbers import FIRST_EPOCH, Number

PLAIN = Number(20261122, 1)
_numbers = st.builds(
    Number,
    st.sampled_from([20260101, 20261122, 20271231]),
    st.integers(1, 99_999),
    st.sampled_from(["", "B", "2", "A1", "WINDOW3"]),
    st.sampled_from([0, FIRST_EPOCH, 2**31 - 1]),
)


@given(_numbers, st.sampled_from(["~", "#*", "%%%%%%%%"]))
def test_a_code_is_read_back(number: Number, prefix: str) -> None:
    code = encode(number, prefix)
    assert code.startswith(prefix)
    assert decode(code, prefix) == decode(f" {code.lower()}\r\n", prefix) == number


def test_the_check_digits_are_those_of_the_standard() -> None:
    """ISO 7064 MOD 97-10: the whole, letters and dash as numbers, leaves 1 when divided by 97."""
    body = encode(PLAIN, "~")[1:]
    assert int(body.replace("-", "36")) % 97 == 1


@given(_numbers, st.data())
def test_one_wrong_sign_is_noticed(number: Number, data: st.DataObject) -> None:
    code = encode(number, "~")
    place = data.draw(st.integers(1, len(code) - 1))
    digits, letters = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    wrong = data.draw(st.sampled_from(digits if code[place] in digits else letters))
    spoilt = code[:place] + wrong + code[place + 1 :]
    assert decode(spoilt, "~") == (number if spoilt == code else None)


@given(_numbers, st.data())
def test_two_digits_exchanged_are_noticed(number: Number, data: st.DataObject) -> None:
    code = encode(number, "~")
    digits = [place for place in range(1, len(code) - 1) if code[place : place + 2].isdigit()]
    place = data.draw(st.sampled_from(digits))
    spoilt = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert decode(spoilt, "~") == (number if spoilt == code else None)


def test_an_input_method_that_widens_signs_hides_no_code() -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in encode(PLAIN, "~"))
    assert decode(wide, "~") == PLAIN


@given(st.text(max_size=30))
def test_what_somebody_types_is_no_code(text: str) -> None:
    assert decode(text, "~") is None or text.strip()[0] in "~～"


def test_a_number_alone_or_with_another_prefix_is_no_code() -> None:
    code = encode(PLAIN, "~")
    for text in ("20261122-001", code[1:], "#" + code[1:], code[:-1], code[:-2], code + "1", "~", ""):
        assert decode(text, "~") is None, text
    assert decode(code, "") is None


@pytest.mark.parametrize("text", ["~", "#*", "%[&}_", "~V"])
def test_a_prefix_begins_with_a_sign(text: str) -> None:
    assert is_prefix(text)


@pytest.mark.parametrize("text", ["", "V", "1~", "~ ", " ~", "～", "王", "~\n", "~~~~~~~~~"])
def test_what_somebody_might_type_is_no_prefix(text: str) -> None:
    assert not is_prefix(text)
