"""The trail of a matter on paper: who did what and when, veiled as paper has to be, on both engines."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from reception.desk import Desk
from reception.facts import Category, Details, NewReferral, PartOutcome, Way
from reception.operations import referrals, site
from reception.operations.referrals import reminding
from reception.paper import case_trail
from reception.wording import Wording, load
from tests.factories import CLERK, Clock, OpenDesk, add, department, new_uid, person, visit
from tests.paper import pdf
from tests.paper.made_up import write

MADE_AT = dt.datetime(2026, 11, 30, 2, 0, tzinfo=dt.UTC)


def printed(desk: Desk, number: str, path: Path, language: str = "en") -> list[pdf.Page]:
    data = desk.ask(case_trail.collect, number)
    wording: Wording = load(language)
    assert write("case_trail", data, wording, path, MADE_AT) == len(pdf.read(path))
    return pdf.read(path)


PARTS, ACTS = 7, 6
"""So many columns have the tables of the departments' parts and of what was done."""


def rows(pages: list[pdf.Page], columns: int) -> list[list[str]]:
    tables = [one for page in pages for one in page.tables if len(one.edges) == columns + 1]
    return [[squeeze(cell) for cell in row] for one in tables for row in one.rows[1:]]


def squeeze(text: str) -> str:
    """Without blanks, which hang unseen where a line of a cell ends."""
    return re.sub(r"\s", "", text)


def lived(desk: Desk, clock: Clock) -> str:
    """A matter that was returned, sent on, reminded and answered."""
    new = visit("拖欠工资", parties=(person(phone="13800001111"),), category=Category.COMPLAINT)
    entry = add(desk, new).entry_id
    sent = NewReferral(department(desk, "JC"), instruction="请核实", written=True)
    desk.do(referrals.refer, entry, sent, uid=new_uid())
    number = desk.ask(referrals.rows, which="all")[0].number
    part = desk.ask(referrals.find_part, number)
    clock.go(minutes=10)
    desk.do(referrals.told, part.id, "李队", uid=new_uid())
    desk.do(referrals.receive, part.id, "赵队", uid=new_uid())
    clock.go(minutes=60)
    to = department(desk, "ZCY")
    passed = PartOutcome.PASSED_ON
    desk.do(referrals.answer, part.id, "属于仲裁", outcome=passed, to=to, uid=new_uid())
    referral = desk.ask(referrals.find_referral, number).id
    desk.do(referrals.reroute, referral, NewReferral(to, reason="归仲裁"), uid=new_uid())
    desk.do(reminding.remind, referral, way=Way.PHONE, whom="孙科长", words="请抓紧", uid=new_uid())
    clock.go(minutes=30)
    new_part = desk.ask(referrals.find_part, number)
    desk.do(referrals.answer, new_part.id, "已裁决", uid=new_uid())
    desk.do(referrals.close, referral, "本人满意", uid=new_uid())
    return number


def test_the_whole_course_reads_as_one_timeline(
    register: str, open_desk: OpenDesk, clock: Clock, tmp_path: Path
) -> None:
    desk = open_desk(register)
    desk.do(site.save, {"call_back_categories": ""}, uid=new_uid())
    number = lived(desk, clock)
    pages = printed(desk, number, tmp_path / "trail.pdf")
    parts, acts = rows(pages, PARTS), rows(pages, ACTS)
    assert [row[0].partition("/")[2][:3] for row in parts] == ["JC人", "ZCY"]
    assert "〔2026〕1号" in parts[0][0]
    assert "李队" in parts[0][3]
    assert "赵队" in parts[0][4]
    assert "属于仲裁" in parts[0][6]
    assert "Closed" in parts[1][6]
    assert [row[0] for row in acts] == [str(at) for at in range(1, len(acts) + 1)]
    done = [
        "Registered",
        "Referred",
        "Told by phone",
        "Received",
        "Department answered",
        "Re-routed",
        "Reminded",
        "Department answered",
        "Referral closed",
    ]
    assert [row[2] for row in acts] == [squeeze(words) for words in done]
    assert all(row[5] == CLERK for row in acts)
    assert "李队" in acts[2][4]
    assert "passedon·to" in acts[4][4]
    assert "属于仲裁" in acts[4][4]
    assert "byphone·孙科长·请抓紧" in acts[6][4]
    assert acts[8][4] == "本人满意"
    assert [acts[at][3] for at in (3, 6)] == ["劳动保障监察大队", "劳动人事争议仲裁院"]
    head = pages[0].text
    for words in ("Trail of a matter", "拖欠工资", "张建国", "13800001111", "请核实"):
        assert words in head, words
    chinese = printed(desk, number, tmp_path / "zh.pdf", "zh_CN")
    assert "办理轨迹" in "".join(chinese[0].outside)
    assert len(rows(chinese, ACTS)) == len(acts)
    assert not [row[2] for row in rows(chinese, ACTS) if row[2].isascii()]


def test_a_report_names_nobody_who_told_it(register: str, open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(register)
    new = visit(
        "举报不签合同",
        parties=(person("司马秘", phone="13900002222"),),
        category=Category.REPORT,
        referral=NewReferral(department(desk, "JC"), told_whom="李队"),
    )
    receipt = add(desk, new)
    desk.do(referrals.receive, desk.ask(referrals.find_part, receipt.number).id, "赵队", uid=new_uid())
    text = "".join(page.text for page in printed(desk, receipt.number, tmp_path / "trail.pdf"))
    assert "司马秘" not in text
    assert "13900002222" not in text
    assert "Withheld" in text
    assert "赵队" in text


@pytest.mark.parametrize("who", [CLERK, "陈局长"])
def test_of_an_accusation_it_tells_only_when_something_was_done(
    register: str, open_desk: OpenDesk, tmp_path: Path, who: str
) -> None:
    desk = open_desk(register, operator="陈局长")
    desk.do(site.save, {"supervisors": "陈局长"}, uid=new_uid())
    new = visit(
        "检举收受财物",
        parties=(person("司马秘"),),
        category=Category.ACCUSATION,
        details=Details(complained_about="某人"),
        referral=NewReferral(department(desk, "JC"), instruction="请查实", told_whom="李队"),
    )
    number = add(desk, new).number
    pages = printed(open_desk(register, operator=who), number, tmp_path / "trail.pdf")
    text = "".join(page.text for page in pages)
    for words in ("检举收受财物", "司马秘", "某人", "请查实", "李队", "劳动保障监察大队"):
        assert words not in text, words
    (act,) = rows(pages, ACTS)
    assert act[2] == "Registered"


def test_a_long_trail_goes_on_over_pages(
    file_register: str, open_desk: OpenDesk, clock: Clock, tmp_path: Path
) -> None:
    desk = open_desk(file_register)
    receipt = add(desk, visit("欠薪", referral=NewReferral(department(desk, "JC"))))
    part = desk.ask(referrals.find_part, receipt.number).id
    for at in range(60):
        clock.go(minutes=1)
        desk.do(referrals.told, part, f"第{at}人", uid=new_uid())
    pages = printed(desk, receipt.number, tmp_path / "trail.pdf", "zh_CN")
    assert len(pages) > 1
    numbers = [
        row[0] for page in pages for table in page.tables for row in table.rows[1:] if row[0].isdigit()
    ]
    assert numbers == [str(at) for at in range(1, 62)]
