"""Commands that tell the director's page of a day, and the bulletin of a week or a month."""

from __future__ import annotations

import re

import click

from reception.cli import read, reports_shown
from reception.cli.frame import Command, Topic, option
from reception.cli.printing import language_of
from reception.cli.state import State, prints_json
from reception.errors import InputError
from reception.facts.reports import Period
from reception.wording import N_, load

_MONTH = re.compile(r"([0-9]{4})-?(0[1-9]|1[0-2])\Z")
_XLSX = option(
    "--xlsx",
    metavar="FILE",
    help=N_("Write it there as a spreadsheet instead, in the language asked for, otherwise the site's."),
)
report = Topic(
    "report",
    help=N_(
        "What a director reads: the page of a day, the bulletin of a week or a month.\n\n"
        "Of a past day it tells how things stood when the day was over, of today how they stand now. "
        "'reception print director-page' and 'print bulletin' put it on paper."
    ),
)


@click.command(
    "day",
    cls=Command,
    help=N_("The exceptions of a day under the four rules, its departments and totals, what is due next."),
)
@click.argument("day", metavar="[DATE]", required=False)
@prints_json
@click.pass_obj
def of_day(state: State, *, day: str | None) -> None:
    """Tell the director's page."""
    from reception.operations import reports

    chosen = read.day(day) if day is not None else None
    with state.open() as here:
        told = here.desk.ask(reports.day, here.today if chosen is None else chosen)
        document = reports_shown.day_document(told) if state.as_json else None
        state.tell(document, reports_shown.day_lines(told, state.wording))


@click.command(
    "week",
    cls=Command,
    help=N_("What each department did in a week, beside the week before; the week of a day, or this one."),
)
@click.argument("day", metavar="[DATE]", required=False)
@_XLSX
@prints_json
@click.pass_obj
def of_week(state: State, *, day: str | None, xlsx: str | None) -> None:
    """Tell the bulletin of a week."""
    _bulletin(state, Period.WEEK, read.day(day) if day is not None else None, xlsx)


@click.command(
    "month",
    cls=Command,
    help=N_(
        "What each department did in a month, like 2026-11, beside the month before; this one otherwise."
    ),
)
@click.argument("month", metavar="[MONTH]", required=False)
@_XLSX
@prints_json
@click.pass_obj
def of_month(state: State, *, month: str | None, xlsx: str | None) -> None:
    """Tell the bulletin of a month."""
    _bulletin(state, Period.MONTH, _month(month) if month is not None else None, xlsx)


def _bulletin(state: State, period: Period, day: int | None, xlsx: str | None) -> None:
    from reception.operations import reports

    with state.open() as here:
        told = here.desk.ask(reports.bulletin, period, here.today if day is None else day)
        document = reports_shown.bulletin_document(told) if state.as_json else None
        if xlsx is not None:
            from reception.paper import spreadsheet

            spreadsheet.write(told, load(language_of(state, here)), xlsx)
            line = state.wording.gettext("The bulletin is in {path}").format(path=xlsx)
            state.tell({**(document or {}), "file": xlsx}, [line])
            return
        state.tell(document, reports_shown.bulletin_lines(told, state.wording))


def _month(text: str) -> int:
    """The first day of ``2026-11``, or a day of it. Raises InputError."""
    match = _MONTH.match(text.strip())
    if match is None:
        try:
            return read.day(text)
        except InputError:
            raise InputError(
                "'{text}' is not a month; write it like 2026-11.", field="month", text=text[:60]
            ) from None
    return read.day(f"{match[1]}-{match[2]}-01")


report.holds(of_day, of_week, of_month)
