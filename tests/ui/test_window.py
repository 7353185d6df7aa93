from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from reception import facts
from reception.desk import Desk
from reception.errors import RegisterUnusableError, UnreachableError
from reception.facts import Kind, NewEntry, Query
from reception.operations import entries, find
from reception.wording import LANGUAGES
from tests.ui.today.keyboard import ALT, CTRL, focused, press, typed
from ui import actions, wording
from ui.bars import CounterBar, Head
from ui.dialogs.clerk import ClerkDialog
from ui.dialogs.leave import Leave, LeaveDialog
from ui.theme import theme
from ui.today.page import TodayPage
from ui.window import MainWindow
from ui.work import Lanes


def test_the_head_names_site_and_clerk_and_the_foot_the_notice(window: MainWindow) -> None:
    assert window.head.site.said == "某县人社局"
    assert "王芳" in window.head.clerk.text()
    assert "严禁录入国家秘密" in window.foot.notice.said


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (Qt.Key.Key_1, "today"),
        (Qt.Key.Key_2, "referrals"),
        (Qt.Key.Key_3, "find"),
        (Qt.Key.Key_4, "directory"),
        (Qt.Key.Key_5, "settings"),
    ],
)
def test_alt_and_a_digit_show_a_page(window: MainWindow, key: Qt.Key, name: str) -> None:
    QTest.keyClick(window, key, ALT)
    assert window.front == name
    assert window.stack.currentWidget() is window.page(name)
    assert window.actions_by_name[f"page-{name}"].isChecked()


def test_control_k_goes_to_find_and_f2_from_there_starts_a_visit(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    assert window.front == "find"
    press(Qt.Key.Key_F2)
    assert window.front == "today"
    assert focused(window.today.form.body.matter)


def test_no_key_means_two_things() -> None:
    keys = Counter(key for spec in actions.SPECS for key in spec.keys)
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_tooltip_of_an_action_shows_its_key(window: MainWindow) -> None:
    for spec in actions.SPECS:
        assert actions.shown_key(spec) in window.actions_by_name[spec.name].toolTip()


def test_the_counters_follow_what_is_committed(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    qtbot.waitUntil(lambda: "call-backs 0" in window.counters.said)
    new = NewEntry(Kind.CALL_IN, "问失业金", uid=uuid.uuid4(), details=facts.Details(callback_wanted=True))
    desk.do(entries.register, new)
    qtbot.waitUntil(lambda: "call-backs 1" in window.counters.said)


def test_nothing_is_told_of_the_four_rules_before_it_was_counted(qtbot: QtBot) -> None:
    bar = CounterBar()
    qtbot.addWidget(bar)
    assert "overdue …" in bar.said
    assert "0" not in bar.said
    bar.show_counters(facts.Counters())
    assert "overdue 0" in bar.said
    assert "…" not in bar.said


def test_what_was_sent_in_time_is_counted_and_alarms_nobody(qtbot: QtBot) -> None:
    bar = CounterBar()
    qtbot.addWidget(bar)
    button = next(one for one in bar.findChildren(QToolButton) if one.property("which") == "unanswered")
    bar.show_counters(facts.Counters(unanswered=1, to_check=2))
    assert "unanswered 1 · to check 2" in bar.said
    assert not button.property("alarm")
    bar.show_counters(facts.Counters(unanswered=1, to_check=2, pressing=True))
    assert button.property("alarm")


def test_trouble_is_told_with_what_to_do_and_the_form_stays_usable(window: MainWindow, lanes: Lanes) -> None:
    typed("问路")
    lanes.trouble.emit(UnreachableError("The server does not answer. Check the network, then try again."))
    assert "Check the network" in window.banner.said
    assert "stays in the form" in window.banner.said
    assert window.today.form.isEnabled()
    assert window.today.form.body.matter.raw[1] == "问路"
    lanes.recovered.emit()
    assert window.banner.said == ""


def test_a_register_that_cannot_be_opened_offers_a_backup(
    qtbot: QtBot, window: MainWindow, lanes: Lanes
) -> None:
    lanes.trouble.emit(RegisterUnusableError("The file is damaged; it was left untouched."))
    button = next(one for one in window.banner.findChildren(QPushButton) if "Restore" in one.text())
    assert not button.isHidden()
    with qtbot.waitSignal(window.restore_wanted):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    lanes.recovered.emit()


def test_what_is_saved_while_the_register_is_away_stays_in_the_form(
    qtbot: QtBot, tmp_path: Path, founded: Path
) -> None:
    place = tmp_path / "away.sqlite"
    lanes = Lanes(str(place))
    window = MainWindow(lanes)
    qtbot.addWidget(window, before_close_func=MainWindow.leave)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(lanes.trouble, timeout=20_000):
        lanes.start()
    window.today.form.put_focus()
    typed("问路")
    uid = window.today.form.uid
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: window.today.form.said != "")
    assert window.today.form.body.matter.raw[1] == "问路"
    place.write_bytes(founded.read_bytes())
    button = next(
        one for one in window.banner.findChildren(QPushButton) if one.text().startswith("Try again")
    )
    with qtbot.waitSignal(lanes.opened, timeout=20_000):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.banner.said == ""
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "Saved" in window.foot.status.said)
    qtbot.waitUntil(lambda: lanes.idle)
    with_same_uid = Desk.open(str(place))
    assert [row.uid for row in with_same_uid.ask(find.entries, Query())] == [str(uid)]
    with_same_uid.close()
    window.leave()
    assert lanes.stop()


