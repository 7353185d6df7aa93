"""Alembic's entry: runs the steps on the connection that ``reception.store.migrate`` hands over."""

from __future__ import annotations

from alembic import context

from reception.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=False)
# the caller holds the transaction, so that a failed step leaves nothing behind on either engine
context.run_migrations()
