"""A register with something in every room, and a way into every window and every corner of the pages."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.errors import ConflictError, RegisterUnusableError
from reception.facts import Act, Category, Kind, NewCallback, NewEntry, NewReferral, Party
from reception.facts.office import NewInvitee
from reception.facts.people import NoteKind
from reception.operations import directory, entries, people, pins, printing, reading, shifts, site
from reception.operations.office import documents, expected, jobs, loans, meetings, parcels, urgent
from reception.paper import prints
from tests.ui.today.keyboard import CTRL, press, typed
from ui.dialogs.clerk import ClerkDialog
from ui.dialogs.first_start import FirstStart
from ui.dialogs.keys import KeySheet
from ui.dialogs.leave import LeaveDialog, PrintingDialog
from ui.dialogs.reason import ReasonDialog
from ui.dialogs.restore import RestoreDialog
from ui.directory.merge import MergeDialog
from ui.directory.page import DirectoryPage
from ui.guard import Guard
from ui.office.page import OfficePage
from ui.settings.page import SettingsPage
from ui.sheet.dialog import PreviewDialog
from ui.sheet.verify import VerifyDialog
from ui.sheet.wanted import Job, Wanted
from ui.today.case_answer import CaseDialog
from ui.today.conflict import ConflictDialog
from ui.today.entry_view import EntryDialog
from ui.today.notice_dialog import NoticeDialog
from ui.window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier
ZHANG = Party(
    "张建国", "13800001111", "某建筑公司", document_type="身份证", document_number="430181199001011234"
)
BROKEN = RegisterUnusableError("The file is damaged.")


@dataclass
class House:
    """What the openers need; ``entry`` is a referred visit of a group whose speaker's document is known."""

    qtbot: QtBot
    window: MainWindow
    desk: Desk
    folder: Path
    entry: int

    def rest(self) -> None:
        """Wait until nothing is asked any more."""
        self.qtbot.waitUntil(lambda: self.window.lanes.idle)

    def front(self, dialog: QDialog) -> QDialog:
        """Open a dialog and wait until it has the keyboard."""
        dialog.open()
        self.qtbot.waitUntil(dialog.isActiveWindow)
        self.rest()
        return dialog


def furnished(desk: Desk) -> int:
    """Fill a register so that every room has something to show; the id of its referred visit."""
    lead = next(one.id for one in desk.ask(directory.catalogue).departments if not one.outside)
    desk.do(directory.save_operator, "李明", uid=uuid.uuid4())
    group = (ZHANG, Party("李四", "13800002222"), Party("王五"))
    visit = NewEntry(
        Kind.VISIT,
        "拖欠工资",
        uid=uuid.uuid4(),
        act=Act.REFERRED,
        department_id=lead,
        referral=NewReferral(lead, instruction="请核实"),
        parties=group,
        party_size=5,
    )
    entry = desk.do(entries.register, visit).entry_id
    desk.do(entries.wait, entry, uid=uuid.uuid4())
    for who, subject in (
        (Party("张建囯", "13800003333"), "打听进展"),
        (Party("古丽", "13911112222"), "办卡"),
    ):
        desk.do(entries.register, NewEntry(Kind.VISIT, subject, uid=uuid.uuid4(), parties=(who,)))
    due = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    owed = NewCallback(due, owner="王芳")
    call = NewEntry(
        Kind.CALL_IN, "问失业金", uid=uuid.uuid4(), parties=(Party("陈某", "13800000001"),), callback=owed
    )
    desk.do(entries.register, call)
    banned = desk.ask(people.recall, "古丽")[0].id
    desk.do(people.save_note, banned, NoteKind.INTERPRETER, "只说维吾尔语", uid=uuid.uuid4())
    return entry


# Every window.


def _bug(house: House) -> QDialog:
    guard = Guard(house.folder / "desk.log", house.window)
    guard.report(ValueError("made up"))
    house.qtbot.waitUntil(lambda: guard.dialog is not None)
    assert guard.dialog is not None
    return house.front(guard.dialog)


