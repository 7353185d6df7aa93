"""What the commands share: the options before the command, the open desk, and how results are told."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import click

from reception.cli import documents, read
from reception.cli.frame import Function, option
from reception.errors import InputError
from reception.facts import Absence, Catalogue, EntryView, PartView, Receipt, ReferralView
from reception.numbers import day_date
from reception.text import clean_line
from reception.wording import N_, Wording

if TYPE_CHECKING:
    from reception.config import Config
    from reception.desk import Desk

Progress = Callable[[int, int], None]


class AtDesk:
    """An open register with somebody at it, and the look-ups that several commands need."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @cached_property
    def catalogue(self) -> Catalogue:
        """Departments, matters and the site, read once."""
        from reception.operations import directory

        return self.desk.ask(directory.catalogue)

    @property
    def zone(self) -> dt.tzinfo:
        """The site's zone."""
        return self.desk.zone

    @cached_property
    def today(self) -> int:
        """The site's local day."""
        from reception.operations import site

        return self.desk.ask(site.today)

    @property
    def today_date(self) -> dt.date:
        """The same as a date."""
        return day_date(self.today)

    @property
    def away(self) -> dict[int, list[Absence]]:
        """Who is away today, by department."""
        found: dict[int, list[Absence]] = {}
        for one in self.catalogue.absences:
            if one.first_day <= self.today:
                found.setdefault(one.department_id, []).append(one)
        return found

    def moment(self, text: str | None, field: str = "received_at") -> dt.datetime | None:
        """A moment where one was given (``read.instant``). Raises InputError."""
        return read.instant(text, self.zone, self.today_date, field) if text is not None else None

    def find(self, number: str) -> int:
        """The id of the entry with this number. Raises InputError and NotFoundError."""
        from reception.operations import reading

        return self.desk.ask(reading.find_number, number)

    def entry(self, entry_id: int) -> EntryView:
        """The whole of one entry."""
        from reception.operations import reading

        return self.desk.ask(reading.entry, entry_id)

    def part(self, name: str) -> PartView:
        """The part of a referral with this name. Raises InputError and NotFoundError."""
        from reception.operations import referrals

        return self.desk.ask(referrals.find_part, name)

    def referral(self, name: str) -> ReferralView:
        """The referral with this name, or that this part belongs to. Raises InputError and NotFoundError."""
        from reception.operations import referrals

        return self.desk.ask(referrals.find_referral, name)


@dataclass(slots=True)
class State:
    """The options before the command."""

    wording: Wording
    place_text: str = ""
    desk_code: str = ""
    department_code: str = ""
    language: str = ""
    """What was asked for; empty when the computer's language is spoken."""
    as_json: bool = False
    operator: str = ""
    """Who reads; "" for nobody who said so."""
    written: list[str] = field(default_factory=list)

    def enter(self, departments: tuple[str, ...]) -> None:
        """Work at a department's inbox. Raises InputError when several are named."""
        codes = {clean_line(code).upper() for code in departments if code}
        if len(codes) > 1:
            raise InputError(
                "Only one department's inbox can be open; '{text}' are several.",
                field="department_id",
                text=", ".join(sorted(codes)),
            )
        self.department_code = next(iter(departments), "") or self.department_code

    @property
    def place(self) -> str:
        """The register that is meant."""
        if given := self.place_text or self._kept.place:
            return given
        from reception.desk import default_place

        return default_place()

    @property
    def _kept(self) -> Config:
        """What the window's Settings keep for this user on this computer."""
        from reception import config

        return config.load()

    @contextmanager
    def open(self, operator: str | None = None) -> Iterator[AtDesk]:
        """The register, open. Raises SurroundingsError kinds."""
        from reception.desk import Desk

        desk = Desk.open(
            self.place,
            desk=self.desk_code or self._kept.desk,
            operator=operator or self.operator,
            department=self.department_code,
        )
        try:
            yield AtDesk(desk)
        finally:
            desk.close()

    def tell(self, document: object, lines: Iterable[str]) -> None:
        """Print the document or the lines, as it was asked for."""
        for line in [documents.text(document)] if self.as_json else lines:
            sys.stdout.write(line + "\n")

    def tell_entry(self, at: AtDesk, receipt: Receipt, message: str) -> None:
        """Say what was done to an entry; ``message`` is translated and holds ``{number}``."""
        if receipt.warnings:
            text = self.wording.gettext("Characters that no standard knows were kept as they are: {codes}.")
            click.echo(text.format(codes=", ".join(receipt.warnings)), err=True)
        line = self.wording.gettext(message).format(number=receipt.number)
        document = documents.view(at.entry(receipt.entry_id), at.zone) if self.as_json else None
        self.tell(document, [line])

    def tell_part(self, at: AtDesk, name: str, message: str) -> None:
        """Say what was done to a part of a referral; ``message`` is translated and holds ``{name}``."""
        one = at.part(name)
        document = documents.part(one, at.referral(name), at.zone) if self.as_json else None
        self.tell(document, [self.wording.gettext(message).format(name=one.name)])

    @contextmanager
    def progress(self, label: str) -> Iterator[Progress | None]:
        """A bar on the terminal for long work; nothing where nobody watches."""
        if not sys.stderr.isatty():
            yield None
            return
        with click.progressbar(length=0, label=self.wording.gettext(label), file=sys.stderr) as bar:

            def step(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            yield step


def prints_json(command: Function) -> Function:
    """Give a command ``--json``."""

    def remember(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        ctx.obj.as_json = value

    return option(
        "--json",
        is_flag=True,
        expose_value=False,
        callback=remember,
        help=N_("Print one JSON document instead of text."),
    )(command)


def reads(command: Function) -> Function:
    """Give a command that looks ``--operator`` and ``--json``: only supervisors see what is sealed."""

    def remember(ctx: click.Context, _param: click.Parameter, value: str) -> None:
        ctx.obj.operator = value or ctx.obj.operator

    return option(
        "--operator",
        metavar="NAME",
        default="",
        expose_value=False,
        callback=remember,
        help=N_("Who looks; what is sealed only a supervisor sees."),
    )(prints_json(command))


def writes(command: Function) -> Function:
    """Give a command that writes ``--uid``, ``--operator`` and ``--json``."""
    uid = option(
        "--uid",
        metavar="UUID",
        help=N_("The act's own UID: repeating it changes nothing and tells the first result."),
    )
    operator = option("--operator", metavar="NAME", help=N_("Who is at the desk."))
    return uid(operator(prints_json(command)))
