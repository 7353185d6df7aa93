"""Visitors who are expected (预约): noted before they come, turned into a visit by one key when they do."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, Select, and_, literal, or_, select

from reception import journal, tables
from reception.context import Session, local_day, now, present
from reception.errors import InputError, NotFoundError, StateError
from reception.facts import Details, Kind, NewEntry, Party, Place, Receipt
from reception.facts.awaited import Expected
from reception.facts.office import ExpectedStatus
from reception.numbers import Number
from reception.operations import cleaning, entries, own, site, touching
from reception.operations.office import searching
from reception.wording import N_

_X, _D, _E, _K = tables.expected, tables.department, tables.entry, tables.desk
_EXPECTED = ExpectedStatus.EXPECTED.value
_KIND = "expected"
_MISSING = N_("Nobody is expected under this number.")
_COLUMNS: Select[Any] = (
    select(
        _X,
        _D.c.code.label("department"),
        _D.c.name.label("department_name"),
        tables.operator.c.name.label("operator_name"),
        *(_E.c[name].label(f"visit_{name}") for name in ("sequence", "epoch")),
        _E.c.day.label("visit_day"),
        _K.c.code.label("visit_desk"),
    )
    .outerjoin(_D, _D.c.id == _X.c.department_id)
    .outerjoin(_E, _E.c.id == _X.c.visit_id)
    .outerjoin(_K, _K.c.id == _E.c.desk_id)
    .join(tables.operator, tables.operator.c.id == _X.c.operator_id)
)
_LINES = ("name", "organisation", "phone", "room", "whom", "subject", "note")


def note(
    session: Session,
    *,
    at: dt.datetime | None = None,
    until: dt.datetime | None = None,
    name: str = "",
    organisation: str = "",
    phone: str = "",
    party_size: int | None = None,
    plate: str = "",
    room: str = "",
    department_id: int | None = None,
    whom: str = "",
    subject: str = "",
    note: str = "",
    calendar_uid: str = "",
    uid: uuid.UUID,
) -> Expected:
    """Note who is expected when. Raises InputError naming the field, NotFoundError."""
    if (done := journal.open_act(session, uid, _KIND)) is not None:
        return one(session, done)
    given = locals()
    typed = {key: given[key] for key in (*_LINES, *_OTHERS)}
    values = {
        **_cleaned(session, typed),
        "calendar_uid": cleaning.line(calendar_uid, "calendar_uid"),
        "status": _EXPECTED,
        "visit_id": None,
        "operator_id": present(session).operator_id,
        "created_at": now(session),
    }
    _check(values)
    return one(session, own.create(session, _X, values, uid))


def change(session: Session, expected_id: int, /, *, uid: uuid.UUID, **changes: Any) -> Expected:
    """Correct or postpone: any of the fields of ``note``. Raises InputError, NotFoundError, StateError."""
    if (done := journal.open_act(session, uid, _KIND)) is not None:
        return one(session, done)
    if unknown := sorted(set(changes) - {*_LINES, *_OTHERS}):
        raise InputError("There is no field '{name}' to correct.", name=unknown[0], field=unknown[0])
    row = own.hold(session, _X, expected_id, _MISSING)
    if row["status"] == ExpectedStatus.CAME:
        raise StateError("They have come; correct the visit.", field="id")
    new = _cleaned(session, changes)
    if row["status"] != _EXPECTED and "at" in new:
        new["status"] = _EXPECTED  # they come on another day
    _check({**row, **new})
    return _save(session, row, new, uid)


def arrive(session: Session, expected_id: int, *, party_size: int | None = None, uid: uuid.UUID) -> Receipt:
    """They are here: a visit of now, with what is known of them. Raises NotFoundError, StateError."""
    if done := touching.repeated(session, uid):
        return done
    row = own.hold(session, _X, expected_id, _MISSING)
    if row["status"] == ExpectedStatus.CAME:
        raise StateError("They have come before.", field="id")
    known = any(row[name] for name in ("name", "phone", "organisation"))
    who = (Party(row["name"], row["phone"], row["organisation"]),) if known else ()
    about = row["subject"] or row["whom"] or row["organisation"] or row["name"]
    visit = NewEntry(
        Kind.VISIT,
        about,
        uid,
        parties=who,
        party_size=party_size or row["party_size"],
        department_id=row["department_id"],
        waiting_since=now(session),
        details=Details(wanted=row["whom"], plate=row["plate"]),
    )
    receipt = entries.write(session, visit, uid)
    new = {"status": ExpectedStatus.CAME.value, "visit_id": receipt.entry_id}
    own.save(session, _X, row, new, journal.further(uid, 1))
    return receipt


def miss(session: Session, expected_id: int, *, note: str = "", uid: uuid.UUID) -> Expected:
    """They did not come. Raises NotFoundError, StateError."""
    return _end(session, expected_id, ExpectedStatus.ABSENT, note, uid)


def cancel(session: Session, expected_id: int, *, note: str = "", uid: uuid.UUID) -> Expected:
    """They said that they will not come, or it is called off. Raises NotFoundError, StateError."""
    return _end(session, expected_id, ExpectedStatus.CANCELLED, note, uid)


def rows(
    session: Session,
    *,
    which: str = "today",
    words: str = "",
    before: Place | None = None,
    limit: int = 100,
) -> tuple[Expected, ...]:
    """One page of a list, by the time.

    ``today``: all of today, and of earlier days whom nobody said anything about; ``coming``: later days;
    ``past``: everybody whose day is over, the latest first. ``words``: only those that contain every one of
    them, as Find looks for them.
    """
    today = site.today(session)
    query = _COLUMNS
    if words:
        query = query.where(searching.holding(session, _KIND, _X.c.id, words))
    at = None if before is None else literal(before.at, tables.Instant)
    if which == "past":
        query = query.where(_X.c.day < today)
        if before is not None:
            query = query.where(or_(_X.c.at < at, and_(_X.c.at == at, _X.c.id < before.id)))
        return _facts(session, query.order_by(_X.c.at.desc(), _X.c.id.desc()).limit(limit))
    left = and_(_X.c.day < today, _X.c.status == _EXPECTED)
    query = query.where(or_(_X.c.day == today, left) if which == "today" else _X.c.day > today)
    if before is not None:
        query = query.where(or_(_X.c.at > at, and_(_X.c.at == at, _X.c.id > before.id)))
    return _facts(session, query.order_by(_X.c.at, _X.c.id).limit(limit))


def between(session: Session, first_day: int, last_day: int) -> tuple[Expected, ...]:
    """Everybody expected in a span of days (``YYYYMMDD``, both included), by the time."""
    return _facts(
        session, _COLUMNS.where(_X.c.day >= first_day, _X.c.day <= last_day).order_by(_X.c.at, _X.c.id)
    )


def one(session: Session, expected_id: int) -> Expected:
    """One expected visitor. Raises NotFoundError."""
    found = _facts(session, _COLUMNS.where(_X.c.id == expected_id))
    if not found:
        raise NotFoundError(_MISSING, field="id")
    return found[0]


def these(session: Session, ids: Sequence[int]) -> tuple[Expected, ...]:
    """Expected visitors by their ids."""
    return _facts(session, _COLUMNS.where(_X.c.id.in_(ids)))


def of_calendar(session: Session, uids: Sequence[str]) -> dict[str, Expected]:
    """Those who were imported from these events of a calendar, by the events' UIDs."""
    found = _facts(session, _COLUMNS.where(_X.c.calendar_uid.in_(list(uids)), _X.c.calendar_uid != ""))
    return {one.calendar_uid: one for one in found}


