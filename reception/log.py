"""The one file in which this computer's desks, with a window or without, report their own mistakes."""

from __future__ import annotations

import os
from pathlib import Path

_LARGEST = 1_000_000
"""Bytes; the file before it is kept as one older file."""


def log_file() -> Path:
    """Where reports are written on this computer. Raises RuntimeError where the user has no home folder."""
    import platformdirs

    return platformdirs.user_log_path("reception-desk", appauthor=False) / "reception-desk.log"


def write(report: str, path: Path | None = None) -> Path:
    """Append a report; returns the file.

    A report may hold what was typed, so only the user may read the file.

    Raises:
        OSError: the file cannot be written.
        RuntimeError: the computer knows no home folder of this user.
    """
    path = path or log_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > _LARGEST:
        path.replace(path.with_suffix(".old.log"))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(report)
    return path
