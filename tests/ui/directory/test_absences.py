"""Who is away: marked with two keys, taken back the same way, seen wherever a department is chosen."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Absence, DepartmentFact
from reception.operations import absences, directory
from tests.ui.today.keyboard import ALT, CTRL, press, typed
from ui import labels
from ui.directory.departments import DepartmentsTab
from ui.directory.page import DirectoryPage
from ui.window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier
ZONE = "Asia/Shanghai"


@pytest.fixture
def jc(desk: Desk) -> DepartmentFact:
    """A department with both its officers, which the window has not read yet."""
    fact = desk.ask(directory.department, "JC")
    named = dataclasses.replace(fact, officer_a="赵队", officer_b="钱工")
    return desk.do(directory.save_department, named, uid=uuid.uuid4())


@pytest.fixture
def tab(qtbot: QtBot, jc: DepartmentFact, window: MainWindow) -> DepartmentsTab:
    """The departments, with the keyboard on that one."""
    window.show_page("directory")
    page = window.page("directory")
    assert isinstance(page, DirectoryPage)
    typed("jc")
    press(Qt.Key.Key_Return)
    row = page.departments.table.row()
    assert row is not None
    assert row.name == jc.name
    return page.departments


def day(ahead: int = 0) -> dt.date:
    return dt.datetime.now(labels.zone(ZONE)).date() + dt.timedelta(days=ahead)


def number(one: dt.date) -> int:
    return one.year * 10_000 + one.month * 100 + one.day


def away(desk: Desk) -> dict[str, Absence]:
    return {one.officer: one for one in desk.ask(absences.current)}


def cell(tab: DepartmentsTab) -> str:
    at = tab.table.currentIndex()
    return str(tab.table.rows.index(at.row(), tab.table.column("away")).data())


def test_two_keys_mark_an_officer_away_and_bring_the_officer_back(
    qtbot: QtBot, window: MainWindow, tab: DepartmentsTab, desk: Desk
) -> None:
    assert "A away" in tab.away_a.text()
    press(Qt.Key.Key_A, ALT)
    assert tab.absence.until.hasFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cell(tab) == "A")
    assert "A is back" in tab.away_a.text()
    assert "B away" in tab.away_b.text()
    assert away(desk)["a"].last_day == number(day())
    assert tab.table.hasFocus()
    assert "away until midnight" in window.foot.status.said
    assert "钱工 (B) stands in" in tab.standing.text()

    press(Qt.Key.Key_A, ALT)
    assert "Back again" in tab.absence.agree.text()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cell(tab) == "")
    assert away(desk) == {}
    assert tab.standing.isHidden()


def test_an_officer_whose_name_nobody_wrote_is_called_so(window: MainWindow) -> None:
    window.show_page("directory")
    page = window.page("directory")
    assert isinstance(page, DirectoryPage)
    typed("zcy")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_A, ALT)
    assert "Officer A (no name known)" in page.departments.absence.words.text()
    press(Qt.Key.Key_Escape)


def test_until_a_day_that_is_typed_and_changed_again(qtbot: QtBot, tab: DepartmentsTab, desk: Desk) -> None:
    later = day(3)
    press(Qt.Key.Key_B, ALT)
    typed(f"{later.month}-{later.day}")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "b" in away(desk))
    assert away(desk)["b"].last_day == number(later)
    qtbot.waitUntil(lambda: cell(tab) == f"B to {later.day} {later:%b}")

    press(Qt.Key.Key_B, ALT)
    typed(day(5).isoformat())
    assert "until then" in tab.absence.agree.text()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: away(desk)["b"].last_day == number(day(5)))


def test_what_is_no_day_is_refused_and_stays(qtbot: QtBot, tab: DepartmentsTab, desk: Desk) -> None:
    press(Qt.Key.Key_A, ALT)
    typed("13-45")
    press(Qt.Key.Key_Return)
    assert "13-45" in tab.absence.form.said
    press(Qt.Key.Key_Escape)
    assert tab.table.hasFocus()
    press(Qt.Key.Key_A, ALT)
    assert tab.absence.until.text() == "13-45"
    tab.absence.until.setText(day(-1).isoformat())
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "over" in tab.absence.form.said)
    assert away(desk) == {}


def test_it_is_taken_back_and_done_again(
    qtbot: QtBot, window: MainWindow, tab: DepartmentsTab, desk: Desk
) -> None:
    press(Qt.Key.Key_A, ALT)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cell(tab) == "A")
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: cell(tab) == "")
    assert "is not away" in window.foot.status.said
    press(Qt.Key.Key_Y, CTRL | SHIFT)
    qtbot.waitUntil(lambda: cell(tab) == "A")
    assert "a" in away(desk)


def test_another_window_is_seen_and_so_is_midnight(
    qtbot: QtBot, window: MainWindow, tab: DepartmentsTab, desk: Desk, jc: DepartmentFact
) -> None:
    press(Qt.Key.Key_A, ALT)
    desk.do(absences.away, jc.id, "a", uid=uuid.uuid4())
    desk.do(absences.away, jc.id, "b", until=number(day(1)), uid=uuid.uuid4())
    qtbot.waitUntil(lambda: cell(tab).startswith("A, B to"))
    assert "Back again" in tab.absence.agree.text()
    assert "desk takes it" in tab.standing.text()
    window.head.new_day.emit(number(day(1)))
    assert cell(tab) == "B"
    assert tab.standing.isHidden()


def test_it_shows_where_a_department_is_chosen(
    qtbot: QtBot, window: MainWindow, desk: Desk, jc: DepartmentFact
) -> None:
    form = window.today.form

    def proposed() -> str:
        press(Qt.Key.Key_4, CTRL)
        form.body.department.setFocus()
        typed("jc")
        field = form.body.department.editor
        assert field.listing
        found = field._listed[0].detail
        press(Qt.Key.Key_Return)
        return found

    window.show_page("today")
    assert "→" not in proposed()
    assert form.body.department.editor.text() == jc.name
    assert "stands in" not in form.body.where.text()
    desk.do(absences.away, jc.id, "a", uid=uuid.uuid4())
    qtbot.waitUntil(lambda: "钱工 (B) stands in" in form.body.where.text())
    form.body.department.clear()
    assert proposed().startswith("A away → 钱工 · JC")
    assert form.body.refer is not None
    assert form.body.refer.told.editor.placeholderText().startswith("钱工")
    desk.do(absences.away, jc.id, "b", uid=uuid.uuid4())
    qtbot.waitUntil(lambda: "Both officers are away" in form.body.where.text())
    form.body.department.clear()
    assert proposed().startswith("nobody there: the desk takes it · JC")
    window.head.new_day.emit(number(day(1)))
    assert "away" not in form.body.where.text()
    window.today.discard()
