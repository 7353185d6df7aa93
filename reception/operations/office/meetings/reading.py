"""Reading meeting notices: the whole of one, those that are under way, those that are over, whom to call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import RowMapping, and_, case, func, or_, select

from reception import tables
from reception.context import Session, now
from reception.errors import NotFoundError
from reception.facts import AttemptResult, CallResult, EntryStatus
from reception.facts.meetings import (
    InvitationView,
    InviteeView,
    MeetingRound,
    MeetingRow,
    MeetingView,
    Notified,
)
from reception.facts.office import Reply
from reception.numbers import Number
from reception.operations import reading
from reception.operations.office import common, pressing
from reception.operations.office.meetings import held
from reception.operations.office.pressing import uncalled as uncalled

_E, _C, _A = tables.entry, tables.callback, tables.attempt
_M, _I, _V = (tables.OF_ENTRY[name] for name in ("meeting", "invitee", "invitation"))
NEAR = dt.timedelta(days=1)
"""So long before the deadline whoever was not reached stands above whoever was not called yet."""
_AGAIN = dt.timedelta(minutes=10)
"""So soon after an attempt nobody tries again: the next one on the list comes first."""
_PERSON = tables.party
_ROWS = (
    select(
        _M,
        *(_E.c[name].label(f"entry_{name}") for name in ("day", "sequence", "epoch", "subject", "status")),
        tables.desk.c.code.label("desk_code"),
        func.coalesce(_PERSON.c.organisation, "").label("organisation"),
        func.coalesce(_PERSON.c.name, "").label("person"),
        pressing.count(_M.c.entry_id == _I.c.entry_id).label("invited"),
        pressing.count(pressing.TOLD).label("told"),
        pressing.count(pressing.OWED_CALL).label("unreached"),
        pressing.count(and_(_I.c.reply == Reply.ATTENDS.value, pressing.FRESH)).label("attends"),
        pressing.count(and_(_I.c.reply == Reply.EXCUSED.value, pressing.FRESH)).label("excused"),
    )
    .join(_E, _E.c.id == _M.c.entry_id)
    .join(tables.desk, tables.desk.c.id == _E.c.desk_id)
    .outerjoin(_PERSON, and_(_PERSON.c.entry_id == _E.c.id, _PERSON.c.position == 0))
    .where(_M.c.status == common.STANDING, pressing.LATEST)
)
_PENDING = _ROWS.where(_M.c.ended_at.is_(None), _E.c.status != EntryStatus.VOID.value).order_by(
    case((_M.c.meets_at.is_(None), 0), else_=1), _M.c.meets_at, _M.c.entry_id
)
_PAST = _ROWS.where(or_(_M.c.ended_at.is_not(None), _E.c.status == EntryStatus.VOID.value)).order_by(
    _M.c.entry_id.desc()
)


Place = tuple[dt.datetime | None, int]
"""Where a list goes on: the date of a notice under way (None without one), and its entry."""


def rows(
    session: Session, *, which: str = "open", before: Place | None = None, limit: int = 100
) -> tuple[MeetingRow, ...]:
    """The notices under way (``open``) or those that are over, page by page."""
    if which == "open":
        return pending(session, after=before, limit=limit)
    return past(session, before=before[1] if before is not None else None, limit=limit)


def pending(session: Session, *, after: Place | None = None, limit: int = 500) -> tuple[MeetingRow, ...]:
    """The notices about which something is to be done: those without a date first, then by the date."""
    query = _PENDING
    if after is not None:
        at, entry_id = after
        later = _M.c.entry_id > entry_id
        if at is None:
            query = query.where(or_(_M.c.meets_at.is_not(None), later))
        else:
            query = query.where(or_(_M.c.meets_at > at, and_(_M.c.meets_at == at, later)))
    return tuple(map(_row, session.connection().execute(query.limit(limit)).mappings()))


def invitees(session: Session, entry_id: int) -> tuple[InviteeView, ...]:
    """The grid of a notice, whom to call next on top; nobody where there is none."""
    return view(session, entry_id).invitees if _rounds(session, entry_id) else ()


def past(session: Session, *, before: int | None = None, limit: int = 50) -> tuple[MeetingRow, ...]:
    """The notices that have ended or are void, the last one first; ``before`` is the last entry of a page."""
    query = _PAST if before is None else _PAST.where(_M.c.entry_id < before)
    return tuple(map(_row, session.connection().execute(query.limit(limit)).mappings()))


def _row(row: RowMapping) -> MeetingRow:
    names = ("entry_id", "received", "cancelled", "convener", "meets_at", "place", "reply_by", "laid_at")
    counts = ("answered_at", "invited", "told", "unreached", "attends", "excused")
    return MeetingRow(
        number=str(Number(row["entry_day"], row["entry_sequence"], row["desk_code"], row["entry_epoch"])),
        day=row["entry_day"],
        subject=row["entry_subject"],
        sender=row["organisation"] or row["person"] if row["received"] else "",
        round=row["ordinal"],
        ended=row["ended_at"] is not None,
        void=row["entry_status"] == EntryStatus.VOID.value,
        **{name: row[name] for name in (*names, *counts)},
    )


def view(session: Session, entry_id: int) -> MeetingView:
    """The whole of a notice. Raises NotFoundError for what is none."""
    (entry,) = reading.rows(session, [entry_id]) or (None,)
    rounds = _rounds(session, entry_id)
    if entry is None or not rounds:
        raise NotFoundError("There is no meeting notice of this number.", field="number")
    latest = common.rows(session, entry_id, "meeting")[-1]
    people = _invitees(session, entry_id, rounds)
    read_back = session.connection().scalar(select(_E.c.read_back).where(_E.c.id == entry_id))
    until = held.deadline(latest, now(session))
    return MeetingView(
        entry=entry,
        received=latest["received"],
        rounds=rounds,
        invitees=tuple(sorted(people, key=lambda one: _place(one, until, now(session)))),
        read_back=read_back,
        **{
            name: latest[name]
            for name in ("laid_at", "laid_before", "answered_at", "answered_whom", "ended_at")
        },
    )


def _place(one: InviteeView, until: dt.datetime | None, instant: dt.datetime) -> tuple[int, dt.datetime, int]:
    """Whom to call next stands on top, whoever was told at the end, in the order of the list.

    Of those who were not reached whoever was tried longest ago comes first.
    """
    last = one.calls[-1].last_at if one.calls and one.state is Notified.UNREACHED else None
    near = until is None or until - instant <= NEAR
    pressing_now = near and last is not None and instant - last >= _AGAIN
    order = {Notified.UNREACHED: 0 if pressing_now else 2, Notified.UNCALLED: 1, Notified.GIVEN_UP: 3}
    return order.get(one.state, 4), last or instant, one.ordinal


def _rounds(session: Session, entry_id: int) -> tuple[MeetingRound, ...]:
    query = (
        select(_M, tables.operator.c.name.label("operator"))
        .join(tables.operator, tables.operator.c.id == _M.c.operator_id)
        .where(_M.c.entry_id == entry_id, _M.c.status == common.STANDING)
        .order_by(_M.c.ordinal)
    )
    names = ("ordinal", "at", "operator", "cancelled", "convener", "agenda", "meets_at", "place")
    further = ("attendance", "materials", "dress", "reply_by", "issued_by")
    return tuple(
        MeetingRound(**{name: row[name] for name in (*names, *further)})
        for row in session.connection().execute(query).mappings()
    )


def _invitees(session: Session, entry_id: int, rounds: Sequence[MeetingRound]) -> list[InviteeView]:
    calls: dict[int, list[InvitationView]] = {}
    for row, invitation in _invitations(session, entry_id):
        calls.setdefault(row["invitee"], []).append(invitation)
    query = (
        select(_I, tables.department.c.code)
        .outerjoin(tables.department, tables.department.c.id == _I.c.department_id)
        .where(_I.c.entry_id == entry_id, _I.c.status == common.STANDING)
        .order_by(_I.c.ordinal)
    )
    names = (
        "id",
        "ordinal",
        "name",
        "position",
        "phone",
        "department_id",
        "replied_at",
        "attendee",
        "reason",
    )
    people = []
    for row in session.connection().execute(query).mappings():
        mine = tuple(calls.get(row["ordinal"], ()))
        people.append(
            InviteeView(
                **{name: row[name] for name in names},
                department=row["code"] or "",
                reply=Reply(row["reply"]) if row["reply"] else None,
                stale=row["replied_at"] is not None and row["replied_at"] < rounds[-1].at,
                state=_state(mine, rounds[-1]),
                calls=mine,
            )
        )
    return people


def _state(calls: Sequence[InvitationView], latest: MeetingRound) -> Notified:
    mine = [one for one in calls if one.round == latest.ordinal]
    if any(one.told_at is not None for one in mine):
        return Notified.TOLD
    if mine:
        return Notified.GIVEN_UP if mine[-1].given_up else Notified.UNREACHED
    if latest.cancelled and not any(one.told_at is not None for one in calls):
        return Notified.SPARED
    return Notified.UNCALLED


def _invitations(session: Session, entry_id: int) -> list[tuple[RowMapping, InvitationView]]:
    connection = session.connection()
    rows = held.calls(session, entry_id)
    ids = [row["call_id"] for row in rows]
    entries = {one.id: one for one in reading.rows(session, ids)} if ids else {}
    owed = {one["entry_id"]: one["id"] for one in reversed(held.owed(session, ids))}
    tried: dict[int, list[RowMapping]] = {}
    made = select(_A).where(_A.c.entry_id.in_(ids)).order_by(_A.c.ordinal)
    for row in connection.execute(made).mappings() if ids else ():
        tried.setdefault(row["entry_id"], []).append(row)
    found = []
    for row in rows:
        called, attempts = entries[row["call_id"]], tried.get(row["call_id"], [])
        first = _MISSED.get(called.call_result) if called.call_result else None
        told = row["told_at"] is not None
        found.append(
            (
                row,
                InvitationView(
                    round=row["round"],
                    call_id=called.id,
                    call_number=called.number,
                    called_at=called.received_at,
                    told_at=row["told_at"],
                    told_whom=row["told_whom"],
                    callback_id=owed.get(called.id),
                    given_up=not told and called.id not in owed,
                    attempts=1 + len(attempts),
                    last_at=attempts[-1]["at"] if attempts else called.received_at,
                    last_result=AttemptResult(attempts[-1]["result"]) if attempts else first,
                ),
            )
        )
    return found


_MISSED = {CallResult.NO_ANSWER: AttemptResult.NO_ANSWER, CallResult.BUSY: AttemptResult.BUSY}
