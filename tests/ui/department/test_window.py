"""A department's inbox in its window, worked by keys; the desk sends and looks from outside."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Iterator
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import (
    Category,
    Kind,
    NewEntry,
    NewReferral,
    PartOutcome,
    PartStatus,
    Party,
    Receipt,
    Todo,
)
from reception.operations import directory, entries, reading, referrals, site, to_do
from tests.ui.test_every_window import silent_buttons, unknown_keys
from tests.ui.today.keyboard import ALT, CTRL, focused, press, typed
from tests.ui.walking import faults
from ui import wording
from ui.department.arrivals import Arrivals
from ui.department.window import InboxWindow
from ui.dialogs.keys import KeySheet
from ui.work import Lanes

SHIFT = Qt.KeyboardModifier.ShiftModifier


def send(desk: Desk, subject: str, code: str = "JC", *assist: str) -> Receipt:
    """Refer a visit."""
    lead = desk.ask(directory.department, code).id
    others = tuple(desk.ask(directory.department, one).id for one in assist)
    who = Party("张建国", "13800000001")
    new = NewEntry(Kind.VISIT, subject, parties=(who,), referral=NewReferral(lead, others, "请核实"))
    return desk.do(entries.register, new)


@pytest.fixture
def inbox(request: pytest.FixtureRequest, qtbot: QtBot, place: str, desk: Desk) -> Iterator[InboxWindow]:
    """JC's window, with two referrals in it and the keyboard."""
    wording.use(getattr(request, "param", "en"))
    own = desk.ask(directory.department, "JC")
    officers = dataclasses.replace(own, officer_a="赵强", officer_b="钱明")
    desk.do(directory.save_department, officers, uid=uuid.uuid4())
    send(desk, "拖欠工资", "JC", "LDGX")
    send(desk, "工伤认定", "GS")
    send(desk, "押金不退")
    lanes = Lanes(place, department="JC")
    window = InboxWindow(lanes)
    qtbot.addWidget(window, before_close_func=InboxWindow.leave)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(lanes.opened):
        lanes.start()
    qtbot.waitUntil(lambda: window.page.table.rows.rowCount() == 2 and lanes.idle)
    yield window
    window.leave()
    assert lanes.stop()


def shown(window: InboxWindow) -> list[str]:
    rows = window.page.table.rows
    found = (rows.row(at) for at in range(rows.rowCount()))
    return [row.number[-3:] for row in found if row is not None]


def rest(qtbot: QtBot, window: InboxWindow) -> None:
    """Wait until nothing is asked any more and the list has the keyboard."""
    qtbot.waitUntil(lambda: window.lanes.idle and window.page.table.hasFocus())


def begin_answer(window: InboxWindow) -> None:
    """The words of an answer have the keyboard."""
    press(Qt.Key.Key_3)
    for _field in range(3):
        if not focused(window.page.panel.form.fields["answer"]):
            press(Qt.Key.Key_Return)


def state(desk: Desk, name: str) -> PartStatus:
    return desk.ask(
        referrals.find_part, f"{desk.ask(to_do.rows, which='all')[-1].number[:8]}-{name}/JC"
    ).status


def test_what_was_sent_is_received_answered_and_returned_by_keys(
    qtbot: QtBot, inbox: InboxWindow, desk: Desk
) -> None:
    page = inbox.page
    assert shown(inbox) == ["001", "003"]
    assert inbox.head.site.said.endswith("劳动保障监察大队")
    assert page.table.hasFocus()
    assert page.detail.facts.value("instruction") == "请核实"
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return, CTRL)  # the officer whom it went to stands there
    qtbot.waitUntil(lambda: state(desk, "001") is PartStatus.RECEIVED)
    rest(qtbot, inbox)
    begin_answer(inbox)
    typed("已支付")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: shown(inbox) == ["003"])
    part = desk.ask(referrals.find_part, "/".join((desk.ask(to_do.rows, which="all")[-1].number, "JC")))
    assert (part.status, part.answer, part.outcome) == (PartStatus.ANSWERED, "已支付", PartOutcome.ANSWERED)
    rest(qtbot, inbox)
    press(Qt.Key.Key_4, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.panel.form.said != "")  # a return needs its reason
    typed("应由仲裁")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: shown(inbox) == [])
    assert state(desk, "003") is PartStatus.RETURNED
    rest(qtbot, inbox)
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: shown(inbox) == ["003"])
    assert state(desk, "003") is PartStatus.SENT
    press(Qt.Key.Key_Y, CTRL | SHIFT)
    qtbot.waitUntil(lambda: shown(inbox) == [])
    press(Qt.Key.Key_PageUp, CTRL)  # round to all that was ever sent
    qtbot.waitUntil(lambda: shown(inbox) == ["003", "001"])


