"""A desk that prints today's sheet by its keys; in a process of its own, which reads CUPS_SERVER once.

``python -m tests.ui.sheet.print_one PLACE FOLDER``: what went to the printer is left in FOLDER.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from ui import wording
from ui.sheet.preview import SheetPage
from ui.window import MainWindow
from ui.work import Lanes

CTRL = Qt.KeyboardModifier.ControlModifier


def main() -> int:
    """Open, print, tell what was said, end."""
    place, folder = sys.argv[1:]
    app = QApplication(sys.argv[:1])
    wording.use("en")
    lanes = Lanes(place)
    window = MainWindow(lanes)
    window.show()
    window.activateWindow()
    lanes.start()
    try:
        _until(app, lambda: lanes.catalogue is not None and lanes.idle)
        QTest.keyClick(window, Qt.Key.Key_P, CTRL)
        page = window.page("sheet")
        assert isinstance(page, SheetPage)
        _until(app, lambda: page.at_rest and page.bar.print.isEnabled())
        accepting = QTimer(window, interval=50)
        accepting.timeout.connect(_accept)
        accepting.start()
        QTest.keyClick(window, Qt.Key.Key_P, CTRL)
        QTest.keyClick(window, Qt.Key.Key_P, CTRL)  # a finger that trembles
        words = page.foot.words
        _until(app, lambda: "sent to the printer." in words.text() or _wrong(page))
        print(page.foot.text(), flush=True)
        _until(app, lambda: not page.paper.sending.watching)
        print(page.foot.text(), flush=True)
        for path in page.paper.bench.folder.iterdir():
            shutil.copy(path, Path(folder) / path.name)
    finally:
        window.leave()
        lanes.stop()
    return 0


def _wrong(page: SheetPage) -> bool:
    return bool(page.foot.words.property("role") == "wrong")


def _accept() -> None:
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QPrintDialog):
        agree = next(one for one in dialog.findChildren(QPushButton) if one.isDefault())
        QTest.keyClick(agree, Qt.Key.Key_Return)


def _until(app: QApplication, condition: Callable[[], bool], seconds: float = 60.0) -> None:
    give_up = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > give_up:
            raise TimeoutError("the window did not get so far")
        app.processEvents()


if __name__ == "__main__":
    sys.exit(main())
