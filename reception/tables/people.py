"""Who returns."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from reception.tables.base import BigId, Instant, metadata

person = Table(
    "person",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("identity", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("sex", String(16)),
    Column("times", Integer, nullable=False),
    Column("last_entry_id", BigId),
    Column("last_at", Instant),
    Column("note_kind", String(16)),
    Column("note", Text, nullable=False),
    Column("merged_into", BigId, ForeignKey("person.id")),
    Index("ix_person_last_entry_id", "last_entry_id"),
)
"""Somebody who came or called.

The journal tells of ``note_kind``, ``note`` and ``merged_into``; the rest is worked out from the entries.
``identity`` is what makes two entries the same person's.
"""

phone = Table(
    "person_phone",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigId, ForeignKey("person.id"), nullable=False),
    Column("digits", Text, nullable=False),
    Column("shown", Text, nullable=False),
    UniqueConstraint("digits", "person_id"),
    Index("ix_person_phone_person_id", "person_id"),
)
"""A telephone number of a person: ``digits`` to compare by, ``shown`` as it was written."""

person_key = Table(
    "person_key",
    metadata,
    Column("key", Text, primary_key=True),
    Column("person_id", BigId, primary_key=True),
    info={"derived": True},
    sqlite_with_rowid=False,
)
"""Every end of a person's names, readings and numbers, so that any part of them is found as a beginning."""
