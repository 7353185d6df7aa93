"""Referring from an entry's own window: an entry of before, what came back, what is being saved."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import (
    Category,
    Details,
    Kind,
    NewEntry,
    NewReferral,
    Source,
)
from reception.operations import directory, entries, reading, referrals
from tests.ui.today.keyboard import CTRL, focused, press, typed
from ui.today.entry_view import EntryDialog
from ui.window import MainWindow

TAB = Qt.Key.Key_Tab
ENTER = Qt.Key.Key_Return


def came(desk: Desk, **values: object) -> int:
    new = NewEntry(Kind.VISIT, "反映问题", uid=uuid.uuid4(), **values)  # type: ignore[arg-type]
    return desk.do(entries.register, new).entry_id


def opened(qtbot: QtBot, window: MainWindow, entry_id: int) -> EntryDialog:
    dialog = EntryDialog.show_entry(window, window.lanes, entry_id)
    qtbot.waitUntil(dialog.form.isEnabled)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_an_entry_is_referred_with_less_time_and_a_slip(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    entry = came(desk)
    dialog = opened(qtbot, window, entry)
    press(Qt.Key.Key_4, CTRL)
    typed("jc")
    press(ENTER)
    fields = dialog.form.body.make_refer()
    for _step in range(3):
        press(TAB)
    assert focused(fields.limit)
    typed("1")
    press(TAB)
    press(TAB)
    press(Qt.Key.Key_Space)
    press(ENTER, CTRL)
    qtbot.waitUntil(lambda: "1号" in dialog.referrals.text())
    term = desk.ask(reading.entry, entry).referrals[0].term
    assert term is not None
    assert term.amount == 1
    dialog.close()


def test_where_it_came_from_and_whom_it_is_about_are_shown_and_corrected(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    concerned = desk.ask(directory.department, "SB").id
    details = Details(source=Source.LETTER, source_number="信12", concerned_id=concerned)
    entry = came(desk, category=Category.COMPLAINT, details=details)
    dialog = opened(qtbot, window, entry)
    assert dialog.form.body.details is not None
    fields = dialog.form.body.details.fields
    assert (fields["source"].raw, fields["concerned_id"].raw[0]) == (Source.LETTER, concerned)
    assert not dialog.changed
    fields["source_number"].setFocus()
    typed("号")
    press(ENTER, CTRL)
    qtbot.waitUntil(lambda: desk.ask(reading.entry, entry).details.source_number != "信12")
    after = desk.ask(reading.entry, entry).details
    assert (after.source, after.concerned_id) == (Source.LETTER, concerned)
    dialog.close()


def test_a_referral_that_was_being_written_when_the_program_ended_comes_back(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    entry = came(desk)
    dialog = opened(qtbot, window, entry)
    press(Qt.Key.Key_4, CTRL)
    typed("jc")
    press(ENTER)
    fields = dialog.form.body.make_refer()
    fields.instruction.setFocus()
    typed("请核实")
    fields.limit.setFocus()
    typed("1")
    kept = dialog.kept()
    assert kept is not None
    dialog.done(0)
    again = EntryDialog.show_entry(window, window.lanes, entry, kept)
    qtbot.waitUntil(again.form.isEnabled)
    qtbot.waitUntil(again.isActiveWindow)
    fields = again.form.body.make_refer()
    assert fields.isVisible()
    assert (fields.instruction.raw, fields.limit.raw) == ("请核实", "1")
    press(ENTER, CTRL)
    qtbot.waitUntil(lambda: bool(desk.ask(reading.entry, entry).referrals))
    (referral,) = desk.ask(reading.entry, entry).referrals
    assert (referral.instruction, referral.parts[0].department) == ("请核实", "JC")
    qtbot.waitUntil(lambda: not again.changed)
    again.close()


def test_what_came_back_goes_on_by_the_same_clock_and_twice_the_director_decides(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    jc, zcy = (desk.ask(directory.department, code).id for code in ("JC", "ZCY"))
    entry = came(desk, referral=NewReferral(jc))
    first = desk.ask(reading.entry, entry).referrals[0]
    desk.do(referrals.give_back, first.parts[0].id, "不归我", uid=uuid.uuid4())
    desk.do(referrals.reroute, first.id, NewReferral(zcy), uid=uuid.uuid4())
    second = desk.ask(reading.entry, entry).referrals[0].parts[-1]
    desk.do(referrals.give_back, second.id, "也不归我", uid=uuid.uuid4())
    dialog = opened(qtbot, window, entry)
    press(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    typed("gs")
    press(ENTER)
    fields = dialog.form.body.make_refer()
    assert "goes on" in fields.due.text()
    assert not fields.limit.isEnabled()
    press(ENTER, CTRL)
    qtbot.waitUntil(lambda: "director" in fields.decided.wrong)
    assert focused(fields.decided)
    typed("周主任")
    press(ENTER)
    typed("由工伤科办理")
    press(ENTER, CTRL)
    qtbot.waitUntil(lambda: desk.ask(reading.entry, entry).referrals[0].parts[-1].department == "GS")
    after = desk.ask(reading.entry, entry).referrals[0]
    assert (after.steps[-1].whom, after.steps[-1].words) == ("周主任", "由工伤科办理")
    assert after.term == first.term
    dialog.close()


def test_what_is_typed_while_a_save_is_on_its_way_goes_on(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    entry = came(desk)
    dialog = opened(qtbot, window, entry)
    dialog.form.body.person.setFocus()
    typed("张建国")
    press(ENTER, CTRL)
    dialog.form.body.outcome.setFocus()
    typed("已告知")
    qtbot.waitUntil(lambda: dialog.trail.rows.rowCount() == 2)
    assert dialog.form.body.outcome.raw == "已告知"
    assert dialog.changed
    focus = QApplication.focusWidget()
    assert focus is dialog.form.body.outcome.editor
    press(ENTER, CTRL)
    qtbot.waitUntil(lambda: desk.ask(reading.entry, entry).row.outcome == "已告知")
    assert desk.ask(reading.entry, entry).parties[0].name == "张建国"
    qtbot.waitUntil(lambda: not dialog.changed)
    dialog.close()
