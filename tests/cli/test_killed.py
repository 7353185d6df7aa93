"""kill -9 at any moment: every number that was told is in the register, and the register is whole."""

from __future__ import annotations

import random
import threading

from tests import nursery
from tests.cli.running import InProcess, environment

ROUNDS = 6


def test_every_number_that_was_told_is_there_after_a_kill(reception: InProcess) -> None:
    told: list[str] = []
    moments = random.Random()
    for _ in range(ROUNDS):
        child = nursery.child("adding", reception.register, environment=environment(RECEPTION_LANGUAGE="en"))
        for _ in range(moments.randint(1, 12)):
            told.append(child.stdout.readline().split()[-1])
        threading.Event().wait(moments.uniform(0, 0.05))
        child.kill()
        rest = child.stdout.read().splitlines(keepends=True)
        told += [line.split()[-1] for line in rest if line.endswith("\n")]
        assert child.wait() == -9
    days = sorted({number[:8] for number in told})  # two, when midnight fell into the test
    kept = {day: [one["number"] for one in reception.json("list", "--day", day)] for day in days}
    for day in days:
        assert {number for number in told if number.startswith(day)} <= set(kept[day])
        assert [int(number.rsplit("-", 1)[1]) for number in kept[day]] == list(range(1, len(kept[day]) + 1))
    assert reception.json("check")["entries"] == sum(len(numbers) for numbers in kept.values())
