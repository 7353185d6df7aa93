"""The day's backup is made by another process beside the work, and what is half done may go at any moment."""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reception import demo
from reception.desk import Desk
from reception.errors import DeskError, SurroundingsError
from reception.store import backup, check
from tests.factories import behind_its_back
from ui import backing

ENTRIES = 40


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with some entries, to be copied."""
    place = tmp_path_factory.mktemp("backing") / "register.sqlite"
    demo.fill(str(place), days=2, per_day=ENTRIES // 2)
    return place


@pytest.fixture
def place(filled: Path, tmp_path: Path) -> str:
    """One for a test to open."""
    return str(shutil.copy(filled, tmp_path / "register.sqlite"))


@pytest.fixture
def desk(place: str) -> Iterator[Desk]:
    """The window's own way to it."""
    with contextlib.closing(Desk.open(place)) as desk:
        yield desk


@contextlib.contextmanager
def at_work(
    desk: Desk, place: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[backing.Backer, list[DeskError]]]:
    """The thread that has backups made, and what it says."""
    monkeypatch.setattr(backing, "FIRST", 0.0)
    said: list[DeskError] = []
    backer = backing.Backer(lambda: contextlib.nullcontext(desk), lambda: place, str(folder), said.append)
    thread = threading.Thread(target=backer.run)
    thread.start()
    try:
        yield backer, said
    finally:
        backer.end()
        thread.join(20)
        assert not thread.is_alive()


def until(done: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until something is so."""
    give_up = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < give_up
        threading.Event().wait(0.01)


def names(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()] if folder.is_dir() else []


def test_another_process_makes_the_day_s_backup_and_nothing_else_stays(
    desk: Desk, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    with at_work(desk, place, folder, monkeypatch) as (_backer, said):
        until(lambda: said or backup.listing(folder))
        (made,) = backup.listing(folder)
        until(lambda: names(folder) == [made.path.name])
        assert said == []
    assert abs(made.made.timestamp() - time.time()) < 3600
    with contextlib.closing(Desk.open(str(made.path))) as copy:
        assert check.run(copy).entries == ENTRIES


def test_whoever_leaves_the_register_waits_for_no_copy_and_leaves_none(
    desk: Desk, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    with at_work(desk, place, folder, monkeypatch) as (backer, said):
        until(lambda: any(".part" in name for name in names(folder)))
        backer.end()
        desk.close()
        with behind_its_back(place) as execute:
            assert execute("PRAGMA journal_mode=DELETE") == [("delete",)]  # only who is alone may
    assert not [name for name in names(folder) if ".part" in name]
    assert said == []


def test_what_the_other_process_says_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("no register " * 100)
    with at_work(desk, str(notes), tmp_path / "kept", monkeypatch) as (_backer, said):
        until(lambda: said)
    assert "notes.txt is not a register of this program" in said[0].say(str)
    assert names(tmp_path / "kept") == []


def test_a_folder_that_cannot_be_is_told(
    desk: Desk, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    with at_work(desk, place, tmp_path / "file" / "kept", monkeypatch) as (_backer, said):
        until(lambda: said)
    assert "cannot be written" in said[0].say(str)


def test_a_register_that_is_away_is_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backing, "FIRST", 0.0)
    said = threading.Event()

    def away() -> contextlib.AbstractContextManager[Desk]:
        raise SurroundingsError("It is away.")

    backer = backing.Backer(away, lambda: "", "", lambda _error: said.set())
    thread = threading.Thread(target=backer.run)
    thread.start()
    assert said.wait(20)
    assert thread.is_alive()
    backer.end()
    thread.join(20)
    assert not thread.is_alive()
