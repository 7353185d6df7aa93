"""Whether the migrations make the schema that the records describe: ``python -m tools.schema_drift``."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Engine, MetaData, inspect

from reception.store import migrate, places
from reception.store.engine import connect
from reception.tables.partial import metadata


def differences(register: str, described: MetaData = metadata) -> list[str]:
    """Migrate the empty ``register`` (a path or URL) from nothing and say where it and the records differ."""
    place = places.parse(register)
    engine = connect(place)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            migrate.upgrade(connection)
        with engine.connect() as connection:
            options = {"compare_type": True, "compare_server_default": True}
            context = MigrationContext.configure(connection, opts=options)
            found = [_said(step) for step in compare_metadata(context, described)]
        return found + _checks(engine, described)
    finally:
        engine.dispose()


def _said(step: Any) -> str:
    """One step of Alembic's answer; a change of a column comes as a list of steps."""
    return "; ".join(_said(part) for part in step) if isinstance(step, list) else " ".join(map(str, step))


def _checks(engine: Engine, described: MetaData) -> list[str]:
    """Check constraints by name; Alembic does not compare them."""
    there = inspect(engine)
    found = []
    for table in described.sorted_tables:
        if not there.has_table(table.name):  # said already
            continue
        wanted = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        made = {str(check["name"]) for check in there.get_check_constraints(table.name)}
        found += [f"check {name} of {table.name} is in one of them only" for name in sorted(wanted ^ made)]
    return found


def main() -> int:
    """Compare on a register in a temporary folder; exit code 1 when they differ."""
    with tempfile.TemporaryDirectory() as folder:
        found = differences(str(Path(folder) / "register.sqlite"))
    for line in found:
        print(line)
    print("schema: the migrations and the records differ" if found else "schema: no drift")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
