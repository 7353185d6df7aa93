"""How long day and ledger take, against the same wrapped lines drawn on a bare canvas."""

from __future__ import annotations

import datetime as dt
import io
import math
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

import psutil
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from benchmarks.rows import Row, absolute, against, table
from reception import wording
from reception.facts import CONTACTS, Act, EntryStatus, Kind, ReferralStatus, Totals, Urgency
from reception.facts.printing import Stamp
from reception.numbers import day_date, day_number
from reception.paper import ledger, making, style
from reception.paper.daily_sheet import FORM, DaySheet, SheetRow
from reception.paper.entry_words import EntryWords

ROWS, FEW, MANY, PER_DAY = 300, 5_000, 50_000, 200
GOAL, GOAL_OF_GROWTH, GOAL_OF_MEMORY = 1.3, 1.1, 250.0
STYLE = style.default(FORM)
MADE_AT = dt.datetime(2026, 11, 23, 17, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
Drawn = tuple[str, float, float, float, str]
"""Face, size, x, y, text."""

_CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之"
    "进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与"
    "关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常"
)


def made_up_day(count: int = ROWS) -> DaySheet:
    """A day of ``count`` entries with as much text as a busy desk writes, the same each time."""
    dice = random.Random(count)
    zone = ZoneInfo("Asia/Shanghai")
    start = dt.datetime(2026, 11, 23, 8, 30, tzinfo=zone)

    def words(least: int, most: int) -> str:
        text = "".join(dice.choices(_CHARACTERS, k=dice.randint(least, most)))
        return f"{text[: len(text) // 2]},{text[len(text) // 2 :]}" if len(text) > 12 else text

    def line(index: int) -> SheetRow:
        kind = dice.choice(CONTACTS)
        act = dice.choice((*Act, None))
        at = start + dt.timedelta(seconds=index * 100)
        return SheetRow(
            number=f"{index:03d}",
            at=at,
            kind=kind,
            name=words(2, 3),
            organisation=words(6, 20),
            phone=f"1380000{index:04d}",
            withheld=False,
            party_size=dice.choice((1, 1, 1, 3)),
            matter="",
            subject=words(6, 40),
            department=words(3, 8),
            act=act,
            call_result=None,
            status=EntryStatus.OPEN if act in (None, Act.REFERRED) else EntryStatus.FINISHED,
            referral_status=ReferralStatus.OPEN if act is Act.REFERRED else None,
            outcome=words(0, 24),
            operator=words(2, 3),
            left_at=at + dt.timedelta(minutes=9) if kind is Kind.VISIT else None,
            late=index % 40 == 0,
            urgency=Urgency.NORMAL,
            callback_wanted=index % 30 == 0,
            void_reason="",
        )

    rows = tuple(map(line, range(1, count + 1)))
    return DaySheet(words(8, 8), 20261123, "", "Asia/Shanghai", words(12, 12), rows, Totals(), (), 0)


def ours(data: object, made_at: dt.datetime, form: str = "daily_sheet") -> tuple[bytes, int]:
    file = io.BytesIO()
    pages = making.render(form, data, wording.load("en"), None, Stamp(made_at), file)
    return file.getvalue(), pages


def recorded(data: object, made_at: dt.datetime, form: str = "daily_sheet") -> list[list[Drawn]]:
    """Every line of text that `ours` draws, page by page, with its place on the page."""
    pages: dict[int, list[Drawn]] = {}

    def listening(write: Callable[[PDFTextObject, str], None]) -> Callable[[PDFTextObject, str], None]:
        def listen(self: Any, text: str) -> None:
            place = self._canvas.absolutePosition(self.getX(), self.getY())
            lines = pages.setdefault(self._canvas.getPageNumber(), [])
            lines.append((self._fontname, self._fontsize, *place, text))
            write(self, text)

        return listen

    with (
        mock.patch.object(PDFTextObject, "textOut", listening(PDFTextObject.textOut)),
        mock.patch.object(PDFTextObject, "textLine", listening(PDFTextObject.textLine)),
    ):
        ours(data, made_at, form)
    return [pages[number] for number in sorted(pages)]


