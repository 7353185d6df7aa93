"""How long the daily sheet takes, against the same wrapped lines drawn on a bare canvas."""

from __future__ import annotations

import datetime as dt
import io
import random
import statistics
import time
from collections.abc import Callable
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from reception import wording
from reception.facts import Act, EntryStatus, Kind, ReferralStatus, Totals, Urgency
from reception.facts.printing import Stamp
from reception.paper import making, style
from reception.paper.daily_sheet import FORM, DaySheet, SheetRow

ROWS = 300
GOAL = 1.3
STYLE = style.default(FORM)
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
        kind = dice.choice(tuple(Kind))
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


def ours(data: DaySheet, made_at: dt.datetime) -> tuple[bytes, int]:
    file = io.BytesIO()
    pages = making.render("daily_sheet", data, wording.load("en"), STYLE, Stamp(made_at), file)
    return file.getvalue(), pages


def recorded(data: DaySheet, made_at: dt.datetime) -> list[list[Drawn]]:
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
        ours(data, made_at)
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


def run(repeat: int = 15) -> list[dict[str, object]]:
    """Both ways in turn, ``repeat`` times; the medians in milliseconds."""
    made_at = dt.datetime(2026, 11, 23, 17, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    data = made_up_day()
    pages = recorded(data, made_at)
    mine, least = [], []
    for _ in range(repeat):
        mine.append(_timed(lambda: ours(data, made_at)))
        least.append(_timed(lambda: bare(pages)))
    got, floor = statistics.median(mine), statistics.median(least)
    return [
        {
            "name": f"the sheet of a day with {ROWS} entries ({len(pages)} pages)",
            "ours": round(got, 2),
            "limit": round(floor, 2),
            "ratio": round(got / floor, 3),
            "goal": GOAL,
        }
    ]


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    for line in run():
        print(line)
