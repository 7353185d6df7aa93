from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QThread, Slot
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.errors import DeskError, DisturbedError, InputError, RegisterMissingError
from reception.facts import Act, Catalogue, Change, Kind, NewEntry, Query, Receipt
from reception.operations import entries
from ui.work import DESK, PLACE, PROGRESS, Lanes


class Ear(QObject):
    """Hears what lanes say, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[object] = []
        self.failed: list[DeskError] = []
        self.changes: list[Change] = []
        self.progress: list[object] = []
        self.bugs: list[BaseException] = []
        self.threads: set[bool] = set()

    @Slot(object)
    def on_done(self, value: object) -> None:
        self.done.append(value)
        self.threads.add(QThread.currentThread() is self.thread())

    @Slot(object)
    def on_failed(self, error: DeskError) -> None:
        self.failed.append(error)

    @Slot(object)
    def on_changed(self, changes: tuple[Change, ...]) -> None:
        self.changes.extend(changes)

    @Slot(object)
    def on_progress(self, value: object) -> None:
        self.progress.append(value)

    @Slot(object)
    def on_bug(self, error: BaseException) -> None:
        self.bugs.append(error)


def test_what_is_written_is_answered_in_the_window_s_thread(qtbot: QtBot, lanes: Lanes) -> None:
    ear = Ear()
    lanes.write("entries.register", NewEntry(Kind.VISIT, "社保卡丢了")).done.connect(ear.on_done)
    qtbot.waitUntil(lambda: bool(ear.done))
    receipt = ear.done[0]
    assert isinstance(receipt, Receipt)
    assert receipt.number.endswith("-001")
    assert ear.threads == {True}


def test_writes_keep_the_order_in_which_they_were_asked(qtbot: QtBot, lanes: Lanes) -> None:
    ear = Ear()
    for number in range(20):
        lanes.write("entries.register", NewEntry(Kind.VISIT, f"第{number}件")).done.connect(ear.on_done)
    qtbot.waitUntil(lambda: len(ear.done) == 20)
    numbers = [receipt.number for receipt in ear.done if isinstance(receipt, Receipt)]
    assert [number[-3:] for number in numbers] == [f"{at:03d}" for at in range(1, 21)]


def test_the_latest_question_of_a_topic_wins(qtbot: QtBot, lanes: Lanes) -> None:
    ear = Ear()
    for day in (20260101, 20260102, 20260103):
        lanes.read("day", "day.totals", day).done.connect(ear.on_done)
    lanes.read("other", "day.counters", 20260101).done.connect(ear.on_done)
    qtbot.waitUntil(lambda: lanes.idle)
    assert len(ear.done) == 2


def test_a_refusal_is_said_and_nothing_is_kept(qtbot: QtBot, lanes: Lanes, desk: Desk) -> None:
    ear = Ear()
    lanes.write("entries.register", NewEntry(Kind.VISIT, "  ")).failed.connect(ear.on_failed)
    qtbot.waitUntil(lambda: bool(ear.failed))
    assert isinstance(ear.failed[0], InputError)
    assert ear.failed[0].field == "subject"


def test_what_another_process_commits_is_told_within_a_second(qtbot: QtBot, lanes: Lanes, desk: Desk) -> None:
    ear = Ear()
    lanes.changed.connect(ear.on_changed)
    receipt = desk.do(entries.register, NewEntry(Kind.CALL_IN, "问路"))
    began = time.monotonic()
    qtbot.waitUntil(lambda: any(one.subject_id == receipt.entry_id for one in ear.changes), timeout=3000)
    assert time.monotonic() - began < 1.0


def test_the_catalogue_is_read_again_when_it_changes(qtbot: QtBot, lanes: Lanes, desk: Desk) -> None:
    from reception.operations import directory

    with qtbot.waitSignal(lanes.catalogue_changed, timeout=3000) as heard:
        desk.do(directory.save_operator, "李明", uid=uuid.uuid4())
    catalogue = heard.args[0]
    assert isinstance(catalogue, Catalogue)
    assert "李明" in catalogue.operators


def test_a_change_of_clerk_holds_from_the_next_write(qtbot: QtBot, lanes: Lanes, desk: Desk) -> None:
    from reception.operations import reading

    ear = Ear()
    lanes.write("entries.register", NewEntry(Kind.VISIT, "甲")).done.connect(ear.on_done)
    lanes.set_operator("李明")
    lanes.write("entries.register", NewEntry(Kind.VISIT, "乙")).done.connect(ear.on_done)
    qtbot.waitUntil(lambda: len(ear.done) == 2)
    ids = [receipt.entry_id for receipt in ear.done if isinstance(receipt, Receipt)]
    assert [row.operator for row in desk.ask(reading.rows, ids)] == ["王芳", "李明"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody remove what is open")
def test_a_register_whose_log_was_taken_away_is_opened_anew_and_saved_to(
    qtbot: QtBot, lanes: Lanes, desk: Desk
) -> None:
    ear, again = Ear(), Ear()
    lanes.write("entries.register", NewEntry(Kind.VISIT, "先到的")).done.connect(ear.on_done)
    qtbot.waitUntil(lambda: bool(ear.done))
    place = desk.place.path
    assert place is not None
    desk.close()
    place.open("rb").close()  # POSIX: this drops the locks of the whole process
    subprocess.run([sys.executable, "-m", "reception", "--register", str(place), "list"], check=True)
    assert not place.with_name(f"{place.name}-wal").exists()
    lanes.opened.connect(again.on_done)
    lanes.write("entries.register", NewEntry(Kind.VISIT, "没有存上的")).failed.connect(ear.on_failed)
    qtbot.waitUntil(lambda: bool(ear.failed) and bool(again.done))
    assert isinstance(ear.failed[0], DisturbedError)
    lanes.write("entries.register", NewEntry(Kind.VISIT, "再存一次")).done.connect(ear.on_done)
    qtbot.waitUntil(lambda: len(ear.done) == 2)
    listed = subprocess.run(
        [sys.executable, "-m", "reception", "--register", str(place), "list", "--json"],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert [one["subject"] for one in json.loads(listed.stdout)] == ["先到的", "再存一次"]


def test_a_bug_in_a_lane_is_told_once_and_frees_whoever_waits(qtbot: QtBot, lanes: Lanes) -> None:
    ear = Ear()
    lanes.bug.connect(ear.on_bug)
    lanes.read("bad", "reading.entry", "not a number at all", 3, 4).failed.connect(ear.on_failed)
    qtbot.waitUntil(lambda: bool(ear.failed))
    assert len(ear.bugs) == 1
    assert isinstance(ear.bugs[0], TypeError)


def test_an_errand_gets_the_desk_the_place_and_a_way_to_tell_progress(
    qtbot: QtBot, lanes: Lanes, tmp_path: Path
) -> None:
    ear = Ear()
    task = lanes.errand("reception.store.backup.backup", DESK, tmp_path / "copy.sqlite", PROGRESS)
    task.done.connect(ear.on_done)
    task.progressed.connect(ear.on_progress)
    lanes.errand("os.path.basename", PLACE).done.connect(ear.on_done)
    qtbot.waitUntil(lambda: len(ear.done) == 2)
    assert (tmp_path / "copy.sqlite").stat().st_size > 0
    assert ear.done[1] == "register.sqlite"
    assert ear.progress


def test_a_backup_takes_the_place_of_the_open_register(
    qtbot: QtBot, lanes: Lanes, place: str, tmp_path: Path
) -> None:
    ear = Ear()
    lanes.errand("reception.store.backup.backup", DESK, tmp_path / "copy.sqlite").done.connect(ear.on_done)
    qtbot.waitUntil(lambda: len(ear.done) == 1)  # the lanes do not wait for each other
    lanes.write("entries.register", NewEntry(Kind.VISIT, "备份以后")).done.connect(ear.on_done)
    qtbot.waitUntil(lambda: len(ear.done) == 2)
    with qtbot.waitSignal(lanes.opened, timeout=10_000):
        lanes.restore(tmp_path / "copy.sqlite")
    lanes.read("find", "find.entries", Query()).done.connect(ear.on_done)
    qtbot.waitUntil(lambda: len(ear.done) == 3)
    assert ear.done[2] == ()


def test_a_missing_register_is_trouble_and_retry_opens_it_once_it_is_there(
    qtbot: QtBot, founded: Path, tmp_path: Path
) -> None:
    ear = Ear()
    place = tmp_path / "later.sqlite"
    lanes = Lanes(str(place))
    with qtbot.waitSignal(lanes.trouble, timeout=20_000) as heard:
        lanes.start()
    assert isinstance(heard.args[0], RegisterMissingError)
    lanes.write("entries.register", NewEntry(Kind.VISIT, "甲")).failed.connect(ear.on_failed)
    qtbot.waitUntil(lambda: bool(ear.failed))
    place.write_bytes(founded.read_bytes())
    with qtbot.waitSignal(lanes.opened, timeout=20_000):
        lanes.retry()
    lanes.write("entries.register", NewEntry(Kind.VISIT, "甲")).done.connect(ear.on_done)
    qtbot.waitUntil(lambda: bool(ear.done))
    assert lanes.in_trouble is None
    assert lanes.stop()


def test_what_was_asked_to_be_written_is_written_before_the_lanes_end(
    qtbot: QtBot, place: str, desk: Desk
) -> None:
    from reception.operations import find

    lanes = Lanes(place)
    with qtbot.waitSignal(lanes.opened, timeout=20_000):
        lanes.start()
    for number in range(10):
        lanes.write("entries.register", NewEntry(Kind.VISIT, f"第{number}件", act=Act.ANSWERED))
    assert lanes.stop()
    assert len(desk.ask(find.entries, Query())) == 10
    names = {thread.name for thread in threading.enumerate()}
    assert not names & {"read lane", "write lane", "errand lane", "watcher"}


def test_the_window_s_modules_do_not_import_the_engine() -> None:
    """Importing it costs a third of a second, which the first paint would wait for."""
    import subprocess
    import sys

    heavy = "('sqlalchemy', 'alembic', 'pypinyin', 'reportlab')"
    code = f"import ui.program, ui.today.page, sys; print([n for n in sys.modules if n.startswith({heavy})])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
