from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Act, DepartmentFact, Details, EntryView, Kind, NewEntry, NewReferral, Party, Query
from reception.facts.people import CaseAnswer, CaseStep, NoteKind
from reception.operations import cases, directory, entries, find, people, reading, referrals
from tests.ui.pages import write
from tests.ui.today.keyboard import CTRL, focused, press, typed
from ui import wording
from ui.today import case_words
from ui.today.case_answer import CaseDialog
from ui.today.entry_view import EntryDialog
from ui.today.page import TodayPage
from ui.window import MainWindow

ZHANG = Party("张建国", "13800001111", "某建筑公司")
ZONE = ZoneInfo("Asia/Shanghai")


def referred(desk: Desk, who: Party = ZHANG, **fields: object) -> int:
    lead = desk.ask(directory.department, "JC").id
    new = NewEntry(
        Kind.VISIT,
        "拖欠工资",
        uid=uuid.uuid4(),
        parties=(who,),
        referral=NewReferral(lead),
        **fields,  # type: ignore[arg-type]
    )
    receipt = desk.do(entries.register, new)
    part = desk.ask(referrals.find_part, f"{receipt.number}/JC").id
    desk.do(referrals.receive, part, "李队长", uid=uuid.uuid4())
    return receipt.entry_id


def asked(qtbot: QtBot, window: MainWindow, text: str = "") -> CaseDialog:
    press(Qt.Key.Key_I, CTRL)
    dialog = window.findChild(CaseDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.text.hasFocus)
    if text:
        write(dialog.text, text)
    return dialog


def newest(qtbot: QtBot, desk: Desk, count: int) -> EntryView:
    qtbot.waitUntil(lambda: len(desk.ask(find.entries, Query())) == count)
    return desk.ask(reading.entry, desk.ask(find.entries, Query())[0].id)


def closed(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.findChild(CaseDialog) is None)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def test_four_digits_give_the_sentence_and_enter_notes_the_enquiry(
    qtbot: QtBot, window: MainWindow, page: TodayPage, desk: Desk
) -> None:
    case = referred(desk)
    typed("问路")  # somebody else stands at the counter
    dialog = asked(qtbot, window, "1111")
    qtbot.waitUntil(lambda: dialog.sentence.text() != "")
    said = dialog.sentence.text()
    department = desk.ask(directory.department, "JC")
    assert "拖欠工资" in said
    assert department.name in said
    assert department.room in said
    assert department.phone in said
    assert "received today" in said
    press(Qt.Key.Key_Return)
    view = newest(qtbot, desk, 2)
    closed(qtbot, window)
    assert (view.row.kind, view.row.act, view.row.outcome) == (Kind.VISIT, Act.ANSWERED, said)
    assert view.case is not None
    assert view.case.id == case
    assert [(one.name, one.phone) for one in view.parties] == [("张建国", "13800001111")]
    assert [one.id for one in desk.ask(reading.entry, case).enquiries] == [view.row.id]
    assert focused(page.form.body.matter)
    assert page.form.body.matter.raw[1] == "问路"


def test_a_caller_whose_number_is_typed_is_looked_up_at_once_and_the_form_is_used_up(
    qtbot: QtBot, window: MainWindow, page: TodayPage, desk: Desk
) -> None:
    referred(desk)
    press(Qt.Key.Key_F3)
    typed("00001111")
    dialog = asked(qtbot, window)
    qtbot.waitUntil(lambda: dialog.sentence.text() != "")
    press(Qt.Key.Key_Return)
    view = newest(qtbot, desk, 2)
    closed(qtbot, window)
    assert view.row.kind is Kind.CALL_IN
    assert view.case is not None
    assert not page.form.touched


def test_what_the_form_holds_besides_stays(
    qtbot: QtBot, window: MainWindow, page: TodayPage, desk: Desk
) -> None:
    referred(desk)
    press(Qt.Key.Key_F3)
    typed("00001111")
    page.form.body.matter.setFocus()
    typed("问路")
    dialog = asked(qtbot, window)
    qtbot.waitUntil(lambda: dialog.sentence.text() != "")
    press(Qt.Key.Key_Return)
    newest(qtbot, desk, 2)
    closed(qtbot, window)
    assert page.form.body.matter.raw[1] == "问路"
    assert page.form.body.phone.raw == "00001111"
    press(Qt.Key.Key_Return, CTRL)  # and is not taken for the enquiry
    assert newest(qtbot, desk, 3).row.subject == "问路"


def test_the_arrows_choose_and_another_key_opens_the_entry(
    qtbot: QtBot, window: MainWindow, page: TodayPage, desk: Desk
) -> None:
    first = referred(desk)
    second = referred(desk, Party("张建军", "13800002222"))
    dialog = asked(qtbot, window, "张建")
    qtbot.waitUntil(lambda: dialog.table.rows.rowCount() == 2)
    assert {dialog.table.rows.keys()[0], dialog.table.rows.keys()[1]} == {first, second}
    press(Qt.Key.Key_Down)
    wanted = dialog.table.rows.keys()[1]
    assert focused(dialog.text)
    with qtbot.waitSignal(page.open_entry) as opened:
        press(Qt.Key.Key_O, CTRL)
    assert opened.args == [wanted]
    qtbot.waitUntil(lambda: window.lanes.idle)
    entry = window.findChild(EntryDialog)
    assert entry is not None
    entry.close()
    assert len(desk.ask(find.entries, Query())) == 2


