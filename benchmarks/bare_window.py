"""The least window that PySide6 can show: an empty table. Writes when it was painted, then stays."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView


class BareWindow(QMainWindow):
    """Tells of its first painting as the desk's window does."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._painted = False
        table = QTableView()
        table.setModel(QStandardItemModel(0, 8, table))
        self.setCentralWidget(table)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._tell)

    def _tell(self) -> None:
        Path(self._path).write_text(json.dumps({"painted": time.time()}), encoding="utf-8")


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    window = BareWindow(sys.argv[1])
    window.resize(1366, 768)
    window.show()
    sys.exit(app.exec())
