"""F9 from anywhere stamps the minute; the log is written by keys alone."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.operations import site
from reception.operations.office import urgent
from tests.factories import TODAY, new_uid
from tests.ui.today.keyboard import CTRL, SHIFT, focused, press, typed
from ui.office.panel import NEW
from ui.sheet.dialog import PreviewDialog
from ui.sheet.verify import VerifyDialog
from ui.sheet.wanted import Job, Wanted
from ui.today.case_answer import CaseDialog
from ui.today.entry_view import EntryDialog
from ui.window import MainWindow
from ui.wording import _

K = Qt.Key


def test_f9_begins_an_event_and_digits_write_its_log(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    desk.do(site.save, {"urgent_calls": "吴局长,13800001111,分管领导"}, uid=new_uid())
    press(K.Key_F9)
    page = window.page("office")
    room = page.show_room("urgent")  # type: ignore[attr-defined]
    form = room.panel.form
    qtbot.waitUntil(lambda: "subject" in form.fields and focused(form.fields["subject"]))
    assert form.fields["received_at"].raw
    assert not room.unsaved  # nobody typed anything
    assert room.panel.called(NEW, "urgent") == _("Urgent event, group")  # as what was half typed is told
    room.stamp(dt.datetime(2026, 11, 23, 1, 36, tzinfo=dt.UTC))  # F9 again, later
    assert form.fields["received_at"].raw == "11-23 09:36"
    press(K.Key_Return, CTRL)  # one word or a number is asked for
    qtbot.waitUntil(lambda: bool(form.fields["subject"].wrong))
    press(K.Key_Return)
    typed("30")
    room.stamp(dt.datetime(2026, 11, 23, 2, 36, tzinfo=dt.UTC))
    assert form.fields["received_at"].raw == "11-23 09:36"  # the event in hand has its minute
    form.fields["received_at"].put("")
    press(K.Key_Escape)
    press(K.Key_F9)
    form.fields["people"].setFocus()
    typed("0")  # behind what was typed, not in its place
    assert form.fields["people"].raw == "300"
    form.fields["people"].put("30")
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 1 and window.lanes.idle)
    (row,) = desk.ask(urgent.rows)
    assert row.people == 30
    qtbot.waitUntil(lambda: room.about is not None and room.about.view is not None)
    assert focused(room.table)
    press(K.Key_1)
    assert "吴局长" in form.note.text()
    pages = page.parentWidget()
    assert pages is not None
    window.resize(window.width(), 700)
    qtbot.waitUntil(lambda: window.height() == 700 and room.log.height() > 0)
    assert page.height() <= pages.parentWidget().height()  # type: ignore[union-attr]
    press(K.Key_1)  # reached
    typed("马上到")
    press(K.Key_Return)  # whom stands there already
    qtbot.waitUntil(lambda: room.log.rows.rowCount() == 1 and window.lanes.idle)
    press(K.Key_2)
    typed("坐在大厅")
    press(K.Key_Return)
    qtbot.waitUntil(lambda: room.log.rows.rowCount() == 2 and window.lanes.idle)
    log = desk.ask(urgent.view, row.entry_id).log
    assert [(one.whom, one.words) for one in log] == [("吴局长", "马上到"), ("", "坐在大厅")]
    press(K.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: room.log.rows.rowCount() == 1)
    qtbot.waitUntil(lambda: window.lanes.idle and focused(room.table))
    press(K.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), EntryDialog) and window.lanes.idle)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    QTest.keyClick(dialog.windowHandle(), K.Key_F9)  # does not stand in the way
    qtbot.waitUntil(lambda: "subject" in form.fields and focused(form.fields["subject"]))
    assert QApplication.activeModalWidget() is None


def test_f9_works_over_whatever_is_only_looked_at(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    room = window.page("office").show_room("urgent")  # type: ignore[attr-defined]
    form = room.panel.form
    lanes = window.lanes
    for above in (
        lambda: press(K.Key_I, CTRL),
        lambda: press(K.Key_K, CTRL | SHIFT),
        lambda: PreviewDialog.show_job(window, lanes, Job((Wanted("daily_sheet", {"day": TODAY}),))),
    ):
        window.show_page("today")
        qtbot.waitUntil(lambda: lanes.idle)
        above()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CaseDialog | VerifyDialog | PreviewDialog)
        qtbot.waitUntil(lambda dialog=dialog: QApplication.activeWindow() is dialog)  # type: ignore[misc]
        QTest.keyClick(dialog.windowHandle(), K.Key_F9)
        qtbot.waitUntil(lambda: "subject" in form.fields and focused(form.fields["subject"]))
        assert QApplication.activeModalWidget() is None
        assert form.fields["received_at"].raw
        press(K.Key_Escape)
