from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from reception.errors import InputError
from ui.widgets.moments import read_ahead, read_day, read_moment, write_moment

ZONE = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 11, 23, 9, 42, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "day", "hour", "minute"),
    [
        ("942", "2026-11-23", 9, 42),
        ("0942", "2026-11-23", 9, 42),
        ("9:05", "2026-11-23", 9, 5),
        ("９：０５", "2026-11-23", 9, 5),
        ("9点05".replace("点", "时"), "2026-11-23", 9, 5),
        ("11-22 16:30", "2026-11-22", 16, 30),
        ("11月22日 1630", "2026-11-22", 16, 30),
        ("12-31 8:00", "2025-12-31", 8, 0),
        ("2024-02-29 08:00", "2024-02-29", 8, 0),
        ("2026-11-22t08:00", "2026-11-22", 8, 0),
        ("昨天 16:30", "2026-11-22", 16, 30),
        ("昨天下午4点半", "2026-11-22", 16, 30),
        ("下午2：30", "2026-11-23", 14, 30),
        ("9点", "2026-11-23", 9, 0),
        ("中午12:10", "2026-11-23", 12, 10),
        ("11月22日下午 2点05", "2026-11-22", 14, 5),
    ],
)
def test_times_are_read_as_a_clerk_writes_them(text: str, day: str, hour: int, minute: int) -> None:
    read = read_moment(text, ZONE, NOW, "left_at")
    assert read is not None
    local = read.astimezone(ZONE)
    assert (local.date().isoformat(), local.hour, local.minute) == (day, hour, minute)


@pytest.mark.parametrize(
    "text",
    ["25:00", "9:60", "soon", "13-40 9:00", "9", "2026-02-30 8:00", "9:42 pm", "上午14:30", "哪天 9:00"],
)
def test_what_is_no_time_is_refused_by_its_field(text: str) -> None:
    with pytest.raises(InputError) as refused:
        read_moment(text, ZONE, NOW, "left_at")
    assert refused.value.field == "left_at"


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("明天 14:30", "2026-11-24T14:30"),
        ("明天下午2:30", "2026-11-24T14:30"),
        ("后天9点", "2026-11-25T09:00"),
        ("11月24日14:30", "2026-11-24T14:30"),
        ("11月24日下午2：30", "2026-11-24T14:30"),
        ("1-4 9:00", "2027-01-04T09:00"),
        ("25 9:00", "2026-11-25T09:00"),
        ("25日 上午 9:00", "2026-11-25T09:00"),
        ("tomorrow 9:00", "2026-11-24T09:00"),
        ("今天 17:00", "2026-11-23T17:00"),
    ],
)
def test_what_is_still_to_come_is_read_as_it_is_said(text: str, means: str) -> None:
    read = read_ahead(text, ZONE, NOW, "starts_at")
    assert read is not None
    assert f"{read.astimezone(ZONE):%Y-%m-%dT%H:%M}" == means


def test_nothing_typed_is_no_time() -> None:
    assert read_moment("  ", ZONE, NOW, "left_at") is None


@pytest.mark.parametrize("days", [0, 1, 400])
def test_what_is_written_is_read_back_to_the_minute(days: int) -> None:
    instant = (NOW - dt.timedelta(days=days)).astimezone(dt.UTC)
    assert read_moment(write_moment(instant, ZONE, NOW), ZONE, NOW, "x") == instant


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("25", (2026, 11, 25)),
        ("22日", (2026, 11, 22)),
        ("明天", (2026, 11, 23)),
        ("31", (2026, 12, 31)),
        ("11-25", (2026, 11, 25)),
        ("1月5日", (2027, 1, 5)),
        ("2-29", (2028, 2, 29)),
        ("2026-11-21", (2026, 11, 21)),
        ("20270101", (2027, 1, 1)),
    ],
)
def test_a_day_is_the_next_such_day(text: str, means: tuple[int, int, int]) -> None:
    assert read_day(text, dt.date(2026, 11, 22), "until") == dt.date(*means)


@pytest.mark.parametrize("text", ["32", "2-30", "20261301", "morgen", "11-25-1", ""])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_day(text, dt.date(2026, 11, 22), "until")


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("22", (2026, 11, 22)),
        ("25", (2026, 10, 25)),
        ("11-22", (2026, 11, 22)),
        ("11-25", (2025, 11, 25)),
        ("2-29", (2024, 2, 29)),
        ("2025-1-5", (2025, 1, 5)),
    ],
)
def test_a_day_of_the_past_is_the_last_such_day(text: str, means: tuple[int, int, int]) -> None:
    assert read_day(text, dt.date(2026, 11, 22), "sender_day", past=True) == dt.date(*means)
