"""Commands on papers received: noted, circulated, signed, filed, listed. They are referred like any entry."""

from __future__ import annotations

from typing import Any

import click

from reception.cli import layout, read
from reception.cli import papers_shown as shown
from reception.cli.frame import Command, Function, Topic, option
from reception.cli.state import AtDesk, State, reads, writes
from reception.cli.streams import plain
from reception.errors import InputError
from reception.facts import Limit, LimitClock, NewReferral, Urgency
from reception.facts.office import PaperWay
from reception.wording import N_

_NUMBER = click.argument("number", metavar="NUMBER")
_WHO = option("--who", metavar="NAME", help=N_("Who signed, as on the circulation; the next one otherwise."))
document = Topic(
    "document",
    help=N_(
        "Papers received: note, circulate and file them.\n\n"
        "NUMBER is that of the entry or of the year, like 2026/12. Papers are referred, voided, undone and "
        "traced by the commands for entries. One with a security marking is refused."
    ),
)


def _bears(command: Function) -> Function:
    """Give a command what a paper bears and how it came."""
    for one in (
        option("--proposed", metavar="TEXT", help=N_("How it is proposed to be handled.")),
        option("--brought-by", metavar="NAME", help=N_("Who brought it.")),
        option(
            "--way", metavar="WORD", help=N_("How it came: hand, post, courier, fax, exchange or electronic.")
        ),
        option("--urgency", metavar="WORD", help=N_("normal, urgent or critical.")),
        option("--copies", metavar="N", help=N_("How many copies.")),
        option("--their-date", "sender_day", metavar="DATE", help=N_("The date that it bears.")),
        option("--their-number", "sender_number", metavar="TEXT", help=N_("The number that it bears.")),
    ):
        command = one(command)
    return command


def _read(given: dict[str, Any]) -> dict[str, Any]:
    """What was given of ``_bears``, read."""
    said = {name: value for name, value in given.items() if value is not None}
    reading: dict[str, Any] = {
        "way": lambda text: read.word(text, PaperWay, "way"),
        "urgency": lambda text: read.word(text, Urgency, "urgency"),
        "copies": lambda text: read.whole(text, "copies"),
        "sender_day": read.day,
    }
    return {name: reading.get(name, str)(value) for name, value in said.items()}


@click.command("add", cls=Command, help=N_("Note a paper received; the last word printed is its number."))
@click.argument("title", metavar="TEXT")
@option("--from", "sender", metavar="NAME", required=True, help=N_("Who sent it."))
@_bears
@option(
    "--circulate",
    "readers",
    metavar="TEXT",
    default="",
    help=N_("To whom it goes round: names or departments with commas between."),
)
@option(
    "--marking", metavar="TEXT", default="", help=N_("A security marking on it: such papers are refused.")
)
@option("--to", metavar="CODE", help=N_("Refer it at once: the lead department."))
@option("--assist", metavar="CODE", multiple=True, help=N_("An assisting department; may be repeated."))
@option("--instruction", metavar="TEXT", default="", help=N_("What they are asked to do."))
@option("--leader", metavar="NAME", default="", help=N_("Which leader gave an instruction on it."))
@option("--limit", metavar="N", help=N_("How many days or hours, if less than the site's limit."))
@option("--clock", metavar="WORD", default="working", help=N_("calendar, working (if not given) or hours."))
@option("--at", metavar="TIME", help=N_("When it was, like 2026-11-22T09:30; now if not given."))
@option("--late", is_flag=True, help=N_("Mark it as entered later from a note."))
@writes
@click.pass_obj
def add(
    state: State,
    /,
    *,
    title: str,
    sender: str,
    readers: str,
    marking: str,
    at: str | None,
    late: bool,
    operator: str | None,
    uid: str | None,
    **given: Any,
) -> None:
    """Note a paper."""
    from reception.operations.office import documents as papers

    sent = {name: given.pop(name) for name in ("to", "assist", "instruction", "leader", "limit", "clock")}
    act_uid, bears = read.uid(uid), _read(given)
    with state.open(operator) as here:
        receipt = here.desk.do(
            papers.register,
            subject=title,
            sender=sender,
            marking=marking,
            readers=readers,
            referral=_referral(here, **sent),
            received_at=here.moment(at),
            late=late,
            uid=act_uid,
            **bears,
        )
        _tell(state, here, receipt.entry_id, N_("Saved {number}"))


def _referral(
    here: AtDesk, to: str | None, assist: tuple[str, ...], instruction: str, leader: str, **limit: Any
) -> NewReferral | None:
    if to is None:
        if assist or instruction or leader or limit["limit"] is not None:
            raise InputError("The option {name} is missing.", name="--to")
        return None
    known = here.catalogue.departments
    clock = read.word(limit["clock"], LimitClock, "clock")
    return NewReferral(
        read.department(to, known),
        tuple(read.department(one, known) for one in assist),
        instruction,
        leader=leader,
        limit=Limit(read.positive(limit["limit"], "limit"), clock) if limit["limit"] is not None else None,
    )


