"""Statements of many constants, written out once: what they say never changes, only the moment does.

A driver goes through every value that it hands over, each time; a server that knows the constants finds the
indexes that are made for just these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, Connection, Dialect, Select, bindparam
from sqlalchemy.sql import visitors

from reception.finding import reading

_NAMED = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class _Spelled:
    """As ``reading.rows`` takes it, and how each of its values is handed over."""

    text: str
    values: tuple[tuple[str, Callable[[Any], Any] | None], ...]


class Written:
    """A SELECT in which all is constant but the values that are named.

    What it returns comes as the driver has it.
    """

    def __init__(self, statement: Select[Any] | CompoundSelect[Any]) -> None:
        self._statement = statement
        self._spelled: dict[str, _Spelled] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Its rows, asked with these values; further ones are passed over."""
        spelled = self._spelled.get(connection.dialect.name) or self._spell(connection.dialect)
        given = [
            values[name] if convert is None else convert(values[name]) for name, convert in spelled.values
        ]
        return reading.rows(connection, spelled.text, given)

    def _spell(self, dialect: Dialect) -> _Spelled:
        constant: Any = visitors.replacement_traverse(self._statement, {}, _constant)
        compiled: Any = constant.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        text = str(compiled)
        names = compiled.positiontup if compiled.positional else _NAMED.findall(text)
        values = tuple((name, _converter(compiled.binds[name], dialect)) for name in names)
        spelled = self._spelled[dialect.name] = _Spelled(_NAMED.sub("?", text), values)
        return spelled


def _constant(element: Any, **_more: Any) -> Any:
    """A value that the statement brings along is written into it; one that is missing may be, here."""
    if not isinstance(element, BindParameter):
        return None
    if element.required:
        return bindparam(element.key, None, type_=element.type, required=False)
    return element.render_literal_execute()


def _converter(bound: BindParameter[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    kind: Any = bound.type
    found: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return found
