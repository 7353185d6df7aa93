"""Every record beside its trail: what the journal tells of it, folded, and what stands in its table."""

from __future__ import annotations

import contextlib
import functools
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, or_, select
from sqlalchemy.exc import OperationalError

from reception import journal, proofs, tables
from reception.journal import plain
from reception.numbers import Number
from reception.store.wrong import Fields, Findings, Record, wrong
from reception.wording import N_

_J, _PR, _E = tables.journal, tables.private, tables.entry
_RECORDS = {
    "setting": tables.setting,
    "desk": tables.desk,
    "operator": tables.operator,
    "department": tables.department,
    "matter": tables.matter,
    "person": tables.person,
    "working_year": tables.working_year,
    "limit_rule": tables.limit_rule,
    "absence": tables.absence,
    "duty": tables.duty,
    "pinned_note": tables.pinned_note,
    "handover": tables.handover,
    "printed": tables.printed,
    "picture": tables.picture,
    "expected": tables.expected,
    "loan": tables.loan,
    "parcel": tables.parcel,
}
_TOLD_OF_PERSONS = ("note_kind", "note", "merged_into", "face")
"""The rest of a person is worked out from the entries (``store.linking`` compares it)."""
_ID = frozenset({"id"})
_SKIP = {
    "desk": frozenset({"id", "head_sequence", "head_hash"}),
    "entry": frozenset({"id", "version", "line", "line_desk_id"}),
    "printed": frozenset({"id", "salt", "digests"}),
    "picture": frozenset({"id", "content"}),
}
REMARKS = frozenset({"undo", "reveal"})
"""What a line says of the act itself: which act it took back, whose document number was looked at."""
_OWN = frozenset({"id", "entry_id"}) | tables.DERIVED
BATCH = 2_000
_UNREADABLE = N_("A value in table {table} cannot be read ({reason}).")


@dataclass(frozen=True, slots=True)
class Rows:
    """Reads tables row by row, however long; what was not read to its end is closed with ``unread``.

    What is wrong goes into ``found``; NotWholeError is raised only where a table cannot be read on.
    """

    connection: Connection
    unread: contextlib.ExitStack
    found: Findings
    at_once: bool = False
    """Whether the tables are so short that they are read at once: a cursor costs four more answers."""

    def stream(self, query: Select[Any], table: str, **values: Any) -> Iterator[Any]:
        """The rows of a query; names the table where a value in it is none that the program writes."""
        connection = self.connection
        if not self.at_once:
            connection = connection.execution_options(stream_results=True, yield_per=BATCH)
        result = connection.execute(query, values)
        self.unread.callback(result.close)
        try:
            yield from result.mappings()
        except (ValueError, TypeError) as error:
            wrong(_UNREADABLE, table=table, reason=error)
        except OperationalError as error:
            if getattr(error.orig, "sqlite_errorcode", None) is None:  # no text, says Python and not SQLite
                wrong(_UNREADABLE, table=table, reason=error.orig)
            raise


def records(rows: Rows) -> Iterator[Iterator[int]]:
    """For each kind of record fold its trails, compare them with what stands there; yields lines folded."""
    return (_records(rows, kind) for kind in (*_RECORDS, "entry"))


def _records(rows: Rows, kind: str) -> Iterator[int]:
    actual = _entries(rows) if kind == "entry" else _plain_records(rows, kind)
    for count, problem in _compare(_trails(rows, kind), actual):
        if problem is not None:
            _say(rows, kind, *problem)
        yield count


State = dict[str, dict[str, Any]]


@dataclass(slots=True)
class _Trail:
    """A record as its journal lines tell it."""

    id: int
    state: State
    lines: int
    last: tuple[int, int]


_TRAILS = (
    select(_J.c.subject_id, _J.c.desk_id, _J.c.sequence, _PR.c.changes)
    .join(_PR, _PR.c.journal_id == _J.c.id)
    .where(_J.c.subject_kind == bindparam("kind"))
    .order_by(_J.c.subject_id, _J.c.id)
)