_OTHERS = ("at", "until", "party_size", "plate", "department_id")


def _cleaned(session: Session, given: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in given.items():
        if name in _LINES:
            row[name] = cleaning.line(value, name)
        elif name == "party_size":
            row[name] = cleaning.party_size(1 if value is None else value, 0)
        elif name == "plate":
            row[name] = cleaning.details(Details(plate=value), None)["plate"]
        elif name == "department_id":
            row[name] = _department(session, value)
        elif name == "at":
            if value is None:
                raise InputError("Write when they are expected.", field="at")
            row["at"] = cleaning.known_day(value, "at")
            row["day"] = local_day(session, value)
        else:
            row[name] = cleaning.known_day(value, name)
    return row


def _check(values: Mapping[str, Any]) -> None:
    if not any(values[name] for name in ("name", "organisation", "phone", "subject")):
        raise InputError("Write who is expected.", field="name")
    if values["until"] is not None and values["until"] <= values["at"]:
        raise InputError("This is not after the beginning.", field="until")


def _department(session: Session, id: int | None) -> int | None:
    known = select(_D.c.id).where(_D.c.id == id)
    if id is not None and session.connection().scalar(known) is None:
        raise NotFoundError("It is not in the directory any more.", field="department_id")
    return id


def _end(session: Session, expected_id: int, status: ExpectedStatus, words: str, uid: uuid.UUID) -> Expected:
    if (done := journal.open_act(session, uid, _KIND)) is not None:
        return one(session, done)
    row = own.hold(session, _X, expected_id, _MISSING)
    if row["status"] != _EXPECTED:
        raise StateError("Nobody expects them any more.", field="id")
    new = {"status": status.value, "note": own.noted(row["note"], words, "note")}
    return _save(session, row, new, uid)


def _save(session: Session, row: RowMapping, new: Mapping[str, Any], uid: uuid.UUID) -> Expected:
    own.save(session, _X, row, new, uid)
    return one(session, row["id"])


def _facts(session: Session, query: Select[Any]) -> tuple[Expected, ...]:
    return tuple(_fact(row) for row in session.connection().execute(query).mappings())


def _fact(row: RowMapping) -> Expected:
    plain = ("id", "at", "until", *_LINES, "party_size", "plate", "department_id", "calendar_uid", "visit_id")
    visit = ""
    if row["visit_id"] is not None:
        visit = str(Number(row["visit_day"], row["visit_sequence"], row["visit_desk"], row["visit_epoch"]))
    return Expected(
        **{name: row[name] for name in plain},
        department=row["department"] or "",
        department_name=row["department_name"] or "",
        status=ExpectedStatus(row["status"]),
        visit=visit,
        operator=row["operator_name"],
    )
