"""A whole desk, killed while somebody types; the next one to start has it all back."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from reception import config
from reception.desk import Desk
from reception.facts import Act, Kind, NewEntry, NewReferral, Party, Query
from reception.operations import directory, entries, find, reading, referrals
from tests.ui.drafts.test_store import REPOSITORY
from tests.ui.today.keyboard import CTRL, focused, press, typed
from ui.app import parser
from ui.dialogs.leave import Leave, LeaveDialog
from ui.drafts.store import Store, remember
from ui.program import Program
from ui.referrals.page import ReferralsPage
from ui.today import places
from ui.today.drafts import Draft
from ui.today.entry_view import EntryDialog
from ui.window import MainWindow


@contextmanager
def typist(tmp_path: Path, place: str, script: str) -> Iterator[subprocess.Popen[str]]:
    folders = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "STATE")}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.drafts.typist", place, script],
        cwd=REPOSITORY,
        env={**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def start(
    qtbot: QtBot, qapp: QApplication, place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Callable[..., Program]]:
    """Starts the program in this process, on the folders of the one that died."""
    monkeypatch.setattr(config, "drafts_folder", lambda: root(tmp_path))
    hooks = (sys.excepthook, threading.excepthook)
    programs: list[Program] = []

    def begin(register: str = place) -> Program:
        program = Program(qapp, parser().parse_args(["--register", register, "--language", "en"]))
        programs.append(program)
        program.show()
        window = window_of(program)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.waitUntil(lambda: program.lanes.catalogue is not None or program.lanes.in_trouble is not None)
        return program

    yield begin
    for program in programs:
        stop(program)
    sys.excepthook, threading.excepthook = hooks


def stop(program: Program) -> None:
    if program.window is not None:
        program.window.leave()
        program.window.deleteLater()
        program.window = None
        program.close()
        program.deleteLater()


def window_of(program: Program) -> MainWindow:
    assert program.window is not None
    return program.window


def root(tmp_path: Path) -> Path:
    return tmp_path / "data" / "reception-desk" / "drafts"


def kept(tmp_path: Path) -> list[Path]:
    return list(root(tmp_path).rglob("*.drafts"))


def holds(tmp_path: Path, text: bytes) -> bool:
    return any(text in path.read_bytes() for path in kept(tmp_path))


def until(condition: Callable[[], object]) -> None:
    give_up = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < give_up
        threading.Event().wait(0.01)


def leave_behind(tmp_path: Path, uid: str, *drafts: Draft) -> None:
    """What a window had kept when it died."""
    store = Store(root(tmp_path), uid)
    store.write(drafts)
    store.close()


def register_uid(desk: Desk) -> str:
    return desk.ask(directory.catalogue).site.uid


def test_after_a_kill_both_forms_are_back_with_cursor_and_focus(
    qtbot: QtBot, tmp_path: Path, place: str, start: Callable[..., Program]
) -> None:
    with typist(tmp_path, place, "forms") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "typed\n"
        until(lambda: holds(tmp_path, b"told to wait") and holds(tmp_path, b'"cursor":[8,7]'))
    window = window_of(start())
    page = window.today
    qtbot.waitUntil(lambda: page.form.touched)
    assert page.form.kind is Kind.CALL_IN
    assert page.form.body.phone.raw == "13900002222"
    assert page.form.body.act.act is Act.PUT_THROUGH
    assert page.form.unfolded
    assert focused(page.form.body.outcome)
    assert places.cursor_of(page.form.body.outcome.editor) == (8, 7)
    assert "2 forms" in window.foot.status.said

    def zhang() -> list[str]:
        shown = [one for one in page.shelf.findChildren(QToolButton) if one.isVisible()]
        return [one.text() for one in shown if "zhang" in one.text()]

    qtbot.waitUntil(lambda: len(zhang()) == 1)
    assert zhang()[0].endswith("0′")
    press(Qt.Key.Key_Tab, CTRL)
    assert page.form.body.matter.raw[1] == "first visitor"
    assert focused(page.form.body.person)


def test_killed_at_random_moments_a_beginning_of_what_was_typed_is_back(
    qtbot: QtBot, tmp_path: Path, place: str, start: Callable[..., Program]
) -> None:
    dice = random.Random(11)
    for _turn in range(3):
        with typist(tmp_path, place, "on") as process:
            assert process.stdout is not None
            process.stdout.readline()
            until(lambda: kept(tmp_path))
            process.stdout.read(dice.randint(1, 300))
        program = start()
        page = window_of(program).today
        qtbot.waitUntil(lambda page=page: page.form.touched)  # type: ignore[misc]
        text = page.form.body.matter.raw[1]
        assert text
        assert text == ("abcdefghij" * 100)[: len(text)]
        page.discard()
        qtbot.waitUntil(lambda: kept(tmp_path) == [])
        stop(program)


def test_what_was_saved_when_it_died_does_not_come_back(
    qtbot: QtBot, tmp_path: Path, desk: Desk, start: Callable[..., Program]
) -> None:
    saved, lost = (
        Draft(Kind.VISIT, uuid.uuid4(), None, {"subject": (None, text)}) for text in ("存了", "没存")
    )
    desk.do(entries.register, NewEntry(Kind.VISIT, "存了", uid=saved.uid))
    leave_behind(tmp_path, register_uid(desk), saved, lost)
    window = window_of(start())
    qtbot.waitUntil(lambda: window.today.form.touched)
    assert [one.raw["subject"][1] for one in window.today.drafts()] == ["没存"]
    assert "1 form " in window.foot.status.said
    qtbot.waitUntil(lambda: not holds(tmp_path, "存了".encode()))
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(desk.ask(find.entries, Query())) == 2)
    qtbot.waitUntil(lambda: kept(tmp_path) == [])


def test_a_register_that_cannot_be_opened_keeps_no_form_from_coming_back(
    qtbot: QtBot, tmp_path: Path, place: str, desk: Desk, start: Callable[..., Program]
) -> None:
    """What was saved before it died is struck out as soon as the register can say so."""
    saved = Draft(Kind.VISIT, uuid.uuid4(), None, {"subject": (None, "存了")})
    desk.do(entries.register, NewEntry(Kind.VISIT, "存了", uid=saved.uid))
    remember(root(tmp_path), place, register_uid(desk))
    leave_behind(tmp_path, register_uid(desk), saved)
    desk.close()
    away = Path(place).with_suffix(".away")
    Path(place).rename(away)
    Path(place).write_bytes(b"no register at all" * 100)
    program = start()
    window = window_of(program)
    qtbot.waitUntil(lambda: window.today.form.touched)
    press(Qt.Key.Key_F3)
    typed("13900002222")
    qtbot.waitUntil(lambda: holds(tmp_path, b"13900002222"))
    away.replace(place)
    program.lanes.retry()
    qtbot.waitUntil(lambda: program.lanes.catalogue is not None)
    qtbot.waitUntil(lambda: len(window.today.drafts()) == 1)
    assert window.today.form.body.phone.raw == "13900002222"


def test_a_correction_comes_back_upon_the_entry_as_it_is_now(
    qtbot: QtBot, tmp_path: Path, desk: Desk, start: Callable[..., Program]
) -> None:
    party = (Party("张建国", "13800001111"),)
    entry = desk.do(entries.register, NewEntry(Kind.VISIT, "问路", parties=party)).entry_id
    program = start()
    window = window_of(program)
    window.today.open_entry.emit(entry)
    dialog = window.findChild(EntryDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.form.isEnabled)
    dialog.form.body.organisation.setFocus()
    typed("柳湾镇")
    qtbot.waitUntil(lambda: holds(tmp_path, "柳湾镇".encode()))
    (path,) = kept(tmp_path)
    content = path.read_bytes()
    assert "张建国".encode() not in content  # what was not changed is not kept
    dialog.form.body.organisation.put("")
    dialog.close()
    stop(program)
    (path.parent / "dead.drafts").write_bytes(content)

    window = window_of(start())
    qtbot.waitUntil(lambda: window.findChild(EntryDialog) is not None)
    dialog = window.findChild(EntryDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.form.body.organisation.raw == "柳湾镇")
    assert dialog.form.body.person.raw == "张建国"
    assert dialog.changed
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: desk.ask(reading.rows, [entry])[0].organisation == "柳湾镇")
    qtbot.waitUntil(lambda: kept(tmp_path) == [])
    qtbot.waitUntil(lambda: not dialog.changed)
    dialog.close()


@pytest.mark.parametrize(("wish", "back"), [(Leave.KEEP, ["问路"]), (Leave.DROP, [])])
def test_closing_keeps_the_forms_only_if_the_clerk_wants_so(
    qtbot: QtBot,
    tmp_path: Path,
    start: Callable[..., Program],
    monkeypatch: pytest.MonkeyPatch,
    wish: Leave,
    back: list[str],
) -> None:
    program = start()
    typed("问路")
    monkeypatch.setattr(LeaveDialog, "ask_window", lambda *_args, **_more: wish)
    with qtbot.waitSignal(window_of(program).closed):
        window_of(program).close()
    stop(program)
    window = window_of(start())
    qtbot.waitUntil(lambda: window.lanes.idle)
    qtbot.waitUntil(lambda: [one.raw["subject"][1] for one in window.today.drafts()] == back)


def test_a_full_disk_is_told_once_and_tried_again(
    qtbot: QtBot, tmp_path: Path, start: Callable[..., Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    program = start()
    window = window_of(program)
    told: list[str] = []
    window.safety.message.connect(told.append)
    flush, full = os.fsync, [True]

    def fsync(handle: int) -> None:
        if full[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    for text in ("问", "路"):
        typed(text)
        qtbot.waitUntil(lambda: len(told) == 1)
    assert "disk is full" in told[0]
    assert window.today.form.body.matter.raw[1] == "问路"
    full[0] = False
    qtbot.waitUntil(lambda: len(told) == 2)
    assert holds(tmp_path, "问路".encode())


def test_what_is_typed_for_a_step_stands_there_again_by_itself(
    qtbot: QtBot,
    start: Callable[..., Program],
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lead = desk.ask(directory.department, "JC").id
    new = NewEntry(Kind.VISIT, "拖欠工资", referral=NewReferral(lead))
    first, number, last = (desk.do(entries.register, replace(new, uid=uuid.uuid4())).number for _ in range(3))
    folder = root(tmp_path).parent / "steps" / "desk"

    def kept_steps() -> list[str]:
        return [one.read_text("utf-8") for one in folder.rglob("*.drafts")]

    def referrals_of(program: Program) -> ReferralsPage:
        window_of(program).show_page("referrals")
        page = window_of(program).stack.page("referrals")
        assert isinstance(page, ReferralsPage)
        qtbot.waitUntil(lambda: page.table.row() is not None and program.lanes.idle)
        return page

    program = start()
    page = referrals_of(program)
    page.table.setFocus()
    press_in(page, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: program.lanes.idle and "answered" in page.panel.bar.offered)
    assert under_cursor(page) == number
    press_in(page, Qt.Key.Key_3)
    page.panel.form.fields["answer"].setFocus()
    typed("已支付，余款")
    qtbot.waitUntil(lambda: any("余款" in one for one in kept_steps()))
    stop(program)

    again = start()
    page = referrals_of(again)
    qtbot.waitUntil(lambda: number in window_of(again).foot.status.said)
    qtbot.waitUntil(lambda: page.form.step is not None)
    assert under_cursor(page) == number
    assert page.form.fields["answer"].raw == "已支付，余款"
    typed("三日内付清")
    assert page.form.fields["answer"].raw == "已支付，余款三日内付清"
    assert offered_to_keep(window_of(again), monkeypatch)  # it may be closed and kept, as a form may
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(page.table.hasFocus)
    press_in(page, Qt.Key.Key_Up)
    press_in(page, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: again.lanes.idle)
    assert page.form.step is None  # whoever has closed it is not asked again
    press_in(page, Qt.Key.Key_3)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: desk.ask(referrals.find_part, number).answer == "已支付，余款三日内付清")
    qtbot.waitUntil(lambda: kept_steps() == [])
    assert not any(desk.ask(referrals.find_part, one).answer for one in (first, last))


def offered_to_keep(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether who closes the window is asked if what is typed is to be kept; they stay."""
    offered: list[bool] = []

    def ask(*_args: object, kept: bool) -> Leave:
        offered.append(kept)
        return Leave.STAY

    monkeypatch.setattr(LeaveDialog, "ask_window", ask)
    window.close()
    return offered == [True]


def under_cursor(page: ReferralsPage) -> str:
    row = page.table.row()
    return row.number if row is not None else ""


def press_in(page: ReferralsPage, key: Qt.Key) -> None:
    QTest.keyClick(page.table, key)
