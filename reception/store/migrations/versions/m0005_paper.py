"""What is printed: prints, pictures on paper, notices, how a matter is dealt with; and who told a report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add what is new; whoever told a report is nobody's person any more."""
    _prints()
    _notices()
    _let_go()


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


def _let_go() -> None:
    """Nobody is known by having told a report; whom a clerk chose stays, as the journal tells."""
    reports = "SELECT id FROM entry WHERE category = 'report'"
    chosen = (
        "SELECT j.subject_id FROM journal j JOIN journal_private v ON v.journal_id = j.id "
        f"WHERE j.subject_kind = 'entry' AND j.subject_id IN ({reports}) AND v.changes LIKE '%\"person_id\"%'"
    )
    query = (
        f"SELECT p.id, p.person_id FROM entry_party p WHERE p.entry_id IN ({reports}) "
        f"AND p.person_id IS NOT NULL AND p.entry_id NOT IN ({chosen})"
    )
    found = op.get_bind().exec_driver_sql(query.replace("%", "%%")).fetchall()
    visits = (
        "FROM entry e WHERE e.status <> 'void' "
        "AND e.id IN (SELECT entry_id FROM entry_party WHERE person_id = person.id)"
    )
    last = f"{visits} ORDER BY e.received_at DESC, e.id DESC LIMIT 1"
    for party_id, _person in found:
        op.execute(f"UPDATE entry_party SET person_id = NULL WHERE id = {int(party_id)}")
    for person_id in sorted({int(person) for _party, person in found}):
        op.execute(
            f"UPDATE person SET times = (SELECT count(*) {visits}), last_entry_id = (SELECT e.id {last}), "
            f"last_at = (SELECT e.received_at {last}) WHERE id = {person_id}"
        )
