"""Commands on urgent events and groups: the minute stamped, the calls in order, the log, how it ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import click

from reception import office_words, words
from reception.cli import documents, layout, read
from reception.cli.frame import Command, Topic, option
from reception.cli.state import AtDesk, State, reads, writes
from reception.cli.streams import plain
from reception.facts.office import EventKind
from reception.facts.urgency import EventLine, UrgentRow, UrgentView
from reception.wording import N_, Wording

_NUMBER = click.argument("number", metavar="NUMBER")
_WORDS = click.argument("words", metavar="TEXT")
_AT = option("--at", metavar="TIME", help=N_("When, if not now; never before the line above."))
urgent = Topic(
    "urgent",
    help=N_(
        "Urgent events and groups: stamp the minute, call down the list, keep the log.\n\n"
        "Events are voided, undone and traced by the commands for entries. Whom to call, in order, is the "
        "setting urgent-calls."
    ),
)


@click.command("begin", cls=Command, help=N_("Begin an event now; the last word printed is its number."))
@click.argument("subject", metavar="TEXT", default="")
@option("--people", metavar="N", help=N_("How many people there are; without a text this is enough."))
@option("--place", metavar="TEXT", default="", help=N_("Where it is."))
@option("--at", metavar="TIME", help=N_("When it began, if not now."))
@writes
@click.pass_obj
def begin(
    state: State,
    *,
    subject: str,
    people: str | None,
    place: str,
    at: str | None,
    operator: str | None,
    uid: str | None,
) -> None:
    """Begin an event."""
    from reception.operations.office import urgent as events

    act_uid = read.uid(uid)
    many = read.whole(people, "people") if people is not None else None
    with state.open(operator) as here:
        receipt = here.desk.do(
            events.register,
            subject=subject,
            people=many,
            place=place,
            received_at=here.moment(at),
            uid=act_uid,
        )
        _tell(state, here, receipt.entry_id, N_("Saved {number}"))


@click.command("call", cls=Command, help=N_("Note a call: the next on the list if nobody is named."))
@_NUMBER
@option("--whom", metavar="NAME", default="", help=N_("Who was called."))
@option("--phone", metavar="PHONE", default="", help=N_("The number that was called; the list's otherwise."))
@option("--said", metavar="TEXT", default="", help=N_("What was said."))
@option("--no-answer", is_flag=True, help=N_("Nobody answered: the same one stays next."))
@writes
@click.pass_obj
def call(
    state: State, /, *, number: str, no_answer: bool, operator: str | None, uid: str | None, **given: Any
) -> None:
    """Note a call."""
    from reception.operations.office import urgent as events

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        entry_id, said = here.find(number), given.pop("said")
        here.desk.do(events.call, entry_id, words=said, reached=not no_answer, uid=act_uid, **given)
        _tell(state, here, entry_id, N_("Noted in the log of {number}"))


def _log(
    state: State,
    number: str,
    kind: EventKind,
    at: str | None,
    operator: str | None,
    uid: str | None,
    **said: Any,
) -> None:
    from reception.operations.office import urgent as events

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        entry_id = here.find(number)
        moment = here.moment(at, "at")
        here.desk.do(events.note, entry_id, kind=kind, at=moment, uid=act_uid, **said)
        _tell(state, here, entry_id, N_("Noted in the log of {number}"))


@click.command("note", cls=Command, help=N_("Note what happened."))
@_NUMBER
@_WORDS
@_AT
@writes
@click.pass_obj
def note(state: State, /, *, number: str, **given: Any) -> None:
    """Note what happened."""
    _log(state, number, EventKind.NOTED, **given)


@click.command("came", cls=Command, help=N_("Note who came."))
@_NUMBER
@click.argument("whom", metavar="NAME")
@option("--note", "words", metavar="TEXT", default="", help=N_("What else there is to say."))
@_AT
@writes
@click.pass_obj
def came(state: State, /, *, number: str, **given: Any) -> None:
    """Note who came."""
    _log(state, number, EventKind.CAME, **given)


@click.command("agreed", cls=Command, help=N_("Note what was agreed."))
@_NUMBER
@_WORDS
@option("--whom", metavar="NAME", default="", help=N_("With whom."))
@_AT
@writes
@click.pass_obj
def agreed(state: State, /, *, number: str, **given: Any) -> None:
    """Note what was agreed."""
    _log(state, number, EventKind.AGREED, **given)


@click.command("count", cls=Command, help=N_("Correct how many people there are now."))
@_NUMBER
@click.argument("people", metavar="N")
@writes
@click.pass_obj
def count(state: State, *, number: str, people: str, operator: str | None, uid: str | None) -> None:
    """There are so many people now."""
    from reception.operations.office import urgent as events

    act_uid, many = read.uid(uid), read.whole(people, "people")
    with state.open(operator) as here:
        entry_id = here.find(number)
        here.desk.do(events.count, entry_id, people=many, uid=act_uid)
        _tell(state, here, entry_id, N_("Saved {number}"))


@click.command("end", cls=Command, help=N_("The event is over; say how it ended."))
@_NUMBER
@_WORDS
@writes
@click.pass_obj
def end(state: State, *, number: str, words: str, operator: str | None, uid: str | None) -> None:
    """It is over."""
    from reception.operations.office import urgent as events

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        entry_id = here.find(number)
        here.desk.do(events.end, entry_id, outcome=words, uid=act_uid)
        _tell(state, here, entry_id, N_("{number} is over"))


@click.command("list", cls=Command, help=N_("List the events that are not over, the newest first."))
@option("--all", "every", is_flag=True, help=N_("Those that are over too."))
@option("--limit", metavar="N", default="200", help=N_("How many at most; 200 if not given."))
@reads
@click.pass_obj
def listed(state: State, *, every: bool, limit: str) -> None:
    """List events."""
    from reception.operations.office import urgent as events

    most = read.positive(limit, "limit")
    with state.open() as here:
        found = here.desk.ask(events.rows, which="all" if every else "open", limit=most)
        lines = layout.table([_cells(one, state.wording, here.zone) for one in found])
        state.tell([_row(one, here.zone) for one in found], lines)


@click.command("show", cls=Command, help=N_("Show an event with its log, and whom to call next."))
@_NUMBER
@reads
@click.pass_obj
def show(state: State, *, number: str) -> None:
    """Show an event."""
    from reception.operations.office import urgent as events

    with state.open() as here:
        one = here.desk.ask(events.view, here.find(number))
        state.tell(_document(one, here.zone), _lines(one, state.wording, here.zone))


urgent.holds(begin, call, note, came, agreed, count, end, listed, show)


def _tell(state: State, here: AtDesk, entry_id: int, message: str) -> None:
    from reception.operations.office import urgent as events

    one = here.desk.ask(events.view, entry_id)
    line = state.wording.gettext(message).format(number=one.row.number)
    state.tell(_document(one, here.zone), [line])


def _row(one: UrgentRow, zone: dt.tzinfo) -> documents.Document:
    return {
        "number": one.number,
        "began_at": documents.instant(one.began_at, zone),
        "subject": one.subject,
        "place": one.place or None,
        "people": one.people,
        "lines": one.lines,
        "ended_at": documents.instant(one.ended_at, zone),
        "status": one.status.value,
    }


def _document(one: UrgentView, zone: dt.tzinfo) -> documents.Document:
    coming = one.next_call
    return {
        **_row(one.row, zone),
        "outcome": one.outcome or None,
        "operator": one.operator,
        "next_call": {"name": coming.name, "phone": coming.phone or None} if coming else None,
        "log": [
            {
                "n": line.ordinal,
                "at": documents.instant(line.at, zone),
                "kind": line.kind.value,
                "whom": line.whom or None,
                "phone": line.phone or None,
                "reached": line.reached,
                "words": line.words or None,
                "operator": line.operator,
            }
            for line in one.log
        ],
    }


def _cells(one: UrgentRow, wording: Wording, zone: dt.tzinfo) -> list[str]:
    _ = wording.gettext
    at = one.began_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    people = _("{count} people").format(count=one.people)
    status = words.small(_(words.STATUSES[one.status]))
    return [plain(text) for text in (one.number, at, people, one.subject, one.place, status)]


def _lines(one: UrgentView, wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    _ = wording.gettext
    yield "  ".join(_cells(one.row, wording, zone))
    yield from layout.table([_line(line, wording, zone) for line in one.log])
    if one.outcome:
        yield _("{name}: {value}").format(name=_("How it was settled"), value=plain(one.outcome))
    elif one.next_call is not None:
        who = " ".join(filter(None, (one.next_call.name, one.next_call.phone)))
        yield _("{name}: {value}").format(name=_("Call next"), value=plain(who))


def _line(one: EventLine, wording: Wording, zone: dt.tzinfo) -> list[str]:
    _ = wording.gettext
    missed = _("no answer") if one.reached is False else ""
    kind = _(office_words.EVENTS[one.kind])
    said = " · ".join(filter(None, (missed, one.words)))
    told = (one.at.astimezone(zone).strftime("%H:%M"), kind, one.whom, one.phone, said, one.operator)
    return [plain(text) for text in told]
