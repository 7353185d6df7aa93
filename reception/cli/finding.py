"""Commands that look through the whole register, and the one that fills what they look things up in."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gc
from collections.abc import Iterator

import click

from reception.cli import documents, expecting, layout, lending, parcels, read, show
from reception.cli.frame import Command, option
from reception.cli.state import State, prints_json
from reception.facts import Act, EntryStatus, Kind, Query
from reception.facts.others import Others
from reception.wording import N_, Wording

ODDMENTS = 100_000
"""Objects between two looks for garbage: a block is made of as many, and all are still in use."""


@click.command(
    "search",
    cls=Command,
    help=N_(
        "Find entries by what is written in them, newest first.\n\n"
        "Every word is looked for in names (also as pinyin or initials), telephones (three digits are "
        "enough), numbers, organisations, matters, subjects, requests, outcomes and leaders' instructions."
        "\n\nBelow the entries stand the newest expected visitors, things lent and parcels that fit, with "
        "the count of all; not where a filter is used that only entries have."
    ),
)
@click.argument("text", metavar="TEXT")
@option("--limit", metavar="N", default="50", help=N_("How many at most (50 if not given)."))
@option("--from", "first", metavar="DATE", help=N_("From this day on."))
@option("--to", "last", metavar="DATE", help=N_("Up to this day."))
@option("--kind", metavar="KIND", help=N_("visit, call-in or call-out."))
@option("--department", metavar="CODE", help=N_("The department's code."))
@option("--status", metavar="WORD", help=N_("open, finished or void."))
@option("--act", metavar="WORD", help=N_("answered, pointed, put-through or referred."))
@option("--operator", metavar="NAME", default="", help=N_("The clerk who recorded them."))
@option("--all", "whole", is_flag=True, help=N_("With --json: an object that holds also what is no entry."))
@prints_json
@click.pass_obj
def search(
    state: State,
    *,
    text: str,
    limit: str,
    first: str | None,
    last: str | None,
    kind: str | None,
    department: str | None,
    status: str | None,
    act: str | None,
    operator: str,
    whole: bool,
) -> None:
    """Find entries, and what fits besides."""
    from reception.operations import find, find_others

    most = read.positive(limit, "limit")
    query = Query(
        text,
        from_day=read.day(first) if first is not None else None,
        to_day=read.day(last) if last is not None else None,
        kind=read.word(kind, Kind, "kind") if kind is not None else None,
        status=read.word(status, EntryStatus, "status") if status is not None else None,
        act=read.word(act, Act, "act") if act is not None else None,
        operator=operator,
    )
    with state.open() as here:
        if department is not None:
            code = read.department(department, here.catalogue.departments)
            query = dataclasses.replace(query, department_id=code)
        rows = here.desk.ask(find.entries, query, limit=most)
        entries = [documents.entry(row, here.zone) for row in rows] if state.as_json else []
        if state.as_json and not whole:
            state.tell(entries, ())
            return
        others = here.desk.ask(find_others.others, query)
        if state.as_json:
            state.tell({"entries": entries, **_others_document(others, here.zone)}, ())
            return
        state.tell(None, show.entries(rows, state.wording, here.zone))
        state.tell(None, _others_lines(others, state.wording, here.zone))


def _others_document(others: Others, zone: dt.tzinfo) -> documents.Document:
    return {
        "expected": [expecting.document(one, zone) for one in others.expected],
        "loans": [lending.document(one, zone) for one in others.loans],
        "parcels": [parcels.document(one, zone) for one in others.parcels],
        "counts": {
            "expected": others.expected_count,
            "loans": others.loan_count,
            "parcels": others.parcel_count,
        },
    }


def _others_lines(others: Others, wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    _ = wording.gettext
    kinds = (
        (
            _("Expected visitors"),
            others.expected_count,
            [expecting.cells(one, wording, zone) for one in others.expected],
        ),
        (_("Things lent"), others.loan_count, [lending.cells(one, wording, zone) for one in others.loans]),
        (
            _("Parcels and letters for staff"),
            others.parcel_count,
            [parcels.cells(one, wording, zone) for one in others.parcels],
        ),
    )
    for title, count, cells in kinds:
        if cells:
            yield ""
            yield _("{title}: {count}").format(title=title, count=count)
            yield from (f"  {line}" for line in layout.table(cells))


@click.command(
    "index",
    cls=Command,
    help=N_(
        "Fill what searches look things up in; the window does so by itself.\n\n"
        "Others may work meanwhile. Broken off, it goes on from there the next time."
    ),
)
@option("--gently", is_flag=True, help=N_("Take long rests, so that nobody notices."))
@prints_json
@click.pass_obj
def index(state: State, *, gently: bool) -> None:
    """Fill the derived indexes."""
    from reception.operations import derived
    from reception.store import filling

    gc.set_threshold(ODDMENTS)
    with state.open() as here, state.progress(N_("Indexing")) as progress:
        at_work = filling.Filling(here.desk, derived.fillers(), filling.GENTLE if gently else filling.FULL)
        try:
            at_work.run(progress)
            done, total = at_work.progress()
        finally:
            at_work.close()
    line = state.wording.gettext("All that searches look up is there.")
    state.tell({"done": done, "all": total}, [line])
