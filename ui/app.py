"""``reception-desk``: reads the command line, then opens the window.

Qt is imported only after the command line was understood, so that ``--help`` and ``--version`` work without a
screen.
"""

from __future__ import annotations

import argparse
import builtins
import gc
import os
from collections.abc import Sequence

from reception import __version__
from reception.wording import LANGUAGES


def main(argv: Sequence[str] | None = None) -> int:
    """Run the desk with a window; returns the exit code."""
    options = parser().parse_args(argv)
    # A seventh of the start would be spent on looking for garbage; `ui.garbage` takes over from here.
    gc.disable()
    _import_qt()
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
    """The command line of ``reception-desk``."""
    made = argparse.ArgumentParser(
        prog="reception-desk", description="The reception desk: visitors, calls, referrals, the day's sheet."
    )
    made.add_argument("--version", action="version", version=f"reception-desk {__version__}")
    made.add_argument(
        "--register",
        metavar="PATH_OR_URL",
        default=os.environ.get("RECEPTION_REGISTER", ""),
        help="the register to open; the usual one of this user otherwise (RECEPTION_REGISTER)",
    )
    made.add_argument("--language", choices=LANGUAGES, default="", help="the language of the window")
    made.add_argument(
        "--desk",
        metavar="CODE",
        default=os.environ.get("RECEPTION_DESK", ""),
        help="the code of this desk, such as B (RECEPTION_DESK)",
    )
    return made
