"""Commands that print any form, into a file or to a printer."""

from __future__ import annotations

import os
import re
import tempfile
import uuid
from collections.abc import Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from reception import proofs
from reception.cli import read
from reception.cli.frame import Command, option
from reception.cli.paper_words import Wanted, asks, refuse_unknown, wanted
from reception.cli.state import AtDesk, State, writes
from reception.errors import InputError, NotFoundError, SurroundingsError
from reception.facts.printing import Stamp
from reception.numbers import day_date
from reception.wording import LANGUAGES, N_, load

_NOT_IN_A_NAME = re.compile(r"[^0-9A-Za-z._-]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form that lies on the disk."""

    form: str
    subject: str
    path: Path
    pages: int
    stamp: Stamp
    data: Any


class _Forms(Command):
    """Its help lists the forms, by what is typed and what they are called."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list."""
        from reception.paper import forms

        wording = ctx.obj.wording
        names = [
            (name.replace("_", "-"), wording.pgettext("paper", forms.TITLES[name])) for name in forms.NAMES
        ]
        with formatter.section(wording.gettext("Forms")):
            formatter.write_dl(names)


@click.command(
    "print",
    cls=_Forms,
    help=N_(
        "Print forms: write each as PDF, or send them to a printer as one job.\n\n"
        "After the name of a form comes what of it is printed: a day, a number, a referral. Each print is "
        "noted in the register before it is on paper; printed again, the sheet says so. The last word told "
        "is the file."
    ),
)
@click.argument("words", metavar="FORM [ARGUMENT]…", nargs=-1, required=True)
@asks
@option(
    "-o",
    "--output",
    metavar="FILE",
    help=N_("Where to write it, or the folder for several forms; in this folder if not given."),
)
@option("--printer", metavar="NAME", help=N_("Send it to this printer of the computer instead."))
@option(
    "--language",
    "speaks",
    metavar="LANGUAGE",
    help=N_("What the paper speaks, zh_CN or en; otherwise the site's language."),
)
@option("--paper", metavar="NAME", default="", help=N_("A4, A5, Letter …, in place of the site's choice."))
@option("--preview", is_flag=True, help=N_("Only to look at: the paper says so, and nothing is noted."))
@writes
@click.pass_obj
def print_forms(
    state: State,
    /,
    *,
    words: tuple[str, ...],
    output: str | None,
    printer: str | None,
    speaks: str | None,
    paper: str,
    preview: bool,
    operator: str | None,
    uid: str | None,
    **options: str | None,
) -> None:
    """Print forms."""
    from reception import journal

    act_uid = read.uid(uid)
    if printer is not None:
        _refuse_printer(printer, preview=preview)
    _refuse_paper(paper)
    refuse_unknown(words)
    with ExitStack() as stack, state.open(operator) as here:
        forms = wanted(here, words, options)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) if printer and not output else None
        paths = _paths(forms, output, folder)
        printing = Printing(state, here, language_of(state, here, speaks), paper, act_uid)
        sheets = [
            printing.make(one, path, None if preview else journal.further(act_uid, at) if at else act_uid)
            for at, (one, path) in enumerate(zip(forms, paths, strict=True))
        ]
        if printer is not None:
            _send(state, sheets, printer, act_uid)
            return
    lines = [line for one in sheets for line in _said(state, one)]
    state.tell([_document(one) for one in sheets], lines)


@click.command(
    "print-day",
    cls=Command,
    help=N_(
        "Write the daily sheet as PDF, and beside it the reports of the day's urgent events.\n\n"
        "It speaks the language that was asked for, otherwise the site's. The last word printed is the file "
        "of the sheet."
    ),
)
@click.argument("day", metavar="[DATE]", required=False)
@option(
    "-o",
    "--output",
    metavar="FILE",
    help=N_("Where to write it; reception-DATE.pdf in this folder if not given."),
)
@writes
@click.pass_obj
def print_day(
    state: State, *, day: str | None, output: str | None, operator: str | None, uid: str | None
) -> None:
    """Write the day's sheet."""
    act_uid, chosen = read.uid(uid), read.day(day) if day is not None else None
    with state.open(operator) as here:
        number = here.today if chosen is None else chosen
        path = Path(output if output else f"reception-{day_date(number).isoformat()}.pdf")
        printing = Printing(state, here, language_of(state, here), act=act_uid)
        sheet = printing.make(Wanted("daily_sheet", {"day": number}), path, act_uid)
        reports = _reports(printing, number, path, act_uid)
    line = state.wording.gettext("The sheet of {day} is in {path}").format(
        day=day_date(number).isoformat(), path=path
    )
    where = {"day": day_date(number).isoformat(), "file": str(path), "pages": sheet.pages}
    told = {**where, **proof(sheet), "reports": [_document(one) for one in reports]}
    beside = [text for one in reports for text in _said(state, one)]
    state.tell(told, [*beside, *again(state, sheet), line])


