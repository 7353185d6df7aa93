"""``reception check``: is the file whole, every chain unbroken, every record what its trail says?"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, text

from reception import journal, tables
from reception.context import Session
from reception.store.comparing import BATCH, Rows, records
from reception.store.linking import links
from reception.store.opened import OpenRegister
from reception.store.sealing import seals
from reception.store.wrong import Findings, NotWholeError, Word
from reception.tables import standing
from reception.wording import N_

Progress = Callable[[int, int], None]
_J, _PR = tables.journal, tables.private


_NO_CODE = Word(N_("(without a code)"))


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at, and all that was found wrong; of many troubles the first, and how many ``more``."""

    lines: int
    entries: int
    troubles: tuple[NotWholeError, ...] = ()
    more: int = 0


def find(desk: OpenRegister, progress: Progress | None = None) -> CheckReport:
    """Check the whole register, reading only, whatever is found wrong.

    ``progress`` is told (done, all) in steps of the work. Raises RegisterUnusableError where the file cannot
    even be read.
    """
    return desk.ask(_check, desk.place.is_server, progress or (lambda _done, _all: None))


def run(desk: OpenRegister, progress: Progress | None = None) -> CheckReport:
    """As ``find``. Raises RegisterUnusableError naming the first thing wrong, if anything is."""
    report = find(desk, progress)
    if report.troubles:
        raise report.troubles[0]
    return report


def _check(session: Session, is_server: bool, progress: Progress) -> CheckReport:
    connection, found = session.connection(), Findings()
    if is_server:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    elif not _integrity(connection, found):
        return CheckReport(0, 0, tuple(found.troubles))
    _sealed(connection, found)
    lines = connection.scalar(select(func.count()).select_from(_J)) or 0
    entries = connection.scalar(select(func.count()).select_from(tables.entry)) or 0
    total, done, told = 2 * lines + 1, 0, 0
    with contextlib.ExitStack() as unread:
        rows = Rows(connection, unread, found, at_once=is_server and lines <= BATCH)
        for part in (_chains(rows), *records(rows), *links(rows), seals(rows)):
            try:
                for count in part:
                    done += count
                    if done - told >= BATCH:
                        told = done
                        progress(done, total)
            except NotWholeError as trouble:  # this table cannot be read on, the others can
                found.add(trouble)
    for table, row in standing.wrong(connection):
        found.note(
            N_("Row {row} of table {table} is not listed where its record says."), table=table, row=row
        )
    progress(total, total)
    return CheckReport(lines, entries, tuple(found.troubles), found.more)


def _integrity(connection: Connection, found: Findings) -> bool:
    """Whether the file can be read on at all."""
    said = connection.execute(text("PRAGMA integrity_check(1)")).scalar()
    if said != "ok":
        found.note(N_("The register file is damaged: {said}. Restore the latest backup."), said=said)
        return False
    for broken in connection.execute(text("PRAGMA foreign_key_check")):
        found.note(
            N_("Row {row} of table {table} points to something that is not there."),
            row=broken[1],
            table=broken[0],
        )
    return True


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


def _sealed(connection: Connection, found: Findings) -> None:
    """The four triggers that keep the journal append-only are there, and do what they are for."""
    query = _SEALED_SQLITE if connection.dialect.name == "sqlite" else _SEALED_POSTGRESQL
    if connection.scalar(text(query)) != 4:
        found.note(N_("The seals that keep the journal from being changed were removed."))


def _chains(rows: Rows) -> Iterator[int]:
    """Follow each desk's chain from its first line to its head; yields 1 for each line."""
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
                rows.found.note(said, line=sequence, desk=desk["code"] or _NO_CODE)
            sequence = row["sequence"] if isinstance(row["sequence"], int) else sequence
            previous = row["hash"] if isinstance(row["hash"], bytes) else previous
            yield 1
        if (sequence, previous) != (desk["head_sequence"], desk["head_hash"]):
            rows.found.note(
                N_("The journal of desk {desk} does not end where the desk says it does."),
                desk=desk["code"] or _NO_CODE,
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
