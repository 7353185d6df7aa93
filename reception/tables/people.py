"""Who returns."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

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
    Column("seen_id", BigInteger, nullable=False),
    Column("texts", Text, nullable=False),
    Column("digits", Text, nullable=False),
    Column("note_kind", String(16)),
    Column("note", Text, nullable=False),
    Column("merged_into", BigId, ForeignKey("person.id")),
    Column("face", Integer),
    # recall looks through the latest of it without touching the rows
    Index("ix_person_seen_id", "seen_id", "id", "digits", "texts"),
)
"""Somebody who came or called.

The journal tells of ``note_kind``, ``note``, ``merged_into`` and ``face``; the rest is worked out from the
entries. ``identity`` is what makes two entries the same person's. ``last_entry_id`` is the latest visit that
is not void, ``seen_id`` the newest entry of all that named the person: it never goes down. ``texts`` and
``digits`` are what recall compares with (``reception.persons``). ``face``: of the records merged into
one, the one where it is highest gives the name; where none has it, that one itself.
"""

phone = Table(
    "person_phone",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigId, ForeignKey("person.id"), nullable=False),
    Column("digits", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("identity", Text, unique=True),
    UniqueConstraint("digits", "person_id"),
    Index("ix_person_phone_person_id", "person_id"),
)
"""A telephone number of a person: ``digits`` to compare by, ``shown`` as it was written.

``identity`` is what another entry with this number would be known by: a second number leads to the same
person as the first. The person's own may stand here or not; of two desks that make it at once one fails here.
"""

person_key = Table(
    "person_key",
    metadata,
    Column("span", Integer, primary_key=True, autoincrement=False),
    # by code points on every server, so that what begins alike stands together
    Column("key", Text().with_variant(Text(collation="C"), "postgresql"), primary_key=True),
    Column("seen_id", BigInteger, primary_key=True),
    Column("person_id", BigId, primary_key=True),
    info={"derived": True},
    sqlite_with_rowid=False,
)
"""Every end of a person's names, readings and numbers, so that any part of them is found as a beginning.

``seen_id`` is the person's when the row was written, ``span`` a stretch of such ids: recall reads the newest
first. A row is out of date when its person has been seen since; whoever reads it compares.
"""

person_keyed = Table(
    "person_keyed",
    metadata,
    Column("person_id", BigId, primary_key=True, autoincrement=False),
    Column("seen_id", BigInteger, nullable=False),
    info={"derived": True},
)
"""The ``seen_id`` under which the keys of a person stand."""