def _reports(printing: Printing, day: int, path: Path, uid: uuid.UUID) -> list[Sheet]:
    """The reports of the day's urgent events, in files beside its sheet."""
    from reception import journal
    from reception.paper import event_report

    return [
        printing.make(
            Wanted("event_report", {"number": number}),
            path.with_name(f"{path.stem}-event-{number}.pdf"),
            journal.further(uid, at),
        )
        for at, number in enumerate(printing.here.desk.ask(event_report.of_day, day), 1)
    ]


@dataclass(frozen=True, slots=True)
class Printing:
    """What all forms of one command have in common; ``act`` is the uid that a command may be given again."""

    state: State
    here: AtDesk
    language: str
    paper: str = ""
    act: uuid.UUID | None = None

    def make(self, one: Wanted, path: Path, uid: uuid.UUID | None) -> Sheet:
        """Print a form into a file; without a ``uid`` only to look at.

        Raises:
            SurroundingsError: it cannot be saved there. What was noted stays; nothing half-made is left.
        """
        from reception.operations import printing
        from reception.paper import making, prints

        _refuse_path(path)
        desk = self.here.desk
        gathered = desk.ask(
            prints.gather, one.form, self.language, paper=self.paper, uid=uid, **one.arguments
        )
        stamp = gathered.preview_stamp if uid is None else desk.do(printing.commit, gathered.promise, uid=uid)
        reach: Any = getattr(gathered.data, "reach", None)  # of a long form, which takes a while
        with self.state.progress(N_("Laying out")) if reach is not None else nullcontext() as tell:
            step = (lambda _pages: tell(reach.told, reach.count)) if tell is not None else None
            try:
                pages = making.write(
                    one.form, gathered.data, load(self.language), gathered.style, stamp, path, step
                )
            except SurroundingsError as error:
                if uid is None or self.act is None:
                    raise
                raise SurroundingsError(
                    "{trouble} The print is noted: the same command with '--uid {uid}' and another place "
                    "saves it, and is no reprint.",
                    trouble=error.say(self.state.wording.gettext),
                    uid=self.act,
                ) from error
        self._tell_boxed(one.form, gathered.data)
        return Sheet(one.form, gathered.promise.subject, path, pages, stamp, gathered.data)

    def _tell_boxed(self, form: str, data: object) -> None:
        """Say on standard error which characters no font has, in which lines, and how to get one."""
        from reception import font_words
        from reception.paper import fonts, forms
        from reception.paper.fonts import missing

        if any(fonts.chain(name).boxed for name in (fonts.REGULAR, fonts.BOLD)):
            unprinted = missing.find(forms.get(form).lines(data))
            if said := font_words.advice(self.state.wording, unprinted):
                click.echo(said, err=True)


def language_of(state: State, here: AtDesk, speaks: str | None = None) -> str:
    """What the paper speaks. Raises InputError."""
    if speaks is not None and speaks not in LANGUAGES:
        raise InputError(
            "'{text}' cannot stand here. Choose one of: {words}.",
            field="language",
            text=speaks[:40],
            words=", ".join(LANGUAGES),
        )
    return speaks or (state.wording.language if state.language else here.catalogue.site.language)


def _paths(forms: Sequence[Wanted], output: str | None, folder: Path | None) -> list[Path]:
    """Where each form is written. Raises InputError for one file for several forms."""
    from reception.paper import forms as table

    if output and len(forms) == 1 and not Path(output).is_dir():
        return [Path(output)]
    if output and not Path(output).is_dir():
        raise InputError("Several forms need a folder; '{path}' is none.", field="output", path=output)
    where = folder or Path(output or "")
    names = []
    for one in forms:
        subject = _NOT_IN_A_NAME.sub("-", table.get(one.form).subject(**one.arguments)).strip("-")
        names.append(f"reception-{one.form.replace('_', '-')}-{subject}")
    paths: list[Path] = []
    for name in names:
        path, further = where / f"{name}.pdf", 1
        while path in paths or path.exists():  # what was printed before stays
            further += 1
            path = where / f"{name}-{further}.pdf"
        paths.append(path)
    return paths


