"""Commands for the register as a whole: make it, check it, keep it safe, fill one for trying out."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from reception.cli import read
from reception.cli.frame import Command, option
from reception.cli.state import State, prints_json
from reception.cli.streams import plain
from reception.errors import InputError, RegisterUnusableError
from reception.numbers import day_date
from reception.wording import N_

TEMPLATES = ("hrss", "office")
_FILE = click.argument("file", metavar="FILE")


@click.command(
    "init", cls=Command, help=N_("Create a register: a file, or the tables on a PostgreSQL server.")
)
@option(
    "--template",
    metavar="NAME",
    default="hrss",
    help=N_("What it starts with: hrss (if not given) or office."),
)
@option("--site", metavar="NAME", default="", help=N_("The organisation's name, as it stands on paper."))
@option("--operator", metavar="NAME", default="", help=N_("The first clerk's name."))
@option(
    "--zone", metavar="ZONE", default="", help=N_("The time zone, like Asia/Shanghai, if not the template's.")
)
@prints_json
@click.pass_obj
def init(state: State, *, template: str, site: str, operator: str, zone: str) -> None:
    """Create a register."""
    from reception.founding import create

    if template not in TEMPLATES:
        raise InputError(
            "'{text}' cannot stand here. Choose one of: {words}.",
            field="template",
            text=template[:60],
            words=", ".join(TEMPLATES),
        )
    language = state.language or ("zh_CN" if template == "hrss" else state.wording.language)
    create(state.place, template=template, site_name=site, language=language, operator=operator, zone=zone)
    shown = _shown(state.place)
    line = state.wording.gettext("The register is ready: {place}").format(place=shown)
    state.tell({"register": shown, "template": template, "language": language}, [line])


@click.command(
    "check",
    cls=Command,
    help=N_(
        "Check that the register is whole and that nobody changed it behind the program.\n\n"
        "All that is wrong is told, line by line; the exit code is 1 then."
    ),
)
@prints_json
@click.pass_obj
def check(state: State) -> None:
    """Check the register."""
    from reception.store.check import find

    with state.open() as here, state.progress(N_("Checking")) as progress:
        report = find(here.desk, progress)
    gettext, count = state.wording.gettext, len(report.troubles) + report.more
    told = [plain(trouble.say(gettext)) for trouble in report.troubles]
    lines = list(told)
    if report.more:
        lines.append(gettext("… and {count} more.").format(count=report.more))
    if not count:
        line = gettext("The register is whole: {entries} entries, {lines} lines in the trail.")
        lines = [line.format(entries=report.entries, lines=report.lines)]
    sizes = {"entries": report.entries, "lines": report.lines}
    document = {"whole": not count, **sizes, "troubles": told, "more": report.more}
    if state.as_json or count != 1:
        state.tell(document, lines)
    if count == 1:
        raise report.troubles[0]
    if count:
        raise RegisterUnusableError("The register is not whole: {count} troubles.", count=count)


@click.command(
    "backup", cls=Command, help=N_("Copy the register to a file while others work, and verify the copy.")
)
@_FILE
@option("--gently", is_flag=True, help=N_("Take long rests, so that nobody notices."))
@prints_json
@click.pass_obj
def backup(state: State, *, file: str, gently: bool) -> None:
    """Back the register up."""
    from reception.store import backup as store
    from reception.store.resting import step_back

    if gently:
        step_back()
    with state.open() as here, state.progress(N_("Copying")) as progress:
        store.backup(here.desk, Path(file), progress, gently=gently)
    line = state.wording.gettext("The backup is verified: {path}").format(path=file)
    state.tell({"file": file}, [line])


@click.command(
    "restore",
    cls=Command,
    help=N_(
        "Put a backup in the register's place.\n\n"
        "What was there is kept beside it; no number given after the backup is given again."
    ),
)
@_FILE
@prints_json
@click.pass_obj
def restore(state: State, *, file: str) -> None:
    """Restore a backup."""
    from reception.desk import Desk
    from reception.operations import numbering
    from reception.store.restore import restore as put_back

    with state.progress(N_("Restoring")) as progress:
        aside = put_back(state.place, Path(file), progress)
    with contextlib.closing(Desk.open(state.place)) as desk:
        gaps, jumped = desk.ask(numbering.told)
    _ = state.wording.gettext
    lines = [_("Restored {path} to {place}").format(path=file, place=_shown(state.place))]
    if aside is not None:
        lines.append(_("What was there before is in {path}").format(path=aside))
    if gaps:
        lines.append(_("Numbers of the year go on at {numbers}.").format(numbers=", ".join(gaps.values())))
    if jumped:
        lines.append(
            _("Whoever knows the last ones sets {names}, such as 2026/413.").format(
                names=f"{numbering.PAPERS}, {numbering.SLIPS}"
            )
        )
    former = str(aside) if aside else None
    document = {"register": _shown(state.place), "file": file, "former": former, "next_numbers": gaps}
    state.tell(document, lines)


@click.command("migrate", cls=Command, help=N_("Bring a register of an older version to this one."))
@prints_json
@click.pass_obj
def migrate(state: State) -> None:
    """Migrate the register."""
    from reception.store import migrate as store

    before, after = store.migrate(state.place)
    if before == after:
        line = state.wording.gettext("Nothing to do: the register has this version ({after}).")
    else:
        line = state.wording.gettext("Brought from {before} to {after}.")
    state.tell({"before": before, "after": after}, [line.format(before=before, after=after)])


@click.command(
    "demo",
    cls=Command,
    help=N_(
        "Fill a new register with made-up entries, to try the program out.\n\n"
        "A register that holds entries already is refused."
    ),
)
@option("--days", metavar="N", default="30", help=N_("How many working days (30 if not given)."))
@option("--per-day", metavar="N", default="140", help=N_("How many entries a day (140 if not given)."))
@option("--seed", metavar="N", default="1", help=N_("The same number makes the same entries."))
@option("--until", metavar="DATE", help=N_("The last day; today if not given."))
@prints_json
@click.pass_obj
def demo(state: State, *, days: str, per_day: str, seed: str, until: str | None) -> None:
    """Fill a register with made-up entries."""
    from reception import demo as filling

    last = day_date(read.day(until)) if until is not None else None
    count, daily, start = (
        read.positive(days, "days"),
        read.positive(per_day, "per_day"),
        read.whole(seed, "seed"),
    )
    with state.progress(N_("Making entries up")) as progress:
        made = filling.fill(state.place, days=count, per_day=daily, seed=start, until=last, progress=progress)
    shown = _shown(state.place)
    line = state.wording.gettext("{entries} made-up entries are in {place}").format(entries=made, place=shown)
    state.tell({"register": shown, "entries": made}, [line])


def _shown(place: str) -> str:
    from reception.store.places import parse

    return parse(place).shown
