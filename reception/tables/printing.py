"""What was printed, and the pictures that stand on paper."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from reception.tables.base import BigId, metadata

printed = Table(
    "printed",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("form", String(32), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("arguments", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("count", Integer, nullable=False),
    Column("code", String(8), nullable=False, unique=True),
    Column("heads", Text, nullable=False),
    Column("lines", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("salt_digest", String(64), nullable=False),
    Column("salt", LargeBinary(16)),
    Column("digests", LargeBinary, nullable=False),
    UniqueConstraint("form", "subject", "count"),
)
"""A print: of what, the how-manieth, and a salted digest of every line (``paper.digests``).

The journal tells of all but ``salt`` and ``digests``, of which it tells the SHA-256. ``heads`` says how far
each desk's journal went when the lines were read. Without its salt a row tells nobody anything of what it
printed, so that an erasure of personal data takes the salt away and leaves the chain provable.
"""

picture = Table(
    "picture",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
)
"""A picture for the head of a form, never changed nor removed: a setting says which one stands there.

The journal tells its name and the SHA-256 of its bytes.
"""