def test_what_is_sealed_is_signed_for_and_answered_through_the_supervisor(
    qtbot: QtBot, inbox: InboxWindow, desk: Desk, place: str
) -> None:
    desk.do(site.save, {"supervisors": "周主任", "language": "en"}, uid=uuid.uuid4())
    jc = desk.ask(directory.department, "JC").id
    new = NewEntry(Kind.VISIT, "检举某人", category=Category.ACCUSATION, referral=NewReferral(jc))
    with closing(Desk.open(place, operator="周主任")) as supervisor:
        entry = supervisor.do(entries.register, new).entry_id
    qtbot.waitUntil(lambda: shown(inbox) == ["001", "003", "004"])
    rest(qtbot, inbox)
    page, told = inbox.page, "ccusation (sealed): ask the supervisor (周主任)"
    press(Qt.Key.Key_End)
    assert page.panel.bar.offered == ("received",)
    assert page.detail.facts.value("subject") == f"A{told}"
    assert page.detail.facts.value("due")
    press(Qt.Key.Key_3)
    assert inbox.foot.status.said.endswith(f"is a{told}.")
    press(Qt.Key.Key_2)
    typed("赵强")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(desk.ask(reading.entry, entry).trail) == 2)
    rest(qtbot, inbox)
    assert page.detail.facts.value("received").endswith("赵强")
    assert set(page.panel.bar.offered) == set()
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: page.panel.bar.offered == ("received",))


def test_what_is_pressed_twice_is_done_once(qtbot: QtBot, inbox: InboxWindow, desk: Desk) -> None:
    begin_answer(inbox)
    typed("已支付")
    words = QApplication.focusWidget()
    assert words is not None
    for _time in range(2):
        QTest.keyClick(words, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: shown(inbox) == ["003"])
    rest(qtbot, inbox)
    with qtbot.waitSignal(inbox.lanes.acted):
        press(Qt.Key.Key_2)
        press(Qt.Key.Key_Return, CTRL)
        QTest.keyClick(inbox.page.table, Qt.Key.Key_2)  # the list has not heard of it yet
    inbox.page.discard()
    rest(qtbot, inbox)
    entries_of = [desk.ask(to_do.rows, which="all", department="JC")[at].entry_id for at in (0, 1)]
    verbs = [[line.verb for line in desk.ask(reading.entry, one).trail] for one in entries_of]
    assert verbs == [["register", "receive"], ["register", "answer"]]


def test_more_time_is_asked_for_and_the_desk_sees_it(qtbot: QtBot, inbox: InboxWindow, desk: Desk) -> None:
    page = inbox.page
    press(Qt.Key.Key_7)
    typed("3")
    qtbot.waitUntil(lambda: "→" in page.panel.form.note.text())
    press(Qt.Key.Key_Return)
    typed("须外调")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.detail.facts.value("asked") == "3 working days: 须外调")
    (row,) = desk.ask(to_do.rows, which="asked")
    assert (row.what, row.text, row.referral and row.referral.asked_amount) == (Todo.ASKED, "须外调", 3)
    assert row.referral_id is not None
    desk.do(referrals.deny, row.referral_id, "来得及", whom="周主任", uid=uuid.uuid4())
    qtbot.waitUntil(lambda: page.detail.facts.value("asked") == "")
    qtbot.waitUntil(lambda: page.news.text() == f"{row.number}: no more time: 来得及")
    assert page.news.isVisible()
    rest(qtbot, inbox)
    press(Qt.Key.Key_7)
    assert "How many more? (working days)" in {label.text() for label in page.panel.findChildren(QLabel)}
    typed("2")
    press(Qt.Key.Key_Return)
    typed("再请")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.detail.facts.value("asked") == "2 working days: 再请")
    desk.do(referrals.extend, row.referral_id, 2, reason="同意", approver="周主任", uid=uuid.uuid4())
    qtbot.waitUntil(lambda: page.news.text() == f"{row.number}: more time was granted")


