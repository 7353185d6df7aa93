from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from reception import config
from reception.cli import trouble
from reception.desk import Desk
from reception.facts import Kind, NewEntry
from reception.operations import entries, reading, site
from reception.operations.office import documents
from reception.store import backup
from tests.ui.today.keyboard import CTRL, press, typed
from ui import wording
from ui.app import parser
from ui.dialogs.first_start import FirstStart, FirstStartAnswer
from ui.dialogs.restore import RestoreDialog
from ui.guard import Guard, report_of
from ui.program import Program
from ui.sheet import sending


@pytest.fixture
def made(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Program]]:
    """Programs that a test starts; they end with it."""
    hooks = (sys.excepthook, threading.excepthook)
    programs: list[Program] = []
    yield programs
    for program in programs:
        if program.window is not None:
            program.window.leave()
            program.window.deleteLater()
        program.close()
        program.deleteLater()
    sys.excepthook, threading.excepthook = hooks


def started(qapp: QApplication, made: list[Program], *words: str) -> Program:
    program = Program(qapp, parser().parse_args(words))
    made.append(program)
    program.show()
    return program


def test_the_window_comes_first_and_then_the_register(
    qtbot: QtBot, qapp: QApplication, made: list[Program], place: str
) -> None:
    program = started(qapp, made, "--register", place, "--language", "en")
    assert program.window is not None
    assert program.lanes.catalogue is None
    qtbot.waitUntil(lambda: program.lanes.catalogue is not None, timeout=20_000)
    assert program.window.head.site.said == "某县人社局"


