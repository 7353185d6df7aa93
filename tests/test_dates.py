from __future__ import annotations

import datetime as dt

import pytest

from reception import dates

ZH, EN = "zh_CN", "en"


@pytest.mark.parametrize(
    ("day", "chinese", "english"),
    [
        (dt.date(2026, 1, 5), "2026年1月5日 星期一", "Monday, 5 January 2026"),
        (dt.date(2026, 11, 22), "2026年11月22日 星期日", "Sunday, 22 November 2026"),
        (dt.date(2024, 2, 29), "2024年2月29日 星期四", "Thursday, 29 February 2024"),
    ],
)
def test_head_of_a_sheet_names_date_and_weekday(day: dt.date, chinese: str, english: str) -> None:
    assert dates.long_date(day, ZH) == chinese
    assert dates.long_date(day, EN) == english


def test_every_weekday_has_its_name_in_both_languages() -> None:
    week = [dt.date(2026, 1, 5) + dt.timedelta(days=days) for days in range(7)]
    assert [dates.weekday(day, ZH)[-1] for day in week] == list("一二三四五六日")
    assert [dates.short_weekday(day, ZH) for day in week][::6] == ["周一", "周日"]
    assert "".join(dates.narrow_weekday(day, ZH) for day in week) == "一二三四五六日"
    assert [dates.narrow_weekday(day, EN) for day in week][:2] == ["Mo", "Tu"]
    assert [dates.weekday(day, EN) for day in week] == [day.strftime("%A") for day in week]
    assert [dates.short_weekday(day, EN) for day in week] == [day.strftime("%a") for day in week]


def test_every_month_has_its_name() -> None:
    for month in range(1, 13):
        day = dt.date(2026, month, 1)
        assert dates.plain_date(day, EN) == f"1 {day.strftime('%B')} 2026"
        assert dates.short_date(day, EN) == f"1 {day.strftime('%b')}"
        assert dates.short_date(day, ZH) == f"{month}月1日"
        assert dates.month_of(day, ZH) == f"2026年{month}月"
        assert dates.month_of(day, EN) == day.strftime("%B %Y")
        assert (dates.month(month, ZH), dates.month(month, EN)) == (f"{month}月", day.strftime("%B"))


def test_time_is_on_the_24_hour_clock() -> None:
    assert dates.clock(dt.datetime(2026, 1, 5, 14, 5, 59)) == "14:05"
    assert dates.clock(dt.time(0, 7)) == "00:07"


def test_time_on_another_day_says_so() -> None:
    day = dt.date(2026, 1, 5)
    late = dt.datetime(2026, 1, 6, 0, 10)
    assert dates.clock_on(dt.datetime(2026, 1, 5, 23, 59), day, ZH) == "23:59"
    assert dates.clock_on(late, day, ZH) == "次日 00:10"
    assert dates.clock_on(late + dt.timedelta(days=1), day, ZH) == "1月7日 00:10"
    assert dates.clock_on(late, day, EN) == "6 Jan 00:10"


def test_moment_has_date_and_time() -> None:
    moment = dt.datetime(2026, 1, 5, 17, 30)
    assert dates.stamp(moment, ZH) == "2026年1月5日 17:30"
    assert dates.stamp(moment, EN) == "5 January 2026, 17:30"
