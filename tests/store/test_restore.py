"""The way back: the former register is set aside whole, and no number that was ever given is given again."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reception.desk import Desk
from reception.errors import (
    DeskError,
    LockedError,
    NotFoundError,
    RegisterMissingError,
    RegisterUnusableError,
    SurroundingsError,
)
from reception.facts import Site
from reception.numbers import parse_number
from reception.operations import entries, reading
from reception.store import backup, check, migrate, places
from reception.store import engine as engines
from reception.store.restore import restore
from tests.factories import (
    NOW,
    Clock,
    OpenDesk,
    add,
    behind_its_back,
    is_server,
    new_uid,
    row,
    told_numbers,
    visit,
)
from tests.hands import Hands
from tests.store.conftest import ENTRIES
from tests.store.test_backup import everything, no_room


def _tree(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


def _kept(desk: Desk, folder: Path, name: str = "kept.sqlite") -> Path:
    folder.mkdir(exist_ok=True)
    return backup.backup(desk, folder / name)


def test_what_was_saved_is_back_and_what_came_after_is_set_aside(
    old_register: str, open_desk: OpenDesk, clock: Clock, tmp_path: Path
) -> None:
    desk = open_desk(old_register)
    saved = everything(desk)
    kept = _kept(desk, tmp_path / "backups")
    content = kept.read_bytes()
    lost = add(desk, visit("备份之后的"))
    desk.close()
    clock.go(hours=1)
    told: list[tuple[int, int]] = []
    aside = restore(old_register, kept, lambda done, total: told.append((done, total)), clock=clock)
    again = open_desk(old_register)
    assert everything(again) == saved
    with pytest.raises(NotFoundError):
        again.ask(reading.find_number, lost.number)
    assert check.run(again).entries == ENTRIES
    assert kept.read_bytes() == content
    assert sorted(one.name for one in kept.parent.iterdir()) == [kept.name]
    assert told[-1][0] == told[-1][1]
    if is_server(old_register):
        assert aside is None
        with behind_its_back(old_register) as execute:
            ((schema,),) = execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'replaced%'")
            assert execute(f"SELECT count(*) FROM {schema}.entry") == [(ENTRIES + 1,)]
    else:
        assert aside is not None
        former = open_desk(str(aside))
        assert row(former, former.ask(reading.find_number, lost.number)).subject == "备份之后的"
        check.run(former)


def test_no_number_is_ever_given_again(
    register: str, open_desk: OpenDesk, clock: Clock, tmp_path: Path
) -> None:
    """Restored four times, twice from one backup, at the same second, by a clock that then goes back."""
    given: list[str] = []

    def work() -> None:
        for code in ("", "B"):
            desk = open_desk(register, desk=code)
            given.extend(add(desk, visit(received_at=at)).number for at in (None, NOW - dt.timedelta(days=1)))
            desk.close()

    work()
    desk = open_desk(register)
    kept = _kept(desk, tmp_path / "backups")
    desk.close()
    work()
    for _ in range(2):
        restore(register, kept, clock=clock)
        work()
    clock.go(minutes=-90)
    restore(register, kept, clock=clock)
    work()
    desk = open_desk(register)
    later = _kept(desk, tmp_path / "backups", "later.sqlite")
    desk.close()
    work()
    clock.go(minutes=120)
    restore(register, later, clock=clock)
    work()
    assert len(given) == len(set(given)) == 28
    for number in given:
        assert str(parse_number(number)) == number
    clock.go(days=1)
    assert add(open_desk(register)).number == "20261124-001"
    check.run(open_desk(register))


def test_a_register_that_is_gone_or_damaged_gives_no_number_again_either(
    file_register: str, open_desk: OpenDesk, clock: Clock, tmp_path: Path
) -> None:
    desk = open_desk(file_register)
    given = [add(desk).number]
    kept = _kept(desk, tmp_path / "backups")
    given.append(add(desk).number)
    desk.close()
    for content in (None, b"\xff" * 9_000, b""):
        Path(file_register).unlink()
        if content is not None:
            Path(file_register).write_bytes(content)
        clock.go(seconds=1)
        restore(file_register, kept, clock=clock)
        desk = open_desk(file_register)
        given += [add(desk).number, add(desk).number]
        desk.close()
    assert len(given) == len(set(given))


def test_numbers_of_tomorrow_that_a_fast_clock_gave_are_not_given_again(
    register: str, open_desk: OpenDesk, clock: Clock, tmp_path: Path
) -> None:
    clock.now = dt.datetime(2026, 11, 23, 15, 58, tzinfo=dt.UTC)  # 23:58
    desk = open_desk(register)
    kept = _kept(desk, tmp_path / "backups")
    early = add(desk, visit(received_at=clock.now + dt.timedelta(minutes=4)))
    fast = open_desk(register, desk="B", clock=Clock(clock.now + dt.timedelta(days=3)))
    far = add(fast)
    desk.close()
    fast.close()
    assert (early.number, far.number) == ("20261124-001", "20261126-B-001")
    restore(register, kept, clock=clock)
    clock.go(minutes=10)
    again = open_desk(register)
    assert add(again).number.startswith("20261124-R")
    clock.go(days=2)
    assert add(open_desk(register, desk="B")).number.startswith("20261126-B-R")
    clock.go(days=1)
    assert add(again).number == "20261127-001"


def test_nor_when_the_register_that_gave_them_is_gone(
    file_register: str, open_desk: OpenDesk, clock: Clock, tmp_path: Path
) -> None:
    """Nobody knows then which numbers were given; those a few minutes ahead may have been."""
    clock.now = dt.datetime(2026, 11, 23, 15, 58, tzinfo=dt.UTC)  # 23:58
    desk = open_desk(file_register)
    kept = _kept(desk, tmp_path / "backups")
    early = add(desk, visit(received_at=clock.now + dt.timedelta(minutes=4)))
    desk.close()
    Path(file_register).unlink()
    restore(file_register, kept, clock=clock)
    clock.go(minutes=10)
    assert early.number == "20261124-001"
    assert add(open_desk(file_register)).number.startswith("20261124-R")


def test_a_register_that_another_process_has_open_is_not_pulled_away(
    old_file: str, open_desk: OpenDesk, tmp_path: Path, clock: Clock
) -> None:
    desk = open_desk(old_file)
    kept = _kept(desk, tmp_path / "backups")
    desk.close()
    with Hands(old_file, "hold") as hands:
        assert hands.line() == "open"
        before = Path(old_file).read_bytes()
        with pytest.raises(LockedError, match="open in another window"):
            restore(old_file, kept, clock=clock)
        assert Path(old_file).read_bytes() == before
        assert not list(tmp_path.glob("*.replaced*"))
        assert not list(tmp_path.glob(".*"))
        add(open_desk(old_file))
        hands.finish()
    open_desk(old_file)
    assert check.run(open_desk(old_file)).entries == ENTRIES + 1


def test_nor_while_this_process_has_it_open(old_file: str, open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(old_file)
    kept = _kept(desk, tmp_path / "backups")
    with pytest.raises(LockedError):
        restore(old_file, kept)
    desk.close()
    restore(old_file, kept)


def test_a_server_register_that_is_being_written_to_is_waited_for_or_left(
    old_server: str, open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(old_server)
    kept = _kept(desk, tmp_path / "backups")
    before = everything(desk)
    monkeypatch.setattr(engines, "LOCK_SECONDS", 0.2)
    with desk.engine.begin() as busy:
        busy.exec_driver_sql("SELECT 1 FROM entry FOR UPDATE")
        with pytest.raises(LockedError):
            restore(old_server, kept)
    assert everything(desk) == before
    check.run(desk)


Harm = Callable[[Path], object]
HARMS: dict[str, tuple[Harm, type[DeskError]]] = {
    "missing": (Path.unlink, RegisterMissingError),
    "text": (lambda path: path.write_text("不是备份" * 99, "utf-8"), RegisterUnusableError),
    "empty": (lambda path: path.write_bytes(b""), RegisterUnusableError),
    "short": (lambda path: path.write_bytes(path.read_bytes()[:30_000]), RegisterUnusableError),
    "damaged": (
        lambda path: path.write_bytes(path.read_bytes()[:9_000] + b"\xff" * 90_000),
        RegisterUnusableError,
    ),
    "newer": (
        lambda path: _on(path, "UPDATE alembic_version SET version_num = '9999'"),
        RegisterUnusableError,
    ),
    "headless": (lambda path: _on(path, "UPDATE desk SET head_hash = x'00'"), RegisterUnusableError),
    "foreign": (lambda path: _on(path, "PRAGMA application_id = 7"), RegisterUnusableError),
}


def _on(path: Path, statement: str) -> None:
    with behind_its_back(str(path)) as execute:
        execute(statement)


@pytest.mark.parametrize(("harm", "kind"), HARMS.values(), ids=HARMS)
def test_what_is_no_backup_is_refused_and_everything_stays(
    old_register: str, open_desk: OpenDesk, tmp_path: Path, harm: Harm, kind: type[DeskError]
) -> None:
    desk = open_desk(old_register)
    kept = _kept(desk, tmp_path / "backups")
    before = everything(desk)
    desk.close()
    harm(kept)
    files, backups = _tree(tmp_path), _tree(kept.parent)
    with pytest.raises(kind) as refused:
        restore(old_register, kept)
    assert str(kept) in str(refused.value)
    assert (_tree(tmp_path), _tree(kept.parent)) == (files, backups)
    assert everything(open_desk(old_register)) == before
    if is_server(old_register):
        with behind_its_back(old_register) as execute:
            assert not execute("SELECT 1 FROM pg_namespace WHERE nspname LIKE 'replaced%'")


def test_what_lies_in_its_place_is_set_aside_whatever_it_is(
    file_register: str, open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk(file_register)
    kept = _kept(desk, tmp_path / "backups")
    desk.close()
    place = tmp_path / "place.sqlite"
    for content in (b"", "一份文字".encode() * 50, b"\xff" * 9_000):
        place.write_bytes(content)
        (tmp_path / "place.sqlite-wal").write_bytes(b"left by a crash")
        aside = restore(str(place), kept)
        assert aside is not None
        assert aside.read_bytes() == content
        assert aside.with_name(aside.name + "-wal").read_bytes() == b"left by a crash"
        again = open_desk(str(place))
        check.run(again)
        again.close()


def test_a_folder_is_never_set_aside(file_register: str, open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(file_register)
    kept = _kept(desk, tmp_path / "backups")
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter").write_text("x")
    with pytest.raises(RegisterUnusableError):
        restore(str(home), kept)
    assert (home / "letter").read_text() == "x"


def test_a_link_to_the_register_stays_a_link(
    file_register: str, open_desk: OpenDesk, tmp_path: Path, clock: Clock
) -> None:
    desk = open_desk(file_register)
    kept = _kept(desk, tmp_path / "backups")
    desk.close()
    link = tmp_path / "link.sqlite"
    link.symlink_to(file_register)
    restore(str(link), kept, clock=clock)
    assert link.is_symlink()
    assert link.resolve() == Path(file_register).resolve()
    assert "-R" in add(open_desk(file_register)).number


def test_into_a_place_where_nothing_is_yet(
    old_register: str, open_desk: OpenDesk, tmp_path: Path, register_url: str
) -> None:
    """From each engine to each engine."""
    desk = open_desk(old_register)
    kept = _kept(desk, tmp_path / "backups")
    target = register_url if is_server(register_url) else str(tmp_path / "new" / "folder" / "r.sqlite")
    assert restore(target, kept) is None
    copy = open_desk(target)
    *records, site = everything(copy)
    *same, former = everything(desk)
    assert records == same
    assert isinstance(site, Site)
    assert isinstance(former, Site)
    moved = {key for key, value in site.values if dict(former.values)[key] != value}
    assert moved == {"papers_given", "slips_given"}  # nobody knows how far they got where it was
    assert replace(site, values=former.values) == former
    check.run(copy)
    entry = copy.ask(reading.find_number, "20261123-002")
    copy.do(entries.set_outcome, entry, "在新处补记", uid=new_uid())
    assert add(copy).number.startswith("20261123-R")
    assert add(open_desk(target, desk="NEU", operator="新人")).number.startswith("20261123-NEU-R")
    check.run(copy)
    again = backup.backup(copy, tmp_path / "backups" / "again.sqlite")
    assert everything(open_desk(str(again))) == everything(copy)


def test_a_register_copied_while_it_lived_is_taken_with_what_is_in_its_log(
    file_register: str, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Somebody copied the file and the -wal beside it by hand; the latest entries are in the -wal only."""
    desk = open_desk(file_register)
    numbers = [add(desk).number for _ in range(3)]
    folder = tmp_path / "by hand"
    folder.mkdir()
    for suffix in ("", "-wal"):
        shutil.copyfile(file_register + suffix, folder / f"r.sqlite{suffix}")
    target = tmp_path / "back.sqlite"
    restore(str(target), folder / "r.sqlite")
    assert told_numbers(open_desk(str(target))) == numbers


