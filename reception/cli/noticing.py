"""The command that notes what somebody was told in full and in writing; ``print notice`` prints it."""

from __future__ import annotations

import click

from reception.cli import read
from reception.cli.frame import Command, option
from reception.cli.state import State, writes
from reception.errors import InputError
from reception.facts import NewNotice
from reception.wording import N_


@click.command(
    "inform",
    cls=Command,
    help=N_(
        "Note that somebody was told in full and in writing what a matter needs.\n\n"
        "What the catalogue says of the matter is kept with it. 'print notice' prints it in two copies."
    ),
)
@click.argument("number", metavar="NUMBER")
@option("--matter", metavar="NAME", help=N_("A matter of the catalogue; the entry's if not given."))
@option(
    "--has",
    metavar="LIST",
    default="",
    help=N_("Which papers the person has, by their places in the catalogue's list, like 1,3."),
)
@option(
    "--not-needed",
    metavar="LIST",
    default="",
    help=N_("Which papers this person need not bring, like 4,5; they are left out of the notice."),
)
@option("--refusal", metavar="TEXT", default="", help=N_("Why it is not accepted."))
@option("--where-to", "whereto", metavar="TEXT", default="", help=N_("Where to go instead."))
@writes
@click.pass_obj
def inform(
    state: State,
    *,
    number: str,
    matter: str | None,
    has: str,
    not_needed: str,
    refusal: str,
    whereto: str,
    operator: str | None,
    uid: str | None,
) -> None:
    """Note a notice."""
    from reception.operations import notices

    act_uid, places, without = read.uid(uid), _places(has, "has"), _places(not_needed, "not_needed")
    with state.open(operator) as here:
        entry_id = here.find(number)
        matter_id = (
            read.matter(matter, here.catalogue.matters)
            if matter is not None
            else here.entry(entry_id).matter_id
        )
        if matter_id is None:
            raise InputError(
                "{number} has no matter of the catalogue; name one with --matter.",
                field="matter_id",
                number=number,
            )
        new = NewNotice(matter_id, places, refusal, whereto, without)
        receipt = here.desk.do(notices.give, entry_id, new, uid=act_uid)
        state.tell_entry(here, receipt, N_("Noted what was told about {number}"))


def _places(text: str, field: str) -> tuple[int, ...]:
    """``1,3`` as numbers. Raises InputError."""
    words = text.replace("，", ",").replace(" ", ",").split(",")
    return tuple(read.positive(word, field) for word in words if word)
