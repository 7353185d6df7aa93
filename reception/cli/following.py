"""Commands that follow a referral to its end: looked back at, closed, handled again, numbered, listed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from reception.cli import documents, layout, read
from reception.cli import words as spoken
from reception.cli.frame import Command, option
from reception.cli.state import AtDesk, State, reads, writes
from reception.cli.streams import plain
from reception.errors import InputError, StateError
from reception.scope import CLOSED
from reception.wording import N_
from reception.words import REFERRALS, small

if TYPE_CHECKING:
    from reception.operations.referrals import Whole

_REFERRAL = click.argument("referral", metavar="REFERRAL")
_CALLS = {"satisfied": (True, True), "dissatisfied": (True, False), "not-reached": (False, None)}


@click.command("seen", cls=Command, help=N_("Note that the leader has seen the result of a referral."))
@_REFERRAL
@option(
    "--whom", metavar="NAME", default="", help=N_("Which leader; if not given, who gave the instruction.")
)
@option(
    "--instruction", metavar="TEXT", default="", help=N_("A new instruction: the matter is handled again.")
)
@option(
    "--days",
    metavar="N",
    help=N_("With an instruction: due after so many working days; the site's limit otherwise."),
)
@writes
@click.pass_obj
def seen(
    state: State,
    *,
    referral: str,
    whom: str,
    instruction: str,
    days: str | None,
    operator: str | None,
    uid: str | None,
) -> None:
    """Seen by the leader."""
    from reception.operations import referrals

    act_uid = read.uid(uid)
    by = read.positive(days, "days") if days is not None else None
    with state.open(operator) as here:
        found = here.referral(referral).id
        receipt = here.desk.do(
            referrals.leader_seen, found, whom=whom, instruction=instruction, days=by, uid=act_uid
        )
        message = N_("Seen; handled again: {number}") if instruction.strip() else N_("Seen: {number}")
        state.tell_entry(here, receipt, message)


@click.command(
    "callback",
    cls=Command,
    help=N_("Note how calling the person back about the result went: satisfied, dissatisfied, not-reached."),
)
@_REFERRAL
@click.argument("result", metavar="WORD")
@option("--whom", metavar="NAME", default="", help=N_("Who answered, if not the person."))
@option("--note", metavar="TEXT", default="", help=N_("What was said; why who is dissatisfied is so."))
@writes
@click.pass_obj
def callback(
    state: State,
    *,
    referral: str,
    result: str,
    whom: str,
    note: str,
    operator: str | None,
    uid: str | None,
) -> None:
    """Called back: satisfied, dissatisfied or not-reached."""
    from reception.operations import referrals

    act_uid = read.uid(uid)
    if result not in _CALLS:
        raise InputError(
            "'{text}' is none of these: {words}.", field="result", text=result[:60], words=", ".join(_CALLS)
        )
    reached, content = _CALLS[result]
    with state.open(operator) as here:
        found = here.referral(referral).id
        receipt = here.desk.do(
            referrals.call_back,
            found,
            reached=reached,
            content=content,
            whom=whom,
            words=note,
            uid=act_uid,
        )
        again = N_("Called back; handled again: {number}")
        message = again if content is False else N_("Called back: {number}")
        state.tell_entry(here, receipt, message)


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


@click.command("reopen", cls=Command, help=N_("Have a referral handled again that was answered or closed."))
@_REFERRAL
@option("--reason", metavar="TEXT", required=True, help=N_("Why it is handled again."))
@option("--to", metavar="CODE", help=N_("Who handles it now; if not given, who led it."))
@writes
@click.pass_obj
def reopen(
    state: State, *, referral: str, reason: str, to: str | None, operator: str | None, uid: str | None
) -> None:
    """Open a referral again."""
    from reception.operations import referrals

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        department = None if to is None else read.department(to, here.catalogue.departments)
        found = here.referral(referral).id
        receipt = here.desk.do(referrals.reopen, found, reason, department_id=department, uid=act_uid)
        state.tell_entry(here, receipt, N_("Reopened the referral of {number}"))


@click.command(
    "slip", cls=Command, help=N_("Give a referral that goes out in writing its number of the year.")
)
@_REFERRAL
@writes
@click.pass_obj
def slip(state: State, *, referral: str, operator: str | None, uid: str | None) -> None:
    """Number a slip."""
    from reception.operations import referrals

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        here.desk.do(referrals.slip, here.referral(referral).id, uid=act_uid)
        found = here.referral(referral)
        document = documents.part(here.part(referral), found, here.zone) if state.as_json else None
        state.tell(document, [found.slip])


@click.command("referrals", cls=Command, for_departments=True, help=N_("List the referrals, newest first."))
@option("--open", "only_open", is_flag=True, help=N_("Only those that are not closed, most pressing first."))
@option("--overdue", is_flag=True, help=N_("Only those that are overdue, the longest first."))
@option("--department", metavar="CODE", default="", help=N_("Only those of this department."))
@option("--limit", metavar="N", default="100", help=N_("How many parts at most."))
@reads
@click.pass_obj
def listed(state: State, *, only_open: bool, overdue: bool, department: str, limit: str) -> None:
    """List referrals."""
    from reception.operations import referrals

    if only_open and overdue:
        raise InputError("Leave out one of these: {names}.", names="--open, --overdue")
    which = "overdue" if overdue else "open" if only_open else "all"
    count = read.positive(limit, "limit")
    with state.open() as here:
        _own_only(here, department)
        found = here.desk.ask(referrals.whole, which=which, department=department.upper(), limit=count)
        state.tell([documents.referral(one, here.zone) for one in found], _lines(state, found, here.zone))


def _own_only(here: AtDesk, code: str) -> None:
    """Raises StateError where a department asks for another one's."""
    own = here.desk.department
    if own is not None and code and code.upper() != own.code.upper():
        raise StateError(CLOSED)


def _lines(state: State, found: tuple[Whole, ...], zone: dt.tzinfo) -> list[str]:
    _ = state.wording.gettext
    guess = _(spoken.LABELS["provisional"])
    names = ("number", "slip_number", "department", "status", "due_day", "overdue_days", "subject")
    lines = []
    for one in found:
        row, term = one.row, one.row.term
        due = str(documents.term(term, zone)["due"] or "")[:16].replace("T", " ")
        if term is not None and term.provisional:
            due = _("{day} ({mark})").format(day=due, mark=small(guess))
        lines.append(
            [
                row.number,
                plain(row.slip),
                row.part.department,
                _(REFERRALS[row.referral_status]),
                due,
                str(row.overdue_days or ""),
                layout.cut(plain(row.subject), 40),
            ]
        )
    return list(layout.table([[_(spoken.LABELS[name]) for name in names], *lines]))
