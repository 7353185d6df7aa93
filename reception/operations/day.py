"""A day at a glance: its totals, what is to be done now, and the four "never let" counters."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, Select, and_, bindparam, case, func, select

from reception import tables
from reception.context import Session
from reception.facts import (
    Act,
    CallbackRow,
    Counters,
    EntryRow,
    EntryStatus,
    Kind,
    PartStatus,
    ReferralStatus,
    Role,
    Todo,
    TodoRow,
    Totals,
)
from reception.numbers import Number
from reception.operations import callbacks, owing
from reception.operations.reading import ORDER, among_running, entry_columns, entry_row
from reception.operations.referring import RUNNING

_E, _R, _P = tables.entry, tables.referral, tables.part


def _count(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


_LIVE = _E.c.status != EntryStatus.VOID
_TOTALS = (
    select(
        _count(_LIVE & (_E.c.kind == Kind.VISIT)).label("visits"),
        func.coalesce(func.sum(case((_LIVE & (_E.c.kind == Kind.VISIT), _E.c.party_size), else_=0)), 0).label(
            "visitors"
        ),
        _count(_LIVE & (_E.c.kind == Kind.CALL_IN)).label("calls_in"),
        _count(_LIVE & (_E.c.kind == Kind.CALL_OUT)).label("calls_out"),
        _count(_LIVE & (_E.c.act == Act.ANSWERED)).label("answered"),
        _count(_LIVE & (_E.c.act == Act.POINTED)).label("pointed"),
        _count(_LIVE & (_E.c.act == Act.PUT_THROUGH)).label("put_through"),
        _count(_LIVE & (_E.c.act == Act.REFERRED)).label("referred"),
        _count(_E.c.status == EntryStatus.OPEN).label("open"),
        _count(_E.c.status == EntryStatus.VOID).label("void"),
        _count(_LIVE & _E.c.left_estimated.is_(True)).label("estimated"),
    )
    .select_from(_E)
    .where(_E.c.day == bindparam("day"))
)
_TOTALS_OF_DESK = _TOTALS.join(tables.desk, tables.desk.c.id == _E.c.desk_id).where(
    tables.desk.c.code == bindparam("desk")
)


def totals(session: Session, day: int, desk: str | None = None) -> Totals:
    """The totals of a day (``YYYYMMDD``), of one desk or of all."""
    query, values = (_TOTALS, {"day": day}) if desk is None else (_TOTALS_OF_DESK, {"day": day, "desk": desk})
    row = session.connection().execute(query, values).mappings().one()
    return Totals(**{name: int(value) for name, value in row.items()})


def open_before(session: Session, day: int, limit: int = 50, desk: str | None = None) -> tuple[EntryRow, ...]:
    """What earlier days left open, oldest first: carried over on the day's sheet."""
    query = (
        entry_columns()
        .where(_E.c.status == EntryStatus.OPEN.value, _E.c.day < day)
        .order_by(*ORDER)
        .limit(limit)
    )
    if desk is not None:
        query = query.where(tables.desk.c.code == desk)
    return tuple(entry_row(row) for row in session.connection().execute(query).mappings())


def count_open_before(session: Session, day: int, desk: str | None = None) -> int:
    """How many entries earlier days left open."""
    query = select(func.count()).select_from(_E).where(_E.c.status == EntryStatus.OPEN.value, _E.c.day < day)
    if desk is not None:
        query = query.join(tables.desk, tables.desk.c.id == _E.c.desk_id).where(tables.desk.c.code == desk)
    return int(session.connection().scalar(query) or 0)


def _waits(day: int) -> Any:
    """Visitors of the day (nobody stays overnight) who wait here, neither received nor gone."""
    return and_(
        _E.c.day == day,
        _E.c.waiting_since.is_not(None),
        _E.c.seen_at.is_(None),
        _E.c.left_at.is_(None),
        _E.c.status != EntryStatus.VOID,
    )


def counters(session: Session, day: int) -> Counters:
    """The four counters as far as the register knows clocks: nothing is overdue before due dates exist."""
    connection = session.connection()

    def number(query: Any) -> int:
        return int(connection.scalar(query) or 0)

    parts = (
        select(_P.c.status, func.count())
        .join(_R, _R.c.id == _P.c.referral_id)
        .where(_R.c.status.in_(RUNNING), _P.c.status != PartStatus.ANSWERED)
        .group_by(_P.c.status)
    )
    by_status = {row[0]: int(row[1]) for row in connection.execute(parts)}
    without_act = (
        select(func.count()).select_from(_E).where(_E.c.status == EntryStatus.OPEN.value, _E.c.act.is_(None))
    )
    return Counters(
        overdue=0,
        not_received=by_status.get(PartStatus.SENT, 0),
        waiting=number(select(func.count()).select_from(_E).where(_waits(day))),
        callbacks=callbacks.count(session),
        unanswered=sum(by_status.values()) + number(without_act),
    )


