"""Opens the folder of a file with the file selected, in whatever way the system has for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from ui.sheet.hand import Hand

_PATIENCE = 3_000
"""Milliseconds for a file manager that has to be started first."""
_SERVICE, _PATH = "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1"


class Opener(QObject):
    """Opens the folder itself where nothing selected the file."""

    nobody = Signal(object)
    """The ``Path``: this system has nothing that would open its folder."""

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path

    @Slot(object)
    def opened(self, selected: object) -> None:
        """The file manager was asked."""
        if not selected and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent))):
            self.nobody.emit(self._path)
        self.deleteLater()


def show_in_folder(path: Path, hand: Hand) -> Opener:
    """Show ``path`` in the system's file manager. Returns at once: ``hand`` does what may take long."""
    opener = Opener(path, hand)
    hand.do(selected, path).done.connect(opener.opened)
    return opener


def selected(path: Path) -> bool:
    """Have the file manager select ``path``; False when this system has no way to. Not for the GUI thread."""
    if sys.platform == "win32":
        # Explorer answers 1 also when it did what it was asked.
        subprocess.run(["explorer", f"/select,{path}"], check=False)
        return True
    if sys.platform == "darwin":
        return subprocess.run(["open", "-R", str(path)], check=False).returncode == 0
    return _by_bus(path)


def _by_bus(path: Path) -> bool:
    """Ask the file manager of a Linux desktop (freedesktop.org, File Manager D-Bus Interface)."""
    from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage

    name = "reception-folder"
    bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, name)
    try:
        if not bus.isConnected():
            return False
        call = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SERVICE, "ShowItems")
        address = bytes(QUrl.fromLocalFile(str(path)).toEncoded().data()).decode()
        call.setArguments([[address], ""])
        answer = bus.call(call, QDBus.CallMode.Block, _PATIENCE)
        return answer.type() == QDBusMessage.MessageType.ReplyMessage
    finally:
        QDBusConnection.disconnectFromBus(name)
