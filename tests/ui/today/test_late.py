from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import EntryRow, Kind, Query
from reception.operations import find
from tests.ui.today.keyboard import CTRL, focused, press, typed
from ui import labels
from ui.today.late import _last
from ui.today.page import TodayPage


def yesterday(page: TodayPage) -> dt.date:
    return dt.datetime.now(page.form.zone()).date() - dt.timedelta(days=1)


def at(page: TodayPage, row: EntryRow) -> dt.datetime:
    return row.received_at.astimezone(page.form.zone())


def begin(page: TodayPage) -> None:
    """Late entries of yesterday."""
    press(Qt.Key.Key_L, CTRL)
    page.late.day.editor.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)


def found(qtbot: QtBot, desk: Desk, count: int) -> list[EntryRow]:
    qtbot.waitUntil(lambda: len(desk.ask(find.entries, Query())) >= count)
    return list(reversed(desk.ask(find.entries, Query())))


def test_ten_notes_in_a_row_keep_their_day_and_their_times(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    begin(page)
    assert not page.late.isHidden()
    times = ["940", "9:47", "1005", "10:30", "1101", "1130", "1405", "1500", "1615", "1700"]
    for number, time in enumerate(times):
        assert focused(page.late.time)
        typed(time)
        if number == 3:
            press(Qt.Key.Key_F3)
            page.late.put_focus()
            press(Qt.Key.Key_Return)
            assert focused(page.form.body.phone)
            typed("13800001111")
            press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Return)
        typed(f"问路{number}")
        press(Qt.Key.Key_Return, CTRL)
    rows = found(qtbot, desk, 10)
    assert all(row.late for row in rows)
    assert {at(page, row).date() for row in rows} == {yesterday(page)}
    assert [at(page, row).strftime("%H:%M") for row in rows] == [
        "09:40",
        "09:47",
        "10:05",
        "10:30",
        "11:01",
        "11:30",
        "14:05",
        "15:00",
        "16:15",
        "17:00",
    ]
    assert [row.kind for row in rows].index(Kind.CALL_IN) == 3
    assert [row.subject for row in rows] == [f"问路{number}" for number in range(10)]


def test_the_time_steps_with_the_arrows_and_on_to_the_next_note(page: TodayPage) -> None:
    begin(page)
    typed("940")
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_PageDown)
    assert page.late.time.raw == "09:32"
    press(Qt.Key.Key_Return)
    typed("问路")
    press(Qt.Key.Key_Return, CTRL)
    assert page.late.time.raw == "09:33"
    assert focused(page.late.time)


def test_escape_goes_back_to_what_happens_now_and_keeps_a_half_typed_note_aside(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    begin(page)
    typed("940")
    press(Qt.Key.Key_Return)
    typed("半句")
    press(Qt.Key.Key_Escape)  # the list of matters, if one is open
    if page.late.active:
        press(Qt.Key.Key_Escape)
    assert page.late.isHidden()
    assert not page.form.touched
    typed("活人")
    press(Qt.Key.Key_Return, CTRL)
    assert not found(qtbot, desk, 1)[0].late
    press(Qt.Key.Key_Tab, CTRL)  # the note comes back as a note
    assert not page.late.isHidden()
    assert page.late.time.raw == "09:40"
    press(Qt.Key.Key_Return, CTRL)
    row = found(qtbot, desk, 2)
    note = next(one for one in row if one.subject == "半句")
    assert note.late
    assert at(page, note).strftime("%H:%M") == "09:40"
    assert at(page, note).date() == yesterday(page)


def test_an_empty_note_leaves_nothing_behind(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    press(Qt.Key.Key_L, CTRL)
    assert not page.form.touched
    assert not page.has_unsaved_text()
    press(Qt.Key.Key_L, CTRL)
    typed("问路")
    before = dt.datetime.now(dt.UTC)
    press(Qt.Key.Key_Return, CTRL)
    row = found(qtbot, desk, 1)[0]
    assert not row.late
    assert abs(row.received_at - before) < dt.timedelta(seconds=30)


def test_another_draft_shows_whether_it_is_a_note(page: TodayPage) -> None:
    typed("活人")
    press(Qt.Key.Key_F2)
    begin(page)
    typed("940")
    press(Qt.Key.Key_Return)
    typed("便条")
    press(Qt.Key.Key_Tab, CTRL)
    assert page.form.body.matter.raw[1] == "活人"
    assert page.late.isHidden()
    press(Qt.Key.Key_Tab, CTRL)
    assert page.form.body.matter.raw[1] == "便条"
    assert not page.late.isHidden()


@pytest.mark.parametrize("text", ["", "25", "点9", "2561"])
def test_a_time_that_is_none_is_said_beside_it_and_saves_nothing(
    page: TodayPage, desk: Desk, text: str
) -> None:
    begin(page)
    page.late.time.put(text)
    page.form.body.matter.setFocus()
    typed("问路")
    press(Qt.Key.Key_Return, CTRL)
    assert page.late.time.wrong
    assert focused(page.late.time)
    assert page.form.body.matter.raw[1] == "问路"
    assert desk.ask(find.entries, Query()) == ()


def test_a_time_still_to_come_is_refused_beside_it(page: TodayPage) -> None:
    zone = labels.zone(page.lanes.catalogue.site.zone) if page.lanes.catalogue else dt.UTC
    tomorrow = dt.datetime.now(zone).date() + dt.timedelta(days=1)
    begin(page)
    page.late.day.put(tomorrow.isoformat())
    page.form.body.matter.setFocus()
    typed("问路")
    press(Qt.Key.Key_Return, CTRL)
    assert page.late.day.wrong
    assert page.form.touched


@pytest.mark.parametrize(
    ("today", "day", "expected"),
    [
        (dt.date(2026, 11, 23), 22, "2026-11-22"),
        (dt.date(2026, 11, 23), 23, "2026-11-23"),
        (dt.date(2026, 11, 23), 30, "2026-10-30"),
        (dt.date(2026, 3, 5), 30, "2026-01-30"),
        (dt.date(2026, 1, 5), 31, "2025-12-31"),
        (dt.date(2026, 1, 5), 32, ""),
    ],
)
def test_a_day_alone_is_the_last_such_day(today: dt.date, day: int, expected: str) -> None:
    assert _last(today, day) == expected
