"""A register that has been worked with for a while, to be copied, damaged and restored."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pytest
from sqlalchemy import make_url

from reception.desk import Desk
from reception.facts import (
    Act,
    AttemptResult,
    CallResult,
    Category,
    DepartmentFact,
    Details,
    NewCallback,
    NewReferral,
    Party,
    Sex,
)
from reception.operations import (
    callbacks,
    directory,
    entries,
    pictures,
    printing,
    referrals,
    revealing,
    site,
    undoing,
)
from reception.paper import prints
from tests.factories import (
    CLERK,
    TODAY,
    Clock,
    Founded,
    add,
    call,
    department,
    new_uid,
    part,
    person,
    visit,
)
from tests.postgres_server import Postgres

ENTRIES = 8
"""How many entries are in it: 20261122-001, 20261123-001 to -006, 20261123-B-001."""


def live_in(place: str) -> None:
    """Have two clerks work at two desks for a while, so that every kind of record is there."""
    clock = Clock()
    desk = Desk.open(place, operator=CLERK, clock=clock)
    b = Desk.open(place, desk="B", operator="李静", clock=clock)
    jc, xf = department(desk, "JC"), department(desk, "XF")
    whole = Party("张建国", "13800138000", "某村三组", Sex.MALE, "居民身份证", "11010519491231002X")
    first = add(
        desk,
        visit(
            "拖欠工资",
            request="请支付",
            category=Category.COMPLAINT,
            parties=(whole, person("李代表"), person("赵代表")),
            party_size=9,
            details=Details(complained_about="某公司", people_concerned=9),
        ),
    )
    desk.do(referrals.refer, first.entry_id, NewReferral(jc, (xf,), "请核实", "赵队"), uid=new_uid())
    clock.go(minutes=1)
    desk.do(referrals.receive, part(desk, f"{first.number}/JC"), "钱工", uid=new_uid())
    desk.do(referrals.answer, part(desk, f"{first.number}/JC"), "已责令支付", uid=new_uid())
    second = add(
        desk, visit("社保卡", matter_id=1, parties=(person("古丽·买买提", phone="0571-88888888转8023"),))
    )
    desk.do(entries.act, second.entry_id, Act.POINTED, department_id=xf, outcome="去二楼", uid=new_uid())
    desk.do(entries.leave, second.entry_id, uid=new_uid())
    third = add(desk, call(act=Act.PUT_THROUGH, call_result=CallResult.BUSY, department_id=jc))
    desk.do(
        entries.correct,
        third.entry_id,
        {"subject": "改过的事由", "parties": (person("王五"),)},
        uid=new_uid(),
    )
    callback = NewCallback(due_at=clock.now, phone="13900139000", about="改期", owner="钱工")
    desk.do(callbacks.owe, third.entry_id, callback, uid=new_uid())
    b.do(callbacks.attempt_for, third.entry_id, AttemptResult.BUSY, note="再打", uid=new_uid())
    taken_back = new_uid()
    desk.do(entries.wait, first.entry_id, uid=taken_back)
    desk.do(undoing.undo, taken_back, uid=new_uid())
    desk.do(revealing.reveal, first.entry_id, 0, uid=new_uid())
    fourth = add(desk, visit("误登"))
    desk.do(entries.void, fourth.entry_id, "重复登记", uid=new_uid())
    group = add(desk, visit("来了一群", parties=(person("甲"), person("乙"))))
    desk.do(entries.correct, group.entry_id, {"parties": (person("甲"),)}, uid=new_uid())
    b.do(entries.set_outcome, group.entry_id, "乙台补记", uid=new_uid())
    add(b, visit("乙台来访", waiting_since=clock.now))
    add(desk, visit("昨天的", received_at=clock.now.replace(day=22)))
    add(desk, visit('𬱖\n两行 "引号" %_\\'))
    fact = DepartmentFact(0, "XK", "新科室", phone="8031")
    b.do(directory.save_department, fact, uid=new_uid())
    desk.do(site.save, {"footer": "新页脚", "own_setting": "值"}, uid=new_uid())
    desk.do(pictures.keep, "徽标.png", b"\x89PNG\r\n\x1a\n" + bytes(40), uid=new_uid())
    for by in (desk, b):
        gathered = by.ask(prints.gather, "daily_sheet", "zh_CN", day=TODAY)
        by.do(printing.commit, gathered.promise, uid=new_uid())
    desk.close()
    b.close()


class LivedIn:
    """One register on each engine that was worked with, copied for each test."""

    def __init__(self, founded: Founded, request: pytest.FixtureRequest, folder: Path) -> None:
        self._founded = founded
        self._request = request
        self._folder = folder

    @cached_property
    def file(self) -> Path:
        """A register file, nothing beside it."""
        path = self._folder / "lived-in.sqlite"
        shutil.copyfile(self._founded.file, path)
        live_in(str(path))
        return path

    @cached_property
    def database(self) -> str:
        """The name of a database."""
        server: Postgres = self._request.getfixturevalue("postgres")
        url = server.create(self._founded.database)
        live_in(url)
        return make_url(url).database or ""


@pytest.fixture(scope="session")
def lived_in(
    founded: Founded, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> LivedIn:
    """What the registers of these tests are copied from."""
    return LivedIn(founded, request, tmp_path_factory.mktemp("lived-in"))


@pytest.fixture
def old_file(lived_in: LivedIn, tmp_path: Path) -> str:
    """A register file that was lived in."""
    place = tmp_path / "登记库.sqlite"
    shutil.copyfile(lived_in.file, place)
    return str(place)


@pytest.fixture
def old_server(postgres: Postgres, lived_in: LivedIn) -> Iterator[str]:
    """A register on the server that was lived in."""
    url = postgres.create(lived_in.database)
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def old_register(request: pytest.FixtureRequest) -> str:
    """A register that was lived in, on each engine."""
    place: str = request.getfixturevalue("old_file" if request.param == "sqlite" else "old_server")
    return place