def _clerk(house: House) -> QDialog:
    catalogue = house.window.lanes.catalogue
    assert catalogue is not None
    return house.front(ClerkDialog(house.window, catalogue.operators, catalogue.operator))


def _reason(house: House) -> QDialog:
    return house.front(ReasonDialog(house.window, "Void the entry", "Why is it void?"))


def _restore(house: House) -> QDialog:
    return house.front(RestoreDialog(house.window, house.window.lanes, None, house.folder / "backups"))


def _broken(house: House) -> QDialog:
    return house.front(RestoreDialog(house.window, house.window.lanes, BROKEN, house.folder / "backups"))


def _first(house: House) -> QDialog:
    from ui import wording

    return house.front(FirstStart(house.window, wording.current().language))


def _keys(house: House) -> QDialog:
    return house.front(KeySheet.show_keys(house.window))


def _leave(house: House) -> QDialog:
    return house.front(LeaveDialog(house.window, 2, kept=True))


def _printing(house: House) -> QDialog:
    return house.front(PrintingDialog(house.window))


def _entry(house: House) -> QDialog:
    dialog = EntryDialog.show_entry(house.window, house.window.lanes, house.entry)
    house.qtbot.waitUntil(dialog.form.isEnabled)
    dialog.form.fold(True)
    return house.front(dialog)


def _case(house: House) -> QDialog:
    press(Qt.Key.Key_I, CTRL)
    dialog = house.window.findChild(CaseDialog)
    assert dialog is not None
    house.front(dialog)
    typed("1111")
    house.qtbot.waitUntil(lambda: dialog.sentence.text() != "")
    return dialog


def _conflict(house: House) -> QDialog:
    desk, entry = house.desk, house.entry
    desk.do(entries.correct, entry, {"outcome": "他写的", "subject": "欠薪"}, uid=uuid.uuid4())
    with pytest.raises(ConflictError) as caught:
        desk.do(entries.correct, entry, {"outcome": "我写的"}, version=1, uid=uuid.uuid4())
    return house.front(ConflictDialog(house.window, caught.value, {"outcome"}))


def _merge(house: House) -> QDialog:
    one = house.desk.ask(people.recall, "13800001111")[0]
    dialog = MergeDialog(house.window, house.window.lanes, one)
    house.front(dialog)
    dialog.search.setText("3333")
    house.qtbot.waitUntil(lambda: dialog.table.rows.rowCount() == 1)
    press(Qt.Key.Key_Down)
    return dialog


def _notice(house: House) -> QDialog:
    dialog = NoticeDialog(house.window, house.window.lanes, house.entry)
    dialog.matter.put(next(one.id for one in house.desk.ask(directory.catalogue).matters if one.materials))
    return house.front(dialog)


def _preview(house: House) -> QDialog:
    """Above an entry's window; of two forms, with the search open."""
    number = house.desk.ask(reading.entry, house.entry).row.number
    job = Job((Wanted("case_trail", {"number": number}), Wanted("roll_call")))
    dialog = PreviewDialog.show_job(house.window, house.window.lanes, job)
    house.qtbot.waitUntil(lambda: dialog.paper.at_rest and dialog.paper.bar.print.isEnabled(), timeout=30_000)
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    return house.front(dialog)


def _verify(house: House) -> QDialog:
    gathered = house.desk.ask(prints.gather, "daily_sheet", "zh_CN", day=house.desk.ask(site.today))
    stamp = house.desk.do(printing.commit, gathered.promise, uid=uuid.uuid4())
    house.desk.do(entries.set_outcome, house.entry, "已核实", uid=uuid.uuid4())
    press(Qt.Key.Key_K, CTRL | SHIFT)
    dialog = house.window.findChild(VerifyDialog)
    assert dialog is not None
    house.front(dialog)
    typed(stamp.code)
    house.qtbot.waitUntil(lambda: dialog.table.rows.rowCount() > 0)
    return dialog


