"""Calls that are owed: noted, tried, done or given up; they stay until then, over midnight and shifts."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, RowMapping, bindparam, case, func, insert, null, select

from reception import tables
from reception import text as rules
from reception.context import Session, now
from reception.errors import NotFoundError, StateError
from reception.facts import (
    Act,
    AttemptResult,
    CallbackRow,
    CallbackStatus,
    CallResult,
    EntryStatus,
    NewCallback,
    Receipt,
    Urgency,
)
from reception.numbers import Number
from reception.operations import cleaning, owing, touching, veiling
from reception.operations.reading import entry_columns

if TYPE_CHECKING:
    from reception.operations.office.meetings.held import Held

_E, _C, _A = tables.entry, tables.callback, tables.attempt
_DUE = func.coalesce(_C.c.due_at, _C.c.created_at)
_URGENT_FIRST = case({Urgency.CRITICAL.value: 0, Urgency.URGENT.value: 1}, value=_E.c.urgency, else_=2)
# Made once: to put such a statement together takes longer than to run it.
_NOTED = (
    entry_columns()
    .add_columns(
        _C.c.id.label("callback_id"),
        _C.c.created_at.label("callback_since"),
        _C.c.due_at.label("callback_due"),
        _C.c.phone.label("callback_phone"),
        _C.c.about.label("callback_about"),
        _C.c.owner.label("callback_owner"),
    )
    .join(_C, _C.c.entry_id == _E.c.id)
    .where(_C.c.status == owing.OWED)
    .order_by(case((bindparam("now", type_=tables.Instant) >= _DUE, _URGENT_FIRST), else_=3), _DUE, _C.c.id)
    .limit(bindparam("limit", type_=Integer))
)
_ONLY_SAID = (
    entry_columns()
    .add_columns(
        null().label("callback_id"),
        _E.c.received_at.label("callback_since"),
        null().label("callback_due"),
        null().label("callback_phone"),
        null().label("callback_about"),
        null().label("callback_owner"),
    )
    .where(_E.c.id.in_(owing.only_say_so()))
    .order_by(_E.c.id)
    .limit(bindparam("limit", type_=Integer))
)
_COUNT_NOTED = select(func.count()).select_from(_C).where(_C.c.status == owing.OWED)
_COUNT_SAID = select(func.count()).select_from(owing.only_say_so().subquery())


def owe(session: Session, entry_id: int, new: NewCallback, *, uid: uuid.UUID) -> Receipt:
    """Somebody is to be called about this entry, which is open until then. Raises InputError, StateError."""
    if done := touching.repeated(session, uid):
        return done
    touched = touching.open_entry(session, entry_id)
    owing.note_on(session, touched, new)
    warnings = cleaning.warnings({"phone": new.phone, "about": new.about, "owner": new.owner})
    return touching.save(session, touched, {"status": EntryStatus.OPEN.value}, "owe", uid, warnings)


def attempt(
    session: Session,
    callback_id: int,
    result: AttemptResult,
    *,
    reached: str = "",
    note: str = "",
    uid: uuid.UUID,
) -> Receipt:
    """Somebody tried to call; ``reached`` is who answered, which ends the call-back.

    An entry of which nothing else was open is finished then. Raises InputError, NotFoundError, StateError.
    """
    if done := touching.repeated(session, uid):
        return done
    entry_id = _entry(session, callback_id)
    notice = _notice(session, entry_id, result)
    touched = touching.open_entry(session, entry_id)
    receipt = attempt_in(session, touched, _row(session, callback_id), result, reached, note, uid)
    return _told(session, notice, receipt, reached, uid)


def attempt_for(
    session: Session,
    entry_id: int,
    result: AttemptResult,
    *,
    reached: str = "",
    note: str = "",
    uid: uuid.UUID,
) -> Receipt:
    """As ``attempt``, for the call owed of an entry: its most urgent, or the one that it only says is wanted.

    Raises InputError, NotFoundError, StateError.
    """
    if done := touching.repeated(session, uid):
        return done
    notice = _notice(session, entry_id, result)
    touched = touching.open_entry(session, entry_id)
    receipt = attempt_in(session, touched, _owed_of(session, touched), result, reached, note, uid)
    return _told(session, notice, receipt, reached, uid)


def give_up(session: Session, callback_id: int, reason: str, *, uid: uuid.UUID) -> Receipt:
    """Nobody will be called any more, and why.

    An entry of which nothing else was open is finished then; the reason is its outcome, if it has none.
    Raises InputError, NotFoundError, StateError.
    """
    if done := touching.repeated(session, uid):
        return done
    touched = touching.open_entry(session, _entry(session, callback_id))
    return give_up_in(session, touched, _row(session, callback_id), reason, uid)


def give_up_for(session: Session, entry_id: int, reason: str, *, uid: uuid.UUID) -> Receipt:
    """As ``give_up``, for the call owed of an entry. Raises InputError, NotFoundError, StateError."""
    if done := touching.repeated(session, uid):
        return done
    touched = touching.open_entry(session, entry_id)
    return give_up_in(session, touched, _owed_of(session, touched), reason, uid)


def owed(session: Session, *, limit: int = 50) -> tuple[CallbackRow, ...]:
    """The calls that are owed, most urgent first.

    Those whose time has come stand before the others, among them the urgent entries first, then by the
    time since which they are due. A call without a time is due from when it was noted.
    """
    return veiling.facts(session, _owed(session, limit))


def _owed(session: Session, limit: int) -> list[tuple[CallbackRow, str | None]]:
    instant = now(session)
    connection = session.connection()
    found = [
        *connection.execute(_NOTED, {"now": instant, "limit": limit}).mappings(),
        *connection.execute(_ONLY_SAID, {"limit": limit}).mappings(),
    ]
    tried = _tried(session, [row["callback_id"] for row in found if row["callback_id"] is not None])
    rows = [(_fact(row, tried.get(row["callback_id"], []), instant), row["category"]) for row in found]
    return sorted(rows, key=lambda one: _pressing(one[0]))[:limit]


def count(session: Session) -> int:
    """How many calls are owed."""
    connection = session.connection()
    noted, said = connection.scalar(_COUNT_NOTED), connection.scalar(_COUNT_SAID)
    return int(noted or 0) + int(said or 0)


def entries_owing(session: Session) -> frozenset[int]:
    """The ids of all entries of which somebody is to be called; few at any time."""
    noted = select(_C.c.entry_id).where(_C.c.status == owing.OWED)
    said = owing.only_say_so()
    connection = session.connection()
    return frozenset((*connection.scalars(noted), *connection.scalars(said)))


def match(session: Session, phone: str) -> tuple[CallbackRow, ...]:
    """The calls that are owed to one of these numbers: what an outgoing call may tick off.

    Not those of reports, nor of what is sealed: a number leads nobody to whoever told them.
    """
    wanted = set(rules.phone_numbers(phone))
    if not wanted:
        return ()
    every = _owed(session, 1_000)
    found = [one for one in every if wanted & set(rules.phone_numbers(one[0].phone))]
    return tuple(row for row, category in found if veiling.leads(session, category))


def _entry(session: Session, callback_id: int) -> int:
    entry_id = session.connection().scalar(select(_C.c.entry_id).where(_C.c.id == callback_id))
    if entry_id is None:
        raise NotFoundError("There is no such call-back.", field="number")
    return int(entry_id)


def _notice(session: Session, entry_id: int, result: AttemptResult) -> Held | None:
    """The meeting notice of which whoever was reached is told; older than the call, it is held first."""
    if result is not AttemptResult.REACHED:
        return None
    from reception.operations.office.meetings import calling

    return calling.hold_for(session, entry_id)


def _told(session: Session, notice: Held | None, receipt: Receipt, reached: str, uid: uuid.UUID) -> Receipt:
    if notice is not None:
        from reception.operations.office.meetings import calling

        calling.reached(session, notice, receipt.entry_id, cleaning.line(reached, "reached"), uid)
    return receipt


def _row(session: Session, callback_id: int) -> RowMapping:
    return session.connection().execute(select(_C).where(_C.c.id == callback_id)).mappings().one()


def _owed_of(session: Session, touched: touching.Touched) -> RowMapping:
    """The call owed of an entry; made now where the entry only says that one is wanted."""
    mine = select(_C).where(_C.c.entry_id == touched.id)
    ordered = mine.where(_C.c.status == owing.OWED).order_by(
        func.coalesce(_C.c.due_at, _C.c.created_at), _C.c.id
    )
    row = session.connection().execute(ordered.limit(1)).mappings().one_or_none()
    if row is not None:
        return row
    says_so = select(_E.c.id).where(_E.c.id == touched.id, owing.ONLY_SAYS_SO)
    if session.connection().scalar(says_so) is None:
        raise StateError(
            "No call is owed about {number}.", field="number", number=str(touching.number_of(touched.row))
        )
    ordinal = owing.note_on(session, touched, NewCallback())
    return session.connection().execute(mine.where(_C.c.ordinal == ordinal)).mappings().one()


def attempt_in(
    session: Session,
    touched: touching.Touched,
    row: RowMapping,
    result: AttemptResult,
    reached: str,
    note: str,
    uid: uuid.UUID,
) -> Receipt:
    """As ``attempt``, for an act that holds the entry. Raises InputError, StateError."""
    _still_owed(touched, row)
    connection = session.connection()
    last = connection.scalar(select(func.max(_A.c.ordinal)).where(_A.c.entry_id == touched.id))
    values = {
        "entry_id": touched.id,
        "callback_id": row["id"],
        "ordinal": int(last or 0) + 1,
        "at": now(session),
        "result": result.value,
        "reached": cleaning.line(reached, "reached") if result is AttemptResult.REACHED else "",
        "note": cleaning.line(note, "note"),
    }
    connection.execute(insert(_A), values)
    # the call-back is named by its place in the entry, as in its own key
    kept = {**values, "callback_id": row["ordinal"]}
    touched.others[f"attempt/{values['ordinal']}"] = touching.created(kept, frozenset({"entry_id"}))
    new: dict[str, Any] = {}
    if result is AttemptResult.REACHED:
        ended = {"status": CallbackStatus.DONE.value, "ended_at": now(session)}
        _end(session, touched, row, ended)
        new = _reached(session, touched, row["id"])
    return touching.save(session, touched, new, "called", uid, cleaning.warnings(values))


def _reached(session: Session, touched: touching.Touched, callback_id: int) -> dict[str, Any]:
    """What becomes of the entry: with nothing but the call open, having called is its answer."""
    entry = touched.row
    act, result = entry["act"], entry["call_result"]
    if act is None or (act == Act.PUT_THROUGH and result != CallResult.CONNECTED):
        act, result = Act.ANSWERED.value, None
    status = owing.standing(session, touched.id, act, result, without=callback_id)
    if status is EntryStatus.OPEN:
        return {}
    return {"act": act, "call_result": result, "status": status.value}


def give_up_in(
    session: Session, touched: touching.Touched, row: RowMapping, reason: str, uid: uuid.UUID
) -> Receipt:
    """As ``give_up``, for an act that holds the entry. Raises InputError, StateError."""
    _still_owed(touched, row)
    words = cleaning.required(reason, "reason")
    ended = {"status": CallbackStatus.GIVEN_UP.value, "ended_at": now(session), "reason": words}
    _end(session, touched, row, ended)
    entry = touched.row
    status = owing.standing(session, touched.id, entry["act"], entry["call_result"], without=row["id"])
    new = {"status": status.value}
    if status is EntryStatus.FINISHED and not entry["outcome"]:
        new["outcome"] = words
    return touching.save(session, touched, new, "give-up", uid, cleaning.warnings({"reason": words}))


def _end(session: Session, touched: touching.Touched, row: RowMapping, ended: dict[str, Any]) -> None:
    """End a call-back; one that this very act made keeps its first values in the same line."""
    key = f"callback/{row['ordinal']}"
    made = touched.others.get(key, {})
    differences = touching.update_other(session, _C, key, row, ended).get(key, {})
    merged = {name: (made.get(name, pair)[0], pair[1]) for name, pair in differences.items()}
    touched.others[key] = {**made, **merged}


def _still_owed(touched: touching.Touched, row: RowMapping) -> None:
    if row["status"] != owing.OWED:
        raise StateError(
            "This call about {number} is not owed any more.",
            field="number",
            number=str(touching.number_of(touched.row)),
        )


def _tried(session: Session, callback_ids: list[int]) -> dict[int, list[RowMapping]]:
    if not callback_ids:
        return {}
    query = select(_A).where(_A.c.callback_id.in_(callback_ids)).order_by(_A.c.id)
    tried: dict[int, list[RowMapping]] = {}
    for row in session.connection().execute(query).mappings():
        tried.setdefault(row["callback_id"], []).append(row)
    return tried


def _fact(row: RowMapping, tried: list[RowMapping], instant: dt.datetime) -> CallbackRow:
    last = tried[-1] if tried else None
    due = row["callback_due"]
    return CallbackRow(
        id=row["callback_id"],
        entry_id=row["id"],
        number=str(Number(row["day"], row["sequence"], row["desk_code"], row["epoch"])),
        since=row["callback_since"],
        due_at=due,
        overdue=due is not None and due <= instant,
        phone=row["callback_phone"] or row["phone"] or "",
        about=row["callback_about"] or row["matter_name"] or row["subject"],
        owner=row["callback_owner"] or "",
        person=row["person"] or "",
        organisation=row["organisation"] or "",
        urgency=Urgency(row["urgency"]),
        attempts=len(tried),
        last_at=last["at"] if last else None,
        last_result=AttemptResult(last["result"]) if last else None,
        last_note=last["note"] if last else "",
        identity_protected=row["identity_protected"],
    )


_RANK = {Urgency.CRITICAL: 0, Urgency.URGENT: 1, Urgency.NORMAL: 2}


def _pressing(row: CallbackRow) -> tuple[int, dt.datetime, int]:
    """The order of the queue, as the statement has it."""
    rank = _RANK[row.urgency] if row.overdue or row.due_at is None else 3
    return rank, row.due_at or row.since, row.entry_id
