"""Records that are no entries (pinned notes, who is expected, what is lent, parcels): a trail of their own.

Each is named in the journal by its kind, which is the name of its table, and its id; what changes is its
``record``.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, Table, insert, select, update

from reception import journal
from reception.context import Session
from reception.errors import NotFoundError
from reception.operations import cleaning, touching


def create(session: Session, table: Table, values: Mapping[str, Any], uid: uuid.UUID) -> int:
    """Write a record and its line; its id. The kind in the journal is the table's name."""
    result = session.connection().execute(insert(table), dict(values))
    made = int(result.inserted_primary_key[0])  # type: ignore[index]
    journal.append(session, "create", (table.name, made), {"record": touching.created(values)}, uid)
    return made


def hold(session: Session, table: Table, id: int, missing: str) -> RowMapping:
    """Keep the other desks from a record. Raises NotFoundError, which says ``missing``."""
    query = select(table).where(table.c.id == id).with_for_update()
    row = session.connection().execute(query).mappings().one_or_none()
    if row is None:
        raise NotFoundError(missing, field="id")
    return row


def save(session: Session, table: Table, row: RowMapping, new: Mapping[str, Any], uid: uuid.UUID) -> None:
    """Change a record that is held, and write its line; neither where nothing changes."""
    differences = touching.changed(row, new)
    if differences:
        values = {name: pair[1] for name, pair in differences.items()}
        session.connection().execute(update(table).where(table.c.id == row["id"]), values)
        journal.append(session, "save", (table.name, row["id"]), {"record": differences}, uid)


def noted(before: str, words: str, field: str) -> str:
    """What stood in a note, and what is said now behind it. Raises InputError naming ``field``."""
    return cleaning.line(" · ".join(filter(None, (before, cleaning.line(words, field)))), field)
