"""Things lent at the desk: out, overdue, back; nothing of it is erased."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reception.errors import InputError, NotFoundError, StateError
from reception.facts import Place
from reception.facts.lending import Loan
from reception.facts.office import LoanStatus
from reception.operations import undoing
from reception.operations.office import loans
from reception.store import check
from tests.factories import NOW, Clock, OpenDesk, add, department, new_uid, visit

HOUR = dt.timedelta(hours=1)
_NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


def _things(rows: tuple[Loan, ...]) -> list[str]:
    return [one.thing for one in rows]


def test_a_thing_is_out_then_overdue_then_back(register: str, open_desk: OpenDesk, clock: Clock) -> None:
    desk = open_desk(register, operator="王芳")
    clock.go(minutes=1)  # what came with the register cannot be taken back
    came = add(desk, visit("借会议室"))
    uid = new_uid()
    given: dict[str, Any] = {
        "thing": "三楼钥匙",
        "whom": "王强",
        "phone": "8031",
        "back_by": NOW + HOUR,
        "pieces": 2,
    }
    key = desk.do(loans.lend, **given, entry_id=came.entry_id, department_id=department(desk, "PX"), uid=uid)
    assert (key.visit, key.operator, key.overdue, key.pieces) == (came.number, "王芳", False, 2)
    assert desk.do(loans.lend, **given, uid=uid).id == key.id  # a double click lends once
    umbrella = desk.do(loans.lend, thing="雨伞", whom="李大爷", uid=new_uid())
    clock.go(minutes=60)
    assert _things(desk.ask(loans.rows)) == ["三楼钥匙", "雨伞"]  # what has no day comes last
    (late,) = desk.ask(loans.rows, which="overdue")
    assert (late.id, late.overdue) == (key.id, True)
    longer = desk.do(loans.prolong, key.id, back_by=NOW + 3 * HOUR, uid=new_uid())
    assert (longer.overdue, desk.ask(loans.rows, which="overdue")) == (False, ())
    back_uid = new_uid()
    back = desk.do(loans.give_back, key.id, note="少一把", uid=back_uid)
    later = NOW + dt.timedelta(minutes=61)
    assert (back.status, back.returned_at, back.note) == (LoanStatus.BACK, later, "少一把")
    with pytest.raises(StateError):
        desk.do(loans.give_back, key.id, uid=new_uid())
    desk.do(undoing.undo, back_uid, uid=new_uid())
    assert desk.ask(loans.one, key.id).status is LoanStatus.OUT
    desk.do(undoing.undo_last, uid=new_uid())  # the new day
    assert desk.ask(loans.one, key.id).back_by == NOW + HOUR
    desk.do(undoing.undo_last, uid=new_uid())  # the umbrella was never lent
    assert desk.ask(loans.one, umbrella.id).status is LoanStatus.WITHDRAWN
    assert _things(desk.ask(loans.rows, which="all")) == ["三楼钥匙"]
    check.run(desk)


def test_each_list_goes_on_page_by_page(register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(register)
    for number in range(7):
        due = None if number % 3 == 0 else NOW + (number % 2 + 1) * HOUR
        desk.do(loans.lend, thing=f"伞{number}", whom="王强", back_by=due, uid=new_uid())
    for which in ("out", "all"):
        whole, at = desk.ask(loans.rows, which=which), None
        pages: list[Loan] = []
        while page := desk.ask(loans.rows, which=which, before=at, limit=2):
            pages += page
            at = Place(0, 0, page[-1].back_by or _NEVER, page[-1].id)
        assert tuple(pages) == whole
        assert len(whole) == 7
    assert _things(desk.ask(loans.rows, words="伞5")) == ["伞5"]
    assert desk.ask(loans.rows, words="%") == ()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"thing": " ", "whom": "王强"}, "thing"),
        ({"thing": "伞", "whom": ""}, "whom"),
        ({"thing": "伞", "whom": "王强", "pieces": 0}, "pieces"),
        ({"thing": "伞", "whom": "王强", "back_by": NOW}, "back_by"),
        ({"thing": "伞", "whom": "王强", "back_by": dt.datetime.max.replace(tzinfo=dt.UTC)}, "back_by"),
        ({"thing": "伞\n" * 101, "whom": "王强"}, "thing"),  # a name stands on one line of a list
    ],
)
def test_what_cannot_be_lent_is_said_at_its_field(
    file_register: str, open_desk: OpenDesk, given: dict[str, Any], field: str
) -> None:
    desk = open_desk(file_register)
    with pytest.raises(InputError) as refused:
        desk.do(loans.lend, **given, uid=new_uid())
    assert refused.value.field == field
    with pytest.raises(NotFoundError):
        desk.do(loans.give_back, 7, uid=new_uid())
