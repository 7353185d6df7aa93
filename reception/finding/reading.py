"""Reading many rows quickly, with the same words on both engines.

A search is a handful of tiny statements; what SQLAlchemy does around each would cost more than the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def rows(connection: Connection, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a SELECT. Raises DBAPIError; a connection that turned out to be dead is given up.

    ``?`` stands for a value, ``AMONG ?`` for a list of numbers or of bytes. Values come as the
    driver has them.
    """
    driver: Any = connection.connection.dbapi_connection
    dialect = connection.dialect
    if dialect.name == "sqlite":
        spoken, given = _for_file(statement, values)
        asked: dict[str, Any] = {}
        form: dict[str, Any] = {}
    else:
        spoken, given = _for_server(statement), [_as_text(one) for one in values]
        # the same few statements with every question: what it takes to plan one is more than to run it
        asked = {"prepare": True}
        form = {"binary": True}  # as text, bytes are twice as long
    try:
        cursor = driver.cursor(**form)
        try:
            cursor.execute(spoken, given, **asked)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        finally:
            cursor.close()
    except dialect.dbapi.Error as error:  # type: ignore[union-attr]  # so that it is told like any other
        raise _told(connection, spoken, error) from error
    return found


def _told(connection: Connection, statement: str, error: Any) -> DBAPIError:
    """What SQLAlchemy would have raised; like it, let go of all that a server which is gone has left."""
    dialect, driver = connection.dialect, connection.connection.dbapi_connection
    gone = dialect.is_disconnect(error, driver, None)
    if gone:
        connection.invalidate(error)
        connection.engine.dispose()
    kind = dialect.dbapi.Error  # type: ignore[union-attr]
    made = DBAPIError.instance(statement, None, error, kind, connection_invalidated=gone, dialect=dialect)
    assert isinstance(made, DBAPIError)
    return made


def _as_text(one: Any) -> Any:
    """A value as a server reads it out of text and finds its type by itself.

    The driver's own way would make a statement of its own for each size of a number, and it takes its time
    over lists.
    """
    if not isinstance(one, list):
        return str(one) if isinstance(one, int) else one
    if _is_bytes(one):
        return "{" + ",".join([f'"\\\\x{each.hex()}"' for each in one]) + "}"
    return f"{{{','.join(map(str, one))}}}"


def _is_bytes(one: Any) -> bool:
    return isinstance(one, list) and bool(one) and isinstance(one[0], bytes)


@lru_cache
def _for_server(statement: str) -> str:
    return statement.replace("AMONG ?", "= ANY(%s)").replace("?", "%s")


def _for_file(statement: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """The statement as SQLite understands it, and its values: of lists of numbers it is told as JSON."""
    given: list[Any] = []
    for one in values:
        if not isinstance(one, list):
            given.append(one)
        elif _is_bytes(one):
            given += one
        else:
            given.append(str(one))
    return _spelled(statement, tuple([len(one) if _is_bytes(one) else -1 for one in values])), given


@lru_cache
def _spelled(statement: str, sizes: tuple[int, ...]) -> str:
    """SQLite has no lists: of numbers it makes rows out of JSON, bytes it has to be told one by one."""
    parts = statement.split("?")
    spoken = ""
    for part, size in zip(parts, sizes, strict=False):
        if not part.endswith("AMONG "):
            spoken += f"{part}?"
        elif size < 0:
            spoken += f"{part[: -len('AMONG ')]}IN (SELECT value FROM json_each(?))"
        else:
            spoken += f"{part[: -len('AMONG ')]}IN ({', '.join('?' * size)})"
    return spoken + parts[-1]
