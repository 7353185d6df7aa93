"""The photographer's studio: presses keys in the window, types into it, and empties it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reception.desk import Desk
    from ui.window import MainWindow

Wait = Callable[[Callable[[], object]], None]


class Studio:
    """Prepares the window for each picture.

    Args:
        window: shows a register of made-up entries.
        desk: the same register from outside.
        wait: lets the event loop run until something is so.
    """

    def __init__(self, window: MainWindow, desk: Desk, wait: Wait) -> None:
        self.window = window
        self.desk = desk
        self.wait = wait

    def press(self, keys: str) -> None:
        """Press keys, as the window system does: ``Ctrl+G``."""
        from PySide6.QtGui import QGuiApplication, QKeySequence
        from PySide6.QtTest import QTest

        self.wait(lambda: QGuiApplication.focusWindow() is not None)
        window = QGuiApplication.focusWindow()
        assert window is not None
        QTest.keySequence(window, QKeySequence(keys))

    def type(self, text: str) -> None:
        """Write into the field that has the keyboard."""
        from PySide6.QtCore import QCoreApplication
        from PySide6.QtGui import QGuiApplication, QInputMethodEvent

        field = QGuiApplication.focusObject()
        assert field is not None
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QCoreApplication.sendEvent(field, event)

    def begin(self, kind: str = "visit") -> Any:
        """An empty form of a kind; the page of today."""
        self.window.show_page("today")
        self.press({"visit": "F2", "call-in": "F3", "call-out": "F4"}[kind])
        return self.window.today

    def tidy(self) -> None:
        """Empty the form and what was put aside, so that the next picture begins like the first."""
        today = self.window.today
        self.window.show_page("today")
        today.todo.note.drop()
        while today.drafts():
            if not today.form.touched:
                today.next_aside()
            today.discard()
        if today.late.active:
            today.toggle_late()
        today.form.fold(False)
        today.more_button.setChecked(False)
        self.press("F2")


Scene = Callable[[Studio], "QWidget"]


def page(name: str) -> Scene:
    """A page as it comes."""

    def prepare(studio: Studio) -> QWidget:
        studio.window.show_page(name)
        return studio.window

    return prepare
