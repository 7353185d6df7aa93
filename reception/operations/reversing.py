"""The reverse of an act, from the values that its line keeps; nothing that others changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, Table, delete, insert, select

from reception import tables, wording
from reception.context import Session
from reception.errors import StateError
from reception.facts import CallbackStatus, EntryStatus, PartStatus, ReferralStatus
from reception.journal import plain
from reception.operations import owing, site, touching
from reception.operations.acts import Pairs
from reception.operations.referring import RUNNING
from reception.wording import N_

TAKEN_BACK = N_("taken back")
_PART_STEPS = frozenset({"told", "receive", "answer", "return"})
_PLACES: Mapping[str, tuple[Table, tuple[str, ...]]] = {
    "party": (tables.party, ("position",)),
    "referral": (tables.referral, ("ordinal",)),
    "part": (tables.part, ("department_id", "sending")),
    "callback": (tables.callback, ("ordinal",)),
    "attempt": (tables.attempt, ("ordinal",)),
}
"""By what columns the journal's keys name the rows of an entry; a row that an act made has them from None."""
_WITHDRAWN = {
    "referral": ReferralStatus.WITHDRAWN.value,
    "part": PartStatus.WITHDRAWN.value,
    "callback": CallbackStatus.WITHDRAWN.value,
}
"""What is not erased, because its name may have been told; persons and attempts are only unsaid."""
_UNTOLD = frozenset({"id", "entry_id", "person_id", "referral_id", "callback_id"})


def refusal(number: str) -> StateError:
    """What is said when others built on an act."""
    return StateError(
        "Something was done to {number} since; take that back first, or correct it.", number=number
    )


def unregister(session: Session, touched: touching.Touched) -> dict[str, Any]:
    """What becomes of an entry that should not have been made; its referral and call-back are withdrawn."""
    for kind in _WITHDRAWN:
        table, _ = _PLACES[kind]
        query = select(table).where(table.c.entry_id == touched.id)
        for row in session.connection().execute(query).mappings().all():
            _withdraw(session, touched, kind, row)
    words = wording.load(site.values(session).get("language", ""))
    return {"status": EntryStatus.VOID.value, "void_reason": words.gettext(TAKEN_BACK)}


def reverse(
    session: Session,
    touched: touching.Touched,
    verb: str,
    changes: Mapping[str, Pairs],
) -> dict[str, Any]:
    """Give every row back what an act took; the entry's own new values.

    The other rows are written, their differences in ``touched.others``. To do an act again the ``changes``
    are those by which it was taken back. Raises StateError where something was done since on the same values.
    """
    number = str(touching.number_of(touched.row))
    new: dict[str, Any] = {}
    for key, pairs in changes.items():
        kind = key.partition("/")[0]
        if kind == "entry":
            new = _before(tables.entry, touched.row, pairs, number)
        elif kind in _PLACES:
            row = _find(session, touched.id, key)
            if verb in _PART_STEPS and kind == "part":
                _runs(session, row, number)
            _reverse_row(session, touched, key, pairs, row)
    if verb != "void":
        before = {**touched.row, **new}
        standing = owing.standing(session, touched.id, before["act"], before["call_result"])
        new["status"] = standing.value
    return new


def _reverse_row(
    session: Session, touched: touching.Touched, key: str, pairs: Pairs, row: RowMapping | None
) -> None:
    kind = key.partition("/")[0]
    table, place = _PLACES[kind]
    number = str(touching.number_of(touched.row))
    named_by = pairs.get(place[0])
    if named_by is not None and named_by[1] is None:
        if row is not None:
            raise refusal(number)
        _put_back(session, touched, key, pairs)
        return
    if row is None:
        raise refusal(number)
    if named_by is not None and named_by[0] is None:
        if not _as_made(session, touched, kind, row, pairs):
            raise refusal(number)
        if kind in _WITHDRAWN:
            _withdraw(session, touched, kind, row)
        else:
            _unsay(session, touched, key, row, pairs)
        return
    new = _before(table, row, pairs, number)
    touched.others |= touching.update_other(session, table, key, row, new)


def _find(session: Session, entry_id: int, key: str) -> RowMapping | None:
    kind, *values = key.split("/")
    table, place = _PLACES[kind]
    query = select(table).where(table.c.entry_id == entry_id)
    for name, value in zip(place, values, strict=True):
        query = query.where(table.c[name] == int(value))
    return session.connection().execute(query).mappings().one_or_none()


def _before(table: Table, row: RowMapping, pairs: Pairs, number: str) -> dict[str, Any]:
    """The old values, if the new ones still stand."""
    if any(plain(row[name]) != new for name, (_old, new) in pairs.items()):
        raise refusal(number)
    return {name: _value(table, name, old) for name, (old, _new) in pairs.items()}


def _value(table: Table, name: str, kept: Any) -> Any:
    """A value as its column has it, from what the journal keeps."""
    if isinstance(kept, str) and isinstance(table.c[name].type, tables.Instant):
        return dt.datetime.fromisoformat(kept)
    return kept


def _as_made(session: Session, touched: touching.Touched, kind: str, row: RowMapping, pairs: Pairs) -> bool:
    """Whether a row stands as the act made it, and nothing hangs on it that came later."""
    told = {name: new for name, (_old, new) in pairs.items() if name not in _UNTOLD}
    stands = {
        name: plain(value)
        for name, value in row.items()
        if name not in _UNTOLD and value is not None and value != ""
    }
    if told != stands:
        return False
    if kind != "callback":
        return True
    tried = select(tables.attempt.c.id).where(tables.attempt.c.callback_id == row["id"])
    return row["status"] != owing.OWED or session.connection().scalar(tried.limit(1)) is None


def _withdraw(session: Session, touched: touching.Touched, kind: str, row: RowMapping) -> None:
    table, place = _PLACES[kind]
    key = "/".join((kind, *(str(row[name]) for name in place)))
    touched.others |= touching.update_other(session, table, key, row, {"status": _WITHDRAWN[kind]})


def _unsay(session: Session, touched: touching.Touched, key: str, row: RowMapping, pairs: Pairs) -> None:
    table, _ = _PLACES[key.partition("/")[0]]
    if table is tables.party:
        touched.let_go.add(row["person_id"])
    session.connection().execute(delete(table).where(table.c.id == row["id"]))
    touched.others[key] = {name: (new, None) for name, (_old, new) in pairs.items()}


def _put_back(session: Session, touched: touching.Touched, key: str, pairs: Pairs) -> None:
    """A person that a correction took away, an attempt that was unsaid."""
    table, _ = _PLACES[key.partition("/")[0]]
    old = {name: _value(table, name, pair[0]) for name, pair in pairs.items()}
    touched.others[key] = {name: (None, value) for name, value in old.items()}
    if table is tables.attempt:
        called = tables.callback
        named = (called.c.entry_id == touched.id, called.c.ordinal == old["callback_id"])
        old["callback_id"] = session.connection().scalar(select(called.c.id).where(*named))
    blank = {
        column.name: None if column.nullable else ""
        for column in table.c
        if column.name not in ("id", "entry_id")
    }
    session.connection().execute(insert(table), {**blank, **old, "entry_id": touched.id})


def _runs(session: Session, part: RowMapping | None, number: str) -> None:
    """A step of a part is not taken back once its referral has ended."""
    referral = tables.referral
    status = select(referral.c.status).where(referral.c.id == (part["referral_id"] if part else None))
    if session.connection().scalar(status) not in RUNNING:
        raise refusal(number)
