"""What the clerk says of persons: a note, that two records are one person, that they are not."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, func, select, update

from reception import journal, tables
from reception.context import Session
from reception.errors import InputError, NotFoundError, StateError
from reception.facts.people import NoteKind
from reception.operations import cleaning, touching
from reception.operations.people import offers

_P = tables.person
_NEEDS_REASON = frozenset({NoteKind.BANNED, NoteKind.OTHER})


def save_note(
    session: Session, person_id: int, kind: NoteKind | None, text: str = "", *, uid: uuid.UUID
) -> int:
    """Write a note on a person, or take it away (``kind`` None); the person's id.

    Raises NotFoundError; InputError for a ban without its reason.
    """
    if (done := journal.open_act(session, uid, "person")) is not None:
        return done
    (row,) = _locked(session, offers.roots(session.connection(), [person_id])[person_id])
    words = cleaning.line(text, "note") if kind is not None else ""
    if kind in _NEEDS_REASON and not words:
        raise InputError("Write something here; empty says nothing to the next reader.", field="note")
    new = {"note_kind": kind.value if kind is not None else None, "note": words}
    return _write(session, row, new, "note", uid)


def merge(session: Session, kept_id: int, other_id: int, *, uid: uuid.UUID) -> int:
    """Say that two records are one person, who goes by the name of the one kept; the id of both from now on.

    Nothing that belongs to either is changed, so that ``unmerge`` gives back what was. Raises NotFoundError;
    StateError where they are one already.
    """
    if (done := journal.open_act(session, uid, "person")) is not None:
        return offers.roots(session.connection(), [done])[done]
    above = offers.roots(session.connection(), [kept_id, other_id])
    kept, other = above[kept_id], above[other_id]
    if kept == other:
        raise StateError("These are one person already.", field="person")
    low, high = _locked(session, *sorted((kept, other)))
    if low["merged_into"] is not None or high["merged_into"] is not None:  # another desk was quicker
        raise StateError("Somebody has just merged one of them. Look again.", field="person")
    face = None
    if high["id"] == kept:
        beside = select(func.max(_P.c.face)).where(_P.c.merged_into == low["id"])
        face = (session.connection().scalar(beside) or 0) + 1
    _write(session, high, {"merged_into": low["id"], "face": face}, "merge", uid)
    return int(low["id"])


def unmerge(session: Session, other_id: int, *, uid: uuid.UUID) -> int:
    """Say that a merged record is a person of its own after all; its id. Raises NotFoundError, StateError."""
    if (done := journal.open_act(session, uid, "person")) is not None:
        return done
    (row,) = _locked(session, other_id)
    if row["merged_into"] is None:
        raise StateError("This person was not merged into another.", field="person")
    return _write(session, row, {"merged_into": None, "face": None}, "unmerge", uid)


def _locked(session: Session, *people: int) -> list[RowMapping]:
    """The rows of these persons, kept from other desks, in the order of their ids. Raises NotFoundError."""
    query = select(_P).where(_P.c.id.in_(people)).order_by(_P.c.id).with_for_update()
    rows = list(session.connection().execute(query).mappings())
    if len(rows) != len(people):
        raise NotFoundError("This person is not in the register any more.", field="person")
    return rows


def _write(session: Session, row: RowMapping, new: Mapping[str, Any], verb: str, uid: uuid.UUID) -> int:
    differences = touching.changed(row, new)
    if differences:
        session.connection().execute(update(_P).where(_P.c.id == row["id"]), dict(new))
        journal.append(session, verb, ("person", row["id"]), {"record": differences}, uid)
    return int(row["id"])
