"""What the sheet collects from a real register, on both engines."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reception.desk import Desk
from reception.facts import (
    Act,
    CallResult,
    Category,
    Details,
    Duty,
    EntryStatus,
    Kind,
    NewEntry,
    NewReferral,
    Party,
    ReferralStatus,
    Totals,
)
from reception.operations import directory, duties, entries, site
from reception.paper import daily_sheet, making, prints
from tests.factories import Founded
from tests.paper import pdf
from tests.paper.chinese import CHINESE, ENGLISH
from tests.paper.made_up import write

NOON = dt.datetime(2026, 11, 22, 4, 0, tzinfo=dt.UTC)  # 12:00 in Shanghai
TODAY, YESTERDAY = 20261122, 20261121


class Clock:
    """A clock that stands where the test puts it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """What the registers of these tests are copied from."""
    folder = tmp_path_factory.mktemp("collect")
    return Founded(request, folder, site_name="某县人社局", operator="王芳", clock=Clock())


@pytest.fixture(params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest, model: Founded, tmp_path: Path) -> Iterator[str]:
    """A register of one test's own, on each engine."""
    with model.copied(request.param, tmp_path / "register.sqlite") as place:
        yield place


@pytest.fixture
def desk(register: str, clock: Clock) -> Iterator[Desk]:
    opened = Desk.open(register, operator="王芳", clock=clock)
    yield opened
    opened.close()


