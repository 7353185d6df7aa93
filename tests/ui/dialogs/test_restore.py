from __future__ import annotations

import datetime as dt
import gc
import os
import shutil
import time
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception import dates
from reception.desk import Desk
from reception.errors import RegisterUnusableError
from reception.facts import Kind, NewEntry
from reception.operations import entries, reading, site
from tests.ui.pages import press
from ui.dialogs import restore
from ui.dialogs.restore import RestoreAnswer, RestoreDialog
from ui.work import Lanes

BROKEN = RegisterUnusableError("The file is damaged.")


@pytest.fixture
def folder(tmp_path: Path, founded: Path) -> Path:
    """Two automatic backups of a register without entries."""
    made = tmp_path / "backups"
    made.mkdir()
    for day in ("20261120", "20261121"):
        shutil.copy(founded, made / f"register-0123abcd-{day}.sqlite")
    return made


def dialog_with(
    qtbot: QtBot, lanes: Lanes, folder: Path, error: RegisterUnusableError | None
) -> RestoreDialog:
    dialog = RestoreDialog(None, lanes, error, folder)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_the_newest_backup_is_put_in_the_registers_place(
    qtbot: QtBot, lanes: Lanes, desk: Desk, folder: Path, place: str
) -> None:
    desk.do(entries.register, NewEntry(Kind.VISIT, "备份之后来的"))
    desk.close()
    dialog = dialog_with(qtbot, lanes, folder, BROKEN)
    qtbot.waitUntil(lambda: dialog.list.rowCount() == 2)
    newest = dialog.list.item(0, 0)
    assert newest is not None
    assert "21 November 2026" in newest.text()
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.restore.click()
    assert dialog.answer.kind == "restored"
    former = Path(dialog.answer.place)
    assert former.exists()
    assert former != Path(place)
    again = Desk.open(place)
    try:
        assert again.ask(reading.day_rows, again.ask(site.today)) == ()
    finally:
        again.close()


@pytest.fixture
def _in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The computer's clock is not the site's: 13 hours behind it, where a program can be told so."""
    monkeypatch.setenv("TZ", "America/New_York")
    tell = getattr(time, "tzset", gc.isenabled)  # Windows has none
    tell()
    yield
    monkeypatch.undo()
    tell()


@pytest.mark.usefixtures("_in_new_york")
def test_backups_are_told_on_the_site_s_clock(
    qtbot: QtBot, lanes: Lanes, folder: Path, tmp_path: Path
) -> None:
    unreadable = folder / "register-0123abcd-20261119.sqlite"
    unreadable.write_bytes(b"no register")
    made = dt.datetime(2026, 11, 21, 1, 30, tzinfo=dt.UTC)  # 9:30 in Shanghai, 20:30 in New York
    for path in folder.iterdir():
        day = int(path.stem[-2:])
        moment = (made - dt.timedelta(days=21 - day)).timestamp()
        os.utime(path, (moment, moment))

    def times(of: Lanes) -> list[str]:
        dialog = dialog_with(qtbot, of, folder, BROKEN)
        qtbot.waitUntil(lambda: dialog.list.rowCount() == 3)
        cells = [dialog.list.item(row, 1) for row in range(3)]
        dialog.reject()
        return [cell.text() for cell in cells if cell is not None]

    assert times(lanes) == ["09:30", "09:30", "09:30"]
    closed = Lanes(str(tmp_path / "nowhere.sqlite"))
    with qtbot.waitSignal(closed.trouble):
        closed.start()
    # The backups know where they are at home; of what cannot be read only the computer's clock is known.
    here = (made - dt.timedelta(days=2)).astimezone()
    assert times(closed) == ["09:30", "09:30", dates.clock_on(here, dt.date(2026, 11, 19), "en")]
    assert closed.stop()


def test_a_healthy_register_is_replaced_only_when_agreed(qtbot: QtBot, lanes: Lanes, folder: Path) -> None:
    dialog = dialog_with(qtbot, lanes, folder, None)
    qtbot.waitUntil(lambda: dialog.list.rowCount() == 2)
    assert not dialog.restore.isEnabled()
    press(dialog.agree, Qt.Key.Key_Space)
    assert dialog.restore.isEnabled()
    press(dialog, Qt.Key.Key_Escape)
    assert dialog.answer == RestoreAnswer("cancelled")


def test_a_file_that_is_no_register_is_refused_in_words(
    qtbot: QtBot, lanes: Lanes, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = tmp_path / "letter.txt"
    stranger.write_text("你好", "utf-8")
    monkeypatch.setattr(restore, "ask_open", lambda *_args: stranger)
    dialog = dialog_with(qtbot, lanes, folder, BROKEN)
    dialog.other.click()
    dialog.restore.click()
    qtbot.waitUntil(lambda: dialog.words.property("role") == "wrong", timeout=20_000)
    assert str(stranger) in dialog.words.text()
    assert dialog.restore.isEnabled()
    assert stranger.read_text("utf-8") == "你好"
    qtbot.waitUntil(lambda: lanes.in_trouble is None)
    dialog.reject()


def test_without_backups_it_says_so(qtbot: QtBot, lanes: Lanes, tmp_path: Path) -> None:
    dialog = dialog_with(qtbot, lanes, tmp_path / "none", BROKEN)
    qtbot.waitUntil(lambda: "no automatic backup" in dialog.words.text())
    assert not dialog.restore.isEnabled()
    dialog.retry.click()
    assert dialog.answer == RestoreAnswer("retry")


def test_it_dies_when_closed(qtbot: QtBot, lanes: Lanes, folder: Path) -> None:
    alive = open_and_leave(qtbot, lanes, folder)
    gc.collect()
    assert alive() is None


def open_and_leave(qtbot: QtBot, lanes: Lanes, folder: Path) -> weakref.ref[RestoreDialog]:
    dialog = RestoreDialog(None, lanes, BROKEN, folder)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.list.rowCount() == 2)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    return weakref.ref(dialog)
