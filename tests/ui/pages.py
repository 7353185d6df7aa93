"""Puts a page on the screen as the window does."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.pages import PAGES, Page
from ui.work import Lanes

P = TypeVar("P", bound=Page)


def show(qtbot: QtBot, lanes: Lanes, cls: type[P], name: str) -> P:
    """Make the page called ``name``, show it, and let it ask."""
    spec = next(spec for spec in PAGES if spec.name == name)
    page = cls(spec, lanes)
    lanes.changed.connect(page.changed)
    lanes.catalogue_changed.connect(page.set_catalogue)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    assert lanes.catalogue is not None
    page.set_catalogue(lanes.catalogue)
    page.activate()
    return page


def write(field: QWidget, text: str) -> None:
    """Type ``text`` as an input method does: composed first, then committed."""
    assert field.hasFocus(), "an input method writes where the focus is"
    event = QInputMethodEvent("ni'hao", [])
    QCoreApplication.sendEvent(field, event)
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(field, event)