def _refuse_path(path: Path) -> None:
    """What would fail when the sheet is saved is said before it is noted that it was printed."""
    if path.is_dir():
        raise SurroundingsError("'{path}' is a folder. Please name a file.", path=str(path))
    if path.exists() and not path.is_file():
        raise SurroundingsError("'{path}' is not an ordinary file. Please name another one.", path=str(path))
    if not path.absolute().parent.is_dir():
        raise SurroundingsError(
            "There is no folder '{folder}' to save in. Please choose another place.", folder=str(path.parent)
        )
    if not os.access(path.absolute().parent, os.W_OK):
        raise SurroundingsError(
            "'{path}' cannot be written. Is it open in another program, or the folder protected? "
            "Please save it somewhere else.",
            path=str(path),
        )


def _refuse_paper(paper: str) -> None:
    from reception.paper.style import PAPERS

    if paper and paper not in PAPERS:
        raise InputError(
            "'{text}' cannot stand here. Choose one of: {words}.",
            field="paper",
            text=paper[:40],
            words=", ".join(PAPERS),
        )


def _refuse_printer(printer: str, *, preview: bool) -> None:
    """Raises InputError, NotFoundError, SurroundingsError before anything is noted."""
    from reception.paper import spooler

    if preview:
        raise InputError("A preview is not sent to a printer; leave out {option}.", option="--printer")
    if not spooler.available():
        raise SurroundingsError("This computer has no 'lp' that sends to printers; write a file with -o.")
    known = spooler.printers()
    if not known:
        raise NotFoundError("This computer knows no printer; write a file with -o.", field="printer")
    if printer not in known:
        raise NotFoundError(
            "There is no printer '{printer}' here. Known: {known}.",
            field="printer",
            printer=printer[:60],
            known=", ".join(known),
        )
    if (trouble := spooler.trouble(printer)) is not None:
        raise trouble


def _send(state: State, sheets: Sequence[Sheet], printer: str, uid: uuid.UUID) -> None:
    """Send them as one job for each size of paper, and tell it.

    Raises:
        SurroundingsError: the printer took nothing, or keeps it waiting. What was noted is no print that is
            lost: the act goes on, into a file, with the same ``uid``.
    """
    from reception.paper import spooler

    title = ", ".join(f"{one.form.replace('_', '-')} {one.subject}" for one in sheets)
    lots = spooler.lots([one.path for one in sheets])
    try:
        jobs = spooler.send_lots(lots, printer, title=title)
        if (trouble := spooler.watch(printer, *jobs)) is not None:
            raise trouble
    except SurroundingsError as error:
        raise SurroundingsError(
            "{trouble} The print is noted: the same command with '--uid {uid}' and '-o' in place of "
            "'--printer' saves it, and is no reprint.",
            trouble=error.say(state.wording.gettext),
            uid=uid,
        ) from error
    job = " ".join(jobs)
    line = state.wording.gettext("Sent to {printer} as {job}").format(printer=printer, job=job)
    of = {path: job for lot, job in zip(lots, jobs, strict=True) for path in lot.paths}
    told = [{**_document(one), "printer": printer, "job": of[one.path], "file": None} for one in sheets]
    state.tell(told, [*(word for one in sheets for word in again(state, one)), line])


def _document(one: Sheet) -> dict[str, Any]:
    return {
        "form": one.form.replace("_", "-"),
        "subject": one.subject,
        "file": str(one.path),
        "pages": one.pages,
        **proof(one),
    }


def proof(one: Sheet) -> dict[str, Any]:
    """What the JSON documents tell of a print: its code, and the how-manieth it is; null for a preview."""
    if one.stamp.preview:
        return {"code": None, "count": None}
    return {"code": proofs.shown(one.stamp.code), "count": one.stamp.count}


def _said(state: State, one: Sheet) -> list[str]:
    from reception.paper import forms

    line = state.wording.gettext("{form} is in {path}").format(
        form=state.wording.pgettext("paper", forms.TITLES[one.form]), path=one.path
    )
    return [*again(state, one), line]


def again(state: State, one: Sheet) -> list[str]:
    """A word about a sheet that was printed before."""
    if one.stamp.preview or one.stamp.count < 2:
        return []
    return [
        state.wording.gettext("It was printed before; this is print {count}.").format(count=one.stamp.count)
    ]
