"""``reception-desk``: reads the command line, then opens the window.

Qt is imported only after the command line was understood, so that ``--help`` and ``--version`` work without a
screen.
"""

from __future__ import annotations

import argparse
import builtins
import gc
import os
import sys
from collections.abc import Sequence

from reception import __version__
from reception.wording import LANGUAGES, N_

DESCRIPTION = N_("The reception desk: visitors, calls, referrals, the day's sheet.")
OPTIONS = (
    (
        "--register",
        N_("PLACE"),
        "RECEPTION_REGISTER",
        N_("A file, or postgresql://…; also RECEPTION_REGISTER; the user's own if not given."),
    ),
    (
        "--language",
        N_("LANGUAGE"),
        "RECEPTION_LANGUAGE",
        N_("zh_CN or en; also RECEPTION_LANGUAGE; the organisation's if not given."),
    ),
    ("--desk", N_("CODE"), "RECEPTION_DESK", N_("Which of the site's desks this is; also RECEPTION_DESK.")),
    (
        "--department",
        N_("CODE"),
        "RECEPTION_DEPARTMENT",
        N_("Open this department's own inbox instead of the desk; also RECEPTION_DEPARTMENT."),
    ),
)
"""Name, stand-in for the value, the environment's name for it, and what it means."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the desk with a window; returns the exit code."""
    typed = list(sys.argv[1:] if argv is None else argv)
    try:
        options, rest = parser().parse_known_args(typed)
    except argparse.ArgumentError as error:
        from ui.usage import refuse_value

        return refuse_value(typed, error.argument_name or "")
    if options.help or rest or options.language not in ("", *LANGUAGES):
        from ui.usage import show

        return show(typed, rest)
    # A seventh of the start would be spent on looking for garbage; `ui.garbage` takes over from here.
    gc.disable()
    _import_qt()
    if options.department:
        from ui.department.program import run as run_inbox

        return run_inbox(options)
    from ui.program import run

    return run(options)


def _import_qt() -> None:
    """Import Qt's binding and give Python its own ``import`` back.

    The binding replaces it with one that reads the whole source of each module imported from then on, in case
    the module asks for snake_case names, which nothing here does. That costs a seventh of the start and keeps
    all of SQLAlchemy's source in memory.
    """
    own = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = own


def parser() -> argparse.ArgumentParser:
    """The command line of ``reception-desk``; what it has to say is said by `ui.usage`."""
    made = argparse.ArgumentParser(
        prog="reception-desk", add_help=False, allow_abbrev=False, exit_on_error=False
    )
    made.add_argument("--version", action="version", version=f"reception-desk {__version__}")
    made.add_argument("--help", "-h", action="store_true")
    for name, _stand_in, variable, _meaning in OPTIONS:
        made.add_argument(name, default=os.environ.get(variable, ""))
    return made
