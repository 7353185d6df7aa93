"""All commands, by subject, in English; ``frame.localised`` makes the tree that a run uses."""

from __future__ import annotations

import click

from reception import __version__
from reception.cli import (
    asking,
    clocks,
    desk_work,
    expecting,
    finding,
    following,
    fonts,
    jobs,
    lending,
    looking,
    meeting,
    noticing,
    papers_in,
    parcels,
    printing,
    recording,
    referring,
    registers,
    reminding,
    reporting,
    returning,
    settings,
    shifting,
    urgent,
    verifying,
)
from reception.cli.frame import Group, option
from reception.cli.state import State
from reception.wording import N_


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"reception {__version__}")
        ctx.exit()


@click.group(
    "reception",
    cls=Group,
    help=N_(
        "The reception desk without a window: record visits and calls, send them on, follow them up, "
        "print the day.\n\n"
        "Exit codes: 0 done, 2 the input is wrong, 1 the surroundings are wrong "
        "(missing, locked, unreachable, damaged)."
    ),
)
@option(
    "--register",
    metavar="PLACE",
    default="",
    help=N_("A file, or postgresql://…; also RECEPTION_REGISTER; the user's own if not given."),
)
@option(
    "--language",
    metavar="LANGUAGE",
    default="",
    help=N_("zh_CN or en; also RECEPTION_LANGUAGE; the computer's if not given."),
)
@option(
    "--desk", metavar="CODE", default="", help=N_("Which of the site's desks this is; also RECEPTION_DESK.")
)
@option(
    "--department",
    "departments",
    metavar="CODE",
    multiple=True,
    help=N_("Work at this department's inbox: only what was sent to it; also RECEPTION_DEPARTMENT."),
)
@option(
    "--operator",
    metavar="NAME",
    default="",
    help=N_("Who works or looks; nobody who did not say so sees what only supervisors may."),
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help=N_("Show the version."),
)
@click.pass_context
def reception(
    ctx: click.Context,
    *,
    register: str,
    language: str,
    desk: str,
    departments: tuple[str, ...],
    operator: str,
) -> None:
    """Take the options before the command. Raises InputError for several departments."""
    state: State = ctx.obj
    state.place_text = register or state.place_text
    state.desk_code = desk or state.desk_code
    state.enter(departments)
    state.operator = operator
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


reception.section(
    N_("Recording"),
    [
        recording.add,
        recording.answer_now,
        recording.point,
        recording.put_through,
        recording.outcome,
        noticing.inform,
        recording.leave,
        recording.correct,
        recording.void,
        desk_work.undo,
        desk_work.redo,
    ],
)
reception.section(
    N_("Who is here"),
    [
        desk_work.waiting,
        desk_work.received,
        desk_work.here,
        desk_work.roll_call,
        desk_work.close_day,
    ],
)
reception.section(
    N_("To be done"),
    [
        reminding.to_do,
        reminding.check_line,
        shifting.handover,
        shifting.pin,
        shifting.unpin,
        shifting.on_duty,
    ],
)
reception.section(
    N_("Calls owed"),
    [desk_work.callbacks, desk_work.call_back, desk_work.called, desk_work.give_up],
)
reception.section(
    N_("Referrals"),
    [
        following.listed,
        referring.refer,
        referring.told,
        referring.receive,
        referring.answer,
        referring.give_back,
        referring.reroute,
        following.seen,
        following.callback,
        following.close,
        following.reopen,
        following.slip,
        reminding.remind,
        reminding.reply,
        reminding.decide,
    ],
)
reception.section(
    N_("Front office"),
    [
        meeting.notice,
        papers_in.document,
        jobs.job,
        jobs.instruction,
        urgent.urgent,
        expecting.expect,
        lending.lend,
        parcels.parcel,
    ],
)
reception.section(
    N_("Limits and days off"),
    [
        clocks.due,
        clocks.extend,
        asking.ask,
        asking.deny,
        clocks.pause,
        clocks.resume,
        clocks.limits,
        clocks.calendar,
        clocks.absent,
    ],
)
reception.section(
    N_("Looking"),
    [
        finding.search,
        returning.people,
        looking.show_entry,
        looking.trail,
        desk_work.reveal,
        looking.list_day,
        looking.departments,
        looking.matters,
    ],
)
reception.section(
    N_("On paper"),
    [printing.print_forms, printing.print_day, reporting.report, verifying.verify_sheet, fonts.fonts],
)
reception.section(
    N_("The register"),
    [
        registers.init,
        settings.settings,
        registers.check,
        finding.index,
        registers.backup,
        registers.restore,
        registers.migrate,
        registers.demo,
    ],
)
