"""Numbers: without a gap within a desk's day, of the site's local day, never given twice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from reception import founding
from reception.desk import Desk
from reception.errors import InputError
from reception.operations import entries, reading
from reception.store import check
from tests.factories import NOW, Clock, OpenDesk, add, new_uid, told_numbers, visit
from tests.hands import Hands

COPIES, EACH = 8, 12


def _utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def test_a_day_counts_from_one_and_the_next_day_again(desk: Desk, clock: Clock) -> None:
    first = [add(desk).number for _ in range(3)]
    clock.go(days=1)
    assert first == ["20261123-001", "20261123-002", "20261123-003"]
    assert add(desk).number == "20261124-001"


@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        ("Asia/Shanghai", "2026-11-22 15:59:59.999999", 20261122),
        ("Asia/Shanghai", "2026-11-22 16:00:00", 20261123),
        ("America/New_York", "2026-03-08 04:59:59", 20260307),  # the clocks go forward on the 8th
        ("America/New_York", "2026-03-08 05:00:00", 20260308),
        ("America/New_York", "2026-03-09 03:59:59", 20260308),
        ("America/New_York", "2026-03-09 04:00:00", 20260309),
        ("America/New_York", "2026-11-01 04:00:00", 20261101),  # and back on the 1st
        ("America/New_York", "2026-11-02 04:59:59", 20261101),
        ("America/New_York", "2026-11-02 05:00:00", 20261102),
        ("Asia/Kathmandu", "2026-11-22 18:14:59", 20261122),  # 5:45 ahead
        ("Asia/Kathmandu", "2026-11-22 18:15:00", 20261123),
        ("Pacific/Kiritimati", "2026-12-31 10:00:00", 20270101),  # 14 hours ahead
    ],
)
def test_the_day_is_the_sites(
    tmp_path: Path, open_desk: OpenDesk, clock: Clock, zone: str, instant: str, day: int
) -> None:
    place = str(tmp_path / "r.sqlite")
    founding.create(place, template="office", zone=zone)
    clock.now = _utc(instant)
    desk = open_desk(place)
    assert (add(desk).day, add(desk).number) == (day, f"{day}-002")


def test_what_was_noted_on_paper_gets_the_next_number_of_its_own_day(desk: Desk, clock: Clock) -> None:
    yesterday = NOW - dt.timedelta(days=1)
    assert add(desk, visit(received_at=yesterday)).number == "20261122-001"
    today = add(desk, visit(received_at=NOW - dt.timedelta(minutes=5), late=True))
    later = add(desk, visit(received_at=yesterday - dt.timedelta(hours=3)))
    plain = add(desk)
    assert [today.number, later.number, plain.number] == ["20261123-001", "20261122-002", "20261123-002"]
    late = {
        one.number: one.late
        for one in desk.ask(reading.rows, [today.entry_id, later.entry_id, plain.entry_id])
    }
    assert late == {"20261123-001": True, "20261122-002": True, "20261123-002": False}


def test_a_clock_that_is_fast_across_midnight_is_no_late_entry(desk: Desk, clock: Clock) -> None:
    clock.now = _utc("2026-11-23 15:58:00")
    receipt = add(desk, visit(received_at=_utc("2026-11-23 16:01:00")))
    assert receipt.number == "20261124-001"
    assert not desk.ask(reading.entry, receipt.entry_id).row.late


def test_a_voided_number_keeps_its_line_and_is_not_given_again(desk: Desk) -> None:
    last = [add(desk) for _ in range(3)][-1]
    desk.do(entries.void, last.entry_id, "误登", uid=new_uid())
    assert add(desk).number == "20261123-004"
    assert told_numbers(desk) == [f"20261123-00{n}" for n in (1, 2, 3, 4)]


def test_a_refused_entry_uses_no_number_up(desk: Desk) -> None:
    add(desk)
    with pytest.raises(InputError):
        add(desk, visit(" \u200b "))
    assert add(desk).number == "20261123-002"


def test_a_correction_to_another_day_is_refused(desk: Desk) -> None:
    receipt = add(desk)
    midnight = _utc("2026-11-22 16:00:00")
    with pytest.raises(InputError) as refused:
        desk.do(
            entries.correct,
            receipt.entry_id,
            {"received_at": midnight - dt.timedelta(seconds=1)},
            uid=new_uid(),
        )
    assert (refused.value.field, refused.value.values["number"]) == ("received_at", "20261123-001")
    desk.do(entries.correct, receipt.entry_id, {"received_at": midnight}, uid=new_uid())
    assert desk.ask(reading.entry, receipt.entry_id).row.received_at == midnight


def test_each_desk_counts_for_itself(register: str, open_desk: OpenDesk) -> None:
    only, b, c = open_desk(register), open_desk(register, desk="b"), open_desk(register, desk="C7")
    given = [add(one).number for one in (only, b, c, b, only)]
    assert given == ["20261123-001", "20261123-B-001", "20261123-C7-001", "20261123-B-002", "20261123-002"]
    assert told_numbers(only) == [
        "20261123-001",
        "20261123-B-001",
        "20261123-C7-001",
        "20261123-002",
        "20261123-B-002",
    ]
    for number in given:
        assert only.ask(reading.entry, only.ask(reading.find_number, number)).row.number == number


def test_after_999_the_number_grows(desk: Desk) -> None:
    assert str(desk.ask(reading.find_number, add(desk).number)) == "1"
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE entry SET sequence = 999")
    assert add(desk).number == "20261123-1000"


@pytest.mark.parametrize("desks", ["", "A,B"], ids=["one desk", "two desks"])
def test_many_processes_at_once_leave_no_gap_and_give_nothing_twice(
    register: str, open_desk: OpenDesk, desks: str
) -> None:
    with Hands(register, "register", desks, EACH, copies=COPIES) as hands:
        told = hands.lines()
    assert len(told) == len(set(told)) == COPIES * EACH
    by_desk: dict[str, list[int]] = {}
    for number in told:
        head, _, sequence = number.rpartition("-")
        by_desk.setdefault(head.partition("-")[2], []).append(int(sequence))
    share = COPIES * EACH // len(desks.split(","))
    assert {code: sorted(given) for code, given in by_desk.items()} == {
        code: list(range(1, share + 1)) for code in desks.split(",")
    }
    desk = open_desk(register)
    assert sorted(told) == sorted(told_numbers(desk))
    assert check.run(desk).entries == COPIES * EACH
