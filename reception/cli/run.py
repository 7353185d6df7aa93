"""The way in and the way out: language and streams, the command, an exit code with at most one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from reception.cli import streams, trouble
from reception.cli.frame import Group, localised, plain_usage_error
from reception.cli.state import State
from reception.cli.tree import reception
from reception.errors import DeskError, InputError, SurroundingsError
from reception.wording import LANGUAGES, Wording, load, system_language

DONE = 0
INTERRUPTED = 130  # as a shell says it of Ctrl+C
_BEFORE_COMMAND = ("--register", "--language", "--desk", "--department", "--operator")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code.

    0 done, 2 the input is wrong, 1 the surroundings are wrong: each with one plain line on standard error.
    """
    streams.use_utf8()
    wording = load("en")
    typed = list(sys.argv[1:] if arguments is None else arguments)
    try:
        typed = streams.readable(typed)
        language = language_of(typed)
        wording = load(language or system_language())
        _run(typed, wording, language)
        sys.stdout.flush()
    except DeskError as error:
        return INTERRUPTED if _interrupted(error) else _refuse(error, wording)
    except KeyboardInterrupt:
        streams.leave_quietly()
        return INTERRUPTED
    except BrokenPipeError:
        streams.leave_quietly()
        return DONE
    except OSError as error:
        code = _refuse(_system_error(error), wording)
        streams.leave_quietly()  # if it was standard output that failed, it would fail again at the end
        return code
    except Exception as error:
        if _interrupted(error):
            streams.leave_quietly()
            return INTERRUPTED
        return _refuse(trouble.report(error, _command(typed)), wording)
    return DONE


def _interrupted(error: BaseException | None) -> bool:
    """Whether it comes of Ctrl+C at an unlucky moment, when what was being put away complains instead."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__context__
    return error is not None


def _run(typed: list[str], wording: Wording, language: str) -> None:
    state = State(
        wording,
        place_text=os.environ.get("RECEPTION_REGISTER", ""),
        desk_code=os.environ.get("RECEPTION_DESK", ""),
        department_code=os.environ.get("RECEPTION_DEPARTMENT", ""),
        language=language,
    )
    tree = localised(reception, wording)
    assert isinstance(tree, Group)
    try:
        with tree.make_context("reception", typed, obj=state) as context:
            tree.invoke(context)
    except click.UsageError as error:
        raise plain_usage_error(error, tree) from None
    except click.exceptions.Exit:
        return


def language_of(typed: Sequence[str]) -> str:
    """The language that was asked for, looked up before anything is said; empty when none was.

    Raises:
        InputError: the program does not speak it.
    """
    found = os.environ.get("RECEPTION_LANGUAGE", "")
    words = iter(typed)
    for word in words:
        if not word.startswith("-"):
            break
        name, equals, value = word.partition("=")
        if name in _BEFORE_COMMAND and not equals:
            value = next(words, "")
        if name == "--language":
            found = value
    if found and found not in LANGUAGES:
        raise InputError(
            "'{text}' is not a language of this program. Choose one of: {words}.",
            text=found[:60],
            words=", ".join(LANGUAGES),
        )
    return found


def _refuse(error: DeskError, wording: Wording) -> int:
    try:
        sys.stderr.write(streams.plain(error.say(wording.gettext)) + "\n")
        sys.stderr.flush()
    except OSError:  # nobody listens; the exit code still tells
        streams.leave_quietly()
    return error.exit_code


def _system_error(error: OSError) -> SurroundingsError:
    reason = error.strerror or type(error).__name__
    if error.filename:
        return SurroundingsError("{path}: the system refuses ({reason}).", path=error.filename, reason=reason)
    return SurroundingsError("The system refuses ({reason}).", reason=reason)


def _command(typed: list[str]) -> str:
    """The command's name without what was typed after it, which may be about people."""
    return next((f"reception {word}" for word in typed if word in reception.commands), "reception")
