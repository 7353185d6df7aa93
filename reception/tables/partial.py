"""Indexes over some rows of a table only.

Describing them loads the dialects of both engines, a tenth of what the engine takes to start; only who
compares schemas has to know of them. The migrations make them.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, text

from reception.tables import entry, metadata, person

__all__ = ["metadata"]


def _where_it_is_known(name: str, column: Column[object]) -> None:
    known = text(f"{column.name} IS NOT NULL")
    Index(name, column, sqlite_where=known, postgresql_where=known)


_where_it_is_known("ix_entry_case_id", entry.c.case_id)
_where_it_is_known("ix_person_merged_into", person.c.merged_into)
_where_it_is_known("ix_person_note_kind", person.c.note_kind)
