"""The lists are opened from anywhere, and what Today shows is worked on with one key."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Act, Category, Details, Kind, NewEntry, Todo
from reception.numbers import day_date
from reception.operations import entries, reading, referrals
from tests.paper.pdf import read
from tests.ui.referrals.conftest import Sender
from tests.ui.today.keyboard import ALT, CTRL, press, typed
from ui.referrals.page import ReferralsPage
from ui.sheet import sending
from ui.sheet.dialog import PreviewDialog
from ui.sheet.paper import Paper
from ui.sheet.preview import SheetPage
from ui.today.entry_view import EntryDialog
from ui.window import MainWindow

K = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(window: MainWindow) -> Callable[[], ReferralsPage]:
    """The page once it is in front."""

    def get() -> ReferralsPage:
        assert window.front == "referrals"
        made = window.page("referrals")
        assert isinstance(made, ReferralsPage)
        return made

    return get


def shown(window: MainWindow) -> Paper:
    """The preview, which is in front."""
    assert window.front == "sheet"
    made = window.page("sheet")
    assert isinstance(made, SheetPage)
    return made.paper


def save(qtbot: QtBot, paper: Paper) -> None:
    """Save what is shown."""
    qtbot.waitUntil(lambda: paper.at_rest and paper.bar.save.isEnabled(), timeout=30_000)
    press(K.Key_S, CTRL)
    qtbot.waitUntil(lambda: "Saved as" in paper.foot.text())


def rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.lanes.idle)


def test_the_counters_open_their_lists_by_key_and_by_mouse(
    qtbot: QtBot, sender: Sender, window: MainWindow, page: Callable[[], ReferralsPage]
) -> None:
    sender.refer(desk=sender.days_ago(60))
    qtbot.waitUntil(lambda: "overdue 1" in window.counters.said)
    for key, which in (
        (K.Key_6, "overdue"),
        (K.Key_7, "not-received"),
        (K.Key_8, "people"),
        (K.Key_9, "unanswered"),
    ):
        press(key, ALT)
        rest(qtbot, window)
        assert page().filters.which == which
        assert page().table.hasFocus()
        assert page().table.rows.rowCount() == (0 if which == "people" else 1)
        press(K.Key_1, ALT)
    button = window.counters._buttons[0]
    assert "Alt+6" in button.toolTip()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    rest(qtbot, window)
    assert page().filters.which == "overdue"
    assert page().detail.late.isVisible()


def test_space_on_a_row_of_today_begins_the_step_that_it_waits_for(
    qtbot: QtBot, sender: Sender, window: MainWindow, page: Callable[[], ReferralsPage]
) -> None:
    sender.refer("GS", desk=sender.days_ago(50))
    made = sender.refer("JC", desk=sender.days_ago(60), told_whom="李队")
    todo = window.today.todo
    qtbot.waitUntil(lambda: todo.table.rows.rowCount() == 2)
    press(K.Key_F10)
    row = todo.table.row()
    assert row is not None
    assert (row.what, row.number) == (Todo.OVERDUE, made.number)
    press(K.Key_Down)
    press(K.Key_Space)
    qtbot.waitUntil(lambda: page().form.isVisible())
    step, case = page().form.step, page().form.case
    assert step is not None
    assert case is not None
    assert step.name == "reminded"
    assert case.name.endswith("/GS")
    press(K.Key_Escape)
    assert page().table.hasFocus()
    press(K.Key_1, ALT)
    press(K.Key_F10)
    press(K.Key_Space)  # the cursor of the page stands there already
    qtbot.waitUntil(lambda: page().form.isVisible())
    assert page().form.step is step


def test_today_tells_the_day_of_a_limit_and_the_matter_before_what_was_said(
    qtbot: QtBot, sender: Sender, desk: Desk, window: MainWindow
) -> None:
    made = sender.refer("JC")
    part = made.parts[0]
    desk.do(referrals.receive, part.id, "赵队", uid=uuid.uuid4())
    desk.do(referrals.answer, part.id, "已责令补发", uid=uuid.uuid4())
    table = window.today.todo.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 1)

    def cell(name: str) -> str:
        return str(table.rows.index(0, table.column(name)).data())

    qtbot.waitUntil(lambda: cell("text") == "拖欠工资 · 已责令补发")
    assert made.term is not None
    due = day_date(made.term.due_day)
    assert cell("since").split(" · ")[0] == f"{due.day} {due:%b}"


def test_the_trail_is_printed_by_key_from_the_page(
    qtbot: QtBot,
    sender: Sender,
    window: MainWindow,
    page: Callable[[], ReferralsPage],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "trail.pdf"
    monkeypatch.setattr(sending, "ask_save", lambda *_args: target)
    made = sender.refer(told_whom="李队长")
    window.show_page("referrals")
    qtbot.waitUntil(lambda: page().table.row() is not None)
    press(K.Key_T, CTRL)
    save(qtbot, shown(window))
    text = "\n".join(one.text for one in read(target))
    for words in (made.number, "李队长", "张建国", "王芳"):
        assert words in text


def test_who_told_a_protected_matter_stands_in_no_trail_on_paper(
    qtbot: QtBot,
    sender: Sender,
    window: MainWindow,
    page: Callable[[], ReferralsPage],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "trail.pdf"
    monkeypatch.setattr(sending, "ask_save", lambda *_args: target)
    sender.refer(category=Category.REPORT, details=Details(identity_protected=True), act=Act.REFERRED)
    assert sender.desk.ask(referrals.rows)
    window.show_page("referrals")
    qtbot.waitUntil(lambda: page().table.row() is not None)
    press(K.Key_T, CTRL)
    save(qtbot, shown(window))
    text = "\n".join(one.text for one in read(target))
    assert "张建国" not in text
    assert "13800000001" not in text


def test_lines_to_be_checked_are_gone_through_on_their_own_page(
    qtbot: QtBot, sender: Sender, window: MainWindow
) -> None:
    new = NewEntry(Kind.VISIT, "投诉欠薪", category=Category.COMPLAINT, act=Act.ANSWERED, outcome="已答复")
    sender.desk.do(entries.register, new)
    qtbot.waitUntil(lambda: "to check 1" in window.counters.said)
    assert "unanswered 0" in window.counters.said
    press(K.Key_9, ALT)
    assert window.front == "check"
    window.show_page("today")


def test_the_trail_is_printed_by_key_from_the_entrys_window(
    qtbot: QtBot, sender: Sender, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "trail.pdf"
    monkeypatch.setattr(sending, "ask_save", lambda *_args: target)
    made = sender.refer(told_whom="李队长")
    window.today.open_entry.emit(made.entry_id)
    dialog = window.findChild(EntryDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.form.isEnabled)
    qtbot.waitUntil(dialog.isActiveWindow)
    press(K.Key_T, CTRL)
    preview = dialog.findChild(PreviewDialog)
    assert preview is not None
    qtbot.waitUntil(preview.isActiveWindow)
    assert preview.paper.bar.print.isDefault()
    save(qtbot, preview.paper)
    assert "李队长" in "".join(one.text for one in read(target))
    press(K.Key_Escape)
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.done(0)


def test_what_was_thrown_away_of_a_step_comes_back(
    qtbot: QtBot, sender: Sender, window: MainWindow, page: Callable[[], ReferralsPage]
) -> None:
    sender.refer()
    window.show_page("referrals")
    qtbot.waitUntil(lambda: page().table.row() is not None)
    rest(qtbot, window)
    press(K.Key_4)
    typed("应由仲裁办理")
    press(K.Key_Delete, CTRL | SHIFT)
    assert not page().has_unsaved_text()
    press(K.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: page().form.isVisible())
    assert page().form.typed["return_reason"] == "应由仲裁办理"
    assert page().form.fields["return_reason"].editor.hasFocus()
    page().discard()


def test_a_step_whose_key_is_pressed_twice_is_one_step(
    qtbot: QtBot, sender: Sender, window: MainWindow, page: Callable[[], ReferralsPage]
) -> None:
    made = sender.refer()
    window.show_page("referrals")
    qtbot.waitUntil(lambda: page().table.row() is not None)
    rest(qtbot, window)
    press(K.Key_1)
    typed("lidui")
    for _twice in range(2):
        QTest.keyClick(window, K.Key_Return, CTRL)
    qtbot.waitUntil(page().form.isHidden)
    press(K.Key_Y)
    for _twice in range(2):
        QTest.keyClick(window, K.Key_Return, CTRL)
    qtbot.waitUntil(page().form.isHidden)
    rest(qtbot, window)
    trail = sender.desk.ask(reading.entry, made.entry_id).trail
    assert [one.verb for one in trail] == ["register", "told", "slip"]
