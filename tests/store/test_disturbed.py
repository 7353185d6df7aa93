"""A register whose file or log is taken away under whoever has it open: refused in words, never lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reception.errors import DisturbedError, RegisterMissingError
from reception.store import check
from tests.factories import OpenDesk, add, told_numbers


def look_from_outside(place: str) -> str:
    """What another process lists; it opens the register and closes it again."""
    done = subprocess.run(
        [sys.executable, "-m", "reception", "--register", place, "--language", "en", "list"],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody remove what is open")
def test_a_log_that_was_taken_away_swallows_nothing(file_register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(file_register)
    first = add(desk).number
    Path(file_register).open("rb").close()  # POSIX: this drops the locks of the whole process
    assert first in look_from_outside(file_register)
    assert not Path(f"{file_register}-wal").exists()
    with pytest.raises(DisturbedError, match="once more"):
        add(desk)
    with pytest.raises(DisturbedError):
        told_numbers(desk)
    desk.close()
    again = open_desk(file_register)
    second = add(again).number
    assert told_numbers(again) == [first, second]
    assert second in look_from_outside(file_register)
    assert check.run(again).entries == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody remove what is open")
def test_a_file_that_was_taken_away_swallows_nothing(file_register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(file_register)
    add(desk)
    path = Path(file_register)
    path.rename(path.with_name("elsewhere"))
    with pytest.raises(DisturbedError):
        add(desk)
    desk.close()
    with pytest.raises(RegisterMissingError):
        open_desk(file_register)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps its locks by handle")
def test_opening_a_register_twice_in_one_process_keeps_it_locked(
    file_register: str, open_desk: OpenDesk
) -> None:
    desk = open_desk(file_register)
    first = add(desk).number
    open_desk(file_register).close()
    look_from_outside(file_register)
    assert Path(f"{file_register}-wal").exists()
    second = add(desk).number
    assert second in look_from_outside(file_register)
    assert told_numbers(desk) == [first, second]
