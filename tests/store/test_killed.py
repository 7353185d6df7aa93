"""kill -9 at any moment: every number that was told is in the register, and the register is whole."""

from __future__ import annotations

import random
import threading

from reception.facts import Kind
from reception.facts.office import ExpectedStatus
from reception.operations import reading
from reception.operations.office import expected, instructions, papers_in
from reception.store import check
from tests.factories import TODAY, OpenDesk, add, told_numbers
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


def test_an_act_of_several_records_is_there_as_a_whole_or_not_at_all(
    register: str, open_desk: OpenDesk
) -> None:
    moments, told = random.Random(), []
    for _ in range(ROUNDS // 2):
        with Hands(register, "office", 10_000) as hands:
            told += [hands.line() for _ in range(moments.randint(1, 12))]
            threading.Event().wait(moments.uniform(0, 0.02))
            hands.kill()
            told += hands.lines()
    desk = open_desk(register)
    kept = {row.number: row.kind for row in desk.ask(reading.day_rows, TODAY)}
    assert set(told) <= kept.keys()
    papers = desk.ask(papers_in.between, TODAY, TODAY)
    assert {one.number for one in papers} == {
        number for number, kind in kept.items() if kind is Kind.DOCUMENT
    }
    assert all(one.lead and one.readers for one in papers)
    # a job stands on the paper on which the leader wrote it, and nobody came without a visit
    written = desk.ask(instructions.rows, limit=5_000)
    assert {one.job for one in written} == {number for number, kind in kept.items() if kind is Kind.JOB}
    came = [one for one in desk.ask(expected.rows, limit=5_000) if one.status is ExpectedStatus.CAME]
    assert {one.visit for one in came} == {number for number, kind in kept.items() if kind is Kind.VISIT}
    assert check.run(desk).entries == len(kept)
