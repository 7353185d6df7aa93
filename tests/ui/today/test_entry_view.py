from __future__ import annotations

import datetime as dt
import uuid

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from reception.desk import Desk
from reception.errors import ConflictError
from reception.facts import (
    Act,
    Category,
    Details,
    EntryStatus,
    EntryView,
    Kind,
    NewEntry,
    NewReferral,
    Party,
)
from reception.operations import directory, entries, reading, referrals
from reception.operations.office import documents
from tests.ui.today.keyboard import CTRL, press, typed
from ui.dialogs.leave import LeaveDialog
from ui.dialogs.reason import ReasonDialog
from ui.today.conflict import ConflictDialog
from ui.today.entry_view import EntryDialog
from ui.window import MainWindow
from ui.work import Lanes


def made(desk: Desk, **values: object) -> int:
    new = NewEntry(Kind.VISIT, **{"subject": "问路", "uid": uuid.uuid4(), **values})  # type: ignore[arg-type]
    return desk.do(entries.register, new).entry_id


def opened(qtbot: QtBot, window: MainWindow, lanes: Lanes, entry_id: int) -> EntryDialog:
    dialog = EntryDialog.show_entry(window, lanes, entry_id)
    qtbot.waitUntil(lambda: dialog.title.text() != "")
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def view_of(desk: Desk, entry_id: int) -> EntryView:
    return desk.ask(reading.entry, entry_id)


def department(desk: Desk, code: str) -> int:
    return desk.ask(directory.department, code).id


def test_enter_on_a_row_shows_the_whole_entry(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    made(desk, parties=(Party("张建国", "13800001111"),), request="要求支付工资")
    table = window.today.day.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 1)
    table.selectRow(0)
    table.setFocus()
    press(Qt.Key.Key_Return)
    dialog = window.findChild(EntryDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.title.text().endswith("Open"))
    assert dialog.form.body.person.raw == "张建国"
    assert dialog.trail.rows.rowCount() == 1
    dialog.close()


def test_a_corrected_matter_stays_as_written_unless_enter_takes_another(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    entry_id = made(desk)
    dialog = opened(qtbot, window, lanes, entry_id)
    matter = dialog.form.body.matter
    matter.setFocus()
    matter.editor.selectAll()
    typed("b")
    assert matter.editor.listing
    press(Qt.Key.Key_Tab)
    assert matter.raw == (None, "b")
    matter.setFocus()
    matter.editor.selectAll()
    typed("sbk")
    assert matter.editor.listing
    press(Qt.Key.Key_Return)
    assert matter.editor.text() == "社保卡补换"
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: view_of(desk, entry_id).matter_id is not None)
    qtbot.waitUntil(lambda: lanes.idle)
    dialog.close()


def test_a_correction_keeps_the_old_value_in_the_trail(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    entry_id = made(desk, parties=(Party("张建过"),))
    dialog = opened(qtbot, window, lanes, entry_id)
    dialog.form.body.person.put("张建国")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: view_of(desk, entry_id).parties[0].name == "张建国")
    changes = view_of(desk, entry_id).trail[-1]
    assert changes.verb == "correct"
    qtbot.waitUntil(lambda: dialog.trail.rows.rowCount() == 2)
    text = dialog.trail.rows.data(dialog.trail.rows.index(1, dialog.trail.column("changes")))
    assert "张建过 → 张建国" in text
    dialog.close()


def test_only_what_was_changed_is_corrected(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    """A masked document number that is shown and not touched must not be written over the real one."""
    people = (
        Party("张建国", document_type="身份证", document_number="11010519491231002X"),
        Party("李四", "1"),
    )
    details = Details(plate="京A12345", papers="申请书", complained_about="某公司", people_concerned=3)
    entry_id = made(desk, parties=people, details=details, category=Category.COMPLAINT, party_size=2)
    before = view_of(desk, entry_id)
    dialog = opened(qtbot, window, lanes, entry_id)
    dialog.form.body.outcome.put("已处理")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: view_of(desk, entry_id).row.outcome == "已处理")
    after = view_of(desk, entry_id)
    assert (after.parties, after.details) == (before.parties, before.details)
    assert [name for name, _old, _new in after.trail[-1].changes] == ["outcome"]
    dialog.close()


def test_a_person_is_corrected_without_losing_the_document(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    entry_id = made(desk, parties=(Party("张建过", document_number="11010519491231002X"),))
    dialog = opened(qtbot, window, lanes, entry_id)
    dialog.form.body.person.put("张建国")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: view_of(desk, entry_id).parties[0].name == "张建国")
    names = [name for name, _old, _new in view_of(desk, entry_id).trail[-1].changes]
    assert names == ["name"]
    dialog.close()


