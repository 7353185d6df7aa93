"""A list and what it is about, side by side: the clerk moves the line between them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from ui.theme import theme


def beside(owner: QWidget, left: QWidget, right: QWidget, widths: tuple[int, int]) -> QSplitter:
    """``left`` and ``right`` in ``owner``; ``left`` takes what more room there is.

    Args:
        owner: what both stand in; it lays the result out.
        left: the list.
        right: what is chosen in it.
        widths: pixels of both at 100 %, to begin with.
    """
    made = QSplitter(Qt.Orientation.Horizontal, owner)
    made.addWidget(left)
    made.addWidget(right)
    made.setChildrenCollapsible(False)
    made.setStretchFactor(0, 1)
    made.setSizes([theme().px(width) for width in widths])
    return made
