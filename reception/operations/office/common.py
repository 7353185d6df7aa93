"""The rows that stand beside an entry of the office, by their places within it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, func, insert, or_, select

from reception import tables
from reception.context import Session, now, present
from reception.errors import NotFoundError
from reception.facts.office import Stands
from reception.operations import touching

Changes = dict[str, Mapping[str, tuple[Any, Any]]]
STANDING = Stands.STANDING.value
_UNTOLD = frozenset({"entry_id"})


def add(session: Session, entry_id: int, name: str, values: Mapping[str, Any]) -> tuple[int, Changes]:
    """Write a row of ``tables.OF_ENTRY`` at the next place; the place and what the journal keeps.

    The caller holds the entry (``touching.open_entry``), or has just made it.
    """
    table = tables.OF_ENTRY[name]
    last = select(func.max(table.c.ordinal)).where(table.c.entry_id == entry_id)
    whole = {
        "entry_id": entry_id,
        "ordinal": int(session.connection().scalar(last) or 0) + 1,
        "operator_id": present(session).operator_id,
        "at": now(session),
        "status": STANDING,
        **values,
    }
    session.connection().execute(insert(table), whole)
    return whole["ordinal"], {f"{name}/{whole['ordinal']}": touching.created(whole, _UNTOLD)}


def change(session: Session, name: str, row: RowMapping, new: Mapping[str, Any]) -> Changes:
    """Change a row; what the journal keeps of it, nothing if nothing changes."""
    return touching.update_other(session, tables.OF_ENTRY[name], f"{name}/{row['ordinal']}", row, dict(new))


def rows(session: Session, entry_id: int, name: str, *, withdrawn: bool = False) -> list[RowMapping]:
    """The rows of an entry, first to last; those taken back only if ``withdrawn``."""
    table = tables.OF_ENTRY[name]
    query = select(table).where(table.c.entry_id == entry_id).order_by(table.c.ordinal)
    if not withdrawn:
        query = query.where(table.c.status == STANDING)
    return list(session.connection().execute(query).mappings())


def one(session: Session, entry_id: int, name: str, ordinal: int = 1) -> RowMapping:
    """A row by its place. Raises NotFoundError where there is none, or it was taken back."""
    table = tables.OF_ENTRY[name]
    query = select(table).where(
        table.c.entry_id == entry_id, table.c.ordinal == ordinal, table.c.status == STANDING
    )
    row = session.connection().execute(query).mappings().one_or_none()
    if row is None:
        raise NotFoundError("There is no such entry.", field="number")
    return row


def holding(words: str, *columns: Any) -> ColumnElement[bool]:
    """Rows of which one of the columns holds what is sought, in capitals or not."""
    sought = words.strip().replace("/", "//").replace("%", "/%").replace("_", "/_")
    return or_(*(column.ilike(f"%{sought}%", escape="/") for column in columns))
