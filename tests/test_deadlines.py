"""The three clocks: when a limit ends, and by how much something is overdue."""

from __future__ import annotations

import datetime as dt
import itertools
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception import years
from reception.deadlines import Due, WorkingDays, Year, due, due_from_day, end_of_day, overdue_days
from reception.facts import Limit, LimitClock
from reception.hours import OfficeHours, read_spans, time_between

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR, WORKING, HOURS = LimitClock
PLAIN = OfficeHours.read({"office_hours": "08:30-12:00 14:00-17:30"})
SEASONS = OfficeHours.read(
    {
        "hours_summer": "08:00-12:00 15:00-18:00",
        "hours_winter": "08:30-12:00 14:30-17:30",
        "summer_from": "06-01",
        "winter_from": "10-01",
    }
)


@cache
def known() -> WorkingDays:
    return years.read(years.published(2020)[:7])


def at(text: str, zone: ZoneInfo = SHANGHAI) -> dt.datetime:
    """A time; of a day alone, ten in the morning."""
    return dt.datetime.fromisoformat(text if " " in text else f"{text} 10:00").replace(tzinfo=zone)


def end(start: str, amount: int, clock: LimitClock, *pauses: str, office: OfficeHours = PLAIN) -> Due:
    stood = [(at(one), at(other)) for one, _dots, other in (text.partition("..") for text in pauses)]
    return due(at(start), Limit(amount, clock), known(), office, SHANGHAI, stood)


# 2026-09-18 is a Friday; Sunday 09-20 and Saturday 10-10 are worked; 09-25..27 and 10-01..07 are off.
# 2026-02-13 is a Friday; the Saturdays 02-14 and 02-28 are worked, 02-15..23 are off.
@pytest.mark.parametrize(
    ("start", "amount", "clock", "day"),
    [
        ("2026-09-18", 5, WORKING, "2026-09-24"),
        ("2026-09-25", 5, WORKING, "2026-10-09"),
        ("2026-02-13", 5, WORKING, "2026-02-27"),
        ("2026-02-13", 1, WORKING, "2026-02-14"),
        ("2026-02-13", 2, WORKING, "2026-02-24"),
        ("2026-11-23", 1, WORKING, "2026-11-24"),
        ("2026-11-23 00:00", 1, WORKING, "2026-11-24"),
        ("2026-11-23 23:59:59", 1, WORKING, "2026-11-24"),
        ("2026-11-27", 1, WORKING, "2026-11-30"),
        ("2026-11-28", 1, WORKING, "2026-11-30"),
        ("2026-11-23", 13, WORKING, "2026-12-10"),
        ("2026-11-23", 1, CALENDAR, "2026-11-24"),
        ("2026-11-23", 15, CALENDAR, "2026-12-08"),
        ("2026-11-23", 5, CALENDAR, "2026-11-30"),
        ("2026-11-23", 7, CALENDAR, "2026-11-30"),
        ("2026-09-18", 2, CALENDAR, "2026-09-20"),
        ("2026-09-23", 3, CALENDAR, "2026-09-28"),
        ("2026-09-16", 15, CALENDAR, "2026-10-08"),
        ("2026-01-31", 15, CALENDAR, "2026-02-24"),
        ("2024-02-28", 1, CALENDAR, "2024-02-29"),
        ("2020-01-23", 3, CALENDAR, "2020-02-03"),
        ("2022-12-30", 1, WORKING, "2023-01-03"),
    ],
)
def test_a_limit_in_days_starts_on_the_next_and_rolls_forward(
    start: str, amount: int, clock: LimitClock, day: str
) -> None:
    found = end(start, amount, clock)
    assert (found.day, found.provisional) == (dt.date.fromisoformat(day), False)
    assert found.at == at(f"{found.day} 00:00") + dt.timedelta(days=1)
    assert due_from_day(at(start).date(), Limit(amount, clock), known(), SHANGHAI) == found


