"""Entries that changed after they were indexed: the act that changes one says so, the filler catches up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert as server_insert
from sqlalchemy.dialects.sqlite import insert as file_insert

from reception import tables
from reception.finding.records import FILTERS, TEXTS

_LOOKED_UP = frozenset((*FILTERS, *TEXTS, "name", "phone", "phone_digits", "organisation"))


def note(
    connection: Connection, entry_id: int, version: int, changes: Mapping[str, Mapping[str, Any]]
) -> None:
    """Say that the postings lack this version of an entry, if ``changes`` touch what they hold."""
    if not any(
        _LOOKED_UP & pairs.keys()
        for key, pairs in changes.items()
        if key == "entry" or key.startswith("party/")
    ):
        return
    insert = file_insert if connection.dialect.name == "sqlite" else server_insert
    row = insert(tables.pending).values(entry_id=entry_id, version=version)
    connection.execute(
        row.on_conflict_do_update(index_elements=["entry_id"], set_={"version": row.excluded.version})
    )