def test_an_open_entry_is_answered_and_the_trail_calls_it_so(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    entry_id = made(desk)
    dialog = opened(qtbot, window, lanes, entry_id)
    press(Qt.Key.Key_1, CTRL)
    typed("已答复")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: view_of(desk, entry_id).row.status is EntryStatus.FINISHED)
    view = view_of(desk, entry_id)
    assert (view.row.act, view.row.outcome) == (Act.ANSWERED, "已答复")
    assert view.trail[-1].verb == "answered"
    dialog.close()


def test_an_open_entry_is_referred(qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk) -> None:
    entry_id = made(desk)
    dialog = opened(qtbot, window, lanes, entry_id)
    press(Qt.Key.Key_4, CTRL)
    typed("jc")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(view_of(desk, entry_id).referrals))
    view = view_of(desk, entry_id)
    assert view.referrals[0].parts[0].department == "JC"
    assert view.trail[-1].verb == "refer"
    qtbot.waitUntil(lambda: "JC" in dialog.referrals.text())
    assert not dialog.steps.again.isEnabled()
    dialog.close()


def test_a_referral_that_came_back_is_referred_again(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    entry_id = made(desk, referral=NewReferral(department(desk, "JC")))
    part = view_of(desk, entry_id).referrals[0].parts[0]
    desk.do(referrals.give_back, part.id, "应由仲裁院办理", uid=uuid.uuid4())
    dialog = opened(qtbot, window, lanes, entry_id)
    assert dialog.steps.again.isEnabled()
    QTest.mouseClick(dialog.steps.again, Qt.MouseButton.LeftButton)
    typed("zcy")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(view_of(desk, entry_id).referrals[0].parts) == 2)
    (referral,) = view_of(desk, entry_id).referrals  # the same one goes on
    assert [part.department for part in referral.parts] == ["JC", "ZCY"]
    dialog.close()


def test_two_who_correct_one_field_are_shown_both_values_and_mine_can_stand(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry_id = made(desk)
    dialog = opened(qtbot, window, lanes, entry_id)
    desk.do(entries.correct, entry_id, {"outcome": "他写的", "request": "他的"}, version=1, uid=uuid.uuid4())
    asked: list[ConflictError] = []

    def decide(_parent: object, error: ConflictError, _mine: object) -> frozenset[str]:
        asked.append(error)
        return frozenset()

    monkeypatch.setattr(ConflictDialog, "ask", decide)
    dialog.form.body.outcome.put("我写的")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: view_of(desk, entry_id).row.outcome == "我写的")
    assert ("outcome", "我写的", "他写的") in asked[0].differences
    assert view_of(desk, entry_id).row.request == "他的"
    dialog.close()


def test_going_back_from_a_conflict_keeps_what_was_typed_and_writes_nothing(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry_id = made(desk)
    dialog = opened(qtbot, window, lanes, entry_id)
    desk.do(entries.correct, entry_id, {"outcome": "他写的"}, version=1, uid=uuid.uuid4())
    monkeypatch.setattr(ConflictDialog, "ask", lambda *_args: None)
    dialog.form.body.outcome.put("我写的")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: lanes.idle)
    assert dialog.form.body.outcome.raw == "我写的"
    assert view_of(desk, entry_id).row.outcome == "他写的"
    monkeypatch.setattr(LeaveDialog, "ask", lambda *_args: True)
    dialog.close()


def test_the_conflict_dialog_offers_both_and_returns_what_was_decided(qtbot: QtBot) -> None:
    error = ConflictError(
        "Somebody else changed {number} meanwhile. Compare both and decide; nothing was written.",
        differences=(("outcome", "我写的", "他写的"), ("act", "", "answered")),
        version=2,
        number="20261122-001",
    )
    dialog = ConflictDialog(None, error, {"outcome"})
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.choose("outcome", mine=False)
    QTest.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    assert dialog.answer == frozenset({"outcome"})


def test_a_void_needs_a_reason_and_keeps_the_number(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry_id = made(desk)
    dialog = opened(qtbot, window, lanes, entry_id)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args: "重复登记")
    QTest.mouseClick(dialog.steps.void, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view_of(desk, entry_id).row.status is EntryStatus.VOID)
    qtbot.waitUntil(lambda: "重复登记" in dialog.where.text())
    assert not dialog.form.isEnabled()
    assert not dialog.save_button.isEnabled()
    dialog.close()


def test_the_visitor_left(qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk) -> None:
    entry_id = made(desk)
    dialog = opened(qtbot, window, lanes, entry_id)
    QTest.mouseClick(dialog.steps.left, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view_of(desk, entry_id).row.left_at is not None)
    qtbot.waitUntil(lambda: not dialog.steps.left.isEnabled())
    dialog.close()


