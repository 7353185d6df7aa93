"""Searching what is no entry (who is expected, things lent, parcels), in its room and in Find alike."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement

from reception.context import Session, present
from reception.finding import asking, own
from reception.finding.conditions import Days, Every
from reception.finding.names import Names
from reception.operations import cleaning
from reception.tables.among import one_of

KINDS = tuple(own.OWN)
_NO_NAMES = Names()


def meant(session: Session, kind: str, words: str, span: tuple[int, int] | None = None) -> list[int]:
    """The ids of the records that contain every word, in no order; none without a word.

    As Find finds entries: in all their texts, names also by pinyin and initials, telephones by digits.
    ``span`` are days (``YYYYMMDD``, both included). Raises InputError for a text that is too long.
    """
    parts = asking.conditions(cleaning.line(words, "text"), _NO_NAMES)
    if not parts:
        return []
    whole = Every((*parts, *(() if span is None else (Days(*span),))))
    return own.present_own(session.connection(), present(session).zone).meant(kind, whole)


def newest(session: Session, kind: str, ids: list[int], limit: int) -> list[int]:
    """So many of the ids that ``meant`` gave, the newest first."""
    if not ids:
        return []
    return own.present_own(session.connection(), present(session).zone).newest(kind, ids, limit)


def holding(session: Session, kind: str, id_column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    """That a row of a room's list is among those that contain every word."""
    return one_of(session.connection(), id_column, meant(session, kind, words))
