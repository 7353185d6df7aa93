"""The chain of a made-up register while it is written: rows in whole batches, a line for each act."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from reception import journal, tables
from reception.operations import touching

Row = dict[str, Any]
Changes = dict[str, Mapping[str, tuple[Any, Any]]]
RECORDS = ("expected", "loan", "parcel")
"""What is no entry and has a trail of its own."""
TABLES = (
    *("entry", "party", "referral", "part", "step", "callback", "attempt"),
    *(*tables.OF_ENTRY, *RECORDS, "journal", "private"),
)
_ID = frozenset({"id"})


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who sits at the desk."""

    id: int
    name: str


@dataclass(slots=True)
class Batch:
    """New rows by table, older rows that changed, and where the chain ends after them."""

    new: dict[str, list[Row]]
    changed: dict[str, dict[int, Row]]
    before: int
    head: tuple[int, bytes] = (0, b"")


class Chain:
    """Writes rows and lines into batches.

    Args:
        dice: where uids and salts come from, so that the same seed makes the same register.
        desk: id and code of the desk.
        head: sequence and hash of its last line.
        last: the highest id in use by table.
    """

    def __init__(
        self, dice: Random, desk: tuple[int, str], head: tuple[int, bytes], last: Mapping[str, int]
    ) -> None:
        self._dice = dice
        self._desk_id, self._code = desk
        self._sequence, self._hash = head
        self._ids = dict(last)
        self._first: dict[str, int] = {}
        self.batch = self._fresh()

    def take(self) -> Batch:
        """The batch so far; a new one begins."""
        done = self.batch
        done.head = (self._sequence, self._hash)
        self.batch = self._fresh()
        return done

    def _fresh(self) -> Batch:
        self._first = {name: last + 1 for name, last in self._ids.items()}
        return Batch({name: [] for name in TABLES}, {name: {} for name in TABLES}, self._sequence)

    def _add(self, table: str, row: Row) -> Row:
        row["id"] = self._ids[table] = self._ids[table] + 1
        self.batch.new[table].append(row)
        return row

    def _touch(self, table: str, row: Row, new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
        differences = touching.changed(row, new)
        row.update(new)
        if row["id"] < self._first[table]:
            self.batch.changed[table][row["id"]] = row
        return differences

    def _uid(self) -> uuid.UUID:
        return uuid.UUID(int=self._dice.getrandbits(128), version=4)

    def record(self, at: dt.datetime, clerk: Clerk, kind: str, values: Row) -> Row:
        """Note something that is no entry (``RECORDS``)."""
        row = self._add(kind, {**values, "operator_id": clerk.id})
        changes: Changes = {"record": touching.created(row, _ID)}
        self._line(at, clerk, "create", (kind, row["id"]), changes, self._uid())
        return row

    def record_changed(
        self,
        at: dt.datetime,
        clerk: Clerk,
        kind: str,
        row: Row,
        new: Mapping[str, Any],
        uid: uuid.UUID | None = None,
    ) -> None:
        """An act on such a record; ``uid`` is given for a further line of an act."""
        changes: Changes = {"record": self._touch(kind, row, new)}
        self._line(at, clerk, "save", (kind, row["id"]), changes, uid or self._uid())

    def _line(
        self,
        at: dt.datetime,
        clerk: Clerk,
        verb: str,
        subject: tuple[str, int],
        changes: Changes,
        uid: uuid.UUID,
    ) -> None:
        salt, values = self._dice.randbytes(16), journal.dump_changes(changes)
        digest, previous = journal.private_digest(salt, values), self._hash
        self._sequence += 1
        fields = (self._code, self._sequence, at, clerk.name, uid, verb, *subject)
        self._hash = journal.hash_line(fields, previous, digest)
        line = self._add(
            "journal",
            {
                "desk_id": self._desk_id,
                "sequence": self._sequence,
                "at": at,
                "operator": clerk.name,
                "act_uid": uid,
                "verb": verb,
                "subject_kind": subject[0],
                "subject_id": subject[1],
                "previous": previous,
                "digest": digest,
                "hash": self._hash,
            },
        )
        self.batch.new["private"].append({"journal_id": line["id"], "salt": salt, "changes": values})
