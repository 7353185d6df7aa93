"""Commands by which a department asks for more time and the desk says no; 'extend' grants it."""

from __future__ import annotations

import click

from reception.cli import read
from reception.cli.frame import Command, option
from reception.cli.state import State, writes
from reception.wording import N_

_REFERRAL = click.argument("referral", metavar="REFERRAL")


@click.command(
    "ask",
    cls=Command,
    for_departments=True,
    help=N_("Ask for more time on the department's behalf; 'extend' grants it, 'deny' refuses it."),
)
@_REFERRAL
@option("--by", "amount", metavar="N", required=True, help=N_("How many more of what its limit counts."))
@option("--reason", metavar="TEXT", required=True, help=N_("Why."))
@writes
@click.pass_obj
def ask(
    state: State, *, referral: str, amount: str, reason: str, operator: str | None, uid: str | None
) -> None:
    """Ask for more time."""
    from reception.operations import referrals

    act_uid, more = read.uid(uid), read.positive(amount, "amount")
    with state.open(operator) as here:
        here.desk.do(referrals.ask, here.part(referral).id, more, reason, uid=act_uid)
        state.tell_part(here, referral, N_("More time is asked for: {name}"))


@click.command("deny", cls=Command, help=N_("Refuse the department more time."))
@_REFERRAL
@option("--reason", metavar="TEXT", required=True, help=N_("Why."))
@option("--whom", metavar="NAME", default="", help=N_("Who decided it."))
@writes
@click.pass_obj
def deny(
    state: State, *, referral: str, reason: str, whom: str, operator: str | None, uid: str | None
) -> None:
    """Refuse more time."""
    from reception.operations import referrals

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        found = here.referral(referral)
        here.desk.do(referrals.deny, found.id, reason, whom=whom, uid=act_uid)
        state.tell_part(here, referral, N_("No more time: {name}"))
