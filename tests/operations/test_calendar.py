"""A calendar is imported again and again without doubling, taken back as one act, and handed on."""

from __future__ import annotations

import datetime as dt

from reception import calendars, wording
from reception.desk import Desk
from reception.facts.awaited import Imported
from reception.facts.office import ExpectedStatus
from reception.operations import undoing
from reception.operations.office import calendar, expected
from reception.store import check
from tests.factories import NOW, TODAY, Clock, OpenDesk, new_uid
from tests.test_calendars import file

_DAY = dt.timedelta(days=1)
WEEKLY = "UID:w\nDTSTART:20261124T093000\nRRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY:例会"
VISIT = "UID:v\nDTSTART:20261124T140000\nDTEND:20261124T150000\nSUMMARY:座谈\nLOCATION:301"


def _import(desk: Desk, *events: str) -> Imported:
    return desk.do(calendar.bring_in, _read(desk, file(*events)), uid=new_uid())


def _read(desk: Desk, content: bytes) -> calendars.Calendar:
    since = dt.datetime.combine(NOW.astimezone(desk.zone).date(), dt.time(), desk.zone)
    return calendars.read(content, desk.zone, since)


def _counts(done: Imported) -> tuple[int, int, int, int]:
    return len(done.added), len(done.changed), len(done.cancelled), done.same


def _stand(desk: Desk) -> list[tuple[str, str, ExpectedStatus]]:
    return [
        (one.subject, f"{one.at.astimezone(desk.zone):%m-%d %H:%M}", one.status)
        for one in desk.ask(expected.between, TODAY, 20991231)
    ]


def test_a_calendar_is_kept_up_to_date_and_taken_back_as_one_act(
    register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(register, operator="王芳")
    clock.go(minutes=1)
    waits, off = ExpectedStatus.EXPECTED, ExpectedStatus.CANCELLED
    first = [
        ("例会", "11-24 09:30", waits),
        ("座谈", "11-24 14:00", waits),
        ("例会", "12-01 09:30", waits),
        ("例会", "12-08 09:30", waits),
    ]
    assert _counts(_import(desk, WEEKLY, VISIT)) == (4, 0, 0, 0)
    assert _stand(desk) == first
    clock.go(minutes=1)
    assert _counts(_import(desk, WEEKLY, VISIT)) == (0, 0, 0, 4)
    visit = next(one for one in desk.ask(expected.rows, which="coming") if one.subject == "座谈")
    desk.do(expected.change, visit.id, name="钱经理", party_size=3, uid=new_uid())

    clock.go(minutes=1)
    act, moved = new_uid(), VISIT.replace("T14", "T16").replace("T15", "T17").replace("301", "302")
    read = _read(desk, file(WEEKLY + "\nEXDATE:20261201T093000", moved))
    assert _counts(desk.do(calendar.bring_in, read, uid=act)) == (0, 1, 1, 2)
    assert _counts(desk.do(calendar.bring_in, read, uid=act)) == (0, 1, 1, 2)
    assert _stand(desk) == [first[0], ("座谈", "11-24 16:00", waits), ("例会", "12-01 09:30", off), first[3]]
    known = desk.ask(expected.one, visit.id)
    assert (known.name, known.party_size, known.room) == ("钱经理", 3, "302")
    desk.do(undoing.undo, act, uid=new_uid())
    assert _stand(desk) == first

    clock.go(minutes=1)
    assert _counts(_import(desk, VISIT + "\nSTATUS:CANCELLED")) == (0, 0, 1, 0)
    assert _counts(_import(desk, VISIT)) == (0, 0, 0, 1)  # who was called off stays so at the same time
    assert _counts(_import(desk, VISIT.replace("24T14", "25T14").replace("24T15", "25T15"))) == (0, 1, 0, 0)
    here = next(one for one in desk.ask(expected.rows, which="coming") if one.at.day == 24)
    desk.do(expected.arrive, here.id, uid=new_uid())
    assert _counts(_import(desk, WEEKLY.replace("T0930", "T1030"))) == (3, 0, 2, 0)
    check.run(desk)


def test_an_import_that_was_taken_back_comes_again_and_what_was_handed_on_is_known(
    register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(register, operator="王芳")
    clock.go(minutes=1)
    act = new_uid()
    assert _counts(desk.do(calendar.bring_in, _read(desk, file(VISIT, WEEKLY)), uid=act)) == (4, 0, 0, 0)
    desk.do(undoing.undo, act, uid=new_uid())
    assert {status for *_rest, status in _stand(desk)} == {ExpectedStatus.CANCELLED}
    clock.go(minutes=1)
    assert _counts(_import(desk, VISIT)) == (0, 1, 0, 0)
    desk.do(expected.note, at=NOW + 2 * _DAY, name="孙先生", phone="13800003333", uid=new_uid())

    (visit,) = (one for one in desk.ask(expected.rows, which="coming") if one.subject == "座谈")
    desk.do(expected.cancel, visit.id, uid=new_uid())
    moved = new_uid()
    desk.do(expected.change, visit.id, room="305", uid=moved)
    desk.do(undoing.undo, moved, uid=new_uid())
    assert _counts(_import(desk, VISIT)) == (0, 0, 0, 1)  # called off by us, whatever was taken back since
    desk.do(expected.change, visit.id, at=visit.at, uid=new_uid())

    found = desk.ask(calendar.give_out, TODAY, 20261126)
    assert [(one.subject, one.name, one.cancelled) for one in found] == [
        ("例会", "", True),
        ("座谈", "", False),
        ("", "孙先生", False),
    ]
    content = calendars.write(found, desk.zone, NOW, wording.load("en"))
    assert _counts(desk.do(calendar.bring_in, _read(desk, content), uid=new_uid()))[:3] == (0, 0, 0)
    assert len(_stand(desk)) == 5

    (guest,) = (one for one in desk.ask(expected.rows, which="coming") if one.name == "孙先生")
    desk.do(expected.change, guest.id, at=NOW + 3 * _DAY, uid=new_uid())
    back = new_uid()
    done = desk.do(calendar.bring_in, _read(desk, content), uid=back)
    assert _counts(done) == (0, 1, 0, 2)
    assert desk.do(calendar.bring_in, _read(desk, content), uid=back) == done  # the answer had been lost
    check.run(desk)
