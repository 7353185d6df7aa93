"""A way into every corner of the pages, and back to an empty form."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from reception.facts import Act, Category, Kind, NewEntry
from reception.operations import entries, people, pins, shifts, site
from tests.ui.house import BROKEN, SHIFT, House
from tests.ui.house_office import OFFICE
from tests.ui.today.keyboard import CTRL, press, typed
from ui.directory.page import DirectoryPage
from ui.settings.page import SettingsPage


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
    **OFFICE,
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
