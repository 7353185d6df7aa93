"""A migrated register has the schema that the records describe, on both engines."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, MetaData, Table

from reception.tables.partial import metadata
from tools.schema_drift import differences


def test_migrations_make_what_the_records_describe(register_url: str) -> None:
    assert differences(register_url) == []


def test_drift_is_named(register_url: str) -> None:
    described = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(described)
    Table("forgotten", described, Column("id", Integer, primary_key=True))
    described.tables["entry"].append_column(Column("afterthought", Integer))
    described.tables["desk"].append_constraint(CheckConstraint("id > 0", name="positive"))

    found = differences(register_url, described)

    assert len(found) == 3
    for name in ("forgotten", "afterthought", "ck_desk_positive"):
        assert any(name in line for line in found)
