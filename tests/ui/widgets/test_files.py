"""The dialogs that ask for a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from reception import founding
from reception.desk import Desk
from tests.factories import add, visit
from ui.widgets.files import ask_save

_LEAVE = """
import sqlite3, sys
register = sqlite3.connect(sys.argv[1])
register.execute("SELECT count(*) FROM entry").fetchone()
register.close()
"""
"""Another program looks into the register: whoever leaves it last takes the file beside it away."""


def test_a_register_in_the_folder_that_is_shown_stays_open_to_who_works_on_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    register = tmp_path / "register.sqlite"
    founding.create(str(register))
    desk = Desk.open(str(register))
    try:
        add(desk, visit("工伤认定"))
        beside = register.with_name("register.sqlite-wal")
        before = beside.stat().st_ino
        parent = QWidget()
        qtbot.addWidget(parent)
        listed: list[int] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QFileDialog)
            rows = dialog.findChild(QTreeView, "treeView")
            assert isinstance(rows, QTreeView)
            qtbot.waitUntil(lambda: rows.model().rowCount(rows.rootIndex()) > 0)
            listed.append(rows.model().rowCount(rows.rootIndex()))
            QDialog.reject(dialog)

        QTimer.singleShot(0, look)
        assert ask_save(parent, "Save", tmp_path / "out.sqlite", "All (*)") is None
        assert listed
        subprocess.run([sys.executable, "-c", _LEAVE, str(register)], check=True)
        assert beside.stat().st_ino == before
        add(desk, visit("社保转移"))
    finally:
        desk.close()
