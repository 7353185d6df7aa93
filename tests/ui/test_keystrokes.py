"""How many keys each core task costs, content typed in pinyin included; the table is printed (pytest -s)."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import Act, CallResult, EntryRow, Kind, NewEntry, NewReferral, Party, Query
from reception.operations import directory, entries, find, people, presence, reading
from tests.ui.typing_hand import CTRL, Hand
from ui.dialogs.clerk import ClerkDialog
from ui.here.page import HerePage
from ui.sheet import printing
from ui.sheet.preview import SheetPage
from ui.today.case_answer import CaseDialog
from ui.window import MainWindow

K = Qt.Key
Task = Callable[["Place", Hand], None]
ZHANG = Party("张建国", "13800001111", "某建筑公司")


class Place:
    """The window, the register behind it, and patience."""

    def __init__(self, qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
        self.until, self.window, self.desk, self.page = qtbot.waitUntil, window, desk, window.today

    def rows(self, count: int) -> list[EntryRow]:
        """The newest first, once there are so many."""
        self.until(lambda: len(self.desk.ask(find.entries, Query())) >= count)
        return list(self.desk.ask(find.entries, Query()))

    def came(self, who: Party, subject: str = "拖欠工资", **more: object) -> int:
        """Somebody who was here before."""
        new = NewEntry(Kind.VISIT, subject, uid=uuid.uuid4(), parties=(who,), **more)  # type: ignore[arg-type]
        return self.desk.do(entries.register, new).entry_id


def point(at: Place, hand: Hand) -> None:
    """Where is the card office?"""
    hand.press(K.Key_F2)
    hand.type("sbk")
    hand.press(K.Key_2, CTRL)
    hand.press(K.Key_Return, CTRL)
    row = at.rows(1)[0]
    assert (row.matter, row.act, row.department) == ("社保卡补换", Act.POINTED, "SBK")


def repeat_caller(at: Place, hand: Hand) -> None:
    """Known by some digits of the number, referred."""
    at.came(ZHANG)
    hand.press(K.Key_F3)
    hand.type("1111")
    at.until(lambda: len(at.page.people.recall.said) == 2)
    hand.press(K.Key_Down)
    hand.press(K.Key_Return)
    hand.type("tqgz")
    hand.press(K.Key_4, CTRL)
    hand.press(K.Key_Return, CTRL)
    row = at.rows(2)[0]
    assert (row.name, row.phone, row.act) == ("张建国", "13800001111", Act.REFERRED)
    assert at.desk.ask(people.recall, "张建国")[0].times == 2


def new_visitor(at: Place, hand: Hand) -> None:
    """Never seen before, the name in characters of which one is astral, referred."""
    hand.press(K.Key_F2)
    hand.compose("tuoqiangongzi", "拖欠工资三个月")
    hand.press(K.Key_Return)
    hand.type("13900002222")
    hand.press(K.Key_Return)
    hand.compose("wangbingying", "王冰𬱖")
    hand.press(K.Key_4, CTRL)
    hand.type("jc")
    hand.press(K.Key_Return)
    hand.press(K.Key_Return, CTRL)
    row = at.rows(1)[0]
    assert (row.subject, row.phone, row.name) == ("拖欠工资三个月", "13900002222", "王冰𬱖")
    assert (row.act, row.department) == (Act.REFERRED, "JC")


def my_matter(at: Place, hand: Hand) -> None:
    """What became of it? Asked with four digits; the question is added to the same case."""
    lead = at.desk.ask(directory.department, "JC").id
    case = at.came(ZHANG, act=Act.REFERRED, department_id=lead, referral=NewReferral(lead))
    hand.press(K.Key_I, CTRL)
    hand.type("1111")

    def told() -> bool:
        dialog = at.window.findChild(CaseDialog)
        return dialog is not None and "监察" in dialog.sentence.text()

    at.until(told)
    hand.press(K.Key_Return)
    newest = at.rows(2)[0]
    view = at.desk.ask(reading.entry, newest.id)
    assert view.case is not None
    assert view.case.id == case


def put_through(at: Place, hand: Hand) -> None:
    """A call put through to a department, connected."""
    hand.press(K.Key_F3)
    hand.press(K.Key_3, CTRL)
    hand.type("jc")
    hand.press(K.Key_1)
    row = at.rows(1)[0]
    assert (row.kind, row.act, row.call_result) == (Kind.CALL_IN, Act.PUT_THROUGH, CallResult.CONNECTED)


def check_out(at: Place, hand: Hand) -> None:
    """The second of three visitors leaves, while something else is on the screen."""
    for name in ("甲", "乙", "丙"):
        at.came(Party(name))
    hand.press(K.Key_F5)
    page = at.window.page("here")
    assert isinstance(page, HerePage)
    at.until(lambda: page.table.rows.rowCount() == 3)
    hand.press(K.Key_2)
    hand.press(K.Key_Space)
    at.until(lambda: [one.name for one in at.desk.ask(presence.here)] == ["甲", "丙"])


def change_of_clerk(at: Place, hand: Hand) -> None:
    """The next in the list takes over. The dialog has an event loop of its own."""
    from PySide6.QtCore import QTimer

    def choose() -> None:
        assert isinstance(QApplication.activeModalWidget(), ClerkDialog)
        hand.press(K.Key_Down)
        hand.press(K.Key_Return)

    QTimer.singleShot(300, choose)
    hand.press(K.Key_F8)
    assert "李明" in at.window.head.clerk.text()


def print_today(at: Place, hand: Hand) -> None:
    """The day's sheet, as far as the computer's own dialog for printing."""
    hand.press(K.Key_P, CTRL)
    page = at.window.page("sheet")
    assert isinstance(page, SheetPage)
    at.until(lambda: page.bar.print.isEnabled())
    hand.press(K.Key_P, CTRL)
    at.until(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.close()


TASKS: list[tuple[str, Task, int, bool]] = [
    ("point a nameless visitor the way", point, 6, True),
    ("repeat caller logged and referred", repeat_caller, 8, False),
    ("new visitor logged and referred", new_visitor, 10, False),
    ("what became of my matter", my_matter, 7, True),
    ("call put through", put_through, 3, False),
    ("check-out", check_out, 3, True),
    ("change of clerk", change_of_clerk, 4, True),
    ("print today", print_today, 2, True),
]
"""Name, task, the most keys, and whether content counts among them."""


@pytest.mark.parametrize(("name", "task", "most", "whole"), TASKS, ids=[one[0] for one in TASKS])
def test_a_core_task_costs_few_keys(
    qtbot: QtBot,
    window: MainWindow,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    task: Task,
    most: int,
    whole: bool,
) -> None:
    if task is change_of_clerk:
        desk.do(directory.save_operator, "李明", uid=uuid.uuid4())
        qtbot.waitUntil(
            lambda: window.lanes.catalogue is not None and "李明" in window.lanes.catalogue.operators
        )
    monkeypatch.setattr(printing, "has_printer", lambda: True)
    hand = Hand()
    task(Place(qtbot, window, desk), hand)
    qtbot.waitUntil(lambda: window.lanes.idle)
    keys = hand.beyond + (hand.content if whole else 0)
    print(f"\n{name:40} {hand.content:3} content + {hand.beyond:2} others; {keys:2} of {most:2} allowed")
    assert keys <= most
