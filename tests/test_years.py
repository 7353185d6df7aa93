"""The published years, as the State Council's notices say them, and the years as a file holds them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception import years
from reception.deadlines import Year
from reception.errors import InputError
from reception.facts import WorkingYear

NOTICES = {
    2020: (
        # 国办发明电〔2019〕16号; the Spring Festival was prolonged to 2 February by 国办发明电〔2020〕1号
        "01-01 01-24..02-02 04-04..04-06 05-01..05-05 06-25..06-27 10-01..10-08",
        "01-19 04-26 05-09 06-28 09-27 10-10",
    ),
    2021: (  # 国办发明电〔2020〕27号
        "01-01..01-03 02-11..02-17 04-03..04-05 05-01..05-05 06-12..06-14 09-19..09-21 10-01..10-07",
        "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    ),
    2022: (  # 国办发明电〔2021〕11号; 31 December is the first day of the New Year of 2023
        "01-01..01-03 01-31..02-06 04-03..04-05 04-30..05-04 06-03..06-05 09-10..09-12 10-01..10-07 12-31",
        "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    ),
    2023: (  # 国办发明电〔2022〕16号; 30 and 31 December belong to the New Year of 2024
        "01-01..01-02 01-21..01-27 04-05 04-29..05-03 06-22..06-24 09-29..10-06 12-30..12-31",
        "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    ),
    2024: (  # 国办发明电〔2023〕7号
        "01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-08..06-10 09-15..09-17 10-01..10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (  # 国办发明电〔2024〕12号
        "01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (  # 国办发明电〔2025〕7号
        "01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}
"""Days off and make-up days by year, first and last of a stretch joined by dots."""
LINES = "2027-02-06,off,春节\n2027-02-07,worked,春节\n"


def days(year: int, text: str) -> set[dt.date]:
    """The days of a notice."""
    found = set()
    for stretch in text.split():
        first, _dots, last = stretch.partition("..")
        day, end = (dt.date.fromisoformat(f"{year}-{one}") for one in (first, last or first))
        while day <= end:
            found.add(day)
            day += dt.timedelta(days=1)
    return found


@pytest.mark.parametrize("year", NOTICES)
def test_every_day_of_the_published_years_is_as_the_notice_says(year: int) -> None:
    """Day by day: off by the notice, worked by the notice, otherwise Monday to Friday."""
    off, worked = (days(year, text) for text in NOTICES[year])
    assert not off & worked
    known = years.read(years.published(2020))
    day = dt.date(year, 1, 1)
    wrong = []
    while day.year == year:
        right = day in worked or (day not in off and day.isoweekday() <= 5)
        if known.is_worked(day) is not right:
            wrong.append(day.isoformat())
        day += dt.timedelta(days=1)
    assert wrong == []
    assert all(known.knows(dt.date(year, month, 1)) for month in (1, 12))


def test_a_register_is_given_the_years_that_are_published() -> None:
    assert [one.year for one in years.published(2020)][:7] == list(range(2020, 2027))
    names = {line.split(",")[2] for line in years.published(2026)[0].days.splitlines()}
    assert {"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"} == names


def test_a_year_without_any_day_is_not_known() -> None:
    known = years.read([WorkingYear(2026, ""), WorkingYear(2027, LINES)])
    assert not known.knows(dt.date(2026, 11, 23))
    assert known.knows(dt.date(2027, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        LINES,
        years.as_csv(WorkingYear(2027, LINES)),
        "日期,类型,名称\r\n2027/2/7,班,春节\r\n\r\n2027/2/6,休,春节\r\n",
        "2027年2月6日 , 放假 , 春节\n2027.2.7,调休上班,\u200b春节",
        '"2027-02-06","OFF","春节"\n"2027-02-07","Worked","春节",,\n,,\n',
    ],
)
def test_a_year_is_read_however_a_spreadsheet_wrote_it(text: str) -> None:
    assert years.text(years.parse(2027, text)) == LINES


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("date,kind\n2027-02-06", "Line 2 is no day off or make-up day"),
        ("2027-02-06,maybe", "Line 1 is no day off"),
        ("2027-02-06,off\n\n2027-02-30,off", "Line 3 is no day off"),
        ("2027-02-06,off\n6 February,off", "Line 2 is no day off"),
        ("2027-02-06;off", "Line 1 is no day off"),
        ('2027-02-06,off\n"' + "x" * 200_000, "Line 2 is no day off"),
        (
            "2027-02-06,off\n2026-12-31,off",
            "Line 2: 2026-12-31 belongs to the calendar of 2026, not of 2027.",
        ),
        ("2027-02-06,off\n2027-2-6,worked", "Line 2: 2027-02-06 stands there twice."),
    ],
)
def test_a_line_that_is_none_is_named(text: str, said: str) -> None:
    with pytest.raises(InputError) as refusal:
        years.parse(2027, text)
    assert str(refusal.value).startswith(said)
    assert refusal.value.field == "days"


def test_a_file_that_is_not_utf8_is_refused_plainly() -> None:
    assert years.decoded(b"\xef\xbb\xbf" + LINES.encode()) == LINES
    for codec in ("gb18030", "utf-16"):
        with pytest.raises(InputError, match=r"^Line 1 is not UTF-8 text"):
            years.decoded(LINES.encode(codec))


@pytest.mark.parametrize("year", [2003, 2200, -1])
def test_years_of_which_no_calendar_is_kept_are_refused(year: int) -> None:
    with pytest.raises(InputError, match="2004 to 2199"):
        years.right_year(year)


_days = st.dates(dt.date(2027, 1, 1), dt.date(2027, 12, 31))
_names = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), max_size=8)


@given(st.dictionaries(_days, st.tuples(st.booleans(), _names), max_size=20))
def test_what_was_written_is_read_again(wanted: dict[dt.date, tuple[bool, str]]) -> None:
    from reception.text import clean_line

    named = {day: (off, clean_line(name)) for day, (off, name) in wanted.items()}
    year = Year(
        {day: name for day, (off, name) in named.items() if off},
        {day: name for day, (off, name) in named.items() if not off},
    )
    assert years.parse(2027, years.as_csv(WorkingYear(2027, years.text(year)))) == year
