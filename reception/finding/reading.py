"""Reading many rows quickly, with the same words on both engines.

A search is a handful of tiny statements; what SQLAlchemy does around each would cost more than the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

_CURSOR = "reading.cursor"


def rows(connection: Connection, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a SELECT. Raises DBAPIError; a connection that turned out to be dead is given up.

    ``?`` stands for a value, ``AMONG ?`` for a list of numbers or of bytes. Values come as the
    driver has them.
    """
    driver: Any = connection.connection.dbapi_connection
    dialect = connection.dialect
    try:
        if dialect.name == "sqlite":
            cursor = driver.execute(*_for_file(statement, values))
        else:
            cursor = _cursor(connection, driver)
            # the same few statements with every question: to plan one takes longer than to run it
            cursor.execute(_for_server(statement), [_as_text(one) for one in values], prepare=True)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    except dialect.dbapi.Error as error:  # type: ignore[union-attr]  # so that it is told like any other
        if dialect.is_disconnect(error, driver, None):
            connection.exec_driver_sql(
                "SELECT 1"
            )  # fails too, and all connections to that server are given up
        kind = dialect.dbapi.Error  # type: ignore[union-attr]
        raise DBAPIError.instance(statement, None, error, kind, dialect=dialect) from error
    return found


def _cursor(connection: Connection, driver: Any) -> Any:
    """One for all statements of a connection: it finds out once how values are handed over."""
    cursor = connection.info.get(_CURSOR)
    if cursor is None:
        # as text, bytes are twice as long
        cursor = connection.info[_CURSOR] = driver.cursor(binary=True)
    return cursor


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
