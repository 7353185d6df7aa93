"""来访人员登记表, the visitor register: everybody who came in a period, to one desk or to all.

Calls are not in it. Of a document only the last four characters are printed, of a withheld identity nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from reception import dates
from reception.facts import EntryStatus, Sex
from reception.facts.printing import Stamp
from reception.numbers import day_date, parse_number
from reception.paper.daily_sheet import SheetRow, sheet_row
from reception.paper.form import FILL, ColumnSpec, Form, Reach
from reception.paper.period import cell, span
from reception.paper.plain import plain
from reception.paper.record import last_four
from reception.paper.style import Style
from reception.wording import NP_, Wording
from reception.words import SEXES

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.operations.visits import Visit
    from reception.paper.page import Dress
    from reception.paper.rows import Row

FORM = Form(
    name="visitor_register",
    title=NP_("paper", "Visitor register"),
    landscape=True,
    columns=(
        ColumnSpec(
            "place", NP_("paper", "No."), 24, most=36, centred=True, gives=8
        ),  # runs through the print
        ColumnSpec("number", NP_("paper", "Number"), 26, most=62, centred=True),
        ColumnSpec("day", NP_("paper", "Date"), 46, centred=True),
        ColumnSpec("time", NP_("paper", "Came"), 33, centred=True),
        ColumnSpec("name", NP_("paper", "Name"), weight=52),
        ColumnSpec("sex", NP_("paper", "Sex"), 24, most=38, centred=True, gives=1),
        ColumnSpec("organisation", NP_("paper", "Organisation or address"), weight=84, gives=6),
        ColumnSpec("document", NP_("paper", "ID (last four)"), 38, centred=True, gives=5),
        ColumnSpec("phone", NP_("paper", "Phone"), 68),
        ColumnSpec("party", NP_("paper", "Party"), 31, centred=True, gives=2),
        ColumnSpec("matter", NP_("paper", "Matter of the visit"), weight=116),
        ColumnSpec("visited", NP_("paper", "Visited"), weight=70, gives=7),
        ColumnSpec("clerk", NP_("paper", "Seen by"), weight=42, gives=3),
        ColumnSpec("outcome", NP_("paper", "Outcome"), weight=92),
        ColumnSpec("left", NP_("paper", "Left"), 31, most=42, centred=True, gives=4),
        ColumnSpec("remarks", NP_("paper", "Remarks"), 42, most=66, struck=False),
    ),
    signatures=(
        NP_("paper", "Recorded by"),
        NP_("paper", "Head of the office"),
        NP_("paper", "Date"),
    ),
    blank_rows=FILL,
)
LINES = 2
"""Each row is so many lines high: twelve to fifteen of them fill a page, as in a register that is bought."""
_GAP = 6.0


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit: its line on the daily sheet, and what only this register has of it."""

    day: int
    line: SheetRow
    sex: Sex | None
    document: str
    wanted: str


@dataclass(frozen=True, slots=True)
class VisitorRegister:
    """Everything that the register shows, in no language. Days are ``YYYYMMDD``, both ends included."""

    site: str
    zone: str
    footer: str
    first_day: int
    last_day: int
    desk: str
    rows: tuple[VisitLine, ...]
    reach: Reach = field(default_factory=Reach, compare=False, repr=False)

    @property
    def count(self) -> tuple[int, int]:
        """How many visits by how many people, void lines left aside."""
        live = [one.line for one in self.rows if one.line.status is not EntryStatus.VOID]
        return len(live), sum(line.party_size for line in live)


def collect(session: Session, first_day: int, last_day: int, desk: str | None = None) -> VisitorRegister:
    """Read the visits of a period, of one desk or of all.

    Raises:
        ValueError: there is no such day.
        InputError: the period ends before it begins.
    """
    from reception.operations import callbacks, site, visits

    here = site.site(session)
    found = visits.between(session, first_day, last_day, desk)
    owing = callbacks.entries_owing(session)
    zone = ZoneInfo(here.zone)
    return VisitorRegister(
        site=here.name,
        zone=here.zone,
        footer=here.footer,
        first_day=first_day,
        last_day=last_day,
        desk=desk or "",
        rows=tuple(_line(one, zone, owes_call=one.row.id in owing) for one in found),
    )


