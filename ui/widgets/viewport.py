"""A scroll area's viewport that Python knows from the start.

To learn of which kind a widget of Qt's own making is, the binding makes the classes of every kind of widget,
down to wizards and calendars. That cost each start 20 ms when a viewport was first asked for.
"""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QWidget

_NAME = "qt_scrollarea_viewport"  # by this name style sheets take it for a part of its area


def own_viewport(area: QAbstractScrollArea) -> QWidget:
    """Give ``area`` a viewport that is like the one it was made with."""
    made = QWidget(area)
    made.setObjectName(_NAME)
    plain = isinstance(area, QScrollArea)
    made.setBackgroundRole(QPalette.ColorRole.NoRole if plain else QPalette.ColorRole.Base)
    made.setAutoFillBackground(True)
    area.setViewport(made)
    return made