def test_a_time_before_the_arrival_is_refused_beside_its_field(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    entry_id = made(desk)
    dialog = opened(qtbot, window, lanes, entry_id)
    press(Qt.Key.Key_F6)
    details = dialog.form.body.details
    assert details is not None
    yesterday = dt.datetime.now(dialog.form.zone()) - dt.timedelta(days=1)
    details.fields["left_at"].put(yesterday.strftime("%Y-%m-%d %H:%M"))
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: details.fields["left_at"].wrong != "")
    assert details.fields["left_at"].raw == yesterday.strftime("%Y-%m-%d %H:%M")
    _close_unchanged(dialog)


def _close_unchanged(dialog: EntryDialog) -> None:
    """Close without being asked: nothing is changed any more."""
    details = dialog.form.body.details
    assert details is not None
    details.fields["left_at"].put("")
    dialog.close()


def test_closing_with_something_changed_asks(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry_id = made(desk)
    dialog = opened(qtbot, window, lanes, entry_id)
    answers = [False, True]
    monkeypatch.setattr(LeaveDialog, "ask", lambda *_args: answers.pop(0))
    dialog.form.body.outcome.put("没保存")
    press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.form.body.outcome.raw == "没保存"
    press(Qt.Key.Key_Escape)
    assert answers == []


def test_the_dialog_dies_when_it_is_closed(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    dialog = EntryDialog.show_entry(window, lanes, made(desk))
    qtbot.waitUntil(lambda: dialog.title.text() != "")
    dialog.close()
    qtbot.waitUntil(lambda: not Shiboken.isValid(dialog))
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, EntryDialog)]


def test_the_reason_dialog_wants_a_reason_and_dies(qtbot: QtBot) -> None:
    dialog = ReasonDialog(None, "Void the entry", "Why?")
    dialog.show()
    assert not dialog.agree.isEnabled()
    dialog.text.setPlainText("  重复 ")
    QTest.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    assert dialog.answer == "重复"
    qtbot.waitUntil(lambda: not Shiboken.isValid(dialog))


def test_an_entry_made_void_is_said_to_be_void(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry_id = made(desk)
    dialog = opened(qtbot, window, lanes, entry_id)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args: "重复")
    dialog.steps.void.click()
    number = view_of(desk, entry_id).row.number
    qtbot.waitUntil(lambda: dialog.message.text() == f"{number} is void")
    dialog.close()


def test_what_is_seldom_told_is_shown_when_it_was(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    dialog = opened(qtbot, window, lanes, made(desk, request="要求支付工资"))
    assert dialog.form.unfolded
    assert dialog.more_button.isChecked()
    dialog.close()
    dialog = opened(qtbot, window, lanes, made(desk))
    assert not dialog.form.unfolded
    dialog.close()


def test_a_refused_act_neither_undoes_nor_repeats_the_correction_before_it(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    entry_id = made(desk)
    dialog = opened(qtbot, window, lanes, entry_id)
    dialog.form.body.person.put("张建国")
    press(Qt.Key.Key_3, CTRL)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: dialog.form.body.department.wrong != "")
    assert view_of(desk, entry_id).parties[0].name == "张建国"
    assert dialog.form.body.act.act is Act.PUT_THROUGH
    typed("jc")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: view_of(desk, entry_id).row.act is Act.PUT_THROUGH)
    verbs = [line.verb for line in view_of(desk, entry_id).trail]
    assert verbs == ["register", "correct", "put-through"]
    dialog.close()


def test_the_focus_returns_to_where_it_was(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    made(desk)
    table = window.today.day.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 1)
    table.selectRow(0)
    table.setFocus()
    press(Qt.Key.Key_Return)
    dialog = window.findChild(EntryDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.title.text() != "")
    dialog.close()
    qtbot.waitUntil(window.isActiveWindow)
    assert table.hasFocus()


def test_a_paper_is_no_person_and_alt_types_nothing(
    qtbot: QtBot, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    paper = desk.do(documents.register, subject="关于社保的函", sender="市局", uid=uuid.uuid4())
    dialog = opened(qtbot, window, lanes, paper.entry_id)
    body = dialog.form.body
    qtbot.waitUntil(lambda: body.matter.editor.hasFocus())
    for field in (body.phone, body.person, body.organisation, body.category, body.callback, body.party):
        assert not field.isVisible()
    assert [one.isVisible() for one in body.act.buttons()[:4]] == [False, False, False, True]
    assert not dialog.steps.notice.isVisible()
    dialog.form.choose_act(1)
    assert body.act.act is None
    window_of = dialog.windowHandle()
    assert window_of is not None
    QTest.keyClick(window_of, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    QApplication.processEvents()
    assert body.matter.raw[1] == "关于社保的函"
    assert not dialog.changed
    press(Qt.Key.Key_End)
    typed("（一）")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: view_of(desk, paper.entry_id).row.subject == "关于社保的函（一）")
    dialog.close()
