"""What the commands on meeting notices take: what is told, who is invited, whom a command is about."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from reception.cli import meetings_shown as shown
from reception.cli import read
from reception.cli.frame import Function, option
from reception.cli.state import AtDesk, State
from reception.errors import InputError, NotFoundError
from reception.facts.office import NewInvitee
from reception.wording import N_

_NAMED = 6


def told(command: Function) -> Function:
    """Give a command what is told of a meeting."""
    for one in (
        option("--issued-by", metavar="NAME", help=N_("Who gives the notice out.")),
        option("--reply-by", metavar="TIME", help=N_("By when a reply is wanted.")),
        option("--dress", metavar="TEXT", help=N_("What to wear.")),
        option("--materials", metavar="TEXT", help=N_("What to bring.")),
        option("--attendance", metavar="TEXT", help=N_("Who should attend, by position.")),
        option("--agenda", metavar="TEXT", help=N_("What it is about; asked for before the first call.")),
        option("--place", metavar="TEXT", help=N_("Where it is.")),
        option("--when", "meets_at", metavar="TIME", help=N_("When it is, like 2026-11-24T15:00.")),
        option("--convener", metavar="NAME", help=N_("Who convenes it; asked for before the first call.")),
    ):
        command = one(command)
    return command


def noted(command: Function) -> Function:
    """Give a command when it was noted."""
    late = option("--late", is_flag=True, help=N_("Mark it as entered later from a note."))
    at = option("--at", metavar="TIME", help=N_("When it was, like 2026-11-22T09:30; now if not given."))
    return at(late(command))


def invited(command: Function) -> Function:
    """Give a command who is invited."""
    for one in (
        option(
            "--list",
            "file",
            metavar="FILE",
            help=N_(
                "A file with one invitee a line: name, position, phone in any order; - for what is typed."
            ),
        ),
        option(
            "--known",
            "people_known",
            metavar="TEXT",
            multiple=True,
            help=N_("Somebody who came or called before, by name, pinyin or number; may be repeated."),
        ),
        option(
            "--person",
            "people",
            metavar="TEXT",
            multiple=True,
            help=N_("Somebody: name, position, phone with commas between; may be repeated."),
        ),
        option(
            "--department",
            "codes",
            metavar="CODE",
            multiple=True,
            help=N_("A department or a unit outside; may be repeated."),
        ),
    ):
        command = one(command)
    return command


def said(here: AtDesk, given: dict[str, Any]) -> dict[str, Any]:
    """What was given of ``told``, read."""
    values = {name: value for name, value in given.items() if value is not None}
    for name in ("meets_at", "reply_by"):
        if name in values:
            text = values[name]
            values[name] = read.instant(text, here.zone, here.today_date, name) if text else None
    return values


def invitees(here: AtDesk, given: dict[str, Any], state: State) -> tuple[NewInvitee, ...]:
    """Who is invited, taken out of ``given``; whoever stands in the list twice is told of.

    Raises InputError for whom nobody can read, find, or tell from others.
    """
    from reception.text import invitees as lists

    departments = here.catalogue.departments
    ids = [read.department(code, departments) for code in given.pop("codes")]
    known = [lists.of_department(one) for id_ in ids for one in departments if one.id == id_]
    known += [_known(here, text) for text in given.pop("people_known")]
    typed = (*given.pop("people"), _text(given.pop("file")))
    pasted = lists.parse("\n".join(typed), departments, known)
    if pasted.odd:
        raise InputError("'{text}' names nobody; a name is needed.", field="invitees", text=pasted.odd[0])
    _ = state.wording.gettext
    for message, names in (
        (N_("Twice on the list, invited once: {names}"), ", ".join(pasted.twice)),
        (N_("The same number: {names}"), "; ".join(pasted.shared)),
    ):
        if names:
            click.echo(_(message).format(names=names), err=True)
    return (*known, *pasted.invitees)


def _known(here: AtDesk, text: str) -> NewInvitee:
    """Whom the register knows by ``text``: of several the one of just this name or number."""
    from reception.operations.office import meetings
    from reception.text import fold, phone_numbers
    from reception.text import invitees as lists

    found = here.desk.ask(meetings.known, text)
    numbers = phone_numbers(text)
    alike = [
        one
        for one in found
        if fold(one.name) == fold(text) or (numbers and numbers == phone_numbers(one.phone))
    ]
    if len(found) > 1 and len(alike) == 1:
        found = tuple(alike)
    if len(found) > 1:
        raise InputError(
            "Several are known by '{text}': {people}. Write more of the name or of the number.",
            field="invitees",
            text=text[:60],
            people="; ".join(lists.line(one) for one in found[:_NAMED]),
        )
    if not found:
        raise NotFoundError("Nobody is known by '{text}'.", field="invitees", text=text[:60])
    return found[0]


def _text(file: str | None) -> str:
    if file is None:
        return ""
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InputError("'{text}' cannot be read as a text in UTF-8.", field="file", text=file) from None


def invitee(here: AtDesk, entry_id: int, who: str) -> int:
    """The id of an invitee by the place on the list, the department's code or the name. Raises InputError."""
    from reception.operations.office import meetings
    from reception.text import fold

    people = here.desk.ask(meetings.view, entry_id).invitees
    named = [one for one in people if who.strip() == str(one.ordinal)]
    named = named or [one for one in people if fold(who) in (fold(one.name), fold(one.department) or None)]
    if len(named) > 1:
        places = ", ".join(str(one.ordinal) for one in named)
        raise InputError(
            "Several are called '{name}': {places}. Write the place.",
            field="who",
            name=who[:60],
            places=places,
        )
    if not named:
        raise NotFoundError("'{name}' is not on the list.", field="who", name=who[:60])
    return named[0].id


@contextlib.contextmanager
def of(state: State, number: str, operator: str | None, message: str) -> Iterator[tuple[AtDesk, int]]:
    """The desk and a notice to act on; when it is done, ``message`` says so as in ``tell``."""
    with state.open(operator) as here:
        entry_id = here.find(number)
        yield here, entry_id
        tell(state, here, entry_id, message)


def tell(state: State, here: AtDesk, entry_id: int, message: str) -> None:
    """Say what was done to a notice; ``message`` is translated and holds ``{number}``."""
    from reception.operations.office import meetings

    of = here.desk.ask(meetings.view, entry_id)
    line = state.wording.gettext(message).format(number=of.entry.number)
    state.tell(shown.document(of, here.zone), [line])
