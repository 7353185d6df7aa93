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


def test_each_fits_a_small_screen(window: MainWindow, qtbot: QtBot) -> None:
    too_large = []
    for scale in (100, 125):
        theme().set_scale(scale)
        for spec in PAGES:
            window.show_page(spec.name)
            qtbot.waitUntil(lambda: window.lanes.idle)
            assert window.size().toTuple() == SCREEN, spec.name
            viewport = window.stack.parentWidget()
            assert viewport is not None
            need, have = window.page(spec.name).minimumSizeHint(), viewport.size()
            if need.width() > have.width() or need.height() > have.height():
                too_large.append(f"{spec.name} at {scale}: {need} in {have}")
    assert not too_large, "\n".join(too_large)


def test_every_control_says_what_it_is(window: MainWindow, qtbot: QtBot) -> None:
    silent = []
    for spec in PAGES:
        window.show_page(spec.name)
        qtbot.waitUntil(lambda: window.lanes.idle)
        found = controls(window.page(spec.name))
        assert found, spec.name
        for one in found:
            interface = QAccessible.queryAccessibleInterface(one)
            if not interface.text(QAccessible.Text.Name).strip():
                parent = type(one.parent()).__name__
                silent.append(f"{spec.name}: {type(one).__name__} {one.objectName()} in {parent}")
    assert silent == []
