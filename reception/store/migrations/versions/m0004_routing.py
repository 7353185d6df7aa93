"""Due dates, working days, limits, absences, steps of a referral, shifts, and who an accusation is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add what is new; nothing that is there changes its meaning."""
    _entries()
    _referrals()
    _steps()
    _site()
    _shifts()
    _standing()


def _reference(table: str, column: str, there: str) -> None:
    # plain words, because SQLite can add a reference only together with its column
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    name = f"fk_{table}_{column}_{there}"
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} CONSTRAINT {name} REFERENCES {there} (id)")


def _entries() -> None:
    op.add_column("entry", sa.Column("source", sa.String(16), nullable=True))
    op.add_column(
        "entry", sa.Column("source_number", sa.Text(), nullable=False, server_default=sa.text("''"))
    )
    op.add_column("entry", sa.Column("checked", sa.Boolean(), nullable=True))
    _reference("entry", "concerned_id", "department")
    sealed = sa.text("category = 'accusation'")
    op.create_index("ix_entry_sealed", "entry", ["id"], sqlite_where=sealed, postgresql_where=sealed)
    _let_go()


def _let_go() -> None:
    """Whoever told an accusation is nobody's person now; whom a clerk chose stays, as the journal tells."""
    told = "p.entry_id IN (SELECT id FROM entry WHERE category = 'accusation') AND p.person_id IS NOT NULL"
    chosen = (
        "SELECT j.subject_id FROM journal j JOIN journal_private v ON v.journal_id = j.id "
        "WHERE j.subject_kind = 'entry' AND v.changes LIKE '%\"person_id\"%' "
        "AND j.subject_id IN (SELECT id FROM entry WHERE category = 'accusation')"
    )
    query = f"SELECT p.id, p.person_id FROM entry_party p WHERE {told} AND p.entry_id NOT IN ({chosen})"
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


