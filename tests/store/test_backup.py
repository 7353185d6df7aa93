"""Backups: taken while others write, verified, complete, thinned out; a failed one leaves nothing behind."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.desk import Desk
from reception.errors import InputError, RegisterMissingError, RegisterUnusableError, SurroundingsError
from reception.facts import EntryView, Query
from reception.operations import directory, find, reading
from reception.store import backup, check
from reception.store.backup import BackupFile
from tests.factories import Clock, OpenDesk, add, behind_its_back, told_numbers
from tests.hands import Hands
from tests.store.conftest import ENTRIES


def everything(desk: Desk) -> tuple[object, ...]:
    """All that can be read of a register."""
    ids = [one.id for one in desk.ask(find.entries, Query(), limit=1000)]
    views: list[EntryView] = [desk.ask(reading.entry, one) for one in ids]
    persons = [desk.ask(reading.parties, one) for one in ids]
    catalogue = desk.ask(directory.catalogue)
    return views, persons, catalogue.departments, catalogue.matters, catalogue.site


def test_a_backup_is_a_register_with_everything(
    old_register: str, open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk(old_register)
    told: list[tuple[int, int]] = []
    target = tmp_path / "备份 100%?#.sqlite"
    assert backup.backup(desk, target, lambda done, total: told.append((done, total))) == target
    assert told
    assert told[-1][0] == told[-1][1]
    copy = open_desk(str(target))
    assert everything(copy) == everything(desk)
    assert check.run(copy).entries == ENTRIES
    assert add(desk).number == add(copy).number == "20261123-007"
    copy.close()
    assert [one.name for one in tmp_path.iterdir() if "备份" in one.name] == [target.name]
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_gentle_copy_is_the_same(old_register: str, open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(old_register)
    told: list[tuple[int, int]] = []
    target = tmp_path / "backup.sqlite"
    backup.backup(desk, target, lambda done, total: told.append((done, total)), gently=True)
    assert told
    assert told[-1][0] == told[-1][1]
    copy = open_desk(str(target))
    assert everything(copy) == everything(desk)
    copy.close()
    assert [one.name for one in tmp_path.iterdir() if "backup" in one.name] == [target.name]


def test_backups_are_taken_while_another_process_writes(
    register: str, open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PAGES", 3)  # so that much is written while one is copied
    desk = open_desk(register)
    sizes: list[int] = []
    told: list[str] = []
    with Hands(register, "register", "", 60, copies=2) as hands:
        told.append(hands.line())
        while len(sizes) < 5:
            target = backup.backup(desk, tmp_path / f"{len(sizes)}.sqlite")
            copy = open_desk(str(target))
            sizes.append(check.run(copy).entries)
            assert told_numbers(copy) == [f"20261123-{n:03}" for n in range(1, sizes[-1] + 1)]
            copy.close()
        told += hands.lines()
    assert sizes[0] >= 1
    assert sizes == sorted(sizes)
    assert len(told) == check.run(desk).entries == 120


def test_a_register_that_is_always_busy_is_backed_up_as_it_was_at_one_moment(
    file_register: str, open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody writes after every few pages; left to itself SQLite would begin again each time."""
    monkeypatch.setattr(backup, "PAGES", 9)
    desk, busy = open_desk(file_register), open_desk(file_register, desk="B")
    numbers, steps = [add(desk).number for _ in range(3)], 0

    def step(_done: int, total: int) -> None:
        nonlocal steps
        steps += 1
        assert steps < total  # not for ever
        add(busy)

    copy = open_desk(str(backup.backup(desk, tmp_path / "b.sqlite", step)))
    assert steps > 3
    assert told_numbers(copy) == numbers
    assert check.run(desk).entries == 3 + steps


def test_a_backup_replaces_an_older_one_only_when_it_is_whole(
    old_register: str, open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk, target = open_desk(old_register), tmp_path / "b.sqlite"
    backup.backup(desk, target)
    before = target.read_bytes()
    with no_room(), pytest.raises(SurroundingsError):
        backup.backup(desk, target)
    assert target.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir() if ".part" in one.name) == []
    add(desk)
    backup.backup(desk, target)
    assert check.run(open_desk(str(target))).entries == ENTRIES + 1


