"""No mouse: every act has a key, its tooltip and the key sheet tell it, and Tab reaches every control."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Act, Kind, NewEntry, NewReferral, Party
from reception.operations import directory, entries
from tests.ui.walking import acts, name_of, reached, sequences
from ui import actions, wording
from ui.dialogs import keys as key_sheet
from ui.pages import PAGES
from ui.today.entry_view import EntryDialog
from ui.window import MainWindow

ALL: tuple[actions.ActionSpec | actions.KeySpec, ...] = (*actions.SPECS, *actions.KEYS)
LANGUAGES = ("zh_CN", "en")
KEY_IN_TIP = re.compile(
    r"[(（](?:(?:Ctrl|Alt|Shift)\+)*(?:F\d+|Esc|Enter|Space|Del|Tab|Pg\w+|[-+A-Z0-9]|\d – \d)[^)）]*[)）]"
)


@pytest.fixture
def busy(desk: Desk) -> int:
    """A register in which every page has something to show; the id of a referred entry."""
    lead = next(one.id for one in desk.ask(directory.catalogue).departments if not one.outside)
    people = (Party("张建国", "13800001111"),)
    return desk.do(
        entries.register,
        NewEntry(
            Kind.VISIT,
            "欠薪",
            act=Act.REFERRED,
            department_id=lead,
            referral=NewReferral(lead),
            parties=people,
        ),
    ).entry_id


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, _english: None) -> str:
    wording.use(request.param)
    return str(request.param)


@pytest.fixture
def places(
    qtbot: QtBot, language: str, busy: int, window: MainWindow
) -> Iterator[Callable[[], Iterator[tuple[str, QWidget]]]]:
    """Goes through every page and the entry's window, each shown and filled."""
    opened: list[QDialog] = []

    def walk() -> Iterator[tuple[str, QWidget]]:
        for spec in PAGES:
            window.show_page(spec.name)
            qtbot.waitUntil(lambda: window.lanes.idle)
            if spec.name == "today":
                window.today.form.fold(True)
                window.today.form.choose_act(4)
            yield spec.name, window
        window.show_page("today")
        window.today.open_entry.emit(busy)
        dialog = window.findChild(EntryDialog)
        assert dialog is not None
        opened.append(dialog)
        qtbot.waitUntil(dialog.form.isEnabled)
        qtbot.waitUntil(dialog.isActiveWindow)
        yield "entry", dialog

    yield walk
    for dialog in opened:
        dialog.done(0)
    window.today.form.begin(Kind.VISIT)


def test_every_button_tells_its_key(places: Callable[[], Iterator[tuple[str, QWidget]]]) -> None:
    silent = [
        f"{name}: {type(one).__name__} {one.text()!r} {one.toolTip()!r}"
        for name, window in places()
        for one in acts(window)
        if not KEY_IN_TIP.search(one.toolTip())
    ]
    assert not silent, "\n".join(silent)


def test_every_shortcut_stands_on_the_key_sheet(places: Callable[[], Iterator[tuple[str, QWidget]]]) -> None:
    known = {key for spec in ALL for key in spec.keys}
    known |= {part for key in known for part in key.split(", ")}
    known |= {f"Ctrl+{number}" for number in range(1, 6)}  # written as 1 – 5
    unknown = [
        f"{name}: {key.toString()}"
        for name, window in places()
        for key in sequences(window)
        if key.toString() not in known
    ]
    assert unknown == []


def test_the_key_sheet_holds_every_key_in_both_languages(language: str) -> None:
    lines = {line for _title, group in key_sheet.groups() for line in group}
    for spec in ALL:
        assert (actions.shown_keys(spec), wording._(spec.text)) in lines
    assert {spec.name.partition(".")[0] for spec in actions.KEYS} <= set(actions.PLACES)


def test_f1_shows_the_sheet_and_escape_closes_it(window: MainWindow) -> None:
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F1)
    sheet = window.findChild(key_sheet.KeySheet)
    assert sheet is not None
    text = sheet.text.toPlainText()
    for words in ("F3", "Incoming call", "Ctrl+Shift+Z", "Ctrl+Enter"):
        assert words in text
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_every_action_has_a_key_and_tells_it(window: MainWindow) -> None:
    for action in window.findChildren(QAction):
        if action.objectName() in {spec.name for spec in actions.SPECS}:
            assert action.shortcuts(), action.objectName()
            assert KEY_IN_TIP.search(action.toolTip()), action.toolTip()


# Tab.


def test_tab_reaches_every_control_and_each_says_what_it_is(
    places: Callable[[], Iterator[tuple[str, QWidget]]],
) -> None:
    missed, silent = [], []
    for name, window in places():
        found = reached(window)
        for one in window.findChildren(QWidget):
            wanted = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()
            inner = isinstance(one.parent(), QDateEdit | QComboBox) or one.focusProxy() is not None
            if wanted and not inner and one.window() is window and one not in found:
                missed.append(
                    f"{name}: {type(one).__name__} {name_of(one)!r} in {type(one.parent()).__name__}"
                )
        silent += [f"{name}: {type(one).__name__}" for one in found if not name_of(one)]
    assert missed + silent == [], "\n".join(missed + silent)


def test_each_control_shows_that_it_has_the_keyboard(
    qtbot: QtBot, places: Callable[[], Iterator[tuple[str, QWidget]]]
) -> None:
    """A picture of the control with the keyboard differs from one without it."""
    alike = []
    for name, window in places():
        for one in reached(window):
            one.setFocus(Qt.FocusReason.TabFocusReason)
            with_it = one.grab().toImage()
            one.clearFocus()
            without = one.grab().toImage()
            if with_it == without:
                alike.append(f"{name}: {type(one).__name__} {name_of(one)!r}")
    assert not alike, "\n".join(alike)
