from __future__ import annotations

import uuid
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import EntryRow, Kind, NewEntry, Query
from reception.operations import entries
from ui.theme import theme
from ui.widgets.question import Question
from ui.widgets.table import Column, PagedTable
from ui.work import Lanes


@dataclass(frozen=True)
class Row:
    id: int
    text: str


def by_hand(qtbot: QtBot, lanes: Lanes) -> PagedTable[Row]:
    table: PagedTable[Row] = PagedTable(
        lanes,
        "t",
        [Column("id", "No.", lambda row: str(row.id), 6), Column("text", "Text", lambda row: row.text)],
        lambda row: row.id,
        name="Rows",
        struck=lambda row: row.text == "void",
    )
    qtbot.addWidget(table)
    table.show()
    QAbstractItemModelTester(table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, table)
    return table


def of_entries(qtbot: QtBot, lanes: Lanes, page: int, *, tested: bool = True) -> PagedTable[EntryRow]:
    """A table of entries; ``tested`` by a tester of models, which asks for more by itself."""
    table: PagedTable[EntryRow] = PagedTable(
        lanes,
        "t",
        [Column("subject", "Matter", lambda row: row.subject)],
        lambda row: row.id,
        name="E",
        page=page,
    )
    qtbot.addWidget(table)
    if tested:
        QAbstractItemModelTester(table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, table)
    return table


def fetch_all(qtbot: QtBot, table: PagedTable[EntryRow], count: int) -> None:
    """Ask for more, as scrolling does, until so many rows are there."""

    def there() -> bool:
        table.rows.fetchMore(table.rootIndex())
        return table.rows.rowCount() == count

    qtbot.waitUntil(there)


def test_a_refresh_keeps_the_selection_by_identity(qtbot: QtBot) -> None:
    table = by_hand(qtbot, Lanes(""))
    table.rows.put([Row(n, "a") for n in range(5)])
    assert table.select(3)
    resets: list[bool] = []
    table.rows.modelReset.connect(lambda: resets.append(True))
    table.rows.put([Row(9, "new"), Row(4, "a"), Row(3, "changed"), Row(1, "a")])
    assert table.rows.keys() == (9, 4, 3, 1)
    row = table.row()
    assert row is not None
    assert (row.id, row.text) == (3, "changed")
    assert not resets


def test_rows_that_change_places_are_moved(qtbot: QtBot) -> None:
    table = by_hand(qtbot, Lanes(""))
    table.rows.put([Row(1, "a"), Row(2, "b"), Row(3, "c")])
    table.select(1)
    table.rows.put([Row(3, "c"), Row(1, "a"), Row(2, "b")])
    assert table.rows.keys() == (3, 1, 2)
    row = table.row()
    assert row is not None
    assert row.id == 1


def test_enter_opens_the_row_under_the_cursor(qtbot: QtBot) -> None:
    table = by_hand(qtbot, Lanes(""))
    table.rows.put([Row(1, "a"), Row(2, "b")])
    table.select(2)
    with qtbot.waitSignal(table.chosen) as heard:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert heard.args == [Row(2, "b")]


def test_a_screen_reader_hears_column_and_cell(qtbot: QtBot) -> None:
    table = by_hand(qtbot, Lanes(""))
    table.rows.put([Row(1, "社保卡")])
    assert table.rows.data(table.rows.index(0, 1), Qt.ItemDataRole.AccessibleTextRole) == "Text: 社保卡"
    assert table.accessibleName() == "Rows"


