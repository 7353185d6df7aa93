"""Standard streams and arguments in UTF-8, also where the console is not."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from reception.errors import InputError


def use_utf8() -> None:
    """Let standard output and standard error write UTF-8, whatever the locale says.

    What cannot be encoded (half a surrogate in a file name) is written as an escape instead of failing.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def readable(arguments: Sequence[str]) -> list[str]:
    """The arguments as text, also where the locale could not read them.

    Raises:
        InputError: an argument is not UTF-8.
    """
    return [_readable(argument) for argument in arguments]


def leave_quietly() -> None:
    """Forget what is still to be written: the reader has gone, and the last flush would complain of it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        for stream in (sys.stdout, sys.stderr):
            try:
                os.dup2(nowhere, stream.fileno())
            except (
                OSError,
                ValueError,
                AttributeError,
            ):  # no descriptor behind it: nothing is flushed into a pipe
                continue
    finally:
        os.close(nowhere)


def plain(text: str) -> str:
    """``text`` on one line and without control characters: nothing that was typed steers the terminal."""
    return "".join(character if character.isprintable() else " " for character in " ".join(text.split()))


def _readable(argument: str) -> str:
    try:
        argument.encode("utf-8")
    except UnicodeEncodeError:
        pass
    else:
        return argument
    try:  # bytes that an ASCII locale could not name come as lone surrogates
        return os.fsencode(argument).decode("utf-8")
    except UnicodeError:
        raise InputError(
            "'{text}' is not UTF-8 text. Set the terminal to UTF-8 and try again.",
            text=argument.encode("utf-8", "backslashreplace").decode(),
        ) from None
