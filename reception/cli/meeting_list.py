"""Commands on the list of a meeting notice: who is invited, corrected, not invited any more."""

from __future__ import annotations

from typing import Any

import click

from reception.cli import meeting_given as given_by
from reception.cli import read
from reception.cli.frame import Command, option
from reception.cli.state import State, writes
from reception.wording import N_

_NUMBER = click.argument("number", metavar="NUMBER")
_WHO = click.argument("who", metavar="NAME")


@click.command("invite", cls=Command, help=N_("Add to the list of those to be called."))
@_NUMBER
@given_by.invited
@writes
@click.pass_obj
def invite(state: State, /, *, number: str, operator: str | None, uid: str | None, **given: Any) -> None:
    """Invite more."""
    from reception.operations.office import meetings

    act_uid = read.uid(uid)
    with given_by.of(state, number, operator, N_("Invited to {number}")) as (here, entry_id):
        invited = given_by.invitees(here, given, state)
        here.desk.do(meetings.invite, entry_id, invited, uid=act_uid)


@click.command("uninvite", cls=Command, help=N_("Take somebody off the list of those to be called."))
@_NUMBER
@_WHO
@writes
@click.pass_obj
def uninvite(state: State, *, number: str, who: str, operator: str | None, uid: str | None) -> None:
    """Invite somebody no more."""
    from reception.operations.office import meetings

    act_uid = read.uid(uid)
    with given_by.of(state, number, operator, N_("Saved {number}")) as (here, entry_id):
        here.desk.do(meetings.uninvite, given_by.invitee(here, entry_id, who), uid=act_uid)


@click.command("amend", cls=Command, help=N_("Correct who stands on the list; what was told stays."))
@_NUMBER
@_WHO
@option("--name", metavar="NAME", help=N_("The right name."))
@option("--position", metavar="TEXT", help=N_("The right position."))
@option("--phone", metavar="PHONE", help=N_("The right number."))
@writes
@click.pass_obj
def amend(
    state: State,
    *,
    number: str,
    who: str,
    name: str | None,
    position: str | None,
    phone: str | None,
    operator: str | None,
    uid: str | None,
) -> None:
    """Correct a line."""
    from reception.operations.office import meetings

    act_uid = read.uid(uid)
    with given_by.of(state, number, operator, N_("Corrected {number}")) as (here, entry_id):
        invitee = given_by.invitee(here, entry_id, who)
        (one,) = (one for one in here.desk.ask(meetings.invitees, entry_id) if one.id == invitee)
        given = {"name": name, "position": position, "phone": phone}
        right = {part: getattr(one, part) if text is None else text for part, text in given.items()}
        here.desk.do(meetings.amend, invitee, uid=act_uid, **right)
