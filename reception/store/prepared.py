"""Everyday statements, compiled once per engine.

What SQLAlchemy does on the way to a statement (finding its compiled form, arranging values) costs a save more
time than the database takes for it. Values are converted by the columns' own types, as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect
from sqlalchemy.sql import ClauseElement

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Made:
    text: str
    names: tuple[str, ...]
    converters: tuple[tuple[int, str, Convert], ...]
    positional: bool


class Prepared:
    """A statement with named values.

    Args:
        statement: an INSERT of one row, an UPDATE or a SELECT. What it returns comes as the driver has it.
        columns: the columns that an INSERT or UPDATE fills.
    """

    def __init__(self, statement: ClauseElement, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._made: dict[str, _Made] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> CursorResult[Any]:
        """Execute it."""
        made = self._made.get(connection.dialect.name) or self._make(connection.dialect)
        if made.positional:
            row = [values[name] for name in made.names]
            for place, _name, convert in made.converters:
                row[place] = convert(row[place])
            return connection.exec_driver_sql(made.text, tuple(row))
        named = {name: values[name] for name in made.names}
        for _place, name, convert in made.converters:
            named[name] = convert(named[name])
        return connection.exec_driver_sql(made.text, named)

    def many(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute it for each of these rows."""
        made = self._made.get(connection.dialect.name) or self._make(connection.dialect)
        if not rows:
            return
        converters = {name: convert for _place, name, convert in made.converters}
        plain = [name for name in made.names if name not in converters]
        if made.positional:
            steps = [(name, converters.get(name)) for name in made.names]
            tuples = [
                tuple(row[name] if convert is None else convert(row[name]) for name, convert in steps)
                for row in rows
            ]
            connection.exec_driver_sql(made.text, tuples)
            return
        named = [
            {name: row[name] for name in plain} | {name: one(row[name]) for name, one in converters.items()}
            for row in rows
        ]
        connection.exec_driver_sql(made.text, named)

    def insert(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Execute it as an INSERT; the id of the new row."""
        result = self.run(connection, values)
        return int(result.scalar_one()) if result.returns_rows else int(result.lastrowid)

    def _make(self, dialect: Dialect) -> _Made:
        compiled = self._statement.compile(dialect=dialect, column_keys=self._columns)
        names = tuple(compiled.positiontup or compiled.binds)  # type: ignore[attr-defined]
        converters = []
        for place, name in enumerate(names):
            kind = compiled.binds[name].type  # type: ignore[attr-defined]
            convert = kind.dialect_impl(dialect).bind_processor(dialect)
            if convert is not None:
                converters.append((place, name, convert))
        positional = bool(compiled.positiontup)  # type: ignore[attr-defined]
        made = self._made[dialect.name] = _Made(compiled.string, names, tuple(converters), positional)
        return made
