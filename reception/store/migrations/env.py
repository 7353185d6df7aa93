"""Alembic's entry: runs the steps on the connection that ``reception.store.migrate`` hands over."""

from __future__ import annotations

from alembic import context

from reception.records import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transactional_ddl=False)
# the caller holds the transaction, so that a failed step leaves nothing behind on either engine
context.run_migrations()
