"""No part of the entry form is ever cut off, in whatever order look, size and kind change."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
import pytestqt.exceptions
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.today.keyboard import ALT, CTRL, press, typed
from ui import wording
from ui.theme import theme
from ui.window import MainWindow
from ui.work import Lanes

SCREEN = (1366, 768 - 40)
SIZES = [("zh_CN", 125), ("en", 140)]
KINDS = (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4)


@pytest.fixture
def window(request: pytest.FixtureRequest, qtbot: QtBot, lanes: Lanes) -> Iterator[MainWindow]:
    """The whole window in one of the languages, on a small screen."""
    wording.use(request.param)
    made = MainWindow(lanes)
    qtbot.addWidget(made, before_close_func=MainWindow.leave)
    made.resize(*SCREEN)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: lanes.idle)
    yield made
    theme().prefer(None)
    theme().set_scale(100)
    made.leave()


def cut(window: MainWindow) -> list[str]:
    """What ends beyond the form's viewport at the right."""
    viewport = window.today.form.viewport()
    found = []
    for child in window.today.form.body.findChildren(QWidget):
        if child.isVisible() and not child.visibleRegion().isEmpty():
            end = child.mapTo(viewport, QPoint(child.width(), 0)).x()
            parent = child.parentWidget()
            assert parent is not None
            if end > viewport.width() or child.x() + child.width() > parent.width():
                found.append(f"{type(child).__name__} {child.accessibleName()} ends at {end}")
    return found


def nothing_cut(qtbot: QtBot, window: MainWindow, *why: object) -> None:
    """The layouts come to rest with all of the form to be seen."""
    try:
        qtbot.waitUntil(lambda: not cut(window), timeout=3_000)
    except pytestqt.exceptions.TimeoutError:
        pytest.fail(f"{why}: {cut(window)}")


def look(window: MainWindow, scheme: str, scale: int) -> None:
    """Change the look as the clerk does: with Settings in front."""
    QTest.keyClick(window, Qt.Key.Key_5, ALT)
    QApplication.processEvents()
    theme().prefer(scheme)
    theme().set_scale(scale)


@pytest.mark.parametrize(("window", "scale"), SIZES, indirect=["window"])
def test_nothing_is_cut_after_the_look_and_the_kind_have_changed(
    qtbot: QtBot, window: MainWindow, scale: int
) -> None:
    """As seen once: the dark colours chosen in Settings with two calls put aside, then F2 after F3."""
    for name in ("13800001111", "13900002222"):
        press(Qt.Key.Key_F3)
        typed(name)
    press(Qt.Key.Key_F3)
    for at, (first, second) in enumerate(itertools.permutations(KINDS, 2)):
        look(window, "light" if at % 2 else "dark", scale)
        press(first)
        nothing_cut(qtbot, window, scale, first)
        press(second)
        nothing_cut(qtbot, window, scale, first, second)
        look(window, "dark" if at % 2 else "light", 100)
        press(first)
        nothing_cut(qtbot, window, 100, first)


@pytest.mark.parametrize(("window", "scale"), SIZES, indirect=["window"])
def test_nothing_is_cut_that_is_unfolded_or_said(qtbot: QtBot, window: MainWindow, scale: int) -> None:
    theme().set_scale(scale)
    form = window.today.form
    nothing_cut(qtbot, window)
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_F6)
    nothing_cut(qtbot, window)
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_F6)
    form.body.matter.setFocus()
    typed("问路")
    press(Qt.Key.Key_4, CTRL)
    nothing_cut(qtbot, window)
    assert form.body.refer is not None
    assert window.lanes.catalogue is not None
    departments = [one for one in window.lanes.catalogue.departments if not one.outside]
    form.body.refer.assist.put([one.id for one in departments[:8]])
    nothing_cut(qtbot, window)
    form.body.department.put((departments[9].id, None))
    form.body.party.setFocus()
    typed("0")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: form.body.party.wrong != "")
    nothing_cut(qtbot, window)
    message = next(one for one in form.body.findChildren(QLabel) if one.text() == form.body.party.wrong)
    assert message.height() < 3 * message.fontMetrics().lineSpacing()
    assert message.mapTo(form.body, QPoint()).y() > form.body.party.mapTo(form.body, QPoint()).y()
    press(Qt.Key.Key_F3)
    nothing_cut(qtbot, window)