# An office day of PLAIN has 210 and 210 minutes.
@pytest.mark.parametrize(
    ("start", "amount", "moment"),
    [
        ("2026-11-23 09:00", 2, "2026-11-23 11:00"),
        ("2026-11-23 09:00:30", 2, "2026-11-23 11:00:30"),
        ("2026-11-23 11:00", 2, "2026-11-23 15:00"),
        ("2026-11-23 12:30", 1, "2026-11-23 15:00"),
        ("2026-11-23 16:30", 1, "2026-11-23 17:30"),
        ("2026-11-23 17:00", 1, "2026-11-24 09:00"),
        ("2026-11-23 05:00", 7, "2026-11-23 17:30"),
        ("2026-11-23 20:00", 8, "2026-11-25 09:30"),
        ("2026-11-27 17:00", 1, "2026-11-30 09:00"),
        ("2026-11-28 10:00", 1, "2026-11-30 09:30"),
        ("2026-09-19 10:00", 1, "2026-09-20 09:30"),
        ("2026-09-30 17:00", 1, "2026-10-08 09:00"),
        ("2026-02-14 17:00", 1, "2026-02-24 09:00"),
    ],
)
def test_a_limit_in_hours_runs_while_the_office_is_open(start: str, amount: int, moment: str) -> None:
    found = end(start, amount, HOURS)
    assert (found.at, found.day, found.provisional) == (at(moment), at(moment).date(), False)


def test_hours_change_with_summer_and_winter() -> None:
    assert end("2026-05-29 17:00", 1, HOURS, office=SEASONS).at == at("2026-06-01 08:30")
    assert end("2026-06-01 17:30", 1, HOURS, office=SEASONS).at == at("2026-06-02 08:30")
    assert end("2026-09-30 17:30", 1, HOURS, office=SEASONS).at == at("2026-10-08 09:00")
    assert end("2026-09-30 14:30", 3, HOURS, office=SEASONS).at == at("2026-09-30 18:00")


@pytest.mark.parametrize(
    ("start", "amount", "clock", "pauses", "day"),
    [
        # as much is left when the clock goes on as was left when it stopped
        ("2026-11-23", 5, WORKING, ["2026-11-25..2026-12-02"], "2026-12-07"),
        ("2026-11-23", 5, WORKING, ["2026-11-25 09:00..2026-11-25 17:00"], "2026-11-30"),
        ("2026-11-23", 5, WORKING, ["2026-11-30..2026-12-09"], "2026-12-09"),
        ("2026-11-23", 5, WORKING, ["2026-11-24..2026-11-25", "2026-11-25..2026-11-27"], "2026-12-03"),
        ("2026-11-23", 5, WORKING, ["2026-11-23..2026-11-25"], "2026-12-02"),
        ("2026-11-23", 5, WORKING, ["2026-11-23..2026-11-25", "2026-11-25..2026-11-26"], "2026-12-03"),
        ("2026-11-23", 5, WORKING, ["2026-11-28..2026-11-29"], "2026-11-30"),
        ("2026-11-23", 15, CALENDAR, ["2026-11-25..2026-12-02"], "2026-12-15"),
        ("2026-11-23", 5, CALENDAR, ["2026-11-28..2026-12-02"], "2026-12-02"),
        # ended on a Saturday, so that it was due on Monday, when it stood
        ("2026-11-23", 5, CALENDAR, ["2026-11-30..2026-12-03"], "2026-12-03"),
        # what came after the end, or before a clock that was begun anew, changes nothing
        ("2026-11-23", 5, WORKING, ["2026-12-05..2026-12-09"], "2026-11-30"),
        ("2026-11-23", 5, WORKING, ["2026-11-10..2026-11-20"], "2026-11-30"),
    ],
)
def test_days_do_not_count_while_the_clock_stands(
    start: str, amount: int, clock: LimitClock, pauses: list[str], day: str
) -> None:
    assert end(start, amount, clock, *pauses).day == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("pauses", "moment"),
    [
        ([], "2026-11-23 14:30"),
        (["2026-11-23 10:00..2026-11-23 11:00"], "2026-11-23 15:30"),
        (["2026-11-23 11:00..2026-11-23 14:30"], "2026-11-23 16:00"),
        (["2026-11-23 12:00..2026-11-23 14:00"], "2026-11-23 14:30"),
        (["2026-11-23 10:00..2026-11-24 10:00", "2026-11-24 11:00..2026-11-25 08:30"], "2026-11-25 10:00"),
        (["2026-11-23 16:00..2026-11-23 17:00"], "2026-11-23 14:30"),
        (["2026-11-20 16:00..2026-11-23 08:00"], "2026-11-23 14:30"),
    ],
)
def test_hours_do_not_run_while_the_clock_stands(pauses: list[str], moment: str) -> None:
    """Four hours from 08:30: three and a half before lunch, half an hour after it."""
    assert end("2026-11-23 08:30", 4, HOURS, *pauses).at == at(moment)