def _trails(rows: Rows, kind: str) -> Iterator[_Trail]:
    lines = rows.stream(_TRAILS, "journal", kind=kind)
    for subject, acts in itertools.groupby(lines, key=lambda row: row["subject_id"]):
        trail = _Trail(subject, {}, 0, (0, 0))
        for row in acts:
            trail.lines += 1
            trail.last = (row["desk_id"], row["sequence"])
            for key, pairs in json.loads(row["changes"]).items():
                if key in REMARKS:
                    continue
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


def _plain_records(rows: Rows, kind: str) -> Iterator[_Actual]:
    skip = _SKIP.get(kind, _ID)
    for row in rows.stream(_all_of(kind), _RECORDS[kind].name):
        values = _plain_row(row, skip)
        yield _Actual(row["id"], {"record": values} if values else {})


@functools.cache
def _all_of(kind: str) -> Select[Any]:
    table, skip = _RECORDS[kind], _SKIP.get(kind, _ID)
    query = select(*(column for column in table.c if column.name not in skip or column.name == "id"))
    if kind == "person":  # the journal tells only of those of whom a clerk said something
        columns = [table.c[name] for name in _TOLD_OF_PERSONS]
        told = select(_J.c.subject_id).where(_J.c.subject_kind == kind)
        anything = [column.is_not(None) for column in columns if column.name != "note"]
        query = select(table.c.id, *columns).where(or_(table.c.id.in_(told), table.c.note != "", *anything))
    return query.order_by(table.c.id)


def _plain_row(row: Any, skip: frozenset[str]) -> dict[str, Any]:
    return _kept(
        {
            name: plain(value) if not isinstance(value, str) else value
            for name, value in row.items()
            if name not in skip
        }
    )


def _entries(rows: Rows) -> Iterator[_Actual]:
    parties = _Aside(rows, tables.party, select(tables.party), lambda row: f"party/{row['position']}")
    referrals = _Aside(
        rows, tables.referral, select(tables.referral), lambda row: f"referral/{row['ordinal']}"
    )
    # the journal names the referral of a part by its place within the entry
    named = select(tables.part, tables.referral.c.ordinal).join(
        tables.referral, tables.referral.c.id == tables.part.c.referral_id
    )
    parts = _Aside(
        rows, tables.part, named, lambda row: journal.part_key(row["department_id"], row["sending"])
    )
    callbacks = _Aside(
        rows, tables.callback, select(tables.callback), lambda row: f"callback/{row['ordinal']}"
    )
    of_callback = select(tables.attempt, tables.callback.c.ordinal.label("callback_ordinal")).join(
        tables.callback, tables.callback.c.id == tables.attempt.c.callback_id
    )
    attempts = _Aside(rows, tables.attempt, of_callback, lambda row: f"attempt/{row['ordinal']}")
    of_referral = select(tables.step, tables.referral.c.ordinal.label("referral_ordinal")).join(
        tables.referral, tables.referral.c.id == tables.step.c.referral_id
    )
    steps = _Aside(rows, tables.step, of_referral, lambda row: f"step/{row['ordinal']}")
    notices = _Aside(rows, tables.notice, select(tables.notice), lambda row: f"notice/{row['ordinal']}")
    asides = [parties, referrals, parts, callbacks, attempts, steps, notices]
    asides += [_beside(rows, table) for table in tables.OF_ENTRY.values()]
    for row in rows.stream(select(_E).order_by(_E.c.id), "entry"):
        state: State = {"entry": _plain_row(row, _SKIP["entry"])}
        for aside in asides:
            state |= aside.of(row["id"])
        yield _Actual(row["id"], state, row["version"], (row["line_desk_id"], row["line"]))
    for aside in asides:
        aside.of(None)


def _beside(rows: Rows, table: Table) -> _Aside:
    return _Aside(rows, table, select(table), lambda row: f"{table.name}/{row['ordinal']}")


