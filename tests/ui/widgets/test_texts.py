from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.texts import LineField, TextField


def shown(qtbot: QtBot, field: LineField | TextField) -> QWidget:
    form = QWidget()
    layout = QVBoxLayout(form)
    layout.addWidget(field)
    layout.addWidget(LineField())
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    field.setFocus()
    return form


def text_of(field: LineField | TextField) -> str:
    return field.text() if isinstance(field, LineField) else field.toPlainText()


@pytest.mark.parametrize("make", [LineField, TextField])
def test_a_huge_paste_is_refused_whole_and_at_once(
    qtbot: QtBot, make: type[LineField] | type[TextField]
) -> None:
    field = make()
    form = shown(qtbot, field)
    QTest.keyClicks(field, "abc")
    QGuiApplication.clipboard().setText("字" * 100_000)
    refused: list[int] = []
    field.too_long.connect(refused.append)
    began = time.monotonic()
    QTest.keySequence(field, QKeySequence(QKeySequence.StandardKey.Paste))
    assert time.monotonic() - began < 0.5
    assert text_of(field) == "abc"
    assert refused == [100_003]
    form.close()


@pytest.mark.parametrize("make", [LineField, TextField])
def test_a_paste_that_fits_goes_in_where_the_cursor_is(
    qtbot: QtBot, make: type[LineField] | type[TextField]
) -> None:
    field = make()
    form = shown(qtbot, field)
    QGuiApplication.clipboard().setText("王芳\n13800001111")
    QTest.keySequence(field, QKeySequence(QKeySequence.StandardKey.Paste))
    assert text_of(field).split() == ["王芳", "13800001111"]
    form.close()


def test_a_paste_over_the_selection_counts_what_stays(qtbot: QtBot) -> None:
    field = LineField(limit=5)
    form = shown(qtbot, field)
    field.setText("12345")
    field.selectAll()
    QGuiApplication.clipboard().setText("54321")
    QTest.keySequence(field, QKeySequence(QKeySequence.StandardKey.Paste))
    assert field.text() == "54321"
    form.close()


def test_the_menu_s_paste_is_measured_too(qtbot: QtBot) -> None:
    field = LineField(limit=5)
    form = shown(qtbot, field)
    QGuiApplication.clipboard().setText("123456")
    refused: list[int] = []
    field.too_long.connect(refused.append)
    field.paste_measured()
    assert (field.text(), refused) == ("", [6])
    form.close()


def test_a_dropped_text_is_measured(qtbot: QtBot) -> None:
    field = TextField(limit=5)
    form = shown(qtbot, field)
    data = QMimeData()
    data.setText("123456")
    field.insertFromMimeData(data)
    assert field.toPlainText() == ""
    form.close()


def test_enter_goes_on_and_shift_enter_breaks_the_line(qtbot: QtBot) -> None:
    field = TextField()
    form = shown(qtbot, field)
    QTest.keyClicks(field, "a")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(field, "b")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == "a\nb"
    assert not field.hasFocus()
    form.close()
