"""What is printed: the prints, the pictures on paper, the notices, and how a matter is dealt with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add what is new; nothing that is there changes its meaning."""
    _prints()
    _notices()


def _prints() -> None:
    op.create_table(
        "printed",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("form", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("heads", sa.Text(), nullable=False),
        sa.Column("lines", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("salt_digest", sa.String(64), nullable=False),
        sa.Column("salt", sa.LargeBinary(16), nullable=True),
        sa.Column("digests", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_printed"),
        sa.UniqueConstraint("code", name="uq_printed_code"),
        sa.UniqueConstraint("form", "subject", "count", name="uq_printed_form_subject_count"),
    )
    op.create_table(
        "picture",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_picture"),
        sa.UniqueConstraint("digest", name="uq_picture_digest"),
    )


def _notices() -> None:
    for name in ("steps", "fee"):
        op.add_column("matter", sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "notice",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("entry_id", BIG_ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("operator_id", BIG_ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("matter_id", BIG_ID, nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("materials", sa.Text(), nullable=False),
        sa.Column("lacks", sa.Text(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("time_limit", sa.Text(), nullable=False),
        sa.Column("fee", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("whereto", sa.Text(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_notice_entry_id_entry"),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name="fk_notice_operator_id_operator"),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name="fk_notice_matter_id_matter"),
        sa.UniqueConstraint("entry_id", "ordinal", name="uq_notice_entry_id_ordinal"),
    )
