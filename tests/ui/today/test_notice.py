"""One-time notices by keys: from what is typed, from a line of the day, from an entry; passes and slips."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Act, EntryStatus, Kind, NewEntry, NewNotice, NewReferral, NoticeView, Party
from reception.operations import directory, entries, notices, reading
from reception.text.papers import lines_of
from tests.ui.today.keyboard import ALT, CTRL, SHIFT, press, typed
from ui.dialogs.leave import LeaveDialog
from ui.sheet.wanted import Job
from ui.today.entry_view import EntryDialog
from ui.today.notice_dialog import NoticeDialog
from ui.window import MainWindow
from ui.work import Lanes

CARD = "社保卡补换"


def papers(desk: Desk, name: str = CARD) -> tuple[str, ...]:
    matters = desk.ask(directory.catalogue).matters
    return lines_of(next(one.materials for one in matters if one.name == name))


def made(desk: Desk, **values: Any) -> int:
    new = NewEntry(Kind.VISIT, **{"subject": "补卡", "parties": (Party("张建国"),), **values})
    return desk.do(entries.register, new).entry_id


def asked(qtbot: QtBot, parent: Any) -> NoticeDialog:
    qtbot.waitUntil(lambda: bool(parent.findChildren(NoticeDialog)))
    dialog: NoticeDialog = parent.findChildren(NoticeDialog)[-1]
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.waitUntil(lambda: dialog.about.text() != "")
    return dialog


def told(desk: Desk, entry_id: int) -> tuple[NoticeView, ...]:
    return desk.ask(reading.entry, entry_id).notices


class Wish:
    """What the pages wanted on paper."""

    def __init__(self, window: MainWindow) -> None:
        self.jobs: list[tuple[tuple[str, dict[str, Any]], ...]] = []
        window.today.paper_wanted.connect(self._on_job)

    def _on_job(self, job: Job) -> None:
        self.jobs.append(tuple((one.name, dict(one.args)) for one in job.wanted))


@pytest.fixture
def wish(window: MainWindow) -> Wish:
    return Wish(window)


def test_what_is_typed_is_saved_and_its_notice_follows_by_keys_alone(
    qtbot: QtBot, window: MainWindow, desk: Desk, wish: Wish
) -> None:
    typed("sbk")
    press(Qt.Key.Key_Return)
    window.today.form.body.person.put("张建国")
    press(Qt.Key.Key_G, CTRL)
    dialog = asked(qtbot, window)
    qtbot.waitUntil(lambda: dialog.matter.text() == CARD)
    lines = papers(desk)
    assert [box.accessibleName() for box in dialog.papers.boxes] == list(lines)
    assert dialog.missing.text() == "Missing: " + ", ".join(lines)
    qtbot.waitUntil(dialog.papers.boxes[0].hasFocus)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Space)
    assert dialog.papers.has == (1, 2)
    assert dialog.missing.text() == (
        "Missing: " + ", ".join(lines[2:]) if lines[2:] else "Nothing is missing."
    )
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(wish.jobs))
    (row,) = desk.ask(reading.day_rows, window.head.day)
    (notice,) = told(desk, row.id)
    assert (row.name, notice.matter, notice.lacks) == ("张建国", CARD, lines[2:])
    assert wish.jobs == [(("notice", {"number": row.number}),)]
    qtbot.waitUntil(lambda: window.lanes.idle)


def test_what_only_others_bring_is_not_needed_by_a_key(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    matter = next(one for one in desk.ask(directory.catalogue).matters if one.name == CARD)
    entry, lines = made(desk, matter_id=matter.id), papers(desk)
    dialog = NoticeDialog.show_for(window, lanes, entry)
    qtbot.waitUntil(lambda: bool(dialog.papers.boxes))
    qtbot.waitUntil(dialog.isActiveWindow)
    first, second = dialog.papers.boxes[:2]
    qtbot.waitUntil(first.hasFocus)
    press(Qt.Key.Key_0)
    assert (dialog.papers.not_needed, dialog.papers.has, dialog.typed) == ((1,), (), True)
    assert dialog.missing.text() == "Missing: " + ", ".join(lines[1:])
    assert (first.accessibleDescription(), second.accessibleDescription()) == ("not needed", "")
    press(Qt.Key.Key_1)  # it is there after all
    assert (dialog.papers.not_needed, dialog.papers.has) == ((), (1,))
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Delete)
    assert (dialog.papers.not_needed, dialog.papers.has) == ((2,), (1,))
    assert second.hasFocus()
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(told(desk, entry)))
    (notice,) = told(desk, entry)
    assert (notice.materials, notice.lacks) == ((lines[0], *lines[2:]), lines[2:])
    qtbot.waitUntil(lambda: lanes.idle)


def answering(qtbot: QtBot, window: MainWindow, lanes: Lanes, entry: int, *, answers: bool) -> None:
    """Give a notice, and say that it answers the entry, or not."""
    dialog = NoticeDialog.show_for(window, lanes, entry)
    qtbot.waitUntil(lambda: bool(dialog.papers.boxes))
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.whereto.setFocus()
    press(Qt.Key.Key_Tab)
    assert dialog.answers_it.hasFocus()
    if answers:
        press(Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.given):
        press(Qt.Key.Key_Return, CTRL)


def test_only_the_clerk_says_that_a_notice_answers_the_entry(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    matter = next(one for one in desk.ask(directory.catalogue).matters if one.name == CARD)
    entry = made(desk, matter_id=matter.id)
    for answers in (False, True):
        answering(qtbot, window, lanes, entry, answers=answers)
        row = desk.ask(reading.entry, entry).row
        assert (row.status is EntryStatus.FINISHED, CARD in row.outcome) == (answers, answers)
    assert len(told(desk, entry)) == 2
    dialog = NoticeDialog.show_for(window, lanes, entry)  # nothing is open any more
    qtbot.waitUntil(lambda: bool(dialog.papers.boxes))
    assert not dialog.answers_it.isVisible()
    dialog.done(0)
    qtbot.waitUntil(lambda: lanes.idle)


def test_a_doubt_names_the_key_that_was_pressed(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    for key, modifiers, said in ((Qt.Key.Key_G, CTRL, "Ctrl+G"), (Qt.Key.Key_Return, CTRL, "Ctrl+Enter")):
        typed("来问事")
        window.today.form.body.person.put("13800138000")
        press(key, modifiers)
        assert said in window.today.form.body.person.wrong
        assert window.today.form.touched
        window.today.discard()
    typed("来问事")
    window.today.form.body.person.put("13800138000")
    press(Qt.Key.Key_G, CTRL)
    press(Qt.Key.Key_G, CTRL)
    asked(qtbot, window).done(0)
    assert [row.name for row in desk.ask(reading.day_rows, window.head.day)] == ["13800138000"]
    qtbot.waitUntil(lambda: window.lanes.idle)


def test_a_notice_is_taken_back_with_the_key_that_takes_back(
    qtbot: QtBot, window: MainWindow, desk: Desk, wish: Wish
) -> None:
    typed("sbk")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_G, CTRL)
    dialog = asked(qtbot, window)
    qtbot.waitUntil(lambda: dialog.matter.text() == CARD)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(wish.jobs))
    (row,) = desk.ask(reading.day_rows, window.head.day)
    assert len(told(desk, row.id)) == 1
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: told(desk, row.id) == ())
    qtbot.waitUntil(lambda: window.lanes.idle)


def test_from_a_line_of_the_day_nothing_that_is_typed_is_saved(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    entry = made(desk)
    table = window.today.day.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 1)
    typed("半句话")
    table.selectRow(0)
    table.setFocus()
    press(Qt.Key.Key_G, CTRL)
    dialog = asked(qtbot, window)
    assert (dialog.matter.text(), dialog.papers.boxes) == ("", [])
    assert not dialog.agree.isEnabled()
    typed("sbk")
    assert dialog.matter.listing
    assert dialog.agree.isEnabled()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(dialog.papers.boxes) == len(papers(desk)))
    dialog.refusal.setText("户籍不在本县")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(told(desk, entry)))
    assert told(desk, entry)[0].refusal == "户籍不在本县"
    assert window.today.form.touched
    assert len(desk.ask(reading.day_rows, window.head.day)) == 1
    qtbot.waitUntil(lambda: window.lanes.idle)
    window.today.discard()


def test_escape_asks_before_what_was_ticked_is_lost(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = next(one for one in desk.ask(directory.catalogue).matters if one.name == CARD)
    entry = made(desk, matter_id=matter.id)
    dialog = NoticeDialog.show_for(window, lanes, entry)
    qtbot.waitUntil(lambda: bool(dialog.papers.boxes))
    qtbot.waitUntil(dialog.isActiveWindow)
    press(Qt.Key.Key_1)
    answers = [False, True]
    monkeypatch.setattr(LeaveDialog, "ask", lambda *_: answers.pop(0))
    press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert (answers, told(desk, entry)) == ([], ())
    qtbot.waitUntil(lambda: lanes.idle)


def test_an_open_entry_gives_a_notice_and_shows_it_in_its_trail(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    matter = next(one for one in desk.ask(directory.catalogue).matters if one.name == CARD)
    entry = made(desk, matter_id=matter.id)
    view = EntryDialog.show_entry(window, lanes, entry)
    qtbot.waitUntil(lambda: view.title.text() != "")
    qtbot.waitUntil(view.isActiveWindow)
    press(Qt.Key.Key_G, CTRL)
    dialog = asked(qtbot, view)
    qtbot.waitUntil(lambda: bool(dialog.papers.boxes))
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: view.trail.rows.rowCount() == 2)
    words = view.trail.rows.data(view.trail.rows.index(1, view.trail.column("changes")))
    assert CARD in words
    for line in papers(desk):
        assert line in words
    qtbot.waitUntil(lambda: lanes.idle)
    for widget in QApplication.topLevelWidgets():
        if widget is not window and widget.isVisible():
            widget.close()
    view.close()


def test_a_refused_notice_keeps_what_was_ticked(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    matter = next(one for one in desk.ask(directory.catalogue).matters if one.name == CARD)
    entry = made(desk, matter_id=matter.id)
    dialog = NoticeDialog.show_for(window, lanes, entry)
    qtbot.waitUntil(lambda: bool(dialog.papers.boxes))
    qtbot.waitUntil(dialog.isActiveWindow)
    press(Qt.Key.Key_1)
    dialog.whereto.setText("长" * 200)
    desk.do(entries.void, entry, "记错了", uid=uuid.uuid4())
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "void" in dialog.form.said)
    assert (dialog.papers.has, dialog.agree.isEnabled()) == ((1,), True)
    dialog.done(0)
    qtbot.waitUntil(lambda: lanes.idle)


def test_the_pass_and_the_slip_of_what_was_saved_last_and_of_a_chosen_line(
    qtbot: QtBot, window: MainWindow, desk: Desk, wish: Wish
) -> None:
    press(Qt.Key.Key_F2, SHIFT)
    assert "Save a visit first" in window.foot.status.text()
    typed("来办事")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(desk.ask(reading.day_rows, window.head.day)) == 1)
    qtbot.waitUntil(lambda: window.lanes.idle)
    (row,) = desk.ask(reading.day_rows, window.head.day)
    press(Qt.Key.Key_F2, SHIFT)
    assert wish.jobs == [(("visitor_pass", {"number": row.number}),)]
    window.show_page("today")
    lead = desk.ask(directory.department, "JC").id
    sent = made(desk, act=Act.REFERRED, referral=NewReferral(lead, written=True), department_id=lead)
    table = window.today.day.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 2)
    table.selectRow(0)
    table.setFocus()
    press(Qt.Key.Key_P, ALT)
    qtbot.waitUntil(lambda: len(wish.jobs) == 2)
    number = desk.ask(reading.entry, sent).row.number
    assert wish.jobs[1] == (("referral_slip", {"referral": number}),)
    qtbot.waitUntil(lambda: window.lanes.idle)


def test_a_second_notice_of_an_entry_is_its_own(desk: Desk) -> None:
    matter = next(one for one in desk.ask(directory.catalogue).matters if one.name == CARD)
    entry = made(desk)
    for has in ((), (1,)):
        desk.do(notices.give, entry, NewNotice(matter.id, has), uid=uuid.uuid4())
    assert [one.ordinal for one in told(desk, entry)] == [1, 2]