def test_closing_with_typed_text_asks_and_staying_is_possible(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [Leave.STAY, Leave.DROP]
    monkeypatch.setattr(LeaveDialog, "ask_window", lambda *_args, **_more: answers.pop(0))
    typed("问路")
    window.close()
    assert window.isVisible()
    assert window.today.form.body.matter.raw[1] == "问路"
    with qtbot.waitSignal(window.closed):
        window.close()
    assert answers == []


def test_closing_an_untouched_window_does_not_ask(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LeaveDialog, "ask_window", lambda *_args, **_more: pytest.fail("nothing was typed"))
    with qtbot.waitSignal(window.closed):
        window.close()


def test_closing_right_after_saving_waits_for_the_register(
    qtbot: QtBot, window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LeaveDialog, "ask_window", lambda *_args, **_more: pytest.fail("it is being saved"))
    typed("问路")
    press(Qt.Key.Key_Return, CTRL)
    with qtbot.waitSignal(window.closed):
        window.close()
    assert len(desk.ask(find.entries, Query())) == 1


def test_a_refusal_while_closing_keeps_the_window_and_the_text(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def stay(_parent: object, forms: int, *, kept: bool) -> Leave:
        asked.append(forms)
        return Leave.STAY

    monkeypatch.setattr(LeaveDialog, "ask_window", stay)
    typed("问路")
    window.today.form.body.party.put("-1")
    press(Qt.Key.Key_Return, CTRL)
    window.close()
    qtbot.waitUntil(lambda: asked == [1])
    assert window.isVisible()
    window.today.form.body.party.put("1")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "Saved" in window.foot.status.said)
    assert window.isVisible()


def test_midnight_at_the_site_is_told_once(qtbot: QtBot, lanes: Lanes) -> None:
    """Asia/Shanghai: 16:00 in UTC."""
    now = [dt.datetime(2026, 11, 22, 15, 59, 59, tzinfo=dt.UTC)]
    owner = QWidget()
    qtbot.addWidget(owner)
    head = Head(actions.make(owner), [], owner, now=lambda: now[0])
    assert lanes.catalogue is not None
    head.set_catalogue(lanes.catalogue)
    told: list[int] = []
    head.new_day.connect(told.append)
    assert (head.day, told) == (20261122, [])
    now[0] += dt.timedelta(seconds=2)
    head.tick()
    head.tick()
    assert (head.day, told) == (20261123, [20261123])


def test_the_leave_dialog_stays_on_escape(qtbot: QtBot, window: MainWindow) -> None:
    from PySide6.QtCore import QTimer

    def escape() -> None:
        box = QApplication.activeModalWidget()
        assert box is not None
        QTest.keyClick(box, Qt.Key.Key_Escape)

    QTimer.singleShot(100, escape)
    assert not LeaveDialog.ask(window, 2)


def test_another_clerk_takes_over(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ClerkDialog, "ask", lambda *_args: "李明")
    with qtbot.waitSignal(window.operator_changed) as heard:
        press(Qt.Key.Key_F8)
    assert heard.args == ["李明"]
    assert "李明" in window.head.clerk.text()
    assert window.front == "shift"  # what whoever sits down has to know
    press(Qt.Key.Key_F2)
    typed("问路")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: [row.operator for row in desk.ask(find.entries, Query())] == ["李明"])
    qtbot.waitUntil(lambda: lanes.idle)
    assert "李明" in window.head.clerk.text()


