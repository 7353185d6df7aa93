"""What holds for every page of the window: it fits a small screen, and says what each control is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QDateEdit, QWidget
from pytestqt.qtbot import QtBot

from ui import wording
from ui.pages import PAGES
from ui.theme import theme
from ui.window import MainWindow
from ui.work import Lanes

LANGUAGES = ("zh_CN", "en")
SCREEN = (1366, 768 - 40)
"""Pixels of a small office screen, less a task bar."""


@pytest.fixture(params=LANGUAGES)
def window(request: pytest.FixtureRequest, qtbot: QtBot, lanes: Lanes) -> Iterator[MainWindow]:
    """The whole window in one of the languages."""
    wording.use(request.param)
    made = MainWindow(lanes)
    qtbot.addWidget(made)
    made.resize(*SCREEN)
    made.show()
    yield made
    theme().set_scale(100)
    made.leave()


def controls(page: QWidget) -> list[QWidget]:
    """What can have the focus in the window; a list that drops down speaks through its box."""
    return [
        one
        for one in page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.window() is page.window()
        and not isinstance(one.parent(), QDateEdit)
    ]


@pytest.mark.parametrize("name", [spec.name for spec in PAGES])
def test_it_fits_a_small_screen(window: MainWindow, qtbot: QtBot, name: str) -> None:
    window.show_page(name)
    for scale in (100, 125):
        theme().set_scale(scale)
        qtbot.waitUntil(lambda: window.lanes.idle)
        assert window.size().toTuple() == SCREEN
        viewport = window.stack.parentWidget()
        assert viewport is not None
        need, have = window.page(name).minimumSizeHint(), viewport.size()
        assert (need.width() <= have.width(), need.height() <= have.height()) == (True, True), (need, have)


@pytest.mark.parametrize("name", [spec.name for spec in PAGES])
def test_every_control_says_what_it_is(window: MainWindow, qtbot: QtBot, name: str) -> None:
    window.show_page(name)
    qtbot.waitUntil(lambda: window.lanes.idle)
    found = controls(window.page(name))
    assert found
    silent = []
    for one in found:
        interface = QAccessible.queryAccessibleInterface(one)
        if not interface.text(QAccessible.Text.Name).strip():
            silent.append(f"{type(one).__name__} {one.objectName()} in {type(one.parent()).__name__}")
    assert silent == []
