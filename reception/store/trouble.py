"""What drivers raise, said in plain words: the one place that knows their messages."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError

from reception.errors import (
    DeskError,
    LockedError,
    RegisterUnusableError,
    SurroundingsError,
    UnreachableError,
)
from reception.store.places import Place


def plain_error(error: Exception, place: Place) -> DeskError | None:
    """The user's error for a driver's; None when it is a bug and should stay one."""
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(error, TimeoutError):
        return UnreachableError(
            "The register at {place} does not answer. Try again in a moment.", place=place.shown
        )
    if isinstance(original, sqlite3.Error):
        return _sqlite(original, place)
    if place.is_server and isinstance(error, DBAPIError):
        return _server(error, place)
    return None


def _sqlite(error: sqlite3.Error, place: Place) -> DeskError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LockedError(
            "Another program keeps the register {place} locked. Close it there, then try again; nothing was changed.",
            place=place.shown,
        )
    if code == sqlite3.SQLITE_FULL:
        return SurroundingsError("The disk is full. Make room and try again; nothing was changed.")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return SurroundingsError(
            "The register {place} may only be read here. Ask for the right to write to the file and its folder.",
            place=place.shown,
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return SurroundingsError(
            "The register {place} cannot be opened. Check that its folder exists and may be written to.",
            place=place.shown,
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return RegisterUnusableError(
            "The register {place} is damaged. It was left as it is; restore the latest backup.",
            place=place.shown,
        )
    if code == sqlite3.SQLITE_IOERR:
        return SurroundingsError(
            "The disk of the register {place} reports an error. Check the disk; nothing was changed.",
            place=place.shown,
        )
    return None


def _server(error: DBAPIError, place: Place) -> DeskError | None:
    state = getattr(error.orig, "sqlstate", None) or ""
    if state.startswith("28") or state == "42501":
        return SurroundingsError(
            "The server of {place} refuses this login. Check name, password and rights.", place=place.shown
        )
    if state == "3D000":
        return SurroundingsError(
            "The server has no database for {place}. Ask who runs it to create one.", place=place.shown
        )
    if state.startswith("53"):
        return SurroundingsError(
            "The server of {place} is out of room (disk or connections). Tell who runs it.", place=place.shown
        )
    if state in ("55P03", "57014", "40001", "40P01"):
        return LockedError(
            "The register at {place} is busy. Try again in a moment; nothing was changed.", place=place.shown
        )
    if state == "25006":
        return SurroundingsError(
            "The server of {place} only lets us read. Tell who runs it.", place=place.shown
        )
    if (
        error.connection_invalidated
        or isinstance(error, OperationalError)
        and (not state or state.startswith(("08", "57P")))
    ):
        return UnreachableError(
            "The server of {place} does not answer. Check the network; what you typed is still here.",
            place=place.shown,
        )
    return None
