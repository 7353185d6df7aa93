"""The ladder of reminders as the site writes it."""

from __future__ import annotations

import pytest

from reception import ladder
from reception.facts import Way
from reception.ladder import Rung


def test_a_ladder_is_read_rung_by_rung() -> None:
    assert ladder.parse(ladder.USUAL) == (Rung(-1, Way.PHONE), Rung(1, Way.WRITTEN), Rung(6, Way.DIRECTOR))
    assert ladder.parse(" 0 phone ;; 60 director; ") == (Rung(0, Way.PHONE), Rung(60, Way.DIRECTOR))
    assert ladder.parse("") == ()


@pytest.mark.parametrize(
    "text",
    [
        "phone",
        "1",
        "1 leader",  # nothing goes up to a leader by itself
        "1 phone, 2 written",
        "2 phone; 1 written",
        "1 phone; 1 written",
        "61 phone",
        "-61 phone",
        "１ phone",
        "1  phone",
    ],
)
def test_what_is_no_ladder_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        ladder.parse(text)