WINDOWS: dict[str, Callable[[House], QDialog]] = {
    "bug": _bug,
    "clerk": _clerk,
    "reason": _reason,
    "restore": _restore,
    "restore, broken": _broken,
    "first start": _first,
    "keys": _keys,
    "leave": _leave,
    "leave while printing": _printing,
    "preview": _preview,
    "entry": _entry,
    "case": _case,
    "conflict": _conflict,
    "merge": _merge,
    "verify": _verify,
    "notice": _notice,
}
"""Every window besides the first, with something in it."""


# Every corner of the pages.


def _today(house: House) -> None:
    house.window.show_page("today")
    house.rest()
    house.window.today.form.begin(Kind.VISIT)
    house.window.today.activate()


def _unfolded(house: House) -> None:
    house.window.today.form.fold(True)
    house.window.today.form.choose_act(4)


def _against(house: House) -> None:
    body = house.window.today.form.body
    body.category.put(Category.ACCUSATION)
    house.window.today.form.choose_act(4)
    body.make_refer().ask_who_decided(True)
    assert body.refer is not None
    assert body.refer.warning.isVisible()


def _to_check(house: House) -> None:
    house.desk.do(entries.register, NewEntry(Kind.VISIT, "缺结果", act=Act.ANSWERED))
    house.desk.do(entries.register, NewEntry(Kind.VISIT, "缺电话", category=Category.COMPLAINT))
    press(Qt.Key.Key_F11)
    page: Any = house.window.page("check")
    house.qtbot.waitUntil(lambda: page.question.lack is not None)


def _shift(house: House) -> None:
    house.desk.do(site.save, {"on_duty": "yes"}, uid=uuid.uuid4())
    house.desk.do(pins.pin, "钥匙两把", uid=uuid.uuid4())
    press(Qt.Key.Key_F8, SHIFT)
    page: Any = house.window.page("shift")
    house.qtbot.waitUntil(lambda: page.pins.table.rows.rowCount() > 0 and page.duty.isVisible())
    page.pins.table.selectRow(0)
    house.rest()


def _accepted(house: House) -> None:
    if house.desk.ask(shifts.look).unaccepted is None:
        before, house.desk.operator = house.desk.operator, "李明"
        house.desk.do(shifts.hand_over, "有人要来", uid=uuid.uuid4())
        house.desk.operator = before
    _shift(house)
    page: Any = house.window.page("shift")
    house.qtbot.waitUntil(lambda: page.handing.to_accept)


def _aside(house: House) -> None:
    for text in ("问路", "补卡", "打听"):
        typed(text)
        press(Qt.Key.Key_F3)
    assert len(house.window.today.drafts()) == 3


def _late(house: House) -> None:
    press(Qt.Key.Key_L, CTRL)
    assert house.window.today.late.active


def _group(house: House) -> None:
    press(Qt.Key.Key_G, CTRL | SHIFT)
    typed("李四")
    press(Qt.Key.Key_Return)
    typed("13800002222")
    press(Qt.Key.Key_Return)


def _callback(house: House) -> None:
    press(Qt.Key.Key_F3)
    typed("13800009999")
    press(Qt.Key.Key_3, CTRL)
    typed("jc")
    press(Qt.Key.Key_2)
    owing = house.window.today.form.body.owing
    assert owing is not None
    assert owing.asking


def _queue(house: House) -> None:
    press(Qt.Key.Key_F10)
    todo = house.window.today.todo
    house.qtbot.waitUntil(lambda: todo.table.rows.rowCount() > 1)
    for at in range(todo.table.rows.rowCount()):
        todo.table.selectRow(at)
        if todo.calling is not None:
            return
    raise AssertionError("no call is owed")


def _attempt(house: House) -> None:
    _queue(house)
    press(Qt.Key.Key_1)
    assert house.window.today.todo.note.isVisible()


def _give_up(house: House) -> None:
    _queue(house)
    press(Qt.Key.Key_4)
    assert house.window.today.todo.note.isVisible()


def _offers(house: House) -> None:
    press(Qt.Key.Key_F3)
    typed("138000")
    house.qtbot.waitUntil(lambda: bool(house.window.today.people.recall.listing))