@click.command(
    "correct", cls=Command, help=N_("Correct what was noted of a paper; the trail keeps the rest.")
)
@_NUMBER
@option("--title", "subject", metavar="TEXT", help=N_("What it is about."))
@option("--from", "sender", metavar="NAME", help=N_("Who sent it."))
@_bears
@writes
@click.pass_obj
def correct(state: State, /, *, number: str, operator: str | None, uid: str | None, **given: Any) -> None:
    """Correct a paper."""
    from reception.operations.office import documents as papers

    act_uid, bears = read.uid(uid), _read(given)
    with state.open(operator) as here:
        here.desk.do(papers.amend, _find(here, number), uid=act_uid, **bears)
        _tell(state, here, _find(here, number), N_("Corrected {number}"))


@click.command("circulate", cls=Command, help=N_("Send a paper round, behind those to whom it goes already."))
@_NUMBER
@click.argument("to", metavar="NAME…", nargs=-1, required=True)
@writes
@click.pass_obj
def circulate(
    state: State, *, number: str, to: tuple[str, ...], operator: str | None, uid: str | None
) -> None:
    """Circulate a paper."""
    from reception.operations.office import circulation

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        entry_id = _find(here, number)
        here.desk.do(circulation.circulate, entry_id, to="、".join(to), uid=act_uid)
        _tell(state, here, entry_id, N_("{number} goes round to {names}"))


@click.command("sign", cls=Command, help=N_("Note that somebody signed a paper for having read it."))
@_NUMBER
@_WHO
@option("--at", metavar="TIME", help=N_("When, if not now."))
@option("--note", metavar="TEXT", default="", help=N_("What they wrote beside it."))
@writes
@click.pass_obj
def sign(
    state: State,
    *,
    number: str,
    who: str | None,
    at: str | None,
    note: str,
    operator: str | None,
    uid: str | None,
) -> None:
    """Somebody has read it."""
    from reception.operations.office import circulation

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        entry_id = _find(here, number)
        moment = here.moment(at, "at")
        here.desk.do(circulation.sign, entry_id, who=who or "", at=moment, note=note, uid=act_uid)
        _tell(state, here, entry_id, N_("Noted the signature on {number}"))


@click.command("take-off", cls=Command, help=N_("Take somebody off the circulation who has not signed."))
@_NUMBER
@option("--who", metavar="NAME", required=True, help=N_("Who, as on the circulation."))
@writes
@click.pass_obj
def take_off(state: State, *, number: str, who: str, operator: str | None, uid: str | None) -> None:
    """It does not go to them."""
    from reception.operations.office import circulation

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        entry_id = _find(here, number)
        here.desk.do(circulation.take_off, entry_id, who=who, uid=act_uid)
        _tell(state, here, entry_id, N_("Saved {number}"))


@click.command("file", cls=Command, help=N_("Put a paper into the file; with that it is handled."))
@_NUMBER
@click.argument("where", metavar="TEXT")
@writes
@click.pass_obj
def file(state: State, *, number: str, where: str, operator: str | None, uid: str | None) -> None:
    """File a paper."""
    from reception.operations.office import documents as papers

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        entry_id = _find(here, number)
        here.desk.do(papers.file, entry_id, where=where, uid=act_uid)
        _tell(state, here, entry_id, N_("Filed {number}"))


@click.command("list", cls=Command, help=N_("List the papers that are not filed, the newest first."))
@option("--all", "every", is_flag=True, help=N_("Those in the file too."))
@option("--unhandled", is_flag=True, help=N_("Only those that nobody has and that should be under way."))
@option("--limit", metavar="N", default="200", help=N_("How many at most; 200 if not given."))
@reads
@click.pass_obj
def listed(state: State, *, every: bool, unhandled: bool, limit: str) -> None:
    """List papers."""
    from reception.operations.office import papers_in

    most = read.positive(limit, "limit")
    with state.open() as here:
        if unhandled:
            found = here.desk.ask(papers_in.lying)[:most]
        else:
            found = here.desk.ask(papers_in.rows, which="all" if every else "open", limit=most)
        lines = layout.table([shown.cells(one, state.wording, here.zone) for one in found])
        state.tell([shown.document(one, here.zone) for one in found], lines)


@click.command("show", cls=Command, help=N_("Show a paper with its circulation."))
@_NUMBER
@reads
@click.pass_obj
def show(state: State, *, number: str) -> None:
    """Show a paper."""
    from reception.operations.office import papers_in

    with state.open() as here:
        one = here.desk.ask(papers_in.view, _find(here, number))
        state.tell(shown.document(one, here.zone), shown.lines(one, state.wording, here.zone))


document.holds(add, circulate, sign, take_off, file, correct, listed, show)


def _find(here: AtDesk, number: str) -> int:
    from reception.operations.office import papers_in

    return here.desk.ask(papers_in.find, number)


def _tell(state: State, here: AtDesk, entry_id: int, message: str) -> None:
    from reception.operations.office import papers_in

    one = here.desk.ask(papers_in.one, entry_id)
    names = ", ".join(" ".join(filter(None, (who.name, who.department))) for who in one.unsigned)
    line = state.wording.gettext(message).format(number=one.number, names=plain(names))
    state.tell(shown.document(one, here.zone), [line])
