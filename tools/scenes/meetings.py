"""The room of meeting notices: a notice half way through its calls, one to us, one being begun."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from tools.scenes.office import room
from tools.scenes.studio import Scene, Studio

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_LIST = """JC
SBK
XF
JY
王芳\t县医保局 局长\t0900-8220001
李明\t县民政局 副局长\t16400000002
周洁\t县税务局 办公室主任\t0900-8220003"""


def _tomorrow() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(hour=7, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)


def notices(studio: Studio) -> int:
    """Two notices; the entry of ours."""
    from reception.facts import AttemptResult
    from reception.facts.office import Reply
    from reception.operations import directory
    from reception.operations.office import meetings
    from reception.text import invitees

    desk, meets = studio.desk, _tomorrow()
    departments = desk.ask(directory.catalogue).departments
    told: dict[str, Any] = {
        "subject": "全县根治欠薪工作推进会",
        "convener": "吴局长",
        "agenda": "通报三季度欠薪案件，部署岁末年初专项检查",
        "meets_at": meets,
        "place": "三楼会议室",
        "attendance": "各科室、县直有关单位分管负责人",
        "materials": "本单位三季度台账",
        "reply_by": meets - dt.timedelta(hours=4),
        "issued_by": "办公室 王芳",
    }
    people = invitees.parse(_LIST, departments).invitees
    made = desk.do(meetings.notify, **told, invitees=people, uid=uuid.uuid4())
    listed = desk.ask(meetings.view, made.entry_id).invitees
    calls: tuple[tuple[AttemptResult, dict[str, Any]], ...] = (
        (AttemptResult.REACHED, {"told_whom": "赵丽", "reply": Reply.ATTENDS, "attendee": "钱科长"}),
        (AttemptResult.NO_ANSWER, {}),
        (AttemptResult.REACHED, {"told_whom": "本人", "reply": Reply.EXCUSED, "reason": "省厅开会"}),
        (AttemptResult.BUSY, {}),
        (AttemptResult.REACHED, {"told_whom": "孙敏"}),
    )
    for at, (result, said) in enumerate(calls):
        desk.do(meetings.call, listed[at].id, result, **said, uid=uuid.uuid4())
    desk.do(
        meetings.receive,
        subject="全市就业工作视频会",
        organisation="市人社局办公室",
        name="陈科员",
        phone="0900-8330100",
        meets_at=meets + dt.timedelta(days=2),
        place="县政府三楼视频会议室",
        convener="市人社局",
        agenda="就业形势分析",
        read_back=True,
        uid=uuid.uuid4(),
    )
    return made.entry_id


def _grid(studio: Studio) -> QWidget:
    entry = notices(studio)
    found = room(studio, "meetings")
    found.go_to(entry)
    studio.wait(lambda: studio.window.lanes.idle)
    return studio.window


def _call(studio: Studio) -> QWidget:
    found = room(studio, "meetings")
    found.grid.table.setFocus()
    studio.press("1")
    return studio.window


def _new(studio: Studio) -> QWidget:
    found = room(studio, "meetings")
    studio.press("Ctrl+N")
    fields = found.panel.form.fields
    fields["subject"].put("年终总结会")
    fields["meets_at"].put(f"{_tomorrow():%m-%d} 15:00")
    fields["invitees"].put("王芳，局长，16400000001\n李明 16400000001\nJC")
    return studio.window


def _known(studio: Studio) -> QWidget:
    found = room(studio, "meetings")
    found.panel.put_off()
    studio.press("5")
    studio.type("z")
    studio.wait(lambda: found.people.listing)
    return studio.window


def _received(studio: Studio) -> QWidget:
    from reception.operations.office import meetings

    found = room(studio, "meetings")
    found.panel.put_off()
    theirs = next(one for one in studio.desk.ask(meetings.pending) if one.received)
    found.go_to(theirs.entry_id)
    studio.wait(lambda: studio.window.lanes.idle)
    return studio.window


SCENES: dict[str, Scene] = {
    "meetings": _grid,
    "meetings-call": _call,
    "meetings-new": _new,
    "meetings-known": _known,
    "meetings-received": _received,
}
