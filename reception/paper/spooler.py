"""Sends finished PDF files to a printer as they are, through CUPS (``lp``): vectors and true size stay.

Where there is no CUPS (Windows) the window draws the pages for the printer by itself (``ui.sheet.printing``).
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reception.errors import SurroundingsError
from reception.papers import PAPERS, SHEETS
from reception.wording import N_

_PATIENCE = 20
"""Seconds for a server of printers that does not answer."""
_WATCHED = 6.0
"""Seconds that a job is watched: what is out of paper or off says so by then."""
_LOOK_AGAIN = 0.25
_SCALING = "print-scaling="
_ALERTS = (
    (("media-empty", "media-needed"), N_("The printer '{printer}' is out of paper.")),
    (("media-jam",), N_("Paper is stuck in the printer '{printer}'.")),
    (("cover-open", "door-open", "interlock-open"), N_("The printer '{printer}' is open.")),
    (
        ("marker-supply-empty", "toner-empty", "marker-supply-missing"),
        N_("The printer '{printer}' has no toner or ink."),
    ),
    (
        ("offline", "shutdown", "connecting-to-device", "timed-out", "unreachable"),
        N_("The printer '{printer}' does not answer. Is it switched on and plugged in?"),
    ),
    (("cups-missing-filter", "stopped", "paused"), N_("The printer '{printer}' is stopped.")),
)
"""What IPP calls the states of a printer (RFC 8011, 5.4.12), and what they are in plain words."""
_POINTS = 72 / 25.4
"""In a millimetre."""
_ALIKE = 2.0
"""So many points apart sizes of paper are still the same."""


@dataclass(frozen=True, slots=True)
class Lot:
    """What goes to a printer as one job, because it is on paper of one size.

    ``media`` is that size in the words of CUPS, ``options`` are what was chosen besides.
    """

    paths: tuple[Path, ...]
    media: str
    pages: int = 0
    copies: int = 1
    options: tuple[str, ...] = ()


def media(width: float, height: float) -> str:
    """What CUPS calls the paper of a page of that many points: ``A4``, ``Custom.100x60mm``."""
    for name in SHEETS:
        known = sorted(side * _POINTS for side in PAPERS[name])
        if all(abs(one - other) < _ALIKE for one, other in zip(known, sorted((width, height)), strict=True)):
            return name
    across, along = (f"{side / _POINTS:.1f}".removesuffix(".0") for side in (width, height))
    return f"Custom.{across}x{along}mm"


def in_words(name: str) -> str:
    """What a reader calls the paper ``name``: ``A4``, ``100 × 60 mm``."""
    if not name.startswith("Custom."):
        return name
    return name.removeprefix("Custom.").removesuffix("mm").replace("x", " × ") + " mm"


def available() -> bool:
    """Whether this system prints through CUPS."""
    return os.name == "posix" and all(shutil.which(name) for name in ("lp", "lpstat"))


def printers() -> tuple[str, ...]:
    """The printers that CUPS knows, by name; none when its server is not running."""
    return tuple(_run("lpstat", "-e").stdout.split()) if available() else ()


def default() -> str:
    """The printer that is taken when none is named; "" when there is none."""
    words = _run("lpstat", "-d").stdout.strip() if available() else ""
    return words.rpartition(": ")[2] if ": " in words else ""


def send(
    paths: Sequence[Path], printer: str, *, title: str, copies: int = 1, options: Sequence[str] = ()
) -> str:
    """Send files to ``printer`` as one job, and return the job's name.

    Args:
        paths: finished PDF files.
        printer: one of `printers`.
        title: what the printer's list calls the job.
        copies: of the whole.
        options: further ones of CUPS, such as ``media=A4``.

    Raises:
        SurroundingsError: the printer is gone or takes no jobs, or there is no CUPS.
    """
    if not available():
        raise SurroundingsError(
            N_("This computer prints by the window only. Please print there, or save a file.")
        )
    scaling = () if any(one.startswith(_SCALING) for one in options) else (f"{_SCALING}none",)
    chosen = [part for option in (*scaling, *options) for part in ("-o", option)]
    # What follows "--" is a file, whatever it is called.
    answer = _run(
        "lp", "-d", printer, "-n", str(copies), "-t", title, *chosen, "--", *(str(path) for path in paths)
    )
    if answer.returncode:
        raise _refused(printer, answer.stderr)
    # "request id is Office-12 (1 file(s))"
    return answer.stdout.partition("request id is ")[2].partition(" ")[0]


def send_lots(lots: Sequence[Lot], printer: str, *, title: str) -> tuple[str, ...]:
    """Send each lot as a job of its own, in their order: all of them or none. Returns the jobs' names.

    Raises:
        SurroundingsError: as `send`. Jobs that were taken before are called back.
    """
    taken: list[str] = []
    for lot in lots:
        options = (f"media={lot.media}", *lot.options)
        try:
            taken.append(send(lot.paths, printer, title=title, copies=lot.copies, options=options))
        except SurroundingsError:
            if taken:
                _run("cancel", *taken)
            raise
    return tuple(taken)


def lots(paths: Sequence[Path]) -> list[Lot]:
    """Finished forms as jobs: one for each size of paper that follows."""
    import pypdfium2

    sizes = {}
    for path in paths:
        document = pypdfium2.PdfDocument(path)
        sizes[path] = media(*document.get_page_size(0))
        document.close()
    groups = itertools.groupby(paths, key=sizes.__getitem__)
    return [Lot(tuple(group), name) for name, group in groups]


def watch(printer: str, *jobs: str, seconds: float = _WATCHED) -> SurroundingsError | None:
    """Look after jobs for a moment: None when they went through or are under way, else what keeps them."""
    until = time.monotonic() + seconds
    while _waits(printer, jobs):
        told = trouble(printer)
        if told is not None and time.monotonic() > until - seconds / 2:
            return told
        if time.monotonic() > until:
            return None
        time.sleep(_LOOK_AGAIN)
    return None


def trouble(printer: str) -> SurroundingsError | None:
    """What keeps ``printer`` from printing, in plain words; None when it says of nothing."""
    words = _run("lpstat", "-l", "-p", printer).stdout
    alerts = next((line for line in words.splitlines() if line.strip().startswith("Alerts:")), "")
    for reasons, template in _ALERTS:
        if any(reason in alerts for reason in reasons):
            return SurroundingsError(template, printer=printer)
    if words.startswith(f"printer {printer} disabled"):
        return SurroundingsError(N_("The printer '{printer}' is stopped."), printer=printer)
    return None


def _waits(printer: str, jobs: Sequence[str]) -> bool:
    waiting = _run("lpstat", "-W", "not-completed", "-o", printer).stdout
    return any(line.split()[0] in jobs for line in waiting.splitlines() if line.split())


def _refused(printer: str, words: str) -> SurroundingsError:
    said = words.strip().removeprefix("lp: ").removeprefix("Error - ")
    if "does not exist" in said or "unknown destination" in said.lower():
        return SurroundingsError(
            N_("There is no printer '{printer}' any more. The sheet can still be saved as a file."),
            printer=printer,
        )
    if "not accepting" in said:
        return SurroundingsError(
            N_("The printer '{printer}' takes no jobs. The sheet can still be saved as a file."),
            printer=printer,
        )
    return SurroundingsError(
        N_(
            "The printer '{printer}' did not take the pages ({reason}). "
            "The sheet can still be saved as a file."
        ),
        printer=printer,
        reason=said,
    )


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    # English, because its words are read.
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}
    try:
        return subprocess.run(
            command, capture_output=True, text=True, timeout=_PATIENCE, env=environment, errors="replace"
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", "the print server does not answer")
