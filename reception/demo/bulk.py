"""Writing batches in bulk, on either engine, so that each batch leaves a whole register behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Boolean, Connection, LargeBinary, Table, bindparam, func, select, text, update
from sqlalchemy.exc import DBAPIError

from reception import tables
from reception.context import Session
from reception.demo.chain import Batch, Row
from reception.errors import StateError
from reception.finding import pending, state
from reception.tables import standing

_TABLES: dict[str, Table] = {
    "entry": tables.entry,
    "party": tables.party,
    "referral": tables.referral,
    "part": tables.part,
    "step": tables.step,
    "callback": tables.callback,
    "attempt": tables.attempt,
    **tables.OF_ENTRY,
    "expected": tables.expected,
    "loan": tables.loan,
    "parcel": tables.parcel,
    "journal": tables.journal,
    "private": tables.private,
}
_CHANGING = {
    "entry": (
        *("status", "act", "call_result", "department_id", "subject", "outcome", "waiting_since", "seen_at"),
        *("left_at", "left_estimated", "void_reason", "party_size", "version", "line"),
    ),
    "party": ("name", "phone", "phone_digits"),
    "referral": ("status", "closed_at", "closing_note"),
    "part": (
        *("status", "told_at", "told_whom", "received_at", "received_by", "answered_at", "answer"),
        *("returned_at", "return_reason"),
    ),
    "callback": ("status", "ended_at", "reason"),
    "meeting": ("ended_at", "laid_at", "laid_before", "answered_at", "answered_whom"),
    "invitee": ("status", "reply", "replied_at", "attendee", "reason"),
    "invitation": ("told_at", "told_whom"),
    "document": ("filed_at", "filed_where"),
    "circulation": ("status", "signed_at", "note"),
    "urgent": ("ended_at",),
    "expected": ("status", "visit_id", "note"),
    "loan": ("status", "returned_at", "note"),
    "parcel": ("status", "handed_at", "handed_to", "note"),
}
"""The columns that made-up acts change later."""


def last_ids(session: Session) -> dict[str, int]:
    """The highest id in use of each table that is filled."""
    connection = session.connection()
    numbered = {name: table for name, table in _TABLES.items() if "id" in table.c}
    return {name: connection.scalar(select(func.max(table.c.id))) or 0 for name, table in numbered.items()}


def write(session: Session, batch: Batch, desk_id: int) -> None:
    """Write a batch and move the head of the chain.

    Raises StateError when somebody else has written at this desk meanwhile.
    """
    connection = session.connection()
    desk = tables.desk
    head = connection.scalar(select(desk.c.head_sequence).where(desk.c.id == desk_id).with_for_update())
    if head != batch.before:
        raise StateError("Somebody else writes in this register; it cannot be filled now.")
    for name, table in _TABLES.items():
        insert(connection, table, batch.new[name])
    for name, columns in _CHANGING.items():
        if rows := batch.changed[name]:
            table = _TABLES[name]
            statement = update(table).where(table.c.id == bindparam("row_id"))
            connection.execute(
                statement.values({column: bindparam(column) for column in columns}),
                [{"row_id": key, **{name: row[name] for name in columns}} for key, row in rows.items()],
            )
    referred = {row["entry_id"] for name in ("referral", "part", "step") for row in batch.new[name]}
    referred |= {row["entry_id"] for name in ("referral", "part") for row in batch.changed[name].values()}
    standing.refresh_all(connection, sorted(referred))
    for row in batch.changed["entry"].values() if state.read(connection).indexed else ():
        pending.note(connection, row["id"], row["version"], {"entry": row})
    moved = {"head_sequence": batch.head[0], "head_hash": batch.head[1]}
    connection.execute(update(desk).where(desk.c.id == desk_id), moved)
    if connection.dialect.name == "postgresql":
        _move_sequences(connection)


def _move_sequences(connection: Connection) -> None:
    """A server gives ids from sequences of its own, which do not see those that were written."""
    for table in _TABLES.values():
        if "id" in table.c:
            sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
            connection.execute(text(f"SELECT setval({sequence}, max(id)) FROM {table.name}"))


def finish(session: Session) -> None:
    """Let a server's planner know how much there is."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        for table in _TABLES.values():
            connection.execute(text(f"ANALYZE {table.name}"))


def insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Write new rows, ids included, the quickest way of the engine."""
    if not rows:
        return
    names = [column.name for column in table.c]
    shown = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {table.name} ({shown}) FROM STDIN", _tuples(connection, table, names, rows))
    else:
        places = ", ".join("?" * len(names))
        statement = f"INSERT INTO {table.name} ({shown}) VALUES ({places})"
        connection.exec_driver_sql(statement, list(_tuples(connection, table, names, rows)))


def _copy(connection: Connection, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    import psycopg

    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor().copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:  # so that it is told like any other
        raise DBAPIError(statement, None, error) from error


def _tuples(
    connection: Connection, table: Table, names: list[str], rows: Sequence[Row]
) -> Iterator[tuple[Any, ...]]:
    """The rows as the driver wants them, values made as for any other statement."""
    processors = []
    for index, column in enumerate(table.c):
        made = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        if made is not None and not isinstance(column.type, (Boolean, LargeBinary)):  # drivers know these
            processors.append((index, made))
    # what made-up stories do not tell of is empty
    blank = {column.name: None if column.nullable else "" for column in table.c}
    for row in rows:
        values = [row.get(name, blank[name]) for name in names]
        for index, process in processors:
            if values[index] is not None:
                values[index] = process(values[index])
        yield tuple(values)
