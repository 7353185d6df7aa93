"""The day's list: what was saved here or elsewhere, the totals, what is void or protected."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import (
    Details,
    Kind,
    NewEntry,
    Party,
)
from reception.operations import entries
from ui.today.page import TodayPage


def test_what_another_process_saves_is_in_the_table_within_a_second(
    qtbot: QtBot, page: TodayPage, desk: Desk
) -> None:
    desk.do(entries.register, NewEntry(Kind.CALL_IN, "从另一台电脑", uid=uuid.uuid4()))
    qtbot.waitUntil(lambda: page.day.table.rows.rowCount() == 1, timeout=1000)
    qtbot.waitUntil(lambda: "calls in 1" in page.day.said, timeout=1000)


def test_the_newest_is_on_top_and_the_totals_count_heads(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    for number in range(3):
        desk.do(entries.register, NewEntry(Kind.VISIT, f"第{number}件", party_size=2, uid=uuid.uuid4()))
    qtbot.waitUntil(lambda: page.day.table.rows.rowCount() == 3)
    subjects = page.day.table.column("subject")
    shown = [page.day.table.rows.data(page.day.table.rows.index(at, subjects)) for at in range(3)]
    assert shown == ["第2件", "第1件", "第0件"]
    qtbot.waitUntil(lambda: "3 visits (6 people)" in page.day.said)


def test_a_voided_entry_is_said_and_struck_through(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    receipt = desk.do(entries.register, NewEntry(Kind.VISIT, "写错了", uid=uuid.uuid4()))
    desk.do(entries.void, receipt.entry_id, "重复", uid=uuid.uuid4())
    rows = page.day.table.rows
    qtbot.waitUntil(lambda: rows.rowCount() == 1)
    progress = page.day.table.column("progress")
    qtbot.waitUntil(lambda: rows.data(rows.index(0, progress)) == "Void")
    assert rows.data(rows.index(0, 0), Qt.ItemDataRole.FontRole).strikeOut()


def test_a_protected_identity_is_not_shown_in_the_list(qtbot: QtBot, page: TodayPage, desk: Desk) -> None:
    protected = Details(identity_protected=True)
    people = (Party("张建国", "13800001111"),)
    desk.do(entries.register, NewEntry(Kind.VISIT, "举报欠薪", parties=people, details=protected))
    rows = page.day.table.rows
    qtbot.waitUntil(lambda: rows.rowCount() == 1)
    index = rows.index(0, page.day.table.column("who"))
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    ):
        assert "建国" not in rows.data(index, role)
        assert "1380" not in rows.data(index, role)
    assert not rows.data(index, Qt.ItemDataRole.DecorationRole).isNull()
