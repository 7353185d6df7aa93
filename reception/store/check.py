"""``reception check``: is the file whole, every chain unbroken, every record what its trail says?"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, text

from reception import journal, tables
from reception.context import Session
from reception.store.comparing import BATCH, Rows, records, wrong
from reception.store.linking import links
from reception.store.opened import OpenRegister
from reception.store.sealing import seals
from reception.tables import standing
from reception.wording import N_

Progress = Callable[[int, int], None]
_J, _PR = tables.journal, tables.private


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at and found right."""

    lines: int
    entries: int


def run(desk: OpenRegister, progress: Progress | None = None) -> CheckReport:
    """Check the whole register, reading only.

    ``progress`` is told (done, all) in steps of the work. Raises RegisterUnusableError naming the first thing
    wrong.
    """
    return desk.ask(_check, desk.place.is_server, progress or (lambda _done, _all: None))


def _check(session: Session, is_server: bool, progress: Progress) -> CheckReport:
    connection = session.connection()
    if is_server:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    else:
        _integrity(connection)
    _sealed(connection)
    lines = connection.scalar(select(func.count()).select_from(_J)) or 0
    entries = connection.scalar(select(func.count()).select_from(tables.entry)) or 0
    total, told = 2 * lines + 1, 0
    with contextlib.ExitStack() as unread:
        rows = Rows(connection, unread)
        for done in itertools.chain(_chains(rows), records(rows, lines), links(rows), seals(connection)):
            if done - told >= BATCH:
                told = done
                progress(done, total)
    if (astray := standing.first_wrong(connection)) is not None:
        wrong(
            N_("Row {row} of table {table} is not listed where its record says."),
            table=astray[0],
            row=astray[1],
        )
    progress(total, total)
    return CheckReport(lines, entries)


def _integrity(connection: Connection) -> None:
    said = connection.execute(text("PRAGMA integrity_check(1)")).scalar()
    if said != "ok":
        wrong(N_("The register file is damaged: {said}. Restore the latest backup."), said=said)
    broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if broken is not None:
        wrong(
            N_("Row {row} of table {table} points to something that is not there."),
            row=broken[1],
            table=broken[0],
        )


_SEALED_SQLITE = """
SELECT count(*) FROM sqlite_master
WHERE type = 'trigger' AND tbl_name IN ('journal', 'journal_private')
  AND name IN (tbl_name || '_no_update', tbl_name || '_no_delete')
  AND sql LIKE '%BEGIN SELECT RAISE(ABORT,%' AND sql NOT LIKE '%WHEN%'
"""
_SEALED_POSTGRESQL = """
SELECT count(*) FROM pg_trigger AS t
JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_proc AS p ON p.oid = t.tgfoid
WHERE t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)
  AND c.relname IN ('journal', 'journal_private')
  AND t.tgname IN (c.relname || '_no_change', c.relname || '_no_truncate')
  AND p.proname = 'journal_sealed' AND p.prosrc LIKE '%RAISE EXCEPTION%'
"""


def _sealed(connection: Connection) -> None:
    """The four triggers that keep the journal append-only are there, and do what they are for."""
    query = _SEALED_SQLITE if connection.dialect.name == "sqlite" else _SEALED_POSTGRESQL
    if connection.scalar(text(query)) != 4:
        wrong(N_("The seals that keep the journal from being changed were removed."))


def _chains(rows: Rows) -> Iterator[int]:
    """Follow each desk's chain from its first line to its head; yields how many lines were followed."""
    done = 0
    for desk in rows.connection.execute(select(tables.desk).order_by(tables.desk.c.id)).mappings().all():
        previous, sequence = journal.GENESIS, 0
        query = (
            select(_J, _PR.c.salt, _PR.c.changes)
            .outerjoin(_PR, _PR.c.journal_id == _J.c.id)
            .where(_J.c.desk_id == desk["id"])
            .order_by(_J.c.sequence)
        )
        for row in rows.stream(query, "journal"):
            sequence += 1
            if said := _wrong_line(desk["code"], row, sequence, previous):
                wrong(said, line=sequence, desk=desk["code"] or "-")
            previous = row["hash"]
            done += 1
            yield done
        if (sequence, previous) != (desk["head_sequence"], desk["head_hash"]):
            wrong(
                N_("The journal of desk {desk} does not end where the desk says it does."),
                desk=desk["code"] or "-",
            )


def _wrong_line(desk: str, row: Any, sequence: int, previous: bytes) -> str | None:
    """What is wrong with a line of the journal, if anything."""
    if row["sequence"] != sequence:
        return N_("Line {line} of the journal of desk {desk} is missing.")
    if row["previous"] != previous:
        return N_("Line {line} of the journal of desk {desk} does not follow the line before it.")
    if row["changes"] is None:
        return N_("The values of line {line} of the journal of desk {desk} are missing.")
    salt, values = row["salt"], row["changes"]
    whole = isinstance(salt, bytes) and isinstance(values, str)  # SQLite keeps whatever it is given
    if not whole or journal.private_digest(salt, values) != row["digest"]:
        return N_("The values of line {line} of the journal of desk {desk} were changed.")
    names = ("sequence", "at", "operator", "act_uid", "verb", "subject_kind", "subject_id")
    if journal.hash_line((desk, *(row[name] for name in names)), previous, row["digest"]) != row["hash"]:
        return N_("Line {line} of the journal of desk {desk} was changed.")
    return None