def _referrals() -> None:
    for name, kind in (
        ("slip_year", sa.Integer()),
        ("slip_number", sa.Integer()),
        ("limit_amount", sa.Integer()),
        ("limit_clock", sa.String(16)),
        ("remind_days", sa.Integer()),
        ("started_at", sa.DateTime(timezone=True)),
        ("due_day", sa.Integer()),
        ("due_at", sa.DateTime(timezone=True)),
        ("provisional", sa.Boolean()),
        ("paused_at", sa.DateTime(timezone=True)),
        ("leader_asked", sa.Boolean()),
        ("person_asked", sa.Boolean()),
    ):
        op.add_column("referral", sa.Column(name, kind, nullable=True))
    op.add_column("referral", sa.Column("leader", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.create_index("uq_referral_slip", "referral", ["slip_year", "slip_number"], unique=True)
    for name, kind in (
        ("stood_in", sa.Boolean()),
        ("on_behalf", sa.Boolean()),
        ("outcome", sa.String(16)),
        ("contacted", sa.Boolean()),
        ("contacted_at", sa.DateTime(timezone=True)),
    ):
        op.add_column("referral_part", sa.Column(name, kind, nullable=True))
    for name in ("officer", "case_number", "contacted_how"):
        op.add_column(
            "referral_part", sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''"))
        )
    _reference("referral_part", "passed_to", "department")


def _steps() -> None:
    op.create_table(
        "referral_step",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("entry_id", BIG_ID, nullable=False),
        sa.Column("referral_id", BIG_ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operator_id", BIG_ID, nullable=False),
        sa.Column("department_id", BIG_ID, nullable=True),
        sa.Column("rung", sa.Integer(), nullable=True),
        sa.Column("way", sa.String(16), nullable=True),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reached", sa.Boolean(), nullable=True),
        sa.Column("content", sa.Boolean(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_before", sa.Integer(), nullable=True),
        sa.Column("due_after", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_referral_step"),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
            name="fk_referral_step_entry_id_entry",
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name="fk_referral_step_referral_id_referral"
        ),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name="fk_referral_step_operator_id_operator"
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name="fk_referral_step_department_id_department"
        ),
        sa.UniqueConstraint("entry_id", "ordinal", name="uq_referral_step_entry_id_ordinal"),
    )
    op.create_index("ix_referral_step_referral_id_kind", "referral_step", ["referral_id", "kind"])


def _site() -> None:
    op.create_table(
        "working_year",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_working_year"),
        sa.UniqueConstraint("year", name="uq_working_year_year"),
    )
    op.create_table(
        "limit_rule",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("category", sa.String(16), nullable=True),
        sa.Column("source", sa.String(16), nullable=True),
        sa.Column("urgency", sa.String(16), nullable=True),
        sa.Column("matter_id", BIG_ID, nullable=True),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(16), nullable=False),
        sa.Column("remind_days", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_limit_rule"),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name="fk_limit_rule_matter_id_matter",
        ),
    )
    op.create_table(
        "absence",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("department_id", BIG_ID, nullable=False),
        sa.Column("officer", sa.String(1), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name="fk_absence_department_id_department"
        ),
    )
    op.create_index("ix_absence_last_day", "absence", ["last_day"])
    op.create_table(
        "duty",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("leader", sa.Text(), nullable=False),
        sa.Column("weather", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_duty"),
        sa.UniqueConstraint("day", name="uq_duty_day"),
    )


def _standing() -> None:
    """What is to be done now is found by these, without a look at what ended long ago."""
    op.add_column("referral", sa.Column("waits", sa.String(16), nullable=True))
    op.add_column("referral", sa.Column("press_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("referral", sa.Column("reminded", sa.Integer(), nullable=True))
    op.add_column("referral_part", sa.Column("waits", sa.String(16), nullable=True))
    for name, table, columns, known in (
        ("ix_referral_waits", "referral", ["waits", "press_at", "id", "remind_days", "reminded"], "waits"),
        ("ix_referral_press_at", "referral", ["press_at", "id"], "press_at"),
        (
            "ix_referral_part_waits",
            "referral_part",
            ["waits", "sent_at", "id", "role", "department_id"],
            "waits",
        ),
        ("ix_entry_call_result", "entry", ["call_result", "status", "id"], "call_result"),
    ):
        where = sa.text(f"{known} IS NOT NULL")
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    nothing_done = sa.text("act IS NULL")
    op.create_index(
        "ix_entry_no_act",
        "entry",
        ["status", "id"],
        sqlite_where=nothing_done,
        postgresql_where=nothing_done,
    )
    op.create_index(
        "ix_entry_callback_wanted",
        "entry",
        ["status", "id"],
        sqlite_where=sa.text("callback_wanted = 1"),
        postgresql_where=sa.text("callback_wanted"),
    )
    _stand()
    if op.get_bind().dialect.name == "postgresql":
        # what runs is read from its index alone once it is swept; a fifth of all there ever was never dies
        often = "autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000"
        op.execute(f"ALTER TABLE referral SET ({often})")
        op.execute(f"ALTER TABLE referral_part SET ({often})")


def _stand() -> None:
    """The referrals that run, as the program works them out; old ones have no due date."""
    lead = (
        "FROM referral_part AS p WHERE p.referral_id = referral.id AND p.role = 'lead' "
        "AND p.status <> 'withdrawn' ORDER BY p.id DESC LIMIT 1"
    )
    never = "'9999-01-01 00:00:00.000000'"
    if op.get_bind().dialect.name == "postgresql":
        never = "timestamptz '9999-01-01 00:00:00+00'"
    op.execute(
        "UPDATE referral SET waits = CASE WHEN status = 'completed' THEN 'closing' "
        f"WHEN (SELECT p.status {lead}) = 'returned' THEN 'returned' ELSE 'department' END, "
        f"press_at = CASE WHEN status = 'completed' THEN coalesce((SELECT p.answered_at {lead}), created_at) "
        f"ELSE {never} END WHERE status IN ('open', 'completed')"
    )
    op.execute(
        "UPDATE referral_part SET waits = status WHERE status <> 'withdrawn' AND referral_id IN "
        "(SELECT id FROM referral WHERE status IN ('open', 'completed'))"
    )


def _shifts() -> None:
    op.create_table(
        "pinned_note",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("until_day", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operator_id", BIG_ID, nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_pinned_note"),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["operator.id"],
            name="fk_pinned_note_operator_id_operator",
        ),
    )
    op.create_table(
        "handover",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("desk_id", BIG_ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("giver_id", BIG_ID, nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taker_id", BIG_ID, nullable=True),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handover"),
        sa.ForeignKeyConstraint(
            ["desk_id"],
            ["desk.id"],
            name="fk_handover_desk_id_desk",
        ),
        sa.ForeignKeyConstraint(
            ["giver_id"],
            ["operator.id"],
            name="fk_handover_giver_id_operator",
        ),
        sa.ForeignKeyConstraint(
            ["taker_id"],
            ["operator.id"],
            name="fk_handover_taker_id_operator",
        ),
    )
    op.create_index("ix_handover_desk_id_id", "handover", ["desk_id", "id"])
