"""The command that looks for people who were here before."""

from __future__ import annotations

import click

from reception.cli import documents, read, show
from reception.cli.frame import Command, option
from reception.cli.state import State, reads
from reception.wording import N_


@click.command(
    "people",
    cls=Command,
    help=N_(
        "Find people who came or called before.\n\n"
        "By a part of the name, its pinyin or initials, any three or more digits of a telephone, or the "
        "beginning of an organisation's or address's part. Better matches first, then the latest seen."
    ),
)
@click.argument("text", metavar="TEXT")
@option("--limit", metavar="N", default="50", help=N_("How many at most (50 if not given)."))
@reads
@click.pass_obj
def people(state: State, *, text: str, limit: str) -> None:
    """Find people."""
    from reception.operations import people as persons

    most = read.positive(limit, "limit")
    with state.open() as here:
        found = here.desk.ask(persons.find, text, most)
        document = [documents.person(one, here.zone) for one in found] if state.as_json else None
        state.tell(document, show.people(found, state.wording, here.zone))
