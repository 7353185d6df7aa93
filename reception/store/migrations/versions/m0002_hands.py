"""People who return, calls owed, estimated leaving times, cases asked about again, and what Find looks up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; filling those that are worked out from the records is the desk's, beside its work."""
    _people()
    _entries()
    _callbacks()
    _derived()


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("sex", sa.String(16), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_entry_id", BIG_ID, nullable=True),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_id", sa.BigInteger(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("digits", sa.Text(), nullable=False),
        sa.Column("note_kind", sa.String(16), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("merged_into", BIG_ID, nullable=True),
        sa.Column("face", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.ForeignKeyConstraint(["merged_into"], ["person.id"], name="fk_person_merged_into_person"),
        sa.UniqueConstraint("identity", name="uq_person_identity"),
    )
    op.create_index("ix_person_seen_id", "person", ["seen_id", "id", "digits", "texts"])
    for column in ("merged_into", "note_kind"):
        some = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_person_{column}", "person", [column], sqlite_where=some, postgresql_where=some)
    op.create_table(
        "person_phone",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("person_id", BIG_ID, nullable=False),
        sa.Column("digits", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_person_phone"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_phone_person_id_person"),
        sa.UniqueConstraint("digits", "person_id", name="uq_person_phone_digits_person_id"),
        sa.UniqueConstraint("identity", name="uq_person_phone_identity"),
    )
    op.create_index("ix_person_phone_person_id", "person_phone", ["person_id"])
    op.create_table(
        "person_key",
        sa.Column("key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("person_id", BIG_ID, nullable=False),
        sa.PrimaryKeyConstraint("key", "person_id", name="pk_person_key"),
        sqlite_with_rowid=False,
    )


def _entries() -> None:
    op.add_column("entry", sa.Column("left_estimated", sa.Boolean(), nullable=True))
    # plain words, because SQLite can add a reference only together with its column
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    for table, column, there in (("entry", "case_id", "entry"), ("entry_party", "person_id", "person")):
        name = f"fk_{table}_{column}_{there}"
        reference = f"CONSTRAINT {name} REFERENCES {there} (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} {reference}")
    asked = sa.text("case_id IS NOT NULL")
    op.create_index("ix_entry_case_id", "entry", ["case_id"], sqlite_where=asked, postgresql_where=asked)
    op.create_index("ix_entry_party_person_id_entry_id", "entry_party", ["person_id", "entry_id"])


def _callbacks() -> None:
    op.create_table(
        "callback",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("entry_id", BIG_ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("operator_id", BIG_ID, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_callback"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_callback_entry_id_entry"),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name="fk_callback_operator_id_operator"),
        sa.UniqueConstraint("entry_id", "ordinal", name="uq_callback_entry_id_ordinal"),
    )
    op.create_index("ix_callback_status_due_at", "callback", ["status", "due_at"])
    op.create_table(
        "callback_attempt",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("entry_id", BIG_ID, nullable=False),
        sa.Column("callback_id", BIG_ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.String(16), nullable=False),
        sa.Column("reached", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_callback_attempt"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_callback_attempt_entry_id_entry"),
        sa.ForeignKeyConstraint(
            ["callback_id"], ["callback.id"], name="fk_callback_attempt_callback_id_callback"
        ),
        sa.UniqueConstraint("entry_id", "ordinal", name="uq_callback_attempt_entry_id_ordinal"),
    )
    op.create_index("ix_callback_attempt_callback_id", "callback_attempt", ["callback_id"])


def _derived() -> None:
    op.create_table(
        "posting",
        sa.Column("block", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("piece", sa.LargeBinary(), nullable=False),
        sa.Column("entries", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("block", "piece", name="pk_posting"),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        # a bitmap of 2 KB fits beside its key; elsewhere it would cost a second look
        op.execute("ALTER TABLE posting ALTER COLUMN entries SET STORAGE PLAIN")
    op.create_table(
        "posting_block",
        sa.Column("block", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("block", name="pk_posting_block"),
    )
    op.create_table(
        "posting_pending",
        sa.Column("entry_id", BIG_ID, nullable=False, autoincrement=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="pk_posting_pending"),
    )
    op.create_table(
        "derived_state",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_derived_state"),
    )
