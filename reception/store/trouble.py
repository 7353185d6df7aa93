"""What drivers raise, said in plain words: the one place that knows their messages."""

from __future__ import annotations

import re
import sqlite3

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError, TimeoutError

from reception.errors import (
    DeskError,
    InputError,
    LockedError,
    NotFoundError,
    RegisterMissingError,
    RegisterUnusableError,
    SurroundingsError,
    UnreachableError,
)
from reception.store.places import Place
from reception.wording import N_

_UNIQUE = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, "23505")
_REFERENCE = (sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY, "23503")
_IN_A_CIRCLE = ("40P01", "40001")
_REPLY = re.compile(r"failed: (?P<severity>[^\s:]+):  (?P<reason>.+)")
"""A server's refusal while connecting: severity, two blanks, the reason, in the server's own language."""


def worth_repeating(error: Exception) -> bool:
    """Whether the same transaction may well succeed if it begins again at once.

    A connection that died in the pool; a row that another desk made at the same moment; two desks that
    waited for each other, of whom a server let one go; a row that is not there any more, because the register
    was restored meanwhile and what was remembered of it is out of date.
    """
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated or getattr(error.orig, "sqlstate", None) in _IN_A_CIRCLE:
        return True
    return _constraint(error) in (*_UNIQUE, *_REFERENCE)


def _constraint(error: DBAPIError) -> object:
    if not isinstance(error, IntegrityError):
        return None
    return getattr(error.orig, "sqlite_errorcode", None) or getattr(error.orig, "sqlstate", None)


def plain_error(error: Exception, place: Place) -> DeskError | None:
    """The user's error for a driver's; None when it is a bug and should stay one."""
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(error, TimeoutError):
        return UnreachableError(
            "The register at {place} does not answer. Try again in a moment.", place=place.shown
        )
    if isinstance(error, IntegrityError):
        return _broken_rule(error)
    if isinstance(original, sqlite3.Error):
        return _sqlite(original, place)
    if place.is_server and isinstance(error, DBAPIError):
        return _server(error, place)
    return None


def _broken_rule(error: IntegrityError) -> DeskError | None:
    constraint = _constraint(error)
    if constraint in _REFERENCE:
        return NotFoundError("What this refers to is not in the register any more. Look it up again.")
    if constraint in _UNIQUE and "act_uid" in str(error.orig):
        return InputError(
            "This uid belongs to something else already; every act needs one of its own.", field="uid"
        )
    return None


def _sqlite(error: sqlite3.Error, place: Place) -> DeskError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LockedError(
            "Another program keeps the register {place} locked. "
            "Close it there, then try again; nothing was changed.",
            place=place.shown,
        )
    if code == sqlite3.SQLITE_FULL:
        return SurroundingsError("The disk is full. Make room and try again; nothing was changed.")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return SurroundingsError(
            "The register {place} may only be read here. "
            "Ask for the right to write to the file and its folder.",
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


_NO_LOGIN = N_("The server of {place} refuses this login. Check name, password and rights.")
_NO_DATABASE = N_("The server has no database for {place}. Ask who runs it to create one.")
_NO_ROOM = N_("The server of {place} is out of room (disk or connections). Tell who runs it.")
_BUSY = N_("The register at {place} is busy. Try again in a moment; nothing was changed.")
_READ_ONLY = N_("The server of {place} only lets us read. Tell who runs it.")
_SILENT = N_("The server of {place} does not answer. Check the network; what you typed is still here.")
_NO_REGISTER = N_("There is no register at {place}. Create one with 'reception init'.")
_SOMETHING = N_("There is something at {place} already; it was left as it is.")
_STATES: tuple[tuple[tuple[str, ...], type[DeskError], str], ...] = (
    (("28", "42501"), SurroundingsError, _NO_LOGIN),
    (("3D000",), SurroundingsError, _NO_DATABASE),
    (("53",), SurroundingsError, _NO_ROOM),
    (("55P03", "57014", "40001", "40P01"), LockedError, _BUSY),
    (("25006",), SurroundingsError, _READ_ONLY),
    (("42P01",), RegisterMissingError, _NO_REGISTER),
    (("42P07", "42710", "42723"), InputError, _SOMETHING),
    (("08", "57P"), UnreachableError, _SILENT),
)
"""PostgreSQL's codes, or the beginnings of them, by what they mean to a clerk."""


def _server(error: DBAPIError, place: Place) -> DeskError | None:
    state = getattr(error.orig, "sqlstate", None) or ""
    if not state and (reply := _REPLY.search(str(error.orig))):
        return _refusal(reply["reason"], place)
    if not state and "no password supplied" in str(error.orig):
        return SurroundingsError(_NO_LOGIN, place=place.shown)
    if not state and isinstance(error, ProgrammingError):
        return InputError(
            "The address {place} is not understood; check how it is written.", place=place.shown
        )
    for states, kind, template in _STATES:
        if state.startswith(states):
            return kind(template, place=place.shown)
    if error.connection_invalidated or (isinstance(error, OperationalError) and not state):
        return UnreachableError(_SILENT, place=place.shown)
    return None


def _refusal(reason: str, place: Place) -> DeskError:
    """The server answered, and will not let us in; psycopg passes only its sentence on, not its code."""
    if "database" in reason and "does not exist" in reason:
        return SurroundingsError(_NO_DATABASE, place=place.shown)
    if "too many" in reason or "connection slots" in reason:
        return SurroundingsError(_NO_ROOM, place=place.shown)
    if "starting up" in reason or "shutting down" in reason or "recovery" in reason:
        return UnreachableError(
            "The register at {place} does not answer. Try again in a moment.", place=place.shown
        )
    if "authentication" in reason or "role" in reason or "pg_hba.conf" in reason or "permission" in reason:
        return SurroundingsError(_NO_LOGIN, place=place.shown)
    return SurroundingsError(
        "The server of {place} answers, but refuses ({reason}). Tell who runs it.",
        place=place.shown,
        reason=reason,
    )
