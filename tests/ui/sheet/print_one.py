"""A desk that prints today's sheet by its keys; in a process of its own, which reads CUPS_SERVER once.

``python -m tests.ui.sheet.print_one PLACE FOLDER [NUMBER]``: what went to the printer is left in FOLDER. With
the number of a visit its pass goes with the sheet, and the printer's dialog is asked for all sorts of things.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from ui import wording
from ui.sheet.preview import SheetPage
from ui.sheet.wanted import Job, Wanted
from ui.window import MainWindow
from ui.work import Lanes

_Field = TypeVar("_Field", bound=QWidget)
CTRL = Qt.KeyboardModifier.ControlModifier


def main() -> int:
    """Open, print, tell what was said, end."""
    place, folder, *number = sys.argv[1:]
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
        if number:
            sheet = next(one for one in page.paper.job.wanted if one.name == "daily_sheet")
            visitor = Wanted("visitor_pass", {"number": number[0]})
            page.show_job(Job((visitor, sheet)))  # the dialog opens with the smaller paper
            _until(app, lambda: page.at_rest and page.bar.print.isEnabled())
        accepting = QTimer(window, interval=50)
        accepting.timeout.connect(_ask_for_all_sorts if number else _accept)
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


def _ask_for_all_sorts() -> None:
    """Two copies of some pages, both sides; grey and words for the job in the dialog behind it."""
    dialog = QApplication.activeModalWidget()
    if not isinstance(dialog, QPrintDialog):
        if (
            isinstance(dialog, QDialog)
            and (words := dialog.findChild(QLineEdit, "jobBillingLineEdit")) is not None
        ):
            words.setText("Desk 2")
            grey = next(one for one in dialog.findChildren(QComboBox) if one.findText("Grey") >= 0)
            grey.setCurrentText("Grey")
            asking = dialog.parentWidget()
            while asking is not None and not isinstance(asking, QPrintDialog):
                asking = asking.parentWidget()
            assert asking is not None
            asking.setProperty("asked", "and answered")
            box = dialog.findChild(QDialogButtonBox)
            assert box is not None
            box.button(QDialogButtonBox.StandardButton.Ok).click()
    elif not dialog.property("asked"):
        dialog.setProperty("asked", True)
        _named(dialog, QSpinBox, "copies").setValue(2)
        _named(dialog, QCheckBox, "collate").setChecked(True)
        _named(dialog, QRadioButton, "pagesRadioButton").setChecked(True)
        _named(dialog, QLineEdit, "pagesLineEdit").setText("1-2,4")
        _named(dialog, QRadioButton, "duplexLong").setChecked(True)
        more = next(one for one in dialog.findChildren(QPushButton) if one.text() == "P&roperties")
        QTimer.singleShot(0, more.click)  # a timer does not fire again below itself
    elif dialog.property("asked") == "and answered":
        _accept()


def _named(dialog: QWidget, kind: type[_Field], name: str) -> _Field:
    found = dialog.findChild(kind, name)
    assert found is not None
    return found


def _until(app: QApplication, condition: Callable[[], bool], seconds: float = 60.0) -> None:
    give_up = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > give_up:
            raise TimeoutError("the window did not get so far")
        app.processEvents()


if __name__ == "__main__":
    sys.exit(main())
