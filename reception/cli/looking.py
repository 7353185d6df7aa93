"""Commands that only look: one entry, a day, the directory."""

from __future__ import annotations

import uuid
from pathlib import Path

import click

from reception import timeline
from reception.cli import documents, layout, read, show
from reception.cli.frame import Command, option
from reception.cli.state import AtDesk, State, prints_json, reads
from reception.cli.streams import plain
from reception.facts import EntryView
from reception.wording import N_


@click.command("show", cls=Command, help=N_("Show the whole of one entry, with its referrals and its trail."))
@click.argument("number", metavar="NUMBER")
@reads
@click.pass_obj
def show_entry(state: State, *, number: str) -> None:
    """Show an entry."""
    with state.open() as here:
        view = here.entry(here.find(number))
        state.tell(documents.view(view, here.zone), show.entry(view, state.wording, here.zone))


@click.command(
    "trail",
    cls=Command,
    help=N_(
        "Tell the trail of an entry in sentences, or write it as PDF for the person who asks.\n\n"
        "On paper nothing stands of who told a report, and of an accusation only when something was done."
    ),
)
@click.argument("number", metavar="NUMBER")
@option("--pdf", metavar="FILE", help=N_("Write it there instead."))
@reads
@click.pass_obj
def trail(state: State, *, number: str, pdf: str | None) -> None:
    """Tell or print the trail of an entry."""
    with state.open() as here:
        view = here.entry(here.find(number))
        if pdf is not None:
            _print_trail(state, here, view, Path(pdf))
            return
        told = timeline.lines(view.trail, state.wording, here.zone)
        cells = [
            [f"{one.at.astimezone(here.zone):%Y-%m-%d %H:%M}"]
            + [plain(text) for text in (one.what, one.where, one.said, one.operator)]
            for one in told
        ]
        document = documents.view(view, here.zone)
        state.tell({name: document[name] for name in ("number", "trail")}, layout.table(cells))


def _print_trail(state: State, here: AtDesk, view: EntryView, path: Path) -> None:
    from reception.cli import paper_words, printing

    (form,) = paper_words.wanted(here, ["case-trail", view.row.number], {})
    sheet = printing.Printing(state, here, printing.language_of(state, here)).make(form, path, uuid.uuid4())
    line = state.wording.gettext("The trail of {number} is in {path}").format(
        number=view.row.number, path=path
    )
    document = {"number": view.row.number, "file": str(path), "pages": sheet.pages, **printing.proof(sheet)}
    state.tell(document, [*printing.again(state, sheet), line])


@click.command("list", cls=Command, help=N_("List the entries of a day, first to last, void ones included."))
@option("--day", metavar="DATE", help=N_("The day, like 2026-11-22; today if not given."))
@reads
@click.pass_obj
def list_day(state: State, *, day: str | None) -> None:
    """List a day."""
    from reception.operations import reading

    chosen = read.day(day) if day is not None else None
    with state.open() as here:
        rows = here.desk.ask(reading.day_rows, here.today if chosen is None else chosen, newest_first=False)
        document = [documents.entry(row, here.zone) for row in rows] if state.as_json else None
        state.tell(document, show.entries(rows, state.wording, here.zone))


@click.command(
    "departments",
    cls=Command,
    for_departments=True,
    help=N_("List the departments, and the organisations outside."),
)
@prints_json
@click.pass_obj
def departments(state: State) -> None:
    """List the directory."""
    with state.open() as here:
        facts, away = here.catalogue.departments, here.away
        document = [documents.department(fact, away.get(fact.id, ())) for fact in facts]
        state.tell(document, show.departments(facts, away, state.wording))


@click.command("matters", cls=Command, help=N_("List the matters of the catalogue."))
@prints_json
@click.pass_obj
def matters(state: State) -> None:
    """List the catalogue of matters."""
    with state.open() as here:
        catalogue = here.catalogue
        document = [documents.matter(fact, catalogue) for fact in catalogue.matters]
        state.tell(document, show.matters(catalogue.matters, catalogue, state.wording))
