"""Commands that write entries: who came, who called, and what was done about it."""

from __future__ import annotations

from collections.abc import Callable

import click

from reception.cli import fields, read
from reception.cli.frame import Command, option
from reception.cli.state import AtDesk, State, writes
from reception.facts import Act, CallResult, Category, Details, Kind, NewEntry, Party, Receipt, Source
from reception.wording import N_

_NUMBER = click.argument("number", metavar="NUMBER")


def noted_at(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command a number, ``--at`` and what every command that writes has."""
    at = option("--at", metavar="TIME", help=N_("When it was, like 2026-11-22T09:30; now if not given."))
    return _NUMBER(at(writes(click.pass_obj(command))))


def note_moment(
    state: State,
    field: str,
    message: str,
    *,
    number: str | None,
    at: str | None,
    operator: str | None,
    uid: str | None,
) -> None:
    """Note one of the three moments of a visit; ``message`` is translated and holds ``{number}``."""
    from reception.operations import entries

    verb = {"waiting_since": entries.wait, "seen_at": entries.seen, "left_at": entries.leave}[field]
    act_uid = read.uid(uid)
    with state.open(operator) as here:
        moment = here.moment(at, field)
        receipt = here.desk.do(verb, here.find(number or ""), moment, uid=act_uid)
        state.tell_entry(here, receipt, message)


@click.command(
    "add",
    cls=Command,
    help=N_(
        "Record a visit, an incoming or an outgoing call (visit, call-in, call-out).\n\n"
        "The last word printed is the number. A matter of the catalogue may stand for the subject."
    ),
)
@click.argument("kind", metavar="KIND")
@option("--subject", metavar="TEXT", default="", help=N_("What it is about."))
@option("--matter", metavar="NAME", help=N_("A matter of the catalogue, or words that fit only one."))
@option("--name", metavar="NAME", default="", help=N_("Who came or called."))
@option("--phone", metavar="PHONE", default="", help=N_("The telephone number."))
@option("--organisation", metavar="TEXT", default="", help=N_("The organisation or the address."))
@option("--party", metavar="N", default="1", help=N_("How many people came."))
@option("--request", metavar="TEXT", default="", help=N_("What is asked for."))
@option(
    "--category",
    metavar="WORD",
    help=N_(
        "Visits: enquiry, business, official, petition, complaint, report, accusation, delivery; "
        "calls: notice, instructions, enquiry, complaint, report, accusation."
    ),
)
@option("--department", metavar="CODE", help=N_("The department that is wanted."))
@option(
    "--concerned", metavar="CODE", help=N_("The department that a complaint, report or accusation is about.")
)
@option(
    "--source",
    metavar="WORD",
    help=N_("By what way it came: hotline, letter, online, superior, leader, other-unit."),
)
@option("--source-number", metavar="TEXT", default="", help=N_("The number that it bears there."))
@option("--case", metavar="NUMBER", help=N_("The entry whose matter is asked about again."))
@option("--at", metavar="TIME", help=N_("When it was, like 2026-11-22T09:30; now if not given."))
@option("--late", is_flag=True, help=N_("Mark it as entered later from a note."))
@writes
@click.pass_obj
def add(
    state: State,
    *,
    kind: str,
    subject: str,
    matter: str | None,
    name: str,
    phone: str,
    organisation: str,
    party: str,
    request: str,
    category: str | None,
    department: str | None,
    concerned: str | None,
    source: str | None,
    source_number: str,
    case: str | None,
    at: str | None,
    late: bool,
    operator: str | None,
    uid: str | None,
) -> None:
    """Register an entry."""
    from reception.operations import entries

    which, act_uid = read.word(kind, Kind, "kind"), read.uid(uid)
    size = read.whole(party, "party_size")
    sort = read.word(category, Category, "category") if category is not None else None
    person = Party(name=name, phone=phone, organisation=organisation)
    way = read.word(source, Source, "source") if source is not None else None
    with state.open(operator) as here:
        known = here.catalogue.departments if department is not None or concerned is not None else ()
        about = read.department(concerned, known) if concerned is not None else None
        new = NewEntry(
            kind=which,
            subject=subject,
            uid=act_uid,
            matter_id=read.matter(matter, here.catalogue.matters) if matter is not None else None,
            request=request,
            category=sort,
            parties=(person,) if person != Party() else (),
            party_size=size,
            department_id=read.department(department, known) if department is not None else None,
            details=Details(source=way, source_number=source_number, concerned_id=about),
            received_at=here.moment(at),
            late=late,
            case_id=here.find(case) if case is not None else None,
        )
        receipt = here.desk.do(entries.register, new)
        state.tell_entry(here, receipt, N_("Saved {number}"))


@click.command("answer-now", cls=Command, help=N_("Note that the matter was answered at once."))
@_NUMBER
@option("--outcome", metavar="TEXT", help=N_("What was said or done."))
@writes
@click.pass_obj
def answer_now(
    state: State, *, number: str, outcome: str | None, operator: str | None, uid: str | None
) -> None:
    """Answered at the counter or on the phone."""
    _act(state, number, Act.ANSWERED, N_("Answered {number}"), outcome=outcome, operator=operator, uid=uid)


@click.command(
    "point", cls=Command, help=N_("Note to which department or organisation the person was pointed.")
)
@_NUMBER
@option("--to", metavar="CODE", help=N_("The department; the one noted before if not given."))
@option("--outcome", metavar="TEXT", help=N_("What was said or done."))
@writes
@click.pass_obj
def point(
    state: State, *, number: str, to: str | None, outcome: str | None, operator: str | None, uid: str | None
) -> None:
    """Pointed the way."""
    _act(
        state,
        number,
        Act.POINTED,
        N_("Pointed the way for {number}"),
        to=to,
        outcome=outcome,
        operator=operator,
        uid=uid,
    )


@click.command(
    "put-through", cls=Command, help=N_("Note that the call was put through, and whether somebody answered.")
)
@_NUMBER
@option("--to", metavar="CODE", help=N_("The department; the one noted before if not given."))
@option(
    "--result", metavar="WORD", default="connected", help=N_("connected (if not given), no-answer or busy.")
)
@option("--outcome", metavar="TEXT", help=N_("What was said or done."))
@writes
@click.pass_obj
def put_through(
    state: State,
    *,
    number: str,
    to: str | None,
    result: str,
    outcome: str | None,
    operator: str | None,
    uid: str | None,
) -> None:
    """Put the call through."""
    _act(
        state,
        number,
        Act.PUT_THROUGH,
        N_("Put through {number}"),
        to=to,
        call_result=read.word(result, CallResult, "call_result"),
        outcome=outcome,
        operator=operator,
        uid=uid,
    )


def _act(
    state: State,
    number: str,
    act: Act,
    message: str,
    *,
    operator: str | None,
    uid: str | None,
    to: str | None = None,
    call_result: CallResult | None = None,
    outcome: str | None = None,
) -> None:
    from reception.operations import entries

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        receipt = here.desk.do(
            entries.act,
            here.find(number),
            act,
            call_result=call_result,
            department_id=read.department(to, here.catalogue.departments) if to is not None else None,
            outcome=outcome,
            uid=act_uid,
        )
        state.tell_entry(here, receipt, message)


@click.command("outcome", cls=Command, help=N_("Write what was said or done."))
@_NUMBER
@click.argument("text", metavar="TEXT")
@option("--close", is_flag=True, help=N_("Finish the entry as answered."))
@writes
@click.pass_obj
def outcome(
    state: State, *, number: str, text: str, close: bool, operator: str | None, uid: str | None
) -> None:
    """Set the outcome."""
    from reception.operations import entries

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        receipt = here.desk.do(entries.set_outcome, here.find(number), text, close=close, uid=act_uid)
        state.tell_entry(here, receipt, N_("Saved {number}"))


@click.command("leave", cls=Command, help=N_("Note that the visitor left."))
@noted_at
def leave(state: State, **given: str | None) -> None:
    """The visitor left."""
    note_moment(state, "left_at", N_("Noted the leaving for {number}"), **given)


@click.command(
    "correct",
    cls=Command,
    help=N_(
        "Correct fields of an entry; the old values stay in the trail.\n\n"
        "FIELD is a key of the JSON document that 'reception show NUMBER --json' prints; "
        "an empty value takes the old one away."
    ),
)
@_NUMBER
@click.argument("corrections", metavar="FIELD=VALUE…", nargs=-1, required=True)
@writes
@click.pass_obj
def correct(
    state: State, *, number: str, corrections: tuple[str, ...], operator: str | None, uid: str | None
) -> None:
    """Correct an entry."""
    values, act_uid = fields.split(corrections), read.uid(uid)
    with state.open(operator) as here:
        receipt = _correct(here, number, values, act_uid)
        state.tell_entry(here, receipt, N_("Corrected {number}"))


def _correct(here: AtDesk, number: str, values: dict[str, str], uid: read.Uid) -> Receipt:
    from reception.operations import entries, reading

    seen = here.entry(here.find(number))
    persons = here.desk.ask(reading.parties, seen.row.id)  # those of the view have masked document numbers
    changes = fields.changes(values, persons, here.catalogue, here.zone, here.today_date)
    return here.desk.do(entries.correct, seen.row.id, changes, version=seen.row.version, uid=uid)


@click.command("void", cls=Command, help=N_("Strike an entry through; its line and its number stay."))
@_NUMBER
@option("--reason", metavar="TEXT", required=True, help=N_("Why it is void."))
@writes
@click.pass_obj
def void(state: State, *, number: str, reason: str, operator: str | None, uid: str | None) -> None:
    """Void an entry."""
    from reception.operations import entries

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        receipt = here.desk.do(entries.void, here.find(number), reason, uid=act_uid)
        state.tell_entry(here, receipt, N_("Void: {number}"))
