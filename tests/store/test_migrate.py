"""Versions: kept registers open, older ones are brought up after a backup, newer ones are left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reception.errors import RegisterMissingError, RegisterUnusableError, SurroundingsError
from reception.facts import Act, EntryStatus, ReferralStatus
from reception.operations import directory, reading
from reception.operations.people import recalling
from reception.store import check, migrate
from tests.factories import OpenDesk, add, behind_its_back, is_server, told_numbers

KEPT = Path(__file__).parent.parent / "registers"
"""A register file of every schema that was ever released; none is ever changed."""


def test_the_program_stands_on_the_last_step() -> None:
    assert migrate.known()[-1] == migrate.SCHEMA
    assert sorted(one.stem for one in KEPT.glob("*.sqlite")) == sorted(migrate.known())


@pytest.mark.parametrize("step", migrate.known())
def test_every_kept_register_opens_and_is_whole(step: str, open_desk: OpenDesk, tmp_path: Path) -> None:
    place = tmp_path / "r.sqlite"
    shutil.copyfile(KEPT / f"{step}.sqlite", place)
    desk = open_desk(str(place))
    assert check.run(desk).entries == 41
    first = desk.ask(reading.entry, desk.ask(reading.find_number, "20261123-001"))
    assert (first.row.subject, first.row.name, first.row.act) == ("拖欠工资", "张建国", Act.REFERRED)
    assert first.referrals[0].status is ReferralStatus.COMPLETED
    assert first.referrals[0].parts[0].answer == "已责令支付"
    assert desk.ask(reading.parties, first.row.id)[0].document_number == "11010519491231002X"
    struck = desk.ask(reading.entry, desk.ask(reading.find_number, "20261123-004"))
    assert (struck.row.status, struck.row.void_reason) == (EntryStatus.VOID, "重复登记")
    assert desk.ask(directory.department, "XK").phone == "8031"
    assert len(told_numbers(desk, 20261122)) == 1
    assert len(told_numbers(desk, 20261123)) == 40
    assert add(desk).number == "20261123-040"
    check.run(desk)


def test_whoever_reported_before_is_known_by_it_no_more(open_desk: OpenDesk, tmp_path: Path) -> None:
    place = tmp_path / "r.sqlite"
    shutil.copyfile(KEPT / "0004.sqlite", place)
    with behind_its_back(str(place)) as execute:
        execute("UPDATE entry SET category = 'report' WHERE sequence = 2 AND day = 20261123")
    desk = open_desk(str(place))
    (offer,) = desk.ask(recalling.recall, "张建国")
    assert offer.times == 1
    for word in ("古丽", "88888888"):
        assert desk.ask(recalling.recall, word) == (), word


def test_an_older_register_is_brought_up_after_a_backup_beside_it(
    old_register: str, open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told_numbers(open_desk(old_register))
    step = migrate.SCHEMA
    monkeypatch.setattr(migrate, "SCHEMA", "a later one")
    if is_server(old_register):
        with pytest.raises(SurroundingsError, match="reception migrate"):
            open_desk(old_register)
        assert migrate.migrate(old_register) == (step, "a later one")
        return
    assert told_numbers(open_desk(old_register)) == before
    (copy,) = tmp_path.glob("*.before-migration-*.sqlite")
    monkeypatch.undo()
    assert told_numbers(open_desk(str(copy))) == before
    assert migrate.migrate(old_register) == (step, step)


def test_a_newer_register_is_left_as_it_is(old_register: str, open_desk: OpenDesk, tmp_path: Path) -> None:
    with behind_its_back(old_register) as execute:
        execute("UPDATE alembic_version SET version_num = '9999'")
    content = None if is_server(old_register) else Path(old_register).read_bytes()
    for attempt in (open_desk, migrate.migrate):
        with pytest.raises(RegisterUnusableError, match="newer version"):
            attempt(old_register)
    if content is not None:
        assert Path(old_register).read_bytes() == content
        assert list(tmp_path.iterdir()) == [Path(old_register)]
    with behind_its_back(old_register) as execute:
        assert [tuple(one) for one in execute("SELECT version_num FROM alembic_version")] == [("9999",)]


def test_where_there_is_no_register_none_is_made(register_url: str) -> None:
    with pytest.raises(RegisterMissingError, match="reception init"):
        migrate.migrate(register_url)
    if not is_server(register_url):
        assert list(Path(register_url).parent.iterdir()) == []
