"""Where those stand in the order of Tab that are made later than what surrounds them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def take_place(holder: QWidget, stops: Iterable[QWidget]) -> None:
    """Give those that were made late the place that their holder has had all along."""
    before = holder.previousInFocusChain()
    while before is not None and before.focusPolicy() is Qt.FocusPolicy.NoFocus:  # it could give no place
        before = before.previousInFocusChain()
    for stop in stops:
        if before is not None:
            QWidget.setTabOrder(before, stop)
        before = stop
