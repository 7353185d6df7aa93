"""Telling those who hear the window instead of seeing it."""

from __future__ import annotations

from PySide6.QtCore import QObject


def announce(place: QObject, sentence: str) -> None:
    """Say ``sentence`` to a screen reader, as a word of ``place``."""
    # Its many enums cost 6 ms, and before the first paint there is nothing to say.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(place, sentence))
