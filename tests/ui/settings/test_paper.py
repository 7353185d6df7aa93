"""The look of the paper, chosen by keys and followed by a sample of the real form."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.operations import site
from tests.factories import add, visit
from tests.ui.today.keyboard import ALT, CTRL, press, typed
from ui.settings.page import SettingsPage
from ui.settings.paper import PaperPart
from ui.window import MainWindow

SLOW = 30_000
SCREEN = (1366, 768 - 40)
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def part(window: MainWindow) -> PaperPart:
    press(Qt.Key.Key_5, ALT)
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    made = page.show_part(page.tabs.count() - 1)
    assert isinstance(made, PaperPart)
    return made


def values(desk: Desk) -> dict[str, str]:
    return dict(desk.ask(site.site).values)


def write(field: QLineEdit, text: str) -> None:
    field.setFocus()
    press(Qt.Key.Key_A, CTRL)
    typed(text)


def test_the_sample_follows_what_is_typed_before_it_is_saved(
    qtbot: QtBot, part: PaperPart, desk: Desk
) -> None:
    view = part.sample.view
    qtbot.waitUntil(lambda: view.at_rest, timeout=SLOW)
    (leaf,) = view.leaves
    assert leaf.size[0] > leaf.size[1]  # the daily sheet lies on its side
    assert part.form.turned is not None
    part.form.turned.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(
        lambda: bool(view.leaves) and view.leaves[0].size[1] > view.leaves[0].size[0], timeout=SLOW
    )
    assert "paper_daily_sheet_turned" not in values(desk)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: values(desk).get("paper_daily_sheet_turned") == "no")
    qtbot.waitUntil(lambda: not part.unsaved)
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: not values(desk).get("paper_daily_sheet_turned"))


def test_columns_are_ticked_moved_and_made_wider_by_keys(qtbot: QtBot, part: PaperPart, desk: Desk) -> None:
    columns = part.form.columns
    assert columns is not None
    assert columns.value() == ""
    columns.table.setFocus()
    columns.table.setCurrentCell(1, 0)
    press(Qt.Key.Key_Space)  # the time is not printed any more
    columns.table.setCurrentCell(3, 0)
    press(Qt.Key.Key_Up, CTRL)  # the name before the kind
    typed("2")
    typed("5")  # into the field that the first figure opened
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: columns.value().split()[:3] == ["number", "name:25", "kind"])
    said = columns.value().split()
    assert "time" not in said
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: values(desk).get("paper_daily_sheet_columns", "").split()[:2] == said[:2])
    qtbot.waitUntil(lambda: not part.unsaved)


def test_the_table_of_columns_keeps_the_row_in_sight_and_its_keys_to_itself(
    qtbot: QtBot, window: MainWindow, part: PaperPart
) -> None:
    window.resize(*SCREEN)
    columns = part.form.columns
    assert columns is not None
    table = columns.table
    table.setCurrentCell(0, 1)
    table.setFocus(Qt.FocusReason.TabFocusReason)

    def in_sight() -> bool:
        row = table.visualItemRect(table.currentItem())
        return table.viewport().visibleRegion().contains(row)

    qtbot.waitUntil(in_sight)
    for key, row in ((Qt.Key.Key_End, table.rowCount() - 1), (Qt.Key.Key_Home, 0)):
        press(key)
        assert (table.currentRow(), table.currentColumn()) == (row, 1)
        assert in_sight()
    for row in range(1, table.rowCount()):
        press(Qt.Key.Key_Down)
        assert table.currentRow() == row
        assert in_sight()
    press(Qt.Key.Key_Space)
    assert table.state() is not QAbstractItemView.State.EditingState
    assert "remarks" not in columns.value().split()
    press(Qt.Key.Key_Space)
    assert columns.value() == ""


def test_words_that_wrap_on_a_tab_make_no_page_higher_than_the_window(
    qtbot: QtBot, window: MainWindow, part: PaperPart
) -> None:
    window.resize(1280, 600)
    outer = next(area for area in window.findChildren(QScrollArea) if area.widget() is window.stack)
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    for at in range(page.tabs.count()):
        page.show_part(at)
        qtbot.waitUntil(lambda: window.lanes.idle)
        window.stack.updateGeometry()
        QApplication.processEvents()
        assert outer.verticalScrollBar().maximum() == 0, at
    for name in ("sheet", "today"):
        window.show_page(name)
        QApplication.processEvents()
        assert window.stack.size() == outer.viewport().size(), name


def test_the_sample_turns_to_where_what_is_typed_is_seen(qtbot: QtBot, part: PaperPart, desk: Desk) -> None:
    for _entry in range(24):
        add(desk, visit("问路"))
    part.sample.again()
    view = part.sample.view
    qtbot.waitUntil(lambda: view.count > 1, timeout=SLOW)
    assert view.index == 0
    assert part.form.rows is not None
    write(part.form.rows, "9")
    qtbot.waitUntil(lambda: view.index == view.count - 1, timeout=SLOW)
    assert f"{view.count}" in part.sample.said.text()
    press(Qt.Key.Key_Home, ALT)
    assert view.index == 0
    press(Qt.Key.Key_End, ALT)
    assert view.index == view.count - 1
    write(part.all.letterhead, "某省某县")
    qtbot.waitUntil(lambda: view.index == 0, timeout=SLOW)
    write(part.form.rows, " ")  # a slip of the thumb is as good as nothing
    qtbot.waitUntil(lambda: view.index == view.count - 1, timeout=SLOW)
    part.discard()


def test_a_width_that_cannot_be_is_said_in_the_tables_words_and_nothing_is_saved(
    qtbot: QtBot, part: PaperPart, desk: Desk
) -> None:
    write(part.all.letterhead, "某省某县")
    assert part.form.columns is not None
    width = part.form.columns.table.item(0, 1)
    assert width is not None
    width.setText("3")
    press(Qt.Key.Key_Return, CTRL)
    said = [label.text() for label in part.form.findChildren(QLabel) if "from 5 to 200" in label.text()]
    assert len(said) == 1
    assert ":22" not in said[0]
    qtbot.waitUntil(lambda: part.lanes.idle)
    assert "paper_letterhead" not in values(desk)  # one answer, and it is no
    width.setText("22")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: values(desk).get("paper_letterhead") == "某省某县")
    qtbot.waitUntil(lambda: not part.unsaved)
    assert "number:22" in values(desk)["paper_daily_sheet_columns"]


def test_what_cannot_be_is_said_at_its_field_and_stays(qtbot: QtBot, part: PaperPart, desk: Desk) -> None:
    write(part.all.margins, "2")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "5" in part.all.form.said)
    assert part.all.margins.text() == "2"
    assert "paper_margins" not in values(desk)
    write(part.all.margins, "12 12 12 25")
    write(part.all.letterhead, "某省某县")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: values(desk).get("paper_margins") == "12 12 12 25")
    assert values(desk)["paper_letterhead"] == "某省某县"
    qtbot.waitUntil(lambda: not part.unsaved)


def test_a_form_that_nothing_is_there_for_says_so(qtbot: QtBot, part: PaperPart) -> None:
    part.which.setFocus()
    part.which.setCurrentIndex(part.which.findData("notice"))
    qtbot.waitUntil(lambda: "nothing yet" in part.sample.said.text(), timeout=SLOW)
    assert part.form.columns is None
