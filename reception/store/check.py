"""``reception check``: is the register whole, is every chain unbroken, does every record equal what its trail says?"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from sqlalchemy import Connection, Select, Table, func, select, text
from sqlalchemy.orm import Session

from reception import journal, tables
from reception.errors import RegisterUnusableError
from reception.journal import plain
from reception.numbers import Number
from reception.store.opened import OpenRegister

Progress = Callable[[int, int], None]
_J, _PR, _E = tables.journal, tables.private, tables.entry
_RECORDS = {
    "setting": tables.setting,
    "desk": tables.desk,
    "operator": tables.operator,
    "department": tables.department,
    "matter": tables.matter,
}
_SKIP = {
    "desk": frozenset({"id", "head_sequence", "head_hash"}),
    "entry": frozenset({"id", "version", "line", "line_desk_id"}),
}
_OWN = frozenset({"id", "entry_id"})
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at and found right."""

    lines: int
    entries: int


def run(desk: OpenRegister, progress: Progress | None = None) -> CheckReport:
    """Check the whole register, reading only.

    ``progress`` is told (done, all) in steps of the work. Raises RegisterUnusableError naming the first thing wrong.
    """
    return desk.ask(_check, desk.place.is_server, progress or (lambda _done, _all: None))


def _check(session: Session, is_server: bool, progress: Progress) -> CheckReport:
    connection = session.connection()
    lines = connection.scalar(select(func.count()).select_from(_J)) or 0
    entries = connection.scalar(select(func.count()).select_from(_E)) or 0
    total, done = 2 * lines + 1, 0
    if not is_server:
        _integrity(connection)
    _sealed(connection)
    for done in _chains(connection):
        if done % BATCH == 0:
            progress(done, total)
    for done in _records(connection, lines):
        progress(done, total)
    progress(total, total)
    return CheckReport(lines, entries)


def _wrong(template: str, **values: Any) -> NoReturn:
    raise RegisterUnusableError(template, **values)


def _integrity(connection: Connection) -> None:
    said = connection.execute(text("PRAGMA integrity_check(1)")).scalar()
    if said != "ok":
        _wrong("The register file is damaged: {said}. Restore the latest backup.", said=said)
    broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if broken is not None:
        _wrong(
            "Row {row} of table {table} points to something that is not there.",
            row=broken[1],
            table=broken[0],
        )


def _sealed(connection: Connection) -> None:
    """The triggers that keep the journal append-only are there."""
    if connection.dialect.name == "sqlite":
        query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal%\\_no\\_%' ESCAPE '\\'"
    else:
        query = (
            "SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND c.relname IN ('journal', 'journal_private') "
            "AND pg_table_is_visible(c.oid)"
        )
    if (connection.exec_driver_sql(query).scalar() or 0) < 4:
        _wrong("The seals that keep the journal from being changed were removed.")


def _chains(connection: Connection) -> Iterator[int]:
    """Follow each desk's chain from its first line to its head; yields how many lines were followed."""
    done = 0
    for desk in connection.execute(select(tables.desk).order_by(tables.desk.c.id)).mappings().all():
        previous, sequence = journal.GENESIS, 0
        query = (
            select(_J, _PR.c.salt, _PR.c.changes)
            .outerjoin(_PR, _PR.c.journal_id == _J.c.id)
            .where(_J.c.desk_id == desk["id"])
            .order_by(_J.c.sequence)
        )
        for row in _stream(connection, query):
            sequence += 1
            where: dict[str, Any] = {"line": sequence, "desk": desk["code"] or "-"}
            if row["sequence"] != sequence:
                _wrong("Line {line} of the journal of desk {desk} is missing.", **where)
            if row["previous"] != previous:
                _wrong(
                    "Line {line} of the journal of desk {desk} does not follow the line before it.", **where
                )
            if row["changes"] is None:
                _wrong("The values of line {line} of the journal of desk {desk} are missing.", **where)
            if journal.private_digest(row["salt"], row["changes"]) != row["digest"]:
                _wrong("The values of line {line} of the journal of desk {desk} were changed.", **where)
            fields = (
                desk["code"], row["sequence"], row["at"], row["operator"], row["act_uid"], row["verb"], row["subject_kind"], row["subject_id"],
            )  # fmt: skip
            if journal.hash_line(fields, previous, row["digest"]) != row["hash"]:
                _wrong("Line {line} of the journal of desk {desk} was changed.", **where)
            previous = row["hash"]
            done += 1
            yield done
        if (sequence, previous) != (desk["head_sequence"], desk["head_hash"]):
            _wrong(
                "The journal of desk {desk} does not end where the desk says it does.",
                desk=desk["code"] or "-",
            )


def _stream(connection: Connection, query: Select[Any]) -> Iterator[Any]:
    with connection.execution_options(stream_results=True, yield_per=BATCH).execute(query) as result:
        yield from result.mappings()


def _records(connection: Connection, lines: int) -> Iterator[int]:
    """Fold the trail of every record and compare it with what stands there; yields the lines done, the chains included."""
    done = lines
    for kind in (*_RECORDS, "entry"):
        actual = _entries(connection) if kind == "entry" else _plain_records(connection, kind)
        for count, problem in _compare(_trails(connection, kind), actual):
            done += count
            if problem is not None:
                _say(connection, kind, *problem)
            if done % BATCH < count:
                yield done


State = dict[str, dict[str, Any]]


@dataclass(slots=True)
class _Trail:
    """A record as its journal lines tell it."""

    id: int
    state: State
    lines: int
    last: tuple[int, int]


