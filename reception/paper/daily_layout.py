"""How the daily sheet looks: its columns after the common registers, and the words that stand in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from reportlab.platypus.flowables import Flowable

from reception import dates
from reception.facts import EntryStatus
from reception.facts.printing import Stamp
from reception.numbers import day_date
from reception.paper.daily_sheet import FORM, DaySheet, SheetRow
from reception.paper.entry_words import EntryWords
from reception.paper.page import Dress, TextBlock
from reception.paper.rows import Column, Row, register, table
from reception.paper.style import Style
from reception.wording import Wording

_GAP = 6.0
_CARRIED_WIDTHS = (0.14, 0.14, 0.5, 0.22)


def dress(data: DaySheet, wording: Wording) -> Dress:
    """Head and foot of the sheet."""
    return Dress(
        title=wording.pgettext("paper", FORM.title),
        unit=data.site,
        date=dates.long_date(day_date(data.day), wording.language),
        desk=wording.pgettext("paper", "Desk {code}").format(code=data.desk) if data.desk else "",
        notice=data.footer,
        zone=data.zone,
        below=_on_duty(data, wording),
    )


def _on_duty(data: DaySheet, wording: Wording) -> str:
    """The weather and who is on duty, as far as the site has that on its sheet."""
    named = (
        (wording.pgettext("paper", "Weather"), data.weather),
        (wording.pgettext("paper", "Leader on duty"), data.leader),
        (wording.pgettext("paper", "Officer on duty"), data.officer),
    )
    told = [
        wording.gettext("{name}: {value}").format(name=name, value=value) for name, value in named if value
    ]
    return "\u3000\u3000".join(told)


def story(data: DaySheet, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """The flowables of the sheet."""
    words, day = _Words(wording), day_date(data.day)
    rows = [words.row(row, day, corrected=row.key in stamp.corrected) for row in data.rows]
    first, *others = rows or [words.nothing()]
    marked = replace(first, bookmark=(dates.long_date(day, wording.language),))
    flow: list[Flowable] = [
        table(FORM, style, wording, [marked, *others]),
        TextBlock(words.said.totals(data.totals, data.rows), before=_GAP),
    ]
    if data.carried:
        before = [words.carried_row(row) for row in data.carried]
        heading = words.carried(data.carried_total)
        goes_on = wording.pgettext("paper", "{heading} (continued)").format(heading=heading)
        columns = _carried_columns(wording, style.width)
        flow.append(register(columns, before, caption=(heading, goes_on)))
        rest = data.carried_total - len(data.carried)
        if rest:
            flow.append(TextBlock(words.more(rest), before=_GAP / 2))
    return flow


def _carried_columns(wording: Wording, width: float) -> list[Column]:
    titles = (
        wording.pgettext("paper", "Number"),
        wording.pgettext("paper", "Name"),
        wording.pgettext("paper", "Matter"),
        wording.pgettext("paper", "Department in charge"),
    )
    return [Column(title, width * share) for title, share in zip(titles, _CARRIED_WIDTHS, strict=True)]


class _Words:
    """The words of one sheet in one language."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self.said = EntryWords(wording)

    def row(self, row: SheetRow, day: dt.date, *, corrected: bool = False) -> Row:
        """One line of the register."""
        said = self.said
        return Row(
            said.cells(row, day),
            void=row.status is EntryStatus.VOID,
            mark=said.corrected if corrected else "",
        )

    def nothing(self) -> Row:
        """The line of a day on which nobody came."""
        text = self._wording.pgettext("paper", "Nobody came or called on this day.")
        return Row(("",) * 7 + (text,) + ("",) * 5)

    def carried_row(self, row: SheetRow) -> Row:
        """One open item of an earlier day."""
        return Row((row.number, self.said.who(row)[0], self.said.matter(row), row.department))

    def carried(self, count: int) -> str:
        """The heading of what earlier days left open."""
        return self._wording.pgettext("paper", "Carried over from earlier days, still open: {count}").format(
            count=count
        )

    def more(self, count: int) -> str:
        """What is not listed one by one."""
        return self._wording.pgettext("paper", "… and {count} more, see the register.").format(count=count)
