"""A way into every corner of the office's rooms."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from reception.facts.office import NewInvitee
from reception.operations import directory
from reception.operations.office import documents, expected, jobs, loans, meetings, parcels, urgent
from tests.ui.house import House
from tests.ui.today.keyboard import CTRL, press
from ui.office.page import OfficePage


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


OFFICE: dict[str, Callable[[House], None]] = {
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
"""The rooms, and what they ask."""
