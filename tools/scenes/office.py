"""The rooms of the office."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from tools.scenes.studio import Scene, Studio

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def room(studio: Studio, name: str) -> Any:
    """A room of the Office page, in front, with what it lists."""
    page: Any = studio.window.page("office")
    studio.window.show_page("office")
    found = page.show_room(name)
    found.refresh()
    studio.wait(lambda: studio.window.lanes.idle)
    return found


def _loans(studio: Studio) -> QWidget:
    from reception.operations.office import loans

    soon = dt.datetime.now(dt.UTC) + dt.timedelta(hours=3)
    for thing, whom in (("三楼会议室钥匙", "王强"), ("雨伞", "李大爷"), ("投影仪", "培训科 张敏")):
        studio.desk.do(loans.lend, thing=thing, whom=whom, back_by=soon, uid=uuid.uuid4())
    room(studio, "loans")
    return studio.window


def _lend(studio: Studio) -> QWidget:
    found = room(studio, "loans")
    studio.press("Ctrl+N")
    found.panel.form.fields["thing"].put("访客证 7 号")
    return studio.window


def _expected(studio: Studio) -> QWidget:
    from reception.operations.office import expected

    now = dt.datetime.now(dt.UTC)
    for hours, name, about in (
        (-1, "陈处长", "调研培训补贴"),
        (0, "赵老师", "人才公寓"),
        (2, "孙经理", "用工座谈"),
    ):
        at = now + dt.timedelta(hours=hours, minutes=5)
        more: dict[str, Any] = {
            "organisation": "市人社局" if hours < 0 else "",
            "whom": "刘科长",
            "room": "三楼会议室",
        }
        studio.desk.do(expected.note, at=at, name=name, subject=about, **more, uid=uuid.uuid4())
    room(studio, "expected")
    return studio.window


def _expect(studio: Studio) -> QWidget:
    room(studio, "expected")
    studio.press("Ctrl+N")
    return studio.window


def _urgent(studio: Studio) -> QWidget:
    from reception.facts.office import EventKind
    from reception.operations import site
    from reception.operations.office import urgent

    calls = "吴局长, 0900-5630011, 分管领导\n城关派出所, 110\n信访室, 8020"
    studio.desk.do(site.save, {"urgent_calls": calls}, uid=uuid.uuid4())
    begun = studio.desk.do(
        urgent.register, subject="工友讨薪，情绪激动", people=30, place="大厅", uid=uuid.uuid4()
    )
    at = begun.entry_id
    studio.desk.do(urgent.call, at, words="马上到，先安排坐下", uid=uuid.uuid4())
    studio.desk.do(urgent.call, at, reached=False, uid=uuid.uuid4())
    studio.desk.do(urgent.note, at, words="已请推选5名代表，其余在大厅休息", uid=uuid.uuid4())
    studio.desk.do(urgent.note, at, kind=EventKind.CAME, whom="监察大队 周队长", uid=uuid.uuid4())
    found = room(studio, "urgent")
    found.table.selectRow(0)
    studio.wait(lambda: found.log.rows.rowCount() == 4)
    return studio.window


def _call_urgent(studio: Studio) -> QWidget:
    _urgent(studio)
    studio.press("1")
    return studio.window


def _jobs(studio: Studio) -> QWidget:
    from reception.facts.office import Level
    from reception.operations import directory
    from reception.operations.office import jobs

    lead = studio.desk.ask(directory.department, "JC").id
    given: dict[str, Any] = {"given_by": "吴局长", "department_id": lead, "days": 2}
    job = studio.desk.do(
        jobs.give,
        words="滨江工地欠薪周五前查清，结果报我",
        given_to="周队长",
        read_back=True,
        **given,
        uid=uuid.uuid4(),
    )
    studio.desk.do(jobs.give, words="整理三季度来访分析，周三上会", **given, uid=uuid.uuid4())
    studio.desk.do(jobs.step, job.entry_id, words="已到工地，23 人名单在核", uid=uuid.uuid4())
    studio.desk.do(
        jobs.report,
        job.entry_id,
        level=Level.DIRECTOR,
        whom="陈主任",
        words="名单核实中，明日报结果",
        reply="抓紧",
        uid=uuid.uuid4(),
    )
    found = room(studio, "jobs")
    found.table.selectRow(1)
    studio.wait(lambda: found.log.rows.rowCount() == 2)
    return studio.window


def _instructions(studio: Studio) -> QWidget:
    from reception.operations.office import instructions

    for on, words in (("", "已阅。欠薪件要盯紧"), ("11-20", "很好")):
        studio.desk.do(instructions.enter, on=on, leader="吴局长", words=words, uid=uuid.uuid4())
    room(studio, "instructions")
    studio.press("Ctrl+Shift+I")
    return studio.window


SCENES: dict[str, Scene] = {
    "office-urgent": _urgent,
    "office-urgent-call": _call_urgent,
    "office-jobs": _jobs,
    "office-instructions": _instructions,
    "office-loans": _loans,
    "office-loans-lend": _lend,
    "office-expected": _expected,
    "office-expect": _expect,
}