def bare(pages: list[list[Drawn]]) -> bytes:
    """The same lines at the same places, drawn one by one on ReportLab's canvas: no rules, no layout."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=STYLE.sheet, invariant=1)
    for lines in pages:
        font: tuple[str, float] | None = None
        for face, size, x, y, text in lines:
            if font != (face, size):
                font = (face, size)
                canvas.setFont(face, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def made_up_ledger(count: int) -> ledger.Ledger:
    """A year of days of `PER_DAY` entries, ``count`` in all; nobody says the same on two days."""
    day, days = dt.date(2026, 1, 1), ledger.Days()
    plain = made_up_day(PER_DAY).rows
    for at in range(count // PER_DAY):
        later = dt.timedelta(days=(day + dt.timedelta(days=at) - dt.date(2026, 11, 23)).days)
        rows = [
            replace(
                row,
                at=row.at + later,
                left_at=row.left_at and row.left_at + later,
                subject=f"{row.subject}{at}",
                key=f"entry:{at * PER_DAY + index}",
            )
            for index, row in enumerate(plain)
        ]
        days.add(day_number(day + dt.timedelta(days=at)), rows)
    return ledger.Ledger("某县人力资源和社会保障局", 2026, "", "Asia/Shanghai", "", days, Totals())


def lay_out_ledger(count: int) -> None:
    """In a process of its own: print pages, seconds of the processor, and megabytes at the most."""
    data, english = made_up_ledger(count), wording.load("en")
    with tempfile.TemporaryFile() as file:
        start = time.process_time()
        pages = making.render("ledger", data, english, None, Stamp(MADE_AT), file)
        print(pages, time.process_time() - start, _most_memory())


def _most_memory() -> float:
    if sys.platform == "win32":
        return float(psutil.Process().memory_info().peak_wset) / 1e6
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def run(_path: Path, repeat: int = 15) -> list[Row]:
    """The day and the ledger beside their lines on a bare canvas; the day beside a spreadsheet's."""
    return [_day(repeat), *_ledger(), _spreadsheet()]


def _day(repeat: int) -> Row:
    data = made_up_day()
    pages = recorded(data, MADE_AT)
    mine, least = [], []
    for _ in range(repeat):
        mine.append(_timed(lambda: ours(data, MADE_AT)))
        least.append(_timed(lambda: bare(pages)))
    name = f"the sheet of a day with {ROWS} entries ({len(pages)} pages)"
    return against(name, statistics.median(mine), statistics.median(least), GOAL)


def _ledger() -> list[Row]:
    pages = recorded(made_up_ledger(FEW), MADE_AT, "ledger")
    floors, runs = [], []
    for _ in range(2):  # in turn, so that whatever else the computer does slows all of them
        floors.append(_timed(lambda: bare(pages)) / len(pages))
        runs.append({count: _child(count) for count in (FEW, MANY)})
        floors.append(_timed(lambda: bare(pages)) / len(pages))
    floor, found = min(floors), {count: min(run[count] for run in runs) for count in (FEW, MANY)}
    per_page = {count: seconds * 1000 / many for count, (seconds, many, _memory) in found.items()}
    name = f"a ledger of {MANY} entries, per page"
    note = f"{found[MANY][1]} pages in {found[MANY][0]:.1f} s; bare: {FEW} entries"
    return [
        against(name, per_page[MANY], floor, GOAL, note=note),
        against(f"{name}, against {FEW} entries", per_page[MANY], per_page[FEW], GOAL_OF_GROWTH),
        absolute(f"memory for a ledger of {MANY} entries", found[MANY][2], GOAL_OF_MEMORY, "MB"),
    ]


def _child(count: int) -> tuple[float, int, float]:
    command = [sys.executable, "-c", f"from benchmarks import bench_paper as b; b.lay_out_ledger({count})"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(said[1]), int(said[0]), float(said[2])


def _spreadsheet() -> Row:
    """The same day as a spreadsheet that LibreOffice prints, both from a standing start."""
    name = "the same day in a process of its own, against LibreOffice from a spreadsheet"
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return Row(name, 0.0, None, 0.0, math.inf, "ms", "LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "day.fods").write_text(spreadsheet(made_up_day()), "utf-8")
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
        theirs = min(_waited([*command, str(place / "day.fods")]) for _ in range(2))
        code = "from benchmarks import bench_paper as b; b.ours(b.made_up_day(), b.MADE_AT)"
        mine = min(_waited([sys.executable, "-c", code]) for _ in range(2))
        assert (place / "day.pdf").read_bytes().startswith(b"%PDF")
    return against(name, mine, theirs, 1.0)


def _waited(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return (time.perf_counter() - start) * 1000


def spreadsheet(data: DaySheet) -> str:
    """A day as a flat OpenDocument spreadsheet: the same columns and texts, wrapped in their cells."""
    english = EntryWords(wording.load("en"))
    day = day_date(data.day)
    lines = [[column.title for column in FORM.columns], *(english.cells(row, day) for row in data.rows)]
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell table:style-name="c"><text:p>{escape(text)}</text:p></table:table-cell>'
            for text in line
        )
        + "</table:table-row>"
        for line in lines
    )
    return _FODS.format(body=body, columns=len(FORM.columns))


_FODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<style:style style:name="w" style:family="table-column"><style:table-column-properties
 style:column-width="2.05cm"/></style:style>
<style:style style:name="c" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap"
 fo:border="0.5pt solid #000000"/><style:text-properties fo:font-size="9pt"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="day">
<table:table-column table:style-name="w" table:number-columns-repeated="{columns}"/>{body}
</table:table></office:spreadsheet></office:body></office:document>
"""


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds of the processor."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    print(table(run(Path())))
