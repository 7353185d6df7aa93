"""What every table stands on: names of constraints, instants, ids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[dt.datetime]):
    """An aware datetime, kept in UTC on both engines; SQLite gets it without the zone, so that it sorts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Refuse naive values; hand SQLite the UTC wall time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        value = value.astimezone(dt.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], dt.datetime | None]:
        """Hand out aware values in UTC, whatever zone the server session speaks.

        One call for a value: a page of a list holds a thousand of them.
        """
        return _of_file if dialect.name == "sqlite" else _of_server


def _of_file(kept: str | None) -> dt.datetime | None:
    return None if kept is None else dt.datetime.fromisoformat(f"{kept}+00:00")


def _of_server(kept: dt.datetime | None) -> dt.datetime | None:
    return None if kept is None else kept.astimezone(dt.UTC)


BigId = BigInteger().with_variant(Integer, "sqlite")
"""SQLite gives automatic ids to columns of type INTEGER only."""

metadata = MetaData(naming_convention=NAMING)