def test_the_clerk_dialog_takes_a_name_from_the_list_or_a_new_one_and_dies(qtbot: QtBot) -> None:
    dialog = ClerkDialog(None, ["王芳", "李明"], "王芳")
    dialog.show()
    dialog.list.setCurrentRow(1)
    QTest.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    assert dialog.answer == "李明"
    qtbot.waitUntil(lambda: not Shiboken.isValid(dialog))
    dialog = ClerkDialog(None, ["王芳"], "王芳")
    dialog.show()
    dialog.name.setText("  赵 敏 ")
    QTest.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    assert dialog.answer == "赵 敏"


def test_a_name_may_be_typed_at_once_where_the_clerk_changes(qtbot: QtBot) -> None:
    dialog = ClerkDialog(None, ["王芳", "李明"], "王芳")
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    typed("赵敏")
    press(Qt.Key.Key_Return)
    assert dialog.answer == "赵敏"
    dialog = ClerkDialog(None, ["王芳", "李明"], "王芳")
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert dialog.answer == "李明"


def test_control_plus_makes_everything_larger_and_zero_undoes_it(qtbot: QtBot, window: MainWindow) -> None:
    before = window.today.form.body.matter.editor.height()
    with qtbot.waitSignal(window.appearance_changed):
        QTest.keyClick(window, Qt.Key.Key_Plus, CTRL)
    assert theme().scale == 110
    qtbot.waitUntil(lambda: window.today.form.body.matter.editor.height() > before)
    QTest.keyClick(window, Qt.Key.Key_0, CTRL)
    assert theme().scale == 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_window_fits_1366_by_768(qtbot: QtBot, lanes: Lanes, language: str) -> None:
    wording.use(language)
    window = MainWindow(lanes)
    qtbot.addWidget(window, before_close_func=MainWindow.leave)
    window.show()
    qtbot.waitUntil(lambda: lanes.idle)
    hint = window.minimumSizeHint()
    assert hint.width() <= 1366
    assert hint.height() <= 768 - 40  # the title bar and the desktop's own bar


def test_light_and_dark_differ_and_keep_the_typed_text(window: MainWindow) -> None:
    typed("问路")
    theme().prefer("dark")
    dark = theme().colour("surface").lightness()
    theme().prefer("light")
    assert dark < theme().colour("surface").lightness()
    assert isinstance(window.today, TodayPage)
    assert window.today.form.body.matter.raw[1] == "问路"
    theme().prefer(None)


def test_colours_can_be_told_apart_by_whoever_reads_them() -> None:
    """WCAG 2.2, 1.4.3: a contrast of 4.5 : 1."""
    from ui.theme import DARK, LIGHT

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        light, dark = sorted((luminance(one), luminance(other)), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    poor = [
        (name, ground)
        for tokens in (LIGHT, DARK)
        for name in ("text", "muted", "accent", "alarm", "care", "good")
        for ground in ("surface", "window", "stripe")
        if contrast(getattr(tokens, name), getattr(tokens, ground)) < 4.5
    ]
    assert poor == []
    for tokens in (LIGHT, DARK):
        assert contrast(tokens.on_accent, tokens.accent) >= 4.5
        assert contrast(tokens.text, tokens.selection) >= 4.5
