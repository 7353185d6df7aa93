"""Recording at the desk by command: what is typed is what is shown, listed and kept in the trail."""

from __future__ import annotations

import contextlib
import re
import uuid

import pytest

from reception.desk import Desk
from reception.operations import reading
from tests.cli.running import InProcess

KEYS = [
    *("number", "uid", "kind", "received_at", "name", "phone", "organisation", "party", "matter", "subject"),
    *("request", "outcome", "category", "act", "department", "status", "operator", "left_at"),
]
AT = ("--at", "2024-03-05T09:30")


def test_what_was_recorded_is_shown(reception: InProcess) -> None:
    number = reception.done(
        *(
            "add",
            "visit",
            "--subject",
            "工资三个月没发",
            "--matter",
            "欠薪",
            "--name",
            "张建国",
            "--phone",
            "13800001234",
        ),
        *("--organisation", "某建筑公司", "--party", "3", "--request", "要回工资", "--category", "complaint"),
        *("--department", "jc", "--operator", "李敏", *AT),
    ).word
    assert number == "20240305-001"
    shown = reception.json("show", number)
    assert list(shown)[: len(KEYS)] == KEYS
    assert str(uuid.UUID(shown["uid"])) == shown["uid"]
    assert {name: shown[name] for name in KEYS if name not in ("uid", "matter")} == {
        "number": number,
        "kind": "visit",
        "received_at": "2024-03-05T09:30:00+08:00",
        "name": "张建国",
        "phone": "13800001234",
        "organisation": "某建筑公司",
        "party": 3,
        "subject": "工资三个月没发",
        "request": "要回工资",
        "outcome": None,
        "category": "complaint",
        "act": None,
        "department": "JC",
        "status": "open",
        "operator": "李敏",
        "left_at": None,
    }
    assert "欠薪" in shown["matter"]
    assert shown["late"] is True
    text = reception.done("show", number).out
    for part in (
        number,
        "visit",
        "2024-03-05 09:30",
        "张建国",
        "工资三个月没发",
        "某建筑公司",
        "JC",
        "open",
        "李敏",
    ):
        assert part in text


@pytest.mark.parametrize("kind", ["visit", "call-in", "call-out"])
def test_each_kind_gets_the_next_number_of_its_day(reception: InProcess, kind: str) -> None:
    first = reception.done("add", kind, "--subject", "问路", *AT)
    second = reception.done("add", kind, "--subject", "会议通知", *AT)
    assert (first.word, second.word) == ("20240305-001", "20240305-002")
    assert [one["kind"] for one in reception.json("list", "--day", "2024-03-05")] == [kind, kind]


def test_an_entry_without_a_time_is_of_today(reception: InProcess) -> None:
    number = reception.add()
    assert re.fullmatch(r"\d{8}-001", number)
    assert reception.json("list", "--day", number[:8])[0]["number"] == number
    assert not reception.json("show", number)["late"] or number[:8] != reception.json("list")[0]["number"][:8]


def test_the_same_uid_twice_is_the_same_entry(reception: InProcess) -> None:
    uid = str(uuid.uuid4())
    first = reception.done("add", "visit", "--subject", "社保卡", "--uid", uid, *AT)
    again = reception.done("add", "visit", "--subject", "社保卡", "--uid", uid, *AT)
    assert first.word == again.word
    assert [one["uid"] for one in reception.json("list", "--day", "2024-03-05")] == [uid]


def test_a_matter_stands_for_the_subject(reception: InProcess) -> None:
    number = reception.done("add", "visit", "--matter", "职称评审", *AT).word
    shown = reception.json("show", number)
    assert shown["subject"] == shown["matter"]


def test_markup_formulas_and_several_lines_stay_as_they_were_typed(reception: InProcess) -> None:
    typed = "=1+1 <b>粗</b> & “引号”\n第二行 𬱖"
    number = reception.done("add", "call-in", "--subject", typed, *AT).word
    assert reception.json("show", number)["subject"] == typed
    shown = reception.done("show", number).out
    assert "=1+1 <b>粗</b> & “引号”\n" in shown
    assert "第二行 𬱖" in shown
    assert len(reception.done("list", "--day", "20240305").out.splitlines()) == 2


def test_private_use_characters_are_kept_and_reported(reception: InProcess) -> None:
    result = reception("add", "visit", "--subject", "户口", "--name", "张\ue81e", *AT)
    assert result.code == 0
    assert "U+E81E" in result.err
    assert reception.json("show", result.word)["name"] == "张\ue81e"


def test_answering_pointing_and_putting_through_finish_an_entry(reception: InProcess) -> None:
    answered, pointed, connected, silent = (reception.add(*AT) for _ in range(4))
    reception.done("answer-now", answered, "--outcome", "带身份证到三楼")
    reception.done("point", pointed, "--to", "SBK")
    reception.done("put-through", connected, "--to", "JY")
    reception.done("put-through", silent, "--to", "JY", "--result", "no-answer")
    rows = {one["number"]: one for one in reception.json("list", "--day", "2024-03-05")}
    assert [
        (rows[one]["act"], rows[one]["status"], rows[one]["department"], rows[one]["call_result"])
        for one in rows
    ] == [
        ("answered", "finished", None, None),
        ("pointed", "finished", "SBK", None),
        ("put-through", "finished", "JY", "connected"),
        ("put-through", "open", "JY", "no-answer"),
    ]
    assert rows[answered]["outcome"] == "带身份证到三楼"


