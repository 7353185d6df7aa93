"""Every window and every corner of the pages is walked by keys, and what was typed outlives Escape."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

import ui
from reception.desk import Desk
from tests.ui.house import House, furnished
from tests.ui.house_corners import CORNERS, tidy
from tests.ui.house_windows import WINDOWS
from tests.ui.test_keys import ALL, KEY_IN_TIP
from tests.ui.today.keyboard import CTRL, press, typed
from tests.ui.walking import acts, faults, reached, sequences, told
from ui import wording
from ui.dialogs.leave import LeaveDialog
from ui.widgets.asking import AskingDialog
from ui.widgets.search_field import SearchField
from ui.window import MainWindow

Editor = QLineEdit | QPlainTextEdit
WORDS = "39"


@pytest.fixture(params=("zh_CN", "en"))
def house(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    _english: None,
    desk: Desk,
    founded: Path,
    tmp_path: Path,
) -> House:
    """The whole house in one of the languages."""
    wording.use(request.param)
    entry = furnished(desk)
    backups = tmp_path / "backups"
    backups.mkdir()
    for day in ("20261120", "20261121"):
        shutil.copy(founded, backups / f"register-0123abcd-{day}.sqlite")
    window: MainWindow = request.getfixturevalue("window")
    made = House(qtbot, window, desk, tmp_path, entry)
    made.rest()
    return made


def window_classes() -> set[type[QDialog]]:
    """Every kind of dialog that the program has; those that others are made from do not count."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(module.name)
    ours: set[type[QDialog]] = set()
    todo: list[type[QDialog]] = [QDialog]
    while todo:
        cls = todo.pop()
        children = cls.__subclasses__()
        todo += children
        if cls.__module__.startswith("ui.") and not children:
            ours.add(cls)
    return ours


def silent_buttons(window: QWidget) -> list[str]:
    return [
        f"tells no key: {told(one)} {one.toolTip()!r}"
        for one in acts(window)
        if not KEY_IN_TIP.search(one.toolTip()) and "Ctrl+Tab" not in one.toolTip()
    ]


def unknown_keys(window: QWidget) -> list[str]:
    known = {key for spec in ALL for key in spec.keys}
    known |= {part for key in known for part in key.split(", ")} | {
        f"Ctrl+{number}" for number in range(1, 6)
    }
    return [
        f"not on the key sheet: {key.toString()}" for key in sequences(window) if key.toString() not in known
    ]


def shut(house: House, dialog: QDialog) -> None:
    """Close it, if it is not closed yet; the window has the keyboard again."""
    if Shiboken.isValid(dialog) and dialog.isVisible():
        dialog.done(0)
    house.qtbot.waitUntil(lambda: house.window.isActiveWindow() and QApplication.focusWidget() is not None)


def opened(house: House) -> Iterator[tuple[str, QDialog]]:
    """Every window one after the other."""
    for name, make in WINDOWS.items():
        dialog = make(house)
        yield name, dialog
        shut(house, dialog)


def test_every_window_is_walked_by_keys(house: House) -> None:
    found, seen = [], set()
    for name, dialog in opened(house):
        seen.add(type(dialog))
        wrong = [*faults(dialog), *silent_buttons(dialog), *unknown_keys(dialog)]
        found += [f"{name}: {one}" for one in wrong]
    assert not found, "\n".join(found)
    assert seen == window_classes()


def test_every_corner_of_the_pages_is_walked_by_keys(house: House) -> None:
    found = []
    for name, go in CORNERS.items():
        go(house)
        wrong = [*faults(house.window), *silent_buttons(house.window)]
        found += [f"{name}: {one}" for one in wrong]
        tidy(house)
    assert not found, "\n".join(found)


def test_no_window_is_made_past_its_class() -> None:
    """A message box or a question made on the spot would be in nobody's walk."""
    made = []
    for path in sorted(Path(ui.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in ("QDialog", "QMessageBox", "QInputDialog"):
                made.append(f"{path}:{node.lineno}")
    assert made == []


# Escape.


def editors(window: QWidget) -> list[Editor]:
    """What is written into; a search is a question, not a text."""
    every: list[Editor] = [*window.findChildren(QLineEdit), *window.findChildren(QPlainTextEdit)]
    return [
        one
        for one in every
        if one.isVisible()
        and one.isEnabled()
        and one.window() is window
        and not one.isReadOnly()
        and not isinstance(one, SearchField)
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def text_of(editor: Editor) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


class Stayer:
    """Answers the question that Escape raises with Escape, and tells that it was asked."""

    def __init__(self) -> None:
        self.asked = False
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, LeaveDialog):
            self.asked = True
            QTest.keyClick(box, Qt.Key.Key_Escape)

    def stop(self) -> None:
        self._timer.stop()


def test_escape_asks_before_a_window_takes_what_was_typed_with_it(house: House) -> None:
    lost, tried = [], 0
    for name, dialog in opened(house):
        for one in editors(dialog):
            tried += 1
            before = text_of(one)
            one.setFocus(Qt.FocusReason.TabFocusReason)
            typed(WORDS)
            stayer = Stayer()
            for _press in range(2):  # the first may close a list of the field
                if dialog.isVisible() and not stayer.asked:
                    press(Qt.Key.Key_Escape)
            stayer.stop()
            house.qtbot.waitUntil(dialog.isActiveWindow)
            if not (stayer.asked and dialog.isVisible() and text_of(one) != before):
                lost.append(f"{name}: {told(one)}")
                break
    assert not lost, "\n".join(lost)
    assert tried > 20


def test_escape_leaves_every_text_of_the_pages_where_it_is(house: House) -> None:
    lost, tried = [], 0
    for name, go in CORNERS.items():
        go(house)
        for one in editors(house.window):
            if not one.isVisible():
                continue
            one.setFocus(Qt.FocusReason.TabFocusReason)
            typed(WORDS)
            after = text_of(one)
            tried += 1
            for _press in range(2):
                if one.hasFocus():
                    press(Qt.Key.Key_Escape)
            there = text_of(one) == after or any(after in str(it.raw) for it in house.window.today.drafts())
            kept = house.window.page(house.window.front).has_unsaved_text()
            if not (there or kept):
                lost.append(f"{name}: {told(one)} {after!r} -> {text_of(one)!r}")
        tidy(house)
    assert not lost, "\n".join(lost)
    assert tried > 100


# Enter.


def test_ctrl_enter_agrees_from_every_field_of_a_question(house: House) -> None:
    tried = []
    for name, make in WINDOWS.items():
        dialog = make(house)
        stops = reached(dialog) if isinstance(dialog, AskingDialog) else []
        shut(house, dialog)
        for at in range(len(stops)):
            dialog = make(house)
            assert isinstance(dialog, AskingDialog)
            for one in editors(dialog):
                one.setFocus(Qt.FocusReason.TabFocusReason)
                typed(WORDS)
            if dialog.agree.isEnabled():
                for _step in range(at):
                    press(Qt.Key.Key_Tab)
                with house.qtbot.waitSignal(dialog.accepted):
                    press(Qt.Key.Key_Return, CTRL)
                tried.append(name)
            shut(house, dialog)
    assert set(tried) == {"clerk", "reason", "conflict", "merge"}
