"""The window is never larger than its screen: what does not fit says less, ends in …, or scrolls."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Act, Kind, NewEntry, NewReferral, Party
from reception.operations import directory, entries, presence
from tests.ui.today.keyboard import CTRL, press, typed
from ui import wording
from ui.pages import PAGES
from ui.theme import ICON, SCALES, theme
from ui.widgets.table import PagedTable
from ui.window import MainWindow
from ui.work import Lanes

SCREEN = (1366, 768 - 40)
LEGIBLE = "农村养老保险"
"""A matter is recognised by its first six characters."""


def fill(desk: Desk) -> None:
    catalogue = desk.ask(directory.catalogue)
    departments = sorted(catalogue.departments, key=lambda one: len(one.name), reverse=True)
    for at, department in enumerate([one for one in departments if not one.outside][:4]):
        referral = NewReferral(department.id, told_whom="孙经办") if at % 2 else None
        new = NewEntry(
            Kind.VISIT if at % 2 else Kind.CALL_IN,
            "农村养老保险关系转移接续办到哪一步了",
            uid=uuid.uuid4(),
            parties=(Party("欧阳建国", "0900-2620974-8090"),),
            party_size=3 if at % 2 else 1,
            act=Act.REFERRED if referral else Act.POINTED,
            department_id=department.id,
            referral=referral,
        )
        desk.do(entries.register, new)


@pytest.fixture
def window(request: pytest.FixtureRequest, qtbot: QtBot, lanes: Lanes, desk: Desk) -> Iterator[MainWindow]:
    """The whole window in English, the wider language, or in another; with rows in its tables."""
    fill(desk)
    wording.use(getattr(request, "param", "en"))
    made = MainWindow(lanes)
    qtbot.addWidget(made, before_close_func=MainWindow.leave)
    made.resize(*SCREEN)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: lanes.idle)
    yield made
    theme().set_scale(100)
    made.leave()


def beyond(window: MainWindow, bar: QWidget) -> list[str]:
    """The buttons of a bar that end beyond the window's right edge."""
    return [
        button.text()
        for button in bar.findChildren(QToolButton)
        if button.isVisible() and button.mapTo(window, QPoint(button.width(), 0)).x() > window.width()
    ]


@pytest.mark.parametrize("window", ["zh_CN", "en"], indirect=True)
def test_no_size_of_letters_widens_the_window(qtbot: QtBot, window: MainWindow) -> None:
    for spec in PAGES:  # pages that were in front once may not widen it either
        window.show_page(spec.name)
    window.show_page("today")
    for name in ("张建国", "李秀英", "欧阳娜娜", "买买提"):
        window.today.form.put_focus()
        typed(f"{name}的社保卡")
        press(Qt.Key.Key_F2)
    seen = []
    while theme().scale < SCALES[-1]:
        QTest.keyClick(window, Qt.Key.Key_Plus, CTRL)
        QApplication.processEvents()
        seen.append(theme().scale)
        assert window.size().toTuple() == SCREEN
        assert beyond(window, window.head) + beyond(window, window.today.shelf) == []
        assert window.counters.width() == SCREEN[0]
        assert beyond(window, window.counters) == []
    assert seen[-1] == 200
    QTest.keyClick(window, Qt.Key.Key_0, CTRL)
    QApplication.processEvents()
    assert window.size().toTuple() == SCREEN
    shown = [button.toolButtonStyle() for button in window.head.findChildren(QToolButton)]
    assert set(shown) == {Qt.ToolButtonStyle.ToolButtonTextBesideIcon}


def test_what_a_small_window_leaves_out_is_in_the_tooltips(qtbot: QtBot, window: MainWindow) -> None:
    whole = [button.text() for button in window.counters.findChildren(QToolButton)]
    window.resize(700, 500)
    QApplication.processEvents()
    assert window.width() == 700
    assert beyond(window, window.head) + beyond(window, window.counters) == []
    buttons = window.counters.findChildren(QToolButton)
    assert [button.toolTip().partition(" (Alt+")[0] for button in buttons] == whole
    assert all(button.toolTip() for button in window.head.findChildren(QToolButton))
    assert len(window.head.clock.text()) == len("09:42")
    assert str(window.head.day % 100) in window.head.clock.toolTip()
    window.resize(*SCREEN)
    QApplication.processEvents()
    assert [button.text() for button in buttons] == whole


def shown(window: MainWindow, table: PagedTable[Any], name: str) -> tuple[int, int]:
    """From where to where a column is seen, in pixels of the table."""
    at = table.column(name)
    left = table.columnViewportPosition(at)
    return left, min(left + table.columnWidth(at), table.viewport().width())


