"""Commands of the program that the window has a child process do, so that no key waits."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import reception

if TYPE_CHECKING:
    import subprocess


def start(place: str, *arguments: str, last: bool = False, heard: bool = False) -> subprocess.Popen[bytes]:
    """Start ``reception ARGUMENTS`` with the register at ``place``.

    ``last`` lets everybody else go first, on systems where a process cannot say so of itself; of one that is
    ``heard``, ``stderr`` has the line that says what was wrong.
    """
    import subprocess  # here, because the window is painted before it is needed

    home = str(Path(reception.__file__).resolve().parent.parent)
    known = os.environ.get("PYTHONPATH")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((home, known)) if known else home,
        "RECEPTION_REGISTER": place,  # not among the arguments: it may hold a password
    }
    flags = ("CREATE_NO_WINDOW", *(("IDLE_PRIORITY_CLASS",) if last else ()))
    return subprocess.Popen(
        [sys.executable, "-m", "reception", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if heard else subprocess.DEVNULL,
        creationflags=sum(getattr(subprocess, flag, 0) for flag in flags),
    )
