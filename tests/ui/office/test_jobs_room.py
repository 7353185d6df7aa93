"""Jobs and what leaders wrote on pages, worked by keys alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception import dates
from reception.desk import Desk
from reception.facts import EntryStatus, Kind, NewEntry
from reception.facts.office import JobStepKind
from reception.numbers import day_date
from reception.operations import entries, reading
from reception.operations.office import instructions, jobs
from tests.factories import new_uid
from tests.ui.today.keyboard import CTRL, SHIFT, focused, press, typed
from ui.office.jobs import JobsRoom
from ui.window import MainWindow

K = Qt.Key


def test_an_instruction_on_yesterdays_sheet_takes_four_keys_and_its_words(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    press(K.Key_I, CTRL | SHIFT)
    page = window.page("office")
    room = page.show_room("instructions")  # type: ignore[attr-defined]
    form = room.panel.form
    qtbot.waitUntil(lambda: "on" in form.fields and focused(form.fields["on"]))
    usual = dates.short_date(day_date(desk.ask(instructions.usual_day)), "en")
    qtbot.waitUntil(lambda: usual in form.fields["on"].editor.placeholderText())
    press(K.Key_Return)
    typed("吴局长")
    press(K.Key_Return)
    typed("很好，继续")
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 1 and window.lanes.idle)
    (one,) = desk.ask(instructions.rows)
    assert (one.leader, one.words, one.job) == ("吴局长", "很好，继续", "")
    press(K.Key_I, CTRL | SHIFT)  # the next one: the leader is proposed
    assert form.fields["leader"].raw == "吴局长"
    assert not room.unsaved


def test_an_instruction_on_the_chosen_entry_becomes_a_job_that_is_reported_and_followed(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    desk.do(instructions.write, leader="李县长", words="阅", day=20261122, uid=new_uid())
    came = desk.do(entries.register, NewEntry(Kind.VISIT, "反映欠薪"))
    table = window.today.day.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 2)
    table.setFocus()
    table.select(came.entry_id)
    press(K.Key_I, CTRL | SHIFT)
    room = window.page("office").show_room("instructions")  # type: ignore[attr-defined]
    form = room.panel.form
    assert form.fields["on"].raw == came.number
    qtbot.waitUntil(lambda: form.fields["leader"].raw == "李县长")  # who wrote last; it is typed over
    form.fields["leader"].put("")
    form.fields["leader"].setFocus()
    typed("吴局长")
    press(K.Key_Return)
    typed("三日内报结果")
    press(K.Key_Tab)
    typed("JC")
    press(K.Key_Return)
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 2 and window.lanes.idle)
    (one,) = desk.ask(instructions.of_entry, came.entry_id)
    assert one.job
    qtbot.waitUntil(lambda: room.about is not None and room.about.row.id == one.id)  # not the line before
    qtbot.waitUntil(lambda: focused(room.table))
    press(K.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: room.about is not None and room.struck(room.about.row))
    assert room.values(room.about.row, None)["leader"] == "吴局长"
    press(K.Key_Y, CTRL | SHIFT)
    qtbot.waitUntil(lambda: room.about is not None and not room.struck(room.about.row))
    jobs_room = window.page("office").show_room("jobs")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: jobs_room.about is not None and jobs_room.about.view is not None)
    progressed_and_reported(qtbot, window, jobs_room)
    assert one.job_id is not None
    assert [step.kind for step in desk.ask(jobs.view, one.job_id).steps] == list(JobStepKind)
    for round_ in ("核实人数", ""):  # a new instruction goes on, none lets it be closed
        answered(qtbot, window, jobs_room)
        press(K.Key_4)
        assert jobs_room.panel.form.step is None, "before the leader has seen it"
        press(K.Key_3)
        assert jobs_room.panel.form.fields["whom"].raw == "吴局长"
        press(K.Key_Tab)
        typed(round_)
        press(K.Key_Return, CTRL)
        qtbot.waitUntil(lambda: not jobs_room.about.row.asked and window.lanes.idle)
        seen = f"New instruction · 吴局长: {round_}" if round_ else "Seen by the leader · 吴局长"
        course(qtbot, jobs_room, ["Answered · 劳动保障监察大队: 已发放", seen])
    qtbot.waitUntil(lambda: focused(jobs_room.table))
    assert jobs_room.columns()[-1].text(jobs_room.table.row()) == "To close"
    press(K.Key_4)
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: jobs_room.table.rows.rowCount() == 0 and window.lanes.idle)
    assert desk.ask(reading.entry, one.job_id).row.status is EntryStatus.FINISHED


def progressed_and_reported(qtbot: QtBot, window: MainWindow, room: JobsRoom) -> None:
    """A step and a report of the job under the cursor."""
    room.table.setFocus()
    press(K.Key_1)
    typed("已联系工地")
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: room.log.rows.rowCount() == 1 and window.lanes.idle)
    qtbot.waitUntil(lambda: focused(room.table))
    press(K.Key_2)
    press(K.Key_Return, CTRL)  # what was reported is missing, and said so
    qtbot.waitUntil(lambda: bool(room.panel.form.fields["words"].wrong))
    room.panel.form.fields["words"].setFocus()
    typed("已报主任")
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: room.log.rows.rowCount() == 2 and window.lanes.idle)


def course(qtbot: QtBot, room: JobsRoom, last: list[str]) -> None:
    """So ends the course of the job under the cursor."""
    rows = room.log.rows
    qtbot.waitUntil(lambda: [rows.index(at, 1).data() for at in range(rows.rowCount())][-len(last) :] == last)


def answered(qtbot: QtBot, window: MainWindow, room: JobsRoom) -> None:
    """The department has answered the job under the cursor."""
    qtbot.waitUntil(lambda: focused(room.table) and room.about is not None and bool(room.about.row.part_id))
    press(K.Key_5)
    typed("已发放")
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: room.about is not None and room.about.row.asked and window.lanes.idle)
    qtbot.waitUntil(lambda: focused(room.table))
    assert room.values(room.about.row, None)["answer"] == "已发放"  # type: ignore[union-attr]
