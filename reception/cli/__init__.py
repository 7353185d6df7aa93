"""The desk without a window: the command line ``reception``."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code (``reception.cli.run``)."""
    try:  # the commands are loaded here, so that Ctrl+C is quiet from the first moment
        from reception.cli import run
    except KeyboardInterrupt:
        return 130
    return run.main(arguments)