def _line(one: Visit, zone: ZoneInfo, *, owes_call: bool) -> VisitLine:
    number = parse_number(one.row.number).short
    return VisitLine(
        day=one.row.day,
        line=sheet_row(one.row, zone, number, owes_call=owes_call),
        sex=one.sex,
        document=last_four(one.document),
        wanted=one.wanted,
    )


def subject(first_day: int, last_day: int, desk: str | None = None) -> str:
    """What it is a print of: ``2026-01-01..2026-12-31``, of one desk ``2026-01-01..2026-12-31/A``."""
    period = f"{day_date(first_day)}..{day_date(last_day)}"
    return f"{period}/{desk}" if desk else period


def lines(data: VisitorRegister) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    yield "head", [data.site, data.first_day, data.last_day, data.desk, data.footer]
    for one in data.rows:
        yield one.line.key, plain(one)
    yield "foot", list(data.count)


def dress(data: VisitorRegister, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot."""
    from reception.paper.page import Dress

    return Dress(
        title=wording.pgettext("paper", FORM.title),
        unit=data.site,
        date=span(wording, data.first_day, data.last_day),
        desk=wording.pgettext("paper", "Desk {code}").format(code=data.desk) if data.desk else "",
        notice=data.footer,
        zone=data.zone,
    )


def story(data: VisitorRegister, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """The register and how many came."""
    from reception.paper.page import TextBlock
    from reception.paper.rows import Row, table

    words = _Words(
        wording,
        years=data.first_day // 10_000 != data.last_day // 10_000,
        months=data.first_day // 100 != data.last_day // 100,
    )
    rows, before = [], 0
    for place, one in enumerate(data.rows, 1):
        row = words.row(place, one, corrected=one.line.key in stamp.corrected)
        rows.append(replace(row, bookmark=words.bookmark(one.day)) if one.day != before else row)
        before = one.day
    if not rows and style.blank_rows <= 0:
        nobody = [""] * len(FORM.columns)
        nobody[_MATTER] = wording.pgettext("paper", "Nobody came in this period.")
        rows = [Row(tuple(nobody), lines=LINES)]
    visits, people = data.count
    total = wording.pgettext("paper", "Together: {visits} visits, {people} people")
    return [
        table(FORM, style, wording, _Counted(rows, data.reach)),
        TextBlock(total.format(visits=visits, people=people), before=_GAP),
    ]


class _Counted(Sequence["Row"]):
    """Rows that say how far who goes through them has come; they are measured before they are laid out."""

    def __init__(self, rows: Sequence[Row], reach: Reach) -> None:
        self._rows, self._reach = rows, reach
        reach.count = len(rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, at: Any) -> Any:
        return self._rows[at]

    def __iter__(self) -> Iterator[Row]:
        self._reach.told = 0
        for row in self._rows:
            yield row
            self._reach.told += 1


_MATTER = next(at for at, column in enumerate(FORM.columns) if column.key == "matter")


class _Words:
    """The words of one register in one language; it goes over several ``years`` or ``months``."""

    def __init__(self, wording: Wording, *, years: bool, months: bool) -> None:
        from reception.paper.entry_words import EntryWords

        self._wording, self._years, self._months = wording, years, months
        self._said = EntryWords(wording)
        self._sexes = {sex: wording.gettext(word) for sex, word in SEXES.items()}

    def row(self, place: int, one: VisitLine, *, corrected: bool) -> Row:
        """One visit, the how-manieth of the print; its number is that of its day, calls among them."""
        from reception.paper.rows import Row

        line, said, day = one.line, self._said, day_date(one.day)
        name, organisation, phone = said.who(line)
        return Row(
            (
                str(place),
                line.number,
                self._date(day),
                dates.clock(line.at),
                name,
                self._sexes[one.sex] if one.sex else "",
                organisation,
                one.document,
                phone,
                str(line.party_size),
                said.matter(line),
                said.semicolon.join(filter(None, (line.department, one.wanted))),
                line.operator,
                said.outcome(line),
                said.left(line, day),
                said.remarks(line),
            ),
            void=line.status is EntryStatus.VOID,
            mark=said.corrected if corrected else "",
            lines=LINES,
        )

    def bookmark(self, day: int) -> tuple[str, ...]:
        """What the outline calls a day, within its month where there are several."""
        date, language = day_date(day), self._wording.language
        return (*((dates.month_of(date, language),) if self._months else ()), dates.long_date(date, language))

    def _date(self, day: dt.date) -> str:
        return cell(day, self._wording.language, with_year=self._years)
