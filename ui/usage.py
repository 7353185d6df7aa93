"""What ``reception-desk`` says on the terminal, in the language asked for; imported only to say it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from reception.cli import streams
from reception.cli.frame import Formatter
from reception.cli.run import language_of
from reception.errors import DeskError, InputError
from reception.wording import N_, Wording, load, system_language
from ui.app import DESCRIPTION, OPTIONS

_WIDTH = 80


def show(typed: Sequence[str], rest: Sequence[str]) -> int:
    """Print the help page, or what is wrong with the words ``rest``; returns the exit code."""
    return _say(typed, _too_much(rest[0]) if rest else None)


def refuse_value(typed: Sequence[str], option: str) -> int:
    """Say that an option lacks its value; returns the exit code."""
    return _say(typed, InputError("The option {name} needs a value.", name=option))


def page(wording: Wording) -> str:
    """The help page."""
    _ = wording.gettext
    formatter = Formatter(wording, width=_WIDTH)
    formatter.write_usage("reception-desk", _(N_("[OPTIONS]")))
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(_(DESCRIPTION))
    rows = [(f"{name} {_(stand_in)}", _(meaning)) for name, stand_in, _variable, meaning in OPTIONS]
    rows += [("--version", _(N_("Show the version."))), ("--help", _(N_("Show this page.")))]
    with formatter.section("Options"):
        formatter.write_dl(rows)
    return formatter.getvalue()


def _too_much(word: str) -> InputError:
    if word.startswith("-"):
        return InputError(
            "There is no option {name} here. '--help' lists the options; "
            "a text that begins with '-' comes after '--'.",
            name=word,
        )
    return InputError(
        "'{text}' is one word too many; put a text with blanks between quotation marks.", text=word
    )


def _say(typed: Sequence[str], problem: DeskError | None) -> int:
    streams.use_utf8()
    wording = load("en")
    try:
        wording = load(language_of(streams.readable(typed)) or system_language())
        if problem is not None:
            raise problem
    except DeskError as error:
        sys.stderr.write(streams.plain(error.say(wording.gettext)) + "\n")
        return error.exit_code
    sys.stdout.write(page(wording))
    return 0