def _banner(house: House) -> None:
    press(Qt.Key.Key_F3)
    typed("13911112222")
    house.qtbot.waitUntil(lambda: house.window.today.people.notes.banner.said != "")
    press(Qt.Key.Key_Escape)


def _twice(house: House) -> None:
    today = house.window.today
    today.form.body.matter.put((None, "拖欠工资"))
    today.form.body.person.put("张建国")
    today.form.body.phone.put("13800001111")
    today.people.twice.look_soon()
    house.qtbot.waitUntil(lambda: today.people.twice.said != "")


def _trouble(house: House) -> None:
    house.window.banner.say(BROKEN, restorable=True)


def _page(name: str) -> Callable[[House], None]:
    def go(house: House) -> None:
        house.window.show_page(name)
        house.rest()

    return go


def _step(digit: Qt.Key) -> Callable[[House], None]:
    def go(house: House) -> None:
        house.window.show_page("referrals")
        house.rest()
        house.window.page("referrals").setFocus()
        house.window.page("referrals").choose_act(digit.value - Qt.Key.Key_0.value)
        house.rest()

    return go


def _extend(house: House) -> None:
    _step(Qt.Key.Key_1)(house)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_7, CTRL)
    house.rest()


def _slip(house: House) -> None:
    _step(Qt.Key.Key_1)(house)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Y, CTRL)


def _people_list(house: House) -> None:
    press(Qt.Key.Key_8, Qt.KeyboardModifier.AltModifier)
    house.rest()


def _settings(at: int) -> Callable[[House], None]:
    def go(house: House) -> None:
        page = house.window.page("settings")
        assert isinstance(page, SettingsPage)
        house.window.show_page("settings")
        page.show_part(at)
        house.rest()
        page.activate()

    return go


def _away(house: House) -> None:
    _tab(0)(house)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)


def _found(house: House) -> None:
    press(Qt.Key.Key_K, CTRL)
    typed("138")
    house.rest()


def _tab(at: int) -> Callable[[House], None]:
    def go(house: House) -> None:
        page = house.window.page("directory")
        assert isinstance(page, DirectoryPage)
        house.window.show_page("directory")
        page.tabs.setCurrentIndex(at)
        house.rest()
        page.activate()

    return go


def _room(name: str, *keys: Qt.Key) -> Callable[[House], None]:
    def go(house: House) -> None:
        page = house.window.page("office")
        assert isinstance(page, OfficePage)
        house.window.show_page("office")
        page.show_room(name)
        house.rest()
        for key in keys:
            press(key, CTRL)
            house.rest()

    return go


def _papers(house: House) -> None:
    new: dict[str, Any] = {"subject": "关于评审的通知", "sender": "省厅", "readers": "李局长、王科长"}
    house.desk.do(documents.register, **new, uid=uuid.uuid4())
    _room("documents")(house)


def _parcels(house: House) -> None:
    house.desk.do(parcels.take_in, whom="孙科长", uid=uuid.uuid4())
    _room("parcels")(house)


def _meetings(house: House) -> None:
    people = (NewInvitee("王芳", "局长", "13900000001"), NewInvitee("李明", "", "13900000002"))
    new: dict[str, Any] = {"subject": "例会", "convener": "吴局长", "agenda": "总结", "invitees": people}
    house.desk.do(meetings.notify, **new, uid=uuid.uuid4())
    _room("meetings")(house)