def test_markup_in_a_cell_and_its_tooltip_stays_text(qtbot: QtBot) -> None:
    table = by_hand(qtbot, Lanes(""))
    table.rows.put([Row(1, "<b>Tom</b> & Jerry\nsecond")])
    index = table.rows.index(0, 1)
    assert table.rows.data(index) == "<b>Tom</b> & Jerry second"
    tip = table.rows.data(index, Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b>Tom&lt;/b> &amp; Jerry<br>second" in tip


def test_a_voided_row_is_struck_through(qtbot: QtBot) -> None:
    table = by_hand(qtbot, Lanes(""))
    table.rows.put([Row(1, "void"), Row(2, "x")])
    font = table.rows.data(table.rows.index(0, 0), Qt.ItemDataRole.FontRole)
    assert font.strikeOut()
    assert table.rows.data(table.rows.index(1, 0), Qt.ItemDataRole.FontRole) is None


def test_scrolling_fetches_page_by_page_each_row_once(qtbot: QtBot, lanes: Lanes, desk: Desk) -> None:
    for number in range(25):
        desk.do(entries.register, NewEntry(Kind.VISIT, f"第{number}件", uid=uuid.uuid4()))
    table = of_entries(qtbot, lanes, 10)
    table.rows.ask(Question("find.entries", (Query(),), after=lambda row: row.id))
    qtbot.waitUntil(lambda: table.rows.rowCount() >= 10)
    table.resize(300, 120)
    table.show()
    while table.rows.rowCount() < 25:
        before = table.rows.rowCount()
        table.scrollToBottom()
        qtbot.waitUntil(lambda before=before: table.rows.rowCount() > before)  # type: ignore[misc]
    table.scrollToBottom()
    qtbot.waitUntil(lambda: lanes.idle)
    assert len(set(table.rows.keys())) == 25
    assert list(table.rows.keys()) == sorted(table.rows.keys(), reverse=True)


def test_a_refresh_shows_what_others_saved_and_keeps_what_was_fetched(
    qtbot: QtBot, lanes: Lanes, desk: Desk
) -> None:
    for number in range(15):
        desk.do(entries.register, NewEntry(Kind.VISIT, f"第{number}件", uid=uuid.uuid4()))
    table = of_entries(qtbot, lanes, 10)
    table.rows.ask(Question("find.entries", (Query(),), after=lambda row: row.id))
    qtbot.waitUntil(lambda: table.rows.rowCount() >= 10)
    fetch_all(qtbot, table, 15)
    desk.do(entries.register, NewEntry(Kind.VISIT, "新来的", uid=uuid.uuid4()))
    table.rows.refresh()
    qtbot.waitUntil(
        lambda: table.rows.rowCount() >= 15 and table.rows.data(table.rows.index(0, 0)) == "新来的"
    )
    fetch_all(qtbot, table, 16)


def test_scrolling_while_a_refresh_is_on_its_way_does_not_drop_it(
    qtbot: QtBot, lanes: Lanes, desk: Desk
) -> None:
    for number in range(30):
        desk.do(entries.register, NewEntry(Kind.VISIT, f"第{number}件", uid=uuid.uuid4()))
    table = of_entries(qtbot, lanes, 25, tested=False)
    table.resize(400, 260)
    table.show()
    table.rows.ask(Question("find.entries", (Query(),), after=lambda row: row.id))
    qtbot.waitUntil(lambda: table.rows.rowCount() == 25)
    desk.do(entries.register, NewEntry(Kind.VISIT, "新来的", uid=uuid.uuid4()))
    table.rows.refresh()
    table.rows.look_ahead(table.rows.rowCount())
    qtbot.waitUntil(lambda: lanes.idle)
    assert table.rows.data(table.rows.index(0, 0)) == "新来的"
    fetch_all(qtbot, table, 31)


def test_rows_that_come_below_are_asked_for_before_the_last_is_reached_and_move_nothing(
    qtbot: QtBot, lanes: Lanes, desk: Desk
) -> None:
    for at in range(60):
        desk.do(entries.register, NewEntry(Kind.VISIT, f"问路 {at}", uid=uuid.uuid4()))
    table = of_entries(qtbot, lanes, 25, tested=False)
    table.resize(400, 260)
    table.show()
    table.rows.ask(Question("find.entries", (Query(),), after=lambda row: row.id))
    qtbot.waitUntil(lambda: table.rows.rowCount() == 25)
    table.setFocus()
    for _ in range(2):  # the first goes to the last row that is shown
        QTest.keyClick(table, Qt.Key.Key_PageDown)
    last = table.rowAt(table.viewport().height() - 1)
    assert last < 24
    qtbot.waitUntil(lambda: table.rows.rowCount() == 50)
    assert table.rowAt(table.viewport().height() - 1) == last
    QTest.keyClick(table, Qt.Key.Key_End)
    fetch_all(qtbot, table, 60)


def test_a_table_paints_what_its_cells_hold(qtbot: QtBot) -> None:
    table = by_hand(qtbot, Lanes(""))
    table.resize(300, 200)
    table.rows.put([Row(1, "")])
    blank = table.viewport().grab().toImage()
    table.rows.put([Row(1, "社保卡")])
    assert table.viewport().grab().toImage() != blank
    table.rows.put([Row(1, "")])
    assert table.viewport().grab().toImage() == blank


def test_a_column_is_as_wide_as_what_comes_later_or_changes_in_place(qtbot: QtBot) -> None:
    table = by_hand(qtbot, Lanes(""))
    table.resize(500, 300)
    few = [Row(at, "a") for at in range(3)]
    table.rows.put(few)
    first = table.columnWidth(0)
    table.rows.put([*few, Row(10**9, "a")])
    assert (second := table.columnWidth(0)) > first
    table.rows.put([*few, Row(10**13, "a")])
    assert table.columnWidth(0) > second


def test_a_text_that_changes_in_place_is_measured_anew(qtbot: QtBot) -> None:
    column: Column[Row] = Column("text", "T", lambda row: row.text, 3)
    rest: Column[Row] = Column("rest", "R", lambda row: "")
    table = PagedTable(Lanes(""), "t", [column, rest], lambda row: row.id, name="Rows")
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.show()
    table.rows.put([Row(1, "a")])
    before = table.columnWidth(0)
    table.rows.put([Row(1, "a longer text")])
    assert table.columnWidth(0) > before


def test_a_long_department_leaves_the_matter_a_fair_width_and_is_whole_in_its_tooltip(qtbot: QtBot) -> None:
    long = "就业促进和失业保险科 / 公共就业服务中心"
    columns: list[Column[Row]] = [
        Column("text", "Matter", lambda row: row.text, 0, least=24),
        Column("department", "Sent to", lambda _row: long, 13),
    ]
    table = PagedTable(Lanes(""), "t", columns, lambda row: row.id, name="Rows")
    qtbot.addWidget(table)
    digit = table.fontMetrics().horizontalAdvance("0")
    table.resize(40 * digit, 300)
    table.show()
    table.rows.put([Row(1, "青禾镇多人反映被征地养老问题")])
    assert table.columnWidth(0) >= 24 * digit
    assert table.columnWidth(1) < table.fontMetrics().horizontalAdvance(long)
    assert long in table.rows.data(table.rows.index(0, 1), Qt.ItemDataRole.ToolTipRole)


def lines_of(table: PagedTable[Row], text: str) -> int:
    """So many lines the text of the only cell takes where it is painted."""
    option = QStyleOptionViewItem()
    table.initViewItemOption(option)
    option.rect = table.visualRect(table.rows.index(0, 0))
    option.text = text
    option.features |= QStyleOptionViewItem.ViewItemFeature.HasDisplay
    style = table.style()
    room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, table).width()
    room -= 2 * (style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, table) + 1)
    count = 0
    for paragraph in text.splitlines():
        laid = QTextLayout(paragraph, option.font)
        laid.beginLayout()
        while (line := laid.createLine()).isValid():
            line.setLineWidth(room)
            count += 1
        laid.endLayout()
    return count


