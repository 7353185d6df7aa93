"""A page of referrals, and hands that work it by key."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Kind, NewEntry, NewReferral, Party, ReferralView
from reception.operations import directory, entries, referrals, site
from tests.ui.pages import show
from tests.ui.today.keyboard import press, typed
from ui.referrals.page import ReferralsPage
from ui.work import Lanes

ZHANG = Party("张建国", "13800000001", "某建筑公司")


class Sender:
    """Makes referrals, some of them long ago."""

    def __init__(self, desk: Desk, place: str) -> None:
        self.desk, self._place = desk, place
        self._past: list[Desk] = []

    def days_ago(self, days: int) -> Desk:
        """The same register as somebody saw it so many days ago."""
        then = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
        desk = Desk.open(self._place, clock=lambda: then)
        self._past.append(desk)
        return desk

    def refer(self, code: str = "JC", *, desk: Desk | None = None, **more: Any) -> ReferralView:
        """An entry that is sent to a department."""
        here = desk or self.desk
        told = {name: more.pop(name) for name in ("leader", "written", "told_whom") if name in more}
        referral = NewReferral(here.ask(directory.department, code).id, instruction="请核实", **told)
        new = NewEntry(Kind.VISIT, "拖欠工资", parties=(ZHANG,), referral=referral, **more)
        number = here.do(entries.register, new).number
        return here.ask(referrals.find_referral, number)

    def settings(self, **values: str) -> None:
        """Change how the site does it."""
        self.desk.do(site.save, values, uid=uuid.uuid4())

    def close(self) -> None:
        """Leave the past."""
        for desk in self._past:
            desk.close()


@pytest.fixture
def sender(desk: Desk, place: str) -> Iterator[Sender]:
    made = Sender(desk, place)
    yield made
    made.close()


class Hand:
    """Works the page: chooses a row, presses a step's key, types into the fields as they come."""

    def __init__(self, qtbot: QtBot, page: ReferralsPage, desk: Desk) -> None:
        self.qtbot, self.page, self.desk = qtbot, page, desk

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: self.page.lanes.idle)

    def listed(self, which: str = "open") -> None:
        """Another list, its first row under the cursor."""
        self.page.show_list(which)
        self.rest()
        self.page.table.setFocus()

    def step(self, key: Qt.Key) -> None:
        """A step's key in the list, once the whole referral is known."""
        self.rest()
        self.page.table.setFocus()
        press(key)

    def write(self, *texts: str) -> None:
        """Type into one field after the other; Enter goes on, and after the last notes it."""
        for text in texts:
            if text:
                typed(text)
            press(Qt.Key.Key_Return)

    def noted(self) -> None:
        """Wait until nothing is asked any more and the list is as it is now."""
        self.qtbot.waitUntil(lambda: self.page.form.isHidden())
        self.rest()
        assert self.page.table.hasFocus()

    def refused(self) -> str:
        """Wait for what the register says; what was typed stays."""
        self.qtbot.waitUntil(lambda: self.page.form.said != "")
        return self.page.form.said

    def referral(self) -> ReferralView:
        """What is under the cursor, as the register has it."""
        row = self.page.table.row()
        assert row is not None
        return self.desk.ask(referrals.find_referral, row.number)

    @property
    def offered(self) -> tuple[str, ...]:
        return self.page.steps.offered

    @property
    def focus(self) -> str:
        """The name of the field that has the keyboard."""
        now = QApplication.focusWidget()
        for name, field in self.page.form.fields.items():
            if now is not None and (field.editor is now or field.editor.isAncestorOf(now)):
                return name
        return ""


MakeHand = Callable[[], Hand]


@pytest.fixture
def work(qtbot: QtBot, desk: Desk, lanes: Lanes) -> MakeHand:
    """The page, shown once everything is arranged."""

    def make() -> Hand:
        lanes.refresh_catalogue()
        qtbot.waitUntil(lambda: lanes.idle)
        hand = Hand(qtbot, show(qtbot, lanes, ReferralsPage, "referrals"), desk)
        hand.listed("open")
        return hand

    return make
