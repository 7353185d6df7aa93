"""``reception-desk --department CODE`` from its start to its end."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception import config
from reception.desk import Desk
from reception.facts import Kind, NewEntry, NewReferral
from reception.operations import directory, entries
from tests.ui.today.keyboard import ALT, CTRL, press, typed
from ui import app, usage, wording
from ui.app import parser
from ui.department.program import DepartmentProgram
from ui.department.window import InboxWindow


@pytest.fixture
def made() -> Iterator[list[DepartmentProgram]]:
    """Programs that a test starts; they end with it."""
    hooks = (sys.excepthook, threading.excepthook)
    programs: list[DepartmentProgram] = []
    yield programs
    for program in programs:
        program.window.leave()
        program.window.deleteLater()
        program.close()
        program.deleteLater()
    sys.excepthook, threading.excepthook = hooks


@pytest.fixture
def sent(desk: Desk) -> str:
    """What was sent to JC."""
    lead = desk.ask(directory.department, "JC").id
    return desk.do(entries.register, NewEntry(Kind.VISIT, "拖欠工资", referral=NewReferral(lead))).number


def started(qtbot: QtBot, qapp: QApplication, made: list[DepartmentProgram], *words: str) -> InboxWindow:
    program = DepartmentProgram(qapp, parser().parse_args(words))
    made.append(program)
    program.show()
    program.window.activateWindow()
    # it is made anew where the register speaks another language
    qtbot.waitUntil(lambda: program.window.isActiveWindow())
    return program.window


def test_it_opens_as_the_inbox_speaks_both_languages_and_keeps_what_is_chosen(
    qtbot: QtBot, qapp: QApplication, made: list[DepartmentProgram], place: str, tmp_path: Path
) -> None:
    window = started(qtbot, qapp, made, "--register", place, "--department", "jc")
    (program,) = made
    qtbot.waitUntil(lambda: program.lanes.catalogue is not None and program.lanes.idle)
    window = program.window
    assert wording.current().language == "zh_CN"  # as the site speaks
    qtbot.waitUntil(window.isActiveWindow)
    window.activateWindow()
    qtbot.waitUntil(window.page.table.hasFocus)
    press(Qt.Key.Key_L, ALT)
    qtbot.waitUntil(lambda: program.window is not window and program.lanes.idle)
    window = program.window
    assert window.windowTitle() == "Inbox of 劳动保障监察大队"
    assert config.load().language == "en"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(window.page.table.hasFocus)
    press(Qt.Key.Key_Plus, CTRL)
    assert config.load().scale > 100
    press(Qt.Key.Key_F, CTRL)
    typed("x")
    assert not window.page.unsaved  # a search is a question, not a text
    assert not (tmp_path / "backups").exists()
    assert "indexer" not in {thread.name for thread in threading.enumerate()}


def test_its_frame_is_on_the_screen_too_where_everything_is_large(
    qtbot: QtBot, qapp: QApplication, made: list[DepartmentProgram], place: str
) -> None:
    words = ("--register", place, "--department", "jc", "--language", "en")
    program = DepartmentProgram(qapp, parser().parse_args(words))
    made.append(program)
    room = program.window.screen().availableGeometry()
    program.window.setGeometry(room)  # as large as the screen, without the frame
    program.show()
    qtbot.waitUntil(lambda: program.lanes.catalogue is not None and program.lanes.idle)
    assert room.contains(program.window.frameGeometry())


@pytest.mark.parametrize(("code", "said"), [("XX", "There is no department"), ("YBJ", "no inbox")])
def test_what_is_no_department_of_ours_is_said_in_the_window(
    qtbot: QtBot, qapp: QApplication, made: list[DepartmentProgram], place: str, code: str, said: str
) -> None:
    words = ("--register", place, "--department", code, "--language", "en")
    window = started(qtbot, qapp, made, *words)
    qtbot.waitUntil(lambda: said in window.banner.said)


def test_a_register_that_is_not_there_is_not_made(
    qtbot: QtBot, qapp: QApplication, made: list[DepartmentProgram], tmp_path: Path
) -> None:
    place = tmp_path / "none.sqlite"
    words = ("--register", str(place), "--department", "JC", "--language", "en")
    window = started(qtbot, qapp, made, *words)
    qtbot.waitUntil(lambda: window.banner.said != "")
    assert not place.exists()


def test_the_command_line_tells_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--department CODE" in usage.page(wording.current())
    assert app.main(["--department"]) == 2
    assert "--department" in capsys.readouterr().err


def test_a_register_that_comes_later_is_opened_by_itself_and_its_language_is_remembered(
    qtbot: QtBot, qapp: QApplication, made: list[DepartmentProgram], place: str, tmp_path: Path
) -> None:
    later = tmp_path / "later.sqlite"
    window = started(qtbot, qapp, made, "--register", str(later), "--department", "jc")
    (program,) = made
    qtbot.waitUntil(lambda: window.banner.said != "")
    assert "JC" in window.windowTitle()
    shutil.copyfile(place, later)
    qtbot.waitUntil(lambda: program.lanes.catalogue is not None, timeout=10_000)
    qtbot.waitUntil(lambda: program.lanes.idle)
    assert program.window.banner.said == ""
    assert config.load().spoken == "zh_CN"


def test_an_answer_half_typed_outlives_the_program(
    qtbot: QtBot, qapp: QApplication, made: list[DepartmentProgram], place: str, sent: str
) -> None:
    def ready() -> InboxWindow:
        started(qtbot, qapp, made, "--register", place, "--department", "jc", "--language", "en")
        qtbot.waitUntil(lambda: made[-1].lanes.catalogue is not None and made[-1].lanes.idle)
        window = made[-1].window
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.page.table.setFocus()
        qtbot.waitUntil(lambda: window.page.table.row() is not None)
        return window

    window = ready()
    press(Qt.Key.Key_3)
    window.page.panel.form.fields["answer"].setFocus()
    typed("已支付，余款")
    folder = config.drafts_folder().parent / "steps" / "JC"
    qtbot.waitUntil(lambda: any("余款" in one.read_text("utf-8") for one in folder.rglob("*.drafts")))
    made[-1].close()  # as when the session of the computer ends: nobody is asked
    window = ready()
    qtbot.waitUntil(lambda: sent in window.foot.status.said)
    press(Qt.Key.Key_3)
    form = window.page.panel.form
    assert form.fields["answer"].raw == "已支付，余款"
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: window.page.table.row() is None and not form.unsaved)
    qtbot.waitUntil(lambda: not list(folder.rglob("*.drafts")))
