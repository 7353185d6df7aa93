"""The window on a small screen: its frame, its head, its foot."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.bars import Foot
from ui.fitting import inside, keep_inside
from ui.theme import theme
from ui.window import MainWindow

ROOM = QRect(0, 0, 1366, 768)


def framed(inner: QRect) -> QRect:
    """A title bar of 20 pixels, edges of 1 and a lower edge of 5."""
    return inner.adjusted(-1, -20, 1, 5)


@pytest.mark.parametrize(
    ("inner", "wanted"),
    [
        (QRect(0, 0, 1366, 768), QRect(1, 20, 1364, 743)),  # as a start at a larger text leaves it
        (QRect(43, 31, 1280, 720), QRect(43, 31, 1280, 720)),
        (QRect(200, 100, 1280, 720), QRect(85, 43, 1280, 720)),
        (QRect(-500, -40, 1280, 720), QRect(1, 20, 1280, 720)),
    ],
)
def test_the_frame_of_a_window_counts(inner: QRect, wanted: QRect) -> None:
    assert inside(ROOM, framed(inner), inner) == wanted
    assert ROOM.contains(framed(wanted))


def test_a_panel_of_the_desktop_is_not_covered() -> None:
    room = QRect(0, 30, 1366, 738)
    inner = QRect(0, 0, 1366, 768)
    assert room.contains(framed(inside(room, framed(inner), inner)))


def test_a_window_larger_than_its_screen_is_made_to_fit(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    window.setGeometry(room.adjusted(-20, -20, 300, 300))
    window.show()
    keep_inside(window)
    assert room.contains(window.frameGeometry())


def test_the_name_of_the_site_can_be_read_at_a_large_text(qtbot: QtBot, window: MainWindow) -> None:
    theme().set_scale(160)
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: window.head.site.text() == "某县人社局")
    theme().set_scale(100)


def test_a_foot_without_a_notice_has_no_frame_for_it(qtbot: QtBot) -> None:
    foot = Foot()
    qtbot.addWidget(foot)
    foot.show()
    assert foot.notice.isHidden()
    foot.notice.say("非涉密系统")
    assert foot.notice.isVisible()
    foot.notice.say("")
    assert foot.notice.isHidden()
