"""Commands on meeting notices: given out or taken in, invited, called, replied, changed, answered, ended."""

from __future__ import annotations

from typing import Any

import click

from reception.cli import layout, read
from reception.cli import meeting_given as given_by
from reception.cli import meeting_list as on_list
from reception.cli import meetings_shown as shown
from reception.cli.frame import Command, Topic, option
from reception.cli.state import State, reads, writes
from reception.errors import InputError
from reception.facts import AttemptResult
from reception.facts.office import Reply
from reception.wording import N_

_NUMBER = click.argument("number", metavar="NUMBER")
_WHO = click.argument("who", metavar="NAME")
notice = Topic(
    "notice",
    help=N_(
        "Meeting notices by phone: give them out, call whoever is invited, take in those of others.\n\n"
        "Each call is an outgoing call of the day, and whoever is not reached is a call owed. Notices are "
        "voided, undone and traced by the commands for entries; 'print meeting-notice' and 'print sign-in' "
        "put them on paper. What somebody needs to bring for a matter is told by 'inform'."
    ),
)


@click.command("add", cls=Command, help=N_("Begin a notice of ours; the last word printed is its number."))
@click.argument("subject", metavar="TEXT")
@given_by.told
@given_by.invited
@given_by.noted
@writes
@click.pass_obj
def add(
    state: State,
    /,
    *,
    subject: str,
    at: str | None,
    late: bool,
    operator: str | None,
    uid: str | None,
    **given: Any,
) -> None:
    """Begin a notice."""
    from reception.operations.office import meetings

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        invited = given_by.invitees(here, given, state)
        told = given_by.said(here, given)
        when = here.moment(at)
        told |= {"invitees": invited, "received_at": when, "late": late, "uid": act_uid}
        receipt = here.desk.do(meetings.notify, subject=subject, **told)
        given_by.tell(state, here, receipt.entry_id, N_("Saved {number}"))


@click.command("receive", cls=Command, help=N_("Note a meeting of which somebody notified us by phone."))
@click.argument("subject", metavar="TEXT")
@given_by.told
@option("--from", "name", metavar="NAME", default="", help=N_("Who called."))
@option("--organisation", metavar="TEXT", default="", help=N_("The organisation or the address."))
@option("--phone", metavar="PHONE", default="", help=N_("The telephone number."))
@option("--read-back", is_flag=True, help=N_("It was read back to them."))
@given_by.noted
@writes
@click.pass_obj
def receive(
    state: State,
    /,
    *,
    subject: str,
    name: str,
    organisation: str,
    phone: str,
    read_back: bool,
    at: str | None,
    late: bool,
    operator: str | None,
    uid: str | None,
    **given: Any,
) -> None:
    """Somebody notified us."""
    from reception.operations.office import meetings

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        receipt = here.desk.do(
            meetings.receive,
            subject=subject,
            name=name,
            organisation=organisation,
            phone=phone,
            read_back=read_back,
            received_at=here.moment(at),
            late=late,
            uid=act_uid,
            **given_by.said(here, given),
        )
        given_by.tell(state, here, receipt.entry_id, N_("Saved {number}"))


@click.command(
    "call",
    cls=Command,
    help=N_(
        "Note a call to somebody invited: reached, no-answer or busy.\n\n"
        "NAME is the name or the place on the list. The call becomes an outgoing call of the day."
    ),
)
@_NUMBER
@_WHO
@click.argument("result", metavar="WORD")
@option("--by", metavar="NAME", default="", help=N_("Who answered."))
@option("--attends", is_flag=True, help=N_("They say that they will attend."))
@option("--attendee", metavar="NAME", default="", help=N_("Who will attend."))
@option("--excused", is_flag=True, help=N_("They say that nobody can come."))
@option("--reason", metavar="TEXT", default="", help=N_("Why they are excused."))
@option("--note", metavar="TEXT", default="", help=N_("What was said."))
@option("--phone", metavar="PHONE", default="", help=N_("The number that was called, if it is another one."))
@writes
@click.pass_obj
def call(
    state: State,
    *,
    number: str,
    who: str,
    result: str,
    by: str,
    attends: bool,
    attendee: str,
    excused: bool,
    reason: str,
    note: str,
    phone: str,
    operator: str | None,
    uid: str | None,
) -> None:
    """Somebody was called."""
    from reception.operations.office import meetings

    act_uid, ended = read.uid(uid), read.word(result, AttemptResult, "result")
    says_so = _reply(attends or bool(attendee), excused or bool(reason))
    with state.open(operator) as here:
        entry_id = here.find(number)
        receipt = here.desk.do(
            meetings.call,
            given_by.invitee(here, entry_id, who),
            ended,
            told_whom=by,
            reply=says_so,
            attendee=attendee,
            reason=reason,
            note=note,
            phone=phone,
            uid=act_uid,
        )
        of = here.desk.ask(meetings.view, entry_id)
        line = state.wording.gettext("Noted the call {number}").format(number=receipt.number)
        state.tell(shown.document(of, here.zone), [line])


def _reply(attends: bool, excused: bool) -> Reply | None:
    if attends and excused:
        raise InputError("Either they attend or they are excused.", field="reply")
    if attends:
        return Reply.ATTENDS
    return Reply.EXCUSED if excused else None


