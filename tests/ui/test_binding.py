from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class Bell(QObject):
    """Rings in Python and is heard in Python."""

    rung = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.heard = 0
        self.rung.connect(self.hear)

    def hear(self, _value: object) -> None:
        self.heard += 1


def test_signals_cost_no_references_to_true_and_none() -> None:
    """PySide 6.12.0 lost one at each signal: after a few hundred, Python 3.11 ended in the clerk's hands."""
    bell = Bell()
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ring in range(200):
        bell.rung.emit(None)
    after = sys.getrefcount(True), sys.getrefcount(None)
    assert bell.heard == 200
    assert all(new > old - 100 for new, old in zip(after, before, strict=True))
