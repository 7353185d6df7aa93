"""The roll-call list: everyone who has not left, also from what was known last."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import re
from pathlib import Path

from reception.facts import Category, Kind, NewEntry, Party, RollCall, Visitor
from reception.operations import entries, site
from reception.paper import roll_call
from reception.wording import Wording
from tests.factories import CLERK, Clock, OpenDesk, add, department, new_uid, person, visit
from tests.paper import pdf
from tests.paper.chinese import CHINESE, ENGLISH
from tests.paper.made_up import MADE_AT, ZONE, write

AS_OF = dt.datetime(2026, 1, 5, 10, 41, tzinfo=ZONE)


def _visitor(index: int = 1, **fields: object) -> Visitor:
    plain = Visitor(
        entry_id=index,
        number=f"20260105-{index:03d}",
        desk="",
        name="张建国",
        organisation="某县机械厂",
        phone="13800138000",
        party_size=1,
        about="社保卡补换",
        department="JC",
        department_name="劳动保障监察大队",
        wanted="",
        received_at=dt.datetime(2026, 1, 5, 9, 5, tzinfo=ZONE),
        waiting_since=None,
        seen_at=None,
        waiting_minutes=None,
        late=False,
    )
    return dataclasses.replace(plain, **fields)  # type: ignore[arg-type]


def _printed(path: Path, *visitors: Visitor, live: bool = True, wording: Wording = CHINESE) -> list[pdf.Page]:
    data = RollCall("某县人力资源和社会保障局", "Asia/Shanghai", AS_OF, live, visitors)
    assert write("roll_call", data, wording, path, MADE_AT) == len(pdf.read(path))
    return pdf.read(path)


def _rows(pages: list[pdf.Page]) -> list[list[str]]:
    return [
        [re.sub(r"\s", "", cell) for cell in row]
        for page in pages
        for table in page.tables[:1]
        for row in table.rows[1:]
    ]


def test_everyone_stands_there_with_since_when_and_where(tmp_path: Path) -> None:
    since = AS_OF - dt.timedelta(minutes=5)
    pages = _printed(
        tmp_path / "roll.pdf",
        _visitor(2, name="𬱖生", party_size=5, waiting_since=since, wanted="李科长"),
        _visitor(1),
        _visitor(3, waiting_since=since, seen_at=AS_OF, identity_protected=True),
        _visitor(4, department="", department_name="", waiting_since=since, party_size=14),
    )
    assert _rows(pages) == [
        ["001", "张建国", "某县机械厂", "1", "09:05", "劳动保障监察大队", "□", ""],
        ["002", "𬱖生", "某县机械厂", "5", "09:05", "劳动保障监察大队·李科长（在接待台等候）", "□□□□□", ""],
        ["003", "保密", "保密", "1", "09:05", "劳动保障监察大队", "□", ""],
        ["004", "张建国", "某县机械厂", "14", "09:05", "在接待台等候", "", ""],
    ]
    outside = "".join(pages[0].outside)
    for words in ("在场来访人员点名表", "某县人力资源和社会保障局", "2026年1月5日 10:41", "清点人"):
        assert words in outside, words
    assert "合计 4 批 21 人" in outside
    assert "无响应" not in outside


def test_a_list_from_memory_says_so(tmp_path: Path) -> None:
    outside = "".join(_printed(tmp_path / "roll.pdf", _visitor(), live=False)[0].outside)
    assert "截至 10:41 的名单；登记库无响应" in outside
    english = _printed(tmp_path / "en.pdf", _visitor(), live=False, wording=ENGLISH)
    assert "As known at 10:41; the register does not answer" in "".join(english[0].outside)


def test_nobody_here_is_said_too(tmp_path: Path) -> None:
    pages = _printed(tmp_path / "roll.pdf")
    assert _rows(pages) == [["", "目前无人在场。", "", "", "", "", "", ""]]
    assert "合计 0 批 0 人" in "".join(pages[0].outside)


def test_a_full_house_is_listed_over_pages_and_the_count_is_not_alone(tmp_path: Path) -> None:
    dice = random.Random(3)
    for count in (40, 41, 42, 120):
        crowd = [_visitor(index, party_size=dice.choice((1, 1, 2, 9))) for index in range(1, count + 1)]
        pages = _printed(tmp_path / "roll.pdf", *crowd)
        assert [row[0] for row in _rows(pages)] == [f"{index:03d}" for index in range(1, count + 1)]
        assert len(pages[-1].tables[0].rows) > 1


def test_the_list_is_that_of_the_register(file_register: str, open_desk: OpenDesk, clock: Clock) -> None:
    desk = open_desk(file_register)
    here = add(desk, visit(parties=(person(),), party_size=3, department_id=department(desk, "JC")))
    gone = add(desk, visit(parties=(person("李四"),)))
    add(desk, NewEntry(Kind.CALL_IN, "电话", parties=(Party("王五"),)))
    clock.go(minutes=20)
    desk.do(entries.leave, gone.entry_id, uid=new_uid())
    data = desk.ask(roll_call.collect)
    assert (data.live, data.as_of, data.zone) == (True, clock.now, "Asia/Shanghai")
    assert [(one.number, one.party_size, one.department) for one in data.visitors] == [(here.number, 3, "JC")]


def test_a_list_of_a_moment_says_later_too_who_was_here_then(
    register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(register)
    first, second = add(desk, visit(parties=(person("张三"),))), add(desk, visit(parties=(person("李四"),)))
    moment = desk.ask(roll_call.settle)["moment"]
    before = list(roll_call.lines(desk.ask(roll_call.collect, moment)))
    clock.go(minutes=5)
    add(desk, visit(parties=(person("王五"),)))
    desk.do(entries.leave, first.entry_id, uid=new_uid())
    assert list(roll_call.lines(desk.ask(roll_call.collect, moment))) == before
    assert [key for key, _ in before[1:]] == [f"entry:{first.entry_id}", f"entry:{second.entry_id}"]
    now = desk.ask(roll_call.collect)
    assert {one.name for one in now.visitors} == {"李四", "王五"}
    assert roll_call.subject(moment) == moment


def test_whoever_prints_it_an_accusation_names_nobody(register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(register)
    desk.do(site.save, {"supervisors": CLERK}, uid=new_uid())
    add(desk, visit("检举", parties=(person("司马秘"),), category=Category.ACCUSATION))
    (one,) = desk.ask(roll_call.collect).visitors
    assert "司马秘" not in (one.name, one.about)
    assert one.identity_protected
