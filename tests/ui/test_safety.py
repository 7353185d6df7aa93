"""Acts taken back, the covered screen, and codes that are scanned wherever the keyboard is."""

from __future__ import annotations

import uuid

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from reception.codes import encode
from reception.desk import Desk
from reception.facts import EntryStatus, Kind, NewEntry, Party, Query
from reception.numbers import parse_number
from reception.operations import entries, find, reading
from tests.ui.today.keyboard import CTRL, focused, press, typed
from ui.cover import Cover
from ui.dialogs.reason import ReasonDialog
from ui.theme import theme
from ui.today.entry_view import EntryDialog
from ui.window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


def struck(window: QWidget, text: str) -> None:
    """Keys as the window system delivers them: to the window, before any field."""
    handle = window.windowHandle()
    for sign in text:
        if sign == "\n":
            QTest.keyClick(handle, Qt.Key.Key_Return)
        else:
            QTest.keyClick(handle, sign)  # type: ignore[call-overload]


def key(window: QWidget, which: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.keyClick(window.windowHandle(), which, modifiers)


def rows(desk: Desk) -> list[EntryStatus]:
    return [row.status for row in reversed(desk.ask(find.entries, Query()))]


# Taking back.


def test_the_last_acts_are_taken_back_one_after_the_other(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    page = window.today
    undo = window.actions_by_name["undo"]
    assert not undo.isEnabled()
    for text in ("第一位", "第二位"):
        typed(text)
        press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: rows(desk) == [EntryStatus.OPEN, EntryStatus.OPEN])
    button = next(one for one in window.foot.findChildren(QToolButton) if one.defaultAction() is undo)
    qtbot.waitUntil(button.isVisible)
    assert "Ctrl+Shift+Z" in button.text()
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: rows(desk) == [EntryStatus.OPEN, EntryStatus.VOID])
    # Back to the moment before it was saved.
    qtbot.waitUntil(lambda: page.form.body.matter.raw[1] == "第二位")
    assert "Taken back" in window.foot.status.said
    press(Qt.Key.Key_Return, CTRL)  # what is on its way to the register is the last act too
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: rows(desk) == [EntryStatus.VOID] * 3)
    qtbot.waitUntil(lambda: not undo.isEnabled())


def test_control_z_is_the_field_s_own(window: MainWindow) -> None:
    typed("abc")
    press(Qt.Key.Key_Z, CTRL)
    assert window.today.form.body.matter.raw[1] == ""
    assert not window.actions_by_name["undo"].isEnabled()


def test_a_form_thrown_away_comes_back_by_the_same_key(window: MainWindow) -> None:
    typed("abc")
    press(Qt.Key.Key_F3)
    typed("139")
    press(Qt.Key.Key_Delete, CTRL | SHIFT)
    assert not window.today.form.touched
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert window.today.form.body.phone.raw == "139"
    assert focused(window.today.form.body.phone)


def test_an_act_in_the_entry_s_window_is_taken_back_there(
    qtbot: QtBot, window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = desk.do(entries.register, NewEntry(Kind.VISIT, "问路")).entry_id
    window.today.open_entry.emit(entry)
    dialog = window.findChild(EntryDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.form.isEnabled)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args: "误登")
    QTest.keyClick(dialog, Qt.Key.Key_Delete, CTRL)
    qtbot.waitUntil(lambda: rows(desk) == [EntryStatus.VOID])
    qtbot.waitUntil(lambda: "void" in dialog.where.text().lower() or not dialog.form.isEnabled())
    QTest.keyClick(dialog, Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: rows(desk) == [EntryStatus.OPEN])
    qtbot.waitUntil(dialog.form.isEnabled)
    assert "Taken back" in dialog.message.text()
    dialog.close()


# The cover.


def seen(window: QWidget) -> set[str]:
    """The colours at a grid of points of a window as it is on the screen."""
    picture = window.grab().toImage()
    points = [QPoint(x, y) for x in range(4, picture.width(), 40) for y in range(4, picture.height(), 40)]
    return {picture.pixelColor(point).name() for point in points}