def _person(house: House) -> None:
    page = house.window.page("directory")
    assert isinstance(page, DirectoryPage)
    one, other = (house.desk.ask(people.recall, number)[0].id for number in ("13800001111", "13800003333"))
    house.desk.do(people.merge, one, other, uid=uuid.uuid4())
    _tab(2)(house)
    page.people.search.setText("00001111")
    house.qtbot.waitUntil(lambda: page.people.table.rows.rowCount() == 1)
    press(Qt.Key.Key_Return)
    house.qtbot.waitUntil(page.people.merged.isVisible)
    press(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    press(Qt.Key.Key_Down)


def _urgent(house: House) -> None:
    begun = house.desk.do(urgent.register, people=30, uid=uuid.uuid4())
    house.desk.do(urgent.note, begun.entry_id, words="在大厅", uid=uuid.uuid4())
    _room("urgent")(house)
    house.rest()
    press(Qt.Key.Key_1)
    house.rest()


def _jobs(house: House) -> None:
    lead = next(one.id for one in house.desk.ask(directory.catalogue).departments if not one.outside)
    job = house.desk.do(jobs.give, given_by="吴局长", words="查清", department_id=lead, uid=uuid.uuid4())
    house.desk.do(jobs.step, job.entry_id, words="已到工地", uid=uuid.uuid4())
    _room("jobs")(house)
    house.rest()
    press(Qt.Key.Key_2)
    house.rest()


def _expected(house: House) -> None:
    house.desk.do(expected.note, at=dt.datetime.now(dt.UTC), name="陈处长", uid=uuid.uuid4())
    _room("expected")(house)


def _lent(house: House) -> None:
    house.desk.do(loans.lend, thing="雨伞", whom="李大爷", uid=uuid.uuid4())
    _room("loans")(house)


CORNERS: dict[str, Callable[[House], None]] = {
    "today": _today,
    "rarely used fields and a referral": _unfolded,
    "an accusation that is referred": _against,
    "put aside": _aside,
    "late entries": _late,
    "a group": _group,
    "a call-back is offered": _callback,
    "calls owed": _queue,
    "an attempt": _attempt,
    "giving up": _give_up,
    "people seen before": _offers,
    "a note": _banner,
    "perhaps the same": _twice,
    "trouble": _trouble,
    "referrals": _page("referrals"),
    "a short step": _step(Qt.Key.Key_1),
    "a long step": _step(Qt.Key.Key_3),
    "an extension": _extend,
    "a slip": _slip,
    "people and calls": _people_list,
    "find": _found,
    "departments": _tab(0),
    "who is away": _away,
    "matters": _tab(1),
    "a person": _person,
    "clerks": _tab(3),
    "settings": _settings(0),
    "working days": _settings(1),
    "limits": _settings(2),
    "rules for referrals": _settings(3),
    "here": _page("here"),
    "lines to check": _to_check,
    "a shift": _shift,
    "a shift to accept": _accepted,
    "sheet": _page("sheet"),
    "papers received": _papers,
    "a new paper": _room("documents", Qt.Key.Key_N),
    "an urgent event": _urgent,
    "a job": _jobs,
    "a new job": _room("jobs", Qt.Key.Key_N),
    "an instruction": _room("instructions", Qt.Key.Key_N),
    "expected visitors": _expected,
    "somebody expected": _room("expected", Qt.Key.Key_N),
    "things lent": _lent,
    "a thing lent": _room("loans", Qt.Key.Key_N),
    "parcels": _parcels,
    "meeting notices": _meetings,
    "a new notice": _room("meetings", Qt.Key.Key_N),
    "a notice to us": _room("meetings", Qt.Key.Key_R),
}
"""What the pages show only after a key or two."""


def tidy(house: House) -> None:
    """Back to an empty form, so that the next corner begins like the first."""
    window = house.window
    window.banner.hide()
    for name in ("referrals", "directory", "settings"):
        page = window.page(name)
        if name == "settings" and not page.has_unsaved_text():
            continue
        window.show_page(name)
        for at in range(page.tabs.count() if isinstance(page, DirectoryPage | SettingsPage) else 1):
            if isinstance(page, DirectoryPage | SettingsPage):
                page.tabs.setCurrentIndex(at)
            page.discard()
    for name in ("check", "shift"):
        window.page(name).discard()
    window.show_page("today")
    today = window.today
    today.todo.note.drop()
    while today.drafts():
        if not today.form.touched:
            today.next_aside()
        today.discard()
    if today.late.active:
        today.toggle_late()
    today.form.fold(False)
    _today(house)
