"""Parcels and letters for staff: taken in at the desk, handed out to somebody by name, or sent back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, Select, and_, or_, select

from reception import journal, tables
from reception.context import Session, now, present
from reception.errors import InputError, NotFoundError, StateError
from reception.facts.office import ParcelKind, ParcelStatus
from reception.facts.papers_in import ParcelRow
from reception.operations import cleaning, own, site
from reception.operations.office import searching
from reception.operations.office.pressing import lying as lying
from reception.operations.office.pressing import since as since
from reception.wording import N_

_P, _D = tables.parcel, tables.department
_HERE = ParcelStatus.HERE.value
_KIND = "parcel"
_MISSING = N_("There is no such parcel.")
MOST_PIECES = 9_999
PAGE = 200
_COLUMNS: Select[Any] = (
    select(_P, _D.c.code, _D.c.name, tables.operator.c.name.label("operator_name"))
    .outerjoin(_D, _D.c.id == _P.c.department_id)
    .join(tables.operator, tables.operator.c.id == _P.c.operator_id)
)


def take_in(
    session: Session,
    *,
    whom: str = "",
    department_id: int | None = None,
    kind: ParcelKind = ParcelKind.PARCEL,
    sender: str = "",
    tracking: str = "",
    pieces: int | None = None,
    note: str = "",
    uid: uuid.UUID,
) -> ParcelRow:
    """Take a parcel or letters in for somebody, a department, or both.

    Raises InputError naming the field that cannot be taken; NotFoundError for an unknown department.
    """
    if (done := journal.open_act(session, uid, _KIND)) is not None:
        return one(session, done)
    typed = (kind, whom, department_id, sender, tracking, pieces, note)
    values = {
        **_cleaned(session, dict(zip(_TYPED, typed, strict=True))),
        "received_at": now(session),
        "handed_at": None,
        "handed_to": "",
        "status": _HERE,
        "operator_id": present(session).operator_id,
    }
    _check_whom(values)
    return one(session, own.create(session, _P, values, uid))


def hand_out(
    session: Session, parcel_id: int, *, to: str = "", at: dt.datetime | None = None, uid: uuid.UUID
) -> ParcelRow:
    """Somebody took it; whom it is for if nobody else is named.

    Raises InputError, NotFoundError; StateError for what is not here any more.
    """
    if (done := journal.open_act(session, uid, _KIND)) is not None:
        return one(session, done)
    row = _here(session, parcel_id)
    name = cleaning.line(to, "to") or row["whom"]
    if not name:
        raise InputError("Write who took it.", field="to")
    cleaning.check_instants(now(session), row["received_at"], {"at": at})
    new = {"status": ParcelStatus.HANDED.value, "handed_to": name, "handed_at": at or now(session)}
    return _save(session, row, new, uid)


def send_back(session: Session, parcel_id: int, *, why: str = "", uid: uuid.UUID) -> ParcelRow:
    """It went back to whence it came. Raises NotFoundError; StateError for what is not here any more."""
    if (done := journal.open_act(session, uid, _KIND)) is not None:
        return one(session, done)
    row = _here(session, parcel_id)
    note = own.noted(row["note"], why, "why")
    new = {"status": ParcelStatus.SENT_BACK.value, "handed_at": now(session), "note": note}
    return _save(session, row, new, uid)


def amend(session: Session, /, parcel_id: int, *, uid: uuid.UUID, **changes: Any) -> ParcelRow:
    """Correct what was noted when it was taken in, as in ``take_in``. Raises InputError, StateError."""
    if (done := journal.open_act(session, uid, _KIND)) is not None:
        return one(session, done)
    if unknown := sorted(set(changes) - set(_TYPED)):
        raise InputError("There is no field '{name}' to correct.", name=unknown[0], field=unknown[0])
    row = own.hold(session, _P, parcel_id, _MISSING)
    if row["status"] == ParcelStatus.WITHDRAWN:
        raise StateError("This was taken back.", field="id")
    new = _cleaned(session, changes)
    _check_whom({**row, **new})
    return _save(session, row, new, uid)


def rows(
    session: Session,
    *,
    which: str = "here",
    words: str = "",
    before: ParcelRow | None = None,
    limit: int = PAGE,
) -> tuple[ParcelRow, ...]:
    """What lies ``here`` or does so too ``long``, the oldest first; or ``all``, the newest first.

    ``words``: only those that contain every one of them, as Find looks for them. ``before`` is the last one
    of the page above.
    """
    query = _COLUMNS.limit(limit)
    if which == "all":
        query = query.where(_P.c.status != ParcelStatus.WITHDRAWN.value).order_by(_P.c.id.desc())
        query = query if before is None else query.where(_P.c.id < before.id)
    else:
        query = query.where(_P.c.status == _HERE).order_by(_P.c.received_at, _P.c.id)
        if which == "long":
            bound = since(site.values(session), now(session), present(session).zone)
            query = query.where(*lying(bound))
        if before is not None:
            query = query.where(
                or_(
                    _P.c.received_at > before.received_at,
                    and_(_P.c.received_at == before.received_at, _P.c.id > before.id),
                )
            )
    if words:
        query = query.where(searching.holding(session, _KIND, _P.c.id, words))
    return _facts(session, query)


def one(session: Session, parcel_id: int) -> ParcelRow:
    """A parcel. Raises NotFoundError."""
    found = _facts(session, _COLUMNS.where(_P.c.id == parcel_id))
    if not found:
        raise NotFoundError(_MISSING, field="id")
    return found[0]


def these(session: Session, ids: Sequence[int]) -> tuple[ParcelRow, ...]:
    """Parcels by their ids."""
    return _facts(session, _COLUMNS.where(_P.c.id.in_(ids)))


_TYPED = ("kind", "whom", "department_id", "sender", "tracking", "pieces", "note")


def _cleaned(session: Session, given: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in given.items():
        if name == "kind":
            row[name] = ParcelKind(value or ParcelKind.PARCEL).value
        elif name == "pieces":
            row[name] = 1 if value is None else value
        elif name == "department_id":
            row[name] = value
        else:
            row[name] = cleaning.line(value, name)
    if not 1 <= row.get("pieces", 1) <= MOST_PIECES:
        raise InputError("A whole number from {low} to {high}.", field="pieces", low=1, high=MOST_PIECES)
    if (department := row.get("department_id")) is not None:
        known = select(_D.c.id).where(_D.c.id == department, ~_D.c.outside)
        if session.connection().scalar(known) is None:
            raise NotFoundError("There is no such department.", field="department_id")
    return row


def _check_whom(values: Mapping[str, Any]) -> None:
    if not values["whom"] and values["department_id"] is None:
        raise InputError("Say whom it is for, or which department.", field="whom")


def _here(session: Session, parcel_id: int) -> RowMapping:
    row = own.hold(session, _P, parcel_id, _MISSING)
    if row["status"] != _HERE:
        raise StateError("This does not lie here any more.", field="id")
    return row


def _save(session: Session, row: RowMapping, new: Mapping[str, Any], uid: uuid.UUID) -> ParcelRow:
    own.save(session, _P, row, new, uid)
    return one(session, row["id"])


def _facts(session: Session, query: Select[Any]) -> tuple[ParcelRow, ...]:
    zone, moment = present(session).zone, now(session)
    long_since = since(site.values(session), moment, zone)
    return tuple(
        ParcelRow(
            kind=ParcelKind(row["kind"]),
            status=ParcelStatus(row["status"]),
            department=row["code"] or "",
            department_name=row["name"] or "",
            operator=row["operator_name"],
            days=(
                (row["handed_at"] or moment).astimezone(zone).date()
                - row["received_at"].astimezone(zone).date()
            ).days,
            long=row["status"] == _HERE and row["received_at"] < long_since,
            **{name: row[name] for name in _AS_THEY_ARE},
        )
        for row in session.connection().execute(query).mappings()
    )


_AS_THEY_ARE = (
    *("id", "whom", "sender", "tracking", "pieces", "note", "received_at", "handed_at", "handed_to"),
)
