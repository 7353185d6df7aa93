"""A window that is wholly on its screen: the frame that the desktop gives it counts too."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget


def keep_inside(window: QWidget) -> None:
    """Make a window smaller and move it as far as its frame would reach beyond the screen.

    To be asked once it is shown: before that nobody knows its frame.
    """
    if window.isMaximized() or window.isFullScreen():
        return  # the desktop sees to it
    inner = window.geometry()
    fitting = inside(window.screen().availableGeometry(), window.frameGeometry(), inner)
    if fitting != inner:
        window.setGeometry(fitting)


def inside(room: QRect, frame: QRect, inner: QRect) -> QRect:
    """What ``inner`` has to be so that ``frame`` around it is within ``room``; in pixels of the screen."""
    beside = QSize(frame.width() - inner.width(), frame.height() - inner.height())
    size = inner.size().boundedTo(room.size() - beside)
    left = min(frame.x(), room.x() + room.width() - size.width() - beside.width())
    top = min(frame.y(), room.y() + room.height() - size.height() - beside.height())
    left, top = max(left, room.x()), max(top, room.y())
    return QRect(left + inner.x() - frame.x(), top + inner.y() - frame.y(), size.width(), size.height())