def test_the_search_finds_what_was_sent_here_and_nothing_else(
    qtbot: QtBot, inbox: InboxWindow, desk: Desk
) -> None:
    press(Qt.Key.Key_F, CTRL)
    typed("押金")
    qtbot.waitUntil(lambda: shown(inbox) == ["003"])
    assert inbox.page.lists.which == "all"
    press(Qt.Key.Key_Down)
    assert inbox.page.table.hasFocus()
    row = inbox.page.table.rows.row(0)
    assert row is not None
    part = desk.ask(referrals.find_part, f"{row.number}/JC")
    desk.do(referrals.answer, part.id, "已退押金", uid=uuid.uuid4())
    press(Qt.Key.Key_F, CTRL)
    press(Qt.Key.Key_Escape)
    rest(qtbot, inbox)
    qtbot.waitUntil(lambda: shown(inbox) == ["001"])
    press(Qt.Key.Key_F, CTRL)
    typed("押金")  # it was answered long ago
    qtbot.waitUntil(lambda: shown(inbox) == ["003"])
    press(Qt.Key.Key_PageDown, CTRL)
    assert inbox.page.lists.which == "now"
    qtbot.waitUntil(lambda: shown(inbox) == [])
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shown(inbox) == ["001"])
    press(Qt.Key.Key_F, CTRL)
    typed("工伤")
    qtbot.waitUntil(lambda: shown(inbox) == [])


def test_a_kept_answer_that_is_thrown_away_is_told_and_comes_back(qtbot: QtBot, inbox: InboxWindow) -> None:
    form = inbox.page.panel.form
    press(Qt.Key.Key_Delete, CTRL | SHIFT)
    assert inbox.foot.status.said == ""
    begin_answer(inbox)
    typed("写到一半")
    press(Qt.Key.Key_Escape)
    assert form.unsaved
    press(Qt.Key.Key_Delete, CTRL | SHIFT)
    assert not form.unsaved
    assert inbox.foot.status.said == "The form was thrown away."
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert form.unsaved
    press(Qt.Key.Key_3)
    assert form.fields["answer"].raw == "写到一半"


def test_enter_says_what_is_missing_where_contact_is_demanded(
    qtbot: QtBot, inbox: InboxWindow, desk: Desk
) -> None:
    new = NewEntry(Kind.VISIT, "投诉拖延", category=Category.COMPLAINT)
    lead = desk.ask(directory.department, "JC").id
    desk.do(entries.register, dataclasses.replace(new, referral=NewReferral(lead)))
    desk.do(site.save, {"contact_categories": "complaint"}, uid=uuid.uuid4())
    demanded = inbox.page.table
    qtbot.waitUntil(lambda: shown(inbox) == ["001", "003", "004"] and inbox.lanes.idle)
    demanded.selectRow(2)
    begin_answer(inbox)
    form = inbox.page.panel.form
    qtbot.waitUntil(lambda: "contacted" in form.fields)
    typed("已催办")
    press(Qt.Key.Key_Return)
    assert focused(form.fields["contacted"])
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.said != "")
    assert form.step is not None


def test_who_sits_there_receives(qtbot: QtBot, inbox: InboxWindow) -> None:
    press(Qt.Key.Key_2)
    assert inbox.page.panel.form.fields["received_by"].raw == "赵强"
    press(Qt.Key.Key_Escape)
    inbox.lanes.set_operator("孙丽")
    press(Qt.Key.Key_2)
    assert inbox.page.panel.form.fields["received_by"].raw == "孙丽"


def test_before_the_register_answers_it_says_whose_it_is_and_nothing_it_does_not_know(qtbot: QtBot) -> None:
    wording.use("en")
    window = InboxWindow(Lanes("nowhere", department="jc"))
    qtbot.addWidget(window)
    assert window.windowTitle() == "Inbox of JC"
    assert window.page.absences.said.text() == ""


