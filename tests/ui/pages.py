"""Puts a page on the screen as the window does."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Slot
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui import actions
from ui.pages import PAGES, Page
from ui.work import Lanes

_PLAIN = Qt.KeyboardModifier.NoModifier

P = TypeVar("P", bound=Page)


class Keys(QObject):
    """The window's keys, which reach the page in front."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        for name, action in actions.make(page).items():
            if name == "save":
                action.triggered.connect(self._save)
            elif name.startswith("act-"):
                action.triggered.connect(self._choose_act)

    @Slot()
    def _save(self) -> None:
        self._page.save()

    @Slot()
    def _choose_act(self) -> None:
        sender = self.sender()
        assert sender is not None
        self._page.choose_act(int(sender.objectName().removeprefix("act-")))


def show(qtbot: QtBot, lanes: Lanes, cls: type[P], name: str) -> P:
    """Make the page called ``name``, show it, and let it ask."""
    spec = next(spec for spec in PAGES if spec.name == name)
    page = cls(spec, lanes)
    lanes.changed.connect(page.changed)
    lanes.catalogue_changed.connect(page.set_catalogue)
    qtbot.addWidget(page)
    Keys(page)
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


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = _PLAIN) -> None:
    """Press and release a key on ``widget``; shortcuts come first, as from a keyboard."""
    QTest.keyClick(widget, key, modifiers)
