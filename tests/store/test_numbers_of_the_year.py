"""Numbers of the year across a restore: those of papers and of slips are on paper, and none comes again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reception.desk import Desk
from reception.errors import InputError
from reception.facts import Kind, NewEntry, NewReferral
from reception.facts.office import NewDocument
from reception.operations import entries, numbering, reading, site
from reception.operations.office import papers_in
from reception.store import backup, check
from reception.store.restore import restore
from tests.factories import Clock, OpenDesk, department, new_uid

MINUTES = 326 * 24 * 60 + 9 * 60 + 42
"""What a number a minute comes to on 23 November at 09:42, when these tests begin."""
CLOCKS = 5
"""Minutes by which clocks may differ."""
Give = Callable[[], tuple[int, int]]


@pytest.fixture
def give(register: str, open_desk: OpenDesk) -> Iterator[Give]:
    """Take in a paper that goes out with a slip; the numbers of the year that both get."""

    def given() -> tuple[int, int]:
        desk = open_desk(register)
        found = _given(desk)
        desk.close()
        return found

    yield given
    desk = open_desk(register)
    check.run(desk)


def _given(desk: Desk) -> tuple[int, int]:
    referral = NewReferral(department(desk, "JC"), written=True)
    new = NewEntry(
        Kind.DOCUMENT, "关于报送台账的通知", uid=new_uid(), referral=referral, record=NewDocument("省人社厅")
    )
    entry_id = desk.do(entries.register, new).entry_id
    slip = desk.ask(reading.entry, entry_id).referrals[0].slip
    return _number(desk.ask(papers_in.one, entry_id).serial), _number(slip)


def _number(text: str) -> int:
    found = re.search(r"〔2026〕(\d+)号", text)
    assert found is not None
    return int(found[1])


def _kept(desk: Desk, folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    kept = backup.backup(desk, folder / name)
    desk.close()
    return kept


def test_they_go_on_behind_those_of_the_register_that_is_replaced(
    register: str, open_desk: OpenDesk, clock: Clock, tmp_path: Path, give: Give
) -> None:
    """Without a gap, however often and from which backup it is restored."""
    given = [give(), give()]
    first = _kept(open_desk(register), tmp_path / "backups", "first.sqlite")
    given += [give(), give()]
    second = _kept(open_desk(register), tmp_path / "backups", "second.sqlite")
    given.append(give())
    for kept in (first, first, second, first):
        restore(register, kept, clock=clock)
        given.append(give())
    assert given == [(number, number) for number in range(1, 10)]
    restore(register, first, clock=clock)  # nothing was given since the last time
    restore(register, first, clock=clock)
    desk = open_desk(register)
    prefix = desk.ask(site.values)["slip_prefix"]
    assert desk.ask(numbering.gaps) == {"papers": "收〔2026〕10号", "slips": f"{prefix}〔2026〕10号"}
    desk.close()
    clock.go(days=60)
    desk = open_desk(register)
    assert desk.ask(numbering.gaps) == {}  # another year begins with 1
    desk.close()


@pytest.mark.parametrize("lost", ["gone", "damaged", "another", "older"])
def test_they_jump_where_nobody_knows_how_far_they_got(
    file_register: str, open_desk: OpenDesk, clock: Clock, tmp_path: Path, lost: str
) -> None:
    """Past what a number a minute would have come to; whoever knows the last one says so."""
    other = tmp_path / "other.sqlite"
    shutil.copyfile(file_register, other)
    desk = open_desk(file_register)
    given = [_given(desk)]
    kept = _kept(desk, tmp_path / "backups", "kept.sqlite")
    for _ in range(3):
        desk = open_desk(file_register)
        given += [_given(desk), _given(desk)]
        desk.close()
        _lose(Path(file_register), other, lost)
        clock.go(minutes=10)
        restore(file_register, kept, clock=clock)
    desk = open_desk(file_register)
    given.append(_given(desk))
    assert len(set(given)) == len(given) == 8
    assert given[3] == (MINUTES + 10 + CLOCKS + 1,) * 2
    desk.close()
    restore(file_register, kept, clock=clock)
    desk = open_desk(file_register)
    last = given[-1][0]
    assert desk.ask(numbering.gaps)["papers"] == f"收〔2026〕{last + 1}号"
    with pytest.raises(InputError, match="2026/413"):
        desk.do(site.save, {"papers_given": "413"}, uid=new_uid())
    desk.do(site.save, {"papers_given": "2026/57", "slips_given": ""}, uid=new_uid())
    assert _given(desk) == (58, 2)
    check.run(desk)


def _lose(place: Path, other: Path, how: str) -> None:
    if how == "damaged":
        content = place.read_bytes()
        place.write_bytes(content[:100_000] + b"\xff" * 50_000 + content[150_000:])
    else:
        place.unlink()
    if how in ("another", "older"):  # put in its place by hand
        shutil.copyfile(other, place)
    if how == "another":
        desk = Desk.open(str(place))
        with desk.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE setting SET value = 'another' WHERE key = 'uid'")
        desk.close()