def test_a_row_of_several_lines_is_as_high_as_its_text_in_a_column_of_any_width(
    qtbot: QtBot, lanes: Lanes
) -> None:
    text = "报告 · 办公室主任 · 陈主任：名单核实中，明日报结果\n→ 抓紧"
    column: Column[Row] = Column("text", "Course", lambda row: row.text, wrapped=True)
    table: PagedTable[Row] = PagedTable(lanes, "t", [column], lambda row: row.id, name="T")
    qtbot.addWidget(table)
    table.show()
    table.rows.put([Row(1, text)])
    line, short = table.fontMetrics().lineSpacing(), []
    for width in range(220, 300):
        table.resize(width, 300)
        table.resizeRowsToContents()
        if table.rowHeight(0) < lines_of(table, text) * line:
            short.append(width)
    assert short == []


class Painted(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_a_page_of_rows_is_painted_without_what_lies_behind_the_table(qtbot: QtBot) -> None:
    table = by_hand(qtbot, Lanes(""))
    behind = QWidget()
    QVBoxLayout(behind).addWidget(table)
    behind.resize(400, 300)
    behind.show()
    for count in (50, 100):
        table.rows.put([Row(at, f"问路 {at}") for at in range(count)])
    behind.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    for scheme in ("dark", "light"):
        theme().prefer(scheme)
        whole = Painted(behind)
        behind.update()
        qtbot.waitUntil(lambda whole=whole: whole.count > 0)  # type: ignore[misc]
        page, rows = Painted(behind), Painted(table.viewport())
        QTest.keyClick(table, Qt.Key.Key_PageDown)
        qtbot.waitUntil(lambda rows=rows: rows.count > 0)  # type: ignore[misc]
        assert page.count == 0
    table.setParent(None)


def test_the_keyboard_comes_to_a_row_that_is_chosen(qtbot: QtBot) -> None:
    table = by_hand(qtbot, Lanes(""))
    table.rows.put([Row(1, "a"), Row(2, "b")])
    assert not table.selectionModel().hasSelection()
    table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    assert table.selectionModel().hasSelection()
    row = table.row()
    assert row is not None
    assert row.id == 1
