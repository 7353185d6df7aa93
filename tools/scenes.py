"""What the pictures show: every page, every window, and what the pages show only after a key or two."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.inbox_scenes import inbox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reception.desk import Desk
    from ui.window import MainWindow

Wait = Callable[[Callable[[], object]], None]


class Studio:
    """Prepares the window for each picture.

    Args:
        window: shows a register of made-up entries.
        desk: the same register from outside.
        wait: lets the event loop run until something is so.
    """

    def __init__(self, window: MainWindow, desk: Desk, wait: Wait) -> None:
        self.window = window
        self.desk = desk
        self.wait = wait

    def press(self, keys: str) -> None:
        """Press keys, as the window system does: ``Ctrl+G``."""
        from PySide6.QtGui import QGuiApplication, QKeySequence
        from PySide6.QtTest import QTest

        self.wait(lambda: QGuiApplication.focusWindow() is not None)
        window = QGuiApplication.focusWindow()
        assert window is not None
        QTest.keySequence(window, QKeySequence(keys))

    def type(self, text: str) -> None:
        """Write into the field that has the keyboard."""
        from PySide6.QtCore import QCoreApplication
        from PySide6.QtGui import QGuiApplication, QInputMethodEvent

        field = QGuiApplication.focusObject()
        assert field is not None
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QCoreApplication.sendEvent(field, event)

    def begin(self, kind: str = "visit") -> Any:
        """An empty form of a kind; the page of today."""
        self.window.show_page("today")
        self.press({"visit": "F2", "call-in": "F3", "call-out": "F4"}[kind])
        return self.window.today

    def tidy(self) -> None:
        """Empty the form and what was put aside, so that the next picture begins like the first."""
        today = self.window.today
        self.window.show_page("today")
        today.todo.note.drop()
        while today.drafts():
            if not today.form.touched:
                today.next_aside()
            today.discard()
        if today.late.active:
            today.toggle_late()
        today.form.fold(False)
        today.more_button.setChecked(False)
        self.press("F2")


Scene = Callable[[Studio], "QWidget"]


def furnish(desk: Desk) -> None:
    """Let there be somebody of each kind that a picture shows, today."""
    from reception.facts import Kind, NewCallback, NewEntry, Party
    from reception.facts.people import NoteKind
    from reception.operations import entries, people, site

    def come(who: Party, subject: str, kind: Kind = Kind.VISIT, **more: Any) -> int:
        new = NewEntry(kind, subject, uid=uuid.uuid4(), parties=(who,), **more)
        return desk.do(entries.register, new).entry_id

    number = "430181199001011234"
    card = Party("古丽", "13911112222", "幸福小区3栋", document_type="身份证", document_number=number)
    come(card, "补办社保卡")
    come(Party("古丽娜", "13911113333"), "打听进展")
    come(Party("卢大海", "13911114444", "红星机械厂"), "反映拖欠工资")
    now = dt.datetime.now(dt.UTC)
    # Pictures are taken at any hour, and minutes run in office hours only.
    desk.do(site.save, {"office_hours": "00:00-23:59"}, uid=uuid.uuid4())
    for minutes, name in ((4, "周小兰"), (23, "马建军")):
        since = now - dt.timedelta(minutes=minutes)
        come(Party(name), "等候办理", received_at=since, waiting_since=since)
    for minutes, name in ((-45, "陈某"), (90, "周敏")):
        owed = NewCallback(now + dt.timedelta(minutes=minutes), owner="王芳")
        come(Party(name, f"1380000{minutes % 10_000:04d}"), "问失业金", Kind.CALL_IN, callback=owed)
    for number, kind, text in (
        ("13911112222", NoteKind.INTERPRETER, "只说维吾尔语"),
        ("13911114444", NoteKind.BANNED, "2026年10月在窗口打砸,禁止入内至年底"),
    ):
        desk.do(people.save_note, desk.ask(people.recall, number)[0].id, kind, text, uid=uuid.uuid4())
    one, other = (desk.ask(people.recall, number)[0].id for number in ("13911112222", "13911113333"))
    desk.do(people.merge, one, other, uid=uuid.uuid4())


# Pages.


def page(name: str) -> Scene:
    """A page as it comes."""

    def prepare(studio: Studio) -> QWidget:
        studio.window.show_page(name)
        return studio.window

    return prepare


def _referrals(studio: Studio) -> QWidget:
    studio.window.page("referrals").discard()  # the round before asked for an answer
    return page("referrals")(studio)


def _step(studio: Studio) -> QWidget:
    studio.window.show_page("referrals")
    studio.wait(lambda: studio.window.lanes.idle)
    studio.window.page("referrals").choose_act(3)
    return studio.window


def _worked(which: str, what: str, key: str, *texts: str) -> Scene:
    """A step of the first row of a list that waits so, with something typed."""

    def prepare(studio: Studio) -> QWidget:
        referrals: Any = studio.window.page("referrals")
        referrals.discard()
        studio.window.show_page("referrals")
        referrals.show_list(which)
        studio.wait(lambda: studio.window.lanes.idle)
        table = referrals.table
        rows = [table.rows.row(at) for at in range(table.rows.rowCount())]
        at = next((at for at, row in enumerate(rows) if not what or row.what.value == what), 0)
        table.selectRow(at)
        studio.wait(lambda: studio.window.lanes.idle)
        studio.press(key)
        for text in texts:
            studio.type(text)
            studio.press("Tab")
        studio.wait(lambda: studio.window.lanes.idle)
        return studio.window

    return prepare


def _list(which: str) -> Scene:
    def prepare(studio: Studio) -> QWidget:
        referrals: Any = studio.window.page("referrals")
        referrals.discard()
        studio.window.show_page("referrals")
        referrals.show_list(which)
        return studio.window

    return prepare


def _find(studio: Studio) -> QWidget:
    found: Any = studio.window.page("find")
    found.look_for("社保卡")
    found.filters.kind.setCurrentIndex(1)
    return page("find")(studio)


def _find_nothing(studio: Studio) -> QWidget:
    found: Any = studio.window.page("find")
    found.filters.kind.setCurrentIndex(0)
    found.look_for("没有这样的事")
    return page("find")(studio)


def _directory(tab: int) -> Scene:
    def prepare(studio: Studio) -> QWidget:
        directory: Any = studio.window.page("directory")
        directory.tabs.setCurrentIndex(tab)
        return page("directory")(studio)

    return prepare


def _person(studio: Studio) -> QWidget:
    _directory(2)(studio)
    people: Any = studio.window.page("directory")
    people = people.people
    people.search.setText("13911112222")
    studio.wait(lambda: people.table.rows.rowCount() == 1)
    people.table.selectRow(0)
    studio.wait(lambda: people.merged.count() == 1)
    return studio.window


def _sheet(studio: Studio) -> QWidget:
    studio.window.actions_by_name["sheet"].trigger()
    preview: Any = studio.window.page("sheet")
    studio.wait(lambda: preview.at_rest)
    return studio.window


# The clerk's hands.


def _today(studio: Studio) -> QWidget:
    studio.window.show_page("today")
    return studio.window


def _more(studio: Studio) -> QWidget:
    today = studio.begin()
    studio.type("社保卡")
    today.form.choose_act(4)
    studio.press("F6")
    return studio.window


def _sending(studio: Studio) -> QWidget:
    from reception.facts import Category

    today = studio.begin()
    studio.type("反映拖欠工资")
    studio.press("Esc")
    today.form.body.category.put(Category.COMPLAINT)
    studio.press("Ctrl+4")
    studio.type("jc")
    studio.press("Return")
    return studio.window


def _shift(studio: Studio) -> QWidget:
    from reception.facts import PinKind
    from reception.operations import pins, shifts, site

    if not studio.desk.ask(pins.pinned):
        studio.desk.do(site.save, {"on_duty": "yes"}, uid=uuid.uuid4())
        for kind, text in (
            (PinKind.LEADER, "周局长:先接待低保户,下午两点听汇报"),
            (PinKind.HELD, "三楼会议室钥匙两把"),
            (PinKind.NOTE, "李老师十点来取材料"),
        ):
            studio.desk.do(pins.pin, text, kind=kind, uid=uuid.uuid4())
        studio.desk.do(shifts.hand_over, "张建国下午还来", uid=uuid.uuid4())
    studio.begin()
    studio.press("Shift+F8")
    return studio.window


def _recall(studio: Studio) -> QWidget:
    today = studio.begin("call-in")
    studio.type("1391")
    studio.wait(lambda: today.people.recall.listing)
    studio.press("Down")
    return studio.window


def _note(number: str) -> Scene:
    def prepare(studio: Studio) -> QWidget:
        today = studio.begin("call-in")
        studio.type(number)
        studio.wait(lambda: today.people.notes.banner.said)
        studio.press("Esc")
        return studio.window

    return prepare


def _aside(studio: Studio) -> QWidget:
    studio.begin()
    for text, key in (("退休金核定", "F3"), ("13911114444", "F2"), ("农民工工资保证金退还手续", "F3")):
        studio.type(text)
        studio.press("Esc")
        studio.press(key)
    studio.type("13800000099")
    studio.press("Esc")
    return studio.window


def _late(studio: Studio) -> QWidget:
    studio.begin()
    studio.press("Ctrl+L")
    return studio.window


def _group(studio: Studio) -> QWidget:
    studio.begin()
    studio.type("集体反映欠薪")
    studio.press("Esc")
    for name, phone in (("李四", "13800002222"), ("王五", "13800003333"), ("赵六", "")):
        studio.press("Ctrl+G")
        studio.type(name)
        studio.press("Return")
        studio.type(phone)
    return studio.window


def _through(studio: Studio) -> QWidget:
    studio.begin("call-in")
    studio.type("13800009999")
    studio.press("Esc")
    studio.press("Ctrl+3")
    studio.type("jc")
    studio.press("2")
    return studio.window


def _twice(studio: Studio) -> QWidget:
    today = studio.begin()
    today.form.body.matter.put((None, "反映拖欠工资"))
    today.form.body.person.put("卢大海")
    today.form.body.phone.put("13911114444")
    today.people.twice.look_soon()
    studio.wait(lambda: today.people.twice.said)
    return studio.window


def _queue(studio: Studio) -> QWidget:
    todo = studio.begin().todo
    studio.press("F10")
    for at in range(todo.table.rows.rowCount()):
        todo.table.selectRow(at)
        if todo.calling is not None:
            break
    return studio.window


def _give_up(studio: Studio) -> QWidget:
    _queue(studio)
    studio.press("4")
    return studio.window


def _cover(studio: Studio) -> QWidget:
    studio.window.safety.screen.cover()
    return studio.window


def _trouble(studio: Studio) -> QWidget:
    from reception.errors import UnreachableError

    studio.window.show_page("today")
    words = "The server of {place} does not answer. Check the network; what you typed is still here."
    error = UnreachableError(words, place="postgresql://desk@server/reception")
    studio.window.banner.say(error, restorable=True)
    return studio.window


def _away(studio: Studio) -> QWidget:
    from reception.operations import absences, directory

    _directory(0)(studio)
    for code, officer in (("JC", "a"), ("XF", "a"), ("XF", "b")):
        where = studio.desk.ask(directory.department, code).id
        studio.desk.do(absences.away, where, officer, uid=uuid.uuid4())
    page: Any = studio.window.page("directory")
    page.departments.search.setText("jc")
    studio.wait(lambda: page.departments.standing.text())
    studio.press("Alt+A")
    return studio.window


def _settings(tab: int) -> Scene:
    def prepare(studio: Studio) -> QWidget:
        settings: Any = studio.window.page("settings")
        studio.window.show_page("settings")
        settings.show_part(tab)
        return studio.window

    return prepare


def _next_year(studio: Studio) -> QWidget:
    _settings(1)(studio)
    part: Any = studio.window.page("settings")
    studio.press("Alt+PgDown")
    part.part.view.setFocus()
    return studio.window


# Windows of their own.


def _entry(studio: Studio) -> QWidget:
    from reception.operations import people
    from ui.today.entry_view import EntryDialog

    person = studio.desk.ask(people.recall, "13911112222")[0].id
    entry = studio.desk.ask(people.history, person)[-1].id
    dialog = EntryDialog.show_entry(studio.window, studio.window.lanes, entry)
    studio.wait(dialog.form.isEnabled)
    return dialog


def _case(studio: Studio) -> QWidget:
    from ui.today.case_answer import CaseDialog

    studio.begin()
    studio.press("Ctrl+I")
    dialog = studio.window.findChild(CaseDialog)
    assert dialog is not None
    studio.type("1391")
    studio.wait(dialog.sentence.text)
    return dialog


def _merge(studio: Studio) -> QWidget:
    from reception.operations import people
    from ui.directory.merge import MergeDialog

    one = studio.desk.ask(people.recall, "13911112222")[0]
    dialog = MergeDialog(studio.window, studio.window.lanes, one)
    dialog.open()
    dialog.search.setText("卢大海")
    studio.wait(dialog.table.rows.rowCount)
    studio.press("Down")
    return dialog


def _conflict(studio: Studio) -> QWidget:
    from reception.errors import ConflictError
    from ui.today.conflict import ConflictDialog

    differences = (
        ("subject", "反映拖欠工资", "反映拖欠工资三个月"),
        ("outcome", "已电话告知本人", "已转监察大队,三日内答复"),
        ("phone", "13911114444", "13911115555"),
    )
    template = "Somebody else changed {number} meanwhile. Compare both and decide; nothing was written."
    error = ConflictError(template, differences=differences, version=2, number="20261122-001")
    dialog = ConflictDialog(studio.window, error, {"subject", "outcome"})
    dialog.open()
    return dialog


def _keys(studio: Studio) -> QWidget:
    from ui.dialogs.keys import KeySheet

    return KeySheet.show_keys(studio.window)


def _clerk(studio: Studio) -> QWidget:
    from ui.dialogs.clerk import ClerkDialog

    catalogue = studio.window.lanes.catalogue
    assert catalogue is not None
    dialog = ClerkDialog(studio.window, catalogue.operators, catalogue.operator)
    dialog.open()
    return dialog


def _reason(studio: Studio) -> QWidget:
    from ui.dialogs.reason import ReasonDialog
    from ui.wording import _

    words = _("Why is it void? Its number stays, struck through.")
    dialog = ReasonDialog(studio.window, _("Void the entry"), words)
    dialog.open()
    return dialog


def _leave(studio: Studio) -> QWidget:
    from ui.dialogs.leave import LeaveDialog

    dialog = LeaveDialog(studio.window, 2, kept=True)
    dialog.open()
    return dialog


def _bug(studio: Studio) -> QWidget:
    from ui.dialogs.bug import BugDialog

    dialog = BugDialog("ValueError: …", str(Path("desk.log")), studio.window)
    dialog.open()
    return dialog


def _first_start(studio: Studio) -> QWidget:
    from ui import wording
    from ui.dialogs.first_start import FirstStart

    dialog = FirstStart(studio.window, wording.current().language)
    dialog.open()
    return dialog


def _restore(studio: Studio) -> QWidget:
    from reception import config
    from reception.errors import RegisterUnusableError
    from ui.dialogs.restore import RestoreDialog

    error = RegisterUnusableError(
        "{place} is damaged and cannot be used as a backup. Take an older one.", place="…"
    )
    dialog = RestoreDialog(studio.window, studio.window.lanes, error, config.backup_folder())
    dialog.open()
    return dialog


SCENES: dict[str, Scene] = {
    "today": _today,
    "more": _more,
    "sending": _sending,
    "check": page("check"),
    "shift": _shift,
    "handed-over": _today,
    "recall": _recall,
    "note": _note("13911112222"),
    "banned": _note("13911114444"),
    "aside": _aside,
    "late": _late,
    "group": _group,
    "put-through": _through,
    "twice": _twice,
    "queue": _queue,
    "give-up": _give_up,
    "referrals": _referrals,
    "referral-step": _step,
    "referral-remind": _worked("overdue", "", "Ctrl+6"),
    "referral-extend": _worked("open", "", "Ctrl+7", "3", "张副局长"),
    "referral-reroute": _worked("returned", "", "Ctrl+9"),
    "referral-slip": _worked("open", "under-way", "Ctrl+Y"),
    "people-list": _list("people"),
    "all-referrals": _list("all"),
    "inbox": inbox(),
    "inbox-answer": inbox("Ctrl+3"),
    "inbox-more-time": inbox("Ctrl+7"),
    "inbox-away": inbox("Alt+A"),
    "find": _find,
    "find-nothing": _find_nothing,
    "departments": _directory(0),
    "matters": _directory(1),
    "people": _person,
    "clerks": _directory(3),
    "absences": _away,
    "settings": _settings(0),
    "working-days": _settings(1),
    "next-year": _next_year,
    "limits": _settings(2),
    "rules": _settings(3),
    "here": page("here"),
    "sheet": _sheet,
    "trouble": _trouble,
    "cover": _cover,
    "entry": _entry,
    "case": _case,
    "merge": _merge,
    "conflict": _conflict,
    "keys": _keys,
    "clerk": _clerk,
    "reason": _reason,
    "leave": _leave,
    "bug": _bug,
    "first-start": _first_start,
    "restore": _restore,
}


def scenes(studio: Studio, only: tuple[str, ...]) -> Iterator[tuple[str, QWidget]]:
    """Prepare one after the other; ``only`` these where any are named."""
    for name, prepare in SCENES.items():
        if only and name not in only:
            continue
        widget = prepare(studio)
        studio.wait(lambda: studio.window.lanes.idle)
        yield name, widget
        if widget is not studio.window:
            widget.close()
        studio.window.safety.screen.lift()
        studio.window.banner.hide()
        studio.tidy()
