"""The rules for referrals, each on its card, by keys."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from reception import ladder
from reception.desk import Desk
from reception.facts import Category
from reception.operations import site
from tests.ui.today.keyboard import ALT, CTRL, press, typed
from ui.settings.page import SettingsPage
from ui.settings.referring import ReferringPart
from ui.window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def part(window: MainWindow) -> ReferringPart:
    press(Qt.Key.Key_5, ALT)
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    press(Qt.Key.Key_PageUp, CTRL)  # the paper
    press(Qt.Key.Key_PageUp, CTRL)
    made = page.part
    assert isinstance(made, ReferringPart)
    return made


def values(desk: Desk) -> dict[str, str]:
    return dict(desk.ask(site.site).values)


def write(field: QLineEdit, text: str) -> None:
    field.setFocus()
    press(Qt.Key.Key_A, CTRL)
    typed(text)


def test_categories_are_ticked_by_arrows_and_space(qtbot: QtBot, part: ReferringPart, desk: Desk) -> None:
    assert part.slips.prefix.hasFocus()
    for _stop in range(4):
        press(Qt.Key.Key_Tab)
    assert part.looks.table.hasFocus()
    assert values(desk)["call_back_categories"] == "complaint petition"
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: values(desk)["contact_categories"] == Category.ENQUIRY)
    assert values(desk)["call_back_categories"].split() == ["business", "petition", "complaint"]
    assert values(desk)["leader_look_categories"] == "complaint petition"  # not touched
    qtbot.waitUntil(lambda: not part.unsaved)
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: values(desk)["contact_categories"] == "")
    qtbot.waitUntil(lambda: part.looks.table.ticked(0) == "")


def test_the_ladder_is_made_of_lines(qtbot: QtBot, part: ReferringPart, desk: Desk) -> None:
    editor = part.reminders.ladder
    assert values(desk)["reminder_ladder"] == ladder.USUAL
    shown = [(days.text(), side.currentText(), way.currentText()) for days, side, way in editor.lines[:4]]
    assert shown == [
        ("1", "working days before", "By phone"),
        ("1", "working days after", "In writing"),
        ("6", "working days after", "Laid before the office director"),
        ("", "working days after", "–  nothing"),
    ]
    assert "by phone" in part.reminders.outcome.text()
    days, _side, way = editor.lines[3]
    write(days, "3")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    assert way.hasFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return, CTRL)
    wanted = "-1 phone; 1 written; 3 phone; 6 director"
    qtbot.waitUntil(lambda: values(desk)["reminder_ladder"] == wanted)
    qtbot.waitUntil(lambda: not part.unsaved)
    assert editor.lines[2][0].text() == "3"  # by their days


@pytest.mark.parametrize("text", ["viele", "", "61", "1"])
def test_a_step_that_is_none_is_said_in_the_words_of_the_card(
    part: ReferringPart, desk: Desk, text: str
) -> None:
    days = part.reminders.ladder.lines[2][0]
    write(days, text) if text else days.clear()
    press(Qt.Key.Key_Return, CTRL)
    assert "working days up to 60" in part.reminders.form.said
    assert days.text() == text
    assert values(desk)["reminder_ladder"] == ladder.USUAL
    part.discard()
    assert not part.unsaved


def test_hours_checks_supervisors_slip_and_duty(qtbot: QtBot, part: ReferringPart, desk: Desk) -> None:
    write(part.slips.prefix, "人社办转")
    year = dt.datetime.now(dt.UTC).astimezone().year
    assert part.slips.sample.text().endswith("号")
    assert f"人社办转〔{year}〕12号" in part.slips.sample.text() or "〕12号" in part.slips.sample.text()
    write(part.slips.pattern, "{prefix}字〔{year}〕第{number}号")
    assert f"人社办转字〔{year}〕第12号" in part.slips.sample.text() or "〕第12号" in part.slips.sample.text()
    part.slips.duty.setFocus()
    press(Qt.Key.Key_Space)
    write(part.checks.hours, "6")
    next(iter(part.checks.wants.boxes.values())).setFocus()
    press(Qt.Key.Key_Space)
    write(part.supervisors.names, "王芳，李主任")
    write(part.looks.tries, "5")
    write(part.papers.by, "17:00")
    write(part.papers.days, "7")
    write(part.papers.pattern, "收文{year}-{number}")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not part.unsaved)
    found = values(desk)
    assert (found["slip_prefix"], found["slip_form"]) == ("人社办转", "{prefix}字〔{year}〕第{number}号")
    assert (found["on_duty"], found["receive_hours"], found["call_back_tries"]) == ("yes", "6", "5")
    assert (found["papers_by"], found["parcel_days"], found["document_form"]) == (
        "17:00",
        "7",
        "收文{year}-{number}",
    )
    assert found["check_wants"] == "outcome destination read-back"
    assert desk.ask(site.supervisors) == ("王芳", "李主任")


@pytest.mark.parametrize("text", ["", "〔2026〕号", "{year}{year}{number}", "{year}-{number}-{day}"])
def test_a_form_in_which_year_and_number_do_not_stand_is_refused(
    qtbot: QtBot, part: ReferringPart, desk: Desk, text: str
) -> None:
    kept = values(desk)["slip_form"]
    part.slips.pattern.clear()
    if text:
        write(part.slips.pattern, text)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "year and number" in part.slips.form.said)
    assert part.slips.pattern.text() == text
    assert values(desk)["slip_form"] == kept
    part.discard()
    assert not part.unsaved


def test_the_page_says_what_the_names_are_worth(part: ReferringPart) -> None:
    words = [label.text() for label in part.supervisors.findChildren(type(part.slips.sample))]
    assert any("courtesy, not security" in one for one in words)


def test_what_is_refused_stays_in_its_field(qtbot: QtBot, part: ReferringPart, desk: Desk) -> None:
    write(part.checks.hours, "lange")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "whole number" in part.checks.form.said)
    assert part.checks.hours.text() == "lange"
    assert part.unsaved
    part.discard()


def test_whom_to_call_is_a_line_for_each(qtbot: QtBot, part: ReferringPart, desk: Desk) -> None:
    part.lists.calls.setFocus()
    typed("吴局长，13800001111")
    press(Qt.Key.Key_Return)
    typed("派出所 110")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: values(desk)["urgent_calls"] == "吴局长，13800001111\n派出所 110")
    qtbot.waitUntil(lambda: not part.unsaved)
