"""Rows by a list of ids, however long it is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Connection, any_, bindparam

IDS = "ids"
"""What the list is called among the values of the statement; it is a list, not a tuple."""


def among(column: ColumnElement[Any], *, server: bool) -> ColumnElement[bool]:
    """That a column is one of ``IDS``.

    A server plans a statement once that stays the same however many ids there are.
    """
    if server:
        return column == any_(bindparam(IDS, type_=ARRAY(BigInteger)))
    return column.in_(bindparam(IDS, expanding=True))


def on_server(connection: Connection) -> bool:
    """Whether a server keeps the register."""
    return connection.dialect.name == "postgresql"
