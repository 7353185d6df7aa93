"""A desk in a process of its own, typed into: ``python -m tests.ui.drafts.typist PLACE SCRIPT``.

Tells each step after it was done; then goes on typing one character after the other until it is killed.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from reception.facts import Act
from ui.app import parser
from ui.program import Program

PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def tell(line: object) -> None:
    """In one write."""
    os.write(1, f"{line}\n".encode())


class Typist(QObject):
    """Types when the register is open, or when it cannot be."""

    def __init__(self, program: Program, script: str) -> None:
        super().__init__(program)
        self._program = program
        self._script = script
        self._count = 0
        self._timer = QTimer(self)
        self._timer.setInterval(7)
        self._timer.timeout.connect(self._on_time)
        program.lanes.opened.connect(self._start)
        program.lanes.trouble.connect(self._start)

    @Slot()
    def _start(self) -> None:
        assert self._program.window is not None
        self._program.window.activateWindow()
        QTimer.singleShot(50, self._type)

    def _keys(self, text: str) -> None:
        for sign in text:
            QTest.keyClicks(_focus(), sign)

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(_focus(), key, modifiers)

    @Slot()
    def _type(self) -> None:
        window = self._program.window
        assert window is not None
        page = window.today
        page.form.put_focus()
        if self._script == "forms":
            self._keys("first visitor")
            page.form.body.person.setFocus()
            self._keys("zhang jianguo")
            self._press(Qt.Key.Key_F3)
            self._keys("13900002222")
            self._press(Qt.Key.Key_F6)
            page.form.body.act.put((Act.PUT_THROUGH, None))
            page.form.body.outcome.setFocus()
            self._keys("told to wait")
            for _time in range(4):
                self._press(Qt.Key.Key_Left)
            self._press(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
        self._timer.start()

    @Slot()
    def _on_time(self) -> None:
        if self._script == "forms":
            tell("typed")
            self._timer.stop()
            return
        self._keys("abcdefghij"[self._count % 10])
        self._count += 1
        tell(self._count)


def _focus() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def main() -> None:
    """Until it is killed."""
    app = QApplication([sys.argv[0]])
    program = Program(app, parser().parse_args(["--register", sys.argv[1], "--language", "en"]))
    program.show()
    typist = Typist(program, sys.argv[2])
    app.exec()
    del typist


if __name__ == "__main__":
    main()
