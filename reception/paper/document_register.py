"""来文登记簿, the register of papers received in a period: what came, who has it, what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception import dates
from reception.facts import EntryStatus
from reception.facts.papers_in import PaperIn
from reception.facts.printing import Stamp
from reception.numbers import day_date
from reception.paper.form import ColumnSpec, Form
from reception.paper.paper_words import PaperWords, shown
from reception.paper.period import cell, span
from reception.paper.style import Style
from reception.wording import NP_, Wording

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.page import Dress
    from reception.paper.rows import Row

FORM = Form(
    name="document_register",
    title=NP_("paper", "Register of papers received"),
    landscape=True,
    columns=(
        ColumnSpec("serial", NP_("paper", "Paper No."), 52, most=86, centred=True),
        ColumnSpec("day", NP_("paper", "Came in"), 46, centred=True),
        ColumnSpec("sender", NP_("paper", "Sent by"), weight=70),
        ColumnSpec("sender_number", NP_("paper", "Document number"), weight=72),
        ColumnSpec("title", NP_("paper", "Title"), weight=140),
        ColumnSpec("copies", NP_("paper", "Copies"), 28, most=42, centred=True, gives=2),
        ColumnSpec("urgency", NP_("paper", "Priority"), 30, most=48, centred=True, gives=3),
        ColumnSpec("handling", NP_("paper", "Proposed handling, instruction"), weight=92),
        ColumnSpec("departments", NP_("paper", "Handled by"), weight=64),
        ColumnSpec("due", NP_("paper", "Due"), 46, centred=True, gives=5),
        ColumnSpec("result", NP_("paper", "Result"), weight=84),
        ColumnSpec("readers", NP_("paper", "Circulation"), weight=60, gives=4),
        ColumnSpec("filed", NP_("paper", "Filed where"), weight=52),
        ColumnSpec("remarks", NP_("paper", "Remarks"), 36, most=50, struck=False, gives=1),
    ),
    signatures=(
        NP_("paper", "Registered by"),
        NP_("paper", "Head of the office"),
        NP_("paper", "Date"),
    ),
)
LINES = 2
"""Each row is so many lines high, as in a register that is bought."""
_GAP = 6.0
_TITLE = next(at for at, column in enumerate(FORM.columns) if column.key == "title")


@dataclass(frozen=True, slots=True)
class DocumentRegister:
    """Everything that the register shows, in no language. Days are ``YYYYMMDD``, both ends included."""

    site: str
    zone: str
    footer: str
    first_day: int
    last_day: int
    rows: tuple[PaperIn, ...]

    @property
    def count(self) -> tuple[int, int]:
        """How many papers, and how many of them are in the file; void ones left aside."""
        live = [one for one in self.rows if one.status is not EntryStatus.VOID]
        return len(live), sum(one.filed_at is not None for one in live)


def collect(session: Session, first_day: int, last_day: int) -> DocumentRegister:
    """Read the papers of a period.

    Raises:
        ValueError: there is no such day.
        InputError: the period ends before it begins.
    """
    from reception.operations import site
    from reception.operations.office import papers_in

    here = site.site(session)
    return DocumentRegister(
        site=here.name,
        zone=here.zone,
        footer=here.footer,
        first_day=first_day,
        last_day=last_day,
        rows=papers_in.between(session, first_day, last_day),
    )


def subject(first_day: int, last_day: int) -> str:
    """What it is a print of: ``2026-01-01..2026-12-31``."""
    return f"{day_date(first_day)}..{day_date(last_day)}"


def lines(data: DocumentRegister) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    yield "head", [data.site, data.first_day, data.last_day, data.footer]
    zone = ZoneInfo(data.zone)
    for one in data.rows:
        readers = [[reader.name, reader.signed_at is not None] for reader in one.readers]
        yield f"entry:{one.entry_id}", [*shown(one, zone), one.late, readers]
    yield "foot", list(data.count)


def dress(data: DocumentRegister, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot."""
    from reception.paper.page import Dress

    return Dress(
        title=wording.pgettext("paper", FORM.title),
        unit=data.site,
        date=span(wording, data.first_day, data.last_day),
        notice=data.footer,
        zone=data.zone,
    )


def story(data: DocumentRegister, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """The register and how many came."""
    from reception.paper.page import TextBlock
    from reception.paper.rows import Row, table

    words = _Words(wording, ZoneInfo(data.zone), years=data.first_day // 10_000 != data.last_day // 10_000)
    rows, before = [], 0
    for one in data.rows:
        row = words.row(one, corrected=f"entry:{one.entry_id}" in stamp.corrected)
        rows.append(replace(row, bookmark=words.bookmark(one.day)) if one.day != before else row)
        before = one.day
    if not rows and not style.blank_rows:
        nothing = [""] * len(FORM.columns)
        nothing[_TITLE] = wording.pgettext("paper", "No paper came in this period.")
        rows = [Row(tuple(nothing), lines=LINES)]
    papers, filed = data.count
    total = wording.pgettext("paper", "Together: {papers} papers, {filed} of them in the file")
    return [
        table(FORM, style, wording, rows),
        TextBlock(total.format(papers=papers, filed=filed), before=_GAP),
    ]


class _Words:
    """The words of one register in one language; with ``years`` each date has its year."""

    def __init__(self, wording: Wording, zone: ZoneInfo, *, years: bool) -> None:
        self._said, self._years = PaperWords(wording, zone), years
        self._comma = wording.gettext(", ")
        self._late = wording.pgettext("paper", "Entered later")

    def row(self, one: PaperIn, *, corrected: bool) -> Row:
        """One paper."""
        from reception.paper.rows import Row

        said = self._said
        return Row(
            (
                one.serial,
                self._date(one.day),
                one.sender,
                one.sender_number,
                one.title,
                str(one.copies),
                said.urgency(one),
                "\n".join(filter(None, (one.proposed, said.instructions(one)))),
                said.departments(one),
                said.due(one, short=not self._years),
                said.result(one),
                self._comma.join(f"{who.name}√" if who.signed_at else who.name for who in one.readers),
                said.filed(one),
                said.together((said.void(one), self._late if one.late else "")),
            ),
            void=one.status is EntryStatus.VOID,
            mark=said.corrected if corrected else "",
            lines=LINES,
        )

    def bookmark(self, day: int) -> tuple[str, ...]:
        """What the outline calls a day."""
        return (dates.long_date(day_date(day), self._said.wording.language),)

    def _date(self, number: int) -> str:
        return cell(day_date(number), self._said.wording.language, with_year=self._years)
