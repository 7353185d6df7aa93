"""The first schema: site, entries with their persons, referrals with their parts, the journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPLICATION_ID = 0x52444B31
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SEALED = ("journal", "journal_private")


def upgrade() -> None:
    """Make the tables, and the triggers that keep the journal append-only."""
    _site()
    _entries()
    _referrals()
    _journal()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _seal_sqlite()
    else:
        _seal_postgresql()


def _site() -> None:
    op.create_table(
        "department",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("officer_a", sa.Text(), nullable=False),
        sa.Column("officer_b", sa.Text(), nullable=False),
        sa.Column("leader", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("pinyin", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_department"),
        sa.UniqueConstraint("code", name="uq_department_code"),
    )
    op.create_table(
        "desk",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("head_sequence", sa.BigInteger(), nullable=False),
        sa.Column("head_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("epoch_day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk"),
        sa.UniqueConstraint("code", name="uq_desk_code"),
    )
    op.create_table(
        "operator",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operator"),
        sa.UniqueConstraint("name", name="uq_operator_name"),
    )
    op.create_table(
        "setting",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_setting"),
        sa.UniqueConstraint("key", name="uq_setting_key"),
    )
    op.create_table(
        "matter",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("department_id", BIG_ID, nullable=True),
        sa.Column("materials", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("limit", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("pinyin", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_matter"),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name="fk_matter_department_id_department"
        ),
        sa.UniqueConstraint("name", name="uq_matter_name"),
    )


def _entries() -> None:
    op.create_table(
        "entry",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("desk_id", BIG_ID, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("operator_id", BIG_ID, nullable=False),
        sa.Column("party_size", sa.Integer(), nullable=False),
        sa.Column("matter_id", BIG_ID, nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("category", sa.String(16), nullable=True),
        sa.Column("urgency", sa.String(16), nullable=False),
        sa.Column("act", sa.String(16), nullable=True),
        sa.Column("call_result", sa.String(16), nullable=True),
        sa.Column("department_id", BIG_ID, nullable=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("visits", sa.String(16), nullable=True),
        sa.Column("complained_about", sa.Text(), nullable=False),
        sa.Column("people_concerned", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Boolean(), nullable=True),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.Column("identity_protected", sa.Boolean(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.Column("read_back", sa.Boolean(), nullable=True),
        sa.Column("callback_wanted", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("line_desk_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name="fk_entry_desk_id_desk"),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name="fk_entry_operator_id_operator"),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name="fk_entry_matter_id_matter"),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name="fk_entry_department_id_department"
        ),
        sa.UniqueConstraint("day", "epoch", "sequence", "desk_id", name="uq_entry_number"),
        sa.UniqueConstraint("uid", name="uq_entry_uid"),
    )
    op.create_index("ix_entry_status_id", "entry", ["status", "id"])
    op.create_table(
        "entry_party",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("entry_id", BIG_ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_digits", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("sex", sa.String(16), nullable=True),
        sa.Column("document_type", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entry_party"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_entry_party_entry_id_entry"),
        sa.UniqueConstraint("entry_id", "position", name="uq_entry_party_entry_id_position"),
    )


def _referrals() -> None:
    op.create_table(
        "referral",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("entry_id", BIG_ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("operator_id", BIG_ID, nullable=False),
        sa.Column("instruction", sa.Text(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing_note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_referral"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_referral_entry_id_entry"),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name="fk_referral_operator_id_operator"),
        sa.UniqueConstraint("entry_id", "ordinal", name="uq_referral_entry_id_ordinal"),
    )
    op.create_index("ix_referral_status_id", "referral", ["status", "id"])
    op.create_table(
        "referral_part",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("referral_id", BIG_ID, nullable=False),
        sa.Column("entry_id", BIG_ID, nullable=False),
        sa.Column("department_id", BIG_ID, nullable=False),
        sa.Column("sending", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_whom", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_referral_part"),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name="fk_referral_part_referral_id_referral"
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_referral_part_entry_id_entry"),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name="fk_referral_part_department_id_department"
        ),
        sa.UniqueConstraint(
            "entry_id", "department_id", "sending", name="uq_referral_part_entry_id_department_id_sending"
        ),
    )
    op.create_index("ix_referral_part_department_id_id", "referral_part", ["department_id", "id"])
    op.create_index("ix_referral_part_referral_id", "referral_part", ["referral_id"])
    op.create_index("ix_referral_part_status_id", "referral_part", ["status", "id"])


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("desk_id", BIG_ID, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operator", sa.String(200), nullable=False),
        sa.Column("act_uid", sa.Uuid(), nullable=False),
        sa.Column("verb", sa.String(32), nullable=False),
        sa.Column("subject_kind", sa.String(16), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("previous", sa.LargeBinary(32), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name="fk_journal_desk_id_desk"),
        sa.UniqueConstraint("act_uid", name="uq_journal_act_uid"),
        sa.UniqueConstraint("desk_id", "sequence", name="uq_journal_desk_id_sequence"),
    )
    op.create_index("ix_journal_subject_kind_subject_id", "journal", ["subject_kind", "subject_id"])
    op.create_table(
        "journal_private",
        sa.Column("journal_id", BIG_ID, nullable=False, autoincrement=False),
        sa.Column("salt", sa.LargeBinary(16), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("journal_id", name="pk_journal_private"),
        sa.ForeignKeyConstraint(["journal_id"], ["journal.id"], name="fk_journal_private_journal_id_journal"),
    )


def _seal_sqlite() -> None:
    for table in SEALED:
        for verb in ("UPDATE", "DELETE"):
            # plain BEFORE UPDATE: with OF columns it would not fire on "SET rowid = rowid"
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            )


def _seal_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION journal_sealed() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"
    )
    for table in SEALED:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION journal_sealed()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_sealed()"
        )