@pytest.mark.parametrize("window", ["zh_CN", "en"], indirect=True)
def test_every_column_that_matters_is_legible_on_a_small_screen(qtbot: QtBot, window: MainWindow) -> None:
    theme().set_scale(125)
    day = window.today.day.table
    qtbot.waitUntil(lambda: day.rows.rowCount() == 4)
    metrics = day.fontMetrics()
    left, right = shown(window, day, "subject")
    assert right - left >= metrics.horizontalAdvance(LEGIBLE)
    left, right = shown(window, day, "progress")
    assert right - left >= metrics.horizontalAdvance("已引导") + 20
    left, right = shown(window, day, "operator")
    assert right - left >= metrics.horizontalAdvance("王芳")
    window.show_page("referrals")
    table = window.page("referrals").findChild(PagedTable)
    assert table is not None
    qtbot.waitUntil(lambda: table.rows.rowCount() == 2)
    QApplication.processEvents()
    left, right = shown(window, table, "what")
    assert right - left >= metrics.horizontalAdvance(wording._("Not received")) + theme().px(ICON) + 12
    left, right = shown(window, table, "subject")
    assert right - left >= metrics.horizontalAdvance(LEGIBLE)


@pytest.mark.parametrize("window", ["zh_CN", "en"], indirect=True)
def test_no_column_of_the_day_is_scrolled_away_when_visitors_have_left(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    theme().set_scale(125)
    day = window.today.day.table
    for visitor in desk.ask(presence.here):
        desk.do(presence.check_out, visitor.entry_id, uid=uuid.uuid4())
    at = day.column("time")

    def times() -> list[str]:
        return [day.model().index(row, at).data() for row in range(day.rows.rowCount())]

    qtbot.waitUntil(lambda: sum("–" in one for one in times()) == 2)
    QApplication.processEvents()
    assert day.horizontalScrollBar().maximum() == 0
    widest = max(map(day.fontMetrics().horizontalAdvance, times()))
    left, right = shown(window, day, "time")
    assert right - left >= widest
    left, right = shown(window, day, "operator")
    assert right - left >= day.fontMetrics().horizontalAdvance("王芳")


def test_columns_fit_what_they_hold_where_there_is_room(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1920, 1040)
    QApplication.processEvents()
    day = window.today.day.table
    qtbot.waitUntil(lambda: day.rows.rowCount() == 4)
    QApplication.processEvents()
    for at, column in enumerate(day.rows.columns):
        icon = 20 if column.icon is not None and column.name != "who" else 0
        for number in range(day.rows.rowCount()):
            row = day.rows.row(number)
            assert row is not None
            need = day.fontMetrics().horizontalAdvance(column.text(row)) + icon
            assert day.columnWidth(at) >= need, (column.name, column.text(row))
    header = day.horizontalHeader()
    assert sum(header.sectionSize(at) for at in range(header.count())) == day.viewport().width()


def test_a_list_that_drops_down_shows_all_of_a_dozen_choices(qtbot: QtBot, window: MainWindow) -> None:
    seen = 0
    for spec in PAGES:
        window.show_page(spec.name)
        qtbot.waitUntil(lambda: window.lanes.idle)
        for box in window.page(spec.name).findChildren(QComboBox):
            if not box.isVisible():
                continue
            if box.count() > 12:
                box.setMaxCount(12)
            box.setFocus()
            QTest.keyClick(box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
            view = box.view()
            qtbot.waitUntil(view.isVisible)
            assert view.verticalScrollBar().maximum() == 0, box.accessibleName()
            QTest.keyClick(view, Qt.Key.Key_Escape)
            seen += 1
    assert seen >= 10


def test_a_column_that_the_clerk_resized_stays_so(qtbot: QtBot, window: MainWindow) -> None:
    day = window.today.day.table
    qtbot.waitUntil(lambda: day.rows.rowCount() == 4)
    at = day.column("who")
    day.horizontalHeader().resizeSection(at, 333)
    window.resize(1500, 700)
    QApplication.processEvents()
    assert day.columnWidth(at) == 333


@pytest.mark.parametrize("scale", [100, 125])
def test_nothing_moves_when_the_first_act_can_be_taken_back(
    qtbot: QtBot, window: MainWindow, scale: int
) -> None:
    theme().set_scale(scale)
    QApplication.processEvents()
    before = window.foot.geometry()
    window.actions_by_name["undo"].setEnabled(True)
    button = next(
        one
        for one in window.foot.findChildren(QToolButton)
        if one.defaultAction() is window.actions_by_name["undo"]
    )
    qtbot.waitUntil(button.isVisible)
    QApplication.processEvents()
    assert button.height() >= button.sizeHint().height()
    assert window.foot.geometry() == before


@pytest.mark.parametrize("scale", [110, 140, 160])
def test_a_question_about_a_referral_is_not_cut(
    window: MainWindow, qtbot: QtBot, lanes: Lanes, scale: int
) -> None:
    theme().set_scale(scale)
    window.resize(*SCREEN)
    window.show_page("referrals")
    page: Any = window.page("referrals")
    qtbot.waitUntil(lambda: lanes.idle)
    page.table.setFocus()
    press(Qt.Key.Key_7)
    form = page.form
    assert form.step.name == "extended"
    qtbot.waitUntil(lambda: form.height() >= form.minimumSizeHint().height() > 0)
    qtbot.waitUntil(lambda: form.mapTo(window, QPoint(0, form.height())).y() <= SCREEN[1])
    press(Qt.Key.Key_Escape)
    assert page.timeline.isVisible()
    assert page.panel.bar.isVisible()
