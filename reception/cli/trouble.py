"""When the program itself is at fault: a report in the log file, one line for the user."""

from __future__ import annotations

import datetime as dt
import os
import platform
import traceback
from pathlib import Path

import reception
from reception.errors import SurroundingsError


def log_path() -> Path:
    """The log file of this user on this computer."""
    import platformdirs

    return platformdirs.user_log_path("reception-desk", appauthor=False) / "reception.log"


def report(error: BaseException, command: str, path: Path | None = None) -> SurroundingsError:
    """Append a report of the bug to the log file and return the line that tells the user where it is.

    The report may hold what was typed, so only the user may read the file.
    """
    try:
        path = path or log_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(_text(error, command))
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
