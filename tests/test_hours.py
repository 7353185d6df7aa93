"""Office hours: waiting runs only while the office is open."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.hours import OfficeHours, before, end_of, later, minutes_between, read_month_day, read_spans

SHANGHAI = ZoneInfo("Asia/Shanghai")
PLAIN = OfficeHours.read({"office_hours": "08:30-12:00 14:00-17:30"})
SEASONS = {
    "hours_summer": "08:00-12:00 15:00-18:00",
    "hours_winter": "08:30-12:00 14:30-17:30",
    "summer_from": "06-01",
    "winter_from": "10-01",
}


def _at(text: str, zone: ZoneInfo = SHANGHAI) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


# 2026-11-23 is a Monday; a working day of PLAIN has 210 + 210 minutes.
@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-23 09:00", "2026-11-23 09:10", 10),
        ("2026-11-23 09:00", "2026-11-23 09:10:59", 10),
        ("2026-11-23 09:00", "2026-11-23 09:00", 0),
        ("2026-11-23 09:10", "2026-11-23 09:00", 0),
        ("2026-11-23 08:00", "2026-11-23 08:40", 10),
        ("2026-11-23 11:50", "2026-11-23 13:00", 10),
        ("2026-11-23 11:50", "2026-11-23 14:05", 15),
        ("2026-11-23 12:30", "2026-11-23 13:30", 0),
        ("2026-11-23 17:25", "2026-11-23 21:00", 5),
        ("2026-11-23 17:25", "2026-11-24 08:35", 10),
        ("2026-11-27 17:20", "2026-11-30 08:40", 20),
        ("2026-11-28 09:00", "2026-11-29 17:00", 0),
        ("2026-11-23 00:00", "2026-11-30 00:00", 5 * 420),
    ],
)
def test_minutes_stand_still_outside_office_hours(start: str, end: str, minutes: int) -> None:
    assert minutes_between(_at(start), _at(end), PLAIN, SHANGHAI) == minutes


@pytest.mark.parametrize(
    ("day", "opens", "ends"),
    [
        ("2026-01-01", "08:30", "17:30"),
        ("2026-05-29", "08:30", "17:30"),
        ("2026-06-01", "08:00", "18:00"),
        ("2026-09-30", "08:00", "18:00"),
        ("2026-10-01", "08:30", "17:30"),
        ("2026-12-31", "08:30", "17:30"),
    ],
)
def test_summer_and_winter_have_their_hours(day: str, opens: str, ends: str) -> None:
    office, date = OfficeHours.read(SEASONS), dt.date.fromisoformat(day)
    assert f"{office.spans(date)[0][0]:%H:%M}" == opens
    assert f"{office.end(date):%H:%M}" == ends


def test_hours_of_the_whole_year_stand_above_the_seasons() -> None:
    office = OfficeHours.read({**SEASONS, "office_hours": "07:00-15:00"})
    assert office.end(dt.date(2026, 7, 1)) == office.end(dt.date(2026, 12, 1)) == dt.time(15)


@pytest.mark.parametrize(
    "settings",
    [{}, {"office_hours": "all day"}, {**SEASONS, "summer_from": ""}, {**SEASONS, "hours_winter": ""}],
)
def test_a_site_without_proper_hours_has_the_usual_ones(settings: dict[str, str]) -> None:
    assert OfficeHours.read(settings).spans(dt.date(2026, 11, 23)) == (
        (dt.time(8, 30), dt.time(12)),
        (dt.time(14), dt.time(17, 30)),
    )


def test_days_off_stand_still_and_make_up_days_run() -> None:
    """National Day 2026: off from 10-01 to 10-07, worked on Sunday 09-20 and Saturday 10-10."""
    holidays = {dt.date(2026, 10, day) for day in range(1, 8)}
    office = OfficeHours(PLAIN.seasons, off=holidays, worked={dt.date(2026, 9, 20), dt.date(2026, 10, 10)})
    assert minutes_between(_at("2026-09-30 17:00"), _at("2026-10-08 09:00"), office, SHANGHAI) == 30 + 30
    assert minutes_between(_at("2026-10-09 17:00"), _at("2026-10-10 09:00"), office, SHANGHAI) == 30 + 30
    assert office.spans(dt.date(2026, 9, 20))
    assert not office.spans(dt.date(2026, 10, 11))


def test_a_day_ends_with_its_last_hours_also_where_it_has_none() -> None:
    for day in (dt.date(2026, 11, 23), dt.date(2026, 11, 22)):
        assert end_of(day, PLAIN, SHANGHAI) == dt.datetime.combine(day, dt.time(9, 30), dt.UTC)


def test_clocks_put_back_or_on_cost_nobody_an_hour() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    night = OfficeHours((((1, 1), read_spans("01:00-05:00")),), weekdays=frozenset(range(7)))
    back, forward = dt.date(2026, 10, 25), dt.date(2026, 3, 29)
    for day, minutes in ((back, 300), (forward, 180)):
        start = dt.datetime.combine(day, dt.time(0), berlin)
        assert minutes_between(start, start + dt.timedelta(days=1), night, berlin) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "8:30-12:00",
        "08:30-24:00",
        "12:00-08:30",
        "08:30-08:30",
        "08:30-12:00 11:00-17:00",
        "08:30—12:00",
        "08:30-12:00,14:00-17:30",
        "０8:30-12:00",
    ],
)
def test_what_is_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\A"):
        read_spans(text)


@pytest.mark.parametrize("text", ["", "6-1", "13-01", "02-30", "06/01", "06-01 "])
def test_what_is_no_first_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\A"):
        read_month_day(text)


_moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 3, 1))


@given(_moments, _moments, _moments)
def test_waiting_adds_up(one: dt.datetime, two: dt.datetime, three: dt.datetime) -> None:
    """Counted minute by minute, and the same whether somebody looked in between or not."""
    from reception.hours import time_between

    start, middle, end = sorted(
        moment.replace(second=0, microsecond=0, tzinfo=SHANGHAI) for moment in (one, two, three)
    )
    whole = time_between(start, end, PLAIN, SHANGHAI)
    assert whole == time_between(start, middle, PLAIN, SHANGHAI) + time_between(middle, end, PLAIN, SHANGHAI)
    count, moment = 0, start
    stop = min(end, start + dt.timedelta(days=3))
    while moment < stop:
        inside = any(opens <= moment.time() < closes for opens, closes in PLAIN.spans(moment.date()))
        count += inside
        moment += dt.timedelta(minutes=1)
    assert minutes_between(start, stop, PLAIN, SHANGHAI) == count


# 2026-11-27 is a Friday.
@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-23 09:00", 60, "2026-11-23 10:00"),
        ("2026-11-23 11:30", 60, "2026-11-23 14:30"),
        ("2026-11-23 12:30", 60, "2026-11-23 15:00"),
        ("2026-11-23 16:30", 60, "2026-11-23 17:30"),
        ("2026-11-23 16:50", 60, "2026-11-24 08:50"),
        ("2026-11-27 17:10", 60, "2026-11-30 09:10"),
        ("2026-11-28 10:00", 60, "2026-11-30 09:30"),
    ],
)
def test_so_much_office_time_later(start: str, minutes: int, end: str) -> None:
    assert later(_at(start), minutes, PLAIN, SHANGHAI) == _at(end)


def test_an_office_that_never_opens_goes_by_the_clock() -> None:
    closed = OfficeHours(PLAIN.seasons, weekdays=frozenset())
    assert later(_at("2026-11-23 09:00"), 60, closed, SHANGHAI) == _at("2026-11-23 10:00")


@pytest.mark.parametrize(
    ("end", "hours", "begun"),
    [
        ("2026-11-23 11:30", 1, "2026-11-23 10:30"),
        ("2026-11-23 15:00", 2, "2026-11-23 11:00"),
        ("2026-11-23 13:00", 1, "2026-11-23 11:00"),
        ("2026-11-23 09:00", 4, "2026-11-20 14:00"),
        ("2026-11-22 20:00", 3, "2026-11-20 14:30"),
        ("2026-11-23 09:00", 14, "2026-11-19 09:00"),
    ],
)
def test_so_much_office_time_ago(end: str, hours: int, begun: str) -> None:
    found = before(_at(end), dt.timedelta(hours=hours), PLAIN, SHANGHAI)
    assert found == _at(begun)
    assert minutes_between(found, _at(end), PLAIN, SHANGHAI) == 60 * hours


def test_an_office_that_never_opens_counts_by_the_clock() -> None:
    closed = OfficeHours(PLAIN.seasons, weekdays=())
    assert before(_at("2026-11-23 09:00"), dt.timedelta(hours=4), closed, SHANGHAI) == _at("2026-11-23 05:00")
