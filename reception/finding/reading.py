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
    """The rows of a SELECT. Raises DBAPIError.

    ``?`` stands for a value, ``AMONG ?`` for a list of numbers or of bytes. Values come as the
    driver has them.
    """
    dialect, form = connection.dialect, {}
    if dialect.name == "sqlite":
        sizes = tuple(len(one) if _is_bytes(one) else -1 for one in values)
        spoken, given = _for_file(statement, sizes), []
        for one in values:
            if not isinstance(one, list):
                given.append(one)
            elif _is_bytes(one):
                given += one
            else:
                given.append(str(one))  # as JSON
    else:
        spoken, given = _for_server(statement), list(values)
        form = {"binary": True}  # as text, bytes are twice as long
    driver: Any = connection.connection.dbapi_connection
    try:
        cursor = driver.cursor(**form)
        try:
            cursor.execute(spoken, given)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        finally:
            cursor.close()
    except dialect.dbapi.Error as error:  # type: ignore[union-attr]  # so that it is told like any other
        kind = dialect.dbapi.Error  # type: ignore[union-attr]
        raise DBAPIError.instance(spoken, None, error, kind, dialect=dialect) from error
    return found


def _is_bytes(one: Any) -> bool:
    return isinstance(one, list) and bool(one) and isinstance(one[0], bytes)


@lru_cache
def _for_server(statement: str) -> str:
    return statement.replace("AMONG ?", "= ANY(%s)").replace("?", "%s")


@lru_cache
def _for_file(statement: str, sizes: tuple[int, ...]) -> str:
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