def _trails(connection: Connection, kind: str) -> Iterator[_Trail]:
    query = (
        select(_J.c.subject_id, _J.c.desk_id, _J.c.sequence, _PR.c.changes)
        .join(_PR, _PR.c.journal_id == _J.c.id)
        .where(_J.c.subject_kind == kind)
        .order_by(_J.c.subject_id, _J.c.id)
    )
    for subject, rows in itertools.groupby(_stream(connection, query), key=lambda row: row["subject_id"]):
        trail = _Trail(subject, {}, 0, (0, 0))
        for row in rows:
            trail.lines += 1
            trail.last = (row["desk_id"], row["sequence"])
            for key, pairs in json.loads(row["changes"]).items():
                held = trail.state.setdefault(key, {})
                for column, (_old, new) in pairs.items():
                    held[column] = new
        trail.state = {key: kept for key, held in trail.state.items() if (kept := _kept(held))}
        yield trail


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None and value != ""}


@dataclass(slots=True)
class _Actual:
    """A record as it stands in its tables; ``lines`` and ``last`` only where the record keeps them."""

    id: int
    state: State
    lines: int | None = None
    last: tuple[int, int] | None = None


def _plain_records(connection: Connection, kind: str) -> Iterator[_Actual]:
    table, skip = _RECORDS[kind], _SKIP.get(kind, frozenset({"id"}))
    for row in _stream(connection, select(table).order_by(table.c.id)):
        yield _Actual(row["id"], {"record": _plain_row(row, skip)})


def _plain_row(row: Any, skip: frozenset[str]) -> dict[str, Any]:
    return _kept(
        {
            name: plain(value) if not isinstance(value, str) else value
            for name, value in row.items()
            if name not in skip
        }
    )


def _entries(connection: Connection) -> Iterator[_Actual]:
    parties = _Aside(connection, tables.party, select(tables.party), lambda row: f"party/{row['position']}")
    referrals = _Aside(
        connection, tables.referral, select(tables.referral), lambda row: f"referral/{row['ordinal']}"
    )
    # the journal names the referral of a part by its place within the entry
    named = select(tables.part, tables.referral.c.ordinal).join(
        tables.referral, tables.referral.c.id == tables.part.c.referral_id
    )
    parts = _Aside(
        connection, tables.part, named, lambda row: journal.part_key(row["department_id"], row["sending"])
    )
    for row in _stream(connection, select(_E).order_by(_E.c.id)):
        state: State = {"entry": _plain_row(row, _SKIP["entry"])}
        for aside in (parties, referrals, parts):
            state |= aside.of(row["id"])
        yield _Actual(row["id"], state, row["version"], (row["line_desk_id"], row["line"]))


class _Aside:
    """Rows that belong to entries, streamed beside them in the order of the entries."""

    def __init__(
        self, connection: Connection, table: Table, query: Select[Any], key: Callable[[Any], str]
    ) -> None:
        ordered = query.order_by(table.c.entry_id, table.c.id)
        self._groups = itertools.groupby(_stream(connection, ordered), key=lambda row: row["entry_id"])
        self._key = key
        self._next: tuple[int, State] | None = self._take()

    def _take(self) -> tuple[int, State] | None:
        for entry_id, rows in self._groups:
            return entry_id, {self._key(row): self._values(row) for row in rows}
        return None

    def _values(self, row: Any) -> dict[str, Any]:
        values = dict(row)
        if "ordinal" in values and "referral_id" in values:
            values["referral_id"] = values.pop("ordinal")
        return _plain_row(values, _OWN)

    def of(self, entry_id: int) -> State:
        """The rows of this entry; entries must be asked for in ascending order."""
        if self._next is None or self._next[0] > entry_id:
            return {}
        state = self._next[1]
        self._next = self._take()
        return state


Problem = tuple[str, int, State, State]


def _compare(trails: Iterator[_Trail], actuals: Iterator[_Actual]) -> Iterator[tuple[int, Problem | None]]:
    """Walk both in the order of their ids; yields the lines folded and what is wrong with the record, if anything."""
    trail, actual = next(trails, None), next(actuals, None)
    while trail is not None or actual is not None:
        if trail is None or (actual is not None and actual.id < trail.id):
            assert actual is not None
            yield 0, ("untold", actual.id, actual.state, {})
            actual = next(actuals, None)
        elif actual is None or trail.id < actual.id:
            yield trail.lines, ("gone", trail.id, {}, trail.state)
            trail = next(trails, None)
        else:
            same = (
                trail.state == actual.state
                and actual.lines in (None, trail.lines)
                and actual.last in (None, trail.last)
            )
            yield trail.lines, None if same else ("differs", actual.id, actual.state, trail.state)
            trail, actual = next(trails, None), next(actuals, None)


def _say(
    connection: Connection, kind: str, problem: str, record_id: int, actual: State, told: State
) -> NoReturn:
    name = _name(connection, kind, record_id, actual or told)
    if problem == "untold":
        _wrong("{name} stands in the register, but no line of the journal tells of it.", name=name)
    if problem == "gone":
        _wrong("{name} is in the journal, but not in the register any more.", name=name)
    fields = sorted(
        column
        for key in {*actual, *told}
        for column in {*actual.get(key, {}), *told.get(key, {})}
        if actual.get(key, {}).get(column) != told.get(key, {}).get(column)
    )
    _wrong("{name} differs from its trail: {fields}.", name=name, fields=", ".join(fields) or "version")


def _name(connection: Connection, kind: str, record_id: int, state: State) -> str:
    if kind == "entry":
        entry = state["entry"]
        code = connection.scalar(select(tables.desk.c.code).where(tables.desk.c.id == entry["desk_id"])) or ""
        return str(Number(entry["day"], entry["sequence"], code, entry.get("epoch", 0)))
    record = state.get("record", {})
    return f"{kind} {record.get('code') or record.get('name') or record.get('key') or record_id}"
