"""The tables: what the register keeps.

Plain Core tables: no verb needs mapped objects, and mapping them would cost each start 60 ms. Only the store
and the verbs see them. The schema itself is made by the migrations; a check compares both. Days are
``YYYYMMDD`` in the site's zone, instants are UTC.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[dt.datetime]):
    """An aware datetime, kept in UTC on both engines; SQLite gets it without the zone, so that it sorts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Refuse naive values; hand SQLite the UTC wall time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        value = value.astimezone(dt.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Hand out aware values in UTC, whatever zone the server session speaks."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


BigId = BigInteger().with_variant(Integer, "sqlite")
"""SQLite gives automatic ids to columns of type INTEGER only."""

metadata = MetaData(naming_convention=NAMING)

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

entry = Table(
    "entry",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("uid", Uuid, nullable=False, unique=True),
    Column("desk_id", BigId, ForeignKey("desk.id"), nullable=False),
    Column("day", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("operator_id", BigId, ForeignKey("operator.id"), nullable=False),
    Column("party_size", Integer, nullable=False),
    Column("matter_id", BigId, ForeignKey("matter.id")),
    Column("subject", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("category", String(16)),
    Column("urgency", String(16), nullable=False),
    Column("act", String(16)),
    Column("call_result", String(16)),
    Column("department_id", BigId, ForeignKey("department.id")),
    Column("status", String(16), nullable=False),
    Column("waiting_since", Instant),
    Column("seen_at", Instant),
    Column("left_at", Instant),
    Column("visits", String(16)),
    Column("complained_about", Text, nullable=False),
    Column("people_concerned", Integer),
    Column("amount", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("evidence", Boolean),
    Column("papers", Text, nullable=False),
    Column("identity_protected", Boolean, nullable=False),
    Column("wanted", Text, nullable=False),
    Column("plate", Text, nullable=False),
    Column("read_back", Boolean),
    Column("callback_wanted", Boolean, nullable=False),
    Column("void_reason", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("line_desk_id", Integer, nullable=False),
    Column("line", BigInteger, nullable=False),
    UniqueConstraint("day", "epoch", "sequence", "desk_id", name="uq_entry_number"),
    Index("ix_entry_status_id", "status", "id"),
)
"""A visit or a call. Personal data sits apart, in ``entry_party``."""

private = Table(
    "journal_private",
    metadata,
    Column("journal_id", BigId, ForeignKey("journal.id"), primary_key=True, autoincrement=False),
    Column("salt", LargeBinary(16), nullable=False),
    Column("changes", Text, nullable=False),
)
"""The values of an act, apart from its line, so that an erasure leaves the chain provable."""

party = Table(
    "entry_party",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("entry_id", BigId, ForeignKey("entry.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("phone_digits", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("sex", String(16)),
    Column("document_type", Text, nullable=False),
    Column("document_number", Text, nullable=False),
    UniqueConstraint("entry_id", "position"),
)
"""One person of an entry; position 0 is the main one."""

referral = Table(
    "referral",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("entry_id", BigId, ForeignKey("entry.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("operator_id", BigId, ForeignKey("operator.id"), nullable=False),
    Column("instruction", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("closing_note", Text, nullable=False),
    UniqueConstraint("entry_id", "ordinal"),
    Index("ix_referral_status_id", "status", "id"),
)
"""A matter sent on in writing; ``ordinal`` counts the referrals of one entry."""

part = Table(
    "referral_part",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("referral_id", BigId, ForeignKey("referral.id"), nullable=False),
    Column("entry_id", BigId, ForeignKey("entry.id"), nullable=False),
    Column("department_id", BigId, ForeignKey("department.id"), nullable=False),
    Column("sending", Integer, nullable=False),
    Column("role", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("told_at", Instant),
    Column("told_whom", Text, nullable=False),
    Column("received_at", Instant),
    Column("received_by", Text, nullable=False),
    Column("answered_at", Instant),
    Column("answer", Text, nullable=False),
    Column("returned_at", Instant),
    Column("return_reason", Text, nullable=False),
    UniqueConstraint("entry_id", "department_id", "sending"),
    Index("ix_referral_part_department_id_id", "department_id", "id"),
    Index("ix_referral_part_referral_id", "referral_id"),
    Index("ix_referral_part_status_id", "status", "id"),
)
"""One department's share of a referral; ``sending`` counts the sendings of one entry to it."""