@click.command("reply", cls=Command, help=N_("Note what somebody invited says: attends or excused."))
@_NUMBER
@_WHO
@click.argument("reply", metavar="WORD")
@option("--attendee", metavar="NAME", default="", help=N_("Who will attend."))
@option("--reason", metavar="TEXT", default="", help=N_("Why they are excused."))
@writes
@click.pass_obj
def reply(
    state: State,
    *,
    number: str,
    who: str,
    reply: str,
    attendee: str,
    reason: str,
    operator: str | None,
    uid: str | None,
) -> None:
    """They reply."""
    from reception.operations.office import meetings

    act_uid, says = read.uid(uid), read.word(reply, Reply, "reply")
    with given_by.of(state, number, operator, N_("Noted the reply to {number}")) as (here, entry_id):
        one = given_by.invitee(here, entry_id, who)
        here.desk.do(meetings.reply, one, says, attendee=attendee, reason=reason, uid=act_uid)


@click.command(
    "change",
    cls=Command,
    help=N_(
        "Change what is told of a meeting.\n\n"
        "Once somebody was called, another time or place begins a new round: everybody is to be told again."
    ),
)
@_NUMBER
@option("--subject", metavar="TEXT", help=N_("What it is about."))
@given_by.told
@writes
@click.pass_obj
def change(state: State, /, *, number: str, operator: str | None, uid: str | None, **given: Any) -> None:
    """Change a notice."""
    from reception.operations.office import meetings

    act_uid = read.uid(uid)
    with given_by.of(state, number, operator, N_("Corrected {number}")) as (here, entry_id):
        here.desk.do(meetings.change, entry_id, uid=act_uid, **given_by.said(here, given))


@click.command("cancel", cls=Command, help=N_("The meeting is cancelled: whoever was told is to be told."))
@_NUMBER
@writes
@click.pass_obj
def cancel(state: State, *, number: str, operator: str | None, uid: str | None) -> None:
    """It does not take place."""
    from reception.operations.office import meetings

    act_uid = read.uid(uid)
    with given_by.of(state, number, operator, N_("Cancelled the meeting {number}")) as (here, entry_id):
        here.desk.do(meetings.cancel, entry_id, uid=act_uid)


@click.command("lay", cls=Command, help=N_("Note before which leader a notice to us was laid."))
@_NUMBER
@click.argument("leader", metavar="NAME")
@option("--at", metavar="TIME", help=N_("When, if not now."))
@writes
@click.pass_obj
def lay(
    state: State, *, number: str, leader: str, at: str | None, operator: str | None, uid: str | None
) -> None:
    """A leader has seen it."""
    from reception.operations.office import meetings

    act_uid = read.uid(uid)
    with given_by.of(state, number, operator, N_("Saved {number}")) as (here, entry_id):
        moment = here.moment(at, "laid_at")
        here.desk.do(meetings.lay, entry_id, leader, at=moment, uid=act_uid)


@click.command(
    "answer", cls=Command, help=N_("Note what whoever notified us was told; that ends the notice.")
)
@_NUMBER
@click.argument("words", metavar="TEXT")
@option("--to", metavar="NAME", required=True, help=N_("Who was told."))
@option("--called", is_flag=True, help=N_("We called them: an outgoing call of the day."))
@option("--phone", metavar="PHONE", default="", help=N_("The number; the person's if not given."))
@writes
@click.pass_obj
def answer(
    state: State,
    *,
    number: str,
    words: str,
    to: str,
    called: bool,
    phone: str,
    operator: str | None,
    uid: str | None,
) -> None:
    """Answer the sender."""
    from reception.operations.office import meetings

    act_uid = read.uid(uid)
    with given_by.of(state, number, operator, N_("Answered {number}")) as (here, entry_id):
        here.desk.do(
            meetings.answer_sender,
            entry_id,
            to,
            words,
            called=called or bool(phone),
            phone=phone,
            uid=act_uid,
        )


@click.command("end", cls=Command, help=N_("End a notice: the meeting is over, nobody is called any more."))
@_NUMBER
@writes
@click.pass_obj
def end(state: State, *, number: str, operator: str | None, uid: str | None) -> None:
    """It is over."""
    from reception.operations.office import meetings

    act_uid = read.uid(uid)
    with given_by.of(state, number, operator, N_("Ended {number}")) as (here, entry_id):
        here.desk.do(meetings.end, entry_id, uid=act_uid)


@click.command("list", cls=Command, help=N_("List the notices under way, the next meeting first."))
@option("--past", is_flag=True, help=N_("Those that have ended instead, the last one first."))
@option("--before", metavar="NUMBER", help=N_("Of those only what came before this one."))
@option("--limit", metavar="N", default="50", help=N_("How many at most; 50 if not given."))
@reads
@click.pass_obj
def listed(state: State, *, past: bool, before: str | None, limit: str) -> None:
    """List notices."""
    from reception.operations.office import meetings

    most = read.positive(limit, "limit")
    with state.open() as here:
        if past or before is not None:
            earlier = here.find(before) if before is not None else None
            found = here.desk.ask(meetings.past, before=earlier, limit=most)
        else:
            found = here.desk.ask(meetings.pending, limit=most)
        lines = layout.table([shown.cells(one, state.wording, here.zone) for one in found])
        state.tell([shown.row(one, here.zone) for one in found], lines)


@click.command("show", cls=Command, help=N_("Show a notice: what is told, who was told when, who comes."))
@_NUMBER
@reads
@click.pass_obj
def show(state: State, *, number: str) -> None:
    """Show a notice."""
    from reception.operations.office import meetings

    with state.open() as at:
        of = at.desk.ask(meetings.view, at.find(number))
        state.tell(shown.document(of, at.zone), shown.lines(of, state.wording, at.zone))


notice.holds(
    *(add, on_list.invite, on_list.amend, on_list.uninvite, call, reply, change, cancel, end),
    *(receive, lay, answer, listed, show),
)
