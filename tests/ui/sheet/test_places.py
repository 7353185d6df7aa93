"""Where a clerk looks for paper: each page's own form by Ctrl+P, the record of an entry."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Act, Kind, NewEntry, Party
from reception.operations import entries, shifts, site
from reception.operations.office import urgent
from tests.ui.today.keyboard import CTRL, SHIFT, focused, press, typed
from ui.find.page import FindPage
from ui.here.page import HerePage
from ui.sheet.dialog import PreviewDialog
from ui.sheet.preview import SheetPage
from ui.shift.page import ShiftPage
from ui.today.entry_view import EntryDialog
from ui.window import MainWindow

SLOW = 30_000
"""Milliseconds: a child is started and reads two fonts, on a machine that does other things too."""
K = Qt.Key
Wish = tuple[str, Mapping[str, Any], bool]


@pytest.fixture
def visit(desk: Desk) -> str:
    """The number of a visit of today."""
    new = NewEntry(Kind.VISIT, "社保卡补换", parties=(Party("张建国"),), act=Act.ANSWERED, party_size=3)
    return desk.do(entries.register, new).number


@pytest.fixture
def call(desk: Desk) -> str:
    """The number of a call of today."""
    return desk.do(
        entries.register, NewEntry(Kind.CALL_IN, "失业金何时到账", parties=(Party("李四"),))
    ).number


def paper(window: MainWindow) -> SheetPage:
    page = window.page("sheet")
    assert isinstance(page, SheetPage)
    return page


def wanted(window: MainWindow) -> list[Wish]:
    """What the preview in front is of; nothing as long as none is."""
    if window.front != "sheet":
        return []
    return [(one.name, dict(one.args), one.chosen) for one in paper(window).paper.job.wanted]


def record(form: str, number: str) -> list[Wish]:
    return [(form, {"number": number}, True), ("case_trail", {"number": number}, False)]


def come(qtbot: QtBot, window: MainWindow, name: str) -> Any:
    window.show_page(name)
    qtbot.waitUntil(lambda: window.front == name and window.lanes.idle)
    return window.page(name)


def test_the_record_of_the_chosen_line_of_the_day(
    qtbot: QtBot, window: MainWindow, visit: str, call: str
) -> None:
    table = window.today.day.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 2)
    for at, expected in ((0, record("phone_record", call)), (1, record("visit_record", visit))):
        table.setFocus()
        table.selectRow(at)
        press(K.Key_P, CTRL | SHIFT)
        assert wanted(window) == expected
        press(K.Key_Escape)
        assert window.front == "today"
    qtbot.waitUntil(lambda: window.lanes.idle)


def test_the_record_of_what_was_saved_last(qtbot: QtBot, window: MainWindow) -> None:
    typed("wl")
    press(K.Key_P, CTRL | SHIFT)
    assert wanted(window) == []
    assert "Save something first" in window.foot.status.said
    window.today.form.body.person.put("张建国")
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: window.today.day.table.rows.rowCount() == 1 and window.lanes.idle)
    row = window.today.day.table.rows.row(0)
    assert row is not None
    press(K.Key_P, CTRL | SHIFT)
    assert wanted(window) == record("visit_record", row.number)


def test_from_find_the_record_of_a_result_and_the_register_of_the_days(
    qtbot: QtBot, window: MainWindow, desk: Desk, visit: str
) -> None:
    page = come(qtbot, window, "find")
    assert isinstance(page, FindPage)
    today = desk.ask(site.today)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
    press(K.Key_P, CTRL)
    whole_month = {"first_day": today // 100 * 100 + 1, "last_day": today}
    ledger = ("ledger", {"year": today // 10_000}, False)
    assert wanted(window) == [("visitor_register", whole_month, True), ledger]
    press(K.Key_Escape)  # what takes long is cancelled first
    press(K.Key_Escape)
    assert window.front == "find"
    page.filters.span.setCurrentIndex(page.filters.span.findData("today"))
    page.paper.click()
    of_today = {"first_day": today, "last_day": today}
    assert wanted(window) == [("visitor_register", of_today, True), ledger]
    press(K.Key_Escape)
    qtbot.waitUntil(lambda: window.lanes.idle)
    page.text.setFocus()
    press(K.Key_Down)
    qtbot.waitUntil(lambda: focused(page.table))
    press(K.Key_P, CTRL | SHIFT)
    assert wanted(window) == record("visit_record", visit)


def test_the_shift_prints_its_last_handover(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    page = come(qtbot, window, "shift")
    assert isinstance(page, ShiftPage)
    press(K.Key_P, CTRL)
    assert wanted(window) == []
    assert "was handed over yet" in window.foot.status.said
    done = desk.do(shifts.hand_over, "省厅回电要盯住", uid=uuid.uuid4())
    qtbot.waitUntil(lambda: page.handing.last is not None)
    press(K.Key_P, CTRL)
    assert wanted(window) == [("handover", {"handover": done.id}, True)]
    press(K.Key_Escape)
    assert window.front == "shift"
    page.paper.click()
    assert wanted(window) == [("handover", {"handover": done.id}, True)]


def test_who_is_here_prints_the_roll_call(qtbot: QtBot, window: MainWindow, visit: str) -> None:
    page = come(qtbot, window, "here")
    assert isinstance(page, HerePage)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
    press(K.Key_P, CTRL)
    assert [name for name, _, _ in wanted(window)] == ["roll_call"]


def test_other_pages_lead_to_the_sheet_of_the_day(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    come(qtbot, window, "settings")
    press(K.Key_P, CTRL)
    day = {"day": desk.ask(site.today)}
    assert wanted(window)[:2] == [("director_page", day, False), ("daily_sheet", day, True)]


def test_the_window_of_an_entry_shows_its_record_on_paper(
    qtbot: QtBot, window: MainWindow, visit: str
) -> None:
    table = window.today.day.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 1)
    table.setFocus()
    table.selectRow(0)
    press(K.Key_Return)
    qtbot.waitUntil(lambda: bool(window.findChildren(EntryDialog)))
    dialog = window.findChildren(EntryDialog)[-1]
    qtbot.waitUntil(lambda: dialog.isActiveWindow() and dialog.head.title.text() != "")
    press(K.Key_P, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), PreviewDialog))
    preview = QApplication.activeWindow()
    assert isinstance(preview, PreviewDialog)
    assert [(one.name, dict(one.args), one.chosen) for one in preview.paper.job.wanted] == record(
        "visit_record", visit
    )
    qtbot.waitUntil(lambda: preview.paper.view.image is not None and preview.paper.at_rest, timeout=SLOW)
    assert preview.paper.view.count == 1
    image = preview.paper.view.image
    assert image is not None
    assert image.height() > image.width()  # A4 upright
    press(K.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    dialog.reject()
    qtbot.waitUntil(lambda: window.lanes.idle)


def test_the_reports_of_the_days_urgent_events_go_with_its_sheet(
    qtbot: QtBot, window: MainWindow, desk: Desk, visit: str
) -> None:
    today = desk.ask(site.today)
    now = dt.datetime.now(dt.UTC)
    made = [
        desk.do(urgent.register, subject=words, people=20, received_at=at, uid=uuid.uuid4())
        for words, at in (("集体访", now), ("有人晕倒", now), ("停电", now - dt.timedelta(days=1)))
    ]
    desk.do(entries.void, made[1].entry_id, "误登", uid=uuid.uuid4())
    press(K.Key_P, CTRL)
    report = ("event_report", {"number": made[0].number}, True)
    qtbot.waitUntil(lambda: report in wanted(window))
    above, sheet, behind, *others = wanted(window)
    assert (above[0], sheet, behind) == ("director_page", ("daily_sheet", {"day": today}, True), report)
    assert not any(chosen for *_what, chosen in others)
    bar = paper(window).paper.bar
    assert bar.forms.isVisible()
    qtbot.waitUntil(lambda: paper(window).at_rest, timeout=SLOW)
    made_so_far = paper(window).paper.bench.new_path("next").name
    assert made_so_far == "next-4.pdf"  # the sheet's first page, the sheet, the report: nothing twice
    press(K.Key_PageUp, CTRL)
    before = ("event_report", {"number": made[2].number}, True)
    qtbot.waitUntil(lambda: before in wanted(window))
    assert report not in wanted(window)
    qtbot.waitUntil(lambda: paper(window).at_rest, timeout=SLOW)
    assert sum(name == "event_report" for name, *_rest in wanted(window)) == 1