def todo(session: Session, day: int, limit: int = 50) -> tuple[TodoRow, ...]:
    """What is to be done now, most pressing first; within a reason the longest waiting first.

    Visitors who wait, calls owed (in the order of ``callbacks.owed``), referrals returned, referrals not yet
    received, answers to pass on, open entries.
    """
    connection = session.connection()
    found: list[TodoRow] = []

    def take(query: Select[Any], what: Todo, since: str) -> None:
        if len(found) < limit:
            rows = connection.execute(query.limit(limit - len(found))).mappings()
            found.extend(_todo_row(row, what, since) for row in rows)

    take(
        entry_columns().where(_waits(day)).order_by(_E.c.waiting_since, _E.c.id),
        Todo.WAITING,
        "waiting_since",
    )
    if len(found) < limit:
        found.extend(_call(row) for row in callbacks.owed(session, limit=limit - len(found)))
    take(_parts(PartStatus.RETURNED), Todo.RETURNED, "returned_at")
    take(_parts(PartStatus.SENT), Todo.NOT_RECEIVED, "sent_at")
    take(_parts(PartStatus.ANSWERED), Todo.ANSWERED, "answered_at")
    rest = entry_columns().where(
        _E.c.status == EntryStatus.OPEN.value,
        func.coalesce(_E.c.act, "").in_(("", Act.PUT_THROUGH.value)),
        ~_waits(day),
        ~owing.OWES,
    )
    take(rest.order_by(_E.c.id), Todo.OPEN, "received_at")
    return tuple(found)


def _call(row: CallbackRow) -> TodoRow:
    return TodoRow(
        what=Todo.CALLBACK,
        entry_id=row.entry_id,
        number=row.number,
        since=row.since,
        person=row.person,
        phone=row.phone,
        text=row.about,
        identity_protected=row.identity_protected,
        callback_id=row.id,
        due_at=row.due_at,
        owner=row.owner,
        attempts=row.attempts,
    )


def _parts(status: PartStatus) -> Select[Any]:
    query = (
        entry_columns()
        .add_columns(
            _P.c.id.label("part_id"),
            _R.c.id.label("referral_id"),
            _P.c.sent_at,
            _P.c.returned_at,
            _P.c.answered_at,
            _P.c.return_reason,
            _P.c.answer,
            _PART_DEPARTMENT.c.code.label("part_department"),
        )
        .join(_P, _P.c.entry_id == _E.c.id)
        .join(_R, _R.c.id == _P.c.referral_id)
        .join(_PART_DEPARTMENT, _PART_DEPARTMENT.c.id == _P.c.department_id)
        .where(among_running(_P.c.status) == status.value)
        .order_by(_P.c.id)
    )
    # an answer waits for the desk until the referral is closed; of the lead only, whose answer it is
    if status is PartStatus.ANSWERED:
        return query.where(_R.c.status == ReferralStatus.COMPLETED.value, _P.c.role == Role.LEAD.value)
    return query.where(_R.c.status.in_(RUNNING))


_PART_DEPARTMENT = tables.department.alias("part_department")


def _todo_row(row: RowMapping, what: Todo, since: str) -> TodoRow:
    on_part = what in (Todo.RETURNED, Todo.NOT_RECEIVED, Todo.ANSWERED)
    text = row["matter_name"] or row["subject"]
    if what is Todo.RETURNED:
        text = row["return_reason"]
    elif what is Todo.ANSWERED:
        text = row["answer"]
    return TodoRow(
        what=what,
        entry_id=row["id"],
        number=str(Number(row["day"], row["sequence"], row["desk_code"], row["epoch"])),
        since=row[since],
        person=row["person"] or "",
        phone=row["phone"] or "",
        text=text,
        department=(row["part_department"] if on_part else row["department_code"]) or "",
        part_id=row["part_id"] if on_part else None,
        referral_id=row["referral_id"] if on_part else None,
        identity_protected=row["identity_protected"],
    )