def test_f12_hides_everything_and_gives_it_back_untouched(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    typed("sbk")
    assert window.today.form.body.matter.editor.listing
    window.today.form.body.person.setFocus()
    typed("张建国")
    press(Qt.Key.Key_Left, SHIFT)
    key(window, Qt.Key.Key_F12)
    cover = window.findChild(Cover)
    assert cover is not None
    assert cover.geometry() == window.rect()
    assert "某县人社局" in {label.text() for label in cover.findChildren(QLabel)}
    texts = {theme().colour(name).name() for name in ("window", "text", "muted")}
    assert len(seen(window) - texts) <= 3  # the smooth edges of the few letters
    assert "张" not in window.windowTitle()
    for which, modifiers in (
        (Qt.Key.Key_A, PLAIN),
        (Qt.Key.Key_Return, CTRL),
        (Qt.Key.Key_F3, PLAIN),
    ):
        key(window, which, modifiers)
    assert rows(desk) == []
    assert window.today.form.kind is Kind.VISIT
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    window.resize(1200, 700)
    assert cover.geometry() == window.rect()
    key(window, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: window.findChild(Cover) is None)
    assert focused(window.today.form.body.person)
    assert window.today.form.body.person.raw == "张建国"
    assert window.today.form.body.person.editor.selectedText() == "国"  # type: ignore[union-attr]


def test_dialogs_are_covered_too_also_those_that_open_meanwhile(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    entry = desk.do(entries.register, NewEntry(Kind.VISIT, "问路", parties=(Party("张建国"),))).entry_id
    window.today.open_entry.emit(entry)
    dialog = window.findChild(EntryDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.form.isEnabled)
    assert "张" not in dialog.windowTitle()
    qtbot.waitUntil(dialog.isActiveWindow)
    key(dialog, Qt.Key.Key_F12)
    assert {type(cover.parent()) for cover in all_covers()} == {MainWindow, EntryDialog}
    later = ReasonDialog(window, "Title", "Question")
    later.open()
    assert len(all_covers()) == 3
    qtbot.waitUntil(later.isActiveWindow)
    key(later, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: all_covers() == [])
    assert dialog.isVisible()
    later.close()
    dialog.close()


def all_covers() -> list[Cover]:
    covers = (cover for one in QApplication.topLevelWidgets() for cover in one.findChildren(Cover))
    return [cover for cover in dict.fromkeys(covers) if cover.isVisible()]


# Codes.


@pytest.fixture
def visitor(qtbot: QtBot, window: MainWindow, desk: Desk) -> str:
    """The code of a visitor who is here."""
    number = desk.do(entries.register, NewEntry(Kind.VISIT, "办事", uid=uuid.uuid4())).number
    return encode(parse_number(number), "~")


def left(desk: Desk) -> bool:
    (row,) = desk.ask(find.entries, Query())
    return row.left_at is not None


def test_a_scanned_code_checks_the_visitor_out_wherever_the_keyboard_is(
    qtbot: QtBot, window: MainWindow, desk: Desk, visitor: str
) -> None:
    typed("sbk")
    window.today.day.table.setFocus()
    struck(window, visitor + "\n")
    qtbot.waitUntil(lambda: left(desk))
    qtbot.waitUntil(lambda: "has left" in window.foot.status.said)
    key(window, Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: not left(desk))
    window.today.form.body.outcome.setFocus()
    struck(window, visitor + "\n")
    qtbot.waitUntil(lambda: left(desk))
    assert window.today.form.body.outcome.raw == ""
    assert window.today.form.body.matter.raw[1] == "社保卡补换"


def test_what_begins_like_a_code_and_is_none_stands_in_the_field_as_typed(
    qtbot: QtBot, window: MainWindow, desk: Desk, visitor: str
) -> None:
    field = window.today.form.body.organisation
    wrong = visitor[:-1] + str((int(visitor[-1]) + 1) % 10)
    for text, stands in (("~5 km", "~5 km"), ("a~", "a~"), ("~~9.", "~~9."), (wrong + "\n", wrong)):
        field.put("")
        field.setFocus()
        struck(window, text)
        window.today.form.body.party.setFocus()
        assert field.raw == stands
    assert not left(desk)
    field.put("")
    window.today.form.body.matter.put((None, "问路"))
    field.setFocus()
    struck(window, "~202")
    key(window, Qt.Key.Key_Return, CTRL)  # a shortcut acts on what was typed
    qtbot.waitUntil(lambda: len(desk.ask(find.entries, Query())) == 2)
    assert desk.ask(find.entries, Query())[0].organisation == "~202"


def test_signs_from_an_input_method_are_known_and_a_composition_is_never_disturbed(
    qtbot: QtBot, window: MainWindow, desk: Desk, visitor: str
) -> None:
    field = window.today.form.body.organisation.editor
    field.setFocus()
    wide = QInputMethodEvent("", [])
    wide.setCommitString("～")
    QCoreApplication.sendEvent(field, wide)
    struck(window, visitor[1:] + "\n")
    qtbot.waitUntil(lambda: left(desk))
    assert window.today.form.body.organisation.raw == ""
    QCoreApplication.sendEvent(field, QInputMethodEvent("ni", []))
    struck(window, visitor)
    assert window.safety.keyboard.held == ""
    done = QInputMethodEvent("", [])
    done.setCommitString("你")
    QCoreApplication.sendEvent(field, done)
    assert "你" in window.today.form.body.organisation.raw


def test_a_code_of_nobody_is_told(qtbot: QtBot, window: MainWindow, visitor: str) -> None:
    struck(window, encode(parse_number("20200101-001"), "~") + "\n")
    qtbot.waitUntil(lambda: "20200101-001" in window.foot.status.said)


def test_the_entry_s_window_takes_codes_too(
    qtbot: QtBot, window: MainWindow, desk: Desk, visitor: str
) -> None:
    (row,) = desk.ask(find.entries, Query())
    window.today.open_entry.emit(row.id)
    dialog = window.findChild(EntryDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.form.isEnabled)
    qtbot.waitUntil(dialog.isActiveWindow)
    struck(dialog, visitor + "\n")
    qtbot.waitUntil(lambda: left(desk))
    assert desk.ask(reading.rows, [row.id])[0].organisation == ""
    dialog.close()
