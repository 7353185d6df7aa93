"""From the list of referrals to paper: its slip, others along with it, the slip of a reminder."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Way
from reception.operations.referrals import reminding
from tests.paper.pdf import read
from tests.ui.referrals.conftest import MakeHand, Sender
from tests.ui.today.keyboard import ALT, CTRL, press
from ui.referrals.page import ReferralsPage
from ui.sheet import sending
from ui.sheet.preview import SheetPage
from ui.sheet.wanted import Job, Wanted
from ui.window import MainWindow

K = Qt.Key


def opened(qtbot: QtBot, window: MainWindow, lines: int) -> ReferralsPage:
    """The page in front, its first line under the cursor."""
    window.show_page("referrals")
    page = window.page("referrals")
    assert isinstance(page, ReferralsPage)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == lines)
    page.table.selectRow(0)
    page.table.setFocus()
    qtbot.waitUntil(lambda: window.lanes.idle)
    return page


class Jobs(list[tuple[Wanted, ...]]):
    """What a page wanted on paper."""

    def note(self, job: Job) -> None:
        self.append(job.wanted)


@pytest.mark.parametrize(("key", "modifiers"), [(K.Key_P, ALT), (K.Key_P, CTRL)], ids=["Alt+P", "Ctrl+P"])
def test_the_slip_of_a_line_opens_by_one_key_and_the_others_may_go_along(
    qtbot: QtBot, window: MainWindow, sender: Sender, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    sent = [sender.refer("JC", written=True), sender.refer("SBK")]
    page, jobs = opened(qtbot, window, 2), Jobs()
    page.paper_wanted.connect(jobs.note)
    row = page.table.row()
    assert row is not None
    assert row.referral is not None
    press(key, modifiers)
    (wanted,) = jobs
    assert {one.name for one in wanted} == {"referral_slip"}
    assert [one.chosen for one in wanted] == [True, False]
    assert wanted[0].args == {"referral": row.referral.part.name}
    assert {one.args["referral"] for one in wanted} == {one.parts[0].name for one in sent}
    qtbot.waitUntil(lambda: window.front == "sheet")
    qtbot.waitUntil(lambda: window.lanes.idle)


def test_a_slip_is_saved_from_the_preview_as_it_was_sent(
    qtbot: QtBot, window: MainWindow, sender: Sender, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = sender.refer("JC", written=True, leader="李局长")
    opened(qtbot, window, 1)
    press(K.Key_P, ALT)
    qtbot.waitUntil(lambda: window.front == "sheet")
    page = window.page("sheet")
    assert isinstance(page, SheetPage)
    path = tmp_path / "slip.pdf"
    monkeypatch.setattr(sending, "ask_save", lambda *_args, **_more: str(path))
    qtbot.waitUntil(lambda: page.paper.at_rest and page.paper.bar.save.isEnabled(), timeout=30_000)
    press(K.Key_S, CTRL)
    qtbot.waitUntil(lambda: "Saved as" in page.paper.foot.text())
    text = read(path)[0].text
    for words in (sent.slip, "张建国", "请核实", "李局长", "劳动保障监察大队"):
        assert words in text, words


def test_a_reminder_s_slip_is_that_of_the_last_reminder(
    qtbot: QtBot, window: MainWindow, sender: Sender, desk: Desk
) -> None:
    sent = sender.refer("JC")
    page, jobs = opened(qtbot, window, 1), Jobs()
    page.paper_wanted.connect(jobs.note)
    press(K.Key_M, ALT)
    assert jobs == []
    assert "note it first" in window.foot.status.text()
    for words in ("请抓紧", "书面催办"):
        desk.do(reminding.remind, sent.id, way=Way.WRITTEN, words=words, uid=uuid.uuid4())
    window.lanes.look_again()
    seen: Any = page
    qtbot.waitUntil(lambda: seen._seen is not None and len(seen._seen.referrals[0].steps) == 2)
    press(K.Key_M, ALT)
    ((one,),) = jobs
    assert (one.name, one.args) == ("reminder_slip", {"referral": sent.number, "reminder": 2})
    qtbot.waitUntil(lambda: window.front == "sheet")
    qtbot.waitUntil(lambda: window.lanes.idle)


def test_a_written_reminder_says_which_key_prints_it(qtbot: QtBot, work: MakeHand, sender: Sender) -> None:
    sender.refer("JC")
    hand = work()
    with qtbot.waitSignal(hand.page.message) as told:
        hand.step(K.Key_6)
        press(K.Key_2)  # in writing
        press(K.Key_Return, CTRL)
    assert "Alt+M" in told.args[0]
    hand.noted()
    assert hand.referral().steps[-1].way is Way.WRITTEN
