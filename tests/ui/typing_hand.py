"""A hand on the keyboard that counts: every key goes to the window as from the window system.

Chinese is composed letter by letter and committed with the space bar, as an input method does.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QWindow
from PySide6.QtTest import QTest

PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Hand:
    """``content`` are the keys of what is told, ``beyond`` all others; Ctrl is part of its key."""

    content: int = 0
    beyond: int = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """One key that is not content."""
        self.beyond += 1
        QTest.keyClick(_window(), key, modifiers)

    def type(self, text: str) -> None:
        """Signs that are typed as they are: digits, initials."""
        for sign in text:
            self.content += 1
            QTest.keyClick(_window(), Qt.Key(ord(sign.upper())), PLAIN)

    def compose(self, pinyin: str, text: str) -> None:
        """Chinese: the letters one by one, then the space bar takes what the input method proposes."""
        field = QGuiApplication.focusObject()
        assert field is not None
        for end in range(1, len(pinyin) + 1):
            self.content += 1
            QCoreApplication.sendEvent(field, QInputMethodEvent(pinyin[:end], []))
        self.content += 1
        taken = QInputMethodEvent("", [])
        taken.setCommitString(text)
        QCoreApplication.sendEvent(field, taken)


def _window() -> QWindow:
    window = QGuiApplication.focusWindow()
    assert window is not None
    return window
