"""Entries that changed after they were indexed: the act that changes one says so, the filler catches up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from reception.finding import beside
from reception.finding.records import FILTERS, TEXTS

# In plain words, the same on both engines: either dialect's own INSERT would load that dialect at each start.
_NOTE = text(
    "INSERT INTO posting_pending (entry_id, version) VALUES (:entry_id, :version) "
    "ON CONFLICT (entry_id) DO UPDATE SET version = excluded.version"
)
_OF_ENTRY = frozenset((*FILTERS, *TEXTS, "category", "name", "phone", "phone_digits", "organisation"))
_LOOKED_UP_IN = {
    "entry": _OF_ENTRY,
    "party": _OF_ENTRY,
    # what is taken back is not looked for any more
    **{table: frozenset((*columns, "status")) for table, columns in beside.TEXTS.items()},
}
_NOTHING: frozenset[str] = frozenset()


def note(
    connection: Connection, entry_id: int, version: int, changes: Mapping[str, Mapping[str, Any]]
) -> None:
    """Say that the postings lack this version of an entry, if ``changes`` touch what they hold."""
    if not any(
        _LOOKED_UP_IN.get(key.partition("/")[0], _NOTHING) & pairs.keys() for key, pairs in changes.items()
    ):
        return
    connection.execute(_NOTE, {"entry_id": entry_id, "version": version})