@contextlib.contextmanager
def no_room() -> Iterator[None]:
    """Files do not grow past a page any more, as on a full disk."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_where_a_backup_cannot_lie(old_file: str, open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(old_file)
    add(desk)
    register = Path(old_file)
    (tmp_path / "link").symlink_to(register)
    before = {one.name: one.stat().st_ino for one in tmp_path.iterdir()}
    for name in (".", register.name, f"{register.name}-wal", f"{register.name}-shm", "link", "/dev/null"):
        with pytest.raises(InputError) as refused:
            backup.backup(desk, tmp_path / name)
        assert refused.value.field == "place"
    for name in ("no/such/folder/b.sqlite", f"{'b' * 300}.sqlite"):
        with pytest.raises(SurroundingsError):
            backup.backup(desk, tmp_path / name)
    assert {one.name: one.stat().st_ino for one in tmp_path.iterdir()} == before
    check.run(desk)


def test_what_is_no_whole_backup_is_refused(old_file: str, tmp_path: Path, open_desk: OpenDesk) -> None:
    whole = backup.backup(open_desk(old_file), tmp_path / "whole.sqlite")
    backup.verify(whole)
    damaged = tmp_path / "damaged.sqlite"
    content = bytearray(whole.read_bytes())
    content[5 * 4096 : 9 * 4096] = b"\xff" * 4 * 4096
    damaged.write_bytes(content)
    short = tmp_path / "short.sqlite"
    short.write_bytes(whole.read_bytes()[:20_000])
    text = tmp_path / "text.sqlite"
    text.write_text("不是备份" * 100, "utf-8")
    for path in (damaged, short, text, tmp_path):
        with pytest.raises(RegisterUnusableError):
            backup.verify(path)
    with pytest.raises(RegisterMissingError, match="no backup"):
        backup.verify(tmp_path / "missing.sqlite")


def test_a_backup_that_lost_the_end_of_its_journal_is_refused(
    old_file: str, tmp_path: Path, open_desk: OpenDesk
) -> None:
    whole = backup.backup(open_desk(old_file), tmp_path / "b.sqlite")
    with behind_its_back(str(whole)) as execute:
        execute("UPDATE desk SET head_sequence = head_sequence + 1")
    with pytest.raises(RegisterUnusableError):
        backup.verify(whole)


def test_a_copy_of_a_damaged_register_takes_no_good_backups_place(
    old_file: str, tmp_path: Path, open_desk: OpenDesk
) -> None:
    desk = open_desk(old_file)
    target = backup.backup(desk, tmp_path / "b.sqlite")
    desk.close()
    good = target.read_bytes()
    with behind_its_back(old_file) as execute:
        ((size,),) = execute("PRAGMA page_size")
        ((page,),) = execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_entry_status_id'")
    with Path(old_file).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 200)
    for path in (target, tmp_path / "new.sqlite"):
        with pytest.raises(RegisterUnusableError):
            backup.backup(open_desk(old_file), path)
    assert target.read_bytes() == good
    assert not list(tmp_path.glob("*new*"))


def test_once_a_day_a_backup_is_made_by_itself(
    old_register: str, open_desk: OpenDesk, tmp_path: Path, clock: Clock
) -> None:
    desk, folder = open_desk(old_register), tmp_path / "kept" / "here"
    first = backup.daily(desk, folder)
    assert first is not None
    assert backup.daily(desk, folder) is None
    clock.go(hours=1, minutes=59)
    assert backup.daily(desk, folder) is None
    add(desk)
    clock.go(hours=12, minutes=18)  # 23:59
    assert backup.daily(desk, folder) == first  # the day's work is in it now
    looked_at = shutil.copy(first, tmp_path / "looked-at.sqlite")  # opening one writes into it
    assert check.run(open_desk(str(looked_at))).entries == ENTRIES + 1
    assert backup.daily(desk, folder) is None
    clock.go(minutes=1)
    second = backup.daily(desk, folder)
    assert second is not None
    found = backup.listing(folder)
    assert [(one.path, one.day) for one in found] == [
        (second, dt.date(2026, 11, 24)),
        (first, dt.date(2026, 11, 23)),
    ]
    assert all(one.size == one.path.stat().st_size for one in found)
    assert [(one.made, one.zone) for one in found] == [
        (clock(), "Asia/Shanghai"),
        (clock() - dt.timedelta(minutes=1), "Asia/Shanghai"),
    ]
    assert check.run(open_desk(str(second))).entries == ENTRIES + 1


def test_at_closing_the_day_s_backup_holds_the_whole_day(
    old_register: str, open_desk: OpenDesk, tmp_path: Path, clock: Clock
) -> None:
    desk, folder = open_desk(old_register), tmp_path / "kept"
    first = backup.daily(desk, folder)
    assert first is not None
    before = first.stat()
    clock.go(hours=3)
    assert backup.daily(desk, folder) is None, "nothing has changed"
    add(desk)
    assert backup.daily(desk, folder) == first
    clock.go(minutes=20)
    assert backup.daily(desk, folder, closing=True) is None, "it holds everything"
    add(desk)
    assert backup.daily(desk, folder) is None, "it is fresh enough while the desk is open"
    made = backup.daily(desk, folder, closing=True)
    if desk.place.is_server:
        assert made is None  # nobody waits for a server's
        return
    assert made == first
    assert first.stat().st_mtime > before.st_mtime
    looked_at = shutil.copy(first, tmp_path / "looked-at.sqlite")
    assert check.run(open_desk(str(looked_at))).entries == ENTRIES + 2


def test_what_killed_programs_left_is_swept_away_a_day_later(
    file_register: str, open_desk: OpenDesk, tmp_path: Path, clock: Clock
) -> None:
    desk, folder = open_desk(file_register), tmp_path / "kept"
    folder.mkdir()
    left = [folder / ".register-1-2.sqlite.aaaaaaaa.part", folder / ".register-1-2.sqlite.bbbbbbbb.part-wal"]
    left.append(folder / "register-1-2.sqlite.dddddddd.part")
    young = folder / ".register-1-2.sqlite.cccccccc.part"
    for path in (*left, young):
        path.touch()
        os.utime(path, (clock().timestamp(), clock().timestamp() - 25 * 3600 * (path != young)))
    assert backup.daily(desk, folder)
    assert not any(path.exists() for path in left)
    assert young.exists()


def test_only_the_registers_own_backups_are_thinned_out(
    file_register: str, open_desk: OpenDesk, tmp_path: Path, clock: Clock
) -> None:
    desk, folder = open_desk(file_register), tmp_path / "kept"
    folder.mkdir()
    others = ["register-00000000-20200101.sqlite", "register-00000000-20200102.sqlite", "notes.txt"]
    others += ["register.sqlite", "register-zzzzzzzz-20200101.sqlite", "register-00000000-20201399.sqlite"]
    for name in others:
        (folder / name).touch()
    for _ in range(20):
        assert backup.daily(desk, folder)
        clock.go(days=1)
    kept = {one.name for one in folder.iterdir()}
    assert set(others) <= kept
    # of 20 days from Monday the 23rd: the last of the first week, the last of the month, the last 7 days
    days = sorted(int(name[-12:-7]) for name in kept - set(others))
    assert days == [61129, 61130, *range(61206, 61213)]


def test_a_folder_that_cannot_be_is_said_so(file_register: str, open_desk: OpenDesk, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SurroundingsError):
        backup.daily(open_desk(file_register), tmp_path / "file" / "kept")
    assert backup.listing(tmp_path / "nothing") == ()


def backup_of(day: dt.date) -> BackupFile:
    return BackupFile(Path(f"{day}.sqlite"), day, 0, dt.datetime(2026, 11, 23, tzinfo=dt.UTC))


DAYS = st.sets(st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)), max_size=120)


@given(DAYS)
def test_thinning_keeps_7_days_4_weeks_12_months(days: set[dt.date]) -> None:
    files = [backup_of(day) for day in days]
    gone = {one.day for one in backup.thinned(files)}
    kept = days - gone
    assert set(sorted(days)[-7:]) <= kept
    weeks = sorted({day.isocalendar()[:2] for day in days})[-4:]
    months = sorted({(day.year, day.month) for day in days})[-12:]
    newest_of_weeks = {max(day for day in days if day.isocalendar()[:2] == week) for week in weeks}
    newest_of_months = {max(day for day in days if (day.year, day.month) == month) for month in months}
    assert kept == set(sorted(days)[-7:]) | newest_of_weeks | newest_of_months
    assert len(kept) <= 7 + 4 + 12


def test_thinned_every_day_a_year_leaves_what_a_year_needs() -> None:
    kept: list[BackupFile] = []
    day = dt.date(2025, 1, 1)
    while day <= dt.date(2026, 11, 23):
        kept.append(backup_of(day))
        gone = backup.thinned(kept)
        kept = [one for one in kept if one not in gone]
        day += dt.timedelta(days=1)
    assert sorted(one.day for one in kept) == [
        *(dt.date(2025, 12, 31),),
        *(
            dt.date(2026, month, last)
            for month, last in enumerate([31, 28, 31, 30, 31, 30, 31, 31, 30, 31], 1)
        ),
        *(dt.date(2026, 11, one) for one in (8, 15)),
        *(dt.date(2026, 11, one) for one in range(17, 24)),
    ]
