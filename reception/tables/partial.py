"""Indexes over some rows of a table only.

Describing them loads the dialects of both engines, a tenth of what the engine takes to start; only who
compares schemas has to know of them. The migrations make them.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, text

from reception.tables import entry, metadata, part, person, referral

__all__ = ["metadata"]


def _where_it_is_known(name: str, column: Column[object], *further: Column[object]) -> None:
    known = text(f"{column.name} IS NOT NULL")
    Index(name, column, *further, sqlite_where=known, postgresql_where=known)


_where_it_is_known("ix_entry_case_id", entry.c.case_id)
_where_it_is_known("ix_person_merged_into", person.c.merged_into)
_where_it_is_known("ix_person_note_kind", person.c.note_kind)

# What is to be done now: a handful of rows among all that ended.
_r, _p = referral.c, part.c
_where_it_is_known("ix_referral_waits", _r.waits, _r.press_at, _r.id, _r.remind_days, _r.reminded)
_where_it_is_known("ix_referral_press_at", _r.press_at, _r.id)
_where_it_is_known("ix_referral_closed_at", _r.closed_at, _r.created_at, _r.id)
_where_it_is_known("ix_referral_part_waits", _p.waits, _p.sent_at, _p.id, _p.role, _p.department_id)
_where_it_is_known("ix_entry_call_result", entry.c.call_result, entry.c.status, entry.c.id)
_nothing_done = text("act IS NULL")
Index(
    "ix_entry_no_act",
    entry.c.status,
    entry.c.id,
    sqlite_where=_nothing_done,
    postgresql_where=_nothing_done,
)
Index(
    "ix_entry_callback_wanted",
    entry.c.status,
    entry.c.id,
    sqlite_where=text("callback_wanted = 1"),
    postgresql_where=text("callback_wanted"),
)

_accusation = text("category = 'accusation'")
Index("ix_entry_sealed", entry.c.id, sqlite_where=_accusation, postgresql_where=_accusation)
