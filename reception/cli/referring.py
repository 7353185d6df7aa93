"""Commands that send entries to departments, and say what these do with them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, TypeVar

import click

from reception.cli import documents, read
from reception.cli.frame import Command, option
from reception.cli.state import AtDesk, State, writes
from reception.errors import InputError
from reception.facts import Limit, LimitClock, NewReferral, PartOutcome, PartStatus, Receipt
from reception.wording import N_

_REFERRAL = click.argument("referral", metavar="REFERRAL")
_WHEN = option("--at", metavar="TIME", help=N_("When, if not now."))
Function = TypeVar("Function", bound=Callable[..., Any])


def _sending(command: Function) -> Function:
    """Give a command what is said when a matter is sent on."""
    for one in (
        option("--reason", metavar="TEXT", default="", help=N_("Why it goes there now.")),
        option(
            "--decided-by",
            metavar="NAME",
            default="",
            help=N_("Who decided it, once it was re-routed before: the office director."),
        ),
        option("--leader", metavar="NAME", default="", help=N_("Which leader gave an instruction on it.")),
        option(
            "--written", is_flag=True, help=N_("It goes out as a written slip with a number of the year.")
        ),
        option(
            "--told",
            metavar="NAME",
            default="",
            help=N_("Whom of the lead department you told by phone already."),
        ),
        option("--instruction", metavar="TEXT", default="", help=N_("What they are asked to do.")),
        option(
            "--assist", metavar="CODE", multiple=True, help=N_("An assisting department; may be repeated.")
        ),
    ):
        command = one(command)
    return command


@click.command("refer", cls=Command, help=N_("Refer an entry to a lead department and any assisting ones."))
@click.argument("number", metavar="NUMBER")
@option("--to", metavar="CODE", required=True, help=N_("The lead department."))
@_sending
@option("--limit", metavar="N", help=N_("How many days or hours, if less than the site's limit."))
@option("--clock", metavar="WORD", default="working", help=N_("calendar, working (if not given) or hours."))
@writes
@click.pass_obj
def refer(
    state: State,
    /,
    *,
    number: str,
    to: str,
    limit: str | None,
    clock: str,
    operator: str | None,
    uid: str | None,
    **said: Any,
) -> None:
    """Send to departments."""
    from reception.operations import referrals

    act_uid, counted = read.uid(uid), read.word(clock, LimitClock, "clock")
    shorter = Limit(read.positive(limit, "limit"), counted) if limit is not None else None
    with state.open(operator) as here:
        new = dataclasses.replace(_new(here, to, **said), limit=shorter)
        receipt = here.desk.do(referrals.refer, here.find(number), new, uid=act_uid)
        _tell_parts(state, here, receipt, N_("Referred: {names}"))


@click.command("reroute", cls=Command, help=N_("Send a referral that came back to another department."))
@_REFERRAL
@option("--to", metavar="CODE", help=N_("Whom to; if not given, the department to which it was passed on."))
@_sending
@writes
@click.pass_obj
def reroute(
    state: State, /, *, referral: str, to: str | None, operator: str | None, uid: str | None, **said: Any
) -> None:
    """Send on what came back."""
    from reception.operations import referrals

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        found = here.referral(referral)
        code = to or found.parts[-1].passed_to
        if not code:
            raise InputError("Say to which department the matter is referred.", field="department_id")
        new = _new(here, code, **said)
        receipt = here.desk.do(referrals.reroute, found.id, new, uid=act_uid)
        _tell_parts(state, here, receipt, N_("Re-routed: {names}"))


def _new(
    here: AtDesk,
    to: str,
    *,
    assist: tuple[str, ...],
    instruction: str,
    told: str,
    written: bool,
    leader: str,
    decided_by: str,
    reason: str,
) -> NewReferral:
    known = here.catalogue.departments
    return NewReferral(
        lead_id=read.department(to, known),
        assist_ids=tuple(read.department(code, known) for code in assist),
        instruction=instruction,
        told_whom=told,
        written=written,
        leader=leader,
        decided_by=decided_by,
        reason=reason,
    )


def _tell_parts(state: State, here: AtDesk, receipt: Receipt, message: str) -> None:
    view = here.entry(receipt.entry_id)
    parts = view.referrals[-1].parts if view.referrals else ()
    names = " ".join(part.name for part in parts if part.status is PartStatus.SENT) or receipt.number
    state.tell(documents.view(view, here.zone), [state.wording.gettext(message).format(names=names)])


@click.command("told", cls=Command, help=N_("Note that the department was told by phone."))
@_REFERRAL
@option("--whom", metavar="NAME", help=N_("Who was told; the department's name if not given."))
@_WHEN
@writes
@click.pass_obj
def told(state: State, /, *, whom: str | None, **given: Any) -> None:
    """Told by phone."""
    from reception.operations import referrals

    _note(state, referrals.told, "told_at", N_("Told by phone: {name}"), who=whom, **given)


@click.command(
    "receive", cls=Command, for_departments=True, help=N_("Note that the department received its part.")
)
@_REFERRAL
@option("--by", metavar="NAME", help=N_("Who signed for it; the department's name if not given."))
@_WHEN
@writes
@click.pass_obj
def receive(state: State, /, *, by: str | None, **given: Any) -> None:
    """Received by the department."""
    from reception.operations import referrals

    _note(state, referrals.receive, "received_at", N_("Received: {name}"), who=by, **given)


def _note(
    state: State,
    verb: Callable[..., Receipt],
    field: str,
    message: str,
    *,
    referral: str,
    who: str | None,
    at: str | None,
    operator: str | None,
    uid: str | None,
) -> None:
    """Note when a part came to somebody of its department, who is the department where nobody is named."""
    act_uid = read.uid(uid)
    with state.open(operator) as here:
        part = here.part(referral)
        name = part.department_name if who is None else who
        here.desk.do(verb, part.id, name, at=here.moment(at, field), uid=act_uid)
        state.tell_part(here, referral, message)


@click.command("answer", cls=Command, for_departments=True, help=N_("Note the department's answer."))
@_REFERRAL
@click.argument("text", metavar="TEXT", required=False, default="")
@option("--accepted", metavar="TEXT", help=N_("It accepted the case, under this number of its own."))
@option("--refused", is_flag=True, help=N_("It does not accept the case; TEXT says why."))
@option("--to", metavar="CODE", help=N_("It passes it on to this department; TEXT says why."))
@option("--contacted", metavar="TEXT", help=N_("It told the person, and how."))
@option("--not-contacted", is_flag=True, help=N_("It has not told the person."))
@writes
@click.pass_obj
def answer(
    state: State,
    *,
    referral: str,
    text: str,
    accepted: str | None,
    refused: bool,
    to: str | None,
    contacted: str | None,
    not_contacted: bool,
    operator: str | None,
    uid: str | None,
) -> None:
    """Answered by the department."""
    from reception.operations import referrals

    act_uid = read.uid(uid)
    outcome = _outcome(accepted, to, refused=refused)
    if not text and outcome is not PartOutcome.ACCEPTED:
        context = click.get_current_context()
        missing = next(one for one in context.command.params if one.name == "text")
        raise click.MissingParameter(ctx=context, param=missing)
    if contacted is not None and not_contacted:
        raise InputError("Leave out one of these: {names}.", names="--contacted, --not-contacted")
    with state.open(operator) as here:
        part = here.part(referral)
        here.desk.do(
            referrals.answer,
            part.id,
            text,
            outcome=outcome,
            case_number=accepted or "",
            to=None if to is None else read.department(to, here.catalogue.departments),
            contacted=False if not_contacted else (None if contacted is None else True),
            contacted_how=contacted or "",
            uid=act_uid,
        )
        state.tell_part(here, referral, N_("Answered: {name}"))


def _outcome(accepted: str | None, to: str | None, *, refused: bool) -> PartOutcome:
    given = {
        "--accepted": (accepted is not None, PartOutcome.ACCEPTED),
        "--refused": (refused, PartOutcome.REFUSED),
        "--to": (to is not None, PartOutcome.PASSED_ON),
    }
    named = [name for name, (said, _outcome) in given.items() if said]
    if len(named) > 1:
        raise InputError("Leave out one of these: {names}.", names=", ".join(named))
    return given[named[0]][1] if named else PartOutcome.ANSWERED


@click.command(
    "return", cls=Command, for_departments=True, help=N_("Note that the department gave its part back.")
)
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
