"""The record of a meeting notice and the sign-in sheet: every round, every ✓ with its time, room to sign."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import InputError
from reception.facts import AttemptResult
from reception.facts.office import NewInvitee, Reply
from reception.operations import entries
from reception.operations.office import meetings
from reception.paper import meeting_notice, sign_in
from reception.paper.meeting_notice import MeetingNotice
from reception.wording import load
from tests.factories import NOW, Clock, OpenDesk, add, department, new_uid
from tests.paper import boxed, pdf
from tests.paper.boxed import squeeze
from tests.paper.made_up import write

MEETS = dt.datetime(2026, 11, 24, 7, tzinfo=dt.UTC)
TOLD: dict[str, Any] = {
    "subject": "年终总结会",
    "convener": "吴局长",
    "agenda": "总结今年工作",
    "meets_at": MEETS,
    "place": "三楼会议室",
    "attendance": "各科室负责人",
    "materials": "台账",
    "dress": "正装",
    "reply_by": MEETS - dt.timedelta(hours=3),
    "issued_by": "办公室",
}


def _notice(desk: Desk, clock: Clock) -> str:
    """A notice in its second round, three invited: one told of both, one of the first, one never reached."""
    people = (
        NewInvitee("社会保障卡中心", "", "8031", department(desk, "SBK")),
        NewInvitee("王芳", "县医保局 局长", "0816-8220001"),
        NewInvitee("李明", "", "13900000002"),
    )
    made = desk.do(meetings.notify, **TOLD, invitees=people, uid=new_uid())

    def call(at: int, result: AttemptResult, **said: Any) -> None:
        (who,) = (one for one in desk.ask(meetings.invitees, made.entry_id) if one.ordinal == at)
        desk.do(meetings.call, who.id, result, **said, uid=new_uid())

    call(1, AttemptResult.REACHED, told_whom="赵丽")
    call(2, AttemptResult.REACHED, told_whom="本人", reply=Reply.EXCUSED, reason="出差")
    clock.go(minutes=30)
    desk.do(meetings.change, made.entry_id, place="礼堂", uid=new_uid())
    call(1, AttemptResult.REACHED, told_whom="钱进", reply=Reply.ATTENDS, attendee="孙主任")
    call(3, AttemptResult.NO_ANSWER)
    call(3, AttemptResult.BUSY)
    return made.number


def _pages(name: str, data: object, path: Path, language: str) -> list[pdf.Page]:
    count = write(name, data, load(language), path)
    pages = pdf.read(path)
    assert len(pages) == count
    return pages


def _rows(page: pdf.Page) -> list[list[list[str]]]:
    """The registers of a page without their heads."""
    tables = [table for table in page.tables if len(table.rows[0]) > 5]
    return [[[squeeze(cell) for cell in row] for row in table.rows[1:]] for table in tables]


def test_each_round_has_its_ticks_with_the_time(
    file_register: str, open_desk: OpenDesk, clock: Clock, tmp_path: Path
) -> None:
    desk = open_desk(file_register)
    number = _notice(desk, clock)
    data = desk.ask(meeting_notice.collect, number)
    (page,) = _pages("meeting_notice", data, tmp_path / "a.pdf", "zh_CN")
    text = squeeze(page.text)
    for told in (
        "吴局长",
        "2026年11月24日星期二15:00",
        "礼堂",
        "总结今年工作",
        "各科室负责人",
        "台账",
        "正装",
    ):
        assert told in text
    assert "第1轮：2026年11月24日星期二15:00；三楼会议室" in text
    first, second = _rows(page)
    assert first == [
        ["1", "社会保障卡中心", "8031", "赵丽", "√11月23日09:42", "", ""],
        ["2", "王芳县医保局局长", "0816-8220001", "本人", "√11月23日09:42", "请假：出差", ""],
        ["3", "李明", "13900000002", "", "", "", ""],
    ]
    assert second == [
        ["1", "社会保障卡中心", "8031", "钱进", "√11月23日10:12", "参会：孙主任", ""],
        ["2", "王芳县医保局局长", "0816-8220001", "", "", "", ""],
        ["3", "李明", "13900000002", "", "", "", "占线×2"],
    ]
    (english,) = _pages("meeting_notice", data, tmp_path / "b.pdf", "en")
    assert "Tuesday, 24 November 2026 15:00" in english.text
    assert "Told: 1 of 3" in english.text


def test_whoever_comes_has_a_place_to_sign(
    file_register: str, open_desk: OpenDesk, clock: Clock, tmp_path: Path
) -> None:
    desk = open_desk(file_register)
    data = desk.ask(sign_in.collect, _notice(desk, clock))
    for language in ("zh_CN", "en"):
        (page,) = _pages("sign_in", data, tmp_path / f"{language}.pdf", language)
        (rows,) = _rows(page)
        assert rows[:3] == [
            ["1", "孙主任", "社会保障卡中心", "8031", "", ""],
            ["2", "王芳", "县医保局局长", "0816-8220001", "", ""],
            ["3", "李明", "", "13900000002", "", ""],
        ]
        assert len(rows) > 10  # whoever comes besides
        assert not any(any(row) for row in rows[3:])


def test_a_notice_to_us_shows_the_leader_and_the_answer(
    file_register: str, open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk(file_register)
    sender: dict[str, Any] = {"name": "陈科员", "organisation": "县政府办", "phone": "0816-8220100"}
    made = desk.do(meetings.receive, **TOLD, **sender, read_back=True, uid=new_uid())
    before = list(meeting_notice.lines(desk.ask(meeting_notice.collect, made.number)))
    desk.do(meetings.lay, made.entry_id, "周局长", uid=new_uid())
    laid = list(meeting_notice.lines(desk.ask(meeting_notice.collect, made.number)))
    assert laid != before
    desk.do(meetings.answer_sender, made.entry_id, "陈科员", "刘副局长参会", uid=new_uid())
    data = desk.ask(meeting_notice.collect, made.number)
    assert list(meeting_notice.lines(data)) != laid
    for language in ("zh_CN", "en"):
        (page,) = _pages("meeting_notice", data, tmp_path / f"{language}.pdf", language)
        boxed.assert_inside([page])
        for told in ("县政府办", "陈科员", "0816-8220100", "周局长", "刘副局长参会"):
            assert told in squeeze(page.text)
    with pytest.raises(InputError):
        desk.ask(sign_in.collect, made.number)
    with pytest.raises(InputError):
        desk.ask(meeting_notice.collect, add(desk).number)


def test_a_hundred_invited_go_over_the_pages_and_void_is_struck(
    file_register: str, open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk(file_register)
    people = tuple(NewInvitee(f"某单位{at:03}", "负责人 " * 5, f"0816-8220{at:03}") for at in range(100))
    long = {**TOLD, "agenda": "研究事项。" * 150, "place": "某" * 120}
    made = desk.do(meetings.notify, **long, invitees=people, uid=new_uid())
    data = desk.ask(meeting_notice.collect, made.number)
    for form in ("meeting_notice", "sign_in"):
        pages = _pages(form, data, tmp_path / f"{form}.pdf", "zh_CN")
        assert len(pages) > 2
        boxed.assert_inside(pages)
        found = [row[0] for page in pages for rows in _rows(page) for row in rows if row[0]]
        assert found == [str(at) for at in range(1, 101)]
    desk.do(entries.void, made.entry_id, "重复登记", uid=new_uid())
    void = desk.ask(meeting_notice.collect, made.number)
    few = dataclasses.replace(void.meeting, invitees=void.meeting.invitees[:2])
    page = _pages("meeting_notice", dataclasses.replace(void, meeting=few), tmp_path / "v.pdf", "zh_CN")[0]
    assert "重复登记" in squeeze(page.text)
    assert isinstance(void, MeetingNotice)
    assert void.meeting.entry.received_at == NOW
