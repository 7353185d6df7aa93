"""The mapped classes: what the register keeps, table by table.

Only the store and the verbs see them; no mapped object leaves its transaction. The schema itself is made by
the migrations; a check compares both. Days are ``YYYYMMDD`` in the site's zone, instants are UTC.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
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


class Base(DeclarativeBase):
    """Ground of all records."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {dt.datetime: Instant, uuid.UUID: Uuid, str: Text, int: Integer, bool: Boolean}  # noqa: RUF012

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)


class Setting(Base):
    """A setting of the site; the value is text."""

    __tablename__ = "setting"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    value: Mapped[str]


class DeskRecord(Base):
    """A desk and the head of its chain. The row is the lock that orders the acts of a desk.

    After a restore, numbers of days up to ``epoch_day`` carry ``epoch``, so that none given since
    the backup comes again.
    """

    __tablename__ = "desk"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    name: Mapped[str]
    head_sequence: Mapped[int] = mapped_column(BigInteger)
    head_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    epoch: Mapped[int]
    epoch_day: Mapped[int]


class Operator(Base):
    """A clerk."""

    __tablename__ = "operator"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    active: Mapped[bool]


class Department(Base):
    """A department, or an organisation outside to which people are pointed."""

    __tablename__ = "department"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str]
    outside: Mapped[bool]
    room: Mapped[str]
    phone: Mapped[str]
    officer_a: Mapped[str]
    officer_b: Mapped[str]
    leader: Mapped[str]
    note: Mapped[str]
    active: Mapped[bool]
    pinyin: Mapped[str]
    initials: Mapped[str]


class Matter(Base):
    """A matter of the catalogue; ``materials`` holds one paper per line."""

    __tablename__ = "matter"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    keywords: Mapped[str]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    materials: Mapped[str]
    basis: Mapped[str]
    limit: Mapped[str]
    note: Mapped[str]
    active: Mapped[bool]
    pinyin: Mapped[str]
    initials: Mapped[str]


class Entry(Base):
    """A visit or a call. Personal data sits apart, in ``entry_party``."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("day", "epoch", "sequence", "desk_id", name="uq_entry_number"),
        Index("ix_entry_status_id", "status", "id"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    uid: Mapped[uuid.UUID] = mapped_column(unique=True)
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    day: Mapped[int]
    epoch: Mapped[int]
    sequence: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    received_at: Mapped[dt.datetime]
    late: Mapped[bool]
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    party_size: Mapped[int]
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    subject: Mapped[str]
    request: Mapped[str]
    outcome: Mapped[str]
    category: Mapped[str | None] = mapped_column(String(16))
    urgency: Mapped[str] = mapped_column(String(16))
    act: Mapped[str | None] = mapped_column(String(16))
    call_result: Mapped[str | None] = mapped_column(String(16))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    status: Mapped[str] = mapped_column(String(16))
    waiting_since: Mapped[dt.datetime | None]
    seen_at: Mapped[dt.datetime | None]
    left_at: Mapped[dt.datetime | None]
    visits: Mapped[str | None] = mapped_column(String(16))
    complained_about: Mapped[str]
    people_concerned: Mapped[int | None]
    amount: Mapped[str]
    since: Mapped[str]
    evidence: Mapped[bool | None]
    papers: Mapped[str]
    identity_protected: Mapped[bool]
    wanted: Mapped[str]
    plate: Mapped[str]
    read_back: Mapped[bool | None]
    callback_wanted: Mapped[bool]
    void_reason: Mapped[str]
    version: Mapped[int]
    line_desk_id: Mapped[int]
    line: Mapped[int] = mapped_column(BigInteger)


class EntryParty(Base):
    """One person of an entry; position 0 is the main one."""

    __tablename__ = "entry_party"
    __table_args__ = (UniqueConstraint("entry_id", "position"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    position: Mapped[int]
    name: Mapped[str]
    phone: Mapped[str]
    phone_digits: Mapped[str]
    organisation: Mapped[str]
    sex: Mapped[str | None] = mapped_column(String(16))
    document_type: Mapped[str]
    document_number: Mapped[str]


class Referral(Base):
    """A matter sent on in writing; ``ordinal`` counts the referrals of one entry."""

    __tablename__ = "referral"
    __table_args__ = (UniqueConstraint("entry_id", "ordinal"), Index("ix_referral_status_id", "status", "id"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    ordinal: Mapped[int]
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    instruction: Mapped[str]
    status: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None]
    closing_note: Mapped[str]


class ReferralPart(Base):
    """One department's share of a referral; ``sending`` counts the sendings of one entry to it."""

    __tablename__ = "referral_part"
    __table_args__ = (
        UniqueConstraint("entry_id", "department_id", "sending"),
        Index("ix_referral_part_status_id", "status", "id"),
        Index("ix_referral_part_referral_id", "referral_id"),
        Index("ix_referral_part_department_id_id", "department_id", "id"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    sending: Mapped[int]
    role: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    sent_at: Mapped[dt.datetime]
    told_at: Mapped[dt.datetime | None]
    told_whom: Mapped[str]
    received_at: Mapped[dt.datetime | None]
    received_by: Mapped[str]
    answered_at: Mapped[dt.datetime | None]
    answer: Mapped[str]
    returned_at: Mapped[dt.datetime | None]
    return_reason: Mapped[str]


class JournalLine(Base):
    """One act. Written once, never changed: triggers refuse UPDATE and DELETE on both engines."""

    __tablename__ = "journal"
    __table_args__ = (
        UniqueConstraint("desk_id", "sequence"),
        Index("ix_journal_subject_kind_subject_id", "subject_kind", "subject_id"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    sequence: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[dt.datetime]
    operator: Mapped[str] = mapped_column(String(200))
    act_uid: Mapped[uuid.UUID] = mapped_column(unique=True)
    verb: Mapped[str] = mapped_column(String(32))
    subject_kind: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class JournalPrivate(Base):
    """The values of an act, apart from its line, so that an erasure leaves the chain provable."""

    __tablename__ = "journal_private"
    journal_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("journal.id"), primary_key=True, autoincrement=False
    )
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    changes: Mapped[str]
