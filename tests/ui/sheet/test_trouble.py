"""What goes wrong while paper is made: nothing half-made stays, and it goes on as the same print."""

from __future__ import annotations

import os
import resource
import shutil
import signal
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Kind, NewEntry
from reception.operations import entries, printing, site
from reception.paper import daily_sheet, ledger
from tests.ui.pages import press
from ui.sheet import sending
from ui.sheet.preview import SheetPage
from ui.sheet.wanted import Job, Wanted
from ui.window import MainWindow

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SLOW = 30_000
BLOCK = 4096
"""Bytes on a disk that is all but full."""


@pytest.fixture
def today(desk: Desk) -> int:
    for at in range(30):
        desk.do(entries.register, NewEntry(Kind.VISIT, f"社保卡补换 {at}"))
    return desk.ask(site.today)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, today: int) -> SheetPage:
    """The day's sheet, opened by its key."""
    press(window, K.Key_P, CTRL)
    made = window.page("sheet")
    assert isinstance(made, SheetPage)
    rest(qtbot, made)
    return made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the clerk saves."""
    made = tmp_path / "documents"
    made.mkdir()
    monkeypatch.setattr(sending, "ask_save", lambda _owner, _title, at, _kinds: made / at.name)
    return made


def rest(qtbot: QtBot, page: SheetPage) -> None:
    qtbot.waitUntil(lambda: page.at_rest and page.bar.print.isEnabled(), timeout=SLOW)


def wrong(page: SheetPage) -> bool:
    return bool(page.foot.words.property("role") == "wrong")


def show_year(qtbot: QtBot, page: SheetPage, today: int) -> None:
    page.show_job(Job((Wanted("ledger", {"year": today // 10_000}),)))
    rest(qtbot, page)


def ledger_child(page: SheetPage) -> psutil.Process:
    """The child that lays the year out by itself."""
    kept = page.paper.bench.shop.maker.child
    children = psutil.Process().children()
    [found] = [one for one in children if one.pid != kept and "reception.paper.worker" in one.cmdline()]
    return found


def test_a_full_disk_is_said_and_the_same_print_goes_elsewhere(
    qtbot: QtBot, page: SheetPage, desk: Desk, today: int, folder: Path
) -> None:
    child, kinds = page.paper.bench.shop.maker.child, resource.RLIMIT_FSIZE
    earlier = folder / f"每日接待登记表-{today}.pdf"
    earlier.write_bytes(b"yesterday's")
    before = resource.prlimit(child, kinds)
    resource.prlimit(child, kinds, (BLOCK, before[1]))  # the system refuses the child each byte beyond
    press(page.view, K.Key_S, CTRL)
    qtbot.waitUntil(lambda: wrong(page), timeout=SLOW)
    assert "There is no room left to save" in page.foot.text()
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [(earlier.name, b"yesterday's")]
    resource.prlimit(child, kinds, before)
    press(page.view, K.Key_S, CTRL)
    press(page.view, K.Key_S, CTRL)  # a finger that trembles
    qtbot.waitUntil(lambda: "Saved as" in page.foot.text(), timeout=SLOW)
    assert [path.read_bytes()[:5] for path in folder.iterdir()] == [b"%PDF-"]
    assert desk.ask(printing.count, "daily_sheet", daily_sheet.subject(day=today)) == 1


def test_a_place_that_nobody_may_write_is_said_in_words(
    qtbot: QtBot, page: SheetPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "protected"
    place.mkdir(mode=0o500)
    if os.geteuid() == 0:  # root may write everywhere but into the kernel's own folder
        place = Path("/proc")
    monkeypatch.setattr(sending, "ask_save", lambda *_args: place / "day.pdf")
    press(page.view, K.Key_S, CTRL)
    qtbot.waitUntil(lambda: wrong(page), timeout=SLOW)
    assert str(place) in page.foot.text()
    assert "Errno" not in page.foot.text()
    assert page.bar.save.isEnabled()


def test_a_folder_that_goes_and_a_child_that_is_killed_in_the_middle_of_a_year(
    qtbot: QtBot, page: SheetPage, desk: Desk, today: int, folder: Path
) -> None:
    show_year(qtbot, page, today)
    press(page.view, K.Key_S, CTRL)
    qtbot.waitUntil(lambda: any(folder.glob(".*.tmp")), timeout=SLOW)
    child = ledger_child(page)
    child.suspend()  # so that it surely dies in the middle of its work
    os.kill(child.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: wrong(page), timeout=SLOW)
    assert "stopped" in page.foot.text()
    assert list(folder.iterdir()) == []
    press(page.view, K.Key_S, CTRL)
    qtbot.waitUntil(lambda: any(folder.glob(".*.tmp")), timeout=SLOW)
    shutil.rmtree(folder)
    qtbot.waitUntil(lambda: "There is no folder" in page.foot.text(), timeout=SLOW)
    folder.mkdir()
    press(page.view, K.Key_S, CTRL)
    qtbot.waitUntil(lambda: "Saved as" in page.foot.text(), timeout=SLOW)
    assert [path.suffix for path in folder.iterdir()] == [".pdf"]
    assert desk.ask(printing.count, "ledger", ledger.subject(today // 10_000)) == 1


def test_a_window_that_closes_in_the_middle_of_a_year_leaves_nothing(
    qtbot: QtBot, window: MainWindow, page: SheetPage, today: int, folder: Path
) -> None:
    show_year(qtbot, page, today)
    press(page.view, K.Key_S, CTRL)
    qtbot.waitUntil(lambda: any(folder.glob(".*.tmp")), timeout=SLOW)
    child, aside = ledger_child(page), page.paper.bench.folder
    assert page.has_unsaved_text()  # closing asks
    window.leave()
    assert not child.is_running()
    assert list(folder.iterdir()) == []
    assert not aside.exists()


def test_a_window_that_closes_before_a_print_is_committed_prints_nothing(
    qtbot: QtBot, window: MainWindow, page: SheetPage, desk: Desk, today: int, folder: Path
) -> None:
    press(page.view, K.Key_S, CTRL)
    window.leave()
    qtbot.waitUntil(lambda: window.lanes.idle)
    assert desk.ask(printing.count, "daily_sheet", daily_sheet.subject(day=today)) == 0
    assert list(folder.iterdir()) == []


def test_a_register_that_is_gone_prints_nothing_and_says_so(
    qtbot: QtBot, page: SheetPage, place: str, folder: Path
) -> None:
    kept = Path(place).with_name("elsewhere.sqlite")
    Path(place).rename(kept)
    press(page.view, K.Key_S, CTRL)
    qtbot.waitUntil(lambda: wrong(page), timeout=SLOW)
    assert "took the file of the register" in page.foot.text()
    assert list(folder.iterdir()) == []
    assert page.view.image is not None  # what was shown is still there
    kept.rename(place)
