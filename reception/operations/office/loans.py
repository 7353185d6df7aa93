"""Things lent at the desk (后勤): to whom, back by when; what is not back stands at the handover."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, func, literal, or_, select

from reception import journal, tables
from reception.context import Session, now, present
from reception.errors import InputError, NotFoundError, StateError
from reception.facts import Place
from reception.facts.lending import NEVER, Loan
from reception.facts.office import LoanStatus
from reception.numbers import Number
from reception.operations import cleaning, own
from reception.operations.office import pressing, searching
from reception.wording import N_

_L, _D, _E, _K = tables.loan, tables.department, tables.entry, tables.desk
_OUT = LoanStatus.OUT.value
_KIND = "loan"
_MISSING = N_("There is no such loan.")
MOST_PIECES = 9_999
_BACK_BY: ColumnElement[Any] = func.coalesce(_L.c.back_by, literal(NEVER, tables.Instant))
_COLUMNS: Select[Any] = (
    select(
        _L,
        _D.c.name.label("department"),
        tables.operator.c.name.label("operator_name"),
        *(_E.c[name].label(f"visit_{name}") for name in ("day", "sequence", "epoch")),
        _K.c.code.label("visit_desk"),
    )
    .outerjoin(_D, _D.c.id == _L.c.department_id)
    .outerjoin(_E, _E.c.id == _L.c.entry_id)
    .outerjoin(_K, _K.c.id == _E.c.desk_id)
    .join(tables.operator, tables.operator.c.id == _L.c.operator_id)
)


def lend(
    session: Session,
    *,
    thing: str = "",
    whom: str = "",
    pieces: int | None = None,
    phone: str = "",
    department_id: int | None = None,
    entry_id: int | None = None,
    back_by: dt.datetime | None = None,
    note: str = "",
    uid: uuid.UUID,
) -> Loan:
    """Lend a thing to somebody, back by an instant to come or without one.

    Raises InputError naming the field that cannot be taken; NotFoundError for an unknown department or visit.
    """
    if (done := journal.open_act(session, uid, _KIND)) is not None:
        return one(session, done)
    values = {
        "thing": cleaning.required_line(thing, "thing"),
        "pieces": _pieces(pieces),
        "whom": cleaning.required_line(whom, "whom"),
        "phone": cleaning.line(phone, "phone"),
        "department_id": _known(session, _D, department_id, "department_id"),
        "entry_id": _known(session, _E, entry_id, "number"),
        "lent_at": now(session),
        "back_by": _ahead(session, back_by),
        "returned_at": None,
        "note": cleaning.line(note, "note"),
        "status": _OUT,
        "operator_id": present(session).operator_id,
    }
    return one(session, own.create(session, _L, values, uid))


def give_back(
    session: Session, loan_id: int, *, note: str = "", at: dt.datetime | None = None, uid: uuid.UUID
) -> Loan:
    """It is back; ``note`` says in what state. Raises InputError, NotFoundError, StateError."""
    if (done := journal.open_act(session, uid, _KIND)) is not None:
        return one(session, done)
    row = _out(session, loan_id)
    cleaning.check_instants(now(session), row["lent_at"], {"at": at})
    said = own.noted(row["note"], note, "note")
    new = {"status": LoanStatus.BACK.value, "returned_at": at or now(session), "note": said}
    return _save(session, row, new, uid)


def prolong(session: Session, loan_id: int, *, back_by: dt.datetime | None, uid: uuid.UUID) -> Loan:
    """It may stay out longer, or has no day any more. Raises InputError, NotFoundError, StateError."""
    if (done := journal.open_act(session, uid, _KIND)) is not None:
        return one(session, done)
    row = _out(session, loan_id)
    return _save(session, row, {"back_by": _ahead(session, back_by)}, uid)


def rows(
    session: Session, *, which: str = "out", words: str = "", before: Place | None = None, limit: int = 100
) -> tuple[Loan, ...]:
    """One page of a list: what is ``out`` (what is due first, first), ``overdue``, or ``all`` (newest first).

    ``words``: only those that contain every one of them, as Find looks for them.
    """
    query = _COLUMNS.where(_L.c.status != LoanStatus.WITHDRAWN.value)
    if words:
        query = query.where(searching.holding(session, _KIND, _L.c.id, words))
    if which == "all":
        query = query if before is None else query.where(_L.c.id < before.id)
        return _facts(session, query.order_by(_L.c.id.desc()).limit(limit))
    query = query.where(_L.c.status == _OUT)
    if which == "overdue":
        query = query.where(*pressing.not_back(now(session)))
    if before is not None:
        at = literal(before.at, tables.Instant)
        query = query.where(or_(at < _BACK_BY, and_(at == _BACK_BY, _L.c.id > before.id)))
    return _facts(session, query.order_by(_BACK_BY, _L.c.id).limit(limit))


def one(session: Session, loan_id: int) -> Loan:
    """A loan. Raises NotFoundError."""
    found = _facts(session, _COLUMNS.where(_L.c.id == loan_id))
    if not found:
        raise NotFoundError(_MISSING, field="id")
    return found[0]


def these(session: Session, ids: Sequence[int]) -> tuple[Loan, ...]:
    """Loans by their ids."""
    return _facts(session, _COLUMNS.where(_L.c.id.in_(ids)))


def _pieces(pieces: int | None) -> int:
    count = 1 if pieces is None else pieces
    if not 1 <= count <= MOST_PIECES:
        raise InputError("Write how many, from 1 to {most}.", field="pieces", most=MOST_PIECES)
    return count


def _ahead(session: Session, moment: dt.datetime | None) -> dt.datetime | None:
    if moment is not None and moment <= now(session):
        raise InputError("This time is over.", field="back_by")
    return cleaning.known_day(moment, "back_by")


def _known(session: Session, table: Any, id: int | None, field: str) -> int | None:
    if id is not None and session.connection().scalar(select(table.c.id).where(table.c.id == id)) is None:
        raise NotFoundError("It is not in the register.", field=field)
    return id


def _out(session: Session, loan_id: int) -> RowMapping:
    row = own.hold(session, _L, loan_id, _MISSING)
    if row["status"] != _OUT:
        raise StateError("This is not lent out any more.", field="id")
    return row


def _save(session: Session, row: RowMapping, new: Mapping[str, Any], uid: uuid.UUID) -> Loan:
    own.save(session, _L, row, new, uid)
    return one(session, row["id"])


def _facts(session: Session, query: Select[Any]) -> tuple[Loan, ...]:
    moment = now(session)
    return tuple(_fact(row, moment) for row in session.connection().execute(query).mappings())


def _fact(row: RowMapping, moment: dt.datetime) -> Loan:
    plain = (
        "id",
        "thing",
        "pieces",
        "whom",
        "phone",
        "entry_id",
        "lent_at",
        "back_by",
        "returned_at",
        "note",
    )
    visit = ""
    if row["entry_id"] is not None:
        visit = str(Number(row["visit_day"], row["visit_sequence"], row["visit_desk"], row["visit_epoch"]))
    return Loan(
        **{name: row[name] for name in plain},
        department=row["department"] or "",
        visit=visit,
        status=LoanStatus(row["status"]),
        operator=row["operator_name"],
        overdue=row["status"] == _OUT and row["back_by"] is not None and row["back_by"] <= moment,
    )
