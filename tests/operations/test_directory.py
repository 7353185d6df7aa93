"""The directory and the settings: kept with their trail, refused beside the field."""

from __future__ import annotations

import dataclasses

import pytest

from reception.desk import Desk
from reception.errors import InputError, NotFoundError
from reception.facts import DepartmentFact, MatterFact
from reception.operations import directory, site
from reception.operations.trail import lines
from reception.store import check
from tests.factories import CLERK, OpenDesk, new_uid, overlap


def test_a_department_is_added_found_and_changed(desk: Desk) -> None:
    fact = DepartmentFact(
        0,
        "xk",
        " 新 科室 ",
        room="305",
        phone="8031",
        officer_a="甲",
        officer_b="乙",
        leader="丙",
        note="备注",
    )
    added = desk.do(directory.save_department, fact, uid=new_uid())
    assert (added.code, added.name, added.room) == ("XK", "新 科室", "305")
    assert "xks" in added.initials
    assert desk.ask(directory.department, " xk ") == added
    changed = desk.do(
        directory.save_department, dataclasses.replace(added, phone="8032", active=False), uid=new_uid()
    )
    assert changed == dataclasses.replace(added, phone="8032", active=False)
    assert changed in desk.ask(directory.catalogue).departments
    trail = desk.ask(lines, "department", added.id)
    assert [line.verb for line in trail] == ["create", "save"]
    assert ("phone", "8031", "8032") in trail[1].changes
    check.run(desk)


def test_a_new_name_is_found_by_its_new_pinyin(desk: Desk) -> None:
    old = desk.ask(directory.department, "SBK")
    renamed = desk.do(
        directory.save_department, dataclasses.replace(old, name="社会保障卡窗口"), uid=new_uid()
    )
    assert "shbzkck" in renamed.initials
    check.run(desk)


@pytest.mark.parametrize(
    ("fact", "field"),
    [
        (DepartmentFact(0, "", "科室"), "code"),
        (DepartmentFact(0, "科", "科室"), "code"),
        (DepartmentFact(0, "A" * 17, "科室"), "code"),
        (DepartmentFact(0, "A-1", "科室"), "code"),
        (DepartmentFact(0, "jc", "科室"), "code"),
        (DepartmentFact(0, "NEU", " \u200b"), "name"),
        (DepartmentFact(0, "NEU", "科" * 201), "name"),
        (DepartmentFact(0, "NEU", "科室", phone="8" * 201), "phone"),
        (DepartmentFact(1, "NEU", "科室"), "code"),
    ],
)
def test_a_department_that_cannot_be(
    file_register: str, open_desk: OpenDesk, fact: DepartmentFact, field: str
) -> None:
    desk = open_desk(file_register)
    before = desk.ask(directory.catalogue)
    with pytest.raises(InputError) as refused:
        desk.do(directory.save_department, fact, uid=new_uid())
    assert refused.value.field == field
    assert desk.ask(directory.catalogue) == before


def test_an_unknown_department_is_said_so(desk: Desk) -> None:
    for code in ("QQQ", "", "J C", "科", "JC\0", "\udcff", "A" * 99):
        with pytest.raises(NotFoundError) as refused:
            desk.ask(directory.department, code)
        assert refused.value.field == "department_id"


def test_saving_twice_saves_once(desk: Desk) -> None:
    uids = [new_uid() for _ in range(3)]
    for _ in range(2):
        desk.do(directory.save_department, DepartmentFact(0, "XK", "新科室"), uid=uids[0])
        desk.do(directory.save_matter, MatterFact(0, "新事项"), uid=uids[1])
        desk.do(site.save, {"name": "某局", "footer": "页脚"}, uid=uids[2])
    found = desk.ask(directory.catalogue)
    assert [one.code for one in found.departments].count("XK") == 1
    assert [one.name for one in found.matters].count("新事项") == 1
    assert (found.site.name, found.site.footer) == ("某局", "页脚")
    check.run(desk)


