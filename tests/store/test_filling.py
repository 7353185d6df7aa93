"""Derived indexes are filled batch by batch: the next is read meanwhile, and none stands without the last."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import text

from reception.context import Session
from reception.errors import DeskError
from reception.operations.people.filling import set_value, value_of
from reception.store.filling import GIVEN_WAY, Batch, Filling, Pace, Write
from tests.factories import OpenDesk, add, behind_its_back

NAME = "counted"
EACH, ALL = 4, 20
LONG = 20
"""Seconds after which something has not come that should."""
HURRIED, GENTLE = Pace(5, 0.0), Pace(5, 0.1)


class Counting:
    """An index that counts: each write is the next number, and refuses to be written before its turn."""

    name = NAME

    def __init__(self) -> None:
        self.written: list[int] = []
        self.read: list[int] = []
        self.going_on: list[int] = []
        self.ahead = threading.Event()
        self.before: dict[int, Callable[[Session], object]] = {}
        """What happens within the write of a number, once."""

    def progress(self, session: Session) -> tuple[int, int]:
        """How far it has counted."""
        return value_of(session.connection(), NAME) or 0, ALL

    def begin(self, session: Session, _rows: int, after: int | None = None) -> Batch:
        """The next numbers."""
        first = self.progress(session)[0] if after is None else after
        last = min(first + EACH, ALL)
        self.read.append(first)
        if after is not None:
            self.going_on.append(first)
            self.ahead.set()
        writes: list[Write] = [partial(self._write, number=one) for one in range(first + 1, last + 1)]
        return Batch(writes, last if last < ALL else None)

    def _write(self, session: Session, *, number: int) -> None:
        if (happens := self.before.pop(number, None)) is not None:
            happens(session)
        assert (value_of(session.connection(), NAME) or 0) == number - 1
        set_value(session.connection(), NAME, number)
        self.written.append(number)


def _refused(session: Session) -> None:
    session.connection().execute(text("SELECT nowhere FROM derived_state"))


def test_the_next_batch_is_read_while_the_last_is_being_written(register: str, open_desk: OpenDesk) -> None:
    desk, counting = open_desk(register), Counting()
    counting.before[2] = lambda _session: counting.ahead.wait(LONG)
    worker = Filling(desk, (counting,), HURRIED)
    assert worker.step()
    assert worker.step()
    assert counting.read == [0, EACH]
    assert counting.written == [1, 2]
    assert worker.run()
    worker.close()
    assert counting.written == list(range(1, ALL + 1))
    assert counting.read == list(range(0, ALL, EACH))


def test_where_somebody_works_nothing_is_read_ahead(register: str, open_desk: OpenDesk) -> None:
    desk, counting = open_desk(register), Counting()
    worker = Filling(desk, (counting,), GENTLE)
    assert worker.run()
    worker.close()
    assert counting.written == list(range(1, ALL + 1))
    assert counting.going_on == []


def test_after_somebody_has_saved_into_a_file_it_waits_whether_more_is_saved(
    file_register: str, open_desk: OpenDesk
) -> None:
    desk, other, counting = open_desk(file_register), open_desk(file_register, desk="B"), Counting()
    rests: list[float] = []
    worker = Filling(desk, (counting,), GENTLE, sleep=rests.append)
    for saved in (False, False, True, False, True, True):
        if saved:
            add(other)
        assert worker.step()
    worker.close()
    assert counting.written == [1, 2, 3, 4, 5, 6]
    assert [rest >= GIVEN_WAY for rest in rests] == [False, False, True, False, True, True]


def test_what_was_read_behind_a_write_that_failed_is_read_anew(register: str, open_desk: OpenDesk) -> None:
    desk, counting = open_desk(register), Counting()
    failing = (1, 3, 2 * EACH, 13)
    for number in failing:
        counting.before[number] = _refused if number % 2 else lambda _session: int("nowhere")
    worker = Filling(desk, (counting,), HURRIED)
    for _ in failing:
        with pytest.raises(Exception, match="nowhere"):
            worker.run()
    assert worker.run()
    worker.close()
    assert counting.written == list(range(1, ALL + 1))


def test_whoever_loses_the_claim_forgets_what_was_read_ahead(register: str, open_desk: OpenDesk) -> None:
    desk, other, counting, theirs = open_desk(register), open_desk(register, desk="B"), Counting(), Counting()
    counting.before[2] = lambda _session: counting.ahead.wait(LONG)
    worker, thief = Filling(desk, (counting,), HURRIED), Filling(other, (theirs,), HURRIED)
    assert worker.step()
    assert worker.step()
    with behind_its_back(register) as execute:  # a night later
        execute("UPDATE derived_state SET value = 1 WHERE name = 'claim.until'")
    assert thief.step()
    assert not worker.step()
    assert thief.step()
    assert thief.step()
    assert theirs.written[-1] > EACH  # beyond what was read ahead
    thief.close()
    assert worker.run()
    worker.close()
    assert [*counting.written[:2], *theirs.written, *counting.written[2:]] == list(range(1, ALL + 1))


def test_a_server_that_goes_away_while_a_batch_is_read_ahead_is_told_and_nothing_is_left_out(
    server_register: str, open_desk: OpenDesk
) -> None:
    desk, counting = open_desk(server_register), Counting()
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    with behind_its_back(server_register) as execute:
        for number in (2, EACH, EACH + 3):
            counting.before[number] = lambda _session: execute(cut)
        worker = Filling(desk, (counting,), HURRIED)
        while counting.before:
            try:
                worker.run()
            except DeskError:
                continue
    assert worker.run()
    worker.close()
    assert counting.written == list(range(1, ALL + 1))
