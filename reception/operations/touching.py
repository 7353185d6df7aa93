"""How an act changes an entry: the row, its version, its line in the journal, all in one place."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import RowMapping, bindparam, select, update

from reception import journal, tables
from reception.context import Session, present
from reception.errors import ConflictError, NotFoundError, StateError
from reception.facts import Category, EntryStatus, Receipt
from reception.numbers import Number

_ENTRY = tables.entry
_ROW = (
    select(_ENTRY, tables.desk.c.code.label("desk_code"))
    .join(tables.desk, tables.desk.c.id == _ENTRY.c.desk_id)
    .where(_ENTRY.c.id == bindparam("entry_id"))
)
_VEILED = frozenset({Category.REPORT.value, Category.ACCUSATION.value})
_OF_REFERRALS = ("referral/", "part/", "step/")
_LOCKED_ROW = _ROW.with_for_update(of=_ENTRY, key_share=True)


@dataclass(slots=True)
class Touched:
    """An entry in the hands of one act. Other rows that it changes go to ``others`` for the journal.

    ``let_go`` are the persons of parties that it takes away.
    """

    row: RowMapping
    others: dict[str, Mapping[str, tuple[Any, Any]]] = field(default_factory=dict)
    let_go: set[int | None] = field(default_factory=set)

    @property
    def id(self) -> int:
        """The entry's id."""
        return int(self.row["id"])


def open_entry(session: Session, entry_id: int, *, void_too: bool = False) -> Touched:
    """Read an entry for changing, and keep the other desks from it until this transaction ends.

    What belongs to the entry (persons, referrals, parts) is read after it, so that nothing that another desk
    just did is missed. Raises NotFoundError; StateError for a void one, unless ``void_too``.
    """
    row = session.connection().execute(_LOCKED_ROW, {"entry_id": entry_id}).mappings().one_or_none()
    if row is None:
        raise NotFoundError("There is no such entry.", field="number")
    if row["status"] == EntryStatus.VOID and not void_too:
        raise StateError(
            "{number} is void; it keeps its line and cannot be changed.", number=str(number_of(row))
        )
    return Touched(row)


def repeated(session: Session, uid: uuid.UUID) -> Receipt | None:
    """The receipt of this very act if it was done before. It locks the desk's chain: call it first."""
    subject = journal.open_act(session, uid)
    return None if subject is None else receipt(session, subject)


def receipt(session: Session, entry_id: int) -> Receipt:
    """What there is to say about an entry after an act."""
    row = session.connection().execute(_ROW, {"entry_id": entry_id}).mappings().one()
    return receipt_of(row, row["version"])


def receipt_of(row: RowMapping, version: int, warnings: tuple[str, ...] = ()) -> Receipt:
    """The receipt from an entry's row."""
    return Receipt(row["id"], str(number_of(row)), version, row["day"], warnings)


def number_of(row: RowMapping) -> Number:
    """The number that an entry's row bears."""
    return Number(row["day"], row["sequence"], row["desk_code"], row["epoch"])


def changed(row: RowMapping | Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Old and new of each column that really changes."""
    return {name: (row[name], value) for name, value in new.items() if row[name] != value}


def save(
    session: Session,
    touched: Touched,
    new: Mapping[str, Any],
    verb: str,
    uid: uuid.UUID,
    warnings: tuple[str, ...] = (),
) -> Receipt:
    """Write what an act changed and its line. Raises ConflictError if something slipped past the lock."""
    row, differences = touched.row, changed(touched.row, new)
    version = row["version"] + 1
    values = {name: pair[1] for name, pair in differences.items()}
    result = session.connection().execute(
        update(_ENTRY).where(_ENTRY.c.id == row["id"], _ENTRY.c.version == row["version"]),
        {
            **values,
            "version": version,
            "line_desk_id": present(session).desk_id,
            "line": journal.next_sequence(session),
        },
    )
    if result.rowcount != 1:
        raise ConflictError(
            "Somebody else changed this entry meanwhile.", differences=(), version=row["version"] + 1
        )
    changes: dict[str, Mapping[str, tuple[Any, Any]]] = dict(touched.others)
    if differences:
        changes["entry"] = differences
    journal.append(session, verb, ("entry", row["id"]), changes, uid)
    from reception.finding import pending  # the day is read, and shown, without Find

    pending.note(session.connection(), row["id"], version, changes)
    if any(key.startswith(_OF_REFERRALS) for key in changes):
        from reception.tables import standing

        standing.refresh(session.connection(), row["id"])
    if _concerns_people(differences, changes):
        from reception.operations.people import links

        told = (pairs["person_id"] for pairs in changes.values() if "person_id" in pairs)
        before = {*touched.let_go, *(one for pair in told for one in pair)}
        links.relink(session, row["id"], before)
    return receipt_of(row, version, warnings)


def _concerns_people(differences: Mapping[str, tuple[Any, Any]], changes: Mapping[str, Any]) -> bool:
    """Whether visits are to be counted anew: who it was, when, or whether at all."""
    if any(key.startswith("party/") for key in changes) or "received_at" in differences:
        return True
    if not _VEILED.isdisjoint(differences.get("category", ())):
        return True  # its people are nobody's now, or no more
    return EntryStatus.VOID.value in differences.get("status", ())


def created(values: Mapping[str, Any], skip: frozenset[str] = frozenset()) -> dict[str, tuple[Any, Any]]:
    """The journal's view of a new row: what is not empty, from nothing."""
    return {
        name: (None, value)
        for name, value in values.items()
        if value is not None and value != "" and name not in skip
    }


def update_other(
    session: Session, table: Any, key: str, row: RowMapping, new: Mapping[str, Any]
) -> dict[str, Any]:
    """Change a row that belongs to an entry (a part, a referral); the differences for ``Touched.others``."""
    differences = changed(row, new)
    if differences:
        values = {name: pair[1] for name, pair in differences.items()}
        session.connection().execute(update(table).where(table.c.id == row["id"]), values)
    return {key: differences} if differences else {}
