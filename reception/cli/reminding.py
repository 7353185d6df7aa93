"""Commands that see to it that nothing slips: the list, reminders, lines to be checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import click

from reception import words
from reception.cli import documents, layout, read
from reception.cli.frame import Command, option
from reception.cli.state import State, reads, writes
from reception.cli.streams import plain
from reception.errors import InputError, NotFoundError
from reception.facts import ReferralView, StepKind, Todo, TodoRow, Way
from reception.wording import N_, Wording

_DECISIONS = ("up", "stays")
_REFERRAL = click.argument("referral", metavar="REFERRAL")


@click.command(
    "to-do",
    cls=Command,
    help=N_(
        "List what is to be done now, most pressing first.\n\n"
        "WORD is one of its filters: overdue, due-today, returned, not-received, call-back-person, leader, "
        "remind, waiting, callback, closing, still-open, people, unanswered, check."
    ),
)
@click.argument("which", metavar="[WORD]", default="now")
@option("--department", metavar="CODE", default="", help=N_("Only this department's."))
@option("--limit", metavar="N", default="50", help=N_("How many at most; 50 if not given."))
@reads
@click.pass_obj
def to_do(state: State, *, which: str, department: str, limit: str) -> None:
    """List what is to be done."""
    from reception.operations import to_do as verbs

    most = read.positive(limit, "limit")
    with state.open() as here:
        rows = here.desk.ask(verbs.rows, which=which, department=department, limit=most)
        document = [document_of(row, here.zone) for row in rows]
        state.tell(document, _lines(rows, state.wording, here.zone))


def document_of(row: TodoRow, zone: dt.tzinfo) -> documents.Document:
    """Something to be done, as the list shows it."""
    part = row.referral.part if row.referral is not None else None
    return {
        "what": row.what.value,
        "number": row.number,
        "referral": part.name if part is not None else None,
        "department": row.department or None,
        "name": row.person or None,
        "phone": row.phone or None,
        "about": row.text or None,
        "since": documents.instant(row.since, zone),
        "due": documents.instant(row.due_at, zone),
        "overdue_days": row.overdue_days,
        "remind": row.way.value if row.way is not None else None,
        "rung": row.rung,
        "lacks": [one.value for one in row.lacks],
    }


def _coming(row: TodoRow) -> str:
    """Whether somebody is due, comes later or did not come, as the window says it."""
    from reception import office_words
    from reception.facts.awaited import coming

    return office_words.COMING[coming(row.since, row.due_at or row.since, dt.datetime.now(dt.UTC))]


def _lines(rows: Sequence[TodoRow], wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    def small(text: str) -> str:
        return words.small(wording.gettext(text))

    def cells(row: TodoRow) -> list[str]:
        name = row.referral.part.name if row.referral is not None else row.number
        what = small(words.TODOS[row.what])
        if row.what is Todo.OVERDUE:
            what = wording.gettext("overdue by {days}").format(days=row.overdue_days)
        elif row.what is Todo.EXPECTED:
            what = small(_coming(row))
        elif row.what is Todo.CHECK:
            what = wording.gettext(", ").join(small(words.LACKS[one]) for one in row.lacks)
        remind = small(words.WAYS[row.way]) if row.way is not None else ""
        since = row.since.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        return [plain(text) for text in (name, what, since, row.person, row.department, row.text, remind)]

    return layout.table([cells(row) for row in rows])


@click.command(
    "remind",
    cls=Command,
    help=N_(
        "Note that the lead department was reminded.\n\n"
        "If a step of the site's ladder is due it counts as that one. Each step is done once."
    ),
)
@_REFERRAL
@option("--way", metavar="WORD", help=N_("phone, written or director; the due step's own if not given."))
@option("--rung", metavar="DAYS", help=N_("Which step of the ladder, by its days after the due day."))
@option("--whom", metavar="NAME", help=N_("Who was told; the department's name if not given."))
@option("--note", metavar="TEXT", default="", help=N_("What was said or written."))
@writes
@click.pass_obj
def remind(
    state: State,
    *,
    referral: str,
    way: str | None,
    rung: str | None,
    whom: str | None,
    note: str,
    operator: str | None,
    uid: str | None,
) -> None:
    """The department was reminded."""
    from reception.operations.referrals import reminding

    act_uid = read.uid(uid)
    how = read.word(way, Way, "way") if way is not None else None
    step = read.whole(rung, "rung") if rung is not None else None
    with state.open(operator) as here:
        part, found = here.part(referral), here.referral(referral)
        if rung is None:
            due = here.desk.ask(reminding.due, found.id)
            step = due.days if due is not None and how in (None, due.way) else None
        name = part.department_name if whom is None and how is not Way.DIRECTOR else whom or ""
        receipt = here.desk.do(
            reminding.remind, found.id, rung=step, way=how, whom=name, words=note, uid=act_uid
        )
        state.tell_entry(here, receipt, N_("Noted the reminder of {number}"))


@click.command("reply", cls=Command, help=N_("Note what the department said to the last reminder."))
@_REFERRAL
@click.argument("text", metavar="TEXT")
@writes
@click.pass_obj
def reply(state: State, *, referral: str, text: str, operator: str | None, uid: str | None) -> None:
    """The reply to a reminder."""
    from reception.operations.referrals import reminding

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        step = _last_reminder(here.referral(referral))
        receipt = here.desk.do(reminding.reply, step, text, uid=act_uid)
        state.tell_entry(here, receipt, N_("Noted the reply about {number}"))


def _last_reminder(view: ReferralView) -> int:
    reminders = [
        one.id
        for one in view.steps
        if one.kind is StepKind.REMINDER and one.way not in (Way.DIRECTOR, Way.LEADER)
    ]
    if not reminders:
        raise NotFoundError("Nobody was reminded of {number} yet.", field="number", number=view.number)
    return reminders[-1]


@click.command(
    "decide",
    cls=Command,
    help=N_(
        "Note what the office director decided about an overdue referral.\n\n"
        "WORD is up, if it goes up to the leader in charge, or stays."
    ),
)
@_REFERRAL
@click.argument("decision", metavar="WORD")
@option("--leader", metavar="NAME", default="", help=N_("Which leader; the department's if not given."))
@option("--note", metavar="TEXT", default="", help=N_("What the director said; needed where it stays."))
@writes
@click.pass_obj
def decide(
    state: State,
    *,
    referral: str,
    decision: str,
    leader: str,
    note: str,
    operator: str | None,
    uid: str | None,
) -> None:
    """The director decided."""
    from reception.operations.referrals import reminding

    act_uid = read.uid(uid)
    if decision not in _DECISIONS:
        raise InputError(
            "'{text}' is none of these: {words}.",
            field="decision",
            text=decision[:60],
            words=", ".join(_DECISIONS),
        )
    up = decision == "up"
    with state.open(operator) as here:
        found = here.referral(referral).id
        receipt = here.desk.do(reminding.decide, found, up=up, words=note, leader=leader, uid=act_uid)
        state.tell_entry(here, receipt, N_("Noted the decision about {number}"))


@click.command(
    "check-line",
    cls=Command,
    help=N_(
        "Write what a line lacks, or note that it was gone over and stays as it is.\n\n"
        "'reception to-do check' lists such lines of today."
    ),
)
@click.argument("number", metavar="NUMBER")
@option("--phone", metavar="NUMBER", help=N_("The telephone that it lacks."))
@option("--outcome", metavar="TEXT", help=N_("The outcome that it lacks."))
@option(
    "--destination", metavar="TEXT", help=N_("Where they were pointed to: a department's code, or in words.")
)
@option("--read-back", is_flag=True, help=N_("The call was read back."))
@writes
@click.pass_obj
def check_line(
    state: State,
    *,
    number: str,
    phone: str | None,
    outcome: str | None,
    destination: str | None,
    read_back: bool,
    operator: str | None,
    uid: str | None,
) -> None:
    """A line was gone over."""
    from reception.facts import Lack
    from reception.operations import to_do as verbs

    act_uid = read.uid(uid)
    told = {Lack.PHONE: phone, Lack.OUTCOME: outcome, Lack.DESTINATION: destination}
    given = {lack: words for lack, words in told.items() if words is not None}
    given |= {Lack.READ_BACK: ""} if read_back else {}
    if len(given) > 1:
        raise InputError(
            "Leave out one of these: {names}.", names=", ".join(f"--{lack.value}" for lack in given)
        )
    with state.open(operator) as here:
        entry_id = here.find(number)
        for lack, words in given.items():
            receipt = here.desk.do(verbs.supply, entry_id, lack, words, uid=act_uid)
            state.tell_entry(here, receipt, N_("Corrected {number}"))
            return
        receipt = here.desk.do(verbs.check, entry_id, uid=act_uid)
        state.tell_entry(here, receipt, N_("Gone over: {number}"))