def test_the_first_start_asks_once_and_is_ready_for_the_first_visitor(
    qtbot: QtBot, qapp: QApplication, made: list[Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = FirstStartAnswer("某区人社局", "hrss", "zh_CN", "赵敏")
    monkeypatch.setattr(FirstStart, "ask", lambda *_args: answer)
    program = started(qapp, made, "--register", str(tmp_path / "new" / "register.sqlite"), "--language", "en")
    qtbot.waitUntil(lambda: program.lanes.catalogue is not None, timeout=30_000)
    window = program.window
    assert window is not None
    assert window.head.site.said == "某区人社局"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.today.form.put_focus()
    typed("sbk")
    press(Qt.Key.Key_2, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "001" in window.foot.status.said)


def test_the_site_s_language_is_spoken_unless_another_was_chosen(
    qtbot: QtBot,
    qapp: QApplication,
    made: list[Program],
    place: str,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk.do(entries.register, NewEntry(Kind.VISIT, "早上来过的人"))
    monkeypatch.setenv("LC_ALL", "C")
    program = started(qapp, made, "--register", place)
    assert wording.current().language == "en"
    qtbot.waitUntil(lambda: wording.current().language == "zh_CN", timeout=20_000)
    assert program.window is not None
    assert program.window.actions_by_name["save"].text() == "保存"
    shown = program.window.today
    qtbot.waitUntil(lambda: shown.day.table.rows.rowCount() == 1)
    qtbot.waitUntil(lambda: shown.todo.table.rows.rowCount() == 1)


def test_the_next_start_speaks_at_once_as_the_register_did(
    qtbot: QtBot, qapp: QApplication, made: list[Program], place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    first = started(qapp, made, "--register", place)
    qtbot.waitUntil(lambda: wording.current().language == "zh_CN", timeout=20_000)
    assert first.window is not None
    first.window.leave()
    wording.use("en")
    second = started(qapp, made, "--register", place)
    window = second.window
    assert window is not None
    assert window.actions_by_name["save"].text() == "保存"
    qtbot.waitUntil(lambda: second.lanes.catalogue is not None, timeout=20_000)
    assert second.window is window  # it was not made anew
    program = started(qapp, made, "--register", place, "--language", "en")
    assert program.window is not None
    assert program.window.actions_by_name["save"].text() == "Save"


def test_another_language_keeps_the_page_and_what_is_typed(
    qtbot: QtBot, qapp: QApplication, made: list[Program], place: str
) -> None:
    program = started(qapp, made, "--register", place, "--language", "en")
    qtbot.waitUntil(lambda: program.lanes.catalogue is not None, timeout=20_000)
    old = program.window
    assert old is not None
    old.activateWindow()
    qtbot.waitUntil(old.isActiveWindow)
    old.today.form.put_focus()
    typed("sbk")
    press(Qt.Key.Key_Return)
    typed("13800001111")
    press(Qt.Key.Key_F3)
    typed("13900002222")
    old.show_page("settings")
    old.language_changed.emit("zh_CN")
    new = program.window
    assert new is not None
    assert new is not old
    assert new.front == "settings"
    assert new.today.form.body.phone.raw == "13900002222"
    new.today.next_aside()
    assert new.today.form.body.matter.raw[1] == "社保卡补换"
    assert new.today.form.body.phone.raw == "13800001111"
    assert not old.isVisible()


def test_another_language_waits_for_what_is_being_saved_and_shows_the_same_preview(
    qtbot: QtBot,
    qapp: QApplication,
    made: list[Program],
    place: str,
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk.do(entries.register, NewEntry(Kind.VISIT, "社保卡补换"))
    program = started(qapp, made, "--register", place, "--language", "en")
    qtbot.waitUntil(lambda: program.lanes.catalogue is not None and program.lanes.idle, timeout=20_000)
    old = program.window
    assert old is not None
    old.activateWindow()
    qtbot.waitUntil(old.isActiveWindow)
    press(Qt.Key.Key_P, CTRL)
    before: Any = old.page("sheet")
    qtbot.waitUntil(lambda: before.at_rest and before.bar.save.isEnabled(), timeout=30_000)
    aside, job = before.paper.bench.folder, before.paper.job
    monkeypatch.setattr(sending, "ask_save", lambda *_args: tmp_path / "saved.pdf")
    press(Qt.Key.Key_S, CTRL)
    old.language_changed.emit("zh_CN")
    assert program.window is old
    qtbot.waitUntil(lambda: program.window is not old, timeout=30_000)
    assert (tmp_path / "saved.pdf").exists()
    new = program.window
    assert new is not None
    assert new.front == "sheet"
    after: Any = new.page("sheet")
    qtbot.waitUntil(lambda: after.at_rest and after.bar.save.isEnabled(), timeout=30_000)
    assert after.paper.job == job
    assert not aside.exists()
    new.activateWindow()
    qtbot.waitUntil(new.isActiveWindow)
    press(Qt.Key.Key_Escape)
    assert new.front == "today"


def test_the_clerk_of_the_last_time_is_at_the_desk_again(
    qtbot: QtBot, qapp: QApplication, made: list[Program], place: str
) -> None:
    config.change(operator="李明")
    program = started(qapp, made, "--register", place, "--language", "en")
    qtbot.waitUntil(lambda: program.lanes.catalogue is not None, timeout=20_000)
    assert program.window is not None
    assert "李明" in program.window.head.clerk.text()


def test_when_the_window_is_closed_the_day_s_backup_holds_the_day(
    qtbot: QtBot, qapp: QApplication, made: list[Program], place: str, desk: Desk
) -> None:
    program = started(qapp, made, "--register", place, "--language", "en")
    qtbot.waitUntil(lambda: program.lanes.catalogue is not None, timeout=20_000)
    assert program.window is not None
    first = backup.daily(desk, config.backup_folder())
    assert first is not None
    desk.do(entries.register, NewEntry(Kind.VISIT, "下班前来的人"))
    QTimer.singleShot(0, program.window.close)
    patience = QTimer(singleShot=True, interval=20_000)
    patience.timeout.connect(qapp.exit)
    patience.start()
    qapp.exec()
    assert patience.isActive()
    patience.stop()
    assert not program.window.isVisible()
    copy = Desk.open(shutil.copy(str(first), str(first.with_name("looked-at.sqlite"))))
    assert [row.subject for row in copy.ask(reading.day_rows, copy.ask(site.today))] == ["下班前来的人"]
    copy.close()


def test_after_a_restore_the_foot_says_where_the_former_register_is(
    qtbot: QtBot, qapp: QApplication, made: list[Program], place: str, desk: Desk, tmp_path: Path
) -> None:
    desk.do(entries.register, NewEntry(Kind.VISIT, "备份之后来的"))
    desk.close()
    folder = config.backup_folder()
    folder.mkdir()
    shutil.copy(place, folder / "register-0123abcd-20261121.sqlite")
    later = Desk.open(place)
    later.do(documents.register, subject="备份之后来的文件", sender="省人社厅", uid=uuid.uuid4())
    later.close()
    program = started(qapp, made, "--register", place, "--language", "en")
    qtbot.waitUntil(lambda: program.lanes.catalogue is not None, timeout=20_000)
    window = program.window
    assert window is not None

    def agree() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, RestoreDialog)
        qtbot.waitUntil(lambda: dialog.list.rowCount() == 1)
        dialog.agree.setChecked(True)
        dialog.restore.click()

    QTimer.singleShot(0, agree)
    with qtbot.waitSignal(program.lanes.opened):
        window.restore_wanted.emit()
    said = window.foot.status.said
    assert "The register was restored." in said
    former = Path(said.rpartition("kept: ")[2])
    assert former.is_file()
    assert former.parent == Path(place).parent
    assert former != Path(place)
    qtbot.waitUntil(lambda: "Numbers of the year go on at 收〔" in window.foot.status.said)
    assert "〕2号." in window.foot.status.said  # the first is on a paper already


def test_a_bug_is_one_dialog_with_a_report_in_the_log_and_loses_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    log = tmp_path / "log" / "desk.log"
    guard = Guard(log)
    try:
        raise LookupError("nobody's fault")
    except LookupError as error:
        caught = error
    for _again in range(20):
        guard.hook(type(caught), caught)
    thread = threading.Thread(target=guard.report, args=(ValueError("from a lane"),))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: guard.dialog is not None)
    dialog = guard.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "from a lane" in dialog.report.toPlainText())
    assert dialog.report.toPlainText().count("nobody's fault") == 2  # the line that raised and the message
    assert log.read_text("utf-8").count("LookupError: nobody's fault") == 1
    dialog.close()
    qtbot.waitUntil(lambda: guard.dialog is None)


def test_a_report_names_versions_and_no_values_of_variables() -> None:
    secret = "11010519491231002X"
    try:
        assert len(secret) == 3
    except AssertionError as error:
        report = report_of(error)
    assert "Qt" in report
    assert "test_program.py" in report


def test_a_log_that_cannot_be_written_does_not_matter(qtbot: QtBot, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    guard = Guard(blocked / "desk.log")
    guard.hook(ValueError, ValueError("x"))
    qtbot.waitUntil(lambda: guard.dialog is not None)
    assert guard.dialog is not None
    guard.dialog.close()
    qtbot.waitUntil(lambda: guard.dialog is None)


def test_the_real_process_paints_before_it_opens_and_tells_when(tmp_path: Path, place: str) -> None:
    trace = tmp_path / "trace.json"
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "RECEPTION_TRACE_START": str(trace),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "ui", "--register", place, "--language", "zh_CN"]
    with subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            written = threading.Event()
            while not trace.exists() and process.poll() is None and not written.wait(0.05):
                pass
            assert process.poll() is None, process.stderr and process.stderr.read()
        finally:
            process.terminate()
    marks = json.loads(trace.read_text("utf-8"))
    assert marks["main"] < marks["painted"] < marks["opened"] <= marks["first_row"]


def test_window_and_terminal_report_into_one_file_that_only_the_user_reads(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    told = trouble.report(ValueError("from the terminal"), "reception add").say(str)
    guard = Guard()
    guard.report(LookupError("from the window"))
    qtbot.waitUntil(lambda: guard.dialog is not None)
    assert guard.dialog is not None
    words = " ".join(label.text() for label in guard.dialog.findChildren(QLabel))
    guard.dialog.close()
    (path,) = tmp_path.rglob("*.log")
    assert str(path) in told
    assert str(path) in words
    report = path.read_text("utf-8")
    assert "from the terminal" in report
    assert "from the window" in report
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_version_and_help_need_no_screen() -> None:
    root = Path(__file__).resolve().parents[2]
    code = "import sys; sys.modules['PySide6'] = None; from ui.app import main; main(['--version'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith("reception-desk ")


def said(*words: str, **environment: str) -> tuple[int, str, str]:
    """What the program says on the terminal of a computer without Qt and without a screen."""
    code = "import sys; sys.modules['PySide6'] = None; from ui.app import main; sys.exit(main())"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("RECEPTION_")}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *words],
        cwd=Path(__file__).resolve().parents[2],
        env={**inherited, "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_help_is_in_the_language_that_is_asked_for() -> None:
    code, english, err = said("--help")
    assert (code, err) == (0, "")
    assert english.startswith("Usage: reception-desk [OPTIONS]\n")
    for word in ("--register PLACE", "--language", "--desk", "--version", "--help"):
        assert word in english
    by_option = said("--help", "--language", "zh_CN")[1]
    assert "用法" in by_option
    assert "来访" in by_option
    assert said("--help", LC_ALL="zh_CN.UTF-8")[1] == by_option
    assert said("-h", LC_ALL="C", RECEPTION_LANGUAGE="zh_CN")[1] == by_option
    assert said("--language=en", "--help", LC_ALL="zh_CN.UTF-8")[1] == english


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        (["--regster", "x"], "There is no option --regster here.", "--regster"),
        (["--register"], "The option --register needs a value.", "--register"),
        (["登记簿.sqlite"], "'登记簿.sqlite' is one word too many", "登记簿.sqlite"),
    ],
)
def test_a_wrong_command_line_is_refused_in_one_plain_line(
    words: list[str], english: str, chinese: str
) -> None:
    code, out, err = said(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert english in err
    code, out, err = said(*words, RECEPTION_LANGUAGE="zh_CN")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert chinese in err
    assert "option" not in err


def test_a_language_that_is_not_spoken_is_refused() -> None:
    code, _out, err = said("--language", "fr")
    assert code == 2
    assert err == "'fr' is not a language of this program. Choose one of: zh_CN, en.\n"


def test_the_register_and_the_desk_come_from_the_environment_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECEPTION_REGISTER", "/somewhere/register.sqlite")
    monkeypatch.setenv("RECEPTION_DESK", "B")
    options = parser().parse_args([])
    assert (options.register, options.desk) == ("/somewhere/register.sqlite", "B")
    assert parser().parse_args(["--desk", "C"]).desk == "C"
