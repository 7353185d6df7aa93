"""The bulletin as a spreadsheet: numbers are numbers, dates are dates, and no text is ever a formula."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from zoneinfo import ZoneInfo

from reception import dates, report_words
from reception.facts.reports import Bulletin, DepartmentFigures
from reception.numbers import day_date
from reception.wording import Wording

if TYPE_CHECKING:
    from reception.context import Session

_WIDEST, _LEAST, _OF_TITLE, _HEAD = 40, 6, 9, 44.0
"""Widths in characters: a title takes so much of a line and is broken; height of the titles in points."""
_WIDE = "\u2e80"
"""From here on nearly all characters are two columns wide."""
Value = str | int | dt.date | dt.datetime


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the row of titles stays in sight, and so do as many columns as are ``fixed``.

    ``changes`` are the places of columns that say by how much something changed; with ``summed`` the last row
    is the sum of the others.
    """

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[Value]]
    fixed: int = 0
    changes: frozenset[int] = frozenset()
    summed: bool = False


def save(session: Session, period: str, day: int, language: str, path: str) -> str:
    """Write the bulletin of the week or month that holds ``day`` to ``path``; where it lies.

    Raises:
        InputError: it is still to come; SurroundingsError: it cannot be saved there.
    """
    from reception.paper import bulletin
    from reception.wording import load

    write(bulletin.collect(session, period, day), load(language), path)
    return path


def write(data: Bulletin, wording: Wording, path: str | Path) -> None:
    """Write the bulletin to ``path``; the same data and language give the same bytes.

    Raises:
        SurroundingsError: it cannot be saved there; nothing half-made is left behind.
    """
    from reception.paper import output

    output.write(Path(path), lambda file: render(data, wording, file))


def render(data: Bulletin, wording: Wording, file: BinaryIO) -> None:
    """As `write`, into an open file."""
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": _local(data.now.as_of, data).replace(tzinfo=None), "author": data.site})
    pen = _Pen(book)
    for sheet in (departments, totals, days, about):
        pen.put(sheet(data, wording))
    book.close()
    file.write(made.getvalue())


def departments(data: Bulletin, wording: Wording) -> Sheet:
    """A row for each department: each figure of the span, of the one before, and the change."""
    _ = wording.gettext
    titles, changes = [_("Department")], set()
    for word in report_words.FIGURES.values():
        told = _(word)
        titles += [told, _("{figure}, before").format(figure=told), _("{figure}, change").format(figure=told)]
        changes.add(len(titles) - 1)
    rows = [_figures(one.name or one.code, one) for one in data.departments]
    rows.append(_figures(_("Together"), data.whole))
    return Sheet(
        wording.pgettext("spreadsheet", "Departments"),
        titles,
        rows,
        fixed=1,
        changes=frozenset(changes),
        summed=True,
    )


def _figures(name: str, one: DepartmentFigures) -> list[Value]:
    row: list[Value] = [name]
    for key in report_words.FIGURES:
        now, before = getattr(one.now, key), getattr(one.before, key)
        row += [now, before, now - before]
    return row


def totals(data: Bulletin, wording: Wording) -> Sheet:
    """The visits and calls of the span, and below them those of the span before."""
    _ = wording.gettext
    titles = [_("First day"), _("Last day"), *(_(word) for word in report_words.TOTALS.values())]
    rows: list[Sequence[Value]] = [
        [
            day_date(one.first),
            day_date(one.last),
            *(getattr(one.totals, key) for key in report_words.TOTALS),
        ]
        for one in (data.now, data.before)
    ]
    return Sheet(wording.pgettext("spreadsheet", "Visits and calls"), titles, rows, fixed=2)


def days(data: Bulletin, wording: Wording) -> Sheet:
    """A row for each day on which something came: how many visits and calls, and what was done."""
    _ = wording.gettext
    told = {key: _(word) for key, word in report_words.TOTALS.items() if key != "open"}
    rows: list[Sequence[Value]] = [
        [
            day_date(one.first),
            dates.weekday(day_date(one.first), wording.language),
            *(getattr(one.totals, key) for key in told),
        ]
        for one in data.days
    ]
    return Sheet(
        wording.pgettext("spreadsheet", "Days"), [_("Date"), _("Weekday"), *told.values()], rows, fixed=1
    )


def about(data: Bulletin, wording: Wording) -> Sheet:
    """What the figures are of."""
    _ = wording.gettext
    rows: list[Sequence[Value]] = [
        [_("Unit"), data.site],
        [_("First day"), day_date(data.now.first)],
        [_("Last day"), day_date(data.now.last)],
        [_("Compared with, first day"), day_date(data.before.first)],
        [_("Compared with, last day"), day_date(data.before.last)],
        [_("Open and overdue as of"), _local(data.now.as_of, data)],
    ]
    return Sheet(wording.pgettext("spreadsheet", "About"), [_("What"), _("Value")], rows)


def _local(instant: dt.datetime, data: Bulletin) -> dt.datetime:
    """By the site's clock; spreadsheets know no zones."""
    return instant.astimezone(ZoneInfo(data.zone)).replace(tzinfo=None)


class _Pen:
    """Writes sheets into a workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": "#E6E6E6"}
        )
        kinds = {"text": "@", "number": "0", "change": "+0;-0;0", "date": "yyyy-mm-dd"}
        kinds["moment"] = "yyyy-mm-dd hh:mm"
        self._formats = {
            (kind, bold): book.add_format({"num_format": form, "bold": bold, "top": 1 if bold else 0})
            for kind, form in kinds.items()
            for bold in (False, True)
        }

    def put(self, sheet: Sheet) -> None:
        """Add a sheet."""
        page = self._book.add_worksheet(sheet.name)
        for column, title in enumerate(sheet.titles):
            page.write_string(0, column, title, self._head)
        for at, row in enumerate(sheet.rows, 1):
            bold = sheet.summed and at == len(sheet.rows)
            for column, value in enumerate(row):
                self._write(page, at, column, value, bold=bold, change=column in sheet.changes)
        page.set_row(0, _HEAD)
        page.freeze_panes(1, sheet.fixed)
        for column, title in enumerate(sheet.titles):
            texts = [_shown(row[column]) for row in sheet.rows]
            most = max([*map(_width, texts), min(_width(title), _OF_TITLE)]) + 2
            page.set_column(column, column, min(max(most, _LEAST), _WIDEST))
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)

    def _write(self, page: Any, row: int, column: int, value: Value, *, bold: bool, change: bool) -> None:
        if isinstance(value, str):
            # never as what it looks like: a name that begins with = is a name
            page.write_string(row, column, value, self._formats["text", bold])
        elif isinstance(value, int):
            page.write_number(row, column, value, self._formats["change" if change else "number", bold])
        else:
            kind = "moment" if isinstance(value, dt.datetime) else "date"
            page.write_datetime(row, column, value, self._formats[kind, bold])


def _shown(value: Value) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, dt.datetime) else str(value)


def _width(text: str) -> int:
    return sum(2 if char >= _WIDE else 1 for char in text)
