"""What can be made anew from the records at any time; no backup of a server carries it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table, Text

from reception.tables.base import BigId, metadata

posting = Table(
    "posting",
    metadata,
    Column("gram", Text, primary_key=True),
    Column("block", Integer, primary_key=True, autoincrement=False),
    Column("entries", LargeBinary, nullable=False),
    info={"derived": True},
    sqlite_with_rowid=False,
)
"""Which entries of a block of ids hold a piece of text: offsets or a bitmap."""

pending = Table(
    "posting_pending",
    metadata,
    Column("entry_id", BigId, primary_key=True, autoincrement=False),
    info={"derived": True},
)
"""Entries whose texts changed after they were indexed; they are read until the index knows them."""

state = Table(
    "derived_state",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", BigInteger, nullable=False),
    info={"derived": True},
)
"""How far each index has come."""
