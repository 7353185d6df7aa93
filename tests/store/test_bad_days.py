"""Surroundings that do not allow it: said in one plain sentence of the right kind, and nothing is damaged."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reception import founding
from reception.context import Session
from reception.desk import Desk
from reception.errors import (
    InputError,
    LockedError,
    RegisterMissingError,
    RegisterUnusableError,
    SurroundingsError,
)
from reception.store import backup, check, migrate, places
from reception.store import engine as engines
from tests.factories import OpenDesk, add, is_server, told_numbers, visit
from tests.hands import Hands
from tests.store.saying import said
from tests.store.test_backup import no_room


def _tree(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


def _other_database(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY)")
        other.commit()


NO_REGISTERS: dict[str, Callable[[Path], object]] = {
    "text": lambda path: path.write_text("第一行：这是一份文字\n" * 40, "utf-8"),
    "empty": lambda path: path.write_bytes(b""),
    "one byte": lambda path: path.write_bytes(b"S"),
    "half a head": lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(50)),
    "another program's database": _other_database,
}


@pytest.mark.parametrize("make", NO_REGISTERS.values(), ids=NO_REGISTERS)
def test_what_is_no_register_stays_byte_for_byte(tmp_path: Path, make: Callable[[Path], object]) -> None:
    place = tmp_path / "notes.txt"
    make(place)
    before = _tree(tmp_path)
    with said(RegisterUnusableError, str(place), "left untouched"):
        Desk.open(str(place))
    with said(RegisterUnusableError):
        migrate.migrate(str(place))
    with said(InputError, str(place)):
        founding.create(str(place))
    assert _tree(tmp_path) == before


def test_a_missing_register_is_not_made_by_the_way(tmp_path: Path) -> None:
    for place in (tmp_path / "r.sqlite", tmp_path / "no" / "folder" / "r.sqlite"):
        with said(RegisterMissingError, str(place), "reception init"):
            Desk.open(str(place))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_register(tmp_path: Path) -> None:
    with said(RegisterUnusableError, "folder"):
        Desk.open(str(tmp_path))
    with said(InputError):
        founding.create(str(tmp_path))


@pytest.mark.parametrize(
    "place", ["mysql://localhost/x", "http://x", "", "  ", "a\0b", "postgresql://host:port/x"]
)
def test_an_address_that_is_none_is_wrong_input(place: str) -> None:
    with said(InputError):
        Desk.open(place)


@pytest.mark.parametrize("statements", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_register_that_another_program_locks(
    old_file: str, open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch, statements: str
) -> None:
    monkeypatch.setattr(engines, "LOCK_SECONDS", 0.2)
    desk = open_desk(old_file)
    new = visit()
    with Hands(old_file, "lock", statements) as hands:
        assert hands.line() == "locked"
        with said(LockedError, old_file, "Another program"):
            add(desk, new)
        assert len(told_numbers(desk)) == len(told_numbers(open_desk(old_file)))  # who only reads goes on
        hands.finish()
    monkeypatch.setattr(engines, "LOCK_SECONDS", 10)
    assert add(desk, new).number == "20261123-007"
    check.run(desk)


def test_a_register_that_another_program_has_for_itself_alone(
    old_file: str, open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "LOCK_SECONDS", 0.2)
    keep = (
        "PRAGMA journal_mode=DELETE;PRAGMA locking_mode=EXCLUSIVE;BEGIN EXCLUSIVE;UPDATE desk SET name = name"
    )
    with Hands(old_file, "lock", keep) as hands:
        assert hands.line() == "locked"
        with said(LockedError, old_file):
            open_desk(old_file)
        hands.finish()
    check.run(open_desk(old_file))


@pytest.fixture
def anybodys() -> Iterator[Path]:
    """A folder on the way to which nobody is stopped: pytest's own is below one that is its maker's alone."""
    with tempfile.TemporaryDirectory(prefix="reception-rights-") as name:
        yield Path(name)


@pytest.fixture
def as_another_user() -> Callable[[], contextlib.AbstractContextManager[None]]:
    """Become somebody who has no rights of root."""

    @contextlib.contextmanager
    def become() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)

    return become


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
@pytest.mark.parametrize(("of_file", "of_folder"), [(0o444, 0o555), (0o444, 0o777), (0o666, 0o555)])
def test_a_register_that_may_only_be_read(
    old_file: str,
    open_desk: OpenDesk,
    as_another_user: Callable[[], contextlib.AbstractContextManager[None]],
    anybodys: Path,
    of_file: int,
    of_folder: int,
) -> None:
    content = Path(old_file).read_bytes()
    place = anybodys / "r.sqlite"
    place.write_bytes(content)
    place.chmod(of_file)
    anybodys.chmod(of_folder)
    with as_another_user():
        with said(SurroundingsError, str(place)):
            desk = open_desk(str(place))
            add(desk)
        with contextlib.suppress(UnboundLocalError):
            desk.close()
        if of_folder == 0o555:
            with said(SurroundingsError, "new.sqlite"):
                founding.create(str(anybodys / "new.sqlite"))
    anybodys.chmod(0o755)
    place.chmod(0o644)
    assert place.read_bytes() == content
    check.run(open_desk(str(place)))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_register_that_may_not_even_be_read(
    old_file: str, as_another_user: Callable[[], contextlib.AbstractContextManager[None]], anybodys: Path
) -> None:
    place = anybodys / "r.sqlite"
    place.write_bytes(Path(old_file).read_bytes())
    place.chmod(0)
    anybodys.chmod(0o755)
    with as_another_user(), said(SurroundingsError, str(place)):
        Desk.open(str(place))


def _limit(session: Session, pages: int) -> None:
    session.connection().exec_driver_sql(f"PRAGMA max_page_count={pages}")


def test_a_full_disk_loses_nothing(old_file: str, open_desk: OpenDesk) -> None:
    desk = open_desk(old_file)
    before = told_numbers(desk)
    desk.do(_limit, 1)  # no more than there are
    new = visit("字" * 10_000)
    with said(SurroundingsError, "disk is full"):
        for _ in range(100):
            before.append(add(desk, new := visit("字" * 10_000)).number)
    assert told_numbers(desk) == before
    desk.do(_limit, 1_000_000)
    assert add(desk, new).number == f"20261123-{len(before):03}"
    check.run(desk)


def test_a_disk_that_takes_no_more_loses_nothing(old_file: str, open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(old_file)
    before = told_numbers(desk)
    new = visit("字" * 10_000)
    with no_room():
        with said(SurroundingsError):
            add(desk, new)
        with said(SurroundingsError):
            founding.create(str(tmp_path / "new.sqlite"))
        with said(SurroundingsError):
            backup.backup(desk, tmp_path / "backup.sqlite")
    assert sorted(one.name for one in tmp_path.iterdir() if "new" in one.name or "backup" in one.name) == []
    assert told_numbers(desk) == before
    assert add(desk, new).number == "20261123-007"
    check.run(desk)


LOCAL = [("/", "ext4"), ("/home", "btrfs")]


@pytest.mark.parametrize(
    ("mounts", "path", "kind"),
    [
        (LOCAL, "/home/wang/r.sqlite", "btrfs"),
        (LOCAL, "/homes/wang/r.sqlite", "ext4"),
        ([*LOCAL, ("/home/wang/net", "cifs")], "/home/wang/net/r.sqlite", "cifs"),
        ([*LOCAL, ("/home/wang/net", "cifs")], "/home/wang/network/r.sqlite", "btrfs"),
        ([("/", "rootfs"), ("/", "nfs4")], "/r.sqlite", "nfs4"),
        ([*LOCAL, ("/mnt/a\\040b\\134c", "fuse.sshfs")], "/mnt/a b\\c/r.sqlite", "fuse.sshfs"),
        ([*LOCAL, ("/run/user/1000/gvfs", "fuse.gvfsd-fuse")], "/run/user/1000/gvfs/s/r", "fuse.gvfsd-fuse"),
        ([("/mnt/share", "autofs"), ("/mnt/share", "nfs")], "/mnt/share/r", "nfs"),
    ],
)
def test_where_a_file_lies_is_told_by_the_mounts(mounts: list[tuple[str, str]], path: str, kind: str) -> None:
    assert places.file_system(Path(path), mounts) == kind
    assert (kind in places.NETWORK) == (kind not in ("ext4", "btrfs"))


@pytest.mark.skipif(os.name == "nt", reason="Windows tells by the drive")
def test_a_network_share_is_refused_with_the_way_out(
    old_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = places.file_system(tmp_path, places.mounts())
    assert here
    monkeypatch.setattr(places, "NETWORK", {here})
    before = _tree(tmp_path)
    with said(SurroundingsError, "network share", "PostgreSQL"):
        Desk.open(old_file)
    with said(SurroundingsError, "network share"):
        founding.create(str(tmp_path / "new.sqlite"))
    assert _tree(tmp_path) == before


def test_a_name_with_signs_in_it_is_a_name(tmp_path: Path, open_desk: OpenDesk) -> None:
    place = tmp_path / "a?b#c%20d&e.sqlite"
    founding.create(str(place), template="office")
    desk = open_desk(str(place))
    add(desk)
    desk.close()
    assert [one.name for one in tmp_path.iterdir()] == [place.name]


def test_a_second_register_is_not_made_over_the_first(old_register: str, open_desk: OpenDesk) -> None:
    before = told_numbers(open_desk(old_register))
    with said(InputError, "already"):
        founding.create(old_register)
    assert told_numbers(open_desk(old_register)) == before


def test_two_who_make_a_register_at_once_make_one(register_url: str) -> None:
    with Hands(register_url, "found", copies=3) as hands:
        assert sorted(hands.lines()) == ["InputError", "InputError", "made"]
    desk = Desk.open(register_url)
    assert add(desk).number.endswith("-001")
    assert check.run(desk).entries == 1
    desk.close()
    if not is_server(register_url):
        assert [one.name for one in Path(register_url).parent.iterdir()] == [Path(register_url).name]