def test_where_nothing_can_be_written_everything_stays(
    old_file: str, open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk(old_file)
    kept = _kept(desk, tmp_path / "backups")
    desk.close()
    before = _tree(tmp_path)
    with no_room(), pytest.raises(SurroundingsError):
        restore(old_file, kept)
    assert _tree(tmp_path) == before
    check.run(open_desk(old_file))


def test_restoring_is_told_in_every_chain(
    old_register: str, open_desk: OpenDesk, tmp_path: Path, clock: Clock
) -> None:
    desk = open_desk(old_register)
    kept = _kept(desk, tmp_path / "backups")
    desk.close()
    restore(old_register, kept, clock=clock)
    with behind_its_back(old_register) as execute:
        lines = execute(
            "SELECT desk.code, journal.operator FROM journal JOIN desk ON desk.id = journal.desk_id "
            "WHERE verb = 'restore' ORDER BY desk.code"
        )
    assert [tuple(one) for one in lines] == [("", "-"), ("B", "-")]


def test_a_server_register_of_an_older_version_is_set_aside_too(
    file_register: str, open_desk: OpenDesk, tmp_path: Path, postgres_url: str
) -> None:
    desk = open_desk(file_register)
    add(desk)
    kept = _kept(desk, tmp_path / "backups")
    engine = engines.connect(places.parse(postgres_url))
    with engine.begin() as connection:
        migrate.upgrade(connection, "0003")
    engine.dispose()
    restore(postgres_url, kept)
    assert check.run(open_desk(postgres_url)).entries == 1
