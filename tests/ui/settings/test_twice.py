"""What a hasty clerk does twice is done once: one act, taken back by one key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.operations import absences, directory, site, terms
from tests.ui.today.keyboard import ALT, CTRL, press, typed
from ui.settings.page import SettingsPage
from ui.window import MainWindow

TAKE_BACK = Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    press(Qt.Key.Key_5, ALT)
    made = window.page("settings")
    assert isinstance(made, SettingsPage)
    return made


def once(qtbot: QtBot, window: MainWindow, done: Callable[[], bool]) -> None:
    """What was just done can be seen, one key takes all of it back, and there was nothing before it."""
    qtbot.waitUntil(done)
    qtbot.waitUntil(lambda: window.lanes.idle)
    press(*TAKE_BACK)
    qtbot.waitUntil(lambda: not done())
    qtbot.waitUntil(lambda: window.lanes.idle)
    window.safety.undo.undo()  # its action is off by now
    assert window.foot.status.said == "There is nothing to take back."


def save_twice() -> None:
    press(Qt.Key.Key_Return, CTRL)
    press(Qt.Key.Key_Return, CTRL)


def test_a_year_saved_twice(qtbot: QtBot, window: MainWindow, page: SettingsPage, desk: Desk) -> None:
    press(Qt.Key.Key_PageDown, CTRL)
    before = desk.ask(directory.catalogue).years
    press(Qt.Key.Key_Space)
    save_twice()
    once(qtbot, window, lambda: desk.ask(directory.catalogue).years != before)


def test_a_limit_added_twice(qtbot: QtBot, window: MainWindow, page: SettingsPage, desk: Desk) -> None:
    press(Qt.Key.Key_PageDown, CTRL)
    press(Qt.Key.Key_PageDown, CTRL)

    def used() -> int:
        return sum(one.active for one in desk.ask(terms.rules))

    before = used()
    QApplication.processEvents()  # nobody types faster than a tab is laid out
    press(Qt.Key.Key_N, CTRL)
    press(Qt.Key.Key_End)
    save_twice()
    once(qtbot, window, lambda: used() == before + 1)


def test_rules_saved_twice(qtbot: QtBot, window: MainWindow, page: SettingsPage, desk: Desk) -> None:
    press(Qt.Key.Key_PageUp, CTRL)  # the paper
    press(Qt.Key.Key_PageUp, CTRL)
    press(Qt.Key.Key_End)
    typed("字")
    save_twice()
    once(qtbot, window, lambda: dict(desk.ask(site.site).values)["slip_prefix"].endswith("字"))


def test_an_officer_marked_away_twice(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    press(Qt.Key.Key_4, ALT)
    typed("jc")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_A, ALT)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    once(qtbot, window, lambda: len(desk.ask(absences.current)) == 1)
