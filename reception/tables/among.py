"""Rows by a list of ids, however long it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Connection, any_, bindparam, func, literal, select

IDS = "ids"
"""What the list is called among the values of the statement; it is a list, not a tuple."""


def among(column: ColumnElement[Any], *, server: bool) -> ColumnElement[bool]:
    """That a column is one of ``IDS``.

    A server plans a statement once that stays the same however many ids there are.
    """
    if server:
        return column == any_(bindparam(IDS, type_=ARRAY(BigInteger)))
    return column.in_(bindparam(IDS, expanding=True))


def one_of(connection: Connection, column: ColumnElement[Any], ids: Sequence[int]) -> ColumnElement[bool]:
    """The same where the ids stand in the statement, beside other values: any number of them."""
    if on_server(connection):
        return column == any_(literal(list(ids), ARRAY(BigInteger)))
    return column.in_(select(func.json_each(str(list(ids))).table_valued("value").c.value))


def on_server(connection: Connection) -> bool:
    """Whether a server keeps the register."""
    return connection.dialect.name == "postgresql"
