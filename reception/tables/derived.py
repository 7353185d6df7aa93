"""What can be made anew from the records at any time; no backup of a server carries it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table

from reception.tables.base import BigId, metadata

posting = Table(
    "posting",
    metadata,
    Column("block", Integer, primary_key=True, autoincrement=False),
    Column("piece", LargeBinary, primary_key=True),
    Column("entries", LargeBinary, nullable=False),
    info={"derived": True},
    sqlite_with_rowid=False,
)
"""Which entries of a block of ids hold a piece of text: offsets or a bitmap (``finding.blocks``).

The block comes first in the key, so that filling a block writes to one place of the file. Pieces are bytes,
because every engine orders and compares them alike.
"""

posting_block = Table(
    "posting_block",
    metadata,
    Column("block", Integer, primary_key=True, autoincrement=False),
    Column("first_day", Integer, nullable=False),
    Column("last_day", Integer, nullable=False),
    info={"derived": True},
)
"""The blocks that have postings, and the days of their entries."""

pending = Table(
    "posting_pending",
    metadata,
    Column("entry_id", BigId, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    info={"derived": True},
)
"""Entries that changed after they were indexed, and the version that the index lacks.

They are read without the index until it knows them.
"""

state = Table(
    "derived_state",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", BigInteger, nullable=False),
    info={"derived": True},
)
"""How far each index has come."""
