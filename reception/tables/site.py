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
    text,
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
    Column("steps", Text, nullable=False, server_default=text("''")),
    Column("fee", Text, nullable=False, server_default=text("''")),
)
"""A matter of the catalogue; ``materials`` holds one paper per line, ``steps`` how it goes."""

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

working_year = Table(
    "working_year",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("year", Integer, nullable=False, unique=True),
    Column("days", Text, nullable=False),
)
"""The days off and the make-up days of a year whose notice is known (``reception.years``)."""

limit_rule = Table(
    "limit_rule",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("category", String(16)),
    Column("source", String(16)),
    Column("urgency", String(16)),
    Column("matter_id", BigId, ForeignKey("matter.id")),
    Column("amount", Integer, nullable=False),
    Column("clock", String(16), nullable=False),
    Column("remind_days", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
)
"""How long a referral may take. What a rule leaves open holds for all; the narrowest rule that fits holds."""

absence = Table(
    "absence",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("department_id", BigId, ForeignKey("department.id"), nullable=False),
    Column("officer", String(1), nullable=False),
    Column("first_day", Integer, nullable=False),
    Column("last_day", Integer, nullable=False),
    Column("ended", Boolean, nullable=False),
    Index("ix_absence_last_day", "last_day"),
)
"""Officer ``a`` or ``b`` of a department is away, both days included; ``ended``: back before."""

duty = Table(
    "duty",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("day", Integer, nullable=False, unique=True),
    Column("officer", Text, nullable=False),
    Column("leader", Text, nullable=False),
    Column("weather", Text, nullable=False),
)
"""Who is on duty outside the office hours of a day."""

pinned_note = Table(
    "pinned_note",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("text", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("until_day", Integer),
    Column("created_at", Instant, nullable=False),
    Column("operator_id", BigId, ForeignKey("operator.id"), nullable=False),
    Column("ended_at", Instant),
)
"""What the next shift is to know: a note, what a leader said, a thing that the desk holds."""

handover = Table(
    "handover",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("desk_id", BigId, ForeignKey("desk.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("giver_id", BigId, ForeignKey("operator.id"), nullable=False),
    Column("items", Text, nullable=False),
    Column("remark", Text, nullable=False),
    Column("answered_at", Instant),
    Column("taker_id", BigId, ForeignKey("operator.id")),
    Column("missing", Text, nullable=False),
    Index("ix_handover_desk_id_id", "desk_id", "id"),
)
"""A shift handed over: what was open then, who took it when, and what was missing."""
