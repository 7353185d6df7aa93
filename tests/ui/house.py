"""A register with something in every room, and a way into every window and every corner of the pages."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.errors import RegisterUnusableError
from reception.facts import Act, Kind, NewCallback, NewEntry, NewReferral, Party
from reception.facts.people import NoteKind
from reception.operations import directory, entries, people
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
