"""A whole document number is seen only by an act of its own; everything else shows its end."""

from __future__ import annotations

import pytest

from reception.desk import Desk
from reception.errors import NotFoundError
from reception.operations import entries, reading, revealing
from reception.store import check
from tests.factories import add, new_uid, person, visit

NUMBER = "11010519491231002X"


def test_a_number_is_shown_whole_and_the_trail_says_to_whom(desk: Desk) -> None:
    persons = (person("李四"), person(document_type="身份证", document_number=NUMBER))
    receipt = add(desk, visit(parties=persons))
    assert NUMBER not in repr(desk.ask(reading.entry, receipt.entry_id))
    act = new_uid()
    desk.operator = "李敏"
    assert desk.do(revealing.reveal, receipt.entry_id, 1, uid=act) == NUMBER
    assert desk.do(revealing.reveal, receipt.entry_id, 1, uid=act) == NUMBER
    view = desk.ask(reading.entry, receipt.entry_id)
    assert [(line.verb, line.operator) for line in view.trail] == [("register", "王芳"), ("reveal", "李敏")]
    assert view.trail[-1].changes == (("reveal.person", "", "2"),)
    assert NUMBER not in repr(view)
    desk.do(revealing.reveal, receipt.entry_id, 1, uid=new_uid())
    desk.do(entries.void, receipt.entry_id, "误登", uid=new_uid())
    assert desk.do(revealing.reveal, receipt.entry_id, 1, uid=new_uid()) == NUMBER
    assert len(desk.ask(reading.entry, receipt.entry_id).trail) == 5
    check.run(desk)


def test_nothing_to_show_is_said_and_leaves_no_line(desk: Desk) -> None:
    receipt = add(desk, visit(parties=(person(),)))
    for entry_id, position in ((receipt.entry_id, 0), (receipt.entry_id, 1), (99_999, 0)):
        with pytest.raises(NotFoundError):
            desk.do(revealing.reveal, entry_id, position, uid=new_uid())
    assert len(desk.ask(reading.entry, receipt.entry_id).trail) == 1
