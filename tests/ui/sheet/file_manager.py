"""A file manager on the session's bus, that writes down what it is asked to show (freedesktop.org)."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, Slot
from PySide6.QtDBus import QDBusConnection

NAME, PLACE = "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1"


_named: Any = ClassInfo
"""Its types know only how it is called with names that are no names of Python."""


@_named({"D-Bus Interface": NAME})
class FileManager(QObject):
    """The one method of it that the desk uses."""

    @Slot("QStringList", str)
    def ShowItems(self, addresses: list[str], _startup: str) -> None:
        """Write the addresses, one in a line."""
        print(*addresses, sep="\n", flush=True)


def main() -> int:
    """Say that it is ready, then answer until it is ended."""
    app = QCoreApplication(sys.argv)
    bus, manager = QDBusConnection.sessionBus(), FileManager()
    exported = bus.registerObject(PLACE, manager, QDBusConnection.RegisterOption.ExportAllSlots)
    if not (exported and bus.registerService(NAME)):
        return 1
    print("ready", flush=True)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
