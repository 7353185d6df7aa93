"""科室通报, the bulletin: what each department did in a week or a month, and how that compares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception import dates, report_words
from reception.errors import InputError
from reception.facts.printing import Stamp
from reception.facts.reports import Bulletin, DepartmentFigures, Figures, Period, Span
from reception.numbers import day_date
from reception.paper.form import ColumnSpec, Form
from reception.paper.style import Style
from reception.wording import NP_, Wording

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.laid import Column
    from reception.paper.page import Dress
    from reception.paper.rows import Row

_FIGURES = tuple(field.name for field in fields(Figures))
FORM = Form(
    name="bulletin",
    title=NP_("paper", "Bulletin of the departments"),
    columns=(
        ColumnSpec("department", NP_("paper", "Department"), weight=130),
        ColumnSpec("received", NP_("paper", "Sent to it"), 62, centred=True),
        ColumnSpec("answered", NP_("paper", "Answered"), 62, centred=True),
        ColumnSpec("late", NP_("paper", "Answered late"), 62, centred=True, gives=2),
        ColumnSpec("returned", NP_("paper", "Returned"), 62, centred=True, gives=1),
        ColumnSpec("open", NP_("paper", "Open"), 62, centred=True),
        ColumnSpec("overdue", NP_("paper", "Overdue"), 62, centred=True),
    ),
    signatures=(NP_("paper", "Compiled by"), NP_("paper", "Head of the office"), NP_("paper", "Date")),
)
_GAP = 8.0


def settle(session: Session, period: str, day: int, moment: str = "") -> dict[str, object]:
    """The definite arguments: the first day of the week or month, and a moment (ISO 8601) of its last day.

    Raises InputError for a period that is neither, and for one to come.
    """
    from reception.numbers import day_number
    from reception.operations import reports

    first, _last = reports.bounds(_period(period), day_date(day))
    if not moment:
        report = reports.bulletin(session, _period(period), day)
        moment = report.now.as_of.astimezone(ZoneInfo(report.zone)).isoformat()
    return {"period": period, "day": day_number(first), "moment": moment}


def _period(text: str) -> Period:
    try:
        return Period(text)
    except ValueError:
        raise InputError(
            "'{text}' cannot stand here. Choose one of: {words}.",
            field="period",
            text=text[:40],
            words=", ".join(Period),
        ) from None


def collect(session: Session, period: str, day: int, moment: str = "") -> Bulletin:
    """The bulletin of the ``week`` or ``month`` that holds ``day`` (``YYYYMMDD``), as of a moment.

    Raises:
        InputError: it is still to come, or the period is neither; ValueError: no such day or moment.
    """
    from reception.operations import reports

    as_of = dt.datetime.fromisoformat(moment) if moment else None
    return reports.bulletin(session, _period(period), day, as_of)


def subject(period: str, day: int, moment: str = "") -> str:
    """What it is a print of: ``month/20261101``."""
    from reception.numbers import day_number
    from reception.operations import reports

    return f"{period}/{day_number(reports.bounds(_period(period), day_date(day))[0])}"


def lines(data: Bulletin) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    as_of = None if data.over else data.now.as_of.isoformat()
    spans = [data.now.first, data.now.last, data.before.first, data.before.last]
    yield "head", [data.site, data.period.value, as_of, data.footer, *spans]
    for one in data.departments:
        yield f"figures/{one.code}", [one.name, *_both(one)]
    yield "figures", _both(data.whole)
    for name, span in (("now", data.now), ("before", data.before)):
        yield f"totals/{name}", [getattr(span.totals, key) for key in report_words.TOTALS]


def _both(one: DepartmentFigures) -> list[int]:
    return [getattr(side, name) for side in (one.now, one.before) for name in _FIGURES]


def dress(data: Bulletin, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot; one of a period that still runs says of what moment it is."""
    from reception.paper.page import Dress

    as_of = ""
    if not data.over:
        clock = dates.clock(data.now.as_of.astimezone(ZoneInfo(data.zone)))
        as_of = wording.pgettext("paper", "As of {time}").format(time=clock)
    return Dress(
        title=wording.pgettext("paper", FORM.title),
        unit=data.site,
        date=span_of(data.now, data, wording),
        desk=as_of,
        notice=data.footer,
        zone=data.zone,
    )


def span_of(span: Span, data: Bulletin, wording: Wording, *, short: bool = False) -> str:
    """``November 2026`` for a whole month, else its first and last day; ``short`` without the year."""
    first, last = day_date(span.first), day_date(span.last)
    language = wording.language
    if data.period is Period.MONTH and (last + dt.timedelta(days=1)).day == 1:
        month, year = dates.month(first.month, language), dates.year(first.year, language)
        return f"{year}{month}" if language == dates.CHINESE else f"{month} {year}"
    both = wording.pgettext("paper", "{first} – {last}")
    start, end = dates.plain_date(first, language), dates.plain_date(last, language)
    if short:
        start, end = dates.short_date(first, language), dates.short_date(last, language)
    elif first.year == last.year and language == dates.CHINESE:
        end = dates.short_date(last, language)
    elif first.year == last.year:  # the year stands behind both
        start = f"{first.day} {dates.month(first.month, language)}"
    return both.format(first=start, last=end)


def story(data: Bulletin, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """The departments with their figures and the change, then the totals of the desk."""
    from reception.paper.page import TextBlock
    from reception.paper.rows import Row, register, table

    pgettext = wording.pgettext
    rows = [_row(one.name or one.code, one) for one in data.departments]
    rows.append(_row(pgettext("paper", "Together"), data.whole))
    said = pgettext("paper", "In brackets the change to {span}. Open and overdue: at the end.")
    beneath = said.format(span=span_of(data.before, data, wording))
    totals = [_totals(one, data, wording) for one in (data.now, data.before)]
    columns = _columns(style.width, [one[0] for one in totals], wording)
    heading = pgettext("paper", "Visits and calls at the desk")
    return [
        table(FORM, style, wording, rows),
        TextBlock(beneath, before=_GAP / 2, after=_GAP),
        register(columns, [Row(tuple(cells)) for cells in totals], caption=(heading, heading)),
    ]


def _row(name: str, one: DepartmentFigures) -> Row:
    from reception.paper.rows import Row

    cells = [name]
    for key in _FIGURES:
        now, before = getattr(one.now, key), getattr(one.before, key)
        cells.append(f"{now} ({report_words.change(now, before)})" if now != before else str(now))
    return Row(tuple(cells))


def _columns(width: float, spans: Sequence[str], wording: Wording) -> list[Column]:
    """The spans on one line, the words of the headings whole; what room is left is shared evenly."""
    from reception.paper import fonts
    from reception.paper.laid import Column
    from reception.paper.pen import PADDING, SIZE

    bold, body = fonts.chain(fonts.BOLD), fonts.chain()
    titles = [wording.gettext(one) for one in report_words.TOTALS.values()]
    widths = [
        max(body.width(body.shown(one), SIZE) for one in spans),
        *(max(bold.width(bold.shown(word), SIZE) for word in title.split()) for title in titles),
    ]
    spare = (width - sum(widths)) / len(widths) - 2 * PADDING
    room = [least + 2 * PADDING + spare for least in widths]
    return [Column(title, wide, bool(title)) for title, wide in zip(("", *titles), room, strict=True)]


def _totals(span: Span, data: Bulletin, wording: Wording) -> list[str]:
    counts = [str(getattr(span.totals, key)) for key in report_words.TOTALS]
    return [span_of(span, data, wording, short=True), *counts]
