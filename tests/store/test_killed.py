"""kill -9 at any moment: every number that was told is in the register, and the register is whole."""

from __future__ import annotations

import random
import threading

from reception.store import check
from tests.factories import OpenDesk, add, told_numbers
from tests.hands import Hands

ROUNDS = 4


def test_whatever_was_told_is_there_after_a_kill(register: str, open_desk: OpenDesk) -> None:
    moments, told = random.Random(), []
    for _ in range(ROUNDS):
        with Hands(register, "register", "", 10_000, copies=3) as hands:
            told += [hands.line() for _ in range(moments.randint(1, 25))]
            threading.Event().wait(moments.uniform(0, 0.02))
            hands.kill()
            told += hands.lines()
        desk = open_desk(register)
        kept = told_numbers(desk)
        assert set(told) <= set(kept)
        assert kept == [f"20261123-{n:03}" for n in range(1, len(kept) + 1)]
        assert check.run(desk).entries == len(kept)
        told.append(add(desk).number)
        desk.close()
    assert len(told) == len(set(told))
