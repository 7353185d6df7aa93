"""What is to be done about the rest of the office's work: urgent events, papers, notices, visitors, things.

Each reason finds its rows by an index of its own, as those of ``finding`` do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import RowMapping, Select, func, literal, select

from reception import tables
from reception.context import Session
from reception.facts import EntryStatus, Todo, TodoRow
from reception.facts.awaited import latest
from reception.facts.office import ExpectedStatus, Stands
from reception.operations.office import pressing
from reception.operations.to_do.found import Asked, Found

if TYPE_CHECKING:
    from reception.facts.lending import Loan
    from reception.facts.papers_in import ParcelRow

_E, _U, _W, _X = tables.entry, tables.urgent, tables.document, tables.expected
_L, _P, _D = tables.loan, tables.parcel, tables.department
_NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


def urgent(_asked: Asked) -> Found:
    """Urgent events that are not over."""
    source = (
        select(_U.c.id)
        .select_from(_U)
        .join(_E, _E.c.id == _U.c.entry_id)
        .where(
            _U.c.ended_at.is_(None),
            _U.c.status == Stands.STANDING.value,
            _E.c.status != EntryStatus.VOID.value,
        )
    )
    return Found("entry", source, _U.c.at, _U.c.entry_id, _U.c.entry_id, _U.c.entry_id)


def unhandled(asked: Asked) -> Found:
    """Papers that came before the site's hour and have no next step."""
    source = select(_W.c.id).select_from(_W).join(_E, _E.c.id == _W.c.entry_id)
    source = source.where(*pressing.unhandled(asked.now.papers))
    return Found("entry", source, _E.c.received_at, _W.c.entry_id, _W.c.entry_id, _W.c.entry_id)


def uncalled(_asked: Asked) -> Found:
    """Notices of which somebody invited was not called yet, those with the nearest deadline first."""
    rows = pressing.uncalled().subquery("uncalled")
    press = func.coalesce(rows.c.press, literal(_NEVER, tables.Instant))
    source = select(rows.c.entry_id).select_from(rows)
    return Found("entry", source, press, rows.c.entry_id, rows.c.entry_id, rows.c.entry_id)


def notified(_asked: Asked) -> Found:
    """Meetings notified to us: to be laid before a leader and answered, the nearest deadline first."""
    rows = pressing.notified().subquery("notified")
    press = func.coalesce(rows.c.press, literal(_NEVER, tables.Instant))
    source = select(rows.c.entry_id).select_from(rows)
    return Found("entry", source, press, rows.c.entry_id, rows.c.entry_id, rows.c.entry_id)


def expected(asked: Asked) -> Found:
    """Visitors of today, and of days before of whom nobody said anything: due, later, or not come."""
    source = (
        select(_X.c.id)
        .select_from(_X)
        .where(_X.c.status == ExpectedStatus.EXPECTED.value, _X.c.at < asked.now.midnight)
    )
    return Found("expected", source, _X.c.at, _X.c.id, _X.c.id, literal(0))


def not_back(asked: Asked) -> Found:
    """Things that should have been back by now."""
    source = select(_L.c.id).select_from(_L).where(*pressing.not_back(asked.now.now))
    return Found("loan", source, _L.c.back_by, _L.c.id, _L.c.id, literal(0))


def lying(asked: Asked) -> Found:
    """Parcels that have lain here longer than the site's days."""
    source = select(_P.c.id).select_from(_P).where(*pressing.lying(asked.now.parcels))
    return Found("parcel", source, _P.c.received_at, _P.c.id, _P.c.id, literal(0))


KINDS = ("expected", "loan", "parcel")
"""What a ``Found`` of these names is no entry."""


def rows(session: Session, kind: str, ids: Sequence[int]) -> dict[int, TodoRow]:
    """What these records are listed as, by their ids."""
    if not ids:
        return {}
    from reception.operations.office import loans, parcels  # few registers list any

    if kind == "loan":
        return {one.id: _of_loan(one) for one in loans.these(session, ids)}
    if kind == "parcel":
        return {one.id: _of_parcel(one) for one in parcels.these(session, ids)}
    found = session.connection().execute(_VISITORS.where(_X.c.id.in_(ids))).mappings()
    return {row["id"]: _of_visitor(row) for row in found}


_VISITORS: Select[tuple[int]] = select(_X, func.coalesce(_D.c.code, "").label("department")).outerjoin(
    _D, _D.c.id == _X.c.department_id
)


def _of_visitor(row: RowMapping) -> TodoRow:
    who = " · ".join(filter(None, (row["organisation"], row["name"])))
    whom = " · ".join(filter(None, (row["subject"], row["whom"], row["room"])))
    return TodoRow(
        what=Todo.EXPECTED,
        entry_id=0,
        number="",
        since=row["at"],
        person=who,
        phone=row["phone"],
        text=whom,
        department=row["department"],
        due_at=latest(row["at"], row["until"]),
        record_id=row["id"],
    )


def _of_loan(one: Loan) -> TodoRow:
    return TodoRow(
        what=Todo.NOT_BACK,
        entry_id=one.entry_id or 0,
        number=one.visit,
        since=one.lent_at,
        person=one.whom,
        phone=one.phone,
        text=one.thing,
        due_at=one.back_by,
        record_id=one.id,
    )


def _of_parcel(one: ParcelRow) -> TodoRow:
    return TodoRow(
        what=Todo.PARCEL,
        entry_id=0,
        number="",
        since=one.received_at,
        person=one.whom,
        phone="",
        text=one.sender or one.tracking,
        department=one.department,
        record_id=one.id,
    )


def press(session: Session, shown: Iterable[TodoRow]) -> list[TodoRow]:
    """Notices with the moment by which everybody is to be reached; those to us with that of the reply."""
    every = list(shown)
    connection = session.connection()
    for what, made in ((Todo.UNCALLED, pressing.uncalled), (Todo.NOTIFIED, pressing.notified)):
        if any(row.what is what for row in every):  # to make such a statement takes its time
            due = {row.entry_id: row for row in connection.execute(made())}
            every = [_pressed(row, due.get(row.entry_id)) if row.what is what else row for row in every]
    return every


def _pressed(row: TodoRow, found: Any) -> TodoRow:
    if found is None:
        return row
    return replace(row, due_at=found.press, owner=found.laid if row.what is Todo.NOTIFIED else row.owner)