def test_a_matter_keeps_its_papers_line_by_line(desk: Desk) -> None:
    department = desk.ask(directory.department, "JC")
    fact = MatterFact(
        0,
        "讨薪登记",
        keywords="讨薪 工钱",
        department_id=department.id,
        materials="投诉书\n身份证 ",
        basis="劳动法",
        limit="60 天",
        note="两年内",
    )
    saved = desk.do(directory.save_matter, fact, uid=new_uid())
    assert saved.materials == "投诉书\n身份证"
    assert "txdj" in saved.initials
    with pytest.raises(InputError) as refused:
        desk.do(directory.save_matter, fact, uid=new_uid())
    assert refused.value.field == "name"
    again = desk.do(directory.save_matter, dataclasses.replace(saved, keywords="讨薪 欠条"), uid=new_uid())
    assert "qt" in again.initials
    with pytest.raises(NotFoundError):
        desk.do(directory.save_matter, dataclasses.replace(saved, department_id=9_999), uid=new_uid())
    with pytest.raises(NotFoundError):
        desk.do(directory.save_matter, dataclasses.replace(saved, id=9_999, name="别的"), uid=new_uid())
    check.run(desk)


def test_clerks_come_and_go_but_somebody_stays(desk: Desk) -> None:
    assert desk.do(directory.save_operator, " 李\u200b静 ", uid=new_uid()) == "李静"
    desk.do(directory.save_operator, CLERK, active=False, uid=new_uid())
    assert desk.ask(directory.catalogue).operators == ("李静",)
    with pytest.raises(InputError) as refused:
        desk.do(directory.save_operator, "李静", active=False, uid=new_uid())
    assert refused.value.field == "active"
    desk.do(directory.save_operator, CLERK, uid=new_uid())
    assert desk.ask(directory.catalogue).operators == (CLERK, "李静")
    check.run(desk)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"zone": "Europe/Paris"}, "zone"),
        ({"uid": "x"}, "uid"),
        ({"template": "office"}, "template"),
        ({"name": " \u200b"}, "name"),
        ({"language": "fr"}, "language"),
        ({"waiting_minutes": "0"}, "waiting_minutes"),
        ({"waiting_minutes": "601"}, "waiting_minutes"),
        ({"waiting_minutes": "１０"}, "waiting_minutes"),
        ({"waiting_minutes": "-1"}, "waiting_minutes"),
        ({"call_back_tries": "0"}, "call_back_tries"),
        ({"contact_categories": "complaint nonsense"}, "contact_categories"),
        ({"leader_look_categories": "投诉"}, "leader_look_categories"),
        ({"call_back_categories": "petition,complaint"}, "call_back_categories"),
        ({"reminder_ladder": "1 phone; 1 written"}, "reminder_ladder"),
        ({"reminder_ladder": "6 leader"}, "reminder_ladder"),
        ({"footer": "字" * 201}, "footer"),
        ({"Kein Name": "x"}, "Kein Name"),
        ({"x" * 65: "x"}, "x" * 65),
    ],
)
def test_a_setting_that_cannot_be(
    file_register: str, open_desk: OpenDesk, values: dict[str, str], field: str
) -> None:
    desk = open_desk(file_register)
    before = desk.ask(site.site)
    with pytest.raises(InputError) as refused:
        desk.do(site.save, {"footer": "先写的", **values}, uid=new_uid())
    assert refused.value.field == field
    assert desk.ask(site.site) == before


def test_settings_are_changed_with_their_trail(desk: Desk) -> None:
    old = desk.ask(site.site)
    new = desk.do(
        site.save,
        {
            "name": "某市人社局",
            "language": "en",
            "waiting_minutes": "15",
            "zone": old.zone,
            "own_setting": "值",
        },
        uid=new_uid(),
    )
    assert (new.name, new.language, new.waiting_minutes, new.zone) == ("某市人社局", "en", 15, old.zone)
    assert dict(new.values)["own_setting"] == "值"
    assert desk.ask(site.site) == new
    check.run(desk)


def test_two_desks_that_add_the_same_department(register: str, open_desk: OpenDesk) -> None:
    a, b = open_desk(register, desk="A"), open_desk(register, desk="B")
    first, second = overlap(
        a,
        lambda session: directory.save_department(session, DepartmentFact(0, "XK", "甲台"), uid=new_uid()),
        b,
        lambda session: directory.save_department(session, DepartmentFact(0, "XK", "乙台"), uid=new_uid()),
    )
    assert isinstance(first, DepartmentFact)
    assert isinstance(second, InputError)
    assert second.field == "code"
    assert a.ask(directory.department, "XK").name == "甲台"
    check.run(a)