class _Aside:
    """Rows that belong to entries, streamed beside them in the order of the entries."""

    def __init__(self, rows: Rows, table: Table, query: Select[Any], key: Callable[[Any], str]) -> None:
        ordered = query.order_by(table.c.entry_id, table.c.id)
        self._name, self._found = table.name, rows.found
        self._groups = itertools.groupby(rows.stream(ordered, table.name), key=lambda row: row["entry_id"])
        self._key = key
        self._next: tuple[int, State] | None = self._take()

    def _take(self) -> tuple[int, State] | None:
        for entry_id, group in self._groups:
            return entry_id, {self._key(row): self._values(row) for row in group}
        return None

    def _values(self, row: Any) -> dict[str, Any]:
        values = dict(row)
        if "referral_ordinal" in values:
            values["referral_id"] = values.pop("referral_ordinal")
        elif "ordinal" in values and "referral_id" in values:
            values["referral_id"] = values.pop("ordinal")
        if "callback_ordinal" in values:
            values["callback_id"] = values.pop("callback_ordinal")
        return _plain_row(values, _OWN)

    def of(self, entry_id: int | None) -> State:
        """The rows of this entry; entries are asked for in ascending order, at the end for None."""
        while self._next is not None and (entry_id is None or self._next[0] < entry_id):
            self._found.note(
                N_("Table {table} holds a row of entry {row}, which is not there."),
                table=self._name,
                row=self._next[0],
            )
            self._next = self._take()
        if self._next is None or entry_id is None or self._next[0] > entry_id:
            return {}
        state = self._next[1]
        self._next = self._take()
        return state


Problem = tuple[str, int, State, State]


def _compare(trails: Iterator[_Trail], actuals: Iterator[_Actual]) -> Iterator[tuple[int, Problem | None]]:
    """Walk both in the order of their ids; yields the lines folded and what is wrong, if anything."""
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
            state = _told(actual.state, trail.state)
            same = (
                trail.state == state
                and actual.lines in (None, trail.lines)
                and actual.last in (None, trail.last)
            )
            yield trail.lines, None if same else ("differs", actual.id, state, trail.state)
            trail, actual = next(trails, None), next(actuals, None)


def _told(actual: State, trail: State) -> State:
    """What stands there, without the persons whom the register found by itself."""
    if not any("person_id" in values for values in actual.values()):
        return actual
    return {
        key: values if "person_id" in trail.get(key, {}) else _without_person(values)
        for key, values in actual.items()
    }


def _without_person(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "person_id"}


def _say(rows: Rows, kind: str, problem: str, record_id: int, actual: State, told: State) -> None:
    name, note = _name(rows.connection, kind, record_id, actual or told), rows.found.note
    if problem == "untold":
        note(N_("{name} stands in the register, but no line of the journal tells of it."), name=name)
    elif problem == "gone":
        note(N_("{name} is in the journal, but not in the register any more."), name=name)
    else:
        fields = sorted(
            f"{kind if key == 'record' else key.partition('/')[0]}.{column}"
            for key in {*actual, *told}
            for column in {*actual.get(key, {}), *told.get(key, {})}
            if actual.get(key, {}).get(column) != told.get(key, {}).get(column)
        )
        named = Fields(tuple(fields) or ("version",))
        note(N_("{name} differs from its trail: {fields}."), name=name, fields=named)


def _name(connection: Connection, kind: str, record_id: int, state: State) -> str | Record:
    if kind == "entry":
        entry = state["entry"]
        code = connection.scalar(select(tables.desk.c.code).where(tables.desk.c.id == entry["desk_id"])) or ""
        return str(Number(entry["day"], entry["sequence"], code, entry.get("epoch", 0)))
    record = state.get("record", {})
    if kind == "printed" and "code" in record:
        return Record(kind, proofs.shown(record["code"]))
    return Record(kind, record.get("code") or record.get("name") or record.get("key") or record_id)
