"""Parcels and letters for staff: taken in, handed out with a name, sent back; nothing lies here unseen."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import InputError, NotFoundError, StateError
from reception.facts.office import ParcelKind, ParcelStatus
from reception.facts.papers_in import ParcelRow
from reception.operations import site, undoing
from reception.operations.office import parcels
from reception.store import check
from tests.factories import NOW, Clock, OpenDesk, department, new_uid


def taken(desk: Desk, whom: str = "孙科长", **fields: Any) -> ParcelRow:
    """Something is taken in."""
    return desk.do(parcels.take_in, **{"whom": whom, "uid": new_uid(), **fields})


def test_what_is_taken_in_is_handed_out_with_a_name_and_a_time(desk: Desk, clock: Clock) -> None:
    letter = taken(
        desk,
        kind=ParcelKind.REGISTERED,
        department_id=department(desk, "RC"),
        sender="市邮政局",
        tracking="XA12345678942",
        pieces=2,
        note="需本人签收",
    )
    assert (letter.kind, letter.department, letter.pieces, letter.received_at) == (
        ParcelKind.REGISTERED,
        "RC",
        2,
        NOW,
    )
    box = taken(desk, "", department_id=department(desk, "JC"))
    assert [one.id for one in desk.ask(parcels.rows)] == [letter.id, box.id]
    clock.go(hours=2)
    act = new_uid()
    handed = desk.do(parcels.hand_out, letter.id, uid=act)
    assert (handed.status, handed.handed_to, handed.handed_at) == (ParcelStatus.HANDED, "孙科长", clock.now)
    assert desk.do(parcels.hand_out, letter.id, to="别人", uid=act) == handed
    with pytest.raises(StateError):
        desk.do(parcels.hand_out, letter.id, uid=new_uid())
    with pytest.raises(InputError):
        desk.do(parcels.hand_out, box.id, uid=new_uid())  # nobody is named who could have taken it
    back = desk.do(parcels.send_back, box.id, why="查无此人", uid=new_uid())
    assert (back.status, back.note) == (ParcelStatus.SENT_BACK, "查无此人")
    assert desk.ask(parcels.rows) == ()
    desk.do(undoing.undo, act, uid=new_uid())
    assert [(one.id, one.handed_to) for one in desk.ask(parcels.rows)] == [(letter.id, "")]
    desk.do(parcels.amend, letter.id, whom="孙副科长", pieces=3, uid=new_uid())
    emptied = desk.do(parcels.amend, letter.id, pieces=None, kind=None, uid=new_uid())
    assert (emptied.pieces, emptied.kind) == (1, ParcelKind.PARCEL)
    assert [one.whom for one in desk.ask(parcels.rows, which="all")] == ["", "孙副科长"]
    assert check.run(desk).troubles == ()


def test_what_lies_here_longer_than_the_sites_days_says_so(desk: Desk, clock: Clock) -> None:
    taken(desk)
    clock.go(days=3)
    assert [(one.days, one.long) for one in desk.ask(parcels.rows)] == [(3, False)]
    clock.go(days=1)
    taken(desk, "钱会计", tracking="SF_100")
    first, second = desk.ask(parcels.rows)
    assert [(one.days, one.long) for one in (first, second)] == [(4, True), (0, False)]
    assert desk.ask(parcels.rows, which="long") == (first,)
    assert desk.ask(parcels.rows, before=first) == (second,)
    assert desk.ask(parcels.rows, which="all", before=second) == (first,)
    assert desk.ask(parcels.rows, words="f_1") == (second,)
    desk.do(site.save, {"parcel_days": "10"}, uid=new_uid())
    assert not desk.ask(parcels.rows)[0].long
    with pytest.raises(InputError):
        desk.do(site.save, {"parcel_days": "0"}, uid=new_uid())


def test_what_was_taken_in_by_mistake_is_taken_back_and_stays_known(desk: Desk, clock: Clock) -> None:
    clock.go(minutes=1)
    act, back = new_uid(), new_uid()
    one = taken(desk, uid=act)
    desk.do(undoing.undo, act, uid=back)
    assert desk.ask(parcels.rows) == desk.ask(parcels.rows, which="all") == ()
    with pytest.raises(StateError):
        desk.do(parcels.amend, one.id, whom="谁", uid=new_uid())
    desk.do(undoing.undo, back, uid=new_uid())
    assert [left.id for left in desk.ask(parcels.rows)] == [one.id]
    assert check.run(desk).troubles == ()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"whom": " "}, "whom"),
        ({"pieces": 0}, "pieces"),
        ({"department_id": 9999}, "department_id"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_at_its_field(
    file_register: str, open_desk: OpenDesk, fields: dict[str, Any], field: str
) -> None:
    desk = open_desk(file_register)
    with pytest.raises(InputError) as refused:
        taken(desk, **fields)
    assert refused.value.field == field
    with pytest.raises(NotFoundError):
        desk.do(parcels.hand_out, 12, uid=new_uid())
    one = taken(desk)
    with pytest.raises(InputError):
        desk.do(parcels.hand_out, one.id, at=NOW + dt.timedelta(hours=3), uid=new_uid())
