"""Commands on jobs from leaders, what was done and reported of them, and what leaders wrote by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import click

from reception import office_words, words
from reception.cli import documents, layout, read
from reception.cli.frame import Command, Topic, option
from reception.cli.state import AtDesk, State, reads, writes
from reception.cli.streams import plain
from reception.errors import InputError
from reception.facts.jobs import Instruction, JobRow, JobStep, JobView
from reception.facts.office import Level
from reception.wording import N_, Wording

_NUMBER = click.argument("number", metavar="NUMBER")
_SAID = option("--words", metavar="TEXT", required=True, help=N_("The leader's words, as they are."))
_DAYS = option("--days", metavar="N", help=N_("Due after so many working days; the site's limit otherwise."))
_LIMIT = option("--limit", metavar="N", default="200", help=N_("How many at most; 200 if not given."))
job = Topic(
    "job",
    help=N_(
        "Jobs from leaders: keep them, note what was done, report upward level by level.\n\n"
        "A job is received, answered, extended and closed by the commands for referrals; it ends when the "
        "leader has seen the result and gives no new instruction."
    ),
)
instruction = Topic(
    "instruction",
    help=N_(
        "What leaders wrote by hand on printed pages.\n\n"
        "With a department it asks for something and becomes a job."
    ),
)


@click.command("give", cls=Command, help=N_("Keep a job; the last word printed is its number."))
@option("--leader", metavar="NAME", required=True, help=N_("Which leader gave it."))
@_SAID
@option("--to", metavar="CODE", required=True, help=N_("Which department is to do it."))
@option("--assist", metavar="CODE", multiple=True, help=N_("An assisting department; may be repeated."))
@option("--person", metavar="NAME", default="", help=N_("Who there is to do it."))
@_DAYS
@option("--title", metavar="TEXT", default="", help=N_("In short; the beginning of the words otherwise."))
@option("--read-back", is_flag=True, help=N_("The words were read back to the leader."))
@option("--at", metavar="TIME", help=N_("When it was, like 2026-11-22T09:30; now if not given."))
@option("--late", is_flag=True, help=N_("Mark it as entered later from a note."))
@writes
@click.pass_obj
def give(
    state: State,
    *,
    leader: str,
    words: str,
    to: str,
    assist: tuple[str, ...],
    person: str,
    days: str | None,
    title: str,
    read_back: bool,
    at: str | None,
    late: bool,
    operator: str | None,
    uid: str | None,
) -> None:
    """Keep a job."""
    from reception.operations.office import jobs

    act_uid = read.uid(uid)
    by = read.positive(days, "days") if days is not None else None
    with state.open(operator) as here:
        known = here.catalogue.departments
        receipt = here.desk.do(
            jobs.give,
            given_by=leader,
            words=words,
            department_id=read.department(to, known),
            assist_ids=tuple(read.department(one, known) for one in assist),
            given_to=person,
            subject=title,
            days=by,
            read_back=read_back or None,
            received_at=here.moment(at),
            late=late,
            uid=act_uid,
        )
        _tell(state, here, receipt.entry_id, N_("Saved {number}"))


@click.command("step", cls=Command, help=N_("Note what was done about a job."))
@_NUMBER
@click.argument("words", metavar="TEXT")
@writes
@click.pass_obj
def step(state: State, *, number: str, words: str, operator: str | None, uid: str | None) -> None:
    """Note a step."""
    from reception.operations.office import jobs

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        entry_id = here.find(number)
        here.desk.do(jobs.step, entry_id, words=words, uid=act_uid)
        _tell(state, here, entry_id, N_("Saved {number}"))


@click.command("report", cls=Command, help=N_("Note what was reported upward: to the next level."))
@_NUMBER
@click.argument("words", metavar="TEXT")
@option("--level", metavar="WORD", help=N_("officer, director or leader; the next one if not given."))
@option("--whom", metavar="NAME", default="", help=N_("To whom."))
@option("--reply", metavar="TEXT", default="", help=N_("What they said."))
@writes
@click.pass_obj
def report(
    state: State,
    *,
    number: str,
    words: str,
    level: str | None,
    whom: str,
    reply: str,
    operator: str | None,
    uid: str | None,
) -> None:
    """Note a report."""
    from reception.operations.office import jobs

    act_uid = read.uid(uid)
    to = read.word(level, Level, "level") if level is not None else None
    with state.open(operator) as here:
        entry_id = here.find(number)
        if to is None:
            to = here.desk.ask(jobs.view, entry_id).next_level
        here.desk.do(jobs.report, entry_id, level=to, whom=whom, words=words, reply=reply, uid=act_uid)
        _tell(state, here, entry_id, N_("Saved {number}"))


@click.command("list", cls=Command, help=N_("List the jobs under way, the newest first."))
@option("--all", "every", is_flag=True, help=N_("Those that ended too."))
@option("--overdue", is_flag=True, help=N_("Only those that are overdue."))
@option("--with", "sought", metavar="TEXT", default="", help=N_("Only those with this text."))
@_LIMIT
@reads
@click.pass_obj
def listed(state: State, *, every: bool, overdue: bool, sought: str, limit: str) -> None:
    """List jobs."""
    from reception.operations.office import jobs

    most = read.positive(limit, "limit")
    which = "overdue" if overdue else "all" if every else "open"
    with state.open() as here:
        found = here.desk.ask(jobs.rows, which=which, words=sought, limit=most)
        lines = layout.table([_cells(one, state.wording, here.zone) for one in found])
        state.tell([_row(one, here.zone) for one in found], lines)


@click.command("show", cls=Command, help=N_("Show a job with its steps and reports."))
@_NUMBER
@reads
@click.pass_obj
def show(state: State, *, number: str) -> None:
    """Show a job."""
    from reception.operations.office import jobs

    with state.open() as here:
        one = here.desk.ask(jobs.view, here.find(number))
        state.tell(_document(one, here.zone), _lines(one, state.wording, here.zone))


job.holds(give, step, report, listed, show)


@click.command(
    "write", cls=Command, help=N_("Enter what a leader wrote on a page; the last word is a number.")
)
@click.argument("number", metavar="NUMBER", default="")
@option("--day", metavar="DATE", help=N_("It stands on this day's sheet."))
@option("--leader", metavar="NAME", required=True, help=N_("Which leader wrote it."))
@_SAID
@option("--department", metavar="CODE", help=N_("It asks this department for something: a job."))
@_DAYS
@writes
@click.pass_obj
def write(
    state: State,
    *,
    number: str,
    day: str | None,
    leader: str,
    words: str,
    department: str | None,
    days: str | None,
    operator: str | None,
    uid: str | None,
) -> None:
    """Enter what a leader wrote: on an entry (NUMBER), a referral (NUMBER/CODE), a day."""
    from reception.operations.office import instructions

    if bool(number) == (day is not None):
        raise InputError("Say on what page it stands: a number, or a day.", field="number")
    act_uid = read.uid(uid)
    on = read.day(day) if day is not None else None
    by = read.positive(days, "days") if days is not None else None
    with state.open(operator) as here:
        known = here.catalogue.departments if department is not None else ()
        entry_id, referral = _page(here, number)
        receipt = here.desk.do(
            instructions.write,
            leader=leader,
            words=words,
            entry_id=entry_id,
            referral=referral,
            day=on,
            department_id=read.department(department, known) if department is not None else None,
            days=by,
            uid=act_uid,
        )
        if state.as_json:
            standing = here.desk.ask(instructions.of_entry, entry_id or receipt.entry_id)
            state.tell(_instruction(standing[-1], here.zone), [])
            return
        state.tell(None, [state.wording.gettext("Saved {number}").format(number=receipt.number)])


def _page(here: AtDesk, number: str) -> tuple[int | None, int | None]:
    """The entry, and which of its referrals it is, where one is named."""
    if not number:
        return None, None
    if "/" not in number:
        return here.find(number), None
    entry_id = here.find(number.partition("/")[0])
    one = here.referral(number)
    return entry_id, one.ordinal


@click.command("list", cls=Command, help=N_("List what leaders wrote, the newest first."))
@option("--jobs", "asking", is_flag=True, help=N_("Only that of which a job came."))
@option("--with", "sought", metavar="TEXT", default="", help=N_("Only those with this text."))
@_LIMIT
@reads
@click.pass_obj
def written(state: State, *, asking: bool, sought: str, limit: str) -> None:
    """List instructions."""
    from reception.operations.office import instructions

    most = read.positive(limit, "limit")
    with state.open() as here:
        which = "jobs" if asking else "standing"
        found = here.desk.ask(instructions.rows, which=which, words=sought, limit=most)
        lines = layout.table([_written(one, here.zone) for one in found])
        state.tell([_instruction(one, here.zone) for one in found], lines)


instruction.holds(write, written)


def _tell(state: State, here: AtDesk, entry_id: int, message: str) -> None:
    from reception.operations.office import jobs

    one = here.desk.ask(jobs.view, entry_id)
    line = state.wording.gettext(message).format(number=one.row.number)
    state.tell(_document(one, here.zone), [line])


def _row(one: JobRow, zone: dt.tzinfo) -> documents.Document:
    return {
        "number": one.number,
        "given_at": documents.instant(one.given_at, zone),
        "leader": one.given_by,
        "person": one.given_to or None,
        "words": one.words,
        "title": one.subject,
        "department": one.department or None,
        "referral": one.referral_status.value if one.referral_status else None,
        "due": documents.instant(one.due_at, zone),
        "overdue": one.overdue,
        "asked": one.asked,
        "answer": one.answer or None,
        "last": one.last or None,
        "status": one.status.value,
    }


def _document(one: JobView, zone: dt.tzinfo) -> documents.Document:
    return {
        **_row(one.row, zone),
        "read_back": one.read_back,
        "written_on": one.about or None,
        "next_level": one.next_level.value,
        "steps": [
            {
                "n": done.ordinal,
                "at": documents.instant(done.at, zone),
                "kind": done.kind.value,
                "level": done.level.value if done.level else None,
                "whom": done.whom or None,
                "words": done.words,
                "reply": done.reply or None,
                "operator": done.operator,
            }
            for done in one.steps
        ],
    }


def _instruction(one: Instruction, zone: dt.tzinfo) -> documents.Document:
    return {
        "at": documents.instant(one.at, zone),
        "leader": one.leader,
        "words": one.words,
        "stands_on": one.stands_on.value,
        "on": one.on,
        "job": one.job or None,
        "operator": one.operator,
    }


def _cells(one: JobRow, wording: Wording, zone: dt.tzinfo) -> list[str]:
    _ = wording.gettext
    # the day ends with the instant from which it is overdue
    due = f"{(one.due_at - dt.timedelta(seconds=1)).astimezone(zone):%Y-%m-%d}" if one.due_at else ""
    state = _("overdue") if one.overdue else words.small(_(words.STATUSES[one.status]))
    asked = _("waits for the leader") if one.asked else ""
    told = (one.number, one.given_by, one.subject, one.department, due, state, asked, one.last)
    return [plain(text) for text in told]


def _lines(one: JobView, wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    _ = wording.gettext
    yield "  ".join(filter(None, _cells(one.row, wording, zone)))
    for name, value in (
        (N_("As said"), one.row.words),
        (N_("Answer"), one.row.answer),
        (N_("Written on"), one.about),
    ):
        if value:
            yield _("{name}: {value}").format(name=_(name), value=plain(value))
    yield from layout.table([_step(done, wording, zone) for done in one.course])


def _step(one: JobStep, wording: Wording, zone: dt.tzinfo) -> list[str]:
    _ = wording.gettext
    kind = _(office_words.LEVELS[one.level]) if one.level else _(office_words.JOB_COURSE[one.kind])
    at = one.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return [plain(text) for text in (at, kind, one.whom, one.words, one.reply, one.operator)]


def _written(one: Instruction, zone: dt.tzinfo) -> list[str]:
    at = one.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return [plain(text) for text in (at, one.leader, one.on, one.words, one.job)]
