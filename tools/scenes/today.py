"""The clerk's hands on the page of today, the shift, what covers the window."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from tools.scenes.studio import Scene, Studio, page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


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
            (PinKind.LEADER, "周局长：先接待低保户，下午两点听汇报"),
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
    studio.type("1641")
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
    for text, key in (("退休金核定", "F3"), ("16411114444", "F2"), ("农民工工资保证金退还手续", "F3")):
        studio.type(text)
        studio.press("Esc")
        studio.press(key)
    studio.type("16300000099")
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
    for name, phone in (("李四", "16300002222"), ("王五", "16300003333"), ("赵六", "")):
        studio.press("Ctrl+Shift+G")
        studio.type(name)
        studio.press("Return")
        studio.type(phone)
    return studio.window


def _through(studio: Studio) -> QWidget:
    studio.begin("call-in")
    studio.type("16300009999")
    studio.press("Esc")
    studio.press("Ctrl+3")
    studio.type("jc")
    studio.press("2")
    return studio.window


def _twice(studio: Studio) -> QWidget:
    today = studio.begin()
    today.form.body.matter.put((None, "反映拖欠工资"))
    today.form.body.person.put("卢大海")
    today.form.body.phone.put("16411114444")
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


SCENES: dict[str, Scene] = {
    "today": _today,
    "more": _more,
    "sending": _sending,
    "check": page("check"),
    "shift": _shift,
    "handed-over": _today,
    "recall": _recall,
    "note": _note("16411112222"),
    "banned": _note("16411114444"),
    "aside": _aside,
    "late": _late,
    "group": _group,
    "put-through": _through,
    "twice": _twice,
    "queue": _queue,
    "give-up": _give_up,
    "trouble": _trouble,
    "cover": _cover,
}
