"""Schema versions: what a register has, what this program needs, and the way from one to the other.

Alembic takes 0.3 s to import, so a current register is recognised with one SELECT and never loads it.
"""

from __future__ import annotations

import datetime as dt
from importlib import resources
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from reception.errors import RegisterMissingError, RegisterUnusableError, SurroundingsError
from reception.store import places
from reception.store.engine import connect
from reception.store.places import Place
from reception.store.trouble import plain_error

if TYPE_CHECKING:
    from alembic.config import Config

SCHEMA = "0006"
"""The step that this program's records stand on."""


def current(engine: Engine, place: Place) -> str:
    """The step the register stands on; ``""`` where there is none. Raises SurroundingsError kinds."""
    try:
        with engine.connect() as connection:
            return version(connection, place)
    except DBAPIError as error:
        if plain := plain_error(error, place):
            raise plain from error
        raise


def version(connection: Connection, place: Place) -> str:
    """As ``current``, in the caller's transaction."""
    if not _has_table(connection, "alembic_version"):
        return ""
    if not _has_table(connection, "journal_private"):
        raise RegisterUnusableError(
            "{place} holds the tables of another program. It was left untouched; name another database.",
            place=place.shown,
        )
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def _has_table(connection: Connection, name: str) -> bool:
    if connection.dialect.name == "sqlite":
        query = "SELECT count(*) FROM sqlite_master WHERE name = :name"
    else:
        query = "SELECT to_regclass(:name) IS NOT NULL"
    return bool(connection.scalar(text(query), {"name": name}))


def ready(engine: Engine, place: Place, *, keep_copy: bool = True) -> None:
    """Make sure that the register stands on this program's step.

    An older SQLite register is migrated after a backup beside it (unless ``keep_copy`` is off); a server's
    schema is only ever changed by ``reception migrate``. Raises RegisterMissingError, RegisterUnusableError
    (newer), SurroundingsError.
    """
    found = current(engine, place)
    if found == SCHEMA:
        return
    if not found:
        raise RegisterMissingError(
            "There is no register at {place}. Create one with 'reception init'.", place=place.shown
        )
    if found not in known():
        raise RegisterUnusableError(
            "The register {place} was made by a newer version of this program. "
            "Install that version; nothing was changed.",
            place=place.shown,
        )
    if place.is_server:
        raise SurroundingsError(
            "The register {place} needs 'reception migrate' by its owner before this version can use it.",
            place=place.shown,
        )
    if keep_copy:
        _keep_copy(engine, place)
    _upgrade_all(engine)


def migrate(place_text: str) -> tuple[str, str]:
    """``reception migrate``: bring a register to this program's step; (before, after).

    Raises SurroundingsError kinds.
    """
    place = places.parse(place_text)
    if place.path is not None:
        places.inspect_file(place.path)
    engine = connect(place)
    try:
        before = current(engine, place)
        if place.is_server and before != SCHEMA and before in known():
            _upgrade_all(engine)
        else:
            ready(engine, place)
        return before, SCHEMA
    except DBAPIError as error:
        if plain := plain_error(error, place):
            raise plain from error
        raise
    finally:
        engine.dispose()


def known() -> tuple[str, ...]:
    """The steps that this program knows, first to last."""
    from alembic.script import ScriptDirectory

    steps = ScriptDirectory.from_config(_config()).walk_revisions()
    return tuple(step.revision for step in reversed(list(steps)))


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the missing steps in the caller's transaction."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _upgrade_all(engine: Engine) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        alone(connection)
        upgrade(connection)


def alone(connection: Connection) -> None:
    """Let one process at a time make, migrate or replace a register; large ones may take their time.

    On SQLite the transaction itself sees to it.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": places.APPLICATION_ID})
        connection.execute(text("SET LOCAL statement_timeout = 0"))


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option(
        "script_location", str(resources.files("reception.store") / "migrations").replace("%", "%%")
    )
    return config


def _keep_copy(engine: Engine, place: Place) -> None:
    from reception.store.backup import copy_file

    assert place.path is not None
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S")
    copy_file(engine, place, place.path.with_name(f"{place.path.stem}.before-migration-{stamp}.sqlite"))
