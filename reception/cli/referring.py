"""Commands that send entries to departments and follow them up."""

from __future__ import annotations

import click

from reception.cli import documents, read
from reception.cli.frame import Command, option
from reception.cli.state import State, writes
from reception.facts import Limit, LimitClock, NewReferral
from reception.wording import N_

_REFERRAL = click.argument("referral", metavar="REFERRAL")


@click.command("refer", cls=Command, help=N_("Refer an entry to a lead department and any assisting ones."))
@click.argument("number", metavar="NUMBER")
@option("--to", metavar="CODE", required=True, help=N_("The lead department."))
@option("--assist", metavar="CODE", multiple=True, help=N_("An assisting department; may be repeated."))
@option("--instruction", metavar="TEXT", default="", help=N_("What they are asked to do."))
@option(
    "--told", metavar="NAME", default="", help=N_("Whom of the lead department you told by phone already.")
)
@option("--limit", metavar="N", help=N_("How many days or hours, if less than the site's limit."))
@option("--clock", metavar="WORD", default="working", help=N_("calendar, working (if not given) or hours."))
@writes
@click.pass_obj
def refer(
    state: State,
    *,
    number: str,
    to: str,
    assist: tuple[str, ...],
    instruction: str,
    told: str,
    limit: str | None,
    clock: str,
    operator: str | None,
    uid: str | None,
) -> None:
    """Send to departments."""
    from reception.operations import referrals

    act_uid, counted = read.uid(uid), read.word(clock, LimitClock, "clock")
    shorter = Limit(read.positive(limit, "limit"), counted) if limit is not None else None
    with state.open(operator) as here:
        known = here.catalogue.departments
        new = NewReferral(
            lead_id=read.department(to, known),
            assist_ids=tuple(read.department(code, known) for code in assist),
            instruction=instruction,
            told_whom=told,
            limit=shorter,
        )
        receipt = here.desk.do(referrals.refer, here.find(number), new, uid=act_uid)
        view = here.entry(receipt.entry_id)
        parts = view.referrals[-1].parts
        line = state.wording.gettext("Referred: {names}").format(names=" ".join(part.name for part in parts))
        state.tell(documents.view(view, here.zone), [line])


@click.command("told", cls=Command, help=N_("Note that the department was told by phone."))
@_REFERRAL
@option("--whom", metavar="NAME", help=N_("Who was told; the department's name if not given."))
@writes
@click.pass_obj
def told(state: State, *, referral: str, whom: str | None, operator: str | None, uid: str | None) -> None:
    """Told by phone."""
    from reception.operations import referrals

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        part = here.part(referral)
        here.desk.do(referrals.told, part.id, part.department_name if whom is None else whom, uid=act_uid)
        state.tell_part(here, referral, N_("Told by phone: {name}"))


@click.command("receive", cls=Command, help=N_("Note that the department received its part."))
@_REFERRAL
@option("--by", metavar="NAME", help=N_("Who signed for it; the department's name if not given."))
@writes
@click.pass_obj
def receive(state: State, *, referral: str, by: str | None, operator: str | None, uid: str | None) -> None:
    """Received by the department."""
    from reception.operations import referrals

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        part = here.part(referral)
        here.desk.do(referrals.receive, part.id, part.department_name if by is None else by, uid=act_uid)
        state.tell_part(here, referral, N_("Received: {name}"))


@click.command("answer", cls=Command, help=N_("Note the department's answer."))
@_REFERRAL
@click.argument("text", metavar="TEXT")
@writes
@click.pass_obj
def answer(state: State, *, referral: str, text: str, operator: str | None, uid: str | None) -> None:
    """Answered by the department."""
    from reception.operations import referrals

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        here.desk.do(referrals.answer, here.part(referral).id, text, uid=act_uid)
        state.tell_part(here, referral, N_("Answered: {name}"))


@click.command("return", cls=Command, help=N_("Note that the department gave its part back."))
@_REFERRAL
@option("--reason", metavar="TEXT", required=True, help=N_("Why it came back."))
@writes
@click.pass_obj
def give_back(state: State, *, referral: str, reason: str, operator: str | None, uid: str | None) -> None:
    """Returned by the department."""
    from reception.operations import referrals

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        here.desk.do(referrals.give_back, here.part(referral).id, reason, uid=act_uid)
        state.tell_part(here, referral, N_("Returned: {name}"))


@click.command("close", cls=Command, help=N_("Close the whole referral."))
@_REFERRAL
@option("--note", metavar="TEXT", default="", help=N_("How it ended."))
@writes
@click.pass_obj
def close(state: State, *, referral: str, note: str, operator: str | None, uid: str | None) -> None:
    """Close a referral."""
    from reception.operations import referrals

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        receipt = here.desk.do(referrals.close, here.referral(referral).id, note, uid=act_uid)
        state.tell_entry(here, receipt, N_("Closed the referral of {number}"))
