"""The keys of persons by the time they were last seen, so that the latest who fit are read first."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table anew; the desk fills it beside its work, as it did the old one."""
    op.drop_table("person_key")
    op.create_table(
        "person_key",
        sa.Column("span", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("seen_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", BIG_ID, nullable=False),
        sa.PrimaryKeyConstraint("span", "key", "seen_id", "person_id", name="pk_person_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person_keyed",
        sa.Column("person_id", BIG_ID, nullable=False, autoincrement=False),
        sa.Column("seen_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_person_keyed"),
    )
    op.execute("DELETE FROM derived_state WHERE name = 'person_keys'")