@pytest.mark.parametrize(
    ("start", "amount", "clock", "day", "provisional"),
    [
        ("2026-12-25", 4, WORKING, "2026-12-31", False),
        ("2026-12-25", 5, WORKING, "2027-01-04", True),
        ("2026-12-31", 1, WORKING, "2027-01-04", True),
        ("2026-11-02", 60, CALENDAR, "2027-01-04", True),
        ("2026-11-01", 60, CALENDAR, "2026-12-31", False),
        ("2026-12-31 17:00", 1, HOURS, "2027-01-04", True),
        ("2026-12-31 16:00", 1, HOURS, "2026-12-31", False),
        ("2027-04-30", 1, WORKING, "2027-05-03", True),
        ("2027-09-30", 1, WORKING, "2027-10-04", True),
        ("2028-09-29", 1, WORKING, "2028-10-04", True),
        ("2019-12-30", 1, WORKING, "2019-12-31", True),
        ("2019-12-30", 3, WORKING, "2020-01-03", True),
        ("2019-12-30", 3, CALENDAR, "2020-01-02", False),
    ],
)
def test_beyond_the_known_years_only_the_fixed_days_are_off(
    start: str, amount: int, clock: LimitClock, day: str, provisional: bool
) -> None:
    found = end(start, amount, clock)
    assert (found.day.isoformat(), found.provisional) == (day, provisional)


def test_a_notice_makes_the_date_certain() -> None:
    told = Year({dt.date(2027, 1, 1): "元旦", dt.date(2027, 1, 4): "元旦"}, {dt.date(2027, 1, 3): "元旦"})
    entered = WorkingDays({**known().years, 2027: told})
    found = due(at("2026-12-31"), Limit(2, WORKING), entered, PLAIN, SHANGHAI)
    assert (found.day, found.provisional) == (dt.date(2027, 1, 5), False)


@pytest.mark.parametrize(
    ("name", "day", "hours"),
    [
        ("Europe/Berlin", "2026-10-24", 25),
        ("Europe/Berlin", "2026-03-28", 23),
        ("America/Santiago", "2026-09-05", 23),
        ("Africa/Cairo", "2026-10-29", 25),
        ("Asia/Shanghai", "2026-10-24", 24),
    ],
)
def test_the_last_day_ends_with_its_midnight_also_where_clocks_change(
    name: str, day: str, hours: int
) -> None:
    """Berlin changes at night, Santiago and Cairo at midnight itself."""
    zone, first = ZoneInfo(name), dt.date.fromisoformat(day)
    ends = [end_of_day(first + dt.timedelta(days=count), zone) for count in (-1, 0, 1)]
    assert all(moment.utcoffset() == dt.timedelta() for moment in ends)
    assert ends[1].astimezone(zone).date() == first + dt.timedelta(days=1)
    assert (ends[1] - dt.timedelta(microseconds=1)).astimezone(zone).date() == first
    lengths = {(later - earlier) / dt.timedelta(hours=1) for earlier, later in itertools.pairwise(ends)}
    assert hours in lengths


def test_hours_go_on_where_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    night = OfficeHours((((1, 1), read_spans("01:00-05:00")),))
    days = WorkingDays({2026: Year(worked={dt.date(2026, 10, 25): "", dt.date(2026, 3, 29): ""})})
    for start, moment in (("2026-10-25 01:30", "2026-10-25 03:30"), ("2026-03-29 01:30", "2026-03-29 04:30")):
        amount = 3 if "10-25" in start else 2
        found = due(at(start, berlin), Limit(amount, HOURS), days, night, berlin)
        assert found.at == at(moment, berlin), start


