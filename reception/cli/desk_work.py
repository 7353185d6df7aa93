"""Commands of the desk's other work: who is here, whom to call back, what to take back, what to reveal."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import click

from reception import words
from reception.cli import documents, read, show
from reception.cli.frame import Command, option
from reception.cli.recording import note_moment, noted_at
from reception.cli.state import AtDesk, State, reads, writes
from reception.facts import AttemptResult, NewCallback, Undone
from reception.wording import N_

_NUMBER = click.argument("number", metavar="NUMBER")


@click.command("waiting", cls=Command, help=N_("Note that the visitor waits here; from now on minutes run."))
@noted_at
def waiting(state: State, **given: str | None) -> None:
    """The visitor waits here."""
    note_moment(state, "waiting_since", N_("Noted the waiting for {number}"), **given)


@click.command("received", cls=Command, help=N_("Note that the visitor who waited was received."))
@noted_at
def received(state: State, **given: str | None) -> None:
    """The visitor was received."""
    note_moment(state, "seen_at", N_("Noted that {number} was received"), **given)


@click.command(
    "here", cls=Command, help=N_("List today's visitors who have not left; who waits comes first.")
)
@reads
@click.pass_obj
def here(state: State) -> None:
    """List who is here."""
    from reception.operations import presence

    with state.open() as at:
        found = at.desk.ask(presence.here)
        document = [documents.visitor(one, at.zone) for one in found]
        state.tell(document, show.visitors(found, state.wording, at.zone))


@click.command(
    "roll-call",
    cls=Command,
    help=N_(
        "Write the list of everyone who has not left as PDF.\n\n"
        "It speaks the language that was asked for, otherwise the site's. The last word printed is the file."
    ),
)
@option(
    "-o",
    "--output",
    metavar="FILE",
    help=N_("Where to write it; roll-call-DATE-TIME.pdf in this folder if not given."),
)
@reads
@click.pass_obj
def roll_call(state: State, *, output: str | None) -> None:
    """Write the roll-call list."""
    from reception.cli import paper_words, printing

    with state.open() as at:
        now = at.desk.clock().astimezone(at.zone)
        path = Path(output if output else f"roll-call-{now:%Y-%m-%d-%H%M}.pdf")
        form = paper_words.Wanted("roll_call", {})
        sheet = printing.Printing(state, at, printing.language_of(state, at)).make(form, path, uuid.uuid4())
    visitors = sheet.data.visitors
    people = sum(one.party_size for one in visitors)
    text = state.wording.gettext("{people} people are here; the list is in {path}")
    document = {"people": people, "visits": len(visitors), "file": str(path), "pages": sheet.pages}
    state.tell({**document, **printing.proof(sheet)}, [text.format(people=people, path=path)])


@click.command(
    "close-day",
    cls=Command,
    help=N_(
        "Close the visits of earlier days that nobody signed out of: they left, as estimated, at the end of "
        "the office hours."
    ),
)
@option("--today", is_flag=True, help=N_("Today's as well, if the site's day is over."))
@writes
@click.pass_obj
def close_day(state: State, *, today: bool, operator: str | None, uid: str | None) -> None:
    """Close what nobody signed out of."""
    from reception.operations import presence

    act_uid, count = read.uid(uid), 0
    with state.open(operator) as at:
        while closed := at.desk.do(presence.close_days, today=today, uid=act_uid):
            count, act_uid = count + closed, uuid.uuid4()
    line = state.wording.gettext("Closed as estimated: {count}").format(count=count)
    state.tell({"closed": count}, [line])


@click.command("callbacks", cls=Command, help=N_("List the calls that are owed, most urgent first."))
@option("--limit", metavar="N", default="50", help=N_("How many at most; 50 if not given."))
@reads
@click.pass_obj
def callbacks(state: State, *, limit: str) -> None:
    """List the calls owed."""
    from reception.operations import callbacks as verbs

    most = read.positive(limit, "limit")
    with state.open() as at:
        rows = at.desk.ask(verbs.owed, limit=most)
        document = [documents.owed(row, at.zone) for row in rows]
        state.tell(document, show.owed(rows, state.wording, at.zone))


@click.command("call-back", cls=Command, help=N_("Note that somebody is to be called back about an entry."))
@_NUMBER
@option("--due", metavar="TIME", help=N_("When, like 2026-11-22T15:00; as soon as can be if not given."))
@option("--phone", metavar="PHONE", default="", help=N_("The number; the person's if not given."))
@option("--about", metavar="TEXT", default="", help=N_("What about; the entry's subject if not given."))
@option("--owner", metavar="NAME", default="", help=N_("Who calls; the desk if not given."))
@writes
@click.pass_obj
def call_back(
    state: State,
    *,
    number: str,
    due: str | None,
    phone: str,
    about: str,
    owner: str,
    operator: str | None,
    uid: str | None,
) -> None:
    """A call is owed."""
    from reception.operations import callbacks as verbs

    act_uid = read.uid(uid)
    with state.open(operator) as at:
        new = NewCallback(_due(due, at.zone, at.today_date), phone, about, owner)
        receipt = at.desk.do(verbs.owe, at.find(number), new, uid=act_uid)
        state.tell_entry(at, receipt, N_("Noted the call-back for {number}"))


def _due(text: str | None, zone: dt.tzinfo, today: dt.date) -> dt.datetime | None:
    return read.instant(text, zone, today, "callback.due_at") if text is not None else None


@click.command(
    "called",
    cls=Command,
    help=N_("Note an attempt to call back: no-answer, busy or reached."),
)
@_NUMBER
@click.argument("result", metavar="WORD")
@option("--by", metavar="NAME", default="", help=N_("Who was reached."))
@option("--note", metavar="TEXT", default="", help=N_("What was said."))
@writes
@click.pass_obj
def called(
    state: State, *, number: str, result: str, by: str, note: str, operator: str | None, uid: str | None
) -> None:
    """Somebody tried to call."""
    from reception.operations import callbacks as verbs

    act_uid, ended = read.uid(uid), read.word(result, AttemptResult, "result")
    with state.open(operator) as at:
        entry_id = at.find(number)
        receipt = at.desk.do(verbs.attempt_for, entry_id, ended, reached=by, note=note, uid=act_uid)
        state.tell_entry(at, receipt, N_("Noted the attempt for {number}"))


@click.command("give-up", cls=Command, help=N_("Give a call-back up; say why."))
@_NUMBER
@option("--reason", metavar="TEXT", required=True, help=N_("Why nobody will be called."))
@writes
@click.pass_obj
def give_up(state: State, *, number: str, reason: str, operator: str | None, uid: str | None) -> None:
    """Nobody will be called."""
    from reception.operations import callbacks as verbs

    act_uid = read.uid(uid)
    with state.open(operator) as at:
        receipt = at.desk.do(verbs.give_up_for, at.find(number), reason, uid=act_uid)
        state.tell_entry(at, receipt, N_("Gave up the call-back for {number}"))


@click.command(
    "undo",
    cls=Command,
    for_departments=True,
    help=N_(
        "Take back the last act of today at this desk by this clerk: a save, a check-out, a referral, "
        "a note on a person, a change of the directory or the settings …\n\n"
        "A new line of the trail tells of it; nothing is erased. "
        "A second time it is the act before; 'redo' does it again."
    ),
)
@writes
@click.pass_obj
def undo(state: State, *, operator: str | None, uid: str | None) -> None:
    """Take the last act back."""
    from reception.operations import undoing

    act_uid = read.uid(uid)
    with state.open(operator) as at:
        undone = at.desk.do(undoing.undo_last, uid=act_uid)
        _tell_undone(state, at, undone, N_("Took back '{what}' of {number}"))


@click.command(
    "redo",
    cls=Command,
    for_departments=True,
    help=N_("Do again what was taken back last, if nothing else was done since."),
)
@writes
@click.pass_obj
def redo(state: State, *, operator: str | None, uid: str | None) -> None:
    """Do it again."""
    from reception.operations import undoing

    act_uid = read.uid(uid)
    with state.open(operator) as at:
        undone = at.desk.do(undoing.redo_last, uid=act_uid)
        _tell_undone(state, at, undone, N_("Did '{what}' of {number} again"))


def _tell_undone(state: State, at: AtDesk, undone: Undone, message: str) -> None:
    inbox = at.desk.department is not None  # which sees no entries
    there = state.as_json and undone.entry_id and not inbox
    entry = documents.view(at.entry(undone.entry_id), at.zone) if there else None
    away = undone.kind == "absence" and undone.verb == "create"
    what = words.small(state.wording.gettext(N_("Away") if away else words.VERBS[undone.verb]))
    line = state.wording.gettext(message).format(what=what, number=undone.number)
    document = {"number": undone.number, "kind": undone.kind, "verb": undone.verb, "entry": entry}
    state.tell(document, [line])


@click.command(
    "reveal",
    cls=Command,
    help=N_(
        "Print the whole document number of a person; the trail tells who saw it.\n\n"
        "The last word printed is the number."
    ),
)
@_NUMBER
@option("--person", metavar="N", default="1", help=N_("Which person of the entry; the first if not given."))
@writes
@click.pass_obj
def reveal(state: State, *, number: str, person: str, operator: str | None, uid: str | None) -> None:
    """Show a document number whole."""
    from reception.operations import revealing

    act_uid, position = read.uid(uid), read.positive(person, "person")
    with state.open(operator) as at:
        shown = at.desk.do(revealing.reveal, at.find(number), position - 1, uid=act_uid)
    document = {"number": number, "person": position, "document_number": shown}
    state.tell(document, [shown])