def at(hour: int, minute: int = 0, day: int = 22) -> dt.datetime:
    """An instant of November 2026 by the site's clock."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def department(desk: Desk, code: str) -> int:
    return next(one.id for one in desk.ask(directory.catalogue).departments if one.code == code)


def test_day_is_collected_as_it_was_registered(desk: Desk, tmp_path: Path) -> None:
    supervision = department(desk, "JC")
    person = Party(name="张建国", phone="13800000000", organisation="某村")
    claim = NewEntry(
        Kind.VISIT,
        "拖欠工资",
        parties=(person,),
        party_size=3,
        received_at=at(9, 5),
        act=Act.REFERRED,
        referral=NewReferral(supervision),
    )
    desk.do(entries.register, claim)
    desk.do(
        entries.register,
        NewEntry(
            Kind.CALL_IN,
            "问社保卡",
            received_at=at(10),
            act=Act.PUT_THROUGH,
            call_result=CallResult.NO_ANSWER,
            department_id=supervision,
            late=True,
        ),
    )
    wrong = desk.do(
        entries.register, NewEntry(Kind.VISIT, "登记错了", act=Act.ANSWERED, received_at=at(10, 30))
    )
    desk.do(entries.void, wrong.entry_id, "重复登记", uid=uuid.uuid4())

    data = desk.ask(daily_sheet.collect, TODAY)

    assert (data.site, data.day, data.desk, data.zone) == ("某县人社局", TODAY, "", "Asia/Shanghai")
    assert "严禁录入国家秘密" in data.footer
    assert data.totals == Totals(visits=1, visitors=3, calls_in=1, put_through=1, referred=1, open=2, void=1)
    first, second, third = data.rows
    assert (first.number, f"{first.at:%H:%M}", first.party_size) == ("001", "09:05", 3)
    assert (first.name, first.phone, first.organisation) == ("张建国", "13800000000", "某村")
    assert (first.act, first.status, first.referral_status) == (
        Act.REFERRED,
        EntryStatus.OPEN,
        ReferralStatus.OPEN,
    )
    assert "监察" in first.department
    assert first.operator == "王芳"
    assert (second.late, second.call_result, second.kind) == (True, CallResult.NO_ANSWER, Kind.CALL_IN)
    assert (third.status, third.void_reason) == (EntryStatus.VOID, "重复登记")

    path = tmp_path / "day.pdf"
    write("daily_sheet", data, CHINESE, path, NOON)
    [page] = pdf.read(path)
    assert page.outside[0] == "每日接待登记表"
    assert page.outside[1] == "某县人社局2026年11月22日 星期日"
    assert [cells[0] for cells in page.tables[0].rows] == ["序号", "001", "002", "003"]
    assert page.tables[0].rows[1][7] == "拖欠工资"
    assert page.tables[0].rows[2][12].startswith("补登")
    assert page.tables[0].rows[3][12] == "作废：重复登记"


@pytest.mark.parametrize(
    "hidden",
    [
        {"details": Details(identity_protected=True)},
        {"category": Category.REPORT},
    ],
)
def test_identity_that_may_not_be_disclosed_does_not_travel(
    desk: Desk, hidden: dict[str, object], tmp_path: Path
) -> None:
    person = Party(name="欧阳修远", phone="13911112222", organisation="柳树村")
    desk.do(entries.register, NewEntry(Kind.VISIT, "不参保", parties=(person,), received_at=at(9), **hidden))  # type: ignore[arg-type]
    for day, data in (
        (TODAY, desk.ask(daily_sheet.collect, TODAY)),
        (0, desk.ask(daily_sheet.collect, 20261123)),
    ):
        for secret in ("欧阳修远", "13911112222", "柳树村"):
            assert secret not in repr(data), day
        path = tmp_path / "day.pdf"
        write("daily_sheet", data, CHINESE, path, NOON)
        assert any(
            "保密" in cells for page in pdf.read(path) for table in page.tables for cells in table.rows
        )


def test_what_earlier_days_left_open_is_carried_over_oldest_first(desk: Desk, clock: Clock) -> None:
    clock.now = at(9, day=20).astimezone(dt.UTC)
    for subject in ("甲", "乙"):
        desk.do(entries.register, NewEntry(Kind.VISIT, subject))
    done = desk.do(entries.register, NewEntry(Kind.VISIT, "丙", act=Act.ANSWERED))
    void = desk.do(entries.register, NewEntry(Kind.VISIT, "丁"))
    desk.do(entries.void, void.entry_id, "错", uid=uuid.uuid4())
    clock.now = NOON
    desk.do(entries.register, NewEntry(Kind.VISIT, "今天的"))

    data = desk.ask(daily_sheet.collect, TODAY)

    assert [(one.number, one.subject) for one in data.carried] == [
        ("20261120-001", "甲"),
        ("20261120-002", "乙"),
    ]
    assert data.carried_total == 2
    assert done.number == "20261120-003"
    assert desk.ask(daily_sheet.collect, 20261120).carried == ()


def test_more_open_items_than_are_printed_are_counted(desk: Desk, clock: Clock) -> None:
    clock.now = at(9, day=21).astimezone(dt.UTC)
    for index in range(daily_sheet.CARRIED + 2):
        desk.do(entries.register, NewEntry(Kind.CALL_IN, f"第{index}件"))
    data = desk.ask(daily_sheet.collect, TODAY)
    assert len(data.carried) == daily_sheet.CARRIED
    assert data.carried_total == daily_sheet.CARRIED + 2


def test_each_desk_may_have_its_own_sheet(desk: Desk, register: str, clock: Clock) -> None:
    desk.do(entries.register, NewEntry(Kind.VISIT, "第一台", act=Act.ANSWERED))
    other = Desk.open(register, desk="B", operator="李明", clock=clock)
    try:
        other.do(entries.register, NewEntry(Kind.VISIT, "第二台", party_size=4, act=Act.ANSWERED))
        both, second = other.ask(daily_sheet.collect, TODAY), other.ask(daily_sheet.collect, TODAY, "B")
    finally:
        other.close()
    assert sorted(row.number for row in both.rows) == ["001", "B-001"]
    assert (second.desk, [row.number for row in second.rows]) == ("B", ["B-001"])
    assert (both.totals.visitors, second.totals.visitors) == (5, 4)


def test_day_without_entries_is_empty(desk: Desk) -> None:
    data = desk.ask(daily_sheet.collect, YESTERDAY)
    assert (data.rows, data.carried, data.totals) == ((), (), Totals())


def test_day_that_does_not_exist_is_no_day(desk: Desk) -> None:
    with pytest.raises(ValueError, match="day"):
        desk.ask(daily_sheet.collect, 20260230)


def test_weather_and_duty_stand_in_the_head_where_the_site_wants_them(desk: Desk, tmp_path: Path) -> None:
    desk.do(duties.save, Duty(TODAY, "周值班", "吴局长", "晴"), uid=uuid.uuid4())

    def head() -> list[str]:
        data = desk.ask(daily_sheet.collect, TODAY)
        write("daily_sheet", data, CHINESE, tmp_path / "day.pdf")
        (page,) = pdf.read(tmp_path / "day.pdf")
        return page.outside

    told = "天气：晴\u3000\u3000带班领导：吴局长\u3000\u3000值班员：周值班"
    assert told not in head()
    desk.do(site.save, {"on_duty": "yes"}, uid=uuid.uuid4())
    assert head()[2] == told  # under title and unit
    desk.do(duties.save, Duty(TODAY), uid=uuid.uuid4())
    assert not any("天气" in line for line in head())


def test_an_accusation_is_called_so_in_the_language_of_the_paper(desk: Desk, tmp_path: Path) -> None:
    person = (Party("张建国", "13800000000"),)
    number = desk.do(
        entries.register,
        NewEntry(Kind.VISIT, "某人受贿", parties=person, category=Category.ACCUSATION),
    ).number
    of: dict[str, dict[str, Any]] = {
        "daily_sheet": {"day": TODAY},
        "ledger": {"year": 2026},
        "visitor_register": {"first_day": TODAY, "last_day": TODAY},
        "visit_record": {"number": number},
        "case_trail": {"number": number},
    }
    for form, arguments in of.items():
        gathered = desk.ask(prints.gather, form, "en", **arguments)
        making.write(form, gathered.data, ENGLISH, None, gathered.preview_stamp, tmp_path / "p.pdf")
        text = " ".join("".join(page.text for page in pdf.read(tmp_path / "p.pdf")).split())
        assert "Accusation (sealed)" in text, form
        assert not [word for word in ("封存", "受贿", "张建国", "13800000000") if word in text], form
