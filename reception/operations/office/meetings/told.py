"""What is told of a meeting, as typed: cleaned, and held to what can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from reception.context import Session, local_day
from reception.errors import InputError
from reception.operations import cleaning

LINES = ("convener", "place", "attendance", "materials", "dress", "issued_by")
MOMENTS = ("meets_at", "reply_by")


def cleaned(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What is told, cleaned. Raises InputError."""
    new: dict[str, Any] = {name: cleaning.line(typed[name], name) for name in LINES if name in typed}
    if "agenda" in typed:
        new["agenda"] = cleaning.long_text(typed["agenda"], "agenda")
    return new | {name: cleaning.known_day(typed[name], name) for name in MOMENTS if name in typed}


def check_times(told: Mapping[str, Any]) -> None:
    """Nobody can reply in time to what is over. Raises InputError."""
    meets, reply = told["meets_at"], told["reply_by"]
    if meets is not None and reply is not None and reply > meets:
        raise InputError("The reply is wanted by a time after the meeting.", field="reply_by")


def check_to_come(session: Session, meets: dt.datetime | None, entry: Mapping[str, Any]) -> None:
    """A meeting of a day that was over when it was told is a slip of the pen, unless it comes from a note.

    Within the day it may be: people are called to what has begun. Raises InputError.
    """
    if meets is None or entry["late"] or local_day(session, meets) >= entry["day"]:
        return
    raise InputError(
        "The day of the meeting is over; only what is entered later from a note may say so.", field="meets_at"
    )


def subject(typed: str) -> str:
    """What the meeting is called. Raises InputError."""
    words = cleaning.long_text(typed, "subject")
    if not words:
        raise InputError("Say in a word what it is about.", field="subject")
    return words
