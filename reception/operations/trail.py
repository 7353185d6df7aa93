"""The trail of a record, read from the journal for people: who did what, and the old and new values."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from reception import tables
from reception import text as rules
from reception.facts import TrailLine

VERBS = (
    "register",
    "correct",
    "void",
    "answered",
    "pointed",
    "put-through",
    "outcome",
    "wait",
    "seen",
    "leave",
    "refer",
    "told",
    "receive",
    "answer",
    "return",
    "close",
    "save",
    "create",
    "restore",
)
_HIDDEN = frozenset(
    {
        "uid",
        "desk_id",
        "operator_id",
        "phone_digits",
        "position",
        "epoch",
        "sequence",
        "day",
        "referral_id",
        "sending",
    }
)
_NAMED = {"department_id": tables.department, "matter_id": tables.matter}


def lines(session: Session, subject_kind: str, subject_id: int) -> tuple[TrailLine, ...]:
    """The acts on a record, first to last. Document numbers are masked; erased values are left out."""
    table, private, desk = tables.journal, tables.private, tables.desk
    query = (
        select(table.c.at, table.c.operator, table.c.verb, desk.c.code, private.c.changes)
        .join(desk, desk.c.id == table.c.desk_id)
        .outerjoin(private, private.c.journal_id == table.c.id)
        .where(table.c.subject_kind == subject_kind, table.c.subject_id == subject_id)
        .order_by(table.c.id)
    )
    found = session.connection().execute(query).all()
    raw = [(row, json.loads(row.changes) if row.changes else {}) for row in found]
    names = _names(session, [changes for _, changes in raw])
    return tuple(
        TrailLine(row.at, row.operator, row.code, row.verb, _shown(changes, names)) for row, changes in raw
    )


def _names(session: Session, all_changes: list[dict[str, Any]]) -> dict[tuple[str, int], str]:
    wanted: dict[str, set[int]] = {name: set() for name in _NAMED}
    for changes in all_changes:
        for pairs in changes.values():
            for column, pair in pairs.items():
                if column in wanted:
                    wanted[column] |= {one for one in pair if one is not None}
    names: dict[tuple[str, int], str] = {}
    for column, ids in wanted.items():
        if ids:
            table = _NAMED[column]
            for row in session.connection().execute(
                select(table.c.id, table.c.name).where(table.c.id.in_(ids))
            ):
                names[column, row.id] = row.name
    return names


def _shown(changes: dict[str, Any], names: dict[tuple[str, int], str]) -> tuple[tuple[str, str, str], ...]:
    shown = []
    for key in sorted(changes, key=lambda one: (one != "entry", one)):
        prefix = "" if key in ("entry", "record", "party/0") else key.split("/")[0] + "."
        for column, (old, new) in changes[key].items():
            if column not in _HIDDEN:
                shown.append((prefix + column, _word(column, old, names), _word(column, new, names)))
    return tuple(shown)


def _word(column: str, value: Any, names: dict[tuple[str, int], str]) -> str:
    if value is None:
        return ""
    if column in _NAMED:
        return names.get((column, value), str(value))
    if column == "document_number":
        return rules.mask_document(str(value))
    return str(value)
