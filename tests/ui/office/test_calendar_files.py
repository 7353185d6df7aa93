"""A calendar file is taken over by one key and taken back by one; what is expected goes into a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts.office import ExpectedStatus
from reception.operations.office import expected
from tests.ui.today.keyboard import ALT, CTRL, SHIFT, press
from ui.office.page import OfficePage
from ui.window import MainWindow

K = Qt.Key
EVENT = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//somebody//EN\r
BEGIN:VEVENT\r
UID:one@somebody\r
DTSTAMP:20261101T000000Z\r
DTSTART:{start}\r
SUMMARY:调研\\, 培训补贴\r
END:VEVENT\r
END:VCALENDAR\r
"""


def _choose(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """The system's dialog answers with a path: it is not ours."""
    monkeypatch.setattr(QFileDialog, "exec", lambda _self: QFileDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _self: [str(path)])


def test_a_calendar_comes_in_is_taken_back_and_goes_out(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = dt.datetime.now(dt.UTC) + dt.timedelta(hours=30)
    came = tmp_path / "in.ics"
    came.write_text(EVENT.format(start=f"{start:%Y%m%dT%H%M%SZ}"), "utf-8", newline="")
    press(K.Key_0, ALT)
    page = window.page("office")
    assert isinstance(page, OfficePage)
    room = page.show_room("expected")
    qtbot.waitUntil(lambda: window.lanes.idle)
    _choose(qtbot, monkeypatch, came)
    press(K.Key_I, ALT)
    qtbot.waitUntil(lambda: len(desk.ask(expected.rows, which="coming")) == 1)
    (one,) = desk.ask(expected.rows, which="coming")
    assert one.subject == "调研, 培训补贴"
    qtbot.waitUntil(lambda: window.lanes.idle)
    goes = tmp_path / "out.ics"
    _choose(qtbot, monkeypatch, goes)
    press(K.Key_E, ALT)
    qtbot.waitUntil(goes.exists)
    assert "one@somebody" in goes.read_text("utf-8")
    press(K.Key_Z, CTRL | SHIFT)
    off = ExpectedStatus.CANCELLED
    qtbot.waitUntil(lambda: desk.ask(expected.one, one.id).status is off)
    came.write_text("nothing of the kind", "utf-8")
    _choose(qtbot, monkeypatch, came)
    press(K.Key_I, ALT)
    qtbot.waitUntil(lambda: "calendar" in window.foot.status.said)
    assert room.isVisible()
