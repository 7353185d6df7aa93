"""Collects Python's garbage in the GUI thread only: a lane would destroy Qt objects in the wrong thread."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY = 200
"""Milliseconds between two looks: a second of paging makes so many objects that it would be felt."""
_FULL = 300
"""Every so many looks a full collection."""


class Collector(QObject):
    """Takes the collector's work over."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._looks = 0
        self._froze = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._collect)

    def start(self) -> None:
        """Begin, once the start is over; what exists by then stays and is not looked at again."""
        self._froze = gc.get_freeze_count() == 0  # what somebody else set aside is theirs to take back
        if self._froze:
            gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Leave the work to Python again."""
        self._timer.stop()
        if self._froze:
            gc.unfreeze()
        gc.enable()

    @Slot()
    def _collect(self) -> None:
        self._looks += 1
        gc.collect(2 if self._looks % _FULL == 0 else 1)
