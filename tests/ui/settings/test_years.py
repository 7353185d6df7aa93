"""The year view: days turned by a key, saved with what rests on them, read from a file and written to one."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.errors import NotFoundError
from reception.facts import Act, Kind, Limit, LimitClock, NewEntry, NewReferral, WorkingYear
from reception.operations import directory, entries, reading, working_days
from tests.ui.today.keyboard import ALT, CTRL, press, typed
from ui import labels
from ui.settings import year as year_module
from ui.settings.page import SettingsPage
from ui.settings.year import YearPart
from ui.settings.year_draft import YearDraft
from ui.window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    press(Qt.Key.Key_5, ALT)
    made = window.page("settings")
    assert isinstance(made, SettingsPage)
    return made


@pytest.fixture
def part(page: SettingsPage) -> YearPart:
    """The year view of the present year, with the keyboard on its days."""
    press(Qt.Key.Key_PageDown, CTRL)
    made = page.part
    assert isinstance(made, YearPart)
    assert made.view.hasFocus()
    return made


def go(part: YearPart, year: int) -> None:
    assert part.draft is not None
    for _step in range(year - part.draft.year):
        press(Qt.Key.Key_PageDown, ALT)


def kept(desk: Desk, year: int) -> str:
    try:
        return desk.ask(working_days.year, year).days
    except NotFoundError:
        return ""


def next_unknown(desk: Desk) -> int:
    return max(one.year for one in desk.ask(directory.catalogue).years) + 1


def test_arrows_move_and_one_key_turns_a_day(qtbot: QtBot, part: YearPart, desk: Desk) -> None:
    year = next_unknown(desk)
    go(part, year)
    assert "provisional" in part.title.text()
    assert str(year) in part.unknown.text()
    part.view.go(dt.date(year, 1, 1))
    press(Qt.Key.Key_Home)
    assert "day off" in part.said.text()
    for _week in range(2):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_PageDown)
    day = dt.date(year, 2, 15)
    assert part.view.day == day
    while part.view.day.weekday() != 5:
        press(Qt.Key.Key_Right)
    saturday = part.view.day
    assert "weekend" in part.said.text()
    press(Qt.Key.Key_Space)
    assert "make-up day" in part.said.text()
    press(Qt.Key.Key_Return)
    typed("春节")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Space)
    assert "day off · 春节" in part.said.text()  # named like its neighbour
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: kept(desk, year) != "")
    assert f"{saturday},worked,春节" in kept(desk, year)
    assert f"{saturday - dt.timedelta(days=1)},off,春节" in kept(desk, year)
    assert f"{year}-05-01,off," in kept(desk, year)
    qtbot.waitUntil(lambda: part.title.text() == str(year))
    assert not part.unsaved


def test_a_day_turned_twice_is_what_the_notice_says_of_it() -> None:
    notice = (
        "2026-09-20,worked,国庆节\n2026-09-25,off,中秋节\n2026-09-26,off,中秋节\n2026-09-28,worked,照常\n"
    )
    draft = YearDraft(2026, WorkingYear(2026, notice))
    begun = draft.text()
    for day in (dt.date(2026, 9, number) for number in (20, 25, 26, 28, 27, 29)):
        kind = draft.is_worked(day)
        draft.turn(day)
        assert draft.is_worked(day) is not kind, day
        draft.turn(day)
        assert (draft.is_worked(day), draft.text()) == (kind, begun), day
    assert not draft.changed
    saturday = dt.date(2026, 9, 26)
    draft.rename(saturday, "中秋")
    draft.turn(saturday)
    draft.turn(saturday)
    assert (draft.name(saturday), draft.is_worked(saturday)) == ("中秋", False)


def test_a_year_that_is_changed_is_not_left_and_can_be_dropped(
    qtbot: QtBot, window: MainWindow, page: SettingsPage, part: YearPart
) -> None:
    assert part.draft is not None
    before = part.draft.text()
    press(Qt.Key.Key_Space)
    assert page.has_unsaved_text()
    press(Qt.Key.Key_PageDown, ALT)
    assert "First save" in window.foot.status.said
    assert part.draft.changed
    press(Qt.Key.Key_Delete, CTRL | SHIFT)
    assert not page.has_unsaved_text()
    assert part.draft.text() == before
    press(Qt.Key.Key_PageUp, ALT)
    assert part.title.text() == str(part.view.day.year)
    assert part.view.day.year == dt.datetime.now(labels.zone("Asia/Shanghai")).year - 1


def test_what_was_due_moves_and_the_message_says_how_many(
    qtbot: QtBot, window: MainWindow, part: YearPart, desk: Desk
) -> None:
    to = desk.ask(directory.department, "JC").id
    new = NewEntry(
        Kind.VISIT,
        "欠薪",
        uid=uuid.uuid4(),
        act=Act.REFERRED,
        department_id=to,
        referral=NewReferral(to, limit=Limit(3, LimitClock.WORKING)),
    )
    entry = desk.do(entries.register, new).entry_id

    def due() -> int:
        term = desk.ask(reading.entry, entry).referrals[0].term
        assert term is not None
        return term.due_day

    first = due()
    part.view.go(dt.date(first // 10_000, first // 100 % 100, first % 100))
    assert part.view.day.year == first // 10_000
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "Due dates that moved: 1" in window.foot.status.said)
    assert due() > first
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: due() == first)
    qtbot.waitUntil(lambda: part.draft is not None and part.draft.is_worked(part.view.day))


def test_a_file_is_read_looked_over_and_saved(
    qtbot: QtBot,
    window: MainWindow,
    part: YearPart,
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    year = next_unknown(desk)
    go(part, year)
    path = tmp_path / "年.csv"
    monkeypatch.setattr(year_module, "ask_open", lambda *_args: path)
    monkeypatch.setattr(year_module, "ask_save", lambda *_args: path)
    path.write_text(f"日期,类型,名称\n{year}-02-08,休,春节\n{year}-02-30,休,春节\n", "utf-8-sig")
    press(Qt.Key.Key_I, ALT)
    assert "Line 3" in part.form.said
    assert not part.unsaved
    path.write_bytes("日期,类型\n".encode("gbk"))
    press(Qt.Key.Key_I, ALT)
    assert "UTF-8" in part.form.said
    path.write_text(f"日期,类型,名称\n{year}-02-08,休,春节\n{year}-02-20,班,春节\n", "utf-8-sig")
    press(Qt.Key.Key_I, ALT)
    assert part.form.said == ""
    assert part.unsaved
    assert kept(desk, year) == ""
    press(Qt.Key.Key_Return, CTRL)
    lines = f"{year}-02-08,off,春节\n{year}-02-20,worked,春节\n"
    qtbot.waitUntil(lambda: kept(desk, year) == lines)
    press(Qt.Key.Key_E, ALT)
    assert path.read_text("utf-8-sig") == "date,kind,name\n" + lines
    assert str(path) in window.foot.status.said


def test_a_file_that_cannot_be_read_is_said(
    window: MainWindow, part: YearPart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(year_module, "ask_open", lambda *_args: tmp_path / "nowhere.csv")
    press(Qt.Key.Key_I, ALT)
    assert "nowhere.csv" in window.foot.status.said


def test_another_desk_enters_the_year(qtbot: QtBot, part: YearPart, desk: Desk) -> None:
    year = next_unknown(desk)
    go(part, year)
    desk.do(working_days.save_year, year, f"{year}-03-01,off,某日\n", uid=uuid.uuid4())
    qtbot.waitUntil(lambda: part.title.text() == str(year))
    assert part.draft is not None
    assert part.draft.name(dt.date(year, 3, 1)) == "某日"


def test_the_mouse_goes_to_a_day_and_turns_it(part: YearPart) -> None:
    view, draft = part.view, part.draft
    assert draft is not None
    day = dt.date(draft.year, 7, 15)
    worked = draft.is_worked(day)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.place(day).center())
    assert view.day == day
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=view.place(day).center())
    assert draft.is_worked(day) is not worked
    part.discard()