def test_who_is_away_is_said_with_two_keys(qtbot: QtBot, inbox: InboxWindow, desk: Desk) -> None:
    press(Qt.Key.Key_A, ALT)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(desk.ask(directory.catalogue).absences) == 1)
    qtbot.waitUntil(lambda: "赵强" in inbox.page.absences.said.text())
    assert inbox.page.table.hasFocus()
    press(Qt.Key.Key_B, ALT)
    typed("x")
    press(Qt.Key.Key_Escape)
    assert inbox.page.table.hasFocus()
    press(Qt.Key.Key_A, ALT)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.ask(directory.catalogue).absences == ())
    qtbot.waitUntil(lambda: inbox.page.absences.said.text() == "Both officers are here")


def test_what_arrives_is_told_and_the_keyboard_stays(
    qtbot: QtBot, inbox: InboxWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    alerts: list[object] = []
    monkeypatch.setattr(QApplication, "alert", alerts.append)
    page = inbox.page
    begin_answer(inbox)
    typed("写到一半")
    send(desk, "别科的", "GS")
    with qtbot.waitSignal(inbox.arrivals.told, timeout=5_000) as told:
        number = send(desk, "超时加班").number
    assert told.args == [f"New: {number} 超时加班"]
    assert page.news.isVisible()
    assert "张建国" not in page.news.text()
    qtbot.waitUntil(lambda: shown(inbox) == ["001", "003", "005"])
    assert page.panel.unsaved
    assert focused(page.panel.form)
    assert alerts == []  # it is before one's eyes
    page.discard()
    monkeypatch.setattr(inbox, "isActiveWindow", lambda: False)
    with qtbot.waitSignal(inbox.arrivals.told, timeout=5_000):
        send(desk, "社保")
    assert alerts == [inbox]


def test_the_tray_tells_it_where_there_is_one(qtbot: QtBot, inbox: InboxWindow, desk: Desk) -> None:
    shown_words: list[str] = []

    class Tray:
        """A tray of a system that has one; offscreen there is none."""

        def showMessage(self, _title: str, words: str, *_more: object) -> None:
            shown_words.append(words)

        def hide(self) -> None:
            shown_words.append("hidden")

    arrivals = Arrivals(inbox, inbox.windowIcon())
    arrivals.tray = Tray()  # type: ignore[assignment]
    rows = desk.ask(to_do.rows, which="all", department="JC")
    arrivals.begin(min(row.part_id or 0 for row in rows))
    other = InboxWindow(inbox.lanes)
    qtbot.addWidget(other, before_close_func=InboxWindow.leave)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    arrivals.look(rows)
    assert shown_words == [f"New: {rows[0].number} 押金不退"]
    arrivals.look(rows)
    assert len(shown_words) == 1
    arrivals.stop()
    other.leave()


@pytest.mark.parametrize("inbox", ["en", "zh_CN"], indirect=True)
def test_the_window_is_walked_by_keys(qtbot: QtBot, inbox: InboxWindow) -> None:
    found = []
    for digit in (None, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_7):
        inbox.page.table.setFocus()
        if digit is not None:
            press(digit)
        qtbot.waitUntil(lambda: inbox.lanes.idle)
        wrong = [*faults(inbox), *silent_buttons(inbox), *unknown_keys(inbox)]
        found += [f"{digit}: {one}" for one in wrong]
        inbox.page.discard()
    inbox.page.table.setFocus()
    press(Qt.Key.Key_A, ALT)
    found += [f"away: {one}" for one in (*faults(inbox), *silent_buttons(inbox))]
    inbox.page.discard()
    assert not found, "\n".join(found)


def test_the_key_sheet_has_its_keys_and_not_the_desks(qtbot: QtBot, inbox: InboxWindow) -> None:
    press(Qt.Key.Key_F1)
    sheet = inbox.findChild(KeySheet)
    assert sheet is not None
    words = sheet.text.toPlainText()
    assert "Ask for more time" in words
    assert "Who is here" not in words
    assert "Roll-call" not in words
    assert "From the search to the list" in words
    for desks in ("Choose the act", "Close the referral", "Next filter", "Restore", "Director decided"):
        assert desks not in words
    sheet.close()
