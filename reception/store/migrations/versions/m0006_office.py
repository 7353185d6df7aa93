"""Papers received, meeting notices, jobs, urgent events; who is expected, what is lent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add what is new; nothing that is there changes."""
    _meetings()
    _papers()
    _jobs()
    _urgent()
    _visitors()
    _things()
    closed = sa.text("closed_at IS NOT NULL")
    op.create_index(
        "ix_referral_closed_at",
        "referral",
        ["closed_at", "created_at", "id"],
        sqlite_where=closed,
        postgresql_where=closed,
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _reference(table: str, column: str, there: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{there}.id"], name=f"fk_{table}_{column}_{there}")


def _of_entry(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("entry_id", BIG_ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("operator_id", BIG_ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint("entry_id", "ordinal", name=f"uq_{name}_entry_id_ordinal"),
        _reference(name, "entry_id", "entry"),
        _reference(name, "operator_id", "operator"),
    )


def _meetings() -> None:
    _of_entry(
        "meeting",
        sa.Column("received", sa.Boolean(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        _text("convener"),
        _text("agenda"),
        sa.Column("meets_at", INSTANT, nullable=True),
        _text("place"),
        _text("attendance"),
        _text("materials"),
        _text("dress"),
        sa.Column("reply_by", INSTANT, nullable=True),
        _text("issued_by"),
        sa.Column("laid_at", INSTANT, nullable=True),
        _text("laid_before"),
        sa.Column("answered_at", INSTANT, nullable=True),
        _text("answered_whom"),
        sa.Column("ended_at", INSTANT, nullable=True),
    )
    op.create_index("ix_meeting_ended_at", "meeting", ["ended_at", "meets_at"])
    _of_entry(
        "invitee",
        sa.Column("department_id", BIG_ID, nullable=True),
        _text("name"),
        _text("position"),
        _text("phone"),
        sa.Column("reply", sa.String(16), nullable=True),
        sa.Column("replied_at", INSTANT, nullable=True),
        _text("attendee"),
        _text("reason"),
        _reference("invitee", "department_id", "department"),
    )
    _of_entry(
        "invitation",
        sa.Column("invitee", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("call_id", BIG_ID, nullable=False),
        sa.Column("told_at", INSTANT, nullable=True),
        _text("told_whom"),
        _reference("invitation", "call_id", "entry"),
    )
    op.create_index("ix_invitation_call_id", "invitation", ["call_id"])


def _papers() -> None:
    _of_entry(
        "document",
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        _text("sender"),
        _text("sender_number"),
        sa.Column("sender_day", sa.Integer(), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        _text("brought_by"),
        _text("proposed"),
        sa.Column("filed_at", INSTANT, nullable=True),
        _text("filed_where"),
        sa.UniqueConstraint("year", "number", name="uq_document_year_number"),
    )
    op.create_index("ix_document_filed_at", "document", ["filed_at", "id"])
    _of_entry(
        "circulation",
        sa.Column("department_id", BIG_ID, nullable=True),
        _text("whom"),
        sa.Column("signed_at", INSTANT, nullable=True),
        _text("note"),
        _reference("circulation", "department_id", "department"),
    )
    op.create_index("ix_circulation_signed_at", "circulation", ["signed_at", "id"])


def _jobs() -> None:
    _of_entry(
        "instruction",
        _text("leader"),
        _text("words"),
        sa.Column("stands_on", sa.String(16), nullable=False),
        sa.Column("referral", sa.Integer(), nullable=True),
        sa.Column("on_day", sa.Integer(), nullable=True),
        sa.Column("job_id", BIG_ID, nullable=True),
        _reference("instruction", "job_id", "entry"),
    )
    op.create_index("ix_instruction_job_id", "instruction", ["job_id"])
    op.create_index("ix_instruction_on_day", "instruction", ["on_day"])
    _of_entry(
        "job",
        _text("given_by"),
        _text("given_to"),
    )
    _of_entry(
        "job_step",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("level", sa.String(16), nullable=True),
        _text("whom"),
        _text("words"),
        _text("reply"),
    )


def _urgent() -> None:
    _of_entry(
        "urgent",
        _text("place"),
        sa.Column("ended_at", INSTANT, nullable=True),
    )
    op.create_index("ix_urgent_ended_at", "urgent", ["ended_at", "id"])
    _of_entry(
        "event",
        sa.Column("kind", sa.String(16), nullable=False),
        _text("whom"),
        _text("phone"),
        sa.Column("reached", sa.Boolean(), nullable=True),
        _text("words"),
    )


def _visitors() -> None:
    op.create_table(
        "expected",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=True),
        _text("name"),
        _text("organisation"),
        _text("phone"),
        sa.Column("party_size", sa.Integer(), nullable=False),
        _text("plate"),
        _text("room"),
        sa.Column("department_id", BIG_ID, nullable=True),
        _text("whom"),
        _text("subject"),
        _text("note"),
        _text("calendar_uid"),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("visit_id", BIG_ID, nullable=True),
        sa.Column("operator_id", BIG_ID, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_expected"),
        _reference("expected", "department_id", "department"),
        _reference("expected", "visit_id", "entry"),
        _reference("expected", "operator_id", "operator"),
    )
    op.create_index("ix_expected_calendar_uid", "expected", ["calendar_uid"])
    op.create_index("ix_expected_day", "expected", ["day", "at"])
    op.create_index("ix_expected_status", "expected", ["status", "at"])


def _things() -> None:
    op.create_table(
        "loan",
        sa.Column("id", BIG_ID, nullable=False),
        _text("thing"),
        sa.Column("pieces", sa.Integer(), nullable=False),
        _text("whom"),
        _text("phone"),
        sa.Column("department_id", BIG_ID, nullable=True),
        sa.Column("entry_id", BIG_ID, nullable=True),
        sa.Column("lent_at", INSTANT, nullable=False),
        sa.Column("back_by", INSTANT, nullable=True),
        sa.Column("returned_at", INSTANT, nullable=True),
        _text("note"),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("operator_id", BIG_ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_loan"),
        _reference("loan", "department_id", "department"),
        _reference("loan", "entry_id", "entry"),
        _reference("loan", "operator_id", "operator"),
    )
    op.create_index("ix_loan_status", "loan", ["status", "back_by"])
    op.create_table(
        "parcel",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        _text("sender"),
        _text("tracking"),
        _text("whom"),
        sa.Column("department_id", BIG_ID, nullable=True),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("handed_at", INSTANT, nullable=True),
        _text("handed_to"),
        _text("note"),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("operator_id", BIG_ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_parcel"),
        _reference("parcel", "department_id", "department"),
        _reference("parcel", "operator_id", "operator"),
    )
    op.create_index("ix_parcel_status", "parcel", ["status", "received_at"])
