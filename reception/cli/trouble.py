"""When the program itself is at fault: a report in the log file, one line for the user."""

from __future__ import annotations

import datetime as dt
import platform
import traceback
from pathlib import Path

import reception
from reception import log
from reception.errors import SurroundingsError


def report(error: BaseException, command: str, path: Path | None = None) -> SurroundingsError:
    """Append a report of the bug to the log file and return the line that tells the user where it is."""
    try:
        path = log.write(_text(error, command), path)
    except (OSError, RuntimeError):  # RuntimeError: the computer knows no home folder of this user
        return SurroundingsError(
            "The program made a mistake ({kind}), and the report could not be written either.",
            kind=type(error).__name__,
        )
    return SurroundingsError(
        "The program made a mistake ({kind}). The report is in {path}; please pass it on.",
        kind=type(error).__name__,
        path=path,
    )


def _text(error: BaseException, command: str) -> str:
    when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    versions = (
        f"reception-desk {reception.__version__}, Python {platform.python_version()}, {platform.platform()}"
    )
    return f"\n{when} {command}\n{versions}\n{''.join(traceback.format_exception(error))}"