def test_an_office_that_opens_an_hour_a_day_keeps_long_limits() -> None:
    seldom, start = OfficeHours((((1, 1), read_spans("09:00-10:00")),)), at("2026-01-05 08:00")
    found = due(start, Limit(400, HOURS), known(), seldom, SHANGHAI)
    assert found.day == known().after(start.date() - dt.timedelta(days=1), 400)
    assert found.at == at(f"{found.day} 10:00")


def test_a_day_alone_says_nothing_about_hours() -> None:
    with pytest.raises(ValueError, match="hours"):
        due_from_day(dt.date(2026, 11, 23), Limit(2, HOURS), known(), SHANGHAI)


@pytest.mark.parametrize(
    ("day", "today", "count"),
    [
        ("2026-11-23", "2026-11-20", 0),
        ("2026-11-23", "2026-11-23", 0),
        ("2026-11-23", "2026-11-24", 1),
        ("2026-11-27", "2026-11-28", 1),
        ("2026-11-27", "2026-11-30", 1),
        ("2026-11-27", "2026-12-01", 2),
        ("2026-09-18", "2026-09-20", 1),
        ("2026-09-30", "2026-10-08", 1),
        ("2026-09-30", "2026-10-10", 3),
    ],
)
def test_overdue_is_told_in_working_days(day: str, today: str, count: int) -> None:
    assert overdue_days(dt.date.fromisoformat(day), dt.date.fromisoformat(today), known()) == count


def test_working_days_are_counted_forth_and_back() -> None:
    friday = dt.date(2026, 9, 18)
    assert known().after(friday, 1) == dt.date(2026, 9, 20)
    assert known().after(dt.date(2026, 9, 21), -2) == friday
    assert known().after(friday, 0) == friday


_moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 9, 1)).map(
    lambda one: one.replace(tzinfo=SHANGHAI)
)
_spans = st.timedeltas(dt.timedelta(), dt.timedelta(days=9))


@settings(max_examples=50)
@given(_moments, st.integers(1, 30), st.lists(st.tuples(_spans, _spans), max_size=3))
def test_as_much_is_left_after_a_pause_as_before(
    start: dt.datetime, amount: int, spans: list[tuple[dt.timedelta, dt.timedelta]]
) -> None:
    """By all three clocks: what was not over at the pause is not over when it ends, and nothing is given."""
    eve = dt.timedelta(days=1)
    for clock in LimitClock:
        limit, pauses, moment = Limit(amount, clock), list[tuple[dt.datetime, dt.datetime]](), start
        before, begun = due(start, limit, known(), PLAIN, SHANGHAI), start.date()
        for wait, stood in spans:
            one, other = moment + wait, moment + wait + stood
            if before.at <= one:
                break
            pauses.append((one, other))
            after = due(start, limit, known(), PLAIN, SHANGHAI, pauses)
            assert after.at >= max(before.at, other)
            first, last = one.date(), other.date()
            if clock is HOURS:
                office = known().office(PLAIN)
                left = time_between(one, before.at, office, SHANGHAI)
                assert time_between(other, after.at, office, SHANGHAI) == left
            elif first <= begun:  # no day had counted yet
                begun = max(begun, last)
            elif clock is WORKING:
                assert known().between(last - eve, after.day) == known().between(first - eve, before.day)
            before, moment = after, other


@given(st.dates(dt.date(2020, 1, 1), dt.date(2026, 6, 1)), st.integers(1, 60))
def test_limits_in_days_are_what_they_say(first: dt.date, amount: int) -> None:
    working = due_from_day(first, Limit(amount, WORKING), known(), SHANGHAI)
    calendar = due_from_day(first, Limit(amount, CALENDAR), known(), SHANGHAI)
    assert known().between(first, working.day) == amount
    last = first + dt.timedelta(days=amount)
    assert last <= calendar.day <= working.day or amount < 10
    assert known().is_worked(calendar.day)
    assert known().is_worked(working.day)
    assert not any(
        known().is_worked(last + dt.timedelta(days=count)) for count in range((calendar.day - last).days)
    )
