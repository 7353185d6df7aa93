"""Commands on who is expected: noted, arrived, not come, called off, changed, listed."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

import click

from reception import office_words, words
from reception.cli import documents, layout, read
from reception.cli.frame import Command, Function, Topic, option
from reception.cli.state import AtDesk, State, reads, writes
from reception.cli.streams import plain
from reception.errors import InputError
from reception.facts.awaited import Expected
from reception.wording import N_, Wording

_ONE = click.argument("expected", metavar="N")
_TEXTS = ("name", "organisation", "phone", "plate", "room", "whom", "subject", "note")
expect = Topic(
    "expect",
    help=N_(
        "Who is expected: appointments and delegations.\n\n"
        "N is the number that 'list' shows. Arrival makes a visit of it."
    ),
)


def _about(command: Function) -> Function:
    """Give a command what is known of somebody expected."""
    for one in (
        option("--note", metavar="TEXT", help=N_("What else there is to say.")),
        option("--subject", metavar="TEXT", help=N_("What it is about.")),
        option("--whom", metavar="NAME", help=N_("Whom they come to see.")),
        option("--department", metavar="CODE", help=N_("Which department they come to see.")),
        option("--room", metavar="TEXT", help=N_("In which room.")),
        option("--plate", metavar="TEXT", help=N_("The plate of their car.")),
        option("--people", "party_size", metavar="N", help=N_("How many people.")),
        option("--phone", metavar="PHONE", help=N_("Their telephone.")),
        option("--organisation", metavar="TEXT", help=N_("Their organisation.")),
        option("--name", metavar="NAME", help=N_("Who is expected.")),
        option("--until", metavar="TIME", help=N_("Until when.")),
    ):
        command = one(command)
    return command


def _given(here: AtDesk, given: dict[str, Any]) -> dict[str, Any]:
    """What was given of ``_about``, read."""
    said = {name: value for name, value in given.items() if value is not None}
    read_in: dict[str, Any] = {name: said[name] for name in _TEXTS if name in said}
    for name in ("at", "until"):
        if name in said:
            read_in[name] = read.instant(said[name], here.zone, here.today_date, name) if said[name] else None
    if "party_size" in said:
        read_in["party_size"] = read.whole(said["party_size"], "party_size")
    if "department" in said:
        known = here.catalogue.departments
        read_in["department_id"] = read.department(said["department"], known) if said["department"] else None
    return read_in


@click.command("add", cls=Command, help=N_("Note who is expected; the last word printed is a number."))
@click.argument("at", metavar="TIME")
@_about
@writes
@click.pass_obj
def add(state: State, /, *, operator: str | None, uid: str | None, **given: Any) -> None:
    """Note somebody."""
    from reception.operations.office import expected

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        one = here.desk.do(expected.note, uid=act_uid, **_given(here, given))
        _tell(state, here, one, N_("Expected as number {id}"))


@click.command("change", cls=Command, help=N_("Correct or postpone; an empty text takes a value away."))
@_ONE
@option("--at", metavar="TIME", help=N_("When they are expected now."))
@_about
@writes
@click.pass_obj
def change(state: State, /, *, expected: str, operator: str | None, uid: str | None, **given: Any) -> None:
    """Change what is known."""
    from reception.operations.office import expected as awaited

    act_uid, number = read.uid(uid), read.positive(expected, "expected")
    with state.open(operator) as here:
        changes = _given(here, given)
        if not changes:
            raise InputError("Nothing was given that could be changed.")
        one = here.desk.do(awaited.change, number, uid=act_uid, **changes)
        _tell(state, here, one, N_("Changed number {id}"))


@click.command("arrive", cls=Command, help=N_("They are here: a visit; the last word printed is its number."))
@_ONE
@option("--people", metavar="N", help=N_("How many came, if others than expected."))
@writes
@click.pass_obj
def arrive(
    state: State, /, *, expected: str, people: str | None, operator: str | None, uid: str | None
) -> None:
    """They are here."""
    from reception.operations.office import expected as awaited

    act_uid, number = read.uid(uid), read.positive(expected, "expected")
    many = read.positive(people, "people") if people is not None else None
    with state.open(operator) as here:
        receipt = here.desk.do(awaited.arrive, number, party_size=many, uid=act_uid)
        state.tell_entry(here, receipt, N_("Saved {number}"))


def _ended(state: State, verb: str, expected: str, note: str, operator: str | None, uid: str | None) -> None:
    from reception.operations.office import expected as awaited

    act_uid, number = read.uid(uid), read.positive(expected, "expected")
    with state.open(operator) as here:
        one = here.desk.do(getattr(awaited, verb), number, note=note, uid=act_uid)
        _tell(state, here, one, N_("Changed number {id}"))


_WHY = option("--note", metavar="TEXT", default="", help=N_("Why."))


@click.command("miss", cls=Command, help=N_("Note that they did not come."))
@_ONE
@_WHY
@writes
@click.pass_obj
def miss(state: State, /, **given: Any) -> None:
    """They did not come."""
    _ended(state, "miss", **given)


@click.command("cancel", cls=Command, help=N_("Note that it is called off."))
@_ONE
@_WHY
@writes
@click.pass_obj
def cancel(state: State, /, **given: Any) -> None:
    """It is called off."""
    _ended(state, "cancel", **given)


@click.command("list", cls=Command, help=N_("List who is expected today, by the time."))
@option("--coming", "which", flag_value="coming", help=N_("Later days instead."))
@option("--past", "which", flag_value="past", help=N_("Days that are over instead, the latest first."))
@option("--with", "sought", metavar="TEXT", default="", help=N_("Only those with this text."))
@option("--limit", metavar="N", default="200", help=N_("How many at most; 200 if not given."))
@reads
@click.pass_obj
def listed(state: State, *, which: str | None, sought: str, limit: str) -> None:
    """List them."""
    from reception.operations.office import expected as awaited

    most = read.positive(limit, "limit")
    with state.open() as here:
        found = here.desk.ask(awaited.rows, which=which or "today", words=sought, limit=most)
        lines = layout.table([cells(one, state.wording, here.zone) for one in found])
        state.tell([document(one, here.zone) for one in found], lines)


@click.command(
    "import",
    cls=Command,
    help=N_(
        "Take over a calendar file (.ics); - for what is typed.\n\n"
        "Again, it changes what was moved and calls off what was cancelled, and doubles nothing. Of what "
        "comes again the next 60 days are taken. All of it is one act that 'undo' takes back."
    ),
)
@click.argument("file", metavar="FILE")
@writes
@click.pass_obj
def take_over(state: State, *, file: str, operator: str | None, uid: str | None) -> None:
    """Import a calendar."""
    from reception import calendars
    from reception.operations.office import calendar
    from reception.paper import calendar_file

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        if file == "-":
            typed = sys.stdin.buffer.read(calendars.MOST_BYTES + 1)
            found = here.desk.ask(calendar_file.parse, typed)
        else:
            found = here.desk.ask(calendar_file.read, file)
        done = here.desk.do(calendar.bring_in, found, uid=act_uid)
        for one in found.unread:
            said = state.wording.gettext("Not read: {what}: {why}")
            click.echo(said.format(what=plain(one.what), why=one.why.say(state.wording.gettext)), err=True)
        line = state.wording.gettext(
            "{added} noted, {changed} changed, {cancelled} called off, {same} as before, {over} over, "
            "{unread} not read"
        )
        counts = {name: len(getattr(done, name)) for name in ("added", "changed", "cancelled")}
        counts |= {"same": done.same, "over": found.over, "unread": len(found.unread)}
        told = {
            **counts,
            **{name: [document(one, here.zone) for one in getattr(done, name)] for name in list(counts)[:3]},
            "unread": [{"what": one.what, "why": str(one.why)} for one in found.unread],
        }
        state.tell(told, [line.format(**counts)])


@click.command("export", cls=Command, help=N_("Write who is expected into a calendar file (.ics)."))
@option("--from", "first", metavar="DATE", help=N_("From this day; today if not given."))
@option("--to", "last", metavar="DATE", help=N_("Up to this day; 60 days on if not given."))
@option("-o", "--output", metavar="FILE", required=True, help=N_("The file to write."))
@reads
@click.pass_obj
def hand_on(state: State, *, first: str | None, last: str | None, output: str) -> None:
    """Export a calendar."""
    from reception.paper import calendar_file

    span = (read.day(one) if one is not None else 0 for one in (first, last))
    with state.open() as here:
        count = here.desk.ask(calendar_file.save, output, state.wording.language, *span)
        line = state.wording.gettext("{count} expected are in {path}").format(count=count, path=output)
        state.tell({"count": count, "file": output}, [line])


expect.holds(add, arrive, miss, cancel, change, listed, take_over, hand_on)


def _tell(state: State, here: AtDesk, one: Expected, message: str) -> None:
    state.tell(document(one, here.zone), [state.wording.gettext(message).format(id=one.id)])


def document(one: Expected, zone: dt.tzinfo) -> documents.Document:
    """Somebody expected as JSON; the keys are a promise."""
    texts = (*_TEXTS, "department", "visit", "calendar_uid")
    return {
        "id": one.id,
        "at": documents.instant(one.at, zone),
        "until": documents.instant(one.until, zone),
        **{name: getattr(one, name) or None for name in texts},
        "people": one.party_size,
        "status": one.status.value,
        "operator": one.operator,
    }


def cells(one: Expected, wording: Wording, zone: dt.tzinfo) -> list[str]:
    """The cells of their line."""
    _ = wording.gettext
    at = one.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    who = " · ".join(filter(None, (one.name, one.organisation, one.phone)))
    sees = " · ".join(filter(None, (one.department_name, one.whom, one.room)))
    people = _("{count} people").format(count=one.party_size) if one.party_size > 1 else ""
    status = words.small(_(office_words.EXPECTED[one.status]))
    told = (str(one.id), at, who, people, sees, one.subject, one.plate, status, one.visit, one.note)
    return [plain(text) for text in told]
