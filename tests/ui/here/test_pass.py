"""A visitor's way by their pass: printed, scanned as a scanner does, and gone; opened from who is here."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Kind, NewEntry, Party
from reception.facts.printing import Stamp
from reception.operations import entries, presence
from reception.paper import making, visitor_pass
from reception.paper.style import default
from reception.wording import load
from tests.paper import scanning
from tests.ui.test_safety import struck
from tests.ui.today.keyboard import SHIFT, press, typed
from ui.window import MainWindow


def come(desk: Desk, name: str = "张建国") -> str:
    new = NewEntry(Kind.VISIT, "办事", uid=uuid.uuid4(), parties=(Party(name),))
    return desk.do(entries.register, new).number


@pytest.mark.parametrize("paper", ["label-100x60", "roll-80", "roll-58"])
def test_who_gives_the_pass_back_is_scanned_and_has_left(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path, paper: str
) -> None:
    stays, goes = come(desk, "李四"), come(desk)
    data = desk.ask(visitor_pass.collect, number=goes)
    path = tmp_path / "pass.pdf"
    stamp = Stamp(dt.datetime.now(dt.UTC), "王芳")
    making.write("visitor_pass", data, load("zh_CN"), default(visitor_pass.FORM, paper), stamp, path)
    ((_kind, text),) = scanning.codes(path)
    typed("半句话")
    struck(window, text + "\n")
    qtbot.waitUntil(lambda: [one.number for one in desk.ask(presence.here)] == [stays])
    assert window.today.form.body.matter.raw[1] == "半句话"
    qtbot.waitUntil(lambda: window.lanes.idle)
    window.today.discard()


def test_one_key_opens_the_pass_of_the_chosen_line(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    number = come(desk)
    window.show_page("here")
    page: Any = window.page("here")
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
    page.table.selectRow(0)
    with qtbot.waitSignal(page.paper_wanted) as wanted:
        press(Qt.Key.Key_F2, SHIFT)
    (one,) = wanted.args[0].wanted
    assert (one.name, one.args) == ("visitor_pass", {"number": number})
    qtbot.waitUntil(lambda: window.front == "sheet")
    qtbot.waitUntil(lambda: window.lanes.idle)
