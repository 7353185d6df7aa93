"""The table of limits: added, changed and ended by keys, with the limit that would hold."""

from __future__ import annotations

import dataclasses
import uuid

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Category, LimitClock, LimitRule, Urgency
from reception.operations import limiting, terms
from tests.factories import behind_its_back
from tests.ui.today.keyboard import ALT, CTRL, press, typed
from ui.settings.limits import LimitsPart, LimitsTab
from ui.settings.page import SettingsPage
from ui.window import MainWindow


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> LimitsTab:
    """The limits, with the keyboard above the list."""
    press(Qt.Key.Key_5, ALT)
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    press(Qt.Key.Key_PageDown, CTRL)
    press(Qt.Key.Key_PageDown, CTRL)
    part = page.part
    assert isinstance(part, LimitsPart)
    assert part.tab.search.hasFocus()
    assert part.adopt.isHidden()
    return part.tab


def rules(desk: Desk) -> tuple[LimitRule, ...]:
    return desk.ask(terms.rules)


def choose(tab: LimitsTab, words: str) -> LimitRule:
    typed(words)
    press(Qt.Key.Key_Return)
    row = tab.table.row()
    assert row is not None
    assert tab.called(row) == words
    press(Qt.Key.Key_Return)
    return row


def test_a_limit_is_added_by_keys(qtbot: QtBot, tab: LimitsTab, desk: Desk) -> None:
    press(Qt.Key.Key_N, CTRL)
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Up)  # the last but one of the categories
    for _field in range(3):
        press(Qt.Key.Key_Tab)
    typed("qianxin")
    press(Qt.Key.Key_Return)
    typed("7")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: tab.form.said == "" and not tab.unsaved)
    new = rules(desk)[-1]
    assert (new.category, new.clock, new.remind_days) == (Category.NOTICE, LimitClock.WORKING, 1)
    assert new.matter_id is not None


def test_a_limit_is_changed_and_ended_and_taken_back(
    qtbot: QtBot, window: MainWindow, tab: LimitsTab, desk: Desk
) -> None:
    rule = choose(tab, "Complaint")
    tab.form.field("amount").setFocus()
    press(Qt.Key.Key_A, CTRL)
    typed("9")
    assert "9 working days (Complaint)" in tab.trial.answer.text()  # before it is saved
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: next(one for one in rules(desk) if one.id == rule.id).amount == 9)
    tab.form.field("active").setFocus()
    press(Qt.Key.Key_Space)
    assert "5 working days (everything else)" in tab.trial.answer.text()
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not next(one for one in rules(desk) if one.id == rule.id).active)
    press(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: next(one for one in rules(desk) if one.id == rule.id).active)
    qtbot.waitUntil(lambda: "9 working days (Complaint)" in tab.trial.answer.text())


@pytest.mark.parametrize(("field", "text"), [("amount", "viele"), ("amount", "0"), ("remind_days", "99")])
def test_what_is_no_limit_is_refused_at_its_field(
    qtbot: QtBot, tab: LimitsTab, desk: Desk, field: str, text: str
) -> None:
    before = rules(desk)
    choose(tab, "Complaint")
    tab.form.field(field).setFocus()
    press(Qt.Key.Key_A, CTRL)
    typed(text)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "whole number" in tab.form.said)
    assert tab.form.field(field).property("wrong") is True or field == "amount"
    assert rules(desk) == before
    tab.discard()


def test_a_second_limit_for_the_same_and_a_matter_that_is_none_are_refused(
    qtbot: QtBot, tab: LimitsTab, desk: Desk
) -> None:
    press(Qt.Key.Key_N, CTRL)
    tab.form.field("amount").setFocus()
    typed("0")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "exactly this already" in tab.form.said)
    tab.form.field("matter_id").setFocus()
    typed("zzzz")
    press(Qt.Key.Key_Return, CTRL)
    assert "none of the matters" in tab.form.said
    tab.discard()


def test_the_trial_says_which_limit_would_hold(qtbot: QtBot, tab: LimitsTab) -> None:
    trial = tab.trial
    choose(tab, "Critical")
    assert trial.urgency.currentData() == Urgency.CRITICAL
    assert "8 office hours (Critical)" in trial.answer.text()
    trial.urgency.setFocus()
    press(Qt.Key.Key_Home)
    assert "5 working days (everything else)" in trial.answer.text()
    trial.category.setFocus()
    while trial.category.currentData() != Category.PETITION:
        press(Qt.Key.Key_Down)
    assert "60 calendar days (Petition)" in trial.answer.text()
    at = tab.table.column("about")
    ticked = [
        tab.called(row)
        for number in range(tab.table.rows.rowCount())
        if (row := tab.table.rows.row(number)) is not None
        and tab.table.rows.cells(number)[at].icon == "check"
    ]
    assert ticked in (["Petition"], [])  # the list may be narrowed
    tab.search.clear()
    found = [tab.table.rows.cells(number)[at] for number in range(tab.table.rows.rowCount())]
    assert [cell.text for cell in found if cell.icon == "check"] == ["Petition"]


def test_where_all_limits_have_ended_nothing_is_due(qtbot: QtBot, tab: LimitsTab, desk: Desk) -> None:
    for rule in rules(desk):
        desk.do(limiting.save, dataclasses.replace(rule, active=False), uid=uuid.uuid4())
    qtbot.waitUntil(lambda: "no due date" in tab.trial.answer.text())


def test_a_register_from_before_limits_takes_over_the_usual_ones(
    qtbot: QtBot, window: MainWindow, tab: LimitsTab, desk: Desk, place: str
) -> None:
    usual = len(rules(desk))
    with behind_its_back(place) as execute:
        execute("DELETE FROM limit_rule")
    window.lanes.refresh_catalogue()
    part = tab.parent()
    assert isinstance(part, LimitsPart)
    qtbot.waitUntil(part.adopt.isVisible)
    press(Qt.Key.Key_U, ALT)
    qtbot.waitUntil(lambda: len(rules(desk)) == usual)
    qtbot.waitUntil(part.adopt.isHidden)
    qtbot.waitUntil(lambda: str(usual) in window.foot.status.said)
    press(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: not any(one.active for one in rules(desk)))
