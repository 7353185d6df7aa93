"""To whom a paper is circulated (传阅), in which order, and who has signed for having read it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

from sqlalchemy import ColumnElement, RowMapping, select

from reception import tables
from reception.context import Session, now
from reception.errors import InputError, StateError
from reception.facts import DepartmentFact, Receipt
from reception.facts.office import Stands
from reception.operations import cleaning, touching
from reception.operations.office import common
from reception.text import fold, readers

_D = tables.department
_MEANT = ("id", "code", "name", "pinyin", "initials", "officer_a", "officer_b", "leader")
_TOLD = 5
MOST = 60


def circulate(session: Session, entry_id: int, *, to: str, uid: uuid.UUID) -> Receipt:
    """Send a paper round, behind those to whom it goes already: people, and departments (``text.readers``).

    ``李局长、监察大队、XF`` are three. Raises InputError for nobody, for what may be several departments, or
    somebody who has yet to sign; StateError for a paper that is filed.
    """
    if done := touching.repeated(session, uid):
        return done
    touched, paper = opened(session, entry_id)
    if paper["filed_at"] is not None:
        raise StateError("{number} is filed already.", number=str(touching.number_of(touched.row)))
    changes = add(session, entry_id, to)
    if not changes:
        raise InputError("Write to whom the paper goes.", field="to")
    touched.others |= changes
    return touching.save(session, touched, {}, "circulate", uid, cleaning.warnings({"to": to}))


def sign(
    session: Session,
    entry_id: int,
    *,
    who: str = "",
    at: dt.datetime | None = None,
    note: str = "",
    uid: uuid.UUID,
) -> Receipt:
    """Somebody signed for having read a paper: ``who`` as on the circulation, or the first who has not.

    Raises InputError for somebody to whom it does not go, and for a moment to come or before the paper came;
    StateError for who has signed.
    """
    if done := touching.repeated(session, uid):
        return done
    touched, _paper = opened(session, entry_id)
    number = str(touching.number_of(touched.row))
    waiting = unsigned(session, entry_id)
    if not cleaning.line(who, "who") and not waiting:
        raise StateError("Everybody to whom {number} went has signed.", number=number)
    row = _named(session, touched, who) if cleaning.line(who, "who") else waiting[0]
    cleaning.check_instants(now(session), touched.row["received_at"], {"at": at})
    new = {"signed_at": at or now(session), "note": cleaning.line(note, "note")}
    touched.others |= _told(common.change(session, "circulation", row, new), row)
    return touching.save(session, touched, {}, "sign", uid, cleaning.warnings({"note": note}))


def take_off(session: Session, entry_id: int, *, who: str, uid: uuid.UUID) -> Receipt:
    """A paper does not go to somebody after all. Raises InputError; StateError for who has signed."""
    if done := touching.repeated(session, uid):
        return done
    touched, _paper = opened(session, entry_id)
    row = _named(session, touched, who)
    withdrawn = {"status": Stands.WITHDRAWN.value}
    touched.others |= _told(common.change(session, "circulation", row, withdrawn), row)
    return touching.save(session, touched, {}, "take-off", uid)


def add(session: Session, entry_id: int, to: str) -> common.Changes:
    """Write to whom a paper goes; what the journal keeps of it. The caller holds the entry."""
    names = [cleaning.line(one, "to") for one in readers.split(to)]
    if not names:
        return {}
    waiting = {(row["department_id"], row["whom"]) for row in unsigned(session, entry_id)}
    if len(names) + len(waiting) > MOST:
        raise InputError("A paper goes to at most {most} readers at once.", field="to", most=MOST)
    changes: common.Changes = {}
    for department_id, whom in _readers(session, names):
        if (department_id, whom) in waiting:
            raise InputError("{name} has yet to sign already.", field="to", name=whom)
        waiting.add((department_id, whom))
        row = {"department_id": department_id, "whom": whom, "signed_at": None, "note": ""}
        changes |= common.add(session, entry_id, "circulation", row)[1]
    return changes


def unsigned(session: Session, entry_id: int) -> list[RowMapping]:
    """Who has yet to sign, in their order."""
    return [row for row in common.rows(session, entry_id, "circulation") if row["signed_at"] is None]


def _told(changes: common.Changes, row: RowMapping) -> common.Changes:
    """The changes with the name of the reader, who stays the same: the trail says who signed."""
    return {key: {**pairs, "whom": (row["whom"], row["whom"])} for key, pairs in changes.items()}


def _named(session: Session, touched: touching.Touched, who: str) -> RowMapping:
    """Who has yet to sign, by name or as a department is called. Raises InputError, StateError."""
    name = cleaning.line(who, "who")
    there = common.rows(session, touched.id, "circulation")
    rows = [row for row in there if fold(row["whom"]) == fold(name)]
    if not rows:
        goes_to = _D.c.id.in_([row["department_id"] for row in there])
        ids = {one.id for one in readers.meant(name, _departments(session, goes_to))}
        rows = [row for row in there if row["department_id"] in ids]
    for row in rows:
        if row["signed_at"] is None:
            return row
    if rows:
        number = str(touching.number_of(touched.row))
        raise StateError("They have signed {number} before.", field="who", number=number)
    raise InputError("It does not go to '{name}'.", field="who", name=name[:60])


def _readers(session: Session, names: list[str]) -> Iterator[tuple[int | None, str]]:
    """Departments under their whole name, however they were typed; people as they were."""
    known = _departments(session, _D.c.active, ~_D.c.outside)
    for name in names:
        found = readers.meant(name, known)
        if len(found) > 1:
            raise InputError(
                "'{text}' may be several departments: {similar}. Write more of the name.",
                field="to",
                text=name[:60],
                similar=", ".join(one.name for one in found[:_TOLD]),
            )
        yield (found[0].id, found[0].name) if found else (None, name)


def _departments(session: Session, *which: ColumnElement[bool]) -> list[DepartmentFact]:
    query = select(*(_D.c[name] for name in _MEANT)).where(*which)
    return [DepartmentFact(**row) for row in session.connection().execute(query).mappings()]


def opened(session: Session, entry_id: int) -> tuple[touching.Touched, RowMapping]:
    """A paper held for an act, and what it bears. Raises NotFoundError; StateError for what is no paper."""
    touched = touching.open_entry(session, entry_id)
    row = next(iter(common.rows(session, entry_id, "document")), None)
    if row is None:
        raise StateError("{number} is no paper received.", number=str(touching.number_of(touched.row)))
    return touched, row