def test_pointing_without_a_department_keeps_the_one_noted_before(reception: InProcess) -> None:
    number = reception.add("--department", "SBK", *AT)
    assert reception.json("point", number)["department"] == "SBK"


def test_an_outcome_is_written_and_closes_when_asked_to(reception: InProcess) -> None:
    number = reception.add(*AT)
    assert reception.json("outcome", number, "已告知材料")["status"] == "open"
    closed = reception.json("outcome", number, "已办", "--close")
    assert (closed["outcome"], closed["status"], closed["act"]) == ("已办", "finished", "answered")


def test_leaving_is_noted_at_its_time_and_never_before_the_arrival(reception: InProcess) -> None:
    number = reception.add(*AT)
    assert "before the arrival" in reception.refused("leave", number, "--at", "2024-03-05T09:29")
    assert (
        reception.json("leave", number, "--at", "2024-03-05T10:05")["left_at"] == "2024-03-05T10:05:00+08:00"
    )
    assert reception.json("leave", reception.add())["left_at"] is not None


def test_a_correction_keeps_the_old_value_in_the_trail(reception: InProcess) -> None:
    number = reception.add("--name", "张三", "--phone", "13800001234", *AT)
    reception.done(
        "correct",
        number,
        "document_type=身份证",
        "document_number=11010519491231002X",
        "sex=male",
        "--operator",
        "李敏",
    )
    corrected = reception.json(
        "correct", number, "name=章三", "party=2", "urgency=urgent", "subject=社保卡挂失"
    )
    assert (corrected["name"], corrected["party"], corrected["urgency"]) == ("章三", 2, "urgent")
    assert corrected["phone"] == "13800001234"
    assert corrected["parties"][0]["document_number"] == "****002X"
    with contextlib.closing(
        Desk.open(reception.register)
    ) as desk:  # masked where it is shown, whole where it is kept
        [person] = desk.ask(reading.parties, desk.ask(reading.find_number, number))
    assert person.document_number == "11010519491231002X"
    assert [step["verb"] for step in corrected["trail"]] == ["register", "correct", "correct"]
    assert corrected["trail"][1]["operator"] == "李敏"
    assert {"field": "name", "old": "张三", "new": "章三"} in corrected["trail"][2]["changes"]
    text = reception.done("show", number).out
    assert "Name: 张三 → 章三" in text
    assert "11010519491231002X" not in text


def test_a_correction_to_another_day_is_refused(reception: InProcess) -> None:
    number = reception.add(*AT)
    assert "another" in reception.refused("correct", number, "received_at=2024-03-06T09:30")
    assert reception.json("correct", number, "received_at=2024-03-05 09:10")["received_at"].startswith(
        "2024-03-05T09:10"
    )


def test_a_void_entry_keeps_its_line_and_its_number(reception: InProcess) -> None:
    first, second = reception.add(*AT), reception.add(*AT)
    void = reception.json("void", first, "--reason", "登记重复")
    assert (void["status"], void["void_reason"]) == ("void", "登记重复")
    assert [(one["number"], one["status"]) for one in reception.json("list", "--day", "2024-03-05")] == [
        (first, "void"),
        (second, "open"),
    ]
    assert reception.add(*AT) == "20240305-003"
    assert first in reception.refused("answer-now", first)


def test_repeating_an_act_with_its_uid_tells_the_first_result(reception: InProcess) -> None:
    number, uid = reception.add(*AT), str(uuid.uuid4())
    for _ in range(2):
        reception.done("void", number, "--reason", "误登", "--uid", uid)
    assert len(reception.json("show", number)["trail"]) == 2


def test_a_list_is_ascending_and_aligned(reception: InProcess) -> None:
    for name in ("张三", "Ann", "买买提·阿不都"):
        reception.add("--name", name, *AT)
    lines = reception.done("list", "--day", "2024-03-05").out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["20240305-001", "20240305-002", "20240305-003"]
    assert reception.json("list", "--day", "2024-03-06") == []
    assert len(reception.done("list", "--day", "2024-03-06").out.splitlines()) == 1


def test_each_desk_has_its_own_numbers(reception: InProcess) -> None:
    reception.add(*AT)
    other = reception.done("add", "visit", "--subject", "问路", *AT, before=["--desk", "b"])
    assert other.word == "20240305-B-001"
    assert [one["desk"] for one in reception.json("list", "--day", "20240305")] == [None, "B"]
    assert reception.json("show", other.word)["number"] == other.word


def test_the_directory_and_the_catalogue_are_listed(reception: InProcess) -> None:
    departments = {one["code"]: one for one in reception.json("departments")}
    assert departments["JC"]["name"] == "劳动保障监察大队"
    assert any(one["outside"] for one in departments.values())
    matters = reception.json("matters")
    assert any(one["department"] == "SBK" and "身份证" in "".join(one["materials"]) for one in matters)
    assert "劳动保障监察大队" in reception.done("departments").out
    assert matters[0]["name"] in reception.done("matters").out
