"""The site, its directory, and the journal with its desks."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from reception.tables.base import BigId, Instant, metadata

department = Table(
    "department",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("code", String(16), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("outside", Boolean, nullable=False),
    Column("room", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("officer_a", Text, nullable=False),
    Column("officer_b", Text, nullable=False),
    Column("leader", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("pinyin", Text, nullable=False),
    Column("initials", Text, nullable=False),
)
"""A department, or an organisation outside to which people are pointed."""

desk = Table(
    "desk",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("code", String(8), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("head_sequence", BigInteger, nullable=False),
    Column("head_hash", LargeBinary(32), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("epoch_day", Integer, nullable=False),
)
"""A desk and the head of its chain. The row is the lock that orders the acts of a desk.

After a restore, numbers of days up to ``epoch_day`` carry ``epoch``, so that none given since
the backup comes again.
"""

operator = Table(
    "operator",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("active", Boolean, nullable=False),
)
"""A clerk."""

setting = Table(
    "setting",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("value", Text, nullable=False),
)
"""A setting of the site; the value is text."""

matter = Table(
    "matter",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("keywords", Text, nullable=False),
    Column("department_id", BigId, ForeignKey("department.id")),
    Column("materials", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("limit", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("pinyin", Text, nullable=False),
    Column("initials", Text, nullable=False),
)
"""A matter of the catalogue; ``materials`` holds one paper per line."""

journal = Table(
    "journal",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("desk_id", BigId, ForeignKey("desk.id"), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("operator", String(200), nullable=False),
    Column("act_uid", Uuid, nullable=False, unique=True),
    Column("verb", String(32), nullable=False),
    Column("subject_kind", String(16), nullable=False),
    Column("subject_id", BigInteger, nullable=False),
    Column("previous", LargeBinary(32), nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    UniqueConstraint("desk_id", "sequence"),
    Index("ix_journal_subject_kind_subject_id", "subject_kind", "subject_id"),
)
"""One act. Written once, never changed: triggers refuse UPDATE and DELETE on both engines."""

private = Table(
    "journal_private",
    metadata,
    Column("journal_id", BigId, ForeignKey("journal.id"), primary_key=True, autoincrement=False),
    Column("salt", LargeBinary(16), nullable=False),
    Column("changes", Text, nullable=False),
)
"""The values of an act, apart from its line, so that an erasure leaves the chain provable."""
