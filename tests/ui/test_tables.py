"""What holds for the tables of all pages: veiled names bear a lock, an empty one says only what is known."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Details, Kind, NewCallback, NewEntry, NewReferral, Party
from reception.operations import directory, entries, referrals
from ui import wording
from ui.widgets.table import PagedTable
from ui.window import MainWindow
from ui.work import Lanes

PERSONS = {"today.day": "who", "today.todo": "person", "find": "name", "referrals": "person"}
"""Each table's column of names, by what it asks."""


def tables(window: MainWindow) -> dict[str, PagedTable[Any]]:
    """The tables of Today, Find and Referrals, by what they ask."""
    for name in ("referrals", "find", "today"):
        window.show_page(name)
    found: list[PagedTable[Any]] = window.findChildren(PagedTable)
    return {table.rows.topic: table for table in found}


def has_two(qtbot: QtBot, table: PagedTable[Any]) -> None:
    qtbot.waitUntil(lambda: table.rows.rowCount() == 2)


def test_a_veiled_name_bears_a_lock_that_is_told_in_words(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    for name, protected in (("王小明", True), ("李大力", False)):
        new = NewEntry(
            Kind.VISIT,
            "举报欠薪",
            uid=uuid.uuid4(),
            parties=(Party(name, "13800000001"),),
            details=Details(identity_protected=protected),
            callback=NewCallback(),
        )
        entry = desk.do(entries.register, new).entry_id
        lead = desk.ask(directory.department, "JC").id
        desk.do(referrals.refer, entry, NewReferral(lead), uid=uuid.uuid4())
    found = tables(window)
    assert set(PERSONS) <= set(found)
    wording.use("zh_CN")
    for topic, column in PERSONS.items():
        table = found[topic]
        has_two(qtbot, table)
        cells = [table.rows.index(row, table.column(column)) for row in range(2)]
        veiled = [cell for cell in cells if "王" in cell.data(Qt.ItemDataRole.DisplayRole)]
        plain = [cell for cell in cells if "李大力" in cell.data(Qt.ItemDataRole.DisplayRole)]
        assert (len(veiled), len(plain)) == (1, 1), topic
        assert veiled[0].data(Qt.ItemDataRole.DisplayRole) == "王＊＊"
        assert veiled[0].data(Qt.ItemDataRole.DecorationRole) is not None, topic
        assert "身份保密" in veiled[0].data(Qt.ItemDataRole.AccessibleTextRole), topic
        assert "身份保密" in veiled[0].data(Qt.ItemDataRole.ToolTipRole), topic
        assert plain[0].data(Qt.ItemDataRole.DecorationRole) is None, topic
        assert "保密" not in plain[0].data(Qt.ItemDataRole.AccessibleTextRole), topic


def test_tables_do_not_say_that_there_is_nothing_while_the_register_is_not_open(
    qtbot: QtBot, tmp_path: Path, founded: Path
) -> None:
    place = tmp_path / "broken.sqlite"
    place.write_bytes(b"no register" * 1000)
    lanes = Lanes(str(place))
    window = MainWindow(lanes)
    qtbot.addWidget(window, before_close_func=MainWindow.leave)
    window.show()
    found = tables(window)
    assert {table.blank for table in found.values()} == {""}, "nothing is known yet"
    with qtbot.waitSignal(lanes.trouble):
        lanes.start()
    assert {table.blank for table in found.values()} == {"The register is not open."}
    before = found["today.day"].grab().toImage()
    place.write_bytes(founded.read_bytes())
    with qtbot.waitSignal(lanes.opened):
        lanes.retry()
    qtbot.waitUntil(lambda: "Nothing yet today" in found["today.day"].blank)
    qtbot.waitUntil(lambda: found["today.todo"].blank == "Nothing waits.")
    assert found["today.day"].grab().toImage() != before
    window.leave()
    assert lanes.stop()
