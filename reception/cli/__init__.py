"""The desk without a window: the command line ``reception``."""

from reception.cli.run import main

__all__ = ["main"]
