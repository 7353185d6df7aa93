"""The dialog of two who correct one entry: what is chosen between can be read, and every stop can be seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from reception.errors import ConflictError
from ui.theme import theme
from ui.today.conflict import ConflictDialog

LONG = "反映其父亲在红星机械厂工作三十年后两次转移关系,至今没有领到养老金,要求尽快核实并书面答复。" * 4
FIELDS = ("subject", "request", "outcome", "name", "phone", "organisation", "papers", "wanted")


@pytest.fixture
def dialog(qtbot: QtBot) -> ConflictDialog:
    """Long texts, in more fields than fit."""
    differences = tuple((name, f"{LONG}我", f"{LONG}他") for name in FIELDS)
    error = ConflictError("Somebody else changed this entry meanwhile.", differences=differences, version=3)
    made = ConflictDialog(None, error, set(FIELDS))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def picture(widget: QWidget) -> object:
    return widget.grab().toImage()


def test_every_stop_of_tab_is_seen_and_does_something(qtbot: QtBot, dialog: ConflictDialog) -> None:
    stops: list[QWidget] = []
    while (stop := QApplication.focusWidget()) is not None and stop not in stops:
        stops.append(stop)
        assert isinstance(stop, QAbstractButton), "there is nothing to do here"
        corners = (QPoint(1, 1), QPoint(stop.width() - 2, min(stop.height(), 200) - 2))
        for corner in corners:
            assert stop.visibleRegion().contains(corner), stop.accessibleName()
        focused = picture(stop)
        QTest.keyClick(stop, Qt.Key.Key_Tab)
        assert picture(stop) != focused, "one cannot see where the focus is"
    assert len(stops) == len(FIELDS) + 2
    QTest.keyClick(stops[0], Qt.Key.Key_Right)
    dialog.accept()
    assert dialog.answer == frozenset({FIELDS[0]})


def test_the_headings_stand_over_their_columns(dialog: ConflictDialog) -> None:
    headings = [label for label in dialog.findChildren(QLabel) if label.property("role") == "heading"]
    buttons = dialog.findChildren(QRadioButton)
    width = theme().px(1)
    lefts = [heading.mapTo(dialog, QPoint()).x() for heading in headings[1:]]
    for column, left in enumerate(lefts):
        for button in buttons[column::2]:
            assert abs(button.mapTo(dialog, QPoint()).x() - left) <= width
            assert button.mapTo(dialog, QPoint(button.width(), 0)).x() <= dialog.width()
