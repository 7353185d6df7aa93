"""Tells of what has just been sent to the department: in the window, in the tray, by the taskbar.

The keyboard stays where it is: nobody's window comes to the front by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from reception.facts import TodoRow
from ui.wording import _, ngettext

_SHOWN = 10_000
"""Milliseconds that a notice of the tray stays, where the system lets the program say so."""


class Arrivals(QObject):
    """Knows what was there before.

    Args:
        window: which is called up from the tray, and blinks in the taskbar.
        icon: the program's.
    """

    told = Signal(str)
    """A sentence for the window; it is announced to accessibility too."""

    def __init__(self, window: QWidget, icon: QIcon) -> None:
        super().__init__(window)
        self._window = window
        self._newest: int | None = None
        self.tray: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.tray = QSystemTrayIcon(icon, self)
            self.tray.setToolTip(window.windowTitle())
            self.tray.activated.connect(self._on_tray)
            self.tray.messageClicked.connect(self._on_message)
            self.tray.show()

    @property
    def newest(self) -> int | None:
        """The id of the latest part that is known; None before anything was looked at."""
        return self._newest

    def begin(self, newest: int) -> None:
        """Whatever is there now is not new."""
        if self._newest is None:
            self._newest = newest

    def look(self, rows: Sequence[TodoRow]) -> None:
        """Tell of those of ``rows`` that came since the last look."""
        before = self._newest or 0
        fresh = [row for row in rows if row.part_id is not None and row.part_id > before]
        if not fresh:
            return
        self._newest = max(row.part_id or 0 for row in fresh)
        said = words(fresh)
        self.told.emit(said)
        if not self._window.isActiveWindow():
            QApplication.alert(self._window)
            if self.tray is not None:
                self.tray.showMessage(self._window.windowTitle(), said, self._window.windowIcon(), _SHOWN)

    def stop(self) -> None:
        """The window goes: the tray knows no more of it."""
        if self.tray is not None:
            self.tray.hide()

    @Slot(object)
    def _on_tray(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self._on_message()

    @Slot()
    def _on_message(self) -> None:
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()


def words(fresh: Sequence[TodoRow]) -> str:
    """What came, without a word of who told it: a notice of the tray may be read by whoever stands there."""
    first = min(fresh, key=lambda row: row.part_id or 0)
    if len(fresh) == 1:
        return _("New: {number} {matter}").format(number=first.number, matter=_matter(first))
    template = ngettext(
        "{n} new referral: {number} {matter} …", "{n} new referrals: {number} {matter} …", len(fresh)
    )
    return template.format(n=len(fresh), number=first.number, matter=_matter(first))


def _matter(row: TodoRow) -> str:
    if row.referral is None:
        return row.text
    return row.referral.matter or row.referral.subject
