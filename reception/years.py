"""The notices of the years: which days are off, which are worked instead (放假调休), as text and as days.

A year is kept as lines ``2026-02-14,worked,春节`` and ``2026-02-16,off,春节``, the same lines that a CSV file
holds. What is known of the years 2004 to 2026 comes from the package ``chinesecalendar``; a later year is
entered when its notice is out.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from functools import lru_cache

from reception import text as rules
from reception.deadlines import WorkingDays, Year
from reception.errors import InputError
from reception.facts import WorkingYear

OFF, WORKED = "off", "worked"
HEAD = ("date", "kind", "name")
_WORDS = {OFF: OFF, WORKED: WORKED, "休": OFF, "放假": OFF, "班": WORKED, "上班": WORKED, "调休上班": WORKED}
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年",
}
_FIRST_YEAR, _LAST_YEAR = 2004, 2199


def read(kept: Iterable[WorkingYear]) -> WorkingDays:
    """The working days that the register's years tell of; one without any day is not known."""
    return WorkingDays({one.year: _read(one.year, one.days) for one in kept if one.days})


def parse(year: int, text: str) -> Year:
    """The days of a year from its lines, a head and blank lines left out.

    Days off that fall on a weekend anyway, and make-up days that are worked anyway, are taken as they are.

    Raises:
        InputError: a line is none, a day belongs to another year or stands twice; the text names the line.
    """
    off: dict[dt.date, str] = {}
    worked: dict[dt.date, str] = {}
    for line, cells in _rows(text):
        day, kind = _day(cells[0]), _WORDS.get(cells[1].lower() if len(cells) > 1 else "")
        if day is None or kind is None:
            raise _none(line)
        if day.year != year:
            raise InputError(
                "Line {line}: {day} belongs to the calendar of {other}, not of {year}.",
                field="days",
                line=line,
                day=day,
                other=day.year,
                year=year,
            )
        if day in off or day in worked:
            raise InputError("Line {line}: {day} stands there twice.", field="days", line=line, day=day)
        (off if kind == OFF else worked)[day] = rules.clean_line(cells[2] if len(cells) > 2 else "")
    return Year(off, worked)


_read = lru_cache(maxsize=64)(parse)  # the same few texts, asked for with every list of who waits


def _none(line: int) -> InputError:
    return InputError(
        "Line {line} is no day off or make-up day: write 2027-02-06,off,name or 2027-02-07,worked,name.",
        field="days",
        line=line,
    )


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that says something, and its place."""
    import csv  # the window needs it only when a year is read

    reader = csv.reader(text.removeprefix("\ufeff").splitlines())
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            head = reader.line_num == 1 and cells and cells[0].lower() in ("date", "日期")
            if any(cells) and not head:
                yield reader.line_num, cells
    except csv.Error:
        raise _none(reader.line_num) from None


def _day(text: str) -> dt.date | None:
    parts = text.translate(_SIGNS).split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    try:
        return dt.date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


_SIGNS = str.maketrans("/.年月", "----", "日")


def decoded(data: bytes) -> str:
    """The text of a CSV file. Raises InputError for one that is not UTF-8, as spreadsheets often write it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "Line {line} is not UTF-8 text (GBK perhaps): save the file as 'CSV UTF-8' and try again.",
            field="days",
            line=data[: error.start].count(b"\n") + 1,
        ) from None


def text(year: Year) -> str:
    """The lines of a year, by date: what the register keeps."""
    import csv

    days = [(day, OFF, name) for day, name in year.off.items()]
    days += [(day, WORKED, name) for day, name in year.worked.items()]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        (f"{day:%Y-%m-%d}", kind, name) for day, kind, name in sorted(days)
    )
    return out.getvalue()


def as_csv(kept: WorkingYear) -> str:
    """A year as a CSV file for a spreadsheet: a byte order mark, a head, the lines."""
    return "\ufeff" + ",".join(HEAD) + "\n" + kept.days


def right_year(year: int) -> int:
    """The year itself. Raises InputError for one that no calendar is kept of."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise InputError(
            "Calendars are kept for the years {first} to {last}.",
            field="year",
            first=_FIRST_YEAR,
            last=_LAST_YEAR,
        )
    return year


def published(since: int = _FIRST_YEAR) -> tuple[WorkingYear, ...]:
    """The years that the package ``chinesecalendar`` knows; importing it takes a twentieth of a second."""
    from chinese_calendar import constants

    found: dict[int, tuple[dict[dt.date, str], dict[dt.date, str]]] = {}
    for at, days in enumerate((constants.holidays, constants.workdays)):
        for day, name in days.items():
            found.setdefault(day.year, ({}, {}))[at][day] = _NAMES.get(name, name)
    return tuple(WorkingYear(year, text(Year(*found[year]))) for year in sorted(found) if year >= since)
