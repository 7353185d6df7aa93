"""Bars whose parts say less where there is little room."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import theme
from ui.widgets.yielding import YieldingBar


class Bar(YieldingBar):
    """Says a long or a short word."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.taken: list[bool] = []
        self.word = QLabel("a long word indeed", self)
        QHBoxLayout(self).addWidget(self.word)
        theme().changed.connect(self.anew)

    def less(self, step: int, yielding: bool) -> None:
        """One step."""
        self.taken.append(yielding)
        self.word.setText("a" if yielding else "a long word indeed")


def test_a_window_that_is_gone_measures_nothing_any_more(qtbot: QtBot) -> None:
    """A theme that changes tells everybody, also a bar whose window was closed and waits to be deleted."""
    window = QWidget()
    qtbot.addWidget(window)
    bar = Bar(window)
    bar.resize(30, 20)
    window.show()
    qtbot.waitUntil(lambda: bar.taken == [True])
    theme().changed.emit()
    assert bar.taken == [True, False, True]
    window.close()
    theme().changed.emit()
    assert bar.taken == [True, False, True]
    window.show()
    assert bar.taken == [True, False, True, False, True]
