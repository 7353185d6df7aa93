"""The window has the index of Find filled by another process, and lets go of the register at any moment."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reception import demo
from reception.desk import Desk
from reception.errors import SurroundingsError
from reception.finding import state
from tests.factories import behind_its_back
from ui import indexing


class Told:
    """What was said of the progress."""

    def __init__(self) -> None:
        self.last = (0, 0)
        self.done = threading.Event()
        self.begun = threading.Event()

    def __call__(self, done: int, total: int) -> None:
        self.last = (done, total)
        self.begun.set()
        if done == total:
            self.done.set()


@pytest.fixture
def filled(tmp_path: Path) -> str:
    """A register with enough entries to be indexed, and none of them is."""
    place = str(tmp_path / "register.sqlite")
    demo.fill(place, days=8, per_day=140)
    return place


@pytest.fixture
def desk(filled: str) -> Iterator[Desk]:
    """The window's own way to it."""
    with contextlib.closing(Desk.open(filled)) as desk:
        yield desk


@contextlib.contextmanager
def at_work(
    desk: Desk, place: str, told: Told, monkeypatch: pytest.MonkeyPatch
) -> Iterator[indexing.Indexer]:
    """The indexer's thread."""
    monkeypatch.setattr(indexing, "LOOK", 0.05)
    indexer = indexing.Indexer(lambda: contextlib.nullcontext(desk), lambda: place, told, first=0.0)
    thread = threading.Thread(target=indexer.run)
    thread.start()
    try:
        yield indexer
    finally:
        indexer.end()
        thread.join(20)


def test_another_process_fills_the_index_and_says_how_far_it_is(
    filled: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told()
    with at_work(desk, filled, told, monkeypatch):
        assert told.done.wait(120)
    assert told.last[0] == told.last[1] > 1_000
    assert desk.ask(lambda session: state.read(session.connection())).indexed > 1_000


def test_nobody_has_the_register_open_once_it_is_left(
    filled: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told()
    with at_work(desk, filled, told, monkeypatch) as indexer:
        assert told.begun.wait(60)
        monkeypatch.setattr(indexing, "LOOK", 60.0)
        indexer.end()
        desk.close()
        with behind_its_back(filled) as execute:
            assert execute("PRAGMA journal_mode=DELETE") == [("delete",)]  # only who is alone may


def test_a_register_that_is_away_is_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Event()

    def away() -> contextlib.AbstractContextManager[Desk]:
        asked.set()
        raise SurroundingsError("It is away.")

    indexer = indexing.Indexer(away, lambda: "", Told(), first=0.0)
    thread = threading.Thread(target=indexer.run)
    thread.start()
    assert asked.wait(20)
    assert thread.is_alive()
    indexer.end()
    thread.join(20)
    assert not thread.is_alive()
