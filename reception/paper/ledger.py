"""总登记簿, the ledger of a year: all entries of all days, one after the other.

A busy desk's year is 50,000 lines. They are read day by day, put aside on the disk, and laid out from there,
so that neither the register nor much memory is held while thousands of pages are made.
"""

from __future__ import annotations

import datetime as dt
import pickle
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception import dates
from reception.errors import InputError
from reception.facts import EntryStatus, Totals
from reception.facts.printing import Stamp
from reception.numbers import day_date, day_number, parse_number
from reception.paper import daily_sheet
from reception.paper.daily_sheet import SheetRow
from reception.paper.style import Style
from reception.wording import NP_, Wording

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.entry_words import EntryWords
    from reception.paper.page import Dress
    from reception.paper.rows import Row

FORM = replace(daily_sheet.FORM, name="ledger", title=NP_("paper", "Ledger of the year"), long=True)
_GAP = 6.0


class Days:
    """Days with their lines, put aside in a file that nobody else can open and that goes with it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="reception-")  # noqa: SIM115 - it lives as long as this
        weakref.finalize(self, self._file.close)
        self.count = 0
        """How many lines there are."""
        self.told = 0
        """How many of them whoever goes through the days at the moment was given."""
        self.number = ""
        """The longest number among them."""
        self.estimated = False
        """Whether any time of leaving among them is estimated."""

    def add(self, day: int, rows: Sequence[SheetRow]) -> None:
        """Put a day aside."""
        self._file.seek(0, 2)
        pickle.dump((day, rows), self._file, pickle.HIGHEST_PROTOCOL)
        self.count += len(rows)
        self.number = max((self.number, *(row.number for row in rows)), key=len)
        self.estimated = self.estimated or any(row.left_estimated for row in rows)

    def __reduce__(self) -> tuple[object, tuple[list[tuple[int, Sequence[SheetRow]]]]]:
        """A few days may travel; a year stays where it was collected (``Form.long``)."""
        return _days, ([(day_number(day), rows) for day, rows in self],)

    def __iter__(self) -> Iterator[tuple[dt.date, Sequence[SheetRow]]]:
        place, self.told = 0, 0
        while self.told < self.count:
            self._file.seek(place)
            day, rows = pickle.load(self._file)
            place = self._file.tell()
            yield day_date(day), rows
            self.told += len(rows)


def _days(found: Sequence[tuple[int, Sequence[SheetRow]]]) -> Days:
    aside = Days()
    for day, rows in found:
        aside.add(day, rows)
    return aside


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that a year's ledger shows, in no language."""

    site: str
    year: int
    desk: str
    zone: str
    footer: str
    days: Days
    totals: Totals

    @property
    def reach(self) -> Days:
        """How far it is laid out, as a `Reach` says it."""
        return self.days


def collect(session: Session, year: int, desk: str | None = None) -> Ledger:
    """Read the entries of a year, of one desk or of all.

    Raises:
        InputError: there is no such year.
    """
    if not 1900 <= year <= 9998:
        raise InputError("'{text}' is no year.", text=year)
    return _collected(session, year, desk)


def shortened(session: Session, year: int) -> Ledger:
    """The last day of a year that has entries: enough to see how its ledger looks."""
    return _collected(session, year, None, last_only=True)


def _collected(session: Session, year: int, desk: str | None, *, last_only: bool = False) -> Ledger:
    from reception.operations import callbacks, reading, site, veiling
    from reception.operations import day as days

    here = site.site(session)
    zone = ZoneInfo(here.zone)
    owing = callbacks.entries_owing(session)
    first, last = year * 10_000 + 101, year * 10_000 + 1231
    aside = Days()
    found_days = days.days_between(session, first, last, desk)
    for day in found_days[-1:] if last_only else found_days:
        found = reading.day_rows(session, day, desk=desk, newest_first=False)
        rows = veiling.entries(session, found, on_paper=True)
        aside.add(
            day,
            [
                daily_sheet.sheet_row(row, zone, parse_number(row.number).short, owes_call=row.id in owing)
                for row in rows
            ],
        )
    return Ledger(
        site=here.name,
        year=year,
        desk=desk or "",
        zone=here.zone,
        footer=here.footer,
        days=aside,
        totals=days.totals_between(session, first, last, desk),
    )


def subject(year: int, desk: str | None = None) -> str:
    """What it is a print of: ``2026``, of one desk ``2026/A``."""
    return f"{year}/{desk}" if desk else str(year)


def lines(data: Ledger) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    yield "head", [data.site, data.year, data.desk, data.footer]
    for _day, rows in data.days:
        for row in rows:
            yield row.key, daily_sheet.values(row)
    yield "foot", list(astuple(data.totals))


def dress(data: Ledger, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot."""
    from reception.paper.page import Dress

    return Dress(
        title=wording.pgettext("paper", FORM.title),
        unit=data.site,
        date=dates.year(data.year, wording.language),
        desk=wording.pgettext("paper", "Desk {code}").format(code=data.desk) if data.desk else "",
        notice=data.footer,
        zone=data.zone,
    )


def story(data: Ledger, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """All days in one table, each under its date, and the totals of the year."""
    from reception.paper.entry_words import EntryWords
    from reception.paper.page import TextBlock
    from reception.paper.rows import table

    words = EntryWords(wording)
    left = dates.clock(dt.time(20))
    measured = {
        "number": (data.days.number,),
        "kind": tuple(words.kinds.values()),
        "left": (words.about.format(time=left) if data.days.estimated else left,),
    }
    rows = _rows(data, words, wording, stamp)
    return [
        table(FORM, style, wording, rows, measured=measured),
        TextBlock(words.totals(data.totals), before=_GAP),
    ]


def _rows(data: Ledger, words: EntryWords, wording: Wording, stamp: Stamp) -> Iterator[Row]:
    from reception.paper.rows import Row

    if not data.days.count:
        nothing = wording.pgettext("paper", "Nobody came or called in this year.")
        yield Row(tuple(nothing if column.key == "matter" else "" for column in FORM.columns))
    goes_on = wording.pgettext("paper", "{day} (continued)")
    for day, rows in data.days:
        heading = dates.long_date(day, wording.language)
        mark = (dates.month_of(day, wording.language), heading)
        yield Row(band=heading, again=goes_on.format(day=heading), bookmark=mark)
        for row in rows:
            yield Row(
                words.cells(row, day),
                void=row.status is EntryStatus.VOID,
                mark=words.corrected if row.key in stamp.corrected else "",
            )