def test_escape_notes_nothing_and_goes_back(
    qtbot: QtBot, window: MainWindow, page: TodayPage, desk: Desk
) -> None:
    referred(desk)
    typed("问路")
    asked(qtbot, window, "1111")
    press(Qt.Key.Key_Escape)
    closed(qtbot, window)
    assert focused(page.form.body.matter)
    assert len(desk.ask(find.entries, Query())) == 1


def test_a_protected_case_stays_protected(
    qtbot: QtBot, window: MainWindow, page: TodayPage, desk: Desk
) -> None:
    referred(desk, details=Details(identity_protected=True))
    dialog = asked(qtbot, window, "1111")
    qtbot.waitUntil(lambda: dialog.table.rows.rowCount() == 1)
    index = dialog.table.rows.index(0, dialog.table.column("name"))
    assert "建国" not in dialog.table.rows.data(index)
    assert "张建国" not in dialog.sentence.text()
    press(Qt.Key.Key_Return)
    assert newest(qtbot, desk, 2).row.identity_protected
    closed(qtbot, window)


def test_the_sentence_in_chinese(desk: Desk) -> None:
    wording.use("zh_CN")
    case = referred(desk)
    answer = desk.ask(cases.answer, case)
    department = desk.ask(directory.department, "JC")
    later = answer.step_at + dt.timedelta(days=400)
    day = answer.step_at.astimezone(ZONE)
    date = f"{day.year}年{day.month}月{day.day}日"
    expected = (
        f"您反映的拖欠工资，{date}转给{department.name}"
        f"（{department.room}室，电话{department.phone}），{date}已签收，还没有答复。"
    )
    assert case_words.sentence(answer, ZONE, later) == expected


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("step", list(CaseStep))
@pytest.mark.parametrize("known", [True, False])
def test_every_step_is_said_as_one_sentence(desk: Desk, language: str, step: CaseStep, known: bool) -> None:
    wording.use(language)
    answer = _step(desk, step, known)
    said = case_words.sentence(answer, ZONE, answer.step_at + dt.timedelta(days=1))
    assert "拖欠工资" in said
    assert "{" not in said
    assert "()" not in said
    assert "（）" not in said
    assert "。。" not in said
    assert said[-1] in ".。"
    assert said.count("." if language == "en" else "。") == 1
    if known and step is CaseStep.RETURNED:
        assert "不归我们管" in said


def _step(desk: Desk, step: CaseStep, known: bool) -> CaseAnswer:
    answer = desk.ask(cases.answer, referred(desk))
    department = DepartmentFact(1, "JC", "监察大队", room="203", phone="8031")
    return dataclasses.replace(
        answer,
        step=step,
        step_text="不归我们管。" if known else "",
        step_who="李队长" if known else "",
        department=department if known or step not in (CaseStep.POINTED,) else None,
        parts=answer.parts if known else (),
    )


@pytest.mark.parametrize(("days", "word"), [(1, "应在"), (-1, "已过")])
def test_when_it_is_due_is_said(desk: Desk, days: int, word: str) -> None:
    wording.use("zh_CN")
    answer = desk.ask(cases.answer, referred(desk))
    now = answer.step_at + dt.timedelta(days=3)
    due = dataclasses.replace(answer, due_at=now + dt.timedelta(days=days))
    assert word in case_words.sentence(due, ZONE, now)


def test_the_entry_window_tells_who_asked_and_what_is_noted_on_the_person(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    case = referred(desk)
    person = desk.ask(people.recall, "00001111")[0].id
    desk.do(people.save_note, person, NoteKind.HEARING, "请大声", uid=uuid.uuid4())
    asking = NewEntry(Kind.CALL_IN, "问进度", uid=uuid.uuid4(), parties=(ZHANG,), case_id=case)
    enquiry = desk.do(entries.register, asking)
    window.today.open_entry.emit(case)
    dialog = window.findChild(EntryDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: enquiry.number in dialog.referrals.text())
    qtbot.waitUntil(lambda: "请大声" in dialog.notes.banner.said)
    assert "Hard of hearing" in dialog.notes.banner.said
    dialog.close()
    qtbot.waitUntil(lambda: window.findChild(EntryDialog) is None)
    window.today.open_entry.emit(enquiry.entry_id)
    other = window.findChild(EntryDialog)
    assert other is not None
    number = desk.ask(reading.rows, [case])[0].number
    qtbot.waitUntil(lambda: f"Asks about {number}" in other.referrals.text())
    other.close()
